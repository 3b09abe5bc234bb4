//! The outbox: written in the transaction of what it tells of, sent afterwards.

use super::connection::{Db, MultiBackend};
use super::page::{Page, Pager};
use super::portable::Fixed;
use super::schema::mails;
use crate::domain::ids::{AccountId, ApplicationId, MailBatchId, MailId};
use crate::domain::status::MailStanding;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// A mail in the outbox.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = mails)]
pub struct Mail {
    /// Id.
    pub id: MailId,
    /// Stays the same however often it is tried: a server that got it twice can tell.
    pub message_id: String,
    /// To whom.
    pub account_id: Option<AccountId>,
    /// Where.
    pub to_address: String,
    /// What kind of message.
    pub template: String,
    /// Subject, in the reader's language.
    pub subject: String,
    /// Text, in the reader's language.
    pub body: String,
    /// Written.
    pub created_at: NaiveDateTime,
    /// Not tried before.
    pub next_attempt_at: NaiveDateTime,
    /// A sender has it until then.
    pub locked_until: Option<NaiveDateTime>,
    /// Times it was tried.
    pub attempts: i32,
    /// Sent.
    pub sent_at: Option<NaiveDateTime>,
    /// Given up.
    pub failed_at: Option<NaiveDateTime>,
    /// What the server said last.
    pub last_error: Option<String>,
    /// It holds what is the reader's alone and of no use after this instant; none for any other mail.
    pub secret_until: Option<NaiveDateTime>,
    /// Its reader's identity is sealed: the address goes with the text.
    pub sealed: bool,
    /// Where its reader ends such mails by one request; none for a mail that is part of a procedure.
    pub unsubscribe: Option<String>,
    /// Its reader reads it in the service alone: it counts as sent from the first, and never leaves.
    pub site_only: bool,
    /// The tag of the language that it is written in.
    pub language: String,
    /// The letters that it is one of, for one of many.
    pub batch_id: Option<MailBatchId>,
    /// What an officer had put below its text; empty for nothing.
    pub note: String,
    /// The application that it tells of; none for one that tells of no single one.
    pub application_id: Option<ApplicationId>,
}

/// Puts a mail into the outbox.
pub fn create(db: &mut Db, mail: &Mail) -> QueryResult<()> {
    Fixed(diesel::insert_into(mails::table).values(mail)).execute(db).map(drop)
}

/// Takes up to `limit` mails that are due, until `locked_until`: two senders never take the same one, and a sender
/// that dies gives its mails back.
pub fn claim(db: &mut Db, now: NaiveDateTime, locked_until: NaiveDateTime, limit: i64) -> QueryResult<Vec<Mail>> {
    let due = mails::table
        .filter(mails::sent_at.is_null().and(mails::failed_at.is_null()).and(mails::next_attempt_at.le(now)))
        .filter(mails::locked_until.is_null().or(mails::locked_until.le(now)))
        .order((mails::next_attempt_at, mails::id))
        .select(mails::id)
        .limit(limit);
    let ids: Vec<MailId> = match db {
        Db::Sqlite(c) => due.load(c)?,
        Db::Postgres(c) => due.for_update().skip_locked().load(c)?,
    };
    diesel::update(mails::table.filter(mails::id.eq_any(ids.clone())))
        .set((mails::locked_until.eq(locked_until), mails::attempts.eq(mails::attempts + 1)))
        .execute(db)?;
    mails::table.filter(mails::id.eq_any(ids)).order(mails::id).select(Mail::as_select()).load(db)
}

/// Mails of these templates to nobody's account whose address is not sealed.
pub fn not_sealed(db: &mut Db, templates: &[&str]) -> QueryResult<Vec<Mail>> {
    let templates: Vec<String> = templates.iter().map(|template| (*template).to_string()).collect();
    mails::table
        .filter(mails::template.eq_any(templates).and(mails::account_id.is_null()))
        .filter(mails::to_address.not_like("sealed:%").and(mails::to_address.ne("")))
        .order(mails::id)
        .select(Mail::as_select())
        .load(db)
}

/// Keeps address and text of a mail as they were sealed.
pub fn keep_sealed(db: &mut Db, mail: &Mail) -> QueryResult<()> {
    diesel::update(mails::table.find(mail.id))
        .set((mails::to_address.eq(mail.to_address.clone()), mails::body.eq(mail.body.clone())))
        .execute(db)
        .map(drop)
}

/// Moves the instant after which what a mail holds is of no use.
pub fn set_secret_until(db: &mut Db, id: MailId, until: NaiveDateTime) -> QueryResult<()> {
    diesel::update(mails::table.find(id)).set(mails::secret_until.eq(until)).execute(db).map(drop)
}

/// Notes that a mail was sent, and keeps nothing of a secret one but that it was.
pub fn sent(db: &mut Db, id: MailId, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(mails::table.find(id))
        .set((mails::sent_at.eq(now), mails::locked_until.eq(None::<NaiveDateTime>)))
        .execute(db)?;
    empty(db, &[id]).map(drop)
}

/// Takes the text out of the secret ones of these mails, and the address of those whose reader is sealed.
fn empty(db: &mut Db, ids: &[MailId]) -> QueryResult<usize> {
    let secret = || mails::table.filter(mails::id.eq_any(ids.to_vec()).and(mails::secret_until.is_not_null()));
    // What a server says of an address it names.
    diesel::update(secret().filter(mails::sealed.eq(true)))
        .set((mails::to_address.eq(""), mails::last_error.eq(None::<String>), mails::unsubscribe.eq(None::<String>)))
        .execute(db)?;
    diesel::update(secret()).set(mails::body.eq("")).execute(db)
}

/// Empties the mails that were given up and whose time is over; how many there were.
pub fn empty_given_up(db: &mut Db, now: NaiveDateTime) -> QueryResult<usize> {
    let over: Vec<MailId> = mails::table
        .filter(mails::failed_at.is_not_null().and(mails::body.ne("")))
        .filter(mails::secret_until.is_not_null().and(mails::secret_until.assume_not_null().le(now)))
        .order(mails::id)
        .select(mails::id)
        .load(db)?;
    if over.is_empty() { Ok(0) } else { empty(db, &over) }
}

/// Takes text and address out of the mails that ended before `before`; how many there were. One that was given up is not to be
/// tried again.
pub fn empty_ended(db: &mut Db, before: NaiveDateTime) -> QueryResult<usize> {
    let whole = || mails::body.ne("").or(mails::to_address.ne(""));
    let sent = mails::table.filter(mails::sent_at.is_not_null().and(mails::sent_at.assume_not_null().lt(before)));
    let given_up =
        || mails::table.filter(mails::failed_at.is_not_null().and(mails::failed_at.assume_not_null().lt(before)));
    let nothing = || {
        (
            mails::body.eq(""),
            mails::to_address.eq(""),
            mails::last_error.eq(None::<String>),
            mails::unsubscribe.eq(None::<String>),
            mails::note.eq(""),
            mails::own_note.eq(""),
        )
    };
    let never_again = mails::secret_until.eq(before);
    diesel::update(given_up().filter(whole())).set(never_again).execute(db)?;
    let emptied = diesel::update(given_up().filter(whole())).set(nothing()).execute(db)?;
    Ok(emptied + diesel::update(sent.filter(whole())).set(nothing()).execute(db)?)
}

/// Takes text and address out of every mail to an account that was sent or given up: what names its reader is to go.
pub fn empty_of_account(db: &mut Db, account: AccountId, now: NaiveDateTime) -> QueryResult<usize> {
    let own = || mails::table.filter(mails::account_id.eq(account));
    diesel::update(own().filter(mails::failed_at.is_not_null())).set(mails::secret_until.eq(now)).execute(db)?;
    diesel::update(own().filter(mails::sent_at.is_not_null().or(mails::failed_at.is_not_null())))
        .set((
            mails::body.eq(""),
            mails::to_address.eq(""),
            mails::last_error.eq(None::<String>),
            mails::unsubscribe.eq(None::<String>),
            mails::note.eq(""),
            mails::own_note.eq(""),
        ))
        .execute(db)
}

/// Notes that a mail was not sent, and when to try again; never when `next` is empty.
pub fn failed(
    db: &mut Db,
    id: MailId,
    error: &str,
    next: Option<NaiveDateTime>,
    now: NaiveDateTime,
) -> QueryResult<()> {
    let changed = match next {
        Some(next) => diesel::update(mails::table.find(id))
            .set((
                mails::last_error.eq(error.to_string()),
                mails::next_attempt_at.eq(next),
                mails::locked_until.eq(None::<NaiveDateTime>),
            ))
            .execute(db),
        None => diesel::update(mails::table.find(id))
            .set((
                mails::last_error.eq(error.to_string()),
                mails::failed_at.eq(now),
                mails::locked_until.eq(None::<NaiveDateTime>),
            ))
            .execute(db),
    };
    changed.map(drop)
}

/// Which of these mails are still there: sent, being sent or waiting.
pub fn existing(db: &mut Db, ids: &[MailId]) -> QueryResult<Vec<MailId>> {
    mails::table.filter(mails::id.eq_any(ids.to_vec())).order(mails::id).select(mails::id).load(db)
}

/// Whether one of these mails has not been sent.
pub fn any_waiting(db: &mut Db, ids: &[MailId]) -> QueryResult<bool> {
    let waiting = mails::table.filter(mails::id.eq_any(ids.to_vec()).and(mails::sent_at.is_null()));
    diesel::select(diesel::dsl::exists(waiting)).get_result(db)
}

/// Takes a mail that no sender has yet out of the outbox; false when it was sent or is being sent.
pub fn withdraw(db: &mut Db, id: MailId, now: NaiveDateTime) -> QueryResult<bool> {
    let waiting = mails::table.find(id).filter(mails::sent_at.is_null());
    diesel::delete(waiting.filter(mails::locked_until.is_null().or(mails::locked_until.le(now))))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Values that one statement takes with ease.
const AT_ONCE: usize = 500;

/// Makes these mails one batch that does not leave before `until`.
pub fn hold(db: &mut Db, ids: &[MailId], batch: MailBatchId, until: NaiveDateTime) -> QueryResult<()> {
    for some in ids.chunks(AT_ONCE) {
        diesel::update(mails::table.filter(mails::id.eq_any(some.to_vec())))
            .set((mails::batch_id.eq(batch), mails::next_attempt_at.eq(until)))
            .execute(db)?;
    }
    Ok(())
}

/// Puts this below every mail of a batch that no sender has had: what was mailed stays as it was read.
pub fn set_note(db: &mut Db, batch: MailBatchId, note: &str) -> QueryResult<()> {
    let untried = mails::table.filter(mails::batch_id.eq(batch)).filter(mails::attempts.eq(0));
    diesel::update(untried.filter(mails::sent_at.is_null())).set(mails::note.eq(note.to_string())).execute(db).map(drop)
}

/// Lets every mail of a batch leave now that was not tried before.
pub fn let_go(db: &mut Db, batch: MailBatchId, now: NaiveDateTime) -> QueryResult<()> {
    let untried = mails::table.filter(mails::batch_id.eq(batch)).filter(mails::attempts.eq(0));
    diesel::update(untried.filter(mails::sent_at.is_null())).set(mails::next_attempt_at.eq(now)).execute(db).map(drop)
}

/// Lets the letters of these batches to these people leave now that tell of this file, or of no single one.
pub fn let_go_to(
    db: &mut Db,
    accounts: &[AccountId],
    batches: &[MailBatchId],
    file: ApplicationId,
    now: NaiveDateTime,
) -> QueryResult<()> {
    for some in accounts.chunks(AT_ONCE) {
        let theirs = mails::table.filter(mails::account_id.eq_any(some.to_vec()));
        let untried = theirs.filter(mails::batch_id.eq_any(batches.to_vec())).filter(mails::attempts.eq(0));
        let waiting = untried.filter(mails::sent_at.is_null().and(mails::next_attempt_at.gt(now)));
        let told = waiting.filter(mails::application_id.is_null().or(mails::application_id.eq(file)));
        diesel::update(told).set(mails::next_attempt_at.eq(now)).execute(db)?;
    }
    Ok(())
}

/// Sends the letters to an account that are held with others to another address of its; how many there were.
pub fn readdress_held(db: &mut Db, account: AccountId, to: &str) -> QueryResult<usize> {
    let held = mails::table.filter(mails::account_id.eq(account)).filter(mails::batch_id.is_not_null());
    diesel::update(held.filter(mails::sent_at.is_null().and(mails::attempts.eq(0))))
        .set(mails::to_address.eq(to.to_string()))
        .execute(db)
}

/// The first mails of a batch in a language, those first that are still held: subject, text, and what was put below it.
pub fn samples(
    db: &mut Db,
    batch: MailBatchId,
    language: &str,
    limit: i64,
) -> QueryResult<Vec<(String, String, String)>> {
    mails::table
        .filter(mails::batch_id.eq(batch))
        .filter(mails::language.eq(language.to_string()))
        .order((mails::attempts, mails::id))
        .limit(limit)
        .select((mails::subject, mails::body, mails::note))
        .load(db)
}

/// One of the letters of a batch.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mails)]
pub struct BatchLetter {
    /// Id.
    pub id: MailId,
    /// Where.
    pub to_address: String,
    /// The tag of the language that it is written in.
    pub language: String,
    /// Subject, in the reader's language.
    pub subject: String,
    /// Text, in the reader's language; empty after its term.
    pub body: String,
    /// What an officer had put below it; empty for nothing.
    pub note: String,
    /// What of it stands below this letter alone.
    pub own_note: String,
    /// The application that it tells of; none for one that tells of no single one.
    pub application_id: Option<ApplicationId>,
}

/// One page of the mails of a batch, in the order in which they were written.
pub fn of_batch(db: &mut Db, batch: MailBatchId, pager: Pager) -> QueryResult<Page<BatchLetter>> {
    let own = || mails::table.filter(mails::batch_id.eq(batch));
    let total = own().select(count_star()).first(db)?;
    let rows =
        own().order(mails::id).limit(pager.limit()).offset(pager.offset()).select(BatchLetter::as_select()).load(db)?;
    Ok(pager.page(rows, total))
}

/// A mail as the outbox is shown: without subject and body, which hold what is the reader's alone.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mails)]
pub struct ListedMail {
    /// Id.
    pub id: MailId,
    /// Where.
    pub to_address: String,
    /// What kind of message.
    pub template: String,
    /// Written.
    pub created_at: NaiveDateTime,
    /// Not tried before.
    pub next_attempt_at: NaiveDateTime,
    /// Times it was tried.
    pub attempts: i32,
    /// Sent.
    pub sent_at: Option<NaiveDateTime>,
    /// Given up.
    pub failed_at: Option<NaiveDateTime>,
    /// What the server said last.
    pub last_error: Option<String>,
    /// It holds what is of no use after this instant.
    pub secret_until: Option<NaiveDateTime>,
    /// Its reader reads it in the service alone.
    pub site_only: bool,
}

impl ListedMail {
    /// Whether what it holds is of no more use, so that it is not tried again.
    pub fn is_over(&self, now: NaiveDateTime) -> bool {
        self.secret_until.is_some_and(|until| until <= now)
    }

    /// Where it stands.
    pub fn standing(&self) -> MailStanding {
        match (self.sent_at, self.failed_at) {
            _ if self.site_only => MailStanding::SiteOnly,
            (Some(_), _) => MailStanding::Sent,
            (None, Some(_)) => MailStanding::Failed,
            (None, None) => MailStanding::Waiting,
        }
    }
}

fn of_standing(standing: Option<MailStanding>) -> mails::BoxedQuery<'static, MultiBackend> {
    let query = mails::table.into_boxed();
    match standing {
        None => query,
        Some(MailStanding::Waiting) => query.filter(mails::sent_at.is_null().and(mails::failed_at.is_null())),
        Some(MailStanding::Failed) => query.filter(mails::failed_at.is_not_null()),
        Some(MailStanding::Sent) => query.filter(mails::sent_at.is_not_null().and(mails::site_only.eq(false))),
        Some(MailStanding::SiteOnly) => query.filter(mails::site_only.eq(true)),
    }
}

/// How many mails of the outbox stand there.
pub fn count(db: &mut Db, standing: MailStanding) -> QueryResult<i64> {
    of_standing(Some(standing)).select(count_star()).first(db)
}

/// How many mails are held at this instant, so that an officer looks at them; they count among those that wait.
pub fn count_held(db: &mut Db, now: NaiveDateTime) -> QueryResult<i64> {
    mails::table
        .filter(mails::sent_at.is_null().and(mails::failed_at.is_null()))
        .filter(mails::batch_id.is_not_null().and(mails::attempts.eq(0)).and(mails::next_attempt_at.gt(now)))
        .select(count_star())
        .first(db)
}

/// One page of the outbox, newest first; of one standing if asked for.
pub fn list(db: &mut Db, standing: Option<MailStanding>, pager: Pager) -> QueryResult<Page<ListedMail>> {
    let total = of_standing(standing).select(count_star()).first(db)?;
    let rows = of_standing(standing)
        .order((mails::created_at.desc(), mails::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(ListedMail::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// One mail of the outbox.
pub fn find(db: &mut Db, id: MailId) -> QueryResult<ListedMail> {
    mails::table.find(id).select(ListedMail::as_select()).first(db)
}

/// Puts a mail that was given up back into the queue, or every one of them; how many there were. What is over stays given up.
pub fn retry(db: &mut Db, id: Option<MailId>, now: NaiveDateTime) -> QueryResult<usize> {
    let changes = (mails::failed_at.eq(None::<NaiveDateTime>), mails::next_attempt_at.eq(now), mails::attempts.eq(0));
    let given_up = mails::table
        .filter(mails::failed_at.is_not_null())
        .filter(mails::secret_until.is_null().or(mails::secret_until.assume_not_null().gt(now)));
    match id {
        Some(id) => diesel::update(given_up.filter(mails::id.eq(id))).set(changes).execute(db),
        None => diesel::update(given_up).set(changes).execute(db),
    }
}

/// A mail as its reader finds it in the service.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mails)]
pub struct InboxMail {
    /// Id.
    pub id: MailId,
    /// What kind of message.
    pub template: String,
    /// Subject, in the reader's language.
    pub subject: String,
    /// Text, in the reader's language.
    pub body: String,
    /// What an officer had put below it; empty for nothing.
    pub note: String,
    /// The tag of the language that it is written in.
    pub language: String,
    /// Written.
    pub created_at: NaiveDateTime,
    /// When its reader opened it in the service.
    pub read_at: Option<NaiveDateTime>,
}

/// The mails of an account that may be read in the service: none with a one-time link, which is for whoever has the address,
/// none whose term is over, and none that is still held back and may be withdrawn.
#[diesel::dsl::auto_type(no_type_alias)]
fn readable(account: AccountId, now: NaiveDateTime) -> _ {
    let is_open = mails::secret_until.is_null().and(mails::sealed.eq(false)).and(mails::body.ne(""));
    let not_held = mails::sent_at.is_not_null().or(mails::attempts.gt(0_i32)).or(mails::next_attempt_at.le(now));
    mails::table.filter(mails::account_id.eq(account)).filter(is_open).filter(not_held)
}

/// The same, to be narrowed further by what is asked.
fn inbox_of(account: AccountId, now: NaiveDateTime) -> mails::BoxedQuery<'static, MultiBackend> {
    readable(account, now).into_boxed()
}

/// One page of an account's mails, newest first; those alone that were not read if asked for.
pub fn inbox(
    db: &mut Db,
    account: AccountId,
    unread: bool,
    now: NaiveDateTime,
    pager: Pager,
) -> QueryResult<Page<InboxMail>> {
    let asked = || {
        let query = inbox_of(account, now);
        if unread { query.filter(mails::read_at.is_null()) } else { query }
    };
    let total = asked().select(count_star()).first(db)?;
    let rows = asked()
        .order((mails::created_at.desc(), mails::id.desc()))
        .limit(pager.limit())
        .offset(pager.offset())
        .select(InboxMail::as_select())
        .load(db)?;
    Ok(pager.page(rows, total))
}

/// How many of an account's mails were not read in the service.
pub fn count_unread(db: &mut Db, account: AccountId, now: NaiveDateTime) -> QueryResult<i64> {
    inbox_of(account, now).filter(mails::read_at.is_null()).select(count_star()).first(db)
}

/// One of an account's mails.
pub fn find_in_inbox(db: &mut Db, account: AccountId, id: MailId, now: NaiveDateTime) -> QueryResult<InboxMail> {
    inbox_of(account, now).filter(mails::id.eq(id)).select(InboxMail::as_select()).first(db)
}

/// Notes that an account's mail was read, or all of them; how many were not before. What cannot be read there stays unread.
pub fn mark_read(db: &mut Db, account: AccountId, id: Option<MailId>, now: NaiveDateTime) -> QueryResult<usize> {
    let unread = readable(account, now).filter(mails::read_at.is_null());
    match id {
        Some(id) => diesel::update(unread.filter(mails::id.eq(id))).set(mails::read_at.eq(now)).execute(db),
        None => diesel::update(unread).set(mails::read_at.eq(now)).execute(db),
    }
}
