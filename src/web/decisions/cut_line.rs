//! The cut-line sheet.

use super::call_id;
use crate::actions::decide::JUDGES;
use crate::actions::decide::closed::Named;
use crate::actions::decide::cut_line::{CutLineView, ScenarioView, cut_line};
use crate::actions::expert_pool;
use crate::domain::scoring::points_text;
use crate::web::access::Visit;
use crate::web::page::{Failure, Page, ok};
use crate::web::routes::{Access, Routes};
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.get("/decisions/{call}/cut-line", Access::Roles(JUDGES), show);
}

#[derive(Template)]
#[template(path = "decisions/cut_line.html", config = "src/views/askama.toml")]
struct CutLinePage {
    page: Page,
    view: CutLineView,
    sees_experts: bool,
}

impl CutLinePage {
    fn points(&self, hundredths: &i64) -> String {
        points_text(*hundredths)
    }

    fn change(&self, scenario: &ScenarioView) -> String {
        let key = format!("cut-line-change-{}", scenario.change);
        crate::words::Words.say_with(self.page.lang(), &key, [("name", scenario.name.as_str())])
    }

    fn names(&self, files: &[Named]) -> String {
        self.page.list(&files.iter().map(|file| file.organisation.as_str()).collect::<Vec<_>>())
    }

    /// How many changes leave the selection as it is.
    fn unmoved(&self) -> usize {
        self.view.scenarios.iter().filter(|scenario| scenario.enters.is_empty() && scenario.leaves.is_empty()).count()
    }
}

async fn show(visit: Visit, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    let actor = visit.actor.clone();
    let view = visit.app.read(move |tx| cut_line(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let sees_experts = expert_pool::is_open_to(&visit.actor);
    ok(&CutLinePage { page: Page::titled(&visit, "cut-line-title"), view, sees_experts })
}
