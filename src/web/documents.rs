//! Documents of an application: upload, download, removal.

mod outgoing;

pub(super) use outgoing::is_picture;
pub(crate) use outgoing::{download, stored_download};

use super::access::{Submitted, Visit, must_be_from_here, must_carry_token};
use super::nul;
use super::page::{Failure, Page, Way, html, ok, see_other, told};
use super::receive::receive;
use super::routes::{Access, Routes};
use crate::actions::attach::{self, Allowance};
use crate::actions::completeness::{DOCUMENTS, completeness, counts, problem, wanted_documents};
use crate::actions::dossier::Dossier;
use crate::actions::marks::Marks;
use crate::actions::sessions::still;
use crate::app::App;
use crate::db;
use crate::db::attachments::Attachment;
use crate::db::corrections::MarkKind;
use crate::domain::actor::{Actor, Role};
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, AttachmentId};
use crate::domain::procedure::Action;
use crate::domain::steps::{DocumentAction, DocumentAt};
use crate::error::Error;
use crate::storage::{FileType, Stored};
use crate::words::Words;
use actix_multipart::{Field, Multipart};
use actix_web::http::header::ACCEPT;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use futures_util::{StreamExt, TryStreamExt};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Megabytes that files sent in one request may have together: what the web server in front lets through (README,
/// `client_max_body_size`), less what stands around the files. The page's script sends each in a request of its own.
const TOGETHER_MB: u64 = 200;

/// Bytes that a text field beside a file may have.
const SHORT_TEXT: usize = 32 << 10;

const VENDOR: Access = Access::Roles(&[Role::VendorAdmin, Role::VendorMember]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/applications/{id}/documents", VENDOR, index);
    routes.post("/applications/{id}/documents", VENDOR, create);
    routes.get("/documents/{id}", Access::SignedIn, outgoing::show);
    routes.get("/documents/{id}/picture", Access::SignedIn, outgoing::picture);
    routes.post("/documents/{id}/removal", VENDOR, remove);
}

/// One kind of document with what there is of it.
struct KindView {
    path: String,
    action: String,
    name: String,
    help: String,
    /// Why the department asks for it.
    why: String,
    limits: String,
    accept: String,
    max_bytes: u64,
    required: bool,
    /// Whether some of its files are one and the same: those came in before that was looked at.
    alike: bool,
    /// What is still to be uploaded; empty if nothing is.
    missing: String,
    reason: String,
    open: bool,
    full: bool,
    /// Whether more than one may still be added.
    several: bool,
    files: Vec<FileView>,
}

/// One document of a list.
pub(super) struct FileView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size in words.
    pub size: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// When it was uploaded, on screen.
    pub at: String,
}

/// A document as a list shows it.
pub(super) fn file_view(page: &Page, attachment: &Attachment) -> FileView {
    FileView {
        id: attachment.id.to_string(),
        name: attachment.name.clone(),
        size: size_text(attachment.bytes),
        sha256: attachment.sha256.clone(),
        at: page.at(&attachment.uploaded_at),
    }
}

/// Bytes as people read them; tenths of a unit, rounded down.
pub(super) fn size_text(bytes: i64) -> String {
    let tenths = |unit: i64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", tenths(1024)),
        _ => format!("{} MB", tenths(1_048_576)),
    }
}

#[derive(Template)]
#[template(path = "documents/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    id: ApplicationId,
    can_save: bool,
    can_submit: bool,
    kinds: Vec<KindView>,
    /// What is wrong with an upload as a whole, or with one of no kind that the page has.
    unplaced: Vec<String>,
}

struct Loaded {
    dossier: Dossier,
    attachments: Vec<Attachment>,
    marks: Marks,
    available: Vec<Action>,
    missing: Vec<Problem>,
    /// Keys of the kinds that are asked for, by themselves or by what the form says.
    wanted: BTreeSet<String>,
}

async fn load(visit: &Visit, id: ApplicationId) -> Result<Loaded, Failure> {
    let actor = visit.actor.clone();
    let work = move |tx: &mut crate::actions::Tx<'_>| {
        let dossier = Dossier::load(tx, &actor, id)?;
        must_be_own(&actor, &dossier)?;
        let attachments = db::attachments::of_application(tx.db, id)?;
        let marks = Marks::of(tx, &dossier)?;
        let available = dossier.available(&actor);
        let missing = completeness(tx, &dossier, &attachments, &actor.language)?.missing;
        let wanted = wanted_documents(tx, &dossier, &attachments, &actor.language);
        Ok(Loaded { dossier, attachments, marks, available, missing, wanted })
    };
    visit.app.read(work).await.map_err(|error| visit.fail(error))
}

/// The working file is the applicant's alone; everybody else reads what was filed.
pub(super) fn must_be_own(actor: &Actor, dossier: &Dossier) -> Result<(), Error> {
    let own = actor.organisations().contains(&dossier.application.organisation_id);
    if own { Ok(()) } else { Err(Error::NotFound) }
}

/// The way back to a file of one's own that takes no more: what was saved is there.
pub(super) fn to_own_file(visit: &Visit, id: ApplicationId) -> Way {
    let language = &visit.actor.language;
    Way {
        href: format!("/applications/{id}"),
        label: Words.say(language, "application-to-application"),
        note: Words.say(language, "application-file-kept"),
    }
}

fn index_page(page: Page, loaded: &Loaded) -> IndexPage {
    let language = page.lang().to_string();
    let can_save = loaded.available.contains(&Action::Save);
    let counted = counts(&loaded.attachments);
    let kinds = loaded.dossier.programme().documents.iter().map(|kind| {
        let files: Vec<FileView> =
            loaded.attachments.iter().filter(|a| a.kind == kind.key).map(|a| file_view(&page, a)).collect();
        let types = attach::file_types(kind);
        let codes = |prefix: &str, between: &str| {
            types.iter().map(|t| format!("{prefix}{}", t.code())).collect::<Vec<_>>().join(between)
        };
        let limits = [
            ("types", codes("", page.marks().list)),
            ("size_mb", (kind.max_bytes / 1_048_576).to_string()),
            ("count", kind.max_count.to_string()),
        ];
        let path = format!("{DOCUMENTS}{}", kind.key);
        let missing = loaded.missing.iter().find(|problem| can_save && problem.path == path);
        // Of this kind documents are added where those in the file may be taken out.
        let is_open = loaded.marks.document(&kind.key);
        let in_file = DocumentAt { is_readable: true, can_save, is_open, is_in_file: true };
        KindView {
            action: format!("/applications/{}/documents", loaded.dossier.application.id),
            name: kind.names.in_language(&language).to_string(),
            help: kind.help.in_language(&language).to_string(),
            why: kind.reason.in_language(&language).to_string(),
            limits: Words.say_with(&language, "document-limits", limits),
            accept: format!("{}{}", codes(".", ","), if types.contains(&FileType::Jpg) { ",.jpeg" } else { "" }),
            max_bytes: kind.max_bytes,
            // What is asked for only after certain answers is marked while it is asked for, there or not.
            required: loaded.wanted.contains(&kind.key),
            alike: counted.get(&kind.key).is_some_and(|count| (*count as usize) < files.len()),
            missing: missing.map(|problem| page.problem_text(problem)).unwrap_or_default(),
            path,
            reason: loaded.marks.reason(MarkKind::Document, &kind.key),
            open: in_file.allows(DocumentAction::Remove),
            full: files.len() >= kind.max_count as usize,
            several: files.len() + 1 < kind.max_count as usize,
            files,
        }
    });
    let kinds: Vec<KindView> = kinds.collect();
    let is_placed = |path: &str| kinds.iter().any(|kind| kind.path == path);
    let unplaced = page.problems().into_iter().filter(|(path, _)| !is_placed(path)).map(|(_, text)| text).collect();
    let can_submit = loaded.available.iter().any(|a| matches!(a, Action::Submit | Action::Resubmit));
    IndexPage { id: loaded.dossier.application.id, can_save, can_submit, kinds, unplaced, page }
}

async fn index(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = ApplicationId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let loaded = load(&visit, id).await?;
    ok(&index_page(Page::titled(&visit, "documents-title"), &loaded))
}

async fn create(
    req: HttpRequest,
    visit: Visit,
    path: web::Path<String>,
    parts: Multipart,
) -> Result<HttpResponse, Failure> {
    must_be_from_here(&req)?;
    let mut parts = Parts { parts, over: false, kept: 0 };
    let id = ApplicationId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let by_script = is_by_script(&req);
    let address = format!("/applications/{id}/documents");
    let error = match upload(&visit, id, &mut parts).await {
        Ok(()) if by_script => return Ok(HttpResponse::Ok().json(serde_json::json!({ "location": address }))),
        Ok(()) => return Ok(see_other(address, "document-added")),
        Err(error) => error,
    };
    // What could not be read once cannot be read on: a broken body, or one that is no upload, is left alone.
    if !matches!(error, Error::Malformed(_) | Error::TooSlow(_)) {
        // A sender who takes longer than this for what nobody wants is let go.
        let _ = tokio::time::timeout(std::time::Duration::from_secs(30), drain(&mut parts)).await;
    }
    if by_script {
        return Ok(HttpResponse::build(error.status()).json(told(&error, &visit.actor.language)));
    }
    match error {
        Error::Invalid(_) => {
            let loaded = load(&visit, id).await?;
            let page = Page::titled(&visit, "documents-title").after(&error, &[]);
            html(error.status(), &index_page(page, &loaded))
        }
        // Whoever asks for another's file was told above that there is none, or that it is not theirs to change; an
        // outdated form was refused before it was asked whose the file is.
        Error::Refused(refusal) if !matches!(refusal.code, "form_expired" | "wrong_role") => {
            let mut way = to_own_file(&visit, id);
            if parts.kept > 0 {
                way.note = Words.say_with(&visit.actor.language, "documents-kept-before", [("count", parts.kept)]);
            }
            Err(visit.fail(refusal).leading_to(way))
        }
        other => Err(visit.fail(other)),
    }
}

/// Whether the page's script sent an upload: it reads where the file is, or what is wrong with it, and follows no way elsewhere,
/// which may be the one to the page to sign in.
pub(super) fn is_by_script(req: &HttpRequest) -> bool {
    req.headers().get(ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

/// Parts that an upload may have: its token, its file, and whatever a browser adds.
const MOST_PARTS: usize = 32;

/// The parts of a request, not to be asked for more once they are over or broken.
struct Parts {
    parts: Multipart,
    over: bool,
    /// How many of its files are in the application's already, whatever becomes of the rest.
    kept: usize,
}

impl Parts {
    async fn next(&mut self) -> Result<Option<Field>, Error> {
        if self.over {
            return Ok(None);
        }
        let part = self.parts.try_next().await;
        self.over = !matches!(part, Ok(Some(_)));
        part.map_err(Error::from)
    }
}

/// Reads the form's token first, then the files, each kept before the next is read; nothing of a file is read before it may come
/// in. Where one is refused, those before it stay, and the answer says so.
async fn upload(visit: &Visit, id: ApplicationId, parts: &mut Parts) -> Result<(), Error> {
    let mut token_seen = false;
    let mut seen = 0;
    while let Some(part) = parts.next().await? {
        seen += 1;
        if seen > MOST_PARTS {
            let limit = [("limit", MOST_PARTS.to_string())];
            return Err(Error::Invalid(vec![problem(DOCUMENTS, "upload_too_many_parts", limit)]));
        }
        let name = part.name().unwrap_or_default().to_string();
        if name == "csrf" {
            must_carry_token(visit, &short_text(part).await?)?;
            token_seen = true;
        } else if let Some(kind) = name.strip_prefix(DOCUMENTS) {
            if !token_seen {
                must_carry_token(visit, "")?;
            }
            let declared = part.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default().to_string();
            let document = Incoming { application: id, kind, declared: &declared };
            keep(visit, document, part).await.map_err(|error| after(error, parts.kept, &declared))?;
            parts.kept += 1;
        }
    }
    if parts.kept == 0 { Err(Error::Invalid(vec![problem(DOCUMENTS, "upload_empty", [])])) } else { Ok(()) }
}

/// Receives one file and puts it into the application's.
async fn keep(visit: &Visit, document: Incoming<'_>, part: Field) -> Result<(), Error> {
    let received = receive_document(&visit.app, &visit.actor, document, part).await?;
    let session = visit.session_id();
    visit.app.write(move |tx| received.keep(tx, session.as_deref())).await?;
    Ok(())
}

/// The refusal of a file before which others of the same upload were kept: which it was, and how many need not be sent again.
fn after(error: Error, kept: usize, declared: &str) -> Error {
    match error {
        Error::Invalid(mut problems) if kept > 0 => {
            let args = [("name", declared.to_string()), ("count", kept.to_string())];
            problems.push(problem(DOCUMENTS, "upload_rest", args));
            Error::Invalid(problems)
        }
        error => error,
    }
}

/// A short field of a form in parts.
pub(super) async fn short_text(mut part: Field) -> Result<String, Error> {
    let mut text = Vec::new();
    while let Some(chunk) = part.next().await {
        text.extend_from_slice(&chunk?);
        if text.len() > SHORT_TEXT {
            return Err(Error::Malformed("a field before the file is too long".into()));
        }
    }
    let text = String::from_utf8(text).map_err(|error| Error::Malformed(error.to_string()))?;
    nul::must_not_be_in(&text)?;
    Ok(text)
}

/// A document on its way in.
pub(crate) struct Incoming<'a> {
    /// Into which application's file.
    pub application: ApplicationId,
    /// Key of its kind.
    pub kind: &'a str,
    /// The name it was sent under.
    pub declared: &'a str,
}

/// A document whose bytes are durable, not yet in the file.
pub(crate) struct Received {
    application: ApplicationId,
    kind: String,
    declared: String,
    limit: u64,
    /// Its bytes.
    pub stored: Stored,
}

impl Received {
    /// Puts the document into the file. Who sends it is judged again: a session may have ended and a role been taken while
    /// the bytes came in.
    pub fn keep(&self, tx: &mut crate::actions::Tx<'_>, session: Option<&str>) -> Result<Attachment, Error> {
        let actor = still(tx, session)?;
        attach::attach(tx, &actor, self.application, &self.kind, &self.declared, &self.stored, self.limit)
    }
}

/// Asks whether the document may come in, and receives it: the bytes are durable before the row.
pub(crate) async fn receive_document<S, E>(
    app: &Arc<App>,
    actor: &Actor,
    incoming: Incoming<'_>,
    stream: S,
) -> Result<Received, Error>
where
    S: futures_util::Stream<Item = Result<web::Bytes, E>> + Unpin,
    E: Into<Error>,
{
    let limit = app.config.uploads.application_bytes;
    let application = incoming.application;
    let (asker, asked) = (actor.clone(), incoming.kind.to_string());
    let Allowance { types, max_bytes, room, kind } =
        app.read(move |tx| attach::allowance(tx, &asker, application, &asked, limit)).await?;
    let left = room.left();
    let path = format!("{DOCUMENTS}{kind}");
    let received = receive(app, &path, incoming.declared, types, max_bytes.min(left), stream).await;
    let stored = received.map_err(|error| match error {
        // It was cut off where the room ended: the file may be as small as one likes to call it.
        Error::Invalid(problems) if left < max_bytes && problems.iter().any(|one| one.code == "upload_too_large") => {
            attach::no_room(&kind, &room)
        }
        error => error,
    })?;
    Ok(Received { application, kind, declared: incoming.declared.to_string(), limit, stored })
}

/// Reads what is left of a refused request, within reason: a browser that is still sending shows no answer.
async fn drain(parts: &mut Parts) {
    let mut left: usize = 64 << 20;
    while let Ok(Some(mut part)) = parts.next().await {
        while let Some(Ok(chunk)) = part.next().await {
            left = left.saturating_sub(chunk.len());
            if left == 0 {
                return;
            }
        }
    }
}

async fn remove(form: Submitted, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = AttachmentId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let removed = visit.app.write(move |tx| attach::detach(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    Ok(see_other(format!("/applications/{}/documents", removed.application_id), "document-removed"))
}

#[cfg(test)]
mod tests {
    use super::size_text;

    #[test]
    fn no_document_is_said_to_be_empty() {
        let said = [334, 1_023, 1_024, 1_536, 1_048_575, 1_048_576, 10_485_760].map(size_text);
        assert_eq!(said, ["334 B", "1023 B", "1.0 KB", "1.5 KB", "1023.9 KB", "1.0 MB", "10.0 MB"]);
    }
}
