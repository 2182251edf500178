//! Which names speak of a secret, and which words in the place of a name may be one.

/// What the name of a secret ends with: lower case, without blanks and the signs that part words.
pub(super) const WORDS: [&str; 39] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "passwort",
    "kennwort",
    "kenncode",
    "secret",
    "token",
    "apikey",
    "privatekey",
    "credential",
    "credentials",
    "challenge",
    "pwd",
    // In the words of other languages, as their keyboards and their ASCII write them.
    "motdepasse",
    "motpasse",
    "contraseña",
    "contrasena",
    "senha",
    "parolachiave",
    "wachtwoord",
    "lösenord",
    "losenord",
    "adgangskode",
    "salasana",
    "hasło",
    "haslo",
    "heslo",
    "пароль",
    "şifre",
    "パスワード",
    "暗証番号",
    "密码",
    "密碼",
    "授权码",
    "認証コード",
    "비밀번호",
    "암호",
];

/// Short forms, of which other words are full: only as a word of their own.
const SHORT: [&str; 6] = ["pin", "psk", "mdp", "clave", "parola", "sifre"];

/// What people hang on to the name of a secret.
const QUALIFIERS: [&str; 14] = [
    "incoming", "outgoing", "imap", "smtp", "pop", "mail", "email", "value", "text", "string", "old", "new", "plain",
    "base64",
];

/// Whether a setting of this name holds a secret; a slip of the pen in `password` does not make it public.
pub(crate) fn names_a_secret(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let mut rest = compact(&lower);
    if rest.contains("passwordsame") {
        return false;
    }
    loop {
        rest.truncate(rest.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        if speaks_of_a_secret(&rest) {
            return true;
        }
        let Some(len) = QUALIFIERS.iter().find_map(|word| rest.strip_suffix(word)).map(str::len) else { break };
        rest.truncate(len);
    }
    is_short_form(name)
}

/// Without the signs that part words.
fn compact(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '.' | '(' | ')' | '\u{feff}')).collect()
}

fn speaks_of_a_secret(name: &str) -> bool {
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    let is_pass = ends(&["pass", "pw"]) && !ends(&["bypass", "compass"]);
    // `PreSharedKey`, `WEPKey`, `access_key`; the last key of Thunderbird is a number of its own.
    let is_key = name.len() > 3 && ends(&["key"]) && !ends(&["publickey", "hotkey", "lastkey", "monkey", "turkey"]);
    ends(&WORDS) || is_pass || is_key || ends_with_a_slip(name)
}

fn ends_with_a_slip(name: &str) -> bool {
    let may_be = ["pas", "swo", "wor"].iter().any(|part| name.contains(part));
    let tail = |len: usize| name.len().checked_sub(len).and_then(|start| name.get(start..));
    may_be && (6..=10).filter_map(tail).any(|tail| strsim::damerau_levenshtein(tail, "password") <= 2)
}

/// `IncomingPIN`, `wifi_psk`, `pin`.
fn is_short_form(name: &str) -> bool {
    let name = name.trim().trim_end_matches(|c: char| c.is_ascii_digit());
    SHORT.iter().any(|word| {
        let Some(start) = name.len().checked_sub(word.len()) else { return false };
        let Some((before, tail)) = name.split_at_checked(start) else { return false };
        let begins_a_word = !before.ends_with(char::is_alphabetic)
            || (tail.starts_with(char::is_uppercase) && before.ends_with(char::is_lowercase));
        begins_a_word && tail.eq_ignore_ascii_case(word)
    })
}

/// Whether a setting of this name holds a host, into which people paste addresses with a password in them.
pub(crate) fn names_a_host(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    name.ends_with("host") || name.ends_with("hostname")
}

/// Whether a word where a name belongs, and which is none that we know, can be shown: words made of letters. What holds digits or
/// signs, or looks like an app password, may have been typed into the wrong place.
pub(crate) fn is_plain_name(word: &str) -> bool {
    let is_of_words = |c: char| c.is_alphabetic() || matches!(c, '-' | '_' | '.' | ' ');
    let groups: Vec<&str> = word.split(['-', ' ']).collect();
    let is_app_password = groups.len() > 2 && groups.iter().all(|group| group.chars().count() == groups[0].len());
    let is_one_run = word.len() >= 16 && word.chars().all(|c| c.is_ascii_lowercase());
    !word.is_empty() && word.len() <= 80 && word.chars().all(is_of_words) && !is_app_password && !is_one_run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_with_slips_and_numbers() {
        for name in [
            "IncomingPassword",
            " OutgoingPassword ",
            "IncomingPasword",
            "IncomingPassowrd",
            "mail.server.server1.password2",
            "oauth2.refreshToken",
            "SharedSecret",
        ] {
            assert!(names_a_secret(name), "{name}");
        }
        for name in [
            "OutgoingPasswordSameAsIncomingPassword",
            "PayloadScope",
            "SSLForward",
            "Keyword",
            "userName",
            "メール",
            "Bypass",
            "AutoJoin",
            "Mapping",
            "PayloadContent",
            "EnableMail",
            "key",
            "mail.account.lastKey",
            "PublicKey",
        ] {
            assert!(!names_a_secret(name), "{name}");
        }
    }

    #[test]
    fn names_of_secrets_are_known_in_short_and_in_other_languages() {
        for name in [
            "パスワード",
            "受信パスワード",
            "暗証番号",
            "密码",
            "Kennwort",
            "Passwort",
            "MotDePasse",
            "mot de passe",
            "mot_de_passe",
            "Contraseña",
            "senha",
            "Wachtwoord",
            "ПАРОЛЬ",
            "IncomingPW",
            "Incomingpass",
            "pass",
            "PW",
            "PIN",
            "IncomingPin",
            "wifi-psk",
            "API Key",
            "password_imap",
            "PasswordSMTP2",
            "Challenge",
            "PreSharedKey",
            "WEPKey",
            "access_key",
            "認証コード",
            "AuthPass",
            "smtp_pw",
        ] {
            assert!(names_a_secret(name), "{name}");
        }
    }

    #[test]
    fn what_may_be_a_password_is_no_plain_name() {
        for name in ["ab_ignored", "PayloadContent", "メモ", "com.example.note", "SMIME Enabled"] {
            assert!(is_plain_name(name), "{name}");
        }
        for word in ["Hunter2Geheim!", "hunter2", "abcd efgh ijkl mnop", "abcdefghijklmnop", "a=b", "imap://a", ""] {
            assert!(!is_plain_name(word), "{word}");
        }
    }
}
