//! Members afterwards: the officers' list, one membership with its history and what may be done with it, and the same page for the
//! organisation's own people.

use super::access::{Submitted, Visit};
use super::events::words as recorded;
use super::lists::category_label;
use super::page::{Failure, Labels, Page, can_be_mended, html, ok, see_other};
use super::paging::{PagerView, page_or_last, pager_of};
use super::pool::typed::city_name;
use super::routes::{Access, Routes};
use crate::actions::membership::accept_withdrawal::accept_withdrawal;
use crate::actions::membership::approve::approve;
use crate::actions::membership::ask_withdrawal::ask_withdrawal;
use crate::actions::membership::decline_withdrawal::decline_withdrawal;
use crate::actions::membership::lift_warning::lift_warning;
use crate::actions::membership::propose_bar::{BarProposal, propose_bar};
use crate::actions::membership::propose_revocation::{RevocationProposal, propose_revocation};
use crate::actions::membership::rename::{Renaming, rename};
use crate::actions::membership::send_back::send_back;
use crate::actions::membership::view::{self, MembershipFile, MembershipLine, MembershipStep, WaitingProposal};
use crate::actions::membership::warn::{MembershipWarning, warn};
use crate::actions::membership::{MembershipReason, READERS};
use crate::actions::{Seen, Tx};
use crate::db::memberships::Filter;
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::ids::MembershipId;
use crate::domain::membership::StandingOnDate;
use crate::domain::steps::Offered;
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

const HANDLER: Access = Access::Roles(&[Role::Handler]);
const APPROVER: Access = Access::Roles(&[Role::Approver]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/memberships", Access::Roles(READERS), index);
    routes.get("/memberships/{id}", Access::SignedIn, show);
    routes.post("/memberships/{id}/warning", HANDLER, post_warning);
    routes.post("/memberships/{id}/warning/end", HANDLER, post_mended);
    routes.post("/memberships/{id}/revocation", HANDLER, post_revocation);
    routes.post("/memberships/{id}/bar", HANDLER, post_bar);
    routes.post("/memberships/{id}/proposal/approval", APPROVER, post_approval);
    routes.post("/memberships/{id}/proposal/return", APPROVER, post_return);
    routes.post("/memberships/{id}/withdrawal", Access::Roles(&[Role::VendorAdmin]), post_withdrawal);
    routes.post("/memberships/{id}/withdrawal/acceptance", HANDLER, post_acceptance);
    routes.post("/memberships/{id}/withdrawal/refusal", HANDLER, post_refusal);
    routes.post("/memberships/{id}/name", HANDLER, post_name);
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, Deserialize)]
struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    standing: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    city: String,
    #[serde(default)]
    waiting: String,
    #[serde(default)]
    page: String,
}

/// The tone of a standing.
pub(super) fn tone(standing: &StandingOnDate) -> &'static str {
    match standing {
        StandingOnDate::Active => "good",
        StandingOnDate::Warned => "attention",
        StandingOnDate::Expired | StandingOnDate::Withdrew => "neutral",
        StandingOnDate::Revoked | StandingOnDate::Barred => "bad",
    }
}

/// A day in words; empty for none.
fn told(day: Option<NaiveDate>) -> String {
    day.map(local_date_text).unwrap_or_default()
}

/// A member in words.
struct Row {
    id: MembershipId,
    organisation: String,
    credit_code: String,
    category: String,
    city: String,
    from: String,
    to: String,
    standing: StandingOnDate,
    /// Empty but under a warning.
    mend_by: String,
    /// What waits for a decision; empty for nothing.
    waiting: String,
}

impl Row {
    fn of(visit: &Visit, page: &Page, line: MembershipLine) -> Row {
        let env = &visit.app.env;
        Row {
            category: category_label(env, &line.category, page.lang()),
            city: line.city.as_deref().map(|code| city_name(env, code, page.lang())).unwrap_or_default(),
            from: local_date_text(line.valid_from),
            to: local_date_text(line.valid_to),
            mend_by: told(line.mend_by),
            waiting: line.waiting.map(|kind| page.t_of("membership-proposal", kind)).unwrap_or_default(),
            id: line.id,
            organisation: line.organisation,
            credit_code: line.credit_code,
            standing: line.standing,
        }
    }
}

#[derive(Template)]
#[template(path = "memberships/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    rows: Vec<Row>,
    query: Query,
    standings: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    cities: Vec<(String, String)>,
    waitings: Vec<(String, String)>,
    paging: PagerView,
}

async fn index(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failure> {
    let query = query.into_inner();
    let given = |text: &str| Some(text.trim().to_string()).filter(|text| !text.is_empty());
    let filter = Filter {
        search: given(&query.q),
        standing: StandingOnDate::from_text(&query.standing),
        category: given(&query.category),
        city: given(&query.city),
        waiting: query.waiting == "true",
    };
    let (actor, pager) = (visit.actor.clone(), Pager::new(query.page.parse().ok(), None));
    let read = visit.app.read(move |tx| page_or_last(pager, |pager| view::index(tx, &actor, &filter, pager)));
    let found = read.await.map_err(|e| visit.fail(e))?;
    let page = Page::titled(&visit, "memberships-title");
    let parts = [
        ("q", query.q.as_str()),
        ("standing", &query.standing),
        ("category", &query.category),
        ("city", &query.city),
        ("waiting", &query.waiting),
    ];
    let paging = pager_of(&page, &found, "/memberships", &parts);
    let env = &visit.app.env;
    let mut categories: Vec<(String, String)> = Vec::new();
    for programme in &env.programmes {
        let key = &programme.category.key;
        if categories.iter().all(|(known, _)| known != key) {
            categories.push((key.clone(), category_label(env, key, page.lang())));
        }
    }
    let rows: Vec<Row> = found.items.into_iter().map(|line| Row::of(&visit, &page, line)).collect();
    ok(&IndexPage {
        standings: StandingOnDate::ALL.iter().map(|s| (s.to_string(), page.t_of("standing", s))).collect(),
        cities: env
            .reference
            .cities
            .iter()
            .map(|city| (city.code.clone(), city_name(env, &city.code, page.lang())))
            .collect(),
        waitings: vec![("true".into(), page.t("memberships-waiting-only"))],
        categories,
        rows,
        query,
        paging,
        page,
    })
}

/// A step of the history in words.
struct Step {
    title: String,
    states: String,
    at: String,
    /// Whoever acted, by name or by role.
    by: String,
    reason: String,
    /// What else the record says of it: what, and its value.
    facts: Vec<(String, String)>,
}

impl Step {
    fn of(page: &Page, step: &MembershipStep) -> Step {
        let role = if step.role.is_empty() { String::new() } else { page.t_of("role", &step.role) };
        let facts = [
            ("membership-basis", step.basis.clone().unwrap_or_default()),
            ("membership-mend-by", page.dated(&told(step.mend_by))),
            ("membership-barred-until", page.dated(&told(step.barred_until))),
            ("membership-new-name", step.name.clone().unwrap_or_default()),
            ("membership-evidence", step.evidence.clone().unwrap_or_default()),
        ];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
        Step {
            title: recorded::action(page, &step.action),
            states: recorded::states(page, "membership", step.from.as_deref(), step.to.as_deref()),
            at: page.at(&step.at.naive_utc()),
            by: step.by.clone().unwrap_or(role),
            reason: step.reason.clone().unwrap_or_default(),
            facts: facts.map(|(key, value)| (page.t(key), value)).collect(),
        }
    }
}

/// What waits for a decision, in words.
struct Waiting {
    kind: String,
    reason: String,
    basis: String,
    barred_until: String,
    by: String,
    at: String,
}

impl Waiting {
    fn of(page: &Page, proposal: &WaitingProposal) -> Waiting {
        Waiting {
            kind: page.t_of("membership-proposal", proposal.kind),
            reason: proposal.reason.clone(),
            basis: proposal.basis.clone(),
            barred_until: told(proposal.barred_until),
            by: proposal.proposed_by.clone(),
            at: page.at(&proposal.proposed_at.naive_utc()),
        }
    }
}

/// What the fields of the acts on a membership are called.
const LABELS: Labels = &[
    ("reason", "membership-reason"),
    ("basis", "membership-basis"),
    ("mend_by", "membership-mend-by"),
    ("barred_until", "membership-barred-until"),
    ("name", "membership-new-name"),
    ("evidence", "membership-evidence"),
];

#[derive(Template)]
#[template(path = "memberships/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    file: MembershipFile,
    category: String,
    city: String,
    from: String,
    to: String,
    mend_by: String,
    /// Whether the date to mend by has passed.
    overdue: bool,
    barred_until: String,
    waiting: Option<Waiting>,
    history: Vec<Step>,
    officer: bool,
}

async fn load(visit: &Visit, id: MembershipId, error: Option<(&Error, &Submitted)>) -> Result<ShowPage, Failure> {
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| view::show(tx, &actor, id));
    let file = read.await.map_err(|e| visit.fail(e))?;
    let mut page = Page::new(visit, file.organisation.clone()).naming(LABELS);
    if let Some((error, form)) = error {
        page = page.after(error, &form.pairs);
    }
    let env = &visit.app.env;
    Ok(ShowPage {
        category: category_label(env, &file.category, page.lang()),
        city: file.city.as_deref().map(|code| city_name(env, code, page.lang())).unwrap_or_default(),
        from: local_date_text(file.valid_from),
        to: local_date_text(file.valid_to),
        mend_by: told(file.mend_by),
        overdue: file.mend_by.is_some_and(|mend_by| mend_by < local_date(visit.now)),
        barred_until: told(file.barred_until),
        waiting: file.waiting.as_ref().map(|proposal| Waiting::of(&page, proposal)),
        history: file.history.iter().map(|step| Step::of(&page, step)).collect(),
        officer: visit.actor.holds_any(READERS),
        file,
        page,
    })
}

fn id_of(visit: &Visit, text: &str) -> Result<MembershipId, Failure> {
    MembershipId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    ok(&load(&visit, id, None).await?)
}

/// Carries an act out and goes back to the page of the membership, with what was done or why not.
async fn act<I: Send + 'static>(
    form: Submitted,
    id: &str,
    input: impl FnOnce(&Submitted, i32) -> I,
    work: fn(&mut Tx<'_>, &Actor, MembershipId, &I) -> Result<(), Error>,
    done: &str,
) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, id)?;
    let actor = visit.actor.clone();
    let result = match form.number("version") {
        Ok(version) => {
            let input = input(&form, version);
            visit.app.write(move |tx| work(tx, &actor, id, &input)).await
        }
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => Ok(see_other(format!("/memberships/{id}"), done)),
        Err(error) if can_be_mended(&error) => html(error.status(), &load(visit, id, Some((&error, &form))).await?),
        Err(error) => Err(visit.fail(error)),
    }
}

fn seen(_: &Submitted, version: i32) -> Seen {
    Seen { version }
}

fn reason(form: &Submitted, version: i32) -> MembershipReason {
    MembershipReason { version, reason: form.text("reason") }
}

/// How the input of an act is read: each of its texts from the field of the same name.
macro_rules! typed {
    ($input:ident { $($field:ident),* }) => {
        |form: &Submitted, version| $input { version, $($field: form.text(stringify!($field)),)* }
    };
}

async fn post_warning(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let input = typed!(MembershipWarning { reason, basis, mend_by });
    act(form, &id, input, warn, "membership-warned").await
}

async fn post_mended(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    act(form, &id, reason, lift_warning, "membership-corrected").await
}

async fn post_revocation(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let input = typed!(RevocationProposal { reason, basis, barred_until });
    act(form, &id, input, propose_revocation, "membership-proposed").await
}

async fn post_bar(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let input = typed!(BarProposal { reason, basis, barred_until });
    act(form, &id, input, propose_bar, "membership-proposed").await
}

async fn post_approval(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    act(form, &id, seen, approve, "membership-approved").await
}

async fn post_return(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    act(form, &id, reason, send_back, "membership-returned").await
}

async fn post_withdrawal(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    act(form, &id, reason, ask_withdrawal, "membership-withdrawal-asked").await
}

async fn post_acceptance(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    act(form, &id, seen, accept_withdrawal, "membership-withdrew").await
}

async fn post_refusal(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    act(form, &id, reason, decline_withdrawal, "membership-withdrawal-declined").await
}

async fn post_name(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let input = typed!(Renaming { name, evidence });
    act(form, &id, input, rename, "membership-renamed").await
}
