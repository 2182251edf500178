//! The order in which a published file lists its servers: the first one of a kind is what new accounts get.
//!
//! Shared by the rules on that order; no rule itself.

use super::{Context, ServerView};
use crate::account::Server;

/// The servers for fetching mail and those for sending it, each list in the order of the file.
pub(super) fn lists<'a>(cx: &Context<'a>) -> [Vec<ServerView<'a>>; 2] {
    let (mut incoming, mut outgoing): (Vec<ServerView<'a>>, Vec<ServerView<'a>>) = (Vec::new(), Vec::new());
    for view in cx.public_servers() {
        if view.is_incoming() {
            incoming.push(view);
        } else if !outgoing.iter().any(|known| known.server.port.key == view.server.port.key) {
            outgoing.push(view); // Every account of the file has the same ones.
        }
    }
    [incoming, outgoing].map(|views| of_first_provider(&views))
}

/// A reader takes the first provider of a file only.
fn of_first_provider<'a>(views: &[ServerView<'a>]) -> Vec<ServerView<'a>> {
    let provider = |server: &Server| server.port.key.split('.').next().unwrap_or_default().to_owned();
    let first = views.first().map(|view| provider(view.server));
    views.iter().filter(|view| Some(provider(view.server)) == first).copied().collect()
}
