//! Letters kept in memory, for tests to read.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::{Letter, SendProblem, Transport};

/// Keeps what it is given; fails as told.
#[derive(Debug, Default)]
pub struct MemoryTransport {
    letters: Mutex<Vec<Letter>>,
    failures: Mutex<VecDeque<SendProblem>>,
}

impl MemoryTransport {
    /// Everything sent so far, in order.
    #[must_use]
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes everything sent so far out.
    #[must_use]
    pub fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.letters.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes one coming attempt fail; several calls queue up.
    pub fn fail_next(&self, problem: SendProblem) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).push_back(problem);
    }
}

impl Transport for MemoryTransport {
    fn send(&self, letter: &Letter) -> Result<(), SendProblem> {
        if let Some(problem) = self.failures.lock().unwrap_or_else(PoisonError::into_inner).pop_front() {
            return Err(problem);
        }
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::letter::tests::letter;
    use super::*;

    #[test]
    fn it_fails_as_told_and_keeps_the_rest() {
        let transport = MemoryTransport::default();
        let problem = SendProblem::Temporary("busy".to_owned());
        transport.fail_next(problem.clone());
        assert_eq!(transport.send(&letter()), Err(problem));
        assert_eq!(transport.send(&letter()), Ok(()));
        assert_eq!(transport.letters(), [letter()]);
        assert_eq!(transport.take().len(), 1);
        assert!(transport.letters().is_empty());
    }
}
