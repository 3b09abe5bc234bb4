//! That the small instances are of every kind.

use super::super::*;
use super::cases::{case, given};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[test]
fn the_small_instances_are_of_every_kind() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..2_000 {
        let case = case(&given().new_tree(&mut runner).expect("a value").current());
        let mut note = |kind| *seen.entry(kind).or_default() += 1;
        match assign(&case) {
            Ok(plan) if plan.pairs.is_empty() => note("empty"),
            Ok(plan) => {
                note("planned");
                if case.experts.values().any(|expert| expert.floor > 0) {
                    note("planned with floors");
                }
                if case.applications.values().any(|application| !application.pinned.is_empty()) {
                    note("planned with pins");
                }
                if case.applications.values().any(|application| application.of_field > 0) {
                    note("planned with field numbers");
                }
                if plan.objective.fit_cost > 0 {
                    note("planned at a cost");
                }
                let loads = plan.loads();
                for explained in case.applications.keys().filter_map(|id| explain(&case, &plan, &loads, id)) {
                    explained.alternatives.iter().for_each(|other| note(other.why.code()));
                }
            }
            Err(found) => {
                if !found.contradictions.is_empty() {
                    note("contradictory");
                }
                if found.floors.is_some() {
                    note("floors");
                }
                for mend in found.shortage.iter().flat_map(|shortage| &shortage.mends) {
                    note(match mend {
                        Mend::RaiseCeilings { .. } => "raise ceilings",
                        Mend::MoreExperts { .. } => "more experts",
                        Mend::FewerPerApplication { .. } => "fewer",
                        Mend::LowerFieldNumbers { .. } => "lower field numbers",
                        Mend::LiftForbidden { .. } => "lift forbidden",
                    });
                }
            }
        }
    }
    assert_eq!(seen.len(), 21, "{seen:?}");
    assert!(seen.values().all(|count| *count >= 5), "{seen:?}");
}
