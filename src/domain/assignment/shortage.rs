//! Why no plan exists: the rules that contradict each other, or a minimal cut, and what would mend it.

use super::board::Board;
use super::flow::{Flow, Node};
use super::{Input, mend};
use std::collections::{BTreeMap, BTreeSet};

/// No plan keeps all rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no plan keeps all rules: {} contradictions, {} sheets without an expert, {} sheets below the floors",
    .contradictions.len(),
    .shortage.as_ref().map_or(0, |shortage| shortage.missing),
    .floors.as_ref().map_or(0, |floors| floors.missing)
)]
pub struct Infeasible<A, E> {
    /// Rules that contradict each other as they stand. Where there are any, nothing else was looked at.
    pub contradictions: Vec<Contradiction<A, E>>,
    /// Applications that stay short of experts, even with every floor given up.
    pub shortage: Option<Shortage<A, E>>,
    /// Experts who stay below their floors, even with applications left short.
    pub floors: Option<FloorShortage<A, E>>,
}

impl<A, E> Default for Infeasible<A, E> {
    fn default() -> Self {
        Infeasible { contradictions: Vec::new(), shortage: None, floors: None }
    }
}

/// Two rules of which one must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction<A, E> {
    /// The pinned expert is recused.
    PinExcluded {
        /// The application.
        application: A,
        /// The pinned expert.
        expert: E,
        /// Code of the recusal.
        why: String,
    },
    /// The pinned pair is forbidden.
    PinForbidden {
        /// The application.
        application: A,
        /// The pinned expert.
        expert: E,
        /// The recorded reason.
        why: String,
    },
    /// The pinned expert does not take part.
    PinUnknown {
        /// The application.
        application: A,
        /// The pinned expert.
        expert: E,
    },
    /// More experts are pinned than the application wants.
    TooManyPins {
        /// The application.
        application: A,
        /// Experts pinned on it.
        pinned: usize,
        /// Experts it wants.
        wanted: usize,
    },
    /// So many pinned experts share no field that too few places are left for those who do.
    PinsLeaveNoField {
        /// The application.
        application: A,
        /// Pinned experts who share no field.
        strangers: usize,
        /// Experts of the field asked for.
        of_field: usize,
        /// Experts it wants.
        wanted: usize,
    },
    /// More experts of the field are asked for than experts.
    FieldAboveNumber {
        /// The application.
        application: A,
        /// Experts of the field asked for.
        of_field: usize,
        /// Experts it wants.
        wanted: usize,
    },
    /// More applications are pinned on the expert than the ceiling allows.
    PinsAboveCeiling {
        /// The expert.
        expert: E,
        /// Applications pinned on the expert.
        pinned: usize,
        /// The most the expert takes.
        ceiling: usize,
    },
    /// The floor is above the ceiling.
    FloorAboveCeiling {
        /// The expert.
        expert: E,
        /// The fewest.
        floor: usize,
        /// The most.
        ceiling: usize,
    },
}

/// Too few places for the sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage<A, E> {
    /// How many sheets find no expert in the fullest plan there is.
    pub missing: usize,
    /// The applications that stay short in that plan, and by how many.
    pub short: BTreeMap<A, usize>,
    /// The least set that cannot be served: these applications alone want more than they can get, whatever becomes of
    /// the rest. It is the nearest minimal cut around the one of the first [`LOOKS`] short applications whose cut has
    /// the fewest.
    pub applications: BTreeSet<A>,
    /// The experts whose ceilings bound the set, all of them reached.
    pub experts: BTreeSet<E>,
    /// The sheets that the set wants beside pins.
    pub needed: usize,
    /// The most that the set can get.
    pub available: usize,
    /// What would mend it; each suffices by itself, and with one less it does not (of field numbers and forbidden pairs
    /// that holds up to two hundred: a longer list suffices too, but may name more than are needed). More experts always
    /// do.
    pub mends: Vec<Mend<A, E>>,
}

/// How many short applications are looked at for the least set.
pub const LOOKS: usize = 200;

/// What makes every application served (floors apart).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend<A, E> {
    /// Ceilings raised.
    RaiseCeilings {
        /// By so many for each of these experts.
        by: BTreeMap<E, usize>,
        /// The sum, which is the least there is.
        total: usize,
    },
    /// More experts, recused from nothing.
    MoreExperts {
        /// So many.
        number: usize,
        /// Each knows all of these; none means that no particular field is needed.
        fields: BTreeSet<String>,
        /// The most applications each of them takes.
        ceiling: usize,
    },
    /// Fewer experts for each application.
    FewerPerApplication {
        /// At most so many.
        to: usize,
    },
    /// Fewer experts of the field asked for.
    LowerFieldNumbers {
        /// By so many for each of these applications.
        by: BTreeMap<A, usize>,
    },
    /// Forbidden pairs allowed again.
    LiftForbidden {
        /// These.
        pairs: BTreeSet<(A, E)>,
    },
}

/// Too few sheets for the floors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorShortage<A, E> {
    /// How many sheets the floors ask for beyond what they can get.
    pub missing: usize,
    /// What would mend it: floors lowered by so many. The total is the least there is.
    pub lower: BTreeMap<E, usize>,
    /// The experts who together ask for more than there is for them.
    pub experts: BTreeSet<E>,
    /// All applications that could still go to them; every sheet of these that can is with them.
    pub applications: BTreeSet<A>,
}

/// The rules that contradict each other, in the order of ids.
pub fn contradictions<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>) -> Vec<Contradiction<A, E>> {
    let mut found = Vec::new();
    let mut pins: BTreeMap<&E, usize> = BTreeMap::new();
    let best = input.best_level();
    for (id, application) in &input.applications {
        let (id, pinned, wanted) = (id.clone(), application.pinned.len(), application.wanted);
        let of_field = application.of_field;
        let mut strangers = 0;
        for pin in &application.pinned {
            *pins.entry(pin).or_default() += 1;
            let (application_id, expert) = (id.clone(), pin.clone());
            let Some(known) = input.experts.get(pin) else {
                found.push(Contradiction::PinUnknown { application: application_id, expert });
                continue;
            };
            strangers += usize::from(Input::<A, E>::level(application, known, best) == 0);
            if let Some(why) = application.excluded.get(pin) {
                found.push(Contradiction::PinExcluded { application: application_id, expert, why: why.clone() });
            } else if let Some(why) = application.forbidden.get(pin) {
                found.push(Contradiction::PinForbidden { application: application_id, expert, why: why.clone() });
            }
        }
        if pinned > wanted {
            found.push(Contradiction::TooManyPins { application: id, pinned, wanted });
        } else if of_field > wanted {
            found.push(Contradiction::FieldAboveNumber { application: id, of_field, wanted });
        } else if of_field > 0 && strangers + of_field > wanted {
            found.push(Contradiction::PinsLeaveNoField { application: id, strangers, of_field, wanted });
        }
    }
    for (id, expert) in &input.experts {
        let (pinned, ceiling, floor) = (pins.get(id).copied().unwrap_or_default(), expert.ceiling, expert.floor);
        if floor > ceiling {
            found.push(Contradiction::FloorAboveCeiling { expert: id.clone(), floor, ceiling });
        }
        if pinned > ceiling {
            found.push(Contradiction::PinsAboveCeiling { expert: id.clone(), pinned, ceiling });
        }
    }
    found
}

/// Why there is no plan, where no rules contradict each other.
pub fn diagnose<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>, board: &Board) -> Infeasible<A, E> {
    let mut fullest = Flow::without_costs(board);
    fullest.fill(&board.ceiling);
    let mut lowest = Flow::without_costs(board);
    lowest.fill(&board.floor);
    Infeasible {
        contradictions: Vec::new(),
        shortage: (!fullest.is_complete()).then(|| shortage(input, &fullest)),
        floors: (!lowest.floors_kept()).then(|| floor_shortage(input, &lowest)),
    }
}

fn shortage<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>, fullest: &Flow<'_>) -> Shortage<A, E> {
    let applications: Vec<&A> = input.applications.keys().collect();
    let experts: Vec<&E> = input.experts.keys().collect();
    let missing = &fullest.missing;
    let short: Vec<usize> = (0..missing.len()).filter(|application| missing[*application] > 0).collect();
    let reaches = short.iter().take(LOOKS).map(|application| fullest.reach(&[Node::Slot(*application)]));
    let (set, bound) = reaches.min_by_key(|(set, _)| set.len()).unwrap_or_else(|| fullest.reach(&[]));
    let needed: usize = set.iter().map(|application| fullest.board.wanted[*application]).sum();
    let lacking: usize = set.iter().map(|application| missing[*application]).sum();
    Shortage {
        missing: missing.iter().sum(),
        short: short.iter().map(|index| (applications[*index].clone(), missing[*index])).collect(),
        applications: set.iter().map(|index| applications[*index].clone()).collect(),
        experts: bound.iter().map(|index| experts[index].clone()).collect(),
        needed,
        available: needed - lacking,
        mends: mend::mends(input, fullest),
    }
}

fn floor_shortage<A: Ord + Clone, E: Ord + Clone>(input: &Input<A, E>, lowest: &Flow<'_>) -> FloorShortage<A, E> {
    let floor = &lowest.board.floor;
    let below = |index: usize| floor[index].saturating_sub(lowest.load(index));
    let ids = || input.experts.keys().enumerate();
    let starts: Vec<usize> = ids().map(|(index, _)| index).filter(|index| below(*index) > 0).collect();
    let (applications, experts) = lowest.sources_of(&starts);
    let of = |(index, id): (usize, &A)| applications.contains(index).then(|| id.clone());
    FloorShortage {
        missing: starts.iter().map(|index| below(*index)).sum(),
        lower: ids().filter(|(index, _)| below(*index) > 0).map(|(index, id)| (id.clone(), below(index))).collect(),
        experts: ids().filter(|(index, _)| experts.contains(*index)).map(|(_, id)| id.clone()).collect(),
        applications: input.applications.keys().enumerate().filter_map(of).collect(),
    }
}
