//! A file on its way from a request into the object store, piece by piece, never whole in memory.

use crate::actions::object::{EVIDENCE_BYTES, EVIDENCE_TYPES};
use crate::actions::room;
use crate::app::{App, off_thread};
use crate::domain::form::Problem;
use crate::error::Error;
use crate::storage::{FileType, Stored, Upload, UploadProblem};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use std::sync::Arc;

/// Bytes gathered before they go to the disk: few hand-overs between threads, little memory.
const PIECE: usize = 256 * 1024;

/// Receives the bytes of `stream`, checks them and makes them durable. `path` is where a problem is shown.
///
/// # Errors
/// `upload_<code>` at `path` when the file is not acceptable; busy when the store is in trouble; malformed when the
/// sender went away, or too slow.
pub async fn receive<S, E>(
    app: &Arc<App>,
    path: &str,
    name: &str,
    types: Vec<FileType>,
    max_bytes: u64,
    mut stream: S,
) -> Result<Stored, Error>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<Error>,
{
    let objects = app.env.objects.clone();
    let begun = off_thread(move || Ok(objects.begin(max_bytes))).await?;
    let mut upload = begun.map_err(|problem| refused(path, &problem))?;
    let mut piece = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(Into::<Error>::into)?;
        piece.extend_from_slice(&chunk);
        if piece.len() >= PIECE {
            upload = write(upload, piece.split().freeze(), path).await?;
        }
    }
    let upload = write(upload, piece.freeze(), path).await?;
    let name = name.to_string();
    let finished = off_thread(move || Ok(upload.finish(&name, &types))).await?;
    finished.map_err(|problem| refused(path, &problem))
}

/// Receives a piece of evidence from a network: not a byte of it while there is no room for one.
///
/// # Errors
/// As [`receive`], and `evidence_out_of_room`, `evidence_share_out_of_room`, `registry_out_of_room`.
pub async fn receive_evidence<S, E>(app: &Arc<App>, network: &str, name: &str, stream: S) -> Result<Stored, Error>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<Error>,
{
    let from = network.to_string();
    app.read(move |tx| room::must_hold_evidence(tx, &from)).await?;
    let stored = receive(app, "evidence", name, EVIDENCE_TYPES.to_vec(), EVIDENCE_BYTES, stream).await?;
    let (bytes, from) = (stored.bytes, network.to_string());
    // Counted though it may be refused: its bytes are there until they are swept.
    app.write(move |tx| room::count_evidence(tx, &from, bytes)).await??;
    Ok(stored)
}

async fn write(mut upload: Upload, piece: Bytes, path: &str) -> Result<Upload, Error> {
    let written = off_thread(move || Ok(upload.write(&piece).map(|()| upload))).await?;
    written.map_err(|problem| refused(path, &problem))
}

fn refused(path: &str, problem: &UploadProblem) -> Error {
    if problem.is_of_the_store() {
        return Error::Busy(format!("object store: {problem}"));
    }
    let code = match problem.code() {
        "too_large" => "upload_too_large",
        "empty" => "upload_empty",
        "type_not_allowed" => "upload_type_not_allowed",
        "content_mismatch" => "upload_content_mismatch",
        "damaged" => "upload_damaged",
        _ => "upload_suspicious",
    };
    let mut told = Problem::new(path, code);
    told.args.extend(problem.args().into_iter().map(|(name, value)| (name.to_string(), value)));
    Error::Invalid(vec![told])
}
