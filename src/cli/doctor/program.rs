//! The program as it is named on the command line: by its id, or by what people call it.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, Error};
use mailcfg::doctor::Client;

/// Takes a name that fits one program, and says which fit where it fits several.
pub(super) fn parser() -> Parser {
    Parser(PossibleValuesParser::new(Client::ALL.iter().map(|client| client.id())))
}

#[derive(Clone)]
pub(super) struct Parser(PossibleValuesParser);

impl TypedValueParser for Parser {
    type Value = Client;

    fn parse_ref(&self, cmd: &clap::Command, arg: Option<&clap::Arg>, value: &OsStr) -> Result<Client, Error> {
        let meant = Client::meant(&value.to_string_lossy());
        if let [client] = meant[..] {
            return Ok(client);
        }
        // Every id is known by itself, so what comes here is none.
        let known = self.0.parse_ref(cmd, arg, value).map(|id| Client::named(&id).unwrap_or(Client::Other));
        known.map_err(|error| suggesting(error, &meant))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

fn suggesting(mut error: Error, meant: &[Client]) -> Error {
    if !meant.is_empty() {
        let ids = meant.iter().map(|client| client.id().to_owned()).collect();
        error.insert(ContextKind::SuggestedValue, ContextValue::Strings(ids));
    }
    error
}
