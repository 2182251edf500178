//! What a company asks of its mailboxes beyond what the provider offers, and how it installs its profiles. It comes from `mailcfg.toml`; without one nothing is
//! asked, and the rules that look here are silent.

use crate::certificate::Roots;
use crate::mdm::{Placeholder, Product};
use crate::provider::matches_pattern;

/// The demands on one configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demands {
    /// Encryption from the first byte, also where the provider takes STARTTLS.
    pub implicit_tls: bool,
    /// No POP.
    pub no_pop: bool,
    /// No password in a file, whatever else says that it may be there.
    pub no_secrets: bool,
    /// The domain of user names, in lower case.
    pub username_domain: Option<String>,
    /// Hosts that are right, whatever the provider's facts are. In lower case; `*` stands for a part without a dot.
    pub allowed_hosts: Vec<String>,
    /// The management systems that fill in and install its configuration profiles.
    pub mdm: Vec<&'static Product>,
    /// The certificates to which every signature must lead, if that is asked for.
    pub roots: Option<Roots>,
}

impl Demands {
    /// Nothing is asked.
    pub const NONE: Self = Self {
        implicit_tls: false,
        no_pop: false,
        no_secrets: false,
        username_domain: None,
        allowed_hosts: Vec::new(),
        mdm: Vec::new(),
        roots: None,
    };

    /// Whether the company says that `host` (lower case) is right.
    pub fn allows(&self, host: &str) -> bool {
        self.allowed_hosts.iter().any(|pattern| matches_pattern(pattern, host))
    }

    /// Whether one of its management systems replaces this.
    pub fn fills_in(&self, placeholder: &Placeholder<'_>) -> bool {
        self.mdm.iter().any(|product| product.knows(placeholder))
    }
}
