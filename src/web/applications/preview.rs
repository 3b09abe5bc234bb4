//! The working file as the officers of a station will read it, for the applicant alone.

use super::super::access::Visit;
use super::super::documents::must_be_own;
use super::super::file::FileView;
use super::super::page::{Failure, Page, ok};
use crate::actions::Tx;
use crate::actions::dossier::Dossier;
use crate::domain::actor::Actor;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;

#[derive(Template)]
#[template(path = "applications/preview.html", config = "src/views/askama.toml")]
struct PreviewPage {
    page: Page,
    id: ApplicationId,
    file: FileView,
    /// Whether the officers read an earlier version for now: the one that was filed before the correction.
    correcting: bool,
    can_save: bool,
    can_submit: bool,
    /// When this was printed.
    now: String,
}

struct Loaded {
    file: FileView,
    was_filed: bool,
    available: Vec<Action>,
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Loaded, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    must_be_own(actor, &dossier)?;
    Ok(Loaded {
        file: FileView::of(tx, &dossier, &actor.language)?,
        was_filed: dossier.application.submission_count > 0,
        available: dossier.available(actor),
    })
}

pub async fn show(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = super::id_of(&visit, &path)?;
    let actor = visit.actor.clone();
    let loaded = visit.app.read(move |tx| load(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "preview-title");
    let Loaded { file, was_filed, available } = loaded;
    let can_save = available.contains(&Action::Save);
    ok(&PreviewPage {
        id,
        file,
        correcting: was_filed && can_save,
        can_save,
        can_submit: available.iter().any(|a| matches!(a, Action::Submit | Action::Resubmit)),
        now: page.at(&page.now()),
        page,
    })
}
