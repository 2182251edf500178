//! `syntax-error`: a part of the file that its client cannot read, with the settings that are lost by it.

use std::collections::HashSet;

use super::{Context, Fixes, Group, Rule};
use crate::document::{Loss, Observation, Seen};
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
    let variables: HashSet<&str> = cx
        .observations()
        .filter(|seen| matches!(seen.seen, Seen::Variable(_)) && !seen.key.is_empty())
        .map(|seen| seen.key.as_str())
        .collect();
    for observation in cx.observations() {
        if let Seen::Unparseable { what, lost, loss, hint } = &observation.seen
            // A placeholder where a number should be is a fault of the text too; `unresolved-variable` says what is really wrong.
            && !variables.contains(observation.key.as_str())
        {
            let why = if cx.document.refused { Message::new(REFUSED) } else { cost(lost, *loss) };
            let mut finding = report(cx, observation, what, hint.as_ref()).because(why);
            let is_costly = !lost.is_empty() || matches!(loss, Loss::Rest | Loss::All);
            if !is_costly && !cx.document.refused {
                finding.severity = Severity::Warning;
            }
            out.push(finding);
        }
    }
}

fn report(cx: &Context<'_>, observation: &Observation, what: &Message, hint: Option<&Message>) -> Finding {
    let finding = RULE.seen(observation, what.clone());
    match hint {
        Some(hint) => finding.help(hint.clone()),
        // No program writes to these while somebody corrects them.
        None if is_given_out(cx.document.client) => {
            finding.help("correct this part of the file, or take the file from version control or a backup")
        }
        None => {
            finding.help("close the mail program first, then correct this part of the file or take it from a backup")
        }
    }
}

/// Whether files of this client are written by hand or by a tool, and given out.
fn is_given_out(client: &str) -> bool {
    matches!(client, "mobileconfig" | "declaration" | "autoconfig")
}

fn cost(lost: &[String], loss: Loss) -> Message {
    let names = &lost[..lost.len().min(NAMED)];
    match lost.len() {
        _ if loss == Loss::All => Message::new(
            "every setting is lost by it; a program that starts with such a file knows no account, and writes it anew",
        ),
        _ if loss == Loss::Rest => Message::new(
            "the file ends in the middle of a setting: it is lost, and so is whatever followed it, which nobody can tell any more",
        ),
        0 if loss == Loss::Unknown => Message::new(
            "what stood here is lost, and the file does not show what it was; the program uses its defaults instead",
        ),
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
