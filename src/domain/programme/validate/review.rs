//! Checks on how experts are chosen and score.

use std::collections::BTreeSet;

use super::{Findings, check_rubric};
use crate::domain::programme::{DrawRules, ExtraRules, Programme, ReviewRules};
use crate::domain::rubric::FULL_MARKS;

/// The furthest back that a past employer can be asked for: the length of a career.
const MAX_EMPLOYER_YEARS: u32 = 50;
/// The most experts of a second panel.
const MAX_SECOND: u32 = 100;
/// The most experts of one stratum: above any pool.
const MAX_DRAWN: u32 = 10_000;

pub(super) fn review(f: &mut Findings, programme: &Programme) {
    let Some(review) = &programme.review else { return };
    f.at_least_one("review.min_sheets", review.min_sheets);
    f.at_least_one("review.load_limit", review.load_limit);
    if review.experts_per_application < review.min_sheets {
        f.add(
            "review.experts_per_application",
            "too_small",
            format!("is fewer than min_sheets ({})", review.min_sheets),
            "assign as many experts as sheets are needed, or more",
        );
    }
    if review.trim_from < 3 {
        f.add("review.trim_from", "too_small", "two of the sheets are dropped", "write 3 or more, so that one is left");
    }
    if review.load_floor > review.load_limit {
        let limit = review.load_limit;
        f.add("review.load_floor", "too_large", format!("is more than load_limit ({limit})"), "write a smaller number");
    }
    if review.field_experts > review.experts_per_application {
        let problem = format!("is more than experts_per_application ({})", review.experts_per_application);
        f.add("review.field_experts", "too_large", problem, "write a smaller number");
    }
    expertise(f, programme, review);
    if review.pool.as_ref().is_some_and(|pool| pool.is_empty() || !pool.bytes().all(|b| b.is_ascii_lowercase())) {
        f.add("review.pool", "bad_key", "is no code of a pool", "write province, or the code of a bureau");
    }
    if let Some(second) = review.second_panel {
        f.at_least_one("review.second_panel", second);
        if second > MAX_SECOND {
            let remedy = format!("write at most {MAX_SECOND}");
            f.add("review.second_panel", "out_of_range", "is more than a panel", remedy);
        }
        if !review.discussion {
            let problem = "follows a discussion, and there is none";
            f.add("review.second_panel", "contradiction", problem, "set discussion = true or remove the key");
        }
    }
    if let Some(rules) = &review.extra {
        extra(f, review, rules);
    }
    let far = review.far_from_panel.map(|points| ("review.far_from_panel", points));
    for (path, points) in [Some(("review.max_spread", review.max_spread)), far].into_iter().flatten() {
        if points.hundredths() > FULL_MARKS {
            f.add(path, "out_of_range", "is more than full marks", "write 0 to 100");
        }
    }
    if review.recusal.employer_years > MAX_EMPLOYER_YEARS {
        let remedy = format!("write 0 to {MAX_EMPLOYER_YEARS}");
        f.add("review.recusal.employer_years", "out_of_range", "is longer than a career", remedy);
    }
    if let Some(rules) = &review.draw {
        draw(f, review, rules);
    }
}

fn extra(f: &mut Findings, review: &ReviewRules, extra: &ExtraRules) {
    if !(1..=99).contains(&extra.weight) {
        let problem = "leaves nothing to one of the two";
        f.add("review.extra.weight", "out_of_range", problem, "write a whole percent from 1 to 99");
    }
    f.at_least_one("review.extra.min_sheets", extra.min_sheets);
    if extra.min_sheets > review.experts_per_application {
        let experts = review.experts_per_application;
        let problem = format!("is more than experts_per_application ({experts})");
        f.add("review.extra.min_sheets", "too_large", problem, "write a smaller number");
    }
    check_rubric(f, "review.extra.rubric", &extra.rubric);
}

/// Each expertise field is a choice of the form, and none stands twice.
fn expertise(f: &mut Findings, programme: &Programme, review: &ReviewRules) {
    let mut seen = BTreeSet::new();
    for (at, key) in review.expertise_fields.iter().enumerate() {
        let path = format!("review.expertise_fields[{at}]");
        if programme.field(key).is_none_or(|field| field.kind.options().is_empty()) {
            f.add(path, "unknown_key", "is no choice of the form", "name a field of kind one_of or several_of");
        } else if !seen.insert(key) {
            f.add(path, "duplicate_key", "is used twice", "name each field once");
        }
    }
}

fn draw(f: &mut Findings, review: &ReviewRules, draw: &DrawRules) {
    if draw.strata.is_empty() {
        f.add("review.draw.strata", "empty_list", "nobody would be drawn", "add one at least; field may be left out");
        return;
    }
    let mut seen = BTreeSet::new();
    for (at, stratum) in draw.strata.iter().enumerate() {
        let path = format!("review.draw.strata[{at}]");
        f.at_least_one(&format!("{path}.panel"), stratum.panel);
        for (name, number) in [("panel", stratum.panel), ("reserves", stratum.reserves)] {
            if number > MAX_DRAWN {
                let remedy = format!("write at most {MAX_DRAWN}");
                f.add(format!("{path}.{name}"), "out_of_range", "is more than any pool holds", remedy);
            }
        }
        if !seen.insert(stratum.field.as_str()) {
            f.add(format!("{path}.field"), "duplicate_key", "is used twice", "name each field once");
        }
        if stratum.field.is_empty() && at + 1 < draw.strata.len() {
            let problem = "takes every expert, so that those after it get none";
            f.add(format!("{path}.field"), "contradiction", problem, "name a field, or put it last");
        }
    }
    let panel = draw.strata.iter().fold(0u32, |sum, stratum| sum.saturating_add(stratum.panel));
    if panel < review.experts_per_application {
        f.add(
            "review.draw.strata",
            "too_small",
            format!("draws {panel} experts, fewer than experts_per_application ({})", review.experts_per_application),
            "draw as many as one application needs, or more",
        );
    }
}
