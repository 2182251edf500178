//! The figures of the mutation test as the two tables of `docs/quality.md`.

use std::collections::BTreeMap;
use std::fmt;

use crate::damage::Damage;
use crate::verdict::{Outcome, Told};

/// The trials of every kind of damage.
pub(crate) struct Tally<'a> {
    trials: &'a [(&'a Damage, Vec<Outcome>)],
}

/// How many were tried, right all the same, not judged, found, noted, missed, mended.
type Counts = [usize; 7];

impl<'a> Tally<'a> {
    pub(crate) const fn of(trials: &'a [(&'a Damage, Vec<Outcome>)]) -> Self {
        Self { trials }
    }

    fn outcomes(&self) -> impl Iterator<Item = (&'a Damage, &'a Outcome)> {
        self.trials.iter().flat_map(|(kind, outcomes)| outcomes.iter().map(move |outcome| (*kind, outcome)))
    }

    /// What a safe fix made wrong.
    pub(crate) fn wrong(&self) -> Vec<String> {
        let line = |(kind, outcome): (&Damage, &Outcome)| {
            outcome.wrong.as_ref().map(|what| format!("{}: {}: {what}", kind.name, outcome.name))
        };
        self.outcomes().filter_map(line).collect()
    }

    /// Damage of which nothing is said, without a reason that is known.
    pub(crate) fn unexplained(&self) -> Vec<String> {
        let missed = self.outcomes().filter(|(_, outcome)| outcome.told == Told::Missed(None));
        missed.map(|(kind, outcome)| format!("{}: {}", kind.name, outcome.name)).collect()
    }

    /// How many were found less for each reason, by kind.
    fn reasons(&self) -> BTreeMap<&'static str, BTreeMap<&'static str, usize>> {
        let mut reasons: BTreeMap<_, BTreeMap<_, usize>> = BTreeMap::new();
        for (kind, outcome) in self.outcomes() {
            if let Told::Noted(reason) | Told::NotJudged(reason) | Told::Missed(Some(reason)) = outcome.told {
                *reasons.entry(reason).or_default().entry(kind.name).or_default() += 1;
            }
        }
        reasons
    }
}

fn count(outcomes: &[Outcome]) -> Counts {
    let count = |test: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| test(outcome)).count();
    [
        outcomes.len(),
        count(|outcome| outcome.told == Told::Right),
        count(|outcome| matches!(outcome.told, Told::NotJudged(_))),
        count(|outcome| outcome.told == Told::Found),
        count(|outcome| matches!(outcome.told, Told::Noted(_))),
        count(|outcome| matches!(outcome.told, Told::Missed(_))),
        count(|outcome| outcome.is_mended),
    ]
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, counts: Counts) -> fmt::Result {
    let [tried, right, not_judged, found, noted, missed, mended] = counts;
    let percent = 100.0 * found as f64 / (tried - right - not_judged).max(1) as f64;
    writeln!(
        f,
        "| {name} | {tried} | {right} | {not_judged} | {found} | {noted} | {missed} | {percent:.1} % | {mended} |"
    )
}

impl fmt::Display for Tally<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| damage | done | still right | not judged | found | only noted | missed | found of judged | mended safely |"
        )?;
        writeln!(f, "|---|---:|---:|---:|---:|---:|---:|---:|---:|")?;
        let mut all = Counts::default();
        for (kind, outcomes) in self.trials {
            let counts = count(outcomes);
            all.iter_mut().zip(counts).for_each(|(sum, one)| *sum += one);
            row(f, kind.name, counts)?;
        }
        row(f, "**all**", all)?;
        let [tried, right, not_judged, found, noted, ..] = all;
        let percent = |n: usize| 100.0 * n as f64 / (tried - right - not_judged).max(1) as f64;
        writeln!(
            f,
            "\n{} kinds of damage. Of what is judged, {:.1} % is found: {:.1} % with a warning or an error, the rest as information. {} \
             wrongly mended.\n",
            self.trials.len(),
            percent(found + noted),
            percent(found),
            self.wrong().len()
        )?;
        writeln!(f, "| not found | why | where |\n|---:|---|---|")?;
        for (reason, kinds) in self.reasons() {
            let total: usize = kinds.values().sum();
            let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            writeln!(f, "| {total} | {reason} | {} |", kinds.join("; "))?;
        }
        Ok(())
    }
}
