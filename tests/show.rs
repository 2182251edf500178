//! `mailcfg show` as people and programs see it: whole answers in both languages, kept under `tests/show/`.
//!
//! `TRYCMD=overwrite cargo test --test show` writes them anew; read them before you keep them.

#[test]
fn answers_are_as_kept() {
    trycmd::TestCases::new().env("COLUMNS", "80").env("LC_ALL", "C").env("NO_COLOR", "1").case("tests/show/*.trycmd");
}
