//! What a text with variables comes to, as far as it can be told: a value of the same form, that rules can judge.

use super::{Class, Of, Placeholder, placeholders};

/// The values that stand in for those of a person. They are in no name of a host or a provider.
const MAIL: (&str, &str) = ("emaillocalpart", "emaildomain.placeholder");
const SIGN_IN: (&str, &str) = ("loginlocalpart", "logindomain.placeholder");

/// In letters that no user name has, as a full name has them in many places.
const NAME: &str = "姓名";

/// Before an `@`, for whatever may stand there.
const SOMETHING: &str = "variablelocalpart";

/// A text with its variables replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    /// The whole.
    pub value: String,
    /// What stands in for each variable, and the variable as written.
    pub parts: Vec<(String, String)>,
}

/// Whether a domain only stands in for one that nobody knows.
pub fn is_open_domain(domain: &str) -> bool {
    [MAIL, SIGN_IN].iter().any(|(_, open)| *open == domain)
}

/// Whether the local part of an address only stands in for one that nobody knows.
pub fn is_stand_in(local: &str) -> bool {
    [MAIL.0, SIGN_IN.0, SOMETHING].contains(&local)
}

/// What `text` comes to; `None` where it has no variable, or one that leaves the form open.
pub fn evaluate(text: &str) -> Option<Evaluated> {
    let found = placeholders(text);
    let last = found.last()?;
    let at = text.rfind('@');
    let is_closed = |found: &Placeholder<'_>| found.class().and_then(stand_in).is_some();
    // Whatever it is, before an @ and a domain it is the local part of an address.
    let is_local = |found: &Placeholder<'_>| at.is_some_and(|at| found.start < at && !text[at + 1..].is_empty());
    if !found.iter().all(|found| is_closed(found) || is_local(found)) {
        return None;
    }
    let (mut value, mut parts, mut end) = (String::new(), Vec::new(), 0);
    for found in &found {
        let sample = found.class().and_then(stand_in).unwrap_or_else(|| SOMETHING.to_owned());
        value.push_str(&text[end..found.start]);
        value.push_str(&sample);
        parts.push((sample, found.text.to_owned()));
        end = found.start + found.text.len();
    }
    value.push_str(&text[last.start + last.text.len()..]);
    Some(Evaluated { value, parts })
}

fn stand_in(class: Class) -> Option<String> {
    let of = |of: Of| match of {
        Of::Mail => MAIL,
        Of::SignIn => SIGN_IN,
    };
    match class {
        Class::Address(owner) => Some(format!("{}@{}", of(owner).0, of(owner).1)),
        Class::LocalPart(owner) => Some(of(owner).0.to_owned()),
        Class::Domain(owner) => Some(of(owner).1.to_owned()),
        Class::Name => Some(NAME.to_owned()),
        Class::Login | Class::Secret | Class::Other => None,
    }
}
