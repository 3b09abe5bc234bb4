//! The independent solver: application by application, every set of experts, all vectors of loads kept with the best
//! objective that leads to each. Exact, and blind to everything that the flow relies on.

use super::super::*;

pub type Case = Input<u8, u8>;

/// How well a pair fits, worked out from the words of the rules.
pub fn level(case: &Case, application: u8, expert: u8) -> u8 {
    let fields = &case.applications[&application].fields;
    let best = u8::try_from(case.fit_costs.len().max(2) - 1).expect("few");
    let known = &case.experts[&expert].fields;
    if fields.is_empty() {
        best
    } else {
        fields.iter().filter(|(f, _)| known.contains(*f)).map(|(_, l)| *l).max().unwrap_or(0)
    }
}

/// What a pair costs.
pub fn cost(case: &Case, application: u8, expert: u8) -> u64 {
    let level = usize::from(level(case, application, expert));
    let costs = &case.fit_costs;
    if costs.is_empty() { 0 } else { u64::from(costs[level.min(costs.len() - 1)]) }
}

/// The best objective of all assignments that keep all rules; none if there is none.
pub fn best(case: &Case) -> Option<Objective> {
    let ids: Vec<u8> = case.experts.keys().copied().collect();
    let mut states: BTreeMap<Vec<usize>, u64> = BTreeMap::from([(vec![0; ids.len()], 0)]);
    for (id, application) in &case.applications {
        let known = application.pinned.iter().all(|pin| ids.contains(pin));
        let sets = (0_u32..1 << ids.len()).filter(|set| {
            let has = |expert: &u8| ids.iter().position(|id| id == expert).is_some_and(|bit| set >> bit & 1 == 1);
            let of_field = ids.iter().filter(|expert| has(expert) && level(case, *id, **expert) > 0).count();
            known
                && set.count_ones() as usize == application.wanted
                && of_field >= application.of_field
                && application.pinned.iter().all(has)
                && !application.excluded.keys().any(&has)
                && !application.forbidden.keys().any(&has)
        });
        let sets: Vec<u32> = sets.collect();
        let mut next: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
        for (loads, spent) in &states {
            for set in &sets {
                let mut loads = loads.clone();
                let mut spent = *spent;
                for (bit, expert) in ids.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1) {
                    loads[bit] += 1;
                    spent += cost(case, *id, *expert);
                }
                if loads.iter().zip(&ids).all(|(load, expert)| *load <= case.experts[expert].ceiling) {
                    next.entry(loads).and_modify(|best| *best = spent.min(*best)).or_insert(spent);
                }
            }
        }
        states = next;
    }
    let floors = |loads: &Vec<usize>| loads.iter().zip(&ids).all(|(load, expert)| *load >= case.experts[expert].floor);
    let ceilings = case.experts.values().all(|expert| expert.floor <= expert.ceiling);
    let kept = states.into_iter().filter(|(loads, _)| ceilings && floors(loads));
    kept.map(|(loads, fit_cost)| Objective { fit_cost, squares: loads.iter().map(|l| (l * l) as u64).sum() }).min()
}

/// Whether the pairs keep every rule.
pub fn keeps_rules(case: &Case, pairs: &[(u8, u8)]) -> bool {
    let unique: BTreeSet<_> = pairs.iter().collect();
    let readers = |id: u8| pairs.iter().filter(move |(a, _)| *a == id).map(|(_, e)| *e);
    let load = |id: u8| pairs.iter().filter(|(_, e)| *e == id).count();
    unique.len() == pairs.len()
        && pairs.is_sorted()
        && case.experts.iter().all(|(id, expert)| (expert.floor..=expert.ceiling).contains(&load(*id)))
        && case.applications.iter().all(|(id, application)| {
            readers(*id).count() == application.wanted
                && readers(*id).filter(|expert| level(case, *id, *expert) > 0).count() >= application.of_field
                && application.pinned.iter().all(|pin| readers(*id).any(|expert| expert == *pin))
                && readers(*id)
                    .all(|e| !application.excluded.contains_key(&e) && !application.forbidden.contains_key(&e))
        })
}
