//! Holds the source tree to its plan: who may import whom, what files are called, how long they are, that every part is listed.
//!
//! The plan is explained in `docs/development.md`. Only text is read here; the compiler says the rest.

#![expect(clippy::unwrap_used, reason = "the lint knows test functions, not what they call")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mailcfg::clients::CLIENTS;
use mailcfg::provider::Providers;
use mailcfg::rules::RULES;

/// Which modules of the library a module may import. The macro `crate::message!` counts as the module of that name.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("date", &[]),
    ("page", &[]),
    // What a sentence is, and what other languages say for it: both need next to nothing, and everything speaks.
    ("message", &["date"]),
    ("language", &[]),
    // Numbers that many threads advance.
    ("progress", &[]),
    // What management systems put into profiles: a table, and how to read it.
    ("mdm", &[]),
    // Certificates and who trusts them: signed files hold them, documents show them, rules and configuration ask for roots.
    ("certificate", &["date", "message"]),
    ("syntax", &["source", "message", "certificate"]),
    // Where bytes may hold a password, whatever reads them, and how a format spells one.
    ("secrets", &["source", "syntax"]),
    ("account", &["source"]),
    ("finding", &["source", "account", "message"]),
    ("strict_toml", &["source", "secrets", "account", "finding", "message"]),
    ("document", &["source", "secrets", "account", "finding", "date", "message", "certificate"]),
    // Its own files are judged with findings that point into their source.
    ("provider", &["account", "date", "source", "finding", "strict_toml", "message"]),
    ("clients", &["source", "syntax", "secrets", "account", "document", "finding", "date", "mdm", "message"]),
    ("rules", &["account", "document", "finding", "provider", "date", "mdm", "message", "certificate"]),
    ("doctor", &["account", "document", "finding", "provider", "date", "message"]),
    ("selection", &["finding", "rules", "message"]),
    ("suppression", &["source", "date", "syntax", "account", "finding", "document", "clients", "rules", "message"]),
    // What a company's own file says comes to: facts about providers, rules, findings that nobody wants to see.
    (
        "config",
        &[
            "source",
            "date",
            "account",
            "finding",
            "document",
            "strict_toml",
            "provider",
            "rules",
            "selection",
            "suppression",
            "mdm",
            "message",
        ],
    ),
    // The doctor's answer speaks of protocols and kinds of password; a report for programs says beside a finding what its rule is
    // about, and asks no rule to judge.
    ("report", &["source", "date", "account", "finding", "page", "provider", "rules", "doctor", "message", "language"]),
    ("show", &["account", "date", "finding", "provider", "report", "message", "language"]),
    // Reads with a client's eyes, judges with the provider's, and writes as `show` does.
    (
        "import",
        &[
            "source", "date", "syntax", "secrets", "account", "finding", "provider", "clients", "report", "show",
            "message",
        ],
    ),
    // Which passwords a document holds, and how its program keeps them.
    ("afterwards", &["account", "clients", "document", "finding", "provider", "source", "message"]),
    ("explain", &["clients", "finding", "page", "report", "rules", "message", "language"]),
    (
        "lint",
        &[
            "source",
            "message",
            "date",
            "syntax",
            "secrets",
            "account",
            "finding",
            "document",
            "provider",
            "clients",
            "rules",
            "selection",
            "suppression",
            "config",
            "progress",
            "strict_toml",
        ],
    ),
    (
        "fix",
        &[
            "source",
            "message",
            "date",
            "syntax",
            "secrets",
            "account",
            "finding",
            "document",
            "provider",
            "clients",
            "rules",
            "selection",
            "suppression",
            "config",
            "progress",
            "lint",
        ],
    ),
    ("discover", &["clients", "source", "document", "account", "finding", "lint", "message", "progress"]),
    ("write", &["source", "date", "message"]),
    ("lib", &[]),
    // The program uses the library as any other would, by the name `mailcfg`.
    ("main", &["cli"]),
    ("cli", &["cli"]),
];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] =
    &["common", "core", "helper", "helpers", "manager", "misc", "shared", "types", "util", "utils"];

/// Longer files must say in their head why they are: "Long because …".
const LONGEST: usize = 500;

/// Files of `clients/` that are no client.
const NO_CLIENTS: &[&str] = &["mod", "profile_list", "property_list", "template"];

struct SourceFile {
    path: PathBuf,
    /// Its place in the module tree: `["clients", "thunderbird", "edit"]`.
    modules: Vec<String>,
    text: String,
}

impl SourceFile {
    fn read(root: &Path, path: PathBuf) -> Self {
        let relative = path.strip_prefix(root).unwrap().with_extension("");
        let mut modules: Vec<String> =
            relative.components().map(|part| part.as_os_str().to_str().unwrap().to_owned()).collect();
        if modules.last().is_some_and(|last| last == "mod") {
            modules.pop();
        }
        let text = fs::read_to_string(&path).unwrap();
        Self { path, modules, text }
    }

    /// The code of the file without its tests and comments, line by line.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().take_while(|line| *line != "mod tests {").enumerate();
        lines.filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(index, line)| (index + 1, line))
    }

    /// The modules of the crate that it names, with the line.
    fn imports(&self) -> Vec<(usize, String)> {
        let mut imports = Vec::new();
        for (number, line) in self.code() {
            imports.extend(after_each(line, "crate::").map(|name| (number, name)));
            imports.extend(self.above_the_root(line).map(|name| (number, name)));
        }
        imports
    }

    /// What `super::super::…` reaches when it climbs out of the top.
    fn above_the_root(&self, line: &str) -> Option<String> {
        let climb = "super::".repeat(self.modules.len());
        let at = line.find(&climb)?;
        Some(identifier(&line[at + climb.len()..]))
    }

    fn name(&self) -> &str {
        self.path.file_stem().unwrap().to_str().unwrap()
    }
}

/// The identifiers that follow `needle` where it stands as a word of its own; `$crate::` belongs to macros.
fn after_each<'a>(line: &'a str, needle: &'a str) -> impl Iterator<Item = String> + 'a {
    let is_word = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
    line.match_indices(needle).filter(move |(at, _)| is_word(*at)).map(|(at, _)| identifier(&line[at + needle.len()..]))
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources() -> Vec<SourceFile> {
    let root = root();
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(SourceFile::read(&root, path));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn stems(folder: &Path, extension: &str) -> BTreeSet<String> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let wanted = paths.filter(|path| path.extension().is_some_and(|found| found == extension));
    wanted.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn modules_import_only_what_the_plan_allows() {
    let mut failures = Vec::new();
    for file in sources() {
        let own = &file.modules[0];
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(module, _)| module == own) else {
            failures.push(format!("{}: the module {own} is not in the table", file.path.display()));
            continue;
        };
        for (line, import) in file.imports() {
            let target = import.as_str();
            if target.is_empty() {
                failures.push(format!("{}:{line}: write one `use crate::…` for each module", file.path.display()));
            } else if target != own && !allowed.contains(&target) {
                failures.push(format!("{}:{line}: {own} must not know {target:?}", file.path.display()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_program_uses_the_library_from_outside() {
    for file in sources().iter().filter(|file| ["main", "cli"].contains(&file.modules[0].as_str())) {
        for (line, import) in file.imports() {
            assert_eq!(import, "cli", "{}:{line}: write mailcfg::{import}", file.path.display());
        }
    }
}

#[test]
fn every_file_says_why_it_exists() {
    for file in sources() {
        let first = file.text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.len() > 12, "{}: no //! at its head", file.path.display());
    }
}

#[test]
fn no_name_is_empty_of_meaning() {
    for file in sources() {
        let empty = file.modules.iter().find(|module| EMPTY_NAMES.contains(&module.as_str()));
        assert!(empty.is_none(), "{}: {empty:?} does not say what is inside", file.path.display());
    }
}

#[test]
fn long_files_say_why_they_are_long() {
    for file in sources() {
        let lines = file.text.lines().count();
        let mut head = file.text.lines().take_while(|line| line.starts_with("//!"));
        let has_reason = head.any(|line| line.contains("Long because"));
        assert!(lines <= LONGEST || has_reason, "{}: {lines} lines and no \"Long because\"", file.path.display());
    }
}

#[test]
fn every_rule_is_listed_and_has_a_page() {
    let folder = root().join("rules");
    let listed: BTreeSet<String> = RULES.iter().map(|rule| rule.name.replace('-', "_")).collect();
    let mut rules = BTreeSet::new();
    for file in sources().iter().filter(|file| file.path.parent() == Some(&folder)) {
        if file.text.contains("const RULE: Rule") {
            rules.insert(file.name().to_owned());
        }
    }
    assert_eq!(rules, listed, "files with a rule, and the list in rules/mod.rs");
    assert_eq!(stems(&folder, "md"), listed, "pages, and the list in rules/mod.rs");
}

#[test]
fn every_client_is_listed() {
    let folder = root().join("clients");
    let mut modules = BTreeSet::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if !NO_CLIENTS.contains(&name.as_str()) {
            modules.insert(name);
        }
    }
    let text = fs::read_to_string(folder.join("mod.rs")).unwrap();
    let list = text.split("pub const CLIENTS").nth(1).unwrap().split("];").next().unwrap();
    let listed: BTreeSet<String> = list
        .lines()
        .filter_map(|line| line.trim().strip_prefix('&')?.split_once("::").map(|(module, _)| module.to_owned()))
        .collect();
    assert_eq!(modules, listed);
    assert_eq!(CLIENTS.len(), listed.len());
    let ids: BTreeSet<&str> = CLIENTS.iter().map(|client| client.info().id).collect();
    assert_eq!(ids.len(), CLIENTS.len(), "two clients have the same id");
}

#[test]
fn every_provider_file_is_listed() {
    let files = stems(&Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles"), "toml");
    let providers = Providers::embedded();
    let listed: BTreeSet<String> = providers.iter().map(|provider| provider.id.to_string()).collect();
    assert_eq!(files, listed);
}

#[test]
fn names_of_modules_are_found_in_code() {
    let file = SourceFile {
        path: PathBuf::from("src/clients/one/two.rs"),
        modules: ["clients", "one", "two"].map(str::to_owned).to_vec(),
        text: "use crate::source::Span;\n//! crate::rules\nlet x = crate::finding::Message;\n\
               $crate::write::x; mycrate::fix;\nuse super::super::super::provider::Grade;\nuse super::super::lower;\n\
               mod tests {\nuse crate::lint;\n"
            .to_owned(),
    };
    let found: Vec<String> = file.imports().into_iter().map(|(_, name)| name).collect();
    assert_eq!(found, ["source", "finding", "provider"]);
}
