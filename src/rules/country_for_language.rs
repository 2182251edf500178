//! `country-for-language`: the text to agree to stands under the tag of a country, where devices look for a language.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen};
use crate::finding::{Applicability, Change, Confidence, Finding, Severity, Value};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "country-for-language",
    group: Group::Managed,
    severity: Severity::Info,
    fixes: Fixes::Unsafe,
    summary: "The text of consent stands under the tag of a country",
    page: include_str!("country_for_language.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::CountryForLanguage { found, to, text } = &observation.seen {
            out.push(report(observation, found, to, text));
        }
    }
}

fn report(observation: &Observation, found: &str, to: &str, text: &str) -> Finding {
    let language = to.rsplit('.').next().unwrap_or(to);
    let set = Change { key: to.to_owned(), from: String::new(), to: Value::Text(text.to_owned()) };
    let removed = Change { key: observation.key.clone(), from: found.to_owned(), to: Value::Removed };
    RULE.seen(observation, message!("{found} is the tag of a country, that of the language is {language}", found = found, language = language))
        .because("the device looks for the person's language, does not find it, and shows the text of another one before the profile is installed")
        .help(message!("write {language}", language = language))
        .values(found, language)
        .fix(message!("rename it to {key}", key = language), Applicability::Unsafe, vec![set, removed])
        .graded(Severity::Info, Confidence::High)
}
