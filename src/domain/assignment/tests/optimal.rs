//! Feasible exactly when it can be, and as good as can be.

use super::super::*;
use super::brute::{best, keeps_rules, level};
use super::cases::{Given, case, given};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_500))]

    #[test]
    fn a_plan_is_found_whenever_there_is_one_and_none_is_better(rows in given()) {
        let case = case(&rows);
        match (assign(&case), best(&case)) {
            (Ok(plan), Some(best)) => {
                prop_assert!(keeps_rules(&case, &plan.pairs), "{:?}", plan);
                prop_assert_eq!(plan.objective, best);
                prop_assert_eq!(case.objective(&plan.pairs), best);
            }
            (found, best) => prop_assert!(found.is_err() && best.is_none(), "{:?} but {:?}", found, best),
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter((rows, shuffled) in given().prop_flat_map(|rows| {
        let shuffled = (Just(rows.0.clone()).prop_shuffle(), Just(rows.1.clone()).prop_shuffle(), Just(rows.2.clone()));
        (Just(rows), shuffled)
    })) {
        prop_assert_eq!(assign(&case(&rows)), assign(&case(&shuffled)));
    }

    #[test]
    fn every_expert_not_chosen_has_a_reason_that_holds(rows in given()) {
        let case = case(&rows);
        if let Ok(plan) = assign(&case) {
            explanations_hold(&case, &plan)?;
        }
    }

    #[test]
    fn a_difference_leads_from_one_plan_to_the_other(rows in given(), other in given()) {
        let other: Given = (other.0, rows.1.clone(), rows.2.clone());
        let (case, other) = (case(&rows), case(&other));
        if let (Ok(before), Ok(after)) = (assign(&other), assign(&case)) {
            let found = difference(&case, &before.pairs, &after.pairs);
            let mut pairs: BTreeSet<(u8, u8)> = before.pairs.iter().copied().collect();
            for (application, moved) in &found.moved {
                prop_assert!(!moved.gone.is_empty() || !moved.come.is_empty());
                for expert in &moved.gone {
                    prop_assert!(pairs.remove(&(*application, *expert)));
                }
                for expert in &moved.come {
                    prop_assert!(pairs.insert((*application, *expert)));
                }
            }
            prop_assert_eq!(pairs.into_iter().collect::<Vec<_>>(), after.pairs.clone());
            prop_assert_eq!(found.after, after.objective);
            let (old, new) = (before.loads(), after.loads());
            for id in case.experts.keys() {
                let change = (old.get(id).copied().unwrap_or(0), new.get(id).copied().unwrap_or(0));
                prop_assert_eq!(found.loads.get(id).copied(), (change.0 != change.1).then_some(change));
            }
        }
    }
}

fn explanations_hold(case: &Input<u8, u8>, plan: &Plan<u8, u8>) -> Result<(), TestCaseError> {
    let loads = plan.loads();
    let load = |id: u8| loads.get(&id).copied().unwrap_or(0);
    for (id, application) in &case.applications {
        let found = explain(case, plan, &loads, id).expect("an application of the input");
        let readers: Vec<u8> = plan.pairs.iter().filter(|(a, _)| a == id).map(|(_, e)| *e).collect();
        prop_assert_eq!(found.chosen.iter().map(|chosen| chosen.expert).collect::<Vec<_>>(), readers);
        prop_assert_eq!(found.alternatives.is_empty(), found.chosen.len() == case.experts.len());
        for chosen in &found.chosen {
            prop_assert_eq!(chosen.level, level(case, *id, chosen.expert));
            prop_assert_eq!(chosen.pinned, application.pinned.contains(&chosen.expert));
            prop_assert_eq!(chosen.load, load(chosen.expert));
        }
        for other in &found.alternatives {
            prop_assert_eq!(other.level, level(case, *id, other.expert));
            // Put in the place of each unpinned expert: what becomes of the plan?
            let exchanges: Vec<Vec<(u8, u8)>> = found
                .chosen
                .iter()
                .filter(|chosen| !chosen.pinned)
                .map(|chosen| {
                    let mut pairs = plan.pairs.clone();
                    pairs.retain(|pair| *pair != (*id, chosen.expert));
                    pairs.push((*id, other.expert));
                    pairs.sort();
                    pairs
                })
                .collect();
            let no_worse = |pairs: &&Vec<(u8, u8)>| case.objective(pairs).fit_cost <= plan.objective.fit_cost;
            let mut lifted = case.clone();
            match &other.why {
                WhyNot::Excluded(why) => prop_assert_eq!(application.excluded.get(&other.expert), Some(why)),
                WhyNot::Forbidden(why) => prop_assert_eq!(application.forbidden.get(&other.expert), Some(why)),
                WhyNot::Pinned => prop_assert!(exchanges.is_empty()),
                WhyNot::PoorerFit => prop_assert!(!exchanges.iter().any(|pairs| no_worse(&pairs))),
                WhyNot::Ceiling => {
                    prop_assert_eq!(load(other.expert), case.experts[&other.expert].ceiling);
                    prop_assert!(exchanges.iter().any(|pairs| no_worse(&pairs)));
                }
                WhyNot::Floor => {
                    lifted.experts.values_mut().for_each(|expert| expert.floor = 0);
                    prop_assert!(
                        !exchanges.iter().any(|pairs| super::brute::keeps_rules(case, pairs) && no_worse(&pairs))
                    );
                    prop_assert!(exchanges.iter().any(|pairs| keeps_rules(&lifted, pairs) && no_worse(&pairs)));
                }
                WhyNot::FieldNumber => {
                    prop_assert!(!exchanges.iter().any(|pairs| keeps_rules(case, pairs) && no_worse(&pairs)));
                    prop_assert!(application.of_field > 0);
                }
                WhyNot::Load => {
                    let allowed: Vec<_> =
                        exchanges.iter().filter(|pairs| keeps_rules(case, pairs) && no_worse(pairs)).collect();
                    prop_assert!(!allowed.is_empty());
                    prop_assert!(allowed.iter().all(|pairs| case.objective(pairs) >= plan.objective));
                }
            }
        }
    }
    Ok(())
}
