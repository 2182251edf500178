//! The parts of `docs/quality.md` that tests write: `SNAPSHOTS=overwrite cargo test` writes them anew.

use std::fs;
use std::path::Path;

/// Holds the part of the page between the marks of `name` to `text`, or writes it.
pub(crate) fn hold(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/quality.md");
    let page = fs::read_to_string(&path).expect("docs/quality.md can be read");
    let (begin, end) = (format!("<!-- {name}: written by a test -->\n"), format!("<!-- end of {name} -->\n"));
    let start = page.find(&begin).unwrap_or_else(|| panic!("docs/quality.md has no {begin}")) + begin.len();
    let stop = start + page[start..].find(&end).unwrap_or_else(|| panic!("docs/quality.md has no {end}"));
    let text = format!("\n{}\n\n", text.trim());
    if page[start..stop] == text {
        return;
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(&path, format!("{}{text}{}", &page[..start], &page[stop..])).expect("docs/quality.md can be written");
        return;
    }
    let diff = similar::TextDiff::from_lines(&page[start..stop], &text).unified_diff().to_string();
    panic!("docs/quality.md, {name}, is stale; SNAPSHOTS=overwrite cargo test writes it anew\n{diff}");
}
