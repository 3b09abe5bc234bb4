//! What a registry asks its database for an answer: how long it takes is told by that, and it can be compared without a clock.

use crate::support::TestApp;
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use std::sync::{Arc, Mutex, Once, PoisonError, RwLock};

/// The statements that a registry asked since they were last taken, without what they were asked with.
#[derive(Clone, Default)]
pub(super) struct Heard(Arc<Mutex<Vec<String>>>);

/// Databases that are listened to: how the addresses begin under which they are opened.
static LISTENED: RwLock<Vec<(String, Heard)>> = RwLock::new(Vec::new());

/// Lets connections that are opened from now on be listened to. Before the registry is started.
pub(super) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_default_instrumentation(ear).expect("nothing panicked"));
}

/// What hears one connection, which says at first to which database it leads.
fn ear() -> Option<Box<dyn Instrumentation>> {
    let mut database = String::new();
    Some(Box::new(move |event: InstrumentationEvent<'_>| match event {
        InstrumentationEvent::StartEstablishConnection { url, .. } => database = url.to_string(),
        InstrumentationEvent::StartQuery { query, .. } => hear(&database, || query.to_string()),
        _ => {}
    }))
}

fn hear(database: &str, statement: impl FnOnce() -> String) {
    let listened = LISTENED.read().unwrap_or_else(PoisonError::into_inner);
    let Some((_, heard)) = listened.iter().find(|(begins, _)| database.starts_with(begins.as_str())) else { return };
    let statement = statement();
    let statement = statement.split(" -- binds").next().unwrap_or_default().trim();
    let asks = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|word| statement.starts_with(word));
    // The public pages' version is looked at by the clock, whoever asks for what; and a connection is tried before it is used.
    let is_by_the_clock = statement.contains("counters") || statement == "SELECT 1";
    if asks && !is_by_the_clock {
        heard.0.lock().unwrap_or_else(PoisonError::into_inner).push(statement.to_string());
    }
}

impl Heard {
    /// Listens to the database of this registry.
    pub(super) fn of(test: &TestApp) -> Heard {
        let (url, heard) = (test.database_url(), Heard::default());
        let begins = url.strip_prefix("sqlite://").unwrap_or(&url).to_string();
        LISTENED.write().unwrap_or_else(PoisonError::into_inner).push((begins, heard.clone()));
        heard
    }

    /// What was heard since the last time.
    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[test]
fn c_21_each_statement_is_heard_once_and_by_whom_it_is_asked() {
    listen();
    let (test, other) = (TestApp::start(), TestApp::start());
    let (heard, elsewhere) = (Heard::of(&test), Heard::of(&other));
    let count = || test.read(|tx| Ok(yuanchi::db::accounts::count(tx.db)?));
    // What the service asks by itself is about lists.
    let of_accounts = |heard: &Heard| -> Vec<String> {
        heard.take().into_iter().filter(|statement| statement.contains("accounts")).collect()
    };
    assert_eq!(count(), 0);
    let once = of_accounts(&heard);
    assert_eq!(once.len(), 1, "{once:?}");
    assert_eq!((count(), count()), (0, 0));
    assert_eq!(of_accounts(&heard), [once.clone(), once].concat());
    assert_eq!(of_accounts(&elsewhere), Vec::<String>::new());
}
