//! `yuanchi import experts FILE`: brings a table of experts into the pool.

use crate::actions::import_experts::{dry_run, import, read, row_sentence};
use crate::app::App;
use crate::cli::import_list::refuse;
use crate::cli::out::{LANGUAGE, say};
use crate::cli::progress::Progress;
use crate::domain::actor::Actor;
use crate::spreadsheet::MAX_BYTES;
use anyhow::Context;
use serde_json::json;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

/// Reports every bad row of the file with line, column and reason; brings the rows in when none is bad and `only_check`
/// is not set.
pub fn run(app: &App, path: &Path, only_check: bool, as_json: bool) -> anyhow::Result<ExitCode> {
    let shown = path.display();
    let mut content = Vec::new();
    let file = std::fs::File::open(path).with_context(|| format!("{shown}: cannot be read"))?;
    // One byte more than allowed is enough to know.
    file.take(MAX_BYTES + 1).read_to_end(&mut content).with_context(|| format!("{shown}: cannot be read"))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let rows = match read(&content, &name) {
        Ok(rows) => rows,
        Err(unreadable) => {
            let sentences = unreadable.sentences(LANGUAGE).into_iter();
            let said: Vec<String> = sentences.map(|sentence| format!("{shown}: {sentence}")).collect();
            return Ok(refuse(as_json, &format!("{shown}: nothing was brought in"), &said));
        }
    };
    let mut progress = Progress::of("import");
    progress.step("checking the rows");
    let found = app.read_now(|tx| dry_run(tx, &Actor::system(), &rows))?;
    progress.end();
    let problems = found.problems.iter().map(|problem| {
        let sentence = row_sentence(problem, LANGUAGE);
        format!("{shown}:{} {}: {sentence}", problem.line, problem.column)
    });
    let problems: Vec<String> = problems.collect();
    if !problems.is_empty() {
        let error = format!("{shown}: {} problems, nothing was brought in", problems.len());
        return Ok(refuse(as_json, &error, &problems));
    }
    if as_json {
        let counted = json!({ "new": found.added(), "to_change": found.updated(), "unchanged": found.unchanged() });
        if !only_check {
            let digest = found.digest();
            app.write_now(move |tx| import(tx, &Actor::system(), &rows, Some(&digest)))?;
        }
        say!("{}", json!({ "ok": true, "dry_run": only_check, "experts": counted }));
        return Ok(ExitCode::SUCCESS);
    }
    say!("{shown}: {} new, {} to change, {} unchanged", found.added(), found.updated(), found.unchanged());
    let digest = found.digest();
    if !only_check {
        let done = app.write_now(move |tx| import(tx, &Actor::system(), &rows, Some(&digest)))?;
        say!("{shown}: {} brought in, {} brought up to date", done.added, done.updated);
    }
    Ok(ExitCode::SUCCESS)
}
