//! `unresolved-variable`: a placeholder that nobody fills in.
//!
//! Without a word about the management system (`--mdm`, `mdm` in mailcfg.toml) it can only ask. With one it speaks of what that
//! system does not replace, and of values in which a variable has no business.

use super::{Context, Fixes, Group, Rule};
use crate::document::{Observation, Seen, Slot, Variable};
use crate::finding::{Confidence, Finding, Message, Severity};
use crate::mdm::{Class, Placeholder, Product, Sureness, candidates, placeholders};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "unresolved-variable",
    group: Group::Managed,
    severity: Severity::Error,
    fixes: Fixes::Never,
    summary: "A placeholder stands where a value should be",
    page: include_str!("unresolved_variable.md"),
    check,
};

/// So many placeholders, or systems, are named.
const NAMED: usize = 5;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut told: Vec<Option<&str>> = Vec::new();
    for (observation, variable) in variables(cx) {
        // Whether text in a UUID does harm is another question: `invalid-payload-uuid`.
        if is_identity(cx, observation) {
            continue;
        }
        let unknown = unknown(cx, variable);
        if let Some(unknown) = unknown {
            out.push(not_filled_in(cx, observation, &unknown));
        } else if variable.is_misplaced() && !is_right_there(cx, variable) {
            out.push(misplaced(cx, observation, variable));
        } else if is_asked(cx, variable) && !told.contains(&observation.account.as_deref()) {
            told.push(observation.account.as_deref());
            out.push(if cx.demands.mdm.is_empty() { unnamed_system(cx, observation) } else { signed(cx, observation) });
        }
    }
}

fn variables<'a>(cx: &Context<'a>) -> impl Iterator<Item = (&'a Observation, &'a Variable)> {
    cx.observations().filter_map(|observation| match &observation.seen {
        Seen::Variable(variable) => Some((observation, variable)),
        _ => None,
    })
}

/// Whether the placeholder stands for a payload's UUID.
fn is_identity(cx: &Context<'_>, observation: &Observation) -> bool {
    cx.observations().any(|seen| matches!(seen.seen, Seen::PayloadId { .. }) && seen.key == observation.key)
}

/// The first placeholder that the management system leaves as it is.
fn unknown<'a>(cx: &Context<'_>, variable: &'a Variable) -> Option<Placeholder<'a>> {
    let is_unknown = |found: &Placeholder<'_>| !cx.demands.mdm.is_empty() && !cx.demands.fills_in(found);
    placeholders(&variable.whole).into_iter().find(is_unknown)
}

/// Whether a management system may well put a host in there: from a field that the administrator made, or the domain of the
/// address. A word such as `PRIMARY_HOSTNAME` is filled in by nobody.
fn is_right_there(cx: &Context<'_>, variable: &Variable) -> bool {
    let found = placeholders(&variable.whole);
    let is_host = |found: &Placeholder<'_>| matches!(found.class(), None | Some(Class::Other | Class::Domain(_)));
    !cx.demands.mdm.is_empty() && variable.slot == Slot::Host && !found.is_empty() && found.iter().all(is_host)
}

/// Whether it is worth a question how the placeholder comes to its value. A password that is none does no harm.
fn is_asked(cx: &Context<'_>, variable: &Variable) -> bool {
    let is_text = variable.slot == Slot::Text || variable.slot == Slot::Host;
    is_text && (cx.demands.mdm.is_empty() || is_signed(cx))
}

fn is_signed(cx: &Context<'_>) -> bool {
    cx.observations().any(|seen| matches!(seen.seen, Seen::Signature(_)))
}

fn misplaced(cx: &Context<'_>, observation: &Observation, variable: &Variable) -> Finding {
    let finding = RULE
        .seen(observation, message!("{text} is left over from a template", text = variable.text))
        .because(
            "hardly any management system puts a value here, and the device takes the placeholder itself or refuses the profile",
        )
        .help("write the value")
        .found(&variable.text);
    let may_be_replaced = !cx.demands.mdm.is_empty() && !placeholders(&variable.whole).is_empty();
    if may_be_replaced { finding.graded(Severity::Warning, Confidence::Medium) } else { finding }
}

/// With a management system that is named, and that leaves this as it is.
fn not_filled_in(cx: &Context<'_>, observation: &Observation, unknown: &Placeholder<'_>) -> Finding {
    let systems = &cx.demands.mdm;
    let titles: Vec<&str> = systems.iter().map(|product| product.title).collect();
    let what = message!("{text} is no variable of {systems}", text = unknown.text, systems = titles);
    let meant = systems.iter().find_map(|product| product.meant(unknown));
    let is_sure = systems.iter().any(|product| product.is_slip(unknown))
        && systems.iter().all(|product| product.sureness == Sureness::Documented);
    let help = match meant {
        Some(meant) => message!("did you mean {meant}?", meant = meant),
        None => message!("write the variable as the management system does, or the value"),
    };
    let finding = RULE
        .seen(observation, what)
        .because("the management system leaves it as it is, and the device takes it for the value")
        .help(help)
        .found(unknown.text);
    let (severity, confidence) =
        if is_sure { (Severity::Error, Confidence::High) } else { (Severity::Warning, Confidence::Medium) };
    finding.graded(severity, confidence)
}

/// A signature holds for the bytes that were signed.
fn signed(cx: &Context<'_>, first: &Observation) -> Finding {
    let names = names(cx, first);
    RULE.seen(first, message!("nobody fills in {names} in a signed profile", names = names))
        .because("whoever put a value there would break the signature, so management systems hand out signed profiles as they are")
        .help("give the profile to the management system unsigned; it signs what it hands out, if it is set up to")
        .found(names.join(", "))
        .graded(Severity::Warning, Confidence::Medium)
}

/// The placeholders of one account that a management system may replace: one finding for all of them.
fn unnamed_system(cx: &Context<'_>, first: &Observation) -> Finding {
    let names = names(cx, first);
    let systems = candidates(&names);
    RULE.seen(first, message!("is {names} replaced before the profile is installed?", names = names))
        .because("a management system puts the person's values in; without one the device takes the placeholder itself for the address or the user name")
        .help(name_it(&systems))
        .found(names.join(", "))
        .graded(Severity::Warning, Confidence::Medium)
}

fn name_it(systems: &[&Product]) -> Message {
    let ids: Vec<&str> = systems.iter().take(NAMED).map(|product| product.id).collect();
    if ids.is_empty() {
        return message!(
            "if the profile is given to people as a file, write the values; if a management system installs it, name the system with --mdm or with mdm in mailcfg.toml"
        );
    }
    message!(
        "if the profile is given to people as a file, write the values; if a management system installs it, name the system with --mdm or with mdm in mailcfg.toml (these placeholders are those of: {systems})",
        systems = ids
    )
}

/// The placeholders of the account, each once.
fn names<'a>(cx: &Context<'a>, first: &Observation) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for (observation, variable) in variables(cx) {
        let counts = observation.account == first.account && variable.slot == Slot::Text;
        if counts && !names.contains(&variable.text.as_str()) {
            names.push(&variable.text);
        }
    }
    names.truncate(NAMED);
    names
}
