//! The public figures: counted once for each state of the pool, kept until it changes.

use super::Tx;
use super::sealed::open_form;
use crate::db;
use crate::db::statistics::Fingerprint;
use crate::domain::calendar;
use crate::domain::form::RawForm;
use crate::domain::ids::CallId;
use crate::domain::names::Names;
use crate::domain::procedure::Station;
use crate::domain::programme::{Choice, ColumnSource, Field, FieldKind, Programme, ProgrammeKind};
use crate::domain::statistics::{
    CallFlow, CategoryLabel, FlowStep, Line, Reached, Statistics, THRESHOLD, Tally, withhold_flow,
};
use crate::error::Error;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The key that a programme gives the question of service fields.
const SERVICE_FIELDS: &str = "service_fields";
/// Files read at a time: some 10 kB each.
const CHUNK: i64 = 500;
/// Calls whose flow is shown.
const FLOWS: i64 = 12;

/// What the figures were counted for: day, language, state of the pool.
type Key = (NaiveDate, String, Fingerprint);

/// The figures that were counted last.
#[derive(Default)]
pub struct KeptStatistics {
    last: Mutex<Option<(Key, Arc<Statistics>)>>,
    /// Held by the one who counts.
    counting: Mutex<()>,
}

impl KeptStatistics {
    fn find(&self, wanted: impl Fn(&Key) -> bool) -> Option<Arc<Statistics>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(key, _)| wanted(key)).map(|(_, figures)| figures.clone())
    }

    fn keep(&self, key: Key, figures: Arc<Statistics>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, figures));
    }
}

/// The figures of today. While somebody counts them anew, the others are given those from before; only where there are
/// none do they wait, so that a publication never makes everybody count at once.
///
/// # Errors
/// The database's.
pub fn statistics(tx: &mut Tx<'_>, language: &str) -> Result<Arc<Statistics>, Error> {
    let today = calendar::local_date(tx.now);
    let key = (today, language.to_string(), db::statistics::fingerprint(tx.db, today)?);
    let kept = &tx.env.statistics;
    if let Some(figures) = kept.find(|of| *of == key) {
        return Ok(figures);
    }
    let turn = match kept.counting.try_lock() {
        Ok(turn) => turn,
        Err(_) => match kept.find(|(_, of, _)| of == language) {
            Some(before) => return Ok(before),
            None => kept.counting.lock().unwrap_or_else(PoisonError::into_inner),
        },
    };
    if let Some(figures) = kept.find(|of| *of == key) {
        return Ok(figures);
    }
    let counted = Arc::new(Counting { programmes: selections(tx), language, today }.count(tx)?);
    kept.keep(key, counted.clone());
    drop(turn);
    Ok(counted)
}

fn selections<'a>(tx: &Tx<'a>) -> Vec<&'a Programme> {
    tx.env.programmes.iter().filter(|programme| programme.kind == ProgrammeKind::Selection).collect()
}

struct Counting<'a> {
    programmes: Vec<&'a Programme>,
    language: &'a str,
    today: NaiveDate,
}

/// What the files say.
struct FromFiles {
    clusters: Tally,
    fields: Tally,
    divisions: Tally,
}

impl Counting<'_> {
    fn column(&self, category: &str) -> Option<usize> {
        self.programmes.iter().position(|programme| programme.category.key == category)
    }

    fn said<'b>(&self, names: &'b Names) -> &'b str {
        names.in_language(self.language)
    }

    fn tally(&self) -> Tally {
        Tally::new(self.programmes.len())
    }

    fn count(&self, tx: &mut Tx<'_>) -> Result<Statistics, Error> {
        let files = self.count_files(tx)?;
        let reference = &tx.env.reference;
        let public = self.is_published(|field| matches!(field.kind, FieldKind::Cluster { .. }));
        let clusters =
            reference.clusters.iter().map(|c| line(&files.clusters, &c.id, self.said(&c.names), public)).collect();
        let public = self.is_published(|field| matches!(field.kind, FieldKind::IndustryDivision { .. }));
        let divisions: Vec<Line> =
            reference.divisions.iter().map(|d| line(&files.divisions, &d.code, self.said(&d.names), public)).collect();
        let covered = reference.divisions.iter().filter(|d| files.divisions.figures(&d.code).iter().any(|n| *n > 0));
        let divisions_covered = covered.count() as u64;
        let category = |p: &&Programme| CategoryLabel {
            key: p.category.key.clone(),
            name: p.names.in_language(self.language).into(),
        };
        Ok(Statistics {
            on: self.today,
            threshold: THRESHOLD,
            categories: self.programmes.iter().map(category).collect(),
            service_fields: self.service_fields(&files.fields),
            clusters,
            divisions,
            divisions_covered,
            in_pool: figure(db::memberships::in_pool(tx.db, self.today)?),
            cities: self.cities(tx)?,
            years: self.years(tx)?,
            flows: self.flows(tx)?,
        })
    }

    /// Whether lists say the answers to such questions already: every programme that asks shows them.
    fn is_published(&self, such: impl Fn(&Field) -> bool) -> bool {
        let shown = |programme: &Programme| {
            let mut asked = programme.fields().filter(|field| such(field));
            asked.all(|field| shows(programme, &ColumnSource::Field(field.key.clone())))
        };
        self.programmes.iter().all(|programme| shown(programme))
    }

    /// A city stands on the list where the programme shows it; elsewhere it counts as none.
    fn cities(&self, tx: &mut Tx<'_>) -> Result<Vec<Line>, Error> {
        let mut tally = self.tally();
        for (category, city, count) in db::statistics::pool_by_city(tx.db, self.today)? {
            let Some(column) = self.column(&category) else { continue };
            let public = self.programmes.get(column).is_some_and(|p| shows(p, &ColumnSource::City));
            let code = city.filter(|code| public && tx.env.reference.city(code).is_some()).unwrap_or_default();
            tally.add(&code, column, figure(count));
        }
        let cities = &tx.env.reference.cities;
        let elsewhere = tx.env.words.say(self.language, "statistics-elsewhere");
        let lines = cities.iter().map(|city| tally.public_line(&city.code, self.said(&city.names)));
        Ok(lines.chain([tally.public_line("", &elsewhere)]).collect())
    }

    fn years(&self, tx: &mut Tx<'_>) -> Result<Vec<Line>, Error> {
        let mut tally = self.tally();
        for (category, year, count) in db::statistics::listed_by_year(tx.db)? {
            if let (Some(column), Some(year)) = (self.column(&category), year) {
                tally.add(&year.to_string(), column, figure(count));
            }
        }
        Ok(tally.keys().map(|year| tally.public_line(year, year)).collect())
    }

    fn count_files(&self, tx: &mut Tx<'_>) -> Result<FromFiles, Error> {
        let mut files = FromFiles { clusters: self.tally(), fields: self.tally(), divisions: self.tally() };
        let mut after = None;
        loop {
            let chunk = db::statistics::pool_forms(tx.db, self.today, after, CHUNK)?;
            let Some((last, ..)) = chunk.last() else { return Ok(files) };
            after = Some(*last);
            for (_, category, application, form) in &chunk {
                let column = self.column(category);
                if let Some((column, programme)) = column.and_then(|at| Some((at, self.programmes.get(at)?))) {
                    files.add(programme, column, &open_form(tx.env, *application, form)?);
                }
            }
        }
    }

    fn service_fields(&self, tally: &Tally) -> Vec<Line> {
        let public = self.is_published(|field| field.key == SERVICE_FIELDS);
        let asking = self.programmes.iter().filter_map(|programme| options(programme.field(SERVICE_FIELDS)?));
        let mut seen = BTreeSet::new();
        let choices = asking.flatten().filter(|choice| seen.insert(&choice.key));
        choices.map(|choice| line(tally, &choice.key, choice.names.in_language(self.language), public)).collect()
    }

    fn flows(&self, tx: &mut Tx<'_>) -> Result<Vec<CallFlow>, Error> {
        let calls = db::statistics::calls_with_list(tx.db, FLOWS)?;
        calls.into_iter().map(|call| flow(tx, call)).collect()
    }
}

impl FromFiles {
    fn add(&mut self, programme: &Programme, column: usize, form: &RawForm) {
        for field in programme.fields() {
            let tally = match &field.kind {
                FieldKind::Cluster { .. } => &mut self.clusters,
                FieldKind::IndustryDivision { .. } => &mut self.divisions,
                FieldKind::SeveralOf { .. } if field.key == SERVICE_FIELDS => &mut self.fields,
                _ => continue,
            };
            let mut chosen: BTreeSet<&str> = form.texts(&field.key).into_iter().collect();
            chosen.insert(form.text(&field.key));
            for key in chosen.into_iter().filter(|key| !key.is_empty()) {
                tally.add(key, column, 1);
            }
        }
    }
}

/// A line of what the files say: as it is where lists say so already.
fn line(tally: &Tally, key: &str, name: &str, public: bool) -> Line {
    if public { tally.public_line(key, name) } else { tally.guarded_line(key, name) }
}

fn options(field: &Field) -> Option<&[Choice]> {
    match &field.kind {
        FieldKind::SeveralOf { options, .. } => Some(options),
        _ => None,
    }
}

fn shows(programme: &Programme, source: &ColumnSource) -> bool {
    programme.public_columns.iter().any(|column| column.source == *source)
}

fn flow(tx: &mut Tx<'_>, id: CallId) -> Result<CallFlow, Error> {
    let call = db::calls::find(tx.db, id)?;
    let programme = &call.programme.0;
    let mut stations = vec![Reached::Applied];
    if programme.uses(Station::City) || programme.uses(Station::CityDecides) {
        stations.push(Reached::Recommended);
    }
    if programme.uses(Station::Screening) {
        stations.push(Reached::Screened);
    }
    if programme.uses(Station::Review) {
        stations.push(Reached::Reviewed);
    }
    stations.extend([Reached::Selected, Reached::Recognised]);
    let mut counts = Vec::new();
    for station in &stations {
        counts.push(figure(match station {
            Reached::Applied => db::statistics::submitted(tx.db, id)?,
            further => db::statistics::ever_in(tx.db, id, &further.states())?,
        }));
    }
    let shown = withhold_flow(&counts, THRESHOLD);
    let steps = stations.into_iter().zip(shown).map(|(reached, count)| FlowStep { reached, count }).collect();
    Ok(CallFlow { call: id.to_string(), title: call.title, year: call.year, steps })
}

fn figure(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
