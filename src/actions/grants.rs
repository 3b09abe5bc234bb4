//! Administration of accounts: the system administrator invites and closes them, the security administrator gives and
//! takes roles. Nobody changes their own.

use super::accounts::{self, Invited, clean_email, clean_name, must_be_sound};
use super::{Record, Tx};
use crate::db;
use crate::db::accounts::{Account, Grant};
use crate::domain::actor::{Actor, Bound, Role};
use crate::domain::appointment;
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::credit_code::CreditCode;
use crate::domain::duties;
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, GrantId};
use crate::domain::language::Language;
use crate::domain::plain_text;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AccountStatus, ExpertStatus};
pub use crate::domain::steps::ADMINISTRATORS;
use crate::domain::steps::{AccountAction, INVITERS, OFFICES};
use crate::error::Error;
use chrono::{Duration, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

/// Characters of a reason.
const REASON_MAX: usize = 500;

/// Who may look at accounts and roles.
pub const READERS: &[Role] = &[Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

/// A person to invite.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// Name.
    pub name: String,
    /// Address; a link is sent there.
    pub email: String,
}

/// A role to give.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleGrant {
    /// Which.
    pub role: Role,
    /// For a vendor's roles: the organisation's credit code.
    #[serde(default)]
    pub credit_code: String,
    /// For a city officer: the bureau's code.
    #[serde(default)]
    pub bureau: String,
    /// Why.
    pub reason: String,
    /// Last day, `YYYY-MM-DD`; empty for the longest term that a role may be given for.
    #[serde(default)]
    pub ends_on: String,
}

/// An account to close or to open again.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusChange {
    /// The version that was seen.
    pub version: i32,
    /// Open it again instead of closing it.
    #[serde(default)]
    pub enable: bool,
    /// Why.
    pub reason: String,
}

fn reason_of(path: &str, typed: &str, problems: &mut Vec<Problem>) -> String {
    plain_text::required_lines(path, typed, REASON_MAX, problems)
}

/// The reason that a change of somebody's account needs, whoever makes it.
///
/// # Errors
/// What is wrong with it, at `reason`.
pub fn must_be_reason(typed: &str) -> Result<String, Error> {
    let mut problems = Vec::new();
    let reason = reason_of("reason", typed, &mut problems);
    must_be_sound(problems)?;
    Ok(reason)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    account: AccountId,
    action: &'static str,
    reason: Option<&str>,
    detail: serde_json::Value,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "account",
            subject_id: account.as_text(),
            action,
            role: role.as_text(),
            reason,
            detail,
            ..Record::default()
        },
    )
}

/// Invites a person: an account without roles, and a link by mail.
pub fn invite(tx: &mut Tx<'_>, actor: &Actor, input: &Invitation) -> Result<Invited, Error> {
    let role = actor.must_hold(INVITERS)?;
    let mut problems = Vec::new();
    let name = clean_name("name", &input.name, &mut problems);
    let email = clean_email("email", &input.email, &mut problems);
    must_be_sound(problems)?;
    let account = accounts::create(tx, "email", &name, &email, None, Language::default())?;
    record(tx, actor, role, account.id, "account.invited", None, serde_json::Value::Null)?;
    let secret = accounts::send_invitation(tx, &account)?;
    Ok(Invited { account, secret })
}

/// Sends a new link to a person who has not set a password yet; the one before becomes void.
pub fn invite_again(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Invited, Error> {
    let account = db::accounts::lock(tx.db, id)?;
    let role = AccountAction::InviteAgain.permit(actor, id, account.status)?;
    record(tx, actor, role, id, "account.invited", None, serde_json::Value::Null)?;
    let secret = accounts::send_invitation(tx, &account)?;
    Ok(Invited { account, secret })
}

/// Closes an account, which ends its sessions, or opens it again; one that was forgotten stays closed (`account_forgotten`).
pub fn set_status(tx: &mut Tx<'_>, actor: &Actor, id: AccountId, input: &StatusChange) -> Result<(), Error> {
    let mut problems = Vec::new();
    let reason = reason_of("reason", &input.reason, &mut problems);
    must_be_sound(problems)?;
    for office in OFFICES {
        db::accounts::lock_holders(tx.db, *office)?;
    }
    let account = db::accounts::lock(tx.db, id)?;
    tx.acts_upon(actor, "account", id.as_text(), (input.version, account.version));
    let wanted = if input.enable { AccountStatus::Active } else { AccountStatus::Disabled };
    tx.compare_coded("enable", ("account-status", "account-status"), wanted, account.status);
    tx.must_be_current(input.version, account.version)?;
    let action = if input.enable { AccountAction::Reopen } else { AccountAction::Close };
    let role = action.permit(actor, id, account.status)?;
    if account.is_forgotten() {
        return Err(Refusal::conflict("account_forgotten").into());
    }
    let (status, action, template) = if input.enable {
        // With neither a password nor a provider that lets them in, the person still has to set one.
        let has_way_in = account.password_hash.is_some() || db::identities::has_any(tx.db, id)?;
        let status = if has_way_in { AccountStatus::Active } else { AccountStatus::Invited };
        (status, "account.enabled", "account_enabled")
    } else {
        for grant in db::accounts::grants_of(tx.db, id)? {
            must_not_be_last(tx, grant.role, id)?;
        }
        (AccountStatus::Disabled, "account.disabled", "account_disabled")
    };
    if !db::accounts::set_status(tx.db, id, account.version, status)? {
        return Err(Error::Stale);
    }
    tx.end_sessions(id)?;
    record(tx, actor, role, id, action, Some(&reason), serde_json::Value::Null)?;
    tx.post((&account).into(), template, "/session/new", &[("name", &account.name), ("reason", &reason)])
}

/// Ends every session of another person.
pub fn end_sessions(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<usize, Error> {
    let account = db::accounts::find(tx.db, id)?;
    let role = AccountAction::EndSessions.permit(actor, id, account.status)?;
    let ended = tx.end_sessions(id)?;
    record(tx, actor, role, id, "account.sessions_ended", None, serde_json::json!({"sessions": ended}))?;
    Ok(ended)
}

/// Takes the second factor of another person away, who has neither the device nor a recovery code any more. Every session
/// ends; where one is required, the next sign-in sets up a new one.
///
/// # Errors
/// `own_factor`, `no_second_factor`.
pub fn reset_factor(tx: &mut Tx<'_>, actor: &Actor, id: AccountId, reason: &str) -> Result<(), Error> {
    let mut problems = Vec::new();
    let reason = reason_of("reason", reason, &mut problems);
    must_be_sound(problems)?;
    let account = db::accounts::lock(tx.db, id)?;
    let role = AccountAction::ResetFactor.permit(actor, id, account.status)?;
    if !db::second_factors::remove(tx.db, id)? {
        return Err(Refusal::conflict("no_second_factor").into());
    }
    tx.end_sessions(id)?;
    record(tx, actor, role, id, "account.factor_reset", Some(&reason), serde_json::Value::Null)?;
    let args = [("name", account.name.as_str()), ("reason", reason.as_str())];
    tx.post((&account).into(), "account_factor_reset", "/session/new", &args)
}

/// Takes the identities of providers away from another person's account: one was tied by somebody else, or its owner
/// cannot come into that account any more. Every session ends, for it may have been let in by one. Whoever has no
/// password sets one by the link for a forgotten one.
///
/// # Errors
/// `own_identity`, `no_identity`.
pub fn untie_identity(tx: &mut Tx<'_>, actor: &Actor, id: AccountId, reason: &str) -> Result<(), Error> {
    let reason = must_be_reason(reason)?;
    let account = db::accounts::lock(tx.db, id)?;
    let role = AccountAction::UntieIdentity.permit(actor, id, account.status)?;
    let tied = db::identities::all_of_account(tx.db, id)?;
    if tied.is_empty() {
        return Err(Refusal::conflict("no_identity").into());
    }
    for identity in tied {
        db::identities::remove(tx.db, id, &identity.issuer)?;
        let detail = serde_json::json!({ "issuer": identity.issuer, "identity": identity.subject_key });
        record(tx, actor, role, id, "account.identity_untied", Some(&reason), detail)?;
    }
    tx.end_sessions(id)?;
    let args = [("name", account.name.as_str()), ("reason", reason.as_str())];
    tx.post((&account).into(), "account_identity_removed", "/session/new", &args)
}

/// The actions that the actor may take on an account now; what it does not have cannot be taken away.
pub fn available(tx: &mut Tx<'_>, actor: &Actor, account: &Account) -> Result<Vec<AccountAction>, Error> {
    if account.is_forgotten() {
        return Ok(Vec::new());
    }
    let enrolled = db::second_factors::in_use_since(tx.db, account.id)?.is_some();
    let mut actions = AccountAction::available(actor, account.id, account.status);
    actions.retain(|action| enrolled || *action != AccountAction::ResetFactor);
    if actions.contains(&AccountAction::UntieIdentity) && !db::identities::has_any(tx.db, account.id)? {
        actions.retain(|action| *action != AccountAction::UntieIdentity);
    }
    // Roles are looked at only for somebody who could take them away.
    if actions.iter().any(|action| matches!(action, AccountAction::Close | AccountAction::RevokeRole)) {
        let (mut kept, mut free) = (false, false);
        for grant in db::accounts::grants_of(tx.db, account.id)? {
            let last = is_last(tx, grant.role, account.id)?;
            (kept, free) = (kept || last, free || !last);
        }
        actions.retain(|action| match action {
            AccountAction::Close => !kept,
            AccountAction::RevokeRole => free,
            _ => true,
        });
    }
    Ok(actions)
}

/// Whether nobody but this account holds an office that the service must not lose: then whoever is watched by it would be rid
/// of that.
pub(super) fn is_last(tx: &mut Tx<'_>, role: Role, account: AccountId) -> Result<bool, Error> {
    if !OFFICES.contains(&role) {
        return Ok(false);
    }
    let holders = db::accounts::holders(tx.db, role, tx.now)?;
    // Where nobody is in office yet, whoever was only invited to it is not the last.
    Ok(!holders.is_empty() && holders.iter().all(|holder| holder.id == account))
}

/// Whether nobody looks through the record: no auditor was named yet, or the last one's role ended.
///
/// # Errors
/// The database is away.
pub fn lacks_auditor(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(db::accounts::holders(tx.db, Role::Auditor, tx.now)?.is_empty())
}

/// The service must not lose its last system or security administrator or auditor. The holders are locked by the caller.
fn must_not_be_last(tx: &mut Tx<'_>, role: Role, account: AccountId) -> Result<(), Error> {
    if is_last(tx, role, account)? { Err(Refusal::conflict("last_administrator").into()) } else { Ok(()) }
}

/// Gives a role, bound to what it is for, until a day: by somebody, for a reason. The same role once more, until a later
/// day, takes the place of the one before, and so does that of an administrator of an organisation for whoever was a member of it.
/// Every session of its holder ends.
///
/// # Errors
/// `own_roles`, `account_disabled`, `role_already_held`, `roles_apart`, `already_in_organisation`, and what is wrong with the
/// fields.
pub fn grant(tx: &mut Tx<'_>, actor: &Actor, id: AccountId, input: &RoleGrant) -> Result<Grant, Error> {
    let account = db::accounts::lock(tx.db, id)?;
    let by = AccountAction::GrantRole.permit(actor, id, account.status)?;
    if input.role == Role::System {
        return Err(Error::field("role", "role_not_for_people"));
    }
    let granted_by = actor.must_be_somebody()?;
    let mut problems = Vec::new();
    let reason = reason_of("reason", &input.reason, &mut problems);
    let ends_on = last_day(tx, input.role, &input.ends_on, &mut problems);
    must_be_sound(problems)?;
    let today = local_date(tx.now);
    let held: Vec<Grant> = db::accounts::grants_of(tx.db, id)?
        .into_iter()
        .filter(|grant| grant.ends_on.is_none_or(|last| today <= last))
        .collect();
    // The same role again is a longer term of it; one that ends no later changes nothing. Whoever is named administrator of an
    // organisation is an ordinary member of it no more.
    let gives_way =
        |grant: &Grant| grant.role == input.role || (grant.role, input.role) == (Role::VendorMember, Role::VendorAdmin);
    let (before, others): (Vec<Grant>, Vec<Grant>) = held.into_iter().partition(gives_way);
    if before.iter().any(|grant| grant.role == input.role && !outlasts(ends_on, grant.ends_on)) {
        return Err(Refusal::conflict("role_already_held").into());
    }
    let roles: Vec<Role> = others.iter().map(|grant| grant.role).collect();
    if let Some(other) = duties::conflict(&roles, input.role) {
        return Err(Refusal::conflict("roles_apart").with("held", other).into());
    }
    let mut grant = Grant {
        id: GrantId::new(&*tx.env.ids),
        account_id: id,
        role: input.role,
        organisation_id: None,
        bureau: None,
        expert_id: None,
        granted_by: Some(granted_by),
        reason: reason.clone(),
        granted_at: tx.now,
        ends_on,
        revoked_at: None,
        by_operator: false,
    };
    bind(tx, &account, &others, input, &mut grant)?;
    if before.iter().any(|earlier| earlier.organisation_id != grant.organisation_id) {
        return Err(Refusal::conflict("already_in_organisation").with("who", "other").into());
    }
    if before.iter().any(|earlier| earlier.bureau != grant.bureau || earlier.expert_id != grant.expert_id) {
        return Err(Refusal::conflict("role_already_held").into());
    }
    for earlier in &before {
        if !db::accounts::revoke(tx.db, earlier.id, tx.now)? {
            return Err(Error::Stale);
        }
        let detail = serde_json::json!({"grant": earlier.id, "role": earlier.role});
        record(tx, actor, by, id, "account.role_revoked", Some(&reason), detail)?;
    }
    db::accounts::grant(tx.db, &grant)?;
    super::review::exclusions::apply_to_account(tx, id)?;
    end_sessions_of_other_powers(tx, id)?;
    let detail = serde_json::json!({
        "grant": grant.id, "role": grant.role, "organisation": grant.organisation_id,
        "bureau": grant.bureau, "expert": grant.expert_id, "ends_on": grant.ends_on,
    });
    record(tx, actor, by, id, "account.role_granted", Some(&reason), detail)?;
    tell(tx, &account, "account_role_granted", grant.role, &reason)?;
    tell_of_administrator(tx, &account, &grant)?;
    Ok(grant)
}

/// Tells the other administrators of an organisation of one who was named from outside, upon a letter of authority that they may
/// know nothing of.
fn tell_of_administrator(tx: &mut Tx<'_>, account: &Account, grant: &Grant) -> Result<(), Error> {
    let Some(id) = grant.organisation_id.filter(|_| grant.role == Role::VendorAdmin) else { return Ok(()) };
    let organisation = db::organisations::find(tx.db, id)?;
    let date = grant.ends_on.map(local_date_text).unwrap_or_default();
    let admins = db::accounts::holders_in_organisation(tx.db, id, Some(Role::VendorAdmin), tx.now)?;
    for reader in admins.iter().filter(|reader| reader.id != account.id) {
        let args = [
            ("name", reader.name.as_str()),
            ("who", account.name.as_str()),
            ("organisation", organisation.name.as_str()),
            ("date", date.as_str()),
            ("reason", grant.reason.as_str()),
        ];
        tx.post(reader.into(), "organisation_admin_named", "/organisation", &args)?;
    }
    Ok(())
}

/// A session that was begun with other powers ends: whoever is given more or less signs in anew, under a new id and with the
/// shorter life of an officer's session (C-10).
pub(super) fn end_sessions_of_other_powers(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Error> {
    tx.end_sessions(account).map(drop)
}

/// The last day on which a role is held ([`last_day`](appointment::last_day)).
pub fn held_until(tx: &mut Tx<'_>, grant: &Grant) -> Result<Option<NaiveDate>, Error> {
    let term = match grant.expert_id {
        None => None,
        Some(expert) => db::experts::appointment(tx.db, expert)?.and_then(|appointed| appointed.to),
    };
    Ok(appointment::last_day(grant.ends_on, term))
}

/// Whether a term that ends on `new` is longer than one that ends on `old`.
fn outlasts(new: Option<NaiveDate>, old: Option<NaiveDate>) -> bool {
    match (new, old) {
        (Some(new), Some(old)) => new > old,
        (new, old) => new.is_none() && old.is_some(),
    }
}

/// For how many days a role may be given at most.
fn longest_days(tx: &Tx<'_>, role: Role) -> i64 {
    match role {
        Role::VendorAdmin => tx.env.accounts.organisation_admin_days,
        _ => tx.env.accounts.role_days,
    }
}

/// The last day of a role that is given today for as long as it may be.
pub(super) fn longest_term(tx: &Tx<'_>, role: Role) -> NaiveDate {
    local_date(tx.now) + Duration::days(longest_days(tx, role))
}

/// The last day of a role: as typed, or the longest term that it may be given for. Nothing is given for ever.
pub(super) fn last_day(tx: &Tx<'_>, role: Role, typed: &str, problems: &mut Vec<Problem>) -> Option<NaiveDate> {
    let typed = typed.trim();
    let (today, days) = (local_date(tx.now), longest_days(tx, role));
    let latest = longest_term(tx, role);
    if typed.is_empty() {
        return Some(latest);
    }
    match typed.parse::<NaiveDate>() {
        Ok(day) if day < today => problems.push(Problem::new("ends_on", "date_past")),
        Ok(day) if day > latest => {
            let mut problem = Problem::new("ends_on", "role_term_too_long");
            problem.args.insert("days".into(), days.to_string());
            problems.push(problem);
        }
        Ok(day) => return Some(day),
        Err(_) => problems.push(Problem::new("ends_on", "date_invalid")),
    }
    None
}

/// Binds a role to what it is for. `others` is what the account holds beside it.
fn bind(
    tx: &mut Tx<'_>,
    account: &Account,
    others: &[Grant],
    input: &RoleGrant,
    grant: &mut Grant,
) -> Result<(), Error> {
    match input.role.bound_to() {
        Bound::Nothing => {}
        Bound::Bureau => {
            let bureau = input.bureau.trim();
            if tx.env.reference.bureau(bureau).is_none() {
                return Err(Error::field("bureau", "bureau_unknown"));
            }
            grant.bureau = Some(bureau.into());
        }
        Bound::Organisation => {
            let parsed = CreditCode::parse(&input.credit_code).map_err(|wrong| {
                Error::Invalid(vec![super::organisations::credit_code_problem("credit_code", &wrong)])
            })?;
            let organisation = db::organisations::find_by_code(tx.db, parsed.code.as_str())?
                .ok_or_else(|| Error::field("credit_code", "organisation_unknown"))?;
            if others.iter().any(|grant| grant.organisation_id.is_some()) {
                return Err(Refusal::conflict("already_in_organisation").with("who", "other").into());
            }
            grant.organisation_id = Some(organisation.id);
        }
        Bound::Expert => {
            let expert = db::accounts::expert_of_address(tx.db, &account.email)?
                .ok_or_else(|| Refusal::conflict("expert_not_in_pool"))?;
            if db::experts::find_to_change(tx.db, expert)?.status == ExpertStatus::Removed {
                return Err(Refusal::conflict("expert_removed").into());
            }
            db::accounts::bind_expert(tx.db, expert, account.id)?;
            tx.vouch("experts", expert.as_text(), &["account_id"])?;
            grant.expert_id = Some(expert);
        }
    }
    Ok(())
}

/// Takes a role back, which ends every session of its holder.
pub fn revoke(tx: &mut Tx<'_>, actor: &Actor, account: AccountId, id: GrantId, reason: &str) -> Result<(), Error> {
    let status = db::accounts::find(tx.db, account)?.status;
    let by = AccountAction::RevokeRole.permit(actor, account, status)?;
    let mut problems = Vec::new();
    let reason = reason_of("reason", reason, &mut problems);
    must_be_sound(problems)?;
    let grant = db::accounts::find_grant(tx.db, id)?;
    if grant.account_id != account {
        return Err(Error::NotFound);
    }
    if OFFICES.contains(&grant.role) {
        db::accounts::lock_holders(tx.db, grant.role)?;
    }
    let person = db::accounts::lock(tx.db, account)?;
    must_not_be_last(tx, grant.role, account)?;
    if !db::accounts::revoke(tx.db, id, tx.now)? {
        return Err(Error::Stale);
    }
    end_sessions_of_other_powers(tx, account)?;
    let detail = serde_json::json!({"grant": id, "role": grant.role});
    record(tx, actor, by, account, "account.role_revoked", Some(&reason), detail)?;
    tell(tx, &person, "account_role_revoked", grant.role, &reason)
}

/// Tells somebody of a role that was given or taken.
pub(super) fn tell(tx: &mut Tx<'_>, account: &Account, template: &str, role: Role, reason: &str) -> Result<(), Error> {
    let role = tx.env.words.say(&account.language, &format!("role-{role}"));
    tx.post(account.into(), template, "/account", &[("name", &account.name), ("role", &role), ("reason", reason)])
}
