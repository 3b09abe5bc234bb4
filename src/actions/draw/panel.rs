//! What a draw gives to the review: the panel, the reserves, and who of them steps in.

use super::unexpected;
use crate::actions::Tx;
use crate::actions::review::exclusions::exclusions;
use crate::actions::review::{record_session, rules};
use crate::db;
use crate::db::calls::Call;
use crate::db::draws::Draw;
use crate::db::experts::Expert;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::draw::{Record, in_turn};
use crate::domain::ids::{ApplicationId, CallId, DrawId, ExpertId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::programme::ReviewRules;
use crate::domain::refusal::Refusal;
use crate::domain::steps::DrawHold;
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Who was drawn, in the order of fields and within them in the order drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// By which draw.
    pub draw: DrawId,
    /// The panel.
    pub panel: Vec<ExpertId>,
    /// Those who step in, by stratum and as drawn; [`Drawn::in_turn`] says in which order for whom.
    pub reserves: Vec<ExpertId>,
    /// From which field each of them was drawn.
    strata: BTreeMap<ExpertId, String>,
}

impl Drawn {
    /// From which field an expert was drawn; none for who was not drawn.
    pub fn stratum(&self, expert: ExpertId) -> Option<&str> {
        self.strata.get(&expert).map(String::as_str)
    }

    /// The reserves in the order in which they are asked to step in for an expert, or for nobody in particular.
    pub fn in_turn(&self, instead_of: Option<ExpertId>) -> Vec<ExpertId> {
        let stratum = instead_of.and_then(|expert| self.stratum(expert));
        in_turn(&self.reserves, |one| self.strata.get(one).cloned(), stratum)
    }
}

/// Who was drawn, from the record.
pub fn selected(draw: DrawId, record: &Record) -> Result<Drawn, Error> {
    let id = |text: &String| ExpertId::from_text(text).ok_or_else(|| unexpected(format!("{text} is no expert")));
    let panel = record.result.iter().flat_map(|selection| &selection.panel).map(id).collect::<Result<_, _>>()?;
    let reserves = record.result.iter().flat_map(|selection| &selection.reserves).map(id).collect::<Result<_, _>>()?;
    let mut strata = BTreeMap::new();
    for selection in &record.result {
        for one in selection.panel.iter().chain(&selection.reserves) {
            strata.insert(id(one)?, selection.stratum.clone());
        }
    }
    Ok(Drawn { draw, panel, reserves, strata })
}

/// The result of the draw of a call, if it is done and was not annulled.
pub fn of_call(tx: &mut Tx<'_>, call: CallId) -> Result<Option<Drawn>, Error> {
    let done = db::draws::of_call(tx.db, call)?.into_iter().find(Draw::is_in_force);
    let Some(draw) = done else { return Ok(None) };
    let record = serde_json::from_str(draw.record.as_deref().unwrap_or_default()).map_err(unexpected)?;
    selected(draw.id, &record).map(Some)
}

/// Why a reserve steps in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Somebody of the panel left the pool, or their term ended.
    Left,
    /// After recusals the panel is too small for the applications.
    TooFew,
    /// An expert declared a conflict or is excluded by a rule.
    Recused,
    /// An assignment was taken back.
    Released,
    /// An application came late.
    Late,
    /// A file stayed over the limit after it was talked over.
    SecondPanel,
}

impl Why {
    fn code(self) -> &'static str {
        match self {
            Why::Left => "left",
            Why::TooFew => "too_few",
            Why::Recused => "recused",
            Why::Released => "released",
            Why::Late => "late",
            Why::SecondPanel => "second_panel",
        }
    }
}

/// The experts of a session that is prepared on a draw.
#[derive(Debug, Clone)]
pub struct Seats {
    /// The draw.
    pub draw: DrawId,
    /// The panel as it serves today, with the reserves who had to step in.
    pub experts: Vec<Expert>,
    /// All reserves as they were drawn.
    pub reserves: Vec<ExpertId>,
    /// Those of them who stepped in, in order.
    pub called: Vec<Calling>,
}

/// A reserve who was asked before another and cannot step in.
#[derive(Debug, Clone, Serialize)]
pub struct Passed {
    /// Who.
    pub expert: ExpertId,
    /// Code of the reason, as in [`crate::domain::assignment::Other::why`].
    pub why: String,
    /// Code of the recusal, or the organisers' reason; empty for the others.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// A reserve who joins the panel.
#[derive(Debug, Clone)]
pub struct Calling {
    /// Who.
    pub expert: ExpertId,
    /// Why.
    pub why: Why,
    /// For which application, if for one.
    pub application: Option<ApplicationId>,
    /// For whom, if for somebody.
    pub instead_of: Option<ExpertId>,
    /// The reserves whose turn came before and who cannot.
    pub passed: Vec<Passed>,
}

/// The experts with whom a session is prepared, if they are drawn. Whoever left the pool since is replaced by the next
/// reserve of their field, then of the others, and while there are too few for the applications after recusals, the next
/// one joins. That no draw holds the plan up was asked before: see [`hold`].
///
/// # Errors
/// The programme asks for a draw, or one was annulled, and there is none in force; `wanted` names experts although the
/// panel is drawn.
pub fn for_preparation(tx: &mut Tx<'_>, call: &Call, wanted: &[ExpertId]) -> Result<Option<Seats>, Error> {
    let rules = rules(&call.programme.0)?.clone();
    let Some(drawn) = of_call(tx, call.id)? else {
        // Whoever is not content with what was drawn does not come by a panel of their own choice by annulling it.
        let was_annulled = db::draws::of_call(tx.db, call.id)?.iter().any(|draw| draw.annulled_at.is_some());
        if was_annulled || rules.draw.as_ref().is_some_and(|draw| draw.required) {
            return Err(Refusal::conflict("draw_required").into());
        }
        return Ok(None);
    };
    if !wanted.is_empty() {
        return Err(Error::field("experts", "draw_panel_fixed"));
    }
    let today = local_date(tx.now);
    let ids: Vec<ExpertId> = drawn.panel.iter().chain(&drawn.reserves).copied().collect();
    let found = db::experts::of_ids(tx.db, &ids)?;
    let found = db::experts::only_serving(tx.db, found, today)?;
    let mut waiting: BTreeMap<ExpertId, Expert> = found.into_iter().map(|expert| (expert.id, expert)).collect();
    let mut experts: Vec<Expert> = drawn.panel.iter().filter_map(|id| waiting.remove(id)).collect();
    let serving: BTreeSet<ExpertId> = experts.iter().map(|expert| expert.id).collect();
    let away: BTreeSet<ExpertId> = drawn.reserves.iter().filter(|id| !waiting.contains_key(id)).copied().collect();
    let mut called = Vec::new();
    for gone in drawn.panel.iter().filter(|id| !serving.contains(id)) {
        let Some(next) = next_in_turn(&drawn, Some(*gone), &mut waiting) else { break };
        called.push(calling(&drawn, Why::Left, next.id, Some(*gone), &away));
        experts.push(next);
    }
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let everybody: Vec<Expert> = experts.iter().chain(waiting.values()).cloned().collect();
    let ids: Vec<ApplicationId> = files.iter().map(|file| file.application.id).collect();
    let excluded: BTreeSet<(ApplicationId, ExpertId)> =
        exclusions(tx, call, &files, &everybody)?.into_iter().map(|one| (one.application, one.expert)).collect();
    while !suffice(&experts, &ids, &excluded, &rules)
        && let Some(next) = next_in_turn(&drawn, None, &mut waiting)
    {
        called.push(calling(&drawn, Why::TooFew, next.id, None, &away));
        experts.push(next);
    }
    Ok(Some(Seats { draw: drawn.draw, experts, reserves: drawn.reserves, called }))
}

/// The reserve whose turn it is; no longer waiting afterwards.
fn next_in_turn(
    drawn: &Drawn,
    instead_of: Option<ExpertId>,
    waiting: &mut BTreeMap<ExpertId, Expert>,
) -> Option<Expert> {
    drawn.in_turn(instead_of).iter().find_map(|id| waiting.remove(id))
}

/// A call of a preparation: those passed over are no longer in the pool.
fn calling(
    drawn: &Drawn,
    why: Why,
    expert: ExpertId,
    instead_of: Option<ExpertId>,
    away: &BTreeSet<ExpertId>,
) -> Calling {
    let before = drawn.in_turn(instead_of).into_iter().take_while(|id| *id != expert);
    let left = |expert| Passed { expert, why: "left".into(), detail: String::new() };
    let passed = before.filter(|id| away.contains(id)).map(left).collect();
    Calling { expert, why, application: None, instead_of, passed }
}

/// Whether each application has as many experts as it needs, and all of them together have room for all sheets.
fn suffice(
    experts: &[Expert],
    files: &[ApplicationId],
    excluded: &BTreeSet<(ApplicationId, ExpertId)>,
    rules: &ReviewRules,
) -> bool {
    let needed = rules.experts_per_application as usize;
    let may = |file: &ApplicationId, expert: &Expert| !excluded.contains(&(*file, expert.id));
    let room: usize = experts
        .iter()
        .map(|expert| {
            let limit = usize::try_from(expert.load_limit).unwrap_or_default().min(rules.load_limit as usize);
            files.iter().filter(|file| may(file, expert)).count().min(limit)
        })
        .sum();
    room >= files.len().saturating_mul(needed)
        && files.iter().all(|file| experts.iter().filter(|expert| may(file, expert)).count() >= needed)
}

/// Records which reserves a preparation called.
pub fn record_called(tx: &mut Tx<'_>, session: ReviewSessionId, seats: &Seats) -> Result<(), Error> {
    seats.called.iter().try_for_each(|calling| reserve_called(tx, session, calling))
}

/// Records that a reserve joined the panel, for whom, and who was passed over.
pub fn reserve_called(tx: &mut Tx<'_>, session: ReviewSessionId, calling: &Calling) -> Result<(), Error> {
    let reason = tx.env.words.say(DEFAULT_LANGUAGE, &format!("reserve-called-{}", calling.why.code()));
    let detail = serde_json::json!({
        "expert": calling.expert, "application": calling.application, "instead_of": calling.instead_of,
        "passed_over": calling.passed,
    });
    record_session(tx, &Actor::system(), Role::System, session, "reserve.called", Some(&reason), detail)
}

/// How the draw of a call stands in the way of a plan.
///
/// # Errors
/// The database is away.
pub fn hold(tx: &mut Tx<'_>, call: CallId) -> Result<DrawHold, Error> {
    let draws = db::draws::of_call(tx.db, call)?;
    let to_be_annulled = |draw: &Draw| draw.is_in_force() && draw.annulment_proposed_by.is_some();
    Ok(if draws.iter().any(Draw::is_running) {
        DrawHold::Running
    } else if draws.iter().any(to_be_annulled) {
        DrawHold::ToBeAnnulled
    } else {
        DrawHold::None
    })
}
