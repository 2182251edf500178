//! The reader and the edits together, on files as people have them.

mod editing;
mod reading;

use super::*;
use crate::source::{Edit, Source};

const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>EmailAddress</key>
			<string>taro@example.jp</string>
			<key>IncomingMailServerHostName</key>
			<string>imap.example.jp</string> <!-- old -->
			<key>IncomingMailServerPortNumber</key>
			<integer>143</integer>
			<key>IncomingMailServerUseSSL</key>
			<false/>
			<key>OutgoingPasswordSameAsIncomingPassword</key>
			<true></true>
		</dict>
		<dict/>
	</array>
	<key>PayloadDisplayName</key>
	<string>会社 &amp; メール &#12354;<![CDATA[<1&2>]]></string>
	<key>PayloadVersion</key>
	<integer>1</integer>
</dict>
</plist>
"#;

fn path(text: &str) -> Vec<PathPart> {
    let part = |part: &str| part.parse::<usize>().map_or_else(|_| part.into(), PathPart::from);
    text.split('/').filter(|part| !part.is_empty()).map(part).collect()
}

fn kinds(plist: &Plist) -> Vec<ProblemKind> {
    plist.problems.iter().map(|problem| problem.kind.clone()).collect()
}

fn text_at<'a>(plist: &'a Plist, at: &str) -> Option<&'a str> {
    plist.get(&path(at))?.value.as_text()
}

/// The profile in every encoding, with LF and CRLF.
fn variants() -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for text in [PROFILE.to_owned(), PROFILE.replace('\n', "\r\n")] {
        for (encoding, mark) in [
            (Encoding::Utf8, ""),
            (Encoding::Utf8Bom, "\u{FEFF}"),
            (Encoding::Utf16Le, "\u{FEFF}"),
            (Encoding::Utf16Le, ""),
            (Encoding::Utf16Be, "\u{FEFF}"),
        ] {
            files.push(encoding.encode(&format!("{mark}{text}")));
        }
    }
    files
}

fn applied(bytes: &[u8], edit: Edit) -> Vec<u8> {
    Source::new("f", bytes).edited(&[edit]).unwrap().bytes().to_vec()
}
