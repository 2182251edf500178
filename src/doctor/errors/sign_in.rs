//! Whether a message that is not known has to do with signing in at all: a full mailbox is no reason for a new password.

use super::super::plain::contains;

/// In plain form: サーバー and ユーザー have lost their long mark.
const WORDS: &[&str] = stems![
    "password",
    "passwords",
    "passcode",
    "passphrase",
    "sign in",
    "sign-in",
    "signin",
    "signing in",
    "signed in",
    "log in",
    "log-in",
    "login",
    "logins",
    "log on",
    "logon",
    "logging in",
    "logging on",
    "logged in",
    "username",
    "user name",
    "user names",
    "user id",
    "userid",
    "account name",
    "credential",
    "credentials",
    "auth",
    "authenticate",
    "authenticated",
    "authenticating",
    "authentication",
    "oauth",
    "two-factor",
    "two-step",
    "2-step",
    "verification code",
    "passwort",
    "kennwort",
    "mot de passe",
    "contraseña",
    "senha",
    "wachtwoord",
    "パスワード",
    "パスコード",
    "暗証番号",
    "ログイン",
    "ログオン",
    "サインイン",
    "ユーザ名",
    "ユーザid",
    "アカウント名",
    "認証",
    "資格情報",
    "密码",
    "登录",
];

/// Whether a text in plain form has such a word.
pub(super) fn speaks_of_it(text: &str) -> bool {
    WORDS.iter().any(|word| contains(text, word))
}

#[cfg(test)]
mod tests {
    use super::super::super::plain::plain;
    use super::*;

    #[test]
    fn words_are_plain_and_found_in_sentences() {
        for word in WORDS {
            assert_eq!(&plain(word), word);
        }
        for (text, expected) in [
            ("Please enter your Password.", true),
            ("ユーザー名を確認してください", true),
            ("The blogin page author is out", false),
            ("メールが届きません", false),
        ] {
            assert_eq!(speaks_of_it(&plain(text)), expected, "{text}");
        }
    }
}
