//! An organisation's own page, for its people and for those who have none yet.

use super::super::access::{Submitted, Visit, session_cookie};
use super::super::lists::category_label;
use super::super::memberships::tone;
use super::super::page::{Failure, Labels, Page, can_be_mended, html, ok, see_other};
use super::super::routes::{Access, Routes};
use super::AdminTermView;
use super::licence::upload_licence;
use crate::actions::Tx;
use crate::actions::membership::view::of_organisation;
use crate::actions::organisations::{self, Contact, Household, Joining, LICENCE_BYTES, Registration};
use crate::actions::sessions::go_on;
use crate::db;
use crate::db::join_requests::JoinRequest;
use crate::db::memberships::Membership;
use crate::domain::actor::Role;
use crate::domain::calendar::local_date_text;
use crate::domain::ids::{AccountId, JoinRequestId, OrganisationId};
use crate::domain::membership::StandingOnDate;
use crate::domain::plain_text::TEXT_MISSING;
use crate::domain::reference::{AreaName, City, County};
use crate::domain::status::{CodeCheck, JoinStatus};
use crate::domain::steps::{Offered, OrganisationAction};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;

const VENDOR: Access = Access::Roles(&[Role::VendorAdmin, Role::VendorMember]);
const ADMIN: Access = Access::Roles(&[Role::VendorAdmin]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/organisation", Access::SignedIn, show);
    routes.get("/organisations/new", Access::SignedIn, new);
    routes.post("/organisations", Access::SignedIn, create);
    routes.post("/organisation/join-requests", Access::SignedIn, join);
    routes.post("/organisation/join-requests/{id}/decision", ADMIN, decide);
    routes.post("/organisation/contact", ADMIN, update);
    routes.post("/organisation/members/{id}/role", ADMIN, set_role);
    routes.post("/organisation/members/{id}/removal", ADMIN, remove);
    routes.post("/organisation/licence", VENDOR, upload_licence);
}

/// What the fields of a registration are called.
const REGISTRATION: Labels = &[
    ("credit_code", "credit-code"),
    ("name", "organisation-name"),
    ("registered_area", "organisation-area"),
    ("main_service_city", "organisation-city"),
    ("established_on", "organisation-established"),
    ("address", "organisation-address"),
    ("contact_name", "organisation-contact-name"),
    ("contact_phone", "organisation-contact-phone"),
];
/// The same of the forms on the organisation's own page, and on that of somebody who has none.
const OWN: Labels = &[
    ("address", "organisation-address"),
    ("contact_name", "organisation-contact-name"),
    ("contact_phone", "organisation-contact-phone"),
    ("ends_on", "account-role-ends-on"),
    ("licence", "licence-title"),
    ("credit_code", "credit-code"),
    ("message", "organisation-join-message"),
];

/// One choice of a select: value and label.
type Choice = (String, String);

#[derive(Template)]
#[template(path = "organisations/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
    areas: Vec<Choice>,
    cities: Vec<Choice>,
    /// The code of an organisation that is registered: joining it is offered.
    registered: String,
}

#[derive(Template)]
#[template(path = "organisations/none.html", config = "src/views/askama.toml")]
struct NonePage {
    page: Page,
    /// That the reader's role as an administrator has ended.
    term: Option<AdminTermView>,
    requests: Vec<(JoinRequest, String)>,
}

#[derive(Template)]
#[template(path = "organisations/own.html", config = "src/views/askama.toml")]
struct OwnPage {
    page: Page,
    home: Household,
    area: AreaName,
    city: String,
    established: String,
    /// The code is of another place than the one registered.
    elsewhere: bool,
    admin: bool,
    may_provide_licence: bool,
    role_days: i64,
    /// The same of an administrator's.
    admin_days: i64,
    /// Nobody administers it any more.
    without_admin: bool,
    me: String,
    held: Vec<HeldView>,
}

/// A membership of the organisation in words.
struct HeldView {
    id: String,
    category: String,
    from: String,
    to: String,
    standing: StandingOnDate,
    tone: &'static str,
}

impl HeldView {
    fn of(visit: &Visit, held: Membership, standing: StandingOnDate) -> HeldView {
        HeldView {
            id: held.id.to_string(),
            category: category_label(&visit.app.env, &held.category, &visit.actor.language),
            from: local_date_text(held.valid_from),
            to: local_date_text(held.valid_to),
            tone: tone(&standing),
            standing,
        }
    }
}

/// What the choice of a place from outside the province sends; nothing chosen sends nothing.
pub(super) const OUTSIDE: &str = "outside";

/// The place that a form sent: none for nothing chosen, empty for outside the province.
pub(super) fn area_of(form: &Submitted) -> Option<String> {
    match form.text("registered_area") {
        typed if typed.is_empty() => None,
        typed if typed == OUTSIDE => Some(String::new()),
        typed => Some(typed),
    }
}

/// Outside the province, every city, and every county under its city, as choices.
pub(super) fn areas(page: &Page, app: &crate::app::App) -> Vec<Choice> {
    let reference = &app.env.reference;
    let mut choices = vec![(OUTSIDE.to_string(), page.t("organisation-outside"))];
    for city in &reference.cities {
        let counties: Vec<_> = reference.counties_of(&city.code).collect();
        if counties.is_empty() {
            choices.push((city.code.clone(), city.names.in_language(page.lang()).to_string()));
        }
        let name = city.names.in_language(page.lang());
        // A city without counties is its own and only area.
        let full = |county: &County| {
            if county.name == city.name {
                name.to_string()
            } else {
                format!("{name} {}", county.names.in_language(page.lang()))
            }
        };
        choices.extend(counties.iter().map(|county| (county.code.clone(), full(county))));
    }
    choices
}

/// The name of an area with its city; empty outside the province.
pub(super) fn area_name(app: &crate::app::App, code: Option<&str>, language: &str) -> AreaName {
    code.and_then(|code| app.env.reference.area_name(code, language)).unwrap_or_default()
}

/// A day in words; a dash for none.
pub(super) fn date_text(day: Option<chrono::NaiveDate>, page: &Page) -> String {
    day.map_or_else(|| "—".into(), |day| page.day(&day))
}

/// Every city, as choices.
pub(super) fn cities(page: &Page, app: &crate::app::App) -> Vec<Choice> {
    let choice = |city: &City| (city.code.clone(), city.names.in_language(page.lang()).to_string());
    app.env.reference.cities.iter().map(choice).collect()
}

fn new_page(visit: &Visit, page: Page, registered: String) -> NewPage {
    NewPage { areas: areas(&page, &visit.app), cities: cities(&page, &visit.app), registered, page }
}

async fn new(visit: Visit) -> Result<HttpResponse, Failure> {
    if !visit.actor.organisations().is_empty() {
        return Ok(see_other("/organisation", ""));
    }
    ok(&new_page(&visit, Page::titled(&visit, "organisation-new-title"), String::new()))
}

async fn create(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let actor = visit.actor.clone();
    let input = Registration {
        credit_code: form.text("credit_code"),
        name: form.text("name"),
        registered_area: area_of(&form),
        main_service_city: form.text("main_service_city"),
        established_on: form.text("established_on"),
        address: form.text("address"),
        contact_name: form.text("contact_name"),
        contact_phone: form.text("contact_phone"),
    };
    let (session, _) = visit.holder().map_err(|e| visit.fail(e))?;
    let config = visit.app.config.sessions.clone();
    let registered = visit.app.write(move |tx| {
        let organisation = organisations::register(tx, &actor, &input)?;
        Ok((organisation.code_check, go_on(tx, &config, &session)?))
    });
    let registered = registered.await;
    if let Err(error) = &registered
        && error.code() == "already_in_organisation"
        && let Some(check) = did_it_before(&form).await?
    {
        // Pressed twice: the second press leads to what the first one did, and is told the same.
        return Ok(see_other("/organisation", registered_words(check)));
    }
    match registered {
        Ok((check, secret)) => {
            let mut response = see_other("/organisation", registered_words(check));
            response
                .add_cookie(&session_cookie(secret.plain))
                .map_err(|e| visit.fail(Error::Internal(anyhow::anyhow!("cookie: {e}"))))?;
            Ok(response)
        }
        Err(error) if can_be_mended(&error) => {
            let taken = error.code() == "organisation_registered";
            let page = Page::titled(visit, "organisation-new-title").naming(REGISTRATION).after(&error, &form.pairs);
            let registered = if taken { form.text("credit_code") } else { String::new() };
            html(error.status(), &new_page(visit, page, registered))
        }
        Err(error) => Err(visit.fail(error)),
    }
}

/// What is said after a registration.
fn registered_words(check: CodeCheck) -> &'static str {
    if check == CodeCheck::Wrong { "organisation-registered-code-wrong" } else { "organisation-registered" }
}

/// How the code was checked, if the same person has registered this organisation before.
async fn did_it_before(form: &Submitted) -> Result<Option<CodeCheck>, Failure> {
    let visit = &form.visit;
    let (account, code) = (visit.actor.must_be_somebody().map_err(|e| visit.fail(e))?, form.text("credit_code"));
    let found = visit.app.read(move |tx| organisations::is_registered_by(tx, account, &code)).await;
    found.map_err(|e| visit.fail(e))
}

/// The page of the actor's organisation, or of somebody who has none.
pub(super) async fn load(visit: &Visit, error: Option<(&Error, &[(String, String)])>) -> Result<HttpResponse, Failure> {
    let actor = visit.actor.clone();
    let found = visit
        .app
        .read(move |tx| {
            let requests = match actor.account {
                Some(account) => db::join_requests::of_account(tx.db, account)?,
                None => Vec::new(),
            };
            let home = organisations::household(tx, &actor)?;
            let term = if home.is_none() { organisations::admin_term(tx, &actor)? } else { None };
            let held = match &home {
                Some(home) => of_organisation(tx, home.organisation.id)?,
                None => Vec::new(),
            };
            Ok((home, requests, held, term))
        })
        .await;
    let (home, requests, held, term) = found.map_err(|e| visit.fail(e))?;
    let mut page = Page::titled(visit, "nav-organisation").naming(OWN);
    let status = error.map_or(actix_web::http::StatusCode::OK, |(error, _)| error.status());
    if let Some((error, typed)) = error {
        page = page.after(error, typed);
    }
    match home {
        None => {
            let term = term.map(|term| AdminTermView::of(&page, &term));
            html(status, &NonePage { page, term, requests })
        }
        Some(home) => {
            let area = area_name(&visit.app, home.organisation.registered_area.as_deref(), page.lang());
            let city = area_name(&visit.app, home.organisation.main_service_city.as_deref(), page.lang()).city;
            let admin = home.actions.contains(&OrganisationAction::ManageMembers);
            let may_provide_licence = home.actions.contains(&OrganisationAction::ProvideLicence);
            let accounts = &visit.app.config.accounts;
            let (role_days, admin_days) = (accounts.role_days, accounts.organisation_admin_days);
            let without_admin = home.members.iter().all(|colleague| colleague.member.role != Role::VendorAdmin);
            let established = date_text(home.organisation.established_on, &page);
            let registered = home.organisation.registered_area.as_deref();
            let elsewhere = visit.app.env.reference.is_elsewhere(&home.organisation.credit_code, registered);
            html(
                status,
                &OwnPage {
                    page,
                    area,
                    established,
                    elsewhere,
                    city,
                    admin,
                    may_provide_licence,
                    role_days,
                    admin_days,
                    without_admin,
                    me: visit.actor.for_record().to_string(),
                    held: held.into_iter().map(|(held, standing)| HeldView::of(visit, held, standing)).collect(),
                    home,
                },
            )
        }
    }
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    load(&visit, None).await
}

async fn finish(form: &Submitted, done: &str, result: Result<(), Error>) -> Result<HttpResponse, Failure> {
    match result {
        Ok(()) => Ok(see_other("/organisation", done)),
        Err(error) if can_be_mended(&error) => load(&form.visit, Some((&error, &form.pairs))).await,
        Err(error) => Err(form.visit.fail(error)),
    }
}

pub(super) fn own_id(visit: &Visit) -> Result<OrganisationId, Error> {
    visit.actor.organisations().first().copied().ok_or(Error::NotFound)
}

async fn join(form: Submitted) -> Result<HttpResponse, Failure> {
    let actor = form.visit.actor.clone();
    let input = Joining { credit_code: form.text("credit_code"), message: form.text("message") };
    let result = form.visit.app.write(move |tx| organisations::request_to_join(tx, &actor, &input).map(drop)).await;
    finish(&form, "join-requested", result).await
}

async fn decide(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (actor, own) = (visit.actor.clone(), own_id(visit)?);
    let request = JoinRequestId::from_text(&id).ok_or(Error::NotFound)?;
    let (accept, ends_on) = (form.text("accept") == "true", form.text("ends_on"));
    let work = move |tx: &mut Tx<'_>| organisations::decide_join(tx, &actor, own, request, accept, &ends_on);
    let result = visit.app.write(work).await;
    finish(&form, if accept { "join-accepted" } else { "join-declined" }, result).await
}

async fn update(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (actor, own) = (visit.actor.clone(), own_id(visit)?);
    let input = Contact {
        version: form.number("version")?,
        address: form.text("address"),
        contact_name: form.text("contact_name"),
        contact_phone: form.text("contact_phone"),
    };
    let result = visit.app.write(move |tx| organisations::update_contact(tx, &actor, own, &input).map(drop)).await;
    finish(&form, "contact-saved", result).await
}

async fn set_role(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (actor, own) = (visit.actor.clone(), own_id(visit)?);
    let member = AccountId::from_text(&id).ok_or(Error::NotFound)?;
    let (admin, ends_on) = (form.text("admin") == "true", form.text("ends_on"));
    // Of all the forms only the one that renews asks for a day.
    let renews = form.pairs.iter().any(|(name, _)| name == "ends_on");
    if renews && ends_on.is_empty() {
        let error = Error::field("ends_on", TEXT_MISSING);
        return load(visit, Some((&error, &form.pairs))).await;
    }
    let work = move |tx: &mut Tx<'_>| organisations::set_member_role(tx, &actor, own, member, admin, &ends_on);
    let result = visit.app.write(work).await;
    finish(&form, if renews { "member-renewed" } else { "member-role-changed" }, result).await
}

async fn remove(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let (actor, own) = (visit.actor.clone(), own_id(visit)?);
    let member = AccountId::from_text(&id).ok_or(Error::NotFound)?;
    let result = visit.app.write(move |tx| organisations::remove_member(tx, &actor, own, member)).await;
    finish(&form, "member-removed", result).await
}

/// Where a request to join stands, as a tone.
fn join_tone(status: &JoinStatus) -> &'static str {
    match status {
        JoinStatus::Pending => "waiting",
        JoinStatus::Accepted => "good",
        JoinStatus::Declined => "bad",
    }
}
