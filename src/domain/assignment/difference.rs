//! What changes when one plan takes the place of another.

use super::{Input, Objective};
use std::collections::{BTreeMap, BTreeSet};

/// From one plan to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<A, E> {
    /// The applications whose experts change.
    pub moved: BTreeMap<A, Moved<E>>,
    /// The experts whose load changes: before and after.
    pub loads: BTreeMap<E, (usize, usize)>,
    /// What the plan before attains, by the fit of today's input.
    pub before: Objective,
    /// What the plan after attains.
    pub after: Objective,
}

/// The change of one application's experts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved<E> {
    /// Experts who no longer read it.
    pub gone: BTreeSet<E>,
    /// Experts who now do.
    pub come: BTreeSet<E>,
}

/// Compares two plans, given as pairs in any order.
pub fn difference<A: Ord + Clone, E: Ord + Clone>(
    input: &Input<A, E>,
    before: &[(A, E)],
    after: &[(A, E)],
) -> Difference<A, E> {
    let old: BTreeSet<&(A, E)> = before.iter().collect();
    let new: BTreeSet<&(A, E)> = after.iter().collect();
    let mut moved: BTreeMap<A, Moved<E>> = BTreeMap::new();
    let mut entry = |(application, expert): &(A, E), comes: bool| {
        let none = || Moved { gone: BTreeSet::new(), come: BTreeSet::new() };
        let moved = moved.entry(application.clone()).or_insert_with(none);
        let side = if comes { &mut moved.come } else { &mut moved.gone };
        side.insert(expert.clone());
    };
    old.difference(&new).for_each(|pair| entry(pair, false));
    new.difference(&old).for_each(|pair| entry(pair, true));
    let mut loads: BTreeMap<E, (usize, usize)> = BTreeMap::new();
    before.iter().for_each(|(_, expert)| loads.entry(expert.clone()).or_default().0 += 1);
    after.iter().for_each(|(_, expert)| loads.entry(expert.clone()).or_default().1 += 1);
    loads.retain(|_, (before, after)| before != after);
    Difference { moved, loads, before: input.objective(before), after: input.objective(after) }
}
