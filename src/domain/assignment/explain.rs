//! Why these experts and not others.

use super::{Application, Expert, Input, Plan};
use std::collections::{BTreeMap, BTreeSet};

/// Why an application has the experts it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation<A, E> {
    /// Which.
    pub application: A,
    /// Its experts, in the order of their ids.
    pub chosen: Vec<Chosen<E>>,
    /// For each reason that kept somebody from it, the strongest of those it kept: the cheapest fit, then the least
    /// load, then the first id. The strongest come first.
    pub alternatives: Vec<Alternative<E>>,
}

/// An expert of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen<E> {
    /// Who.
    pub expert: E,
    /// The level of fit; 0 for no shared field.
    pub level: u8,
    /// The shared fields.
    pub fields: BTreeSet<String>,
    /// Whether an officer put the expert here.
    pub pinned: bool,
    /// How many applications the expert reads in all.
    pub load: usize,
}

/// An expert who was not chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative<E> {
    /// Who.
    pub expert: E,
    /// The level of fit; 0 for no shared field.
    pub level: u8,
    /// The shared fields.
    pub fields: BTreeSet<String>,
    /// How many applications the expert reads in all.
    pub load: usize,
    /// Why not.
    pub why: WhyNot,
}

/// Why an expert was not chosen for an application.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyNot {
    /// Recused, with the code of the reason.
    Excluded(String),
    /// An officer forbade it, with the recorded reason.
    Forbidden(String),
    /// Fits as well as a chosen one or better, and reads as many applications as the ceiling allows.
    Ceiling,
    /// Fits as well as a chosen one or better, but the chosen one's floor needs this application.
    Floor,
    /// Would take the place of an expert of the field, of whom the application needs so many.
    FieldNumber,
    /// Fits as well as a chosen one; the exchange would not make the loads more even.
    Load,
    /// Fits less well than every chosen one.
    PoorerFit,
    /// All places are taken by pins.
    Pinned,
}

impl WhyNot {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            WhyNot::Excluded(_) => "excluded",
            WhyNot::Forbidden(_) => "forbidden",
            WhyNot::Ceiling => "at_ceiling",
            WhyNot::Floor => "floor_elsewhere",
            WhyNot::FieldNumber => "field_number",
            WhyNot::Load => "load",
            WhyNot::PoorerFit => "poorer_fit",
            WhyNot::Pinned => "pinned",
        }
    }
}

/// Explains one application of a plan; none if the input does not have it. `loads` is [`Plan::loads`].
pub fn explain<A: Ord + Clone, E: Ord + Clone>(
    input: &Input<A, E>,
    plan: &Plan<A, E>,
    loads: &BTreeMap<E, usize>,
    id: &A,
) -> Option<Explanation<A, E>> {
    let application = input.applications.get(id)?;
    let from = plan.pairs.partition_point(|(other, _)| other < id);
    let to = plan.pairs.partition_point(|(other, _)| other <= id);
    let readers: BTreeSet<&E> = plan.pairs.get(from..to)?.iter().map(|(_, expert)| expert).collect();
    let case = Case { input, application, loads, best: input.best_level() };
    let chosen: Vec<Chosen<E>> = readers.iter().filter_map(|id| case.chosen(id)).collect();
    let mut strongest: BTreeMap<&'static str, ((u32, usize), Alternative<E>)> = BTreeMap::new();
    for (id, expert) in input.experts.iter().filter(|(id, _)| !readers.contains(id)) {
        let (level, load) = (case.level(expert), case.load(id));
        let why = case.why_not(id, expert, level, &chosen);
        let rank = (input.cost(level), load);
        if strongest.get(why.code()).is_none_or(|(other, _)| rank < *other) {
            let alternative = Alternative { expert: id.clone(), level, fields: case.shared(expert), load, why };
            strongest.insert(alternative.why.code(), (rank, alternative));
        }
    }
    let mut alternatives: Vec<_> = strongest.into_values().collect();
    alternatives.sort_by(|(rank, a), (other, b)| (rank, &a.expert).cmp(&(other, &b.expert)));
    let alternatives = alternatives.into_iter().map(|(_, alternative)| alternative).collect();
    Some(Explanation { application: id.clone(), chosen, alternatives })
}

struct Case<'a, A, E> {
    input: &'a Input<A, E>,
    application: &'a Application<E>,
    loads: &'a BTreeMap<E, usize>,
    best: u8,
}

impl<A: Ord, E: Ord + Clone> Case<'_, A, E> {
    fn level(&self, expert: &Expert) -> u8 {
        Input::<A, E>::level(self.application, expert, self.best)
    }

    fn load(&self, id: &E) -> usize {
        self.loads.get(id).copied().unwrap_or_default()
    }

    fn shared(&self, expert: &Expert) -> BTreeSet<String> {
        self.application.fields.keys().filter(|field| expert.fields.contains(*field)).cloned().collect()
    }

    fn chosen(&self, id: &E) -> Option<Chosen<E>> {
        let expert = self.input.experts.get(id)?;
        let pinned = self.application.pinned.contains(id);
        let (level, fields) = (self.level(expert), self.shared(expert));
        Some(Chosen { expert: id.clone(), level, fields, pinned, load: self.load(id) })
    }

    /// `level` is the expert's, reckoned once: of a large call ten million pairs are looked at.
    fn why_not(&self, id: &E, expert: &Expert, level: u8, chosen: &[Chosen<E>]) -> WhyNot {
        if let Some(why) = self.application.excluded.get(id) {
            return WhyNot::Excluded(why.clone());
        }
        if let Some(why) = self.application.forbidden.get(id) {
            return WhyNot::Forbidden(why.clone());
        }
        let mut places: Vec<&Chosen<E>> = chosen.iter().filter(|reader| !reader.pinned).collect();
        if places.is_empty() {
            return WhyNot::Pinned;
        }
        let cost = self.input.cost(level);
        places.retain(|reader| self.input.cost(reader.level) >= cost);
        if places.is_empty() {
            return WhyNot::PoorerFit;
        }
        if self.load(id) >= expert.ceiling {
            return WhyNot::Ceiling;
        }
        let of_field = chosen.iter().filter(|reader| reader.level > 0).count();
        let spare = level > 0 || of_field > self.application.of_field;
        places.retain(|reader| spare || reader.level == 0);
        if places.is_empty() {
            return WhyNot::FieldNumber;
        }
        let above_floor = |reader: &&Chosen<E>| {
            self.input.experts.get(&reader.expert).is_some_and(|expert| reader.load > expert.floor)
        };
        if places.iter().any(above_floor) { WhyNot::Load } else { WhyNot::Floor }
    }
}
