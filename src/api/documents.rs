//! Documents of an application.

use super::applications::DocumentJson;
use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, change, special};
use super::problem::Failed;
use super::upload_once::{UploadOnce, answer};
use crate::actions::{Tx, attach};
use crate::domain::actor::Role;
use crate::domain::ids::{ApplicationId, AttachmentId};
use crate::error::Error;
use crate::web::documents::{Incoming, download, receive_document};
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

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
            Shapes::upload::<DocumentJson>(),
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
            Shapes::download("application/octet-stream"),
            get,
        ),
        change(
            Method::DELETE,
            "/documents/{id}",
            "remove_document",
            "Take a document out of the file.",
            VENDOR,
            |tx, actor, asked: &Asked<Nothing>| {
                attach::detach(tx, actor, asked.id(AttachmentId::from_text, "id")?).map(DocumentJson::from)
            },
        ),
    ]
}

/// What comes beside the bytes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UploadQuery {
    kind: String,
    name: String,
}

async fn add(req: HttpRequest, mut payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let id = req.match_info().get("id").and_then(ApplicationId::from_text).ok_or(Error::NotFound)?;
    let query: UploadQuery =
        serde_html_form::from_str(req.query_string()).map_err(|error| Error::Malformed(format!("query: {error}")))?;
    let once = UploadOnce::of(&req, &caller)?;
    let limit = caller.app.config.uploads.application_bytes;
    if let Some(answered) = once.answered(&caller.app, &mut payload, limit).await? {
        return Ok(answered);
    }
    let document = Incoming { application: id, kind: &query.kind, declared: &query.name };
    let received = receive_document(&caller.app, &caller.actor, document, payload).await?;
    let session = caller.session;
    let work = move |tx: &mut Tx<'_>| {
        let sha256 = received.stored.sha256.to_string();
        once.run(tx, &sha256, |tx| received.keep(tx, session.as_deref()).map(DocumentJson::from))
    };
    Ok(answer(caller.app.write(work).await?))
}

async fn get(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let id = req.match_info().get("id").and_then(AttachmentId::from_text).ok_or(Error::NotFound)?;
    Ok(download(&caller.app, &caller.actor, id).await?)
}
