//! What can be said of a server without encryption, and what would mend it.
//!
//! Several rules meet cleartext: the line says so, the line is absent, the line is an old one, the switch is off on a port for
//! TLS. Which of them reports is decided by [`cleartext`] and [`Case`]; what the mend is, is the same for all.

use super::view::{change, pair};
use super::{Context, ServerView, hosts, smtp_port_25};
use crate::account::{Protocol, Security};
use crate::document::Seen;
use crate::finding::{Change, Confidence, Message, Severity, Value};
use crate::provider::{ServerSet, Status};

/// Public servers that are used without encryption on a port that is for it, with nothing else wrong at that setting.
pub(super) fn cleartext<'a>(cx: &Context<'a>) -> Vec<ServerView<'a>> {
    let mut views = hosts::reachable(cx);
    views.retain(|view| {
        let server = view.server;
        let tls_port = server.port.is_written() && is_tls_port(view);
        server.security.value == Security::None && !tls_port && !is_left_to_others(cx, view)
    });
    views
}

/// Whether the port is one for encryption from the first byte.
pub(super) fn is_tls_port(view: &ServerView<'_>) -> bool {
    view.server.port_number().and_then(Security::of_port) == Some(Security::Tls)
}

/// Whether the file has a fault at this setting that other rules report.
pub(super) fn is_left_to_others(cx: &Context<'_>, view: &ServerView<'_>) -> bool {
    cx.observations().any(|seen| {
        seen.key == view.server.security.key
            && matches!(seen.seen, Seen::OpportunisticTls { .. } | Seen::WrongType { .. } | Seen::UnknownValue { .. })
    })
}

/// Whether the encryption is nowhere written and only follows, as is assumed, from the port.
pub(super) fn is_assumed(view: &ServerView<'_>) -> bool {
    view.document.client == "declaration"
}

/// How a server without encryption stands to what its provider offers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Case<'a> {
    /// The provider offers this instead, and not what is set.
    Against(&'a ServerSet),
    /// The provider wants this instead, though what is set still works.
    Outdated(&'a ServerSet),
    /// The provider allows what is set, and offers this too.
    Allowed(&'a ServerSet),
    /// The provider offers nothing else.
    OnlyWay(&'a ServerSet),
    /// It is the provider's host, and nothing encrypted is known of it.
    NoneKnown,
    /// Nothing is known of the host.
    Unknown,
}

impl<'a> Case<'a> {
    /// Which it is.
    pub(super) fn of(view: &ServerView<'a>) -> Self {
        if !view.is_at_provider() {
            return Self::Unknown;
        }
        let current = view.current_set().filter(|set| set.status < Status::Retired);
        match (view.nearest_encrypted_set(), current) {
            (Some(set), None) => Self::Against(set),
            (Some(set), Some(current)) if current.is_usable() => Self::Allowed(set),
            (Some(set), Some(_)) => Self::Outdated(set),
            (None, Some(current)) if current.is_usable() => Self::OnlyWay(current),
            (None, _) => Self::NoneKnown,
        }
    }

    /// The set that speaks for the case.
    pub(super) const fn set(self) -> Option<&'a ServerSet> {
        match self {
            Self::Against(set) | Self::Outdated(set) | Self::Allowed(set) | Self::OnlyWay(set) => Some(set),
            Self::NoneKnown | Self::Unknown => None,
        }
    }

    /// The set to change to.
    pub(super) const fn target(self) -> Option<&'a ServerSet> {
        match self {
            Self::Against(set) | Self::Outdated(set) | Self::Allowed(set) => Some(set),
            Self::OnlyWay(_) | Self::NoneKnown | Self::Unknown => None,
        }
    }

    /// How bad it is, and how sure.
    pub(super) fn graded(self, view: &ServerView<'_>) -> (Severity, Confidence) {
        match self {
            Self::Against(set) => at_least_a_warning(view.graded(Severity::Error, Some(set))),
            Self::Outdated(set) => at_least_a_warning(view.graded(Severity::Warning, Some(set))),
            Self::Allowed(_) | Self::OnlyWay(_) => (Severity::Info, Confidence::High),
            Self::NoneKnown => view.graded(Severity::Warning, None),
            Self::Unknown => view.capped(Severity::Warning, Confidence::High),
        }
    }

    /// Everything that has to change, if that is known.
    pub(super) fn changes(self, view: &ServerView<'_>) -> Vec<Change> {
        match self {
            Self::Against(set) | Self::Outdated(set) | Self::Allowed(set) => view.mend(set),
            Self::Unknown if is_between_servers(view) => smtp_port_25::submission(view),
            Self::Unknown => by_port(view).into_iter().collect(),
            Self::OnlyWay(_) | Self::NoneKnown => Vec::new(),
        }
    }

    /// The right pair in words: "993 with SSL/TLS".
    pub(super) fn expected(self, view: &ServerView<'_>) -> Option<Message> {
        match self {
            Self::Unknown if is_between_servers(view) => Some(pair(587, Security::StartTls)),
            Self::Unknown => usual(view).map(|security| pair(view.server.port.value, security)),
            known => known.target().map(|set| pair(set.port, set.security)),
        }
    }
}

/// Port 25, of which `smtp-port-25` says that it is not for mail programs: the two are mended alike.
fn is_between_servers(view: &ServerView<'_>) -> bool {
    view.server.protocol.value == Protocol::Smtp && view.server.port.value == 25 && view.server.port.is_written()
}

/// Doubt about what else is offered makes cleartext no better.
fn at_least_a_warning((severity, confidence): (Severity, Confidence)) -> (Severity, Confidence) {
    (severity.max(Severity::Warning), confidence)
}

/// What belongs to the port.
pub(super) fn usual(view: &ServerView<'_>) -> Option<Security> {
    view.server.port_number().and_then(Security::of_port)
}

/// The security that belongs to the port.
pub(super) fn by_port(view: &ServerView<'_>) -> Option<Change> {
    let server = view.server;
    usual(view).map(|security| change(&server.security, server.security.value.name(), Value::Security(security)))
}
