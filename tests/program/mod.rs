//! The program, kept apart from the home, the language and the terminal of whoever runs the tests.

use std::path::Path;
use std::process::{Command, Stdio};

/// The program with `home` for a home, in English, on the day of the tests, without colour, 80 columns wide.
pub(crate) fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailcfg"));
    command.args(["--today", "2026-11-24"]).stdin(Stdio::null());
    for name in ["CLICOLOR_FORCE", "XDG_CONFIG_HOME"] {
        command.env_remove(name);
    }
    command.env("HOME", home).env("XDG_DATA_HOME", home.join("data"));
    command.env("LC_ALL", "C").env("NO_COLOR", "1").env("COLUMNS", "80");
    command
}
