//! Mistakes that were made in profiles that people gave out, each as a file in which it is found, and nothing else.
//!
//! They come from a reading of 44 profiles and generators in public, and from the error lists of the tools that make them.
//! What is no fault of a file is listed beside them with the reason, so that nobody looks for it in vain.

#[allow(dead_code, reason = "shared with the tests that make files up")]
mod fixture;
#[allow(dead_code, reason = "shared with the tests that write docs/quality.md")]
mod snapshot;

use std::collections::BTreeSet;
use std::fs;

use fixture::{options, root};
use mailcfg::discover;
use mailcfg::lint::{Input, lint};

/// A mistake.
struct Mistake {
    /// What was done.
    what: &'static str,
    /// What comes of it.
    effect: &'static str,
    /// The folder under `fixtures/mistakes`.
    folder: &'static str,
    /// The rule that finds it.
    rule: &'static str,
    /// What else is found in the file, besides that its provider is not known.
    beside: &'static [&'static str],
}

const fn mistake(what: &'static str, effect: &'static str, folder: &'static str, rule: &'static str) -> Mistake {
    Mistake { what, effect, folder, rule, beside: &[] }
}

impl Mistake {
    const fn beside(mut self, rules: &'static [&'static str]) -> Self {
        self.beside = rules;
        self
    }
}

const REFUSED: &str = "refused by some devices and by Apple Business Manager";
const MANAGED: &str = "management systems refuse it";
const NOT_OPENED: &str = "the file does not open";
const NO_ACCOUNT: &str = "installs, and the account does not work";

/// In the order in which a profile is read.
const MISTAKES: &[Mistake] = &[
    mistake("a plain `&` in a password", NOT_OPENED, "raw-ampersand", "syntax-error").beside(&["secret-in-file"]),
    mistake("a port that was left blank", NOT_OPENED, "port-left-blank", "syntax-error"),
    mistake("`<true>` that is never closed", NOT_OPENED, "true-never-closed", "syntax-error"),
    mistake("`PayloadVersion` as `<real>`", REFUSED, "version-as-real", "wrong-value-type"),
    mistake("`PayloadVersion` as `<string>`", REFUSED, "version-as-text", "wrong-value-type"),
    mistake("`PayloadVersion` of 2", REFUSED, "version-2", "unknown-value"),
    mistake(
        "no `PayloadVersion` in the profile",
        "iOS refuses it",
        "version-missing-in-the-profile",
        "missing-required-key",
    ),
    mistake("no `PayloadVersion` in a payload", REFUSED, "version-missing-in-a-payload", "missing-required-key"),
    mistake("a switch as `<integer>`", REFUSED, "number-for-a-switch", "wrong-value-type"),
    mistake("the port of a calendar as `<real>`", REFUSED, "calendar-port-as-real", "wrong-value-type"),
    mistake("words of other programs for type and sign-in", NO_ACCOUNT, "words-of-other-programs", "unknown-value"),
    mistake(
        "no `EmailAccountType`",
        "nothing happens when it is pushed",
        "account-type-missing",
        "missing-required-key",
    ),
    mistake("no server to send through", "nothing happens when it is pushed", "host-missing", "missing-required-key"),
    mistake(
        "one identifier for profile and payload",
        "updates may hit the other",
        "identifier-of-the-profile",
        "payload-identifier-clash",
    ),
    mistake(
        "one identifier for two mailboxes",
        "the second replaces the first",
        "one-identifier-for-two",
        "payload-identifier-clash",
    ),
    mistake(
        "a line end in an identifier",
        "the next version is another profile",
        "line-end-in-identifier",
        "whitespace-in-identifier",
    ),
    mistake(
        "one UUID for profile and payload",
        "refused by some devices",
        "uuid-of-the-profile",
        "duplicate-payload-uuid",
    ),
    mistake("a payload copied with its UUID", "refused", "copied-payload", "duplicate-payload-uuid"),
    mistake(
        "the UUIDs of the template for everybody",
        "one may be taken for another",
        "constant-uuids",
        "duplicate-payload-uuid",
    ),
    mistake("`UUID1` left over from a template", MANAGED, "template-uuid", "invalid-payload-uuid"),
    mistake("`$(uuidgen)` that nothing replaced", "refused", "uuidgen", "invalid-payload-uuid")
        .beside(&["duplicate-payload-uuid"]),
    mistake("`XXXX` at the end of a UUID", MANAGED, "crossed-out-uuid", "invalid-payload-uuid"),
    mistake("an apostrophe in a UUID", MANAGED, "apostrophe-in-uuid", "invalid-payload-uuid"),
    mistake("a mail account for the whole computer", "a Mac does not install it", "system-scope", "system-scope"),
    mistake(
        "`jp` for Japanese in `ConsentText`",
        "people read the text in English",
        "country-for-language",
        "country-for-language",
    ),
    mistake("an empty `PayloadOrganization`", "an empty line in the settings", "empty-organization", "empty-label"),
    mistake("`PRIMARY_HOSTNAME` as the server", NO_ACCOUNT, "template-host", "unresolved-variable"),
    mistake("the host of a guide", NO_ACCOUNT, "host-of-a-guide", "placeholder-host"),
    mistake("port 0", NO_ACCOUNT, "port-0", "port-out-of-range"),
    mistake("no sign-in for receiving", NO_ACCOUNT, "no-sign-in", "no-incoming-authentication"),
    mistake("POP for a Gmail mailbox", "mail on one device only", "gmail-by-pop", "pop-where-imap-offered").beside(&[
        "access-switch",
        "account-password-refused",
        "starttls-where-tls-preferred",
    ]),
    mistake("Exchange mail for 365 days", "a week of mail, or refused", "exchange-365-days", "mail-sync-days"),
    mistake("a password in clear", "everybody with the file can read it", "password-in-clear", "secret-in-file"),
    mistake(
        "the password of another mailbox for sending",
        "sending is refused",
        "copied-password",
        "outgoing-credentials",
    )
    .beside(&["secret-in-file"]),
];

/// What was reported as a mistake and is none of the file.
const IN_NO_FILE: &[(&str, &str)] = &[
    (
        "served as `application/xml`",
        "the type is said by the web server, and must be `application/x-apple-aspen-config`",
    ),
    ("not signed", "the device only says so; most profiles that providers give out are not signed"),
    ("`EmailAddress` passed over", "OS X 10.8 made the address from user name and host; no profile changes that"),
    ("loaded and not installed at once", "an iPhone keeps one profile for a few minutes, and then none"),
];

fn found(mistake: &Mistake) -> BTreeSet<&'static str> {
    let folder = root().join("mistakes").join(mistake.folder);
    let inputs: Vec<Input> = discover::in_paths(&[folder], None).inputs;
    assert!(!inputs.is_empty(), "{}: no profile", mistake.folder);
    let findings = lint(&inputs, &options()).findings;
    findings.iter().map(|finding| finding.rule).filter(|rule| *rule != "unknown-provider").collect()
}

#[test]
fn every_mistake_is_found_in_its_file_and_no_other() {
    for mistake in MISTAKES {
        let expected: BTreeSet<_> = [mistake.rule].into_iter().chain(mistake.beside.iter().copied()).collect();
        assert_eq!(found(mistake), expected, "{}", mistake.folder);
    }
}

#[test]
fn every_file_of_a_mistake_is_in_the_table() {
    let entries = fs::read_dir(root().join("mistakes")).unwrap();
    let folders: BTreeSet<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let listed: BTreeSet<String> = MISTAKES.iter().map(|mistake| mistake.folder.to_owned()).collect();
    assert_eq!(folders, listed);
    assert_eq!(listed.len(), MISTAKES.len(), "a file is listed twice");
}

#[test]
fn the_page_lists_every_mistake() {
    let row = |mistake: &Mistake| format!("| {} | {} | `{}` |\n", mistake.what, mistake.effect, mistake.rule);
    let rows: String = MISTAKES.iter().map(row).collect();
    let others: String = IN_NO_FILE.iter().map(|(what, why)| format!("| {what} | {why} |\n")).collect();
    snapshot::hold_in(
        "docs/profiles.md",
        "mistakes",
        &format!(
            "| mistake | what comes of it | found by |\n|---|---|---|\n{rows}\nReported as mistakes of profiles, and none of \
             a file:\n\n| mistake | why it is not looked for |\n|---|---|\n{others}"
        ),
    );
}
