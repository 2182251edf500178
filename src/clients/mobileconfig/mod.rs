//! Apple's configuration profiles (`.mobileconfig`), whatever they are called: XML, binary, UTF-16, signed.
//!
//! One switch, `UseSSL`, means both kinds of TLS: with 993, 995 and 465 the device encrypts from the first byte, with any other
//! port it demands STARTTLS, and off or absent means no encryption at all. A signed profile, or one in the export of a management
//! system, is read and never rewritten; an encrypted one and a template are said to be that.

mod container;
mod export;
mod installed;
mod keys;
mod oddity;
mod payloads;
mod relation;
pub mod schema;
mod survey;
mod variables;
mod withheld;

use super::property_list::{lower, observe, plain_value, renamed, store, wrong_declaration};
use super::{CannotEdit, Client, Editor, Environment, Info, Lowered, SearchPlace, template};
use crate::account::{Place, Security};
use crate::document::{Document, Editing, Loss, OauthSupport, Observation, Seen, Signature};
use crate::finding::{Change, Message, Value};
use crate::message;
use crate::secrets::in_property_list;
use crate::source::{Part, Source, Span, View};
use crate::syntax::plist::{self, Plist};

/// The adapter.
#[derive(Debug)]
pub(super) struct MobileConfig;

static INFO: Info = Info {
    id: "mobileconfig",
    title: "configuration profile",
    files: "*.mobileconfig, any property list that holds payloads (XML, binary, signed), exports of Jamf Pro and Intune, profiles show",
};

/// Who refuses a broken profile, for messages.
const READER: Message = message!("the device");

impl Client for MobileConfig {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn recognises(&self, file_name: &str, bytes: &[u8]) -> bool {
        let lower = file_name.to_ascii_lowercase();
        lower.ends_with(".mobileconfig") || lower.ends_with(".mobileconfig.xml") || container::holds_payloads(bytes)
    }

    fn parts(&self, source: &Source) -> Vec<Part> {
        export::parts(source)
    }

    fn read(&self, mut sources: Vec<Source>) -> Document {
        let mut editing = Editing::InPlace;
        let mut unchecked = None;
        let (mut signature, mut damage) = (None, None);
        if sources[0].view() == View::Plain {
            match container::open(&sources[0]) {
                container::Opened::Text(text) => sources[0] = text,
                container::Opened::Kept(text, reason, of_file) => {
                    sources[0] = text;
                    editing = Editing::CopyOnly(reason);
                    signature = of_file;
                }
                container::Opened::Closed(reason) => unchecked = Some(reason),
                container::Opened::Damaged(reason) => damage = Some(reason),
            }
        }
        let mut document = Document::new(INFO.id, sources);
        document.editing = editing;
        document.oauth = OauthSupport::None;
        document.secrets = secrets(&document.sources[0]);
        if let Some(damage) = damage {
            refuse(&mut document, damage);
            return document;
        }
        document.unchecked = unchecked.or_else(|| template::reason(&document.sources[0], template::MARKS));
        if document.unchecked.is_none() {
            fill(&mut document);
        }
        document.observations.extend(signature.map(signature_seen));
        document
    }

    fn store(&self, source: &Source) -> Result<Vec<u8>, CannotEdit> {
        store(source)
    }

    fn editor<'a>(&'a self, document: &'a Document) -> Editor<'a> {
        let list = plist::parse(document.main().bytes());
        let variables = variables::by_key(document);
        Box::new(move |changes: &[Change]| edits(document, &list, &variables, changes))
    }

    fn places(&self, _: &Environment) -> Vec<SearchPlace> {
        Vec::new()
    }
}

fn edits(
    document: &Document,
    list: &Plist,
    variables: &variables::ByKey<'_>,
    changes: &[Change],
) -> Result<Lowered, CannotEdit> {
    let mut lowered = Lowered::default();
    if let Some(edit) = renamed(list, changes) {
        lowered.edits.push(edit);
        return Ok(lowered);
    }
    for change in changes {
        let to = written(document, &change.to);
        let value = match (&to, new_value(&to)) {
            (Value::Removed, _) => None,
            (_, Some(value)) => Some(value),
            (to, None) => return Err(CannotEdit(message!("a mail payload has no word for {value}", value = to))),
        };
        variables::keep(variables, &change.key, value.as_ref().and_then(plist::Value::as_text))?;
        lowered.edits.extend(lower(document.main(), list, &change.key, value.as_ref())?);
    }
    Ok(lowered)
}

/// The device can do no more with a broken wrapping than we can.
fn refuse(document: &mut Document, damage: Message) {
    let hint =
        message!("take the file from a backup, or write it anew: sign the profile once more, export it once more");
    let seen = Seen::Unparseable { what: damage, lost: Vec::new(), loss: Loss::All, hint: Some(hint) };
    let place = Place { source: 0, span: None };
    document.observations.push(Observation { seen, key: String::new(), place, account: None });
    document.editing = Editing::Never(message!("nothing in it can be read"));
    document.refused = true;
}

fn secrets(source: &Source) -> Vec<Place> {
    if source.view() == View::Plain && export::is_export(source.bytes()) {
        // Nothing could be unpacked, so any of it may be a packed password.
        return vec![Place { source: 0, span: Some(Span::new(0, source.bytes().len())) }];
    }
    in_property_list(source.bytes()).into_iter().map(|span| Place { source: 0, span: Some(span) }).collect()
}

/// A signature is of the file as a whole.
fn signature_seen(signature: Signature) -> Observation {
    let place = Place { source: 0, span: None };
    Observation { seen: Seen::Signature(signature), key: String::new(), place, account: None }
}

/// Passwords under a name that is one slip off.
fn misspelled_secrets(observations: &[Observation]) -> Vec<Place> {
    let is_secret = |seen: &&Observation| match &seen.seen {
        Seen::MisspelledKey { meant, .. } => survey::is_secret(meant),
        _ => false,
    };
    observations.iter().filter(is_secret).map(|seen| seen.place).collect()
}

fn fill(document: &mut Document) {
    let list = plist::parse(document.main().bytes());
    if installed::is_list(&list) {
        document.accounts = installed::accounts(&list);
        document.observations = list.problems.iter().map(|problem| observe(&list, problem, &READER)).collect();
        document.editing = Editing::Never(installed_reason());
        return;
    }
    document.accounts = payloads::accounts(&list);
    document.observations = survey::survey(&list, document.main().bytes(), &document.accounts);
    variables::fill_in(document);
    document.observations.extend(wrong_declaration(document.main()));
    document.secrets.extend(misspelled_secrets(&document.observations));
    document.withheld = withheld::places(&list, document.main().bytes());
    document.refused = list.root.is_none() || list.refusals().next().is_some();
    if let Some(reason) = container::encrypted_inside(&list) {
        document.unchecked = Some(reason);
    }
}

/// A value with the variables that others stand in for.
fn written(document: &Document, value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(document.to_write(text)),
        other => other.clone(),
    }
}

/// Security and authentication in the words of the payload; everything else as it is.
fn new_value(value: &Value) -> Option<plist::Value> {
    let text = |text: &str| Some(plist::Value::Text(text.to_owned()));
    match value {
        Value::Security(security) => Some(plist::Value::Bool(*security != Security::None)),
        Value::Authentication(authentication) => text(payloads::authentication_name(*authentication)?),
        Value::Protocol(protocol) => text(payloads::type_name(*protocol)?),
        plain => plain_value(plain),
    }
}

/// Why an export stays as it is.
fn export_reason(system: &'static str) -> Message {
    message!(
        "the profile stands in an export of {system}; `fix --output DIR` writes the corrected profile, to be uploaded again",
        system = system
    )
}

/// Why a list of installed profiles stays as it is.
fn installed_reason() -> Message {
    message!("this is a list of what is installed on a Mac; correct the profile itself and install it again")
}

/// Why a signed profile stays as it is.
fn signed_reason() -> Message {
    message!(
        "the profile is signed and a change would break the signature; `fix --output DIR` writes a corrected copy without one, to be signed again"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Authentication;

    #[test]
    fn a_password_under_a_misspelled_key_is_a_secret() {
        let text = "<plist><dict><key>PayloadType</key><string>com.apple.mail.managed</string>\
                    <key>IncomingPasword</key><string>open sesame</string></dict></plist>";
        let document = MobileConfig.read(vec![Source::new("a.mobileconfig", text.as_bytes())]);
        let masked = document.main().masked(&document.secret_spans(0));
        assert!(!masked.text().contains("sesame"), "{}", masked.text());
        assert!(!format!("{:?}", document.observations).contains("sesame"));
    }

    #[test]
    fn oauth_has_no_word_in_the_mail_payload() {
        assert_eq!(new_value(&Value::Authentication(Authentication::Oauth2)), None);
        assert_eq!(new_value(&Value::Security(Security::StartTls)), Some(plist::Value::Bool(true)));
    }
}
