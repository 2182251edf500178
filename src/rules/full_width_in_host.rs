//! `full-width-in-host`: letters, digits or full stops of an East Asian input method in a host name.

use super::hosts::{self, Form};
use super::{Context, Fixes, Group, Rule};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "full-width-in-host",
    group: Group::Host,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "A host name holds full-width letters or full stops",
    page: include_str!("full_width_in_host.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (view, written) in hosts::written(cx) {
        if written.form != Form::FullWidth || written.host.is_empty() {
            continue;
        }
        let found = hosts::shown(&view.server.host.value);
        let what = message!("the host name {host} is written in full-width characters", host = found);
        let finding = RULE
            .at(&view.server.host, what)
            .because(
                "to a computer these are other characters than the plain ones, and there is no server of that name",
            )
            .help(message!("write {host} with the input method off", host = written.host))
            .values(&found, &written.host)
            .fix(
                "write the host name in plain characters",
                Applicability::Safe,
                vec![hosts::rename(view.server, &written.host)],
            );
        out.push(view.finish(finding, None, view.capped(Severity::Error, Confidence::High)));
    }
}
