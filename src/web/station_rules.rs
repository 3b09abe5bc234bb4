//! The rules of a station in words: from the procedure's table and from what the programme's file says, so that a page
//! never promises what the service would refuse.

use super::how;
use super::page::Page;
use crate::domain::procedure::{Action, Carries, Guard, Station};
use crate::domain::programme::Programme;
use crate::domain::station_rules::{Allowed, StopRules, rules};
use crate::domain::timeline::Stop;

/// What may be done at a stop.
pub struct Line {
    /// What.
    pub action: String,
    /// By whom.
    pub who: String,
    /// In which states of the file.
    pub states: String,
    /// On which conditions, until when, and with what.
    pub needs: Vec<String>,
    /// What becomes of the file.
    pub leads: String,
}

/// A stop with its rules.
pub struct StopView {
    /// For anchors.
    pub key: &'static str,
    /// Its name.
    pub title: String,
    /// What may be done there.
    pub lines: Vec<Line>,
    /// What the programme says of it: how many, how long, from how many points on.
    pub limits: Vec<String>,
    /// What comes after it.
    pub next: String,
}

/// The words of a condition.
pub(super) fn condition(page: &Page, guard: Guard) -> String {
    page.t(match guard {
        Guard::CallOpen => "rule-call-open",
        Guard::RecommendationOpen => "rule-recommendation-open",
        Guard::CorrectionOpen => "rule-correction-open",
        Guard::CorrectionLapsed => "rule-correction-lapsed",
        Guard::CorrectionUnused => "rule-correction-unused",
        Guard::QuotaLeft => "rule-quota-left",
        Guard::NoOpenObjection => "rule-no-open-objection",
        Guard::NoticeOver => "rule-notice-over",
        Guard::UndoProposed => "rule-undo-proposed",
    })
}

/// The words of what an act must bring along.
pub(super) fn brought(page: &Page, carried: Carries) -> String {
    page.t(match carried {
        Carries::Reason => "rule-with-reason",
        Carries::Marks => "rule-with-marks",
        Carries::Deadline => "rule-with-deadline",
        Carries::Rank => "rule-with-rank",
    })
}

/// The words of the condition that it was done to several files together.
pub(super) fn joint_alone(page: &Page, action: Action) -> Option<String> {
    action.is_joint_alone().then(|| page.t("rule-joint-alone"))
}

fn line(page: &Page, programme: &Programme, allowed: &Allowed) -> Line {
    let roles: Vec<String> = allowed.roles.iter().map(|role| page.t_of("role", role)).collect();
    let states: Vec<String> = allowed.from.iter().map(|state| page.t_of("state", state)).collect();
    // A programme that does not rank asks for no rank.
    let carried = allowed.carries.iter().filter(|carried| **carried != Carries::Rank || programme.quota.ranked);
    let conditions = allowed.guards.iter().map(|guard| condition(page, *guard));
    let joint = joint_alone(page, allowed.action);
    Line {
        action: page.t_of("action", allowed.action),
        who: page.list(&roles),
        states: page.list(&states),
        needs: joint.into_iter().chain(conditions).chain(carried.map(|carried| brought(page, *carried))).collect(),
        leads: match allowed.to {
            Some(to) => page.t1("rule-leads", "state", page.t_of("state", to)),
            None => page.t("rule-stays"),
        },
    }
}

fn quota(page: &Page, programme: &Programme) -> Vec<String> {
    let quota = &programme.quota;
    let mut lines = vec![match quota.per_bureau {
        Some(limit) => page.t1("call-quota-each", "limit", limit),
        None => page.t("call-quota-none"),
    }];
    if !quota.bureaus.is_empty() {
        lines.push(page.t("rule-quota-others"));
    }
    if quota.ranked {
        lines.push(page.t("call-quota-ranked"));
    }
    lines
}

/// What the programme's file says of a stop.
fn limits(page: &Page, programme: &Programme, stop: Stop) -> Vec<String> {
    let correction = || page.t1("rule-correction-days", "days", programme.correction.working_days);
    match stop {
        Stop::Filling => vec![page.t1("call-per-organisation", "count", programme.applicants.per_organisation)],
        Stop::City | Stop::CityDecides => quota(page, programme).into_iter().chain([correction()]).collect(),
        Stop::Screening => vec![correction()],
        Stop::Review => how::scoring(page, programme),
        Stop::Decision => how::selection(page, programme),
        Stop::Notice => {
            let notice = programme.notice.as_ref();
            notice
                .map(|notice| page.t1(&format!("call-notice-{}", notice.unit), "length", notice.length))
                .into_iter()
                .collect()
        }
        Stop::Publication => {
            let validity = programme.validity.as_ref();
            validity.map(|validity| page.t1("call-validity-years", "years", validity.years)).into_iter().collect()
        }
    }
}

fn view(page: &Page, programme: &Programme, rules: &StopRules) -> StopView {
    StopView {
        key: rules.stop.as_text(),
        title: page.t_of("station", rules.stop),
        lines: rules.allowed.iter().map(|allowed| line(page, programme, allowed)).collect(),
        limits: limits(page, programme, rules.stop),
        next: match rules.next {
            Some(next) => page.t1("rule-next", "station", page.t_of("station", next)),
            None => page.t("rule-end"),
        },
    }
}

/// The stops of a programme that are wanted, first to last.
pub(super) fn of_stops(page: &Page, programme: &Programme, wanted: impl Fn(&StopRules) -> bool) -> Vec<StopView> {
    let rules = rules(&programme.stations);
    rules.iter().filter(|stop| wanted(stop)).map(|stop| view(page, programme, stop)).collect()
}

/// One stop of a file that passes these stations of a programme; none that is not on its way.
pub(super) fn of_stop(page: &Page, programme: &Programme, stations: &[Station], stop: Stop) -> Option<StopView> {
    rules(stations).iter().find(|rules| rules.stop == stop).map(|rules| view(page, programme, rules))
}
