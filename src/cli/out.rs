//! What the commands say on standard output. Whoever reads only the beginning of it (`| head`) has closed the pipe: that is
//! no failure, and changes nothing about how a command ends.

use crate::domain::language::Language;
use std::fmt::Arguments;
use std::io::{ErrorKind, StdoutLock, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The language of the commands, for whatever they say by a key of the locale files.
pub(super) const LANGUAGE: &str = Language::En.as_text();

static LOST: AtomicBool = AtomicBool::new(false);

/// Lines that are kept to become part of one JSON document; none while lines are printed as they come.
static KEPT: Mutex<Option<Vec<String>>> = Mutex::new(None);

/// Prints a line, written as for `println!`, which would panic once nobody reads any more.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::cli::out::line(format_args!($($words)*))
    };
}

pub(super) use say;

/// Prints a line, or keeps it ([`keep`]).
pub(super) fn line(words: Arguments<'_>) {
    if let Some(kept) = KEPT.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        kept.push(words.to_string());
        return;
    }
    write(|out| writeln!(out, "{words}"));
}

/// From here on lines are kept and not printed.
pub(super) fn keep() {
    *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
}

/// The lines that were kept; from here on they are printed again.
pub(super) fn kept() -> Vec<String> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
}

/// Prints what `work` writes.
pub(super) fn write(work: impl FnOnce(&mut StdoutLock<'static>) -> std::io::Result<()>) {
    let mut out = std::io::stdout().lock();
    let written = work(&mut out).and_then(|()| out.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        eprintln!("yuanchi: {error}");
        LOST.store(true, Ordering::Relaxed);
    }
}

/// Says what is wrong on standard error, or keeps it with the lines.
pub(super) fn complain(words: &str) {
    match KEPT.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        Some(kept) => kept.push(words.to_string()),
        None => eprintln!("yuanchi: {words}"),
    }
}

/// Whether something could not be printed though somebody wanted to read it, as on a full disk.
pub(super) fn is_lost() -> bool {
    LOST.load(Ordering::Relaxed)
}
