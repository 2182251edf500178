//! The parts of `docs/quality.md`, and of other pages, that tests write: `SNAPSHOTS=overwrite cargo test` writes them anew.

use std::fs;
use std::path::Path;

/// Holds the part of the page between the marks of `name` to `text`, or writes it.
pub(crate) fn hold(name: &str, text: &str) {
    hold_in("docs/quality.md", name, text);
}

/// The same in another page.
pub(crate) fn hold_in(page_name: &str, name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page_name);
    let page = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{page_name}: {error}"));
    let (begin, end) = (format!("<!-- {name}: written by a test -->\n"), format!("<!-- end of {name} -->\n"));
    let start = page.find(&begin).unwrap_or_else(|| panic!("{page_name} has no {begin}")) + begin.len();
    let stop = start + page[start..].find(&end).unwrap_or_else(|| panic!("{page_name} has no {end}"));
    let text = format!("\n{}\n\n", text.trim());
    if page[start..stop] == text {
        return;
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(&path, format!("{}{text}{}", &page[..start], &page[stop..]))
            .unwrap_or_else(|error| panic!("{page_name}: {error}"));
        return;
    }
    let diff = similar::TextDiff::from_lines(&page[start..stop], &text).unified_diff().to_string();
    panic!("{page_name}, {name}, is stale; SNAPSHOTS=overwrite cargo test writes it anew\n{diff}");
}
