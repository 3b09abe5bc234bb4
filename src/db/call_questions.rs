//! Questions about a call, and their answers.

use super::connection::Db;
use super::schema::call_questions;
use crate::domain::ids::{AccountId, CallId, QuestionId};
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// A question. Who asked is personal: the department's and the asker's to see.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = call_questions)]
pub struct Question {
    /// Id.
    pub id: QuestionId,
    /// About which call.
    pub call_id: CallId,
    /// By whom.
    pub asked_by: AccountId,
    /// What is asked.
    pub question: String,
    /// When.
    pub asked_at: NaiveDateTime,
    /// The answer; public once it is there.
    pub answer: Option<String>,
    /// By whom.
    pub answered_by: Option<AccountId>,
    /// When.
    pub answered_at: Option<NaiveDateTime>,
}

/// Adds a question.
pub fn create(db: &mut Db, question: &Question) -> QueryResult<()> {
    diesel::insert_into(call_questions::table).values(question).execute(db).map(drop)
}

/// A question of a call.
pub fn find(db: &mut Db, call: CallId, id: QuestionId) -> QueryResult<Question> {
    call_questions::table.find(id).filter(call_questions::call_id.eq(call)).select(Question::as_select()).first(db)
}

/// Answers a question; false when it was answered already.
pub fn answer(db: &mut Db, id: QuestionId, answer: &str, by: AccountId, now: NaiveDateTime) -> QueryResult<bool> {
    diesel::update(call_questions::table.find(id).filter(call_questions::answer.is_null()))
        .set((
            call_questions::answer.eq(answer),
            call_questions::answered_by.eq(by),
            call_questions::answered_at.eq(now),
        ))
        .execute(db)
        .map(|rows| rows == 1)
}

/// Who sees questions that are not answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// All of them: the department.
    All,
    /// One's own.
    Of(AccountId),
    /// None: the public.
    None,
}

/// The questions of a call, oldest first.
pub fn of_call(db: &mut Db, call: CallId, unanswered: Unanswered) -> QueryResult<Vec<Question>> {
    let mut query = call_questions::table.filter(call_questions::call_id.eq(call)).into_boxed();
    match unanswered {
        Unanswered::All => {}
        Unanswered::Of(account) => {
            query = query.filter(call_questions::answer.is_not_null().or(call_questions::asked_by.eq(account)));
        }
        Unanswered::None => query = query.filter(call_questions::answer.is_not_null()),
    }
    query.order((call_questions::asked_at, call_questions::id)).select(Question::as_select()).load(db)
}

/// How many questions of a person about a call wait for an answer.
pub fn count_waiting(db: &mut Db, call: CallId, account: AccountId) -> QueryResult<i64> {
    call_questions::table
        .filter(call_questions::call_id.eq(call).and(call_questions::asked_by.eq(account)))
        .filter(call_questions::answer.is_null())
        .select(count_star())
        .first(db)
}
