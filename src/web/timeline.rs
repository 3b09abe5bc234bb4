//! What happened to an application or a call, in words.

use super::events::words as recorded;
use super::page::Page;
use crate::db::events::StoredEvent;
use crate::domain::calendar;
use crate::domain::meanwhile::Change;
use crate::domain::procedure::State;
use crate::domain::timeline::{Leg, Place, SAVED, Step, Stop, Timeline};

/// One entry of the timeline.
#[derive(Debug, Clone)]
pub struct Entry {
    /// On screen.
    pub at: String,
    /// For machines.
    pub at_iso: String,
    /// What.
    pub title: String,
    /// In which role; never who.
    pub actor: String,
    /// The reason, if one was given.
    pub note: String,
    /// Its tone.
    pub tone: &'static str,
}

/// A stop of the way with everything that is known of it.
pub struct LegView {
    /// What the stop is called.
    pub label: String,
    /// Where the file is, seen from there: see [`crate::domain::timeline::Place`].
    pub place: &'static str,
    /// The same in words.
    pub place_words: String,
    /// Its tone.
    pub tone: &'static str,
    /// In which role somebody acts there.
    pub who: String,
    /// From when till when the file was there.
    pub span: String,
    /// By when that must be done which is to be done there.
    pub due: String,
    /// Whether that is a deadline: a planned day, or that none was published, binds nobody.
    pub is_bound: bool,
    /// What comes next; where the file is alone.
    pub next: String,
    /// What happened there, oldest first.
    pub steps: Vec<Entry>,
}

/// An entry with what it is compared by, and how often it happened in a row.
struct Run<'a> {
    action: &'a str,
    entry: Entry,
    /// Whether it moved the file, or has a reason of its own: then it is told by itself.
    alone: bool,
    times: usize,
}

/// Adds an entry, or puts it together with the same act of the same role before it: of those the last is told, with how
/// many they were.
fn add<'a>(runs: &mut Vec<Run<'a>>, action: &'a str, alone: bool, entry: Entry) {
    match runs.last_mut() {
        Some(last)
            if last.action == action
                && (action == SAVED || (!alone && !last.alone && last.entry.actor == entry.actor)) =>
        {
            last.entry = entry;
            last.times += 1;
        }
        _ => runs.push(Run { action, entry, alone, times: 1 }),
    }
}

/// The entry of a run. How often somebody saved is of no interest.
fn told(page: &Page, run: Run<'_>) -> Entry {
    let Run { action, entry, times, .. } = run;
    if times == 1 || action == SAVED {
        return entry;
    }
    let title = page.t2("timeline-repeated", "title", &entry.title, "count", times);
    Entry { title, ..entry }
}

/// The events in words, newest first. A run of the same act is one entry; what has no words is left out.
pub fn timeline(page: &Page, events: &[StoredEvent]) -> Vec<Entry> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for event in events {
        let key = format!("event-{}", event.action.replace(['.', '_'], "-"));
        let title = page.t(&key);
        if title.starts_with('[') {
            continue;
        }
        let entry = Entry {
            at: page.at(&event.at),
            at_iso: calendar::local_datetime_iso(event.at),
            title,
            actor: if event.role.is_empty() { String::new() } else { page.t_of("role", &event.role) },
            note: event.reason.clone().unwrap_or_default(),
            tone: event_tone(event),
        };
        let alone = event.from_state != event.to_state || !entry.note.is_empty();
        add(&mut runs, &event.action, alone, entry);
    }
    runs.into_iter().rev().map(|run| told(page, run)).collect()
}

/// The steps of a stop in words, oldest first. A run of the same act is one entry; what has no words is left out.
pub fn steps(page: &Page, steps: &[Step]) -> Vec<Entry> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for step in steps {
        let title = page.t(&format!("event-{}", step.action.replace(['.', '_'], "-")));
        if title.starts_with('[') {
            continue;
        }
        let entry = Entry {
            at: page.at(&step.at),
            at_iso: calendar::local_datetime_iso(step.at),
            title,
            actor: if step.role.is_empty() { String::new() } else { page.t_of("role", &step.role) },
            note: step.reason.clone().unwrap_or_default(),
            tone: step.to.filter(|to| step.from != Some(*to)).map_or("neutral", super::applications::tone),
        };
        let alone = step.from != step.to || !entry.note.is_empty();
        add(&mut runs, &step.action, alone, entry);
    }
    runs.into_iter().map(|run| told(page, run)).collect()
}

/// What was done since somebody looked, in words, oldest first. A run of the same act is one entry.
pub fn since(page: &Page, changes: &[Change]) -> Vec<Entry> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for change in changes {
        let at = change.at.naive_utc();
        let has_moved = change.from != change.to;
        let to = change.to.as_deref().filter(|_| has_moved).and_then(State::from_text);
        let entry = Entry {
            at: page.at(&at),
            at_iso: calendar::local_datetime_iso(at),
            title: recorded::action(page, &change.act),
            actor: if change.by_role.is_empty() { String::new() } else { page.t_of("role", &change.by_role) },
            note: change.reason.clone().unwrap_or_default(),
            tone: to.map_or("neutral", super::applications::tone),
        };
        let alone = has_moved || !entry.note.is_empty();
        add(&mut runs, &change.act, alone, entry);
    }
    runs.into_iter().map(|run| told(page, run)).collect()
}

/// The stops of a file's way with everything that is known of them; `next` is the sentence of what comes next.
pub fn legs(page: &Page, story: &Timeline, state: State, next: &str) -> Vec<LegView> {
    story.legs.iter().map(|leg| leg_view(page, leg, state, next)).collect()
}

fn leg_view(page: &Page, leg: &Leg, state: State, next: &str) -> LegView {
    let current = leg.place == Place::Current;
    let overdue = leg.due_at.is_some_and(|due| due <= page.now());
    LegView {
        label: page.t_of("station", leg.stop),
        place: leg.place.as_text(),
        place_words: page.t_of("timeline-place", leg.place),
        tone: match leg.place {
            Place::Done => "good",
            Place::Current | Place::Stopped => super::applications::tone(state),
            Place::Ahead | Place::Unreached => "neutral",
        },
        who: page.t_of("role", leg.role),
        span: match (leg.entered_at, leg.left_at) {
            (Some(from), Some(to)) => page.t2("timeline-span", "from", page.at(&from), "to", page.at(&to)),
            (Some(from), None) => page.t1("timeline-since", "at", page.at(&from)),
            (None, _) => String::new(),
        },
        is_bound: leg.due_at.is_some(),
        due: match (leg.due_at, overdue) {
            // A notice ends: nobody is late then.
            (Some(ends), _) if current && matches!(state, State::InNotice | State::Held) => {
                page.t1("timeline-notice-until", "at", page.until(&ends))
            }
            (Some(due), false) => page.t1("timeline-due", "at", page.until(&due)),
            (Some(due), true) => page.t1("timeline-overdue", "at", page.until(&due)),
            (None, _) => match planned(page, leg) {
                Some(planned) => planned,
                None if current => page.t("timeline-due-none"),
                None => String::new(),
            },
        },
        next: if current { next.to_string() } else { String::new() },
        steps: steps(page, &leg.steps),
    }
}

/// When a stop without a deadline is expected to be passed, or the notice to begin, in words.
pub fn planned(page: &Page, leg: &Leg) -> Option<String> {
    let day = page.day(&leg.planned_on.filter(|_| leg.due_at.is_none())?);
    Some(match (leg.stop, leg.plan_passed) {
        (Stop::Notice, false) => page.t1("timeline-planned-notice", "day", day),
        (Stop::Notice, true) => page.t1("timeline-planned-notice-passed", "day", day),
        (_, false) => page.t1("timeline-planned", "day", day),
        (_, true) => page.t1("timeline-planned-passed", "day", day),
    })
}

fn event_tone(event: &StoredEvent) -> &'static str {
    let moved = event.from_state != event.to_state;
    event.to_state.as_deref().filter(|_| moved).and_then(State::from_text).map_or("neutral", super::applications::tone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDateTime, TimeDelta};

    fn step(number: i64, action: &str, reason: &str) -> Step {
        let at = NaiveDateTime::default() + TimeDelta::minutes(number);
        let reason = Some(reason.to_string()).filter(|reason| !reason.is_empty());
        Step { number, at, role: "vendor_member".into(), action: action.into(), from: None, to: None, reason }
    }

    #[test]
    fn a_run_of_the_same_act_is_one_entry() {
        let page = Page::bare("zh-CN", "nav-home");
        let added = |number: i64, reason: &str| step(number, "application.document_added", reason);
        let ten: Vec<Step> = (1..=10).map(|number| added(number, "")).collect();
        let told = steps(&page, &ten);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].title, "上传佐证材料，共 10 次");
        assert_eq!(told[0].at, steps(&page, &ten[9..])[0].at, "the last of them");
        // What has a reason of its own, and what lies apart, is told by itself.
        let apart = [added(1, ""), added(2, "重新上传"), step(3, "application.submitted", ""), added(4, "")];
        assert_eq!(steps(&page, &apart).len(), 4);
        assert_eq!(steps(&page, &ten[..1])[0].title, "上传佐证材料");
    }
}
