//! A proposal as it is looked through before it is sent; what was typed goes along either way.

use super::{answer, call_id, proposal, show_page};
use crate::actions::preview_decision::{self, DecisionPreview};
use crate::domain::actor::Role;
use crate::domain::ids::CallId;
use crate::web::access::Submitted;
use crate::web::page::{Failure, Page, ok};
use crate::web::routes::{Access, Routes};
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const HANDLERS: Access = Access::Roles(&[Role::Handler]);
    routes.post("/decisions/{call}/preview", HANDLERS, preview);
    routes.post("/decisions/{call}/revision", HANDLERS, revise);
}

#[derive(Template)]
#[template(path = "decisions/preview.html", config = "src/views/askama.toml")]
struct PreviewPage {
    page: Page,
    call: CallId,
    call_title: String,
    preview: DecisionPreview,
    grounds: String,
    /// What the form said, for the acceptance and for going back.
    fields: Vec<(String, String)>,
}

async fn preview(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let shown = match proposal(&form) {
        Ok(input) => {
            let work = move |tx: &mut crate::actions::Tx<'_>| {
                let title = crate::db::calls::find(tx.db, id)?.title;
                Ok((preview_decision::preview(tx, &actor, id, &input)?, title))
            };
            form.visit.app.read(work).await
        }
        Err(error) => Err(error),
    };
    match shown {
        Ok((preview, call_title)) => ok(&PreviewPage {
            page: Page::titled(&form.visit, "decision-preview-title"),
            call: id,
            call_title,
            preview,
            grounds: form.text("grounds"),
            fields: form
                .pairs
                .iter()
                .filter(|(name, _)| !["digest", "csrf"].contains(&name.as_str()))
                .cloned()
                .collect(),
        }),
        Err(error) => answer::<()>(&form, id, Err(error), "").await,
    }
}

/// Back to the sheet, with everything that was typed.
async fn revise(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    ok(&show_page(&form.visit, id, |page| page.with_typed(&form.pairs)).await?)
}
