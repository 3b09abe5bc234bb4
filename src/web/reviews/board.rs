//! The dashboard of a session: whether it can close, how far everyone is, and the acts of those who organise it.

use super::{call_id, completion};
use crate::actions::draw::panel;
use crate::actions::review::close::Closing;
use crate::actions::review::overview::{
    AssignmentLine, Board, FileLine, Filter, Overview, PanelMember, board, is_owed,
};
use crate::actions::review::plan::field_name;
use crate::actions::review::{self, Seen};
use crate::actions::second_press::Press;
use crate::db;
use crate::db::experts::Expert;
use crate::db::page::Pager;
use crate::domain::assignment::{Other, Why};
use crate::domain::calendar::local_datetime;
use crate::domain::ids::{ApplicationId, AssignmentId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::status::{AssignmentSource, Obstacle, Show, WishKind};
use crate::domain::steps::Offered;
use crate::domain::timeline::Stop;
use crate::error::Error;
use crate::web::access::{Submitted, Visit};
use crate::web::page::{Failure, Page, can_be_mended, html, ok, see_other};
use crate::web::paging::{PagerView, number_if_any, pager_of};
use crate::web::routes::{Access, Routes};
use crate::web::second_press::again;
use crate::web::station_rules::{StopView, of_stop};
use crate::words::Words;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Duration, NaiveDate};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const ORGANISERS: Access = Access::Roles(review::ORGANISERS);
    routes.get("/reviews/{call}", Access::Roles(review::ONLOOKERS), show);
    routes.post("/reviews/{call}/opening", ORGANISERS, open);
    routes.post("/reviews/{call}/completion/preview", ORGANISERS, completion::preview);
    routes.post("/reviews/{call}/completion", ORGANISERS, completion::complete);
    routes.post("/reviews/{call}/closing", ORGANISERS, close);
}

/// Which applications are shown.
#[derive(Debug, Default, Deserialize)]
struct ShowQuery {
    show: Option<String>,
    q: Option<String>,
    expert: Option<String>,
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

impl ShowQuery {
    fn filter(&self) -> Filter {
        Filter {
            show: self.show.as_deref().and_then(Show::from_text),
            q: self.q.as_deref().unwrap_or_default().trim().to_string(),
            expert: self.expert.as_deref().and_then(ExpertId::from_text),
        }
    }
}

/// What can be undone, ready to be shown.
struct UndoLine {
    id: String,
    title: String,
    at: String,
}

/// A wish, ready to be shown.
struct WishLine {
    application: ApplicationId,
    expert: ExpertId,
    pin: bool,
    organisation: String,
    name: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "reviews/show.html", config = "src/views/askama.toml")]
pub(super) struct ShowPage {
    page: Page,
    board: Board,
    filter: Filter,
    shows: Vec<(String, String)>,
    pager: PagerView,
    /// For the date field.
    due: String,
    floor: i64,
    /// Sheets submitted, and assignments of those charged now.
    submitted: usize,
    live: usize,
    undeclared: usize,
    late: usize,
    short: usize,
    obstacles: Vec<String>,
    /// A reason is all that is lacking.
    reason_suffices: bool,
    /// What the closing rests on, counted.
    closing: String,
    wishes: Vec<WishLine>,
    undo: Vec<UndoLine>,
    /// Fields of knowledge in words.
    fields: BTreeMap<String, String>,
    names: BTreeMap<ExpertId, String>,
    /// Whether the panel comes from a draw.
    drawn: bool,
    /// Why nothing is planned as long as a draw is not settled; empty if that does not stand in the way.
    held: String,
    /// Whose term ends before the sheets are due, a sentence each.
    ending: Vec<String>,
}

/// Whose term ends too early, in words.
pub(super) fn ending_term(page: &Page, name: &str, last_day: &NaiveDate, count: usize) -> String {
    let args = [("name", name.to_string()), ("day", page.day(last_day)), ("count", count.to_string())];
    Words.say_with(page.lang(), "review-ending-line", args)
}

impl ShowPage {
    /// What holds at this station.
    fn rules(&self) -> Option<StopView> {
        let programme = &self.board.overview.call.programme.0;
        of_stop(&self.page, programme, &programme.stations, Stop::Review)
    }

    /// Whether something of an open session can be done at all.
    fn acts(&self) -> bool {
        self.is("open") && !self.board.overview.actions.is_empty()
    }

    fn is(&self, status: &str) -> bool {
        self.board.overview.session.as_ref().map_or("none", |session| session.status.as_text()) == status
    }

    /// When the scoring was ended, if it was.
    fn scoring_ended(&self) -> Option<chrono::NaiveDateTime> {
        self.board.overview.session.as_ref().and_then(|session| session.scoring_ended_at)
    }

    fn version(&self) -> i32 {
        self.board.overview.session.as_ref().map_or(0, |session| session.version)
    }

    fn shown(&self) -> &str {
        self.filter.show.as_ref().map_or("", Show::as_text)
    }

    fn of_expert(&self) -> String {
        self.filter.expert.map(|expert| expert.to_string()).unwrap_or_default()
    }

    fn ended(&self, line: &AssignmentLine) -> bool {
        !line.assignment.is_live()
    }

    /// The standing of an assignment in one word, and its tone.
    fn standing(&self, line: &AssignmentLine) -> (&'static str, String) {
        let live = line.assignment.is_live();
        let overview = &self.board.overview;
        let late = overview.overdue && is_owed(line, overview.session.as_ref());
        let tone = match (line.submitted, late, live) {
            (true, _, _) => "good",
            (_, true, _) => "bad",
            (_, _, true) => "waiting",
            _ => "neutral",
        };
        let words = if line.submitted {
            self.page.t("review-sheet-submitted")
        } else if line.begun {
            self.page.t_of("sheet-status", "draft")
        } else if live && line.assignment.declared_at.is_some() {
            self.page.t("review-sheet-not-begun")
        } else {
            self.page.t_of("assignment-status", line.assignment.status)
        };
        (tone, words)
    }

    /// Why somebody is charged with it now; what was said of an assignment that ended holds no more.
    fn why(&self, line: &AssignmentLine) -> Option<&Why> {
        self.board.why.get(&line.assignment.id).filter(|why| why.load > 0 && line.assignment.is_live())
    }

    fn is_explained(&self, file: &FileLine) -> bool {
        file.lines.iter().any(|line| self.why(line).is_some())
    }

    /// Who came next, once for a file: every assignment of a plan says the same. Whoever has joined since is left out.
    fn others<'a>(&'a self, file: &FileLine) -> Vec<&'a Other> {
        let planned = file.lines.iter().filter(|line| line.assignment.source != AssignmentSource::Reserve);
        let first = planned.filter_map(|line| self.why(line)).next();
        let others = first.map(|why| why.others.as_slice()).unwrap_or_default();
        let is_charged = |expert: ExpertId| {
            file.lines.iter().any(|line| line.assignment.is_live() && line.assignment.expert_id == expert)
        };
        others.iter().filter(|other| !is_charged(other.expert)).collect()
    }

    /// The reserves who were asked before somebody stepped in.
    fn passed_over<'a>(&self, line: &AssignmentLine, why: &'a Why) -> &'a [Other] {
        if line.assignment.source == AssignmentSource::Reserve { &why.others } else { &[] }
    }

    /// For whom somebody stepped in, and as which of the reserves.
    fn stepped_in(&self, line: &AssignmentLine, why: &Why) -> String {
        if line.assignment.source != AssignmentSource::Reserve {
            return String::new();
        }
        let whom = match &why.instead_of {
            Some(gone) => self.page.t1("review-why-instead", "name", self.name(gone)),
            None => self.page.t("review-why-vacant"),
        };
        let how = match why.turn {
            Some(turn) => self.page.t1("review-why-turn", "turn", turn),
            None => self.page.t("review-why-of-panel"),
        };
        format!("{whom}{how}")
    }

    fn chosen_because(&self, line: &AssignmentLine, why: &Why) -> String {
        let key = match (line.assignment.source, why.level) {
            (AssignmentSource::Pin, _) => "review-why-pinned",
            (_, 0) => "review-why-no-field",
            _ => "review-why-field",
        };
        let names = why.fields.iter().map(|key| self.fields.get(key).cloned().unwrap_or_else(|| key.clone()));
        self.page.t2(key, "fields", self.page.list(&names.collect::<Vec<_>>()), "load", why.load)
    }

    fn not_chosen_because(&self, other: &Other) -> String {
        let detail = match other.why.as_str() {
            "excluded" => self.page.t_of("exclusion", &other.detail),
            _ => other.detail.clone(),
        };
        Words.say_with(
            self.page.lang(),
            &format!("review-other-{}", other.why.replace('_', "-")),
            [("load", other.load.to_string()), ("detail", detail)],
        )
    }

    fn name(&self, expert: &ExpertId) -> &str {
        self.names.get(expert).map_or("—", String::as_str)
    }

    fn chosen(&self) -> Vec<&PanelMember> {
        self.board.overview.panel.iter().filter(|member| member.chosen || member.load > 0).collect()
    }

    /// What ends without a sheet when the scoring is ended: which assignment; whose, of what.
    fn unsubmitted(&self) -> Vec<(AssignmentId, String)> {
        let files = self.board.overview.files.iter().filter(|file| file.state == State::InReview);
        let lines = files.flat_map(|file| file.lines.iter().map(move |line| (file, line)));
        let open = lines.filter(|(_, line)| line.assignment.is_live() && !line.submitted);
        let colon = self.page.marks().colon;
        let named = |(file, line): (&FileLine, &AssignmentLine)| {
            (line.assignment.id, format!("{}{colon}{}", file.organisation, line.expert_name))
        };
        open.map(named).collect()
    }

    /// Who may be named to join: reserves of a draw step in by their turn only.
    fn others_of_pool(&self) -> Vec<&PanelMember> {
        let reserves = self.board.overview.session.as_ref().map(|session| session.reserves.0.as_slice());
        let reserves = reserves.unwrap_or_default();
        let free = self.board.overview.panel.iter().filter(|member| !member.chosen);
        free.filter(|member| !reserves.contains(&member.expert.id)).collect()
    }
}

pub(super) async fn show_page(
    visit: &Visit,
    id: CallId,
    filter: Filter,
    number: Option<i64>,
    page: impl FnOnce(Page) -> Page,
) -> Result<ShowPage, Failure> {
    let actor = visit.actor.clone();
    let wanted = filter.clone();
    let (board, fields, named, drawn) = visit
        .app
        .read(move |tx| {
            let board = board(tx, &actor, id, &wanted, Pager::new(number, None))?;
            let keys = board.why.values().flat_map(|why| why.fields.iter());
            let name =
                |key: &String| (key.clone(), field_name(&tx.env.reference, &tx.env.programmes, key, &actor.language));
            let fields: BTreeMap<String, String> = keys.map(name).collect();
            // Whoever left the pool is on no list of the page.
            let whom = board.why.values().flat_map(|why| why.others.iter().map(|one| one.expert).chain(why.instead_of));
            let whom: BTreeSet<ExpertId> = whom.collect();
            let named = db::experts::of_ids(tx.db, &whom.into_iter().collect::<Vec<_>>())?;
            Ok((board, fields, named, panel::of_call(tx, id)?.is_some()))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    Ok(lay_out(page(Page::new(visit, board.overview.call.title.clone())), visit, board, (fields, named), filter, drawn))
}

fn lay_out(
    page: Page,
    visit: &Visit,
    board: Board,
    (fields, named): (BTreeMap<String, String>, Vec<Expert>),
    filter: Filter,
    drawn: bool,
) -> ShowPage {
    let overview = &board.overview;
    let due = overview.session.as_ref().map_or(visit.now + Duration::days(14), |session| session.due_at);
    let experts = overview.panel.iter().map(|member| &member.expert).chain(&named);
    let names: BTreeMap<ExpertId, String> = experts.map(|expert| (expert.id, expert.name.clone())).collect();
    let organisations: BTreeMap<ApplicationId, &str> =
        overview.files.iter().map(|file| (file.id, file.organisation.as_str())).collect();
    let wishes = overview.session.iter().flat_map(|session| &session.wishes.0).map(|wish| WishLine {
        application: wish.application,
        expert: wish.expert,
        pin: wish.kind == WishKind::Pin,
        organisation: organisations.get(&wish.application).copied().unwrap_or("—").to_string(),
        name: names.get(&wish.expert).cloned().unwrap_or_else(|| "—".into()),
        reason: wish.reason.clone(),
    });
    let wishes = wishes.collect();
    let obstacle = |(obstacle, count): &(Obstacle, i64)| {
        page.t2(&format!("review-obstacle-{obstacle}"), "count", count, "sheets", overview.rules.min_sheets)
    };
    let undo = board.undoable.iter().map(|set| UndoLine {
        id: set.id.to_string(),
        title: page.t_of("review-undo", set.kind),
        at: page.at(&set.applied_at),
    });
    let expert = filter.expert.map(|expert| expert.to_string()).unwrap_or_default();
    let shown = filter.show.map_or("", |show| show.as_text());
    let path = format!("/reviews/{}", overview.call.id);
    ShowPage {
        pager: pager_of(&page, &board.files, &path, &[("show", shown), ("q", &filter.q), ("expert", &expert)]),
        shows: Show::ALL.iter().map(|show| (show.to_string(), page.t_of("review-show", show))).collect(),
        due: local_datetime(due).format("%Y-%m-%dT%H:%M").to_string(),
        floor: overview
            .session
            .as_ref()
            .map_or(i64::from(overview.rules.load_floor), |session| i64::from(session.load_floor)),
        submitted: overview.files.iter().map(|file| file.submitted).sum(),
        live: overview.files.iter().map(|file| file.live).sum(),
        undeclared: overview.panel.iter().map(|member| member.undeclared).sum(),
        late: overview.panel.iter().filter(|member| member.late).count(),
        short: overview.files.iter().filter(|file| file.short).count(),
        obstacles: overview.obstacles.iter().map(obstacle).collect(),
        reason_suffices: overview.obstacles.iter().all(|(obstacle, _)| obstacle.yields_to_a_reason()),
        closing: closing_words(&page, overview),
        undo: undo.collect(),
        ending: overview
            .panel
            .iter()
            .filter_map(|member| {
                let left = member.load.saturating_sub(member.submitted);
                Some(ending_term(&page, &member.expert.name, member.term_ends_on.as_ref()?, left))
            })
            .collect(),
        wishes,
        names,
        drawn,
        held: overview.held.as_ref().map(|refusal| Words.refusal(page.lang(), refusal)).unwrap_or_default(),
        fields,
        filter,
        page,
        board,
    }
}

/// What the closing rests on, for its confirmation.
fn closing_words(page: &Page, overview: &Overview) -> String {
    let files = overview.files.iter().filter(|file| file.state == State::InReview);
    let (files, sheets) = files.fold((0, 0), |(files, sheets), file| (files + 1, sheets + file.submitted));
    let after = overview.after;
    let mut parts = vec![page.t2("review-close-counts", "files", files, "sheets", sheets)];
    // What there is none of is not spoken of.
    let more = [
        ("review-close-discussions", after.discussions),
        ("review-close-explanations", after.explanations),
        ("review-close-extra", after.extra),
    ];
    parts.extend(more.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| page.t1(key, "count", count)));
    format!("{}{}", parts.join(page.marks().comma), page.marks().stop)
}

async fn show(visit: Visit, call: web::Path<String>, query: web::Query<ShowQuery>) -> Result<HttpResponse, Failure> {
    let id = call_id(&visit, &call)?;
    ok(&show_page(&visit, id, query.filter(), query.page, |page| page).await?)
}

/// Sends the browser back to the session's page, or shows that page with what was not accepted.
pub(super) async fn answer<T>(
    form: &Submitted,
    id: CallId,
    done: Result<T, Error>,
    key: &str,
) -> Result<HttpResponse, Failure> {
    match done {
        Ok(_) => Ok(see_other(format!("/reviews/{id}"), key)),
        Err(error) if can_be_mended(&error) => {
            let page = |page: Page| page.after(&error, &form.pairs);
            html(error.status(), &show_page(&form.visit, id, Filter::default(), None, page).await?)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}

pub(super) fn experts(form: &Submitted) -> Result<Vec<ExpertId>, Error> {
    let ids = form.all("experts").into_iter().map(|text| ExpertId::from_text(&text));
    ids.collect::<Option<Vec<_>>>().ok_or_else(|| Error::field("experts", "review_expert_not_active"))
}

async fn open(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let done = match form.number("version") {
        Ok(version) => form.visit.app.write(move |tx| review::open::open(tx, &actor, id, &Seen { version })).await,
        Err(error) => Err(error),
    };
    let press = form.number("version").ok().map(|version| Press::Opening(id, version));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/reviews/{id}"), &key));
    }
    answer(&form, id, done, "review-opened").await
}

async fn close(form: Submitted, call: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = call_id(&form.visit, &call)?;
    let actor = form.visit.actor.clone();
    let reason = form.text("reason");
    let done = match form.number("version") {
        Ok(version) => {
            form.visit.app.write(move |tx| review::close::close(tx, &actor, id, &Closing { version, reason })).await
        }
        Err(error) => Err(error),
    };
    if done.is_ok() {
        return Ok(see_other(format!("/decisions/{id}"), "review-closed"));
    }
    let press = form.number("version").ok().map(|version| Press::Closing(id, version));
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(format!("/decisions/{id}"), &key));
    }
    answer(&form, id, done, "review-closed").await
}
