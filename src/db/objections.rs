//! Objections. Who objected stands in a table of its own and is read by one function alone.

use super::connection::Db;
use super::page::{Page, Pager};
use super::schema::{objection_evidence, objection_identities, objections};
use super::types::Json;
use crate::domain::ids::{AccountId, ApplicationId, EvidenceId, NoticeId, ObjectionId};
use crate::domain::status::{ObjectionOutcome, ObjectionStatus, ObjectorKind};
use chrono::NaiveDateTime;
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;

/// An objection, without the one who made it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = objections)]
pub struct Objection {
    /// Id.
    pub id: ObjectionId,
    /// Its number.
    pub number: String,
    /// During which notice.
    pub notice_id: NoticeId,
    /// Against which application.
    pub application_id: ApplicationId,
    /// What is objected.
    pub matter: String,
    /// Received.
    pub received_at: NaiveDateTime,
    /// Where it stands.
    pub status: ObjectionStatus,
    /// Codes of what was lacking, for one that is not accepted.
    pub shortcomings: Json<Vec<String>>,
    /// The outcome that an officer proposes.
    pub proposed_outcome: Option<ObjectionOutcome>,
    /// Why; also why it was not accepted.
    pub proposed_reason: Option<String>,
    /// Who proposes it.
    pub proposed_by: Option<AccountId>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// Decided.
    pub decided_at: Option<NaiveDateTime>,
    /// Version for the optimistic lock.
    pub version: i32,
}

/// Who objected, as it is kept: sealed. The plain columns hold something in rows alone that were made before there was a seal, until the
/// next start of the service.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = objection_identities)]
pub struct SealedIdentity {
    /// Of which objection.
    pub objection_id: ObjectionId,
    /// A person or a unit.
    pub kind: ObjectorKind,
    /// Empty.
    pub name: String,
    /// Empty.
    pub phone: String,
    /// Empty.
    pub email: String,
    /// Name, telephone and address, encrypted.
    pub sealed: Option<String>,
}

/// A document that came with an objection.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = objection_evidence)]
pub struct Evidence {
    /// Id.
    pub id: EvidenceId,
    /// Of which objection.
    pub objection_id: ObjectionId,
    /// Name of the file.
    pub name: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// Its length.
    pub bytes: i64,
    /// Its type.
    pub file_type: String,
}

/// Whether an objection names a document of this content.
pub fn is_evidence(db: &mut Db, sha256: &str) -> QueryResult<bool> {
    let found = objection_evidence::table.filter(objection_evidence::sha256.eq(sha256.to_string()));
    diesel::select(exists(found)).get_result(db)
}

/// Adds an objection with its sealed identity and its evidence.
pub fn create(db: &mut Db, objection: &Objection, identity: &SealedIdentity, evidence: &[Evidence]) -> QueryResult<()> {
    diesel::insert_into(objections::table).values(objection).execute(db)?;
    diesel::insert_into(objection_identities::table).values(identity).execute(db)?;
    for document in evidence {
        diesel::insert_into(objection_evidence::table).values(document).execute(db)?;
    }
    Ok(())
}

/// The objection of an id. Only officers ask: the caller sees to that.
pub fn find(db: &mut Db, id: ObjectionId) -> QueryResult<Objection> {
    objections::table.find(id).select(Objection::as_select()).first(db)
}

/// The same, held until the transaction ends.
pub fn find_to_change(db: &mut Db, id: ObjectionId) -> QueryResult<Objection> {
    db.lock_row("objections", id.as_text())?;
    find(db, id)
}

/// Keeps what became of an objection; false when it was changed since its version.
pub fn update(db: &mut Db, objection: &Objection) -> QueryResult<bool> {
    diesel::update(objections::table.find(objection.id).filter(objections::version.eq(objection.version)))
        .set((
            objections::status.eq(objection.status),
            objections::proposed_outcome.eq(objection.proposed_outcome.map(|outcome| outcome.as_text().to_string())),
            objections::proposed_reason.eq(objection.proposed_reason.clone()),
            objections::proposed_by.eq(objection.proposed_by.map(|id| id.as_text().to_string())),
            objections::decided_by.eq(objection.decided_by.map(|id| id.as_text().to_string())),
            objections::decided_at.eq(objection.decided_at),
            objections::version.eq(objection.version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// One page of the objections, newest first, in one status if asked for.
pub fn list(db: &mut Db, status: Option<ObjectionStatus>, pager: Pager) -> QueryResult<Page<Objection>> {
    let filtered = || {
        let mut query = objections::table.into_boxed();
        if let Some(status) = status {
            query = query.filter(objections::status.eq(status));
        }
        query
    };
    let total = filtered().select(count_star()).first(db)?;
    let rows = filtered()
        .order((objections::received_at.desc(), objections::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(Objection::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// Whether an objection to this application waits for acceptance or for its outcome.
pub fn any_open(db: &mut Db, application: ApplicationId) -> QueryResult<bool> {
    diesel::select(exists(
        objections::table.filter(objections::application_id.eq(application)).filter(
            objections::status.eq(ObjectionStatus::Received).or(objections::status.eq(ObjectionStatus::Accepted)),
        ),
    ))
    .get_result(db)
}

/// Whether an objection to this application still waits to be accepted or declined.
pub fn any_waiting(db: &mut Db, application: ApplicationId) -> QueryResult<bool> {
    diesel::select(exists(
        objections::table
            .filter(objections::application_id.eq(application))
            .filter(objections::status.eq(ObjectionStatus::Received)),
    ))
    .get_result(db)
}

/// The documents of an objection.
pub fn evidence_of(db: &mut Db, id: ObjectionId) -> QueryResult<Vec<Evidence>> {
    objection_evidence::table
        .filter(objection_evidence::objection_id.eq(id))
        .order(objection_evidence::id)
        .select(Evidence::as_select())
        .load(db)
}

/// One document of an objection.
pub fn find_evidence(db: &mut Db, objection: ObjectionId, id: EvidenceId) -> QueryResult<Evidence> {
    objection_evidence::table
        .find(id)
        .filter(objection_evidence::objection_id.eq(objection))
        .select(Evidence::as_select())
        .first(db)
}

/// Identities that are not sealed.
pub fn unsealed(db: &mut Db) -> QueryResult<Vec<SealedIdentity>> {
    objection_identities::table
        .filter(
            objection_identities::sealed
                .is_null()
                .or(objection_identities::name.ne(""))
                .or(objection_identities::phone.ne(""))
                .or(objection_identities::email.ne("")),
        )
        .order(objection_identities::objection_id)
        .select(SealedIdentity::as_select())
        .load(db)
}

/// Every identity as it is kept.
pub fn identities(db: &mut Db) -> QueryResult<Vec<SealedIdentity>> {
    objection_identities::table.order(objection_identities::objection_id).select(SealedIdentity::as_select()).load(db)
}

/// The objections that ended before `before` and of which it is still known who made them. One that came too late was never
/// decided; it ended when it came.
pub fn ended_with_identity(db: &mut Db, before: NaiveDateTime) -> QueryResult<Vec<ObjectionId>> {
    let ended = [ObjectionStatus::NotAccepted, ObjectionStatus::Upheld, ObjectionStatus::Dismissed];
    let decided = objections::decided_at.is_not_null().and(objections::decided_at.assume_not_null().lt(before));
    let never_decided = objections::decided_at.is_null().and(objections::received_at.lt(before));
    objections::table
        .inner_join(objection_identities::table)
        .filter(objections::status.eq_any(ended))
        .filter(decided.or(never_decided))
        .order(objections::id)
        .select(objections::id)
        .load(db)
}

/// Forgets who made an objection.
pub fn forget_identity(db: &mut Db, id: ObjectionId) -> QueryResult<()> {
    diesel::delete(objection_identities::table.find(id)).execute(db).map(drop)
}

/// Keeps the seal of an identity and empties what stood beside it.
pub fn keep_sealed(db: &mut Db, id: ObjectionId, sealed: &str) -> QueryResult<()> {
    diesel::update(objection_identities::table.find(id))
        .set((
            objection_identities::sealed.eq(sealed.to_string()),
            objection_identities::name.eq(""),
            objection_identities::phone.eq(""),
            objection_identities::email.eq(""),
        ))
        .execute(db)
        .map(drop)
}

/// Who objected. Called by the action that opens the seal, which records who asked and why, and by the one that writes
/// to the objector; by nothing else.
pub fn identity_of(db: &mut Db, id: ObjectionId) -> QueryResult<SealedIdentity> {
    objection_identities::table.find(id).select(SealedIdentity::as_select()).first(db)
}
