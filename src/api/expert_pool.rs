//! The pool of experts: read, brought in, suspended and taken back.

use super::operation::{Asked, Nothing, Operation, change, create, read, search};
use crate::actions::expert_standing::{self, StandingChange};
use crate::actions::import_experts::{self, ExpertRow, Imported};
use crate::actions::{Tx, expert_pool};
use crate::db;
use crate::db::experts::{Expert, PoolFilter};
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::ExpertId;
use crate::domain::mask;
use crate::domain::status::ExpertStatus;
use crate::domain::steps::ExpertAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

const POOL_READERS: Access = Access::Roles(expert_pool::READERS);
const HANDLERS: Access = Access::Roles(&[Role::Handler]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/experts", "list_experts", "The pool of experts.", POOL_READERS, list_experts),
        search(
            "/experts/search",
            "search_experts",
            "Experts whose name, employer or address holds these words.",
            POOL_READERS,
            search_experts,
        ),
        read("/experts/{id}", "show_expert", "One expert.", POOL_READERS, show_expert),
        create(
            "/experts/imports",
            "import_experts",
            "Brings experts in, all rows or none; with dry_run nothing is changed.",
            HANDLERS,
            import,
        ),
        change(
            Method::PUT,
            "/experts/{id}/standing",
            "change_expert_standing",
            "Suspends, removes or takes back an expert.",
            HANDLERS,
            change_standing,
        ),
    ]
}

/// Which experts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ExpertQuery {
    /// Of this standing.
    status: Option<ExpertStatus>,
    /// `province`, or the code of the bureau whose pool it is.
    pool: Option<String>,
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

/// Whom one looks for. It is sent, for a name stands in no address.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExpertSearch {
    /// In name, employer or address.
    q: Option<String>,
    /// Of this standing.
    status: Option<ExpertStatus>,
    /// `province`, or the code of the bureau whose pool it is.
    pool: Option<String>,
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

/// An expert of the pool.
#[derive(Serialize, ToSchema)]
pub(super) struct ExpertJson {
    id: ExpertId,
    name: String,
    email: String,
    employer: String,
    employer_code: Option<String>,
    title: String,
    city: Option<String>,
    fields: BTreeSet<String>,
    load_limit: i32,
    status: ExpertStatus,
    /// Why the standing was last changed.
    status_reason: Option<String>,
    /// `province`, or the code of the bureau whose pool it is.
    pool: String,
    /// First day of the appointment; none if it is open.
    term_from: Option<NaiveDate>,
    /// Last day of the appointment, included; none if it is open.
    term_to: Option<NaiveDate>,
    version: i32,
    /// What the caller may do now.
    actions: Vec<ExpertAction>,
}

impl ExpertJson {
    pub(super) fn of(expert: Expert, actor: &Actor) -> Self {
        ExpertJson {
            actions: ExpertAction::available(actor, expert.status),
            id: expert.id,
            name: expert.name,
            email: expert.email,
            employer: expert.employer,
            employer_code: expert.employer_code,
            title: expert.title,
            city: expert.city,
            fields: expert.fields.0,
            load_limit: expert.load_limit,
            status: expert.status,
            status_reason: expert.status_reason,
            pool: expert.pool,
            term_from: expert.term_from,
            term_to: expert.term_to,
            version: expert.version,
        }
    }
}

fn list_experts(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ExpertQuery>) -> Result<Page<ExpertJson>, Error> {
    let ExpertQuery { status, pool, page, per_page } = &asked.input;
    let filter = PoolFilter { status: *status, text: None, pool: pool.clone() };
    found_by(tx, actor, &filter, Pager::new(*page, *per_page))
}

fn search_experts(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ExpertSearch>) -> Result<Page<ExpertJson>, Error> {
    let ExpertSearch { q, status, pool, page, per_page } = &asked.input;
    let filter = PoolFilter { status: *status, text: q.clone(), pool: pool.clone() };
    found_by(tx, actor, &filter, Pager::new(*page, *per_page))
}

fn found_by(tx: &mut Tx<'_>, actor: &Actor, filter: &PoolFilter, pager: Pager) -> Result<Page<ExpertJson>, Error> {
    let found = expert_pool::list(tx, actor, filter, pager)?;
    // Which mailbox it is, the expert's own page says, where that is recorded.
    let covered = |expert: Expert| Expert { email: mask::addresses(&expert.email), ..expert };
    Ok(found.map(|expert| ExpertJson::of(covered(expert), actor)))
}

fn show_expert(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<ExpertJson, Error> {
    Ok(ExpertJson::of(expert_pool::find(tx, actor, asked.id(ExpertId::from_text, "id")?)?, actor))
}

/// An import.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportJson {
    /// The rows.
    rows: Vec<ExpertRow>,
    /// Only checks.
    #[serde(default)]
    dry_run: bool,
    /// What the dry run answered: then nothing else is done than what it showed.
    digest: Option<String>,
}

fn import(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ImportJson>) -> Result<Imported, Error> {
    if asked.input.dry_run {
        import_experts::trial(tx, actor, &asked.input.rows)
    } else {
        import_experts::import(tx, actor, &asked.input.rows, asked.input.digest.as_deref())
    }
}

fn change_standing(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<StandingChange>) -> Result<ExpertJson, Error> {
    let id = asked.id(ExpertId::from_text, "id")?;
    expert_standing::change_standing(tx, actor, id, &asked.input)?;
    Ok(ExpertJson::of(db::experts::find(tx.db, id)?, actor))
}
