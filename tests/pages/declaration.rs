//! Whole declarations from the short blocks of a page.
//!
//! Servers (`"IncomingServer": {…}`) become an account, and what they do not say is right; `"EmailAddress"` becomes the asset of the
//! person; `"UserName"` in `x-data.json` becomes the credentials that the asset `jp.example.x` stands for, which is added.

/// What a server has unless the block says otherwise.
const SERVERS: [(&str, &[(&str, &str)]); 2] = [
    (
        "IncomingServer",
        &[
            ("ServerType", "\"IMAP\""),
            ("HostName", "\"imap.example.jp\""),
            ("Port", "993"),
            ("AuthenticationMethod", "\"Password\""),
            ("AuthenticationCredentialsAssetReference", "\"jp.example.credentials\""),
        ],
    ),
    (
        "OutgoingServer",
        &[
            ("HostName", "\"smtp.example.jp\""),
            ("Port", "465"),
            ("AuthenticationMethod", "\"Password\""),
            ("AuthenticationCredentialsAssetReference", "\"jp.example.credentials\""),
        ],
    ),
];

/// The file that a block stands for.
pub(super) fn complete(name: &str, text: &str) -> String {
    if !text.starts_with('"') {
        return text.to_owned();
    }
    if name.ends_with("-data.json") {
        return format!("{{\n{text}}}\n");
    }
    if text.contains("\"EmailAddress\"") {
        return declaration("com.apple.asset.useridentity", "jp.example.person", text);
    }
    let identifier = format!("jp.example.{}", name.trim_end_matches(".json"));
    let servers = SERVERS.iter().fold(text.trim_end().to_owned(), |text, (name, keys)| with_server(&text, name, keys));
    let payload = format!("\"UserIdentityAssetReference\": \"jp.example.person\",\n{servers}\n");
    declaration("com.apple.configuration.account.mail", &identifier, &payload)
}

/// The asset that stands for a file of credentials: its name and its text.
pub(super) fn asset_of(name: &str) -> Option<(String, String)> {
    let stem = name.strip_suffix("-data.json")?;
    let reference = format!("\"Reference\": {{\"DataURL\": \"https://mdm.example.jp/{name}\"}}\n");
    let asset = declaration("com.apple.asset.credential.userpassword", &format!("jp.example.{stem}"), &reference);
    Some((format!("{stem}.json"), asset))
}

fn declaration(kind: &str, identifier: &str, payload: &str) -> String {
    format!("{{\n\"Type\": \"{kind}\",\n\"Identifier\": \"{identifier}\",\n\"Payload\": {{\n{payload}}}\n}}\n")
}

/// The servers with what this one lacks.
fn with_server(text: &str, name: &str, keys: &[(&str, &str)]) -> String {
    let open = format!("\"{name}\": {{");
    let Some(start) = text.find(&open).map(|at| at + open.len()) else {
        let all: Vec<String> = keys.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
        return format!("{text},\n\"{name}\": {{{}}}", all.join(", "));
    };
    let end = start + text[start..].find('}').expect("a server ends");
    let written = &text[start..end];
    let has = |key: &str| written.contains(&format!("\"{key}\""));
    let needs = |key: &str| !key.ends_with("Reference") || !written.contains("\"None\"");
    let missing = keys.iter().filter(|(key, _)| !has(key) && needs(key));
    let missing: String = missing.map(|(key, value)| format!(", \"{key}\": {value}")).collect();
    format!("{}{missing}{}", text[..end].trim_end(), &text[end..])
}
