//! Closing a review session: the sheets become scores, the scores places, and every file goes on to the decision, in
//! one transaction.

use super::{REASON_LIMIT, acted_upon, keep_session, record_session, rules, score, session_to_change, stages, within};
use crate::actions::Tx;
use crate::actions::dossier::Dossier;
use crate::actions::draw::panel::of_call;
use crate::db;
use crate::db::calls::Call;
use crate::db::reviews::{CountedSheet, PersonAtClosing, Ranking, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId, ExpertId, ReviewSessionId};
use crate::domain::procedure::{Action, State};
use crate::domain::refusal::Refusal;
use crate::domain::scoring::{Marks, Method, Panel, Standing, standings};
use crate::domain::status::SessionStatus;
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// What closing says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The version of the session that was seen.
    pub version: i32,
    /// Why the session is closed although files have fewer sheets than the programme asks for, or sheets were not explained;
    /// empty if there is no such thing.
    #[serde(default)]
    pub reason: String,
}

/// Closes the session of a call.
///
/// # Errors
/// Files without enough sheets, each named, unless a reason is given and each has one at least; files that may still
/// come to the review; what follows the scoring and is not done, each file named.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Closing) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    acted_upon(tx, actor, id, input.version)?;
    let (mut session, role) = session_to_change(tx, actor, &call, ReviewAction::Close)?;
    tx.must_be_current(input.version, session.version)?;
    let reason = input.reason.trim();
    within("reason", reason, REASON_LIMIT)?;
    // Each file is held from here on: one that is withdrawn at the same time either goes first and is left out, or
    // finds the review closed.
    let mut dossiers = Vec::new();
    for application in db::decisions::applications_in(tx.db, id, &[State::InReview])? {
        let dossier = Dossier::load_to_change(tx, actor, application)?;
        if dossier.application.state == State::InReview {
            dossiers.push(dossier);
        }
    }
    if dossiers.is_empty() {
        return Err(Refusal::conflict("review_nothing_to_review").into());
    }
    let named: Vec<(ApplicationId, String)> =
        dossiers.iter().map(|dossier| (dossier.application.id, dossier.organisation.name.clone())).collect();
    stages::must_be_done(tx, &rules, &session, &named, reason)?;
    let under_review: BTreeSet<ApplicationId> = dossiers.iter().map(|dossier| dossier.application.id).collect();
    let sheets: Vec<CountedSheet> = db::reviews::counted_sheets(tx.db, session.id)?
        .into_iter()
        .filter(|sheet| under_review.contains(&sheet.application))
        .collect();
    let mut count_of: BTreeMap<ApplicationId, usize> = BTreeMap::new();
    for sheet in &sheets {
        *count_of.entry(sheet.application).or_default() += 1;
    }
    let short: Vec<Problem> = dossiers
        .iter()
        .filter_map(|dossier| {
            let found = count_of.get(&dossier.application.id).copied().unwrap_or_default();
            let enough = found >= rules.min_sheets as usize || (found > 0 && !reason.is_empty());
            let said = Problem::new("reason", if found == 0 { "review_no_sheet" } else { "review_few_sheets" })
                .with("organisation", &dossier.organisation.name)
                .with("found", found)
                .with("needed", rules.min_sheets);
            (!enough).then_some(said)
        })
        .collect();
    if !short.is_empty() {
        return Err(Error::Invalid(short));
    }
    let submitted_at: BTreeMap<ApplicationId, Option<NaiveDateTime>> =
        dossiers.iter().map(|dossier| (dossier.application.id, dossier.application.submitted_at)).collect();
    let ranking = ranking(&call, &sheets, &submitted_at, tx.now);
    db::reviews::create_rankings(tx.db, &ranking)?;
    session.status = SessionStatus::Closed;
    session.closed_at = Some(tx.now);
    session.closed_by = Some(account);
    if !db::reviews::update_session(tx.db, &session, input.version)? {
        return Err(Error::Stale);
    }
    for dossier in &mut dossiers {
        let permission = dossier.permit(actor, Action::CloseReview)?;
        dossier.advance(tx, actor, permission, None, serde_json::json!({ "review": session.id }))?;
    }
    let detail = serde_json::json!({
        "call": id, "sheets": sheets.len(),
        "ranking": ranking.iter().map(|r| (r.place, r.application_id, r.score)).collect::<Vec<_>>(),
    });
    let reason = (!reason.is_empty()).then_some(reason);
    keep_session(tx, &session);
    record_session(tx, actor, role, session.id, "review.closed", reason, detail)?;
    keep_people(tx, &session)
}

/// Keeps everybody who took part as they are now, with the reserves who were drawn: the minutes say so ever after.
fn keep_people(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<(), Error> {
    let mut ids: BTreeSet<ExpertId> = session.panel.0.iter().chain(&session.reserves.0).copied().collect();
    ids.extend(db::reviews::assignments_of(tx.db, session.id)?.into_iter().map(|one| one.expert_id));
    if let Some(drawn) = of_call(tx, session.call_id)? {
        ids.extend(drawn.panel.into_iter().chain(drawn.reserves));
    }
    let people = db::experts::of_ids(tx.db, &ids.into_iter().collect::<Vec<_>>())?;
    Ok(db::reviews::keep_people(tx.db, session.id, people.into_iter().map(Into::into).collect())?)
}

/// These experts as they were when a review was closed; as they are for one that is not closed, or was before this was
/// kept.
pub fn people_then(tx: &mut Tx<'_>, session: ReviewSessionId, ids: &[ExpertId]) -> Result<Vec<PersonAtClosing>, Error> {
    let mut kept = db::reviews::people_at_closing(tx.db, session)?;
    let experts = db::experts::of_ids(tx.db, ids)?.into_iter();
    Ok(experts.map(|expert| kept.remove(&expert.id).unwrap_or_else(|| expert.into())).collect())
}

/// The applications of a call with what their experts gave, as the computation of the ranking takes them.
pub fn panels(
    call: &Call,
    sheets: &[CountedSheet],
    submitted_at: &BTreeMap<ApplicationId, Option<NaiveDateTime>>,
    ranked_at: NaiveDateTime,
) -> Vec<Panel<ApplicationId, ExpertId>> {
    let programme = &call.programme.0;
    let Some(rubric) = &programme.rubric else { return Vec::new() };
    let mut of_file: BTreeMap<ApplicationId, Panel<ApplicationId, ExpertId>> = BTreeMap::new();
    for counted in sheets {
        let read = score::check(programme, &counted.sheet.items.0, &counted.sheet.comments.0).sheet;
        let id = counted.application;
        let panel = of_file.entry(id).or_insert_with(|| Panel {
            id,
            submitted_at: submitted_at.get(&id).copied().flatten().unwrap_or(ranked_at),
            sheets: Vec::new(),
            station: Vec::new(),
        });
        panel.sheets.push(Marks::of(counted.expert, &read, rubric));
        panel.station.extend(counted.station.map(|total| (counted.expert, i64::from(total))));
    }
    of_file.into_values().collect()
}

/// How a call's sheets become places; none for a programme without review.
pub fn method(call: &Call) -> Option<Method> {
    let programme = &call.programme.0;
    Some(Method::of(programme.rubric.as_ref()?, programme.review.as_ref()?, &programme.decision))
}

/// The ranking that these sheets come to, as it is stored.
pub fn ranking(
    call: &Call,
    sheets: &[CountedSheet],
    submitted_at: &BTreeMap<ApplicationId, Option<NaiveDateTime>>,
    ranked_at: NaiveDateTime,
) -> Vec<Ranking> {
    let Some(method) = method(call) else { return Vec::new() };
    let stored = |standing: Standing<ApplicationId>| {
        let aggregate = standing.aggregate;
        Some(Ranking {
            application_id: standing.id,
            call_id: call.id,
            place: i32::try_from(standing.place).ok()?,
            score: i32::try_from(aggregate.mean).ok()?,
            plain_mean: i32::try_from(aggregate.plain_mean).ok()?,
            spread: i32::try_from(aggregate.spread).ok()?,
            sheet_count: i32::try_from(aggregate.sheets).ok()?,
            trimmed: aggregate.trimmed > 0,
            short_panel: aggregate.short_panel,
            to_discuss: standing.to_discuss,
            tie_broken_by: standing.tie_broken_by.map(|tie| tie.to_string()),
            ranked_at,
            panel_score: standing.parts.and_then(|parts| i32::try_from(parts.panel).ok()),
            extra_score: standing.parts.and_then(|parts| i32::try_from(parts.station).ok()),
        })
    };
    standings(&panels(call, sheets, submitted_at, ranked_at), &method).into_iter().filter_map(stored).collect()
}

/// Whether the stored ranking of a closed session is the one that its sheets come to: for the check of invariants.
pub fn is_reproduced(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession) -> Result<bool, Error> {
    let stored = db::reviews::rankings_of(tx.db, call.id)?;
    let ids: Vec<ApplicationId> = stored.iter().map(|ranking| ranking.application_id).collect();
    let known: BTreeSet<ApplicationId> = ids.iter().copied().collect();
    let sheets: Vec<CountedSheet> = db::reviews::counted_sheets(tx.db, session.id)?
        .into_iter()
        .filter(|sheet| known.contains(&sheet.application))
        .collect();
    // The points as typed must come to the total that was stored when the sheet was submitted.
    let sound = sheets.iter().all(|counted| {
        let read = score::check(&call.programme.0, &counted.sheet.items.0, &counted.sheet.comments.0);
        counted.sheet.total.map(i64::from) == Some(read.sheet.total()) && read.problems.is_empty()
    });
    let submitted_at = db::reviews::submission_times(tx.db, &ids)?;
    let ranked_at = session.closed_at.unwrap_or_default();
    Ok(sound && ranking(call, &sheets, &submitted_at, ranked_at) == stored)
}
