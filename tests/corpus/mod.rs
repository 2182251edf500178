//! Configurations that work: made from every provider file, described one by one, and kept as files.

mod official;
mod plist;
mod sketch;

use std::fmt;
use std::path::PathBuf;

use mailcfg::date::Date;
use mailcfg::finding::Finding;
use mailcfg::lint::{Input, Options, check, read};
use mailcfg::provider::Providers;
use mailcfg::rules::{Context, Run};
use mailcfg::source::Source;

use sketch::{Format, Sketch, Written};

/// A configuration that works, as one run of the program sees it.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) inputs: Vec<Input>,
    pub(crate) options: Options,
}

impl Member {
    fn of_text(name: String, format: Format, text: String) -> Self {
        let source = Source::new(PathBuf::from("mailbox").join(format.file_name()), text.into_bytes());
        let input = Input { client: format.client(), sources: vec![source], named: true, observed: Vec::new() };
        let options = Options { providers: Providers::embedded(), today: Date::new(2026, 11, 24) };
        Self { name, inputs: vec![input], options }
    }

    /// Everything that is said of it.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let documents: Vec<_> = self.inputs.iter().map(read).collect();
        let run = Run::new(&documents);
        let context = |index| Context::new(&run, index, &self.options.providers, self.options.today);
        (0..documents.len()).flat_map(|index| check(&context(index), self.inputs[index].client)).collect()
    }
}

/// Configurations made from every official set of servers.
pub(crate) fn official() -> Vec<Member> {
    official::members()
}

impl fmt::Display for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}> {}, {}", self.address, self.incoming, self.outgoing)
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (protocol, security, way) = (self.protocol.name(), self.security.name(), self.authentication.name());
        write!(f, "{protocol} {}:{} {security} {way} {}", self.host, self.port, self.username)
    }
}
