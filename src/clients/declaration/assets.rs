//! The assets of a document by their identifiers: who the person is, and what an account signs in with.
//!
//! A name that leads to two things leads nowhere here; that it does is for the rules to say.

use std::collections::HashMap;

use super::object::{File, Object};
use super::schema::{PASSWORD, PERSON};
use crate::account::Setting;
use crate::clients::Tie;

/// Every asset and every file of credentials.
pub(super) struct Assets<'a> {
    declarations: HashMap<&'a str, Vec<Object<'a>>>,
    /// Files with a user name, by the names under which an address may end in them.
    data: HashMap<String, Vec<Object<'a>>>,
    /// How many assets name each of these.
    wanted: HashMap<&'a str, usize>,
}

impl<'a> Assets<'a> {
    pub(super) fn of(files: &'a [File<'a>]) -> Self {
        let mut assets = Self { declarations: HashMap::new(), data: HashMap::new(), wanted: HashMap::new() };
        for declaration in files.iter().flat_map(File::declarations) {
            if let Some(name) = data_name(&declaration) {
                *assets.wanted.entry(name).or_default() += 1;
            }
            assets.declarations.entry(declaration.text("Identifier")).or_default().push(declaration);
        }
        for file in files {
            let names = file_names(file.source.file_name());
            let Some(data) = file.credentials() else { continue };
            names.into_iter().for_each(|name| assets.data.entry(name).or_default().push(data.clone()));
        }
        assets
    }

    /// The asset of this identifier and type.
    pub(super) fn named(&self, identifier: &str, kind: &str) -> Option<&Object<'a>> {
        let [only] = self.declarations.get(identifier)?.as_slice() else { return None };
        (only.text("Type") == kind).then_some(only)
    }

    /// The address in the asset that a declaration names.
    pub(super) fn address(&self, identifier: &str) -> Option<Setting<String>> {
        text(&self.named(identifier, PERSON)?.inner("Payload")?, "EmailAddress")
    }

    /// The user name in the file that the named asset of credentials stands for.
    pub(super) fn username(&self, identifier: &str) -> Option<Setting<String>> {
        text(self.data(self.named(identifier, PASSWORD)?)?, "UserName")
    }

    /// The file that an asset of credentials stands for.
    pub(super) fn data(&self, asset: &Object<'_>) -> Option<&Object<'a>> {
        let name = data_name(asset)?;
        let [only] = self.data.get(name)?.as_slice() else { return None };
        (self.wanted.get(name) == Some(&1)).then_some(only)
    }
}

/// A text that is there and that nobody fills in later.
fn text(object: &Object<'_>, key: &str) -> Option<Setting<String>> {
    let text = object.node.text(key).filter(|text| !is_filled_in_later(text))?;
    Some(Setting::written(object.key(key), text.to_owned(), object.place(key)))
}

/// Whether a management server may put something else in its place.
pub(super) fn is_filled_in_later(text: &str) -> bool {
    text.contains(['$', '%']) || text.contains("{{")
}

/// What the web address of an asset of credentials ends in.
fn data_name<'a>(asset: &Object<'a>) -> Option<&'a str> {
    let reference = asset.inner("Payload")?.inner("Reference").filter(|_| asset.text("Type") == PASSWORD)?;
    let address = reference.text("DataURL").split(['?', '#']).next()?;
    let (_, path) = address.split_once("://")?.1.split_once('/')?;
    path.rsplit('/').next().filter(|name| !name.is_empty())
}

/// The names by which an address may mean a file: with its ending and without.
fn file_names(name: &str) -> Vec<String> {
    let stem = name.rsplit_once('.').map(|(stem, _)| stem).filter(|stem| !stem.is_empty());
    std::iter::once(name).chain(stem).map(str::to_owned).collect()
}

/// What a file offers to others.
pub(super) fn offers(file: &File<'_>) -> Vec<Tie> {
    if file.credentials().is_some() {
        return file_names(file.source.file_name()).into_iter().map(Tie::FileName).collect();
    }
    let declarations = file.declarations();
    let identifiers = declarations.iter().map(|declaration| declaration.text("Identifier"));
    identifiers.filter(|name| !name.is_empty()).map(|name| Tie::Identifier(name.to_owned())).collect()
}

/// The file that a declaration stands for, if it is an asset of credentials.
pub(super) fn needs_data(declaration: &Object<'_>) -> Option<Tie> {
    data_name(declaration).map(|name| Tie::FileName(name.to_owned()))
}
