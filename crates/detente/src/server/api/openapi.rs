//! The description of the API, made from its types: `schema/api.json`.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// One route of the description.
struct Route {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    parameters: Vec<Value>,
    request: Option<Value>,
    /// Status and schema; no schema: a stream of events.
    answers: Vec<(&'static str, Option<Value>)>,
}

/// Collects routes and the schemas that they name.
pub(super) struct Description {
    schemas: SchemaGenerator,
    routes: Vec<Route>,
}

impl Description {
    fn schema<T: JsonSchema>(&mut self) -> Value {
        self.schemas.subschema_for::<T>().to_value()
    }

    pub(super) fn post<Request: JsonSchema, Answer: JsonSchema>(
        &mut self,
        path: &'static str,
        summary: &'static str,
    ) {
        let (request, answer) = (self.schema::<Request>(), self.schema::<Answer>());
        let answers = vec![("200", Some(answer))];
        self.routes.push(Route {
            method: "post",
            path,
            summary,
            parameters: vec![],
            request: Some(request),
            answers,
        });
    }

    pub(super) fn get<Answer: JsonSchema>(
        &mut self,
        path: &'static str,
        summary: &'static str,
        queries: &[&'static str],
    ) {
        let answer = self.schema::<Answer>();
        self.get_with(path, summary, queries, Some(answer));
    }

    /// A stream of server-sent events.
    pub(super) fn events(&mut self, path: &'static str, summary: &'static str, queries: &[&'static str]) {
        self.get_with(path, summary, queries, None);
    }

    fn get_with(
        &mut self,
        path: &'static str,
        summary: &'static str,
        queries: &[&'static str],
        answer: Option<Value>,
    ) {
        let parameters = queries
            .iter()
            .map(|name| json!({"name": name, "in": "query", "required": true, "schema": {"type": "string"}}))
            .collect();
        self.routes.push(Route {
            method: "get",
            path,
            summary,
            parameters,
            request: None,
            answers: vec![("200", answer)],
        });
    }
}

/// The description as JSON, keys in a fixed order.
pub(crate) fn openapi() -> Value {
    // OpenAPI 3.1 speaks JSON Schema of 2020-12.
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut all = Description { schemas: settings.into_generator(), routes: Vec::new() };
    super::describe(&mut all);
    let problem = all.schema::<super::problem::Problem>();
    let mut paths = Map::new();
    for route in all.routes {
        let mut responses = Map::new();
        for (status, schema) in route.answers {
            let content = match schema {
                Some(schema) => json!({"application/json": {"schema": schema}}),
                None => json!({"text/event-stream": {"schema": {"type": "string"}}}),
            };
            responses.insert(status.to_owned(), json!({"description": route.summary, "content": content}));
        }
        let refused =
            json!({"description": "What went wrong.", "content": {"application/json": {"schema": problem}}});
        responses.insert("default".to_owned(), refused);
        let mut operation = json!({"summary": route.summary, "responses": responses});
        if let Some(request) = route.request {
            operation["requestBody"] =
                json!({"required": true, "content": {"application/json": {"schema": request}}});
        }
        if !route.parameters.is_empty() {
            operation["parameters"] = Value::Array(route.parameters);
        }
        let entry = paths.entry(format!("/api/v1{}", route.path)).or_insert_with(|| json!({}));
        entry[route.method] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Détente workbench",
            "version": "1",
            "description": "The API between the workbench's page and the local server. POST bodies are JSON.",
        },
        "paths": paths,
        "components": {"schemas": all.schemas.take_definitions(true)},
    })
}
