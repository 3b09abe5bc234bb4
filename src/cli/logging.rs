//! The log of the program.

use crate::config::{LogConfig, LogFormat};
use anyhow::Context;
use tracing::Dispatch;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

/// What writes the log as it is set, to wherever that is.
///
/// # Errors
/// `logs.filter` is none.
pub fn log_to<W>(config: &LogConfig, writer: W) -> anyhow::Result<Dispatch>
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let filter = tracing_subscriber::EnvFilter::try_new(&config.filter).context("logs.filter")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    Ok(match config.format {
        LogFormat::Text => Dispatch::new(builder.with_ansi(false).finish()),
        LogFormat::Json => Dispatch::new(builder.json().finish()),
    })
}

/// Logs go to standard error, so that what a command prints stays clean.
///
/// # Errors
/// `logs.filter` is none, or something logs already.
pub fn start_logging(config: &LogConfig) -> anyhow::Result<()> {
    log_to(config, std::io::stderr)?.try_init().map_err(|e| anyhow::anyhow!("logs: {e}"))
}
