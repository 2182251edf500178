//! Which question comes next, and what an answer means: the dialogue without terminal and without line ends.
//!
//! Only what can change the answer is asked, and every question may be left open.

use unicode_normalization::UnicodeNormalization;

use super::decision::{Way, decide, offers_browser, way};
use super::errors::Triage;
use super::{Changed, Client, Question, clients, login};
use crate::finding::Message;
use crate::message;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Whether it is a mailbox of a company or school.
    Company,
    /// The mail program.
    Client,
    /// What changed last.
    Changed,
    /// Whether two-factor sign-in is on.
    TwoFactor,
    /// Whether the web page works.
    Webmail,
    /// Whether another device works.
    OtherDevice,
    /// The text of the error.
    Error,
    /// Whether that asks for a name or a password.
    AsksForPassword,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As on the command line.
    pub id: &'static str,
    /// For people.
    pub label: Message,
}

/// A question to put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What it is about.
    pub topic: Topic,
    /// The question.
    pub question: Message,
    /// The answers; empty where text is wanted.
    pub choices: Vec<Choice>,
}

/// The order of the questions.
const ORDER: [Topic; 8] = [
    Topic::Company,
    Topic::Client,
    Topic::Changed,
    Topic::TwoFactor,
    Topic::Webmail,
    Topic::OtherDevice,
    Topic::Error,
    Topic::AsksForPassword,
];

/// The next question to put, if any is left that can change the answer. `asked` holds those that were put already.
pub fn next_question(question: &Question<'_>, asked: &[Topic]) -> Option<Ask> {
    if matches!(way(question, None), Way::Ended | Way::OwnApp) {
        return None;
    }
    let is_open = |topic: &Topic| !asked.contains(topic) && topic.matters(question);
    ORDER.into_iter().find(is_open).map(Topic::ask)
}

impl Topic {
    /// Whether the answer is not known yet and could change something.
    fn matters(self, question: &Question<'_>) -> bool {
        match self {
            Self::Company => question.company.is_none() && question.provider.is_none(),
            Self::Client => question.client.is_none(),
            Self::Changed => question.changed.is_none(),
            Self::TwoFactor => question.has_two_factor().is_none() && depends_on_two_factor(question),
            Self::Webmail => question.webmail.is_none(),
            Self::OtherDevice => question.other_device.is_none(),
            Self::Error => question.error.is_none(),
            Self::AsksForPassword => {
                question.asks_for_password.is_none()
                    && question.error.as_ref().is_some_and(|text| Triage::of(text).is_silent())
            }
        }
    }

    fn ask(self) -> Ask {
        let (question, choices): (Message, Vec<Choice>) = match self {
            Self::Company => (message!("Is it the address of a company or a school?"), yes_or_no()),
            Self::Client => (
                message!("Which mail program asks for the password?"),
                Client::ALL.iter().map(|client| Choice { id: client.id(), label: client_label(*client) }).collect(),
            ),
            Self::Changed => (
                message!("What changed last?"),
                Changed::ALL
                    .iter()
                    .map(|changed| Choice { id: changed.id(), label: changed_label(*changed) })
                    .collect(),
            ),
            Self::TwoFactor => (
                message!("Is two-factor sign-in on? It is if signing in on the web also asks for a code."),
                yes_or_no(),
            ),
            Self::Webmail => (message!("Does the mail work on the provider's web page?"), works_or_fails()),
            Self::OtherDevice => (message!("Does the mail work on another device?"), works_or_fails()),
            Self::Error => (
                message!("What does the program say? Paste it, then press Enter twice. Leave passwords out."),
                Vec::new(),
            ),
            Self::AsksForPassword => {
                (message!("This message is not known here. Does it ask for a name or a password?"), it_does_or_not())
            }
        };
        Ask { topic: self, question, choices }
    }
}

/// Whether knowing it would lead to another row of the table.
fn depends_on_two_factor(question: &Question<'_>) -> bool {
    let (way, offered) = (way(question, None), offers_browser(question));
    let browser = clients::browser(question.client, login::host(question).unwrap_or_default());
    let with = |two_factor| decide(way, offered, browser, Some(two_factor));
    !std::ptr::eq(with(true), with(false))
}

impl Ask {
    /// Writes the answer into the question. Nothing typed means "not known".
    ///
    /// # Errors
    ///
    /// What was typed is none of the choices.
    pub fn answer(&self, typed: &str, question: &mut Question<'_>) -> Result<(), Message> {
        let text = typed.trim();
        if text.is_empty() {
            return Ok(());
        }
        if self.choices.is_empty() {
            question.error = Some(text.to_owned());
            return Ok(());
        }
        let id = self.chosen(text).ok_or_else(|| {
            message!("type a number from 1 to {last}, or press Enter if you do not know", last = self.choices.len())
        })?;
        let yes = matches!(id, "yes" | "works");
        match self.topic {
            Topic::Company => question.company = Some(yes),
            Topic::Client => question.client = Client::named(id),
            Topic::Changed => question.changed = Changed::ALL.iter().copied().find(|changed| changed.id() == id),
            Topic::TwoFactor => question.two_factor = Some(yes),
            Topic::Webmail => question.webmail = Some(yes),
            Topic::OtherDevice => question.other_device = Some(yes),
            Topic::AsksForPassword => question.asks_for_password = Some(yes),
            Topic::Error => {}
        }
        Ok(())
    }

    /// By its number, in any width, or by its name.
    fn chosen(&self, text: &str) -> Option<&'static str> {
        let text: String = text.nfkc().collect::<String>().to_lowercase();
        if let Ok(number) = text.trim_end_matches('.').parse::<usize>() {
            return self.choices.get(number.checked_sub(1)?).map(|choice| choice.id);
        }
        let meant: &[&str] = match &*text {
            "y" | "yes" | "はい" => &["yes", "works"],
            "n" | "no" | "いいえ" => &["no", "fails"],
            other => &[other],
        };
        let by_id = self.choices.iter().find(|choice| meant.contains(&choice.id)).map(|choice| choice.id);
        let by_alias = || match Client::meant(&text)[..] {
            [client] if self.topic == Topic::Client => Some(client.id()),
            _ => None,
        };
        by_id.or_else(by_alias)
    }
}

fn yes_or_no() -> Vec<Choice> {
    vec![Choice { id: "yes", label: message!("yes, it is") }, Choice { id: "no", label: message!("no, it is not") }]
}

fn it_does_or_not() -> Vec<Choice> {
    vec![Choice { id: "yes", label: message!("yes, it does") }, Choice { id: "no", label: message!("no, it does not") }]
}

fn works_or_fails() -> Vec<Choice> {
    vec![Choice { id: "works", label: message!("it works") }, Choice { id: "fails", label: message!("it fails") }]
}

fn client_label(client: Client) -> Message {
    match client {
        Client::Thunderbird => message!("Thunderbird on a computer"),
        Client::ThunderbirdAndroid => message!("Thunderbird or K-9 Mail on Android"),
        Client::AppleMail => message!("Mail on a Mac"),
        Client::IosMail => message!("Mail on an iPhone or iPad"),
        Client::OutlookClassic => message!("Outlook on Windows, the classic one of Office"),
        Client::OutlookNew => message!("Outlook on Windows, the new one"),
        Client::OutlookMac => message!("Outlook on a Mac"),
        Client::AndroidMail => message!("Gmail or another mail app on Android"),
        Client::Other => message!("another one"),
    }
}

fn changed_label(changed: Changed) -> Message {
    match changed {
        Changed::Password => message!("I changed the password"),
        Changed::TwoFactor => message!("I turned on two-factor sign-in"),
        Changed::NewDevice => message!("I have a new phone or computer"),
        Changed::FromOutlook => message!("I moved here from Outlook"),
        Changed::ProviderMoved => message!("the provider changed its servers"),
        Changed::Nothing => message!("nothing that I know of"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Providers;

    fn topics(mut question: Question<'_>, answers: &[(Topic, &str)]) -> Vec<Topic> {
        let mut asked = Vec::new();
        while let Some(ask) = next_question(&question, &asked) {
            let typed = answers.iter().find(|(topic, _)| *topic == ask.topic).map_or("", |(_, typed)| *typed);
            ask.answer(typed, &mut question).expect("a choice");
            asked.push(ask.topic);
        }
        asked
    }

    #[test]
    fn only_what_can_change_the_answer_is_asked() {
        let providers = Providers::embedded();
        let of = |id| Question { provider: providers.get(id), ..Question::default() };
        let rest = [Topic::Webmail, Topic::OtherDevice, Topic::Error];
        let with = |first: &[Topic]| [first, &rest].concat();
        let thunderbird = [(Topic::Client, "1")];
        let other = [(Topic::Client, "other")];
        assert_eq!(topics(of("gmail"), &thunderbird), with(&[Topic::Client, Topic::Changed]));
        assert_eq!(topics(of("gmail"), &other), with(&[Topic::Client, Topic::Changed, Topic::TwoFactor]));
        assert_eq!(topics(of("ocn"), &other), with(&[Topic::Client, Topic::Changed]));
        assert_eq!(topics(of("tuta"), &[]), []);
        assert_eq!(topics(Question::default(), &[]), with(&[Topic::Company, Topic::Client, Topic::Changed]));
        let told = [(Topic::Client, "9"), (Topic::Changed, "two-factor")];
        assert_eq!(topics(of("gmail"), &told), with(&[Topic::Client, Topic::Changed]));
    }

    #[test]
    fn what_a_message_is_about_is_asked_only_where_it_says_nothing() {
        let providers = Providers::embedded();
        for (error, is_asked) in [
            ("frobnication", true),
            ("助けて", true),
            ("frobnication of the password", false),
            ("over quota", false),
            ("", false),
        ] {
            let question = Question { provider: providers.get("gmail"), ..Question::default() };
            let asked = topics(question, &[(Topic::Error, error)]);
            assert_eq!(asked.contains(&Topic::AsksForPassword), is_asked, "{error}");
        }
    }

    #[test]
    fn answers_are_taken_as_people_type_them() {
        let ask = Topic::Client.ask();
        for (typed, expected) in [
            ("1", Some(Client::Thunderbird)),
            ("４", Some(Client::IosMail)),
            ("9.", Some(Client::Other)),
            ("Apple-Mail", Some(Client::AppleMail)),
            ("iPhone", Some(Client::IosMail)),
            ("  ", None),
        ] {
            let mut question = Question::default();
            ask.answer(typed, &mut question).expect("a choice");
            assert_eq!(question.client, expected, "{typed}");
        }
        for typed in ["0", "10", "-1", "hello", "outlook", "99999999999999999999"] {
            assert!(ask.answer(typed, &mut Question::default()).is_err(), "{typed}");
        }
        let mut question = Question::default();
        Topic::Webmail.ask().answer("いいえ", &mut question).expect("a choice");
        assert_eq!(question.webmail, Some(false));
    }
}
