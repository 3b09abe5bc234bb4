//! `yuanchi serve`: the service itself.

use crate::actions::{accounts, backups};
use crate::app::{App, Clock};
use crate::config::{Config, LogConfig, LogFormat, MailKind, StorageKind};
use crate::domain::calendar::local_datetime_iso;
use crate::{jobs, server};
use anyhow::Context;
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
    eprintln!("Yuanchi is at http://{}", listener.local_addr()?);
    eprintln!("  data      {}", data.display());
    eprintln!("  database  {database}");
    eprintln!("  documents {documents}");
    eprintln!("  keys      {}", std::path::absolute(config.keys_dir())?.display());
    eprintln!("  mail      {mail}");
    eprintln!("  links     begin with {}", app.env.base_url);
    let backup = app.read_now(backups::last_backup)?;
    let backup = backup.map(|at| format!("the last one on record is of {}", local_datetime_iso(at)));
    eprintln!("  backup    {}", backup.unwrap_or_else(|| "none is on record; see `yuanchi backup --help`".to_string()));
    if config.links_are_a_guess() {
        eprintln!(
            "Warning: server.host = {} is open to other machines, and server.base_url is empty:",
            config.server.host
        );
        eprintln!(
            "  links in mails are a guess. Set server.base_url to https://your.host; people elsewhere can sign in"
        );
        eprintln!("  over https only, because browsers keep the cookie of a session for nothing less.");
    }
    say_what_is_not_set(config);
    Ok(())
}

/// Names what does for a first look only, each by its key.
fn say_what_is_not_set(config: &Config) {
    let remarks = config.not_for_production();
    if remarks.is_empty() {
        return;
    }
    eprintln!("Not set for production (config/default.toml explains each; `yuanchi settings` lists what is in force):");
    for remark in remarks {
        eprintln!("  {:<22} {}", remark.key(), remark.said());
    }
}

/// Prints the link that makes the first administrators, as long as an office of theirs is empty; whether it is. On standard
/// error alone, which is the operator's.
///
/// # Errors
/// The database is away.
pub fn invite_the_first(app: &App) -> anyhow::Result<bool> {
    let Some(link) = app.write_now(accounts::bootstrap_link)? else { return Ok(false) };
    eprintln!("There is no system administrator or no security administrator in office.");
    eprintln!("Open this link once, within half an hour, to make or to restore them:");
    eprintln!("  {link}");
    Ok(true)
}

/// Logs go to standard error, so that what a command prints stays clean.
pub fn start_logging(config: &LogConfig) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.filter).context("logs.filter")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.format {
        LogFormat::Text => builder.with_ansi(false).try_init(),
        LogFormat::Json => builder.json().try_init(),
    }
    .map_err(|e| anyhow::anyhow!("logs: {e}"))
}
