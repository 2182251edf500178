//! The dialogue: one short question at a time, each of which may be left open with Enter.
//!
//! A function of what is read and written, so that a test can hold a conversation with it.

use std::io::{self, BufRead, Read, Write};

use mailcfg::doctor::{Ask, Question, Topic, next_question};
use mailcfg::finding::Message;
use mailcfg::message;
use mailcfg::provider::Providers;
use mailcfg::report::Style;

use super::place;

/// After so many answers that are none the question is left open.
const TRIES: usize = 3;

/// More of an answer is not read.
const LONGEST_LINE: u64 = 64 << 10;

/// An error message that is pasted has fewer lines.
const MOST_LINES: usize = 200;

/// Asks for what is missing and can change the answer.
pub(super) fn hold<'a>(
    input: &mut impl BufRead,
    output: &mut impl Write,
    style: &Style,
    providers: &'a Providers,
    question: &mut Question<'a>,
) -> io::Result<()> {
    let mut talk = Talk { input, output, style };
    talk.line(&message!("Press Enter wherever you do not know. Never type a password here."))?;
    if question.address.is_none() && question.domain.is_none() && question.provider.is_none() {
        talk.ask_address(providers, question)?;
    }
    let mut asked: Vec<Topic> = Vec::new();
    while let Some(ask) = next_question(question, &asked) {
        asked.push(ask.topic);
        talk.ask(&ask, question)?;
    }
    talk.line(&Message::new(""))
}

struct Talk<'t, R, W> {
    input: &'t mut R,
    output: &'t mut W,
    style: &'t Style,
}

impl<R: BufRead, W: Write> Talk<'_, R, W> {
    fn line(&mut self, message: &Message) -> io::Result<()> {
        writeln!(self.output, "{}", self.style.tell(message))
    }

    /// A line that was typed; `None` at the end of the input.
    fn read(&mut self) -> io::Result<Option<String>> {
        write!(self.output, "> ")?;
        self.output.flush()?;
        let mut bytes = Vec::new();
        let length = self.input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
        Ok((length > 0).then(|| String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
    }

    fn ask_address<'a>(&mut self, providers: &'a Providers, question: &mut Question<'a>) -> io::Result<()> {
        writeln!(self.output)?;
        self.line(&message!("What is the mail address?"))?;
        for _ in 0..TRIES {
            let Some(typed) = self.read()?.filter(|typed| !typed.trim().is_empty()) else { return Ok(()) };
            match place(&typed, providers, question) {
                Ok(()) => return Ok(()),
                Err(why) => self.line(&why)?,
            }
        }
        Ok(())
    }

    fn ask(&mut self, ask: &Ask, question: &mut Question<'_>) -> io::Result<()> {
        writeln!(self.output)?;
        self.line(&ask.question)?;
        for (index, choice) in ask.choices.iter().enumerate() {
            writeln!(self.output, "  {}. {}", index + 1, self.style.tell(&choice.label))?;
        }
        for _ in 0..TRIES {
            let Some(typed) = self.answer(ask)? else { return Ok(()) };
            match ask.answer(&typed, question) {
                Ok(()) => return Ok(()),
                Err(why) => self.line(&why)?,
            }
        }
        Ok(())
    }

    /// One line, or for a pasted message all lines up to an empty one.
    fn answer(&mut self, ask: &Ask) -> io::Result<Option<String>> {
        let first = self.read()?;
        if ask.topic != Topic::Error {
            return Ok(first);
        }
        let Some(mut text) = first.filter(|line| !line.trim().is_empty()) else { return Ok(None) };
        for _ in 0..MOST_LINES {
            let Some(line) = self.read()?.filter(|line| !line.trim().is_empty()) else { break };
            text.push('\n');
            text.push_str(&line);
        }
        Ok(Some(text))
    }
}

#[cfg(test)]
mod tests {
    use mailcfg::doctor::{Changed, Client};

    use super::*;

    fn held(typed: &str) -> (String, Vec<(&'static str, String)>) {
        let providers = Providers::embedded();
        let mut question = Question::default();
        let mut output = Vec::new();
        hold(&mut typed.as_bytes(), &mut output, &Style::default(), &providers, &mut question).expect("it ends");
        let given = vec![
            ("address", format!("{:?}", question.address)),
            ("provider", format!("{:?}", question.provider.map(|provider| provider.id.to_string()))),
            ("client", format!("{:?}", question.client.map(Client::id))),
            ("changed", format!("{:?}", question.changed.map(Changed::id))),
            ("webmail", format!("{:?}", question.webmail)),
            ("error", format!("{:?}", question.error)),
        ];
        (String::from_utf8(output).expect("text"), given)
    }

    #[test]
    fn a_conversation() {
        let (_, given) = held("hanako@gmail.com\n1\n１\n\n2\nfirst line\nsecond\n\n");
        let expected = [
            ("address", "Some(\"hanako@gmail.com\")"),
            ("provider", "Some(\"gmail\")"),
            ("client", "Some(\"thunderbird\")"),
            ("changed", "Some(\"password\")"),
            ("webmail", "None"),
            ("error", "Some(\"first line\\nsecond\")"),
        ];
        for (given, (name, value)) in given.iter().zip(expected) {
            assert_eq!((given.0, given.1.as_str()), (name, value));
        }
    }

    #[test]
    fn it_ends_whatever_is_typed_and_repeats_nothing_that_is_no_address() {
        let endless = "abcd efgh ijkl mnop\n".repeat(1000);
        let binary = String::from_utf8_lossy(&[0, 1, 2, 255, 10]).repeat(50);
        for typed in ["", "\n", "hunter2\n", "p@ssw0rd\nhunter2\n\n", &*endless, &*binary, &"x".repeat(1 << 20)] {
            let (output, _) = held(typed);
            for secret in ["abcd", "hunter2", "ssw0rd", "xxxx"] {
                assert!(!output.contains(secret), "{output}");
            }
        }
    }
}
