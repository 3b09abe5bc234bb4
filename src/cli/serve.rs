//! `yuanchi serve`: the service itself.

use crate::app::{App, Clock};
use crate::config::{Config, LogConfig, LogFormat};
use crate::server;
use anyhow::Context;
use std::net::TcpListener;
use std::sync::Arc;

/// Serves until told to stop.
pub fn run(config: Config) -> anyhow::Result<()> {
    start_logging(&config.logs)?;
    let app = App::build(config, Clock::System)?;
    let listener = server::listen(&app)?;
    run_on(app, listener)
}

/// Serves an opened program on a listener until told to stop.
pub fn run_on(app: Arc<App>, listener: TcpListener) -> anyhow::Result<()> {
    tracing::info!(server.address = %listener.local_addr()?, "ready");
    actix_web::rt::System::new()
        .block_on(async move { server::serve(app, listener)?.await.context("the server stopped") })
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
