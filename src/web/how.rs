//! How selection works, drawn from the programmes' own data: nothing on this page is written by hand for one of them.

use super::access::Visit;
use super::calls::programme::{ProgrammeView, StationView};
use super::page::{Failure, Page, ok};
use super::prepared::NOTHING;
use super::routes::Routes;
use crate::domain::programme::{Programme, ProgrammeKind};
use crate::domain::rubric::Points;
use actix_web::HttpResponse;
use askama::Template;

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/how", &NOTHING, show);
}

/// A dimension of the rubric with its weight.
struct Weight {
    name: String,
    items: String,
    points: String,
}

/// One programme.
struct Way {
    key: String,
    view: ProgrammeView,
    weights: Vec<Weight>,
    scoring: Vec<String>,
    selection: Vec<String>,
}

#[derive(Template)]
#[template(path = "how/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    ways: Vec<Way>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "how-title");
    let env = &visit.app.env;
    let selections = env.programmes.iter().filter(|programme| programme.kind == ProgrammeKind::Selection);
    let ways = selections
        .map(|programme| Way {
            key: programme.key.clone(),
            view: ProgrammeView::new(&page, programme, &env.reference, None),
            weights: weights(&page, programme),
            scoring: scoring(&page, programme),
            selection: selection(&page, programme),
        })
        .collect();
    ok(&ShowPage { page, ways })
}

/// Hundredths of a point as people write them.
fn points(hundredths: i64) -> String {
    Points::from_hundredths(i32::try_from(hundredths).unwrap_or(i32::MAX)).to_string()
}

fn weights(page: &Page, programme: &Programme) -> Vec<Weight> {
    let dimensions = programme.rubric.iter().flat_map(|rubric| &rubric.dimensions);
    let weight = |dimension: &crate::domain::rubric::Dimension| {
        let names: Vec<&str> = dimension.items.iter().map(|item| item.names.in_language(page.lang())).collect();
        Weight {
            name: dimension.names.in_language(page.lang()).into(),
            items: names.join(&page.t("list-comma")),
            points: points(dimension.max_hundredths()),
        }
    };
    dimensions.map(weight).collect()
}

/// How experts score, as the programme says.
pub(super) fn scoring(page: &Page, programme: &Programme) -> Vec<String> {
    let Some(review) = &programme.review else { return Vec::new() };
    let mut rules = vec![
        page.t1("call-review-experts", "experts", review.experts_per_application),
        page.t1("how-min-sheets", "count", review.min_sheets),
        page.t1("how-trim", "count", review.trim_from),
    ];
    // Where nothing is talked over, a wide spread has no consequence.
    rules.extend(review.discussion.then(|| page.t1("how-spread", "points", review.max_spread)));
    rules.extend([page.t("how-blind"), page.t("how-recusal")]);
    rules
}

/// Who is selected, as the programme says.
pub(super) fn selection(page: &Page, programme: &Programme) -> Vec<String> {
    let rules = &programme.decision;
    let mark = rules.pass_mark.map(|mark| page.t1("how-pass-mark", "points", mark));
    let places = rules.places.map(|places| page.t1("how-places", "count", places));
    mark.into_iter().chain(places).chain([page.t("how-two-people")]).collect()
}

impl Way {
    fn stations(&self) -> &[StationView] {
        &self.view.stations
    }
}
