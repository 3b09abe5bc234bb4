//! `yuanchi import list`: brings lists decided elsewhere in, all rows or none.

use crate::actions::import_list::{ImportProblem, ImportedList, import_lists, read_lists};
use crate::app::App;
use crate::cli::out::say;
use crate::domain::actor::Actor;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::spreadsheet::{RowProblem, read_table_file};
use crate::words::DEFAULT_LANGUAGE;
use anyhow::bail;
use std::path::Path;

/// Reads the file, reports every bad row, and brings the lists in unless it is a dry run.
///
/// # Errors
/// A file that is no table; bad rows; a list that is here already.
pub fn run(app: &App, path: &Path, dry_run: bool) -> anyhow::Result<()> {
    let words = app.env.words;
    let say = |key: &str, args: &[(&str, String)]| words.say_with(DEFAULT_LANGUAGE, key, args.iter().cloned());
    let table = match read_table_file(path) {
        Ok(table) => table,
        Err(problem) => {
            let reason = say(&format!("table-{}", problem.code()), &problem.args());
            bail!("{}", say("list-import-file", &[("reason", reason)]));
        }
    };
    let lists = match read_lists(&table, &app.env.reference, &app.env.programmes) {
        Ok(lists) => lists,
        Err(ImportProblem::Columns(problems)) => {
            for problem in &problems {
                eprintln!("{}", say(&format!("column-{}", problem.code), &problem.args()));
            }
            bail!("{}: nothing was brought in", path.display());
        }
        Err(ImportProblem::Empty) => bail!("{}: {}", path.display(), say("list-import-empty", &[])),
        Err(ImportProblem::Rows(problems)) => {
            for problem in &problems {
                eprintln!("{}", row_sentence(&say, problem));
            }
            bail!("{}: {} problems, nothing was brought in", path.display(), problems.len());
        }
    };
    for list in &lists {
        say!("{}\t{}\t{}", list.title, list.year.map(|year| year.to_string()).unwrap_or_default(), list.rows.len());
    }
    let rows: usize = lists.iter().map(|list| list.rows.len()).sum();
    let count = lists.len();
    bring_in(app, lists, dry_run)?;
    let done = if dry_run { "can be" } else { "were" };
    say!("{count} lists with {rows} rows {done} brought in");
    Ok(())
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
        Err(Error::Refused(refusal)) => bail!("{}", words.refusal(DEFAULT_LANGUAGE, &refusal)),
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
