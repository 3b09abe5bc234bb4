//! The image of a licence, on its way in.

use super::super::access::{Visit, must_be_from_here, must_carry_token};
use super::super::documents::is_by_script;
use super::super::page::{Failure, can_be_mended, see_other, told};
use super::super::receive::receive;
use super::own::{load, own_id};
use crate::actions::Tx;
use crate::actions::organisations::{self, LICENCE_BYTES, LICENCE_TYPES};
use crate::actions::sessions::still;
use crate::app::App;
use crate::domain::actor::Actor;
use crate::domain::ids::OrganisationId;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::storage::Stored;
use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::TryStreamExt;
use std::sync::Arc;

pub(super) async fn upload_licence(visit: Visit, req: HttpRequest, body: Multipart) -> Result<HttpResponse, Failure> {
    must_be_from_here(&req)?;
    let own = own_id(&visit).map_err(|e| visit.fail(e))?;
    let result = take_licence(&visit, own, body).await;
    let by_script = is_by_script(&req);
    match result {
        Ok(()) if by_script => Ok(HttpResponse::Ok().json(serde_json::json!({ "location": "/organisation" }))),
        Ok(()) => Ok(see_other("/organisation", "licence-provided")),
        Err(error) if by_script => Ok(HttpResponse::build(error.status()).json(told(&error, &visit.actor.language))),
        Err(error) if can_be_mended(&error) => load(&visit, Some((&error, &[]))).await,
        Err(error) => Err(visit.fail(error)),
    }
}

/// Reads the form's token, which stands first, and then the file.
async fn take_licence(visit: &Visit, own: OrganisationId, mut body: Multipart) -> Result<(), Error> {
    let mut trusted = false;
    while let Some(mut field) = body.try_next().await? {
        match field.name().unwrap_or_default() {
            "csrf" => {
                let token = field.bytes(1024).await.map_err(|e| Error::Malformed(e.to_string()))?;
                let token = token?;
                must_carry_token(visit, &String::from_utf8_lossy(&token))?;
                trusted = true;
            }
            "licence" if trusted => {
                let name = field.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default().to_string();
                let stored = receive_licence(&visit.app, &visit.actor, own, &name, field).await?;
                let session = visit.session_id();
                let keep = move |tx: &mut Tx<'_>| {
                    let actor = still(tx, session.as_deref())?;
                    organisations::provide_licence(tx, &actor, own, &name, &stored)
                };
                return visit.app.write(keep).await;
            }
            _ => return Err(Refusal::forbidden("form_expired").into()),
        }
    }
    Err(Error::field("licence", "licence_empty"))
}

/// Receives a licence image. Nothing is received for an organisation that is not the actor's own; who sends it is to be
/// judged again before it is kept, for a role may be taken while the bytes come in.
pub(crate) async fn receive_licence<S, E>(
    app: &Arc<App>,
    actor: &Actor,
    id: OrganisationId,
    name: &str,
    stream: S,
) -> Result<Stored, Error>
where
    S: futures_util::Stream<Item = Result<web::Bytes, E>> + Unpin,
    E: Into<Error>,
{
    if !actor.organisations().contains(&id) {
        return Err(Error::NotFound);
    }
    receive(app, "licence", name, LICENCE_TYPES.to_vec(), LICENCE_BYTES, stream).await
}
