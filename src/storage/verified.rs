//! A reader that proves what it gives out.

use std::fmt;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::ObjectKey;

/// Bytes read ahead at a time.
const BLOCK: usize = 64 * 1024;

/// The content is not what its key promises.
#[derive(Debug, thiserror::Error)]
#[error("object altered since it was stored")]
pub(super) struct Altered;

/// Reads an object one block behind, so that the last block is given out only after the digest of the whole agreed.
///
/// A client that was promised a length therefore never receives a complete but wrong file: the stream breaks first.
pub struct VerifiedReader {
    inner: Box<dyn Read + Send>,
    key: ObjectKey,
    hasher: Sha256,
    current: Vec<u8>,
    given: usize,
    next: Vec<u8>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Reading,
    Agreed,
    Failed,
}

impl VerifiedReader {
    /// Reads `inner`, whose content must have the digest `key`.
    #[must_use]
    pub fn new(inner: Box<dyn Read + Send>, key: ObjectKey) -> Self {
        Self { inner, key, hasher: Sha256::new(), current: Vec::new(), given: 0, next: Vec::new(), state: State::New }
    }

    fn fill_next(&mut self) -> io::Result<()> {
        self.next.clear();
        self.inner.by_ref().take(BLOCK as u64).read_to_end(&mut self.next)?;
        self.hasher.update(&self.next);
        Ok(())
    }

    fn advance(&mut self) -> io::Result<()> {
        if self.state == State::New {
            self.fill_next()?;
            self.state = State::Reading;
        }
        std::mem::swap(&mut self.current, &mut self.next);
        self.given = 0;
        self.fill_next()?;
        if self.next.is_empty() {
            let digest: [u8; 32] = self.hasher.finalize_reset().into();
            if ObjectKey::from_sha256(digest) != self.key {
                return Err(io::Error::new(io::ErrorKind::InvalidData, Altered));
            }
            self.state = State::Agreed;
        }
        Ok(())
    }
}

impl Read for VerifiedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.state == State::Failed {
            return Err(io::Error::new(io::ErrorKind::InvalidData, Altered));
        }
        if self.given >= self.current.len()
            && self.state != State::Agreed
            && let Err(error) = self.advance()
        {
            self.state = State::Failed;
            self.current.clear();
            return Err(error);
        }
        let rest = self.current.get(self.given..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(rest) {
            *to = *from;
        }
        self.given += count;
        Ok(count)
    }
}

impl fmt::Debug for VerifiedReader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("VerifiedReader")
            .field("key", &self.key)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key_of(content: &[u8]) -> ObjectKey {
        ObjectKey::from_sha256(Sha256::digest(content).into())
    }

    fn reader(content: Vec<u8>, key: ObjectKey) -> VerifiedReader {
        VerifiedReader::new(Box::new(io::Cursor::new(content)), key)
    }

    #[test]
    fn the_last_block_of_altered_content_never_comes_out() {
        for (length, flipped) in
            [(1, 0), (BLOCK, 7), (3 * BLOCK + 5, 0), (3 * BLOCK + 5, 3 * BLOCK + 4), (2 * BLOCK, 2 * BLOCK - 1)]
        {
            let mut content = vec![7; length];
            let key = key_of(&content);
            content[flipped] ^= 1;
            let mut out = Vec::new();
            let mut reader = reader(content, key);
            let error = reader.read_to_end(&mut out).expect_err("altered");
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            assert!(out.len() <= length - 1 - (length - 1) % BLOCK, "{} of {length}", out.len());
            assert!(reader.read(&mut [0; 8]).is_err(), "stays failed");
        }
    }

    #[test]
    fn cut_and_lengthened_content_is_noticed() {
        let content = vec![1; BLOCK + 10];
        let key = key_of(&content);
        let mut longer = content.clone();
        longer.push(1);
        assert!(reader(content[..BLOCK].to_vec(), key).read_to_end(&mut Vec::new()).is_err());
        assert!(reader(longer, key).read_to_end(&mut Vec::new()).is_err());
        assert!(reader(Vec::new(), key).read_to_end(&mut Vec::new()).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whole_content_comes_out_whole(length in 0..3 * BLOCK, step in 1..100_000_usize) {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut reader = reader(content.clone(), key_of(&content));
            let mut out = Vec::new();
            let mut buffer = vec![0; step];
            loop {
                let count = reader.read(&mut buffer).expect("sound");
                if count == 0 { break; }
                out.extend_from_slice(&buffer[..count]);
            }
            prop_assert_eq!(out, content);
        }
    }
}
