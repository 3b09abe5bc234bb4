//! Signatures of requests: AWS Signature Version 4, in the `Authorization` header, over the body's hash too.
//!
//! Written here rather than taken from a crate that makes signed addresses: those leave the body out of the signature, and an object's key
//! is the hash that the signature wants.

use chrono::{DateTime, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;
use sha2::{Digest, Sha256};

/// What stands in a query as it is; everything else is written as `%XX`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The headers that are signed, in their order.
const HEADERS: &str = "host;x-amz-content-sha256;x-amz-date";

/// Who signs, for one region.
pub(super) struct Signer {
    pub(super) access_key: String,
    pub(super) secret_key: String,
    pub(super) region: String,
}

/// What is signed of a request.
pub(super) struct Parts<'a> {
    pub(super) method: &'a str,
    pub(super) host: &'a str,
    /// From the slash on, of characters that need no escape.
    pub(super) path: &'a str,
    /// As [`query`] writes it.
    pub(super) query: &'a str,
    /// SHA-256 of the body, in hex.
    pub(super) payload: &'a str,
}

/// What a signature adds to a request.
pub(super) struct Signed {
    /// For the header `x-amz-date`.
    pub(super) date: String,
    /// For the header `authorization`.
    pub(super) authorization: String,
}

impl Signer {
    pub(super) fn sign(&self, parts: &Parts<'_>, at: DateTime<Utc>) -> Signed {
        let Parts { method, host, path, query, payload } = parts;
        let date = at.format("%Y%m%dT%H%M%SZ").to_string();
        let day = at.format("%Y%m%d").to_string();
        let scope = format!("{day}/{}/s3/aws4_request", self.region);
        let request = format!(
            "{method}\n{path}\n{query}\nhost:{host}\nx-amz-content-sha256:{payload}\nx-amz-date:{date}\n\n{HEADERS}\n{payload}"
        );
        let statement = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex::encode(Sha256::digest(request)));
        let secret = format!("AWS4{}", self.secret_key);
        let key = [day.as_str(), &self.region, "s3", "aws4_request"]
            .iter()
            .fold(secret.into_bytes(), |key, part| mac(&key, part));
        let signature = hex::encode(mac(&key, &statement));
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={HEADERS},Signature={signature}",
            self.access_key
        );
        Signed { date, authorization }
    }
}

fn mac(key: &[u8], message: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message.as_bytes()).as_ref().to_vec()
}

/// A query in the one order and spelling that is signed.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
    let mut written: Vec<(String, String)> =
        pairs.iter().map(|(name, value)| (escaped(name), escaped(value))).collect();
    written.sort();
    written.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked examples of the "Authenticating Requests" chapter of the Amazon S3 API reference.
    #[test]
    fn the_published_examples_come_out() {
        let signer = Signer {
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            region: "us-east-1".into(),
        };
        let at = DateTime::from_timestamp(1_369_353_600, 0).expect("24 May 2013");
        for (pairs, signature) in [
            (
                [("prefix", "J"), ("max-keys", "2")].as_slice(),
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            ),
            (&[("lifecycle", "")], "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ] {
            let parts = Parts {
                method: "GET",
                host: "examplebucket.s3.amazonaws.com",
                path: "/",
                query: &query(pairs),
                payload: &hex::encode(Sha256::digest(b"")),
            };
            let signed = signer.sign(&parts, at);
            assert_eq!(signed.date, "20130524T000000Z");
            assert_eq!(
                signed.authorization,
                format!(
                    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
                     SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature={signature}"
                )
            );
        }
    }

    #[test]
    fn a_query_has_one_spelling() {
        assert_eq!(
            query(&[("prefix", "a/b"), ("continuation-token", "x+/=\u{e9}~")]),
            "continuation-token=x%2B%2F%3D%C3%A9~&prefix=a%2Fb"
        );
    }
}
