//! An expert's ties, term and own record.

use super::expert_pool::ExpertJson;
use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::Tx;
use crate::actions::decide::closed::SeverityView;
use crate::actions::expert_pool;
use crate::actions::expert_record;
use crate::actions::expert_standing::{self, TermChange};
use crate::actions::expert_ties::{self, TieInput, Withdrawal};
use crate::actions::review::ORGANISERS;
use crate::actions::undo_import::{self, Import, ImportUndoing};
use crate::db;
use crate::db::change_sets::ChangeSet;
use crate::db::expert_ties::ExpertTie;
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ChangeSetId, ExpertId, ExpertTieId};
use crate::domain::recusal::TieKind;
use crate::domain::service::{ServiceRecord, service_record};
use crate::domain::status::ChangeSetStatus;
use crate::domain::steps::{ImportAction, TieAction};
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

const POOL_READERS: Access = Access::Roles(expert_pool::OF_THE_PROVINCE);
const KEEPERS: Access = Access::Roles(ORGANISERS);
const HANDLERS: Access = Access::Roles(&[Role::Handler]);
const EXPERTS: Access = Access::Roles(&[Role::Expert]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    let post = Method::POST;
    vec![
        read("/experts/imports", "list_expert_imports", "Imports of experts, newest first.", HANDLERS, imports),
        read(
            "/experts/imports/{set}",
            "show_expert_import",
            "An import of experts, and whether it can be undone.",
            HANDLERS,
            show_import,
        ),
        change(
            post.clone(),
            "/experts/imports/{set}/undoing",
            "undo_expert_import",
            "Undoes an import of experts while nothing rests on it, whole or not at all.",
            HANDLERS,
            undo_import,
        ),
        read("/experts/{id}/file", "show_expert_file", "An expert's ties and own record.", POOL_READERS, show),
        create("/experts/{id}/ties", "declare_expert_tie", "Declares a tie of an expert.", KEEPERS, declare),
        change(
            post.clone(),
            "/experts/{id}/ties/{tie}/withdrawal",
            "withdraw_expert_tie",
            "Withdraws a tie of an expert; it stays as a record.",
            KEEPERS,
            withdraw,
        ),
        change(
            Method::PUT,
            "/experts/{id}/term",
            "change_expert_term",
            "Changes the term of appointment.",
            HANDLERS,
            change_term,
        ),
        read("/me/expert", "show_own_expert_file", "The caller in the pool of experts.", EXPERTS, show_own),
        create("/me/expert/ties", "declare_own_tie", "Declares a tie of the caller.", EXPERTS, declare_own),
        change(
            post,
            "/me/expert/ties/{tie}/withdrawal",
            "withdraw_own_tie",
            "Withdraws a tie that the caller declared; it stays as a record.",
            EXPERTS,
            withdraw_own,
        ),
    ]
}

/// An import of experts.
#[derive(Serialize, ToSchema)]
struct ExpertImportJson {
    id: ChangeSetId,
    status: ChangeSetStatus,
    /// Counts and names.
    #[schema(value_type = Object)]
    summary: serde_json::Value,
    applied_at: DateTime<Utc>,
    undone_at: Option<DateTime<Utc>>,
    undo_reason: Option<String>,
    /// Code of what rests on it; none while it can be undone. Only of a single import.
    #[serde(skip_serializing_if = "Option::is_none")]
    obstacle: Option<String>,
    /// What the caller may do with it now. Only of a single import: whether anything rests on it is looked for person by
    /// person.
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<ImportAction>>,
}

impl From<ChangeSet> for ExpertImportJson {
    fn from(set: ChangeSet) -> Self {
        ExpertImportJson {
            id: set.id,
            status: set.status,
            summary: set.summary.0,
            applied_at: set.applied_at.and_utc(),
            undone_at: set.undone_at.map(|at| at.and_utc()),
            undo_reason: set.undo_reason,
            obstacle: None,
            actions: None,
        }
    }
}

/// Which imports.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ImportQuery {
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

fn imports(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ImportQuery>) -> Result<Page<ExpertImportJson>, Error> {
    let pager = Pager::new(asked.input.page, asked.input.per_page);
    Ok(undo_import::imports(tx, actor, pager)?.map(ExpertImportJson::from))
}

fn import_of(tx: &mut Tx<'_>, actor: &Actor, id: ChangeSetId) -> Result<ExpertImportJson, Error> {
    let Import { set, obstacle, actions, .. } = undo_import::import_of(tx, actor, id)?;
    let obstacle = obstacle.map(|refusal| refusal.code.to_string());
    Ok(ExpertImportJson { obstacle, actions: Some(actions), ..set.into() })
}

fn show_import(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<ExpertImportJson, Error> {
    import_of(tx, actor, asked.id(ChangeSetId::from_text, "set")?)
}

fn undo_import(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ImportUndoing>) -> Result<ExpertImportJson, Error> {
    let id = asked.id(ChangeSetId::from_text, "set")?;
    undo_import::undo(tx, actor, id, &asked.input)?;
    import_of(tx, actor, id)
}

/// A tie of an expert to an organisation.
#[derive(Serialize, ToSchema)]
struct TieJson {
    id: ExpertTieId,
    kind: TieKind,
    organisation: String,
    credit_code: Option<String>,
    from_on: Option<NaiveDate>,
    until_on: Option<NaiveDate>,
    note: String,
    declared_at: DateTime<Utc>,
    /// None while it counts.
    withdrawn_at: Option<DateTime<Utc>>,
    /// Whether no organisation of this code or name is registered: then nothing is excluded by it yet.
    unregistered: bool,
    /// What the caller may do now.
    actions: Vec<TieAction>,
}

impl TieJson {
    fn of(tie: ExpertTie, unregistered: &BTreeSet<ExpertTieId>, actor: &Actor) -> Self {
        TieJson {
            actions: expert_ties::standing(&tie).available(actor),
            unregistered: unregistered.contains(&tie.id),
            id: tie.id,
            kind: tie.kind,
            organisation: tie.organisation_name,
            credit_code: tie.organisation_code,
            from_on: tie.from_on,
            until_on: tie.until_on,
            note: tie.note,
            declared_at: tie.declared_at.and_utc(),
            withdrawn_at: tie.withdrawn_at.map(|at| at.and_utc()),
        }
    }
}

/// An expert with ties and record.
#[derive(Serialize, ToSchema)]
struct ExpertFileJson {
    expert: ExpertJson,
    /// Newest first; those that were withdrawn too.
    ties: Vec<TieJson>,
    record: ServiceRecord,
    /// How far from the panels over closed reviews; only for those who decide or audit.
    deviation: Option<SeverityView>,
}

fn file(tx: &mut Tx<'_>, actor: &Actor, id: ExpertId) -> Result<ExpertFileJson, Error> {
    let ties = expert_ties::of_expert(tx, id)?;
    let unregistered = expert_ties::unregistered(tx, &ties)?;
    Ok(ExpertFileJson {
        expert: ExpertJson::of(db::experts::find(tx.db, id)?, actor),
        ties: ties.into_iter().map(|tie| TieJson::of(tie, &unregistered, actor)).collect(),
        record: service_record(&db::experts::tasks(tx.db, id)?, tx.now),
        deviation: expert_record::deviation(tx, actor, id)?,
    })
}

fn own(actor: &Actor) -> Result<ExpertId, Error> {
    actor.expert().ok_or(Error::NotFound)
}

fn show(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<ExpertFileJson, Error> {
    file(tx, actor, asked.id(ExpertId::from_text, "id")?)
}

fn show_own(tx: &mut Tx<'_>, actor: &Actor, _: &Asked<Nothing>) -> Result<ExpertFileJson, Error> {
    file(tx, actor, own(actor)?)
}

fn one(tx: &mut Tx<'_>, actor: &Actor, id: ExpertTieId) -> Result<TieJson, Error> {
    let tie = expert_ties::find(tx, id)?;
    let unregistered = expert_ties::unregistered(tx, std::slice::from_ref(&tie))?;
    Ok(TieJson::of(tie, &unregistered, actor))
}

fn declare(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<TieInput>) -> Result<TieJson, Error> {
    let expert = asked.id(ExpertId::from_text, "id")?;
    let tie = expert_ties::declare(tx, actor, expert, &asked.input)?;
    one(tx, actor, tie)
}

fn declare_own(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<TieInput>) -> Result<TieJson, Error> {
    let tie = expert_ties::declare(tx, actor, own(actor)?, &asked.input)?;
    one(tx, actor, tie)
}

fn withdraw(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Withdrawal>) -> Result<TieJson, Error> {
    let expert = asked.id(ExpertId::from_text, "id")?;
    let tie = asked.id(ExpertTieId::from_text, "tie")?;
    expert_ties::withdraw(tx, actor, expert, tie, &asked.input)?;
    one(tx, actor, tie)
}

fn withdraw_own(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Withdrawal>) -> Result<TieJson, Error> {
    let tie = asked.id(ExpertTieId::from_text, "tie")?;
    expert_ties::withdraw(tx, actor, own(actor)?, tie, &asked.input)?;
    one(tx, actor, tie)
}

fn change_term(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<TermChange>) -> Result<ExpertJson, Error> {
    let id = asked.id(ExpertId::from_text, "id")?;
    expert_standing::change_term(tx, actor, id, &asked.input)?;
    Ok(ExpertJson::of(db::experts::find(tx.db, id)?, actor))
}
