//! `yuanchi account`: what an operator needs when nobody can sign in to do it.

use crate::actions::grants::{ADMINISTRATORS, must_be_reason};
use crate::actions::{Record, Tx, offices};
use crate::app::App;
use crate::cli::out::{LANGUAGE, say};
use crate::cli::serve::invite_the_first;
use crate::db;
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::status::AccountStatus;
use crate::error::Error;
use anyhow::{bail, ensure};
use clap::Subcommand;
use serde_json::json;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists accounts with their roles, below a heading.
    List,
    /// Closes an account and ends its sessions. The last system or security administrator, and the last auditor, only upon
    /// `--empty-office`.
    Disable {
        /// Its address.
        email: String,
        /// Why; goes into the record.
        #[arg(long)]
        reason: String,
        /// Close it even where nobody is left in an office of administration: for an account in foreign hands.
        #[arg(long)]
        empty_office: bool,
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
        Command::Disable { email, reason, empty_office } => close(app, &email, reason, empty_office, as_json),
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

/// What became of an account that is to be closed.
enum Closing {
    /// No open account has the address.
    Unknown,
    /// It stays: nobody else is in these offices.
    Stays(Vec<Role>),
    /// It is closed, and these offices are empty.
    Closed(Vec<Role>),
}

/// Closes an account, and says what that leaves behind.
fn close(app: &App, email: &str, reason: String, empty_office: bool, as_json: bool) -> anyhow::Result<()> {
    let closing = app.write_now({
        let email = email.to_string();
        move |tx| disable(tx, &email, &reason, empty_office)
    })?;
    let named = |roles: &[Role]| {
        let names: Vec<String> =
            roles.iter().map(|role| app.env.words.say(LANGUAGE, &format!("role-{role}"))).collect();
        names.join(" and ").to_lowercase()
    };
    let emptied = match closing {
        Closing::Unknown => bail!("{email}: no open account has this address; see `yuanchi account list`"),
        Closing::Stays(roles) => bail!(
            "{email}: is the last {} in office; let that role be given to somebody else first, or close it all the same with \
             --empty-office",
            named(&roles)
        ),
        Closing::Closed(emptied) => emptied,
    };
    let mut words = format!("{email} is closed");
    if !emptied.is_empty() {
        words += &format!("; nobody is in office as {} any more", named(&emptied));
    }
    if emptied.iter().any(|role| ADMINISTRATORS.contains(role)) {
        words += "; `yuanchi account set-up-link` prints the link that fills that office anew";
    }
    if emptied.contains(&Role::Auditor) {
        words += "; a security administrator gives the role of the auditor";
    }
    if as_json {
        say!("{}", json!({ "ok": true, "email": email, "done": words, "empty_offices": emptied }))
    } else {
        say!("{words}")
    }
    Ok(())
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

fn disable(tx: &mut Tx<'_>, email: &str, reason: &str, empty_office: bool) -> Result<Closing, Error> {
    let reason = must_be_reason(reason)?;
    let Some(account) = db::accounts::find_by_email(tx.db, email)? else { return Ok(Closing::Unknown) };
    if account.status == AccountStatus::Disabled {
        return Ok(Closing::Unknown);
    }
    let alone = offices::held_by_it_alone(tx, account.id)?;
    if !alone.is_empty() && !empty_office {
        return Ok(Closing::Stays(alone));
    }
    if !db::accounts::set_status(tx.db, account.id, account.version, AccountStatus::Disabled)? {
        return Err(Error::Stale);
    }
    tx.end_sessions(account.id)?;
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
            detail: if alone.is_empty() { serde_json::Value::Null } else { json!({ "empty_offices": alone }) },
        },
    )?;
    Ok(Closing::Closed(alone))
}

/// For the last security administrator, whom nobody else can help.
fn reset_factor(tx: &mut Tx<'_>, email: &str, reason: &str) -> Result<bool, Error> {
    let reason = must_be_reason(reason)?;
    let Some(account) = db::accounts::find_by_email(tx.db, email)? else { return Ok(false) };
    if !db::second_factors::remove(tx.db, account.id)? {
        return Ok(false);
    }
    tx.end_sessions(account.id)?;
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
