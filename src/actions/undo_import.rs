//! Undoing an import of experts by one recorded act, whole or not at all, while nothing rests on it.

use super::expert_standing::end_sessions_if_role_moves;
use super::review::exclusions::apply_now;
use super::review::reason;
use super::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::change_sets::ChangeSet;
use crate::db::experts::Expert;
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, ChangeSetId, ExpertId, ExpertTieId, GrantId, MailId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AccountStatus, ChangeSetKind, ChangeSetStatus, TokenPurpose};
use crate::domain::steps::ImportAction;
use crate::error::Error;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

pub use crate::domain::steps::IMPORTERS;

/// What an import writes of an expert who is known, and undoing it writes back.
pub(super) const BROUGHT: &[&str] =
    &["account_id", "name", "employer", "employer_code", "title", "city", "fields", "load_limit", "pool"];

/// What undoing an import needs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Before {
    /// Who was not in the pool.
    pub newcomers: Vec<Newcomer>,
    /// Who was, as they were.
    pub changed: Vec<Changed>,
}

impl Before {
    pub fn is_empty(&self) -> bool {
        self.newcomers.is_empty() && self.changed.is_empty()
    }
}

/// A role that an import gave, and the letter that told of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Given {
    pub grant: GrantId,
    pub letter: MailId,
}

/// Somebody who is new in the pool.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Newcomer {
    pub expert: ExpertId,
    pub name: String,
    pub account: AccountId,
    /// Whether the account had never been used, so that an invitation was sent.
    pub invited: bool,
    pub given: Given,
}

/// Somebody who was in the pool, as they were.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Changed {
    pub expert: ExpertId,
    /// The version before; the import made the next one.
    version: i32,
    pub name: String,
    employer: String,
    employer_code: Option<String>,
    title: String,
    city: Option<String>,
    fields: BTreeSet<String>,
    load_limit: i32,
    pool: String,
    term_from: Option<NaiveDate>,
    term_to: Option<NaiveDate>,
    account: Option<AccountId>,
    /// Past employers that came along.
    ties: Vec<ExpertTieId>,
    given: Option<Given>,
}

impl Changed {
    pub fn of(stored: &Expert, ties: Vec<ExpertTieId>, given: Option<Given>) -> Changed {
        Changed {
            expert: stored.id,
            version: stored.version,
            name: stored.name.clone(),
            employer: stored.employer.clone(),
            employer_code: stored.employer_code.clone(),
            title: stored.title.clone(),
            city: stored.city.clone(),
            fields: stored.fields.0.clone(),
            load_limit: stored.load_limit,
            pool: stored.pool.clone(),
            term_from: stored.term_from,
            term_to: stored.term_to,
            account: stored.account_id,
            ties,
            given,
        }
    }

    /// The pool's row with what it said before.
    fn restored(&self, now: Expert) -> Expert {
        Expert {
            name: self.name.clone(),
            employer: self.employer.clone(),
            employer_code: self.employer_code.clone(),
            title: self.title.clone(),
            city: self.city.clone(),
            fields: Json(self.fields.clone()),
            load_limit: self.load_limit,
            pool: self.pool.clone(),
            term_from: self.term_from,
            term_to: self.term_to,
            ..now
        }
    }
}

/// What undoing says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportUndoing {
    /// Why.
    pub reason: String,
}

/// The imports so far, newest first.
pub fn imports(tx: &mut Tx<'_>, actor: &Actor, pager: Pager) -> Result<Page<ChangeSet>, Error> {
    actor.must_hold(IMPORTERS)?;
    Ok(db::change_sets::of_kind(tx.db, ChangeSetKind::ExpertImport, pager)?)
}

/// One import.
#[derive(Debug, Clone)]
pub struct Import {
    /// What it did.
    pub set: ChangeSet,
    /// Who brought it in.
    pub by: String,
    /// Why it cannot be undone, if so.
    pub obstacle: Option<Refusal>,
    /// What the actor may do with it now.
    pub actions: Vec<ImportAction>,
}

/// One import, with what rests on it.
pub fn import_of(tx: &mut Tx<'_>, actor: &Actor, id: ChangeSetId) -> Result<Import, Error> {
    actor.must_hold(IMPORTERS)?;
    let set = find(tx, id)?;
    let by = match set.applied_by {
        Some(account) => db::accounts::find(tx.db, account)?.name,
        None => tx.env.words.say(&actor.language, "record-actor-system"),
    };
    let obstacle = match set.status {
        ChangeSetStatus::Applied => rests(tx, &read(&set)?)?,
        ChangeSetStatus::Undone => Some(Refusal::conflict("change_undone")),
    };
    Ok(Import { actions: ImportAction::available(actor, set.status, obstacle.is_some()), set, by, obstacle })
}

fn find(tx: &mut Tx<'_>, id: ChangeSetId) -> Result<ChangeSet, Error> {
    Ok(db::change_sets::find_of_kind(tx.db, ChangeSetKind::ExpertImport, id)?)
}

fn read(set: &ChangeSet) -> Result<Before, Error> {
    Ok(serde_json::from_value(set.before.0.clone()).map_err(anyhow::Error::from)?)
}

/// What rests on an import: the first thing found, with whose it is.
fn rests(tx: &mut Tx<'_>, before: &Before) -> Result<Option<Refusal>, Error> {
    for one in &before.newcomers {
        if let Some(code) = rests_on_newcomer(tx, one)? {
            return Ok(Some(code.with("name", &one.name)));
        }
    }
    for one in &before.changed {
        if db::experts::find(tx.db, one.expert)?.version != one.version + 1 {
            return Ok(Some(Refusal::conflict("import_rests_changed").with("name", &one.name)));
        }
    }
    Ok(None)
}

fn rests_on_newcomer(tx: &mut Tx<'_>, one: &Newcomer) -> Result<Option<Refusal>, Error> {
    if db::experts::is_assigned(tx.db, one.expert)? {
        return Ok(Some(Refusal::conflict("import_rests_assigned")));
    }
    if db::experts::is_named(tx.db, one.expert)? {
        return Ok(Some(Refusal::conflict("import_rests_drawn")));
    }
    let account = db::accounts::find(tx.db, one.account)?;
    if one.invited && account.status != AccountStatus::Invited {
        return Ok(Some(Refusal::conflict("import_rests_signed_in")));
    }
    let declared = db::expert_ties::of_expert(tx.db, one.expert)?;
    let expert = db::experts::find(tx.db, one.expert)?;
    let touched = expert.version != 1 || declared.iter().any(|tie| tie.declared_at != expert.created_at);
    Ok(touched.then(|| Refusal::conflict("import_rests_changed")))
}

/// Undoes an import: who is new leaves the pool with role and invitation, who was known is again as before.
///
/// # Errors
/// It is undone already; somebody of it has signed in, was drawn, assigned or changed since.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ChangeSetId, input: &ImportUndoing) -> Result<(), Error> {
    actor.must_hold(IMPORTERS)?;
    let by = actor.must_be_somebody()?;
    let reason = reason("reason", &input.reason)?;
    let set = find(tx, id)?;
    let role = ImportAction::Undo.permit(actor, set.status)?;
    let before = read(&set)?;
    hold(tx, &before)?;
    if let Some(refusal) = rests(tx, &before)? {
        return Err(refusal.into());
    }
    if !db::change_sets::mark_undone(tx.db, id, by, &reason, tx.now)? {
        return Err(Error::Stale);
    }
    for one in &before.newcomers {
        take_back(tx, one.account, &one.given, &reason)?;
        if one.invited {
            db::sessions::void_one_time_tokens(tx.db, Some(one.account), TokenPurpose::Invitation, tx.now)?;
        }
        db::experts::delete(tx.db, one.expert)?;
        let detail = serde_json::json!({ "change_set": id, "revoked": one.given.grant });
        record(tx, actor, role, one.expert, detail, &reason)?;
    }
    for one in &before.changed {
        restore(tx, one, &reason)?;
        let term = [one.term_from, one.term_to];
        let detail = match &one.given {
            None => serde_json::json!({ "change_set": id, "term": term }),
            Some(given) => serde_json::json!({ "change_set": id, "term": term, "revoked": given.grant }),
        };
        record(tx, actor, role, one.expert, detail, &reason)?;
    }
    let changed: Vec<ExpertId> = before.changed.iter().map(|one| one.expert).collect();
    apply_now(tx, &changed)
}

/// Holds everyone concerned until the transaction ends: sessions first, as whoever assigns holds them; then accounts and
/// experts in the order of ids.
fn hold(tx: &mut Tx<'_>, before: &Before) -> Result<(), Error> {
    for session in db::reviews::unclosed_sessions(tx.db)? {
        db::reviews::find_session_to_change(tx.db, session)?;
    }
    let accounts: BTreeSet<AccountId> = before.newcomers.iter().map(|one| one.account).collect();
    for account in accounts {
        db::accounts::lock(tx.db, account)?;
    }
    let newcomers = before.newcomers.iter().map(|one| one.expert);
    let experts: BTreeSet<ExpertId> = newcomers.chain(before.changed.iter().map(|one| one.expert)).collect();
    for expert in experts {
        db::experts::find_to_change(tx.db, expert)?;
    }
    Ok(())
}

/// Takes the role back; a letter that has left is answered by another.
fn take_back(tx: &mut Tx<'_>, account: AccountId, given: &Given, reason: &str) -> Result<(), Error> {
    db::accounts::annul(tx.db, given.grant, tx.now)?;
    if db::mails::withdraw(tx.db, given.letter, tx.now)? {
        return Ok(());
    }
    let account = db::accounts::find(tx.db, account)?;
    let args = [("name", account.name.as_str()), ("reason", reason)];
    tx.post((&account).into(), "expert-import-undone", "/", &args)
}

fn restore(tx: &mut Tx<'_>, one: &Changed, reason: &str) -> Result<(), Error> {
    let now = db::experts::find(tx.db, one.expert)?;
    let account = now.account_id;
    let restored = one.restored(now.clone());
    if !db::experts::update(tx.db, &restored)? {
        return Err(Error::Stale);
    }
    end_sessions_if_role_moves(tx, &now, restored.appointment())?;
    for tie in &one.ties {
        db::expert_ties::withdraw(tx.db, *tie, tx.now)?;
        tx.vouch("expert_ties", tie.as_text(), &["withdrawn_at"])?;
    }
    if let (Some(given), Some(account)) = (&one.given, account) {
        take_back(tx, account, given, reason)?;
    }
    if one.account.is_none() {
        db::accounts::unbind_expert(tx.db, one.expert)?;
    }
    tx.vouch("experts", one.expert.as_text(), BROUGHT)
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    expert: ExpertId,
    detail: serde_json::Value,
    reason: &str,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "expert",
            subject_id: expert.as_text(),
            action: "expert.import_undone",
            role: role.as_text(),
            reason: Some(reason),
            detail,
            ..Record::default()
        },
    )
}
