//! Documents into the file and out of it.

use super::completeness::{DOCUMENTS, problem};
use super::dossier::Dossier;
use super::marks::{Marks, not_marked};
use super::room::{self, Room, RoomOf};
use super::{Record, Tx};
use crate::db;
use crate::db::attachments::Attachment;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, AttachmentId};
use crate::domain::procedure::Action;
use crate::domain::programme::{DocumentKind, DocumentType};
use crate::domain::scope::Scope;
use crate::domain::steps::{DocumentAction, DocumentAt};
use crate::error::Error;
use crate::storage::{FileType, Stored, display_name};

/// Documents that one application may ever have had: removed ones are kept, so there must be an end.
pub(super) const MOST_EVER: i64 = 400;

/// What an upload may be, before its bytes are read.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// Key of the kind.
    pub kind: String,
    /// Types that are accepted.
    pub types: Vec<FileType>,
    /// Bytes that a file of the kind may have.
    pub max_bytes: u64,
    /// What room there is for it: the narrowest of the application's, the organisation's, and that of everything.
    pub room: Room,
}

/// A document that would go past a room.
///
/// Names the limit and what is used of it, in MiB.
pub fn no_room(kind: &str, room: &Room) -> Error {
    room.refusal(&path(kind))
}

fn path(kind: &str) -> String {
    format!("{DOCUMENTS}{kind}")
}

fn file_type(kind: DocumentType) -> FileType {
    match kind {
        DocumentType::Pdf => FileType::Pdf,
        DocumentType::Png => FileType::Png,
        DocumentType::Jpg => FileType::Jpg,
        DocumentType::Xlsx => FileType::Xlsx,
        DocumentType::Docx => FileType::Docx,
    }
}

/// The types that a kind of document accepts.
pub fn file_types(kind: &DocumentKind) -> Vec<FileType> {
    kind.types.iter().copied().map(file_type).collect()
}

/// Whether a document of this kind may come in now, and how large it may be. Asked before its bytes are read, and
/// again, in the transaction that adds it, by [`attach`]. Only there is known whether a kind that is full is sent what it holds
/// already, which is none too many.
///
/// # Errors
/// Those of the procedure; `document_kind_unknown`, `document_too_many`, `documents_too_many_ever`, `not_marked`,
/// `documents_too_large`, `organisation_out_of_room`, `registry_out_of_room`.
pub fn allowance(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApplicationId,
    kind: &str,
    application_bytes: u64,
) -> Result<Allowance, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    dossier.permit(actor, Action::Save)?;
    match allowed(tx, actor, &dossier, kind, application_bytes)? {
        (_, Some(too_many)) if too_many.found == 0 => Err(too_many.into()),
        (allowance, _) => Ok(allowance),
    }
}

/// Of a kind as many are in the file as may be.
struct TooMany {
    kind: String,
    name: String,
    max: u32,
    found: usize,
}

impl From<TooMany> for Error {
    fn from(of: TooMany) -> Error {
        let args = [("document", of.name), ("max", of.max.to_string()), ("found", of.found.to_string())];
        Error::Invalid(vec![problem(&path(&of.kind), "document_too_many", args)])
    }
}

/// What the limits leave for a document of this kind, and whether there are as many of it as may be.
fn allowed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    dossier: &Dossier,
    kind: &str,
    application_bytes: u64,
) -> Result<(Allowance, Option<TooMany>), Error> {
    let invalid = |problem| Error::Invalid(vec![problem]);
    let found = dossier
        .programme()
        .document(kind)
        .ok_or_else(|| invalid(problem(&path(kind), "document_kind_unknown", [("kind", kind.to_string())])))?;
    let name = found.names.in_language(&actor.language);
    if !Marks::of(tx, dossier)?.document(kind) {
        return Err(invalid(not_marked(&path(kind), name)));
    }
    let present = db::attachments::of_application(tx.db, dossier.application.id)?;
    let of_kind = present.iter().filter(|attachment| attachment.kind == kind).count();
    if db::attachments::count_ever(tx.db, dossier.application.id)? >= MOST_EVER {
        return Err(invalid(problem(&path(kind), "documents_too_many_ever", [("limit", MOST_EVER.to_string())])));
    }
    let too_many = (of_kind >= found.max_count as usize).then(|| TooMany {
        kind: kind.into(),
        name: name.to_string(),
        max: found.max_count,
        found: of_kind,
    });
    let used: u64 = present.iter().filter_map(|attachment| u64::try_from(attachment.bytes).ok()).sum();
    let of_application = Room::new(RoomOf::Application, application_bytes, used);
    let room = room::for_document(tx, dossier.application.organisation_id, of_application)?;
    if room.left() == 0 {
        return Err(no_room(kind, &room));
    }
    Ok((Allowance { kind: kind.into(), types: file_types(found), max_bytes: found.max_bytes, room }, too_many))
}

/// A document of this kind in the file with the same content: the one of this name, if there is one, or else any.
fn twin(
    tx: &mut Tx<'_>,
    id: ApplicationId,
    kind: &str,
    (name, sha256): (&str, &str),
) -> Result<Option<Attachment>, Error> {
    let present = db::attachments::of_application(tx.db, id)?;
    let mut twins: Vec<Attachment> =
        present.into_iter().filter(|one| one.kind == kind && one.sha256 == sha256).collect();
    twins.sort_by_key(|one| one.name != name);
    Ok(twins.into_iter().next())
}

/// Adds a document whose bytes are already durable. What is sent again, because the line broke before the answer came, is there
/// already and is answered with what is there.
///
/// # Errors
/// As [`allowance`], judged anew: another document may have come in meanwhile; `document_twice` for the same content under
/// another name, which is no second document.
pub fn attach(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApplicationId,
    kind: &str,
    declared_name: &str,
    stored: &Stored,
    application_bytes: u64,
) -> Result<Attachment, Error> {
    let dossier = Dossier::load_to_change(tx, actor, id)?;
    let permission = dossier.permit(actor, Action::Save)?;
    room::one_at_a_time_of(tx, dossier.application.organisation_id)?;
    let (name, sha256) = (display_name(declared_name), stored.sha256.to_string());
    let twin = twin(tx, id, kind, (&name, &sha256))?;
    if let Some(there) = twin.as_ref().filter(|there| there.name == name) {
        return Ok(there.clone());
    }
    let (allowance, too_many) = allowed(tx, actor, &dossier, kind, application_bytes)?;
    if let Some(too_many) = too_many {
        return Err(too_many.into());
    }
    if let Some(there) = twin {
        let args = [("sent", name), ("name", there.name)];
        return Err(Error::Invalid(vec![problem(&path(kind), "document_twice", args)]));
    }
    if stored.bytes > allowance.max_bytes.min(allowance.room.left()) {
        return Err(no_room(kind, &allowance.room));
    }
    let attachment = Attachment {
        id: AttachmentId::new(&*tx.env.ids),
        application_id: id,
        kind: kind.into(),
        name,
        sha256,
        bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
        file_type: stored.file_type.code().into(),
        uploaded_by: actor.must_be_somebody()?,
        uploaded_at: tx.now,
        removed_at: None,
    };
    db::attachments::create(tx.db, &attachment)?;
    tx.vouch_for_new("attachments", attachment.id.as_text())?;
    record(tx, actor, permission.role.as_text(), "application.document_added", &attachment)?;
    Ok(attachment)
}

/// Where a document stands: what the table of its steps is asked with.
pub fn standing(actor: &Actor, dossier: &Dossier, marks: &Marks, document: &Attachment) -> DocumentAt {
    let own = actor.organisations().contains(&dossier.application.organisation_id);
    DocumentAt {
        // Everybody else is shown what a submission rests on, and nothing before there is one.
        is_readable: own || dossier.application.submission_count > 0,
        can_save: dossier.permit(actor, Action::Save).is_ok(),
        is_open: marks.document(&document.kind),
        is_in_file: document.removed_at.is_none(),
    }
}

/// Takes a document out of the file; its bytes stay for the submissions that rest on it.
///
/// # Errors
/// Those of the procedure; `not_marked`; not found when it is out already.
pub fn detach(tx: &mut Tx<'_>, actor: &Actor, id: AttachmentId) -> Result<Attachment, Error> {
    let attachment = db::attachments::find(tx.db, &Scope::of(actor), id)?;
    let dossier = Dossier::load_to_change(tx, actor, attachment.application_id)?;
    let permission = dossier.permit(actor, Action::Save)?;
    let at = standing(actor, &dossier, &Marks::of(tx, &dossier)?, &attachment);
    if !at.is_open {
        let name = dossier
            .programme()
            .document(&attachment.kind)
            .map_or(attachment.kind.as_str(), |k| k.names.in_language(&actor.language));
        return Err(Error::Invalid(vec![not_marked(&path(&attachment.kind), name)]));
    }
    if !at.allows(DocumentAction::Remove) || !db::attachments::remove(tx.db, id, tx.now)? {
        return Err(Error::NotFound);
    }
    let removed = tx.now.and_utc().to_rfc3339();
    tx.keep("attachments", id.as_text(), &[("removed_at", Some(removed.as_str()))]);
    record(tx, actor, permission.role.as_text(), "application.document_removed", &attachment)?;
    Ok(attachment)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, role: &str, action: &str, attachment: &Attachment) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "application",
            subject_id: attachment.application_id.as_text(),
            action,
            role,
            // The name may tell of a person; the digest tells which document it was.
            detail: serde_json::json!({
                "attachment": attachment.id, "kind": attachment.kind, "sha256": attachment.sha256,
                "bytes": attachment.bytes,
            }),
            ..Record::default()
        },
    )
}

/// A document that the actor may read: one of the organisation's own file, or, for everybody else, one that a
/// submission in their scope rests on.
pub fn readable(tx: &mut Tx<'_>, actor: &Actor, id: AttachmentId) -> Result<Attachment, Error> {
    let attachment = db::attachments::find(tx.db, &Scope::of(actor), id)?;
    let dossier = Dossier::load(tx, actor, attachment.application_id)?;
    if actor.organisations().contains(&dossier.application.organisation_id) {
        return Ok(attachment);
    }
    for submission in db::submissions::of_application(tx.db, attachment.application_id)? {
        let content = super::submit::Content::of(tx.env, &submission)?;
        if content.is_some_and(|content| content.documents.iter().any(|document| document.id == id)) {
            return Ok(attachment);
        }
    }
    Err(Error::NotFound)
}
