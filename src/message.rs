//! Sentences for people, which another language can replace as a whole.
//!
//! A message is a constant English template with named places and what stands in them. Nothing is pieced together: the template is
//! the key under which `locales/` keeps the sentence of another language, and a message may be an argument of another one, so that
//! words of ours are translated inside a sentence too.
//!
//! Not here: choosing the language and printing (`report`).

use std::borrow::Cow;
use std::fmt;
use std::io;

use serde::{Serialize, Serializer};
use unicode_width::UnicodeWidthChar;

use crate::date::Date;

/// Builds a [`Message`]: `message!("no encryption to {host}", host = server.host.value)`. An argument that is a message itself is
/// told in the reader's language like the rest of the sentence; so are a [`Date`], and a list of values, which is parted as that
/// language parts them.
#[macro_export]
macro_rules! message {
    ($template:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::message::Message::new($template)$(.with_argument(stringify!($name), {
            #[allow(unused_imports, reason = "which of the two is used depends on the argument")]
            use $crate::message::{OfMessage as _, OfValue as _};
            (&$crate::message::Given(&$value)).argument()
        }))*
    };
}

/// A sentence with places to fill in, so that it can be looked up in another language by its English form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Borrowed: one of our own templates. Owned: words that are nobody's to translate.
    template: Cow<'static, str>,
    args: Vec<(&'static str, Argument)>,
    /// What the author of the words wrote in other languages, by their codes.
    versions: Vec<(&'static str, String)>,
}

/// What stands in a place of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A value: shown as it is.
    Text(String),
    /// Values one after another.
    List(Vec<String>),
    /// A day.
    Day(Date),
    /// Words of ours: shown in the reader's language.
    Message(Message),
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(texts) => f.write_str(&texts.join(", ")),
            Self::Day(day) => day.fmt(f),
            Self::Message(message) => message.fmt(f),
        }
    }
}

impl Message {
    /// A sentence; `{name}` in it stands for an argument of that name.
    pub const fn new(template: &'static str) -> Self {
        Self { template: Cow::Borrowed(template), args: Vec::new(), versions: Vec::new() }
    }

    /// Words that are nobody's to translate: a host, what the system says.
    pub const fn verbatim(text: String) -> Self {
        Self { template: Cow::Owned(text), args: Vec::new(), versions: Vec::new() }
    }

    /// The same words in another language, by whoever wrote them: a provider's own note.
    #[must_use]
    pub fn or_in(mut self, language: &'static str, text: String) -> Self {
        self.versions.push((language, text));
        self
    }

    /// Fills in `{name}`.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with_argument(name, Argument::Text(value.to_string()))
    }

    /// Fills in `{name}` with a value or with words of ours.
    #[must_use]
    pub fn with_argument(mut self, name: &'static str, argument: Argument) -> Self {
        // Mostly there is one, findings keep several messages, and a run tens of thousands of findings.
        self.args.reserve_exact(1);
        self.args.push((name, argument));
        self
    }

    /// The English sentence before filling in. Where [`Self::is_verbatim`] does not hold, the key of a translation.
    pub fn template(&self) -> &str {
        &self.template
    }

    /// Whether the words stay what they are in every language.
    pub const fn is_verbatim(&self) -> bool {
        matches!(self.template, Cow::Owned(_))
    }

    /// The words in the language of this code, if their author wrote them in it.
    pub fn version(&self, language: &str) -> Option<&str> {
        self.versions.iter().find(|(code, _)| *code == language).map(|(_, text)| text.as_str())
    }

    /// The arguments.
    pub fn args(&self) -> &[(&'static str, Argument)] {
        &self.args
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.template.is_empty()
    }

    /// Passes everything that may be printed and is not a template of ours through `rewrite`.
    pub(crate) fn rewrite(&mut self, rewrite: &dyn Fn(&str) -> String) {
        if let Cow::Owned(text) = &mut self.template {
            *text = rewrite(text);
        }
        for (_, text) in &mut self.versions {
            *text = rewrite(text);
        }
        for (_, argument) in &mut self.args {
            match argument {
                Argument::Text(text) => *text = rewrite(text),
                Argument::List(texts) => texts.iter_mut().for_each(|text| *text = rewrite(text)),
                Argument::Day(_) => {}
                Argument::Message(message) => message.rewrite(rewrite),
            }
        }
    }

    /// `template`, a form of this message's own, with its arguments as `shown` shows them.
    pub fn filled(&self, template: &str, shown: &dyn Fn(&Argument) -> String) -> String {
        let (mut out, mut rest) = (String::new(), template);
        while let Some((before, inner)) = rest.split_once('{').filter(|_| !self.args.is_empty()) {
            out.push_str(before);
            let named = inner.split_once('}').and_then(|(name, after)| {
                self.args.iter().find(|(known, _)| *known == name).map(|(_, argument)| (argument, after))
            });
            rest = match named {
                Some((argument, after)) => set_in(&mut out, &shown(argument), after),
                None => {
                    out.push('{');
                    inner
                }
            };
        }
        out + rest
    }
}

/// Appends what stands in a place. Templates part it from Japanese words by blanks; none is wanted where it is Japanese itself.
/// Gives back the template behind the place.
fn set_in<'a>(out: &mut String, text: &str, after: &'a str) -> &'a str {
    let is_between = |a: Option<char>, b: Option<char>| a.is_some_and(is_wide) && b.is_some_and(is_wide);
    if out.strip_suffix(' ').is_some_and(|before| is_between(before.chars().next_back(), text.chars().next())) {
        out.pop();
    }
    out.push_str(text);
    let follows = |rest: &&str| is_between(text.chars().next_back(), rest.chars().next());
    after.strip_prefix(' ').filter(follows).unwrap_or(after)
}

/// Whether a character takes two columns.
fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.filled(&self.template, &ToString::to_string))
    }
}

/// So that a command can fail with a sentence that is told in the user's language.
impl std::error::Error for Message {}

impl From<&'static str> for Message {
    fn from(template: &'static str) -> Self {
        Self::new(template)
    }
}

/// What the system says, in our words where it is one of the usual things, so that it can be told in every language.
impl From<&io::Error> for Message {
    fn from(error: &io::Error) -> Self {
        use io::ErrorKind::*;
        let is_of_system = error.get_ref().is_none();
        match error.kind() {
            NotFound if is_of_system => message!("there is no such file or folder"),
            PermissionDenied if is_of_system => message!("permission denied"),
            IsADirectory if is_of_system => message!("it is not a regular file"),
            ReadOnlyFilesystem if is_of_system => message!("the disk is read-only"),
            StorageFull | QuotaExceeded if is_of_system => message!("the disk is full"),
            _ => Self::verbatim(error.to_string()),
        }
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An argument on its way into a message. Method look-up prefers [`OfMessage`], so that a message stays one; everything else is
/// a value.
#[doc(hidden)]
#[derive(Debug)]
pub struct Given<'a, T: ?Sized>(pub &'a T);

#[doc(hidden)]
pub trait OfMessage {
    fn argument(&self) -> Argument;
}

impl OfMessage for Given<'_, Message> {
    fn argument(&self) -> Argument {
        Argument::Message(self.0.clone())
    }
}

impl OfMessage for Given<'_, &Message> {
    fn argument(&self) -> Argument {
        Argument::Message((*self.0).clone())
    }
}

impl OfMessage for Given<'_, Date> {
    fn argument(&self) -> Argument {
        Argument::Day(*self.0)
    }
}

impl OfMessage for Given<'_, &Date> {
    fn argument(&self) -> Argument {
        Argument::Day(**self.0)
    }
}

impl<T: fmt::Display> OfMessage for Given<'_, Vec<T>> {
    fn argument(&self) -> Argument {
        Given(self.0.as_slice()).argument()
    }
}

impl<T: fmt::Display> OfMessage for Given<'_, &Vec<T>> {
    fn argument(&self) -> Argument {
        Given(self.0.as_slice()).argument()
    }
}

impl<T: fmt::Display> OfMessage for Given<'_, &[T]> {
    fn argument(&self) -> Argument {
        Given(*self.0).argument()
    }
}

impl<T: fmt::Display> OfMessage for Given<'_, [T]> {
    fn argument(&self) -> Argument {
        Argument::List(self.0.iter().map(ToString::to_string).collect())
    }
}

#[doc(hidden)]
pub trait OfValue {
    fn argument(&self) -> Argument;
}

impl<T: fmt::Display + ?Sized> OfValue for &Given<'_, T> {
    fn argument(&self) -> Argument {
        Argument::Text(self.0.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_fill_in_their_arguments() {
        let message = message!("port {port} of {host} and {unknown}", port = 993, host = "h");
        assert_eq!(message.to_string(), "port 993 of h and {unknown}");
        assert_eq!(Message::verbatim("a {b".to_owned()).to_string(), "a {b");
        assert_eq!(message!("{key} = { en = \"…\" }", key = "k").to_string(), "k = { en = \"…\" }");
        assert_eq!(message!("a {b", b = 1).to_string(), "a {b");
    }

    #[test]
    fn no_blank_stands_between_japanese_words() {
        let message = Message::new("").with("a", "くらげ").with("b", "Gmail");
        for (template, filled) in [
            ("{a} では {b} では", "くらげでは Gmail では"),
            ("この {a} と {b} と", "このくらげと Gmail と"),
            ("the {a} is {b}", "the くらげ is Gmail"),
        ] {
            assert_eq!(message.filled(template, &ToString::to_string), filled);
        }
    }

    #[test]
    fn an_argument_stays_a_message_if_it_is_one() {
        let inner = message!("the {x}", x = 1);
        let message = message!("{a} {b} {c}", a = inner, b = &inner, c = inner.to_string());
        let kinds: Vec<bool> = message.args().iter().map(|(_, arg)| matches!(arg, Argument::Message(_))).collect();
        assert_eq!(kinds, [true, true, false]);
        assert_eq!(message.to_string(), "the 1 the 1 the 1");
    }

    #[test]
    fn days_and_lists_stay_what_they_are() {
        let hosts = vec!["a.example", "b.example"];
        let message =
            message!("{hosts} until {day}, {one}", hosts = hosts, day = Date::new(2026, 3, 5), one = hosts[..1]);
        assert_eq!(message.to_string(), "a.example, b.example until 2026-03-05, a.example");
        let kinds: Vec<bool> = message.args().iter().map(|(_, arg)| matches!(arg, Argument::Text(_))).collect();
        assert_eq!(kinds, [false, false, false]);
        let mut list = message!("{x}", x = hosts);
        list.rewrite(&|text| text.replace("b.example", "••••"));
        assert_eq!(list.to_string(), "a.example, ••••");
    }

    #[test]
    fn only_words_that_are_not_ours_are_rewritten() {
        let mut message = message!("the password {x} of {y}", x = "password", y = message!("the {z}", z = "password"));
        message.rewrite(&|text| text.replace("password", "••••"));
        assert_eq!(message.to_string(), "the password •••• of the ••••");
        assert!(!message.is_verbatim());
    }
}
