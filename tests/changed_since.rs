//! `--changed-since` in real repositories: what counts as changed, what is said of the rest, what goes wrong.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod checkout;
mod program;

use std::fs;

use checkout::{Checkout, bad, good};

const RULES: &str = "port-security-mismatch,ssl-off-on-tls-port";

/// Only errors, so that what is merely worth knowing keeps out of the way.
const LINT: [&str; 5] = ["lint", "--format=json", "--min-confidence=high", "--select", RULES];

/// A repository in which every profile has the same fault, and all of it is committed.
fn repository(names: &[&str]) -> Checkout {
    let checkout = Checkout::new();
    for name in names {
        checkout.write(&format!("{name}.mobileconfig"), &bad(name));
    }
    checkout.commit("profiles");
    checkout
}

/// The files in which something is found.
fn found(checkout: &Checkout, folder: &str, args: &[&str]) -> Vec<String> {
    let said = checkout.run(folder, &[&LINT[..], args].concat());
    assert!(said.code < 2, "{}", said.err);
    said.findings().into_iter().map(|(_, path)| path).collect()
}

fn edit(checkout: &Checkout, name: &str) {
    let text = checkout.read(name).replace("社内メール", "会社のメール");
    checkout.write(name, &text);
}

#[test]
fn committed_staged_edited_and_new_files_are_changed_and_nothing_else() {
    let checkout = repository(&["committed", "staged", "edited", "same", "deleted", "before"]);
    checkout.write(".gitignore", "ignored*\n");
    checkout.commit("ignore");
    edit(&checkout, "committed.mobileconfig");
    checkout.git(&["mv", "before.mobileconfig", "名前 after.mobileconfig"]);
    checkout.commit("change");
    edit(&checkout, "staged.mobileconfig");
    checkout.git(&["add", "staged.mobileconfig"]);
    edit(&checkout, "edited.mobileconfig");
    fs::remove_file(checkout.root().join("deleted.mobileconfig")).unwrap();
    checkout.write("new/untracked.mobileconfig", &bad("untracked"));
    checkout.write("ignored.mobileconfig", &bad("ignored"));
    let all = [
        "./committed.mobileconfig",
        "./edited.mobileconfig",
        "./new/untracked.mobileconfig",
        "./staged.mobileconfig",
        "./名前 after.mobileconfig",
    ];
    assert_eq!(found(&checkout, "", &["--changed-since", "HEAD^", "."]), all);
    assert_eq!(found(&checkout, "", &["--changed-since", "HEAD^"]), all, "no path stands for the current folder");
    assert_eq!(found(&checkout, "new", &["--changed-since=HEAD^", ".."]).len(), all.len());
    assert_eq!(found(&checkout, "new", &["--changed-since=HEAD^", "."]), ["./untracked.mobileconfig"]);
    let only = ["--changed-since=HEAD^", "same.mobileconfig", "edited.mobileconfig"];
    assert_eq!(found(&checkout, "", &only), ["edited.mobileconfig"]);
    let head = found(&checkout, "", &["--changed-since=HEAD", "."]);
    assert_eq!(head, ["./edited.mobileconfig", "./new/untracked.mobileconfig", "./staged.mobileconfig"]);
}

#[test]
fn what_others_did_meanwhile_is_no_change_of_this_branch() {
    let checkout = repository(&["theirs", "ours"]);
    checkout.git(&["checkout", "--quiet", "-b", "work"]);
    edit(&checkout, "ours.mobileconfig");
    checkout.commit("ours");
    checkout.git(&["checkout", "--quiet", "main"]);
    edit(&checkout, "theirs.mobileconfig");
    checkout.commit("theirs");
    checkout.git(&["checkout", "--quiet", "work"]);
    assert_eq!(found(&checkout, "", &["--changed-since=main", "."]), ["./ours.mobileconfig"]);

    checkout.git(&["checkout", "--quiet", "--orphan", "apart"]);
    checkout.commit("no common ancestor");
    let said = checkout.run("", &[&LINT[..], &["--changed-since=main", "."]].concat());
    assert!(said.err.contains("git knows no common ancestor of this branch and main"), "{}", said.err);
    assert_eq!(said.findings().len(), 2, "both differ from main as it is now");
}

#[test]
fn a_clean_run_says_that_nothing_changed_and_a_wrong_folder_stays_a_fault() {
    let checkout = repository(&["same"]);
    for command in ["lint", "fix"] {
        let said = checkout.run("", &[command, "--changed-since", "HEAD", "."]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.err.contains("no mail configuration has changed since HEAD"), "{}", said.err);
    }
    fs::create_dir(checkout.root().join("empty")).unwrap();
    let said = checkout.run("", &["lint", "--changed-since", "HEAD", "empty"]);
    assert_eq!(said.code, 2, "{}", said.err);
}

#[test]
fn a_fault_between_two_files_is_told_of_the_changed_one_whichever_is_first() {
    for (old, new) in [("a", "b"), ("b", "a")] {
        let checkout = Checkout::new();
        checkout.write(&format!("{old}.mobileconfig"), &good("taro"));
        checkout.commit("first");
        checkout.write(&format!("{new}.mobileconfig"), &good("taro").replace("社内メール", "もう一つ"));
        let said =
            checkout.run("", &["lint", "--format=json", "--select=duplicate-account", "--changed-since=HEAD", "."]);
        let expected = ("duplicate-account".to_owned(), format!("./{new}.mobileconfig"));
        assert_eq!(said.findings(), [expected], "{}", said.err);
        let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(report["files"].as_array().unwrap().len(), 1, "{report:#}");
    }
}

#[test]
fn a_change_beside_the_main_file_changes_the_configuration() {
    let checkout = Checkout::new();
    let prefs = fs::read_to_string("fixtures/thunderbird/crlf/prefs.js").unwrap();
    checkout.write("profile/prefs.js", &prefs);
    checkout.commit("preferences");
    assert_eq!(found(&checkout, "", &["--changed-since=HEAD", "."]), [""; 0]);
    checkout.write("profile/user.js", "user_pref(\"mail.biff.play_sound\", false);\n");
    assert_eq!(found(&checkout, "", &["--changed-since=HEAD", "."]), ["./profile/prefs.js"]);
}

#[test]
fn fix_leaves_what_did_not_change() {
    let checkout = repository(&["same", "edited"]);
    edit(&checkout, "edited.mobileconfig");
    let same = checkout.read("same.mobileconfig");
    let shown = checkout.run("", &["fix", "--changed-since", "HEAD", "."]);
    assert!(shown.out.contains("edited.mobileconfig") && !shown.out.contains("same.mobileconfig"), "{}", shown.out);
    assert!(!shown.err.contains("same.mobileconfig"), "{}", shown.err);
    let applied = checkout.run("", &["fix", "--apply", "--changed-since", "HEAD", "."]);
    assert_eq!(applied.code, 0, "{}{}", applied.out, applied.err);
    assert_eq!(checkout.read("edited.mobileconfig"), good("edited").replace("社内メール", "会社のメール"));
    assert_eq!(checkout.read("same.mobileconfig"), same);
    assert!(shown.err.contains("mailcfg fix --apply --changed-since HEAD ."), "{}", shown.err);
}

#[test]
fn complaints_about_our_own_files_wait_for_a_change_of_them() {
    let checkout = Checkout::new();
    checkout.write("taro.mobileconfig", &good("taro"));
    let entry = "[[ignore]]\nrule = \"no-encryption\"\nreason = \"gone since\"\n";
    checkout.write("mailcfg.toml", entry);
    checkout.commit("first");
    let lint = ["lint", "--format=json", "--select=unused-suppression", "--changed-since=HEAD", "."];
    assert_eq!(checkout.run("", &lint).findings(), []);
    checkout.write("mailcfg.toml", &format!("{entry}\n"));
    assert_eq!(checkout.run("", &lint).findings().len(), 1);
}

#[test]
fn a_repository_within_the_repository_counts_as_a_whole() {
    let checkout = repository(&["same"]);
    checkout.write("inner/one.mobileconfig", &bad("one"));
    checkout.git(&["init", "--quiet", "inner"]);
    assert_eq!(found(&checkout, "", &["--changed-since=HEAD", "."]), ["./inner/one.mobileconfig"]);
}

#[test]
fn what_a_hook_tells_git_is_not_taken_for_ours() {
    let checkout = repository(&["same", "edited"]);
    edit(&checkout, "edited.mobileconfig");
    fs::create_dir(checkout.root().join("folder")).unwrap();
    let mut command = checkout.command("folder", &[&LINT[..], &["--changed-since=HEAD", ".."]].concat());
    command.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", "/nowhere/index");
    let said = checkout::Said::from(command.output().unwrap());
    assert_eq!(said.findings().len(), 1, "{}", said.err);
}

#[test]
fn what_goes_wrong_is_said_and_ends_with_2() {
    let checkout = repository(&["same"]);
    let refused = |args: &[&str], expected: &str| {
        let said = checkout.run("", &[&["lint"], args].concat());
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}");
        assert!(said.err.contains(expected), "{args:?}: {}", said.err);
    };
    refused(&["--changed-since=nowhere", "."], "git knows no commit, branch or tag nowhere in ");
    refused(&["--changed-since=HEAD..HEAD", "."], "git knows no commit, branch or tag HEAD..HEAD in ");
    refused(&["--changed-since=--output=x", "."], "no commit, branch or tag begins with a hyphen");
    refused(&["--changed-since=", "."], "name a commit, a branch or a tag");
    refused(&["--changed-since=HEAD", "-"], "standard input has no history");
    refused(&["--changed-since=HEAD", "--write-baseline=x.json", "."], "cannot be used with");
    let home = checkout.home();
    refused(&["--changed-since=HEAD", home.to_str().unwrap()], "--changed-since needs a git repository");
    assert!(!checkout.root().join("x").exists());

    let mut command = checkout.command("", &["lint", "--changed-since=HEAD", "."]);
    let said = checkout::Said::from(command.env("PATH", checkout.home()).output().unwrap());
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--changed-since asks the program git, which is not installed here"), "{}", said.err);
}

#[test]
fn git_writes_nothing() {
    let checkout = repository(&["same", "edited"]);
    edit(&checkout, "edited.mobileconfig");
    let index = fs::read(checkout.root().join(".git/index")).unwrap();
    // Touched and not changed: git would note that in its index.
    let text = checkout.read("same.mobileconfig");
    checkout.write("same.mobileconfig", &text);
    found(&checkout, "", &["--changed-since=HEAD", "."]);
    assert_eq!(fs::read(checkout.root().join(".git/index")).unwrap(), index);
}
