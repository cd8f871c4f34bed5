//! The list of everything that can be asked for. Only a list: what an endpoint does stands in its own file.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    routing::{delete, get, head, patch, post},
};

use kp_accounts::rights::Class;

use crate::{
    account, act,
    app::Shared,
    application, case, certificate, change, confirmation, desk, docs,
    endpoint::{BY_PAGES, Endpoint, Guard, answers},
    explore, files, filing, finding, gate, guard, home, log, messages, ministry, paper, participant,
    problem::Problem,
    sandbox, search, statistics, style, verifier, verifying,
};

#[rustfmt::skip]
const ENDPOINTS: &[Endpoint] = &[
    // pages
    Endpoint::page("/", Class::Public, "the desk: work queues, latest findings, the log's health", || get(home::show::show)),
    Endpoint::page("/acts", Class::Public, "everything that can be done", || get(act::list::show)),
    Endpoint::page("/act/{act}", Class::Own, "the form of an act", || get(act::form::show)),
    Endpoint::form("/act/{act}", Guard::FormAndOfficer, Class::Own, "an act is done", || post(act::perform::perform)),
    Endpoint::page("/receipts/{position}", Class::Entry, "what was recorded", || get(act::receipt::show)),
    Endpoint::page("/certificates", Class::Certificate, "certificates by number", || get(certificate::list::show)),
    Endpoint::page("/certificates/{number}", Class::Certificate, "a certificate", || get(certificate::show::show)),
    Endpoint::file("/certificates/{number}/sheets/{copy}", Class::Certificate, "a recorded print as PDF", || get(certificate::paper::sheet)),
    Endpoint::file("/certificates/{number}/pre-advice", Class::Certificate, "the message to the importing authority", || get(certificate::paper::pre_advice)),
    Endpoint::file("/certificates/{number}/slip", Class::Certificate, "the confirmation slip as PDF", || get(certificate::paper::slip)),
    Endpoint::page("/verify", Class::Public, "verify a certificate", || get(verifying::show::show)),
    Endpoint::file("/verify/papers/{hash}", Class::Public, "how a form of paper looks", || get(verifying::picture::show)),
    Endpoint::form("/verify", Guard::Look, Class::Public, "what was laid on the desk is verified", || post(verifying::show::look).layer(DefaultBodyLimit::max(verifying::show::MOST_BYTES))),
    // papers beside records
    Endpoint::upload("POST", "/certificates/{number}/papers", Class::Certificate, "a paper is attached to a certificate", || post(paper::attach::to_certificate).layer(DefaultBodyLimit::max(paper::attach::MOST_OF_FORM))),
    Endpoint::file("/certificates/{number}/papers/{at}", Class::Certificate, "a paper, for saving", || get(paper::show::of_certificate)),
    Endpoint::file("/certificates/{number}/papers/{at}/small", Class::Certificate, "the small picture of a paper", || get(paper::show::small_of_certificate)),
    Endpoint::upload("POST", "/cases/{number}/papers", Class::Question, "a paper is attached to a case", || post(paper::attach::to_case).layer(DefaultBodyLimit::max(paper::attach::MOST_OF_FORM))),
    Endpoint::file("/cases/{number}/papers/{at}", Class::Question, "a paper, for saving", || get(paper::show::of_case)),
    Endpoint::file("/cases/{number}/papers/{at}/small", Class::Question, "the small picture of a paper", || get(paper::show::small_of_case)),
    Endpoint::upload("POST", "/uploads", Class::Own, "a file begins to come in, in parts", || post(paper::upload::begin)),
    Endpoint::upload("HEAD", "/uploads/{id}", Class::Own, "how much of a file is here", || head(paper::upload::offset)),
    Endpoint::upload("PATCH", "/uploads/{id}", Class::Own, "the next part of a file", || patch(paper::upload::go_on)),
    Endpoint::upload("POST", "/uploads/{id}", Class::Own, "what came whole is looked at and kept", || post(paper::upload::keep)),
    Endpoint::upload("DELETE", "/uploads/{id}", Class::Own, "a file is given up", || delete(paper::upload::give_up)),
    // the verifier that a phone keeps
    Endpoint::page("/verifier", Class::Public, "verify on a phone, without a network", || get(verifier::show::show)),
    Endpoint::file("/verifier/lists", Class::Public, "the newest lists of this node", || get(verifier::lists::bundle)),
    Endpoint::file("/verifier/roots", Class::Public, "the root keys that this node goes by", || get(verifier::lists::roots)),
    Endpoint::file("/verifier/{file}", Class::Public, "scripts and texts of the verifier", || get(verifier::files::show)),
    Endpoint::page("/confirmations", Class::Certificate, "confirmations from outside, and what waits", || get(confirmation::list::show)),
    Endpoint::form("/confirmations", Guard::FormAndOfficer, Class::Certificate, "a list of confirmations is taken in", || post(confirmation::load::perform)),
    Endpoint::page("/participants", Class::Public, "the participants", || get(participant::list::show)),
    Endpoint::page("/participants/{code}", Class::Public, "a participant", || get(participant::show::show)),
    Endpoint::page("/filings", Class::Filing, "a trader's own applications and mandates", || get(filing::list::show)),
    Endpoint::page("/findings", Class::Question, "all findings", || get(finding::list::show)),
    Endpoint::page("/findings/{id}", Class::Question, "a finding", || get(finding::show::show)),
    Endpoint::page("/cases", Class::Question, "all cases", || get(case::list::show)),
    Endpoint::page("/cases/{number}", Class::Question, "a case", || get(case::show::show)),
    Endpoint::page("/statistics", Class::Public, "production of everyone", || get(statistics::show::overview)),
    Endpoint::page("/statistics/world", Class::Public, "production of the world", || get(statistics::show::world)),
    Endpoint::page("/statistics/calendar", Class::Public, "who reported", || get(statistics::show::calendar)),
    Endpoint::page("/statistics/trade", Class::Shared, "Annex III cells and certificate counts", || get(statistics::trade::show)),
    Endpoint::page("/statistics/returns", Class::Shared, "returns: what is due, what came, every version", || get(statistics::returns::show)),
    Endpoint::page("/statistics/returns.csv", Class::Shared, "the calendar of returns as text", || get(statistics::returns::csv)),
    Endpoint::page("/statistics/reconciliation", Class::Question, "both sides of every certificate, and the parts of each gap", || get(statistics::reconciliation::show)),
    Endpoint::page("/statistics/tables", Class::Public, "the public tables as a file", || get(statistics::reconciliation::tables)),
    Endpoint::page("/statistics/production/{code}", Class::Public, "one participant's production", || get(statistics::participant::show)),
    Endpoint::page("/log", Class::Public, "heads, entries, verification", || get(log::show::show)),
    Endpoint::page("/docs/api", Class::Public, "the API, with an example of each call", || get(docs::show::api)),
    Endpoint::page("/api", Class::Public, "to the API's page", || get(docs::show::to_api)),
    Endpoint::page("/openapi.json", Class::Public, "to the description of the API", || get(docs::show::to_description)),
    Endpoint::page("/style", Class::Public, "how everything looks", || get(docs::show::style)),
    Endpoint::page("/style/{file}", Class::Public, "the style sheet", || get(style::style)),
    // returns from a file: the sandbox
    Endpoint::page("/returns", Class::Draft, "returns that wait to be declared", || get(sandbox::list::show)),
    Endpoint::form("/returns", Guard::FormWithFiles, Class::Draft, "a return is put into the sandbox", || post(sandbox::act::bring)),
    Endpoint::page("/returns/{of}/{id}", Class::Draft, "a return that waits, with what the rules say", || get(sandbox::show::show)),
    Endpoint::file("/returns/{of}/{id}/marked.xlsx", Class::Draft, "the sheet with its problems in its cells", || get(sandbox::act::marked)),
    Endpoint::form("/returns/{of}/{id}/comment", Guard::Form, Class::Draft, "a figure that waits is commented", || post(sandbox::act::comment)),
    Endpoint::form("/returns/{of}/{id}/complete", Guard::Form, Class::Draft, "a return that waits is marked complete", || post(sandbox::act::complete)),
    Endpoint::form("/returns/{of}/{id}/submit", Guard::Form, Class::Draft, "a return that waits is declared", || post(sandbox::act::declare)),
    Endpoint::form("/returns/{of}/{id}/drop", Guard::Form, Class::Draft, "a return that waits is dropped", || post(sandbox::act::drop_it)),
    Endpoint::form("/confirmations/file", Guard::FormWithFiles, Class::Certificate, "a file of confirmations is taken in", || post(confirmation::load::from_file)),
    Endpoint::page("/statistics/customs", Class::Shared, "the scheme's figures against customs figures", || get(statistics::customs::show)),
    Endpoint::form("/statistics/customs", Guard::FormWithFiles, Class::Shared, "customs figures are compared, and not kept", || post(statistics::customs::compared)),
    // the explorer
    Endpoint::page("/explore", Class::Public, "production of everyone in pictures", || get(explore::production::show)),
    Endpoint::page("/explore/bands", Class::Public, "unit values over their usual range", || get(explore::bands::show)),
    Endpoint::page("/explore/mirror", Class::Question, "both sides of every route", || get(explore::trade::mirrored)),
    Endpoint::page("/explore/flows", Class::Question, "what goes from whom to whom", || get(explore::trade::flows)),
    Endpoint::page("/explore/map", Class::Public, "the world: what is mined, what goes where", || get(explore::trade::map)),
    // queues
    Endpoint::page("/queue/{name}", Class::Own, "a work queue in full", || get(home::show::queue_in_full)),
    // applications
    Endpoint::page("/applications/{reference}", Class::Certificate, "an application, and what it still lacks", || get(application::show::show)),
    // search
    Endpoint::page("/search", Class::Public, "what was typed may mean", || get(search::show::show)),
    Endpoint::api("GET", "/api/search", Guard::Open, Class::Public, "Search numbers, names, seals and licences", || get(search::api::search), Some(answers::<search::api::SearchResults>)).with(search::api::SEARCHED_BY),
    // the gate
    Endpoint::page("/gate", Class::Certificate, "parcels at the gate", || get(gate::show::show)),
    Endpoint::form("/gate", Guard::Look, Class::Certificate, "a parcel's paper is scanned at the gate", || post(gate::show::scan).layer(DefaultBodyLimit::max(verifying::show::MOST_BYTES))),
    // who acts
    Endpoint::page("/unlock", Class::Public, "open an officer's key", || get(desk::unlock::show)),
    Endpoint::form("/unlock", Guard::Form, Class::Public, "an officer's key is opened", || post(desk::unlock::unlock)),
    Endpoint::form("/lock", Guard::Form, Class::Public, "the key leaves memory", || post(desk::lock::lock)),
    Endpoint::page("/sign-in", Class::Public, "sign in", || get(desk::sign_in::show)),
    Endpoint::form("/sign-in", Guard::Form, Class::Public, "somebody signs in", || post(desk::sign_in::sign_in)),
    Endpoint::form("/sign-in/ministry", Guard::Form, Class::Public, "somebody goes to the ministry's own sign-in", || post(ministry::go::sign_in)),
    Endpoint::page("/sign-in/ministry/back", Class::Public, "the ministry's sign-in sends somebody back", || get(ministry::go::back)),
    Endpoint::page("/sign-in/ministry/known", Class::Public, "what follows when the ministry's sign-in said who it is", || get(ministry::known::show)),
    Endpoint::form("/sign-out", Guard::Form, Class::Public, "the session ends", || post(desk::sign_in::sign_out)),
    Endpoint::page("/locked", Class::Public, "a locked session asks for its PIN", || get(desk::lock::show)),
    Endpoint::form("/locked", Guard::Form, Class::Public, "a PIN opens the session again", || post(desk::lock::unlock)),
    Endpoint::form("/keep", Guard::Form, Class::Public, "what is being typed is kept while the session is locked", || post(desk::lock::keep)),
    Endpoint::page("/awake", Class::Public, "somebody is still typing", || get(desk::lock::awake)),
    Endpoint::page("/script/{file}", Class::Public, "the script that locks a desk left alone", || get(style::script)),
    // passkeys
    Endpoint::page("/passkey/question", Class::Public, "a question to an authenticator, for the script", || get(desk::passkey::question)),
    Endpoint::form("/account/passkey", Guard::Form, Class::Own, "a passkey of one's own is made", || post(account::passkeys::make)),
    Endpoint::form("/account/ministry", Guard::Form, Class::Own, "an officer goes to the ministry's sign-in, to be bound to it", || post(ministry::go::bind)),
    Endpoint::form("/account/bind-ministry", Guard::Form, Class::Own, "one's own account is bound to the ministry's sign-in", || post(ministry::known::bind)),
    Endpoint::form("/account/unbind-ministry", Guard::Form, Class::Own, "the binding of one's own account ends", || post(ministry::known::unbind)),
    Endpoint::form("/account/remove-passkey", Guard::Form, Class::Own, "a passkey of one's own is removed", || post(account::passkeys::remove)),
    Endpoint::page("/root.pem", Class::Public, "the root of this node's own authority, to be installed on the office's machines", || get(style::root)),
    Endpoint::page("/join", Class::Public, "take up an invitation", || get(account::join::show)),
    Endpoint::form("/join", Guard::Form, Class::Public, "an invitation is taken up", || post(account::join::join)),
    Endpoint::page("/account", Class::Own, "the own account: sessions, tokens, password", || get(account::own::show)),
    Endpoint::form("/account/end-session", Guard::Form, Class::Own, "a session of one's own ends", || post(account::own::end_session)),
    Endpoint::form("/account/password", Guard::Form, Class::Own, "the own password is changed", || post(account::own::change_password)),
    Endpoint::form("/account/token", Guard::Form, Class::Own, "a token for a program is made", || post(account::own::make_token)),
    Endpoint::form("/account/end-token", Guard::Form, Class::Own, "a token ends", || post(account::own::end_token)),
    Endpoint::form("/account/stop-recovery", Guard::Form, Class::Own, "a recovery of the own account is stopped", || post(account::own::stop_recovery)),
    Endpoint::form("/account/confirm-recovery", Guard::Form, Class::Own, "a colleague was seen", || post(account::own::confirm_recovery)),
    Endpoint::page("/accounts", Class::Account, "accounts of the own body", || get(account::list::show)),
    Endpoint::form("/accounts/invite", Guard::Form, Class::Account, "an officer is invited", || post(account::manage::invite)),
    Endpoint::form("/accounts/close", Guard::Form, Class::Account, "somebody leaves: account, sessions, tokens end", || post(account::manage::close)),
    Endpoint::form("/accounts/recover", Guard::Form, Class::Account, "a recovery is started", || post(account::manage::recover)),
    Endpoint::form("/accounts/stop-recovery", Guard::Form, Class::Account, "a recovery is stopped", || post(account::manage::stop_recovery)),
    Endpoint::form("/accounts/recovery-code", Guard::Form, Class::Account, "the code of a recovery is fetched", || post(account::manage::recovery_code)),
    Endpoint::page("/trail", Class::Trail, "what was done to accounts", || get(account::trail::trail)),
    Endpoint::page("/looks", Class::Trail, "who looked at what", || get(account::trail::looks)),
    // messages
    Endpoint::page("/messages", Class::Own, "messages: what waits, and what is wanted by mail", || get(messages::list::show)),
    Endpoint::form("/messages/read", Guard::Form, Class::Own, "messages were seen", || post(messages::list::seen)),
    Endpoint::form("/messages/settings", Guard::Form, Class::Own, "what is wanted by mail", || post(messages::list::set)),
    Endpoint::form("/messages/webhook", Guard::Form, Class::Own, "a webhook is set up", || post(messages::list::make_webhook)),
    Endpoint::form("/messages/webhook-secret", Guard::Form, Class::Own, "a webhook gets a new secret", || post(messages::list::new_secret)),
    Endpoint::form("/messages/end-webhook", Guard::Form, Class::Own, "a webhook ends", || post(messages::list::end_webhook)),
    Endpoint::page("/outbox", Class::Account, "what left the house, and what did not", || get(messages::outbox::show)),
    Endpoint::form("/outbox/again", Guard::Form, Class::Account, "something is tried again", || post(messages::outbox::again)),
    Endpoint::page("/docs/rights", Class::Public, "who may see and do what", || get(docs::rights::show)),
    Endpoint::form("/act-as", Guard::Form, Class::Public, "demonstration only: act as an invented officer", || post(desk::act_as::act_as)),
    Endpoint::api("POST", "/api/session", Guard::Json, Class::Public, "Open an officer's key", || post(desk::api::open), Some(answers::<desk::api::SessionBody>)).takes(answers::<desk::api::OpenBody>),
    Endpoint::api("DELETE", "/api/session", Guard::Bearer, Class::Public, "Lock: the key leaves memory", || delete(desk::api::close), None),
    Endpoint::form("/language", Guard::Form, Class::Public, "this browser is spoken to in another language", || post(desk::language::choose)),
    // acts
    Endpoint::api("GET", "/api/acts", Guard::Open, Class::Public, "The catalogue of acts", || get(act::api::catalogue), Some(answers::<act::api::Catalogue>)),
    Endpoint::api("POST", "/api/acts/{act}", Guard::Bearer, Class::Own, "Do an act", || post(act::api::perform), Some(answers::<act::api::ReceiptBody>)),
    Endpoint::api("POST", "/api/acts/{act}/check", Guard::Bearer, Class::Own, "Try an act: every check runs and nothing is recorded", || post(act::api::check), Some(answers::<act::api::CheckBody>)).says("200"),
    Endpoint::api("GET", "/api/changes", Guard::Open, Class::Entry, "What changed, in order, as far as you may see it", || get(change::api::list), Some(answers::<change::api::Changes>)).with(change::api::LISTED_BY),
    // accounts, by persons only
    Endpoint::api("GET", "/api/account", Guard::Open, Class::Own, "The own account: sessions, tokens, recoveries to confirm", || get(account::api::own), Some(answers::<account::api::OwnAccount>)),
    Endpoint::api("DELETE", "/api/account/sessions/{session}", Guard::Bearer, Class::Own, "End a session of one's own, or all", || delete(account::api::end_session), None),
    Endpoint::api("POST", "/api/account/password", Guard::Bearer, Class::Own, "Change the own password", || post(account::api::change_password), None).takes(answers::<account::api::NewPasswordBody>).says("204"),
    Endpoint::api("POST", "/api/account/tokens", Guard::Bearer, Class::Own, "Make a token for a program", || post(account::api::make_token), Some(answers::<account::api::TokenMade>)).takes(answers::<account::api::NewTokenBody>),
    Endpoint::api("DELETE", "/api/account/tokens/{token}", Guard::Bearer, Class::Own, "End a token", || delete(account::api::end_token), None),
    Endpoint::api("DELETE", "/api/account/recoveries/{recovery}", Guard::Bearer, Class::Own, "Stop a recovery of the own account", || delete(account::api::stop_recovery), None),
    Endpoint::api("POST", "/api/account/recoveries/{recovery}/seen", Guard::Bearer, Class::Own, "Confirm that a colleague was seen", || post(account::api::confirm_recovery), None).takes(answers::<account::api::ColleagueSeen>).says("204"),
    Endpoint::api("GET", "/api/accounts", Guard::Open, Class::Account, "Accounts of the own body", || get(account::api::list), Some(answers::<account::api::AccountsListed>)),
    Endpoint::api("POST", "/api/accounts/invitations", Guard::Bearer, Class::Account, "Invite an officer", || post(account::api::invite), Some(answers::<account::api::CodeIssued>)).takes(answers::<account::api::OfficerNamed>),
    Endpoint::api("DELETE", "/api/accounts/{officer}", Guard::Bearer, Class::Account, "Somebody leaves: account, sessions, tokens end", || delete(account::api::close), Some(answers::<account::api::AccountClosed>)).says("200"),
    Endpoint::api("POST", "/api/accounts/recoveries", Guard::Bearer, Class::Account, "Start a recovery", || post(account::api::recover), Some(answers::<account::api::RecoveryStarted>)).takes(answers::<account::api::NewRecovery>),
    Endpoint::api("DELETE", "/api/accounts/recoveries/{recovery}", Guard::Bearer, Class::Account, "Stop a recovery", || delete(account::api::stop_recovery), None),
    Endpoint::api("POST", "/api/accounts/recoveries/{recovery}/code", Guard::Bearer, Class::Account, "Fetch the code of a recovery", || post(account::api::recovery_code), Some(answers::<account::api::CodeIssued>)),
    Endpoint::api("GET", "/api/trail", Guard::Open, Class::Trail, "What was done to accounts", || get(account::api_trail::trail), Some(answers::<account::api_trail::Trail>)).with(account::api_trail::LISTED_BY),
    Endpoint::api("GET", "/api/looks", Guard::Open, Class::Trail, "Who looked at what", || get(account::api_trail::looks), Some(answers::<account::api_trail::Looks>)).with(account::api_trail::LISTED_BY),
    // messages
    Endpoint::api("GET", "/api/messages", Guard::Open, Class::Own, "Messages of whoever asks", || get(messages::api::list), Some(answers::<messages::api::Messages>)).with(messages::api::LISTED_BY),
    Endpoint::api("POST", "/api/messages/read", Guard::Bearer, Class::Own, "Messages were seen", || post(messages::api::seen), None).takes(answers::<messages::api::SeenUpTo>).says("204"),
    Endpoint::api("GET", "/api/messages/settings", Guard::Open, Class::Own, "What is wanted by mail", || get(messages::api::setting), Some(answers::<messages::api::MailSetting>)),
    Endpoint::api("POST", "/api/messages/settings", Guard::Bearer, Class::Own, "Set what is wanted by mail", || post(messages::api::set), None).takes(answers::<messages::api::MailSetting>).says("204"),
    Endpoint::api("GET", "/api/webhooks", Guard::Open, Class::Own, "Webhooks of whoever asks", || get(messages::api::webhooks), Some(answers::<messages::api::Webhooks>)),
    Endpoint::api("POST", "/api/webhooks", Guard::Bearer, Class::Own, "Set a webhook up", || post(messages::api::make_webhook), Some(answers::<messages::api::WebhookSecret>)).takes(answers::<messages::api::NewWebhook>),
    Endpoint::api("POST", "/api/webhooks/{webhook}/secret", Guard::Bearer, Class::Own, "Give a webhook a new secret", || post(messages::api::new_secret), Some(answers::<messages::api::WebhookSecret>)),
    Endpoint::api("DELETE", "/api/webhooks/{webhook}", Guard::Bearer, Class::Own, "End a webhook", || delete(messages::api::end_webhook), None),
    Endpoint::api("GET", "/api/outbox", Guard::Open, Class::Account, "What left the house, and what did not", || get(messages::api::outbox_rows), Some(answers::<messages::api::Outbox>)).with(messages::api::LISTED_BY),
    Endpoint::api("POST", "/api/outbox/{outgoing}/again", Guard::Bearer, Class::Account, "Try something again", || post(messages::api::again), None).says("204"),
    // reads
    Endpoint::api("POST", "/api/verify", Guard::LookJson, Class::Public, "Verify codes, or a number with its check code", || post(verifying::api::verify), Some(answers::<verifying::api::Verdicts>)).takes(answers::<verifying::api::VerifyBody>).says("200"),
    Endpoint::api("GET", "/api/participants", Guard::Open, Class::Public, "All participants", || get(participant::api::list), Some(answers::<participant::api::Participants>)).with(BY_PAGES),
    Endpoint::api("GET", "/api/participants/{code}", Guard::Open, Class::Public, "A participant", || get(participant::api::show), Some(answers::<participant::api::ParticipantDetail>)),
    Endpoint::api("GET", "/api/authorities", Guard::Open, Class::Shared, "All authorities", || get(participant::api::authorities), Some(answers::<participant::api::Authorities>)).with(BY_PAGES),
    Endpoint::api("GET", "/api/officers", Guard::Open, Class::Staff, "All officers", || get(participant::api::officers), Some(answers::<participant::api::Officers>)).with(BY_PAGES),
    Endpoint::api("GET", "/api/exporters", Guard::Open, Class::Trader, "All licensed exporters", || get(participant::api::exporters), Some(answers::<participant::api::Exporters>)).with(BY_PAGES),
    Endpoint::api("GET", "/api/certificates", Guard::Open, Class::Certificate, "Certificates by number", || get(certificate::api::list), Some(answers::<certificate::api::Certificates>)).with(certificate::api::LISTED_BY),
    Endpoint::api("GET", "/api/certificates/{number}", Guard::Open, Class::Certificate, "A certificate with everything on file about it", || get(certificate::api::show), Some(answers::<certificate::api::CertificateDetail>)),
    Endpoint::api("GET", "/api/confirmations", Guard::Open, Class::Certificate, "Confirmations from outside, row by row", || get(confirmation::api::list), Some(answers::<confirmation::api::ConfirmationRows>)).with(confirmation::api::LISTED_BY),
    Endpoint::api("POST", "/api/confirmations", Guard::Bearer, Class::Certificate, "Take a list of confirmations in", || post(confirmation::api::load), Some(answers::<confirmation::api::ConfirmationsTaken>)).takes(answers::<confirmation::api::Sending>),
    Endpoint::api("GET", "/api/findings", Guard::Open, Class::Question, "All findings", || get(finding::api::list), Some(answers::<finding::api::Findings>)).with(finding::api::LISTED_BY),
    Endpoint::api("GET", "/api/findings/{id}", Guard::Open, Class::Question, "A finding with what it rests on", || get(finding::api::show), Some(answers::<finding::api::FindingDetail>)),
    Endpoint::api("GET", "/api/cases", Guard::Open, Class::Question, "All cases", || get(case::api::list), Some(answers::<case::api::Cases>)).with(case::api::LISTED_BY),
    Endpoint::api("GET", "/api/cases/{number}", Guard::Open, Class::Question, "A case with what was said", || get(case::api::show), Some(answers::<case::api::CaseDetail>)).with(case::api::SHOWN_BY),
    Endpoint::api("GET", "/api/statistics/production", Guard::Open, Class::Public, "Declared production by half", || get(statistics::api::production), Some(answers::<statistics::api::Production>)).with(statistics::api::PRODUCTION_BY),
    Endpoint::api("GET", "/api/statistics/cells", Guard::Open, Class::Shared, "Annex III cells and certificate counts", || get(statistics::api::cells), Some(answers::<statistics::api::Cells>)).with(statistics::api::CELLS_BY),
    Endpoint::api("GET", "/api/statistics/returns", Guard::Open, Class::Shared, "Returns: what is due and what came", || get(statistics::api_returns::returns), Some(answers::<statistics::api_returns::Returns>)).with(statistics::api_returns::RETURNS_BY),
    Endpoint::api("GET", "/api/statistics/reconciliation", Guard::Open, Class::Question, "Both sides of every route, and the parts of each gap", || get(statistics::api_returns::routes), Some(answers::<statistics::api_returns::Routes>)).with(statistics::api_returns::ROUTES_BY),
    Endpoint::api("GET", "/api/returns", Guard::Open, Class::Draft, "Returns that wait to be declared", || get(sandbox::api::list), Some(answers::<sandbox::api::WaitingReturns>)).with(sandbox::api::LISTED_BY),
    Endpoint::api("POST", "/api/returns", Guard::Bearer, Class::Draft, "Put a return into the sandbox", || post(sandbox::api::put).layer(DefaultBodyLimit::max(files::MOST_BYTES * 4 / 3)), Some(answers::<sandbox::api::CheckedWaitingReturn>)).takes(answers::<sandbox::api::PutReturn>),
    Endpoint::api("GET", "/api/returns/{of}/{id}", Guard::Open, Class::Draft, "A return that waits, with what the rules say", || get(sandbox::api::show), Some(answers::<sandbox::api::CheckedWaitingReturn>)),
    Endpoint::api("DELETE", "/api/returns/{of}/{id}", Guard::Bearer, Class::Draft, "Drop a return that waits", || delete(sandbox::api::forget), None),
    Endpoint::api("POST", "/api/returns/{of}/{id}/comment", Guard::Bearer, Class::Draft, "Comment a figure that waits", || post(sandbox::api::comment), Some(answers::<sandbox::api::CheckedWaitingReturn>)).takes(answers::<sandbox::api::CommentFigure>),
    Endpoint::api("POST", "/api/returns/{of}/{id}/complete", Guard::Bearer, Class::Draft, "Mark a return that waits complete", || post(sandbox::api::complete), Some(answers::<sandbox::api::CheckedWaitingReturn>)).takes(answers::<sandbox::api::MarkComplete>),
    Endpoint::api("POST", "/api/returns/{of}/{id}/submit", Guard::Bearer, Class::Draft, "Declare a return that waits", || post(sandbox::api::declare), Some(answers::<sandbox::api::Declared>)).takes(answers::<sandbox::api::DeclareWaiting>),
    Endpoint::api("GET", "/api/log/heads", Guard::Open, Class::Public, "The signed heads of all logs", || get(log::api::heads), Some(answers::<log::api::Heads>)).with(BY_PAGES),
    Endpoint::api("GET", "/api/log/{log}/proof/{entry}", Guard::Open, Class::Public, "Proof that an entry is in a log", || get(log::api::proof), Some(answers::<log::api::ProofBody>)),
    Endpoint::page("/api/openapi.json", Class::Public, "the description of the API", || get(docs::openapi::openapi)),
];

/// All endpoints. A function, because what some of them show is this very list.
pub(crate) fn endpoints() -> &'static [Endpoint] {
    ENDPOINTS
}

/// Every endpoint with how it is guarded and the class of what it shows, one line each, sorted: what `tests/endpoints.txt` is compared with.
pub fn endpoint_list() -> String {
    let mut lines: Vec<String> = ENDPOINTS
        .iter()
        .map(|e| {
            format!(
                "{:<40} {:<6} {:<22} {:<12} {}\n",
                e.path,
                e.method,
                e.guard.words(),
                e.sees.name(),
                e.about
            )
        })
        .collect();
    lines.sort();
    lines.concat()
}

/// The router over [`ENDPOINTS`], each behind its guard, all behind the checks of `guard::around`.
pub(crate) fn build(app: Shared) -> Router {
    let mut router = Router::new();
    for endpoint in ENDPOINTS {
        let guarded = guard::before((endpoint.route)(), endpoint, &app);
        router = router.route(endpoint.path, guarded);
    }
    let router = router
        .fallback(async || Problem::of_status(StatusCode::NOT_FOUND))
        .method_not_allowed_fallback(async || Problem::of_status(StatusCode::METHOD_NOT_ALLOWED))
        .with_state(app.clone());
    guard::around(router, app)
}
