//! A bureau's recommendation, with its rank inside the quota.

use super::dossier::{Dossier, stations_of};
use super::statement::{self, station_names};
use super::{Record, Tx};
use crate::db;
use crate::db::calls::Call;
use crate::db::recommendations::{Ranked, Recommendation};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, RecommendationId};
use crate::domain::procedure::{self, Action, Facts, Standpoint, State, Station};
use crate::domain::quota;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use chrono::NaiveDateTime;
use serde::Deserialize;
use utoipa::ToSchema;

/// Characters of a bureau's opinion.
pub const OPINION_LENGTH: usize = 1000;

/// A recommendation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendationInput {
    /// The version that the officer looked at.
    pub version: i32,
    /// The rank within the bureau, from 1, no two the same. Without it: the first that is free.
    #[serde(default)]
    pub rank: Option<i32>,
    /// The bureau's opinion; at most 1000 characters.
    pub opinion: String,
}

/// A bureau's opinion as it is kept.
pub(super) fn opinion_of(typed: &str) -> String {
    statement::optional("opinion", typed, OPINION_LENGTH, &mut Vec::new())
}

/// Recommends the file. The call is held while places are counted, so that two officers at once cannot pass the quota.
///
/// # Errors
/// `rank_taken` (names who has it), `rank_out_of_range`, `opinion_missing`, `statement_too_long`; those of the
/// procedure, among them `quota_used_up` and `recommendation_closed`.
pub fn recommend(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApplicationId,
    input: &RecommendationInput,
) -> Result<Dossier, Error> {
    let mut dossier = load_alone(tx, actor, id)?;
    dossier.acted_upon(tx, actor, input.version);
    compare(tx, id, input)?;
    let permission = dossier.permit(actor, Action::Recommend)?;
    tx.must_be_current(input.version, dossier.application.version)?;
    let mut problems = Vec::new();
    let opinion = statement::optional("opinion", &input.opinion, OPINION_LENGTH, &mut problems);
    if opinion.is_empty() {
        // Unlike a reason it is for the department, not for the applicant.
        problems.push(statement::problem("opinion", "opinion_missing", [("limit", OPINION_LENGTH.to_string())]));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let rank = take_place(tx, actor, &dossier, input.rank, &opinion)?;
    dossier.advance(tx, actor, permission, None, serde_json::json!({"rank": rank}))?;
    let station = station_names(tx, &dossier, permission.role);
    let application = &dossier.application;
    tx.post_to_organisation_from(
        application.organisation_id,
        "application-recommended",
        &format!("/applications/{id}"),
        &[
            ("organisation", &dossier.organisation.name),
            ("number", application.number.as_deref().unwrap_or_default()),
            ("call", &dossier.call.title),
        ],
        &station,
    )?;
    tell_screeners(tx, &dossier)?;
    Ok(dossier)
}

/// Whether the actor has recommended the file in these words: a second press, which asks for nothing more. A colleague's
/// recommendation is another one.
///
/// # Errors
/// The file is out of sight.
pub fn has_recommended(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, opinion: &str) -> Result<bool, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    let found = db::recommendations::of_application(tx.db, dossier.application.id)?;
    Ok(found.is_some_and(|found| Some(found.recommended_by) == actor.account && found.opinion == opinion_of(opinion)))
}

/// Beside a colleague's recommendation, for whoever is too late with one.
fn compare(tx: &mut Tx<'_>, id: ApplicationId, input: &RecommendationInput) -> Result<(), Error> {
    if tx.is_outdated()
        && let Some(theirs) = db::recommendations::of_application(tx.db, id)?
    {
        tx.compare("opinion", "recommendation-opinion", &input.opinion, &theirs.opinion);
        tx.compare("rank", "recommendation-rank", input.rank.unwrap_or(theirs.rank), theirs.rank);
    }
    Ok(())
}

/// Tells the handlers that files of a call wait for them, when the first one does; the desk counts those that follow. The
/// caller holds the call.
fn tell_screeners(tx: &mut Tx<'_>, dossier: &Dossier) -> Result<(), Error> {
    if !dossier.programme().uses(Station::Screening)
        || db::reviews::count_in_states(tx.db, dossier.call.id, &[State::Recommended])? != 1
    {
        return Ok(());
    }
    let args = [("call", dossier.call.title.as_str())];
    // It is no letter to the applicants, and not held with theirs.
    let to_many = tx.to_many.take();
    let told = tx.post_to_role(Role::Handler, "application-to-screen", "/applications?state=recommended", &args);
    tx.to_many = to_many;
    told
}

/// Loads a file for a change that counts the places of its call: the call is held first, then the file, and only then
/// are the places counted.
pub(super) fn load_alone(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Dossier, Error> {
    let call = Dossier::load(tx, actor, id)?.call.id;
    db::calls::lock(tx.db, call)?;
    Dossier::load_to_change(tx, actor, id)
}

/// Takes a place of the bureau's quota. The caller holds the call.
pub(super) fn take_place(
    tx: &mut Tx<'_>,
    actor: &Actor,
    dossier: &Dossier,
    wanted: Option<i32>,
    opinion: &str,
) -> Result<i32, Error> {
    let bureau = dossier.application.bureau.clone().ok_or(Error::NotFound)?;
    let ranking = db::recommendations::ranking(tx.db, dossier.call.id, &bureau)?;
    let limit = dossier.programme().quota.for_bureau(&bureau);
    let taken = ranks(&ranking);
    let rank = match wanted {
        None => quota::free_ranks(&taken, limit).first().copied().ok_or_else(|| {
            Refusal::conflict("quota_used_up").with("limit", limit.unwrap_or_default()).with("taken", taken.len())
        })?,
        Some(rank) => {
            in_range(rank, &taken, limit)?;
            if let Some(other) = ranking.iter().find(|r| r.recommendation.rank == rank) {
                return Err(Refusal::conflict("rank_taken")
                    .with("rank", rank)
                    .with("organisation", &other.organisation_name)
                    .into());
            }
            rank
        }
    };
    let recommendation = Recommendation {
        id: RecommendationId::new(&*tx.env.ids),
        application_id: dossier.application.id,
        call_id: dossier.call.id,
        bureau,
        rank,
        opinion: opinion.into(),
        recommended_by: actor.must_be_somebody()?,
        recommended_at: tx.now,
        ended_at: None,
    };
    db::recommendations::create(tx.db, &recommendation)?;
    tx.vouch_for_new("recommendations", recommendation.id.as_text())?;
    Ok(rank)
}

fn ranks(ranking: &[Ranked]) -> Vec<i32> {
    ranking.iter().map(|ranked| ranked.recommendation.rank).collect()
}

fn in_range(rank: i32, taken: &[i32], limit: Option<u32>) -> Result<(), Error> {
    let last = quota::last_rank(taken, limit);
    if (1..=last).contains(&rank) {
        return Ok(());
    }
    Err(Error::Invalid(vec![statement::problem("rank", "rank_out_of_range", [("limit", last.to_string())])]))
}

/// Another rank for a recommended file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RankChange {
    /// The rank that the officer saw.
    pub from: i32,
    /// The rank that it gets; whoever has it gets the other.
    pub to: i32,
}

/// Moves a recommended file within the bureau's ranking, while the bureaus' date has not passed and the department has
/// not taken it up.
///
/// # Errors
/// `rank_out_of_range`, `rank_fixed` (this file or the one in that rank has moved on), stale when the rank is no longer the
/// one that was seen; those of the procedure, among them `recommendation_closed`.
pub fn rerank(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, input: &RankChange) -> Result<Dossier, Error> {
    let dossier = load_alone(tx, actor, id)?;
    let permission = dossier.permit(actor, Action::Rerank)?;
    let bureau = dossier.application.bureau.clone().ok_or(Error::NotFound)?;
    let ranking = db::recommendations::ranking(tx.db, dossier.call.id, &bureau)?;
    let taken = ranks(&ranking);
    // A rank has no version: whoever finds another one than they saw was forestalled.
    dossier.acted_upon(tx, actor, dossier.application.version);
    let own = ranking.iter().find(|r| r.recommendation.application_id == id).ok_or(Error::Stale)?;
    if own.recommendation.rank != input.from {
        return Err(Error::Stale);
    }
    in_range(input.to, &taken, dossier.programme().quota.for_bureau(&bureau))?;
    let other = ranking.iter().find(|r| r.recommendation.rank == input.to);
    if let Some(other) = other.filter(|other| !may_rerank(actor, &dossier.call, other, tx.now)) {
        return Err(Refusal::conflict("rank_fixed").with("state", other.state).into());
    }
    match other {
        Some(other) if other.recommendation.id == own.recommendation.id => return Ok(dossier),
        None => db::recommendations::set_rank(tx.db, own.recommendation.id, input.to)?,
        Some(other) => {
            // No two may have one rank, not even for a moment: the file waits behind the last one.
            let aside = taken.iter().max().map_or(1, |last| last.saturating_add(1));
            db::recommendations::set_rank(tx.db, own.recommendation.id, aside)?;
            db::recommendations::set_rank(tx.db, other.recommendation.id, input.from)?;
            db::recommendations::set_rank(tx.db, own.recommendation.id, input.to)?;
            note_rank(tx, actor, permission.role, other.recommendation.application_id, input.to, input.from)?;
        }
    }
    note_rank(tx, actor, permission.role, id, input.from, input.to)?;
    Ok(dossier)
}

/// Whether the procedure lets the actor move the file in a place of a ranking now.
pub fn may_rerank(actor: &Actor, call: &Call, ranked: &Ranked, now: NaiveDateTime) -> bool {
    let facts = Facts { recommendation_open: call.windows().recommendation_open(now), ..Facts::default() };
    // What is in a ranking has a bureau.
    let stations = stations_of(&call.programme.0, true);
    let at = Standpoint {
        state: ranked.state,
        stations: &stations,
        organisation: ranked.organisation,
        bureau: Some(&ranked.recommendation.bureau),
        facts: &facts,
    };
    procedure::permit(actor, Action::Rerank, &at).is_ok()
}

/// Records that a file got another rank.
pub(super) fn note_rank(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    id: ApplicationId,
    from: i32,
    to: i32,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "application",
            subject_id: id.as_text(),
            action: "application.reranked",
            role: role.as_text(),
            detail: serde_json::json!({"rank_before": from, "rank": to}),
            ..Record::default()
        },
    )
}

/// Whether the actor may read a bureau's ranking: its own officers and the department. To other bureaus it does not
/// exist.
///
/// # Errors
/// Not found.
pub fn may_read_ranking(actor: &Actor, bureau: &str) -> Result<(), Error> {
    let own = actor.held.iter().any(|held| held.role == Role::CityOfficer && held.bureau.as_deref() == Some(bureau));
    if own || actor.holds_any(&[Role::Handler, Role::Approver, Role::Auditor]) { Ok(()) } else { Err(Error::NotFound) }
}
