//! `yuanchi fsck`: does everything that must hold, hold?

use crate::actions::fsck;
use crate::app::App;
use crate::cli::out::say;
use crate::cli::progress::Progress;
use crate::jobs;
use anyhow::ensure;
use std::path::Path;
use std::process::ExitCode;

/// Prints what is broken; the exit code is 1 if anything is. `kept` is a copy of the checkpoints that nobody who has the data
/// folder could alter with it.
pub fn run(app: &App, json: bool, kept: Option<&Path>) -> anyhow::Result<ExitCode> {
    let mut exports = jobs::read_exports(&app.config.data.dir.join("checkpoints"))?;
    if let Some(folder) = kept {
        let copies = jobs::read_exports(folder)?;
        ensure!(!copies.is_empty(), "{}: holds no checkpoint (NNNNNN.txt)", folder.display());
        let others: Vec<_> = copies.into_iter().filter(|copy| !exports.contains(copy)).collect();
        exports.extend(others);
    }
    let mut progress = Progress::of("fsck");
    let mut tell = |what: &str, done: usize, total: usize| progress.at(what, done, total);
    let violations = app.read_now(|tx| fsck::check_telling(tx, &exports, &mut tell))?;
    progress.end();
    if json {
        say!("{}", serde_json::to_string_pretty(&violations)?);
    } else {
        for violation in &violations {
            say!("{}: {}: {}", violation.invariant, violation.subject, violation.what);
        }
        match violations.len() {
            0 => say!("every invariant holds"),
            count => say!("{count} violations"),
        }
    }
    Ok(if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
