//! From the form of a user name to the name itself, or to words for it.

use super::UsernameForm;
use crate::finding::Message;
use crate::message;

impl UsernameForm {
    /// The user name of this form, where it follows from the address.
    pub fn name_for(self, address: &str) -> Option<String> {
        let (local, domain) = address.rsplit_once('@')?;
        match self {
            Self::FullAddress => Some(address.to_owned()),
            Self::LocalPart => Some(local.to_owned()),
            Self::LocalDotDomain => Some(format!("{local}.{domain}")),
            Self::IssuedId => None,
        }
    }

    /// What to type: the name itself where the address is known, else in words.
    pub fn in_words(self, address: Option<&str>) -> Message {
        if let Some(name) = address.and_then(|address| self.name_for(address)) {
            return Message::verbatim(name);
        }
        match self {
            Self::FullAddress => message!("your whole mail address"),
            Self::LocalPart => message!("the part of your mail address before the @"),
            Self::LocalDotDomain => message!("your mail address with a dot in place of the @"),
            Self::IssuedId => message!("the user name that the provider gave you"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_from_the_address_or_is_put_in_words() {
        for (form, name) in [
            (UsernameForm::FullAddress, "taro@example.jp"),
            (UsernameForm::LocalPart, "taro"),
            (UsernameForm::LocalDotDomain, "taro.example.jp"),
            (UsernameForm::IssuedId, "the user name that the provider gave you"),
        ] {
            assert_eq!(form.in_words(Some("taro@example.jp")).to_string(), name);
        }
        assert_eq!(UsernameForm::LocalPart.in_words(None).to_string(), "the part of your mail address before the @");
    }
}
