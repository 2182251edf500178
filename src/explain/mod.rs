//! What is known of a rule, for somebody who met it in a report: the answer of `mailcfg explain`.
//!
//! A [`Sheet`] is a rule with its page in pieces and the formats it was seen in. [`render`] writes sheets, one file per format.
//!
//! Not here: judging (`rules`), how the pieces of a page are laid out (`report`).

mod json;
mod markdown;
mod text;

use crate::clients::{CLIENTS, Client};
use crate::finding::Message;
use crate::message;
use crate::page::{Malformed, Page};
use crate::report::Style;
use crate::rules::{Fixes, RULES, Rule, named, nearest};

pub use json::{Particulars, json};
pub use markdown::{markdown, particulars};
pub use text::text;

/// The forms of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people at a terminal.
    #[default]
    Text,
    /// For documents.
    Markdown,
    /// For programs: schema 1, additions only.
    Json,
}

/// A rule and its page.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The rule.
    pub rule: &'static Rule,
    /// Its page.
    pub page: Page,
    /// The ids of the clients in whose files an example finds something, in the order of [`CLIENTS`].
    pub formats: Vec<&'static str>,
}

impl Sheet {
    /// The sheet of a rule.
    ///
    /// # Errors
    /// [`Malformed`] where the page has another form than agreed; a test sees to it that none has.
    pub fn of(rule: &'static Rule) -> Result<Self, Malformed> {
        let page = Page::read(rule.page)?;
        let formats = formats(&page);
        Ok(Self { rule, page, formats })
    }

    /// Group, severity and formats, and what mends it: a line each.
    fn facts(&self, style: &Style) -> String {
        let facts = message!(
            "Group: {group}. Severity: {severity} at most. Formats: {formats}.",
            group = self.rule.group.name(),
            severity = self.rule.severity.words(),
            formats = self.formats,
        );
        let mended = match self.rule.fixes {
            Fixes::Never => message!("There is no automatic fix."),
            Fixes::Unsafe => message!("`mailcfg fix --apply --unsafe` mends what it can."),
            Fixes::Sometimes => message!("`mailcfg fix --apply` mends what is safe to mend."),
        };
        format!("{}\n{}", style.tell(&facts), style.tell(&mended))
    }
}

/// The clients in whose files the rule finds something on its page.
fn formats(page: &Page) -> Vec<&'static str> {
    let examples = page.examples();
    let bad: Vec<&str> = examples
        .iter()
        .filter(|example| example.findings > 0)
        .flat_map(|example| &example.files)
        .filter_map(|(name, text)| client_of(name, text))
        .collect();
    CLIENTS.iter().map(|client| client.info().id).filter(|id| bad.contains(id)).collect()
}

/// Whose file it is: one that is known by its name or content, or one that lies beside such a file.
fn client_of(name: &str, text: &str) -> Option<&'static str> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let knows = |client: &&&dyn Client| client.recognises(name, text.as_bytes());
    let accompanies = |client: &&&dyn Client| client.companions().contains(&name);
    let client = CLIENTS.iter().find(knows).or_else(|| CLIENTS.iter().find(accompanies));
    client.map(|client| client.info().id)
}

/// A name that is neither a rule nor a group. Says so, for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnknownName(pub Message);

/// The rules that are named, singly or by their group, each once.
///
/// # Errors
/// [`UnknownName`], with the nearest name where one is near.
pub fn chosen(names: &[String]) -> Result<Vec<&'static Rule>, UnknownName> {
    let mut chosen: Vec<&'static Rule> = Vec::new();
    for name in names {
        let meant = named(name).ok_or_else(|| unknown(name))?;
        for rule in RULES.iter().filter(|rule| meant.includes(rule.name)) {
            if !chosen.iter().any(|known| known.name == rule.name) {
                chosen.push(rule);
            }
        }
    }
    Ok(chosen)
}

fn unknown(name: &str) -> UnknownName {
    UnknownName(match nearest(name) {
        Some(nearest) => message!(
            "there is no rule or group {name}; did you mean {nearest}? `mailcfg list rules` names them all",
            name = name,
            nearest = nearest
        ),
        None => message!("there is no rule or group {name}; `mailcfg list rules` names them all", name = name),
    })
}

/// Writes the sheets in `format`. Ends with a line feed.
pub fn render(sheets: &[Sheet], format: Format, style: &Style) -> String {
    match format {
        Format::Text => joined(sheets, |sheet| text(sheet, style)),
        Format::Markdown => joined(sheets, |sheet| markdown(sheet, 1, style)),
        Format::Json => json(sheets, style),
    }
}

fn joined(sheets: &[Sheet], render: impl Fn(&Sheet) -> String) -> String {
    sheets.iter().map(render).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(asked: &[&str]) -> Result<Vec<&'static str>, String> {
        let asked: Vec<String> = asked.iter().map(|name| (*name).to_owned()).collect();
        chosen(&asked).map(|rules| rules.iter().map(|rule| rule.name).collect()).map_err(|error| error.0.to_string())
    }

    #[test]
    fn rules_are_chosen_by_their_names_and_groups_each_once() {
        assert_eq!(names(&["port-in-host", "url-in-host", "port-in-host"]), Ok(vec!["port-in-host", "url-in-host"]));
        let port = names(&["port"]).unwrap();
        assert!(port.contains(&"port-not-offered") && !port.contains(&"port-in-host"), "{port:?}");
        let both = names(&["port-not-offered", "port"]).unwrap();
        assert_eq!((both.len(), both[0]), (port.len(), "port-not-offered"));
        assert_eq!(names(&["port", "port"]), Ok(port));
    }

    #[test]
    fn an_unknown_name_is_said_with_the_nearest() {
        for (name, meant) in [
            ("port-in-hots", "did you mean port-in-host? "),
            ("hosts", "did you mean host? "),
            ("x", ""),
            ("no-such-thing", ""),
        ] {
            let said = names(&["port", name]).unwrap_err();
            let expected = format!("there is no rule or group {name}; {meant}`mailcfg list rules` names them all");
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn every_rule_has_a_page_to_explain_and_a_format() {
        for rule in RULES {
            let sheet = Sheet::of(rule).unwrap_or_else(|error| panic!("{}: {error}", rule.name));
            assert_eq!(sheet.page.title, rule.name);
            assert!(!sheet.formats.is_empty(), "{}: no example finds anything", rule.name);
        }
    }

    #[test]
    fn a_format_counts_where_something_is_found_in_it() {
        let sheet = |name: &str| Sheet::of(crate::rules::find(name).unwrap()).unwrap();
        assert_eq!(
            sheet("implied-outgoing-port").formats,
            ["mobileconfig", "declaration"],
            "Thunderbird only stays silent"
        );
        let formats = sheet("port-security-mismatch").formats;
        assert_eq!(formats, ["thunderbird", "apple-mail", "autoconfig"]);
        assert_eq!(sheet("user-js-override").formats, ["thunderbird"]);
    }
}
