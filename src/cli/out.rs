//! What the commands say on standard output. Whoever reads only the beginning of it (`| head`) has closed the pipe: that is
//! no failure, and changes nothing about how a command ends.

use std::fmt::Arguments;
use std::io::{ErrorKind, StdoutLock, Write};
use std::sync::atomic::{AtomicBool, Ordering};

static LOST: AtomicBool = AtomicBool::new(false);

/// Prints a line, written as for `println!`, which would panic once nobody reads any more.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::cli::out::line(format_args!($($words)*))
    };
}

pub(super) use say;

/// Prints a line.
pub(super) fn line(words: Arguments<'_>) {
    write(|out| writeln!(out, "{words}"));
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

/// Whether something could not be printed though somebody wanted to read it, as on a full disk.
pub(super) fn is_lost() -> bool {
    LOST.load(Ordering::Relaxed)
}
