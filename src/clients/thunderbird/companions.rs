//! Companions of a profile that hold no preferences: exceptions from the check of certificates, the list of profiles.

use crate::account::Place;
use crate::clients::profile_list::{self, Profile};
use crate::document::{Document, Observation, ProfileSeen, Seen};

/// What there is to see.
pub(super) fn survey(document: &Document) -> Vec<Observation> {
    let mut seen = exceptions(document);
    seen.extend(not_opened(document));
    seen
}

/// One line is one exception: `host:port:attributes`, a tab, and what the exception is for. `nsCertOverrideService.cpp`.
fn exceptions(document: &Document) -> Vec<Observation> {
    let Some(index) = document.sources.iter().position(|source| source.file_name() == "cert_override.txt") else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(document.sources[index].bytes()).into_owned();
    let entries = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next());
    let exceptions = entries.filter_map(host_and_port);
    exceptions
        .map(|(host, port)| Observation {
            key: format!("{host}:{port}"),
            seen: Seen::Profile(ProfileSeen::CertificateException { host, port }),
            place: Place { source: index, span: None },
            account: None,
        })
        .collect()
}

/// Entries with attributes belong to pages in containers of a browser.
fn host_and_port(entry: &str) -> Option<(String, u16)> {
    let (host, rest) = match entry.strip_prefix('[') {
        Some(literal) => literal.split_once("]:")?,
        None => entry.split_once(':')?,
    };
    let (port, attributes) = rest.split_once(':').unwrap_or((rest, ""));
    attributes.trim().is_empty().then(|| Some((host.to_ascii_lowercase(), port.trim().parse().ok()?)))?
}

/// Whether `profiles.ini` says that no installation opens this profile by itself. Without a section for an installation it
/// says nothing of the kind, nor where people are asked at every start.
fn not_opened(document: &Document) -> Option<Observation> {
    let own = document.main().path().parent()?;
    let lists = document.sources.iter().filter(|source| source.file_name() == "profiles.ini");
    lists.filter_map(|source| Some((source.path().parent()?, source))).find_map(|(root, source)| {
        let list = profile_list::read(&String::from_utf8_lossy(source.bytes())).ok()?;
        let profile = list.profiles.iter().find(|profile| profile.folder(root) == own)?;
        if list.asks || list.opened.is_empty() || list.opened.contains(&profile.path) {
            return None;
        }
        let is_opened = |profile: &&Profile| list.opened.contains(&profile.path);
        let opened = list.profiles.iter().filter(is_opened);
        let opened: Vec<_> = opened.map(|profile| (profile.name.clone(), profile.folder(root))).collect();
        if opened.is_empty() {
            return None;
        }
        let seen = Seen::Profile(ProfileSeen::ProfileNotOpened { name: profile.name.clone(), opened });
        let place = Place { source: 0, span: None };
        Some(Observation { seen, key: String::new(), place, account: None })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_old_and_new_versions_are_read() {
        for (entry, expected) in [
            ("imap.example.jp:993", Some(("imap.example.jp", 993))),
            ("imap.example.jp:993:", Some(("imap.example.jp", 993))),
            ("IMAP.example.jp:993:^userContextId=1", None),
            ("[::1]:1143:", Some(("::1", 1143))),
            ("imap.example.jp", None),
            ("imap.example.jp:99999:", None),
        ] {
            let expected = expected.map(|(host, port): (&str, u16)| (host.to_owned(), port));
            assert_eq!(host_and_port(entry), expected, "{entry}");
        }
    }
}
