//! Mozilla's autoconfig XML, `config-v1.1.xml`: what a provider or a company publishes so that mail programs set accounts up by
//! themselves.
//!
//! Nobody's mailbox is in it. One file makes accounts of many people, so addresses and user names are placeholders; here a
//! sample address at the first domain stands in for them, and reports show the placeholders again. What Thunderbird takes and
//! what it refuses is decided as in its `readFromXML.sys.mjs`, `Sanitizer.sys.mjs` and `JXON.sys.mjs`: an element's text is
//! compared as it stands, blanks included; the first value that is supported wins; a server with a fault is skipped, and the
//! file is refused when no incoming or no outgoing server is left.
//!
//! Not here: fetching the file (DNS, `.well-known`), the ISPDB's own conventions.

mod accounts;
mod caution;
mod edit;
mod element;
mod placeholder;
mod survey;
mod words;

/// For `import`, which makes provider files of such files.
pub(crate) use element::{Provider, Server, providers};
pub(crate) use placeholder::{bad, expand, sample};
pub(crate) use words::Kind;

use super::property_list::{as_text, store, wrong_declaration};
use super::{CannotEdit, Client, Editor, Environment, Info, SearchPlace, template, thunderbird};
use crate::account::Place;
use crate::document::{Document, OauthSupport, Role};
use crate::secrets::in_elements;
use crate::source::{Source, View};
use crate::syntax::text::Text;
use crate::syntax::xml;

/// The adapter.
#[derive(Debug)]
pub(super) struct Autoconfig;

static INFO: Info = Info {
    id: "autoconfig",
    title: "autoconfig XML",
    files: "config-v1.1.xml, or any XML file with <clientConfig> as its root",
};

/// Who reads the file, for messages.
const READER: &str = "Thunderbird";

/// The signs of other programs' placeholders: the file is filled in before it is published.
const VARIABLES: &[&str] = &["{{", "${"];

/// Hosts at which the reader can sign in with OAuth; what the file itself says of OAuth is not used.
const OAUTH: OauthSupport = OauthSupport::Hosts(thunderbird::OAUTH_HOSTS);

impl Client for Autoconfig {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn recognises(&self, file_name: &str, bytes: &[u8]) -> bool {
        let by_name = file_name.eq_ignore_ascii_case("config-v1.1.xml");
        by_name || Text::decode(bytes).is_ok_and(|text| begins_with_root(text.as_str()))
    }

    fn read(&self, mut sources: Vec<Source>) -> Document {
        if sources[0].view() == View::Plain {
            sources[0] = as_text(&sources[0]);
        }
        let mut document = Document::new(INFO.id, sources);
        document.role = Role::Published;
        document.oauth = OAUTH;
        document.secrets = secrets(document.main());
        document.unchecked = template::reason(document.main(), &[template::MARKS, VARIABLES].concat());
        if document.unchecked.is_none() {
            fill(&mut document);
        }
        document
    }

    fn store(&self, source: &Source) -> Result<Vec<u8>, CannotEdit> {
        store(source)
    }

    fn editor<'a>(&'a self, document: &'a Document) -> Editor<'a> {
        edit::editor(document)
    }

    fn places(&self, _: &Environment) -> Vec<SearchPlace> {
        Vec::new()
    }
}

fn fill(document: &mut Document) {
    let xml = xml::parse(document.main().bytes());
    document.refused = !xml.problems.is_empty();
    let providers = element::providers(&xml);
    (document.accounts, document.stand_ins) = accounts::read(&providers);
    document.observations = survey::survey(&xml, document.main().bytes(), &providers, &document.accounts);
    document.observations.extend(wrong_declaration(document.main()));
}

/// Whether `<clientConfig` is the first element: XML in the text of another file, such as a manual page, is none of ours.
fn begins_with_root(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!") => ">",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let name = rest.strip_prefix("<clientConfig");
    name.is_some_and(|after| after.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')))
}

/// Found without the parser, so that a broken file gives none away.
fn secrets(source: &Source) -> Vec<Place> {
    in_elements(source.bytes()).into_iter().map(|span| Place { source: 0, span: Some(span) }).collect()
}

#[cfg(test)]
mod tests;
