//! Who reads what.
//!
//! Every application gets exactly its number of experts; every expert's load lies between their floor and their
//! ceiling; an excluded or a forbidden pair never occurs; a pinned pair always does; and where an application asks
//! for it, at least so many of its experts know its field.
//!
//! Among all plans that keep these rules the one returned is optimal in this order:
//! 1. the sum of the fit costs of its pairs is least: experts read what they know;
//! 2. of those plans, the sum of the squared loads is least: the work is as even as the first aim allows.
//!
//! Evenness is the second aim because floors and ceilings bound the unevenness already, by as much as the officer
//! wants: a ceiling just above the mean makes it the first. Of plans that are equal in both, a fixed rule takes one:
//! applications and experts are considered in the order of their ids. So the same input gives the same plan, whatever
//! the order of its rows.
//!
//! How it is found: [`flow`] says it. Integers only; path lengths stay below `experts × 2³³`, far inside `i64`.

mod bits;
mod board;
mod difference;
mod evenness;
mod explain;
mod flow;
mod kept;
mod mend;
mod search;
mod shortage;
mod ways;

#[cfg(test)]
mod tests;

pub use difference::{Difference, Moved, difference};
pub use explain::{Alternative, Chosen, Explanation, WhyNot, explain};
pub use kept::{Other, Why, Wish};
pub use shortage::{Contradiction, FloorShortage, Infeasible, Mend, Shortage};

use std::collections::{BTreeMap, BTreeSet};

/// An application that needs experts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application<E> {
    /// How many experts read it, the pinned ones counted.
    pub wanted: usize,
    /// The fields of knowledge that help to judge it, and the level of fit that an expert has who knows the field (1
    /// or more; the more, the better). The best shared field counts; with no field at all every expert fits at the
    /// level of the last cost.
    pub fields: BTreeMap<String, u8>,
    /// How many of its experts must share a field (level 1 or more); 0 if none need.
    pub of_field: usize,
    /// Experts who must not read it, with the code of the reason: recusals, by rule or declared.
    pub excluded: BTreeMap<E, String>,
    /// Experts whom an officer keeps from it, with the recorded reason.
    pub forbidden: BTreeMap<E, String>,
    /// Experts whom an officer has put on it.
    pub pinned: BTreeSet<E>,
}

impl<E> Application<E> {
    /// An application that so many experts read, whoever they are.
    pub fn new(wanted: usize) -> Application<E> {
        Application {
            wanted,
            fields: BTreeMap::new(),
            of_field: 0,
            excluded: BTreeMap::new(),
            forbidden: BTreeMap::new(),
            pinned: BTreeSet::new(),
        }
    }
}

/// An expert who can be assigned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expert {
    /// The expert's fields of knowledge.
    pub fields: BTreeSet<String>,
    /// The fewest applications this expert reads.
    pub floor: usize,
    /// The most applications this expert reads.
    pub ceiling: usize,
}

/// What an assignment is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input<A, E> {
    /// Those that need experts.
    pub applications: BTreeMap<A, Application<E>>,
    /// Those who can be assigned.
    pub experts: BTreeMap<E, Expert>,
    /// What a pair costs by its level of fit: the first for level 0 (no shared field), and so on; a higher level than
    /// are listed costs what the last one does. An empty list makes every pair cost nothing.
    pub fit_costs: Vec<u32>,
}

impl<A: Ord, E: Ord> Input<A, E> {
    /// The best level of fit that has a cost of its own.
    fn best_level(&self) -> u8 {
        u8::try_from(self.fit_costs.len().saturating_sub(1)).unwrap_or(u8::MAX).max(1)
    }

    /// How well an expert fits an application: 0 for no shared field. `best` is the level where no field is named.
    fn level(application: &Application<E>, expert: &Expert, best: u8) -> u8 {
        if application.fields.is_empty() {
            return best;
        }
        let shared = application.fields.iter().filter(|(field, _)| expert.fields.contains(*field));
        shared.map(|(_, level)| *level).max().unwrap_or(0)
    }

    /// What a pair of this level costs.
    fn cost(&self, level: u8) -> u32 {
        self.fit_costs.get(usize::from(level)).or(self.fit_costs.last()).copied().unwrap_or(0)
    }

    /// What a set of pairs attains. Pairs of unknown applications or experts cost nothing.
    pub fn objective(&self, pairs: &[(A, E)]) -> Objective {
        let best = self.best_level();
        let mut loads: BTreeMap<&E, u64> = BTreeMap::new();
        let mut fit_cost = 0_u64;
        for (application, expert) in pairs {
            *loads.entry(expert).or_default() += 1;
            if let (Some(needs), Some(offer)) = (self.applications.get(application), self.experts.get(expert)) {
                fit_cost += u64::from(self.cost(Self::level(needs, offer, best)));
            }
        }
        Objective { fit_cost, squares: loads.values().map(|load| load * load).sum() }
    }
}

/// What a plan attains; the least is the best, compared in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Objective {
    /// Sum of the fit costs of all pairs.
    pub fit_cost: u64,
    /// Sum of the squared loads of all experts.
    pub squares: u64,
}

/// Who reads what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<A, E> {
    /// The pairs, pinned ones among them, in the order of applications, then experts.
    pub pairs: Vec<(A, E)>,
    /// What the plan attains.
    pub objective: Objective,
}

impl<A: Ord, E: Ord + Clone> Plan<A, E> {
    /// How many applications each assigned expert reads.
    pub fn loads(&self) -> BTreeMap<E, usize> {
        let mut loads = BTreeMap::new();
        for (_, expert) in &self.pairs {
            *loads.entry(expert.clone()).or_default() += 1;
        }
        loads
    }
}

/// Assigns experts to applications.
///
/// # Errors
/// [`Infeasible`]: the rules that contradict each other, or the least set of them that cannot be kept, and what would mend it.
pub fn assign<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>) -> Result<Plan<A, E>, Box<Infeasible<A, E>>> {
    let contradictions = shortage::contradictions(input);
    if !contradictions.is_empty() {
        return Err(Box::new(Infeasible { contradictions, ..Infeasible::default() }));
    }
    let board = board::Board::new(input);
    let mut flow = flow::Flow::new(&board);
    if !flow.run() {
        return Err(Box::new(shortage::diagnose(input, &board)));
    }
    evenness::level(&mut flow);
    let names: Vec<&E> = input.experts.keys().collect();
    let mut pairs = Vec::new();
    for ((id, application), readers) in input.applications.iter().zip(flow.readers()) {
        let found = readers.iter().filter_map(|expert| names.get(expert).copied());
        let all: BTreeSet<&E> = found.chain(&application.pinned).collect();
        pairs.extend(all.into_iter().map(|expert| (id.clone(), expert.clone())));
    }
    let objective = input.objective(&pairs);
    Ok(Plan { pairs, objective })
}
