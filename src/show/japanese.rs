//! The fixed sentences of `show` in Japanese, in the words of Japanese mail programs.
//!
//! A plain table from the English sentence to the Japanese one, so that a catalogue for the whole program can take it over.

/// The sentence for an English one.
pub(super) fn sentence(english: &str) -> Option<&'static str> {
    SENTENCES.iter().find(|(known, _)| *known == english).map(|(_, japanese)| *japanese)
}

const SENTENCES: &[(&str, &str)] = &[
    // The frame.
    ("{provider}: settings for {address}", "{provider}：{address} の設定"),
    ("{provider}: settings for mail programs", "{provider}：メールソフトの設定"),
    (
        "The mail of this domain arrives at {host}, so these are the settings of that provider. If they do not work, ask whoever looks after the domain: the mailbox may be somewhere else.",
        "このドメイン宛てのメールは {host} に届くため、そのサービスの設定を示します。この設定で接続できないときは、メールボックスが別の場所にある可能性があります。ドメインの管理者にお問い合わせください。",
    ),
    (
        "This service ended on {day}. No setting brings its mail back.",
        "このサービスは {day} に終了しました。どのように設定しても、メールの送受信はできません。",
    ),
    (
        "This service is said to have ended on {day}. No setting would bring its mail back.",
        "このサービスは {day} に終了したと伝えられています。どのように設定しても、メールの送受信はできないと考えられます。",
    ),
    (
        "This service ends on {day}. Move to another address before then.",
        "このサービスは {day} に終了します。それまでに、ほかのメールアドレスへ移行してください。",
    ),
    (
        "No mail program can be used with this address: the provider offers only its own app or web page. There is nothing to set up here.",
        "このアドレスはメールソフトでは使えません。サービス専用のアプリまたは Web ページだけで利用できます。メールソフトに設定する項目はありません。",
    ),
    (
        "A mail program cannot connect to this provider directly. A bridge program of the provider's must run on the same computer, and the mail program connects to that. Take server, port and password from the bridge's own window.",
        "メールソフトから、このサービスに直接接続することはできません。サービスが提供するブリッジ（中継ソフト）を同じパソコンで動かし、メールソフトはそのブリッジに接続します。サーバー、ポート、パスワードは、ブリッジの画面に表示されるものを入力してください。",
    ),
    (
        "No reliable settings for mail programs are known here. Look on the provider's own help page, and do not guess.",
        "信頼できるメールソフト用の設定は確認できていません。推測で入力せず、サービスの公式ヘルプページでご確認ください。",
    ),
    (
        "No server that works today is known for this address. Look on the provider's own help page.",
        "このアドレスで現在使えるサーバーは確認できていません。サービスの公式ヘルプページでご確認ください。",
    ),
    // The table.
    ("Incoming mail server (IMAP)", "受信サーバー（IMAP）"),
    ("Incoming mail server (POP3)", "受信サーバー（POP3）"),
    ("Incoming mail server (POP3), instead of IMAP", "受信サーバー（IMAP の代わりに POP3 を使う場合）"),
    ("Outgoing mail server (SMTP)", "送信サーバー（SMTP）"),
    ("Exchange server", "Exchange サーバー"),
    ("Server", "サーバー"),
    ("Port", "ポート"),
    ("Connection security", "接続の保護"),
    ("User name", "ユーザー名"),
    ("Authentication", "認証方式"),
    ("Password", "パスワード"),
    ("Remark", "備考"),
    ("SSL/TLS", "SSL/TLS"),
    ("STARTTLS", "STARTTLS"),
    ("None", "なし"),
    (
        "{none} (mail and password can be read on the way)",
        "{none}（暗号化されないため、メールやパスワードを途中で盗み見られるおそれがあります）",
    ),
    ("none", "なし"),
    (", ", "、"),
    (", or ", "、または"),
    // User names.
    ("your whole mail address", "メールアドレス全体"),
    ("the part of your mail address before the @", "メールアドレスの @ より前の部分"),
    ("your mail address with a dot in place of the @", "メールアドレスの @ を「.」に置き換えたもの"),
    ("the user name that the provider gave you", "サービスから発行された ID"),
    ("not known; most often your whole mail address", "確認できていません（多くの場合はメールアドレス全体です）"),
    ("{name} (if that is refused: {others})", "{name}（接続できないときは、{others}）"),
    // Authentication.
    ("No authentication", "認証なし"),
    ("Normal password", "通常のパスワード認証"),
    ("Encrypted password", "暗号化されたパスワード認証"),
    ("NTLM", "NTLM"),
    ("Kerberos / GSSAPI", "Kerberos / GSSAPI"),
    ("TLS certificate", "TLS 証明書"),
    ("OAuth2", "OAuth2"),
    ("not known; most often \"Normal password\"", "確認できていません（多くの場合は「通常のパスワード認証」です）"),
    // Passwords, in a few words.
    ("none: sign in in the window that opens", "入力不要（開いた画面でサインインします）"),
    ("an app password (see below)", "アプリ パスワード（下記をご覧ください）"),
    (
        "the mail password that the provider issues (see below)",
        "サービスが発行するメール専用パスワード（下記をご覧ください）",
    ),
    ("the password of the mailbox (see below)", "メールボックスのパスワード（下記をご覧ください）"),
    ("the same as on the provider's web page", "Web メールと同じパスワード"),
    ("the one that the bridge program shows (see below)", "ブリッジの画面に表示されるパスワード（下記をご覧ください）"),
    ("the one that your company names", "会社から案内されたパスワード"),
    ("none works", "使えるパスワードはありません"),
    ("not known for certain (see below)", "確認できていません（下記をご覧ください）"),
    (
        "none with OAuth2 (sign in in the window that opens); otherwise {password}",
        "OAuth2 を選ぶ場合は入力不要（開いた画面でサインインします）。それ以外は、{password}",
    ),
    // The same in sentences.
    (
        "No password is typed into the mail program: it opens a browser window, and you sign in there.",
        "メールソフトにパスワードは入力しません。ブラウザーの画面が開くので、そこでサインインしてください。",
    ),
    (
        "An app password: a password of its own that you make on the provider's account page for one mail program. The password with which you sign in on the web does not work.",
        "アプリ パスワードを使います。サービスのアカウント画面で、メールソフトごとに作成する専用のパスワードです。Web でサインインするときのパスワードでは接続できません。",
    ),
    (
        "A password for mail programs only, which the provider issues. The password with which you sign in on the web does not work.",
        "サービスが発行する、メールソフト専用のパスワードを使います。Web でログインするときのパスワードでは接続できません。",
    ),
    (
        "The password of the mailbox itself. It is not that of the provider's customer page, nor that of the internet connection.",
        "メールボックス（メールアカウント）のパスワードを使います。会員ページや管理画面のパスワード、インターネット接続用のパスワードとは別のものです。",
    ),
    (
        "The same password with which you sign in to the mail on the web.",
        "Web メールにログインするときと同じパスワードを使います。",
    ),
    (
        "The password that the provider's bridge program on your computer shows. The password of the account does not work.",
        "パソコンで動かしているブリッジの画面に表示されるパスワードを使います。アカウントのパスワードでは接続できません。",
    ),
    (
        "The one that your company names. Ask there before you try others.",
        "会社から案内されたパスワードを使います。ほかのパスワードを試す前に、社内の担当者にご確認ください。",
    ),
    ("No password works in a mail program.", "メールソフトで使えるパスワードはありません。"),
    (
        "Which password mail programs need here is not known for certain. See whether the provider's own page names an app password or a mail password; if it names none, use the one that works for the mail on the web.",
        "メールソフトに必要なパスワードの種類は確認できていません。公式ページに「アプリ パスワード」や「メールパスワード」の案内があるかご確認ください。案内がなければ、Web メールにログインできるパスワードをお使いください。",
    ),
    (
        "Once two-factor sign-in is on, it is another one:",
        "2 段階認証（2 要素認証）を有効にしている場合は、別のパスワードが必要です。",
    ),
    (
        "A program that can sign in through the browser (OAuth2) needs no password: choose OAuth2 there.",
        "ブラウザーでのサインイン（OAuth2）に対応したメールソフトでは、パスワードは不要です。認証方式で OAuth2 を選んでください。",
    ),
    (
        "The password of the account itself has been refused since {day}.",
        "アカウントのパスワードは {day} から使えなくなっています。",
    ),
    (
        "Two-factor sign-in must be turned on first; without it there is no such password.",
        "先に 2 段階認証（2 要素認証）を有効にする必要があります。有効にしないと、このパスワードは作成できません。",
    ),
    ("How to get it: {steps}", "入手方法：{steps}"),
    ("You can look at it again there at any time.", "このパスワードは、あとからもう一度確認できます。"),
    (
        "It is not shown a second time. If it is lost, get a new one and enter that everywhere.",
        "このパスワードを再表示することはできません。わからなくなったときは新しいパスワードを取得し、すべてのメールソフトに入力し直してください。",
    ),
    // Remarks on a server.
    (
        "The * stands for a part of your own. The provider's customer page, or the letter that came with the address, shows the whole name.",
        "「*」の部分はお客さまごとに異なります。会員ページや管理画面、または開通時の書類で、正式なサーバー名をご確認ください。",
    ),
    ("Only for addresses at {domains}.", "{domains} のアドレス専用です。"),
    ("Named by one source only.", "情報源が 1 つしかありません。"),
    // Sections.
    ("Accepted as well", "次の設定も使えます"),
    ("Without the bridge", "ブリッジを使わない場合"),
    (
        "IMAP is the usual choice: the mail stays at the provider, and every device shows the same. POP3 fetches it to one computer.",
        "通常は IMAP をお使いください。メールはサーバーに残り、どの端末からも同じ内容を見られます。POP3 は、メールを 1 台のパソコンに取り込む方式です。",
    ),
    ("The password", "パスワードについて"),
    ("To turn on at the provider first", "先にサービス側で有効にする項目"),
    ("For {protocols}: {what}", "{protocols}：{what}"),
    ("Good to know", "ご注意"),
    ("No longer, or never, to be entered", "入力してはいけないサーバー（終了したものなど）"),
    ("Where this comes from", "情報の出どころ"),
    // What became of a server.
    ("Is no server for mail programs.", "メールソフト用のサーバーではありません。"),
    ("Switched off on {day}.", "{day} に終了しました。"),
    ("Switched off.", "終了しました。"),
    ("Will be switched off on {day}.", "{day} に終了する予定です。"),
    ("Will be switched off.", "終了する予定です。"),
    ("Out of date.", "以前の設定です。"),
    ("Use {host}.", "{host} を使ってください。"),
    // How old and how sure.
    ("Checked on {day}: {grade}.", "{day} に確認（{grade}）"),
    ("read on the provider's own page", "公式ページで確認済み"),
    ("at least two independent sources agree", "独立した 2 つ以上の情報源が一致"),
    ("one source only, so it may be wrong", "情報源は 1 つだけのため、誤りの可能性があります"),
    (
        "That is long ago. Compare with the provider's page before you trust it.",
        "確認から長い時間がたっています。サービスの公式ページと見比べてからお使いください。",
    ),
    // No answer.
    ("This is no mail address: {input} ({why}).", "メールアドレスとして読み取れません：{input}（{why}）"),
    (
        "Type a mail address such as name@example.jp, or only what stands after the @.",
        "name@example.jp のようなメールアドレス、または @ より後ろの部分だけを入力してください。",
    ),
    ("nothing was typed", "何も入力されていません"),
    ("it has a blank in it", "空白が入っています"),
    ("the domain after the @ is missing", "@ より後ろの部分がありません"),
    ("the part before the @ is missing", "@ より前の部分がありません"),
    ("there is more than one @ in it", "@ が 2 つ以上あります"),
    ("the part before the @ is too long", "@ より前の部分が長すぎます"),
    ("{domain} is no domain", "{domain} はドメイン名として正しくありません"),
    (
        "the character {character} cannot stand in an address",
        "メールアドレスに使えない文字 {character} が含まれています",
    ),
    ("No official settings are known for {what}.", "{what} の公式な設定は見つかりませんでした。"),
    ("No provider of the name {what} is known.", "{what} という名前のサービスは見つかりませんでした。"),
    ("Did you mean {near}?", "{near} ではありませんか？"),
    (
        "`mailcfg list providers` names them all; a mail address or its domain will do too.",
        "`mailcfg list providers` で一覧を表示できます。メールアドレスやドメインでも調べられます。",
    ),
    (
        "If it is the domain of a company or your own, its mail may be kept at a provider that is known. Ask for the host that takes its mail (the MX record), and run: mailcfg show --mx HOST {domain}",
        "会社や個人の独自ドメインの場合、メールは別のサービスで運用されていることがあります。メールを受け取るホスト（MX レコード）を管理者に確認し、次のように実行してください：mailcfg show --mx HOST {domain}",
    ),
    (
        "The mail exchanger {hosts} leads to no known provider either. It may be a filter in front of the mailbox.",
        "MX ホスト {hosts} からも、サービスを特定できませんでした。メールボックスの手前に置かれたフィルターの可能性があります。",
    ),
    (
        "Otherwise look for \"IMAP\" on the help page of whoever gave you the address, or in the letter that came with it. At work or at school ask whoever looks after the computers. Do not guess: a server that does not exist or belongs to somebody else may get your password.",
        "それ以外の場合は、アドレスを発行した会社のヘルプページや契約時の書類で「IMAP」の項目をご確認ください。会社や学校のアドレスは、システム担当者にお問い合わせください。推測したサーバー名は入力しないでください。他人のサーバーにパスワードを送ってしまうおそれがあります。",
    ),
    // What autoconfig cannot say.
    (
        "the provider's servers are not known, so there is nothing to write",
        "サーバーが確認できていないため、書き出せる設定がありません",
    ),
    (
        "a mail program cannot connect to this provider directly",
        "メールソフトから、このサービスに直接接続することはできません",
    ),
    (
        "the user name is one that the provider issues; autoconfig can only say what follows from the address",
        "ユーザー名がサービスから発行される ID のため、autoconfig では表せません（アドレスから決まる内容しか書けません）",
    ),
    (
        "the name of the server differs from customer to customer; autoconfig can only say what follows from the address",
        "サーバー名がお客さまごとに異なるため、autoconfig では表せません（アドレスから決まる内容しか書けません）",
    ),
    (
        "autoconfig is made for a domain: name one, or an address",
        "autoconfig はドメインごとに作成します。ドメインまたはメールアドレスを指定してください",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The string literals of a source file that are sentences or words for people.
    fn literals(code: &str) -> Vec<String> {
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        let parts = code.replace("\\\"", "\u{0}");
        let parts: Vec<String> = parts.split('"').map(|part| part.replace('\u{0}', "\"")).collect();
        parts.into_iter().skip(1).step_by(2).collect()
    }

    #[test]
    fn every_sentence_is_translated_and_none_is_left_over() {
        let code = [
            include_str!("text.rs"),
            include_str!("words.rs"),
            include_str!("unresolved.rs"),
            include_str!("resolve.rs"),
            include_str!("autoconfig.rs"),
            include_str!("../provider/username.rs"),
        ];
        let used: Vec<String> = code.iter().flat_map(|code| literals(code)).collect();
        for (english, _) in SENTENCES {
            assert!(used.iter().any(|used| used == english), "nobody says: {english}");
        }
        let texts = code[..3].iter().flat_map(|code| literals(code));
        let is_sentence = |text: &String| text.contains(' ') && text.chars().any(char::is_alphabetic);
        for text in texts.filter(is_sentence) {
            assert!(sentence(&text).is_some(), "not translated: {text}");
        }
    }

    #[test]
    fn arguments_are_the_same_in_both_languages() {
        let arguments = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
                .collect();
            names.sort();
            names
        };
        for (english, japanese) in SENTENCES {
            assert_eq!(arguments(english), arguments(japanese), "{english}");
        }
    }
}
