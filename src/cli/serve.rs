//! `yuanchi serve`: the service itself.

use crate::actions::{backups, offices};
use crate::app::{App, Clock};
use crate::cli::logging::start_logging;
use crate::config::{Config, LogFormat, MailKind, StorageKind};
use crate::domain::calendar::local_datetime_iso;
use crate::{jobs, server};
use anyhow::Context;
use chrono::NaiveDateTime;
use std::fmt::Arguments;
use std::net::TcpListener;
use std::sync::Arc;

/// Serves until told to stop.
pub fn run(mut config: Config) -> anyhow::Result<()> {
    start_logging(&config.logs)?;
    let listener = server::listen(&mut config.server)?;
    let app = App::build(config, Clock::System)?;
    introduce(&app, &listener)?;
    invite_the_first(&app)?;
    run_on(app, listener)
}

/// Serves an opened program on a listener until told to stop (SIGTERM, SIGINT): what was begun is finished first.
pub fn run_on(app: Arc<App>, listener: TcpListener) -> anyhow::Result<()> {
    tracing::info!(server.address = %listener.local_addr()?, "ready");
    let jobs = jobs::start(app.clone()).context("the jobs cannot be started")?;
    actix_web::rt::System::new()
        .block_on(async move { server::serve(app, listener)?.await.context("the server stopped") })?;
    drop(jobs);
    tracing::info!("stopped");
    Ok(())
}

/// Says a line at the start on standard error, in the form that the settings give to what stands there: whoever reads logs as
/// JSON reads these lines as well.
macro_rules! tell {
    ($app:expr, $level:literal, $($words:tt)*) => {
        match $app.config.logs.format {
            LogFormat::Text => eprintln!($($words)*),
            LogFormat::Json => eprintln!("{}", as_line($app.clock.now(), $level, format_args!($($words)*))),
        }
    };
}

/// A line as the log writes its own.
fn as_line(at: NaiveDateTime, level: &str, words: Arguments<'_>) -> serde_json::Value {
    serde_json::json!({
        "timestamp": at.and_utc().to_rfc3339(),
        "level": level,
        "fields": { "message": words.to_string().trim_start() },
        "target": "yuanchi::start",
    })
}

/// Tells the operator where everything is.
///
/// # Errors
/// The record cannot be read, or there is no working directory.
pub fn introduce(app: &App, listener: &TcpListener) -> anyhow::Result<()> {
    let config = &app.config;
    let data = std::path::absolute(&config.data.dir)?;
    let database =
        if config.database_url().starts_with("sqlite://") { "SQLite, in the data folder" } else { "PostgreSQL" };
    let documents = match config.storage.kind {
        StorageKind::Folder => "in the data folder".to_string(),
        StorageKind::S3 => format!("in the bucket {} at {}", config.storage.bucket, config.storage.endpoint),
    };
    let mail = match config.mail.transport {
        MailKind::Folder => format!("written to {}", data.join("mail").display()),
        MailKind::Smtp => format!("sent by {}:{}", config.mail.smtp_host, config.mail.smtp_port),
    };
    tell!(app, "INFO", "Yuanchi is at http://{}", listener.local_addr()?);
    tell!(app, "INFO", "  data      {}", data.display());
    tell!(app, "INFO", "  database  {database}");
    tell!(app, "INFO", "  documents {documents}");
    tell!(app, "INFO", "  keys      {}", std::path::absolute(config.keys_dir())?.display());
    tell!(app, "INFO", "  mail      {mail}");
    tell!(app, "INFO", "  links     begin with {}", app.env.base_url);
    let backup = app.read_now(backups::last_backup)?;
    let backup = backup.map(|at| format!("the last one on record is of {}", local_datetime_iso(at)));
    let backup = backup.unwrap_or_else(|| "none is on record; see `yuanchi backup --help`".to_string());
    tell!(app, "INFO", "  backup    {backup}");
    if config.links_are_a_guess() {
        let host = &config.server.host;
        tell!(app, "WARN", "Warning: server.host = {host} is open to other machines, and server.base_url is empty:");
        tell!(
            app,
            "WARN",
            "  links in mails are a guess. Set server.base_url to https://your.host; people elsewhere can sign in"
        );
        tell!(app, "WARN", "  over https only, because browsers keep the cookie of a session for nothing less.");
    }
    say_what_is_not_set(app);
    Ok(())
}

/// Names what does for a first look only, each by its key.
fn say_what_is_not_set(app: &App) {
    let remarks = app.config.not_for_production();
    if remarks.is_empty() {
        return;
    }
    tell!(
        app,
        "WARN",
        "Not set for production (config/default.toml explains each; `yuanchi settings` lists what is in force):"
    );
    for remark in remarks {
        tell!(app, "WARN", "  {:<22} {}", remark.key(), remark.said());
    }
}

/// Prints the link that makes the first administrators, as long as an office of theirs is empty; whether it is. On standard
/// error alone, which is the operator's.
///
/// # Errors
/// The database is away.
pub fn invite_the_first(app: &App) -> anyhow::Result<bool> {
    let Some(link) = app.write_now(offices::bootstrap_link)? else { return Ok(false) };
    tell!(app, "WARN", "There is no system administrator or no security administrator in office.");
    tell!(app, "WARN", "Open this link once, within half an hour, to make or to restore them:");
    tell!(app, "WARN", "  {link}");
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_start_reads_as_one_of_the_log() {
        let line = as_line(NaiveDateTime::default(), "WARN", format_args!("  keys      \"{}\"", "/srv"));
        assert_eq!(line["fields"]["message"], "keys      \"/srv\"");
        assert_eq!(line["level"], "WARN");
        assert_eq!(line["timestamp"], "1970-01-01T00:00:00+00:00");
        assert_eq!(line.to_string().lines().count(), 1);
    }
}
