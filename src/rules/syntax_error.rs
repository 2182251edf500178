//! `syntax-error`: a part of the file that its client cannot read, with the settings that are lost by it.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Finding, Message, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "syntax-error",
    group: Group::File,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "A part of the file cannot be read, and what it sets is lost",
    page: include_str!("syntax_error.md"),
    check,
};

const REFUSED: &str = "with a fault like this the whole file is refused, and nothing in it takes effect";

/// So many lost settings are named; more would hide the rest of the report.
const NAMED: usize = 5;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::Unparseable { what, lost, hint } = &observation.seen
            && !holds_variable(cx, observation)
        {
            let why = if cx.document.refused { Message::new(REFUSED) } else { cost(lost) };
            let mut finding = report(observation, what, hint.as_ref()).because(why);
            if lost.is_empty() && !cx.document.refused {
                finding.severity = Severity::Warning;
            }
            out.push(finding);
        }
    }
}

/// A placeholder where a number should be is a fault of the text too; `unresolved-variable` says what is really wrong.
fn holds_variable(cx: &Context<'_>, fault: &Observation) -> bool {
    cx.observations()
        .any(|seen| matches!(seen.seen, Seen::Variable(_)) && !seen.key.is_empty() && seen.key == fault.key)
}

fn report(observation: &Observation, what: &Message, hint: Option<&Message>) -> Finding {
    let finding = RULE.seen(observation, what.clone());
    match hint {
        Some(hint) => finding.help(hint.clone()),
        None => {
            finding.help("close the mail program first, then correct this part of the file or take it from a backup")
        }
    }
}

fn cost(lost: &[String]) -> Message {
    let names = &lost[..lost.len().min(NAMED)];
    match lost.len() {
        0 => Message::new(
            "this part is skipped; no mail setting is lost by it, but whoever edits the file next may be misled",
        ),
        1..=NAMED => message!("these settings are lost by it, and defaults take their place: {names}", names = names),
        count => message!(
            "these settings are lost by it, and defaults take their place: {names}, and {more} more",
            names = names,
            more = count - NAMED
        ),
    }
}
