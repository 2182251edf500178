//! The documents of a run, and which of them share an address, a login or an identifier.
//!
//! Some faults lie between files. With tens of thousands of them no rule may compare each with each, so what they share is
//! looked up here.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::account::Server;
use crate::document::{Document, Seen};

/// The documents of a run with an index of what they share.
#[derive(Debug)]
pub struct Run<'a> {
    documents: &'a [Document],
    by_address: HashMap<String, Vec<usize>>,
    by_login: HashMap<(String, String), Vec<usize>>,
    by_identifier: HashMap<&'a str, Vec<usize>>,
    by_uuid: HashMap<String, Vec<usize>>,
    by_folder: HashMap<&'a Path, usize>,
    /// Declarations by the folder of their file.
    declarations: HashMap<&'a Path, Named<'a>>,
    /// Folders that hold assets.
    with_assets: HashSet<&'a Path>,
}

/// Declarations by their identifier: the document and the type of each.
type Named<'a> = HashMap<&'a str, Vec<(usize, &'a str)>>;

impl<'a> Run<'a> {
    /// Indexes `documents`.
    pub fn new(documents: &'a [Document]) -> Self {
        let mut run = Self {
            documents,
            by_address: HashMap::new(),
            by_login: HashMap::new(),
            by_identifier: HashMap::new(),
            by_uuid: HashMap::new(),
            by_folder: HashMap::new(),
            declarations: HashMap::new(),
            with_assets: HashSet::new(),
        };
        for (index, document) in documents.iter().enumerate() {
            run.add(index, document);
        }
        run
    }

    fn add(&mut self, index: usize, document: &'a Document) {
        for account in &document.accounts {
            if let Some(address) = account.address() {
                note(self.by_address.entry(folded(&address.value)).or_default(), index);
            }
            if let Some(server) = &account.incoming {
                note(self.by_login.entry(login(server)).or_default(), index);
            }
        }
        if let Some(folder) = document.main().path().parent() {
            self.by_folder.insert(folder, index);
        }
        for observation in &document.observations {
            if let Seen::Declaration { identifier, kind } = &observation.seen {
                self.add_declaration(index, document, identifier, kind);
            }
            if let Seen::PayloadId { identifier, uuid, top_level, .. } = &observation.seen {
                if *top_level {
                    note(self.by_identifier.entry(identifier).or_default(), index);
                }
                note(self.by_uuid.entry(uuid.to_ascii_uppercase()).or_default(), index);
            }
        }
    }

    fn add_declaration(&mut self, index: usize, document: &'a Document, identifier: &'a str, kind: &'a str) {
        let Some(folder) = document.main().path().parent() else { return };
        self.declarations.entry(folder).or_default().entry(identifier).or_default().push((index, kind));
        if kind.starts_with("com.apple.asset.") {
            self.with_assets.insert(folder);
        }
    }

    /// The types of the declarations of this name in a folder, each with its document.
    pub(super) fn declared(&self, folder: &Path, identifier: &str) -> &[(usize, &'a str)] {
        self.declarations.get(folder).and_then(|named| named.get(identifier)).map_or(&[], Vec::as_slice)
    }

    /// Whether assets are kept in a folder.
    pub(super) fn keeps_assets(&self, folder: &Path) -> bool {
        self.with_assets.contains(folder)
    }

    /// The documents.
    pub const fn documents(&self) -> &'a [Document] {
        self.documents
    }

    /// Documents with an account of this main address, in whatever case, by their index.
    pub(super) fn with_address(&self, address: &str) -> &[usize] {
        self.by_address.get(&folded(address)).map_or(&[], Vec::as_slice)
    }

    /// Documents with an account of the same host and user name.
    pub(super) fn with_login(&self, server: &Server) -> &[usize] {
        self.by_login.get(&login(server)).map_or(&[], Vec::as_slice)
    }

    /// A document whose main file lies in this folder.
    pub(super) fn in_folder(&self, folder: &Path) -> Option<&'a Document> {
        self.by_folder.get(folder).map(|index| &self.documents[*index])
    }

    /// Profiles with this identifier.
    pub(super) fn with_identifier(&self, identifier: &str) -> &[usize] {
        self.by_identifier.get(identifier).map_or(&[], Vec::as_slice)
    }

    /// Profiles in which this UUID stands, for the profile or for a payload, in whatever case.
    pub(super) fn with_uuid(&self, uuid: &str) -> &[usize] {
        self.by_uuid.get(&uuid.to_ascii_uppercase()).map_or(&[], Vec::as_slice)
    }
}

/// Indices come in ascending order; each is kept once.
fn note(list: &mut Vec<usize>, index: usize) {
    if list.last() != Some(&index) {
        list.push(index);
    }
}

fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

fn login(server: &Server) -> (String, String) {
    (server.host_name(), server.username.value.trim().to_owned())
}
