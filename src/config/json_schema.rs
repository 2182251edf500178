//! The JSON Schema of `mailcfg.toml`, for editors: made from the types and kept in `docs/config.schema.json`.
//!
//! `SNAPSHOTS=overwrite cargo test --lib json_schema` writes it anew. Only tests need it, so only they link what makes it.

use serde_json::Value;

use super::file::File;
use crate::provider::without_null;

fn schema() -> Value {
    let mut schema = schemars::schema_for!(File).to_value();
    without_null(&mut schema);
    schema["title"] = "mailcfg.toml".into();
    schema
}

#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    let kept = snapbox::Data::read_from(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/config.schema.json"),
        Some(snapbox::data::DataFormat::Text),
    );
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(text, kept.raw());
}

#[test]
fn every_key_is_explained_and_no_other_is_allowed() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().unwrap().values();
    for table in definitions.chain([&schema]).filter(|table| table.get("properties").is_some()) {
        assert_eq!(table["additionalProperties"], false, "{table:#}");
        for (key, property) in table["properties"].as_object().unwrap() {
            assert!(property.get("description").is_some() || property.get("$ref").is_some(), "{key}");
        }
    }
}
