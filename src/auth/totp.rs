//! Time-based one-time codes (RFC 6238): HMAC-SHA-1, thirty seconds, six digits, as every authenticator reads them.
//!
//! SHA-1 is what the authenticators have in common; in an HMAC its collisions are of no use to anybody.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;

/// Bytes of a secret, as RFC 4226 recommends.
pub const SECRET_BYTES: usize = 20;
/// Seconds of a step.
pub const STEP_SECONDS: i64 = 30;
/// A code is below this: six digits.
const CODES: u32 = 1_000_000;

/// The step of an instant, in seconds since 1970.
pub fn step_at(second: i64) -> i64 {
    second.div_euclid(STEP_SECONDS)
}

/// The code of a step.
pub fn code_at(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    // RFC 4226, 5.3: the last four bits say where the number begins.
    let begin = usize::from(bytes.last().copied().unwrap_or_default() & 0x0f);
    let number = bytes.iter().skip(begin).take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % CODES)
}

/// The step whose code this is: the present one, or one to either side for clocks that differ. None for any other code.
pub fn step_of(secret: &[u8], code: &str, second: i64) -> Option<i64> {
    let now = step_at(second);
    let fits =
        |step: &i64| bool::from(subtle::ConstantTimeEq::ct_eq(code_at(secret, *step).as_bytes(), code.as_bytes()));
    [now, now - 1, now + 1].into_iter().find(fits)
}

/// Bytes in base32 (RFC 4648), without padding: what is typed where no camera is at hand.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1)).collect();
    let letter = |bits: &[u8]| {
        let value = bits.iter().fold(0_u8, |value, bit| value << 1 | bit) << (5 - bits.len());
        LETTERS.get(usize::from(value)).copied().map(char::from)
    };
    bits.chunks(5).filter_map(letter).collect()
}

/// What the QR code for an authenticator holds.
pub fn address(secret: &[u8], issuer: &str, account: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (issuer, account, secret) = (encode(issuer), encode(account), base32(secret));
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn c_03_codes_are_those_of_rfc_6238() {
        // Appendix B, the last six of its eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(SECRET, step_at(second)), code, "{second}");
        }
    }

    #[test]
    fn c_03_a_code_is_good_one_step_to_either_side() {
        let code = code_at(SECRET, 100);
        for (second, good) in
            [(2_969, false), (2_970, true), (3_000, true), (3_029, true), (3_059, true), (3_060, false)]
        {
            assert_eq!(step_of(SECRET, &code, second), good.then_some(100), "{second}");
        }
        assert_eq!(step_of(SECRET, "", 3_000), None);
        assert_eq!(step_of(SECRET, &code[..5], 3_000), None);
    }

    #[test]
    fn secrets_are_written_as_authenticators_read_them() {
        // RFC 4648, section 10.
        for (bytes, text) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB")]
        {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
        let address = address(SECRET, "源池", "a@example.org");
        assert!(
            address.starts_with("otpauth://totp/%E6%BA%90%E6%B1%A0:a%40example%2Eorg?secret=GEZDGNBV"),
            "{address}"
        );
    }
}
