//! The loads made even without raising the fit cost.
//!
//! Plans of least fit cost are exactly those that use tight edges only, with the loads of all but the free experts as
//! they are. Among them the sum of squared loads is least when no chain of tight moves carries a sheet from a free
//! expert to a free expert with two fewer. From the highest load downwards: as many sheets as possible are carried
//! from experts of that load to those with two fewer or less. The experts who remain at the load, and everything that
//! their sheets can reach, have no part in what follows (nothing there has two fewer, and no later chain enters and
//! leaves), so one pass suffices.

use super::flow::{Flow, Node};

/// Makes the sum of squared loads least.
pub fn level(flow: &mut Flow<'_>) {
    let free = flow.free_experts();
    // A pinned sheet weighs as much as any other.
    let pinned: Vec<usize> = flow.board.pinned.clone();
    let load = |flow: &Flow<'_>, expert: usize| flow.load(expert) + pinned[expert];
    let mut height = free.iter().map(|expert| load(flow, *expert)).max().unwrap_or(0);
    while height >= 2 {
        let gives =
            |expert: &&usize| load(flow, **expert) == height && flow.load(**expert) > flow.board.floor[**expert];
        let starts: Vec<(Node, usize)> = free.iter().filter(gives).map(|expert| (Node::Expert(*expert), 1)).collect();
        let mut ends = vec![0; flow.files.len()];
        for expert in &free {
            let room = flow.board.ceiling[*expert] - flow.load(*expert);
            ends[*expert] = room.min((height - 1).saturating_sub(load(flow, *expert)));
        }
        flow.push(starts, &mut ends);
        // The next height at which anybody stands.
        height = free.iter().map(|expert| load(flow, *expert)).filter(|load| *load < height).max().unwrap_or(0);
    }
}
