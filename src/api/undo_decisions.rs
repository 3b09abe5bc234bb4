//! Undoing approved decisions.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::Tx;
use crate::actions::decide::{READERS, Return};
use crate::actions::review::Seen;
use crate::actions::undo_decision::{self, DecisionUndoing, UndoProposal, undoing_of};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{CallId, DecisionId};
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/decisions/{call}/sheets/{id}/undoing",
            "show_decision_undoing",
            "What undoing an approved decision would take back, with counts and names, and what stands against it.",
            Access::Roles(READERS),
            |tx, actor, asked: &Asked<Nothing>| shown(tx, actor, asked),
        ),
        create(
            "/decisions/{call}/sheets/{id}/undoing",
            "propose_decision_undoing",
            "Proposes to undo an approved decision, with a reason, while nothing rests on it.",
            Access::Roles(&[Role::Handler]),
            |tx, actor, asked: &Asked<UndoProposal>| {
                let (call, id) = ids(asked)?;
                undo_decision::propose(tx, actor, call, id, &asked.input)?;
                shown(tx, actor, asked)
            },
        ),
        change(
            Method::POST,
            "/decisions/{call}/sheets/{id}/undoing/approval",
            "approve_decision_undoing",
            "Undoes a decision as another officer proposed: every file waits for the decision again.",
            Access::Roles(&[Role::Approver]),
            |tx, actor, asked: &Asked<Seen>| {
                let (call, id) = ids(asked)?;
                undo_decision::approve(tx, actor, call, id, &asked.input)?;
                shown(tx, actor, asked)
            },
        ),
        change(
            Method::POST,
            "/decisions/{call}/sheets/{id}/undoing/return",
            "return_decision_undoing",
            "Sends a proposal to undo a decision back; the decision stays in force.",
            Access::Roles(&[Role::Approver]),
            |tx, actor, asked: &Asked<Return>| {
                let (call, id) = ids(asked)?;
                undo_decision::send_back(tx, actor, call, id, &asked.input)?;
                shown(tx, actor, asked)
            },
        ),
    ]
}

fn ids<I>(asked: &Asked<I>) -> Result<(CallId, DecisionId), Error> {
    Ok((asked.id(CallId::from_text, "call")?, asked.id(DecisionId::from_text, "id")?))
}

fn shown<I>(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<I>) -> Result<DecisionUndoing, Error> {
    let (call, id) = ids(asked)?;
    undoing_of(tx, actor, call, id)
}
