//! One application's place, from its sheets on.

use super::minutes::{said_cells, stage_text};
use super::{call_id, tie_words};
use crate::actions::Tx;
use crate::actions::decide::READERS;
use crate::actions::decide::explain::{DimensionMean, Explanation, ItemMark, explain};
use crate::actions::decide::minutes::{MinutesSaid, MinutesStage, followed, second_panel};
use crate::domain::ids::{ApplicationId, ExpertId};
use crate::domain::scoring::points_text;
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::page::{Failure, Page, ok};
use crate::web::routes::{Access, Routes};
use actix_web::{HttpResponse, web};
use askama::Template;
use std::collections::BTreeSet;

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.get("/decisions/{call}/applications/{id}", Access::Roles(READERS), show);
}

#[derive(Template)]
#[template(path = "decisions/explain.html", config = "src/views/askama.toml")]
struct ExplainPage {
    page: Page,
    told: Explanation,
    tie: String,
    /// What followed the scoring, if anything did.
    stage: Option<MinutesStage>,
    /// Who came with the second panel.
    second: BTreeSet<ExpertId>,
}

impl ExplainPage {
    fn points(&self, hundredths: &i64) -> String {
        points_text(*hundredths)
    }

    fn small(&self, hundredths: &i32) -> String {
        points_text(i64::from(*hundredths))
    }

    fn given(&self, item: &ItemMark) -> String {
        item.points.map_or_else(|| "—".into(), |points| points_text(i64::from(points)))
    }

    /// What followed the scoring, in one sentence.
    fn followed(&self, stage: &MinutesStage) -> String {
        stage_text(stage, self.page.lang())
    }

    /// One expert's words, each under its heading.
    fn said(&self, said: &MinutesSaid) -> Vec<(String, String)> {
        let keys = ["review-expert", "position-before", "position-after", "position-remark", "explanation-title"];
        keys.map(|key| self.page.t(key)).into_iter().zip(said_cells(said, self.page.lang())).collect()
    }

    fn is_second(&self, expert: &ExpertId) -> bool {
        self.second.contains(expert)
    }

    /// Whether this dimension broke the tie with the one before.
    fn broke(&self, dimension: &DimensionMean) -> bool {
        self.told.tie_broken_by.as_ref() == Some(&dimension.dimension)
    }

    fn mean(&self, hundredths: &Option<i64>) -> String {
        hundredths.map_or_else(|| "—".into(), points_text)
    }
}

async fn show(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let call = call_id(&visit, &path.0)?;
    let id = ApplicationId::from_text(&path.1).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let work = move |tx: &mut Tx<'_>| {
        let told = explain(tx, &actor, call, id)?;
        Ok((told, followed(tx, &actor, call)?.remove(&id), second_panel(tx, call, id)?))
    };
    let (told, stage, second) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let page = Page::new(&visit, told.file.organisation.clone());
    let tie = told.tie_broken_by.as_deref().map(|text| {
        let dimension = told.dimensions.iter().find(|dimension| dimension.dimension == text);
        tie_words(&page, text, dimension.map_or(text, |dimension| dimension.name.as_str()))
    });
    let tie = tie.unwrap_or_default();
    ok(&ExplainPage { page, told, tie, stage, second })
}
