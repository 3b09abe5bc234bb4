//! A letter and its form on the wire (RFC 5322, MIME).

use std::time::{Duration, SystemTime};

use chrono::NaiveDateTime;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::SendProblem;
use crate::domain::plain_text::may_stand;

/// Who a letter goes to or comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The name shown beside the address.
    pub name: Option<String>,
    /// The address, `local@domain`.
    pub address: String,
}

/// One letter to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: Recipient,
    /// Subject; line breaks and other control characters become spaces.
    pub subject: String,
    /// The whole letter as plain text.
    pub text: String,
    /// The same as HTML, if there is one; see [`super::as_html`].
    pub html: Option<String>,
    /// `<local@domain>`, the same at every attempt; see [`message_id`].
    pub message_id: String,
    /// When it was written, in UTC; the same at every attempt.
    pub date: NaiveDateTime,
    /// Where its reader ends such letters by one request (RFC 8058); none for a letter that nobody subscribed to.
    pub unsubscribe: Option<String>,
}

/// The `Message-ID` of the letter that the outbox knows as `outbox_id`. Characters with a meaning of their own are dropped.
#[must_use]
pub fn message_id(outbox_id: &str, domain: &str) -> String {
    let plain = |text: &str| -> String { text.chars().filter(|character| is_id_character(*character)).collect() };
    format!("<{}@{}>", plain(outbox_id), plain(domain))
}

fn is_id_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_')
}

fn is_message_id(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.and_then(|inner| inner.split_once('@')).is_some_and(|(local, domain)| {
        [local, domain].iter().all(|part| !part.is_empty() && part.chars().all(is_id_character))
    })
}

/// How text is put into the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Seven bits, as any relay takes it.
    Portable,
    /// UTF-8 as it is, so that a person can read the file.
    Readable,
}

/// Composes the message. Nothing in a letter can add a header or a recipient: addresses are parsed, names and
/// subject lose their control characters before they are encoded, the identifier has a fixed alphabet.
///
/// # Errors
/// [`SendProblem::Permanent`] if an address or the identifier is malformed.
pub(super) fn compose(from: &Recipient, letter: &Letter, encoding: Encoding) -> Result<Message, SendProblem> {
    if !is_message_id(&letter.message_id) {
        return Err(SendProblem::Permanent("malformed message id".to_owned()));
    }
    let seconds = u64::try_from(letter.date.and_utc().timestamp()).unwrap_or_default();
    let builder = Message::builder()
        .from(mailbox(from)?)
        .to(mailbox(&letter.to)?)
        .subject(without_controls(&letter.subject))
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(letter.message_id.clone()))
        // RFC 3834: keeps absence notes from answering.
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()));
    let builder = match letter.unsubscribe.as_deref().filter(|address| is_plain_address(address)) {
        Some(address) => builder
            .raw_header(header("List-Unsubscribe", format!("<{address}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())),
        None => builder,
    };
    let text = part(&letter.text, ContentType::TEXT_PLAIN, encoding);
    let message = match &letter.html {
        Some(html) => builder.multipart(MultiPart::alternative().singlepart(text).singlepart(part(
            html,
            ContentType::TEXT_HTML,
            encoding,
        ))),
        None => builder.singlepart(text),
    };
    message.map_err(|error| SendProblem::Permanent(super::one_line(&error.to_string())))
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// Whether an address of the web can stand in a header as it is.
fn is_plain_address(address: &str) -> bool {
    address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b','))
}

fn part(content: &str, kind: ContentType, encoding: Encoding) -> SinglePart {
    let readable = match encoding {
        Encoding::Readable => Body::new_with_encoding(content.to_owned(), ContentTransferEncoding::EightBit).ok(),
        Encoding::Portable => None,
    };
    let body = readable.unwrap_or_else(|| Body::new(content.to_owned()));
    SinglePart::builder().header(kind).body(body)
}

fn mailbox(recipient: &Recipient) -> Result<Mailbox, SendProblem> {
    let address: Address =
        recipient.address.parse().map_err(|_| SendProblem::Permanent("malformed address".to_owned()))?;
    let name = recipient.name.as_deref().map(without_controls).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address))
}

/// In one line, and without characters that are not seen or turn the direction of what follows: a list of letters shows
/// subject and sender beside others.
fn without_controls(text: &str) -> String {
    let kept = text.chars().filter_map(|character| match character {
        '\u{2028}' | '\u{2029}' => Some(' '),
        _ if character.is_control() => Some(' '),
        _ => Some(character).filter(|character| may_stand(*character, false)),
    });
    kept.collect::<String>().trim().to_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    pub(in crate::mail) fn sender() -> Recipient {
        Recipient { name: Some("源池".to_owned()), address: "noreply@pool.example.cn".to_owned() }
    }

    pub(in crate::mail) fn letter() -> Letter {
        Letter {
            to: Recipient { name: Some("张三".to_owned()), address: "zhang@vendor.example.cn".to_owned() },
            subject: "申报材料需要补正".to_owned(),
            text: "您好:\n\n请于 3 个工作日内补正。\n.\n谢谢。\n".to_owned(),
            html: None,
            message_id: message_id("0192-ab", "pool.example.cn"),
            date: NaiveDate::from_ymd_opt(2026, 11, 2).and_then(|day| day.and_hms_opt(1, 2, 3)).expect("date"),
            unsubscribe: None,
        }
    }

    fn headers(letter: &Letter) -> Vec<String> {
        let message = compose(&sender(), letter, Encoding::Portable).expect("composed");
        let text = String::from_utf8(message.formatted()).expect("ascii");
        let (head, _) = text.split_once("\r\n\r\n").expect("head");
        head.replace("\r\n ", " ")
            .split("\r\n")
            .map(|line| line.split(':').next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn identifiers_are_stable_and_plain() {
        assert_eq!(message_id("42", "pool.example.cn"), "<42@pool.example.cn>");
        assert_eq!(message_id("4>\r\n2", "a@b"), "<42@ab>");
        for bad in ["", "42", "<42>", "<@a>", "<a@b>\r\nBcc: x@y.z", "<a b@c>"] {
            let letter = Letter { message_id: bad.to_owned(), ..letter() };
            assert!(
                matches!(compose(&sender(), &letter, Encoding::Portable), Err(SendProblem::Permanent(_))),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn date_and_identifier_are_the_letters_own() {
        let message = compose(&sender(), &letter(), Encoding::Portable).expect("composed");
        let text = String::from_utf8(message.formatted()).expect("ascii");
        assert!(text.contains("Date: Mon, 02 Nov 2026 01:02:03 +0000\r\n"), "{text}");
        assert!(text.contains("Message-ID: <0192-ab@pool.example.cn>\r\n"), "{text}");
    }

    #[test]
    fn a_letter_that_was_subscribed_to_says_how_to_end_it() {
        let address = "https://pool.example.cn/subscriptions/7/end/ab";
        let ended = Letter { unsubscribe: Some(address.to_owned()), ..letter() };
        let message = compose(&sender(), &ended, Encoding::Portable).expect("composed");
        let text = String::from_utf8(message.formatted()).expect("ascii").replace("\r\n ", " ");
        assert!(text.contains(&format!("List-Unsubscribe: <{address}>\r\n")), "{text}");
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{text}");
        for hostile in ["https://a\r\nBcc: c@d.e", "https://a>, <mailto:x@y.z", "https://a b"] {
            let letter_of = Letter { unsubscribe: Some(hostile.to_owned()), ..letter() };
            assert_eq!(headers(&letter_of), headers(&letter()), "{hostile:?}");
        }
    }

    #[test]
    fn c_39_no_subject_or_name_turns_what_stands_beside_it() {
        let hostile = "新申报：甲\u{202e}司公\u{2066}\r\n乙\u{200f}\u{feff}丙\u{2028}";
        assert_eq!(without_controls(hostile), "新申报：甲司公  乙丙");
        assert_eq!(without_controls("2026-FP-0001 广东（某）公司"), "2026-FP-0001 广东（某）公司");
    }

    #[test]
    fn c_39_hostile_addresses_are_refused() {
        for bad in ["", "x", "a@b\r\nBcc: c@d.e", "a@b.c, d@e.f", "a b@c.d", "<a@b.c>"] {
            let letter = Letter { to: Recipient { name: None, address: bad.to_owned() }, ..letter() };
            assert!(
                matches!(compose(&sender(), &letter, Encoding::Portable), Err(SendProblem::Permanent(_))),
                "{bad:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn c_39_no_subject_or_name_adds_a_header(subject in "\\PC{0,120}|([a-zA-Z:@<>中\\r\\n\\x00\\t \u{85}\u{2028}]{0,60})", name in "\\PC{0,40}|([a-z:@<>,\"\\r\\n\\x00 ]{0,40})") {
            let plain = headers(&letter());
            let hostile = Letter { subject, to: Recipient { name: Some(name), ..letter().to }, ..letter() };
            prop_assert_eq!(headers(&hostile), plain);
            let envelope = compose(&sender(), &hostile, Encoding::Portable).expect("composed").envelope().clone();
            prop_assert_eq!(envelope.to().len(), 1);
        }
    }
}
