//! `url-in-host`: a web address (`imaps://imap.example.jp/`) or a mail address in place of a host name.

use super::hosts::{self, Form, Written};
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::finding::{Applicability, Confidence, Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "url-in-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A web address or a mail address stands where a host name belongs",
    page: include_str!("url_in_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (view, written) in hosts::written(cx) {
        match written.form {
            Form::Url => out.push(url(&view, &written)),
            Form::Address => out.push(address(&view)),
            _ => {}
        }
    }
}

fn url(view: &ServerView<'_>, written: &Written) -> Finding {
    let found = hosts::shown(&view.server.host.value);
    let what = message!("{found} is a web address, not a host name", found = found);
    let finding = RULE.at(&view.server.host, what).because(why(view)).found(&found);
    let finding = if written.host.is_empty() {
        finding.help("write the host name alone, without anything before or after it")
    } else {
        finding.help(message!("write {host} and nothing else", host = written.host)).values(&found, &written.host).fix(
            "keep the host name alone",
            freedom(view, written),
            vec![hosts::rename(view.server, &written.host)],
        )
    };
    view.finish(finding, None, view.capped(Severity::Error, Confidence::High))
}

/// A port in the address that differs from the account's own says that one of the two is wrong.
fn freedom(view: &ServerView<'_>, written: &Written) -> Applicability {
    let agrees = written.port.is_none_or(|port| i64::from(port) == view.server.port.value);
    if agrees { Applicability::Safe } else { Applicability::Unsafe }
}

/// What follows the `@` is where mail is sent to, which is seldom the name of the server that programs use.
fn address(view: &ServerView<'_>) -> Finding {
    let found = hosts::shown(&view.server.host.value);
    let finding = RULE
        .at(&view.server.host, message!("{found} is a mail address, not a host name", found = found))
        .because(why(view));
    let view = &hosts::as_provider(view);
    let Some(set) = view.nearest_set() else {
        let finding = finding.found(&found).help("write the name of the mail server, as the provider publishes it");
        return view.finish(finding, None, view.capped(Severity::Error, Confidence::High));
    };
    let finding = finding.help(message!("write {host}", host = set.host)).values(&found, &set.host).fix(
        message!("use {server}", server = hosts::whole(view, set)),
        Applicability::Unsafe,
        view.mend(set),
    );
    view.finish(finding, Some(set), view.capped(Severity::Error, Confidence::High))
}

fn why(view: &ServerView<'_>) -> Message {
    if view.document.client == "thunderbird" && view.is_incoming() && view.server.host.value.matches(':').count() == 1 {
        message!(
            "Thunderbird crashes at every start over a colon in the host name of an IMAP account, and deletes a POP account"
        )
    } else {
        message!("the whole text is looked up as a name, and there is no server of that name")
    }
}
