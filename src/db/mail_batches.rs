//! Letters that one act wrote to many, while they are held and afterwards.

use super::connection::{Db, MultiBackend};
use super::page::{Page, Pager};
use super::schema::{mail_batches, mails};
use crate::domain::ids::{AccountId, MailBatchId, MailId};
use crate::domain::mail_batch::MailAct;
use crate::domain::scope::Scope;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// The letters of one act.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = mail_batches)]
pub struct MailBatch {
    /// Id.
    pub id: MailBatchId,
    /// Which act.
    pub act: MailAct,
    /// What the act was about: the id of a call.
    pub subject: String,
    /// Its title.
    pub title: String,
    /// How many letters.
    pub letters: i32,
    /// What stands below each of them; empty for nothing.
    pub note: String,
    /// They leave by themselves then.
    pub held_until: NaiveDateTime,
    /// Who did the act.
    pub created_by: Option<AccountId>,
    /// When.
    pub created_at: NaiveDateTime,
    /// Who let them go.
    pub released_by: Option<AccountId>,
    /// When; none while they are held, and for those that left by themselves.
    pub released_at: Option<NaiveDateTime>,
    /// Counts changes.
    pub version: i32,
    /// The bureau whose act it was; none for the department's.
    pub bureau: Option<String>,
}

impl MailBatch {
    /// Whether its letters are held at this instant.
    pub fn waits(&self, now: NaiveDateTime) -> bool {
        self.released_at.is_none() && now < self.held_until
    }
}

/// Adds one.
pub fn create(db: &mut Db, batch: &MailBatch) -> QueryResult<()> {
    diesel::insert_into(mail_batches::table).values(batch).execute(db).map(drop)
}

/// What the scope lets one see: every act, or those of its bureaus.
fn visible(scope: &Scope) -> mail_batches::BoxedQuery<'static, MultiBackend> {
    let query = mail_batches::table.into_boxed();
    if scope.all {
        return query;
    }
    let of_bureau = mail_batches::bureau.is_not_null();
    query.filter(of_bureau.and(mail_batches::bureau.assume_not_null().eq_any(scope.bureaus.clone())))
}

/// The letters of an id, within the scope.
pub fn find(db: &mut Db, scope: &Scope, id: MailBatchId) -> QueryResult<MailBatch> {
    visible(scope).filter(mail_batches::id.eq(id)).select(MailBatch::as_select()).first(db)
}

/// Those that an act upon this subject wrote at this instant.
pub fn written_at(db: &mut Db, subject: &str, at: NaiveDateTime) -> QueryResult<Vec<MailBatch>> {
    mail_batches::table
        .filter(mail_batches::subject.eq(subject.to_string()).and(mail_batches::created_at.eq(at)))
        .order(mail_batches::id)
        .select(MailBatch::as_select())
        .load(db)
}

/// Those whose letters are held at this instant, the first to leave first.
pub fn waiting(db: &mut Db, now: NaiveDateTime) -> QueryResult<Vec<MailBatch>> {
    mail_batches::table
        .filter(mail_batches::released_at.is_null().and(mail_batches::held_until.gt(now)))
        .order((mail_batches::held_until, mail_batches::id))
        .select(MailBatch::as_select())
        .load(db)
}

/// Those of one bureau, or all.
fn narrowed(bureau: Option<&str>) -> mail_batches::BoxedQuery<'static, MultiBackend> {
    let query = mail_batches::table.into_boxed();
    match bureau {
        None => query,
        Some(bureau) => query.filter(mail_batches::bureau.eq(bureau.to_string())),
    }
}

/// One page, newest first: of one bureau's, or of all.
pub fn list(db: &mut Db, bureau: Option<&str>, pager: Pager) -> QueryResult<Page<MailBatch>> {
    let total = narrowed(bureau).select(count_star()).first(db)?;
    let rows = narrowed(bureau)
        .order((mail_batches::created_at.desc(), mail_batches::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(MailBatch::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// Keeps what stands below each letter; false when somebody changed the row meanwhile.
pub fn set_note(db: &mut Db, id: MailBatchId, version: i32, note: &str) -> QueryResult<bool> {
    diesel::update(mail_batches::table.find(id).filter(mail_batches::version.eq(version)))
        .set((mail_batches::note.eq(note.to_string()), mail_batches::version.eq(version + 1)))
        .execute(db)
        .map(|rows| rows == 1)
}

/// The letters of a batch that have a note of their own, with it.
pub fn own_notes(db: &mut Db, batch: MailBatchId) -> QueryResult<Vec<(MailId, String)>> {
    mails::table
        .filter(mails::batch_id.eq(batch))
        .filter(mails::own_note.ne(""))
        .order(mails::id)
        .select((mails::id, mails::own_note))
        .load(db)
}

/// The note that stands below one letter of a batch alone; none if the batch has no such letter.
pub fn own_note(db: &mut Db, batch: MailBatchId, mail: MailId) -> QueryResult<Option<String>> {
    let of_batch = mails::table.filter(mails::id.eq(mail)).filter(mails::batch_id.eq(batch));
    of_batch.select(mails::own_note).first(db).optional()
}

/// Keeps what stands below one letter alone, and all that stands below it; false when a sender has had it.
pub fn set_own_note(db: &mut Db, mail: MailId, own: &str, whole: &str) -> QueryResult<bool> {
    let untried = mails::table.filter(mails::id.eq(mail)).filter(mails::attempts.eq(0));
    diesel::update(untried.filter(mails::sent_at.is_null()))
        .set((mails::own_note.eq(own.to_string()), mails::note.eq(whole.to_string())))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Takes the notes out of the batches whose letters left before `before`.
pub fn empty_notes(db: &mut Db, before: NaiveDateTime) -> QueryResult<usize> {
    let noted = mail_batches::table.filter(mail_batches::note.ne("").and(mail_batches::held_until.lt(before)));
    diesel::update(noted).set(mail_batches::note.eq("")).execute(db)
}

/// Notes who let the letters go, nobody for the service itself; false when somebody changed the row meanwhile.
pub fn release(
    db: &mut Db,
    id: MailBatchId,
    version: i32,
    by: Option<AccountId>,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    diesel::update(mail_batches::table.find(id).filter(mail_batches::version.eq(version)))
        .set((
            mail_batches::released_by.eq(by),
            mail_batches::released_at.eq(now),
            mail_batches::version.eq(version + 1),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}
