//! Every kind of damage, done to configurations that work: how much is found, how much is mended, and that nothing is ever
//! mended wrongly.
//!
//! `cargo test --test mutation -- --nocapture` prints the tables that stand in `docs/quality.md`. With `MUTATIONS=all` every
//! kind is tried on every configuration, which takes minutes; the tables are then printed and not compared.

mod corpus;
mod damage;
mod snapshot;
mod tally;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use corpus::Member;
use damage::{Damage, damages};
use mailcfg::page::Page;
use mailcfg::rules;
use rayon::prelude::*;
use tally::Tally;
use verdict::{Outcome, examine};

/// How many configurations of each client are damaged in each way, half of them official and half unusual ones.
const SAMPLE: usize = 24;

#[test]
fn damage_is_found_and_never_mended_wrongly() {
    let is_full = std::env::var("MUTATIONS").is_ok_and(|which| which == "all");
    let most = if is_full { usize::MAX } else { SAMPLE / 2 };
    let pools = [corpus::official(), corpus::named()];
    let kinds = damages();
    let trials: Vec<(&Damage, Vec<Outcome>)> =
        kinds.par_iter().map(|kind| (*kind, pools.iter().flat_map(|pool| trial(kind, pool, most)).collect())).collect();
    let tally = Tally::of(&trials);
    println!("{tally}");
    let wrong = tally.wrong();
    assert!(wrong.is_empty(), "{} wrongly mended\n{}", wrong.len(), wrong.join("\n"));
    let unexplained = tally.unexplained();
    assert!(unexplained.is_empty(), "{} missed for no reason\n{}", unexplained.len(), unexplained.join("\n"));
    assert!(
        kinds.len() >= 20 && trials.iter().all(|(_, outcomes)| !outcomes.is_empty()),
        "a kind that was never tried"
    );
    let unshown = unshown(&trials);
    assert!(unshown.is_empty(), "no example of a declaration on the pages of {unshown:?}");
    if !is_full {
        snapshot::hold("damage", &tally.to_string());
    }
}

/// Rules that find something in declarations and do not show it on their page.
fn unshown(trials: &[(&Damage, Vec<Outcome>)]) -> BTreeSet<&'static str> {
    let outcomes = trials.iter().flat_map(|(_, outcomes)| outcomes);
    let of_declarations = outcomes.filter(|outcome| outcome.said.0 == "declaration");
    let said: BTreeSet<&'static str> = of_declarations.flat_map(|outcome| outcome.said.1.iter().copied()).collect();
    let is_shown = |rule: &&str| {
        let page = Page::read(rules::find(rule).expect("it said something").page).expect("a page");
        let mut found = page.examples().into_iter().filter(|example| example.findings > 0);
        found.any(|example| example.files.first().is_some_and(|(name, _)| name.ends_with(".json")))
    };
    said.into_iter().filter(|rule| !is_shown(rule)).collect()
}

/// A kind of damage done to the first members that it applies to, so many of each client.
fn trial(kind: &Damage, members: &[Member], most: usize) -> Vec<Outcome> {
    // A prime, so that the steps meet every member once and neighbours, who are of one provider, seldom.
    const STEP: usize = 1009;
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    let mut outcomes = Vec::new();
    for turn in 0..members.len() {
        let member = &members[turn * STEP % members.len()];
        let done = done.entry(member.inputs[0].client.info().id).or_default();
        if *done < most
            && let Some(outcome) = examine(kind, member, turn % 2 == 1)
        {
            *done += 1;
            outcomes.push(outcome);
        }
    }
    outcomes
}
