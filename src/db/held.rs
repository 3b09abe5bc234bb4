//! What an organisation's people asked and were sent while they worked for it: for the organisation alone, which carries away what is
//! held about it.

use super::call_questions::Question;
use super::connection::Db;
use super::mails::InboxMail;
use super::schema::{call_questions, grants, mails};
use crate::domain::calendar::local_date;
use crate::domain::ids::{AccountId, ApplicationId, OrganisationId};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// From when till when a role made somebody one of an organisation's people.
#[derive(Debug, Clone, Copy, Queryable)]
struct Term {
    granted_at: NaiveDateTime,
    revoked_at: Option<NaiveDateTime>,
    ends_on: Option<NaiveDate>,
}

impl Term {
    fn covers(&self, at: NaiveDateTime) -> bool {
        let is_before_its_end = self.revoked_at.is_none_or(|end| at <= end);
        self.granted_at <= at && is_before_its_end && self.ends_on.is_none_or(|last| local_date(at) <= last)
    }
}

/// A letter to one of an organisation's people.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The letter, as its reader finds it in the service.
    pub mail: InboxMail,
    /// To whom.
    pub to: AccountId,
    /// The application that it tells of; none for one that tells of no single one.
    pub application: Option<ApplicationId>,
}

/// The questions about calls that an organisation's people asked while they worked for it, oldest first.
pub fn questions(db: &mut Db, organisation: OrganisationId) -> QueryResult<Vec<Question>> {
    let rows: Vec<(Question, Term)> = call_questions::table
        .inner_join(grants::table.on(grants::account_id.eq(call_questions::asked_by)))
        .filter(grants::organisation_id.eq(organisation))
        .order((call_questions::asked_at, call_questions::id))
        .select((Question::as_select(), (grants::granted_at, grants::revoked_at, grants::ends_on)))
        .load(db)?;
    let theirs = rows.into_iter().filter(|(question, term)| term.covers(question.asked_at));
    let mut found: Vec<Question> = theirs.map(|(question, _)| question).collect();
    // One role may have followed another within the hour.
    found.dedup_by_key(|question| question.id);
    Ok(found)
}

/// The letters to an organisation's people while they worked for it that may be read in the service, whatever they are about, oldest
/// first: none with a one-time link, none that is still held back, and none whose term is over.
pub fn letters(db: &mut Db, organisation: OrganisationId, now: NaiveDateTime) -> QueryResult<Vec<Letter>> {
    let is_open = mails::secret_until.is_null().and(mails::sealed.eq(false)).and(mails::body.ne(""));
    let not_held = mails::sent_at.is_not_null().or(mails::attempts.gt(0)).or(mails::next_attempt_at.le(now));
    let rows: Vec<(InboxMail, AccountId, Option<ApplicationId>, Term)> = mails::table
        .inner_join(grants::table.on(mails::account_id.eq(grants::account_id.nullable())))
        .filter(grants::organisation_id.eq(organisation))
        .filter(is_open)
        .filter(not_held)
        .order((mails::created_at, mails::id))
        .select((
            InboxMail::as_select(),
            grants::account_id,
            mails::application_id,
            (grants::granted_at, grants::revoked_at, grants::ends_on),
        ))
        .load(db)?;
    let theirs = rows.into_iter().filter(|(mail, .., term)| term.covers(mail.created_at));
    let mut found: Vec<Letter> = theirs.map(|(mail, to, application, _)| Letter { mail, to, application }).collect();
    found.dedup_by_key(|letter| letter.mail.id);
    Ok(found)
}
