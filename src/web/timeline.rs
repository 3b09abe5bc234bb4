//! What happened to an application or a call, in words.

use super::page::Page;
use crate::db::events::StoredEvent;
use crate::domain::calendar;
use crate::domain::procedure::State;

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

fn event_tone(event: &StoredEvent) -> &'static str {
    let moved = event.from_state != event.to_state;
    event.to_state.as_deref().filter(|_| moved).and_then(State::from_text).map_or("neutral", super::applications::tone)
}
