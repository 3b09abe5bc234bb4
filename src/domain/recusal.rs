//! Recusal by rule (回避): who must not score what, and why.
//!
//! facts.md 11 gives the rules of public procurement that this follows: the same organisation, employment within three
//! years, kinship, a past dispute. What an expert declares before seeing a file comes on top.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::form::RawForm;
use super::ids::OrganisationId;
use super::programme::{FieldKind, Programme, RecusalRules};
use super::text::text_enum;

text_enum!(
    /// What binds an expert to an organisation beside the present employer.
    TieKind {
        /// Was employed there.
        PastEmployer = "past_employer",
        /// Is or was its director, supervisor or senior manager, or controls or controlled it
        /// (政府采购法实施条例 第九条: within three years).
        Director = "director",
        /// A relative leads or controls it.
        Kinship = "kinship",
        /// Was in a dispute with it.
        Dispute = "dispute",
        /// Anything else that could touch fairness.
        Other = "other",
    }
);

text_enum!(
    /// Why an expert must not score an application. The sentence is in the locale files under `exclusion-<reason>`.
    Exclusion {
        /// The employer's credit code is the applicant's or a consortium member's.
        EmployerCode = "employer_code",
        /// The employer's name is.
        EmployerName = "employer_name",
        /// The expert's account works for the applicant or a member.
        VendorAccount = "vendor_account",
        /// The expert bears the name of its legal representative, or of another person whom recusal concerns.
        NamedPerson = "named_person",
        /// Was employed there too short a time ago.
        PastEmployer = "past_employer",
        /// Directs or controls it, or did too short a time ago.
        Director = "director",
        /// A declared kinship.
        Kinship = "kinship",
        /// A past dispute.
        Dispute = "dispute",
        /// Another declared tie.
        OtherTie = "other_tie",
        /// Of the applicant's city, where the programme asks.
        SameCity = "same_city",
        /// Scored this organisation last time, where the programme asks.
        ServedLastTime = "served_last_time",
    }
);

/// The parties of an application: the lead and, in a consortium, its members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parties {
    /// The lead.
    pub lead: Option<OrganisationId>,
    /// Every party that is registered.
    pub organisations: BTreeSet<OrganisationId>,
    /// Credit codes, normalised.
    pub codes: BTreeSet<String>,
    /// Names, folded for comparison.
    pub names: BTreeSet<String>,
    /// The people whom the form names as those whom recusal concerns, folded for comparison by [`person_key`].
    pub people: BTreeSet<String>,
    /// Code of the lead's city.
    pub city: Option<String>,
}

/// One tie that was not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Which.
    pub kind: TieKind,
    /// The organisation's credit code, normalised.
    pub code: Option<String>,
    /// Its name, folded for comparison.
    pub name: String,
    /// The last day of it; none while it lasts.
    pub until: Option<NaiveDate>,
}

/// What is known of an expert that could recuse them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The expert's own name, folded for comparison by [`person_key`].
    pub name: String,
    /// Credit code of the employer, normalised.
    pub employer_code: Option<String>,
    /// The employer's name, folded for comparison.
    pub employer_name: String,
    /// Organisations for which the expert's account works.
    pub works_for: BTreeSet<OrganisationId>,
    /// Declared ties.
    pub ties: Vec<Tie>,
    /// Code of the city.
    pub city: Option<String>,
    /// Organisations that the expert scored in the programme's call before this one.
    pub scored_before: BTreeSet<OrganisationId>,
}

/// A person's name as it is compared: in one width, without spaces and without the dot between parts of a name, which is
/// written in many ways.
pub fn person_key(name: &str) -> String {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '·' | '・' | '•' | '‧' | '∙' | '⋅' | '.');
    name.nfkc().flat_map(char::to_lowercase).filter(|c| !is_between(*c)).collect()
}

/// The people whom a form names as those whom recusal concerns, folded for comparison. Which answers do is the programme's to
/// say: a text of one or several names, or rows whose first column is a name.
pub fn named_people(programme: &Programme, form: &RawForm) -> BTreeSet<String> {
    let mut people = BTreeSet::new();
    let mut name = |text: &str| {
        let names = text.split(['、', '，', ',', '；', ';', '\n']).map(person_key);
        people.extend(names.filter(|name| !name.is_empty()));
    };
    for field in programme.fields().filter(|field| field.recuses) {
        match &field.kind {
            FieldKind::Rows { columns, .. } => {
                let Some(first) = columns.first() else { continue };
                for row in form.rows(&field.key) {
                    name(row.get(&first.key).and_then(serde_json::Value::as_str).unwrap_or_default());
                }
            }
            _ => name(form.text(&field.key)),
        }
    }
    people
}

/// Why this expert must not score these parties, judged on a day: the weightiest reason, none if they may.
pub fn exclusion(parties: &Parties, expert: &Standing, rules: &RecusalRules, on: NaiveDate) -> Option<Exclusion> {
    if expert.employer_code.as_ref().is_some_and(|code| parties.codes.contains(code)) {
        return Some(Exclusion::EmployerCode);
    }
    if parties.names.contains(&expert.employer_name) {
        return Some(Exclusion::EmployerName);
    }
    if !expert.works_for.is_disjoint(&parties.organisations) {
        return Some(Exclusion::VendorAccount);
    }
    if !expert.name.is_empty() && parties.people.contains(&expert.name) {
        return Some(Exclusion::NamedPerson);
    }
    if let Some(tied) = expert.ties.iter().filter_map(|tie| tied(parties, tie, rules, on)).min() {
        return Some(tied);
    }
    if rules.same_city && expert.city.is_some() && expert.city == parties.city {
        return Some(Exclusion::SameCity);
    }
    if rules.served_last_time && parties.lead.is_some_and(|lead| expert.scored_before.contains(&lead)) {
        return Some(Exclusion::ServedLastTime);
    }
    None
}

fn tied(parties: &Parties, tie: &Tie, rules: &RecusalRules, on: NaiveDate) -> Option<Exclusion> {
    let concerned = parties.names.contains(&tie.name) || tie.code.as_ref().is_some_and(|c| parties.codes.contains(c));
    if !concerned {
        return None;
    }
    // Within the years: the anniversary of the last day is still inside. A day beyond the calendar never passes.
    let months = Months::new(rules.employer_years.saturating_mul(12));
    let recent = |until: NaiveDate| until.checked_add_months(months).is_none_or(|free| on <= free);
    let is_recent = tie.until.is_none_or(recent);
    match tie.kind {
        TieKind::PastEmployer => is_recent.then_some(Exclusion::PastEmployer),
        TieKind::Director => is_recent.then_some(Exclusion::Director),
        TieKind::Kinship => Some(Exclusion::Kinship),
        TieKind::Dispute => Some(Exclusion::Dispute),
        TieKind::Other => Some(Exclusion::OtherTie),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn parties() -> Parties {
        Parties {
            codes: ["A".to_string(), "B".to_string()].into(),
            names: ["甲".to_string()].into(),
            ..Parties::default()
        }
    }

    fn tied_by(kind: TieKind, until: Option<&str>) -> Standing {
        let tie = Tie { kind, code: Some("B".into()), name: "乙".into(), until: until.map(day) };
        Standing { ties: vec![tie], ..Standing::default() }
    }

    #[test]
    fn three_years_end_on_the_anniversary() {
        let rules = RecusalRules::default();
        let left = tied_by(TieKind::PastEmployer, Some("2023-11-24"));
        assert_eq!(exclusion(&parties(), &left, &rules, day("2026-11-24")), Some(Exclusion::PastEmployer));
        assert_eq!(exclusion(&parties(), &left, &rules, day("2026-11-25")), None);
        let leap = tied_by(TieKind::PastEmployer, Some("2024-02-29"));
        assert_eq!(exclusion(&parties(), &leap, &rules, day("2027-02-28")), Some(Exclusion::PastEmployer));
        assert_eq!(exclusion(&parties(), &leap, &rules, day("2027-03-01")), None);
        let there = tied_by(TieKind::PastEmployer, None);
        assert_eq!(exclusion(&parties(), &there, &rules, day("2099-01-01")), Some(Exclusion::PastEmployer));
        let none = RecusalRules { employer_years: 0, ..RecusalRules::default() };
        assert_eq!(exclusion(&parties(), &left, &none, day("2023-11-25")), None);
    }

    #[test]
    fn who_directed_is_free_as_long_after_as_who_was_employed() {
        let rules = RecusalRules::default();
        let left = tied_by(TieKind::Director, Some("2023-11-24"));
        assert_eq!(exclusion(&parties(), &left, &rules, day("2026-11-24")), Some(Exclusion::Director));
        assert_eq!(exclusion(&parties(), &left, &rules, day("2026-11-25")), None);
        let there = tied_by(TieKind::Director, None);
        assert_eq!(exclusion(&parties(), &there, &rules, day("2099-01-01")), Some(Exclusion::Director));
    }

    #[test]
    fn c_23_names_of_people_are_compared_as_they_are_read() {
        for (one, other) in [("张 三", "张三"), ("Ｌｉ\u{3000}Ｓｉ", "li si"), ("阿布都·买买提", "阿布都・买买提")]
        {
            assert_eq!(person_key(one), person_key(other));
        }
        assert_ne!(person_key("张三"), person_key("张三丰"));
    }

    #[test]
    fn kinship_and_dispute_have_no_end() {
        for (kind, why) in [
            (TieKind::Kinship, Exclusion::Kinship),
            (TieKind::Dispute, Exclusion::Dispute),
            (TieKind::Other, Exclusion::OtherTie),
        ] {
            let expert = tied_by(kind, Some("1990-01-01"));
            assert_eq!(exclusion(&parties(), &expert, &RecusalRules::default(), day("2026-01-01")), Some(why));
        }
    }

    #[test]
    fn city_and_service_count_only_where_the_programme_asks() {
        let lead = OrganisationId::from_text("0198f0a0-0000-7000-8000-000000000001").unwrap();
        let parties = Parties { city: Some("440100".into()), lead: Some(lead), ..parties() };
        let expert = Standing { city: Some("440100".into()), scored_before: [lead].into(), ..Standing::default() };
        let on = day("2026-01-01");
        let asks =
            |same_city, served_last_time| RecusalRules { same_city, served_last_time, ..RecusalRules::default() };
        assert_eq!(exclusion(&parties, &expert, &asks(false, false), on), None);
        assert_eq!(exclusion(&parties, &expert, &asks(true, false), on), Some(Exclusion::SameCity));
        assert_eq!(exclusion(&parties, &expert, &asks(false, true), on), Some(Exclusion::ServedLastTime));
        let nowhere = Standing { city: None, ..expert };
        assert_eq!(exclusion(&Parties { city: None, ..parties }, &nowhere, &asks(true, false), on), None);
    }

    proptest! {
        /// Against the rule said another way: an expert may score exactly when nothing in the list of grounds holds.
        #[test]
        fn c_23_an_exclusion_has_a_ground_and_a_ground_excludes(
            codes in proptest::collection::btree_set("[A-D]", 1..3),
            names in proptest::collection::btree_set("[甲乙丙丁]", 1..3),
            employer_code in proptest::option::of("[A-D]"),
            employer_name in "[甲乙丙丁戊]",
            people in proptest::collection::btree_set("[张王李]", 0..3),
            name in "[张王赵]?",
            ties in proptest::collection::vec((0usize..5, proptest::option::of("[A-D]"), "[甲乙丙丁戊]", proptest::option::of(0i64..3000)), 0..4),
            years in 0u32..6,
        ) {
            let on = day("2026-06-30");
            let rules = RecusalRules { employer_years: years, ..RecusalRules::default() };
            let ties: Vec<Tie> = ties.into_iter().map(|(kind, code, name, ago)| Tie {
                kind: TieKind::ALL[kind],
                code,
                name,
                until: ago.map(|days| on - chrono::Duration::days(days)),
            }).collect();
            let grounds = ties.iter().any(|tie| {
                let touches = names.contains(&tie.name) || tie.code.as_ref().is_some_and(|code| codes.contains(code));
                let over = matches!(tie.kind, TieKind::PastEmployer | TieKind::Director)
                    && tie.until.is_some_and(|until| until < on - Months::new(years * 12));
                touches && !over
            }) || people.contains(&name)
                || names.contains(&employer_name) || employer_code.as_ref().is_some_and(|code| codes.contains(code));
            let parties = Parties { codes, names, people, ..Parties::default() };
            let expert = Standing { name, employer_code, employer_name, ties, ..Standing::default() };
            prop_assert_eq!(exclusion(&parties, &expert, &rules, on).is_some(), grounds);
        }
    }
}
