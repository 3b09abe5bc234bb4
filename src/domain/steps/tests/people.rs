//! The tables of organisations, of their places in the pool, of accounts and of experts.

use super::*;
use crate::domain::ids::ExpertId;
use crate::domain::membership::StandingOnDate;
use crate::domain::status::{AccountStatus, CodeCheck, ExpertStatus, JoinStatus, ProposalKind};

#[test]
fn a_membership_is_managed_by_officers_and_given_back_by_its_own() {
    use MembershipAction as A;
    use StandingOnDate as S;
    let (own, other) = (OrganisationId::new(&Fixed(8)), OrganisationId::new(&Fixed(9)));
    let waitings = [None, Some(ProposalKind::Revocation), Some(ProposalKind::Bar), Some(ProposalKind::Withdrawal)];
    for standing in S::ALL.iter().copied() {
        for (waiting, by_oneself) in waitings.into_iter().flat_map(|waiting| [(waiting, false), (waiting, true)]) {
            let proposer = account(if by_oneself { 1 } else { 2 });
            let at = MembershipAt { organisation: own, standing, waiting: waiting.map(|kind| (kind, proposer)) };
            let (mut handler, mut approver, mut admin) = (vec![A::Rename], Vec::new(), Vec::new());
            match (waiting, standing) {
                (Some(ProposalKind::Withdrawal), _) => handler.extend([A::AcceptWithdrawal, A::DeclineWithdrawal]),
                (Some(_), _) if by_oneself => {}
                (Some(_), _) => approver.extend([A::Approve, A::Return]),
                (None, S::Active) => handler.extend([A::Warn, A::ProposeRevocation]),
                (None, S::Warned) => handler.extend([A::LiftWarning, A::ProposeRevocation]),
                (None, S::Expired) => handler.push(A::ProposeRevocation),
                (None, S::Revoked) => handler.push(A::ProposeBar),
                (None, S::Withdrew | S::Barred) => {}
            }
            if waiting.is_none() && standing.is_in_pool() {
                admin.push(A::AskWithdrawal);
            }
            for role in Role::ALL.iter().copied() {
                let mut expected = match role {
                    Role::Handler => handler.clone(),
                    Role::Approver => approver.clone(),
                    Role::VendorAdmin => admin.clone(),
                    _ => Vec::new(),
                };
                expected.sort();
                assert_eq!(at.available(&somebody(role, Some(own))), expected, "{role} {at:?}");
                if role == Role::VendorAdmin {
                    assert_eq!(at.available(&somebody(role, Some(other))), [], "another's {at:?}");
                }
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
                if role == Role::Handler {
                    expected.push(A::Correct);
                }
                assert_eq!(at.available(&somebody(role, Some(own))), expected, "{role} {at:?}");
                let is_of_officers = |action: &A| matches!(action, A::AcceptCode | A::Correct);
                let foreign: Vec<A> = expected.into_iter().filter(is_of_officers).collect();
                assert_eq!(at.available(&somebody(role, Some(other))), foreign, "{role} of another, {at:?}");
            }
        }
    }
}

#[test]
fn a_request_to_join_is_answered_once_by_that_organisations_administrators() {
    use JoinAction as A;
    let (own, other) = (OrganisationId::new(&Fixed(8)), OrganisationId::new(&Fixed(9)));
    for status in JoinStatus::ALL.iter().copied() {
        for is_engaged in [false, true] {
            let at = JoinAt { organisation: own, status, is_engaged };
            for role in Role::ALL.iter().copied() {
                let expected = match (role, status, is_engaged) {
                    (Role::VendorAdmin, JoinStatus::Pending, false) => vec![A::Accept, A::Decline],
                    (Role::VendorAdmin, JoinStatus::Pending, true) => vec![A::Decline],
                    _ => Vec::new(),
                };
                assert_eq!(at.available(&somebody(role, Some(own))), expected, "{role} {at:?}");
                assert!(at.available(&somebody(role, Some(other))).is_empty(), "{role} of another, {at:?}");
            }
        }
    }
    let code = |at: JoinAt, actor: &Actor| at.permit(actor, A::Accept).map_err(|refusal| refusal.code);
    let admin = somebody(Role::VendorAdmin, Some(own));
    let open = JoinAt { organisation: own, status: JoinStatus::Pending, is_engaged: false };
    assert_eq!(code(open, &admin), Ok(Role::VendorAdmin));
    assert_eq!(code(open, &somebody(Role::VendorMember, Some(own))), Err("not_organisation_admin"));
    assert_eq!(code(JoinAt { is_engaged: true, ..open }, &admin), Err("person_in_another_organisation"));
    let answered = JoinAt { status: JoinStatus::Declined, is_engaged: true, ..open };
    assert_eq!(code(answered, &admin), Err("join_already_decided"));
}

#[test]
fn c_24_nobody_administers_their_own_account() {
    use AccountAction as A;
    for status in AccountStatus::ALL.iter().copied() {
        for own in [false, true] {
            for role in Role::ALL.iter().copied() {
                let closed = status == AccountStatus::Disabled;
                let may = |action: &A| match (action, role) {
                    (A::InviteAgain, Role::SystemAdmin) => status == AccountStatus::Invited,
                    (A::Close, Role::SystemAdmin | Role::SecurityAdmin) => !own && !closed,
                    (A::Reopen, Role::SystemAdmin | Role::SecurityAdmin) => !own && closed,
                    (A::EndSessions, Role::SystemAdmin | Role::SecurityAdmin) => true,
                    (A::ResetFactor | A::UntieIdentity, Role::SecurityAdmin) => !own,
                    (A::GrantRole, Role::SecurityAdmin) => !own && !closed,
                    (A::RevokeRole, Role::SecurityAdmin) => !own,
                    _ => false,
                };
                let expected: Vec<A> = A::ALL.iter().copied().filter(may).collect();
                let id = account(if own { 1 } else { 2 });
                assert_eq!(A::available(&somebody(role, None), id, status), expected, "{role} {status} own: {own}");
            }
        }
    }
}

#[test]
fn an_expert_is_moved_to_another_standing_only() {
    use ExpertAction as A;
    for status in ExpertStatus::ALL.iter().copied() {
        for role in Role::ALL.iter().copied() {
            let mut expected = Vec::new();
            if role == Role::Handler {
                expected.extend(ExpertStatus::ALL.iter().filter(|to| **to != status).map(|to| A::towards(*to)));
                expected.push(A::ChangeTerm);
            }
            expected.sort();
            assert_eq!(A::available(&somebody(role, None), status), expected, "{role} {status}");
        }
    }
}

#[test]
fn a_tie_is_withdrawn_by_an_organiser_or_by_the_expert_who_declared_it() {
    let (own, other) = (ExpertId::new(&Fixed(8)), ExpertId::new(&Fixed(9)));
    let expert_of = |expert| {
        let mut actor = somebody(Role::Expert, None);
        actor.held[0].expert = Some(expert);
        actor
    };
    for declared_by in [None, Some(account(1)), Some(account(2))] {
        for is_withdrawn in [false, true] {
            let at = TieAt { expert: own, declared_by, is_withdrawn };
            let offered = |may| if may { vec![TieAction::Withdraw] } else { Vec::new() };
            for role in Role::ALL.iter().copied() {
                let organises = matches!(role, Role::Handler | Role::Evaluator);
                let found = at.available(&somebody(role, None));
                assert_eq!(found, offered(organises && !is_withdrawn), "{role} {at:?}");
                assert_eq!(permit_declaring(&somebody(role, None), own).is_ok(), organises, "{role}");
            }
            let by_oneself = declared_by == Some(account(1));
            assert_eq!(at.available(&expert_of(own)), offered(by_oneself && !is_withdrawn), "{at:?}");
            assert!(at.available(&expert_of(other)).is_empty(), "another's {at:?}");
        }
    }
    assert_eq!(permit_declaring(&expert_of(own), own).map_err(|no| no.code), Ok(Role::Expert));
    assert_eq!(permit_declaring(&expert_of(other), own).map_err(|no| no.code), Err("wrong_role"));
    let foreign = TieAt { expert: own, declared_by: Some(account(2)), is_withdrawn: true };
    let code = |actor: &Actor| foreign.permit(actor, TieAction::Withdraw).map_err(|no| no.code);
    assert_eq!(code(&expert_of(own)), Err("tie_not_own"));
    assert_eq!(code(&somebody(Role::Handler, None)), Err("tie_withdrawn"));
}
