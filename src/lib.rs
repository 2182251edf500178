//! mailcfg reads the configuration that mail clients keep, compares it with what the mail provider officially publishes, says
//! what is wrong and why, and mends it.
//!
//! The flow has one direction:
//!
//! 1. [`discover`] finds files and reads them into [`source::Source`]s,
//! 2. a [`clients::Client`] reads them into a [`document::Document`] with accounts,
//! 3. the [`rules`] compare each account with its [`provider`] and give [`finding::Finding`]s,
//! 4. [`report`] prints them, or [`mod@fix`] turns them into edits,
//! 5. [`write`](mod@write) puts the result on the disk, with a backup.
//!
//! Beside it stands the [`doctor`], which says what password a program wants and what an error text means.
//!
//! Everything between the first and the last step is pure: no disk, no clock, no network, no terminal.

pub mod account;
pub mod afterwards;
pub mod certificate;
pub mod clients;
pub mod config;
pub mod date;
pub mod discover;
pub mod doctor;
pub mod document;
pub mod explain;
pub mod finding;
pub mod fix;
pub mod import;
pub mod language;
pub mod lint;
pub mod mdm;
pub mod message;
pub mod page;
pub mod progress;
pub mod provider;
pub mod report;
pub mod rules;
mod secrets;
pub mod selection;
pub mod show;
pub mod source;
pub mod strict_toml;
pub mod suppression;
pub mod syntax;
pub mod write;
