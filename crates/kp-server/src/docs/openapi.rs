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
use utoipa::{PartialSchema, ToSchema};

use crate::{
    act::perform::takes_key,
    desk::api::OpenBody,
    endpoint::{Answered, Endpoint, Guard, answers},
    problem::ProblemBody,
    router::endpoints,
    verifying::api::VerifyBody,
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
    schemas.insert("SessionRequest".into(), json!(OpenBody::schema()));
    schemas.insert("VerifyRequest".into(), json!(VerifyBody::schema()));
    let mut paths: Map<String, Value> = Map::new();
    for endpoint in
        endpoints().iter().filter(|e| e.path.starts_with("/api/") && e.path != "/api/openapi.json")
    {
        let answer = endpoint.answer.map(|answer| keep(&mut schemas, answer()));
        if endpoint.path == "/api/acts/{act}" {
            for act in ACTS {
                schemas.insert(act.name.to_owned(), request_schema(act));
                let operation = act_operation(endpoint, act, answer.clone());
                put(&mut paths, &format!("/api/acts/{}", act.name), endpoint.method, operation);
            }
        } else {
            let mut operation = operation(endpoint, answer);
            if let Some(takes) = endpoint.takes {
                let schema = keep(&mut schemas, takes());
                operation["requestBody"] =
                    json!({"required": true, "content": {"application/json": {"schema": schema}}});
            }
            put(&mut paths, endpoint.path, endpoint.method, operation);
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

fn operation(endpoint: &Endpoint, answer: Option<Value>) -> Value {
    let mut operation = json!({
        "summary": endpoint.about,
        "operationId": operation_id(endpoint.method, endpoint.path),
        "responses": responses(endpoint, answer),
    });
    let mut parameters: Vec<Value> = path_parameters(endpoint.path).collect();
    parameters.extend(endpoint.query.iter().map(|parameter| {
        json!({"name": parameter.name, "in": "query", "description": parameter.about,
               "schema": {"type": "string"}, "example": parameter.example})
    }));
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if endpoint.guard == Guard::Bearer || endpoint.sees != Class::Public {
        operation["security"] = json!([{"session": []}]);
    }
    match endpoint.guard {
        Guard::Json => operation["requestBody"] = body_of("SessionRequest"),
        Guard::LookJson => operation["requestBody"] = body_of("VerifyRequest"),
        _ => {}
    }
    operation
}

fn act_operation(endpoint: &Endpoint, act: &Act, answer: Option<Value>) -> Value {
    let mut operation = operation(endpoint, answer);
    operation["summary"] = act.title.into();
    operation["description"] = format!("For the role {}, room {}.", act.role, act.room).into();
    operation["operationId"] = act.name.into();
    operation["tags"] = json!([act.room]);
    operation["requestBody"] = body_of(act.name);
    operation["parameters"] = json!([{
        "name": "Idempotency-Key", "in": "header", "required": false, "schema": {"type": "string", "maxLength": 100},
        "description": "A name for this request, chosen by the caller. The same key with the same body in the same \
                        session gives the same receipt and acts once. Kept in memory: it does not outlive the session.",
    }]);
    operation
}

fn body_of(schema: &str) -> Value {
    json!({"required": true, "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}})
}

fn responses(endpoint: &Endpoint, answer: Option<Value>) -> Value {
    let mut responses = Map::new();
    let (status, says) = match (endpoint.method, answer.is_some()) {
        ("POST", _) if endpoint.guard == Guard::LookJson => ("200", "What was asked for."),
        ("POST", _) => ("201", "Done."),
        (_, true) => ("200", "What was asked for."),
        (_, false) => ("204", "Done; nothing to say."),
    };
    let mut good = json!({"description": says});
    if let Some(schema) = answer {
        good["content"] = json!({"application/json": {"schema": schema}});
    }
    responses.insert(status.to_owned(), good);
    let problem = json!({
        "description": "A refusal with its rule, fields that could not be read, or a fault; `key` names it.",
        "content": {"application/problem+json": {"schema": {"$ref": format!("#/components/schemas/{}", ProblemBody::name())}}},
    });
    responses.insert("default".to_owned(), problem);
    responses.into()
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
    let mut schema = match field.repeated {
        true => json!({"oneOf": [one.clone(), {"type": "array", "items": one}]}),
        false => one,
    };
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
