//! Ranking the applications of a call, beside one plain sort of as many scores; and storing the ranking, and publishing
//! a list, beside as many bare rows.

use crate::figures::{Figures, Table};
use crate::house::{House, Rows, bare};
use crate::pages;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use std::hint::black_box;
use yuanchi::db::reviews::{Ranking, create_rankings};
use yuanchi::db::{Db, reviews};
use yuanchi::domain::ids::{ApplicationId, CallId};
use yuanchi::domain::scoring::panel::WHOLE;
use yuanchi::domain::scoring::{Marks, Method, Panel, Standing, TieBreak, standings};

/// Applications of the call.
const APPLICATIONS: u32 = 100_000;
/// Sheets of each.
const EACH: u32 = 5;
/// Times that they are ranked, and the milliseconds that it may take.
const TIMES: usize = 3;
const WITHIN_MS: f64 = 2_000.0;
/// Bytes of a stored place, or entry.
const ROW_BYTES: usize = 120;
/// Entries of the list that is published, and the milliseconds that it may take: ranking and publishing have five
/// seconds together.
const ENTRIES: usize = 20_000;
const PUBLISHED_WITHIN_MS: f64 = 3_000.0;

fn morning() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|day| day.and_hms_opt(9, 0, 0)).unwrap_or_default()
}

fn method() -> Method {
    Method {
        dimensions: ["outcomes", "technology", "service", "growth"].map(str::to_string).into(),
        maxima: vec![4000, 2500, 2000, 1500],
        weights: vec![WHOLE; 4],
        trim_from: 5,
        max_spread: 2500,
        tie_order: ["outcomes", "technology", "submitted_at"].map(TieBreak::from_text).into(),
        station_share: None,
    }
}

/// The id of an application by its number.
fn id(number: u32) -> String {
    format!("00000000-0000-7000-8000-{}", 100_000_000_000_u64 + u64::from(number))
}

/// Whole points, so that many scores are equal and ties are broken.
fn panels() -> Vec<Panel<ApplicationId, u32>> {
    let mut state = 1_u64;
    // Knuth's linear congruence: the same figures on every machine.
    let mut draw = |most: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 33).unwrap_or_default() % (most / 100 + 1) * 100
    };
    let method = method();
    let mut all = Vec::new();
    for number in 1..=APPLICATIONS {
        let Some(id) = ApplicationId::from_text(&id(number)) else { continue };
        let sheets = (0..EACH).map(|sheet| Marks {
            expert: number.wrapping_mul(7).wrapping_add(sheet) % 1000,
            points: method.maxima.iter().map(|most| draw(*most)).collect(),
        });
        all.push(Panel { id, submitted_at: morning(), sheets: sheets.collect(), station: Vec::new() });
    }
    all
}

/// Ranks them.
pub fn compute(table: &mut Table) -> Vec<Standing<ApplicationId>> {
    let (panels, method) = (panels(), method());
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    let mut found = Vec::new();
    for _ in 0..TIMES {
        let mut scores: Vec<(i64, ApplicationId)> =
            panels.iter().map(|panel| (panel.sheets.iter().map(Marks::total).sum(), panel.id)).collect();
        baseline.time(|| black_box(&mut scores).sort_unstable());
        found = measured.time(|| black_box(standings(&panels, &method)));
    }
    assert_eq!(found.len(), panels.len(), "every application has a place");
    let name = "rank 100,000 applications x 5 sheets";
    table.bar_of_p99(name, &measured, WITHIN_MS);
    table.add(name, measured, baseline);
    found
}

/// Stores the places that were found, in one durable transaction.
pub fn store(house: &House, call: CallId, found: &[Standing<ApplicationId>], table: &mut Table) -> anyhow::Result<()> {
    let app = &house.app;
    // Withdrawn, so that one organisation may have all of them.
    let columns = "call_id, organisation_id, bureau, form, members, submission_count, submitted_at, created_by, \
                   created_at, updated_at, version";
    let copies = format!(
        "INSERT INTO applications (id, state, {columns})
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {APPLICATIONS})
         SELECT '00000000-0000-7000-8000-' || CAST(100000000000 + i AS TEXT), 'withdrawn', {columns}
         FROM n CROSS JOIN (SELECT * FROM applications WHERE call_id = '{call}' LIMIT 1) AS one"
    );
    Db::open(&app.config.database_url())?.batch_execute(&copies)?;
    let row = |standing: &Standing<ApplicationId>| {
        let aggregate = standing.aggregate;
        Some(Ranking {
            application_id: standing.id,
            call_id: call,
            place: i32::try_from(standing.place).ok()?,
            score: i32::try_from(aggregate.mean).ok()?,
            plain_mean: i32::try_from(aggregate.plain_mean).ok()?,
            spread: i32::try_from(aggregate.spread).ok()?,
            sheet_count: i32::try_from(aggregate.sheets).ok()?,
            trimmed: aggregate.trimmed > 0,
            short_panel: aggregate.short_panel,
            to_discuss: standing.to_discuss,
            tie_broken_by: standing.tie_broken_by.as_ref().map(|tie| tie.to_string()),
            ranked_at: morning(),
            panel_score: None,
            extra_score: None,
        })
    };
    let rows: Vec<Ranking> = found.iter().filter_map(row).collect();
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    measured
        .time(|| app.store.write(move |db| -> Result<(), yuanchi::error::Error> { Ok(create_rankings(db, &rows)?) }))?;
    baseline.time(|| bare(app, &Rows::of(&[], &vec![ROW_BYTES; found.len()])))?;
    let stored = app.read_now(|tx| Ok(reviews::rankings_of(tx.db, call)?))?;
    assert_eq!(stored.len(), found.len(), "every place is stored");
    table.add("store a ranking of 100,000", measured, baseline);
    Ok(())
}

/// Publishes a list, canonical, scanned, signed and chained, in one durable transaction.
pub fn publish(house: &House, table: &mut Table) -> anyhow::Result<()> {
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    measured.time(|| pages::list(house, 0, 0..ENTRIES))?;
    baseline.time(|| bare(&house.app, &Rows::of(&[], &vec![ROW_BYTES; ENTRIES])))?;
    let name = "publish a list of 20,000";
    table.bar_of_p99(name, &measured, PUBLISHED_WITHIN_MS);
    table.add(name, measured, baseline);
    Ok(())
}
