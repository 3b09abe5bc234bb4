//! Every number of one application explained, from its sheets to its place.

use super::closed::{Closed, Named, closed, signed};
use super::cut_line::sentence;
use super::{JUDGES, READERS};
use crate::actions::Tx;
use crate::actions::review::score;
use crate::actions::review::stages::extra;
use crate::db;
use crate::db::reviews::{CountedSheet, Ranking};
use crate::domain::actor::Actor;
use crate::domain::extra_station::WHOLE_SHARE;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::rubric::Rubric;
use crate::domain::scoring::aggregate::left_out;
use crate::domain::scoring::severity::{deviations, is_outlier};
use crate::domain::scoring::{Marks, Mean, Panel, Sheet, points_text};
use crate::error::Error;
use serde::Serialize;
use utoipa::ToSchema;

/// Points of one item. All points in hundredths.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ItemMark {
    /// Key of the item.
    pub item: String,
    /// Its name.
    pub name: String,
    /// Key of its dimension.
    pub dimension: String,
    /// The most that it can earn.
    pub max: i64,
    /// What it was given.
    pub points: Option<i32>,
    /// What the expert remarked.
    pub comment: String,
}

/// One sheet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SheetMarks {
    /// Whose.
    pub expert: ExpertId,
    /// Name.
    pub expert_name: String,
    /// In the order of the rubric.
    pub items: Vec<ItemMark>,
    /// Their sum.
    pub total: i64,
    /// The opinion on the whole.
    pub opinion: String,
    /// `highest` or `lowest` if the official score leaves it out.
    pub left_out: Option<String>,
    /// The total less the mean of the others, in points with a sign; only for those who decide or audit.
    pub deviation: Option<String>,
    /// Whether that is so far that the sheet is flagged.
    pub outlier: bool,
}

/// One sheet of the extra station.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StationMarks {
    /// Whose.
    pub expert: ExpertId,
    /// Name.
    pub expert_name: String,
    /// In the order of the station's rubric.
    pub items: Vec<ItemMark>,
    /// Their sum.
    pub total: i64,
    /// The opinion on the whole.
    pub opinion: String,
}

/// A dimension's mean over all sheets, of this application and of the one before it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DimensionMean {
    /// Its key.
    pub dimension: String,
    /// Its name.
    pub name: String,
    /// The most that it can earn.
    pub max: i64,
    /// Sum over the sheets.
    pub sum: i64,
    /// Over how many.
    pub sheets: u32,
    /// The mean rounded half up, for reading: ties are broken by the exact fraction.
    pub mean: Option<i64>,
    /// The same of the application one place before.
    pub before: Option<i64>,
}

/// The one before, when the scores are equal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Before {
    /// Which application.
    #[serde(flatten)]
    pub file: Named,
    /// Its place.
    pub place: i32,
    /// Its score.
    pub score: i32,
}

/// The explanation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Explanation {
    /// The call.
    pub call: CallId,
    /// Its title.
    pub title: String,
    /// The application.
    #[serde(flatten)]
    pub file: Named,
    /// Where it stands.
    pub state: State,
    /// Its sheets, by expert.
    pub sheets: Vec<SheetMarks>,
    /// Its sheets of the extra station, by expert.
    pub station: Vec<StationMarks>,
    /// The sum of the totals that count.
    pub sum: i64,
    /// Over how many.
    pub count: usize,
    /// The arithmetic written out: `85.00 + 90.00 + 92.00 = 267.00; 267.00 ÷ 3 = 89.00`.
    pub arithmetic: Vec<String>,
    /// The official score: that mean, rounded half up once.
    pub score: i32,
    /// The mean of all totals.
    pub plain_mean: i32,
    /// Highest less lowest total.
    pub spread: i32,
    /// The spread is over the programme's limit.
    pub to_discuss: bool,
    /// Fewer sheets than leaving out asks for.
    pub short_panel: bool,
    /// Means by dimension.
    pub dimensions: Vec<DimensionMean>,
    /// The place.
    pub place: i32,
    /// Of how many.
    pub of: usize,
    /// What put it behind the one before, when their scores are equal: a dimension's key, `submitted_at` or `id`.
    pub tie_broken_by: Option<String>,
    /// The one before.
    pub before: Option<Before>,
    /// What the line says, in a sentence; none once it was decided on.
    pub line: Option<String>,
    /// What the score would be if nobody were strict or generous; only for those who decide or audit, never official.
    pub adjusted: Option<i64>,
}

/// Explains an application's place.
///
/// # Errors
/// The review is not closed; the application has no place in it.
pub fn explain(tx: &mut Tx<'_>, actor: &Actor, call: CallId, id: ApplicationId) -> Result<Explanation, Error> {
    actor.must_hold(READERS)?;
    let closed = closed(tx, call)?;
    let at = closed.rankings.iter().position(|ranking| ranking.application_id == id).ok_or(Error::NotFound)?;
    let ranking = closed.rankings.get(at).ok_or(Error::NotFound)?.clone();
    let panel = closed.panels.iter().find(|panel| panel.id == id).ok_or(Error::NotFound)?;
    let file = closed.files.get(&id).ok_or(Error::NotFound)?;
    let before = at.checked_sub(1).and_then(|before| closed.rankings.get(before));
    let totals: Vec<i64> = panel.sheets.iter().map(Marks::total).collect();
    let out = left_out(&totals, closed.method.trim_from);
    let is_kept = |at: &usize| out.is_none_or(|(lowest, highest)| *at != lowest && *at != highest);
    let kept: Vec<i64> = totals.iter().enumerate().filter(|(at, _)| is_kept(at)).map(|(_, total)| *total).collect();
    let judges = actor.holds_any(JUDGES);
    let cuts =
        super::line::cuts(tx, &closed.call, &closed.files.values().cloned().collect::<Vec<_>>(), &closed.rankings)?;
    let cut = cuts.get(&id);
    Ok(Explanation {
        call,
        title: closed.call.title.clone(),
        file: closed.named(id),
        state: file.application.state,
        sheets: sheets(&closed, actor, panel, out),
        station: station(tx, &closed, actor, id)?,
        sum: kept.iter().sum(),
        count: kept.len(),
        arithmetic: arithmetic(&kept, &ranking, panel, closed.method.station_share),
        score: ranking.score,
        plain_mean: ranking.plain_mean,
        spread: ranking.spread,
        to_discuss: ranking.to_discuss,
        short_panel: ranking.short_panel,
        dimensions: dimensions(&closed, actor, panel, before),
        place: ranking.place,
        of: closed.rankings.len(),
        before: before.map(|before| Before {
            file: closed.named(before.application_id),
            place: before.place,
            score: before.score,
        }),
        tie_broken_by: ranking.tie_broken_by,
        line: cut.map(|cut| sentence(tx, actor, cut)),
        adjusted: closed.method.adjusted(panel, &closed.severities()).filter(|_| judges),
    })
}

fn arithmetic(
    kept: &[i64],
    ranking: &Ranking,
    panel: &Panel<ApplicationId, ExpertId>,
    station_share: Option<u32>,
) -> Vec<String> {
    let added = |totals: &[i64]| {
        let sum = points_text(totals.iter().sum());
        let terms = totals.iter().map(|total| points_text(*total)).collect::<Vec<_>>().join(" + ");
        (format!("{terms} = {sum}"), sum)
    };
    let (terms, sum) = added(kept);
    let own = ranking.panel_score.unwrap_or(ranking.score);
    let mut lines = vec![terms, format!("{sum} ÷ {} = {}", kept.len(), points_text(i64::from(own)))];
    if let Some(share) = station_share {
        // A programme says whole percents.
        let weight = share / (WHOLE_SHARE / 100);
        let station: Vec<i64> = panel.station.iter().map(|(_, total)| *total).collect();
        let (terms, of_station) = added(&station);
        let (rest, score) = (100 - weight.min(100), points_text(i64::from(ranking.score)));
        lines.push(terms);
        lines.push(format!(
            "({sum} ÷ {} × {rest} + {of_station} ÷ {} × {weight}) ÷ 100 = {score}",
            kept.len(),
            station.len()
        ));
    }
    lines
}

fn sheets(
    closed: &Closed,
    actor: &Actor,
    panel: &Panel<ApplicationId, ExpertId>,
    out: Option<(usize, usize)>,
) -> Vec<SheetMarks> {
    let limit = closed.outlier_limit();
    let judges = actor.holds_any(JUDGES);
    let deviations = deviations(&panel.sheets);
    let all = panel.sheets.iter().enumerate().zip(deviations);
    all.filter_map(|((at, marks), deviation)| {
        let counted = closed.sheets.iter().find(|s| s.application == panel.id && s.expert == marks.expert)?;
        let deviation = deviation.filter(|_| judges);
        Some(SheetMarks {
            expert: marks.expert,
            expert_name: counted.expert_name.clone(),
            items: items(closed, actor, counted),
            total: marks.total(),
            opinion: counted.sheet.opinion.clone(),
            left_out: out.and_then(|(lowest, highest)| match at {
                at if at == lowest => Some("lowest".to_string()),
                at if at == highest => Some("highest".to_string()),
                _ => None,
            }),
            outlier: deviation.is_some_and(|deviation| is_outlier(deviation, limit)),
            deviation: deviation.and_then(signed),
        })
    })
    .collect()
}

fn items(closed: &Closed, actor: &Actor, counted: &CountedSheet) -> Vec<ItemMark> {
    let programme = &closed.call.programme.0;
    let read = score::check(programme, &counted.sheet.items.0, &counted.sheet.comments.0).sheet;
    programme.rubric.as_ref().map(|rubric| marks_of(actor, rubric, &read)).unwrap_or_default()
}

/// What a sheet says of each item of its rubric.
fn marks_of(actor: &Actor, rubric: &Rubric, read: &Sheet) -> Vec<ItemMark> {
    let all = rubric.dimensions.iter().flat_map(|dimension| dimension.items.iter().map(move |item| (dimension, item)));
    all.map(|(dimension, item)| ItemMark {
        item: item.key.clone(),
        name: item.names.in_language(&actor.language).to_string(),
        dimension: dimension.key.clone(),
        max: i64::from(item.max_hundredths()),
        points: read.points.get(&item.key).copied().flatten(),
        comment: read.comments.get(&item.key).cloned().unwrap_or_default(),
    })
    .collect()
}

/// The counted sheets of an application at the extra station.
fn station(tx: &mut Tx<'_>, closed: &Closed, actor: &Actor, id: ApplicationId) -> Result<Vec<StationMarks>, Error> {
    let programme = &closed.call.programme.0;
    let Some(extra) = programme.review.as_ref().and_then(|rules| rules.extra.as_ref()) else { return Ok(Vec::new()) };
    let of_file = db::extra_sheets::counted(tx.db, closed.session.id)?.into_iter().filter(|(file, _)| *file == id);
    let marks = of_file.filter_map(|(_, sheet)| {
        let counted = closed.sheets.iter().find(|one| one.sheet.assignment_id == sheet.assignment_id)?;
        let read = extra::check(programme, &sheet.items.0, &sheet.comments.0).sheet;
        Some(StationMarks {
            expert: counted.expert,
            expert_name: counted.expert_name.clone(),
            items: marks_of(actor, &extra.rubric, &read),
            total: read.total(),
            opinion: sheet.opinion,
        })
    });
    Ok(marks.collect())
}

fn dimensions(
    closed: &Closed,
    actor: &Actor,
    panel: &Panel<ApplicationId, ExpertId>,
    before: Option<&Ranking>,
) -> Vec<DimensionMean> {
    let before = before.and_then(|before| closed.panels.iter().find(|panel| panel.id == before.application_id));
    let mean = |panel: &Panel<ApplicationId, ExpertId>, at: usize| {
        let points: Vec<i64> = panel.sheets.iter().filter_map(|sheet| sheet.points.get(at).copied()).collect();
        Mean::of(&points)
    };
    let keys = closed.method.dimensions.iter().zip(&closed.method.maxima).enumerate();
    keys.map(|(at, (key, max))| {
        let own = mean(panel, at);
        DimensionMean {
            dimension: key.clone(),
            name: closed.dimension_name(key, &actor.language),
            max: *max,
            sum: own.sum,
            sheets: own.count,
            mean: own.rounded(),
            before: before.and_then(|before| mean(before, at).rounded()),
        }
    })
    .collect()
}
