//! The ways in which people and programs spoil a configuration, each with the rules of which one must find it.

mod around;
mod files;
mod hosts;
mod patient;
mod servers;
mod surgery;

pub(crate) use patient::{Cuts, Patient};

/// A kind of damage.
pub(crate) struct Damage {
    /// What it is called in the table.
    pub(crate) name: &'static str,
    /// The rules that may find it.
    pub(crate) rules: &'static [&'static str],
    /// What it does to the file of a mailbox, if it can.
    pub(crate) make: fn(&Patient<'_>) -> Cuts,
    /// Whether it changes values of a server and nothing else, so that the result may happen to be right.
    pub(crate) may_be_right: bool,
    /// Whether it spoils the address and not a server.
    pub(crate) is_of_address: bool,
    /// Why nothing is said where nothing is, beyond the reasons that hold for every kind.
    pub(crate) miss: Option<&'static str>,
}

impl Damage {
    /// Changes values of one server.
    const fn server(name: &'static str, rules: &'static [&'static str], make: fn(&Patient<'_>) -> Cuts) -> Self {
        Self { name, rules, make, may_be_right: true, is_of_address: false, miss: None }
    }

    /// Takes something out of the file or puts something into it.
    const fn file(name: &'static str, rules: &'static [&'static str], make: fn(&Patient<'_>) -> Cuts) -> Self {
        Self { name, rules, make, may_be_right: false, is_of_address: false, miss: None }
    }

    /// Spoils the address.
    const fn address(name: &'static str, make: fn(&Patient<'_>) -> Cuts) -> Self {
        let rules = &["invalid-address", "address-domain-misspelled"];
        Self { name, rules, make, may_be_right: false, is_of_address: true, miss: None }
    }

    const fn missed_where(mut self, reason: &'static str) -> Self {
        self.miss = Some(reason);
        self
    }
}

/// Every kind.
pub(crate) fn damages() -> Vec<&'static Damage> {
    [hosts::DAMAGES, servers::DAMAGES, files::DAMAGES, around::DAMAGES].into_iter().flatten().collect()
}
