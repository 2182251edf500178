//! What the schema allows, or does not forbid, and what still does no good: switches that newer systems pass over, settings that
//! exclude each other, blanks in identifiers.

use super::payloads::{EAS, EWS, MAIL, flag};
use crate::clients::property_list::{At, has_lost_letters};
use crate::document::{OauthConflict, Seen, WebUser};
use crate::syntax::plist::Value;

/// For how many days back ActiveSync fetches mail: `com.apple.eas.account.yaml`. 0: all there is.
const SYNC_DAYS: [i64; 6] = [0, 1, 3, 7, 14, 31];

/// Countries that are written for their languages, with the language: ISO 3166 and ISO 639. None of the left ones is a language.
const LANGUAGES: [(&str, &str); 7] =
    [("jp", "ja"), ("kr", "ko"), ("cn", "zh"), ("cz", "cs"), ("dk", "da"), ("gr", "el"), ("ua", "uk")];

/// The keys that name a payload or profile.
const NAMES: [&str; 2] = ["PayloadIdentifier", "PayloadUUID"];

/// Texts that people read: in the list of profiles, in the list of accounts, in every mail that is sent.
const READ_BY_PEOPLE: [&str; 5] =
    ["PayloadDisplayName", "PayloadDescription", "PayloadOrganization", "EmailAccountName", "EmailAccountDescription"];

/// In the profile itself.
pub(super) fn of_profile(root: &At<'_>) -> Vec<(&'static str, Seen)> {
    let mut seen = untrimmed(root);
    seen.extend(lost_letters(root));
    #[expect(clippy::cast_possible_truncation, reason = "a number of seconds; what is too large is long enough")]
    let seconds = match root.value("DurationUntilRemoval") {
        Some(Value::Integer(number)) => Some(*number),
        Some(Value::Real(number)) => Some(*number as i64),
        _ => None,
    };
    seen.extend(seconds.map(|seconds| ("DurationUntilRemoval", Seen::RemovalAfter(seconds))));
    seen
}

/// In one payload that makes an account.
pub(super) fn of_payload(payload: &At<'_>, kind: &str) -> Vec<(&'static str, Seen)> {
    let mut seen = untrimmed(payload);
    seen.extend(lost_letters(payload));
    if matches!(kind, MAIL | EAS) {
        seen.extend(deprecated(payload));
    }
    if matches!(kind, EAS | EWS) {
        seen.extend(oauth(payload));
        seen.extend(plain_pages(payload));
    }
    if kind == EAS {
        let days = payload.value("MailNumberOfPastDaysToSync").and_then(Value::as_integer);
        let odd = days.filter(|days| !SYNC_DAYS.contains(days));
        seen.extend(odd.map(|days| ("MailNumberOfPastDaysToSync", Seen::SyncDays(days))));
    }
    seen
}

/// The tags of `ConsentText`, each with its text.
pub(super) fn of_consent(consent: &At<'_>) -> Vec<(String, Seen)> {
    let mut seen = Vec::new();
    for entry in &consent.dict.entries {
        let Value::Text(text) = &entry.value.value else { continue };
        let language = LANGUAGES.iter().find(|(country, _)| entry.key.eq_ignore_ascii_case(country));
        let Some((_, language)) = language.filter(|(_, language)| consent.value(language).is_none()) else { continue };
        let tag = Seen::CountryForLanguage { found: entry.key.clone(), to: consent.key(language), text: text.clone() };
        seen.push((entry.key.clone(), tag));
    }
    seen
}

fn untrimmed(payload: &At<'_>) -> Vec<(&'static str, Seen)> {
    let texts = NAMES.into_iter().filter_map(|name| Some((name, payload.text(name)?)));
    let blank = texts.filter(|(_, text)| text.trim() != *text && !text.trim().is_empty());
    blank.map(|(name, text)| (name, Seen::UntrimmedIdentifier { to: text.trim().to_owned() })).collect()
}

fn lost_letters(payload: &At<'_>) -> Vec<(&'static str, Seen)> {
    let is_damaged = |key: &&str| payload.text(key).is_some_and(has_lost_letters);
    READ_BY_PEOPLE.into_iter().filter(is_damaged).map(|key| (key, Seen::WrongEncoding { declared: None })).collect()
}

/// Switches that are on and switch nothing on any more, where no newer one says the same.
fn deprecated(payload: &At<'_>) -> Vec<(&'static str, Seen)> {
    let is_on = |key: &str| flag(payload, key) == Some(true);
    let has = |key: &str| payload.value(key).is_some();
    let mut seen = Vec::new();
    if is_on("SMIMEEnabled")
        && !["SMIMESigningEnabled", "SMIMEEncryptionEnabled", "SMIMEEncryptByDefault"].into_iter().any(has)
    {
        let successors = "SMIMESigningEnabled, SMIMEEncryptByDefault";
        seen.push(("SMIMEEnabled", Seen::DeprecatedKey { since: "iOS 10", instead: None, successors }));
    }
    let newer = "SMIMEEnableEncryptionPerMessageSwitch";
    if is_on("SMIMEEnablePerMessageSwitch") && !has(newer) {
        let instead = Some(payload.key(newer));
        let switch = Seen::DeprecatedKey { since: "iOS 12", instead, successors: newer };
        seen.push(("SMIMEEnablePerMessageSwitch", switch));
    }
    seen
}

fn oauth(payload: &At<'_>) -> Vec<(&'static str, Seen)> {
    let is_filled = |key: &str| payload.text(key).is_some_and(|text| !text.trim().is_empty());
    let is_on = flag(payload, "OAuth") == Some(true);
    let (has_page, has_password) = (is_filled("OAuthSignInURL"), is_filled("Password"));
    let conflicts = [
        (is_on && has_password, "Password", OauthConflict::PasswordBeside),
        (has_page && !is_on, "OAuthSignInURL", OauthConflict::PageWithoutSwitch),
        (has_page && is_on && !is_filled("Host"), "OAuthSignInURL", OauthConflict::PageWithoutHost),
    ];
    conflicts
        .into_iter()
        .filter(|(is_so, ..)| *is_so)
        .map(|(_, key, which)| (key, Seen::OauthConflict(which)))
        .collect()
}

/// Pages for signing in that are not encrypted.
fn plain_pages(payload: &At<'_>) -> Vec<(&'static str, Seen)> {
    let texts =
        ["OAuthSignInURL", "OAuthTokenRequestURL"].into_iter().filter_map(|key| Some((key, payload.text(key)?.trim())));
    let plain = texts.filter(|(_, text)| text.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://")));
    plain.map(|(key, text)| (key, Seen::PlainWebAddress { address: text.to_owned(), by: WebUser::Person })).collect()
}
