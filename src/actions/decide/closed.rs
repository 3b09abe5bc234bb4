//! A review that is closed, with all that its ranking was made of: to be asked again what it would be otherwise. Nothing
//! here writes.

use super::line::{groups, holding, line};
use super::{JUDGES, standing};
use crate::actions::Tx;
use crate::actions::review::{close, rules};
use crate::db;
use crate::db::calls::Call;
use crate::db::reviews::{CountedSheet, Ranking, ReviewFile, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::scoring::severity::{self, Severity};
use crate::domain::scoring::{Fraction, Line, Method, Panel, points_text};
use crate::error::Error;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// A closed review.
pub struct Closed {
    /// Its call.
    pub call: Call,
    /// Its session.
    pub session: ReviewSession,
    /// The ranking as it was stored, best first.
    pub rankings: Vec<Ranking>,
    /// The applications of the call with their organisations.
    pub files: BTreeMap<ApplicationId, ReviewFile>,
    /// The sheets that were counted.
    pub sheets: Vec<CountedSheet>,
    /// What the ranking is computed from.
    pub panels: Vec<Panel<ApplicationId, ExpertId>>,
    /// How.
    pub method: Method,
    /// The line as the programme draws it.
    pub line: Line,
    /// What each application counts in, where there is a cap.
    pub groups: BTreeMap<ApplicationId, BTreeSet<String>>,
}

/// Loads a closed review.
///
/// # Errors
/// The programme has none, or it is not closed.
pub fn closed(tx: &mut Tx<'_>, id: CallId) -> Result<Closed, Error> {
    let call = db::calls::find(tx.db, id)?;
    rules(&call.programme.0)?;
    if !standing(tx, &call, None)?.reviewed {
        return Err(Refusal::conflict("decision_before_review").into());
    }
    let session = db::reviews::session_of_call(tx.db, id)?.ok_or(Error::NotFound)?;
    let rankings = db::reviews::rankings_of(tx.db, id)?;
    let ranked: BTreeSet<ApplicationId> = rankings.iter().map(|ranking| ranking.application_id).collect();
    let mut sheets = db::reviews::counted_sheets(tx.db, session.id)?;
    sheets.retain(|sheet| ranked.contains(&sheet.application));
    let ids: Vec<ApplicationId> = ranked.iter().copied().collect();
    let submitted_at = db::reviews::submission_times(tx.db, &ids)?;
    let panels = close::panels(&call, &sheets, &submitted_at, session.closed_at.unwrap_or_default());
    let method = close::method(&call).ok_or_else(|| Refusal::unacceptable("review_not_used"))?;
    let files = db::reviews::files(tx.db, id, State::ALL)?;
    let groups = groups(tx, &call, &files)?;
    // Those that were ranked are to be selected anew; only what came by another way keeps its place.
    let elsewhere = holding(&files).difference(&ranked).copied().collect();
    let line = line(&call, &groups, &elsewhere);
    let files = files.into_iter().map(|file| (file.application.id, file)).collect();
    Ok(Closed { call, session, rankings, files, sheets, panels, method, line, groups })
}

impl Closed {
    /// The panels of those that were not withdrawn since.
    pub fn standing(&self) -> Vec<Panel<ApplicationId, ExpertId>> {
        let stays = |id| self.files.get(id).is_some_and(|file| file.application.state != State::Withdrawn);
        self.panels.iter().filter(|panel| stays(&panel.id)).cloned().collect()
    }

    /// An application by its names.
    pub fn named(&self, id: ApplicationId) -> Named {
        let file = self.files.get(&id);
        Named {
            application: id,
            number: file.and_then(|file| file.application.number.clone()).unwrap_or_default(),
            organisation: file.map(|file| file.organisation.name.clone()).unwrap_or_default(),
        }
    }

    /// An expert's name.
    pub fn expert_name(&self, id: ExpertId) -> String {
        let sheet = self.sheets.iter().find(|sheet| sheet.expert == id);
        sheet.map(|sheet| sheet.expert_name.clone()).unwrap_or_default()
    }

    /// The name of a dimension of the rubric.
    pub fn dimension_name(&self, key: &str, language: &str) -> String {
        let mut dimensions = self.call.programme.0.rubric.iter().flat_map(|rubric| &rubric.dimensions);
        let found = dimensions.find(|dimension| dimension.key == key);
        found.map_or_else(|| key.to_string(), |dimension| dimension.names.in_language(language).to_string())
    }

    /// From how far on a sheet is flagged, in hundredths: what the programme says, or half the spread that it allows.
    pub fn outlier_limit(&self) -> i64 {
        let far = self.call.programme.0.review.as_ref().and_then(|rules| rules.far_from_panel);
        far.map_or(self.method.max_spread / 2, |points| points.hundredths())
    }

    /// What the panels say of each expert.
    pub fn severities(&self) -> BTreeMap<ExpertId, Severity> {
        severity::severities(&self.panels)
    }
}

/// An application by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named {
    /// Which.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its organisation.
    pub organisation: String,
}

/// How far an expert is from the panels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeverityView {
    /// Mean over files of the own total less the mean of the others, in points, rounded half up to two decimals: below
    /// zero is strict.
    pub points: Option<String>,
    /// The same as an exact fraction, in hundredths of a point.
    pub exact: Option<String>,
    /// Over how many files.
    pub files: usize,
    /// Whether it is taken off: not while it rests on fewer than three files.
    pub adjusts: bool,
}

impl From<Severity> for SeverityView {
    fn from(severity: Severity) -> SeverityView {
        SeverityView {
            points: severity.mean.and_then(signed),
            exact: severity.mean.map(|mean| format!("{}/{}", mean.parts().0, mean.parts().1)),
            files: severity.files,
            adjusts: severity.files >= severity::MIN_FILES,
        }
    }
}

/// A difference of points with its sign, to two decimals, a half rounded up.
pub fn signed(difference: Fraction) -> Option<String> {
    let hundredths = difference.rounded()?;
    Some(format!("{}{}", if hundredths > 0 { "+" } else { "" }, points_text(hundredths)))
}

/// The severity-adjusted score of each application, for those who may know it.
pub fn adjusted(tx: &Tx<'_>, actor: &Actor, call: &Call, sheets: &[CountedSheet]) -> BTreeMap<ApplicationId, i64> {
    let Some(method) = close::method(call).filter(|_| actor.holds_any(JUDGES)) else { return BTreeMap::new() };
    let panels = close::panels(call, sheets, &BTreeMap::new(), tx.now);
    let severities = severity::severities(&panels);
    let score = |panel: &Panel<ApplicationId, ExpertId>| Some((panel.id, method.adjusted(panel, &severities)?));
    panels.iter().filter_map(score).collect()
}
