//! Documents of an application.

use super::applications::DocumentJson;
use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, change, special};
use super::problem::Failed;
use crate::actions::attach;
use crate::domain::actor::Role;
use crate::domain::ids::{ApplicationId, AttachmentId};
use crate::error::Error;
use crate::web::documents::{Incoming, accept, download};
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
        ),
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

async fn add(req: HttpRequest, payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let id = req.match_info().get("id").and_then(ApplicationId::from_text).ok_or(Error::NotFound)?;
    let query: UploadQuery =
        serde_html_form::from_str(req.query_string()).map_err(|error| Error::Malformed(format!("query: {error}")))?;
    let document = Incoming { application: id, kind: &query.kind, declared: &query.name };
    let added = accept(&caller.app, &caller.actor, caller.session, document, payload).await?;
    Ok(HttpResponse::Created().json(DocumentJson::from(added)))
}

async fn get(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let id = req.match_info().get("id").and_then(AttachmentId::from_text).ok_or(Error::NotFound)?;
    Ok(download(&caller.app, &caller.actor, id).await?)
}
