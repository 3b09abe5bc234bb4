//! Assigning experts, and saying why, beside one plain look at every pair; and the memory that it takes.

use crate::figures::{self, Figures, Table};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use yuanchi::domain::assignment::{Application, Expert, Input, Objective, assign, explain};

/// How long an assignment may take before it is cut.
const PATIENCE: Duration = Duration::from_secs(60);
/// Fields of knowledge that there are.
const FIELDS: usize = 20;

/// A size, and what the best plan of its instance attains: recorded, so that a plan that is not the best is seen.
struct Case {
    applications: usize,
    experts: usize,
    each: usize,
    /// Whether nine of ten experts share no field with anything.
    few_know: bool,
    /// How often it is assigned.
    times: usize,
    /// Milliseconds that it may take.
    within_ms: f64,
    best: Objective,
}

/// MiB that the whole program may take at its highest while it assigns.
const MEMORY_MIB: f64 = 1024.0;

/// The usual size; the promised one; and the promised one where fields are rare, so that the best is hard to attain.
const CASES: [Case; 3] = [
    Case {
        applications: 1_000,
        experts: 60,
        each: 3,
        few_know: false,
        times: 5,
        within_ms: 50.0,
        best: Objective { fit_cost: 0, squares: 150_000 },
    },
    Case {
        applications: 10_000,
        experts: 1_000,
        each: 5,
        few_know: false,
        times: 1,
        within_ms: 5_000.0,
        best: Objective { fit_cost: 0, squares: 2_500_000 },
    },
    Case {
        applications: 10_000,
        experts: 1_000,
        each: 5,
        few_know: true,
        times: 1,
        within_ms: 5_000.0,
        best: Objective { fit_cost: 132_000, squares: 2_511_200 },
    },
];

/// Measures them.
pub fn measure(table: &mut Table) {
    for case in &CASES {
        run(table, case);
    }
}

fn run(table: &mut Table, case: &Case) {
    let (applications, experts, each) = (case.applications, case.experts, case.each);
    let mut input = instance(applications, experts, each, 1);
    if case.few_know {
        let others = input.experts.iter_mut().filter(|(id, _)| *id % 10 != 0);
        others.for_each(|(_, expert)| expert.fields.clear());
    }
    let size = format!("{applications} x {experts} x {each}{}", if case.few_know { ", fields rare" } else { "" });
    let name = format!("assign {size}");
    let mut baseline = Figures::default();
    black_box(baseline.time(|| fitting_pairs(&input)));
    let (done, wait) = mpsc::channel();
    let times = case.times;
    figures::forget_peak();
    std::thread::spawn(move || {
        let (mut took, mut plan) = (Vec::new(), None);
        for _ in 0..times {
            plan = figures::timed(&mut took, || assign(&input).ok());
        }
        let found = plan.as_ref().map(|plan| (plan.pairs.len(), plan.objective));
        let started = Instant::now();
        let mut told = 0;
        if let Some(plan) = &plan {
            let loads = plan.loads();
            for id in input.applications.keys() {
                told += explain(&input, plan, &loads, id).map_or(0, |one| one.chosen.len());
            }
        }
        let _ = done.send((took, found, told, started.elapsed()));
    });
    let Ok((took, found, told, telling)) = wait.recv_timeout(PATIENCE) else {
        println!("{name}: cut after {} s", PATIENCE.as_secs());
        return;
    };
    assert_eq!(found, Some((applications * each, case.best)), "the assignment is complete and the best");
    let peak = figures::kib_of(std::process::id(), "VmHWM:").map_or(f64::NAN, |kib| kib as f64 / 1024.0);
    let mut measured = Figures::default();
    let all: Duration = took.iter().sum();
    measured.add(took, all);
    table.bar_of_p99(&name, &measured, case.within_ms);
    table.bar_at_most(&format!("{name}: MiB at its highest"), peak, MEMORY_MIB);
    table.add(&name, measured, baseline.clone());
    assert_eq!(told, applications * each, "every pair is explained");
    let mut explained = Figures::default();
    explained.add([telling], telling);
    table.add(&format!("explain {size}"), explained, baseline);
}

/// So many applications, experts and sheets each: two fields wanted of twenty (one at level 3, one at level 2), four
/// offered, up to three recusals a file, a fifth more places than sheets, floors at half the mean.
fn instance(applications: usize, experts: usize, each: usize, seed: u64) -> Input<u32, u32> {
    let mut state = seed;
    // Knuth's linear congruence: the same figures on every machine.
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % below
    };
    let ceiling = (applications * each * 6).div_ceil(experts * 5);
    let floor = applications * each / experts / 2;
    let field = |number: usize| format!("cluster-{number:02}");
    let offers = (0..experts)
        .map(|id| (id as u32, Expert { fields: (0..4).map(|_| field(draw(FIELDS))).collect(), floor, ceiling }))
        .collect();
    let needs = (0..applications)
        .map(|id| {
            let excluded: BTreeMap<u32, String> =
                (0..draw(4)).map(|_| (draw(experts) as u32, "employer".to_string())).collect();
            let fields = [(field(draw(FIELDS)), 2), (field(draw(FIELDS)), 3)].into();
            (id as u32, Application { fields, excluded, ..Application::new(each) })
        })
        .collect();
    Input { applications: needs, experts: offers, fit_costs: vec![3, 2, 1, 0] }
}

/// Every application with every expert: may it be, and does the field fit?
fn fitting_pairs(input: &Input<u32, u32>) -> usize {
    let fits = |application: &Application<u32>, id: &u32, expert: &Expert| {
        !application.excluded.contains_key(id) && application.fields.keys().any(|field| expert.fields.contains(field))
    };
    let of = |application| input.experts.iter().filter(|(id, expert)| fits(application, id, expert)).count();
    input.applications.values().map(of).sum()
}
