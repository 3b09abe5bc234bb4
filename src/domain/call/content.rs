//! What a call says, as typed and as kept; moved on a year; compared.

use super::{PlannedDays, Windows};
use crate::domain::calendar;
use crate::domain::form::Problem;
use crate::domain::programme::Difference;
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

const TITLE_CHARS: usize = 120;
const BODY_CHARS: usize = 20_000;
const BASIS_CHARS: usize = 200;
const NUMBER_CHARS: usize = 80;
/// Years that a call may have.
const YEARS: std::ops::RangeInclusive<i32> = 2015..=2100;

/// What a call says, as it was typed. Instants are written on the wall clock of Guangdong (`2026-03-02T09:00`) or with
/// an offset (`2026-03-02T09:00:00+08:00`), days as `2026-03-02`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RawContent {
    /// Year.
    pub year: i32,
    /// Title, at most 120 characters.
    pub title: String,
    /// Text for applicants, at most 20,000 characters.
    #[serde(default)]
    pub body: String,
    /// Policy it rests on: title.
    pub basis_title: String,
    /// Policy it rests on: number.
    pub basis_number: String,
    /// Policy it rests on: day of issue.
    pub basis_issued_on: String,
    /// Policy it rests on: last day; empty if it has none.
    #[serde(default)]
    pub basis_valid_until: String,
    /// Applications are accepted from here …, on the wall clock of Guangdong or with an offset.
    #[schema(examples("2026-03-02T09:00"))]
    pub opens_at: String,
    /// … until here, which is already outside; written alike.
    #[schema(examples("2026-03-31T17:00:00+08:00"))]
    pub closes_at: String,
    /// Bureaus recommend until here, written alike; empty means: until the closing.
    #[serde(default)]
    pub recommend_by: String,
    /// The day by which form and eligibility are expected to be checked; empty if none is said.
    #[serde(default)]
    pub planned_screening_on: String,
    /// The day by which the experts' review is expected to end; empty if none is said.
    #[serde(default)]
    pub planned_review_on: String,
    /// The day by which the decision is expected; empty if none is said.
    #[serde(default)]
    pub planned_decision_on: String,
    /// The day on which the public notice is expected to begin; empty if none is said.
    #[serde(default)]
    pub planned_notice_on: String,
}

/// What a call says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Year.
    pub year: i32,
    /// Title.
    pub title: String,
    /// Text for applicants.
    pub body: String,
    /// Policy it rests on: title.
    pub basis_title: String,
    /// Policy it rests on: number.
    pub basis_number: String,
    /// Policy it rests on: day of issue.
    pub basis_issued_on: NaiveDate,
    /// Policy it rests on: last day, if it has one.
    pub basis_valid_until: Option<NaiveDate>,
    /// The windows, UTC.
    pub windows: Windows,
    /// The planned days.
    pub planned: PlannedDays,
}

/// An instant in UTC from what was typed; none for what is no instant.
pub fn parse_instant(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let with_offset = DateTime::parse_from_rfc3339(text).ok().map(|instant| instant.naive_utc());
    with_offset
        .or_else(|| {
            ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
                .iter()
                .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
                .map(calendar::utc_of_local)
        })
        .filter(|instant| YEARS.contains(&instant.year()))
}

/// A day from what was typed; none for what is no day.
pub(super) fn parse_day(text: &str) -> Option<NaiveDate> {
    text.trim().parse::<NaiveDate>().ok().filter(|day| (1980..=2100).contains(&day.year()))
}

/// As a field of a page holds it.
fn local_text(instant: NaiveDateTime) -> String {
    calendar::local_datetime(instant).format("%Y-%m-%dT%H:%M").to_string()
}

struct Checker {
    problems: Vec<Problem>,
}

impl Checker {
    fn text(&mut self, path: &str, typed: &str, limit: usize, required: bool) -> String {
        let text = typed.trim().replace("\r\n", "\n");
        if required && text.is_empty() {
            self.problems.push(Problem::new(path, "call_required"));
        }
        let found = text.chars().count();
        if found > limit {
            self.problems.push(Problem::new(path, "call_too_long").with("limit", limit).with("found", found));
        }
        text
    }

    fn day(&mut self, path: &str, typed: &str) -> NaiveDate {
        let day = parse_day(typed);
        if day.is_none() {
            let code = if typed.trim().is_empty() { "call_required" } else { "call_date" };
            self.problems.push(Problem::new(path, code).with("value", typed.trim()));
        }
        day.unwrap_or_default()
    }

    /// A day that need not be said.
    fn optional_day(&mut self, path: &str, typed: &str) -> Option<NaiveDate> {
        (!typed.trim().is_empty()).then(|| self.day(path, typed))
    }

    /// A policy cannot end before it was issued. Days that could not be read are not compared.
    fn must_follow(&mut self, content: &Content) {
        let readable =
            !self.problems.iter().any(|p| ["basis_issued_on", "basis_valid_until"].contains(&p.path.as_str()));
        let issued = content.basis_issued_on;
        if content.basis_valid_until.is_some_and(|until| readable && until < issued) {
            let issued = calendar::local_date_text(issued);
            self.problems.push(Problem::new("basis_valid_until", "call_basis_ends_first").with("issued", issued));
        }
    }

    fn instant(&mut self, path: &str, typed: &str) -> NaiveDateTime {
        let instant = parse_instant(typed);
        if instant.is_none() {
            let code = if typed.trim().is_empty() { "call_required" } else { "call_instant" };
            self.problems.push(Problem::new(path, code).with("value", typed.trim()));
        }
        instant.unwrap_or_default()
    }
}

impl RawContent {
    /// Reads what was typed. Whether the dates are in order is not asked here: a draft may be unfinished, and
    /// [`super::problems`] says what cannot work.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn check(&self) -> Result<Content, Vec<Problem>> {
        let mut checker = Checker { problems: Vec::new() };
        if !YEARS.contains(&self.year) {
            let problem = Problem::new("year", "call_year").with("first", YEARS.start()).with("last", YEARS.end());
            checker.problems.push(problem);
        }
        let closes_at = checker.instant("closes_at", &self.closes_at);
        let content = Content {
            year: self.year,
            title: checker.text("title", &self.title, TITLE_CHARS, true),
            body: checker.text("body", &self.body, BODY_CHARS, false),
            basis_title: checker.text("basis_title", &self.basis_title, BASIS_CHARS, true),
            basis_number: checker.text("basis_number", &self.basis_number, NUMBER_CHARS, true),
            basis_issued_on: checker.day("basis_issued_on", &self.basis_issued_on),
            basis_valid_until: checker.optional_day("basis_valid_until", &self.basis_valid_until),
            windows: Windows {
                opens_at: checker.instant("opens_at", &self.opens_at),
                closes_at,
                recommend_by: match self.recommend_by.trim() {
                    "" => closes_at,
                    typed => checker.instant("recommend_by", typed),
                },
            },
            planned: PlannedDays {
                screening_on: checker.optional_day("planned_screening_on", &self.planned_screening_on),
                review_on: checker.optional_day("planned_review_on", &self.planned_review_on),
                decision_on: checker.optional_day("planned_decision_on", &self.planned_decision_on),
                notice_on: checker.optional_day("planned_notice_on", &self.planned_notice_on),
            },
        };
        checker.must_follow(&content);
        if checker.problems.is_empty() { Ok(content) } else { Err(checker.problems) }
    }
}

impl Content {
    /// As the fields of a page hold it.
    pub fn raw(&self) -> RawContent {
        let day_text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        RawContent {
            year: self.year,
            title: self.title.clone(),
            body: self.body.clone(),
            basis_title: self.basis_title.clone(),
            basis_number: self.basis_number.clone(),
            basis_issued_on: self.basis_issued_on.to_string(),
            basis_valid_until: day_text(self.basis_valid_until),
            opens_at: local_text(self.windows.opens_at),
            closes_at: local_text(self.windows.closes_at),
            recommend_by: local_text(self.windows.recommend_by),
            planned_screening_on: day_text(self.planned.screening_on),
            planned_review_on: day_text(self.planned.review_on),
            planned_decision_on: day_text(self.planned.decision_on),
            planned_notice_on: day_text(self.planned.notice_on),
        }
    }

    /// The next call, copied from this one: its year in the title and its windows moved on, to this year at least; text
    /// and policy as they were.
    pub fn moved_on(&self, this_year: i32) -> Content {
        let years = (this_year - self.year).max(1);
        let year = self.year + years;
        // A leap day becomes the 28th.
        let months = Months::new(u32::try_from(years).unwrap_or(1) * 12);
        let moved = |utc: NaiveDateTime| {
            let local = calendar::local_datetime(utc);
            calendar::utc_of_local(local.checked_add_months(months).unwrap_or(local))
        };
        let moved_day = |day: Option<NaiveDate>| day.and_then(|day| day.checked_add_months(months));
        Content {
            year,
            title: self.title.replace(&self.year.to_string(), &year.to_string()),
            windows: Windows {
                opens_at: moved(self.windows.opens_at),
                closes_at: moved(self.windows.closes_at),
                recommend_by: moved(self.windows.recommend_by),
            },
            planned: PlannedDays {
                screening_on: moved_day(self.planned.screening_on),
                review_on: moved_day(self.planned.review_on),
                decision_on: moved_day(self.planned.decision_on),
                notice_on: moved_day(self.planned.notice_on),
            },
            ..self.clone()
        }
    }
}

/// What differs between two calls, field by field; keys are those of [`RawContent`].
pub fn differences(before: &Content, after: &Content) -> Vec<Difference> {
    let fields = |content: &Content| {
        let raw = content.raw();
        [
            ("year", raw.year.to_string()),
            ("title", raw.title),
            ("body", raw.body),
            ("basis_title", raw.basis_title),
            ("basis_number", raw.basis_number),
            ("basis_issued_on", raw.basis_issued_on),
            ("basis_valid_until", raw.basis_valid_until),
            ("opens_at", calendar::local_datetime_text(content.windows.opens_at)),
            ("closes_at", calendar::local_deadline_text(content.windows.closes_at)),
            ("recommend_by", calendar::local_deadline_text(content.windows.recommend_by)),
            ("planned_screening_on", raw.planned_screening_on),
            ("planned_review_on", raw.planned_review_on),
            ("planned_decision_on", raw.planned_decision_on),
            ("planned_notice_on", raw.planned_notice_on),
        ]
    };
    let some = |text: String| (!text.is_empty()).then_some(text);
    fields(before)
        .into_iter()
        .zip(fields(after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((key, before), (_, after))| Difference {
            key: key.into(),
            label: String::new(),
            before: some(before),
            after: some(after),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw() -> RawContent {
        RawContent {
            year: 2024,
            title: "2024年度省级专业型工业互联网平台申报通知".into(),
            body: "请按要求申报。".into(),
            basis_title: "若干措施".into(),
            basis_number: "粤工信规〔2024〕1号".into(),
            basis_issued_on: "2024-01-15".into(),
            basis_valid_until: String::new(),
            opens_at: "2024-02-29T09:00".into(),
            closes_at: "2024-03-31T18:00".into(),
            recommend_by: "2024-04-15T18:00".into(),
            planned_review_on: "2024-06-30".into(),
            ..RawContent::default()
        }
    }

    #[test]
    fn what_was_typed_reads_back() {
        let content = raw().check().expect("everything is right");
        assert_eq!(content.windows.opens_at.to_string(), "2024-02-29 01:00:00");
        assert_eq!(content.raw(), raw());
    }

    #[test]
    fn an_instant_may_carry_an_offset() {
        let expected = Some("2026-03-02T01:00:00".parse().expect("an instant"));
        for text in ["2026-03-02T09:00", "2026-03-02T09:00:00", "2026-03-02T09:00:00+08:00", "2026-03-02T01:00:00Z"] {
            assert_eq!(parse_instant(text), expected, "{text}");
        }
        for text in ["", "2026-03-02", "2026-02-30T09:00", "明天", "99999-01-01T00:00"] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let wrong = RawContent {
            year: 24,
            title: "题".repeat(121),
            basis_issued_on: "2024-13-01".into(),
            basis_valid_until: "永久".into(),
            opens_at: "三月".into(),
            recommend_by: "四月".into(),
            planned_notice_on: "五月".into(),
            ..RawContent::default()
        };
        let problems = wrong.check().expect_err("wrong");
        let found: Vec<_> = problems.iter().map(|p| (p.path.as_str(), p.code.as_str())).collect();
        assert_eq!(
            found,
            [
                ("year", "call_year"),
                ("closes_at", "call_required"),
                ("title", "call_too_long"),
                ("basis_title", "call_required"),
                ("basis_number", "call_required"),
                ("basis_issued_on", "call_date"),
                ("basis_valid_until", "call_date"),
                ("opens_at", "call_instant"),
                ("recommend_by", "call_instant"),
                ("planned_notice_on", "call_date"),
            ]
        );
    }

    #[test]
    fn a_policy_does_not_end_before_it_was_issued() {
        let of = |until: &str| RawContent { basis_valid_until: until.into(), ..raw() }.check();
        assert!(of("2024-01-15").is_ok());
        let problems = of("2024-01-14").expect_err("wrong");
        let found: Vec<_> = problems.iter().map(|p| (p.path.as_str(), p.code.as_str())).collect();
        assert_eq!(found, [("basis_valid_until", "call_basis_ends_first")]);
    }

    #[test]
    fn without_a_date_of_their_own_bureaus_have_until_the_closing() {
        let content = RawContent { recommend_by: " ".into(), ..raw() }.check().expect("right");
        assert_eq!(content.windows.recommend_by, content.windows.closes_at);
    }

    #[test]
    fn last_years_call_is_moved_on_and_the_differences_are_named() {
        let last = raw().check().expect("right");
        let next = last.moved_on(2025);
        assert_eq!(next.title, "2025年度省级专业型工业互联网平台申报通知");
        assert_eq!(next.raw().opens_at, "2025-02-28T09:00");
        let keys: Vec<_> = differences(&last, &next).into_iter().map(|d| d.key).collect();
        assert_eq!(keys, ["year", "title", "opens_at", "closes_at", "recommend_by", "planned_review_on"]);
        assert_eq!(next.raw().planned_review_on, "2025-06-30");
        assert_eq!(last.moved_on(2024).year, 2025, "never the same year again");
        assert_eq!(last.moved_on(2027).year, 2027);
        assert!(differences(&last, &last).is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(year: i32, a in ".{0,40}", b in ".{0,40}") {
            let wild = RawContent { year, title: a.clone(), opens_at: b.clone(), closes_at: a, basis_issued_on: b, ..raw() };
            if let Ok(content) = wild.check() {
                let _ = content.moved_on(2026);
            }
        }
    }
}
