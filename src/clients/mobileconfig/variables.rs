//! Variables of management systems in a profile: where they stand, what the accounts come to with them, and that no change
//! loses one. How they look and what they mean is in [`crate::mdm`].

use std::collections::HashMap;

use crate::clients::CannotEdit;
use crate::document::{Document, Seen, Slot, StandIn, Variable};
use crate::mdm::{evaluate, placeholders, sole_placeholder};
use crate::message;

/// The first placeholder in a text, as written.
pub(super) fn find(text: &str) -> Option<&str> {
    placeholders(text).first().map(|found| found.text)
}

/// Whether a password is put in by somebody else. A password that only has a dollar in it is one.
pub(super) fn is_filled_in_later(password: &str) -> bool {
    sole_placeholder(password).is_some()
}

/// The placeholder in the value of a key; `typed` where no text belongs there.
pub(super) fn seen(key: &str, text: &str, typed: bool) -> Option<Variable> {
    let slot = match key {
        _ if super::survey::is_secret(key) => Slot::Secret,
        _ if typed => Slot::Number,
        "PayloadUUID" => Slot::Uuid,
        "Host" => Slot::Host,
        key if key.ends_with("HostName") => Slot::Host,
        _ => Slot::Text,
    };
    let may_be_word = slot == Slot::Host || slot == Slot::Uuid || key == "PayloadIdentifier";
    let found = match slot {
        Slot::Secret => sole_placeholder(text).map(|found| found.text),
        _ => find(text).or_else(|| may_be_word.then_some(text.trim()).filter(|text| is_fill_in_word(text))),
    };
    let is_open = evaluate(text).is_none();
    found.map(|found| Variable { text: found.to_owned(), whole: text.to_owned(), slot, is_open })
}

/// Puts what they come to in the place of the variables in addresses and user names, and keeps the way back.
pub(super) fn fill_in(document: &mut Document) {
    let mut stand_ins: Vec<StandIn> = Vec::new();
    for account in &mut document.accounts {
        let addresses = account.identities.iter_mut().map(|identity| &mut identity.address);
        let servers = account.incoming.iter_mut().chain(&mut account.outgoing);
        for setting in addresses.chain(servers.map(|server| &mut server.username)) {
            let Some(evaluated) = evaluate(&setting.value) else { continue };
            let written = std::mem::replace(&mut setting.value, evaluated.value);
            let parts = evaluated.parts.into_iter().chain([(setting.value.clone(), written)]);
            // Blanks around it are nothing that a variable stands for.
            stand_ins.extend(parts.map(|(value, written)| stand_in(value.trim(), written.trim())));
        }
    }
    // Of two variables for the same thing the first stands for both; the longest text leads back first.
    stand_ins.sort_by_key(|one| std::cmp::Reverse(one.value.len()));
    stand_ins.dedup_by(|later, earlier| later.value == earlier.value);
    document.stand_ins = stand_ins;
}

fn stand_in(value: &str, written: &str) -> StandIn {
    StandIn { value: value.to_owned(), written: written.to_owned(), whole_only: false }
}

/// The variables of a profile by the settings in which they stand.
pub(super) type ByKey<'a> = HashMap<&'a str, Vec<&'a Variable>>;

pub(super) fn by_key(document: &Document) -> ByKey<'_> {
    let mut by_key = ByKey::new();
    for observation in &document.observations {
        if let Seen::Variable(variable) = &observation.seen {
            by_key.entry(&observation.key).or_default().push(variable);
        }
    }
    by_key
}

/// Refuses a change after which a variable at `key` would be gone; `text` is what is to stand there, if anything is.
pub(super) fn keep(variables: &ByKey<'_>, key: &str, text: Option<&str>) -> Result<(), CannotEdit> {
    let at_key = variables.get(key).into_iter().flatten();
    let lost = at_key.filter_map(|variable| {
        let is_kept = |found: &&str| text.is_some_and(|text| text.contains(found));
        placeholders(&variable.whole).iter().map(|found| found.text).find(|found| !is_kept(found)).map(str::to_owned)
    });
    lost.map(|variable| {
        let reason = message!(
            "a management system fills in {variable}; what it stands for is changed there",
            variable = variable
        );
        Err(CannotEdit(reason))
    })
    .next()
    .unwrap_or(Ok(()))
}

/// Words that stand where somebody should have put a value: `PRIMARY_HOSTNAME`, `UUID1`, `HOSTNAME`, `XXXX`.
fn is_fill_in_word(text: &str) -> bool {
    let text = text.trim();
    let capitals = text.len() >= 4
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && text.starts_with(|c: char| c.is_ascii_uppercase());
    capitals
        && (text.contains('_')
            || ["HOSTNAME", "DOMAIN", "UUID", "SERVER", "EMAIL", "XXX"].iter().any(|word| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fill_in_words_are_told_from_hosts() {
        for word in ["PRIMARY_HOSTNAME", "HOSTNAME", "UUID1"] {
            assert!(is_fill_in_word(word), "{word}");
        }
        for word in ["MAIL", "SV1234", "imap.example.jp", "IMAP.EXAMPLE.JP"] {
            assert!(!is_fill_in_word(word), "{word}");
        }
    }

    #[test]
    fn only_a_password_that_is_all_variable_is_filled_in_later() {
        for (password, expected) in [
            ("$PASSWORD$", true),
            ("%Password%", true),
            ("$FLEET_SECRET_MAIL", true),
            ("${FLEET_SECRET_MAIL}", true),
            ("{EmailPassword}", true),
            ("open$SESAME", false),
            ("100%sesam%", false),
            ("a{Sesame}b", false),
            ("pa$$word", false),
        ] {
            assert_eq!(is_filled_in_later(password), expected, "{password}");
        }
    }

    #[test]
    fn what_a_value_is_for_is_told_by_its_key() {
        for (key, text, typed, expected) in [
            ("EmailAddress", "$EMAIL", false, Some((Slot::Text, false))),
            ("IncomingMailServerUsername", "$USERNAME", false, Some((Slot::Text, true))),
            ("IncomingMailServerUsername", "$USERNAME@example.jp", false, Some((Slot::Text, false))),
            ("IncomingMailServerHostName", "imap.{EmailDomain}", false, Some((Slot::Host, false))),
            ("IncomingMailServerHostName", "PRIMARY_HOSTNAME", false, Some((Slot::Host, true))),
            ("EmailAccountName", "PRIMARY_HOSTNAME", false, None),
            ("IncomingMailServerPortNumber", "{{PORT}}", true, Some((Slot::Number, true))),
            ("PayloadUUID", "$PROFILE_UUID", false, Some((Slot::Uuid, true))),
            ("IncomingPassword", "$PASSWORD$", false, Some((Slot::Secret, true))),
            ("IncomingPassword", "open$SESAME", false, None),
            ("EmailAddress", "hanako@example.jp", false, None),
        ] {
            let found = seen(key, text, typed).map(|variable| (variable.slot, variable.is_open));
            assert_eq!(found, expected, "{key} {text}");
        }
    }
}
