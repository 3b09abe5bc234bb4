//! What the selection would be with other places, another pass mark or another aggregate. Only a question: it is answered
//! to the one who asks, recorded nowhere and published nowhere.

use super::JUDGES;
use super::closed::{Closed, Named, closed};
use super::cut_line::sentence;
use crate::actions::Tx;
use crate::domain::actor::Actor;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::rubric::FULL_MARKS;
use crate::domain::scoring::cutline::Aggregation;
use crate::domain::scoring::{Cut, Line, MAX_DECIMALS, Picked, parse_points, pick};
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use utoipa::{IntoParams, ToSchema};

/// The most places that can be asked about: above any call.
pub const MAX_PLACES: usize = 1_000_000;

/// The question, as typed; what is empty is as the programme says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// How many are selected at most, 0 to 1,000,000.
    #[serde(default)]
    pub places: String,
    /// The least score, 0 to 100 with two decimals at most.
    #[serde(default)]
    pub pass_mark: String,
    /// `official`, `plain` or `trimmed`.
    #[serde(default)]
    pub aggregate: String,
}

/// What the question comes to for one application.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WhatIfLine {
    /// Which application.
    #[serde(flatten)]
    pub file: Named,
    /// Its place as it would be.
    pub place: usize,
    /// Its place as it is.
    pub was_place: Option<usize>,
    /// Its score as it would be, hundredths of a point.
    pub score: i64,
    /// Its score as it is, hundredths of a point.
    pub was_score: Option<i64>,
    /// Whether it would be selected.
    pub selected: bool,
    /// Whether it is, as the programme draws the line.
    pub was_selected: bool,
    /// `selected`, `below_pass_mark`, `beyond_quota` or `beyond_places`, as it would be.
    pub cut: String,
    /// The same in a sentence.
    pub reason: String,
}

/// The answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WhatIfView {
    /// The call.
    pub call: CallId,
    /// Its title.
    pub title: String,
    /// How many would be selected at most; none without a limit.
    pub places: Option<usize>,
    /// The least score, hundredths of a point.
    pub pass_mark: Option<i64>,
    /// `official`, `plain` or `trimmed`.
    pub aggregate: Aggregation,
    /// How many would be selected.
    pub selected: usize,
    /// How many are, as the programme draws the line.
    pub was_selected: usize,
    /// Best first.
    pub lines: Vec<WhatIfLine>,
}

/// Answers the question.
///
/// # Errors
/// A value that is wrong, all at once; the review is not closed.
pub fn what_if(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &WhatIf) -> Result<WhatIfView, Error> {
    actor.must_hold(JUDGES)?;
    let closed = closed(tx, id)?;
    let (line, aggregate) = read(input, &closed.line)?;
    let method = aggregate.apply(&closed.method);
    let panels = closed.standing();
    let was = pick(&panels, &closed.method, &closed.line, &closed.groups);
    let would = pick(&panels, &method, &line, &closed.groups);
    let lines = lines(tx, actor, &closed, &was, &would);
    Ok(WhatIfView {
        call: id,
        title: closed.call.title.clone(),
        places: line.places,
        pass_mark: line.pass_mark,
        aggregate,
        selected: lines.iter().filter(|line| line.selected).count(),
        was_selected: lines.iter().filter(|line| line.was_selected).count(),
        lines,
    })
}

fn read(input: &WhatIf, official: &Line) -> Result<(Line, Aggregation), Error> {
    let (mut line, mut problems) = (official.clone(), Vec::new());
    let places: String = input.places.nfkc().collect();
    let pass_mark: String = input.pass_mark.nfkc().collect();
    if !places.trim().is_empty() {
        match places.trim().parse::<usize>() {
            Ok(places) if places <= MAX_PLACES => line.places = Some(places),
            _ => problems.push(Problem::new("places", "whatif_places").with("max", MAX_PLACES)),
        }
    }
    if !pass_mark.trim().is_empty() {
        match parse_points(&pass_mark, i32::try_from(FULL_MARKS).unwrap_or(i32::MAX), MAX_DECIMALS) {
            Ok(mark) => line.pass_mark = Some(i64::from(mark)),
            Err(_) => problems.push(Problem::new("pass_mark", "whatif_pass_mark")),
        }
    }
    let aggregate = match input.aggregate.trim() {
        "" => Some(Aggregation::Official),
        word => Aggregation::from_text(word),
    };
    match aggregate {
        Some(aggregate) if problems.is_empty() => return Ok((line, aggregate)),
        Some(_) => {}
        None => problems.push(Problem::new("aggregate", "whatif_aggregate")),
    }
    Err(Error::Invalid(problems))
}

fn lines(
    tx: &Tx<'_>,
    actor: &Actor,
    closed: &Closed,
    was: &Picked<ApplicationId>,
    would: &Picked<ApplicationId>,
) -> Vec<WhatIfLine> {
    let (places, selected) = (was.places(), was.selected());
    let scores: BTreeMap<ApplicationId, i64> = was.standings.iter().map(|s| (s.id, s.aggregate.mean)).collect();
    let all = would.standings.iter().zip(&would.cuts);
    all.map(|(standing, cut)| WhatIfLine {
        file: closed.named(standing.id),
        place: standing.place,
        was_place: places.get(&standing.id).copied(),
        score: standing.aggregate.mean,
        was_score: scores.get(&standing.id).copied(),
        selected: *cut == Cut::Selected,
        was_selected: selected.contains(&standing.id),
        cut: cut.code().to_string(),
        reason: sentence(tx, actor, cut),
    })
    .collect()
}
