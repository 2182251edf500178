//! Why a command could not do its job, told in the language of the run.

use std::error::Error;
use std::io;

use mailcfg::clients::CannotEdit;
use mailcfg::finding::Message;
use mailcfg::write::WriteError;

use super::terminal::{remark, told};

/// Says why the program failed.
pub(crate) fn report(error: &anyhow::Error) {
    let causes: Vec<String> = error.chain().map(|cause| told(&message(cause))).collect();
    remark(&format!("mailcfg: {}", causes.join(": ")));
}

/// Whether the reader of our output went away, which is no fault.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.into_iter().any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// The sentence of an error that has one; what others say stays as it is.
fn message(error: &(dyn Error + 'static)) -> Message {
    let own = error.downcast_ref::<Message>().cloned();
    let written = || error.downcast_ref::<WriteError>().map(WriteError::message);
    let edited = || error.downcast_ref::<CannotEdit>().map(|error| error.0.clone());
    let system = || error.downcast_ref::<io::Error>().map(Message::from);
    own.or_else(written).or_else(edited).or_else(system).unwrap_or_else(|| Message::verbatim(error.to_string()))
}
