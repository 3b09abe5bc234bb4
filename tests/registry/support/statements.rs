//! What a registry asks its database while it answers: seen at the connections themselves, so that nothing that is asked is left out.

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// The statements of each registry that is watched, by what its connections have in common.
static WATCHED: Mutex<Option<HashMap<String, Vec<String>>>> = Mutex::new(None);

fn watched() -> MutexGuard<'static, Option<HashMap<String, Vec<String>>>> {
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The path of an SQLite file, or the schema on PostgreSQL: what tells a test's connections from those of the others.
fn common(url: &str) -> String {
    match url.split_once("search_path%3D") {
        Some((_, schema)) => schema.split('&').next().unwrap_or(schema).to_string(),
        None => url.trim_start_matches("sqlite://").to_string(),
    }
}

/// A connection that tells whom it belongs to.
fn told() -> Option<Box<dyn Instrumentation>> {
    let mut place = String::new();
    Some(Box::new(move |event: InstrumentationEvent<'_>| match event {
        InstrumentationEvent::StartEstablishConnection { url, .. } => place = common(url),
        InstrumentationEvent::StartQuery { query, .. } => {
            if let Some(statements) = watched().as_mut().and_then(|all| all.get_mut(&place)) {
                statements.push(query.to_string());
            }
        }
        _ => {}
    }))
}

/// Lets every connection that is opened from now on tell what it is asked. Registries that nobody watches pay nothing for it.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_default_instrumentation(told).expect("nobody else sets one"));
}

/// Writes down from now on what this database is asked.
pub fn watch(url: &str) {
    watched().get_or_insert_default().insert(common(url), Vec::new());
}

/// Whether a statement is one that a process asks by itself as well, at moments of its own.
fn is_of_nobody(text: &str) -> bool {
    text == "SELECT 1" || text.contains("FROM counters")
}

/// What it was asked since this was called last, sorted, without the values: a page may read this before that. Left out is
/// what every process looks at four times a second whether it is asked something or not: how far the public pages have moved on, and
/// before that whether a connection still answers; and which lists are the newest, whose pages are kept at hand.
pub fn taken(url: &str) -> Vec<String> {
    let taken = watched().as_mut().and_then(|all| all.get_mut(&common(url)).map(std::mem::take)).unwrap_or_default();
    let mut texts: Vec<String> = taken
        .iter()
        .filter_map(|statement| statement.split(" -- binds").next())
        .filter(|text| ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|verb| text.starts_with(verb)))
        .filter(|text| !is_of_nobody(&text.replace(['"', '`'], "")))
        .map(str::to_string)
        .collect();
    texts.sort();
    texts
}
