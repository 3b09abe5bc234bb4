//! The licence image that stands in for a right check character of a credit code.

use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, query_of, read, special};
use super::problem::Failed;
use super::upload_once::{UploadOnce, answer};
use crate::actions::Tx;
use crate::actions::organisations;
use crate::actions::sessions::still;
use crate::db;
use crate::db::code_overrides::CodeOverride;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::OrganisationId;
use crate::domain::steps::OrganisationAction;
use crate::error::Error;
use crate::web::routes::Access;
use crate::web::{download_licence, receive_licence};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        special(
            Method::POST,
            StatusCode::CREATED,
            "/organisations/{id}/licence",
            "provide_licence",
            "Provide the licence image of a code with a wrong check character: its bytes as the body, its name in the query (?name=a.pdf).",
            Access::Roles(&[Role::VendorAdmin, Role::VendorMember]),
            Shapes::upload::<LicenceQuery, LicenceJson>(),
            provide,
        )
        .once(),
        read(
            "/organisations/{id}/licence",
            "show_licence",
            "What is known of the licence image, and an officer's word on it.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| licence(tx, actor, asked.id(OrganisationId::from_text, "id")?),
        ),
        special(
            Method::GET,
            StatusCode::OK,
            "/organisations/{id}/licence/content",
            "download_licence",
            "The bytes of the licence image.",
            Access::SignedIn,
            Shapes::file(organisations::LICENCE_TYPES),
            download,
        ),
    ]
}

/// A licence image.
#[derive(Debug, Serialize, ToSchema)]
struct LicenceJson {
    /// The file's name.
    name: String,
    /// `pdf`, `png` or `jpg`.
    file_type: String,
    /// Bytes.
    bytes: i64,
    /// SHA-256 of the file.
    sha256: String,
    /// When it was provided.
    provided_at: DateTime<Utc>,
    /// Why an officer accepted the code; none before.
    reason: Option<String>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
    /// What the caller may do with it now: provide another one, or accept the code on it.
    actions: Vec<OrganisationAction>,
}

impl LicenceJson {
    fn of(licence: CodeOverride, actions: Vec<OrganisationAction>) -> Self {
        LicenceJson {
            actions,
            name: licence.licence_name,
            file_type: licence.licence_type,
            bytes: licence.licence_bytes,
            sha256: licence.licence_sha256,
            provided_at: licence.provided_at.and_utc(),
            reason: licence.reason,
            decided_at: licence.decided_at.map(|at| at.and_utc()),
        }
    }
}

fn licence(tx: &mut Tx<'_>, actor: &Actor, id: OrganisationId) -> Result<LicenceJson, Error> {
    let licence = organisations::licence(tx, actor, id)?;
    let organisation = db::organisations::find(tx.db, id)?;
    let mut actions = organisations::standing(tx, &organisation)?.available(actor);
    actions.retain(|action| action.is_of_licence());
    Ok(LicenceJson::of(licence, actions))
}

/// What comes beside the bytes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct LicenceQuery {
    /// The file's name, with its ending.
    name: String,
}

fn id_of(req: &HttpRequest) -> Result<OrganisationId, Error> {
    req.match_info().get("id").and_then(OrganisationId::from_text).ok_or(Error::NotFound)
}

async fn provide(req: HttpRequest, mut payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let id = id_of(&req)?;
    let query: LicenceQuery = query_of(&req)?;
    let once = UploadOnce::of(&req, &caller)?;
    if let Some(answered) = once.answered(&caller.app, &mut payload, organisations::LICENCE_BYTES).await? {
        return Ok(answered);
    }
    let Caller { app, actor, session, .. } = caller;
    let stored = receive_licence(&app, &actor, id, &query.name, payload).await?;
    let work = move |tx: &mut Tx<'_>| {
        let sha256 = stored.sha256.to_string();
        once.run(tx, &sha256, |tx| {
            let actor = still(tx, session.as_deref())?;
            organisations::provide_licence(tx, &actor, id, &query.name, &stored)?;
            licence(tx, &actor, id)
        })
    };
    Ok(answer(app.write(work).await?))
}

async fn download(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    Ok(download_licence(&caller.app, &caller.actor, id_of(&req)?).await?)
}
