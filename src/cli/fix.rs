//! `mailcfg fix`: shows the changes as a diff, or writes them.

mod interactive;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::bail;
use clap::Args as ClapArgs;
use mailcfg::afterwards::afterwards;
use mailcfg::date::Date;
use mailcfg::document::{Document, Editing, Seen};
use mailcfg::finding::{Applicability, FileStatus, Message};
use mailcfg::fix::{Fixed, fix_all};
use mailcfg::lint::{Input, Options, read, read_all};
use mailcfg::message;
use mailcfg::report::{FixRun, Mended, MendedFile, Style, fixes, unified};
use mailcfg::source::{Part, Source, View};
use mailcfg::write::{NewFile, Plan, Replacement, Store, WriteError, has_other_names, write_new};

use super::bar::Bar;
use super::controls::ControlArgs;
use super::input::{Selection, lock_file};
use super::own::OwnProviders;
use super::terminal::{complain, is_terminal, print, remark};
use super::{Color, exit_code};

/// Arguments of `fix`.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    own: OwnProviders,

    /// Write the changes; every file is backed up first (`mailcfg restore`)
    #[arg(long, conflicts_with = "output")]
    apply: bool,

    /// Also make changes that have effects beyond the file, such as renaming a server
    #[arg(long = "unsafe")]
    allow_unsafe: bool,

    /// Ask about every change, safe or not; then write those that you said yes to, as --apply does
    #[arg(short, long, conflicts_with = "output")]
    interactive: bool,

    /// Write corrected copies into this folder and leave the files as they are; profiles lose their signature or the export around them there
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,

    #[command(flatten)]
    controls: ControlArgs,
}

impl Args {
    fn least(&self) -> Applicability {
        if self.allow_unsafe { Applicability::Unsafe } else { Applicability::Safe }
    }

    /// Whether the files themselves are written.
    fn writes(&self) -> bool {
        self.apply || self.interactive
    }
}

/// Runs `fix`.
pub(crate) fn run(args: &Args, color: Color, today: Date) -> anyhow::Result<ExitCode> {
    if args.writes() && args.selection.is_stdin() {
        bail!(message!("standard input cannot be written to; without --apply the changes are shown as a diff"));
    }
    let mut selected = args.selection.read()?;
    let style = args.selection.style(color, false);
    let mut loaded = args.controls.load(&args.selection, &selected, &args.own, today, &style)?;
    if loaded.is_incomplete && (args.writes() || args.output.is_some()) {
        bail!(message!(
            "nothing is written while a provider file of your own has errors: what is right here is not known in full"
        ));
    }
    selected.say_if_nothing();
    let found = &mut selected.found;
    if args.output.is_some() {
        let mut taken = HashSet::new();
        found.inputs = found.inputs.iter().map(|input| unwrapped(input, &mut taken)).collect();
    }
    let bar = Bar::new();
    loaded.options.progress = Arc::clone(&bar.progress);
    let documents = read_all(&found.inputs, &bar.progress);
    let clients: Vec<_> = found.inputs.iter().map(|input| input.client).collect();
    let fixed = if args.interactive {
        drop(bar);
        interactive::fix_chosen(&documents, &found.inputs, &loaded.options, &style)?
    } else {
        let fixed = fix_all(&documents, &clients, args.least(), &loaded.options);
        drop(bar);
        fixed
    };
    let mut incomplete = found.inputs.is_empty() || loaded.is_incomplete;
    for file in &found.others {
        if let FileStatus::Unreadable(reason) = &file.status {
            let path = file.sources[0].path().display();
            complain(&message!("unreadable: {path}: {reason}", path = path, reason = reason));
            incomplete = true;
        }
    }
    let run = Run { args, style: &style, inputs: &found.inputs, fixed: &fixed, options: &loaded.options };
    let outcome = match &args.output {
        _ if args.writes() => run.apply()?,
        Some(folder) => run.copy(folder)?,
        None => run.show()?,
    };
    let reverted = fixed.iter().any(|fixed| fixed.reverted.is_some());
    Ok(exit_code(incomplete || reverted || outcome.refused, outcome.found))
}

/// A signed or exported profile as the plain profile inside it: a new file, to be signed or uploaded again by whoever can.
fn unwrapped(input: &Input, taken: &mut HashSet<PathBuf>) -> Input {
    let document = read(input);
    let main = document.main();
    let path = match (&document.editing, main.view(), main.part()) {
        (Editing::CopyOnly(_), View::Signed, _) => main.path().to_owned(),
        (Editing::CopyOnly(_), View::Export, None) => main.path().with_extension("mobileconfig"),
        (Editing::CopyOnly(_), View::Export, Some(part)) => free(main.path(), &part_name(part, &document), taken),
        _ => return input.clone(),
    };
    Input { sources: vec![Source::new(path, main.bytes())], ..input.clone() }
}

/// The name of a file for one profile of several: what people call it, else its identifier, in letters, digits and hyphens. A name
/// in an export may hold anything.
fn part_name(part: &Part, document: &Document) -> String {
    const LONGEST: usize = 60;
    let identifier = document.observations.iter().find_map(|observation| match &observation.seen {
        Seen::PayloadId { identifier, top_level: true, .. } => Some(identifier.as_str()),
        _ => None,
    });
    let name = Some(part.name.as_str()).filter(|name| !name.is_empty()).or(identifier).unwrap_or_default();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words.collect::<Vec<_>>().join("-").chars().take(LONGEST).collect();
    if name.is_empty() { "profile".to_owned() } else { name }
}

/// A path beside `export` that no other profile of the run has: of two with one name the second is numbered.
fn free(export: &Path, name: &str, taken: &mut HashSet<PathBuf>) -> PathBuf {
    let stem = export.file_stem().unwrap_or_default().to_string_lossy();
    let path = |number: usize| {
        let end = if number == 1 { String::new() } else { format!("-{number}") };
        export.with_file_name(format!("{stem}-{name}{end}.mobileconfig"))
    };
    let mut number = 1;
    // Where file systems do not tell capitals from small letters, names must differ in more.
    while !taken.insert(PathBuf::from(path(number).to_string_lossy().to_lowercase())) {
        number += 1;
    }
    path(number)
}

struct Outcome {
    /// Whether something could not be written.
    refused: bool,
    /// Whether the exit status should be 1.
    found: bool,
}

struct Run<'a> {
    args: &'a Args,
    style: &'a Style,
    inputs: &'a [Input],
    fixed: &'a [Fixed],
    options: &'a Options,
}

impl Run<'_> {
    /// Prints the diff on standard output and what it is made of on standard error.
    fn show(&self) -> anyhow::Result<Outcome> {
        let mut exact = true;
        for fixed in self.fixed {
            for ((before, after), (hidden_before, hidden_after)) in
                fixed.before.iter().zip(&fixed.after).zip(&fixed.secrets)
            {
                let diff = unified(before, after, hidden_before, hidden_after);
                exact &= diff.applies;
                if is_terminal() {
                    print(diff.shown(self.style))?;
                } else {
                    print(&diff.bytes)?;
                }
            }
        }
        remark(fixes(&self.outcome(&[]), self.style).trim_end());
        say_other_names(&self.with_other_names());
        if !exact {
            complain(&message!(
                "The diff is for reading: it hides a secret, or shows a binary, UTF-16 or signed file as text. `mailcfg fix --apply` writes the change."
            ));
        }
        Ok(Outcome { refused: false, found: self.fixed.iter().any(Fixed::is_changed) })
    }

    /// Writes every document that changed, each as a whole or not at all.
    fn apply(&self) -> anyhow::Result<Outcome> {
        let changed: Vec<usize> = (0..self.fixed.len()).filter(|index| self.fixed[*index].is_changed()).collect();
        let mut refused: Vec<Option<Message>> = vec![None; self.fixed.len()];
        let (mut run, mut other_names) = (None, Vec::new());
        if !changed.is_empty() {
            other_names = self.with_other_names();
            let plans = changed.iter().map(|index| self.plan(*index)).collect::<anyhow::Result<Vec<Plan>>>()?;
            let applied = Store::in_data_folder()?.apply(&plans, "fix --apply", SystemTime::now())?;
            for (index, result) in changed.iter().zip(&applied.plans) {
                refused[*index] = result.as_ref().err().map(WriteError::message);
            }
            run = applied.run.map(|run| run.to_string());
        }
        other_names.retain(|path| !has_other_names(path));
        let kept = changed.into_iter().filter(|index| refused[*index].is_none());
        // Profiles of one program often come to the same.
        let mut afterwards: Vec<Vec<Message>> = Vec::new();
        for messages in kept.map(|index| self.afterwards(index)) {
            if !afterwards.contains(&messages) {
                afterwards.push(messages);
            }
        }
        let afterwards = afterwards.concat();
        print(fixes(&FixRun { written: true, run, afterwards, ..self.outcome(&refused) }, self.style))?;
        say_other_names(&other_names);
        let is_refused = refused.iter().any(Option::is_some);
        Ok(Outcome { refused: is_refused, found: self.is_left(&refused) })
    }

    /// The files to be changed that have other names, which a replacement does not reach.
    fn with_other_names(&self) -> Vec<&Path> {
        let states = self.fixed.iter().flat_map(|fixed| fixed.before.iter().zip(&fixed.after));
        let changed = states.filter(|(before, after)| before.bytes() != after.bytes()).map(|(before, _)| before.path());
        changed.filter(|path| has_other_names(path)).collect()
    }

    /// Writes corrected copies of the files that changed.
    fn copy(&self, folder: &Path) -> anyhow::Result<Outcome> {
        let mut refused: Vec<Option<Message>> = vec![None; self.fixed.len()];
        let mut taken: HashMap<PathBuf, &Path> = HashMap::new();
        for (index, fixed) in self.fixed.iter().enumerate().filter(|(_, fixed)| fixed.is_changed()) {
            let changed = fixed.before.iter().zip(&fixed.after).filter(|(a, b)| a.bytes() != b.bytes());
            let copies = changed.map(|(before, after)| {
                let target = folder.join(self.relative(before.path(), fixed.before[0].path()));
                Ok((before.path(), target, self.inputs[index].client.store(after)?))
            });
            let copies = copies.collect::<anyhow::Result<Vec<_>>>()?;
            let other = copies.iter().find_map(|(_, target, _)| taken.get(target));
            refused[index] = match other {
                Some(other) => Some(message!("the copy of {other} has the same name there", other = other.display())),
                None => copies.iter().find_map(|(_, target, bytes)| written_copy(target, bytes).err()),
            };
            taken.extend(copies.into_iter().map(|(path, target, _)| (target, path)));
        }
        print(fixes(&FixRun { written: true, ..self.outcome(&refused) }, self.style))?;
        Ok(Outcome { refused: refused.iter().any(Option::is_some), found: self.is_left(&refused) })
    }

    /// Where a file lies below the path that the user named, else below the folder of its main file.
    fn relative(&self, path: &Path, main: &Path) -> PathBuf {
        let below = self.args.selection.paths.iter().find_map(|named| path.strip_prefix(named).ok());
        match below.filter(|below| below.components().next().is_some()) {
            Some(below) => below.to_path_buf(),
            None => {
                let beside = main.parent().and_then(|folder| path.strip_prefix(folder).ok());
                beside.or(path.file_name().map(Path::new)).map(Path::to_path_buf).unwrap_or_default()
            }
        }
    }

    fn plan(&self, index: usize) -> anyhow::Result<Plan> {
        let (client, fixed) = (self.inputs[index].client, &self.fixed[index]);
        let mut files = Vec::with_capacity(fixed.before.len());
        for (before, after) in fixed.before.iter().zip(&fixed.after) {
            let is_changed = before.bytes() != after.bytes();
            let new = if is_changed { client.store(after)? } else { before.disk().to_vec() };
            files.push(Replacement { source: before.clone(), new });
        }
        let locks = client.locks().iter().copied().map(lock_file).collect();
        Ok(Plan { client: client.info().title.to_owned(), locks, files })
    }

    /// Whether something at or above `--fail-on` is left.
    fn is_left(&self, refused: &[Option<Message>]) -> bool {
        let is_refused = refused.iter().any(Option::is_some);
        let is_grave = |fixed: &Fixed| {
            let file = fixed.before[0].path();
            fixed.left.iter().any(|left| self.options.controls.fails(file, left.severity))
        };
        is_refused || self.fixed.iter().any(is_grave)
    }

    /// What the program of a document that was written will ask for.
    fn afterwards(&self, index: usize) -> Vec<Message> {
        let (input, fixed) = (&self.inputs[index], &self.fixed[index]);
        let after = read(&Input { sources: fixed.after.clone(), ..input.clone() });
        afterwards(input.client.info(), &read(input), &after, &self.options.providers)
    }

    /// What became of every document, for the summary; nothing is written yet.
    fn outcome<'b>(&'b self, refused: &'b [Option<Message>]) -> FixRun<'b> {
        let files = self.fixed.iter().enumerate().map(|(index, fixed)| MendedFile {
            path: fixed.before[0].path(),
            applied: fixed.applied.iter().map(mended).collect(),
            left: &fixed.left,
            reverted: fixed.reverted.as_ref(),
            refused: refused.get(index).and_then(Option::as_ref),
        });
        let (allow_unsafe, is_chosen) = (self.args.allow_unsafe, self.args.interactive);
        let suppressed = self.fixed.iter().map(|fixed| fixed.suppressed).sum();
        FixRun { files: files.collect(), allow_unsafe, is_chosen, suppressed, ..FixRun::default() }
    }
}

/// Whoever links files into a repository expects that both names show the same.
fn say_other_names(paths: &[&Path]) {
    for path in paths {
        complain(&message!(
            "{path} has other names (hard links): they keep the old text, because the file is replaced and not written into",
            path = path.display()
        ));
    }
}

/// Writes a corrected copy and says so; the reason if it cannot be written.
fn written_copy(target: &Path, bytes: &[u8]) -> Result<(), Message> {
    let path = target.display();
    complain(&match write_new(target, bytes).map_err(|error| error.message())? {
        NewFile::Created => message!("wrote {path}", path = path),
        NewFile::Identical => message!("{path} is there already", path = path),
    });
    Ok(())
}

fn mended(applied: &mailcfg::fix::Applied) -> Mended<'_> {
    Mended {
        rule: applied.rule,
        account: applied.address.as_deref().or(applied.account.as_deref()),
        title: &applied.title,
        changes: &applied.changes,
        remark: applied.remark.as_ref(),
    }
}
