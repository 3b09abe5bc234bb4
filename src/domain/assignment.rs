//! Who reads what: every application gets its number of experts, nobody more than their limit, never an excluded one.
//!
//! In this order: the assignment exists whenever one exists at all (augmenting paths); the loads are as even as they can be (no
//! chain of moves carries a sheet from an expert to one with two fewer, which makes the sum of squared loads least); then moves and swaps that
//! keep the loads raise the number of experts whose field fits. The same input gives the same assignment: everything goes in the order of ids.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// An application that needs experts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs<E> {
    /// The fields of knowledge that help to judge it; with none, every expert fits.
    pub fields: BTreeSet<String>,
    /// Experts who must not get it: recusals, by rule or declared.
    pub excluded: BTreeSet<E>,
}

/// An expert who can be assigned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// The expert's fields of knowledge.
    pub fields: BTreeSet<String>,
    /// The most applications this expert reads.
    pub load_limit: usize,
}

/// No assignment gives every application its number of experts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{needed} sheets are needed and the experts can take {capacity}; {} applications are short", .shortages.len())]
pub struct Infeasible<A> {
    /// How many sheets are needed in all.
    pub needed: usize,
    /// How many the experts' limits allow in all.
    pub capacity: usize,
    /// The applications that stay short in the fullest assignment there is, in order of their ids.
    pub shortages: Vec<Shortage<A>>,
}

/// One application that stays short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage<A> {
    /// Which.
    pub application: A,
    /// How many experts it lacks.
    pub missing: usize,
    /// How many experts may read it at all.
    pub candidates: usize,
    /// Why.
    pub why: ShortageReason,
}

/// Why an application stays short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortageReason {
    /// After recusals fewer experts are left than it needs: more experts are wanted.
    TooFewCandidates,
    /// Those who may read it are taken up to their limits: higher limits or more experts are wanted.
    LoadLimits,
}

impl ShortageReason {
    /// Stable code; the sentence is in the locale files under `problem-review_<code>`.
    pub fn code(self) -> &'static str {
        match self {
            ShortageReason::TooFewCandidates => "too_few_candidates",
            ShortageReason::LoadLimits => "load_limits",
        }
    }
}

/// Assigns `per_application` experts to each application. The pairs come in the order of applications, then experts.
///
/// # Errors
/// [`Infeasible`], with every application that stays short and why.
pub fn assign<A: Ord + Clone, E: Ord + Clone>(
    applications: &BTreeMap<A, Needs<E>>,
    experts: &BTreeMap<E, Offer>,
    per_application: usize,
) -> Result<Vec<(A, E)>, Infeasible<A>> {
    let mut plan = Plan::new(applications, experts);
    let mut shortages = Vec::new();
    for (index, application) in applications.keys().enumerate() {
        let missing = (0..per_application).filter(|_| !plan.add(index)).count();
        if missing > 0 {
            let candidates = plan.allowed_count(index);
            let why = if candidates < per_application {
                ShortageReason::TooFewCandidates
            } else {
                ShortageReason::LoadLimits
            };
            shortages.push(Shortage { application: application.clone(), missing, candidates, why });
        }
    }
    if !shortages.is_empty() {
        let needed = applications.len().saturating_mul(per_application);
        let capacity = experts.values().fold(0, |sum: usize, expert| sum.saturating_add(expert.load_limit));
        return Err(Infeasible { needed, capacity, shortages });
    }
    plan.level();
    plan.fit();
    let names: Vec<&E> = experts.keys().collect();
    let pairs = applications.keys().zip(&plan.readers).flat_map(|(application, readers)| {
        readers
            .iter()
            .filter_map(|expert| names.get(*expert))
            .map(move |expert| (application.clone(), (*expert).clone()))
    });
    Ok(pairs.collect())
}

/// How an expert and an application go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pairing {
    Excluded,
    OtherField,
    SameField,
}

/// An application that goes from one expert to another.
#[derive(Debug, Clone, Copy)]
struct Move {
    application: usize,
    from: usize,
    to: usize,
}

/// The assignment while it is made; applications and experts are numbered in the order of their ids.
struct Plan {
    /// Application, then expert.
    pairings: Vec<Vec<Pairing>>,
    limits: Vec<usize>,
    readers: Vec<BTreeSet<usize>>,
    /// The other way round: expert to applications.
    files: Vec<BTreeSet<usize>>,
}

impl Plan {
    fn new<A, E: Ord>(applications: &BTreeMap<A, Needs<E>>, experts: &BTreeMap<E, Offer>) -> Plan {
        let pairing = |needs: &Needs<E>, expert: &E, offer: &Offer| {
            if needs.excluded.contains(expert) {
                Pairing::Excluded
            } else if needs.fields.is_empty() || !needs.fields.is_disjoint(&offer.fields) {
                Pairing::SameField
            } else {
                Pairing::OtherField
            }
        };
        Plan {
            pairings: applications
                .values()
                .map(|needs| experts.iter().map(|(id, offer)| pairing(needs, id, offer)).collect())
                .collect(),
            limits: experts.values().map(|offer| offer.load_limit).collect(),
            readers: vec![BTreeSet::new(); applications.len()],
            files: vec![BTreeSet::new(); experts.len()],
        }
    }

    fn pairing(&self, application: usize, expert: usize) -> Pairing {
        self.pairings.get(application).and_then(|row| row.get(expert)).copied().unwrap_or(Pairing::Excluded)
    }

    fn allowed_count(&self, application: usize) -> usize {
        self.pairings
            .get(application)
            .map_or(0, |row| row.iter().filter(|pairing| **pairing != Pairing::Excluded).count())
    }

    fn load(&self, expert: usize) -> usize {
        self.files.get(expert).map_or(0, BTreeSet::len)
    }

    fn has_room(&self, expert: usize) -> bool {
        self.limits.get(expert).is_some_and(|limit| self.load(expert) < *limit)
    }

    /// Whether the application could go to this expert, room aside.
    fn can_take(&self, expert: usize, application: usize) -> bool {
        self.pairing(application, expert) != Pairing::Excluded
            && self.files.get(expert).is_some_and(|files| !files.contains(&application))
    }

    fn put(&mut self, application: usize, expert: usize) {
        if let (Some(readers), Some(files)) = (self.readers.get_mut(application), self.files.get_mut(expert)) {
            readers.insert(expert);
            files.insert(application);
        }
    }

    fn take(&mut self, application: usize, expert: usize) {
        if let (Some(readers), Some(files)) = (self.readers.get_mut(application), self.files.get_mut(expert)) {
            readers.remove(&expert);
            files.remove(&application);
        }
    }

    /// Gives the application one more expert, moving others' files along an augmenting path when nobody has room. False when no
    /// path exists; then none will exist later, for a path that was missing is never opened by another.
    fn add(&mut self, application: usize) -> bool {
        let candidates: Vec<usize> =
            (0..self.limits.len()).filter(|expert| self.can_take(*expert, application)).collect();
        let direct = candidates.iter().copied().filter(|expert| self.has_room(*expert));
        let best =
            direct.min_by_key(|expert| (self.load(*expert), self.pairing(application, *expert) != Pairing::SameField));
        if let Some(expert) = best {
            self.put(application, expert);
            return true;
        }
        match self.path(&candidates, |plan, expert| plan.has_room(expert)) {
            Some((first, moves)) => {
                self.carry_out(&moves);
                self.put(application, first);
                true
            }
            None => false,
        }
    }

    /// Evens out the loads.
    fn level(&mut self) {
        while let Some(moves) = self.more_even() {
            self.carry_out(&moves);
        }
    }

    fn more_even(&self) -> Option<Vec<Move>> {
        let with_room = (0..self.limits.len()).filter(|expert| self.has_room(*expert));
        let lightest = with_room.map(|expert| self.load(expert)).min()?;
        let mut heavy: Vec<usize> =
            (0..self.limits.len()).filter(|expert| self.load(*expert) >= lightest + 2).collect();
        heavy.sort_by_key(|expert| std::cmp::Reverse(self.load(*expert)));
        heavy.into_iter().find_map(|start| {
            let load = self.load(start);
            let found = self.path(&[start], |plan, expert| plan.has_room(expert) && plan.load(expert) + 2 <= load);
            found.map(|(_, moves)| moves)
        })
    }

    /// The shortest chain of moves from one of `starts` to an expert who `ends` it: the start, and the moves, last one first.
    fn path(&self, starts: &[usize], ends: impl Fn(&Plan, usize) -> bool) -> Option<(usize, Vec<Move>)> {
        let mut came_by: BTreeMap<usize, Option<(usize, usize)>> = starts.iter().map(|start| (*start, None)).collect();
        let mut queue: VecDeque<usize> = starts.iter().copied().collect();
        while let Some(expert) = queue.pop_front() {
            if ends(self, expert) {
                let mut moves = Vec::new();
                let mut at = expert;
                while let Some(Some((application, from))) = came_by.get(&at) {
                    moves.push(Move { application: *application, from: *from, to: at });
                    at = *from;
                }
                return Some((at, moves));
            }
            for application in self.files.get(expert).into_iter().flatten() {
                for next in 0..self.limits.len() {
                    if !came_by.contains_key(&next) && self.can_take(next, *application) {
                        came_by.insert(next, Some((*application, expert)));
                        queue.push_back(next);
                    }
                }
            }
        }
        None
    }

    fn carry_out(&mut self, moves: &[Move]) {
        for step in moves {
            self.take(step.application, step.from);
            self.put(step.application, step.to);
        }
    }

    /// Raises the number of fitting pairs by moves and swaps that leave the loads as even as they are, until none is left. Each raises
    /// it by at least one, so this ends.
    fn fit(&mut self) {
        let mut improved = true;
        while improved {
            improved = false;
            for application in 0..self.readers.len() {
                while let Some(moves) = self.better_fit(application) {
                    self.carry_out(&moves);
                    improved = true;
                }
            }
        }
    }

    /// What gives one application a reader of its field in place of one who is not.
    fn better_fit(&self, application: usize) -> Option<Vec<Move>> {
        let fits = |application, expert| self.pairing(application, expert) == Pairing::SameField;
        let strangers = self.readers.get(application)?.iter().copied().filter(|reader| !fits(application, *reader));
        for from in strangers {
            for to in (0..self.limits.len()).filter(|to| fits(application, *to) && self.can_take(*to, application)) {
                let there = Move { application, from, to };
                if self.has_room(to) && self.load(to) < self.load(from) {
                    return Some(vec![there]);
                }
                // In exchange for one that fits there as well as here, or fits neither.
                let mut theirs = self.files.get(to).into_iter().flatten().copied();
                let back =
                    theirs.find(|other| self.can_take(from, *other) && (fits(*other, from) || !fits(*other, to)));
                if let Some(other) = back {
                    return Some(vec![there, Move { application: other, from: to, to: from }]);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Applications = BTreeMap<u8, Needs<u8>>;
    type Experts = BTreeMap<u8, Offer>;

    fn fields(text: &str) -> BTreeSet<String> {
        text.split_whitespace().map(str::to_string).collect()
    }

    fn needs(text: &str, excluded: &[u8]) -> Needs<u8> {
        Needs { fields: fields(text), excluded: excluded.iter().copied().collect() }
    }

    fn offer(text: &str, load_limit: usize) -> Offer {
        Offer { fields: fields(text), load_limit }
    }

    #[test]
    fn nothing_to_assign_is_an_empty_assignment() {
        assert_eq!(assign::<u8, u8>(&BTreeMap::new(), &BTreeMap::new(), 5), Ok(Vec::new()));
        assert_eq!(assign(&BTreeMap::from([(1, needs("", &[]))]), &Experts::new(), 0), Ok(Vec::new()));
    }

    #[test]
    fn an_assignment_is_found_though_the_greedy_choice_blocks_it() {
        // Expert 1 is the first choice for application 1, and the only one for application 2.
        let applications = BTreeMap::from([(1, needs("", &[])), (2, needs("", &[2]))]);
        let experts = BTreeMap::from([(1, offer("", 1)), (2, offer("", 1))]);
        assert_eq!(assign(&applications, &experts, 1), Ok(vec![(1, 2), (2, 1)]));
    }

    #[test]
    fn an_infeasible_one_says_which_are_short_and_why() {
        let applications = BTreeMap::from([(1, needs("", &[1, 2])), (2, needs("", &[])), (3, needs("", &[]))]);
        let experts = BTreeMap::from([(1, offer("", 1)), (2, offer("", 1)), (3, offer("", 2))]);
        let found = assign(&applications, &experts, 2);
        let shortages = vec![
            Shortage { application: 1, missing: 1, candidates: 1, why: ShortageReason::TooFewCandidates },
            Shortage { application: 3, missing: 1, candidates: 3, why: ShortageReason::LoadLimits },
        ];
        assert_eq!(found, Err(Infeasible { needed: 6, capacity: 4, shortages }));
    }

    #[test]
    fn fields_are_matched_when_the_loads_allow_it() {
        let applications: Applications =
            (1..=6).map(|id| (id, needs(if id % 2 == 0 { "robots" } else { "cloud" }, &[]))).collect();
        let experts = BTreeMap::from([
            (1, offer("robots", 9)),
            (2, offer("cloud", 9)),
            (3, offer("robots", 9)),
            (4, offer("cloud", 9)),
        ]);
        let found = assign(&applications, &experts, 2).expect("feasible");
        assert!(found.iter().all(|(application, expert)| application % 2 != expert % 2), "{found:?}");
        let load = |expert| found.iter().filter(|(_, e)| *e == expert).count();
        assert_eq!([1, 2, 3, 4].map(load), [3, 3, 3, 3]);
    }

    #[test]
    fn sixty_applications_and_twelve_experts_are_even() {
        let applications: BTreeMap<u32, Needs<u32>> = (0..60)
            .map(|id| (id, Needs { fields: fields(["a", "b", "c"][id as usize % 3]), excluded: [id % 12].into() }))
            .collect();
        let experts: BTreeMap<u32, Offer> =
            (0..12).map(|id| (id, offer(["a", "b", "c"][id as usize % 3], 30))).collect();
        let found = assign(&applications, &experts, 5).expect("feasible");
        assert_eq!(found.len(), 300);
        for expert in 0..12 {
            assert_eq!(found.iter().filter(|(_, e)| *e == expert).count(), 25);
        }
    }

    type Rows<T> = Vec<(u8, T)>;

    fn any_instance() -> impl Strategy<Value = (Rows<Needs<u8>>, Rows<Offer>, usize)> {
        let field =
            prop::collection::btree_set(prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_string), 0..3);
        let needs = (field.clone(), prop::collection::btree_set(0u8..5, 0..4))
            .prop_map(|(fields, excluded)| Needs { fields, excluded });
        let offer = (field, 0usize..4).prop_map(|(fields, load_limit)| Offer { fields, load_limit });
        let applications = prop::collection::vec(needs, 0..5).prop_map(|list| (0u8..).zip(list).collect::<Vec<_>>());
        let experts = prop::collection::vec(offer, 0..5).prop_map(|list| (0u8..).zip(list).collect::<Vec<_>>());
        (applications.prop_shuffle(), experts.prop_shuffle(), 0usize..4)
    }

    /// The least sum of squared loads over all assignments there are; none when there is none.
    fn brute_force(
        applications: &[&Needs<u8>],
        experts: &Experts,
        per_application: usize,
        loads: &mut BTreeMap<u8, usize>,
    ) -> Option<usize> {
        let Some((first, rest)) = applications.split_first() else {
            return Some(loads.values().map(|load| load * load).sum());
        };
        let ids: Vec<u8> = experts.keys().copied().collect();
        let mut best = None;
        for mask in 0u32..1 << ids.len() {
            let chosen: Vec<u8> =
                ids.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, id)| *id).collect();
            let fits =
                |id: &u8| !first.excluded.contains(id) && loads.get(id).copied().unwrap_or(0) < experts[id].load_limit;
            if chosen.len() != per_application || !chosen.iter().all(fits) {
                continue;
            }
            chosen.iter().for_each(|id| *loads.entry(*id).or_insert(0) += 1);
            let found = brute_force(rest, experts, per_application, loads);
            chosen.iter().for_each(|id| *loads.entry(*id).or_insert(1) -= 1);
            best = [best, found].into_iter().flatten().min();
        }
        best
    }

    proptest! {
        #[test]
        fn it_is_found_whenever_it_exists_and_is_as_even_as_can_be((applications, experts, n) in any_instance()) {
            let applications: Applications = applications.into_iter().collect();
            let experts: Experts = experts.into_iter().collect();
            let best = brute_force(&applications.values().collect::<Vec<_>>(), &experts, n, &mut BTreeMap::new());
            match assign(&applications, &experts, n) {
                Ok(pairs) => {
                    let unique: BTreeSet<_> = pairs.iter().collect();
                    prop_assert_eq!(unique.len(), pairs.len());
                    prop_assert!(pairs.is_sorted());
                    for (id, needs) in &applications {
                        let readers: Vec<u8> = pairs.iter().filter(|(a, _)| a == id).map(|(_, e)| *e).collect();
                        prop_assert_eq!(readers.len(), n);
                        prop_assert!(readers.iter().all(|e| !needs.excluded.contains(e)));
                    }
                    let load = |id: &u8| pairs.iter().filter(|(_, e)| e == id).count();
                    prop_assert!(experts.iter().all(|(id, offer)| load(id) <= offer.load_limit));
                    prop_assert_eq!(Some(experts.keys().map(|id| load(id) * load(id)).sum()), best);
                }
                Err(infeasible) => {
                    prop_assert_eq!(best, None);
                    prop_assert!(infeasible.shortages.iter().all(|s| s.missing > 0 && s.missing <= n));
                    for shortage in infeasible.shortages.iter().filter(|s| s.why == ShortageReason::TooFewCandidates) {
                        prop_assert!(shortage.candidates < n);
                    }
                }
            }
        }

        #[test]
        fn the_order_of_rows_does_not_matter((applications, experts, n) in any_instance()) {
            let given = assign(&applications.iter().cloned().collect(), &experts.iter().cloned().collect(), n);
            let reversed = assign(&applications.into_iter().rev().collect(), &experts.into_iter().rev().collect(), n);
            prop_assert_eq!(given, reversed);
        }
    }
}
