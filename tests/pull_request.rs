//! A repository of profiles as `docs/ci.md` describes it: what a pull request is told, and nothing else.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod checkout;
mod program;

use checkout::{Checkout, Said, bad, good};

const CONFIGURATION: &str = "\
ignore = [
    \"unknown-provider\",
    { rule = \"ssl-off-on-tls-port\", path = \"printers/**\", reason = \"they stand in a network of their own\" },
]
";

/// Something old that is known, something that is right as it is, something good; all of it on `main`.
fn repository() -> Checkout {
    let checkout = Checkout::new();
    checkout.write("mailcfg.toml", CONFIGURATION);
    checkout.write("sales/jiro.mobileconfig", &bad("jiro"));
    checkout.write("printers/scanner.mobileconfig", &bad("scanner"));
    checkout.write("sales/hanako.mobileconfig", &good("hanako"));
    let written = checkout.run("", &["lint", "--write-baseline", "known.json", "."]);
    assert_eq!((written.code, written.out.as_str()), (0, "findings written to known.json: 1\n"), "{}", written.err);
    checkout.commit("profiles");
    checkout.git(&["checkout", "--quiet", "-b", "work"]);
    checkout
}

fn check(checkout: &Checkout, more: &[&str]) -> Said {
    let lint = ["lint", "--format", "json", "--baseline", "known.json", "--fail-on", "info"];
    checkout.run("", &[&lint[..], more, &["."]].concat())
}

const WAYS: [&[&str]; 2] = [&[], &["--changed-since", "main"]];

#[test]
fn a_pull_request_that_adds_one_bad_profile_fails_with_exactly_that_finding() {
    let checkout = repository();
    for way in WAYS {
        let said = check(&checkout, way);
        assert_eq!((said.code, said.findings()), (0, Vec::new()), "{way:?}: {}", said.err);
    }
    checkout.write("sales/taro.mobileconfig", &bad("taro"));
    checkout.write("README.md", "Profiles.\n");
    checkout.commit("a profile for Taro");
    for way in WAYS {
        let said = check(&checkout, way);
        let expected = ("ssl-off-on-tls-port".to_owned(), "./sales/taro.mobileconfig".to_owned());
        assert_eq!((said.code, said.findings()), (1, vec![expected]), "{way:?}: {}", said.err);
    }
    checkout.write("sales/taro.mobileconfig", &good("taro"));
    checkout.commit("mend it");
    for way in WAYS {
        let said = check(&checkout, way);
        assert_eq!((said.code, said.findings()), (0, Vec::new()), "{way:?}: {}", said.err);
    }
}

#[test]
fn a_pull_request_that_touches_what_is_known_is_not_blamed_for_it() {
    let checkout = repository();
    let text = checkout.read("sales/jiro.mobileconfig").replace("社内メール", "会社のメール");
    checkout.write("sales/jiro.mobileconfig", &text);
    let text = checkout.read("printers/scanner.mobileconfig").replace("社内メール", "会社のメール");
    checkout.write("printers/scanner.mobileconfig", &text);
    checkout.commit("other names");
    for way in WAYS {
        let said = check(&checkout, way);
        assert_eq!((said.code, said.findings()), (0, Vec::new()), "{way:?}: {}", said.err);
    }
    let without = checkout.run("", &["lint", "--format=json", "--changed-since=main", "."]);
    assert_eq!(without.findings().len(), 1, "only the baseline hid it");
}
