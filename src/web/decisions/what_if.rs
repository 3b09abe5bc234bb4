//! What the selection would be with other limits: a question, answered and forgotten.

use super::call_id;
use crate::actions::decide::JUDGES;
use crate::actions::decide::what_if::{WhatIf, WhatIfLine, WhatIfView, what_if};
use crate::domain::ids::CallId;
use crate::domain::scoring::cutline::Aggregation;
use crate::domain::scoring::points_text;
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::page::{Failure, Page, html, ok};
use crate::web::routes::{Access, Routes};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.get("/decisions/{call}/what-if", Access::Roles(JUDGES), show);
}

#[derive(Template)]
#[template(path = "decisions/what_if.html", config = "src/views/askama.toml")]
struct WhatIfPage {
    page: Page,
    call: CallId,
    asked: WhatIf,
    choices: Vec<(String, String)>,
    view: Option<WhatIfView>,
}

impl WhatIfPage {
    fn points(&self, hundredths: &i64) -> String {
        points_text(*hundredths)
    }

    /// The place as it is, where it would be another; empty where it would not.
    fn was_place(&self, line: &WhatIfLine) -> String {
        line.was_place.filter(|was| *was != line.place).map(|was| was.to_string()).unwrap_or_default()
    }

    /// The score as it is, where it would be another; empty where it would not.
    fn was_score(&self, line: &WhatIfLine) -> String {
        line.was_score.filter(|was| *was != line.score).map(points_text).unwrap_or_default()
    }

    /// The places that were asked about, or the programme's.
    fn places(&self) -> String {
        let of_programme = self.view.as_ref().and_then(|view| view.places).map(|places| places.to_string());
        if self.asked.places.is_empty() { of_programme.unwrap_or_default() } else { self.asked.places.clone() }
    }

    fn pass_mark(&self) -> String {
        let of_programme = self.view.as_ref().and_then(|view| view.pass_mark).map(points_text);
        if self.asked.pass_mark.is_empty() { of_programme.unwrap_or_default() } else { self.asked.pass_mark.clone() }
    }
}

/// The question as an address asks it. Beside it an address may say what every page's may, such as its language; a program that asks
/// for what there is not is told so.
#[derive(Debug, Default, Deserialize)]
struct Query {
    #[serde(default)]
    places: String,
    #[serde(default)]
    pass_mark: String,
    #[serde(default)]
    aggregate: String,
}

async fn show(visit: Visit, call: web::Path<String>, asked: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let call = call_id(&visit, &call)?;
    let Query { places, pass_mark, aggregate } = asked.into_inner();
    let asked = WhatIf { places, pass_mark, aggregate };
    let (actor, input) = (visit.actor.clone(), asked.clone());
    let page = Page::titled(&visit, "whatif-title");
    let choices = Aggregation::ALL.iter().map(|kind| (kind.to_string(), page.t_of("aggregate", kind))).collect();
    match visit.app.read(move |tx| what_if(tx, &actor, call, &input)).await {
        Ok(view) => ok(&WhatIfPage { page, call, asked, choices, view: Some(view) }),
        Err(error @ Error::Invalid(_)) => {
            let typed = [("places", &asked.places), ("pass_mark", &asked.pass_mark), ("aggregate", &asked.aggregate)]
                .map(|(name, value)| (name.to_string(), value.clone()));
            let page = page.after(&error, &typed);
            html(error.status(), &WhatIfPage { page, call, asked, choices, view: None })
        }
        Err(error) => Err(visit.fail(error)),
    }
}
