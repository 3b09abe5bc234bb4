//! Small instances of every kind.

use super::super::*;
use super::brute::Case;
use proptest::prelude::*;

type Rows<T> = Vec<(u8, T)>;

/// Rows of applications and experts in any order, and costs.
pub type Given = (Rows<Application<u8>>, Rows<Expert>, Vec<u32>);

pub fn case((applications, experts, fit_costs): &Given) -> Case {
    Input {
        applications: applications.iter().cloned().collect(),
        experts: experts.iter().cloned().collect(),
        fit_costs: fit_costs.clone(),
    }
}

fn field() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_string)
}

/// Some experts with a reason, most often none.
fn some(most: usize) -> impl Strategy<Value = BTreeMap<u8, String>> {
    prop::collection::btree_map(0_u8..6, Just("why".to_string()), 0..=most)
}

fn application(wanted: usize) -> impl Strategy<Value = Application<u8>> {
    let wanted = prop_oneof![9 => Just(wanted), 1 => 0_usize..4];
    let fields = prop::collection::btree_map(field(), 1_u8..4, 0..3);
    let pinned = prop_oneof![9 => Just(BTreeSet::new()), 1 => prop::collection::btree_set(0_u8..5, 1..3)];
    let of_field = prop_oneof![5 => Just(0_usize), 1 => 1_usize..3];
    (wanted, fields, of_field, some(2), some(1), pinned, any::<bool>()).prop_map(
        |(wanted, fields, of_field, excluded, mut forbidden, mut pinned, tidy)| {
            forbidden.retain(|expert, _| !excluded.contains_key(expert));
            if tidy {
                // Mostly pins that contradict nothing.
                pinned.retain(|pin| !excluded.contains_key(pin) && !forbidden.contains_key(pin));
            }
            Application { wanted, fields, of_field, excluded, forbidden, pinned }
        },
    )
}

fn expert(floor: usize, ceiling: usize) -> impl Strategy<Value = Expert> {
    let floor = prop_oneof![3 => Just(0), 2 => 0..=floor];
    let fields = prop::collection::btree_set(field(), 0..3);
    (fields, floor, 1..=ceiling).prop_map(|(fields, floor, ceiling)| Expert {
        fields,
        floor: floor.min(ceiling),
        ceiling,
    })
}

/// At most six of each.
pub fn given() -> impl Strategy<Value = Given> {
    let costs = prop_oneof![
        3 => Just(vec![3, 2, 1, 0]),
        1 => Just(vec![]),
        1 => prop::collection::vec(0_u32..20, 1..4),
        1 => Just(vec![u32::MAX, 7, 7, 0]),
    ];
    (1_usize..4, 0_usize..3, 3_usize..8)
        .prop_flat_map(move |(wanted, floor, ceiling)| {
            let applications = prop::collection::vec(application(wanted), 0..=6);
            let experts = prop::collection::vec(expert(floor, ceiling), 3..=6);
            let numbered = (applications, experts).prop_map(|(applications, experts)| {
                ((0_u8..).zip(applications).collect::<Vec<_>>(), (0_u8..).zip(experts).collect::<Vec<_>>())
            });
            (numbered, costs.clone())
        })
        .prop_map(|((applications, experts), costs)| (applications, experts, costs))
}
