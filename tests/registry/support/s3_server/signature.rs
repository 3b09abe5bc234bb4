//! Signatures as the store checks them: version 4 of AWS, worked out anew from what arrived.

use super::{ACCESS_KEY, REGION, Request, SECRET_KEY, decoded};
use chrono::{NaiveDateTime, Utc};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Whether the request is signed by whom this store knows, for what arrived, and lately.
pub(super) fn judge(request: &Request) -> Result<(), (u16, &'static str)> {
    const DENIED: (u16, &str) = (403, "AccessDenied");
    let header = |name| request.header(name).ok_or(DENIED);
    if request.header("transfer-encoding").is_some() {
        return Err((411, "MissingContentLength"));
    }
    let authorization = header("authorization")?.strip_prefix("AWS4-HMAC-SHA256 ").ok_or(DENIED)?;
    let part = |name: &str| {
        authorization.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('=')).ok_or(DENIED)
    };
    let (credential, signed, signature) = (part("Credential")?, part("SignedHeaders")?, part("Signature")?);
    let (key, scope) = credential.split_once('/').ok_or(DENIED)?;
    if key != ACCESS_KEY {
        return Err((403, "InvalidAccessKeyId"));
    }
    let date = header("x-amz-date")?;
    let at = NaiveDateTime::parse_from_str(date, "%Y%m%dT%H%M%SZ").map_err(|_| DENIED)?;
    if (Utc::now().naive_utc() - at).num_minutes().abs() >= 15 {
        return Err((403, "RequestTimeTooSkewed"));
    }
    let day = &date[..8];
    if scope != format!("{day}/{REGION}/s3/aws4_request") {
        return Err((400, "AuthorizationHeaderMalformed"));
    }
    let signed: Vec<&str> = signed.split(';').collect();
    let must = |name: &str| name == "host" || name.starts_with("x-amz-");
    if request.headers.iter().any(|(name, _)| must(name) && !signed.contains(&name.as_str())) {
        return Err(DENIED);
    }
    if signature != expected(request, &signed, date, scope) {
        return Err((403, "SignatureDoesNotMatch"));
    }
    if header("x-amz-content-sha256")? != hex::encode(Sha256::digest(&request.body)) {
        return Err((400, "XAmzContentSHA256Mismatch"));
    }
    Ok(())
}

/// The signature, worked out from what arrived.
fn expected(request: &Request, signed: &[&str], date: &str, scope: &str) -> String {
    let mut pairs: Vec<String> = request
        .query()
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name, false), encoded(value, false)))
        .collect();
    pairs.sort();
    let mut canonical = vec![request.method.clone(), encoded(&decoded(request.path()), true), pairs.join("&")];
    canonical.extend(signed.iter().map(|name| format!("{name}:{}", request.header(name).unwrap_or_default())));
    canonical.push(String::new());
    canonical.push(signed.join(";"));
    canonical.push(request.header("x-amz-content-sha256").unwrap_or_default().into());
    let digest = hex::encode(Sha256::digest(canonical.join("\n")));
    let mut key = format!("AWS4{SECRET_KEY}").into_bytes();
    for part in scope.split('/') {
        key = keyed(&key, part);
    }
    hex::encode(keyed(&key, &format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{digest}")))
}

fn keyed(key: &[u8], message: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// As the rules of the signature want it: letters, digits and `-._~` stay, and a slash where it parts a path.
fn encoded(text: &str, slash_stays: bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (byte == b'/' && slash_stays) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
