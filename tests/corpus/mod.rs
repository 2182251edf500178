//! Configurations that work: made from every provider file, described one by one, and kept as files.

mod declaration;
mod filed;
mod named;
pub(crate) mod official;
mod plist;
pub(crate) mod sketch;

use std::fmt;
use std::path::PathBuf;
use std::sync::OnceLock;

use mailcfg::date::Date;
use mailcfg::discover::joined;
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
    findings: OnceLock<Vec<Finding>>,
}

impl Member {
    fn of_files(name: String, format: Format, files: Vec<(String, String)>) -> Self {
        let input = |(name, text): (String, String)| {
            let source = Source::new(PathBuf::from("mailbox").join(name), text.into_bytes());
            Input { client: format.client(), sources: vec![source], named: true, observed: Vec::new() }
        };
        Self::new(name, joined(files.into_iter().map(input).collect()), Providers::embedded())
    }

    fn new(name: String, inputs: Vec<Input>, providers: Providers) -> Self {
        let options = Options::new(providers, Date::new(2026, 11, 24));
        Self { name, inputs, options, findings: OnceLock::new() }
    }

    /// Everything that is said of it as it is.
    pub(crate) fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            let documents: Vec<_> = self.inputs.iter().map(read).collect();
            let run = Run::new(&documents);
            let context = |index: usize| {
                let policy = self.options.controls.of(documents[index].main().path());
                Context::new(&run, index, &self.options.providers, self.options.today).under(&policy.demands)
            };
            (0..documents.len()).flat_map(|index| check(&context(index), self.inputs[index].client)).collect()
        })
    }
}

/// Configurations made from every official set of servers.
pub(crate) fn official() -> Vec<Member> {
    official::members()
}

/// Configurations that are unusual and right, each with a name.
pub(crate) fn named() -> Vec<Member> {
    named::members().into_iter().chain(filed::members()).collect()
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
