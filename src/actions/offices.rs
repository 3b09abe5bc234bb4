//! The offices of the system and of the security administrator: filled for the first time, or anew once nobody holds one any
//! more, by a link that only whoever runs the program is shown. All other roles are given in [`super::grants`].

use super::accounts::{LINK_MINUTES, clean_email, clean_name, create, issue_link, must_be_sound, send_invitation};
use super::grants::{end_sessions_of_other_powers, is_last, longest_term, tell};
use super::{Record, Tx};
use crate::auth::token::{Secret, stored_form};
use crate::db;
use crate::db::accounts::Account;
use crate::domain::actor::{Actor, Role};
use crate::domain::duties;
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, GrantId};
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AccountStatus, TokenPurpose};
use crate::domain::steps::OFFICES;
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use serde::Deserialize;
use utoipa::ToSchema;

/// What the links for the set-up are of in the record: of no account, for there is none that could ask for one.
const SET_UP: &str = "set-up";

/// Who becomes the first system administrator, and who is invited to be the security administrator: two people.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// Name of the system administrator.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Name of the security administrator.
    pub security_name: String,
    /// Their address.
    pub security_email: String,
}

/// What the link of a start made.
#[derive(Debug)]
pub struct SetUpDone {
    /// The security administrator.
    pub security: Account,
    /// For the link of their invitation, on the screen too; none for whoever had an account.
    pub secret: Option<Secret>,
}

/// What is said of a link for the set-up that is not good. Nobody can ask for another one: a start of the service shows it.
fn set_up_link_not_good() -> Error {
    Refusal::unacceptable("link_not_good").with("minutes", LINK_MINUTES).with("link", "set_up").into()
}

fn needs_set_up(tx: &mut Tx<'_>) -> Result<bool, Error> {
    for role in [Role::SystemAdmin, Role::SecurityAdmin] {
        if db::accounts::holders(tx.db, role, tx.now)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The offices that nobody but this account is in. Everybody in one of them is held until the transaction ends, so that no two of
/// them go at once.
///
/// # Errors
/// The database is away.
pub fn held_by_it_alone(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Role>, Error> {
    for office in OFFICES {
        db::accounts::lock_holders(tx.db, *office)?;
    }
    let mut alone = Vec::new();
    for grant in db::accounts::grants_of(tx.db, account)? {
        if is_last(tx, grant.role, account)? {
            alone.push(grant.role);
        }
    }
    Ok(alone)
}

/// The address that makes the first administrators, while the service lacks a system or a security administrator in
/// office, be it that there was none yet or that the last one's role ended; nothing otherwise. To be told to whoever runs the
/// program and to nobody else, which is recorded; the one before becomes void.
pub fn bootstrap_link(tx: &mut Tx<'_>) -> Result<Option<String>, Error> {
    db::sessions::void_one_time_tokens(tx.db, None, TokenPurpose::Bootstrap, tx.now)?;
    if !needs_set_up(tx)? {
        return Ok(None);
    }
    let secret = issue_link(tx, None, TokenPurpose::Bootstrap)?;
    tx.record(
        &Actor::system(),
        Record {
            subject_kind: "account",
            subject_id: SET_UP,
            action: "account.set_up_link_issued",
            role: Role::System.as_text(),
            ..Record::default()
        },
    )?;
    Ok(Some(format!("{}/setup/{}", tx.env.base_url, secret.plain)))
}

/// Whether a set-up link is good, without using it up.
pub fn must_be_set_up_link(tx: &mut Tx<'_>, token: &str) -> Result<(), Error> {
    let found =
        db::sessions::find_one_time_token(tx.db, &stored_form(token), TokenPurpose::Bootstrap, tx.now)?.is_some();
    if found && needs_set_up(tx)? { Ok(()) } else { Err(set_up_link_not_good()) }
}

/// Makes the system administrator, and invites the security administrator, who is another person (C-24). Whoever has an account
/// in use is given the office in that, and keeps its password: the link opens nobody's account.
///
/// # Errors
/// What is wrong with the fields; `link_not_good`, also where both offices are filled by now; `roles_apart`.
pub fn set_up(tx: &mut Tx<'_>, token: &str, input: &SetUp, password_hash: &str) -> Result<SetUpDone, Error> {
    let mut problems = Vec::new();
    let name = clean_name("name", &input.name, &mut problems);
    let email = clean_email("email", &input.email, &mut problems);
    let security_name = clean_name("security_name", &input.security_name, &mut problems);
    let security_email = clean_email("security_email", &input.security_email, &mut problems);
    if db::accounts::email_key(&email) == db::accounts::email_key(&security_email) {
        problems.push(Problem::new("security_email", "email_of_two"));
    }
    must_be_sound(problems)?;
    must_be_set_up_link(tx, token)?;
    if db::sessions::use_one_time_token(tx.db, &stored_form(token), TokenPurpose::Bootstrap, tx.now)?.is_none() {
        return Err(set_up_link_not_good());
    }
    let (system, is_new) = officer(tx, "email", &name, &email, Some(password_hash), Role::SystemAdmin)?;
    // Whoever has the link has not shown to be the owner of an account that was there.
    let actor = match is_new {
        true => Actor {
            account: Some(system.id),
            name: system.name.clone(),
            language: system.language.clone(),
            held: Actor::system().held,
        },
        false => Actor::system(),
    };
    give_first(tx, &actor, &system, Role::SystemAdmin, is_new)?;
    let (security, is_new) = officer(tx, "security_email", &security_name, &security_email, None, Role::SecurityAdmin)?;
    give_first(tx, &actor, &security, Role::SecurityAdmin, is_new)?;
    let secret = if is_new { Some(send_invitation(tx, &security)?) } else { None };
    Ok(SetUpDone { security, secret })
}

/// The account for an office, and whether it is still to be taken up. One that is in use keeps its name and its password; one
/// that was invited before is invited anew, where it is to be invited at all.
fn officer(
    tx: &mut Tx<'_>,
    path: &str,
    name: &str,
    email: &str,
    password_hash: Option<&str>,
    role: Role,
) -> Result<(Account, bool), Error> {
    let found = db::accounts::find_by_email(tx.db, email)?;
    let is_usable = |account: &Account| match account.status {
        AccountStatus::Active => true,
        AccountStatus::Invited => password_hash.is_none(),
        AccountStatus::Disabled => false,
    };
    let Some(account) = found.filter(is_usable) else {
        return Ok((create(tx, path, name, email, password_hash, Language::default())?, true));
    };
    let account = db::accounts::lock(tx.db, account.id)?;
    let held: Vec<Role> = db::sessions::held(tx.db, account.id, tx.now)?.iter().map(|held| held.role).collect();
    if let Some(other) = duties::conflict(&held, role) {
        return Err(Refusal::conflict("roles_apart").with("held", other).into());
    }
    let is_new = account.status == AccountStatus::Invited;
    Ok((account, is_new))
}

/// Gives an office by the link of a start: the operator, who holds that, is its giver. It ends like every other. Whoever is in
/// office stays so until the day that they have.
fn give_first(tx: &mut Tx<'_>, actor: &Actor, holder: &Account, role: Role, is_new: bool) -> Result<(), Error> {
    let account = holder.id;
    if db::sessions::held(tx.db, account, tx.now)?.iter().any(|held| held.role == role) {
        return Ok(());
    }
    let grant = GrantId::new(&*tx.env.ids);
    let ends_on = longest_term(tx, role);
    db::accounts::grant(
        tx.db,
        &db::accounts::Grant {
            id: grant,
            account_id: account,
            role,
            organisation_id: None,
            bureau: None,
            expert_id: None,
            granted_by: None,
            reason: tx.env.words.say(DEFAULT_LANGUAGE, "grant-by-set-up"),
            granted_at: tx.now,
            ends_on: Some(ends_on),
            revoked_at: None,
            by_operator: true,
        },
    )?;
    tx.record(
        actor,
        Record {
            subject_kind: "account",
            subject_id: account.as_text(),
            action: "account.set_up",
            detail: serde_json::json!({"grant": grant, "role": role, "ends_on": ends_on}),
            ..Record::default()
        },
    )?;
    // A new account has neither a session nor a way in yet.
    if !is_new {
        super::review::exclusions::apply_to_account(tx, account)?;
        end_sessions_of_other_powers(tx, account)?;
        let reason = tx.env.words.say(&holder.language, "grant-by-set-up");
        tell(tx, holder, "account_role_granted", role, &reason)?;
    }
    Ok(())
}
