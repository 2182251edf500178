//! For people: why there is no answer, and what to try instead of guessing.

use super::{Options, Unresolved};
use crate::finding::Message;
use crate::message;
use crate::report::{Page, in_own_letters};

/// Says for people why there is no answer, and what to try.
pub fn text_unresolved(unresolved: &Unresolved, options: &Options) -> String {
    let mut page = Page::new(options.style.clone());
    match unresolved {
        Unresolved::Invalid { input, why } => {
            page.paragraph(&page.tell(&message!(
                "This is no mail address: {input} ({why}).",
                input = input,
                why = why
            )));
            page.paragraph(&page.word("Type a mail address such as name@example.jp, or only what stands after the @."));
        }
        Unresolved::Several { what, which } => {
            page.title(&page.tell(&message!("Several providers go by the name {what}.", what = what)));
            let which = which.join(&page.word(", "));
            page.paragraph(&page.tell(&message!("Name one of them, or a mail address: {which}", which = which)));
        }
        Unresolved::Unknown { what, is_domain, near, mx, .. } => {
            let unknown = if *is_domain {
                message!("No official settings are known for {what}.", what = in_own_letters(what))
            } else {
                message!("No provider of the name {what} is known.", what = what)
            };
            page.title(&page.tell(&unknown));
            if !near.is_empty() {
                page.paragraph(&page.tell(&message!("Did you mean {near}?", near = near)));
            }
            for advice in advice(is_domain.then_some(what), mx) {
                page.paragraph(&page.tell(&advice));
            }
        }
    }
    page.finish()
}

fn advice(domain: Option<&String>, mx: &[String]) -> Vec<Message> {
    let Some(domain) = domain else {
        return vec![message!("`mailcfg list providers` names them all; a mail address or its domain will do too.")];
    };
    let mut advice = Vec::new();
    match mx {
        [] => advice.push(message!(
            "If it is the domain of a company or your own, its mail may be kept at a provider that is known. Ask for the host that takes its mail (the MX record), and run: mailcfg show --mx HOST {domain}",
            domain = domain
        )),
        hosts => advice.push(message!(
            "The mail exchanger {hosts} leads to no known provider either. It may be a filter in front of the mailbox.",
            hosts = hosts
        )),
    }
    advice.push(message!(
        "Otherwise look for \"IMAP\" on the help page of whoever gave you the address, or in the letter that came with it. At work or at school ask whoever looks after the computers. Do not guess: a server that does not exist or belongs to somebody else may get your password."
    ));
    advice
}
