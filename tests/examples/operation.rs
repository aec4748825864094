//! [`Operation`]: an operation of the OpenAPI document, and the requests that its examples make.

use std::fmt;

use form_urlencoded::Serializer;
use serde_json::{Map, Value, json};

/// Parameters that go with no other, as they say.
const ALONE: [&str; 1] = ["ids"];

/// An operation as the document describes it.
pub(crate) struct Operation<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) about: &'a Value,
    document: &'a Value,
}

/// A request made of examples.
pub(crate) struct Call {
    pub(crate) address: String,
    pub(crate) body: Option<Value>,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.address)?;
        self.body.iter().try_for_each(|body| write!(f, " {body}"))
    }
}

/// Every operation of the document.
pub(crate) fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |(method, about)| (path, method, about)))
        .map(|(path, method, about)| Operation { method, path, about, document })
        .collect()
}

impl<'a> Operation<'a> {
    pub(crate) fn parameters(&self) -> &'a [Value] {
        self.about["parameters"].as_array().map_or(&[], Vec::as_slice)
    }

    /// What a body may hold.
    pub(crate) fn body(&self) -> &'a Value {
        &self.about["requestBody"]["content"]["application/json"]
    }

    /// Requests with all examples at once, with each alone, and with each word of those parameters that take one of a few.
    pub(crate) fn calls(&self) -> Vec<Call> {
        if !self.body().is_null() {
            return self.bodies().into_iter().map(|body| self.call(&[], Some(body))).collect();
        }
        let optional = self.parameters().iter().filter(|parameter| parameter["required"] != json!(true));
        let given: Vec<(&str, Value)> =
            optional.clone().filter_map(|parameter| Some((name(parameter), example(parameter)?))).collect();
        let words = optional.flat_map(|parameter| {
            let words = self.choice(&parameter["schema"])["enum"].as_array().into_iter().flatten();
            words.map(|word| (name(parameter), word.clone()))
        });
        let alone = given.iter().cloned().chain(words).map(|one| vec![one]);
        let together = given.iter().filter(|(name, _)| !ALONE.contains(name)).cloned().collect();
        let sets = [Vec::new(), together].into_iter().chain(alone);
        sets.map(|set| self.call(&set, None)).collect()
    }

    /// The schema that lists the words of a choice: a component of its own, or the parameter's.
    fn choice(&self, schema: &'a Value) -> &'a Value {
        let reference = schema["allOf"][0]["$ref"].as_str();
        reference.and_then(|reference| self.document.pointer(reference.trim_start_matches('#'))).unwrap_or(schema)
    }

    /// The body's example, and, where a body holds parameters, the example of each alone.
    fn bodies(&self) -> Vec<Value> {
        let content = self.body();
        let reference = content["schema"]["$ref"].as_str().unwrap_or_default();
        let schema = self.document.pointer(reference.trim_start_matches('#')).unwrap();
        let properties = schema["properties"].as_object().into_iter().flatten();
        let alone = properties.filter_map(|(name, schema)| {
            let example = schema["examples"].as_array()?.first()?;
            Some(Value::Object(Map::from_iter([(name.clone(), example.clone())])))
        });
        [content["example"].clone()].into_iter().chain(alone).collect()
    }

    fn call(&self, given: &[(&str, Value)], body: Option<Value>) -> Call {
        let mut path = self.path.to_owned();
        let mut query = Serializer::new(String::new());
        for parameter in self.parameters().iter().filter(|parameter| parameter["required"] == json!(true)) {
            let value = example(parameter).unwrap_or_else(|| panic!("{path}: {} has no example", name(parameter)));
            match parameter["in"].as_str().unwrap() {
                "path" => path = path.replace(&format!("{{{}}}", name(parameter)), value.as_str().unwrap()),
                _ => append(&mut query, name(parameter), &value),
            }
        }
        given.iter().for_each(|(name, value)| append(&mut query, name, value));
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        Call { address: format!("{path}{mark}{query}"), body }
    }
}

/// A list is the parameter repeated.
fn append(query: &mut Serializer<'_, String>, name: &str, value: &Value) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| append(query, name, value)),
        Value::String(text) => drop(query.append_pair(name, text)),
        other => drop(query.append_pair(name, &other.to_string())),
    }
}

pub(crate) fn name(parameter: &Value) -> &str {
    parameter["name"].as_str().unwrap()
}

/// The example of a parameter: its own, or its schema's.
pub(crate) fn example(parameter: &Value) -> Option<Value> {
    let of_schema = || parameter["schema"]["examples"].as_array().and_then(|examples| examples.first());
    parameter.get("example").or_else(of_schema).cloned()
}
