//! The answer for people: a table to copy into any mail program, then the password, then everything else worth knowing.

use super::{Answer, By, Options, is_gone, is_thin, words};
use crate::account::{Authentication, Protocol, Security};
use crate::date::Date;
use crate::finding::Message;
use crate::message;
use crate::provider::{
    Access, Grade, Note, PasswordKind, Provider, RetiredHost, STALE_AFTER_MONTHS, ServerSet, Status, UsernameForm,
};
use crate::report::{Page, in_a_row, in_own_letters};

/// Prints the answer for people.
pub fn text(answer: &Answer<'_>, options: &Options) -> String {
    let mut view = View { answer, options, page: Page::new(options.style.clone()) };
    view.head();
    if view.has_servers() {
        view.servers();
    }
    view.password();
    view.switches();
    view.notes();
    view.former();
    view.source();
    view.page.finish()
}

struct View<'a> {
    answer: &'a Answer<'a>,
    options: &'a Options,
    page: Page,
}

impl View<'_> {
    fn provider(&self) -> &Provider {
        self.answer.provider
    }

    fn note(&self, note: &Note) -> String {
        self.page.tell(&note.message())
    }

    /// Whether there is anything to type into a mail program.
    fn has_servers(&self) -> bool {
        let access = self.provider().access;
        !self.answer.has_ended(self.options.today) && access != Access::None && !self.answer.usable_sets().is_empty()
    }

    /// Whose settings these are, and whether there is a way in at all.
    fn head(&mut self) {
        let name = self.provider().title();
        let title = match self.answer.address.as_ref().or(self.answer.domain.as_ref()) {
            Some(of) => message!("{provider}: settings for {address}", provider = name, address = in_own_letters(of)),
            None => message!("{provider}: settings for mail programs", provider = name),
        };
        self.page.title(&self.page.tell(&title));
        if let By::Mx(host) = &self.answer.by {
            let by = message!(
                "The mail of this domain arrives at {host}, so these are the settings of that provider. If they do not work, ask whoever looks after the domain: the mailbox may be somewhere else.",
                host = host
            );
            self.page.paragraph(&self.page.tell(&by));
        }
        if let Some(sentence) = self.obstacle() {
            self.page.paragraph(&self.page.tell(&sentence));
        }
    }

    /// Why there is nothing to type, or not the usual.
    fn obstacle(&self) -> Option<Message> {
        if let Some(ended) = self.provider().ended {
            return Some(match (self.answer.has_ended(self.options.today), self.provider().confidence) {
                (true, Grade::Low) => {
                    message!(
                        "This service is said to have ended on {day}. No setting would bring its mail back.",
                        day = ended
                    )
                }
                (true, _) => message!("This service ended on {day}. No setting brings its mail back.", day = ended),
                (false, _) => message!("This service ends on {day}. Move to another address before then.", day = ended),
            });
        }
        match self.provider().access {
            Access::None => Some(message!(
                "No mail program can be used with this address: the provider offers only its own app or web page. There is nothing to set up here."
            )),
            Access::Bridge => Some(message!(
                "A mail program cannot connect to this provider directly. A bridge program of the provider's must run on the same computer, and the mail program connects to that. Take server, port and password from the bridge's own window."
            )),
            Access::Unknown if !self.has_servers() => Some(message!(
                "No reliable settings for mail programs are known here. Look on the provider's own help page, and do not guess."
            )),
            _ if !self.has_servers() => Some(message!(
                "No server that works today is known for this address. Look on the provider's own help page."
            )),
            _ => None,
        }
    }

    /// The servers to set up, then what is right as well.
    fn servers(&mut self) {
        let (first, others) = self.answer.recommended();
        if self.provider().access == Access::Bridge {
            let sets: Vec<&ServerSet> = first.into_iter().chain(others).collect();
            return self.in_short(&message!("Without the bridge"), &sets);
        }
        self.recommended();
        self.in_short(&message!("Accepted as well"), &others);
    }

    /// Each server to set up as rows of label and value.
    fn recommended(&mut self) {
        let (mut sets, _) = self.answer.recommended();
        let has = |protocol| sets.iter().any(|set| set.protocol == protocol);
        let has_imap = has(Protocol::Imap);
        if has_imap && has(Protocol::Pop3) {
            self.page.paragraph(&self.page.word(
                "IMAP is the usual choice: the mail stays at the provider, and every device shows the same. POP3 fetches it to one computer.",
            ));
            sets.sort_by_key(|set| set.protocol == Protocol::Pop3);
        }
        for set in sets {
            let is_alternative = set.protocol == Protocol::Pop3 && has_imap;
            let heading = self.page.tell(&words::server_heading(set.protocol, is_alternative));
            let rows = self.rows(set);
            self.page.section(&heading, &self.page.rows(&rows));
        }
    }

    fn rows(&self, set: &ServerSet) -> Vec<(String, String)> {
        let row = |label: Message, value: String| (self.page.tell(&label), value);
        let mut rows = vec![
            row(message!("Server"), self.verbatim(&set.host)),
            row(message!("Port"), set.port.to_string()),
            row(message!("Connection security"), self.security(set.security)),
            row(message!("User name"), self.username(set)),
            row(message!("Authentication"), self.authentication(set)),
            row(message!("Password"), self.password_name(set)),
        ];
        let mut remarks = self.remarks(set);
        if set.host.contains('*') {
            let star = self.page.word(
                "The * stands for a part of your own. The provider's customer page, or the letter that came with the address, shows the whole name.",
            );
            remarks = in_a_row(&[star, remarks]);
        }
        if !remarks.is_empty() {
            rows.push(row(message!("Remark"), remarks));
        }
        rows
    }

    fn verbatim(&self, text: &str) -> String {
        self.page.tell(&Message::verbatim(text.to_owned()))
    }

    fn security(&self, security: Security) -> String {
        let word = self.page.tell(&words::security(security));
        match security {
            Security::None => {
                self.page.tell(&message!("{none} (mail and password can be read on the way)", none = word))
            }
            Security::StartTls | Security::Tls => word,
        }
    }

    /// The name to type; others that work too in parentheses.
    fn username(&self, set: &ServerSet) -> String {
        if set.authentication.first() == Some(&Authentication::None) {
            return self.page.word("none");
        }
        let name = |form: UsernameForm| form.in_words(self.answer.username_address(form));
        let names: Vec<String> = set.username.iter().map(|form| self.page.tell(&name(*form))).collect();
        match names.split_first() {
            None => self.page.word("not known; most often your whole mail address"),
            Some((first, [])) => first.clone(),
            Some((first, others)) => {
                let others = others.join(&self.page.word(", or "));
                self.page.tell(&message!("{name} (if that is refused: {others})", name = first, others = others))
            }
        }
    }

    fn authentication(&self, set: &ServerSet) -> String {
        if set.authentication.is_empty() {
            return self.page.word("not known; most often \"Normal password\"");
        }
        let mut words: Vec<Message> = set.authentication.iter().map(|way| words::authentication(*way)).collect();
        words.dedup();
        let words: Vec<String> = words.iter().map(|word| self.page.tell(word)).collect();
        words.join(&self.page.word(", or "))
    }

    fn password_name(&self, set: &ServerSet) -> String {
        let has_oauth = set.authentication.contains(&Authentication::Oauth2);
        let kind = self.provider().password.kind;
        if set.authentication.first() == Some(&Authentication::None) {
            return self.page.word("none");
        }
        if has_oauth && set.authentication.len() == 1 {
            return self.page.tell(&words::password_name(PasswordKind::Oauth));
        }
        let name = self.page.tell(&words::password_name(kind));
        if has_oauth && kind != PasswordKind::Oauth {
            return self.page.tell(&message!(
                "none with OAuth2 (sign in in the window that opens); otherwise {password}",
                password = name
            ));
        }
        name
    }

    /// What is special about a set: for whom, how sure, and its own note.
    fn remarks(&self, set: &ServerSet) -> String {
        let mut remarks = Vec::new();
        if !set.domains.is_empty() && self.answer.domain.is_none() {
            remarks.push(self.page.tell(&message!("Only for addresses at {domains}.", domains = &*set.domains)));
        }
        if is_thin(set, self.provider()) {
            remarks.push(self.page.word("Named by one source only."));
        }
        remarks.extend(set.note.iter().map(|note| self.note(note)));
        in_a_row(&remarks)
    }

    fn in_short(&mut self, heading: &Message, sets: &[&ServerSet]) {
        let rows: Vec<Vec<String>> = sets.iter().map(|set| self.brief(set)).collect();
        let heading = self.page.tell(heading);
        self.page.section(&heading, &self.page.table(&rows));
    }

    fn brief(&self, set: &ServerSet) -> Vec<String> {
        vec![
            set.protocol.name().to_owned(),
            self.verbatim(&set.host),
            set.port.to_string(),
            self.page.tell(&words::security(set.security)),
            self.remarks(set),
        ]
    }

    fn password(&mut self) {
        if self.answer.has_ended(self.options.today) || self.provider().access == Access::None {
            return;
        }
        let password = &self.provider().password;
        let mut lines = self.page.prose(&self.page.tell(&words::password_sentence(password.kind)));
        for remark in words::password_remarks(password) {
            lines.extend(self.page.prose(&self.page.tell(&remark)));
        }
        if let Some(get) = &password.get {
            let get = message!("How to get it: {steps}", steps = get.message());
            lines.extend(self.page.prose(&self.page.tell(&get)));
        }
        lines.extend(password.url.iter().map(|url| self.verbatim(url)));
        if let Some(again) = words::shown_again(password.shown_again) {
            lines.extend(self.page.prose(&self.page.tell(&again)));
        }
        if let Some(reissue) = &password.reissue {
            let reissue = message!("To get a new one: {steps}", steps = self.note(reissue));
            lines.extend(self.page.prose(&self.page.tell(&reissue)));
        }
        let heading = self.page.word("The password");
        self.page.section(&heading, &lines);
    }

    fn switches(&mut self) {
        if !self.has_servers() {
            return;
        }
        let mut lines = Vec::new();
        for switch in self.provider().switches.iter() {
            let what = self.note(&switch.what);
            let protocols: Vec<&str> = switch.protocols.iter().map(|protocol| protocol.name()).collect();
            let text = if protocols.is_empty() {
                what
            } else {
                self.page.tell(&message!("For {protocols}: {what}", protocols = protocols, what = what))
            };
            lines.extend(self.page.prose(&text));
            lines.extend(switch.url.iter().map(|url| self.verbatim(url)));
        }
        let heading = self.page.word("To turn on at the provider first");
        self.page.section(&heading, &lines);
    }

    fn notes(&mut self) {
        if let Some(note) = &self.provider().note {
            let heading = self.page.word("Good to know");
            let lines = self.page.prose(&self.note(note));
            self.page.section(&heading, &lines);
        }
    }

    /// What may still stand in a program: what works there may stay, what is gone may not.
    fn former(&mut self) {
        let today = self.options.today;
        let sets = self
            .answer
            .former_sets()
            .into_iter()
            .map(|set| (is_gone(set.status, set.until, today), self.former_set(set)));
        let hosts = self.provider().retired_hosts.iter();
        let hosts = hosts.map(|host| (is_gone(host.status, host.until, today), self.retired(host)));
        let (gone, old): (Vec<_>, Vec<_>) = sets.chain(hosts).partition(|(gone, _)| *gone);
        let headings = [
            (message!("Out of date (what works with it may stay)"), old),
            (message!("No longer, or never, to be entered"), gone),
        ];
        for (heading, rows) in headings {
            let rows: Vec<Vec<String>> = rows.into_iter().map(|(_, row)| row).collect();
            let heading = self.page.tell(&heading);
            self.page.section(&heading, &self.page.table(&rows));
        }
    }

    fn former_set(&self, set: &ServerSet) -> Vec<String> {
        let is_right_host = self.answer.usable_sets().iter().any(|usable| usable.host == set.host);
        let only = "The server itself is right, but with another port or security.";
        let only = Some(self.page.word(only)).filter(|_| is_right_host);
        let fate = self.fate(set.status, set.until, None, set.note.as_ref());
        let fate = in_a_row(&[vec![fate], only.into_iter().collect()].concat());
        let port = format!("{} {}", set.port, self.page.tell(&words::security(set.security)));
        vec![set.protocol.name().to_owned(), self.verbatim(&set.host), port, fate]
    }

    fn retired(&self, host: &RetiredHost) -> Vec<String> {
        let protocols: Vec<&str> = host.protocols.iter().map(|protocol| protocol.name()).collect();
        let fate = self.fate(host.status, host.until, host.successor.as_deref(), host.note.as_ref());
        vec![protocols.join("/"), self.verbatim(&host.host), String::new(), fate]
    }

    fn fate(&self, status: Status, until: Option<Date>, successor: Option<&str>, note: Option<&Note>) -> String {
        let gone = is_gone(status, until, self.options.today);
        let fate = match (status, until) {
            (Status::Never, _) => message!("Is no server for mail programs."),
            (_, Some(day)) if gone => message!("Switched off on {day}.", day = day),
            (_, None) if gone => message!("Switched off."),
            (_, Some(day)) => message!("Will be switched off on {day}.", day = day),
            (Status::Retiring, None) => message!("Will be switched off."),
            _ => message!("Out of date."),
        };
        let mut parts = vec![self.page.tell(&fate)];
        parts.extend(successor.map(|host| self.page.tell(&message!("Use {host}.", host = host))));
        parts.extend(note.map(|note| self.note(note)));
        in_a_row(&parts)
    }

    /// Where the facts are written, how old and how sure they are.
    fn source(&mut self) {
        let provider = self.provider();
        let checked =
            message!("Checked on {day}: {grade}.", day = provider.checked, grade = words::grade(provider.confidence));
        let mut lines = self.page.prose(&self.page.tell(&checked));
        if provider.checked.months_until(self.options.today) >= STALE_AFTER_MONTHS {
            let old = self.page.word("That is long ago. Compare with the provider's page before you trust it.");
            lines.extend(self.page.prose(&old));
        }
        lines.extend(provider.sources.iter().map(|url| self.verbatim(url)));
        let heading = self.page.word("Where this comes from");
        self.page.section(&heading, &lines);
    }
}
