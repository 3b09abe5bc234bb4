//! `yuanchi account`: what an operator needs when nobody can sign in to do it.

use crate::actions::grants::must_be_reason;
use crate::actions::{Record, Tx};
use crate::app::App;
use crate::cli::out::say;
use crate::cli::serve::invite_the_first;
use crate::db;
use crate::db::page::Pager;
use crate::domain::actor::Actor;
use crate::domain::status::AccountStatus;
use crate::error::Error;
use anyhow::ensure;
use clap::Subcommand;
use serde_json::json;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists accounts with their roles, below a heading.
    List,
    /// Closes an account and ends its sessions.
    Disable {
        /// Its address.
        email: String,
        /// Why; goes into the record.
        #[arg(long)]
        reason: String,
    },
    /// Prints, on standard error, the link that makes administrators anew, while no system administrator or no security
    /// administrator is in office.
    SetUpLink,
    /// Takes away the second factor of an account whose owner lost it, and ends its sessions.
    ResetFactor {
        /// Its address.
        email: String,
        /// Why; goes into the record.
        #[arg(long)]
        reason: String,
    },
}

/// Runs one of them.
pub fn run(app: &App, command: Command, as_json: bool) -> anyhow::Result<()> {
    match command {
        Command::List => list(app, as_json),
        Command::Disable { email, reason } => {
            let found = app.write_now({
                let email = email.clone();
                move |tx| disable(tx, &email, &reason)
            })?;
            ensure!(found, "{email}: no open account has this address; see `yuanchi account list`");
            done(as_json, &email, &format!("{email} is closed"));
            Ok(())
        }
        Command::SetUpLink => {
            ensure!(
                invite_the_first(app)?,
                "a system administrator and a security administrator are in office: they grant roles"
            );
            let words = "the link is on standard error; it is good once, for half an hour";
            if as_json {
                say!("{}", json!({ "ok": true, "done": words }))
            } else {
                say!("{words}")
            }
            Ok(())
        }
        Command::ResetFactor { email, reason } => {
            let found = app.write_now({
                let email = email.clone();
                move |tx| reset_factor(tx, &email, &reason)
            })?;
            ensure!(found, "{email}: no account with a second factor has this address; see `yuanchi account list`");
            done(as_json, &email, &format!("{email} has no second factor any more"));
            Ok(())
        }
    }
}

/// Says what was done to an account.
fn done(as_json: bool, email: &str, words: &str) {
    if as_json { say!("{}", json!({ "ok": true, "email": email, "done": words })) } else { say!("{words}") }
}

/// An account as the list tells it.
#[derive(serde::Serialize)]
struct Listed {
    email: String,
    status: String,
    name: String,
    roles: Vec<&'static str>,
}

fn list(app: &App, json: bool) -> anyhow::Result<()> {
    let mut all: Vec<Listed> = Vec::new();
    if !json {
        say!("address\tstatus\tname\troles");
    }
    for number in 1.. {
        let page = app.read_now(|tx| {
            let page = db::accounts::list(tx.db, None, Pager::new(Some(number), Some(200)))?;
            let mut rows = Vec::new();
            for account in &page.items {
                let held = db::sessions::held(tx.db, account.id, tx.now)?;
                rows.push(Listed {
                    email: account.email.clone(),
                    status: account.status.to_string(),
                    name: account.name.clone(),
                    roles: held.iter().map(|held| held.role.as_text()).collect(),
                });
            }
            Ok((rows, page.last()))
        })?;
        match json {
            true => all.extend(page.0),
            false => {
                for Listed { email, status, name, roles } in &page.0 {
                    say!("{email}\t{status}\t{name}\t{}", roles.join(","));
                }
            }
        }
        if number >= page.1 {
            break;
        }
    }
    if json {
        say!("{}", serde_json::to_string_pretty(&all)?);
    }
    Ok(())
}

fn disable(tx: &mut Tx<'_>, email: &str, reason: &str) -> Result<bool, Error> {
    let reason = must_be_reason(reason)?;
    let Some(account) = db::accounts::find_by_email(tx.db, email)? else { return Ok(false) };
    if account.status == AccountStatus::Disabled {
        return Ok(false);
    }
    if !db::accounts::set_status(tx.db, account.id, account.version, AccountStatus::Disabled)? {
        return Err(Error::Stale);
    }
    db::sessions::end_all(tx.db, account.id, tx.now)?;
    tx.record(
        &Actor::system(),
        Record {
            subject_kind: "account",
            subject_id: account.id.as_text(),
            action: "account.disabled",
            role: "system",
            from: Some(account.status.as_text()),
            to: Some(AccountStatus::Disabled.as_text()),
            reason: Some(&reason),
            ..Record::default()
        },
    )?;
    Ok(true)
}

/// For the last security administrator, whom nobody else can help.
fn reset_factor(tx: &mut Tx<'_>, email: &str, reason: &str) -> Result<bool, Error> {
    let reason = must_be_reason(reason)?;
    let Some(account) = db::accounts::find_by_email(tx.db, email)? else { return Ok(false) };
    if !db::second_factors::remove(tx.db, account.id)? {
        return Ok(false);
    }
    db::sessions::end_all(tx.db, account.id, tx.now)?;
    tx.record(
        &Actor::system(),
        Record {
            subject_kind: "account",
            subject_id: account.id.as_text(),
            action: "account.factor_reset",
            role: "system",
            reason: Some(&reason),
            ..Record::default()
        },
    )?;
    Ok(true)
}
