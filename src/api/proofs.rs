//! What others verify by: public keys, proofs of lists and of events; certificates and the pool, on any day.

use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, query_of, read, special};
use super::problem::Failed;
use crate::actions::Tx;
use crate::actions::audit::AUDITORS;
use crate::actions::pool::{self, PoolMember};
use crate::actions::proofs::{self, ProvableEvent};
use crate::db::page::{Page, Pager};
use crate::domain::actor::Actor;
use crate::domain::chain::inclusion::EventProof;
use crate::domain::ids::{ApplicationId, OrganisationId, PublishedListId};
use crate::domain::membership::StandingOnDate;
use crate::domain::published_list::ListProof;
use crate::error::Error;
use crate::web::network::must_be_visited;
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/keys",
            "list_keys",
            "The public keys that lists, checkpoints and certificates are signed by.",
            Access::Public,
            |tx, _, _: &Asked<Nothing>| Ok(proofs::published_keys(tx.env)),
        ),
        special(
            Method::GET,
            StatusCode::OK,
            "/lists/{id}/proof",
            "prove_list",
            "The proof of a list: hash, signature, key, and the parts of its text to find a change by.",
            Access::Public,
            Shapes::query::<Nothing, ListProof>(),
            list_proof,
        ),
        read(
            "/applications/{id}/proofs",
            "list_provable_events",
            "What the applicant did and may prove.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| {
                let items = proofs::own_events(tx, actor, asked.id(ApplicationId::from_text, "id")?)?;
                Ok(ProvableEvents { items })
            },
        ),
        read(
            "/applications/{id}/proofs/{number}",
            "prove_own_event",
            "The proof that something which the applicant did is in the record.",
            Access::SignedIn,
            own_proof,
        ),
        read(
            "/events/{kind}/{id}/{number}/proof",
            "prove_event",
            "The proof that an event is in the record, without any other event.",
            Access::Roles(AUDITORS),
            event_proof,
        ),
        special(
            Method::GET,
            StatusCode::OK,
            "/certificates/{number}",
            "verify_certificate",
            "What a certificate is worth today, and what it was worth on a day that is over.",
            Access::Public,
            Shapes::query::<DayQuery, CertificateJson>(),
            verify,
        )
        .unkept(),
        read(
            "/pool",
            "list_pool",
            "Who is in the pool today, or was on a day that is over, by name. `/pool.csv`, `/pool.xlsx` and `/pool.json` \
             have all of them for the same `on`, in the order in which they were recognised.",
            Access::Public,
            list_pool,
        ),
    ]
}

async fn list_proof(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let _: Nothing = query_of(&req)?;
    let id = PublishedListId::from_text(req.match_info().query("id")).ok_or(Error::NotFound)?;
    let proof = caller.app.list_proof(id).await?;
    Ok(HttpResponse::Ok().content_type("application/json").body(proof))
}

/// What the applicant did.
#[derive(Debug, Serialize, ToSchema)]
struct ProvableEvents {
    /// Oldest first.
    items: Vec<ProvableEvent>,
}

fn number_of(asked: &Asked<Nothing>) -> Result<i64, Error> {
    asked.text("number").parse().map_err(|_| Error::NotFound)
}

fn own_proof(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<EventProof, Error> {
    proofs::own_event_proof(tx, actor, asked.id(ApplicationId::from_text, "id")?, number_of(asked)?)
}

fn event_proof(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<EventProof, Error> {
    proofs::event_proof(tx, actor, asked.text("kind"), asked.text("id"), number_of(asked)?)
}

/// For which day it is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct DayQuery {
    /// A day that is over, `YYYY-MM-DD`; today if none is given.
    on: Option<String>,
}

/// A certificate on a day.
#[derive(Debug, Serialize, ToSchema)]
struct CertificateJson {
    /// Its number.
    number: String,
    /// The holder's name in the list.
    holder: String,
    /// The holder's name today.
    holder_today: String,
    /// Whether the two differ.
    renamed: bool,
    holder_id: OrganisationId,
    credit_code: String,
    category: String,
    city: Option<String>,
    /// The list that it rests on.
    list: PublishedListId,
    list_title: String,
    list_number: Option<String>,
    #[schema(value_type = String, format = Date)]
    valid_from: NaiveDate,
    /// The last day, as it was known on the day asked for.
    #[schema(value_type = String, format = Date)]
    valid_to: NaiveDate,
    /// The day that it is judged by.
    #[schema(value_type = String, format = Date)]
    on: NaiveDate,
    /// What it was worth on that day; none before its first day.
    standing: Option<StandingOnDate>,
    /// Whether the holder was in the pool by it on that day.
    in_pool: bool,
    /// Today.
    #[schema(value_type = String, format = Date)]
    today: NaiveDate,
    /// What it is worth today, whatever day is asked for.
    standing_today: Option<StandingOnDate>,
    /// Whether the holder is in the pool by it today.
    in_pool_today: bool,
    /// What its QR code carries: its facts with a signature; none for one given out before there was such a thing.
    signed: Option<String>,
}

async fn verify(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    must_be_visited(&req)?;
    let query: DayQuery = query_of(&req)?;
    let number = req.match_info().query("number").to_string();
    let look = move |tx: &mut Tx<'_>| worth(tx, &number, query.on.as_deref().unwrap_or_default());
    let found = caller.app.look_up_certificate(&caller.network, look).await?;
    Ok(HttpResponse::Ok().json(found))
}

fn worth(tx: &mut Tx<'_>, number: &str, on: &str) -> Result<CertificateJson, Error> {
    let found = pool::certificate(tx, number, on)?;
    let renamed = found.renamed();
    let (held, list) = (found.membership, found.list);
    Ok(CertificateJson {
        number: held.certificate_number,
        holder: found.holder,
        holder_today: found.holder_today,
        renamed,
        holder_id: held.organisation_id,
        credit_code: found.credit_code,
        category: held.category,
        city: held.city,
        list: list.id,
        list_title: list.title,
        list_number: list.number,
        valid_from: held.valid_from,
        valid_to: found.valid_to,
        on: found.day,
        standing: found.standing,
        in_pool: found.standing.is_some_and(StandingOnDate::is_in_pool),
        today: found.today,
        standing_today: found.standing_today,
        in_pool_today: found.standing_today.is_some_and(StandingOnDate::is_in_pool),
        signed: held.certificate_seal,
    })
}

/// Which page of which day is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct PoolQuery {
    /// A day that is over, `YYYY-MM-DD`; today if none is given.
    on: Option<String>,
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

/// A member of the pool on a day.
#[derive(Debug, Serialize, ToSchema)]
struct PoolMemberJson {
    organisation: OrganisationId,
    /// Its name on that day.
    name: String,
    credit_code: String,
    category: String,
    city: Option<String>,
    list: PublishedListId,
    #[schema(value_type = String, format = Date)]
    valid_from: NaiveDate,
    #[schema(value_type = String, format = Date)]
    valid_to: NaiveDate,
    standing: StandingOnDate,
}

impl From<PoolMember> for PoolMemberJson {
    fn from(member: PoolMember) -> Self {
        PoolMemberJson {
            organisation: member.organisation,
            name: member.name,
            credit_code: member.credit_code,
            category: member.category,
            city: member.city,
            list: member.list,
            valid_from: member.valid_from,
            valid_to: member.valid_to,
            standing: member.standing,
        }
    }
}

fn list_pool(tx: &mut Tx<'_>, _: &Actor, asked: &Asked<PoolQuery>) -> Result<Page<PoolMemberJson>, Error> {
    let query = &asked.input;
    let day = pool::day_asked(tx, query.on.as_deref().unwrap_or_default())?;
    let found = pool::pool_on(tx, day, Pager::new(query.page, query.per_page))?;
    Ok(found.map(PoolMemberJson::from))
}
