//! Organisations, their people, and the acceptance of a code.

use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, change, create, query_of, read, special};
use super::problem::Failed;
use crate::actions::Tx;
use crate::actions::correct_organisation::{OrganisationCorrection, correct_organisation};
use crate::actions::held_data::{self, HeldData};
use crate::actions::organisations::{self, Colleague, Contact, Joining, Override, READERS, Registration, Waiting};
use crate::actions::sealed::{open_contact, open_joining};
use crate::db;
use crate::db::join_requests::JoinRequest;
use crate::db::organisations::Organisation;
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, JoinRequestId, OrganisationId};
use crate::domain::mask;
use crate::domain::status::{CodeCheck, JoinStatus};
use crate::domain::steps::{HouseholdAction, JoinAction, OrganisationAction};
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const ADMIN: Access = Access::Roles(&[Role::VendorAdmin]);
const HANDLER: Access = Access::Roles(&[Role::Handler]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/organisations", "list_organisations", "Organisations, newest first.", Access::Roles(READERS), list),
        create(
            "/organisations",
            "register_organisation",
            "Register an organisation; the caller becomes its administrator.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Registration>| {
                let organisation = organisations::register(tx, actor, &asked.input)?;
                // What the caller may do is judged with the role that the registration gave.
                let held = db::sessions::held(tx.db, actor.must_be_somebody()?, tx.now)?;
                OrganisationJson::of(tx, &Actor { held, ..actor.clone() }, organisation)
            },
        ),
        read("/organisations/{id}", "show_organisation", "An organisation.", Access::SignedIn, show),
        change(
            Method::PATCH,
            "/organisations/{id}",
            "change_organisation_contact",
            "Change the contact data.",
            ADMIN,
            |tx, actor, asked: &Asked<Contact>| {
                let id = asked.id(OrganisationId::from_text, "id")?;
                let organisation = organisations::update_contact(tx, actor, id, &asked.input)?;
                OrganisationJson::of(tx, actor, organisation)
            },
        ),
        change(
            Method::POST,
            "/organisations/{id}/code-override",
            "accept_credit_code",
            "Accept a code with a wrong check character, having seen the licence image.",
            HANDLER,
            |tx, actor, asked: &Asked<Override>| {
                let id = asked.id(OrganisationId::from_text, "id")?;
                organisations::override_code(tx, actor, id, &asked.input)?;
                let organisation = organisations::open(tx, id)?;
                OrganisationJson::of(tx, actor, organisation)
            },
        ),
        change(
            Method::POST,
            "/organisations/{id}/correction",
            "correct_organisation",
            "Correct what an organisation was registered with, with a reason.",
            HANDLER,
            |tx, actor, asked: &Asked<OrganisationCorrection>| {
                let id = asked.id(OrganisationId::from_text, "id")?;
                let organisation = correct_organisation(tx, actor, id, &asked.input)?;
                OrganisationJson::of(tx, actor, organisation)
            },
        ),
        special(
            Method::GET,
            StatusCode::OK,
            "/organisations/{id}/data",
            "export_organisation_data",
            "Everything that is held about an organisation, for its administrator. It is recorded.",
            ADMIN,
            Shapes::query::<Nothing, HeldData>(),
            export_data,
        ),
        read(
            "/organisations/{id}/members",
            "list_members",
            "The people of an organisation.",
            Access::SignedIn,
            members,
        ),
        change(
            Method::PATCH,
            "/organisations/{id}/members/{account}",
            "change_member",
            "Make a member an administrator or an administrator a member, or let another person stay what they are until another \
             day.",
            ADMIN,
            |tx, actor, asked: &Asked<MemberChange>| {
                let (id, account) = member_ids(asked)?;
                organisations::set_member_role(tx, actor, id, account, asked.input.admin, &asked.input.ends_on)?;
                household(tx, actor, id)
            },
        ),
        change(
            Method::DELETE,
            "/organisations/{id}/members/{account}",
            "remove_member",
            "Take somebody out of an organisation.",
            ADMIN,
            |tx, actor, asked: &Asked<Nothing>| {
                let (id, account) = member_ids(asked)?;
                organisations::remove_member(tx, actor, id, account)?;
                household(tx, actor, id)
            },
        ),
        create(
            "/join-requests",
            "ask_to_join",
            "Ask to join the organisation of a credit code.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Joining>| {
                let request = organisations::request_to_join(tx, actor, &asked.input)?;
                JoinRequestJson::of(tx, actor, request)
            },
        ),
        read(
            "/join-requests",
            "list_own_join_requests",
            "What one asked to join, newest first.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| {
                let asked = db::join_requests::of_account(tx.db, actor.must_be_somebody()?)?;
                let told: Result<Vec<_>, Error> =
                    asked.into_iter().map(|(request, _)| JoinRequestJson::of(tx, actor, request)).collect();
                Ok(Page::whole(told?))
            },
        ),
        read(
            "/organisations/{id}/join-requests",
            "list_join_requests",
            "Requests to join that wait for a decision.",
            ADMIN,
            join_requests,
        ),
        change(
            Method::POST,
            "/organisations/{id}/join-requests/{request}/decision",
            "decide_join_request",
            "Let somebody in, or not.",
            ADMIN,
            |tx, actor, asked: &Asked<JoinDecision>| {
                let id = asked.id(OrganisationId::from_text, "id")?;
                let request = asked.id(JoinRequestId::from_text, "request")?;
                organisations::decide_join(tx, actor, id, request, asked.input.accept, &asked.input.ends_on)?;
                let decided = db::join_requests::find(tx.db, id, request)?;
                JoinRequestJson::of(tx, actor, decided)
            },
        ),
    ]
}

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationJson {
    /// Id.
    pub id: OrganisationId,
    /// 统一社会信用代码.
    pub credit_code: String,
    /// What is known of its check character.
    pub code_check: CodeCheck,
    /// Name.
    pub name: String,
    /// City or county of registration; none outside the province.
    pub registered_area: Option<String>,
    /// City it mainly serves.
    pub main_service_city: Option<String>,
    /// Day it was established.
    pub established_on: Option<NaiveDate>,
    /// Address.
    pub address: String,
    /// Contact person; in lists the first character alone.
    pub contact_name: String,
    /// Contact telephone; in lists the last two characters alone.
    pub contact_phone: String,
    /// Registered here.
    pub created_at: DateTime<Utc>,
    /// Version.
    pub version: i32,
    /// What the caller may do with it now.
    pub actions: Vec<OrganisationAction>,
}

impl OrganisationJson {
    fn of(tx: &mut Tx<'_>, actor: &Actor, o: Organisation) -> Result<Self, Error> {
        Ok(OrganisationJson {
            actions: organisations::standing(tx, &o)?.available(actor),
            id: o.id,
            credit_code: o.credit_code,
            code_check: o.code_check,
            name: o.name,
            registered_area: o.registered_area,
            main_service_city: o.main_service_city,
            established_on: o.established_on,
            address: o.address,
            contact_name: o.contact_name,
            contact_phone: o.contact_phone,
            created_at: o.created_at.and_utc(),
            version: o.version,
        })
    }
}

/// Somebody who works for an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberJson {
    /// Who.
    pub account_id: AccountId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// `vendor_admin` or `vendor_member`.
    pub role: Role,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Last day of the role.
    pub ends_on: Option<NaiveDate>,
    /// What the caller may do with them now.
    pub actions: Vec<HouseholdAction>,
}

impl From<Colleague> for MemberJson {
    fn from(colleague: Colleague) -> MemberJson {
        let Colleague { member, actions } = colleague;
        MemberJson {
            account_id: member.account,
            name: member.name,
            email: member.email,
            role: member.role,
            since: member.since.and_utc(),
            ends_on: member.ends_on,
            actions,
        }
    }
}

/// A request to join.
#[derive(Debug, Serialize, ToSchema)]
pub struct JoinRequestJson {
    /// Id.
    pub id: JoinRequestId,
    /// Which organisation.
    pub organisation_id: OrganisationId,
    /// Who asks.
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// Their address, by which an administrator knows them.
    pub email: String,
    /// What they say of themselves.
    pub message: String,
    /// Where it stands.
    pub status: JoinStatus,
    /// Asked.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now.
    pub actions: Vec<JoinAction>,
}

impl JoinRequestJson {
    fn of(tx: &mut Tx<'_>, actor: &Actor, request: JoinRequest) -> Result<Self, Error> {
        let asker = db::accounts::find(tx.db, request.account_id)?;
        let actions = organisations::join_standing(tx, &request)?.available(actor);
        let request = open_joining(tx.env, request)?;
        Ok(Waiting { request, name: asker.name, email: asker.email, actions }.into())
    }
}

impl From<Waiting> for JoinRequestJson {
    fn from(Waiting { request, name, email, actions }: Waiting) -> Self {
        JoinRequestJson {
            id: request.id,
            organisation_id: request.organisation_id,
            account_id: request.account_id,
            name,
            email,
            message: request.message,
            status: request.status,
            created_at: request.created_at.and_utc(),
            actions,
        }
    }
}

/// The role of a member.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberChange {
    /// Administrator or not.
    pub admin: bool,
    /// Last day of the role, `YYYY-MM-DD`; empty for the longest term that it may be given for. To let somebody who has the role
    /// already stay so until another day, name it; nobody does that for themselves.
    #[serde(default)]
    pub ends_on: String,
}

/// The word on a request to join.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinDecision {
    /// In or not.
    pub accept: bool,
    /// Last day of the role, `YYYY-MM-DD`; empty for the longest term that a role may be given for.
    #[serde(default)]
    pub ends_on: String,
}

/// Which organisations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct OrganisationQuery {
    /// Part of the name or of the code.
    pub q: Option<String>,
    /// How the code stands.
    pub code_check: Option<CodeCheck>,
    /// Only those whose licence image waits for an officer.
    pub licence_waits: Option<bool>,
    /// Page, from 1.
    pub page: Option<i64>,
    /// Rows of a page.
    pub per_page: Option<i64>,
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<OrganisationQuery>) -> Result<Page<OrganisationJson>, Error> {
    let OrganisationQuery { q, code_check, licence_waits, page, per_page } = &asked.input;
    let search = q.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let waits = licence_waits.unwrap_or_default();
    let found = db::organisations::list(tx.db, search, *code_check, waits, Pager::new(*page, *per_page))?;
    found.try_map(|organisation| {
        let open = open_contact(tx.env, organisation)?;
        let (contact_name, contact_phone) = (mask::person(&open.contact_name), mask::phone(&open.contact_phone));
        OrganisationJson::of(tx, actor, Organisation { contact_name, contact_phone, ..open })
    })
}

async fn export_data(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let _: Nothing = query_of(&req)?;
    let id = OrganisationId::from_text(req.match_info().query("id")).ok_or(Error::NotFound)?;
    let actor = caller.actor.clone();
    Ok(HttpResponse::Ok().json(caller.app.write(move |tx| held_data::export(tx, &actor, id)).await?))
}

/// Officers see every organisation, its people their own; for everybody else it does not exist.
fn visible(actor: &Actor, id: OrganisationId) -> Result<(), Error> {
    if actor.holds_any(READERS) || actor.organisations().contains(&id) { Ok(()) } else { Err(Error::NotFound) }
}

fn show(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<OrganisationJson, Error> {
    let id = asked.id(OrganisationId::from_text, "id")?;
    visible(actor, id)?;
    let organisation = organisations::open(tx, id)?;
    OrganisationJson::of(tx, actor, organisation)
}

fn household(tx: &mut Tx<'_>, actor: &Actor, id: OrganisationId) -> Result<Page<MemberJson>, Error> {
    let organisation = db::organisations::find(tx.db, id)?;
    let people = organisations::colleagues(tx, actor, &organisation)?;
    Ok(Page::whole(people.into_iter().map(MemberJson::from).collect()))
}

fn members(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<Page<MemberJson>, Error> {
    let id = asked.id(OrganisationId::from_text, "id")?;
    visible(actor, id)?;
    household(tx, actor, id)
}

fn member_ids<I>(asked: &Asked<I>) -> Result<(OrganisationId, AccountId), Error> {
    Ok((asked.id(OrganisationId::from_text, "id")?, asked.id(AccountId::from_text, "account")?))
}

fn join_requests(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<Page<JoinRequestJson>, Error> {
    let id = asked.id(OrganisationId::from_text, "id")?;
    if !actor.administers(id) {
        return Err(Error::NotFound);
    }
    let waiting = organisations::waiting(tx, actor, id)?;
    Ok(Page::whole(waiting.into_iter().map(JoinRequestJson::from).collect()))
}
