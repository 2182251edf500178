//! What people want to see of a run: the options that choose rules, and what `mailcfg.toml` and a baseline say under them.
//! `lint` and `fix` share all of it, so that what is hidden from the one is not changed by the other.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use mailcfg::certificate::Roots;
use mailcfg::config::{Controls, unknown_name, unknown_product};
use mailcfg::date::Date;
use mailcfg::finding::Confidence;
use mailcfg::lint::Options;
use mailcfg::mdm::Product;
use mailcfg::message;
use mailcfg::report::Style;
use mailcfg::rules::{Name, named};
use mailcfg::selection::{Level, Selection};
use mailcfg::suppression::Baseline;
use mailcfg::write::{read_if_there, replace};

use super::FailOn;
use super::config_files::{ConfigFile, ConfigFiles, Origin, users_own};
use super::input::{self, Selected};
use super::own::OwnProviders;
use super::roots;
use super::terminal::told;

/// The options that choose what is seen.
#[derive(Debug, Args)]
pub(super) struct ControlArgs {
    /// Only these rules or groups (see `mailcfg list rules`); sets aside `select` and `ignore` of mailcfg.toml
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    select: Vec<Name>,

    /// Not these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    ignore: Vec<Name>,

    /// Give what a rule or group finds another severity: error, warning, info, or off
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = severity)]
    severity: Vec<(Name, Level)>,

    /// Only what is at least this sure
    #[arg(long, value_enum, value_name = "CONFIDENCE")]
    min_confidence: Option<Sureness>,

    /// From which severity on the exit status is 1: `error` if neither this nor mailcfg.toml says otherwise
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,

    /// The management system that fills in the variables of configuration profiles and installs them, such as jamf, intune,
    /// kandji, workspace-one, mosyle, or other; sets aside `mdm` of mailcfg.toml
    #[arg(long, value_name = "SYSTEM", value_delimiter = ',', value_parser = product)]
    mdm: Vec<&'static Product>,

    /// The chain of every signed profile must lead to a certificate of this PEM file; can be given several times, and sets aside
    /// `roots` of mailcfg.toml
    #[arg(long, value_name = "FILE")]
    roots: Vec<PathBuf>,

    /// This file instead of the mailcfg.toml above each file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Read no mailcfg.toml
    #[arg(long)]
    no_config: bool,

    /// Leave out what this file knows already (see --write-baseline of `lint`)
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
}

/// How sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sureness {
    /// Hints too
    Low,
    /// What is likely
    Medium,
    /// What is certain as far as a file can tell
    High,
}

impl From<Sureness> for Confidence {
    fn from(sureness: Sureness) -> Self {
        match sureness {
            Sureness::Low => Self::Low,
            Sureness::Medium => Self::Medium,
            Sureness::High => Self::High,
        }
    }
}

fn rule(text: &str) -> Result<Name, String> {
    named(text.trim()).ok_or_else(|| told(&unknown_name(text.trim())))
}

fn product(text: &str) -> Result<&'static Product, String> {
    Product::named(text.trim()).ok_or_else(|| told(&unknown_product(text.trim())))
}

fn severity(text: &str) -> Result<(Name, Level), String> {
    let form = || told(&message!("write RULE=LEVEL, for example smtp-port-25=info"));
    let (name, level) = text.split_once('=').ok_or_else(form)?;
    let levels = || Level::ALL.iter().map(|level| level.name()).collect::<Vec<_>>();
    let unknown = || told(&message!("the levels are {levels}", levels = levels()));
    let level = Level::named(level.trim()).ok_or_else(unknown)?;
    Ok((rule(name)?, level))
}

/// What a run goes by.
pub(super) struct Loaded {
    pub(super) options: Options,
    /// Whether a provider file of the company's was left out.
    pub(super) is_incomplete: bool,
}

impl ControlArgs {
    /// Reads the `mailcfg.toml` of every file that was `selected`, the provider files they name, and the baseline.
    pub(super) fn load(
        &self,
        paths: &input::Selection,
        selected: &Selected,
        own: &OwnProviders,
        today: Date,
        style: &Style,
    ) -> anyhow::Result<Loaded> {
        let here = here()?;
        let base = own.load(today, style)?;
        let mut files = ConfigFiles::new(here.clone());
        match &self.config {
            Some(file) => files.read_one(file, style)?,
            None if self.no_config => {}
            None => {
                let files_read = selected.found.inputs.iter().map(|input| input.sources[0].path());
                files.search(files_read, users_own(), style)?;
            }
        }
        let (said, mut is_incomplete, mut policies) = (self.selection(), base.is_incomplete, Vec::new());
        let named_roots = roots::read(&self.roots)?;
        for found in &files.found {
            let mut policy = found.config.policy.clone();
            policy.selection = policy.selection.overruled_by(&said);
            policy.fail_on = self.fail_on.map(Into::into).or(policy.fail_on);
            if !self.mdm.is_empty() {
                policy.demands.mdm.clone_from(&self.mdm);
            }
            policy.demands.roots = match &named_roots {
                Some(named) => Some(named.clone()),
                None => roots_of(found, style)?,
            };
            policy.is_covered = paths.is_everything_in(found.origin == Origin::User, &found.folder, &here);
            if let Some((folder, place)) = &found.config.providers {
                let loaded = own.load_with(Some(&found.folder.join(folder)), today, style);
                let loaded = loaded.map_err(|error| found.without_providers(*place, &error, style))?;
                is_incomplete |= loaded.is_incomplete;
                policy.providers = Some(loaded.providers);
            }
            policies.push(policy);
        }
        let controls =
            Controls::new(policies, files.folders, here.clone()).with_baseline(self.read_baseline(&here, style)?);
        let controls = selected.choose(controls);
        Ok(Loaded { options: Options { controls, ..Options::new(base.providers, today) }, is_incomplete })
    }

    fn selection(&self) -> Selection {
        Selection {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            severity: self.severity.clone(),
            min_confidence: self.min_confidence.map(Into::into),
        }
    }

    fn read_baseline(&self, here: &Path, style: &Style) -> anyhow::Result<Option<Baseline>> {
        let Some(file) = &self.baseline else { return Ok(None) };
        let unread = || style.tell(&message!("the baseline {file} cannot be read", file = file.display()));
        let bytes = fs::read(file).with_context(unread)?;
        let baseline = Baseline::read(file, here, &bytes).map_err(|error| error.message()).with_context(unread)?;
        Ok(Some(baseline))
    }
}

/// The certificates that a `mailcfg.toml` names.
fn roots_of(found: &ConfigFile, style: &Style) -> anyhow::Result<Option<Roots>> {
    let files: Vec<PathBuf> = found.config.roots.iter().map(|file| found.folder.join(file)).collect();
    let said = message!("the roots that {file} names cannot be read", file = found.path.display());
    roots::read(&files).with_context(|| style.tell(&said))
}

/// The folder that relative paths begin at.
pub(super) fn here() -> anyhow::Result<PathBuf> {
    std::env::current_dir().context("the current folder cannot be told")
}

/// Writes what was found as a baseline. A file that is none, or that nobody may look into, is left alone: its name may be a slip.
pub(super) fn write_baseline(file: &Path, text: &str, style: &Style) -> anyhow::Result<()> {
    let here = here()?;
    let unwritten = || style.tell(&message!("the baseline {file} cannot be written", file = file.display()));
    let before = read_if_there(file).with_context(unwritten)?;
    if let Some(bytes) = &before {
        let said = || style.tell(&message!("{file} is there already and is not replaced", file = file.display()));
        Baseline::read(file, &here, bytes).map_err(|error| error.message()).with_context(said)?;
    }
    replace(file, before.as_deref(), text.as_bytes()).with_context(unwritten)
}
