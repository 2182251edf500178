//! `placeholder-host`: a host name from an example or a template that nobody filled in.

use super::hosts::{self, Form};
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "placeholder-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "A host name from an example or a template was never filled in",
    page: include_str!("placeholder_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (view, written) in hosts::written(cx) {
        let host = written.host.to_ascii_lowercase();
        if written.form == Form::Template || is_fill_in_word(&host) {
            out.push(fill_in(&view));
        } else if hosts::is_documentation(&host) && written.form != Form::Address {
            out.push(documentation(&view));
        }
    }
}

/// Words that stand for somebody's own name. Names of real services are none, whatever they look like.
fn is_fill_in_word(host: &str) -> bool {
    const WORDS: [&str; 14] = [
        "yourdomain",
        "your-domain",
        "your_domain",
        "yourserver",
        "your-mail-server",
        "yourhost",
        "yourhostname",
        "yourisp",
        "yourprovider",
        "your-provider",
        "yourcompany",
        "your-company",
        "domainname",
        "changeme",
    ];
    let mut labels = host.split('.').rev();
    let last = labels.next().unwrap_or_default();
    host.ends_with(".invalid") || last == "tld" || labels.any(|label| WORDS.contains(&label) || is_crossed_out(label))
}

/// `xxx`, `svxxxx`: what guides print in place of a number.
fn is_crossed_out(label: &str) -> bool {
    let rest = label.trim_end_matches('x');
    label.len() - rest.len() >= 3 && rest.len() <= 4
}

fn fill_in(view: &ServerView<'_>) -> Finding {
    let what = message!("the host {host} stands for a name that nobody filled in", host = hosts::name(view));
    let finding = RULE
        .at(&view.server.host, what)
        .because("there is no server of that name, so the account cannot connect")
        .help("enter the name of your own mail server, as the provider or the administrator publishes it")
        .found(hosts::name(view));
    view.finish(finding, None, view.capped(Severity::Error, Confidence::High))
}

/// Guides and tests use these names on purpose, so this is a warning.
fn documentation(view: &ServerView<'_>) -> Finding {
    let what = message!("the host {host} is a name from an example", host = hosts::name(view));
    let finding = RULE
        .at(&view.server.host, what)
        .because("the name is kept for documentation, and no mail server will ever answer under it")
        .help("enter the name of your own mail server, as the provider or the administrator publishes it")
        .found(hosts::name(view));
    view.finish(finding, None, (Severity::Warning, Confidence::High))
}
