//! The completion of an open review: who joins and where, shown before it is done.

use super::board::{answer, experts};
use super::call_id;
use crate::actions::Tx;
use crate::actions::review::complete::{self, Completion, CompletionPreview};
use crate::db;
use crate::domain::ids::CallId;
use crate::error::Error;
use crate::web::access::Submitted;
use crate::web::page::{Failure, Page, ok};
use actix_web::{HttpResponse, web};
use askama::Template;

fn completion(form: &Submitted) -> Result<Completion, Error> {
    let digest = Some(form.text("digest")).filter(|digest| !digest.is_empty());
    Ok(Completion { experts: experts(form)?, reason: form.text("reason"), digest })
}

#[derive(Template)]
#[template(path = "reviews/completion.html", config = "src/views/askama.toml")]
struct CompletionPage {
    page: Page,
    call: CallId,
    call_title: String,
    preview: CompletionPreview,
    /// What the form said, for the acceptance.
    fields: Vec<(String, String)>,
    reason: String,
}

pub(super) async fn preview(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let shown = match completion(&form) {
        Ok(input) => {
            let work = move |tx: &mut Tx<'_>| {
                let title = db::calls::find(tx.db, id)?.title;
                Ok((complete::preview(tx, &actor, id, &input)?, title))
            };
            form.visit.app.read(work).await
        }
        Err(error) => Err(error),
    };
    match shown {
        Ok((preview, call_title)) => ok(&CompletionPage {
            page: Page::titled(&form.visit, "completion-title"),
            call: id,
            call_title,
            preview,
            fields: form.pairs.iter().filter(|(name, _)| name == "experts" || name == "reason").cloned().collect(),
            reason: form.text("reason"),
        }),
        Err(error) => answer::<()>(&form, id, Err(error), "").await,
    }
}

pub(super) async fn complete(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match completion(&form) {
        Ok(input) => form.visit.app.write(move |tx| complete::complete(tx, &actor, id, &input)).await,
        Err(error) => Err(error),
    };
    answer(&form, id, done, "review-completed").await
}
