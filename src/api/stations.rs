//! What the city bureaus and the department's screening do with a file.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::Tx;
use crate::actions::dossier::Dossier;
use crate::actions::extend_correction::{Extension, extend_correction, of_correction};
use crate::actions::file_result::{ResultInput, file_result};
use crate::actions::not_recommend::{NonRecommendation, not_recommend};
use crate::actions::order_ranking::{RankingOrder, order_ranking};
use crate::actions::recommend::{RankChange, RecommendationInput, may_read_ranking, may_rerank, recommend, rerank};
use crate::actions::request_correction::{CorrectionRequest, request_correction};
use crate::actions::screen::{ScreeningInput, machine_findings, screen};
use crate::db;
use crate::db::corrections::Mark;
use crate::domain::actor::{Actor, Role};
use crate::domain::eligibility::Finding;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId, CorrectionId};
use crate::domain::procedure::{Action, State};
use crate::domain::quota;
use crate::domain::screening::CheckedItem;
use crate::domain::status::{Conclusion, CorrectionStation};
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const CITY: Access = Access::Roles(&[Role::CityOfficer]);
const HANDLER: Access = Access::Roles(&[Role::Handler]);
const OFFICERS: Access = Access::Roles(&[Role::CityOfficer, Role::Handler]);
const DEPARTMENT: Access = Access::Roles(&[Role::Handler, Role::Approver, Role::Auditor]);
const RANKING_READERS: Access = Access::Roles(&[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor]);
/// Everyone but the experts, who judge the file as it is.
const CORRECTION_READERS: Access = Access::Roles(&[
    Role::VendorAdmin,
    Role::VendorMember,
    Role::CityOfficer,
    Role::Handler,
    Role::Approver,
    Role::Auditor,
]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/applications/{id}/corrections",
            "list_corrections",
            "What the stations asked to be mended.",
            CORRECTION_READERS,
            list_corrections,
        ),
        create(
            "/applications/{id}/corrections",
            "request_correction",
            "Sends a file back with everything that must be mended; once at each station.",
            OFFICERS,
            |tx, actor, asked: &Asked<CorrectionRequest>| {
                let id = asked.id(ApplicationId::from_text, "id")?;
                request_correction(tx, actor, id, &asked.input)?;
                standing(tx, actor, id)
            },
        ),
        create(
            "/applications/{id}/corrections/extension",
            "extend_correction",
            "Gives the applicant more time to mend the file.",
            OFFICERS,
            |tx, actor, asked: &Asked<Extension>| {
                let id = asked.id(ApplicationId::from_text, "id")?;
                extend_correction(tx, actor, id, &asked.input)?;
                standing(tx, actor, id)
            },
        ),
        create(
            "/applications/{id}/recommendation",
            "recommend",
            "Recommends a file with a rank inside the bureau's quota.",
            CITY,
            |tx, actor, asked: &Asked<RecommendationInput>| {
                let id = asked.id(ApplicationId::from_text, "id")?;
                recommend(tx, actor, id, &asked.input)?;
                standing(tx, actor, id)
            },
        ),
        change(
            Method::POST,
            "/applications/{id}/recommendation/rank",
            "rerank",
            "Moves a recommended file to another rank; whoever has that rank gets its own.",
            CITY,
            |tx, actor, asked: &Asked<RankChange>| {
                let id = asked.id(ApplicationId::from_text, "id")?;
                rerank(tx, actor, id, &asked.input)?;
                standing(tx, actor, id)
            },
        ),
        change(
            Method::POST,
            "/recommendations/order",
            "order_recommendations",
            "Puts recommended files into another order by one act; they share out the ranks that they have.",
            CITY,
            |tx, actor, asked: &Asked<RankingOrder>| {
                order_ranking(tx, actor, &asked.input)?;
                let bureau = actor.bureau().ok_or(Error::NotFound)?.to_string();
                ranking_json(tx, actor, asked.input.call, bureau)
            },
        ),
        create(
            "/applications/{id}/refusal",
            "not_recommend",
            "Does not recommend a file, with a reason.",
            CITY,
            |tx, actor, asked: &Asked<NonRecommendation>| {
                let id = asked.id(ApplicationId::from_text, "id")?;
                not_recommend(tx, actor, id, &asked.input)?;
                standing(tx, actor, id)
            },
        ),
        create(
            "/applications/{id}/result",
            "file_result",
            "Files the result of a bureau that decides by itself.",
            CITY,
            |tx, actor, asked: &Asked<ResultInput>| {
                let id = asked.id(ApplicationId::from_text, "id")?;
                file_result(tx, actor, id, &asked.input)?;
                standing(tx, actor, id)
            },
        ),
        read(
            "/recommendations",
            "list_recommendations",
            "A bureau's ranking in a call, best first.",
            RANKING_READERS,
            list_recommendations,
        ),
        read(
            "/applications/{id}/screening",
            "show_screening",
            "What the machine finds for each rule, and the screening once it is made.",
            DEPARTMENT,
            show_screening,
        ),
        create(
            "/applications/{id}/screening",
            "screen",
            "Accepts a file or finds the applicant not eligible.",
            HANDLER,
            |tx, actor, asked: &Asked<ScreeningInput>| {
                let id = asked.id(ApplicationId::from_text, "id")?;
                screen(tx, actor, id, &asked.input)?;
                standing(tx, actor, id)
            },
        ),
    ]
}

/// Where an application stands after an action.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingJson {
    /// Id of the application.
    pub id: ApplicationId,
    /// Its number.
    pub number: Option<String>,
    /// Its state.
    pub state: State,
    /// Its version.
    pub version: i32,
    /// What the caller may do with it now.
    pub actions: Vec<Action>,
}

fn standing(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<StandingJson, Error> {
    // Loaded again: what may be done next follows from what was just done.
    let dossier = Dossier::load(tx, actor, id)?;
    let actions = dossier.available(actor);
    let application = dossier.application;
    Ok(StandingJson { id, number: application.number, state: application.state, version: application.version, actions })
}

/// A correction.
#[derive(Debug, Serialize, ToSchema)]
pub struct StationCorrectionJson {
    /// Id.
    pub id: CorrectionId,
    /// Which station asked.
    pub station: CorrectionStation,
    /// What must be mended.
    pub marks: Vec<Mark>,
    /// A word to the applicant.
    pub note: String,
    /// The instant at which it is over.
    pub due_at: String,
    /// When it was asked for.
    pub requested_at: String,
    /// When the file was submitted again.
    pub answered_at: Option<String>,
    /// What the caller may do with it now.
    pub actions: Vec<Action>,
}

/// The corrections of an application.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectionsJson {
    /// First to last.
    pub items: Vec<StationCorrectionJson>,
}

fn instant(at: chrono::NaiveDateTime) -> String {
    at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn list_corrections(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<CorrectionsJson, Error> {
    let id = asked.id(ApplicationId::from_text, "id")?;
    let dossier = Dossier::load(tx, actor, id)?;
    let items = db::corrections::of_application(tx.db, id)?
        .into_iter()
        .map(|c| StationCorrectionJson {
            actions: of_correction(actor, &dossier, &c),
            id: c.id,
            station: c.station,
            marks: c.marks.0,
            note: c.note,
            due_at: instant(c.due_at),
            requested_at: instant(c.requested_at),
            answered_at: c.answered_at.map(instant),
        })
        .collect();
    Ok(CorrectionsJson { items })
}

/// Which ranking.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct RankingQuery {
    /// Of which call.
    pub call: String,
    /// Of which bureau; an officer of a bureau need not say it.
    pub bureau: Option<String>,
}

/// One place of a ranking.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankedJson {
    /// The rank, from 1.
    pub rank: i32,
    /// Id of the application.
    pub application: ApplicationId,
    /// Its number.
    pub number: Option<String>,
    /// Whose it is.
    pub organisation: String,
    /// Where it stands.
    pub state: State,
    /// The bureau's opinion.
    pub opinion: String,
    /// When it was recommended.
    pub recommended_at: String,
    /// What the caller may do with its place now.
    pub actions: Vec<Action>,
}

/// A bureau's ranking in a call.
#[derive(Debug, Serialize, ToSchema)]
pub struct RankingJson {
    /// Code of the bureau.
    pub bureau: String,
    /// Places that the bureau has; none if there is no limit.
    pub quota: Option<u32>,
    /// Places left; none if there is no limit.
    pub places_left: Option<u32>,
    /// Ranks that are free.
    pub free_ranks: Vec<i32>,
    /// Best first.
    pub items: Vec<RankedJson>,
}

fn list_recommendations(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<RankingQuery>) -> Result<RankingJson, Error> {
    let bureau = asked.input.bureau.clone().or_else(|| actor.bureau().map(str::to_string));
    let bureau = bureau.ok_or_else(|| Error::field("bureau", "bureau_missing"))?;
    may_read_ranking(actor, &bureau)?;
    let call = CallId::from_text(&asked.input.call).ok_or(Error::NotFound)?;
    if !db::recommendations::calls_of_bureau(tx.db, &bureau)?.iter().any(|(known, _)| *known == call) {
        return Err(Error::NotFound);
    }
    ranking_json(tx, actor, call, bureau)
}

fn ranking_json(tx: &mut Tx<'_>, actor: &Actor, call: CallId, bureau: String) -> Result<RankingJson, Error> {
    let ranking = db::recommendations::ranking(tx.db, call, &bureau)?;
    let call = db::calls::find(tx.db, call)?;
    let limit = call.programme.0.quota.for_bureau(&bureau);
    let taken: Vec<i32> = ranking.iter().map(|r| r.recommendation.rank).collect();
    let items = ranking
        .into_iter()
        .map(|ranked| RankedJson {
            actions: may_rerank(actor, &call, &ranked, tx.now).then_some(Action::Rerank).into_iter().collect(),
            rank: ranked.recommendation.rank,
            application: ranked.recommendation.application_id,
            number: ranked.number,
            organisation: ranked.organisation_name,
            state: ranked.state,
            opinion: ranked.recommendation.opinion,
            recommended_at: instant(ranked.recommendation.recommended_at),
        })
        .collect();
    Ok(RankingJson {
        bureau,
        quota: limit,
        places_left: quota::places_left(taken.len(), limit),
        free_ranks: quota::free_ranks(&taken, limit),
        items,
    })
}

/// A screening that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeScreeningJson {
    /// The machine's finding and the officer's, item by item.
    pub findings: Vec<CheckedItem>,
    /// How it ended.
    pub conclusion: Conclusion,
    /// Why the applicant is not eligible; empty for an accepted file.
    pub reason: String,
    /// When.
    pub screened_at: String,
}

/// The check list of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScreeningJson {
    /// Id of the application.
    pub id: ApplicationId,
    /// Its version.
    pub version: i32,
    /// What the machine finds now.
    pub machine: Vec<Finding>,
    /// Documents that are required and not there.
    pub missing: Vec<Problem>,
    /// The screening, once it is made.
    pub screening: Option<MadeScreeningJson>,
    /// What the caller may do with the file now.
    pub actions: Vec<Action>,
}

fn show_screening(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<ScreeningJson, Error> {
    let id = asked.id(ApplicationId::from_text, "id")?;
    let dossier = Dossier::load(tx, actor, id)?;
    let machine = machine_findings(tx, &dossier, &actor.language)?;
    let made = db::screenings::of_application(tx.db, id)?.map(|screening| MadeScreeningJson {
        findings: screening.findings.0,
        conclusion: screening.conclusion,
        reason: screening.reason,
        screened_at: instant(screening.screened_at),
    });
    Ok(ScreeningJson {
        id,
        version: dossier.application.version,
        machine: machine.items,
        missing: machine.missing,
        screening: made,
        actions: dossier.available(actor),
    })
}
