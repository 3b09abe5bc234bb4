//! Every mail in every language, as it was read and looked through. What a mail names stands in angle marks.
//! `UPDATE_SNAPSHOTS=1 cargo test every_mail` writes what is to be read.

use super::architecture::{files, read};
use super::support::TestApp;
use super::support::smtp_sink::SmtpSink;
use super::walls::reviewed;
use base64::Engine;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use yuanchi::actions::post::Reader;
use yuanchi::domain::calendar::local_datetime_text;
use yuanchi::domain::language::Language;
use yuanchi::jobs;
use yuanchi::mail::{
    Encryption, FolderTransport, Letter, Recipient, SendProblem, SmtpSettings, SmtpTransport, Transport,
};
use yuanchi::words::Words;

/// What some mails say in one of two ways.
const CHOICES: [&str; 8] = ["more", "over", "decides", "soon", "late", "last", "alone", "unfiltered"];

/// The sentences in simplified Chinese, which the other languages follow.
fn sentences() -> String {
    files("src/locales/zh-CN", &[".ftl"]).iter().map(|path| read(path) + "\n").collect()
}

/// The names of all mails.
fn templates(sentences: &str) -> BTreeSet<&str> {
    let keys = sentences.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
    keys.filter_map(|key| key.strip_prefix("mail-")?.strip_suffix("-subject")).collect()
}

/// Whatever any sentence names.
fn names(sentences: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let named = sentences.split('$').skip(1).map(|rest| rest.split(|c| !is_part(c)).next().unwrap_or_default());
    named.filter(|name| !name.is_empty()).collect()
}

/// Subject and text of a mail in a language; `choice` says yes.
fn letter(language: Language, template: &str, names: &BTreeSet<&str>, choice: Option<&str>) -> (String, String) {
    let say = |part: &str| {
        let args = names.iter().map(|name| match choice {
            Some(choice) if choice == *name => (*name, "yes".to_string()),
            _ => (*name, format!("‹{name}›")),
        });
        Words.say_with(language.as_text(), &format!("mail-{template}-{part}"), args)
    };
    (say("subject"), say("body"))
}

#[test]
fn every_mail_reads_as_it_was_looked_through() {
    let sentences = sentences();
    let (templates, names) = (templates(&sentences), names(&sentences));
    assert!(templates.len() > 100, "{templates:?}");
    for language in Language::ALL.iter().copied() {
        let mut text = String::new();
        for template in &templates {
            let (subject, body) = letter(language, template, &names, None);
            assert!(!subject.contains('\n') && !subject.starts_with('['), "{language}: {template}: {subject}");
            assert!(body.contains("‹link›"), "{language}: {template} leads nowhere: {body}");
            text += &format!("## {template}\n{subject}\n\n{body}\n\n");
            for choice in CHOICES {
                let (otherwise, other_body) = letter(language, template, &names, Some(choice));
                if (&otherwise, &other_body) != (&subject, &body) {
                    text += &format!("## {template} ({choice})\n{otherwise}\n\n{other_body}\n\n");
                }
            }
        }
        reviewed(&format!("mails/{language}.txt"), &text);
    }
}

/// Whoever is told of a decision against them is told why, on what grounds, by whom and when, in every language.
#[test]
fn every_adverse_letter_gives_reason_basis_station_and_date() {
    let sentences = sentences();
    let names = names(&sentences);
    for language in Language::ALL.iter().copied() {
        for template in [
            "application-not-recommended",
            "application-removed",
            "decision-declined",
            "membership-barred",
            "membership-revoked",
            "membership-warned",
            "result-not-recognised",
            "screening-ineligible",
        ] {
            let (_, body) = letter(language, template, &names, None);
            for name in ["reason", "basis", "station", "date"] {
                assert!(body.contains(&format!("‹{name}›")), "{language}: {template} does not say its {name}: {body}");
            }
        }
    }
}

/// Sends each letter both ways.
struct BothWays(SmtpTransport, FolderTransport);

impl BothWays {
    fn open(port: u16, folder: &Path) -> BothWays {
        let from = Recipient { name: Some("源池".into()), address: "noreply@pool.example.cn".into() };
        let settings = SmtpSettings {
            host: "127.0.0.1".into(),
            port,
            encryption: Encryption::None,
            credentials: None,
            authority_pem: None,
            from: from.clone(),
        };
        let folder = FolderTransport::open(folder, from).expect("a folder");
        BothWays(SmtpTransport::new(settings).expect("settings"), folder)
    }
}

impl Transport for BothWays {
    fn send(&self, letter: &Letter) -> Result<(), SendProblem> {
        self.0.send(letter)?;
        self.1.send(letter)
    }
}

/// The text of quoted-printable lines (RFC 2045, 6.7).
fn unquoted(text: &str) -> String {
    let joined = text.replace("=\r\n", "");
    let mut parts = joined.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(code, 16).unwrap_or_else(|e| panic!("={code}: {e}")));
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).expect("utf-8")
}

/// The parts of a message that says the same in several ways, decoded: kind and content.
fn parts_of(message: &str) -> Vec<(String, String)> {
    let (head, body) = message.split_once("\r\n\r\n").expect("a head");
    assert!(head.contains("multipart/alternative"), "{head}");
    let boundary = head.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a boundary");
    let between = format!("--{boundary}");
    let parts = body.split(between.as_str()).skip(1).filter(|part| !part.starts_with("--"));
    let decoded = parts.map(|part| {
        let (head, content) = part.split_once("\r\n\r\n").expect("a head of its own");
        let value = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default();
            line.split(';').next().unwrap_or_default().to_string()
        };
        let content = match value("Content-Transfer-Encoding").as_str() {
            "base64" => {
                let plain = content.replace("\r\n", "");
                let bytes = base64::engine::general_purpose::STANDARD.decode(plain.trim()).expect("base64");
                String::from_utf8(bytes).expect("utf-8")
            }
            "quoted-printable" => unquoted(content),
            _ => content.to_string(),
        };
        (value("Content-Type"), content.replace("\r\n", "\n").trim_end().to_string())
    });
    decoded.collect()
}

/// Whichever way it leaves, a letter is there as text and as HTML, in the reader's language, with one and the same link; what
/// somebody is called is text in both.
#[test]
fn every_letter_leaves_as_text_and_as_html() {
    let sink = SmtpSink::start(&[]).expect("a sink");
    let folder = std::env::temp_dir().join(format!("yuanchi-letters-{}", std::process::id()));
    let both = Arc::new(BothWays::open(sink.port(), &folder));
    let test = TestApp::start_as(|_| {}, |app| app.mail = both);
    let hostile = "Acme <script>alert(1)</script> & \"Sons\" <a href='https://evil.example/'>";
    for (language, address) in [("en", "en@example.org"), ("zh-TW", "tw@example.org")] {
        test.write(move |tx| {
            let reader = Reader { account: None, address, language };
            let args = [("organisation", hostile), ("call", "2026 年申报"), ("number", "1"), ("reason", "重复申报")];
            tx.post(reader, "application-withdrawn", "/applications/1?a=1&b=2", &args)
        });
    }
    assert_eq!(jobs::deliver_mail(&test.app).expect("a turn").sent, 2);
    let mut received: Vec<String> = sink.received().into_iter().map(|mail| mail.data).collect();
    let mut written: Vec<String> =
        std::fs::read_dir(&folder).expect("the folder").map(|entry| read(&entry.expect("an entry").path())).collect();
    std::fs::remove_dir_all(&folder).expect("removed");
    assert_eq!((received.len(), written.len()), (2, 2));
    // They leave in any order: English first.
    for messages in [&mut received, &mut written] {
        messages.sort_by_key(|message| !message.contains("en@example.org"));
    }
    let link = format!("{}/applications/1?a=1&b=2", test.app.env.base_url);
    for (message, language) in received.iter().zip(["en", "zh-TW"]).chain(written.iter().zip(["en", "zh-TW"])) {
        let parts = parts_of(message);
        let kinds: Vec<&str> = parts.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["text/plain", "text/html"], "the plainest first: a reader takes the last that it can show");
        let (text, html) = (&parts[0].1, &parts[1].1);
        assert!(text.contains(hostile) && text.contains(&link), "{text}");
        // Each says when it was written and why its reader gets it, in both forms.
        let words = |key: &str| Words.say(language, key);
        let at = local_datetime_text(test.now());
        let written = Words.say_with(language, "mail-written-at", [("at", at)]);
        for said in [written, words("mail-why-address")] {
            assert!(text.contains(&said) && html.contains(&said), "{said} is missing in {text}\n{html}");
        }
        assert!(html.contains(&format!("<html lang=\"{language}\">")), "{html}");
        assert!(html.contains(&format!("href=\"{}\"", link.replace('&', "&amp;"))), "{html}");
        assert!(html.contains("Acme &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot;"), "{html}");
        for sign in ["<script", "href='", "href=\"https://evil", "<img", "src="] {
            assert!(!html.contains(sign), "{sign} in {html}");
        }
    }
}
