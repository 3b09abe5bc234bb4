//! The examples of `SPECIFICATION.md`, run through the code: each table is found by its heading row.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::extra_station::combined;

use super::aggregate::{Mean, kept, left_out};
use super::cut::{Contender, Line, cut};
use super::panel::{Marks, Method, Panel, WHOLE};
use super::ranking::{Candidate, TieBreak, rank};
use super::severity::{adjusted, deviations, severities};
use super::{Aggregate, Fraction, SPECIFICATION, aggregate, points_text};

/// The rows of the only table with this heading row.
fn table(heading: &str) -> Vec<Vec<String>> {
    let wanted = format!("| {heading} |");
    let mut lines = SPECIFICATION.lines().skip_while(|line| *line != wanted);
    assert!(lines.next().is_some(), "no table {wanted}");
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect();
    let rows: Vec<Vec<String>> = lines.skip(1).take_while(|line| line.starts_with('|')).map(cells).collect();
    assert!(!rows.is_empty(), "the table {wanted} is empty");
    rows
}

/// Every table is read by a test here: none can be added that nobody checks.
#[test]
fn every_table_is_read() {
    let headings =
        SPECIFICATION.lines().zip(SPECIFICATION.lines().skip(1)).filter(|(_, next)| next.starts_with("|---"));
    assert_eq!(headings.count(), 10);
}

fn hundredths(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').expect("two decimals");
    assert_eq!(fraction.len(), 2, "{text}");
    sign * (whole.parse::<i64>().expect("a number") * 100 + fraction.parse::<i64>().expect("a number"))
}

fn all_hundredths(text: &str) -> Vec<i64> {
    text.split_whitespace().map(hundredths).collect()
}

#[test]
fn aggregates_are_as_specified() {
    for row in table("totals | trim from | left out | sum of the others | score | mean of all | spread") {
        let totals = all_hundredths(&row[0]);
        let trim_from: usize = row[1].parse().expect("a number");
        let found = aggregate(&totals, trim_from).expect("a score");
        let mut sorted = totals.clone();
        sorted.sort_unstable();
        let kept = kept(&sorted, trim_from);
        assert_eq!(kept.iter().sum::<i64>(), hundredths(&row[3]), "{row:?}");
        let expected = Aggregate {
            mean: hundredths(&row[4]),
            plain_mean: hundredths(&row[5]),
            spread: hundredths(&row[6]),
            sheets: totals.len(),
            trimmed: totals.len() - kept.len(),
            short_panel: totals.len() < trim_from,
        };
        assert_eq!(found, expected, "{row:?}");
        let out = left_out(&totals, trim_from).map(|(low, high)| vec![totals[low], totals[high]]);
        let told = (row[2] != "none").then(|| all_hundredths(&row[2]));
        assert_eq!(out, told, "{row:?}");
    }
}

#[test]
fn rounding_is_as_specified() {
    for row in table("sum | sheets | score") {
        let mean = Mean { sum: hundredths(&row[0]), count: row[1].parse().expect("a number") };
        assert_eq!(mean.rounded(), Some(hundredths(&row[2])), "{row:?}");
    }
}

fn minute(text: &str) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23);
    day.and_then(|day| day.and_hms_opt(9, text.parse().expect("a minute"), 0)).expect("an instant")
}

#[test]
fn ties_are_as_specified() {
    let rows = table("application | score | sum in effect | sheets | submitted at | place | put there by");
    let candidate = |row: &Vec<String>| Candidate {
        id: row[0].parse::<u32>().expect("a number"),
        score: hundredths(&row[1]),
        dimensions: [("effect".to_string(), Mean { sum: hundredths(&row[2]), count: row[3].parse().expect("sheets") })]
            .into(),
        submitted_at: minute(&row[4]),
    };
    let order = ["effect", "submitted_at"].map(TieBreak::from_text);
    let ranked = rank(rows.iter().rev().map(candidate).collect(), &order);
    assert_eq!(ranked.len(), rows.len());
    for (row, found) in rows.iter().zip(ranked) {
        let by = found.tie_broken_by.map_or_else(|| "score".to_string(), |tie| tie.to_string());
        let told = [found.id.to_string(), found.place.to_string(), by];
        assert_eq!(told, [&row[0], &row[5], &row[6]].map(String::clone));
    }
}

#[test]
fn the_line_is_as_specified() {
    let rows = table("place | score | city | outcome");
    let contender = |row: &Vec<String>| Contender {
        id: row[0].clone(),
        place: row[0].parse().expect("a number"),
        score: hundredths(&row[1]),
        groups: (row[2] != "none").then(|| row[2].clone()).into_iter().collect::<BTreeSet<_>>(),
    };
    let contenders: Vec<_> = rows.iter().map(contender).collect();
    let line = Line { pass_mark: Some(6000), places: Some(3), most: Some(1), taken: BTreeMap::new() };
    for (row, (_, found)) in rows.iter().zip(cut(&contenders, &line)) {
        assert_eq!(found.code(), row[3], "{row:?}");
    }
}

/// A panel a row: the total of each named expert, as points of one dimension.
fn panels(rows: &[Vec<String>], experts: &[&str]) -> Vec<Panel<String, String>> {
    let sheet = |(expert, total): (&&str, &String)| {
        (total != "none").then(|| Marks { expert: expert.to_string(), points: vec![hundredths(total)] })
    };
    rows.iter()
        .map(|row| Panel {
            id: row[0].clone(),
            submitted_at: minute("0"),
            sheets: experts.iter().zip(&row[1..]).filter_map(sheet).collect(),
            station: Vec::new(),
        })
        .collect()
}

fn must_be_adjusted(panels: &[Panel<String, String>], rows: &[Vec<String>], first: usize) {
    let severities = severities(panels);
    for (panel, row) in panels.iter().zip(rows) {
        let totals: Vec<i64> = panel.sheets.iter().map(Marks::total).collect();
        assert_eq!(aggregate(&totals, 5).map(|found| found.mean), Some(hundredths(&row[first])), "{row:?}");
        assert_eq!(adjusted(&panel.sheets, &severities, 5), Some(hundredths(&row[first + 1])), "{row:?}");
    }
}

#[test]
fn severities_are_as_specified() {
    let rows = table("file | A | B | C | deviation of A | deviation of B | deviation of C");
    let three = panels(&rows, &["A", "B", "C"]);
    for (panel, row) in three.iter().zip(&rows) {
        let told: Vec<_> = row[4..].iter().map(|text| Some(Fraction::whole(hundredths(text)))).collect();
        assert_eq!(deviations(&panel.sheets), told, "{row:?}");
    }
    let severities = severities(&three);
    for row in table("expert | severity in hundredths | files | shown") {
        let found = severities[&row[0]];
        let mean = found.mean.expect("an exact mean");
        let told = [format!("{}/{}", mean.parts().0, mean.parts().1), found.files.to_string()];
        assert_eq!(told, [row[1].clone(), row[2].clone()]);
        assert_eq!(mean.rounded().map(points_text), Some(row[3].clone()));
    }
    must_be_adjusted(&three, &table("file | score | adjusted score"), 1);
    let rows = table("file | D | E | F | score | adjusted score");
    must_be_adjusted(&panels(&rows, &["D", "E", "F"]), &rows, 4);
}

#[test]
fn weights_are_as_specified() {
    for row in table("effect | technology | tenths of effect | tenths of technology | score") {
        let method = Method {
            dimensions: vec!["effect".into(), "technology".into()],
            maxima: vec![4000, 6000],
            weights: row[2..4].iter().map(|tenths| tenths.parse().expect("tenths")).collect(),
            trim_from: 5,
            max_spread: 2500,
            tie_order: Vec::new(),
            station_share: None,
        };
        assert!(method.weights.iter().all(|weight| weight.abs_diff(WHOLE) <= 1));
        let sheet = Marks { expert: 'a', points: row[..2].iter().map(|text| hundredths(text)).collect() };
        assert_eq!(method.aggregate(&[sheet]).map(|found| found.mean), Some(hundredths(&row[4])), "{row:?}");
    }
}

#[test]
fn the_extra_station_is_mixed_in_as_specified() {
    for row in table("totals | station's totals | weight | panel | station | final score") {
        let (panel, station) = (Mean::of(&all_hundredths(&row[0])), Mean::of(&all_hundredths(&row[1])));
        let weight: u32 = row[2].parse().expect("a number");
        assert_eq!(panel.rounded(), Some(hundredths(&row[3])), "{row:?}");
        assert_eq!(station.rounded(), Some(hundredths(&row[4])), "{row:?}");
        assert_eq!(combined(panel, station, weight * 10), Some(hundredths(&row[5])), "{row:?}");
    }
}
