//! The description of the API, OpenAPI 3.1, worked out from the list of endpoints, the catalogue of acts and the types
//! that are sent. There is no second copy to keep.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kp_accounts::rights::Class;
use kp_node::{ACTS, Act};
use kp_terms::{Field, Kind};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::{
    act::perform::takes_key,
    endpoint::{Answered, Endpoint, Guard, Parameter, answers},
    once, paged,
    problem::ProblemBody,
    router::endpoints,
};

static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", describe()));

pub(crate) async fn openapi() -> Response {
    let mut response = TEXT.as_str().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The whole description.
pub(crate) fn describe() -> Value {
    let mut schemas: BTreeMap<String, Value> = BTreeMap::new();
    keep(&mut schemas, answers::<ProblemBody>());
    let mut paths: Map<String, Value> = Map::new();
    for endpoint in
        endpoints().iter().filter(|e| e.path.starts_with("/api/") && e.path != "/api/openapi.json")
    {
        let answer = endpoint.answer.map(|answer| keep(&mut schemas, answer()));
        let takes = endpoint.takes.map(|body| keep(&mut schemas, body()));
        if endpoint.path.contains("{act}") {
            for act in ACTS {
                schemas.insert(act.name.to_owned(), request_schema(act));
                let operation = act_operation(endpoint, act, answer.clone());
                put(&mut paths, &endpoint.path.replace("{act}", act.name), endpoint.method, operation);
            }
        } else {
            put(&mut paths, endpoint.path, endpoint.method, operation(endpoint, takes, answer));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "kpcs",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The acts and figures of a node of the Kimberley Process Certification Scheme. Amounts are texts with two decimals, so that nothing is rounded on the way.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "session": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn keep(schemas: &mut BTreeMap<String, Value>, answered: Answered) -> Value {
    for (name, schema) in answered.refers_to {
        schemas.insert(name, json!(schema));
    }
    json!(answered.schema)
}

fn put(paths: &mut Map<String, Value>, path: &str, method: &str, operation: Value) {
    let entry = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
    if let Some(methods) = entry.as_object_mut() {
        methods.insert(method.to_lowercase(), operation);
    }
}

fn operation(endpoint: &Endpoint, takes: Option<Value>, answer: Option<Value>) -> Value {
    let mut operation = json!({
        "summary": endpoint.about,
        "operationId": operation_id(endpoint.method, endpoint.path),
        "responses": responses(endpoint, answer),
    });
    let mut parameters: Vec<Value> = path_parameters(endpoint.path).collect();
    parameters.extend(endpoint.query.iter().map(query_parameter));
    if endpoint.guard == Guard::Bearer && endpoint.path != "/api/session" {
        parameters.push(idempotency_key());
    }
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if endpoint.guard != Guard::Bearer && endpoint.sees == Class::Question {
        // A question that went unanswered long enough is everybody's to see.
        operation["security"] = json!([{}, {"session": []}]);
    } else if needs_token(endpoint) {
        operation["security"] = json!([{"session": []}]);
    }
    if let Some(schema) = takes {
        operation["requestBody"] = body_of(&schema);
    }
    operation
}

fn needs_token(endpoint: &Endpoint) -> bool {
    endpoint.guard == Guard::Bearer || endpoint.sees != Class::Public
}

fn act_operation(endpoint: &Endpoint, act: &Act, answer: Option<Value>) -> Value {
    let schema = json!({"$ref": format!("#/components/schemas/{}", act.name)});
    let mut operation = operation(endpoint, Some(schema), answer);
    let tries = endpoint.path.ends_with("/check");
    operation["summary"] = match tries {
        true => format!("Try: {}", act.title).into(),
        false => act.title.into(),
    };
    operation["description"] = match tries {
        true => "Every check runs and nothing is recorded. The answer says what would stand, or what is in the way.".into(),
        false => format!("For the role {}, room {}.", act.role, act.room).into(),
    };
    operation["operationId"] = match tries {
        true => format!("check_{}", act.name).into(),
        false => act.name.into(),
    };
    operation["tags"] = json!([act.room]);
    operation["parameters"] = if tries { json!([]) } else { json!([idempotency_key()]) };
    operation
}

fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": false,
        "schema": {"type": "string", "minLength": 1, "maxLength": once::LONGEST, "pattern": "^[!-~]+$"},
        "description": "A name for this request, chosen by the caller and the officer's own. The same name with the same \
                        request gives the same answer and does nothing twice; with another request it is refused. Kept \
                        for seven days. What was refused is not kept.",
    })
}

/// What a parameter takes follows from its name: one name means one thing everywhere.
fn query_parameter(parameter: &Parameter) -> Value {
    let schema = match parameter.name {
        "limit" => json!({"type": "integer", "minimum": 1, "maximum": paged::MOST}),
        // An empty text is as if it were not given, as a form sends it.
        "as_of" | "known_on" => json!({"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}),
        "participant" | "of" => json!({"type": "string", "pattern": "^([A-Z]{2})?$"}),
        "year" => json!({"type": "string", "pattern": "^([0-9]{1,4})?$"}),
        _ => json!({"type": "string"}),
    };
    let mut described =
        json!({"name": parameter.name, "in": "query", "description": parameter.about, "schema": schema});
    if !parameter.example.is_empty() {
        described["example"] = match parameter.name {
            "limit" => parameter.example.parse::<i64>().map_or(Value::Null, Value::from),
            _ => parameter.example.into(),
        };
    }
    described
}

fn body_of(schema: &Value) -> Value {
    json!({"required": true, "content": {"application/json": {"schema": schema}}})
}

fn responses(endpoint: &Endpoint, answer: Option<Value>) -> Value {
    let mut responses = Map::new();
    let good = endpoint.status.unwrap_or(match (endpoint.method, answer.is_some()) {
        ("POST", _) => "201",
        (_, true) => "200",
        (_, false) => "204",
    });
    let says = match good {
        "201" => "Done.",
        "204" => "Done; nothing to say.",
        _ => "What was asked for.",
    };
    let mut body = json!({"description": says});
    if let Some(schema) = answer {
        body["content"] = json!({"application/json": {"schema": schema}});
    }
    if endpoint.path == "/api/confirmations" && endpoint.method == "POST" {
        let mut before = body.clone();
        before["description"] = "The same bytes were received before; nothing was changed.".into();
        responses.insert("200".to_owned(), before);
    }
    responses.insert(good.to_owned(), body);
    for (status, means) in refusals(endpoint) {
        responses.insert(status.to_owned(), problem(means));
    }
    responses.into()
}

/// Which refusals a call can answer with. Each is a problem; there is no other answer.
fn refusals(endpoint: &Endpoint) -> Vec<(&'static str, &'static str)> {
    let writes = endpoint.method != "GET";
    let (is_session, asks_who) = (endpoint.path == "/api/session", needs_token(endpoint));
    let has_json = endpoint.takes.is_some() || endpoint.path.starts_with("/api/acts/{act}");
    let mut all = vec![
        ("405", "This address takes other methods."),
        ("503", "The log is not as it was written, or the answer would have taken too long."),
        ("500", "A fault of ours, with a reference to quote."),
    ];
    let mut add = |applies: bool, status, means| {
        if applies {
            all.push((status, means));
        }
    };
    add(
        writes || !endpoint.query.is_empty(),
        "400",
        "The request is not what is described: JSON, address or header cannot be read.",
    );
    add(asks_who || is_session, "401", "Nobody is signed in, or the token does not serve.");
    add(asks_who || writes, "403", "Not for this role, body or token.");
    add(endpoint.path.contains('{'), "404", "There is no such thing, or it is not yours to see.");
    add(writes, "409", "A refusal with its rule; or the request under this Idempotency-Key is under way.");
    add(has_json, "413", "More bytes than one request may have.");
    add(has_json, "415", "Not sent as application/json.");
    add(
        writes || !endpoint.query.is_empty(),
        "422",
        "Fields or parameters that cannot be read, each with a sentence; or an Idempotency-Key that came with another request.",
    );
    add(is_session || asks_who, "429", "Too many attempts; `Retry-After` says how long to wait.");
    all
}

fn problem(means: &str) -> Value {
    json!({
        "description": means,
        "content": {"application/problem+json": {"schema": {"$ref": format!("#/components/schemas/{}", ProblemBody::name())}}},
    })
}

/// A path with an example in each place.
pub(crate) fn filled(path: &str) -> String {
    let mut filled = path.replace("{act}", "issue_certificate");
    for parameter in path_parameters(path) {
        if let (Some(name), Some(example)) = (parameter["name"].as_str(), parameter["example"].as_str()) {
            filled = filled.replace(&format!("{{{name}}}"), example);
        }
    }
    filled
}

/// A body that reads: the example of each property that has one, and a plain one of the others that must be there.
pub(crate) fn body_example(endpoint: &Endpoint) -> Option<Value> {
    if endpoint.path == "/api/acts/{act}/check" {
        return kp_node::act_by_name("issue_certificate").map(example);
    }
    let takes = endpoint.takes?();
    let (_, schema) = takes.refers_to.first()?;
    let schema = json!(schema);
    if schema["example"].is_object() {
        return Some(schema["example"].clone());
    }
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut example: Map<String, Value> = Map::new();
    for (name, property) in schema["properties"].as_object()? {
        let given = match (&property["example"], property["type"].as_str()) {
            (Value::Null, _) if !required.contains(&name.as_str()) => continue,
            (Value::Null, Some("boolean")) => true.into(),
            (Value::Null, Some("array")) => json!(["read"]),
            (Value::Null, _) => "a text".into(),
            (example, _) => example.clone(),
        };
        example.insert(name.clone(), given);
    }
    Some(example.into())
}

fn path_parameters(path: &str) -> impl Iterator<Item = Value> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).map(|name| {
        let (about, example) = match name {
            "code" => ("A participant's two letters.", "XA"),
            "number" if path.contains("cases") => ("A case number.", "C-2026-0001"),
            "number" => ("A certificate number, however it is written.", "XA-000001"),
            "of" => ("Whose: a participant's two letters.", "XA"),
            "id" if path.contains("returns") => {
                ("A return's name in the sandbox.", "exports-2026-Q1-960fda9d4b863d97")
            }
            "id" => ("A finding's id.", "exports_above_capacity:XA:2026"),
            "log" => ("A log's name, its slash written as %2F.", "kp.XA%2F2026"),
            "entry" => ("An entry's number in its log, from 0.", "1"),
            "session" => ("A session's name, or `all`.", "all"),
            "token" => ("A token's short name.", "t-1"),
            "recovery" => ("A recovery's short id.", "r-1"),
            "webhook" => ("A webhook's short name.", "w-1"),
            "outgoing" => ("A number in the outbox.", "1"),
            "officer" => ("An officer's id.", "xa-clerk-2"),
            _ => ("", ""),
        };
        json!({"name": name, "in": "path", "required": true, "description": about, "schema": {"type": "string"}, "example": example})
    })
}

fn operation_id(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api/").replace(['{', '}'], "").replace(['/', '.', '-'], "_");
    format!("{}_{words}", method.to_lowercase())
}

/// The JSON object that an act takes.
fn request_schema(act: &Act) -> Value {
    let mut properties: Map<String, Value> =
        act.fields.iter().map(|field| (field.name.to_owned(), field_schema(field))).collect();
    let mut required: Vec<&str> = act.fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    if takes_key(act) {
        let about = "Passphrase of a key to be made at this node; instead of public_key.";
        properties.insert("passphrase".into(), json!({"type": "string", "description": about}));
        required.retain(|name| *name != "public_key");
    }
    json!({
        "type": "object", "additionalProperties": false, "required": required, "properties": properties,
        "example": example(act),
    })
}

fn field_schema(field: &Field) -> Value {
    let mut one = json!({"type": "string"});
    match field.kind {
        Kind::Choice(words) => one["enum"] = json!(words),
        Kind::Date => one["format"] = "date".into(),
        Kind::Instant => one["format"] = "date-time".into(),
        _ => {}
    }
    let mut ways = vec![one.clone()];
    if field.repeated {
        ways.push(json!({"type": "array", "items": one.clone()}));
    }
    if !field.required {
        // What need not be given may be given as nothing.
        ways.push(json!({"type": "null"}));
    }
    let mut schema = if ways.len() == 1 { one } else { json!({"oneOf": ways}) };
    schema["description"] = field.help.into();
    schema
}

/// A body that reads: the example of each field.
pub(crate) fn example(act: &Act) -> Value {
    let fields = act.fields.iter().filter(|field| field.name != "public_key");
    let mut example: Map<String, Value> = fields
        .map(|field| {
            let text = match field.repeated {
                true => json!([field.example]),
                false => json!(field.example),
            };
            (field.name.to_owned(), text)
        })
        .collect();
    if takes_key(act) {
        example.insert("passphrase".into(), "a passphrase of the officer's own".into());
    }
    example.into()
}
