//! What was done with several files together, and taking it back by one recorded act, whole or not at all, while nothing
//! rests on it.

use super::proposal::{BatchLine, LeftOut, LeftOutLine};
use super::{Before, Moved, record};
use crate::actions::Tx;
use crate::actions::dossier::Dossier;
use crate::actions::mail_batches::{self, ToMany};
use crate::actions::review::reason;
use crate::actions::statement::station_names;
use crate::db;
use crate::db::change_sets::ChangeSet;
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::ids::{AccountId, CallId, ChangeSetId};
use crate::domain::mail_batch::MailAct;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::domain::status::ChangeSetStatus;
use crate::domain::steps::{BATCH_READERS, BatchAction, BatchAt, BatchKind, MovedFileAt};
use crate::error::Error;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use utoipa::ToSchema;

/// What undoing says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchUndoing {
    /// Why; the applicants read it.
    pub reason: String,
}

/// An act on several files, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedBatch {
    /// Id.
    pub id: ChangeSetId,
    /// What was done.
    pub kind: BatchKind,
    /// Whether it is in force.
    pub status: ChangeSetStatus,
    /// The call of the files.
    pub call: Option<CallId>,
    /// Its title.
    pub call_title: String,
    /// Code of the bureau that did it; none in screening.
    pub bureau: Option<String>,
    /// Files that were moved on.
    pub files: usize,
    /// Files that were ticked and stayed where they were.
    pub left_out: usize,
    /// Done.
    pub applied_at: DateTime<Utc>,
    /// Taken back.
    pub undone_at: Option<DateTime<Utc>>,
}

/// An act on several files, with what stands against taking it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Batch {
    /// Id.
    pub id: ChangeSetId,
    /// What was done.
    pub kind: BatchKind,
    /// Whether it is in force.
    pub status: ChangeSetStatus,
    /// The call of the files.
    pub call: CallId,
    /// Its title.
    pub call_title: String,
    /// Code of the bureau that did it; none in screening.
    pub bureau: Option<String>,
    /// The files that were moved on, in the order of the list.
    pub files: Vec<BatchLine>,
    /// The files that were ticked and stayed where they were.
    pub left_out: Vec<LeftOutLine>,
    /// Who did it.
    pub applied_by: String,
    /// When.
    pub applied_at: DateTime<Utc>,
    /// Who took it back.
    pub undone_by: Option<String>,
    /// When.
    pub undone_at: Option<DateTime<Utc>>,
    /// Why.
    pub undo_reason: Option<String>,
    /// Code of what stands against taking it back now; none if nothing does.
    pub obstacle: Option<String>,
    /// The same as a sentence, in the caller's language.
    pub obstacle_message: Option<String>,
    /// What this person may do now.
    pub actions: Vec<BatchAction>,
}

/// The bureau whose acts alone the actor reads; none for the department.
fn own_bureau(actor: &Actor) -> Result<Option<String>, Error> {
    match actor.must_hold(BATCH_READERS)? {
        Role::CityOfficer => Ok(Some(actor.bureau().ok_or(Error::NotFound)?.to_string())),
        _ => Ok(None),
    }
}

/// A change set that is an act on several files, and within the actor's sight.
fn find(tx: &mut Tx<'_>, actor: &Actor, id: ChangeSetId) -> Result<(ChangeSet, BatchKind, CallId, Before), Error> {
    let own = own_bureau(actor)?;
    let set = db::change_sets::find(tx.db, &Scope::of(actor), id)?;
    let (kind, call) = BatchKind::of(set.kind).zip(set.call_id).ok_or(Error::NotFound)?;
    let before: Before = serde_json::from_value(set.before.0.clone()).map_err(anyhow::Error::from)?;
    if own.is_some() && own != before.bureau {
        return Err(Error::NotFound);
    }
    Ok((set, kind, call, before))
}

/// A list of the summary.
fn kept<T: DeserializeOwned>(set: &ChangeSet, key: &str) -> Result<Vec<T>, Error> {
    let listed = set.summary.0.get(key).cloned().unwrap_or_else(|| serde_json::json!([]));
    Ok(serde_json::from_value(listed).map_err(anyhow::Error::from)?)
}

/// The acts on several files, newest first: of the officer's own bureau, or all of them.
///
/// # Errors
/// `wrong_role`.
pub fn batches(tx: &mut Tx<'_>, actor: &Actor, pager: Pager) -> Result<Page<ListedBatch>, Error> {
    let own = own_bureau(actor)?;
    let found = db::change_sets::of_files(tx.db, own.as_deref(), pager)?;
    let mut titles: BTreeMap<CallId, String> = BTreeMap::new();
    for call in found.items.iter().filter_map(|set| set.call_id) {
        if let Entry::Vacant(unknown) = titles.entry(call) {
            unknown.insert(db::calls::find(tx.db, call)?.title);
        }
    }
    found.try_map(|set| {
        let count = |key: &str| set.summary.0.get(key).and_then(serde_json::Value::as_array).map_or(0, Vec::len);
        let bureau = set.summary.0.get("bureau").and_then(serde_json::Value::as_str).filter(|code| !code.is_empty());
        Ok(ListedBatch {
            id: set.id,
            kind: BatchKind::of(set.kind).ok_or(Error::NotFound)?,
            status: set.status,
            call: set.call_id,
            call_title: set.call_id.and_then(|call| titles.get(&call).cloned()).unwrap_or_default(),
            bureau: bureau.map(str::to_string),
            files: count("files"),
            left_out: count("left_out"),
            applied_at: set.applied_at.and_utc(),
            undone_at: set.undone_at.map(|at| at.and_utc()),
        })
    })
}

/// One act on several files, with what stands against taking it back.
///
/// # Errors
/// `wrong_role`; not found where it is another bureau's.
pub fn batch_of(tx: &mut Tx<'_>, actor: &Actor, id: ChangeSetId) -> Result<Batch, Error> {
    let (set, kind, call, before) = find(tx, actor, id)?;
    let words = tx.env.words;
    let name = |tx: &mut Tx<'_>, account: Option<AccountId>| -> Result<Option<String>, Error> {
        Ok(account.map(|account| db::accounts::find(tx.db, account)).transpose()?.map(|account| account.name))
    };
    let obstacle = match set.status {
        ChangeSetStatus::Applied => rests(tx, actor, kind, call, &before)?,
        ChangeSetStatus::Undone => None,
    };
    let at = BatchAt { kind, status: set.status, bureau: before.bureau.as_deref() };
    let left_out: Vec<LeftOut> = kept(&set, "left_out")?;
    Ok(Batch {
        id,
        kind,
        status: set.status,
        call,
        call_title: db::calls::find(tx.db, call)?.title,
        files: kept(&set, "files")?,
        left_out: left_out.iter().map(|file| file.shown(words, &actor.language)).collect(),
        applied_by: name(tx, set.applied_by)?.unwrap_or_default(),
        applied_at: set.applied_at.and_utc(),
        undone_by: name(tx, set.undone_by)?,
        undone_at: set.undone_at.map(|at| at.and_utc()),
        undo_reason: set.undo_reason.clone(),
        obstacle_message: obstacle.as_ref().map(|refusal| words.refusal(&actor.language, refusal)),
        actions: at.available(actor, obstacle.is_some()),
        obstacle: obstacle.map(|refusal| refusal.code.to_string()),
        bureau: before.bureau,
    })
}

/// What rests on an act: the first thing found, with whose file it is.
fn rests(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: BatchKind,
    call: CallId,
    before: &Before,
) -> Result<Option<Refusal>, Error> {
    let windows = db::calls::find(tx.db, call)?.windows();
    if kind == BatchKind::Recommendation && !windows.recommendation_open(tx.now) {
        return Ok(Some(Refusal::conflict("recommendation_closed")));
    }
    let is_being_decided = db::decisions::pending(tx.db, call)?.is_some();
    for file in &before.files {
        let now = db::applications::find(tx.db, &Scope::of(actor), file.application)?;
        let at = MovedFileAt {
            left_in: file.left_in,
            left_at: file.version + 1,
            state: now.state,
            version: now.version,
            is_assigned: db::reviews::is_assigned(tx.db, file.application)?,
            is_being_decided,
        };
        if let Some(code) = at.obstacle() {
            // How far review and decision are is the department's: a bureau learns that its file has gone on.
            let code = match code {
                "batch_undo_assigned" | "batch_undo_being_decided" if kind == BatchKind::Recommendation => {
                    "batch_undo_moved"
                }
                other => other,
            };
            let refusal = Refusal::conflict(code).with("organisation", &file.organisation);
            return Ok(Some(refusal.with("number", &file.number)));
        }
    }
    Ok(None)
}

/// Takes back what was done with several files: each is again where it was before, and every applicant is told.
///
/// # Errors
/// It is taken back already; no reason; something rests on it (`batch_undo_moved`, `batch_undo_withdrawn`,
/// `batch_undo_assigned`, `batch_undo_being_decided`, `recommendation_closed`).
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ChangeSetId, input: &BatchUndoing) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let (_, kind, call, before) = find(tx, actor, id)?;
    // Held as whoever plans a review, decides or counts places holds it: the call, its review, then the files by ids.
    db::calls::lock(tx.db, call)?;
    if let Some(session) = db::reviews::session_of_call(tx.db, call)? {
        db::reviews::find_session_to_change(tx.db, session.id)?;
    }
    let mut files: Vec<&Moved> = before.files.iter().collect();
    files.sort_unstable_by_key(|file| file.application);
    let mut dossiers = Vec::with_capacity(files.len());
    for file in files {
        dossiers.push(Dossier::load_to_change(tx, actor, file.application)?);
    }
    // Read again now that nobody else can take it back.
    let status = db::change_sets::find(tx.db, &Scope::of(actor), id)?.status;
    let role = BatchAt { kind, status, bureau: before.bureau.as_deref() }.permit(actor, BatchAction::Undo)?;
    let reason = reason("reason", &input.reason)?;
    if let Some(refusal) = rests(tx, actor, kind, call, &before)? {
        return Err(refusal.into());
    }
    if !db::change_sets::mark_undone(tx.db, id, account, &reason, tx.now)? {
        return Err(Error::Stale);
    }
    mail_batches::begin(tx);
    for dossier in &mut dossiers {
        let permission = dossier.permit(actor, kind.undone_by())?;
        match kind {
            BatchKind::Recommendation => db::applications::free_place(tx.db, dossier.application.id, tx.now)?,
            BatchKind::Screening => db::screenings::delete(tx.db, dossier.application.id)?,
        }
        dossier.advance(tx, actor, permission, Some(&reason), serde_json::json!({ "change_set": id }))?;
        tell(tx, kind, role, dossier, &reason)?;
    }
    let act = match kind {
        BatchKind::Recommendation => MailAct::RecommendationsUndone,
        BatchKind::Screening => MailAct::AcceptancesUndone,
    };
    let (title, bureau) = (db::calls::find(tx.db, call)?.title, before.bureau.as_deref());
    mail_batches::end(tx, actor, &ToMany { act, call, title: &title, bureau, term_ends: None })?;
    let detail = serde_json::json!({ "kind": kind, "call": call, "applications": before.files.len() });
    record(tx, actor, (role, id, "batch.undone"), Some(&reason), detail)
}

/// Tells an applicant that the file is again where it was.
fn tell(tx: &mut Tx<'_>, kind: BatchKind, role: Role, dossier: &Dossier, reason: &str) -> Result<(), Error> {
    let template = match kind {
        BatchKind::Recommendation => "recommendation-undone",
        BatchKind::Screening => "acceptance-undone",
    };
    let station = station_names(tx, dossier, role);
    let date = local_date_text(local_date(tx.now));
    let args = [
        ("organisation", dossier.organisation.name.as_str()),
        ("number", dossier.application.number.as_deref().unwrap_or_default()),
        ("call", dossier.call.title.as_str()),
        ("reason", reason),
        ("date", date.as_str()),
    ];
    let path = format!("/applications/{}", dossier.application.id);
    tx.post_to_organisation_from(dossier.application.organisation_id, template, &path, &args, &station)
}
