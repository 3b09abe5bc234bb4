//! Two who ask at the same time.

use super::app::TestApp;
use super::client::Answer;
use diesel::{QueryableByName, RunQueryDsl};
use std::sync::{Barrier, mpsc};
use yuanchi::actions::Tx;
use yuanchi::db::Db;
use yuanchi::error::Error;

/// Lets everybody begin together, each on a thread of its own; what each came to, in their order.
#[track_caller]
pub fn together<W: FnOnce() -> Answer + Send>(works: impl IntoIterator<Item = W>) -> Vec<Answer> {
    let works: Vec<W> = works.into_iter().collect();
    let start = Barrier::new(works.len());
    std::thread::scope(|scope| {
        let threads: Vec<_> = works
            .into_iter()
            .map(|work| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    work()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    })
}

/// Exactly one was let through, with this status; everybody else was told that there is a conflict, and which one.
#[track_caller]
pub fn one_wins(answers: &[Answer], status: u16, codes: &[&str]) {
    let won = answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!(won, 1, "{}", answers.iter().map(|a| a.to_string()).collect::<Vec<_>>().join("\n"));
    for answer in answers.iter().filter(|answer| answer.status != status) {
        assert_eq!(answer.status, 409, "{answer}");
        assert!(codes.contains(&answer.code().as_str()), "{answer}");
    }
}

/// How many wait on this database for a row of a table that somebody else holds.
fn waiting_for(db: &mut Db, table: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        counted: i64,
    }
    // Whoever waits for a row holds its place in the queue meanwhile.
    let waiting =
        format!("SELECT COUNT(*) AS counted FROM pg_locks WHERE locktype = 'tuple' AND relation = '{table}'::regclass");
    let row: Counted = diesel::sql_query(waiting).get_result(db).expect("the locks");
    row.counted
}

/// Does `first`, and does not end its transaction before `second`, which begins then, waits for a row of `table` or is
/// over; what each came to. The embedded database lets nobody else write before that end; the server must be asked.
#[track_caller]
pub fn held_open<T: Send + 'static>(
    test: &TestApp,
    table: &'static str,
    first: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    second: impl FnOnce() -> Answer,
) -> (T, Answer) {
    let program = test.app.clone();
    let looked_at = test.on_postgres().then(|| test.database_url());
    let (done, may_begin) = mpsc::channel::<()>();
    let (over, is_over) = mpsc::channel::<()>();
    std::thread::scope(|threads| {
        let holding = threads.spawn(move || {
            program.write_now(move |tx| {
                let came_to = first(tx)?;
                done.send(()).expect("the other one begins now");
                if let Some(url) = looked_at {
                    let mut looking = Db::open(&url).expect("another connection");
                    let goes_on = || matches!(is_over.try_recv(), Err(mpsc::TryRecvError::Empty));
                    while waiting_for(&mut looking, table) == 0 && goes_on() {
                        std::thread::yield_now();
                    }
                }
                Ok(came_to)
            })
        });
        may_begin.recv().expect("the first is done, and not yet for others to see");
        let answer = second();
        over.send(()).ok();
        (holding.join().expect("it ended").expect("it is done"), answer)
    })
}
