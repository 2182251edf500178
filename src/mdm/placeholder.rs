//! Variables in a text, recognised by their shape.

use super::{Class, PRODUCTS, Product};

/// The signs around a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `$NAME`
    Dollar,
    /// `$name$`
    Dollars,
    /// `%name%`
    Percent,
    /// `%_NAME_%`
    Underscored,
    /// `{Name}`
    Brace,
    /// `{{name}}`
    Braces,
    /// `{{.User "name"}}`
    Field,
    /// `${name}`
    DollarBrace,
}

impl Shape {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Dollar,
        Self::Dollars,
        Self::Percent,
        Self::Underscored,
        Self::Brace,
        Self::Braces,
        Self::Field,
        Self::DollarBrace,
    ];

    /// A name in these signs.
    pub fn around(self, name: &str) -> String {
        match self {
            Self::Dollar => format!("${name}"),
            Self::Dollars => format!("${name}$"),
            Self::Percent => format!("%{name}%"),
            Self::Underscored => format!("%_{name}_%"),
            Self::Brace => format!("{{{name}}}"),
            Self::Braces => format!("{{{{{name}}}}}"),
            Self::Field => format!("{{{{.User \"{name}\"}}}}"),
            Self::DollarBrace => format!("${{{name}}}"),
        }
    }
}

/// A variable in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder<'a> {
    /// With its signs, as written.
    pub text: &'a str,
    /// Without them.
    pub name: &'a str,
    /// Which signs.
    pub shape: Shape,
    /// Where it begins in the text.
    pub start: usize,
}

impl Placeholder<'_> {
    /// What it comes to as far as that can be told without knowing the product: where products disagree, it cannot. A name that
    /// no product has speaks for itself, if it does.
    pub fn class(&self) -> Option<Class> {
        let of_shape = PRODUCTS.iter().filter(|product| product.shapes.contains(&self.shape));
        let mut known = of_shape.filter_map(|product| product.class_of(self.name));
        match known.next() {
            Some(first) if known.all(|other| other == first) => Some(first),
            Some(_) => None,
            None => Product::named("other").and_then(|any| any.class_of(&plain(self.name))),
        }
    }
}

/// A name without what is between its words.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The variables in a text, from left to right.
pub fn placeholders(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(['$', '%', '{']).map(|offset| at + offset) {
        match at_start(&text[start..]) {
            Some((len, name, shape)) => {
                found.push(Placeholder { text: &text[start..start + len], name, shape, start });
                at = start + len;
            }
            None => at = start + 1,
        }
    }
    found
}

/// The variable that is all of a text.
pub fn sole_placeholder(text: &str) -> Option<Placeholder<'_>> {
    placeholders(text.trim()).into_iter().next().filter(|found| found.text == text.trim())
}

/// The variable with which a text begins: its length, its name, its shape.
fn at_start(text: &str) -> Option<(usize, &str, Shape)> {
    between(text, "{{", "}}", Shape::Braces)
        .or_else(|| between(text, "${", "}", Shape::DollarBrace))
        .or_else(|| between(text, "%", "%", Shape::Percent))
        .or_else(|| between(text, "{", "}", Shape::Brace))
        .or_else(|| dollar(text))
}

fn between<'a>(text: &'a str, open: &str, close: &str, shape: Shape) -> Option<(usize, &'a str, Shape)> {
    let inner = text.strip_prefix(open)?;
    let end = inner.find(close)?;
    let (name, len) = (&inner[..end], open.len() + end + close.len());
    match shape {
        Shape::Braces => {
            let name = name.trim();
            let field = name.strip_prefix(".User").map(|field| field.trim().trim_matches('"'));
            let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "_-. \"'()[],:|".contains(c));
            let (name, shape) = field.map_or((name, Shape::Braces), |field| (field, Shape::Field));
            (is_name && has_letter(name)).then_some((len, name, shape))
        }
        Shape::DollarBrace => is_expression(name).then_some((len, name.trim(), shape)),
        Shape::Percent => {
            let underscored = name.strip_prefix('_').and_then(|name| name.strip_suffix('_'));
            let (name, shape) = underscored.map_or((name, shape), |name| (name, Shape::Underscored));
            (begins_with_letter(name) && is_expression(name) && !name.contains(' ')).then_some((len, name, shape))
        }
        _ => {
            let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c));
            (begins_with_letter(name) && is_word).then_some((len, name, shape))
        }
    }
}

fn has_letter(name: &str) -> bool {
    name.chars().any(|c| c.is_ascii_alphabetic())
}

fn begins_with_letter(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// A name, or one with arguments: `DEVPROP(IMEI)`, `user.mail ['none']`, `FullName,prefix:x`.
fn is_expression(name: &str) -> bool {
    has_letter(name) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-. \"'()[],:|".contains(c))
}

/// A field of the user or the device: `$user.mail`, which is short for `${user.mail}`. Elsewhere a full stop ends the name.
fn of_user(rest: &str) -> Option<&str> {
    let field = rest.strip_prefix("user.").or_else(|| rest.strip_prefix("device."))?;
    let len = field.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(field.len());
    (len > 0).then(|| &rest[..rest.len() - field.len() + len])
}

/// `$EMAIL` and `$Email$`. A price or a password with a dollar in it has no such run. A name in small letters is one only where a
/// product has it in capitals.
fn dollar(text: &str) -> Option<(usize, &str, Shape)> {
    let rest = text.strip_prefix('$').filter(|rest| begins_with_letter(rest))?;
    if let Some(name) = of_user(rest) {
        return Some((name.len() + 1, name, Shape::DollarBrace));
    }
    let name = &rest[..rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len())];
    let is_closed = rest[name.len()..].starts_with('$');
    let capitals = &name[..name.find(|c: char| c.is_ascii_lowercase()).unwrap_or(name.len())];
    if is_closed && (name.len() >= 4 || (capitals == name && name.len() >= 3)) {
        return Some((name.len() + 2, name, Shape::Dollars));
    }
    let is_known = || {
        let of_shape = PRODUCTS.iter().filter(|product| product.shapes.contains(&Shape::Dollar));
        name.len() >= 5 && of_shape.filter_map(|product| product.class_of(name)).any(|class| class != Class::Other)
    };
    let name = if capitals == name || is_known() { name } else { capitals };
    (name.len() >= 3).then_some((name.len() + 1, name, Shape::Dollar))
}
