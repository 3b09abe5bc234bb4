//! Putting a bureau's recommended files into another order by one act.

use super::Tx;
use super::dossier::Dossier;
use super::recommend::note_rank;
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, CallId, RecommendationId};
use crate::domain::procedure::Action;
use crate::domain::quota;
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

/// A recommended file with the place that it is to have.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedPlace {
    /// Which.
    pub application: ApplicationId,
    /// The rank that the officer saw.
    pub from: i32,
    /// The rank wanted. Two may want the same: the one that moves comes before the one that stays, or behind it when it moves down.
    pub to: i32,
}

/// The order of files in a bureau's ranking.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RankingOrder {
    /// In which call.
    pub call: CallId,
    /// The files. They share out the ranks that they have; a file that is not named keeps its own.
    pub places: Vec<WantedPlace>,
}

/// Orders recommended files anew, while the bureaus' date has not passed and the department has not taken up those that
/// move. The call is held, so that two officers at once do not give one rank twice.
///
/// # Errors
/// `wrong_role`; stale when a rank is no longer the one that was seen, or a file stands in no place of the officer's bureau; those
/// of the procedure, among them `recommendation_closed`.
pub fn order_ranking(tx: &mut Tx<'_>, actor: &Actor, input: &RankingOrder) -> Result<(), Error> {
    actor.must_hold(&[Role::CityOfficer])?;
    let bureau = actor.bureau().ok_or(Error::NotFound)?.to_string();
    let call = db::calls::find(tx.db, input.call)?.id;
    db::calls::lock(tx.db, call)?;
    let ranking = db::recommendations::ranking(tx.db, call, &bureau)?;
    let mut named: Vec<(WantedPlace, RecommendationId)> = Vec::new();
    for wanted in &input.places {
        let own = ranking.iter().find(|ranked| ranked.recommendation.application_id == wanted.application);
        let own = own.filter(|ranked| ranked.recommendation.rank == wanted.from).ok_or(Error::Stale)?;
        if named.iter().any(|(known, _)| known.application == wanted.application) {
            return Err(Error::Stale);
        }
        named.push((*wanted, own.recommendation.id));
    }
    let wanted: Vec<(i32, i32)> = named.iter().map(|(wanted, _)| (wanted.from, wanted.to)).collect();
    let ranks = quota::shared_out(&wanted);
    let mut moves: Vec<(WantedPlace, RecommendationId, i32)> =
        named.into_iter().zip(ranks).map(|((wanted, id), rank)| (wanted, id, rank)).collect();
    moves.retain(|(wanted, _, rank)| wanted.from != *rank);
    // In the order in which every act holds several files.
    moves.sort_by_key(|(wanted, ..)| wanted.application);
    let mut role = Role::CityOfficer;
    for (wanted, ..) in &moves {
        role = Dossier::load_to_change(tx, actor, wanted.application)?.permit(actor, Action::Rerank)?.role;
    }
    // No two may have one rank, not even for a moment: all of them wait behind the last one.
    let mut aside = ranking.iter().map(|ranked| ranked.recommendation.rank).max().unwrap_or(0);
    for (_, id, _) in &moves {
        aside = aside.saturating_add(1);
        db::recommendations::set_rank(tx.db, *id, aside)?;
    }
    for (wanted, id, rank) in &moves {
        db::recommendations::set_rank(tx.db, *id, *rank)?;
        note_rank(tx, actor, role, wanted.application, wanted.from, *rank)?;
    }
    Ok(())
}
