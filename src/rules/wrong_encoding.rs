//! `wrong-encoding`: text that was saved in another encoding than it is read in.
//!
//! Files that cannot be read at all for it are `syntax-error`.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "wrong-encoding",
    group: Group::File,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "Letters are lost, because the text is not in the encoding it is read in",
    page: include_str!("wrong_encoding.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::WrongEncoding { declared } = &observation.seen {
            out.push(match declared {
                Some(declared) => wrong_claim(observation, declared),
                None => lost_letters(observation),
            });
        }
    }
}

fn wrong_claim(observation: &Observation, declared: &str) -> Finding {
    RULE.seen(observation, message!("the file says that it is in {encoding}, and it is in UTF-8", encoding = declared))
        .because(
            "whoever goes by what the first line says makes other letters of those beyond ASCII, or refuses the file",
        )
        .help("write encoding=\"UTF-8\" into the first line")
        .values(declared, "UTF-8")
        .graded(Severity::Warning, Confidence::High)
}

fn lost_letters(observation: &Observation) -> Finding {
    RULE.seen(observation, message!("letters are lost in {key}", key = observation.key))
        .because("the text was saved in another encoding than UTF-8, such as Shift_JIS, and a sign of replacement is shown in the place of its letters, to the readers of mail as well where it is a name")
        .help("enter the text anew, in the mail program or with an editor that saves as UTF-8")
        .graded(Severity::Warning, Confidence::High)
}
