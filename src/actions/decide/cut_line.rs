//! The cut-line sheet of a call: who would be in and who out if any one expert were left out, any dimension or the extra
//! station weighed a tenth more or less, or the other aggregate were used.

use super::JUDGES;
use super::closed::{Closed, Named, SeverityView, closed};
use crate::actions::Tx;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::scoring::cutline::{Change, Scenario, cut_line as compare};
use crate::domain::scoring::{Cut, Picked};
use crate::error::Error;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A line of the ranking as it is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BaseLine {
    /// Which application.
    #[serde(flatten)]
    pub file: Named,
    /// Its place among those that were not withdrawn.
    pub place: usize,
    /// Its score, hundredths of a point.
    pub score: i64,
    /// `selected`, `below_pass_mark`, `beyond_quota` or `beyond_places`.
    pub cut: String,
    /// The same in a sentence.
    pub reason: String,
    /// What the score would be if nobody were strict or generous, hundredths of a point; never official.
    pub adjusted: Option<i64>,
}

/// A place that would be another.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MovedView {
    /// Which application.
    #[serde(flatten)]
    pub file: Named,
    /// Its place.
    pub from: usize,
    /// Its place as it would be; none when it would have no sheet left.
    pub to: Option<usize>,
}

/// What one change comes to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScenarioView {
    /// `without_expert`, `weight_down`, `weight_up`, `station_down`, `station_up`, `plain_mean` or `trimmed_mean`.
    pub change: String,
    /// The expert whose sheets would not count.
    pub expert: Option<ExpertId>,
    /// The key of the dimension that would weigh nine or eleven tenths.
    pub dimension: Option<String>,
    /// Name of the expert or of the dimension.
    pub name: String,
    /// Who would be selected and is not.
    pub enters: Vec<Named>,
    /// Who is selected and would not be.
    pub leaves: Vec<Named>,
    /// Places near the line that would be others.
    pub moved: Vec<MovedView>,
}

/// An expert and the panels.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExpertSeverity {
    /// Who.
    pub expert: ExpertId,
    /// Name.
    pub name: String,
    /// How far from the panels.
    pub severity: SeverityView,
}

/// The cut-line sheet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CutLineView {
    /// The call.
    pub call: CallId,
    /// Its title.
    pub title: String,
    /// The ranking as it is, best first.
    pub lines: Vec<BaseLine>,
    /// Every change.
    pub scenarios: Vec<ScenarioView>,
    /// How strict each expert is.
    pub severities: Vec<ExpertSeverity>,
}

/// Shows the cut-line sheet.
///
/// # Errors
/// The review is not closed.
pub fn cut_line(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<CutLineView, Error> {
    actor.must_hold(JUDGES)?;
    let closed = closed(tx, id)?;
    let found = compare(&closed.standing(), &closed.method, &closed.line, &closed.groups);
    let severities = closed.severities();
    let adjusted = |panel: &crate::domain::scoring::Panel<ApplicationId, ExpertId>| {
        Some((panel.id, closed.method.adjusted(panel, &severities)?))
    };
    let adjusted: BTreeMap<ApplicationId, i64> = closed.panels.iter().filter_map(adjusted).collect();
    Ok(CutLineView {
        call: id,
        title: closed.call.title.clone(),
        lines: base_lines(tx, actor, &closed, &found.base, &adjusted),
        scenarios: found.scenarios.iter().map(|scenario| view(&closed, actor, scenario)).collect(),
        severities: severities
            .iter()
            .map(|(expert, severity)| ExpertSeverity {
                expert: *expert,
                name: closed.expert_name(*expert),
                severity: (*severity).into(),
            })
            .collect(),
    })
}

fn base_lines(
    tx: &Tx<'_>,
    actor: &Actor,
    closed: &Closed,
    base: &Picked<ApplicationId>,
    adjusted: &BTreeMap<ApplicationId, i64>,
) -> Vec<BaseLine> {
    let lines = base.standings.iter().zip(&base.cuts);
    lines
        .map(|(standing, cut)| BaseLine {
            file: closed.named(standing.id),
            place: standing.place,
            score: standing.aggregate.mean,
            cut: cut.code().to_string(),
            reason: sentence(tx, actor, cut),
            adjusted: adjusted.get(&standing.id).copied(),
        })
        .collect()
}

/// What the line says of an application, in the reader's language.
pub fn sentence(tx: &Tx<'_>, actor: &Actor, cut: &Cut) -> String {
    tx.env.words.say_with(&actor.language, &format!("cut-{}", cut.code()), cut.args())
}

fn view(closed: &Closed, actor: &Actor, scenario: &Scenario<ApplicationId, ExpertId>) -> ScenarioView {
    let named = |ids: &[ApplicationId]| ids.iter().map(|id| closed.named(*id)).collect();
    let (change, expert, dimension, name) = match &scenario.change {
        Change::Without(expert) => ("without_expert", Some(*expert), None, closed.expert_name(*expert)),
        Change::Weight { dimension, tenths } => {
            let change = if *tenths < crate::domain::scoring::panel::WHOLE { "weight_down" } else { "weight_up" };
            (change, None, Some(dimension.clone()), closed.dimension_name(dimension, &actor.language))
        }
        Change::Station { tenths } => {
            let change = if *tenths < crate::domain::scoring::panel::WHOLE { "station_down" } else { "station_up" };
            (change, None, None, String::new())
        }
        Change::PlainMean => ("plain_mean", None, None, String::new()),
        Change::TrimmedMean => ("trimmed_mean", None, None, String::new()),
    };
    let moved = scenario.moved.iter();
    ScenarioView {
        change: change.to_string(),
        expert,
        dimension,
        name,
        enters: named(&scenario.enters),
        leaves: named(&scenario.leaves),
        moved: moved.map(|m| MovedView { file: closed.named(m.id), from: m.from, to: m.to }).collect(),
    }
}
