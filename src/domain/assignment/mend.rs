//! What would make an assignment possible. Each answer is tried before it is given.

use super::board::Board;
use super::flow::Flow;
use super::shortage::{Mend, contradictions};
use super::{Application, Input};
use std::collections::{BTreeMap, BTreeSet};

/// How many plans are tried to make one answer smaller. A larger answer than that is right, but perhaps not the least.
const TRIALS: usize = 200;

/// All that would serve every application, floors apart. `fullest` is the fullest plan there is.
pub fn mends<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>, fullest: &Flow<'_>) -> Vec<Mend<A, E>> {
    let missing = fullest.missing.iter().sum();
    let all = [
        raise_ceilings(input, fullest.board),
        Some(more_experts(input, fullest.board, missing)),
        fewer_per_application(input),
        lower_field_numbers(input, fullest.board),
        lift_forbidden(input),
    ];
    all.into_iter().flatten().collect()
}

fn is_served(board: &Board) -> bool {
    let mut flow = Flow::without_costs(board);
    flow.fill(&board.ceiling);
    flow.is_complete()
}

fn can_be_served<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>) -> bool {
    contradictions(input).is_empty() && is_served(&Board::new(input))
}

/// One place more serves at most one sheet more, so as many are needed as sheets are missing; and the fullest plan,
/// carried on without ceilings, never takes a sheet back from an expert without giving another, so that many suffice.
fn raise_ceilings<A: Ord, E: Ord + Clone>(input: &Input<A, E>, board: &Board) -> Option<Mend<A, E>> {
    let mut flow = Flow::without_costs(board);
    flow.fill(&board.ceiling);
    flow.fill(&vec![board.applications(); board.experts()]);
    let over = |index: usize| flow.load(index).saturating_sub(board.ceiling[index]);
    let ids = input.experts.keys().enumerate();
    let by: BTreeMap<E, usize> =
        ids.filter(|(index, _)| over(*index) > 0).map(|(index, id)| (id.clone(), over(index))).collect();
    let total = by.values().sum();
    flow.is_complete().then_some(Mend::RaiseCeilings { by, total })
}

/// Halving between none and one for each missing sheet: more experts never make it worse.
fn more_experts<A: Ord, E: Ord>(input: &Input<A, E>, board: &Board, missing: usize) -> Mend<A, E> {
    let ceiling = input.experts.values().map(|expert| expert.ceiling).max().unwrap_or(1).max(1);
    let (mut too_few, mut number) = (0, missing);
    while number - too_few > 1 {
        let middle = too_few + (number - too_few) / 2;
        if is_served(&board.with_newcomers(middle, ceiling)) {
            number = middle;
        } else {
            too_few = middle;
        }
    }
    let board = board.with_newcomers(number, ceiling);
    let mut flow = Flow::without_costs(&board);
    flow.fill(&board.ceiling);
    let asks = |(index, application): (usize, &Application<E>)| {
        let newcomer = flow.readers()[index].iter().any(|expert| expert >= input.experts.len());
        if application.of_field > 0 && newcomer { application.fields.keys().cloned().collect() } else { Vec::new() }
    };
    let fields = input.applications.values().enumerate().flat_map(asks).collect();
    Mend::MoreExperts { number, fields, ceiling }
}

fn fewer_per_application<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>) -> Option<Mend<A, E>> {
    let most = input.applications.values().map(|application| application.wanted).max()?;
    let capped = |to: usize| {
        let mut input = input.clone();
        for application in input.applications.values_mut() {
            application.wanted = application.wanted.min(to);
            application.of_field = application.of_field.min(to);
        }
        input
    };
    let to = (1..most).rev().find(|to| can_be_served(&capped(*to)))?;
    Some(Mend::FewerPerApplication { to })
}

fn lower_field_numbers<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>, board: &Board) -> Option<Mend<A, E>> {
    let mut free = board.clone();
    free.others.iter_mut().for_each(|most| *most = None);
    let mut flow = Flow::without_costs(&free);
    flow.fill(&free.ceiling);
    if !flow.is_complete() {
        return None;
    }
    let beyond = |index: usize| {
        let strangers = flow.readers()[index].iter().filter(|expert| board.is_other(index, *expert)).count();
        board.others[index].map_or(0, |most| strangers.saturating_sub(most))
    };
    let mut by: BTreeMap<usize, usize> =
        (0..board.applications()).map(|index| (index, beyond(index))).filter(|(_, beyond)| *beyond > 0).collect();
    let lowered = |by: &BTreeMap<usize, usize>| {
        let mut board = board.clone();
        by.iter().for_each(|(index, by)| board.others[*index] = board.others[*index].map(|most| most + by));
        is_served(&board)
    };
    let mut trials = TRIALS;
    for index in by.clone().into_keys() {
        while trials > 0 && by.contains_key(&index) {
            trials -= 1;
            let mut less = by.clone();
            less.entry(index).and_modify(|by| *by -= 1);
            less.retain(|_, by| *by > 0);
            if !lowered(&less) {
                break;
            }
            by = less;
        }
    }
    let ids: Vec<&A> = input.applications.keys().collect();
    let by = by.into_iter().filter_map(|(index, by)| ids.get(index).map(|id| ((*id).clone(), by))).collect();
    Some(Mend::LowerFieldNumbers { by })
}

fn lift_forbidden<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>) -> Option<Mend<A, E>> {
    let pairs = input.applications.iter().flat_map(|(id, application)| {
        application
            .forbidden
            .keys()
            .filter(|expert| input.experts.contains_key(*expert))
            .map(|expert| (id.clone(), expert.clone()))
    });
    let mut lifted: BTreeSet<(A, E)> = pairs.collect();
    let allowed = |lifted: &BTreeSet<(A, E)>| {
        let mut input = input.clone();
        for (application, expert) in lifted {
            if let Some(application) = input.applications.get_mut(application) {
                application.forbidden.remove(expert);
            }
        }
        can_be_served(&input)
    };
    if lifted.is_empty() || !allowed(&lifted) {
        return None;
    }
    for pair in lifted.clone().into_iter().take(TRIALS) {
        lifted.remove(&pair);
        if !allowed(&lifted) {
            lifted.insert(pair);
        }
    }
    Some(Mend::LiftForbidden { pairs: lifted })
}
