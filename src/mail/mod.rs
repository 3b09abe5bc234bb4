//! Letters and the ways they leave: over SMTP, into a folder, or into memory for tests.
//!
//! Delivery is at least once. A letter's `Message-ID` and date are fixed when it is put into the outbox and stay the
//! same at every attempt, so that a relay or a reader recognises a letter that was delivered although the
//! acknowledgement got lost.

mod folder;
mod html;
mod letter;
mod memory;
mod smtp;

use std::time::Duration;

pub use folder::FolderTransport;
pub use html::{HtmlLetter, as_html};
pub use letter::{Letter, Recipient, message_id};
pub use memory::MemoryTransport;
pub use smtp::{Encryption, SmtpSettings, SmtpTransport};

/// A way for letters to leave. Every method blocks; call it from a worker.
pub trait Transport: Send + Sync {
    /// Hands a letter over.
    ///
    /// # Errors
    /// [`SendProblem`] says whether another attempt makes sense.
    fn send(&self, letter: &Letter) -> Result<(), SendProblem>;
}

/// Why a letter did not leave. The text is for operators: one line, it may contain the recipient's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendProblem {
    /// Try again later; see [`next_attempt`].
    #[error("temporary: {0}")]
    Temporary(String),
    /// No attempt will do better.
    #[error("permanent: {0}")]
    Permanent(String),
}

/// Attempts after which a letter that only failed temporarily is given up and shown to an administrator.
/// With the waits of [`next_attempt`] the last one takes place nearly two days (46 hours) after the first.
pub const MAX_ATTEMPTS: u32 = 10;

/// How long to wait after `attempts` failed attempts: 1, 5 and 15 minutes, 1, 3 and 6 hours, 12 hours from then on.
#[must_use]
pub fn next_attempt(attempts: u32) -> Duration {
    let minutes = match attempts {
        0 | 1 => 1,
        2 => 5,
        3 => 15,
        4 => 60,
        5 => 3 * 60,
        6 => 6 * 60,
        _ => 12 * 60,
    };
    Duration::from_secs(minutes * 60)
}

/// One line of limited length, fit for a log and a table cell.
fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_never_shrink_and_end_in_days() {
        let waits: Vec<Duration> = (1..MAX_ATTEMPTS).map(next_attempt).collect();
        assert!(waits.is_sorted());
        assert_eq!(waits[0], Duration::from_secs(60));
        let hours = waits.iter().sum::<Duration>().as_secs() / 3600;
        assert_eq!(hours, 46);
        assert_eq!(next_attempt(u32::MAX), Duration::from_secs(12 * 3600));
    }

    #[test]
    fn a_reason_is_one_short_line() {
        assert_eq!(one_line("550\r\n no\t such\u{0}user"), "550 no such user");
        assert_eq!(one_line(&"x".repeat(999)).len(), 300);
    }
}
