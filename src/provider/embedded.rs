//! The providers of `profiles/`, as the build script wrote them out, and the search in its tables.

use std::borrow::Cow;

use super::pattern::matches_pattern;
use super::schema::*;
use crate::account::{Authentication, Protocol, Security};
use crate::date::Date;

include!(concat!(env!("OUT_DIR"), "/providers.rs"));

/// Providers listed under `name`: exact entries first, then patterns.
pub(super) fn find<'a>(
    exact: &'static [(&'static str, &'static [usize])],
    patterns: &'static [(&'static str, usize)],
    name: &'a str,
) -> impl Iterator<Item = &'static Provider> + use<'a> {
    let found = exact.binary_search_by(|entry| entry.0.cmp(name)).map_or(&[] as &[usize], |index| exact[index].1);
    let by_pattern = patterns.iter().filter(move |entry| matches_pattern(entry.0, name)).map(|entry| entry.1);
    let by_pattern = by_pattern.filter(move |index| !found.contains(index));
    found.iter().copied().chain(by_pattern).map(|index| &PROVIDERS[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_for_binary_search() {
        assert!(DOMAINS.is_sorted_by_key(|entry| entry.0));
        assert!(HOSTS.is_sorted_by_key(|entry| entry.0));
    }

    #[test]
    fn every_domain_has_one_provider() {
        for (domain, providers) in DOMAINS {
            assert_eq!(providers.len(), 1, "{domain} is claimed by {providers:?}");
        }
    }
}
