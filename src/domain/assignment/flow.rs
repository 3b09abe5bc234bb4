//! The plan of least fit cost, by a primal-dual min-cost flow.
//!
//! The network: a source sends each application as many sheets as it wants; an application has one slot for every
//! expert who may read it, or, where it asks for experts of its field, one slot for those and another, entered by at
//! most the rest of its sheets, for the others; a slot sends at most one sheet to each expert; an expert sends up to
//! their ceiling to the sink. Only slot-to-expert edges cost.
//!
//! Each node has a potential, the length of the shortest path to it so far; `cost + potential(from) - potential(to)`
//! is never negative on an edge that has room and never positive on one that carries. As many sheets as possible go
//! over *tight* edges (where it is zero), then potentials are lengthened until new edges are tight
//! ([`Flow::lengthen`], Dijkstra), and so on. When the last sheet is placed the flow is optimal. First the sink takes
//! only up to the floors, then up to the ceilings: sheets that a shortest path brought to the sink are never taken
//! back from it, so the floors stay kept, and both together are kept whenever each alone can be.
//!
//! The edges are never stored. Per slot one row of bits says to which experts a sheet could go now over a tight edge:
//! 10,000 rows of 1,000 bits.

use super::bits::Bits;
use super::board::Board;
use super::ways::Ways;
use std::collections::{BTreeMap, BTreeSet};

/// A place in the network. Slots below the number of applications are the applications' own, the others' slots follow
/// in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// Where an application hands out sheets.
    Slot(usize),
    /// An expert.
    Expert(usize),
}

/// The plan while it is made.
pub struct Flow<'a> {
    /// What it is made from.
    pub board: &'a Board,
    readers: Vec<Bits>,
    /// Expert to applications.
    pub files: Vec<BTreeSet<usize>>,
    /// Per application: sheets not placed yet.
    pub missing: Vec<usize>,
    /// Per application: experts of no shared field it has, where that is limited.
    others: Vec<usize>,
    slot_potential: Vec<i64>,
    expert_potential: Vec<i64>,
    /// The sink's potential; none until a sheet has looked for it.
    sink_potential: Option<i64>,
    /// Per slot: the experts to whom a sheet could go over a tight edge.
    pub open: Vec<Bits>,
    /// Whether edges cost; without, every edge is tight and only the number of sheets counts.
    costly: bool,
}

impl<'a> Flow<'a> {
    /// Nothing placed yet.
    pub fn new(board: &'a Board) -> Flow<'a> {
        Flow::with(board, true)
    }

    /// The same without costs: for the question of whether, and how many.
    pub fn without_costs(board: &'a Board) -> Flow<'a> {
        Flow::with(board, false)
    }

    fn with(board: &'a Board, costly: bool) -> Flow<'a> {
        let (applications, experts) = (board.applications(), board.experts());
        let mut flow = Flow {
            board,
            readers: vec![Bits::none(experts); applications],
            files: vec![BTreeSet::new(); experts],
            missing: board.wanted.clone(),
            others: vec![0; applications],
            slot_potential: vec![0; 2 * applications],
            expert_potential: vec![0; experts],
            sink_potential: None,
            open: Vec::new(),
            costly,
        };
        flow.open_tight_edges();
        flow
    }

    /// Places every sheet; false if that cannot be, or a floor cannot be kept.
    pub fn run(&mut self) -> bool {
        self.fill(&self.board.floor);
        let floors_kept = self.floors_kept();
        self.fill(&self.board.ceiling);
        floors_kept && self.is_complete()
    }

    /// Whether every expert has as many sheets as the floor asks for.
    pub fn floors_kept(&self) -> bool {
        self.board.floor.iter().enumerate().all(|(expert, floor)| self.load(expert) >= *floor)
    }

    /// Places as many sheets as can be while experts are below `limits`.
    pub fn fill(&mut self, limits: &[usize]) {
        let room = |flow: &Self, expert: usize| limits[expert].saturating_sub(flow.load(expert));
        let potential = &self.expert_potential;
        self.sink_potential =
            (0..limits.len()).filter(|expert| room(self, *expert) > 0).map(|expert| potential[expert]).min();
        if self.sink_potential.is_none() {
            return;
        }
        loop {
            let tight = |flow: &Self, expert: usize| flow.sink_potential == Some(flow.expert_potential[expert]);
            self.hand_out(|flow, expert| tight(flow, expert) && room(flow, expert) > 0);
            let starts: Vec<(Node, usize)> = (0..self.missing.len())
                .filter(|application| self.missing[*application] > 0 && self.slot_potential[*application] == 0)
                .map(|application| (Node::Slot(application), self.missing[application]))
                .collect();
            let mut ends: Vec<usize> =
                (0..limits.len()).map(|expert| if tight(self, expert) { room(self, expert) } else { 0 }).collect();
            self.push(starts, &mut ends);
            let rooms = Bits::choose(limits.len(), |expert| room(self, expert) > 0);
            if self.is_complete() || rooms.is_empty() || !self.costly || !self.lengthen(&rooms) {
                return;
            }
            self.open_tight_edges();
        }
    }

    /// Whether every sheet is placed.
    pub fn is_complete(&self) -> bool {
        self.missing.iter().all(|missing| *missing == 0)
    }

    /// Gives sheets straight to the lightest experts over tight edges: what is left for [`Flow::push`] is little.
    fn hand_out(&mut self, can_end: impl Fn(&Self, usize) -> bool) {
        for application in 0..self.missing.len() {
            while self.missing[application] > 0 && self.slot_potential[application] == 0 {
                let mut found = self.lightest(application, &can_end);
                if self.step_to_others(application) {
                    found = found.into_iter().chain(self.lightest(self.others_slot(application), &can_end)).min();
                }
                let Some((_, expert)) = found else { break };
                self.put(application, expert);
                self.missing[application] -= 1;
            }
        }
    }

    fn lightest(&self, slot: usize, can_end: impl Fn(&Self, usize) -> bool) -> Option<(usize, usize)> {
        let open = self.open[slot].iter().filter(|expert| can_end(self, *expert));
        open.map(|expert| (self.load(expert), expert)).min()
    }

    /// How many sheets an expert has beside the pinned ones.
    pub fn load(&self, expert: usize) -> usize {
        self.files[expert].len()
    }

    /// Per application: its experts beside the pinned ones.
    pub fn readers(&self) -> &[Bits] {
        &self.readers
    }

    /// The experts whose load can change at no cost: those as far away as the sink. All others are at a limit for good.
    pub fn free_experts(&self) -> Vec<usize> {
        (0..self.files.len()).filter(|expert| Some(self.expert_potential[*expert]) == self.sink_potential).collect()
    }

    /// Which application a slot is of.
    pub fn application_of(&self, slot: usize) -> usize {
        slot % self.missing.len()
    }

    fn others_slot(&self, application: usize) -> usize {
        application + self.missing.len()
    }

    fn slot_of(&self, application: usize, expert: usize) -> usize {
        if self.board.is_other(application, expert) { self.others_slot(application) } else { application }
    }

    /// `cost + potential(from) - potential(to)` of the edge between the pair.
    fn slack(&self, application: usize, expert: usize) -> i64 {
        let cost = if self.costly { self.board.cost(application, expert) } else { 0 };
        cost + self.slot_potential[self.slot_of(application, expert)] - self.expert_potential[expert]
    }

    /// The slot from which this expert could give the file away over a tight edge.
    pub fn way_back(&self, expert: usize, application: usize) -> Option<usize> {
        (self.slack(application, expert) == 0).then(|| self.slot_of(application, expert))
    }

    /// The other slot of the same application, if a sheet can go there over a tight edge.
    pub fn partner(&self, slot: usize) -> Option<usize> {
        let application = self.application_of(slot);
        let others = self.others_slot(application);
        if slot != application {
            let tight = self.slot_potential[application] == self.slot_potential[others];
            return (tight && self.others[application] > 0).then_some(application);
        }
        self.step_to_others(application).then_some(others)
    }

    fn step_to_others(&self, application: usize) -> bool {
        let tight = self.slot_potential[application] == self.slot_potential[self.others_slot(application)];
        tight && self.board.others[application].is_some_and(|most| self.others[application] < most)
    }

    /// Gives the expert a sheet of the application.
    pub fn put(&mut self, application: usize, expert: usize) {
        let slot = self.slot_of(application, expert);
        self.others[application] += usize::from(slot != application);
        self.readers[application].insert(expert);
        self.files[expert].insert(application);
        self.open[slot].remove(expert);
    }

    /// Takes it back, over a tight edge.
    pub fn take(&mut self, application: usize, expert: usize) {
        let slot = self.slot_of(application, expert);
        self.others[application] -= usize::from(slot != application);
        self.readers[application].remove(expert);
        self.files[expert].remove(&application);
        self.open[slot].insert(expert);
    }

    /// Works out the rows of tight edges anew; slots of one kind and potential share the work.
    fn open_tight_edges(&mut self) {
        let experts = self.files.len();
        let count = self.missing.len();
        let mut rows: BTreeMap<(usize, i64), Bits> = BTreeMap::new();
        self.open.resize(2 * count, Bits::none(0));
        for slot in 0..2 * count {
            let application = slot % count;
            let kind = self.board.kind[application];
            let limited = self.board.others[application].is_some();
            if slot >= count && !limited {
                self.open[slot] = Bits::none(experts);
                continue;
            }
            let potential = self.slot_potential[slot];
            let (costs, targets, costly) = (&self.board.cost[kind], &self.expert_potential, self.costly);
            let tight = |expert: usize| (if costly { costs[expert] } else { 0 }) + potential == targets[expert];
            let mut row = rows.entry((kind, potential)).or_insert_with(|| Bits::choose(experts, tight)).clone();
            row.keep(&self.board.allowed[application]);
            row.drop_all(&self.readers[application]);
            if slot >= count {
                row.drop_all(&self.board.fitting[kind]);
            } else if limited {
                row.keep(&self.board.fitting[kind]);
            }
            self.open[slot] = row;
        }
    }

    /// Adds to every potential the length of the shortest way to it, at most that to the sink. False if no way leads
    /// to the sink any more.
    fn lengthen(&mut self, rooms: &Bits) -> bool {
        let Some(sink) = self.sink_potential else { return false };
        let mut ways = Ways::new(self.slot_potential.len(), self.files.len());
        for application in (0..self.missing.len()).filter(|application| self.missing[*application] > 0) {
            ways.found(Node::Slot(application), -self.slot_potential[application]);
        }
        let mut nearest = i64::MAX;
        while let Some((length, node)) = ways.next().filter(|(length, _)| *length < nearest) {
            match node {
                Node::Expert(expert) => {
                    if rooms.contains(expert) {
                        nearest = nearest.min(length + self.expert_potential[expert] - sink);
                    }
                    for application in &self.files[expert] {
                        let slot = Node::Slot(self.slot_of(*application, expert));
                        ways.found(slot, length - self.slack(*application, expert));
                    }
                }
                Node::Slot(slot) => self.ways_from_slot(slot, length, &mut ways),
            }
        }
        if nearest == i64::MAX {
            return false;
        }
        self.slot_potential.iter_mut().zip(&ways.slots).for_each(|(at, way)| *at += (*way).min(nearest));
        self.expert_potential.iter_mut().zip(&ways.experts).for_each(|(at, way)| *at += (*way).min(nearest));
        self.sink_potential = Some(sink + nearest);
        true
    }

    fn ways_from_slot(&self, slot: usize, length: i64, ways: &mut Ways) {
        let application = self.application_of(slot);
        let kind = self.board.kind[application];
        let mut row = self.board.allowed[application].clone();
        row.drop_all(&self.readers[application]);
        row.drop_all(&ways.done);
        let limit = self.board.others[application];
        let others = self.others_slot(application);
        if slot != application {
            row.drop_all(&self.board.fitting[kind]);
            if self.others[application] > 0 {
                ways.found(
                    Node::Slot(application),
                    length + self.slot_potential[slot] - self.slot_potential[application],
                );
            }
        } else if let Some(most) = limit {
            row.keep(&self.board.fitting[kind]);
            if self.others[application] < most {
                ways.found(Node::Slot(others), length + self.slot_potential[slot] - self.slot_potential[others]);
            }
        }
        let (costs, from) = (&self.board.cost[kind], length + self.slot_potential[slot]);
        for expert in row.iter() {
            ways.found(Node::Expert(expert), from + costs[expert] - self.expert_potential[expert]);
        }
    }
}
