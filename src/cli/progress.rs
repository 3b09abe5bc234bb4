//! How far long work has come, on standard error: one line that is written over again where somebody looks at a
//! terminal, and now and then a line where it goes into a file. Short work says nothing.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How long work may go on in silence where nobody looks at a terminal.
const SPARSE: Duration = Duration::from_secs(10);
/// How often a line on a terminal is written anew.
const LIVELY: Duration = Duration::from_millis(200);

/// The progress of one command.
pub struct Progress {
    command: &'static str,
    step: String,
    done: usize,
    total: usize,
    lively: bool,
    said: Instant,
    /// Whether a line on the terminal waits to be cleared away.
    pending: bool,
}

impl Progress {
    /// Of a command that begins now.
    pub fn of(command: &'static str) -> Progress {
        Progress {
            command,
            step: String::new(),
            done: 0,
            total: 0,
            lively: std::io::stderr().is_terminal(),
            said: Instant::now(),
            pending: false,
        }
    }

    /// Something is begun of which nobody knows how long it takes.
    pub fn step(&mut self, what: &str) {
        self.begin(what, 0);
    }

    /// Something is begun that has so many parts.
    pub fn begin(&mut self, what: &str, total: usize) {
        self.step = what.to_string();
        (self.done, self.total) = (0, total);
        self.tell(self.lively);
    }

    /// So many parts are done, and this one is next.
    pub fn at(&mut self, what: &str, done: usize, total: usize) {
        self.step = what.to_string();
        (self.done, self.total) = (done, total);
        self.tell(false);
    }

    /// One part more is done.
    pub fn advance(&mut self) {
        self.done += 1;
        self.tell(false);
    }

    /// All is done: what stands on the terminal makes room for what the command says.
    pub fn end(&mut self) {
        if self.pending {
            self.write("\r\u{1b}[K");
            self.pending = false;
        }
    }

    fn tell(&mut self, at_once: bool) {
        let patience = if self.lively { LIVELY } else { SPARSE };
        if !at_once && self.said.elapsed() < patience {
            return;
        }
        self.said = Instant::now();
        let line = line(self.command, &self.step, self.done, self.total);
        if self.lively {
            self.write(&format!("\r\u{1b}[K{line}"));
            self.pending = true;
        } else {
            self.write(&format!("{line}\n"));
        }
    }

    /// Nobody misses progress that cannot be written.
    fn write(&self, text: &str) {
        let mut err = std::io::stderr().lock();
        drop(err.write_all(text.as_bytes()).and_then(|()| err.flush()));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

fn line(command: &str, step: &str, done: usize, total: usize) -> String {
    if total == 0 { format!("{command}: {step}") } else { format!("{command}: {step} {done}/{total}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_it_is_where_that_is_known() {
        assert_eq!(line("fsck", "the record", 0, 0), "fsck: the record");
        assert_eq!(line("backup", "documents", 3, 10), "backup: documents 3/10");
    }
}
