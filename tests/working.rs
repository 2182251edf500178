//! Configurations that work are left alone: every official set of every provider, in the format of every client, and a
//! collection of unusual ones.

mod corpus;

use corpus::Member;
use mailcfg::finding::{Applicability, Finding, Severity};
use rayon::prelude::*;

#[test]
fn a_mailbox_set_up_as_the_provider_says_is_left_alone() {
    let all = corpus::official();
    let failures: Vec<String> = all.par_iter().flat_map_iter(complaints).collect();
    println!("{} official mailboxes", all.len());
    assert!(all.len() > 3000, "only {} mailboxes were made", all.len());
    assert!(failures.is_empty(), "{} complaints\n{}", failures.len(), failures.join("\n"));
}

/// Everything said of a mailbox that should not be.
fn complaints(member: &Member) -> Vec<String> {
    let loud = |finding: &Finding| finding.severity > Severity::Info || finding.is_fixable(Applicability::Safe);
    let told = member.findings().into_iter().filter(loud);
    told.map(|finding| format!("{}: {}[{}] {}", member.name, finding.severity.name(), finding.rule, finding.message))
        .collect()
}
