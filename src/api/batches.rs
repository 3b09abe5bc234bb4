//! Files that are moved on together: recommended by their bureau, accepted in screening.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::Tx;
use crate::actions::batch::undo::{self, BatchUndoing, ListedBatch};
use crate::actions::batch::{self, JointAcceptance, JointRecommendation, TickedFiles};
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::ChangeSetId;
use crate::domain::steps::{BATCH_OFFICERS, BATCH_READERS, BatchKind};
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;

/// These operations.
pub fn operations() -> Vec<Operation> {
    const CITY: Access = Access::Roles(&[Role::CityOfficer]);
    const HANDLER: Access = Access::Roles(&[Role::Handler]);
    const READERS: Access = Access::Roles(BATCH_READERS);
    vec![
        change(
            Method::POST,
            "/batches/recommendations/preview",
            "preview_joint_recommendation",
            "Shows which of several files would be recommended, with the rank of each, and why others would not.",
            CITY,
            |tx, actor, asked: &Asked<TickedFiles>| {
                batch::preview(tx, actor, BatchKind::Recommendation, &asked.input.applications)
            },
        ),
        create(
            "/batches/recommendations",
            "recommend_together",
            "Recommends several files in their order, as the preview showed it: all of them or none.",
            CITY,
            |tx, actor, asked: &Asked<JointRecommendation>| {
                let id = batch::recommend_together(tx, actor, &asked.input)?;
                undo::batch_of(tx, actor, id)
            },
        ),
        change(
            Method::POST,
            "/batches/acceptances/preview",
            "preview_joint_acceptance",
            "Shows which of several files would be accepted in screening, and why others would not.",
            HANDLER,
            |tx, actor, asked: &Asked<TickedFiles>| {
                batch::preview(tx, actor, BatchKind::Screening, &asked.input.applications)
            },
        ),
        create(
            "/batches/acceptances",
            "accept_together",
            "Accepts several files of which the machine finds every item met, as the preview showed it: all or none.",
            HANDLER,
            |tx, actor, asked: &Asked<JointAcceptance>| {
                let id = batch::accept_together(tx, actor, &asked.input)?;
                undo::batch_of(tx, actor, id)
            },
        ),
        read(
            "/batches",
            "list_batches",
            "What was done with several files together, newest first: by the caller's bureau, or by all.",
            READERS,
            list,
        ),
        read(
            "/batches/{id}",
            "show_batch",
            "What was done with several files together, and what stands against taking it back.",
            READERS,
            |tx, actor, asked: &Asked<Nothing>| undo::batch_of(tx, actor, id_of(asked)?),
        ),
        change(
            Method::POST,
            "/batches/{id}/undoing",
            "undo_batch",
            "Takes back what was done with several files, whole or not at all, while nothing rests on it.",
            Access::Roles(BATCH_OFFICERS),
            |tx, actor, asked: &Asked<BatchUndoing>| {
                let id = id_of(asked)?;
                undo::undo(tx, actor, id, &asked.input)?;
                undo::batch_of(tx, actor, id)
            },
        ),
    ]
}

fn id_of<I>(asked: &Asked<I>) -> Result<ChangeSetId, Error> {
    asked.id(ChangeSetId::from_text, "id")
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct BatchesQuery {
    /// Page, from 1.
    page: Option<i64>,
    /// Rows of a page, at most 200.
    per_page: Option<i64>,
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<BatchesQuery>) -> Result<Page<ListedBatch>, Error> {
    undo::batches(tx, actor, Pager::new(asked.input.page, asked.input.per_page))
}
