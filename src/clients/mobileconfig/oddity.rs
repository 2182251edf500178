//! What the schema allows, or does not forbid, and what still does no good: switches that newer systems pass over, settings that
//! exclude each other, blanks in identifiers.

use super::keys;
use super::payloads::{EAS, EWS, flag};
use super::schema::{self, Allowed, Key};
use crate::clients::property_list::{At, has_lost_letters};
use crate::document::{OauthConflict, Seen, WebUser};
use crate::syntax::plist::Value;

/// Countries that are written for their languages, with the language: ISO 3166 and ISO 639. None of the left ones is a language.
const LANGUAGES: [(&str, &str); 7] =
    [("jp", "ja"), ("kr", "ko"), ("cn", "zh"), ("cz", "cs"), ("dk", "da"), ("gr", "el"), ("ua", "uk")];

/// Texts by which people know a profile or an account in the settings of the device.
const LABELS: [&str; 4] =
    ["PayloadDisplayName", "PayloadDescription", "PayloadOrganization", "EmailAccountDescription"];

/// The parts of an Exchange account, each on where nothing is said of it.
const SERVICES: [&str; 5] = ["EnableMail", "EnableContacts", "EnableCalendars", "EnableReminders", "EnableNotes"];

/// The keys that name a payload or profile.
const NAMES: [&str; 2] = ["PayloadIdentifier", "PayloadUUID"];

/// Texts that people read: in the list of profiles, in the list of accounts, in every mail that is sent.
const READ_BY_PEOPLE: [&str; 5] =
    ["PayloadDisplayName", "PayloadDescription", "PayloadOrganization", "EmailAccountName", "EmailAccountDescription"];

/// In the profile itself.
pub(super) fn of_profile(root: &At<'_>) -> Vec<(&'static str, Seen)> {
    let mut seen = untrimmed(root);
    seen.extend(lost_letters(root));
    seen.extend(empty_labels(root));
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
    seen.extend(empty_labels(payload));
    let known = schema::find(kind);
    seen.extend(known.into_iter().flat_map(|known| keys::deprecated(payload, known.keys)));
    if matches!(kind, EAS | EWS) {
        seen.extend(oauth(payload));
        seen.extend(plain_pages(payload));
    }
    let is_off = |service: &&str| flag(payload, service) == Some(false);
    let all_off = kind == EAS && SERVICES.iter().all(is_off);
    seen.extend(all_off.then_some((SERVICES[0], Seen::NothingEnabled)));
    seen.extend(known.and_then(|known| sync_days(payload, known.keys)));
    seen
}

/// A number of days that is none of those there are.
fn sync_days(payload: &At<'_>, keys: &[Key]) -> Option<(&'static str, Seen)> {
    let key = keys.iter().find(|key| key.name == "MailNumberOfPastDaysToSync")?;
    let Allowed::Numbers(allowed) = key.allowed else { return None };
    let days = payload
        .value(key.name)
        .and_then(Value::as_integer)
        .filter(|days| !allowed.contains(&days.to_string().as_str()))?;
    Some((key.name, Seen::SyncDays(days)))
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

fn empty_labels(payload: &At<'_>) -> Vec<(&'static str, Seen)> {
    let is_empty = |key: &&str| payload.text(key).is_some_and(|text| text.trim().is_empty());
    LABELS.into_iter().filter(is_empty).map(|key| (key, Seen::EmptyLabel)).collect()
}

fn lost_letters(payload: &At<'_>) -> Vec<(&'static str, Seen)> {
    let is_damaged = |key: &&str| payload.text(key).is_some_and(has_lost_letters);
    READ_BY_PEOPLE.into_iter().filter(is_damaged).map(|key| (key, Seen::WrongEncoding { declared: None })).collect()
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
