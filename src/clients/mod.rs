//! Mail clients: one client is one file or folder that turns its files into accounts and changes into edits.
//!
//! A client knows bytes and never rules. Every method is pure: places and locks are only named here; `discover` and `write`
//! look at the disk.

mod apple_mail;
pub(crate) mod autoconfig;
mod declaration;
mod mobileconfig;
pub(crate) mod profile_list;
mod property_list;
mod template;
mod thunderbird;

pub use mobileconfig::schema as profile_schema;

use std::path::PathBuf;

pub(crate) use property_list::as_text;

use crate::document::Document;
use crate::finding::{Applicability, Change, Message};
use crate::source::{Edit, Part, Source};
use crate::syntax::comments::Form;

/// A mail program or a format whose files we read.
pub trait Client: Sync + std::fmt::Debug {
    /// Who it is.
    fn info(&self) -> &'static Info;

    /// Whether this file is one of its main files, by its name or by what is in it.
    fn recognises(&self, file_name: &str, bytes: &[u8]) -> bool;

    /// The configurations in a main file that carries several, each to be read by itself; none if the file is one configuration.
    fn parts(&self, source: &Source) -> Vec<Part> {
        let _ = source;
        Vec::new()
    }

    /// Names of files that belong to the same document, seen from the folder of the main file; `*` is any folder.
    fn companions(&self) -> &'static [&'static str] {
        &[]
    }

    /// How one of its files hangs together with others of the same folder, so that they are read as one document; of most formats
    /// each file stands alone.
    fn ties(&self, _file_name: &str, _bytes: &[u8]) -> Ties {
        Ties::default()
    }

    /// Whether a file that nobody recognises belongs to its files where it lies in one folder with them.
    fn recognises_beside(&self, _bytes: &[u8]) -> bool {
        false
    }

    /// Reads a document. `sources` holds the main file first, then the companions that exist, or the files tied to it. Total: a bad file gives
    /// observations, never an error. A source that comes with a [`crate::source::View`] other than plain is text already.
    fn read(&self, sources: Vec<Source>) -> Document;

    /// Turns changes that belong together into what must be written so that they come true. It reads the file once, for all the
    /// changes that are asked of it.
    fn editor<'a>(&'a self, document: &'a Document) -> Editor<'a>;

    /// The same for the changes of one fix.
    ///
    /// # Errors
    /// [`CannotEdit`] with the reason, in words for people, when this file cannot be changed or not in this way.
    fn edit(&self, document: &Document, changes: &[Change]) -> Result<Lowered, CannotEdit> {
        self.editor(document)(changes)
    }

    /// The bytes to store on the disk for a source whose text was changed: the way back from its [`crate::source::View`].
    ///
    /// # Errors
    /// [`CannotEdit`] when the format cannot hold the text.
    fn store(&self, source: &Source) -> Result<Vec<u8>, CannotEdit> {
        Ok(source.bytes().to_vec())
    }

    /// How comments are written in a file of this name, if it can have any.
    fn comments(&self, _file_name: &str) -> Option<Form> {
        Some(Form::Markup)
    }

    /// Where the client keeps its files on this computer.
    fn places(&self, env: &Environment) -> Vec<SearchPlace>;

    /// Files of the installation that hold for all its documents on this computer.
    fn installed(&self, env: &Environment) -> Vec<PathBuf> {
        let _ = env;
        Vec::new()
    }

    /// Folders beside the main file in which each folder holds the mail of one account.
    fn stores(&self) -> &'static [&'static str] {
        &[]
    }

    /// Files beside the main one which together give the saved passwords away.
    fn password_files(&self) -> &'static [&'static str] {
        &[]
    }

    /// Files beside the main one that show whether the client is running.
    fn locks(&self) -> &'static [Lock] {
        &[]
    }
}

/// Every client, in the order in which they are asked whether a file is theirs.
pub const CLIENTS: &[&dyn Client] = &[
    &thunderbird::Thunderbird, //
    &mobileconfig::MobileConfig,
    &declaration::Declaration,
    &apple_mail::AppleMail,
    &autoconfig::Autoconfig,
];

/// The client with this id.
pub fn find(id: &str) -> Option<&'static dyn Client> {
    CLIENTS.iter().copied().find(|client| client.info().id == id)
}

/// What a client is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// As in `--client` and in JSON.
    pub id: &'static str,
    /// As people say it.
    pub title: &'static str,
    /// The files it is read from, for `list clients`.
    pub files: &'static str,
}

/// How a file hangs together with others of its folder: by names that it gives to what is in it, and that others call it by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Whether it can be the main file of a document: a mailbox stands in it.
    pub is_main: bool,
    /// The names of what is in it.
    pub offers: Vec<Tie>,
    /// The names of what it needs from others.
    pub needs: Vec<Tie>,
}

/// A name by which one file refers to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// An identifier, which any number of files may refer to.
    Identifier(String),
    /// The last part of a web address. If several files name it, each may mean another file of that name.
    FileName(String),
}

/// A lock a running client holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// An advisory lock (`fcntl`) on a file of this name in the document's folder.
    Fcntl(&'static str),
    /// A file of this name opened without sharing (Windows).
    Exclusive(&'static str),
    /// A process of this name, for clients that lock nothing.
    Process(&'static str),
}

/// What adapters need to know of this computer to name places.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// The home folder.
    pub home: Option<PathBuf>,
    /// `%APPDATA%` and its like.
    pub config: Option<PathBuf>,
    /// The operating system.
    pub system: System,
}

/// The operating systems that matter here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    /// Linux and the other Unixes.
    #[default]
    Unix,
    /// macOS.
    Macos,
    /// Windows.
    Windows,
}

/// A place to look for a client's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchPlace {
    /// One file.
    File(PathBuf),
    /// A folder with `profiles.ini`, Mozilla's list of profile folders.
    MozillaRoot {
        /// The folder.
        folder: PathBuf,
        /// The program that uses it.
        program: &'static str,
    },
    /// A folder to search; files deeper than `depth` are not looked at.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// How many levels down.
        depth: usize,
    },
}

/// What makes edits of changes.
pub type Editor<'a> = Box<dyn Fn(&[Change]) -> Result<Lowered, CannotEdit> + 'a>;

/// What an adapter made of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lowered {
    /// The bytes to write.
    pub edits: Vec<Edit>,
    /// The freest use the adapter allows, however sure the rule is.
    pub at_most: Option<Applicability>,
    /// Why, or what else is touched.
    pub remark: Option<Message>,
}

/// A change that the adapter cannot write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CannotEdit(pub Message);

/// Whether `written` is `known` with one or two letters off, or only in another case.
fn is_slip(written: &str, known: &str) -> bool {
    let is_near = known.len() >= 8 && written.len().abs_diff(known.len()) <= 2;
    written.eq_ignore_ascii_case(known) || (is_near && strsim::damerau_levenshtein(written, known) <= 2)
}
