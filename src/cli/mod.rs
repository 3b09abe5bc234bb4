//! The commands.

mod serve;

use crate::app::{App, Clock};
use crate::config::Config;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Runs the supply resource pool: applications, review, notice, published lists.
#[derive(Debug, Parser)]
#[command(name = "yuanchi", version)]
struct Arguments {
    /// A settings file that overrides the defaults.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves (the default).
    Serve,
    /// Brings the schema up to date and stops.
    Migrate,
    /// Prints the OpenAPI document.
    Openapi,
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("yuanchi: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let config = || Config::load(arguments.config.as_deref());
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(config()?)?,
        Command::Migrate => {
            open(config()?)?;
            println!("the schema is up to date");
        }
        Command::Openapi => println!("{}", crate::api::openapi().to_pretty_json()?),
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the program as configured, by the machine's clock.
fn open(config: Config) -> anyhow::Result<Arc<App>> {
    App::build(config, Clock::System)
}
