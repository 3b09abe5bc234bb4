//! What is kept so that nobody who has the database alone can read it: ChaCha20-Poly1305 (RFC 8439) under a key of this service.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// Begins a sealed text: what it is, and the version of its form.
const MARK: &str = "sealed:1:";

/// Whether a text is a sealed one.
pub fn is_sealed(text: &str) -> bool {
    text.starts_with(MARK)
}

fn key_of(secret: &[u8; 32]) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, secret).ok().map(LessSafeKey::new)
}

/// Seals `plain` under `secret`, bound to `place`: put anywhere else it does not open. `random` is used for this
/// place and content and for no other.
pub fn seal(secret: &[u8; 32], place: &str, plain: &[u8], random: &[u8; 32]) -> Option<String> {
    let nonce: [u8; NONCE_LEN] = random.get(..NONCE_LEN)?.try_into().ok()?;
    let mut sealed = plain.to_vec();
    let key = key_of(secret)?;
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place.as_bytes()), &mut sealed).ok()?;
    Some(format!("{MARK}{}{}", hex::encode(nonce), hex::encode(sealed)))
}

/// Opens what was sealed for `place`; none for anything else, and for whatever was altered.
pub fn open(secret: &[u8; 32], place: &str, sealed: &str) -> Option<Vec<u8>> {
    let bytes = hex::decode(sealed.strip_prefix(MARK)?).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut sealed = sealed.to_vec();
    let plain = key_of(secret)?.open_in_place(nonce, Aad::from(place.as_bytes()), &mut sealed).ok()?;
    Some(plain.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_sealed_opens_in_its_place_alone(plain in prop::collection::vec(any::<u8>(), 0..80), random: [u8; 32], byte: prop::sample::Index) {
            let secret = [3; 32];
            let sealed = seal(&secret, "objection 1", &plain, &random).unwrap();
            prop_assert!(is_sealed(&sealed));
            let opened = open(&secret, "objection 1", &sealed);
            prop_assert_eq!(opened.as_deref(), Some(plain.as_slice()));
            prop_assert_eq!(open(&secret, "objection 2", &sealed), None);
            prop_assert_eq!(open(&[4; 32], "objection 1", &sealed), None);
            let mut altered = hex::decode(&sealed[MARK.len()..]).unwrap();
            let at = byte.index(altered.len());
            altered[at] ^= 1;
            prop_assert_eq!(open(&secret, "objection 1", &format!("{MARK}{}", hex::encode(altered))), None);
        }

        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            prop_assert_eq!(open(&[0; 32], "", &text), None);
        }
    }
}
