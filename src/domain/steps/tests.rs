//! Each table against every standing and role, written another way.

use super::*;
use crate::domain::actor::Held;
use crate::domain::ids::{IdSource, OrganisationId};
use crate::domain::status::{CodeCheck, ListStatus, ObjectionOutcome, ObjectionStatus};

struct Fixed(u128);

impl IdSource for Fixed {
    fn next(&self) -> uuid::Uuid {
        uuid::Uuid::from_u128(self.0)
    }
}

fn account(number: u128) -> AccountId {
    AccountId::new(&Fixed(number))
}

fn somebody(role: Role, organisation: Option<OrganisationId>) -> Actor {
    Actor {
        account: Some(account(1)),
        name: "x".into(),
        language: "zh-CN".into(),
        held: vec![Held { role, organisation, bureau: None, expert: None }],
    }
}

#[test]
fn an_objection_is_handled_by_one_officer_and_ended_by_another() {
    use ObjectionAction as A;
    for status in ObjectionStatus::ALL.iter().copied() {
        for proposed in [None, Some(ObjectionOutcome::Upheld), Some(ObjectionOutcome::Dismissed)] {
            for own in [false, true] {
                for others_waiting in [false, true] {
                    let proposed_by = proposed.map(|_| account(if own { 1 } else { 2 }));
                    let at = ObjectionAt { status, proposed, proposed_by, others_waiting };
                    let mut handler = vec![A::OpenIdentity];
                    let mut approver = Vec::new();
                    match status {
                        ObjectionStatus::Received => handler.extend([A::Accept, A::Decline]),
                        ObjectionStatus::Accepted => {
                            handler.push(A::ProposeOutcome);
                            if proposed.is_some() {
                                approver.push(A::ReturnOutcome);
                                if !own && !(others_waiting && proposed == Some(ObjectionOutcome::Dismissed)) {
                                    approver.push(A::ApproveOutcome);
                                }
                            }
                        }
                        _ => {}
                    }
                    for role in Role::ALL.iter().copied() {
                        let mut expected = match role {
                            Role::Handler => handler.clone(),
                            Role::Approver => approver.clone(),
                            _ => Vec::new(),
                        };
                        expected.sort();
                        assert_eq!(at.available(&somebody(role, None)), expected, "{role} {at:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_nearest_reason_is_given() {
    let code = |role, action: ObjectionAction, at: ObjectionAt| {
        at.permit(&somebody(role, None), action).map_err(|refusal| refusal.code)
    };
    let (status, proposed_by) = (ObjectionStatus::Accepted, Some(account(1)));
    let proposed = Some(ObjectionOutcome::Dismissed);
    let handled = ObjectionAt { status, proposed: None, proposed_by: None, others_waiting: true };
    let own = ObjectionAt { proposed, proposed_by, ..handled };
    let foreign = ObjectionAt { proposed_by: Some(account(2)), ..own };
    let approve = ObjectionAction::ApproveOutcome;
    assert_eq!(code(Role::Auditor, approve, own), Err("wrong_role"));
    assert_eq!(code(Role::Approver, approve, handled), Err("objection_nothing_proposed"));
    assert_eq!(code(Role::Approver, approve, own), Err("own_proposal"));
    assert_eq!(code(Role::Approver, approve, foreign), Err("objection_others_waiting"));
    assert_eq!(code(Role::Handler, ObjectionAction::Accept, foreign), Err("objection_wrong_status"));
    let upheld = ObjectionAt { proposed: Some(ObjectionOutcome::Upheld), ..foreign };
    assert_eq!(code(Role::Approver, approve, upheld), Ok(Role::Approver));
}

#[test]
fn a_list_is_published_by_another_approver_while_it_waits() {
    for status in ListStatus::ALL.iter().copied() {
        for proposer in [1, 2] {
            for role in Role::ALL.iter().copied() {
                let may = role == Role::Approver && status == ListStatus::Proposed && proposer == 2;
                let found = ListAction::available(&somebody(role, None), status, Some(account(proposer)));
                assert_eq!(found, if may { ListAction::ALL.to_vec() } else { Vec::new() }, "{role} {status}");
            }
        }
    }
}

#[test]
fn an_organisation_is_kept_by_its_own_people() {
    use OrganisationAction as A;
    let (own, other) = (OrganisationId::new(&Fixed(8)), OrganisationId::new(&Fixed(9)));
    for code_check in CodeCheck::ALL.iter().copied() {
        for has_licence in [false, true] {
            let at = OrganisationAt { id: own, code_check, has_licence };
            let wrong = code_check == CodeCheck::Wrong;
            for role in Role::ALL.iter().copied() {
                let mut expected = match role {
                    Role::VendorAdmin => vec![A::ChangeContact, A::ManageMembers],
                    _ => Vec::new(),
                };
                if wrong && matches!(role, Role::VendorAdmin | Role::VendorMember) {
                    expected.push(A::ProvideLicence);
                }
                if wrong && has_licence && role == Role::Handler {
                    expected.push(A::AcceptCode);
                }
                assert_eq!(at.available(&somebody(role, Some(own))), expected, "{role} {at:?}");
                let foreign: Vec<A> = expected.into_iter().filter(|action| *action == A::AcceptCode).collect();
                assert_eq!(at.available(&somebody(role, Some(other))), foreign, "{role} of another, {at:?}");
            }
        }
    }
}
