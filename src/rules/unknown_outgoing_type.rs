//! `unknown-outgoing-type`: a kind of outgoing server that the program does not have, which costs it all the others.

use super::view::change_of;
use super::{Context, Fixes, Group, Rule};
use crate::document::{ProfileSeen, Seen};
use crate::finding::{Applicability, Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unknown-outgoing-type",
    group: Group::Sending,
    severity: Severity::Error,
    fixes: Fixes::Sometimes,
    summary: "The program does not know this kind of outgoing server and loses all of them",
    page: include_str!("unknown_outgoing_type.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::UnknownOutgoingType { found, to }) = &observation.seen else { continue };
        let finding = RULE
            .seen(observation, message!("the program has no outgoing servers of the kind {kind}", kind = found))
            .because("it gives up at the first kind it does not know: then no outgoing server is there at all, and nothing can be sent from any account");
        out.push(match to {
            Some(to) => finding
                .help(message!("write {kind}", kind = to))
                .values(found, to)
                .fix(message!("write {kind}", kind = to), Applicability::Safe, vec![change_of(observation, found, to)]),
            None => finding
                .help("if no mail can be sent, take this server out of the list, or set it up again; if an add-on brings this kind, leave it as it is")
                .found(found)
                .graded(Severity::Warning, Confidence::Medium),
        });
    }
}
