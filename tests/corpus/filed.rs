//! Working configurations kept as files: those under `files/`, each folder a run of its own, and the fixtures that are sound.
//!
//! A folder `providers` in a case holds the company's own provider files of that run, a `mailcfg.toml` what else holds for it.

use std::fs;
use std::path::{Path, PathBuf};

use mailcfg::config::{self, Controls, FILE_NAME};
use mailcfg::discover;
use mailcfg::provider::{Provider, Providers, read};
use mailcfg::source::Source;

use super::Member;

/// Fixtures without a fault; the others are broken by intent.
const SOUND_FIXTURES: &[&str] = &[
    "apple-mail/accounts-xml",
    "apple-mail/binary",
    "apple-mail/modern-without-accounts",
    "autoconfig/comments",
    "autoconfig/crlf",
    "autoconfig/exchange",
    "autoconfig/one-line",
    "autoconfig/placeholders",
    "autoconfig/plain",
    "autoconfig/template",
    "autoconfig/utf16-le",
    "autoconfig/utf8-bom",
    "declaration/credentials",
    "declaration/exchange",
    "declaration/mail",
    "declaration/mailbox",
    "declaration/person",
    "mobileconfig/binary",
    "mobileconfig/configurator",
    "mobileconfig/crlf",
    "mobileconfig/encrypted-payloads",
    "mobileconfig/encrypted-whole",
    "mobileconfig/exchange",
    "mobileconfig/google-oauth",
    "mobileconfig/one-line",
    "mobileconfig/signed-ber",
    "mobileconfig/signed-der",
    "mobileconfig/signed-pem",
    "mobileconfig/signed-trailing-crlf",
    "mobileconfig/template",
    "mobileconfig/two-space",
    "mobileconfig/utf16-be",
    "mobileconfig/utf16-le",
    "mobileconfig/utf8-bom",
    "thunderbird/exchange-ews",
    "thunderbird/gmail",
    "thunderbird/japanese-folders",
    "thunderbird/multi-account",
    "thunderbird/old-is-secure",
    "thunderbird/pop",
];

/// Every case.
pub(crate) fn members() -> Vec<Member> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = children(&root.join("tests/corpus/files"));
    let cases = cases.into_iter().map(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        member(format!("file/{}", name.unwrap_or_default()), &path)
    });
    let fixtures =
        SOUND_FIXTURES.iter().map(|name| member(format!("fixture/{name}"), &root.join("fixtures").join(name)));
    cases.chain(fixtures).collect()
}

fn member(name: String, folder: &Path) -> Member {
    let inputs = discover::in_paths(&[folder.to_owned()], None).inputs;
    assert!(!inputs.is_empty(), "{name} holds no configuration");
    let own = children(&folder.join("providers")).iter().map(|path| provider(path)).collect();
    let mut member = Member::new(name, inputs, Providers::with_own(own));
    if let Ok(text) = fs::read(folder.join(FILE_NAME)) {
        let read = config::read(&Source::new(FILE_NAME, text)).unwrap_or_else(|faults| panic!("{faults:?}"));
        member.options.controls = Controls::one(read.policy);
    }
    member
}

fn provider(path: &Path) -> Provider {
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read(&id, &bytes).unwrap_or_else(|findings| panic!("{}: {findings:?}", path.display()))
}

/// What stands in a folder, sorted; nothing where there is none.
fn children(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}
