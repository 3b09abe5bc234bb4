//! `yuanchi draw verify`: re-does a draw of experts from its record file, offline.

use crate::cli::out;
use crate::domain::draw::{Difference, Failure, Record, RecordedEvent, compare_with_chain, verify};
use anyhow::Context;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What can be done with a draw that was carried away.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Re-does a draw from its record file, offline. Ends with 0 if the record holds, with 1 and the first difference if it does
    /// not, whatever was changed in it; with 2 if a file cannot be read at all.
    Verify {
        /// The record file.
        file: PathBuf,
        /// The draw's events, to be held against the record.
        #[arg(long, value_name = "FILE")]
        events: Option<PathBuf>,
    },
}

/// A file cannot be read at all.
const UNREADABLE: u8 = 2;

/// How a check ended.
enum Verdict {
    Holds(Box<Record>),
    Differs(Difference),
    Unreadable(String),
}

/// Verifies and prints.
pub fn run(command: &Command, json: bool) -> ExitCode {
    let Command::Verify { file, events } = command;
    let verdict = check(file, events.as_deref());
    out::write(|out| match json {
        true => print_json(out, &verdict, events.is_some()),
        false => print(out, &verdict, events.is_some()),
    });
    match verdict {
        Verdict::Holds(_) => ExitCode::SUCCESS,
        Verdict::Differs(_) => ExitCode::FAILURE,
        Verdict::Unreadable(_) => ExitCode::from(UNREADABLE),
    }
}

fn check(file: &Path, events: Option<&Path>) -> Verdict {
    let read = |path: &Path| std::fs::read(path).with_context(|| path.display().to_string());
    let bytes = match read(file) {
        Ok(bytes) => bytes,
        Err(error) => return Verdict::Unreadable(format!("{error:#}")),
    };
    let record = match verify(&bytes) {
        Ok(record) => record,
        Err(Failure::Different(difference)) => return Verdict::Differs(difference),
        Err(Failure::Malformed { line, column, problem }) => {
            let path = format!("line {line}, column {column}");
            return Verdict::Differs(Difference {
                path,
                expected: "a record of a draw, as JSON".into(),
                found: problem,
            });
        }
    };
    let Some(path) = events else { return Verdict::Holds(Box::new(record)) };
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => return Verdict::Unreadable(format!("{error:#}")),
    };
    let events: Vec<RecordedEvent> = match serde_json::from_slice(&bytes) {
        Ok(events) => events,
        Err(error) => {
            let (path, expected) = ("/events".to_string(), "the events of a draw, as JSON".to_string());
            return Verdict::Differs(Difference { path, expected, found: error.to_string() });
        }
    };
    match compare_with_chain(&record, &events) {
        Ok(()) => Verdict::Holds(Box::new(record)),
        Err(difference) => Verdict::Differs(difference),
    }
}

fn checked(with_events: bool) -> Vec<&'static str> {
    let mut checked = vec![
        "the file is in canonical form",
        "the candidate list is in order, and its digest is that of the opening",
        "both secrets open their commitments",
        "the seed follows from the opening, both secrets and the chain head",
        "panel and reserves follow from the seed",
        "the record's digest is that of the file",
    ];
    if with_events {
        checked.push(
            "the events follow one another; the list was recorded before the reveals; the result is the recorded one",
        );
    }
    checked
}

fn print(out: &mut impl Write, verdict: &Verdict, with_events: bool) -> std::io::Result<()> {
    match verdict {
        Verdict::Holds(record) => {
            for line in checked(with_events) {
                writeln!(out, "ok: {line}")?;
            }
            writeln!(out, "draw {} (attempt {})", record.opening.draw_id, record.opening.attempt)?;
            for selection in &record.result {
                let field = if selection.stratum.is_empty() { "all fields" } else { selection.stratum.as_str() };
                writeln!(out, "panel, {field}: {}", selection.panel.join(" "))?;
                writeln!(out, "reserves, {field}: {}", selection.reserves.join(" "))?;
            }
            writeln!(out, "chain_head {}", record.chain_head)?;
            writeln!(out, "opening_digest {}", record.opening_digest)?;
            writeln!(out, "record_digest {}", record.record_digest)?;
            if !with_events {
                writeln!(
                    out,
                    "A record rewritten as a whole agrees with itself: compare these three with the draw's events, or give \
                     them with --events."
                )?;
            }
        }
        Verdict::Differs(difference) => {
            writeln!(out, "differs at {}", difference.path)?;
            writeln!(out, "expected: {}", difference.expected)?;
            writeln!(out, "found: {}", difference.found)?;
        }
        Verdict::Unreadable(why) => eprintln!("yuanchi: {why}"),
    }
    Ok(())
}

fn print_json(out: &mut impl Write, verdict: &Verdict, with_events: bool) -> std::io::Result<()> {
    let value = match verdict {
        Verdict::Holds(record) => json!({
            "ok": true, "holds": true, "checked": checked(with_events), "draw": record.opening.draw_id,
            "attempt": record.opening.attempt, "result": record.result, "chain_head": record.chain_head,
            "opening_digest": record.opening_digest, "record_digest": record.record_digest,
        }),
        Verdict::Differs(difference) => json!({
            "ok": false, "error": format!("differs at {}", difference.path), "holds": false, "path": difference.path,
            "expected": difference.expected, "found": difference.found,
        }),
        Verdict::Unreadable(why) => json!({ "ok": false, "error": why, "holds": false, "unreadable": why }),
    };
    writeln!(out, "{value}")
}
