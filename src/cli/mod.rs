//! The commands.

mod accounts;
mod backup;
pub mod demo;
mod draw;
mod fsck;
mod import_experts;
pub mod import_list;
mod keys;
pub mod logging;
mod out;
mod progress;
mod serve;
mod settings;
mod verify;

use crate::app::{App, Clock, must_have_its_database};
use crate::config::Config;
use crate::error::Error;
use crate::words::Words;
use anyhow::ensure;
use clap::{Parser, Subcommand};
use out::say;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Runs the supply resource pool: applications, review, notice, published lists.
#[derive(Debug, Parser)]
#[command(name = "yuanchi", version)]
struct Arguments {
    /// A settings file that overrides the defaults.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Prints what the command reports as JSON on standard output, errors too: {"ok": false, "error": …}.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves (the default).
    Serve,
    /// Plays a province at work and serves it.
    Demo(demo::Options),
    /// Brings the schema up to date and stops.
    Migrate,
    /// Copies the database, the documents and the checkpoints into a new folder, and looks through the copy.
    Backup(backup::Options),
    /// Checks every invariant; lists what is broken and fails if anything is.
    Fsck {
        /// A copy of the checkpoints that is kept where the service cannot write; those in the data folder are read as well.
        #[arg(long, value_name = "FOLDER")]
        checkpoints: Option<PathBuf>,
    },
    /// Checks what was carried away, without a database: checkpoints, a published list, the proof of an event, a certificate. Ends with 0
    /// if it holds, with 1 if it does not and where, with 2 if a file cannot be read, with 3 if it fits together but no key was named to
    /// hold it against.
    Verify(verify::Options),
    /// Lists and rotates the keys that sign.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Checks draws of experts that were carried away.
    #[command(subcommand)]
    Draw(draw::Command),
    /// Lists the settings in force: key, value and where it was set; nothing secret.
    Settings,
    /// Prints the OpenAPI document.
    Openapi,
    /// Brings in what exists elsewhere.
    #[command(subcommand)]
    Import(Import),
    /// Lists and closes accounts.
    #[command(subcommand)]
    Account(accounts::Command),
}

#[derive(Debug, Subcommand)]
enum Import {
    /// Lists decided elsewhere, from CSV or XLSX: all rows or none.
    List {
        /// The file.
        file: PathBuf,
        /// Only reports what would be brought in and every bad row.
        #[arg(long)]
        dry_run: bool,
    },
    /// Experts, from CSV or XLSX: all rows or none; a known address brings its expert up to date.
    Experts {
        /// The file.
        file: PathBuf,
        /// Only reports what would be brought in and every bad row.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misread(&error),
    };
    let as_json = arguments.json;
    match run(arguments) {
        Ok(_) if out::is_lost() => ExitCode::FAILURE,
        Ok(code) => code,
        Err(error) => {
            // What was kept for a document that will not be printed is gone with it.
            drop(out::kept());
            if as_json {
                say!("{}", json!({ "ok": false, "error": told(&error) }));
            } else {
                eprintln!("yuanchi: {}", told(&error));
            }
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the arguments, or what was asked for of the program itself: help, the version.
fn misread(error: &clap::Error) -> ExitCode {
    if error.use_stderr() && std::env::args_os().any(|word| word == "--json") {
        say!("{}", json!({ "ok": false, "error": error.to_string().trim_end() }));
    } else {
        // Nobody reads any more.
        drop(error.print());
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// An error as an operator reads it: what is wrong with an argument by its name and in words that say what to do.
fn told(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Error>() {
        Some(Error::Invalid(problems)) => {
            let said = problems.iter().map(|p| format!("{}: {}", p.path, Words.problem(out::LANGUAGE, p)));
            said.collect::<Vec<_>>().join("; ")
        }
        _ => format!("{error:#}"),
    }
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let as_json = arguments.json;
    let config = || Config::load(arguments.config.as_deref());
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(config()?)?,
        Command::Demo(options) => {
            demo::run(Config::load_over(demo::DEFAULTS, arguments.config.as_deref())?, &options)?;
        }
        Command::Migrate => {
            let mut progress = progress::Progress::of("migrate");
            progress.step("the schema");
            open(config()?)?;
            progress.end();
            if as_json { say!("{}", json!({ "ok": true })) } else { say!("the schema is up to date") }
        }
        Command::Backup(options) => {
            let config = config()?;
            // Opening brings the schema up to date, and what is backed up must be what is there.
            backup::must_be_of_this_version(&config)?;
            backup::run(open(config)?.as_ref(), &options, as_json)?;
        }
        Command::Fsck { checkpoints } => {
            return fsck::run(open_there(config()?)?.as_ref(), as_json, checkpoints.as_deref());
        }
        Command::Verify(options) => {
            if as_json {
                out::keep();
            }
            let code = verify::run(&options, || {
                let config = config()?;
                verify::Own::of(&config.data.dir, &config.keys_dir())
            })?;
            if as_json {
                let says = out::kept();
                say!("{}", verify::as_json(code, &says));
            }
            return Ok(ExitCode::from(code));
        }
        Command::Keys(command) => keys::run(open_there(config()?)?.as_ref(), command, as_json)?,
        Command::Draw(command) => return Ok(draw::run(&command, as_json)),
        Command::Settings => settings::run(&config()?, as_json)?,
        Command::Openapi => say!("{}", crate::api::openapi().to_pretty_json()?),
        Command::Import(Import::List { file, dry_run }) => {
            return import_list::run(open_there(config()?)?.as_ref(), &file, dry_run, as_json);
        }
        Command::Import(Import::Experts { file, dry_run }) => {
            return import_experts::run(open_there(config()?)?.as_ref(), &file, dry_run, as_json);
        }
        Command::Account(command) => accounts::run(open_there(config()?)?.as_ref(), command, as_json)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the program as configured, by the machine's clock.
fn open(config: Config) -> anyhow::Result<Arc<App>> {
    App::build(config, Clock::System)
}

/// The same over a database that must be there: the first start, `migrate` and `demo` alone make one.
fn open_there(config: Config) -> anyhow::Result<Arc<App>> {
    let url = config.database_url();
    // Said first: where keys are, to make a database is no remedy.
    must_have_its_database(&config)?;
    if let Some(path) = url.strip_prefix("sqlite://") {
        ensure!(
            Path::new(path).is_file(),
            "{path}: there is no database here, and this command makes none; see data.dir and database.url in \
             `yuanchi settings`, or make one by `yuanchi migrate`"
        );
    }
    open(config)
}
