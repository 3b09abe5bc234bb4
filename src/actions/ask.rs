//! Questions about a call and their answers.

use super::Tx;
use super::calls::{self, Step};
use crate::db;
use crate::db::call_questions::Question;
use crate::domain::actor::{Actor, Role};
use crate::domain::call::{self, CallAction};
use crate::domain::ids::{CallId, QuestionId};
use crate::domain::refusal::Refusal;
use crate::domain::steps::{QuestionAction, QuestionAt};
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

/// Most characters of a question.
pub const QUESTION_CHARS: usize = 1000;
/// Most characters of an answer.
pub const ANSWER_CHARS: usize = 5000;
/// Most questions of a person about one call that may wait at once.
const WAITING: i64 = 10;

/// A question.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskQuestion {
    /// What is asked; at most 1000 characters. It becomes public with its answer.
    pub question: String,
}

/// Asks a question about an approved call.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`; `call_questions_waiting` when ten of theirs wait; a text missing or too long.
pub fn ask(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &AskQuestion) -> Result<QuestionId, Error> {
    // Held, so that two requests at once do not both count the same waiting questions.
    db::calls::lock(tx.db, id)?;
    let call = calls::find(tx, actor, id)?;
    let standing = calls::standing(tx, actor, &call)?;
    call::permit(actor, CallAction::Ask, &standing)?;
    let asked_by = actor.must_be_somebody()?;
    let text = calls::text_within("question", &input.question, QUESTION_CHARS)?;
    if db::call_questions::count_waiting(tx.db, id, asked_by)? >= WAITING {
        return Err(Refusal::too_many("call_questions_waiting").with("limit", WAITING).into());
    }
    let question = Question {
        id: QuestionId::new(&*tx.env.ids),
        call_id: id,
        asked_by,
        question: text,
        asked_at: tx.now,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    db::call_questions::create(tx.db, &question)?;
    tx.vouch_for_new("call_questions", question.id.as_text())?;
    let role = actor.held.first().map_or("", |held| held.role.as_text());
    tx.record(
        actor,
        super::Record {
            subject_kind: "call",
            subject_id: id.as_text(),
            action: "call.question_asked",
            role,
            detail: serde_json::json!({"question": question.id}),
            ..super::Record::default()
        },
    )?;
    let args = [("title", call.title.as_str()), ("question", question.question.as_str())];
    tx.post_to_role(Role::Handler, "call-question-asked", &format!("/calls/{id}#questions"), &args)?;
    Ok(question.id)
}

/// An answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerQuestion {
    /// The answer; at most 5000 characters. Question and answer become public.
    pub answer: String,
}

/// Answers a question, once: what was published stays as it was published.
///
/// # Errors
/// `wrong_role`, `call_wrong_status`, not found; `call_question_answered`; a text missing or too long.
pub fn answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CallId,
    question: QuestionId,
    input: &AnswerQuestion,
) -> Result<(), Error> {
    let call = calls::find(tx, actor, id)?;
    let standing = calls::standing(tx, actor, &call)?;
    // Whoever may answer none learns nothing of this one.
    call::permit(actor, CallAction::Answer, &standing)?;
    let question = db::call_questions::find(tx.db, id, question)?;
    let at = QuestionAt { call: standing, is_answered: question.answer.is_some() };
    let role = at.permit(actor, QuestionAction::Answer)?;
    let text = calls::text_within("answer", &input.answer, ANSWER_CHARS)?;
    let by = actor.must_be_somebody()?;
    if !db::call_questions::answer(tx.db, question.id, &text, by, tx.now)? {
        return Err(Refusal::conflict("call_question_answered").into());
    }
    tx.vouch("call_questions", question.id.as_text(), &["answer", "answered_by", "answered_at"])?;
    let step = Step {
        action: "call.question_answered",
        role,
        from: call.status,
        to: call.status,
        reason: None,
        detail: serde_json::json!({"question": question.id}),
    };
    calls::record(tx, actor, id, step)?;
    let asker = db::accounts::find(tx.db, question.asked_by)?;
    let args = [
        ("name", asker.name.as_str()),
        ("title", call.title.as_str()),
        ("question", question.question.as_str()),
        ("answer", text.as_str()),
    ];
    tx.post((&asker).into(), "call-question-answered", &format!("/calls/{id}#questions"), &args)
}
