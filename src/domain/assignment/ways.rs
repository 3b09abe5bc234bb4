//! Shortest ways through the network, nearest places first (Dijkstra).

use super::bits::Bits;
use super::flow::Node;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The shortest ways known so far.
pub struct Ways {
    /// Per slot: the length of the shortest way to it.
    pub slots: Vec<i64>,
    /// The same per expert.
    pub experts: Vec<i64>,
    /// Experts whose way is final.
    pub done: Bits,
    waiting: BinaryHeap<Reverse<(i64, Node)>>,
}

impl Ways {
    /// Nothing found yet.
    pub fn new(slots: usize, experts: usize) -> Ways {
        Ways {
            slots: vec![i64::MAX; slots],
            experts: vec![i64::MAX; experts],
            done: Bits::none(experts),
            waiting: BinaryHeap::new(),
        }
    }

    /// Keeps a way if it is shorter than those known.
    pub fn found(&mut self, node: Node, length: i64) {
        let known = match node {
            Node::Slot(slot) => &mut self.slots[slot],
            Node::Expert(expert) => &mut self.experts[expert],
        };
        if length < *known {
            *known = length;
            self.waiting.push(Reverse((length, node)));
        }
    }

    /// The nearest place not yet left, whose way is final.
    pub fn next(&mut self) -> Option<(i64, Node)> {
        while let Some(Reverse((length, node))) = self.waiting.pop() {
            let known = match node {
                Node::Slot(slot) => self.slots[slot],
                Node::Expert(expert) => self.experts[expert],
            };
            if length == known {
                if let Node::Expert(expert) = node {
                    self.done.insert(expert);
                }
                return Some((length, node));
            }
        }
        None
    }
}
