//! `yuanchi import list`: brings lists decided elsewhere in, all rows or none.

use crate::actions::import_list::{ImportProblem, ImportedList, import_lists, read_lists};
use crate::app::App;
use crate::cli::out::{LANGUAGE, say};
use crate::cli::progress::Progress;
use crate::domain::actor::Actor;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::spreadsheet::{RowProblem, read_table_file};
use anyhow::bail;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Reads the file, reports every bad row, and brings the lists in unless it is a dry run.
///
/// # Errors
/// A file that is no table; bad rows; a list that is here already.
pub fn run(app: &App, path: &Path, dry_run: bool, as_json: bool) -> anyhow::Result<ExitCode> {
    let words = app.env.words;
    let say = |key: &str, args: &[(&str, String)]| words.say_with(LANGUAGE, key, args.iter().cloned());
    let mut progress = Progress::of("import");
    progress.step("reading the file");
    let table = match read_table_file(path) {
        Ok(table) => table,
        Err(problem) => {
            let reason = say(&format!("table-{}", problem.code()), &problem.args());
            bail!("{}: {reason}", path.display());
        }
    };
    let read = read_lists(&table, &app.env.reference, &app.env.programmes);
    progress.end();
    let lists = match read {
        Ok(lists) => lists,
        Err(ImportProblem::Columns(problems)) => {
            let said = problems.iter().map(|problem| say(&format!("column-{}", problem.code), &problem.args()));
            return Ok(refuse(
                as_json,
                &format!("{}: nothing was brought in", path.display()),
                &said.collect::<Vec<_>>(),
            ));
        }
        Err(ImportProblem::Empty) => bail!("{}: {}", path.display(), say("list-import-empty", &[])),
        Err(ImportProblem::Rows(problems)) => {
            let said: Vec<String> = problems.iter().map(|problem| row_sentence(&say, problem)).collect();
            let error = format!("{}: {} problems, nothing was brought in", path.display(), problems.len());
            return Ok(refuse(as_json, &error, &said));
        }
    };
    let about: Vec<Value> =
        lists.iter().map(|list| json!({ "title": list.title, "year": list.year, "rows": list.rows.len() })).collect();
    for list in lists.iter().filter(|_| !as_json) {
        say!("{}\t{}\t{}", list.title, list.year.map(|year| year.to_string()).unwrap_or_default(), list.rows.len());
    }
    let rows: usize = lists.iter().map(|list| list.rows.len()).sum();
    let count = lists.len();
    progress.step("bringing the lists in");
    bring_in(app, lists, dry_run)?;
    progress.end();
    if as_json {
        say!("{}", json!({ "ok": true, "dry_run": dry_run, "lists": about }));
        return Ok(ExitCode::SUCCESS);
    }
    let done = if dry_run { "can be" } else { "were" };
    say!("{count} lists with {rows} rows {done} brought in");
    Ok(ExitCode::SUCCESS)
}

/// Says what is wrong, each with where, and that nothing was done.
pub(super) fn refuse(as_json: bool, error: &str, problems: &[String]) -> ExitCode {
    if as_json {
        say!("{}", json!({ "ok": false, "error": error, "problems": problems }));
    } else {
        problems.iter().for_each(|problem| eprintln!("{problem}"));
        eprintln!("yuanchi: {error}");
    }
    ExitCode::FAILURE
}

/// Says that a trial went well and is taken back.
const TRIAL: &str = "import_trial";

/// Brings the lists in. A trial is the same, taken back at its end: what would be refused is refused.
fn bring_in(app: &App, lists: Vec<ImportedList>, dry_run: bool) -> anyhow::Result<()> {
    let words = app.env.words;
    let done = app.write_now(move |tx| {
        import_lists(tx, &Actor::system(), &lists)?;
        if dry_run { Err(Refusal::conflict(TRIAL).into()) } else { Ok(()) }
    });
    match done {
        Ok(()) => Ok(()),
        Err(Error::Refused(refusal)) if dry_run && refusal.code == TRIAL => Ok(()),
        Err(Error::Refused(refusal)) => bail!("{}", words.refusal(LANGUAGE, &refusal)),
        Err(error) => Err(error.into()),
    }
}

fn row_sentence(say: &impl Fn(&str, &[(&str, String)]) -> String, problem: &RowProblem) -> String {
    let args = [
        ("line", problem.line.to_string()),
        ("column", problem.column.clone()),
        ("reason", say(&format!("list-import-{}", problem.code), &[])),
        ("remedy", say(&format!("list-import-remedy-{}", problem.remedy), &[])),
        ("value", problem.value.clone()),
    ];
    say("list-import-row", &args)
}
