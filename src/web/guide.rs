//! The guides: one for each role, the rules of every station, the glossary. What they say of states, acts and
//! conditions is read out of the procedure's table and the programmes' files; only what ties it together stands in the
//! locale files.

mod glossary;
mod roles;
mod terms;

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::prepared::NOTHING;
use super::routes::Routes;
use super::station_rules::{StopView, brought, condition, joint_alone, of_stops};
use crate::domain::actor::Actor;
use crate::domain::procedure::{Action, PROCEDURE, State, Transition};
use crate::domain::programme::{Programme, ProgrammeKind};
use crate::domain::station_rules::{Allowed, StopRules};
use crate::error::Error;
use actix_web::HttpResponse;
use askama::Template;
use roles::{GUIDES, Guide};
use terms::{Piece, Terms};

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/guide", &NOTHING, index);
    routes.prepared("/guide/glossary", &NOTHING, glossary::show);
    routes.prepared("/guide/stations", &NOTHING, stations);
    for guide in GUIDES {
        routes.prepared(guide.path, &NOTHING, show);
    }
}

/// The guides of a person, address and words' key each: of every role held, and the applicants' for whoever holds none.
pub(super) fn of_actor(actor: &Actor) -> Vec<(&'static str, &'static str)> {
    let own = GUIDES.iter().filter(|guide| actor.holds_any(guide.roles));
    let own: Vec<_> = own.map(|guide| (guide.path, guide.title)).collect();
    match (own.is_empty(), GUIDES.first()) {
        (true, Some(first)) => vec![(first.path, first.title)],
        _ => own,
    }
}

/// A guide in the list of them all.
struct Entry {
    href: &'static str,
    title: String,
    lead: String,
}

#[derive(Template)]
#[template(path = "guide/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    guides: Vec<Entry>,
}

async fn index(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "guide-title");
    let guides = GUIDES.iter().map(|guide| Entry {
        href: guide.path,
        title: page.t(guide.title),
        lead: page.t_of("guide-lead", guide.who),
    });
    ok(&IndexPage { guides: guides.collect(), page })
}

/// One step of a guide.
struct StepView {
    title: String,
    text: Vec<Piece>,
    /// Where it is done; empty where the address is that of one file or call.
    href: &'static str,
}

/// An act that the table gives to the guide's roles.
struct Act {
    action: String,
    states: String,
    needs: Vec<String>,
    leads: String,
}

/// A kind of selection with the stations at which the guide's roles act.
struct Way {
    name: String,
    stops: Vec<StopView>,
}

#[derive(Template)]
#[template(path = "guide/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    lead: Vec<Piece>,
    steps: Vec<StepView>,
    acts: Vec<Act>,
    ways: Vec<Way>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let found = GUIDES.iter().find(|guide| guide.path == visit.path);
    let guide = found.ok_or_else(|| visit.fail(Error::NotFound))?;
    let page = Page::titled(&visit, guide.title);
    // The first use of a word leads to what it means, whatever page it stands on.
    let mut terms = Terms::new(glossary::words(&page));
    let lead = terms.link(&page.t_of("guide-lead", guide.who));
    let mut steps = Vec::new();
    for step in guide.steps {
        steps.push(StepView {
            title: page.t_of("guide-step", step.key),
            text: terms.link(&page.t_of("guide-step", format!("{}-text", step.key))),
            href: if step.at.contains('{') { "" } else { step.at },
        });
    }
    let ways = selections(&visit).map(|programme| Way {
        name: programme.names.in_language(page.lang()).into(),
        stops: stops_of(&page, guide, programme),
    });
    let ways = ways.filter(|way| !way.stops.is_empty()).collect();
    ok(&ShowPage { lead, steps, acts: acts(&page, guide), ways, page })
}

/// The kinds of selection that take applications.
fn selections(visit: &Visit) -> impl Iterator<Item = &Programme> {
    let programmes = visit.app.env.programmes.iter();
    programmes.filter(|programme| programme.kind == ProgrammeKind::Selection)
}

/// Whether a row is one of the guide's roles'.
fn is_of(row: &Transition, guide: &Guide) -> bool {
    row.roles.iter().any(|role| guide.roles.contains(role))
}

/// What the table lets the guide's roles do, in its order. Where the kind of selection alone decides where an act leads,
/// it is one line.
fn acts(page: &Page, guide: &Guide) -> Vec<Act> {
    let mut told: Vec<(&Transition, Vec<State>)> = Vec::new();
    for row in PROCEDURE.iter().filter(|row| is_of(row, guide)) {
        let same = |one: &Transition| {
            (one.action, one.from, one.guards, one.carries) == (row.action, row.from, row.guards, row.carries)
        };
        match told.iter_mut().find(|(one, _)| same(one)) {
            Some((_, leads)) => leads.extend(row.to.filter(|to| !leads.contains(to))),
            None => told.push((row, row.to.into_iter().collect())),
        }
    }
    let act = |(row, leads): (&Transition, Vec<State>)| {
        let states: Vec<String> = row.from.iter().map(|state| page.t_of("state", state)).collect();
        let conditions = row.guards.iter().map(|guard| condition(page, *guard));
        let leads: Vec<String> = leads.into_iter().map(|state| page.t_of("state", state)).collect();
        Act {
            action: page.t_of("action", row.action),
            states: page.list(&states),
            needs: joint_alone(page, row.action)
                .into_iter()
                .chain(conditions)
                .chain(row.carries.iter().map(|carried| brought(page, *carried)))
                .collect(),
            leads: match leads.as_slice() {
                [] => page.t("rule-stays"),
                [state] => page.t1("rule-leads", "state", state),
                several => page.t1("rule-leads-by-way", "states", page.list(several)),
            },
        }
    };
    told.into_iter().map(act).collect()
}

/// The stations of a programme at which the guide's roles act, with their rules.
fn stops_of(page: &Page, guide: &Guide, programme: &Programme) -> Vec<StopView> {
    // A file can be taken back nearly everywhere: that makes no stop the applicant's.
    let is_own = |allowed: &Allowed| {
        allowed.action != Action::Withdraw && allowed.roles.iter().any(|role| guide.roles.contains(role))
    };
    let acts_at = |stop: &StopRules| guide.stops.contains(&stop.stop) || stop.allowed.iter().any(is_own);
    of_stops(page, programme, acts_at)
}

/// Every kind of selection with all its stations.
struct WholeWay {
    key: String,
    name: String,
    stops: Vec<StopView>,
}

#[derive(Template)]
#[template(path = "guide/stations.html", config = "src/views/askama.toml")]
struct StationsPage {
    page: Page,
    ways: Vec<WholeWay>,
}

async fn stations(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "guide-stations");
    let ways = selections(&visit).map(|programme| WholeWay {
        key: programme.key.clone(),
        name: programme.names.in_language(page.lang()).into(),
        stops: of_stops(&page, programme, |_| true),
    });
    ok(&StationsPage { ways: ways.collect(), page })
}
