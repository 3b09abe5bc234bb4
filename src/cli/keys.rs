//! `yuanchi keys`: the keys that sign, and their history.

use crate::actions::rotate_keys::rotate_keys;
use crate::app::App;
use crate::cli::out::say;
use crate::domain::actor::Actor;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists every key below a heading: id, algorithm, from, to, public key.
    List,
    /// Makes a new key that signs from now on; the one before stays published, its private half is destroyed.
    Rotate {
        /// Why; goes into the record.
        #[arg(long)]
        reason: String,
    },
}

/// Runs one of them.
pub fn run(app: &App, command: Command, as_json: bool) -> anyhow::Result<()> {
    match command {
        Command::List if as_json => {
            let shown = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| at.to_rfc3339());
            let keys = app.env.keys.all();
            let keys: Vec<serde_json::Value> = keys
                .iter()
                .map(|key| {
                    serde_json::json!({
                        "id": key.id,
                        "algorithm": key.algorithm,
                        "from": shown(key.valid_from),
                        "to": shown(key.valid_to),
                        "public_key": key.public_key,
                    })
                })
                .collect();
            say!("{}", serde_json::to_string_pretty(&keys)?);
        }
        Command::List => {
            let shown = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or("-".into());
            say!("id\talgorithm\tfrom\tto\tpublic key");
            for key in app.env.keys.all() {
                let (from, to) = (shown(key.valid_from), shown(key.valid_to));
                say!("{}\t{}\t{from}\t{to}\t{}", key.id, key.algorithm, key.public_key);
            }
        }
        Command::Rotate { reason } => {
            let key = app.write_now(move |tx| rotate_keys(tx, &Actor::system(), &reason))?;
            if as_json {
                let key = serde_json::json!({ "ok": true, "id": key.id, "public_key": key.public_key });
                say!("{key}");
                return Ok(());
            }
            say!("key {} signs from now on: {}", key.id, key.public_key);
            say!("back up the folder keys of the data folder, and publish the new key where people will compare it");
        }
    }
    Ok(())
}
