//! What is said when there is no plan is true, and mends it, with nothing to spare.

use super::super::*;
use super::brute::{Case, best};
use super::cases::{case, given};
use proptest::prelude::*;

/// Whether every application can be served, floors apart, by the independent solver.
fn served(case: &Case) -> bool {
    let mut case = case.clone();
    case.experts.values_mut().for_each(|expert| expert.floor = 0);
    best(&case).is_some()
}

fn raised(case: &Case, by: &BTreeMap<u8, usize>) -> Case {
    let mut case = case.clone();
    by.iter().for_each(|(id, by)| case.experts.get_mut(id).expect("known").ceiling += by);
    case
}

fn joined(case: &Case, number: usize, fields: &BTreeSet<String>, ceiling: usize) -> Case {
    let mut case = case.clone();
    for id in 100..100 + u8::try_from(number).expect("few") {
        case.experts.insert(id, Expert { fields: fields.clone(), floor: 0, ceiling });
    }
    case
}

fn mend_holds(case: &Case, mend: &Mend<u8, u8>) -> Result<(), TestCaseError> {
    match mend {
        Mend::RaiseCeilings { by, total } => {
            prop_assert_eq!(*total, by.values().sum::<usize>());
            prop_assert!(served(&raised(case, by)));
            for id in by.keys() {
                let mut less = by.clone();
                *less.get_mut(id).expect("present") -= 1;
                prop_assert!(!served(&raised(case, &less)));
            }
        }
        Mend::MoreExperts { number, fields, ceiling } => {
            // Too many experts for the independent solver: by the flow, which the other properties hold against it.
            let served = |case: Case| assign(&case).err().is_none_or(|left| left.shortage.is_none());
            prop_assert!(served(joined(case, *number, fields, *ceiling)));
            let all: BTreeSet<String> = ["a", "b", "c"].map(str::to_string).into();
            prop_assert!(!served(joined(case, number - 1, &all, *ceiling)));
        }
        Mend::FewerPerApplication { to } => {
            let capped = |to: usize| {
                let mut case = case.clone();
                for application in case.applications.values_mut() {
                    application.wanted = application.wanted.min(to);
                    application.of_field = application.of_field.min(to);
                }
                case
            };
            prop_assert!(served(&capped(*to)));
            prop_assert!(!served(&capped(to + 1)));
        }
        Mend::LowerFieldNumbers { by } => {
            let lowered = |by: &BTreeMap<u8, usize>| {
                let mut case = case.clone();
                by.iter().for_each(|(id, by)| case.applications.get_mut(id).expect("known").of_field -= by);
                case
            };
            prop_assert!(served(&lowered(by)));
            for id in by.keys() {
                let mut less = by.clone();
                *less.get_mut(id).expect("present") -= 1;
                prop_assert!(!served(&lowered(&less)));
            }
        }
        Mend::LiftForbidden { pairs } => {
            let lifted = |pairs: &BTreeSet<(u8, u8)>| {
                let mut case = case.clone();
                for (application, expert) in pairs {
                    case.applications.get_mut(application).expect("known").forbidden.remove(expert);
                }
                case
            };
            prop_assert!(served(&lifted(pairs)));
            for pair in pairs {
                let mut less = pairs.clone();
                less.remove(pair);
                prop_assert!(!served(&lifted(&less)));
            }
        }
    }
    Ok(())
}

fn shortage_holds(case: &Case, shortage: &Shortage<u8, u8>) -> Result<(), TestCaseError> {
    prop_assert!(!served(case));
    prop_assert_eq!(shortage.missing, shortage.short.values().sum::<usize>());
    prop_assert!(shortage.needed > shortage.available);
    // The set alone, without the others and with the pins of the others kept, lacks as many sheets.
    let mut alone = case.clone();
    for (id, application) in &mut alone.applications {
        if !shortage.applications.contains(id) {
            application.wanted = application.pinned.len();
            application.of_field = 0;
        }
    }
    let Err(found) = assign(&alone) else { return Err(TestCaseError::fail("the set alone can be served")) };
    prop_assert!(!served(&alone));
    prop_assert_eq!(found.shortage.map(|found| found.missing), Some(shortage.needed - shortage.available));
    for mend in &shortage.mends {
        mend_holds(case, mend)?;
    }
    let always = shortage.mends.iter().filter(|mend| matches!(mend, Mend::MoreExperts { .. })).count();
    prop_assert_eq!(always, 1);
    Ok(())
}

fn floors_hold(case: &Case, floors: &FloorShortage<u8, u8>) -> Result<(), TestCaseError> {
    prop_assert_eq!(floors.missing, floors.lower.values().sum::<usize>());
    prop_assert!(floors.lower.keys().all(|id| floors.experts.contains(id)));
    let lowered = |by: &BTreeMap<u8, usize>| {
        let mut case = case.clone();
        by.iter().for_each(|(id, by)| case.experts.get_mut(id).expect("known").floor -= by);
        assign(&case)
    };
    prop_assert!(lowered(&floors.lower).err().is_none_or(|left| left.floors.is_none()));
    for id in floors.lower.keys() {
        let mut less = floors.lower.clone();
        *less.get_mut(id).expect("present") -= 1;
        prop_assert!(lowered(&less).is_err_and(|left| left.floors.is_some()));
    }
    // The experts alone ask for more than there is for them: nobody else's floor matters.
    let mut alone = case.clone();
    for (id, expert) in &mut alone.experts {
        if !floors.experts.contains(id) {
            expert.floor = 0;
        }
    }
    prop_assert!(best(&alone).is_none());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_500))]

    #[test]
    fn what_is_said_holds_and_mends_with_nothing_to_spare(rows in given()) {
        let case = case(&rows);
        if let Err(found) = assign(&case) {
            let said = [!found.contradictions.is_empty(), found.shortage.is_some(), found.floors.is_some()];
            prop_assert!(said.contains(&true));
            if let Some(shortage) = &found.shortage {
                shortage_holds(&case, shortage)?;
            } else if found.contradictions.is_empty() {
                prop_assert!(served(&case));
            }
            if let Some(floors) = &found.floors {
                floors_hold(&case, floors)?;
                let lowered = floors.lower.iter().fold(case.clone(), |mut case, (id, by)| {
                    case.experts.get_mut(id).expect("known").floor -= by;
                    case
                });
                prop_assert_eq!(best(&lowered).is_some(), found.shortage.is_none());
            }
        }
    }
}
