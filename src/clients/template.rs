//! Files that some program makes configuration from, and that are none yet.

use crate::finding::Message;
use crate::message;
use crate::source::Source;

/// What template languages write and configuration never does.
pub(super) const MARKS: &[&str] = &["{%", "{{#", "{{/", "<?php", "<?=", "<%", "<{{", "<${"];

/// Says so if one of `marks` shows that the text is a template.
pub(super) fn reason(source: &Source, marks: &[&str]) -> Option<Message> {
    let mark = marks.iter().find(|mark| memchr::memmem::find(source.bytes(), mark.as_bytes()).is_some())?;
    Some(message!(
        "it is a template (it contains {mark}) and nothing that a mail program reads; check the file that is made from it",
        mark = mark
    ))
}
