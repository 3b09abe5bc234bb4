//! The input in numbers: applications and experts counted in the order of their ids, pins taken out of the way.

use super::bits::Bits;
use super::{Application, Expert, Input};
use std::collections::BTreeMap;

/// The input in numbers. Every index into it is made here or comes from it.
#[derive(Clone)]
pub struct Board {
    /// Per application: experts still wanted beside the pinned ones.
    pub wanted: Vec<usize>,
    /// Per application: how many more of its experts may be of no shared field; none if it does not matter.
    pub others: Vec<Option<usize>>,
    /// Per application: the experts who may be given to it (not excluded, not forbidden, not pinned already).
    pub allowed: Vec<Bits>,
    /// Per application: its kind; applications of one kind name the same fields.
    pub kind: Vec<usize>,
    /// Per kind, then expert: what the pair costs.
    pub cost: Vec<Vec<i64>>,
    /// Per kind: the experts who share a field with it.
    pub fitting: Vec<Bits>,
    /// Per expert: pinned applications.
    pub pinned: Vec<usize>,
    /// Per expert: the fewest and the most applications beside the pinned ones.
    pub floor: Vec<usize>,
    /// The most.
    pub ceiling: Vec<usize>,
}

impl Board {
    /// Counts everything. Pins on unknown experts or beyond a limit must have been refused before.
    pub fn new<A: Ord, E: Ord>(input: &Input<A, E>) -> Board {
        let experts: Vec<(&E, &Expert)> = input.experts.iter().collect();
        let number: BTreeMap<&E, usize> = experts.iter().enumerate().map(|(index, (id, _))| (*id, index)).collect();
        let best = input.best_level();
        let mut board = Board {
            wanted: Vec::new(),
            others: Vec::new(),
            allowed: Vec::new(),
            kind: Vec::new(),
            cost: Vec::new(),
            fitting: Vec::new(),
            pinned: vec![0; experts.len()],
            floor: experts.iter().map(|(_, expert)| expert.floor).collect(),
            ceiling: experts.iter().map(|(_, expert)| expert.ceiling).collect(),
        };
        let mut kinds: BTreeMap<&BTreeMap<String, u8>, usize> = BTreeMap::new();
        for application in input.applications.values() {
            let kind = *kinds.entry(&application.fields).or_insert_with(|| {
                let levels: Vec<u8> =
                    experts.iter().map(|(_, expert)| Input::<A, E>::level(application, expert, best)).collect();
                board.fitting.push(Bits::choose(levels.len(), |expert| levels[expert] > 0));
                board.cost.push(levels.iter().map(|level| i64::from(input.cost(*level))).collect());
                board.cost.len() - 1
            });
            board.add(application, kind, &number);
        }
        board
    }

    fn add<E: Ord>(&mut self, application: &Application<E>, kind: usize, number: &BTreeMap<&E, usize>) {
        let mut allowed = Bits::choose(self.floor.len(), |_| true);
        for expert in application.excluded.keys().chain(application.forbidden.keys()) {
            if let Some(expert) = number.get(expert) {
                allowed.remove(*expert);
            }
        }
        let mut strangers = 0;
        for expert in application.pinned.iter().filter_map(|expert| number.get(expert).copied()) {
            allowed.remove(expert);
            strangers += usize::from(!self.fitting[kind].contains(expert));
            self.pinned[expert] += 1;
            self.floor[expert] = self.floor[expert].saturating_sub(1);
            self.ceiling[expert] = self.ceiling[expert].saturating_sub(1);
        }
        let needed = application.of_field > 0;
        self.others.push(needed.then(|| application.wanted.saturating_sub(application.of_field + strangers)));
        self.wanted.push(application.wanted.saturating_sub(application.pinned.len()));
        self.allowed.push(allowed);
        self.kind.push(kind);
    }

    /// The same with so many more experts, who know every field and may read everything.
    pub fn with_newcomers(&self, count: usize, ceiling: usize) -> Board {
        let mut board = self.clone();
        let length = self.experts() + count;
        for row in board.allowed.iter_mut().chain(&mut board.fitting) {
            *row = row.grown(length);
            (self.experts()..length).for_each(|expert| row.insert(expert));
        }
        board.cost.iter_mut().for_each(|row| row.resize(length, 0));
        board.pinned.resize(length, 0);
        board.floor.resize(length, 0);
        board.ceiling.resize(length, ceiling);
        board
    }

    /// How many applications there are.
    pub fn applications(&self) -> usize {
        self.wanted.len()
    }

    /// How many experts there are.
    pub fn experts(&self) -> usize {
        self.floor.len()
    }

    /// What a pair costs.
    pub fn cost(&self, application: usize, expert: usize) -> i64 {
        self.cost[self.kind[application]][expert]
    }

    /// Whether the pair takes one of the places for experts of no shared field.
    pub fn is_other(&self, application: usize, expert: usize) -> bool {
        self.others[application].is_some() && !self.fitting[self.kind[application]].contains(expert)
    }
}
