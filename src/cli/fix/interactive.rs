//! `mailcfg fix --interactive`: a question for every change, safe or not, before anything is written.
//!
//! The dialogue is a function over a reader and a writer, so that tests can hold it without a terminal. What it decides is handed
//! to the same engine as any other fix. Not here: writing (`fix`), how a question looks (`report`).

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::bail;
use mailcfg::document::Document;
use mailcfg::finding::{Applicability, Finding, Message};
use mailcfg::fix::{Fixed, fix_where, is_same};
use mailcfg::lint::{Input, Options};
use mailcfg::message;
use mailcfg::report::{Question, Style, question, unified};
use mailcfg::rules::Run;
use mailcfg::source::Edit;

/// Mends what somebody at the terminal says yes to.
pub(super) fn fix_chosen(
    documents: &[Document],
    inputs: &[Input],
    options: &Options,
    style: &Style,
) -> anyhow::Result<Vec<Fixed>> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        bail!(message!("--interactive asks questions and needs a terminal; without one, use --apply"));
    }
    let run = Run::new(documents);
    let fix =
        |index: usize, wanted: &dyn Fn(&Finding) -> bool| fix_where(&run, index, inputs[index].client, options, wanted);
    let mut offers = Vec::new();
    for index in 0..documents.len() {
        let findings = fix(index, &|_| false).left;
        for finding in findings.into_iter().filter(|finding| finding.is_fixable(Applicability::Unsafe)) {
            let alone = fix(index, &|other| is_same(other, &finding));
            // What cannot be mended alone is not offered; the summary says that it is left.
            if alone.is_changed() {
                offers.push(Offer::new(index, finding, &alone, style));
            }
        }
    }
    let chosen = dialogue(&offers, &mut io::stdin().lock(), &mut io::stderr().lock(), style)?;
    let is_chosen = |index: usize, finding: &Finding| {
        chosen.iter().any(|offer| offer.document == index && is_same(&offer.finding, finding))
    };
    Ok((0..documents.len()).map(|index| fix(index, &|finding| is_chosen(index, finding))).collect())
}

/// One change to be asked about.
#[derive(Debug)]
struct Offer {
    document: usize,
    finding: Finding,
    text: String,
}

impl Offer {
    /// The finding, and what becomes of the document if it `alone` is mended.
    fn new(document: usize, finding: Finding, alone: &Fixed, style: &Style) -> Self {
        let sides = alone.before.iter().zip(&alone.after).zip(&alone.secrets);
        let diffs = sides.map(|((before, after), (hidden, again))| unified(before, after, hidden, again));
        let account = alone.applied.first().and_then(|applied| applied.address.as_deref());
        let account = account.or(finding.account.as_deref());
        let asked = Question { path: alone.before[0].path(), finding: &finding, account, diffs: diffs.collect() };
        let text = question(&asked, style);
        Self { document, finding, text }
    }

    fn edits(&self) -> &[Edit] {
        self.finding.fix.as_ref().map_or(&[], |fix| &fix.edits)
    }

    /// Whether what was chosen before does all of it already.
    fn is_done_by(&self, chosen: &[&Self]) -> bool {
        let mut others = chosen.iter().filter(|other| other.document == self.document);
        others.any(|other| self.edits().iter().all(|edit| other.edits().contains(edit)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    All,
    Quit,
}

impl Answer {
    /// Full width counts too: a Japanese keyboard may be set to it.
    fn read(line: &str) -> Option<Self> {
        let folded =
            line.trim().to_lowercase().replace('ｙ', "y").replace('ｎ', "n").replace('ａ', "a").replace('ｑ', "q");
        match folded.as_str() {
            "y" | "yes" | "はい" => Some(Self::Yes),
            "n" | "no" | "いいえ" => Some(Self::No),
            "a" | "all" => Some(Self::All),
            "q" | "quit" => Some(Self::Quit),
            _ => None,
        }
    }
}

/// Asks about each offer in turn. Gives those that were said yes to.
fn dialogue<'a>(
    offers: &'a [Offer],
    input: &mut impl BufRead,
    out: &mut impl Write,
    style: &Style,
) -> io::Result<Vec<&'a Offer>> {
    let (mut chosen, mut all) = (Vec::new(), false);
    for offer in offers {
        let is_settled = offer.is_done_by(&chosen) || (all && offer.finding.is_fixable(Applicability::Safe));
        if !is_settled {
            write!(out, "{}", offer.text)?;
            let answer = prompt(input, out, style)?;
            writeln!(out)?;
            match answer {
                Answer::Yes => {}
                Answer::No => continue,
                Answer::All => all = true,
                Answer::Quit => break,
            }
        }
        chosen.push(offer);
    }
    Ok(chosen)
}

/// Asks until there is an answer. The end of the input is one: quit.
fn prompt(input: &mut impl BufRead, out: &mut impl Write, style: &Style) -> io::Result<Answer> {
    let asked = style.tell(&Message::new("Make this change? (y = yes, n = no, a = all, q = quit, ? = help)"));
    loop {
        write!(out, "{asked} ")?;
        out.flush()?;
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(Answer::Quit);
        }
        match Answer::read(&String::from_utf8_lossy(&line)) {
            Some(answer) => return Ok(answer),
            None => writeln!(out, "{}", style.tell(&help()))?,
        }
    }
}

fn help() -> Message {
    message!(
        "y  make this change\nn  leave this as it is\na  make this change and all later ones that are safe; the others are still asked about\n\
         q  leave this and everything after it; what you said yes to is written\n?  show this help\nNothing is written before the last question."
    )
}

#[cfg(test)]
mod tests {
    use mailcfg::finding::Change;
    use mailcfg::finding::{Fix, Value};
    use mailcfg::source::Span;

    use super::*;

    fn offer(document: usize, name: &'static str, at: usize, applicability: Applicability) -> Offer {
        let edits = vec![Edit { source: 0, span: Span::at(at), text: b"x".to_vec() }];
        let changes = vec![Change { key: name.into(), from: String::new(), to: Value::Flag(true) }];
        let mut finding = Finding::new(name, name, None, Message::new(name));
        finding.fix = Some(Fix { title: "t".into(), applicability, changes, edits, remark: None, is_secret: false });
        Offer { document, finding, text: format!("<{name}>\n") }
    }

    fn offers() -> Vec<Offer> {
        use Applicability::{Safe, Unsafe};
        vec![
            offer(0, "one", 1, Safe),
            offer(0, "two", 2, Unsafe),
            offer(0, "three", 3, Safe),
            offer(1, "four", 1, Safe),
        ]
    }

    /// What is chosen, and what was printed.
    fn held(offers: &[Offer], answers: &str) -> (Vec<&'static str>, String) {
        let mut out = Vec::new();
        let chosen = dialogue(offers, &mut answers.as_bytes(), &mut out, &Style::default()).unwrap();
        (chosen.iter().map(|offer| offer.finding.rule).collect(), String::from_utf8(out).unwrap())
    }

    #[test]
    fn answers_choose_the_changes() {
        for (answers, expected) in [
            ("y\nn\ny\nn\n", vec!["one", "three"]),
            (" YES \nNo\nｙ\nはい\n", vec!["one", "three", "four"]),
            ("n\nn\nn\nn\n", vec![]),
            ("y\nq\n", vec!["one"]),
            ("y\n", vec!["one"]),
            ("", vec![]),
            ("y", vec!["one"]),
            ("a\nn\n", vec!["one", "three", "four"]),
            ("a\ny\n", vec!["one", "two", "three", "four"]),
            ("n\na\n", vec!["two", "three", "four"]),
            ("a\nq\n", vec!["one"]),
            ("what\n\n\u{fffd}\nn\ny\nq\n", vec!["two"]),
        ] {
            assert_eq!(held(&offers(), answers).0, expected, "{answers:?}");
        }
    }

    #[test]
    fn each_is_asked_once_and_help_is_given_for_anything_else() {
        let (_, printed) = held(&offers(), "a\n?\nn\n");
        assert_eq!(printed.matches("<one>").count(), 1);
        assert_eq!(printed.matches("<two>").count(), 1, "what is not safe is asked about after all, too");
        assert_eq!(printed.matches("<three>").count() + printed.matches("<four>").count(), 0);
        assert_eq!(printed.matches("Make this change?").count(), 3);
        assert!(printed.contains("\nNothing is written before the last question.\n"), "{printed}");
    }

    #[test]
    fn what_an_earlier_change_does_too_is_not_asked_again() {
        let twice = [offer(0, "one", 1, Applicability::Safe), offer(0, "again", 1, Applicability::Safe)];
        assert_eq!(held(&twice, "y\n").0, ["one", "again"]);
        assert_eq!(held(&twice, "n\ny\n").0, ["again"]);
        let elsewhere = [offer(0, "one", 1, Applicability::Safe), offer(1, "again", 1, Applicability::Safe)];
        assert_eq!(held(&elsewhere, "y\nn\n").0, ["one"]);
    }
}
