//! The canonical form of a published list, its hash and the number of a certificate.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Shown;
use crate::domain::chain::canonical::{self as canonical_json, NotCanonical};

/// What the first list names as the hash before it: 32 zero bytes in hex.
pub const GENESIS_SHA256: &str = "0000000000000000000000000000000000000000000000000000000000000000";

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
    /// The certificate's number and the first and last day, for a recognition.
    pub certificate: Option<(&'a str, NaiveDate, NaiveDate)>,
    /// For an entry of an imported list that a programme knows.
    pub placing: Option<Placing<'a>>,
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
                "certificate": entry.certificate.map(|(number, from, to)| json!({
                    "number": number, "valid_from": from.to_string(), "valid_to": to.to_string(),
                })),
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
    let value = json!({
        "format": "yuanchi list 1",
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
    let bytes = canonical_json::to_bytes(&value)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The SHA-256 of a canonical text, in hex.
pub fn sha256(canonical: &str) -> String {
    hex::encode(Sha256::digest(canonical.as_bytes()))
}

/// The number of a certificate: `YC-2026-` and eight characters of Crockford's base 32 from 40 random bits. Not a counter: it must not
/// be guessable, and no two characters of it can be mistaken for each other.
pub fn certificate_number(year: i32, random: &[u8; 32]) -> String {
    const ALPHABET: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N',
        'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let code: String = random.iter().take(8).filter_map(|byte| ALPHABET.get(usize::from(byte % 32))).collect();
    format!("YC-{year}-{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

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
        };
        let text = canonical(&list).unwrap_or_default();
        assert!(text.starts_with(r#"{"body":"排名不分先后","category":"#), "{text}");
        assert!(text.contains(r#""published_at":"2026-11-23T09:30:00Z""#), "{text}");
        assert_eq!(sha256(&text).len(), 64);
        let other = CanonicalList { previous_sha256: "11", ..list };
        assert_ne!(sha256(&canonical(&other).unwrap_or_default()), sha256(&text));
    }

    #[test]
    fn a_certificates_number_has_no_ambiguous_characters() {
        let number = certificate_number(2026, &[255; 32]);
        assert_eq!(number, "YC-2026-ZZZZZZZZ");
        assert!(!certificate_number(2026, &[1; 32]).contains(['I', 'L', 'O', 'U']));
    }
}
