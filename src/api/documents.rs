//! Documents of an application.

use super::applications::DocumentJson;
use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, change, query_of, special};
use super::problem::Failed;
use super::upload_once::{UploadOnce, answer};
use crate::actions::dossier::Dossier;
use crate::actions::marks::Marks;
use crate::actions::{Tx, attach};
use crate::db;
use crate::db::attachments::Attachment;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, AttachmentId};
use crate::domain::scope::Scope;
use crate::error::Error;
use crate::storage::FileType;
use crate::web::documents::{Incoming, download, receive_document};
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::IntoParams;

const VENDOR: Access = Access::Roles(&[Role::VendorAdmin, Role::VendorMember]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        special(
            Method::POST,
            StatusCode::CREATED,
            "/applications/{id}/documents",
            "add_document",
            "Add a document: its bytes as the body, its kind and name in the query (?kind=licence&name=a.pdf).",
            VENDOR,
            Shapes::upload::<UploadQuery, DocumentJson>(),
            add,
        )
        .once(),
        special(
            Method::GET,
            StatusCode::OK,
            "/documents/{id}",
            "download_document",
            "The bytes of a document.",
            Access::SignedIn,
            Shapes::file(&FileType::ALL),
            get,
        ),
        change(
            Method::DELETE,
            "/documents/{id}",
            "remove_document",
            "Take a document out of the file.",
            VENDOR,
            |tx, actor, asked: &Asked<Nothing>| {
                let id = asked.id(AttachmentId::from_text, "id")?;
                attach::detach(tx, actor, id)?;
                let removed = db::attachments::find(tx.db, &Scope::of(actor), id)?;
                as_json(tx, actor, removed)
            },
        ),
    ]
}

/// A document, with what the caller may do with it now.
fn as_json(tx: &mut Tx<'_>, actor: &Actor, document: Attachment) -> Result<DocumentJson, Error> {
    let dossier = Dossier::load(tx, actor, document.application_id)?;
    let at = attach::standing(actor, &dossier, &Marks::of(tx, &dossier)?, &document);
    Ok(DocumentJson::of(document, at))
}

/// What comes beside the bytes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct UploadQuery {
    /// Key of the programme's kind of document.
    kind: String,
    /// The file's name, with its ending.
    name: String,
}

async fn add(req: HttpRequest, mut payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let id = req.match_info().get("id").and_then(ApplicationId::from_text).ok_or(Error::NotFound)?;
    let query: UploadQuery = query_of(&req)?;
    let once = UploadOnce::of(&req, &caller)?;
    let limit = caller.app.config.uploads.application_bytes;
    if let Some(answered) = once.answered(&caller.app, &mut payload, limit).await? {
        return Ok(answered);
    }
    let document = Incoming { application: id, kind: &query.kind, declared: &query.name };
    let received = receive_document(&caller.app, &caller.actor, document, payload).await?;
    let Caller { app, actor, session, .. } = caller;
    let work = move |tx: &mut Tx<'_>| {
        let sha256 = received.stored.sha256.to_string();
        once.run(tx, &sha256, |tx| {
            let added = received.keep(tx, session.as_deref())?;
            as_json(tx, &actor, added)
        })
    };
    Ok(answer(app.write(work).await?))
}

async fn get(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let id = req.match_info().get("id").and_then(AttachmentId::from_text).ok_or(Error::NotFound)?;
    Ok(download(&caller.app, &caller.actor, id).await?)
}
