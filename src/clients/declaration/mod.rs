//! Apple's declarations of mail, Exchange and Google accounts (declarative device management), and the assets they name: JSON.
//!
//! A device takes a declaration as a whole or not at all, so an unknown key is as bad as a missing one. Address, user name and
//! password are in assets, which are usually files of their own: those that refer to each other are read as one document, the
//! file of an account first. Keys of the other files begin with the name of the file (`user.json:Payload.EmailAddress`).

mod accounts;
mod assets;
mod change;
mod object;
mod schema;
mod survey;

use self::object::{File, is_credentials};
use super::{Client, Editor, Environment, Info, SearchPlace, Ties, template};
use crate::account::Place;
use crate::document::{Document, OauthSupport};
use crate::finding::Change;
use crate::secrets::in_json;
use crate::source::Source;
use crate::syntax::comments::Form;
use crate::syntax::json;

/// The adapter.
#[derive(Debug)]
pub(super) struct Declaration;

static INFO: Info = Info {
    id: "declaration",
    title: "declaration",
    files: "*.json with a declaration of a mail, Exchange or Google account, or of an asset (Apple declarative management)",
};

impl Client for Declaration {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn recognises(&self, _: &str, bytes: &[u8]) -> bool {
        let has = |needle: &str| memchr::memmem::find(bytes, needle.as_bytes()).is_some();
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let is_ours = ["configuration.account.mail", "configuration.account.exchange", "configuration.account.google"];
        text.first().is_some_and(|first| b"{[".contains(first))
            && has("\"Type\"")
            && (is_ours.iter().any(|kind| has(&format!("\"com.apple.{kind}\""))) || has("\"com.apple.asset."))
    }

    fn recognises_beside(&self, bytes: &[u8]) -> bool {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let has = |needle: &[u8]| memchr::memmem::find(text, needle).is_some();
        let is_one = || json::parse(bytes).root.is_some_and(|root| is_credentials(&root));
        text.first() == Some(&b'{') && (has(b"\"UserName\"") || has(b"\"Password\"")) && is_one()
    }

    /// A file that is damaged or a template stands alone, with what is to be said of it.
    fn ties(&self, file_name: &str, bytes: &[u8]) -> Ties {
        let source = Source::new(file_name, bytes);
        let file = &File::all(std::slice::from_ref(&source))[0];
        if !file.json.problems.is_empty() || template::reason(&source, template::MARKS).is_some() {
            return Ties::default();
        }
        let declarations = file.declarations();
        Ties {
            is_main: declarations.iter().any(|one| schema::is_account(one.text("Type"))),
            offers: assets::offers(file),
            needs: declarations.iter().flat_map(survey::needs).collect(),
        }
    }

    fn read(&self, sources: Vec<Source>) -> Document {
        let mut document = Document::new(INFO.id, sources);
        document.oauth = OauthSupport::None;
        for (index, source) in document.sources.iter().enumerate() {
            let secrets = in_json(source.bytes()).into_iter().map(|span| Place { source: index, span: Some(span) });
            document.secrets.extend(secrets);
        }
        document.unchecked = template::reason(document.main(), template::MARKS);
        if document.unchecked.is_none() {
            let files = File::all(&document.sources);
            document.accounts = accounts::accounts(&files);
            let (observations, withheld) = survey::survey(&files, &document.accounts);
            document.observations = observations;
            document.withheld.extend(withheld);
            document.refused = document.is_damaged();
        }
        document
    }

    fn editor<'a>(&'a self, document: &'a Document) -> Editor<'a> {
        Box::new(move |changes: &[Change]| change::edit(document, changes))
    }

    fn comments(&self, _: &str) -> Option<Form> {
        None
    }

    fn places(&self, _: &Environment) -> Vec<SearchPlace> {
        Vec::new()
    }
}
