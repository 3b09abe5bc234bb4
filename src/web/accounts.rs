//! Accounts: registration, invitation, reset, one's own account, and who holds which role.

mod admin;
mod links;
mod own;

pub(super) use own::again as own_page;

use super::access::Submitted;
use super::page::Labels;
use super::routes::Routes;
use crate::actions;
use crate::actions::passwords::{self, Known};
use crate::actions::sessions::{self, SignedIn};
use crate::actions::throttle;
use crate::app::{App, off_thread};
use crate::auth::password::{MAX_LENGTH, MIN_LENGTH, Rule, weakness};
use crate::config::PasswordPolicy;
use crate::db;
use crate::db::accounts::Account;
use crate::domain::actor::Actor;
use crate::domain::form::Problem;
use crate::domain::ids::AccountId;
use crate::domain::status::SessionKind;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use std::sync::Arc;

/// What the fields of the forms about an account are called: its holder's name and address, and a new password typed twice.
const LABELS: Labels = &[
    ("name", "person-name"),
    ("email", "email"),
    ("present_password", "password-present"),
    ("password", "password-new"),
    ("password_again", "password-again"),
];

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    links::routes(routes);
    own::routes(routes);
    admin::routes(routes);
}

/// A field as it was typed: a password is never trimmed.
pub(super) fn untouched(form: &Submitted, name: &str) -> String {
    form.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// What goes back into a form that was not accepted: everything but passwords.
fn without_passwords(form: &Submitted) -> Vec<(String, String)> {
    form.pairs.iter().filter(|(name, _)| !name.contains("password")).cloned().collect()
}

/// The hash of a new password, made off the threads that answer; or what is wrong with it, told of the field
/// `password`. `named` is what was typed with it and may not stand in it, a name or an address; of an account, what is known of its
/// owner is looked up.
pub(crate) async fn hash_new(
    app: &Arc<App>,
    password: String,
    named: Vec<String>,
    account: Option<AccountId>,
) -> Result<String, Error> {
    let known = known_of(app, named, account).await?;
    hash_known(app, password, known).await
}

/// What a new password is held against, of its owner and of what was typed with it.
async fn known_of(app: &Arc<App>, named: Vec<String>, account: Option<AccountId>) -> Result<Known, Error> {
    let known = match account {
        Some(id) => app.read(move |tx| passwords::known(tx, id)).await?,
        None => Known::default(),
    };
    Ok(Known { names: known.names.into_iter().chain(named).collect(), ..known })
}

/// [`hash_new`], once that is known.
async fn hash_known(app: &Arc<App>, password: String, known: Known) -> Result<String, Error> {
    if let Some(problem) = weak(app, &password, &known) {
        return Err(Error::Invalid(vec![problem]));
    }
    if let Some(id) = known.account {
        must_be_new(app, id, &password, known.used).await?;
    }
    let app = app.clone();
    off_thread(move || app.hash_password(&password)).await
}

/// What is wrong with a new password, told of the field `password`.
fn weak(app: &App, password: &str, known: &Known) -> Option<Problem> {
    let about: Vec<&str> = known
        .names
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let rule = match app.config.accounts.password_policy {
        PasswordPolicy::Nist => Rule::Nist,
        PasswordPolicy::Dengbao3 => Rule::Dengbao3,
    };
    let problem = |code| Problem::new("password", code).with("min", MIN_LENGTH).with("max", MAX_LENGTH);
    let units: Vec<&str> = known.units.iter().map(String::as_str).collect();
    weakness(password, &about, &units, rule).map(problem)
}

/// Makes sure that a password is none of those that an account had, one hash after the other, each in its turn among all who hash. What is
/// tried is counted, so that nobody who has a link finds out by it which passwords there were, or keeps others from hashing.
async fn must_be_new(app: &Arc<App>, id: AccountId, password: &str, used: Vec<String>) -> Result<(), Error> {
    if used.is_empty() {
        return Ok(());
    }
    let counted =
        app.write(move |tx| throttle::count(tx, Throttled::SecondFactor, &format!("new password {id}"))).await?;
    let (checking, password) = (app.clone(), password.to_string());
    let was_used = off_thread(move || {
        for stored in &used {
            if checking.passwords.matches(&password, Some(stored.as_str()))? {
                return Ok(true);
            }
        }
        Ok(false)
    });
    match was_used.await {
        Ok(false) => app.write(move |tx| counted.forget_all(tx)).await,
        Ok(true) => {
            let count = app.config.accounts.password_history;
            Err(Error::Invalid(vec![Problem::new("password", "password_used_before").with("count", count)]))
        }
        // The service itself was in the way: that is no attempt.
        Err(error) => {
            app.write(move |tx| counted.take_back(tx)).await?;
            Err(error)
        }
    }
}

/// Changes one's own password: every session ends, and one of this kind goes on in place of `session`.
pub(crate) async fn change_password(
    app: &Arc<App>,
    actor: &Actor,
    present: String,
    new: String,
    kind: SessionKind,
    user_agent: String,
    session: Option<String>,
) -> Result<SignedIn, Error> {
    if present == new {
        return Err(Error::field("password", "password_unchanged"));
    }
    let account = know_again(app, actor, present).await?;
    let stored = account.password_hash.unwrap_or_default();
    let hash = hash_new(app, new, Vec::new(), Some(account.id)).await?;
    let (actor, config) = (actor.clone(), app.config.sessions.clone());
    app.write(move |tx| {
        let before = session.map(|id| db::sessions::find_live(tx.db, &id, tx.now)).transpose()?.flatten();
        let id = actions::accounts::change_password(tx, &actor, &stored, &hash)?;
        let signed_in = sessions::begin_whole(tx, &config, id, kind, &user_agent)?;
        // A code that was given for the session before counts on, from when it was given.
        if let Some(at) = before.and_then(|session| session.factor_at) {
            db::sessions::note_factor(tx.db, &signed_in.session.stored, at)?;
        }
        Ok(signed_in)
    })
    .await
}

/// Makes sure that whoever sits there is the one who signed in: they know the present password. What is tried is counted, so
/// that nobody finds it out in a session that was left open.
pub(super) async fn know_again(app: &Arc<App>, actor: &Actor, present: String) -> Result<Account, Error> {
    let id = actor.must_be_somebody()?;
    let counted = app.write(move |tx| throttle::count(tx, Throttled::SecondFactor, &format!("password {id}"))).await?;
    let account = app.read(move |tx| Ok(db::accounts::find(tx.db, id)?)).await?;
    let (checking, hash) = (app.clone(), account.password_hash.clone());
    let right = match off_thread(move || checking.passwords.matches(&present, hash.as_deref())).await {
        Ok(right) => right,
        // The service itself was in the way: that is no attempt.
        Err(error) => {
            app.write(move |tx| counted.take_back(tx)).await?;
            return Err(error);
        }
    };
    if !right {
        return Err(Error::field("present_password", "present_password_wrong"));
    }
    app.write(move |tx| counted.forget_all(tx)).await?;
    Ok(account)
}

/// Asks for another address to sign in with.
pub(crate) async fn ask_for_address(
    app: &Arc<App>,
    actor: &Actor,
    present: String,
    email: String,
) -> Result<(), Error> {
    know_again(app, actor, present).await?;
    let actor = actor.clone();
    app.write(move |tx| actions::address::ask(tx, &actor, &email).map(drop)).await
}

/// A new password that was typed twice.
fn typed_twice(form: &Submitted, known: &Known) -> Result<String, Error> {
    let password = untouched(form, "password");
    if password == untouched(form, "password_again") {
        return Ok(password);
    }
    // All at once: whoever types both anew is not sent back with the other.
    let weak = weak(&form.visit.app, &password, known);
    let differ = Problem::new("password_again", "passwords_differ");
    Err(Error::Invalid(weak.into_iter().chain([differ]).collect()))
}

/// [`hash_new`] of a form that asks for the password twice.
async fn hash_typed(form: &Submitted, named: Vec<String>, account: Option<AccountId>) -> Result<String, Error> {
    let known = known_of(&form.visit.app, named, account).await?;
    hash_known(&form.visit.app, typed_twice(form, &known)?, known).await
}
