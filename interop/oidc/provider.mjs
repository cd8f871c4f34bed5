// A ministry's provider as others make it, for the tests of signing in: any name with the password "there" is somebody.
//
// Prints its issuer; then reads one line, the address that browsers are sent back to, and serves.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const found = createRequire(`${process.argv[2]}/`).resolve('oidc-provider');
const { Provider } = await import(pathToFileURL(found).href);

let serve = (request, response) => response.writeHead(503).end();
const server = createServer((request, response) => serve(request, response));
await new Promise((listens) => server.listen(0, '127.0.0.1', listens));
const issuer = `http://127.0.0.1:${server.address().port}`;
console.log(issuer);

const redirect = await new Promise((read) => createInterface({ input: process.stdin }).once('line', read));
const provider = new Provider(issuer, {
  clients: [{ client_id: 'kpcs', client_secret: 'between the two of us', redirect_uris: [redirect] }],
  cookies: { keys: ['for the tests only'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  // Whoever comes for an identity gets it: a ministry does not ask its people whether they consent.
  loadExistingGrant: async (context) => {
    const grant = new provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});

async function interaction(request, response) {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Ministry</title><h1>Ministry</h1><form method="post">
      <input name="login"><input type="password" name="password"><button>Enter</button></form>`);
    return;
  }
  let body = '';
  for await (const piece of request) body += piece;
  const typed = new URLSearchParams(body);
  const result = typed.get('password') === 'there'
    ? { login: { accountId: typed.get('login') } }
    : { error: 'access_denied' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const callback = provider.callback();
serve = (request, response) => (request.url.startsWith('/interaction/')
  ? interaction(request, response).catch((error) => response.writeHead(500).end(String(error)))
  : callback(request, response));
console.log('serves');
