//! Thousands of files in one run: all of them are judged, in the same order every time, and one that fails stops nothing.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

#[allow(dead_code, reason = "nothing here needs git")]
mod checkout;
mod program;

use std::fs;

use checkout::{Checkout, bad, good};

/// Every tenth profile has a fault.
const PROFILES: usize = 2000;

fn folder() -> Checkout {
    let checkout = Checkout::new();
    let template = good("person");
    let faulty = bad("person");
    for number in 0..PROFILES {
        let text = if number % 10 == 0 { &faulty } else { &template };
        let person = format!("person{number}");
        let text = text.replace("person@", &format!("{person}@")).replace("4C1D-4E3B", &format!("{number:04X}-4E3B"));
        checkout.write(&format!("{:02}/{person}.mobileconfig", number % 40), &text);
    }
    // What is broken lies in the midst of it.
    checkout.write("20/cut.mobileconfig", &template[..template.len() / 2]);
    checkout.write("20/empty.mobileconfig", "");
    checkout.write("20/noise.mobileconfig", "\u{0}\u{1}<plist>\u{fffd}</dict>");
    fs::File::create(checkout.root().join("20/huge.mobileconfig")).unwrap().set_len(65 << 20).unwrap();
    checkout
}

#[test]
fn thousands_of_files_are_judged_in_one_order_and_none_stops_the_run() {
    let checkout = folder();
    let lint = ["lint", "--format=json", ".", "nowhere.mobileconfig"];
    let first = checkout.run("", &lint);
    assert_eq!(first.code, 2, "one path is not there: {}", first.err);
    let found = first.findings();
    let faulty = found.iter().filter(|(rule, _)| rule == "ssl-off-on-tls-port").count();
    assert_eq!(faulty, PROFILES / 10);
    let paths: Vec<&String> = found.iter().map(|(_, path)| path).collect();
    assert!(paths.is_sorted(), "findings come in the order of the files");
    let report: serde_json::Value = serde_json::from_str(&first.out).unwrap();
    let checked = report["files"].as_array().unwrap().iter().filter(|file| file["status"] == "checked").count();
    assert!(checked >= PROFILES, "{checked}");
    assert!(!first.err.contains(['\r', '\u{1b}']), "a pipe sees no progress bar: {}", first.err);

    let second = checkout.run("", &lint);
    assert!(second.out == first.out && second.err == first.err, "a second run says something else");
}
