//! What happened to an application or a call, in words.

use super::page::Page;
use crate::db::events::StoredEvent;
use crate::domain::calendar;
use crate::domain::procedure::State;
use crate::domain::timeline::Step;

/// One entry of the timeline.
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

/// The events in words, newest first. A run of savings is one entry; what has no words is left out.
pub fn timeline(page: &Page, events: &[StoredEvent]) -> Vec<Entry> {
    let mut entries: Vec<(&str, Entry)> = Vec::new();
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
        if event.action == "application.saved"
            && let Some((action, last)) = entries.last_mut()
            && *action == event.action
        {
            *last = entry;
        } else {
            entries.push((&event.action, entry));
        }
    }
    entries.into_iter().rev().map(|(_, entry)| entry).collect()
}

/// The steps of a stop in words, oldest first; what has no words is left out.
pub fn steps(page: &Page, steps: &[Step]) -> Vec<Entry> {
    let entries = steps.iter().filter_map(|step| {
        let title = page.t(&format!("event-{}", step.action.replace(['.', '_'], "-")));
        (!title.starts_with('[')).then(|| Entry {
            at: page.at(&step.at),
            at_iso: calendar::local_datetime_iso(step.at),
            title,
            actor: if step.role.is_empty() { String::new() } else { page.t_of("role", &step.role) },
            note: step.reason.clone().unwrap_or_default(),
            tone: step.to.filter(|to| step.from != Some(*to)).map_or("neutral", super::applications::tone),
        })
    });
    entries.collect()
}

fn event_tone(event: &StoredEvent) -> &'static str {
    let moved = event.from_state != event.to_state;
    event.to_state.as_deref().filter(|_| moved).and_then(State::from_text).map_or("neutral", super::applications::tone)
}
