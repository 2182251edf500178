//! `unicode-host`: a host name in letters beyond ASCII, where programs look up its ASCII form.

use super::hosts;
use super::{Context, Fixes, Group, Rule, ServerView, look_alike_host};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unicode-host",
    group: Group::Host,
    severity: Severity::Warning,
    fixes: Fixes::Unsafe,
    summary: "A host name is written in letters that not every program looks up",
    page: include_str!("unicode_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in hosts::plain(cx) {
        let host = view.server.host_name();
        if host.is_ascii() || look_alike_host::meant(cx, &view).is_some() {
            continue;
        }
        // What has no ASCII form is no host name, and a name of mixed alphabets is better not helped along.
        if let Ok(ascii) = idna::domain_to_ascii_strict(&host) {
            out.push(report(&view, &ascii));
        }
    }
}

fn report(view: &ServerView<'_>, ascii: &str) -> Finding {
    let host = hosts::name(view);
    let finding = RULE
        .at(&view.server.host, message!("the host {host} is not written in ASCII", host = host))
        .because("the DNS knows the name in its ASCII form only; some programs convert it, others say that there is no such server")
        .help(message!("write {host}, which is the same name", host = ascii))
        .values(&host, ascii)
        .fix(message!("write {host}", host = ascii), Applicability::Unsafe, vec![hosts::rename(view.server, ascii)]);
    view.finish(finding, None, view.capped(Severity::Warning, Confidence::Medium)).published(None)
}
