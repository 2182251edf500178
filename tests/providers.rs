//! What the embedded providers say to people.

use mailcfg::provider::{Note, Provider, Providers};

/// Every sentence for people in a provider's file.
fn sentences(provider: &Provider) -> impl Iterator<Item = &Note> {
    let password = &provider.password;
    let of_servers = provider.servers.iter().filter_map(|set| set.note.as_ref());
    let of_hosts = provider.retired_hosts.iter().filter_map(|host| host.note.as_ref());
    let of_switches = provider.switches.iter().map(|switch| &switch.what);
    let others = [&provider.note, &password.get, &password.reissue].into_iter().flatten();
    of_servers.chain(of_hosts).chain(of_switches).chain(others)
}

#[test]
fn every_sentence_for_people_is_in_both_languages() {
    let is_japanese = |text: &str| text.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
    let mut count = 0;
    for provider in Providers::embedded().iter() {
        for note in sentences(provider) {
            let japanese = note.ja.as_deref().unwrap_or_default();
            assert!(is_japanese(japanese) && !note.en.is_empty(), "{}: {note:?}", provider.id);
            assert!(note.en.ends_with('.') && japanese.ends_with('。'), "{}: {note:?}", provider.id);
            count += 1;
        }
    }
    assert!(count > 500, "only {count} sentences");
}
