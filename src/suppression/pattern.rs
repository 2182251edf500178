//! Patterns of ignore entries: `*` in names, `*` and `**` in paths; and paths in the form in which they are compared.

use std::path::{Component, Path, PathBuf};

use crate::source::path_text;

/// Whether `text` fits `pattern`, in whatever case; `*` stands for any number of any characters.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    matches(&letters(pattern), &letters(text), |letter| *letter == '*', |a, b| a == b)
}

/// Whether `path` fits `pattern`: `*` within the name of a file or folder, `**` for any number of folders. The last name of a
/// pattern may be a folder, which stands for all below it.
pub(super) fn fits_path(pattern: &str, path: &str) -> bool {
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern).trim_end_matches('/');
    let pattern: Vec<&str> = pattern.split('/').chain(["**"]).collect();
    let path: Vec<&str> = path.split('/').collect();
    let same = |pattern: &&str, name: &&str| {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        matches(&letters(pattern), &letters(name), |letter| *letter == '*', |a, b| a == b)
    };
    matches(&pattern, &path, |part| *part == "**", same)
}

/// Walks along both at once; a star that took too little takes one more. Never worse than the product of the two lengths.
fn matches<T>(pattern: &[T], text: &[T], is_star: impl Fn(&T) -> bool, same: impl Fn(&T, &T) -> bool) -> bool {
    let (mut at, mut read, mut star) = (0, 0, None);
    while read < text.len() {
        match pattern.get(at) {
            Some(part) if is_star(part) => {
                star = Some((at, read));
                at += 1;
            }
            Some(part) if same(part, &text[read]) => (at, read) = (at + 1, read + 1),
            _ => {
                let Some((starred, taken)) = star else { return false };
                star = Some((starred, taken + 1));
                (at, read) = (starred + 1, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(is_star)
}

/// `path` from the root, without `.` and `..`; `here` is the folder that it is relative to.
pub fn absolute(path: &Path, here: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
    }
    whole
}

/// The way from `folder` to `path`, both absolute, with `/` on every system.
pub fn relative(path: &Path, folder: &Path) -> String {
    let (path, folder): (Vec<_>, Vec<_>) = (path.components().collect(), folder.components().collect());
    let shared = path.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    let up = folder[shared..].iter().map(|_| "..".into());
    let down = path[shared..].iter().map(|part| path_text(Path::new(part.as_os_str())));
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_a_name_is_anything() {
        for (pattern, text, expected) in [
            ("mail.server.*.port", "mail.server.server1.port", true),
            ("mail.server.*.port", "mail.server.server1.host", false),
            ("*@Example.jp", "taro@example.JP", true),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
        assert!(!fits(&"*a".repeat(2_000), &"a".repeat(1_999)));
    }

    #[test]
    fn a_path_is_compared_name_by_name() {
        for (pattern, path, expected) in [
            ("*.mobileconfig", "mail.mobileconfig", true),
            ("*.mobileconfig", "sub/mail.mobileconfig", false),
            ("**/*.mobileconfig", "mail.mobileconfig", true),
            ("**/*.mobileconfig", "a/b/mail.mobileconfig", true),
            ("old", "old/a/prefs.js", true),
            ("old/", "old/prefs.js", true),
            ("./old/**", "old/prefs.js", true),
            ("old", "older/prefs.js", false),
            ("a/**/prefs.js", "a/b/c/prefs.js", true),
            ("a/**/prefs.js", "b/a/c/prefs.js", false),
            ("../shared/*", "../shared/prefs.js", true),
        ] {
            assert_eq!(fits_path(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn paths_are_told_from_a_folder() {
        let absolute = |path: &str| absolute(Path::new(path), Path::new("/srv/mail/it"));
        for (path, folder, expected) in [
            ("prefs.js", ".", "prefs.js"),
            ("./a/../b/prefs.js", "..", "it/b/prefs.js"),
            ("/srv/mail/prefs.js", ".", "../prefs.js"),
            ("../../../../x", "/", "x"),
        ] {
            assert_eq!(relative(&absolute(path), &absolute(folder)), expected, "{path} from {folder}");
        }
    }
}
