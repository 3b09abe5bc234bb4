//! More experts for a session that is open: shown before, with the places that they would fill. Beside a panel that was drawn
//! nobody is named by hand while a reserve could step in, and whoever is named then is marked for good.

use super::arrivals::{Arrived, keep};
use super::fill::{Filled, Places, fill, preview_places, usually_wanted};
use super::plan::chosen_experts;
use super::{REASON_LIMIT, prepare, reason, record_session, session_to_change, standing, within};
use crate::actions::Tx;
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::reviews::ReviewSession;
use crate::domain::actor::Actor;
use crate::domain::calendar::local_date;
use crate::domain::ids::{ApplicationId, CallId, ChangeSetId, ExpertId};
use crate::domain::refusal::Refusal;
use crate::domain::status::ChangeSetKind;
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// More experts for a session that is open.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// Experts who join the panel; may be empty.
    #[serde(default)]
    pub experts: Vec<ExpertId>,
    /// Why; must be given where the panel was drawn and somebody joins it.
    #[serde(default)]
    pub reason: String,
    /// The digest of the preview that was accepted: anything else is refused. Without it the experts join as it comes, but
    /// not where the panel was drawn.
    #[serde(default)]
    pub digest: Option<String>,
}

/// An expert who would join the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JoiningLine {
    /// Who.
    pub expert: ExpertId,
    /// Their name.
    pub name: String,
    /// Their employer.
    pub employer: String,
}

/// An expert who would take a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComingLine {
    /// Who.
    pub expert: ExpertId,
    /// Their name.
    pub name: String,
    /// The place in the order in which the reserves are asked, from 1; none for one of the panel.
    pub turn: Option<u32>,
}

/// An application with empty places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlaceLine {
    /// Which.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
    /// The experts who would be charged with it.
    pub experts: Vec<ComingLine>,
    /// Whether a place would stay empty.
    pub short: bool,
}

/// What a completion would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CompletionPreview {
    /// Stands for everything that is shown; to be sent with the acceptance.
    pub digest: String,
    /// Whether the panel was drawn: then those who join are marked as not drawn.
    pub drawn: bool,
    /// Who would join.
    pub joining: Vec<JoiningLine>,
    /// The applications with empty places, in the order of their numbers.
    pub places: Vec<PlaceLine>,
}

/// A completion that could be carried out.
struct Proposal {
    joining: Vec<Expert>,
    reason: Option<String>,
    places: Places,
    digest: String,
}

/// Shows what [`complete`] would do; nothing is changed.
///
/// # Errors
/// As [`complete`].
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Completion) -> Result<CompletionPreview, Error> {
    let call = db::calls::find(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?;
    standing(tx, &call, session.as_ref())?.permit(actor, ReviewAction::Complete)?;
    let session = session.ok_or_else(|| Refusal::conflict("review_not_prepared"))?;
    let Proposal { joining, places, digest, .. } = propose(tx, &call, &session, input)?;
    let joining = joining.into_iter();
    Ok(CompletionPreview {
        digest,
        drawn: session.draw_id.is_some(),
        joining: joining.map(|one| JoiningLine { expert: one.id, name: one.name, employer: one.employer }).collect(),
        places: place_lines(tx, &places)?,
    })
}

/// Takes more experts into the panel of an open session and fills the places that are empty.
///
/// # Errors
/// Beside a panel that was drawn: a reserve could step in; no reason; no preview. Another outcome than the one shown.
pub fn complete(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Completion) -> Result<Filled, Error> {
    let account = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, id)?;
    let (mut session, role) = session_to_change(tx, actor, &call, ReviewAction::Complete)?;
    let proposal = propose(tx, &call, &session, input)?;
    let drawn = session.draw_id.is_some();
    match &input.digest {
        Some(seen) if *seen != proposal.digest => return Err(Refusal::conflict("review_preview_outdated").into()),
        None if drawn && !proposal.joining.is_empty() => return Err(Error::field("digest", "completion_unseen")),
        _ => {}
    }
    let set = ChangeSetId::new(&*tx.env.ids);
    let joining: Vec<ExpertId> = proposal.joining.iter().map(|expert| expert.id).collect();
    if !joining.is_empty() {
        session.panel.0.extend(&joining);
        let version = session.version;
        if !db::reviews::update_session(tx.db, &session, version)? {
            return Err(Error::Stale);
        }
        let detail = serde_json::json!({ "experts": joining, "beside_draw": drawn, "change_set": set });
        let reason = proposal.reason.as_deref();
        record_session(tx, actor, role, session.id, "review.panel_extended", reason, detail)?;
    }
    let filling = fill(tx, &call, &session)?;
    let summary = serde_json::json!({
        "added": filling.filled.added, "short": filling.filled.short.len(), "digest": proposal.digest,
        "joined_names": proposal.joining.iter().map(|expert| &expert.name).collect::<Vec<_>>(),
        "places": place_lines(tx, &filling.places)?,
    });
    let arrived = Arrived::of(&joining, &filling);
    keep(tx, account, id, (set, ChangeSetKind::Completion), summary, &arrived)?;
    Ok(filling.filled)
}

fn propose(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession, input: &Completion) -> Result<Proposal, Error> {
    let panel: BTreeSet<ExpertId> = session.panel.0.iter().copied().collect();
    let mut joining = if input.experts.is_empty() { Vec::new() } else { chosen_experts(tx, call, &input.experts)? };
    joining.retain(|expert| !panel.contains(&expert.id));
    let beside_draw = session.draw_id.is_some() && !joining.is_empty();
    if beside_draw {
        must_lack_reserves(tx, call, session, &joining)?;
    }
    let reason = given_reason(&input.reason, beside_draw)?;
    let mut extended = session.clone();
    extended.panel.0.extend(joining.iter().map(|expert| expert.id));
    let wanted = usually_wanted(tx, call, session)?;
    let places = preview_places(tx, call, &extended, &wanted)?;
    let digest = prepare::digest(&serde_json::json!({
        "session": session.id, "version": session.version, "seats": places.seats, "short": places.short,
        "experts": joining.iter().map(|expert| expert.id).collect::<Vec<_>>(),
    }))?;
    Ok(Proposal { joining, reason, places, digest })
}

fn given_reason(text: &str, must: bool) -> Result<Option<String>, Error> {
    if must {
        return reason("reason", text).map(Some);
    }
    let text = text.trim();
    within("reason", text, REASON_LIMIT)?;
    Ok((!text.is_empty()).then(|| text.to_string()))
}

/// Refuses to name somebody by hand beside a draw while a reserve waits who could step in, and to name a reserve out of turn.
/// Where reserves wait and none of them may score the file that lacks somebody, a name is the only way.
fn must_lack_reserves(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession, joining: &[Expert]) -> Result<(), Error> {
    let today = local_date(tx.now);
    let waiting: Vec<ExpertId> =
        session.reserves.0.iter().filter(|id| !session.panel.0.contains(id)).copied().collect();
    let waiting = db::experts::of_ids(tx.db, &waiting)?;
    let serving: Vec<ExpertId> =
        db::experts::only_serving(tx.db, waiting, today)?.into_iter().map(|expert| expert.id).collect();
    let by_hand = joining.iter().any(|expert| serving.contains(&expert.id));
    let wanted = usually_wanted(tx, call, session)?;
    if by_hand || (!serving.is_empty() && preview_places(tx, call, session, &wanted)?.short.is_empty()) {
        return Err(Refusal::conflict("completion_reserves_left").with("count", serving.len()).into());
    }
    Ok(())
}

/// Places by names, a line for each application.
pub(super) fn place_lines(tx: &mut Tx<'_>, places: &Places) -> Result<Vec<PlaceLine>, Error> {
    let experts: Vec<ExpertId> = places.seats.iter().map(|seat| seat.expert).collect();
    let names: BTreeMap<ExpertId, String> =
        db::experts::of_ids(tx.db, &experts)?.into_iter().map(|expert| (expert.id, expert.name)).collect();
    let short: BTreeSet<ApplicationId> = places.short.iter().copied().collect();
    let mut of_file: BTreeMap<ApplicationId, Vec<ComingLine>> = short.iter().map(|id| (*id, Vec::new())).collect();
    for seat in &places.seats {
        let name = names.get(&seat.expert).cloned().unwrap_or_default();
        let coming = ComingLine { expert: seat.expert, name, turn: seat.turn };
        of_file.entry(seat.application).or_default().push(coming);
    }
    let files: Vec<ApplicationId> = of_file.keys().copied().collect();
    let files = db::reviews::names_of_applications(tx.db, &files)?;
    let mut lines: Vec<PlaceLine> = of_file
        .into_iter()
        .map(|(application, experts)| {
            let (organisation, number) = files.get(&application).cloned().unwrap_or_default();
            PlaceLine {
                application,
                number: number.unwrap_or_default(),
                organisation,
                experts,
                short: short.contains(&application),
            }
        })
        .collect();
    lines.sort_by(|a, b| (&a.number, a.application).cmp(&(&b.number, b.application)));
    Ok(lines)
}
