//! What packages ship beside the program: completions and manual pages, complete for every command and option.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

fn said(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailcfg"));
    command.args(args).env("LC_ALL", "C").env("NO_COLOR", "1").env("COLUMNS", "200");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The long options of a command, without hidden ones and those that every command has.
fn options(help: &str) -> Vec<&str> {
    let lines = help.lines().map(str::trim_start);
    // `-v, --verbose` or `--verbose`; a `- ` begins one of the values of an option.
    let long =
        lines.filter_map(|line| line.strip_prefix("--").or(line.strip_prefix('-')?.get(1..)?.strip_prefix(", --")));
    let names = long.map(|rest| rest.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().unwrap());
    names.filter(|name| !["help", "version", ""].contains(name)).collect()
}

/// Every command by its name, with its help.
fn commands() -> BTreeMap<String, String> {
    let help = said(&["help"]);
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let names = list.lines().take_while(|line| !line.is_empty());
    let names = names.map(|line| line.split_whitespace().next().unwrap()).filter(|name| *name != "help");
    names.map(|name| (name.to_owned(), said(&[name, "--help"]))).collect()
}

#[test]
fn completions_know_every_command_and_option_in_every_shell() {
    let commands = commands();
    assert!(options(&commands["lint"]).contains(&"changed-since"), "{:?}", options(&commands["lint"]));
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = said(&["completions", shell]);
        for (name, help) in &commands {
            assert!(script.contains(name.as_str()), "{shell} does not know {name}");
            for option in options(help) {
                let written = if shell == "fish" { format!("-l {option}") } else { format!("--{option}") };
                assert!(script.contains(&written), "{shell} does not know {written} of {name}");
            }
        }
    }
}

#[test]
fn there_is_a_manual_page_for_every_command_with_every_option() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    said(&["man", "--output", pages.to_str().unwrap()]);
    for (name, help) in commands() {
        let page = fs::read_to_string(pages.join(format!("mailcfg-{name}.1"))).unwrap().replace('\\', "");
        for option in options(&help) {
            assert!(page.contains(&format!("--{option}")), "mailcfg-{name}.1 does not know --{option}");
        }
    }
    let whole = fs::read_to_string(pages.join("mailcfg.1")).unwrap();
    assert_eq!(whole, said(&["man"]), "the page that is printed is the one that is written");
}
