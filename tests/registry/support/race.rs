//! Two who ask at the same time.

use super::client::Answer;
use std::sync::Barrier;

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
