//! `yuanchi fsck`: does everything that must hold, hold?

use crate::actions::fsck;
use crate::app::App;
use crate::jobs;
use std::process::ExitCode;

/// Prints what is broken; the exit code is 1 if anything is.
pub fn run(app: &App, json: bool) -> anyhow::Result<ExitCode> {
    let exports = jobs::read_exports(&app.config.data.dir.join("checkpoints"))?;
    let violations = app.read_now(|tx| fsck::check(tx, &exports))?;
    if json {
        println!("{}", serde_json::to_string_pretty(&violations)?);
    } else {
        for violation in &violations {
            println!("{}: {}: {}", violation.invariant, violation.subject, violation.what);
        }
        match violations.len() {
            0 => println!("every invariant holds"),
            count => println!("{count} violations"),
        }
    }
    Ok(if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
