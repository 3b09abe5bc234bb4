//! What holds at each stop of a file's way, read out of the procedure's table: who may do what there, on which
//! conditions, with what, and where it leads. Nothing here is written for one programme: the stations of its file say
//! which rows hold.

use super::actor::Role;
use super::procedure::{Action, Carries, Guard, PROCEDURE, State, Station, Transition};
use super::timeline::{Stop, stop_of, way};
use std::collections::BTreeSet;

/// One row of the table, as it holds at a stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// What may be done.
    pub action: Action,
    /// In which roles.
    pub roles: &'static [Role],
    /// In which of the states that a file can be in at this stop.
    pub from: Vec<State>,
    /// What must hold beside.
    pub guards: &'static [Guard],
    /// What must come along.
    pub carries: &'static [Carries],
    /// Where it leads; none if the file stays where it is.
    pub to: Option<State>,
}

/// One stop with all that holds there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopRules {
    /// Which.
    pub stop: Stop,
    /// In the order of the table.
    pub allowed: Vec<Allowed>,
    /// The stop after it; none after the last.
    pub next: Option<Stop>,
}

/// Every state that a file which passes these stations can be in.
pub fn reachable(stations: &[Station]) -> BTreeSet<State> {
    let mut reached = BTreeSet::from([State::Draft]);
    loop {
        let holds = PROCEDURE.iter().filter(|row| row.when.holds(stations));
        let from_here = holds.filter(|row| row.from.iter().any(|state| reached.contains(state)));
        let new: Vec<State> = from_here.filter_map(|row| row.to).filter(|to| !reached.contains(to)).collect();
        if new.is_empty() {
            return reached;
        }
        reached.extend(new);
    }
}

/// Where a row is taken by a file in this state: as the story of a file tells it ([`super::timeline`]).
fn stop_of_row(row: &Transition, from: State, stations: &[Station]) -> Option<Stop> {
    match row.to {
        Some(State::Recognised) => Some(Stop::Publication),
        Some(back) if row.action.takes_back() => stop_of(back, stations),
        _ => stop_of(from, stations),
    }
}

/// The rules of every stop of a file that passes these stations, first to last.
pub fn rules(stations: &[Station]) -> Vec<StopRules> {
    let reached = reachable(stations);
    let way = way(stations);
    let at = |stop: Stop| -> Vec<Allowed> {
        let mut allowed = Vec::new();
        for row in PROCEDURE.iter().filter(|row| row.when.holds(stations)) {
            let is_here = |state: &State| reached.contains(state) && stop_of_row(row, *state, stations) == Some(stop);
            let from: Vec<State> = row.from.iter().copied().filter(is_here).collect();
            if !from.is_empty() {
                allowed.push(Allowed {
                    action: row.action,
                    roles: row.roles,
                    from,
                    guards: row.guards,
                    carries: row.carries,
                    to: row.to,
                });
            }
        }
        allowed
    };
    // A stop that no file comes to, since a bureau decides before it, has no rules.
    let told: Vec<(Stop, Vec<Allowed>)> = way.iter().map(|stop| (*stop, at(*stop))).collect();
    let told: Vec<(Stop, Vec<Allowed>)> = told.into_iter().filter(|(_, allowed)| !allowed.is_empty()).collect();
    let after: Vec<Stop> = told.iter().skip(1).map(|(stop, _)| *stop).collect();
    let stops = told.into_iter().enumerate();
    stops.map(|(index, (stop, allowed))| StopRules { stop, allowed, next: after.get(index).copied() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way that a programme may lay out.
    fn ways() -> Vec<Vec<Station>> {
        let chosen = |bits: usize| {
            let all = Station::ALL.iter().enumerate();
            all.filter(|(place, _)| bits & (1 << place) != 0).map(|(_, station)| *station).collect()
        };
        let ways = (0..1 << Station::ALL.len()).map(chosen);
        ways.filter(|way: &Vec<Station>| !(way.contains(&Station::City) && way.contains(&Station::CityDecides)))
            .collect()
    }

    /// What a file in a state may have done to it stands at exactly one stop of its way, and nothing else stands there.
    #[test]
    fn every_row_that_can_be_taken_stands_at_one_stop() {
        for way in ways() {
            let reached = reachable(&way);
            let mut wanted = Vec::new();
            for row in PROCEDURE.iter().filter(|row| row.when.holds(&way)) {
                wanted
                    .extend(row.from.iter().filter(|state| reached.contains(*state)).map(|state| (row.action, *state)));
            }
            let told = rules(&way);
            let mut found: Vec<(Action, State)> = Vec::new();
            for stop in &told {
                assert!(!stop.allowed.is_empty(), "nothing can be done at {} on {way:?}", stop.stop);
                for allowed in &stop.allowed {
                    found.extend(allowed.from.iter().map(|state| (allowed.action, *state)));
                }
            }
            wanted.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, wanted, "{way:?}");
        }
    }

    #[test]
    fn each_stop_leads_to_the_next_and_the_last_to_none() {
        for stations in ways() {
            let told = rules(&stations);
            let stops: Vec<Stop> = told.iter().map(|stop| stop.stop).collect();
            let on_the_way: Vec<Stop> = way(&stations).into_iter().filter(|stop| stops.contains(stop)).collect();
            assert_eq!(stops, on_the_way, "{stations:?}");
            assert_eq!((stops.first(), stops.last()), (Some(&Stop::Filling), Some(&Stop::Publication)));
            let decides = stations.contains(&Station::CityDecides);
            assert!(decides || stops.len() == way(&stations).len(), "{stations:?} leaves out {stops:?}");
            for (index, stop) in told.iter().enumerate() {
                assert_eq!(stop.next, stops.get(index + 1).copied(), "{stations:?}");
            }
        }
    }

    #[test]
    fn a_bureau_recommends_where_it_checks_and_an_approver_publishes_at_the_end() {
        let told = rules(&[Station::City, Station::Screening, Station::Review, Station::Notice]);
        let at = |stop: Stop| {
            let rules = told.iter().find(|rules| rules.stop == stop).expect("it is on the way");
            rules.allowed.iter().map(|allowed| (allowed.action, allowed.to)).collect::<Vec<_>>()
        };
        assert!(at(Stop::City).contains(&(Action::Recommend, Some(State::Recommended))));
        assert!(at(Stop::Screening).contains(&(Action::Accept, Some(State::InReview))));
        assert!(at(Stop::Decision).contains(&(Action::UndoDecision, Some(State::Reviewed))));
        assert_eq!(at(Stop::Publication), [(Action::Publish, Some(State::Recognised))]);
        assert!(!at(Stop::City).iter().any(|(action, _)| *action == Action::FileResult), "this bureau does not decide");
    }
}
