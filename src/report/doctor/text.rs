//! The doctor's answer for people: short sentences, one step a line, in the order in which to do them.

use unicode_width::UnicodeWidthStr;

use super::super::{Page, Style, in_own_letters};
use super::say;
use crate::account::{Protocol, Security};
use crate::doctor::{Answer, Fault, Place, Reading, Server, Subject, Suspect};
use crate::finding::{Confidence, Message};
use crate::message;
use crate::provider::PasswordKind;

/// More causes than these would be a wall of text; the JSON has them all.
const MOST_CAUSES: usize = 3;

/// Prints the answer for people. Ends with a line feed.
pub fn text(answer: &Answer, style: &Style) -> String {
    let mut view = View { answer, style, page: Page::new(style.clone()) };
    view.page.title(&view.title());
    view.near();
    view.faults();
    let message_comes_first = answer.leave_password || answer.reading != Reading::NoText;
    if message_comes_first {
        view.causes();
    }
    if view.knows_whose() {
        view.account();
    }
    if !message_comes_first {
        view.causes();
    }
    view.list(&message!("If it still does not work"), &answer.next);
    if view.is_about_account() {
        view.notes();
    }
    view.page.finish()
}

struct View<'a> {
    answer: &'a Answer,
    style: &'a Style,
    page: Page,
}

impl View<'_> {
    fn say(&self, message: &Message) -> String {
        say(message, self.answer, self.style)
    }

    fn word(&self, word: &'static str) -> String {
        self.say(&Message::new(word))
    }

    fn title(&self) -> String {
        self.say(&match (&self.answer.address, self.answer.client) {
            (Some(address), Some(_)) => message!("{address} in {client}", address = in_own_letters(address)),
            (Some(address), None) => message!("{address} in a mail program", address = in_own_letters(address)),
            (None, Some(_)) if self.knows_whose() => message!("{provider} in {client}"),
            (None, None) if self.knows_whose() => message!("{provider} in a mail program"),
            (None, _) => message!("What the message means"),
        })
    }

    /// Whether there is anything to say of a password; with an error text alone there may not be.
    fn knows_whose(&self) -> bool {
        let answer = self.answer;
        answer.address.is_some()
            || answer.domain.is_some()
            || answer.provider_id.is_some()
            || answer.kind != PasswordKind::Unknown
    }

    /// Whether password or servers have to do with it; else they would only stand in the way of what does.
    const fn is_about_account(&self) -> bool {
        matches!(self.answer.subject, Subject::Password | Subject::Connection | Subject::Unknown)
    }

    /// Password, name and servers, as far as they have to do with it. Who is to leave the password alone is told of none.
    fn account(&mut self) {
        let answer = self.answer;
        if answer.leave_password {
            if self.is_about_account() {
                self.servers();
            }
        } else {
            self.password();
            self.steps();
            self.logins();
            let seen: Vec<Message> = answer.can_be_seen.iter().chain(&answer.reissue).cloned().collect();
            self.list(&message!("Can I see the password again?"), &seen);
        }
        self.list(&message!("Careful"), &answer.cautions);
    }

    /// A domain that is not known may be a slip of the pen.
    fn near(&mut self) {
        if !self.answer.near.is_empty() {
            let near = message!("Did you mean {domains}?", domains = self.answer.near);
            self.page.paragraph(&self.say(&near));
        }
    }

    fn section(&mut self, heading: &Message, lines: &[String]) {
        let heading = self.say(heading);
        self.page.section(&heading, lines);
    }

    fn list(&mut self, heading: &Message, messages: &[Message]) {
        let texts: Vec<String> = messages.iter().map(|message| self.say(message)).collect();
        let lines = self.page.rows(&marked(&texts));
        self.section(heading, &lines);
    }

    /// What is wrong with the settings on this computer, before anything else.
    fn faults(&mut self) {
        let Some(faults) = &self.answer.faults else { return };
        if faults.is_empty() {
            let clean = "The settings of this address on this computer were looked at: no fault was found in server, port and encryption.";
            let clean = self.word(clean);
            return self.page.paragraph(&clean);
        }
        let mut lines = Vec::new();
        for fault in faults {
            lines.extend(self.page.prose(&self.style.tell(&Message::verbatim(fault.path.clone()))));
            let texts = [self.say(&fault.message), self.say(&fault.help)];
            lines.extend(self.page.rows(&marked(&texts)));
        }
        if !lines.is_empty() {
            lines.extend(self.page.prose(&self.say(&more_about(faults))));
            self.section(&message!("First mend this: a setting on this computer cannot work"), &lines);
        }
    }

    fn password(&mut self) {
        let mut lines = self.page.prose(&self.say(&self.answer.summary));
        let why: Vec<String> = self.answer.why.iter().map(|reason| self.say(reason)).collect();
        lines.extend(self.page.rows(&marked(&why)));
        if self.answer.provider_id.is_some() && self.answer.kind != PasswordKind::Unknown {
            lines.extend(self.page.prose(&self.say(&sureness(self.answer.confidence))));
        }
        self.section(&message!("Which password"), &lines);
    }

    /// The servers, where one of them may be typed wrong.
    fn servers(&mut self) {
        let row = |server: &Server| {
            let security = match server.security {
                Security::Tls => message!("SSL/TLS"),
                Security::StartTls => message!("STARTTLS"),
                Security::None => message!("None"),
            };
            let text = message!(
                "{host}, port {port}, {security}",
                host = server.host,
                port = server.port,
                security = self.say(&security)
            );
            (self.say(&label(server.protocol)), self.say(&text))
        };
        let rows: Vec<(String, String)> = self.answer.servers.iter().map(row).collect();
        let lines = self.page.rows(&rows);
        self.section(&message!("The servers as the provider publishes them"), &lines);
    }

    /// What to do, numbered, in the order in which to do it.
    fn steps(&mut self) {
        let answer = self.answer;
        let before = answer.before.iter().chain(&answer.after_change);
        let mut steps: Vec<String> = before.map(|step| self.say(step)).collect();
        steps.extend(answer.switches.iter().map(|place| self.place(place)));
        steps.extend(answer.get_at.iter().map(|place| self.place(place)));
        steps.extend(answer.clear_first.iter().chain(&answer.enter).map(|step| self.say(step)));
        let numbered: Vec<(String, String)> =
            steps.into_iter().enumerate().map(|(index, step)| (format!("{}.", index + 1), step)).collect();
        let lines = self.page.rows(&numbered);
        self.section(&message!("What to do, in this order"), &lines);
    }

    fn place(&self, place: &Place) -> String {
        match &place.url {
            Some(url) => format!("{}\n{}", self.say(&place.text), self.style.tell(&Message::verbatim(url.clone()))),
            None => self.say(&place.text),
        }
    }

    fn logins(&mut self) {
        let mut rows = Vec::new();
        for login in &self.answer.logins {
            let label = self.say(&label(login.protocol));
            let Some(name) = &login.name else {
                rows.push((label, self.word("not known; see the provider's page")));
                continue;
            };
            rows.push((label, self.say(name)));
            for other in &login.others {
                let other = message!("or: {name}", name = self.say(other));
                rows.push((String::new(), self.say(&other)));
            }
        }
        let lines = self.page.rows(&rows);
        self.section(&message!("The user name beside it"), &lines);
    }

    /// What the error text says, and what may be wrong.
    fn causes(&mut self) {
        let answer = self.answer;
        let mut lines =
            match &answer.reading {
                Reading::NoText => Vec::new(),
                Reading::Binary => self.page.prose(&self.word(
                    "This is no text that can be read. Type or copy the words of the message, or only its code. A file must be saved as UTF-8.",
                )),
                Reading::Unknown => self.page.prose(&self.word("Nothing in this message is known here.")),
                Reading::Known(labels) => labels.iter().flat_map(|label| self.page.prose(&self.say(label))).collect(),
            };
        if let Some(leave) = leave(answer) {
            lines.extend(self.page.prose(&self.say(&leave)));
        }
        self.section(&message!("What the message says"), &lines);
        let is_one = answer.causes.iter().filter(|suspect| !suspect.is_candidate).count() == 1;
        let shown = if is_one { 1 } else { MOST_CAUSES };
        let rows = self.suspects(&answer.causes[..shown.min(answer.causes.len())]);
        let lines = self.page.rows(&rows);
        let heading = if is_one { message!("What is wrong") } else { message!("What may be wrong, likeliest first") };
        self.section(&heading, &lines);
    }

    /// Each cause beside how sure it is, and what to do below it.
    fn suspects(&self, suspects: &[Suspect]) -> Vec<(String, String)> {
        let labels: Vec<String> = suspects.iter().map(|suspect| self.say(&likelihood(suspect.confidence))).collect();
        let width = labels.iter().map(|label| label.width()).max().unwrap_or_default();
        let mark = format!("{}-", " ".repeat(width.saturating_sub(1)));
        let mut rows = Vec::new();
        for (label, suspect) in labels.into_iter().zip(suspects) {
            rows.push((label, self.say(&suspect.message)));
            rows.extend(suspect.todo.iter().map(|step| (mark.clone(), self.say(step))));
        }
        rows
    }

    /// What else is known of the provider, and where it comes from.
    fn notes(&mut self) {
        // Most notes speak of passwords.
        if let Some(note) = self.answer.note.as_ref().filter(|_| !self.answer.leave_password) {
            let lines = self.page.prose(&self.say(note));
            self.section(&message!("Good to know"), &lines);
        }
        if let (Some(day), Some(source)) = (self.answer.checked, &self.answer.source) {
            let source = message!("Facts checked on {day}: {source}", day = day, source = source);
            self.page.paragraph(&self.say(&source));
        }
    }
}

/// The commands for faults, with the file where there is one.
fn more_about(faults: &[Fault]) -> Message {
    match faults {
        [first, rest @ ..] if rest.iter().all(|fault| fault.path == first.path) => message!(
            "`mailcfg lint {path}` says more about it, `mailcfg fix {path}` shows how to mend it.",
            path = first.path
        ),
        _ => message!("mailcfg lint says more about it, mailcfg fix mends it."),
    }
}

/// Why the password is to be left alone.
fn leave(answer: &Answer) -> Option<Message> {
    let leave = match answer.subject {
        Subject::Unknown => message!("It does not speak of signing in. Leave the password as it is for now."),
        Subject::Mail | Subject::Device => message!("It is not about the password. Leave the password as it is."),
        _ => message!(
            "It is not about the password. Leave the password as it is, and do not type it again until this is mended."
        ),
    };
    answer.leave_password.then_some(leave)
}

fn label(protocol: Protocol) -> Message {
    match protocol {
        Protocol::Smtp => message!("Sending (SMTP)"),
        Protocol::Pop3 => message!("Receiving (POP)"),
        Protocol::Imap | Protocol::Exchange => message!("Receiving (IMAP)"),
    }
}

fn likelihood(confidence: Confidence) -> Message {
    match confidence {
        Confidence::High => message!("certain"),
        Confidence::Medium => message!("likely"),
        Confidence::Low => message!("possible"),
    }
}

fn sureness(confidence: Confidence) -> Message {
    match confidence {
        Confidence::High => message!("This is certain: it is written on the provider's own page."),
        Confidence::Medium => message!("This is likely, and not confirmed on the provider's own page."),
        Confidence::Low => message!("This is not certain. Compare it with the provider's own page."),
    }
}

/// Each as an item of a list.
fn marked(texts: &[String]) -> Vec<(String, String)> {
    texts.iter().map(|text| ("-".to_owned(), text.clone())).collect()
}
