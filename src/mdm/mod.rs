//! Device management systems (MDM), and the variables that they replace with each person's values before a profile is
//! installed: how each system writes them, and what they come to.
//!
//! A variable is known by its shape first: `$EMAIL`, `%email%` and `{{mail}}` are none of a person's values whatever system
//! they belong to. Which names a system knows is a table, and only as good as its source ([`Product::sureness`]). Pure: no files,
//! no verdicts; those are the business of the configuration profile's adapter and of the rules.

mod placeholder;
mod products;
mod value;

pub use placeholder::{Placeholder, Shape, placeholders, sole_placeholder};
pub use products::PRODUCTS;
pub use value::{Evaluated, evaluate, is_open_domain, is_stand_in};

/// Whose address a variable is about: directories keep the address of the mailbox and the name to sign in with apart, and the
/// two need not be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The mail address.
    Mail,
    /// The name to sign in with, in the form of an address.
    SignIn,
}

/// What a variable comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A whole address.
    Address(Of),
    /// What stands before its `@`.
    LocalPart(Of),
    /// What stands behind it.
    Domain(Of),
    /// A user name in whatever form the directory keeps it.
    Login,
    /// A person's full name.
    Name,
    /// A password.
    Secret,
    /// Anything else: a part of a name, a serial number, a field that the administrator made.
    Other,
}

/// How sure the table of a product is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sureness {
    /// The maker's own pages name the variables.
    Documented,
    /// Somebody else's list of them.
    Reported,
    /// No page was found: every name of that shape is taken, and what is known of single names is hearsay.
    ShapeOnly,
}

/// A device management system.
#[derive(Debug, PartialEq, Eq)]
pub struct Product {
    /// As `--mdm` takes it.
    pub id: &'static str,
    /// As its maker calls it.
    pub title: &'static str,
    /// How its variables look; the first is the usual way.
    pub shapes: &'static [Shape],
    /// Whether capitals count.
    pub is_case_sensitive: bool,
    /// Its variables by name, without the signs around them.
    pub variables: &'static [(&'static str, Class)],
    /// How names begin that the administrator completes.
    pub families: &'static [&'static str],
    /// Whether it has no others: administrators cannot make their own, and the list that was found is whole.
    pub is_complete: bool,
    /// How sure all this is.
    pub sureness: Sureness,
    /// Where it is written: an address or the name of the page; empty where nothing was found.
    pub source: &'static str,
}

impl Product {
    /// The product of that id.
    pub fn named(id: &str) -> Option<&'static Self> {
        PRODUCTS.iter().find(|product| product.id == id)
    }

    /// The id nearest to what was typed, if one is near.
    pub fn nearest_id(typed: &str) -> Option<&'static str> {
        let distance = |id: &&str| strsim::damerau_levenshtein(id, &typed.to_ascii_lowercase());
        let ids = PRODUCTS.iter().map(|product| product.id);
        ids.min_by_key(distance).filter(|id| distance(id) <= 2 && distance(id) * 2 < id.len())
    }

    /// Whether it replaces this, or may.
    pub fn knows(&self, placeholder: &Placeholder<'_>) -> bool {
        self.shapes.contains(&placeholder.shape) && (!self.is_complete || self.has(placeholder.name))
    }

    fn has(&self, name: &str) -> bool {
        let is_same = |known: &str, name: &str| {
            if self.is_case_sensitive { known == name } else { known.eq_ignore_ascii_case(name) }
        };
        self.variables.iter().any(|(known, _)| is_same(known, name)) || self.is_in_family(name, is_same)
    }

    fn is_in_family(&self, name: &str, is_same: impl Fn(&str, &str) -> bool) -> bool {
        self.families.iter().any(|family| name.get(..family.len()).is_some_and(|start| is_same(family, start)))
    }

    /// What it has for this name, capitals aside.
    fn class_of(&self, name: &str) -> Option<Class> {
        let table = self.variables.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, class)| *class);
        table.or_else(|| self.is_in_family(name, str::eq_ignore_ascii_case).then_some(Class::Other))
    }

    /// How it writes what was surely meant: the same name in its own way, one a slip away, or its variable for the same thing.
    pub fn meant(&self, placeholder: &Placeholder<'_>) -> Option<String> {
        let name = placeholder.name.to_ascii_lowercase();
        let distance = |known: &str| strsim::damerau_levenshtein(&known.to_ascii_lowercase(), &name);
        let nearest = self.variables.iter().map(|(known, _)| *known).min_by_key(|known| distance(known));
        let nearest = nearest.filter(|known| distance(known) <= 2 && distance(known) * 3 <= known.len());
        let class = placeholder.class().filter(|class| *class != Class::Other);
        let same = || self.variables.iter().find(|(_, own)| Some(*own) == class).map(|(known, _)| *known);
        nearest.or_else(same).map(|known| self.written(known))
    }

    /// Whether what was meant is the same name up to a slip or capitals, and not only the same kind of thing.
    pub fn is_slip(&self, placeholder: &Placeholder<'_>) -> bool {
        let name = placeholder.name.to_ascii_lowercase();
        let distance = |known: &str| strsim::damerau_levenshtein(&known.to_ascii_lowercase(), &name);
        self.variables.iter().any(|(known, _)| distance(known) <= 2 && distance(known) * 3 <= known.len())
    }

    fn written(&self, name: &str) -> String {
        self.shapes.first().map_or_else(|| name.to_owned(), |shape| shape.around(name))
    }
}

/// The products that have all the variables in these texts by name.
pub fn candidates(texts: &[&str]) -> Vec<&'static Product> {
    let found: Vec<Placeholder<'_>> = texts.iter().flat_map(|text| placeholders(text)).collect();
    let has_all = |product: &&Product| {
        let has = |found: &Placeholder<'_>| product.knows(found) && product.has(found.name);
        product.id != "other" && !found.is_empty() && found.iter().all(has)
    };
    PRODUCTS.iter().filter(has_all).collect()
}

#[cfg(test)]
mod tests;
