//! The JSON Schema of provider files, for editors: made from the types and kept in `docs/provider.schema.json`.
//!
//! `SNAPSHOTS=overwrite cargo test --lib json_schema` writes it anew. Only tests need it, so only they link what makes it.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::Provider;
use crate::date::Date;

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// TOML has no `null`: a key is there or not.
pub(crate) fn without_null(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::Array(kinds)) = object.get_mut("type") {
                kinds.retain(|kind| kind != "null");
                if let [kind] = kinds.as_slice() {
                    let kind = kind.clone();
                    object.insert("type".to_owned(), kind);
                }
            }
            if object.get("default").is_some_and(Value::is_null) {
                object.remove("default");
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    object.remove("anyOf");
                    object.extend(only);
                }
            }
            object.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn schema() -> Value {
    let mut schema = schemars::schema_for!(Provider).to_value();
    without_null(&mut schema);
    schema["title"] = "mailcfg provider file".into();
    schema
}

#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    let kept = snapbox::Data::read_from(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/provider.schema.json"),
        Some(snapbox::data::DataFormat::Text),
    );
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(text, kept.raw());
}

#[test]
fn every_key_is_explained() {
    fn check(value: &Value, path: &str) {
        let Some(properties) = value.get("properties").and_then(Value::as_object) else { return };
        for (key, property) in properties {
            assert!(property.get("description").is_some() || property.get("$ref").is_some(), "{path}{key}");
        }
    }
    let schema = schema();
    check(&schema, "");
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        check(definition, &format!("{name}."));
    }
}
