//! The canonical form of a published list, its hash and the number of a certificate.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::Shown;
use crate::domain::chain::canonical::{self as canonical_json, NotCanonical};

/// Says that a text is a list, and the version of its form.
pub const FORMAT: &str = "yuanchi list 3";

/// The form of lists that told the numbers of their certificates: whoever read one could look up every certificate. They are
/// verified for ever, as are those of the first.
pub const SECOND_FORMAT: &str = "yuanchi list 2";

/// The form of lists before they said how they are signed and where they are anchored.
pub const FIRST_FORMAT: &str = "yuanchi list 1";

/// What the first list names as the hash before it: 32 zero bytes in hex.
pub const GENESIS_SHA256: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of every list, by the name that stands in its text.
pub const HASH_ALGORITHM: &str = "SHA-256";

/// Where a list is anchored in the record: the tree over the trees of events (RFC 6962) as it stood at publication. See
/// [`crate::domain::chain::inclusion`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Anchor {
    /// How many checkpoints the tree is over.
    pub checkpoints: u64,
    /// How many events they cover.
    pub events: u64,
    /// The root, in hex.
    pub root: String,
}

/// What a list says of its own proof: how it is signed, by which key, and where it is anchored. Lists of format 1 say nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSeal {
    /// The form of the text. Those of [`SECOND_FORMAT`] did not keep it.
    #[serde(default = "second_format")]
    pub format: String,
    /// The way of the signature: `Ed25519`.
    pub algorithm: String,
    /// Names the key.
    pub key_id: String,
    /// Where it is anchored.
    pub anchor: Anchor,
}

fn second_format() -> String {
    SECOND_FORMAT.into()
}

/// A list as it is proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonicalList<'a> {
    /// Its id.
    pub id: &'a str,
    /// Where it stands in the chain of lists, from 1.
    pub chain_number: i32,
    /// The hash of the list before, in hex; [`GENESIS_SHA256`] for the first.
    pub previous_sha256: &'a str,
    /// Main, supplement or imported.
    pub kind: &'a str,
    /// Its number; none for one that was imported.
    pub number: Option<&'a str>,
    /// The category of the pool.
    pub category: &'a str,
    /// The year, where it is known.
    pub year: Option<i32>,
    /// The title.
    pub title: &'a str,
    /// The text above the table.
    pub body: &'a str,
    /// Where an imported list was taken from.
    pub source_url: Option<&'a str>,
    /// When it was published.
    pub published_at: NaiveDateTime,
    /// In the order of the list.
    pub entries: Vec<CanonicalEntry<'a>>,
    /// How it is sealed; none for a list of format 1.
    pub seal: Option<&'a ListSeal>,
}

/// An entry as it is proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonicalEntry<'a> {
    /// The place, from 1.
    pub position: i32,
    /// The organisation's name.
    pub organisation_name: &'a str,
    /// The platform or product named beside it; may be empty.
    pub product: &'a str,
    /// Its 统一社会信用代码, where it is known.
    pub credit_code: Option<&'a str>,
    /// The city's code, where it is known.
    pub city: Option<&'a str>,
    /// What the list says of it.
    pub result: &'a str,
    /// The public columns.
    pub shown: &'a [Shown],
    /// For a recognition.
    pub certificate: Option<Certified<'a>>,
    /// For an entry of an imported list that a programme knows.
    pub placing: Option<Placing<'a>>,
}

/// The certificate of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certified<'a> {
    /// Its number. Lists of [`FORMAT`] keep it to themselves.
    pub number: &'a str,
    /// SHA-256 of the text that its QR code carries, in hex. The signature in that text cannot be guessed, so that nobody finds the
    /// number by trying all there are, as could be done with the hash of the number alone.
    pub sha256: &'a str,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: NaiveDate,
}

impl Certified<'_> {
    fn told(self, format: &str) -> Value {
        let (from, to) = (self.valid_from.to_string(), self.valid_to.to_string());
        if format == FORMAT {
            json!({ "sha256": self.sha256, "valid_from": from, "valid_to": to })
        } else {
            json!({ "number": self.number, "valid_from": from, "valid_to": to })
        }
    }
}

/// Where an entry of an imported list stands among a programme's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placing<'a> {
    /// The type's key.
    pub category_type: &'a str,
    /// Whether it is of the province, where the list says so.
    pub in_province: Option<bool>,
    /// The last day on which it is shown as current; none without an end.
    pub valid_to: Option<NaiveDate>,
}

/// The canonical text: one JSON object, keys in order, no white space, instants as `2026-11-23T09:30:00Z` (UTC). It is what is hashed,
/// signed and offered for download, byte for byte.
///
/// # Errors
/// The list holds what has no canonical form.
pub fn canonical(list: &CanonicalList<'_>) -> Result<String, NotCanonical> {
    let format = list.seal.map_or(FIRST_FORMAT, |seal| seal.format.as_str());
    let entries: Vec<_> = list
        .entries
        .iter()
        .map(|entry| {
            let mut value = json!({
                "position": entry.position,
                "organisation_name": entry.organisation_name,
                "product": entry.product,
                "credit_code": entry.credit_code,
                "city": entry.city,
                "result": entry.result,
                "shown": entry.shown.iter().map(|cell| json!({
                    "key": cell.key, "label": cell.label, "value": cell.value,
                })).collect::<Vec<_>>(),
                "certificate": entry.certificate.map(|certificate| certificate.told(format)),
            });
            // Only where it is: the text of every other list stays as it was signed.
            if let (Some(placing), Some(fields)) = (entry.placing, value.as_object_mut()) {
                fields.insert("category_type".into(), json!(placing.category_type));
                fields.insert("in_province".into(), json!(placing.in_province));
                fields.insert("valid_to".into(), json!(placing.valid_to.map(|day| day.to_string())));
            }
            value
        })
        .collect();
    let mut value = json!({
        "format": format,
        "id": list.id,
        "chain_number": list.chain_number,
        "previous_sha256": list.previous_sha256,
        "kind": list.kind,
        "number": list.number,
        "category": list.category,
        "year": list.year,
        "title": list.title,
        "body": list.body,
        "source_url": list.source_url,
        "published_at": list.published_at.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string(),
        "entries": entries,
    });
    if let (Some(seal), Some(members)) = (list.seal, value.as_object_mut()) {
        members.insert("algorithms".into(), json!({ "hash": HASH_ALGORITHM, "signature": seal.algorithm }));
        members.insert("key_id".into(), json!(seal.key_id));
        members.insert("events".into(), json!(seal.anchor));
    }
    text_of(&value)
}

fn text_of(value: &Value) -> Result<String, NotCanonical> {
    let bytes = canonical_json::to_bytes(value)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The SHA-256 of a canonical text, in hex.
pub fn sha256(canonical: &str) -> String {
    hex::encode(Sha256::digest(canonical.as_bytes()))
}

/// The number of a certificate: `YC-2026-` and twelve characters of Crockford's base 32 from 60 random bits. Not a counter: whoever
/// tries ten thousand a second meets one of ten thousand certificates after three hundred years. No two characters of it can be mistaken
/// for each other.
pub fn certificate_number(year: i32, random: &[u8; 32]) -> String {
    const ALPHABET: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N',
        'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let code: String = random.iter().take(12).filter_map(|byte| ALPHABET.get(usize::from(byte % 32))).collect();
    format!("YC-{year}-{code}")
}

/// A number as it is stored, from what somebody typed: full-width characters and small letters as capitals, blanks and
/// dashes of any kind left out and the hyphens put where they belong, and letters that stand for digits read as those, as
/// nobody's number has them.
pub fn certificate_number_typed(typed: &str) -> String {
    let read = typed.nfkc().filter(|c| !is_between(*c)).flat_map(char::to_uppercase).map(|character| match character {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    let read: String = read.collect();
    match read.strip_prefix("YC").and_then(|rest| rest.split_at_checked(4)) {
        Some((year, code)) => format!("YC-{year}-{code}"),
        None => read,
    }
}

/// What people put between the parts of a number, or do not see there.
fn is_between(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '_' | 'ー' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2060}'
                | '\u{2212}' | '\u{2500}' | '\u{2E3A}' | '\u{2E3B}' | '\u{FEFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_typed() {
        let number = certificate_number(2026, &[17; 32]);
        let code: String = number.chars().filter(|c| *c != '-').collect();
        let wide = |text: &str| -> String {
            let wide = |c: char| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c);
            text.chars().map(wide).collect()
        };
        let (year, rest) = code.split_at(6);
        for typed in [
            number.clone(),
            number.to_lowercase(),
            code.clone(),
            code.to_lowercase(),
            wide(&number),
            wide(&code),
            number.replace('-', "—"),
            number.replace('-', "——"),
            number.replace('-', " － "),
            format!("\u{3000}{year} {rest}\u{200b}"),
            number.replace('1', "l").replace('0', "o"),
        ] {
            assert_eq!(certificate_number_typed(&typed), number, "{typed}");
        }
        for typed in ["", "YC", "yc-26", "证书", "YC-证书证书"] {
            assert_ne!(certificate_number_typed(typed), number, "{typed}");
        }
    }

    #[test]
    fn the_canonical_text_names_the_list_before() {
        let at = NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|d| d.and_hms_opt(9, 30, 0)).unwrap_or_default();
        let list = CanonicalList {
            id: "l1",
            chain_number: 1,
            previous_sha256: GENESIS_SHA256,
            kind: "main",
            number: Some("源池公布〔2026〕1号"),
            category: "service_provider",
            year: Some(2026),
            title: "名单",
            body: "排名不分先后",
            source_url: None,
            published_at: at,
            entries: Vec::new(),
            seal: None,
        };
        let text = canonical(&list).unwrap_or_default();
        assert!(text.starts_with(r#"{"body":"排名不分先后","category":"#), "{text}");
        assert!(text.contains(r#""published_at":"2026-11-23T09:30:00Z""#), "{text}");
        assert_eq!(sha256(&text).len(), 64);
        let other = CanonicalList { previous_sha256: "11", ..list.clone() };
        assert_ne!(sha256(&canonical(&other).unwrap_or_default()), sha256(&text));
        assert_eq!(
            text,
            r#"{"body":"排名不分先后","category":"service_provider","chain_number":1,"entries":[],"format":"yuanchi list 1","id":"l1","kind":"main","number":"源池公布〔2026〕1号","previous_sha256":"0000000000000000000000000000000000000000000000000000000000000000","published_at":"2026-11-23T09:30:00Z","source_url":null,"title":"名单","year":2026}"#,
            "lists of the first format keep their bytes"
        );
        let anchor = Anchor { checkpoints: 2, events: 9, root: "ab".into() };
        let seal = ListSeal { format: FORMAT.into(), algorithm: "Ed25519".into(), key_id: "k1".into(), anchor };
        let sealed = canonical(&CanonicalList { seal: Some(&seal), ..list }).unwrap_or_default();
        assert!(sealed.starts_with(r#"{"algorithms":{"hash":"SHA-256","signature":"Ed25519"},"body":"#), "{sealed}");
        assert!(
            sealed.contains(r#""events":{"checkpoints":2,"events":9,"root":"ab"},"format":"yuanchi list 3""#),
            "{sealed}"
        );
        assert!(sealed.contains(r#""key_id":"k1""#), "{sealed}");
    }

    #[test]
    fn new_lists_keep_the_numbers_of_certificates_and_old_ones_keep_their_bytes() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
        let certificate = Certified { number: "YC-2026-ZZZZZZZZ", sha256: "ab", valid_from: day, valid_to: day };
        let days = r#""valid_from":"2026-03-02","valid_to":"2026-03-02""#;
        assert_eq!(certificate.told(FORMAT).to_string(), format!(r#"{{"sha256":"ab",{days}}}"#));
        for old in [FIRST_FORMAT, SECOND_FORMAT] {
            assert_eq!(certificate.told(old).to_string(), format!(r#"{{"number":"YC-2026-ZZZZZZZZ",{days}}}"#));
        }
        let stored = r#"{"algorithm":"Ed25519","key_id":"k","anchor":{"checkpoints":1,"events":2,"root":"ab"}}"#;
        let seal: Option<ListSeal> = serde_json::from_str(stored).ok();
        assert_eq!(seal.map(|seal| seal.format).as_deref(), Some(SECOND_FORMAT));
    }

    #[test]
    fn a_certificates_number_has_no_ambiguous_characters() {
        let number = certificate_number(2026, &[255; 32]);
        assert_eq!(number, "YC-2026-ZZZZZZZZZZZZ");
        assert!(!certificate_number(2026, &[1; 32]).contains(['I', 'L', 'O', 'U']));
    }
}
