//! The people of an organisation: they ask to join, its administrators let them in, change what they are and take them out.

use super::{MESSAGE_MAX, credit_code_problem, kept_by, record, standing};
use crate::actions::Tx;
use crate::actions::accounts::must_be_sound;
use crate::actions::grants::{end_sessions_of_other_powers, last_day, longest_term};
use crate::actions::review::exclusions::apply_to_account;
use crate::actions::sealed::{open_joining, seal_joining};
use crate::db;
use crate::db::accounts::{Account, Grant, Member};
use crate::db::join_requests::JoinRequest;
use crate::db::organisations::Organisation;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date_text;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{AccountId, GrantId, JoinRequestId, OrganisationId};
use crate::domain::plain_text;
use crate::domain::refusal::Refusal;
use crate::domain::status::JoinStatus;
use crate::domain::steps::{HouseholdAction, HouseholdAt, JoinAction, JoinAt, OrganisationAction};
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use serde::Deserialize;
use utoipa::ToSchema;

/// A request to join the organisation of a credit code.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Joining {
    /// Its credit code.
    pub credit_code: String,
    /// Who one is, for its administrator.
    #[serde(default)]
    pub message: String,
}

/// A request to join that waits for an answer.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The request.
    pub request: JoinRequest,
    /// Who asks.
    pub name: String,
    /// Their address, by which an administrator knows them.
    pub email: String,
    /// What this person may do with it now.
    pub actions: Vec<JoinAction>,
}

/// One of an organisation's people.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Who.
    pub member: Member,
    /// What the one who looks may do with them now.
    pub actions: Vec<HouseholdAction>,
}

/// The account, held, and its right to come to an organisation: a vendor's person who works for none yet.
pub(super) fn newcomer(tx: &mut Tx<'_>, actor: &Actor) -> Result<Account, Error> {
    let account = db::accounts::lock(tx.db, actor.must_be_somebody()?)?;
    // Read anew under the lock: another tab may have been faster.
    let held = db::sessions::held(tx.db, account.id, tx.now)?;
    if held.iter().any(|held| held.organisation.is_some()) {
        return Err(Refusal::conflict("already_in_organisation").with("who", "self").into());
    }
    if held.iter().any(|held| held.role != Role::Expert) {
        return Err(Refusal::forbidden("officers_have_no_organisation").into());
    }
    Ok(account)
}

/// A vendor's role, for as long as it may be given; `why` is the key of the words that stand as its reason.
pub(super) fn vendor_grant(
    tx: &Tx<'_>,
    account: AccountId,
    organisation: OrganisationId,
    role: Role,
    by: &Actor,
    why: &str,
) -> Grant {
    Grant {
        id: GrantId::new(&*tx.env.ids),
        account_id: account,
        role,
        organisation_id: Some(organisation),
        bureau: None,
        expert_id: None,
        granted_by: by.account,
        reason: tx.env.words.say(DEFAULT_LANGUAGE, why),
        granted_at: tx.now,
        ends_on: Some(longest_term(tx, role)),
        revoked_at: None,
        by_operator: by.account.is_none(),
    }
}

/// Asks the administrators of an organisation to be let in.
pub fn request_to_join(tx: &mut Tx<'_>, actor: &Actor, input: &Joining) -> Result<JoinRequest, Error> {
    let account = newcomer(tx, actor)?;
    let mut problems = Vec::new();
    let parsed = CreditCode::parse(&input.credit_code)
        .map_err(|wrong| problems.push(credit_code_problem("credit_code", &wrong)))
        .ok();
    let message = plain_text::lines("message", &input.message, MESSAGE_MAX, &mut problems);
    let Some(parsed) = parsed.filter(|_| problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    let organisation = db::organisations::find_by_code(tx.db, parsed.code.as_str())?
        .ok_or_else(|| Error::field("credit_code", "organisation_unknown"))?;
    let waiting = db::join_requests::of_account(tx.db, account.id)?;
    if waiting.iter().any(|(r, _)| r.status == JoinStatus::Pending && r.organisation_id == organisation.id) {
        return Err(Refusal::conflict("join_already_asked").into());
    }
    let id = JoinRequestId::new(&*tx.env.ids);
    let request = JoinRequest {
        id,
        organisation_id: organisation.id,
        account_id: account.id,
        message: seal_joining(tx, id, &message)?,
        status: JoinStatus::Pending,
        created_at: tx.now,
        decided_by: None,
        decided_at: None,
    };
    db::join_requests::create(tx.db, &request)?;
    let detail = serde_json::json!({"request": request.id, "account": account.id});
    record(tx, actor, "", organisation.id, "organisation.join_requested", None, detail)?;
    let admins = db::accounts::holders_in_organisation(tx.db, organisation.id, Some(Role::VendorAdmin), tx.now)?;
    for admin in &admins {
        let args = [("name", admin.name.as_str()), ("who", &account.name), ("organisation", &organisation.name)];
        tx.post(admin.into(), "organisation_join_requested", "/organisation", &args)?;
    }
    Ok(request)
}

/// Where a request to join stands: what the table of its steps is asked with.
pub fn join_standing(tx: &mut Tx<'_>, request: &JoinRequest) -> Result<JoinAt, Error> {
    // Where somebody works matters to an open request alone.
    let is_open = request.status == JoinStatus::Pending;
    let works = |tx: &mut Tx<'_>| -> Result<bool, Error> {
        let held = db::sessions::held(tx.db, request.account_id, tx.now)?;
        Ok(held.iter().any(|held| held.role != Role::Expert))
    };
    Ok(JoinAt { organisation: request.organisation_id, status: request.status, is_engaged: is_open && works(tx)? })
}

/// The requests that wait for an organisation's administrator, oldest first.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor, id: OrganisationId) -> Result<Vec<Waiting>, Error> {
    let mut found = Vec::new();
    for (request, name, email) in db::join_requests::waiting(tx.db, id)? {
        let actions = join_standing(tx, &request)?.available(actor);
        let request = open_joining(tx.env, request)?;
        found.push(Waiting { request, name, email, actions });
    }
    Ok(found)
}

/// Lets somebody in, which ends their sessions, or not. Both sides are told. `ends_on` is the last day as it was typed;
/// empty for the longest term that a role may be given for.
///
/// # Errors
/// `join_already_decided`; what is wrong with the day, at `ends_on`.
pub fn decide_join(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OrganisationId,
    request: JoinRequestId,
    accept: bool,
    ends_on: &str,
) -> Result<(), Error> {
    let (organisation, _) = kept_by(tx, actor, id, OrganisationAction::ManageMembers)?;
    let by = actor.must_be_somebody()?;
    let request = db::join_requests::find(tx.db, id, request)?;
    let account = db::accounts::lock(tx.db, request.account_id)?;
    let (action, status) = match accept {
        true => (JoinAction::Accept, JoinStatus::Accepted),
        false => (JoinAction::Decline, JoinStatus::Declined),
    };
    let role = join_standing(tx, &request)?.permit(actor, action)?;
    let mut problems = Vec::new();
    let ends_on = if accept { last_day(tx, Role::VendorMember, ends_on, &mut problems) } else { None };
    must_be_sound(problems)?;
    if !db::join_requests::decide(tx.db, request.id, status, by, tx.now)? {
        return Err(Refusal::conflict("join_already_decided").into());
    }
    let mut detail = serde_json::json!({"request": request.id, "account": account.id});
    if accept {
        let grant = vendor_grant(tx, account.id, id, Role::VendorMember, actor, "grant-by-request");
        let grant = Grant { ends_on, ..grant };
        db::accounts::grant(tx.db, &grant)?;
        detail = serde_json::json!({
            "request": request.id, "account": account.id, "grant": grant.id, "role": grant.role,
            "ends_on": grant.ends_on,
        });
        db::join_requests::decline_others(tx.db, account.id, by, tx.now)?;
        apply_to_account(tx, account.id)?;
        end_sessions_of_other_powers(tx, account.id)?;
    }
    let (action, template) = if accept {
        ("organisation.join_accepted", "organisation_join_accepted")
    } else {
        ("organisation.join_declined", "organisation_join_declined")
    };
    record(tx, actor, role.as_text(), id, action, None, detail)?;
    let args = [("name", account.name.as_str()), ("organisation", &organisation.name)];
    tx.post((&account).into(), template, "/organisation", &args)
}

/// How many of these administer the organisation besides this one.
pub(super) fn other_admins(members: &[Member], account: AccountId) -> usize {
    members.iter().filter(|m| m.role == Role::VendorAdmin && m.account != account).count()
}

/// Everybody who works for an organisation, in the order of joining. Whoever calls this has seen to it that the actor may know
/// them.
///
/// # Errors
/// The database's.
pub fn colleagues(tx: &mut Tx<'_>, actor: &Actor, organisation: &Organisation) -> Result<Vec<Colleague>, Error> {
    let manages = standing(tx, organisation)?.permit(actor, OrganisationAction::ManageMembers).is_ok();
    let members = db::accounts::members(tx.db, organisation.id, tx.now)?;
    let at = |m: &Member| household_at(&members, m, actor);
    let actions = |m: &Member| if manages { at(m).available() } else { Vec::new() };
    Ok(members.iter().map(|m| Colleague { member: m.clone(), actions: actions(m) }).collect())
}

/// Where one of an organisation's people stands towards the actor.
fn household_at(members: &[Member], member: &Member, actor: &Actor) -> HouseholdAt {
    HouseholdAt {
        role: member.role,
        other_admins: other_admins(members, member.account),
        is_self: actor.account == Some(member.account),
    }
}

/// Somebody of the organisation with whom the actor may do this now.
fn member_for(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OrganisationId,
    account: AccountId,
    action: HouseholdAction,
) -> Result<Member, Error> {
    let members = db::accounts::members(tx.db, id, tx.now)?;
    let member = members.iter().find(|member| member.account == account).ok_or(Error::NotFound)?;
    household_at(&members, member, actor).permit(action)?;
    Ok(member.clone())
}

/// Makes a member an administrator, or an administrator a member, which ends every session of theirs; or lets another person stay
/// what they are until another day. `ends_on` is the last day as it was typed; for whoever becomes something else, empty for the
/// longest term that the role may be given for. Whoever is it already stays so until another day only where that is named: a request
/// that comes twice or late lengthens nothing. Where nobody else administers the organisation, the security administrator puts
/// an administrator's end off ([`crate::actions::grants::grant`]).
///
/// # Errors
/// `role_already_held`, `last_organisation_admin`, `own_term`; what is wrong with the day, at `ends_on`.
pub fn set_member_role(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OrganisationId,
    account: AccountId,
    admin: bool,
    ends_on: &str,
) -> Result<(), Error> {
    let (organisation, _) = kept_by(tx, actor, id, OrganisationAction::ManageMembers)?;
    // A session that begins at this moment is ended with the others, or begins with the powers that are left.
    let person = db::accounts::lock(tx.db, account)?;
    let members = db::accounts::members(tx.db, id, tx.now)?;
    let role = if admin { Role::VendorAdmin } else { Role::VendorMember };
    let is_it = members.iter().any(|member| member.account == account && member.role == role);
    let action = match (is_it, admin) {
        (true, _) if ends_on.trim().is_empty() => return Err(Refusal::conflict("role_already_held").into()),
        (true, _) => HouseholdAction::Renew,
        (false, true) => HouseholdAction::MakeAdmin,
        (false, false) => HouseholdAction::MakeMember,
    };
    let member = member_for(tx, actor, id, account, action)?;
    let mut problems = Vec::new();
    let ends_on = last_day(tx, role, ends_on, &mut problems);
    must_be_sound(problems)?;
    if action == HouseholdAction::Renew && member.ends_on == ends_on {
        // Pressed twice: it ends on that day already.
        return Ok(());
    }
    if !db::accounts::revoke(tx.db, member.grant, tx.now)? {
        return Err(Error::Stale);
    }
    let grant = vendor_grant(tx, account, id, role, actor, "grant-by-administrator");
    let grant = Grant { ends_on, ..grant };
    db::accounts::grant(tx.db, &grant)?;
    let detail = serde_json::json!({
        "account": account, "role": role, "grant": grant.id, "revoked": member.grant, "ends_on": grant.ends_on,
    });
    record(tx, actor, Role::VendorAdmin.as_text(), id, "organisation.member_role_changed", None, detail)?;
    let date = ends_on.map(local_date_text).unwrap_or_default();
    if action == HouseholdAction::Renew {
        // The same powers for another while: nobody need sign in anew.
        let args = [("name", person.name.as_str()), ("organisation", &organisation.name), ("date", &date)];
        return tx.post((&person).into(), "organisation_member_renewed", "/organisation", &args);
    }
    end_sessions_of_other_powers(tx, account)?;
    let role = tx.env.words.say(&person.language, &format!("role-{role}"));
    let args = [("name", person.name.as_str()), ("organisation", &organisation.name), ("role", &role), ("date", &date)];
    tx.post((&person).into(), "organisation_member_role", "/organisation", &args)
}

/// Takes somebody out of an organisation; its last administrator stays. Every session of theirs ends.
pub fn remove_member(tx: &mut Tx<'_>, actor: &Actor, id: OrganisationId, account: AccountId) -> Result<(), Error> {
    let (organisation, _) = kept_by(tx, actor, id, OrganisationAction::ManageMembers)?;
    // A session that begins at this moment is ended with the others, or begins with the powers that are left.
    let person = db::accounts::lock(tx.db, account)?;
    let member = member_for(tx, actor, id, account, HouseholdAction::Remove)?;
    if !db::accounts::revoke(tx.db, member.grant, tx.now)? {
        return Err(Error::Stale);
    }
    end_sessions_of_other_powers(tx, account)?;
    let detail = serde_json::json!({"account": account, "revoked": member.grant});
    record(tx, actor, Role::VendorAdmin.as_text(), id, "organisation.member_removed", None, detail)?;
    let args = [("name", person.name.as_str()), ("organisation", &organisation.name)];
    tx.post((&person).into(), "organisation_member_removed", "/organisation", &args)
}
