//! What a certificate carries in its QR code: its facts and a signature, to be checked without the service.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::chain::canonical::{NotCanonical, to_bytes};

/// Begins every one: what it is, and the version of its form.
const MARK: &str = "yc1";

/// What is signed of a certificate, under short names because it must fit into a QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateClaims {
    /// The way of the signature.
    #[serde(rename = "a")]
    pub algorithm: String,
    /// Names the key.
    #[serde(rename = "k")]
    pub key_id: String,
    /// The certificate's number.
    #[serde(rename = "n")]
    pub number: String,
    /// The holder's name on the day of the list.
    #[serde(rename = "h")]
    pub holder: String,
    /// Its 统一社会信用代码.
    #[serde(rename = "c")]
    pub credit_code: String,
    /// The category's key.
    #[serde(rename = "g")]
    pub category: String,
    /// The first day, `YYYY-MM-DD`.
    #[serde(rename = "f")]
    pub valid_from: String,
    /// The last day as it was given out.
    #[serde(rename = "t")]
    pub valid_to: String,
    /// The place of its list in the chain of lists.
    #[serde(rename = "l")]
    pub list: i32,
}

impl CertificateClaims {
    /// The bytes that are signed: `yc1.` and the canonical JSON.
    ///
    /// # Errors
    /// Never for the claims of a certificate; the list's number would have to be beyond 2^53.
    pub fn message(&self) -> Result<Vec<u8>, NotCanonical> {
        let body = to_bytes(&json!(self))?;
        Ok([format!("{MARK}.").as_bytes(), &body].concat())
    }
}

/// Claims with their signature, as text: `yc1.<claims>.<signature>`, both in URL-safe base64 without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCertificate {
    /// What is claimed.
    pub claims: CertificateClaims,
    /// The signature, in hex.
    pub signature: String,
}

/// Why a text is no signed certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    /// It does not begin with `yc1.`, or has not three parts.
    #[error("it is no certificate: it must read yc1.<claims>.<signature>")]
    Form,
    /// The claims are none, or not in canonical form.
    #[error("its claims were altered")]
    Claims,
    /// The signature is none.
    #[error("its signature was altered")]
    Signature,
}

impl SignedCertificate {
    /// The text of the QR code.
    ///
    /// # Errors
    /// As [`CertificateClaims::message`].
    pub fn to_text(&self) -> Result<String, NotCanonical> {
        let claims = to_bytes(&json!(self.claims))?;
        let signature = hex::decode(&self.signature).unwrap_or_default();
        Ok(format!("{MARK}.{}.{}", BASE64_URL_SAFE_NO_PAD.encode(claims), BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Reads the text of a QR code: the payload itself, or an address that ends with `#` and the payload. The signature is checked
    /// elsewhere.
    ///
    /// # Errors
    /// [`CertificateProblem`].
    pub fn parse(text: &str) -> Result<SignedCertificate, CertificateProblem> {
        let text = text.trim();
        let text = text.rsplit_once('#').map_or(text, |(_, payload)| payload);
        let mut pieces = text.split('.');
        let (Some(MARK), Some(claims), Some(signature), None) =
            (pieces.next(), pieces.next(), pieces.next(), pieces.next())
        else {
            return Err(CertificateProblem::Form);
        };
        let claims = BASE64_URL_SAFE_NO_PAD.decode(claims).map_err(|_| CertificateProblem::Claims)?;
        let read: CertificateClaims = serde_json::from_slice(&claims).map_err(|_| CertificateProblem::Claims)?;
        if to_bytes(&json!(read)).as_ref() != Ok(&claims) {
            return Err(CertificateProblem::Claims);
        }
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| CertificateProblem::Signature)?;
        Ok(SignedCertificate { claims: read, signature: hex::encode(signature) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signed() -> SignedCertificate {
        let claims = CertificateClaims {
            algorithm: "Ed25519".into(),
            key_id: "0011223344556677".into(),
            number: "YC-2026-ZZZZZZZZ".into(),
            holder: "佛山智造有限公司".into(),
            credit_code: "914406000000000017".into(),
            category: "service_provider".into(),
            valid_from: "2026-03-02".into(),
            valid_to: "2029-03-01".into(),
            list: 7,
        };
        SignedCertificate { claims, signature: "ab".repeat(64) }
    }

    #[test]
    fn a_certificate_reads_back_alone_and_from_an_address() {
        let text = signed().to_text().expect("small numbers");
        assert_eq!(SignedCertificate::parse(&text), Ok(signed()));
        assert_eq!(SignedCertificate::parse(&format!("https://pool.example/certificates/x#{text}\n")), Ok(signed()));
        assert!(text.len() < 500, "{} characters are too many for a code that prints well", text.len());
        assert_eq!(SignedCertificate::parse("yc2.a.b"), Err(CertificateProblem::Form));
        assert_eq!(SignedCertificate::parse("yc1.!.b"), Err(CertificateProblem::Claims));
    }

    proptest! {
        #[test]
        fn every_change_changes_what_is_claimed_or_signed(at: prop::sample::Index, bit in 0u8..7) {
            let mut text = signed().to_text().unwrap().into_bytes();
            let at = at.index(text.len());
            text[at] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(text) {
                prop_assert_ne!(SignedCertificate::parse(&text), Ok(signed()));
            }
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            prop_assert!(SignedCertificate::parse(&text).is_err());
        }
    }
}
