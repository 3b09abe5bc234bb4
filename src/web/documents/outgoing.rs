//! Documents on their way out: as a download, or as a picture within a page.

use super::super::access::Visit;
use super::super::page::Failure;
use crate::actions::attach;
use crate::app::{App, off_thread};
use crate::domain::actor::Actor;
use crate::domain::ids::AttachmentId;
use crate::error::Error;
use crate::storage::{FileType, Object, ObjectKey, ReadProblem, content_disposition};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use actix_web::{HttpResponse, web};
use std::sync::Arc;

pub(super) async fn show(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = AttachmentId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    download(&visit.app, &visit.actor, id).await.map_err(|error| visit.fail(error))
}

/// Whether a document of this type may be shown within a page: pictures alone, never what could carry a script.
pub(in crate::web) fn is_picture(file_type: &str) -> bool {
    matches!(FileType::from_extension(file_type), Some(FileType::Png | FileType::Jpg))
}

/// A picture to be shown in a page, judged as its download is, and sent as one: `<img>` shows what is sent as an attachment,
/// and an address that is opened by itself shows nothing on our origin (C-30).
pub(super) async fn picture(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = AttachmentId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let found = visit.app.read(move |tx| attach::readable(tx, &actor, id)).await;
    let found = found.and_then(|found| if is_picture(&found.file_type) { Ok(found) } else { Err(Error::NotFound) });
    let found = found.map_err(|error| visit.fail(error))?;
    stored_download(&visit.app, &found.sha256, &found.name, &found.file_type).await.map_err(|error| visit.fail(error))
}

/// A document that the actor may read, as a download.
pub(crate) async fn download(app: &Arc<App>, actor: &Actor, id: AttachmentId) -> Result<HttpResponse, Error> {
    let actor = actor.clone();
    let attachment = app.read(move |tx| attach::readable(tx, &actor, id)).await?;
    stored_download(app, &attachment.sha256, &attachment.name, &attachment.file_type).await
}

/// Stored bytes as a download, never shown on our origin. They are verified as they go; an altered file breaks off
/// before its end. Whoever calls this has seen to it that the bytes may be read.
pub(crate) async fn stored_download(
    app: &Arc<App>,
    sha256: &str,
    name: &str,
    file_type: &str,
) -> Result<HttpResponse, Error> {
    let key: ObjectKey = sha256.parse().map_err(|_| anyhow::anyhow!("not a key: {sha256}"))?;
    let objects = app.env.objects.clone();
    let object = off_thread_read(move || {
        objects.verify(&key)?;
        objects.open(&key)
    })
    .await?;
    let media = FileType::from_extension(file_type).map_or("application/octet-stream", |kind| kind.media_type());
    let stream = futures_util::stream::try_unfold(object.reader, |mut reader| async move {
        let read = web::block(move || {
            use std::io::Read;
            let mut piece = vec![0; 64 * 1024];
            reader.read(&mut piece).map(|count| {
                piece.truncate(count);
                (piece, reader)
            })
        });
        match read.await {
            Ok(Ok((piece, _))) if piece.is_empty() => Ok(None),
            Ok(Ok((piece, reader))) => Ok(Some((web::Bytes::from(piece), reader))),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(std::io::Error::other("the thread pool is gone")),
        }
    });
    Ok(HttpResponse::Ok()
        .content_type(media)
        .insert_header((CONTENT_LENGTH, object.bytes))
        .insert_header((CONTENT_DISPOSITION, content_disposition(name)))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .no_chunking(object.bytes)
        .streaming(stream))
}

async fn off_thread_read(work: impl FnOnce() -> Result<Object, ReadProblem> + Send + 'static) -> Result<Object, Error> {
    off_thread(move || {
        work().map_err(|problem| match problem {
            ReadProblem::Io(_) => Error::Busy(format!("object store: {problem}")),
            ReadProblem::Missing | ReadProblem::Corrupt => Error::Internal(anyhow::anyhow!("object store: {problem}")),
        })
    })
    .await
}
