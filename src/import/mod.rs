//! Makes a provider file of what a company or a provider already publishes for mail programs: Mozilla's autoconfig XML, or the
//! answer of an Autodiscover server to Outlook.
//!
//! Nothing is made up. What such a file does not say (which password, which page says so, how sure it is) gets the least that
//! can be said, and a comment that asks for the rest. What it says and a provider file has no word for is left out, and a
//! comment says that too. Of an answer that was given for one person, the person's name and login stay out.
//!
//! Not here: reading and writing files (`cli`), judging the file that was imported (`lint` does, for autoconfig).

mod autoconfig;
mod autodiscover;
mod draft;
mod service;

use crate::account::Place;
use crate::clients::as_text;
use crate::date::Date;
use crate::finding::{Finding, Message};
use crate::message;
use crate::provider::Provider;
use crate::report::Style;
use crate::secrets;
use crate::show::{Comment, provider_file_with};
use crate::source::{Source, Span};
use crate::syntax::xml::{self, Element, Xml};

/// A provider, and what is to be said above its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What was understood. Its id is the name for the file, without `.toml`.
    pub provider: Provider,
    /// What is to be completed, and what was left out.
    pub comments: Vec<Comment>,
}

impl Imported {
    /// The provider file. Ends with a line feed.
    pub fn file(&self, style: &Style) -> String {
        provider_file_with(&self.provider, &self.comments, style)
    }
}

/// A file of which nothing could be made, ready to be reported.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The file as text.
    pub source: Source,
    /// What must not be shown of it.
    pub secrets: Vec<Span>,
    /// Why.
    pub findings: Vec<Finding>,
}

/// Makes a provider file of `source`.
///
/// # Errors
///
/// Says where and why, if it is neither of the two formats, is broken, or names no server.
pub fn import(source: &Source, today: Date) -> Result<Imported, Refused> {
    let source = as_text(source);
    let made = service(&source).and_then(|service| {
        draft::imported(service, source.file_name(), today).ok_or_else(|| vec![no_server(&source)])
    });
    made.map_err(|findings| {
        let mut secrets = secrets::in_elements(source.bytes());
        // Somebody may have taken a configuration profile for it.
        secrets.extend(secrets::in_property_list(source.bytes()));
        Refused { source, secrets, findings }
    })
}

fn service(source: &Source) -> Result<service::Service, Vec<Finding>> {
    let xml = xml::parse(source.bytes());
    if xml.root.is_none() {
        return Err(vec![other(&xml)]);
    }
    if !xml.problems.is_empty() {
        return Err(xml.problems.iter().take(MOST_COMPLAINTS).map(broken).collect());
    }
    match xml.root.as_ref().map(|root| local_name(&root.name)) {
        Some("clientConfig") => autoconfig::read(&xml, source),
        Some("Autodiscover") => autodiscover::read(&xml, source),
        _ => Err(vec![other(&xml)]),
    }
}

/// Of a file that is not XML at all, a few are enough.
const MOST_COMPLAINTS: usize = 3;

fn broken(problem: &xml::Problem) -> Finding {
    let what = message!("this is no sound XML: {fault}", fault = problem.message());
    let help = problem
        .hint()
        .unwrap_or_else(|| message!("mend the file and import it again; `mailcfg lint` says more of autoconfig files"));
    refused("broken-xml", problem.span, what, "from a broken file, a server could be read wrong").help(help)
}

fn other(xml: &Xml) -> Finding {
    let help = "what can be imported is autoconfig XML (<clientConfig>) and the answer of an Autodiscover server \
                (<Autodiscover>); `mailcfg show PROVIDER --format toml` gives a provider file to start from";
    let (rule, why) = ("unknown-format", "a provider file is made of what the file says of servers");
    let finding = match &xml.root {
        Some(root) => {
            let what = message!("<{name}> is no format that can be imported", name = root.name);
            refused(rule, root.opening, what, why)
        }
        // No place: it may be any file, and nothing of it is to be shown.
        None => {
            let what = message!("there is nothing in it that can be imported");
            Finding::new(rule, "", None, what).because(why)
        }
    };
    finding.help(help)
}

fn no_server(source: &Source) -> Finding {
    let root = xml::parse(source.bytes()).root.map_or(Span::at(0), |root| root.opening);
    let what = message!("no server for IMAP, POP3 or SMTP is named whose host and port can be told");
    let help = "name the domain of the addresses in the file, fill in what is a placeholder of the system that publishes it, and \
                import it again";
    refused("no-server", root, what, "without a server there is nothing to compare mail settings with").help(help)
}

fn refused(rule: &'static str, span: Span, what: Message, why: &'static str) -> Finding {
    Finding::new(rule, "", Some(Place { source: 0, span: Some(span) }), what).because(why)
}

/// A name without its prefix: Autodiscover answers come with and without one.
fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The children of that name, whatever their prefix.
fn all<'a>(element: &'a Element, name: &'a str) -> impl Iterator<Item = &'a Element> {
    element.children.iter().filter(move |child| local_name(&child.name) == name)
}

/// The text of the first child of that name that has one.
fn text<'a>(element: &'a Element, name: &'a str) -> Option<&'a str> {
    all(element, name).map(|child| child.text.trim()).find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
