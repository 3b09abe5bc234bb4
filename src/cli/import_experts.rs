//! `yuanchi import experts FILE`: brings a table of experts into the pool.

use crate::actions::import_experts::{dry_run, import, read, row_sentence};
use crate::app::App;
use crate::cli::out::say;
use crate::domain::actor::Actor;
use crate::spreadsheet::MAX_BYTES;
use crate::words::DEFAULT_LANGUAGE;
use anyhow::Context;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

/// Reports every bad row of the file with line, column and reason; brings the rows in when none is bad and `only_check`
/// is not set.
pub fn run(app: &App, path: &Path, only_check: bool) -> anyhow::Result<ExitCode> {
    let shown = path.display();
    let mut content = Vec::new();
    let file = std::fs::File::open(path).with_context(|| format!("{shown}: cannot be read"))?;
    // One byte more than allowed is enough to know.
    file.take(MAX_BYTES + 1).read_to_end(&mut content).with_context(|| format!("{shown}: cannot be read"))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let rows = match read(&content, &name) {
        Ok(rows) => rows,
        Err(unreadable) => {
            for sentence in unreadable.sentences(DEFAULT_LANGUAGE) {
                eprintln!("{shown}: {sentence}");
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let found = app.read_now(|tx| dry_run(tx, &Actor::system(), &rows))?;
    for problem in &found.problems {
        let sentence = row_sentence(problem, DEFAULT_LANGUAGE);
        eprintln!("{shown}:{} {}: {sentence}", problem.line, problem.column);
    }
    if !found.problems.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    say!("{shown}: {} new, {} to change, {} unchanged", found.added(), found.updated(), found.unchanged());
    let digest = found.digest();
    if !only_check {
        let done = app.write_now(move |tx| import(tx, &Actor::system(), &rows, Some(&digest)))?;
        say!("{shown}: {} brought in, {} brought up to date", done.added, done.updated);
    }
    Ok(ExitCode::SUCCESS)
}
