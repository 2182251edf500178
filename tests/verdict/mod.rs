//! What became of one damaged configuration: whether it was found, and what the safe fixes made of it.

mod meaning;

use std::collections::BTreeSet;

use mailcfg::account::Security;
use mailcfg::document::Document;
use mailcfg::finding::{Applicability, Finding, Severity, Value};
use mailcfg::fix;
use mailcfg::lint::{Input, check, read};
use mailcfg::rules::{Context, Run};
use mailcfg::source::Edit;

use crate::corpus::Member;
use crate::damage::{Damage, Patient};
use meaning::{is_right, wrongly_mended};

/// What the rules say of the damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    /// The result is again what the provider offers, or as good as before: nothing need be said.
    Right,
    /// A warning or an error of an expected rule.
    Found,
    /// Only information of an expected rule.
    Noted(&'static str),
    /// Nothing that fits, and nothing is meant to be said: the server is not judged, or nothing is known of it.
    NotJudged(&'static str),
    /// Nothing that fits, and why; without a reason it is a gap.
    Missed(Option<&'static str>),
}

const LOCAL: &str = "a bridge, a private network or Exchange: nothing is judged there, and that is a promise";
const POLICY: &str = "the company's own file allows the host whatever is set";
const UNKNOWN: &str = "no provider file names the address or the host: one name is as good as another";
const OWN_DOMAIN: &str = "no provider file names the domain of the address: it may be spelled in any way";
const THIN: &str =
    "said as information, because the facts are thin, the value may be right, or mail goes on all the same";

/// The fate of one damaged configuration.
pub(crate) struct Outcome {
    /// Which member and what was done to it.
    pub(crate) name: String,
    pub(crate) told: Told,
    /// The rules that say something, in which client's format.
    pub(crate) said: (&'static str, BTreeSet<&'static str>),
    /// Whether the safe fixes made it right again.
    pub(crate) is_mended: bool,
    /// What the safe fixes made wrong.
    pub(crate) wrong: Option<String>,
}

/// Damages one server of a member and judges the result; nothing where this kind does not apply.
pub(crate) fn examine(kind: &Damage, member: &Member, outgoing: bool) -> Option<Outcome> {
    let (input, providers) = (&member.inputs[0], &member.options.providers);
    let sound = read(input);
    let patient = Patient::new(&sound, providers, outgoing)?;
    let cuts = (kind.make)(&patient)?;
    let sources = sound.sources.iter().enumerate().map(|(index, source)| {
        let own: Vec<Edit> = cuts.iter().filter(|cut| cut.source == index).cloned().collect();
        source.edited(&own).expect("cuts do not overlap")
    });
    let sources = sources.collect();
    let damaged = read(&Input { sources, ..input.clone() });
    let new = new_findings(&damaged, member);
    let mut outcome = Outcome {
        name: format!("{} [{}]", member.name, shown(&patient, &cuts)),
        said: (input.client.info().id, new.iter().map(|finding| finding.rule).collect()),
        told: told(kind, &new, &patient, || is_right(&sound, &damaged, providers)),
        is_mended: false,
        wrong: None,
    };
    assert!(!new.iter().any(takes_encryption_away), "{}: {new:?}", kind.name);
    if new.iter().any(|finding| finding.is_fixable(Applicability::Safe)) {
        mend(&mut outcome, &sound, damaged, member);
    }
    Some(outcome)
}

/// Whether a change that would be written, asked for or not, leaves the line readable where it was encrypted.
fn takes_encryption_away(finding: &Finding) -> bool {
    let changes =
        finding.fix.iter().filter(|fix| fix.applicability > Applicability::DisplayOnly).flat_map(|fix| &fix.changes);
    let open = Security::None.name();
    changes.into_iter().any(|change| change.to == Value::Security(Security::None) && change.from != open)
}

fn told(kind: &Damage, new: &[Finding], patient: &Patient<'_>, is_right: impl Fn() -> bool) -> Told {
    let expected = new.iter().filter(|finding| kind.rules.contains(&finding.rule));
    match expected.map(|finding| finding.severity).max() {
        Some(Severity::Warning | Severity::Error) => Told::Found,
        _ if kind.may_be_right && is_right() => Told::Right,
        _ if !patient.server.is_public() => Told::NotJudged(LOCAL),
        _ if patient.is_allowed() => Told::NotJudged(POLICY),
        Some(Severity::Info) => Told::Noted(THIN),
        None if kind.may_be_right && patient.known().is_empty() => Told::NotJudged(UNKNOWN),
        None if kind.is_of_address && !patient.is_domain_known() => Told::NotJudged(OWN_DOMAIN),
        // A hint is said of mailboxes that are right, too.
        None | Some(Severity::Hint) => Told::Missed(kind.miss),
    }
}

/// Applies the safe fixes and judges what came of them.
fn mend(outcome: &mut Outcome, sound: &Document, damaged: Document, member: &Member) {
    let (input, providers) = (&member.inputs[0], &member.options.providers);
    let documents = [damaged];
    let fixed = fix::fix(&Run::new(&documents), 0, input.client, Applicability::Safe, &member.options);
    let after = read(&Input { sources: fixed.after.clone(), ..input.clone() });
    outcome.wrong = match &fixed.reverted {
        Some(reason) => Some(format!("reverted: {reason}")),
        None => wrongly_mended(sound, &documents[0], &after, providers),
    };
    outcome.is_mended = fixed.is_changed() && outcome.wrong.is_none() && is_right(sound, &after, providers);
}

/// What is said of the damaged document and not of the sound one.
fn new_findings(damaged: &Document, member: &Member) -> Vec<Finding> {
    let key = |finding: &Finding| (finding.rule, finding.severity, finding.location.key.clone());
    let known: BTreeSet<_> = member.findings().iter().map(key).collect();
    let documents = [damaged.clone()];
    let run = Run::new(&documents);
    let context = Context::new(&run, 0, &member.options.providers, member.options.today);
    let all = check(&context, member.inputs[0].client).into_iter();
    all.filter(|finding| !known.contains(&key(finding))).collect()
}

fn shown(patient: &Patient<'_>, cuts: &[Edit]) -> String {
    let one = |cut: &Edit| {
        let new = String::from_utf8_lossy(&cut.text).into_owned();
        let text = String::from_utf8_lossy(patient.document.sources[cut.source].bytes()).into_owned();
        format!("{} -> {new}", &text[cut.span.range()].chars().take(60).collect::<String>())
    };
    cuts.iter().map(one).collect::<Vec<_>>().join("; ")
}
