//! Assigning experts, beside one plain look at every pair.

use crate::figures::{Figures, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use yuanchi::domain::assignment::{Needs, Offer, assign};

/// How long the large assignment may take before it is cut.
const PATIENCE: Duration = Duration::from_secs(30);
/// Fields of knowledge that there are.
const FIELDS: usize = 20;

type Input = (BTreeMap<u32, Needs<u32>>, BTreeMap<u32, Offer>);

/// Measures the usual size and the promised one.
pub fn measure(table: &mut Table) {
    for (applications, experts, each) in [(1_000, 60, 3), (10_000, 1_000, 5)] {
        if !run(table, applications, experts, each) {
            println!("assignment of {applications} x {experts} x {each}: cut after {} s", PATIENCE.as_secs());
            run(table, 2_000, 200, 5);
        }
    }
}

/// False if it was cut.
fn run(table: &mut Table, applications: usize, experts: usize, each: usize) -> bool {
    let input = input(applications, experts, each);
    let mut baseline = Figures::default();
    black_box(baseline.time(|| fitting_pairs(&input)));
    let (done, wait) = mpsc::channel();
    std::thread::spawn(move || {
        let started = Instant::now();
        let found = assign(&input.0, &input.1, each).map(|pairs| pairs.len());
        let _ = done.send((started.elapsed(), found));
    });
    let Ok((took, found)) = wait.recv_timeout(PATIENCE) else { return false };
    assert_eq!(found, Ok(applications * each), "the assignment is complete");
    let mut measured = Figures::default();
    measured.add([took], took);
    table.add(&format!("assign {applications} x {experts} x {each}"), measured, baseline);
    true
}

/// Two fields wanted of twenty, four offered, up to three recusals a file, a fifth more places than sheets.
fn input(applications: usize, experts: usize, each: usize) -> Input {
    let mut state = 1_u64;
    // Knuth's linear congruence: the same figures on every machine.
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % below
    };
    let fields = |count: usize, draw: &mut dyn FnMut(usize) -> usize| -> BTreeSet<String> {
        (0..count).map(|_| format!("cluster-{:02}", draw(FIELDS))).collect()
    };
    let load_limit = (applications * each * 6).div_ceil(experts * 5);
    let offers = (0..experts).map(|id| (id as u32, Offer { fields: fields(4, &mut draw), load_limit })).collect();
    let needs = (0..applications)
        .map(|id| {
            let excluded = (0..draw(4)).map(|_| draw(experts) as u32).collect();
            (id as u32, Needs { fields: fields(2, &mut draw), excluded })
        })
        .collect();
    (needs, offers)
}

/// Every application with every expert: may it be, and does the field fit?
fn fitting_pairs((applications, experts): &Input) -> usize {
    let fits = |needs: &Needs<u32>, id: &u32, offer: &Offer| {
        !needs.excluded.contains(id) && !needs.fields.is_disjoint(&offer.fields)
    };
    applications.values().map(|needs| experts.iter().filter(|(id, offer)| fits(needs, id, offer)).count()).sum()
}
