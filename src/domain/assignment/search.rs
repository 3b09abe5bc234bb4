//! Sheets carried over tight edges: shortest chains of moves, many in one look (the blocking flows of Dinitz).

use super::bits::Bits;
use super::flow::{Flow, Node};

/// How many steps a node is from the starts; a node that leads nowhere is forgotten.
struct Steps {
    slots: Vec<usize>,
    experts: Vec<usize>,
    /// Per number of steps: the experts there.
    rings: Vec<Bits>,
    /// Per expert: from which file on a way was not tried yet.
    next_file: Vec<usize>,
}

const NOWHERE: usize = usize::MAX;

impl Steps {
    fn of(&self, node: Node) -> usize {
        match node {
            Node::Slot(slot) => self.slots[slot],
            Node::Expert(expert) => self.experts[expert],
        }
    }

    fn forget(&mut self, node: Node) {
        match node {
            Node::Slot(slot) => self.slots[slot] = NOWHERE,
            Node::Expert(expert) => {
                if let Some(ring) = self.rings.get_mut(self.experts[expert]) {
                    ring.remove(expert);
                }
                self.experts[expert] = NOWHERE;
            }
        }
    }
}

impl Flow<'_> {
    /// Carries as many sheets as can be from `starts` (each with how many it gives) to experts (each with how many it
    /// takes). A start that is an application places missing sheets; one that is an expert gives away sheets.
    pub fn push(&mut self, mut starts: Vec<(Node, usize)>, ends: &mut [usize]) {
        while starts.iter().any(|(_, units)| *units > 0) && ends.iter().any(|units| *units > 0) {
            let from: Vec<Node> = starts.iter().filter(|(_, units)| *units > 0).map(|(node, _)| *node).collect();
            let Some(mut steps) = self.look(&from, ends) else { return };
            for (start, units) in &mut starts {
                while *units > 0 {
                    let Some(way) = self.way(*start, &mut steps, ends) else { break };
                    self.carry(&way, ends);
                    *units -= 1;
                }
            }
        }
    }

    /// Everything that sheets could reach from here over tight edges.
    pub fn reach(&self, from: &[Node]) -> (Vec<usize>, Bits) {
        let (steps, _) = self.walk(from, &[]);
        let applications: Bits = Bits::choose(self.missing.len(), |application| {
            steps.slots[application] != NOWHERE || steps.slots[application + self.missing.len()] != NOWHERE
        });
        let experts = Bits::choose(self.files.len(), |expert| steps.experts[expert] != NOWHERE);
        (applications.iter().collect(), experts)
    }

    /// Everything from which sheets could come to these experts over tight edges: applications and experts.
    pub fn sources_of(&self, experts: &[usize]) -> (Bits, Bits) {
        let mut slots = Bits::none(2 * self.missing.len());
        let mut seen = Bits::none(self.files.len());
        let mut waiting: Vec<Node> = experts.iter().map(|expert| Node::Expert(*expert)).collect();
        experts.iter().for_each(|expert| seen.insert(*expert));
        while let Some(node) = waiting.pop() {
            match node {
                Node::Expert(expert) => {
                    for slot in (0..self.open.len()).filter(|slot| self.open[*slot].contains(expert)) {
                        if !slots.contains(slot) {
                            slots.insert(slot);
                            waiting.push(Node::Slot(slot));
                        }
                    }
                }
                Node::Slot(slot) => {
                    let application = self.application_of(slot);
                    let other = if slot == application { application + self.missing.len() } else { application };
                    if self.partner(other) == Some(slot) && !slots.contains(other) {
                        slots.insert(other);
                        waiting.push(Node::Slot(other));
                    }
                    for expert in self.readers()[application].iter() {
                        if self.way_back(expert, application) == Some(slot) && !seen.contains(expert) {
                            seen.insert(expert);
                            waiting.push(Node::Expert(expert));
                        }
                    }
                }
            }
        }
        let count = self.missing.len();
        (Bits::choose(count, |application| slots.contains(application) || slots.contains(application + count)), seen)
    }

    /// Steps up to the nearest end; none if there is no way to one.
    fn look(&self, from: &[Node], ends: &[usize]) -> Option<Steps> {
        let (steps, found) = self.walk(from, ends);
        found.then_some(steps)
    }

    fn walk(&self, from: &[Node], ends: &[usize]) -> (Steps, bool) {
        let experts = self.files.len();
        let mut steps = Steps {
            slots: vec![NOWHERE; 2 * self.missing.len()],
            experts: vec![NOWHERE; experts],
            rings: Vec::new(),
            next_file: vec![0; experts],
        };
        let mut unseen = Bits::choose(experts, |_| true);
        let mut ring: Vec<Node> = Vec::new();
        for node in from {
            match node {
                Node::Slot(slot) => steps.slots[*slot] = 0,
                Node::Expert(expert) => {
                    steps.experts[*expert] = 0;
                    unseen.remove(*expert);
                }
            }
            ring.push(*node);
        }
        let mut distance = 0;
        loop {
            let here =
                ring.iter().filter_map(|node| if let Node::Expert(expert) = node { Some(*expert) } else { None });
            let mut row = Bits::none(experts);
            let mut found = false;
            for expert in here {
                row.insert(expert);
                found |= ends.get(expert).is_some_and(|units| *units > 0);
            }
            steps.rings.push(row);
            if found || ring.is_empty() {
                return (steps, found);
            }
            distance += 1;
            ring = self.next_ring(&ring, distance, &mut steps, &mut unseen);
        }
    }

    fn next_ring(&self, ring: &[Node], distance: usize, steps: &mut Steps, unseen: &mut Bits) -> Vec<Node> {
        let mut next = Vec::new();
        for node in ring {
            let mut step_to_slot = |slot: usize| {
                if steps.slots[slot] == NOWHERE {
                    steps.slots[slot] = distance;
                    next.push(Node::Slot(slot));
                }
            };
            match *node {
                Node::Expert(expert) => {
                    let back = self.files[expert].iter().filter_map(|application| self.way_back(expert, *application));
                    back.for_each(step_to_slot);
                }
                Node::Slot(slot) => {
                    self.partner(slot).into_iter().for_each(&mut step_to_slot);
                    let found: Vec<usize> = self.open[slot].both(unseen).collect();
                    for expert in found {
                        unseen.remove(expert);
                        steps.experts[expert] = distance;
                        next.push(Node::Expert(expert));
                    }
                }
            }
        }
        next
    }

    /// One way from a start to an end, each step one further; nodes from which there is none are forgotten.
    fn way(&self, start: Node, steps: &mut Steps, ends: &[usize]) -> Option<Vec<Node>> {
        if steps.of(start) == NOWHERE {
            return None;
        }
        let mut way = vec![start];
        while let Some(node) = way.last().copied() {
            if let Node::Expert(expert) = node
                && way.len() > 1
                && ends[expert] > 0
            {
                return Some(way);
            }
            match self.step(node, steps) {
                Some(next) => way.push(next),
                None => {
                    steps.forget(node);
                    way.pop();
                }
            }
        }
        None
    }

    fn step(&self, node: Node, steps: &mut Steps) -> Option<Node> {
        let further = steps.of(node) + 1;
        match node {
            Node::Expert(expert) => {
                for application in self.files[expert].range(steps.next_file[expert]..) {
                    steps.next_file[expert] = *application;
                    if let Some(slot) = self.way_back(expert, *application)
                        && steps.slots[slot] == further
                    {
                        return Some(Node::Slot(slot));
                    }
                }
                None
            }
            Node::Slot(slot) => {
                let nearby = steps.rings.get(further)?;
                if let Some(expert) = self.open[slot].both(nearby).next() {
                    return Some(Node::Expert(expert));
                }
                let partner = self.partner(slot)?;
                (steps.slots[partner] == further).then_some(Node::Slot(partner))
            }
        }
    }

    /// Carries one sheet along a way.
    fn carry(&mut self, way: &[Node], ends: &mut [usize]) {
        if let Some(Node::Slot(slot)) = way.first() {
            let application = self.application_of(*slot);
            self.missing[application] -= 1;
        }
        if let Some(Node::Expert(expert)) = way.last() {
            ends[*expert] -= 1;
        }
        for step in way.windows(2) {
            match *step {
                [Node::Expert(expert), Node::Slot(slot)] => self.take(self.application_of(slot), expert),
                [Node::Slot(slot), Node::Expert(expert)] => self.put(self.application_of(slot), expert),
                _ => {}
            }
        }
    }
}
