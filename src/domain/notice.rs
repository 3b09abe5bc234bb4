//! The public notice: how long it runs, and what an objection must hold to be accepted for handling.

use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::domain::calendar::{self, BeyondCalendar, Calendar, DayUnit};
use crate::domain::text::text_enum;
use unicode_normalization::UnicodeNormalization;

/// The days of a notice, local dates, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The day it is published.
    pub first: NaiveDate,
    /// The last day on which objections are received, until 24:00.
    pub last: NaiveDate,
}

/// Why a period cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodProblem {
    /// A notice of no days is no notice.
    #[error("a notice lasts at least one day")]
    NoLength,
    /// It runs into a year whose holidays are not loaded.
    #[error(transparent)]
    BeyondCalendar(#[from] BeyondCalendar),
    /// It runs past the dates that can be represented.
    #[error("the notice would end after the last date that can be written")]
    OutOfRange,
}

impl PeriodProblem {
    /// Stable code; the sentence is in the locale files under `problem-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            PeriodProblem::NoLength => "notice_no_length",
            PeriodProblem::BeyondCalendar(beyond) => beyond.code(),
            PeriodProblem::OutOfRange => "notice_out_of_range",
        }
    }

    /// What the sentence names.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            PeriodProblem::BeyondCalendar(beyond) => beyond.args(),
            PeriodProblem::NoLength | PeriodProblem::OutOfRange => Vec::new(),
        }
    }
}

/// The period of a notice published on `first`. Seven calendar days, the first counted, from 6 January last until the end of 12 January.
///
/// # Errors
/// [`PeriodProblem`].
pub fn period(
    first: NaiveDate,
    length: u32,
    unit: DayUnit,
    first_day_counts: bool,
    calendar: &Calendar,
) -> Result<Period, PeriodProblem> {
    if length == 0 {
        return Err(PeriodProblem::NoLength);
    }
    let last = match unit {
        DayUnit::WorkingDays => calendar.add_working_days(first, length, first_day_counts)?,
        DayUnit::CalendarDays => {
            let after = if first_day_counts { length - 1 } else { length };
            first.checked_add_days(Days::new(u64::from(after))).ok_or(PeriodProblem::OutOfRange)?
        }
    };
    Ok(Period { first, last })
}

impl Period {
    /// The instant at which it is over: the end of its last day. Half open: what arrives at this instant is late.
    pub fn ends_at(&self) -> NaiveDateTime {
        calendar::end_of_day_utc(self.last)
    }

    /// Whether it is over.
    pub fn is_over(&self, now: NaiveDateTime) -> bool {
        now >= self.ends_at()
    }

    /// How many local days are left, as [`calendar::days_left`] counts them.
    pub fn days_left(&self, now: NaiveDateTime) -> i64 {
        calendar::days_left(now, self.ends_at())
    }
}

/// What people write who do not want to be named.
const NOBODY: &[&str] = &[
    "匿名",
    "匿名者",
    "匿名人士",
    "匿名用户",
    "佚名",
    "无名",
    "无名氏",
    "不详",
    "保密",
    "群众",
    "热心群众",
    "知情人",
    "知情人士",
    "某某",
    "某某某",
    "anonymous",
    "nobody",
];

/// Whether a text can be the real name of a person or a unit: two letters at least, and none of the words for nobody.
/// Whether it is true is the handling officer's to find out.
pub fn is_real_name(name: &str) -> bool {
    let folded: String = name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
    let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && !NOBODY.contains(&folded.as_str())
}

/// What is known of an objection when it is received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectionFacts {
    /// It gives a person's real name, or a unit's.
    pub named: bool,
    /// It gives a way to reach the objector.
    pub contact: bool,
    /// It says what is objected to.
    pub matter: bool,
    /// How many pieces of evidence came with it.
    pub evidence_count: usize,
    /// When the complete request arrived.
    pub received_at: NaiveDateTime,
    /// The entry stands in a published list already.
    pub published: bool,
}

text_enum!(
    /// What keeps an objection from being accepted; words under `shortcoming-<code>`.
    Shortcoming {
        /// After the notice's last day, or after its entry was published.
        Late = "late",
        /// No real name.
        Anonymous = "anonymous",
        /// No contact.
        NoContact = "no_contact",
        /// No matter.
        NoMatter = "no_matter",
        /// No evidence.
        NoEvidence = "no_evidence",
    }
);

/// Whether an objection is taken up. One that is not stays on record with everything that it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acceptance {
    /// It holds its entry until it is decided.
    Accepted,
    /// It is recorded, and nothing follows from it.
    NotAccepted(Vec<Shortcoming>),
}

/// Judges an objection against the period of its notice.
pub fn acceptance(facts: &ObjectionFacts, period: &Period) -> Acceptance {
    let shortcomings: Vec<Shortcoming> = [
        (facts.published || period.is_over(facts.received_at), Shortcoming::Late),
        (!facts.named, Shortcoming::Anonymous),
        (!facts.contact, Shortcoming::NoContact),
        (!facts.matter, Shortcoming::NoMatter),
        (facts.evidence_count == 0, Shortcoming::NoEvidence),
    ]
    .into_iter()
    .filter_map(|(lacks, shortcoming)| lacks.then_some(shortcoming))
    .collect();
    if shortcomings.is_empty() { Acceptance::Accepted } else { Acceptance::NotAccepted(shortcomings) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::reference::ReferenceFiles;

    fn calendar() -> Calendar {
        Calendar::parse("state_council_holidays.csv", ReferenceFiles::BUNDLED.holidays).expect("the bundled table")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn instant(text: &str) -> NaiveDateTime {
        text.parse().expect("an instant")
    }

    #[test]
    fn periods_count_as_the_notices_do() {
        let calendar = calendar();
        let last = |length, unit, counts| period(day("2023-01-06"), length, unit, counts, &calendar).map(|p| p.last);
        assert_eq!(last(7, DayUnit::CalendarDays, true), Ok(day("2023-01-12")));
        assert_eq!(last(7, DayUnit::CalendarDays, false), Ok(day("2023-01-13")));
        assert_eq!(last(5, DayUnit::WorkingDays, true), Ok(day("2023-01-12")));
        assert_eq!(last(5, DayUnit::WorkingDays, false), Ok(day("2023-01-13")));
    }

    #[test]
    fn a_period_that_cannot_be_computed_is_refused() {
        let calendar = calendar();
        let code = |first, length, unit| period(first, length, unit, true, &calendar).map_err(|problem| problem.code());
        assert_eq!(code(day("2026-12-30"), 5, DayUnit::WorkingDays), Err("beyond_calendar"));
        assert_eq!(code(day("2026-12-30"), 0, DayUnit::CalendarDays), Err("notice_no_length"));
        assert_eq!(code(NaiveDate::MAX, 2, DayUnit::CalendarDays), Err("notice_out_of_range"));
    }

    #[test]
    fn a_period_ends_at_midnight_of_its_last_day() {
        let period = Period { first: day("2023-01-06"), last: day("2023-01-12") };
        assert_eq!(period.ends_at(), instant("2023-01-12T16:00:00"));
        let last_moment = instant("2023-01-12T15:59:59.999999");
        assert!(!period.is_over(last_moment));
        assert_eq!(period.days_left(last_moment), 1);
        assert!(period.is_over(period.ends_at()));
        assert_eq!(period.days_left(period.ends_at()), 0);
        assert_eq!(period.days_left(instant("2023-01-06T02:00:00")), 7);
        assert_eq!(period.days_left(instant("2024-01-06T02:00:00")), 0);
    }

    #[test]
    fn nobody_is_no_name() {
        for name in ["张三", "佛山某某智能装备有限公司", "Li Wei", "Ａｎｎａ", "某单位"] {
            assert!(is_real_name(name), "{name}");
        }
        for name in ["", "张", "匿名", "（匿名）", "匿 名", "ＡＮＯＮＹＭＯＵＳ", "热心群众", "某某", "12345678", "……"]
        {
            assert!(!is_real_name(name), "{name}");
        }
    }

    #[test]
    fn an_objection_lacks_everything_at_once() {
        let period = Period { first: day("2023-01-06"), last: day("2023-01-12") };
        let whole = ObjectionFacts {
            named: true,
            contact: true,
            matter: true,
            evidence_count: 1,
            received_at: instant("2023-01-12T15:59:59"),
            published: false,
        };
        assert_eq!(acceptance(&whole, &period), Acceptance::Accepted);
        let late = ObjectionFacts { received_at: period.ends_at(), ..whole };
        assert_eq!(acceptance(&late, &period), Acceptance::NotAccepted(vec![Shortcoming::Late]));
        let published = ObjectionFacts { published: true, ..whole };
        assert_eq!(acceptance(&published, &period), Acceptance::NotAccepted(vec![Shortcoming::Late]));
        let empty = ObjectionFacts {
            named: false,
            contact: false,
            matter: false,
            evidence_count: 0,
            received_at: period.ends_at(),
            published: false,
        };
        assert_eq!(acceptance(&empty, &period), Acceptance::NotAccepted(Shortcoming::ALL.to_vec()));
    }

    proptest! {
        #[test]
        fn days_left_and_being_over_agree(offset in 0u64..1000, length in 1u32..30, unit in prop::sample::select(DayUnit::ALL), counts: bool, hour in -100i64..2000) {
            let first = day("2023-01-01") + Days::new(offset);
            let period = period(first, length, unit, counts, &calendar()).unwrap();
            prop_assert!(period.last >= first);
            let now = calendar::start_of_day_utc(first) + chrono::TimeDelta::hours(hour);
            prop_assert_eq!(period.is_over(now), period.days_left(now) == 0);
        }
    }
}
