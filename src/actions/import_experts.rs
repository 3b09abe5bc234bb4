//! Bringing experts into the pool from a table: a dry run that names every bad row, then all rows or none.

mod bring_in;
mod check;
mod dry_run;
mod table;

use super::Tx;
use super::review::consequences::{EndingLine, ReplacementLine, VacancyLine};
use super::review::exclusions::apply_and_tell;
use super::undo_import::Before;
use crate::db;
use crate::db::Json;
use crate::db::change_sets::ChangeSet;
use crate::domain::actor::{Actor, Role};
use crate::domain::form::Problem;
use crate::domain::ids::{ChangeSetId, ExpertId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{ChangeSetKind, ChangeSetStatus};
use crate::error::Error;
use crate::spreadsheet::RowProblem;
use bring_in::bring_in;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

pub use check::{HIGHEST_LOAD, LONGEST_NAME};
pub use dry_run::{CellChange, DryRun, Namesake, ReadyRow, dry_run, row_sentence};
pub use table::{COLUMNS, ExpertRow, Unreadable, read};

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Imported {
    /// Experts who are new in the pool.
    pub added: usize,
    /// Experts who were brought up to date.
    pub updated: usize,
    /// Experts who were already as the rows say.
    pub unchanged: usize,
    /// Of everything that it does upon the pool as it was; an import with the digest of a dry run does just that.
    pub digest: String,
    /// Rows that may be about one person twice.
    pub namesakes: Vec<Namesake>,
    /// Assignments of open reviews that end by it; undoing the import does not bring them back.
    pub endings: Vec<EndingLine>,
    /// Who takes the places that become free.
    pub replacements: Vec<ReplacementLine>,
    /// Applications in which a place stays empty.
    pub vacancies: Vec<VacancyLine>,
    /// What the import can be undone by; none for a dry run, and when nothing was to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_set: Option<ChangeSetId>,
    /// Whether this very import had been carried out before, as by a button that is pressed twice: then this is what it
    /// did, and nothing was done now.
    pub repeated: bool,
}

/// What is kept of an import, as far as its answer is given again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Kept {
    added: usize,
    updated: usize,
    unchanged: usize,
    digest: String,
    endings: Vec<EndingLine>,
    replacements: Vec<ReplacementLine>,
    vacancies: Vec<VacancyLine>,
}

impl From<&DryRun> for Imported {
    fn from(found: &DryRun) -> Self {
        Imported {
            added: found.added(),
            updated: found.updated(),
            unchanged: found.unchanged(),
            digest: found.digest(),
            namesakes: found.namesakes.clone(),
            endings: found.consequences.endings.clone(),
            replacements: found.consequences.replacements.clone(),
            vacancies: found.consequences.vacancies.clone(),
            change_set: None,
            repeated: false,
        }
    }
}

/// Brings all rows in, or none: new experts get an account and an invitation, known ones are brought up to date. With
/// the digest that a dry run showed, nothing else is done than what was shown; where just that was done before, it is
/// answered again.
///
/// # Errors
/// [`Error::Invalid`] with `rows[0].fields` for every bad cell, counted from 0; [`Error::Stale`] when the rows or the pool
/// are not those of the digest.
pub fn import(tx: &mut Tx<'_>, actor: &Actor, rows: &[ExpertRow], seen: Option<&str>) -> Result<Imported, Error> {
    let role = actor.must_hold(&[Role::Handler, Role::System])?;
    // First of all: whoever waits here holds nothing.
    db::change_sets::lock_imports(tx.db)?;
    hold(tx, rows)?;
    let found = dry_run(tx, actor, rows)?;
    if let Some(done) = done_before(tx, &found, seen)? {
        return Ok(done);
    }
    if !found.problems.is_empty() {
        return Err(refused(&found));
    }
    if found.ready.is_empty() {
        return Err(Refusal::unacceptable("import_empty").into());
    }
    let mut done = Imported::from(&found);
    if seen.is_some_and(|seen| seen != done.digest) {
        return Err(Error::Stale);
    }
    let set = ChangeSetId::new(&*tx.env.ids);
    let mut before = Before::default();
    for row in found.ready {
        if !row.is_unchanged() {
            bring_in(tx, actor, role, row, set, &mut before)?;
        }
    }
    let changed: Vec<ExpertId> = before.changed.iter().map(|one| one.expert).collect();
    let followed = apply_and_tell(tx, &changed)?;
    // The sessions were not held while it was looked at: what somebody did in between is not passed off as what was shown.
    if seen.is_some() && followed != found.consequences {
        return Err(Error::Stale);
    }
    (done.endings, done.replacements, done.vacancies) = (followed.endings, followed.replacements, followed.vacancies);
    done.change_set = keep(tx, actor, set, &done, &before)?;
    Ok(done)
}

/// What the import of the digest did, if it was carried out and all that these rows say still stands.
fn done_before(tx: &mut Tx<'_>, found: &DryRun, seen: Option<&str>) -> Result<Option<Imported>, Error> {
    let says_something = found.problems.is_empty() && !found.ready.is_empty();
    let is_done = says_something && found.ready.iter().all(ReadyRow::is_unchanged);
    let Some(seen) = seen.filter(|seen| is_done && *seen != found.digest()) else { return Ok(None) };
    let Some(set) = db::change_sets::applied_import(tx.db, seen)? else { return Ok(None) };
    let kept: Kept = serde_json::from_value(set.summary.0).map_err(anyhow::Error::from)?;
    Ok(Some(Imported {
        added: kept.added,
        updated: kept.updated,
        unchanged: kept.unchanged,
        digest: kept.digest,
        namesakes: found.namesakes.clone(),
        endings: kept.endings,
        replacements: kept.replacements,
        vacancies: kept.vacancies,
        change_set: Some(set.id),
        repeated: true,
    }))
}

/// Keeps what undoing needs. An import by the system, from the command line at the machine, is nobody's, and undone as any
/// other.
fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ChangeSetId,
    done: &Imported,
    before: &Before,
) -> Result<Option<ChangeSetId>, Error> {
    if before.is_empty() {
        return Ok(None);
    }
    let set = ChangeSet {
        id,
        kind: ChangeSetKind::ExpertImport,
        call_id: None,
        status: ChangeSetStatus::Applied,
        summary: Json(serde_json::json!({
            "added": done.added, "updated": done.updated, "unchanged": done.unchanged, "digest": done.digest,
            "added_names": before.newcomers.iter().map(|one| &one.name).collect::<Vec<_>>(),
            "updated_names": before.changed.iter().map(|one| &one.name).collect::<Vec<_>>(),
            "endings": done.endings, "replacements": done.replacements, "vacancies": done.vacancies,
        })),
        before: Json(serde_json::to_value(before).map_err(anyhow::Error::from)?),
        applied_by: actor.account,
        applied_at: tx.now,
        undone_by: None,
        undone_at: None,
        undo_reason: None,
    };
    db::change_sets::create(tx.db, &set)?;
    Ok(Some(id))
}

/// Holds the accounts and the experts of these addresses until the transaction ends: a role that is given or taken, or a
/// standing that is changed at the same time, goes first or waits. In the order of addresses, as any two imports have it.
fn hold(tx: &mut Tx<'_>, rows: &[ExpertRow]) -> Result<(), Error> {
    let addresses: BTreeSet<String> = rows.iter().map(|row| db::accounts::email_key(&row.email)).collect();
    for address in &addresses {
        if let Some(account) = db::accounts::find_by_email(tx.db, address)? {
            db::accounts::lock(tx.db, account.id)?;
        }
        if let Some(expert) = db::experts::find_by_email(tx.db, address)? {
            db::experts::find_to_change(tx.db, expert.id)?;
        }
    }
    Ok(())
}

/// What an import would do; nothing is changed.
///
/// # Errors
/// As [`import`].
pub fn trial(tx: &mut Tx<'_>, actor: &Actor, rows: &[ExpertRow]) -> Result<Imported, Error> {
    let found = dry_run(tx, actor, rows)?;
    if found.problems.is_empty() { Ok(Imported::from(&found)) } else { Err(refused(&found)) }
}

fn refused(found: &DryRun) -> Error {
    let said =
        |(path, problem): (&String, &RowProblem)| Problem::new(path, &problem.code).with("value", &problem.value);
    Error::Invalid(found.paths.iter().zip(&found.problems).map(said).collect())
}
