//! Each table against every standing and role, written another way.

use super::*;
use crate::domain::actor::Held;
use crate::domain::call::{self, CallStatus, Phase};
use crate::domain::ids::{IdSource, OrganisationId};
use crate::domain::status::{
    ChangeSetStatus, DecisionStatus, DrawStatus, ListStatus, MailStanding, ObjectionOutcome, ObjectionStatus,
    SessionStatus,
};

mod people;
mod review;

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
fn c_24_an_objection_is_handled_by_one_officer_and_ended_by_another() {
    use ObjectionAction as A;
    for status in ObjectionStatus::ALL.iter().copied() {
        for proposed in [None, Some(ObjectionOutcome::Upheld), Some(ObjectionOutcome::Dismissed)] {
            for own in [false, true] {
                for [others_waiting, entry_can_be_held] in truth() {
                    let proposed_by = proposed.map(|_| account(if own { 1 } else { 2 }));
                    let at = ObjectionAt { status, proposed, proposed_by, others_waiting, entry_can_be_held };
                    let mut handler = vec![A::OpenIdentity];
                    let mut approver = Vec::new();
                    match status {
                        ObjectionStatus::Received if entry_can_be_held => handler.extend([A::Accept, A::Decline]),
                        ObjectionStatus::Received => handler.push(A::Decline),
                        ObjectionStatus::Accepted => {
                            handler.push(A::ProposeOutcome);
                            if proposed.is_some() {
                                approver.push(A::ReturnOutcome);
                                let waits = others_waiting && proposed == Some(ObjectionOutcome::Dismissed);
                                if !own && !waits {
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
    let handled =
        ObjectionAt { status, proposed: None, proposed_by: None, others_waiting: true, entry_can_be_held: true };
    let settled = ObjectionAt { status: ObjectionStatus::Received, entry_can_be_held: false, ..handled };
    assert_eq!(code(Role::Handler, ObjectionAction::Accept, settled), Err("objection_entry_settled"));
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
fn c_24_a_list_is_published_by_another_approver_while_it_waits() {
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
fn the_list_of_a_call_is_proposed_by_a_handler_once_there_is_somebody_to_name() {
    for [is_pending, has_names, in_notice] in truth() {
        let at = ListingAt { is_pending, has_names, in_notice };
        let ready = has_names && !is_pending;
        assert_eq!(at.is_ready(), ready, "{at:?}");
        for role in Role::ALL.iter().copied() {
            let expected = if ready && role == Role::Handler { vec![ListingAction::Propose] } else { Vec::new() };
            assert_eq!(at.available(&somebody(role, None)), expected, "{role} {at:?}");
        }
        let refused = at.permit(&somebody(Role::Handler, None), ListingAction::Propose).map_err(|no| no.code);
        let expected = match (is_pending, has_names, in_notice) {
            (true, ..) => Err("list_pending"),
            (_, true, _) => Ok(Role::Handler),
            (.., true) => Err("notice_still_running"),
            _ => Err("list_nothing_to_publish"),
        };
        assert_eq!(refused, expected, "{at:?}");
    }
}

#[test]
fn a_question_is_answered_once_while_its_call_is_approved() {
    for status in CallStatus::ALL.iter().copied() {
        for phase in Phase::ALL.iter().copied() {
            for is_answered in [false, true] {
                let standing = call::Standing { status, phase, authored: true, blocking: 1, review_over: false };
                let at = QuestionAt { call: standing, is_answered };
                for role in Role::ALL.iter().copied() {
                    let may = role == Role::Handler && status == CallStatus::Approved && !is_answered;
                    let expected = if may { vec![QuestionAction::Answer] } else { Vec::new() };
                    assert_eq!(at.available(&somebody(role, None)), expected, "{role} {at:?}");
                }
                assert!(at.available(&Actor::public("zh-CN")).is_empty());
            }
        }
    }
}

#[test]
fn an_import_is_undone_once_while_nothing_rests_on_it() {
    for status in ChangeSetStatus::ALL.iter().copied() {
        for is_rested_on in [false, true] {
            for role in Role::ALL.iter().copied() {
                let may = role == Role::Handler && status == ChangeSetStatus::Applied && !is_rested_on;
                let expected = if may { vec![ImportAction::Undo] } else { Vec::new() };
                let found = ImportAction::available(&somebody(role, None), status, is_rested_on);
                assert_eq!(found, expected, "{role} {status} rested on: {is_rested_on}");
            }
        }
    }
    let refused = ImportAction::Undo.permit(&somebody(Role::Handler, None), ChangeSetStatus::Undone);
    assert_eq!(refused.map_err(|refusal| refusal.code), Err("change_undone"));
}

#[test]
fn files_that_were_moved_on_together_are_taken_back_by_those_who_may_move_them() {
    for kind in BatchKind::ALL.iter().copied() {
        assert_eq!(BatchKind::of(kind.change_set()), Some(kind));
        for status in ChangeSetStatus::ALL.iter().copied() {
            for [is_rested_on, own] in truth() {
                for role in Role::ALL.iter().copied() {
                    let bureau = (role == Role::CityOfficer).then(|| if own { "foshan" } else { "zhuhai" }.to_string());
                    let held = Held { role, organisation: None, bureau, expert: None };
                    let actor = Actor { held: vec![held], ..somebody(role, None) };
                    let of = (kind == BatchKind::Recommendation).then_some("foshan");
                    let at = BatchAt { kind, status, bureau: of };
                    let theirs = match kind {
                        BatchKind::Recommendation => role == Role::CityOfficer && own,
                        BatchKind::Screening => role == Role::Handler,
                    };
                    let may = theirs && status == ChangeSetStatus::Applied && !is_rested_on;
                    let expected = if may { vec![BatchAction::Undo] } else { Vec::new() };
                    assert_eq!(at.available(&actor, is_rested_on), expected, "{kind} {status} {role} own: {own}");
                    let refused = at.permit(&actor, BatchAction::Undo).map_err(|refusal| refusal.code);
                    let expected = match (theirs, status) {
                        (false, _) => Err("wrong_role"),
                        (true, ChangeSetStatus::Undone) => Err("change_undone"),
                        (true, ChangeSetStatus::Applied) => Ok(role),
                    };
                    assert_eq!(refused, expected, "{kind} {status} {role} own: {own}");
                }
            }
        }
    }
    // Without a bureau of its own an act of a bureau is nobody's.
    let at = BatchAt { kind: BatchKind::Recommendation, status: ChangeSetStatus::Applied, bureau: None };
    assert!(at.available(&somebody(Role::CityOfficer, None), false).is_empty());
}

#[test]
fn a_file_is_moved_back_only_from_where_it_was_left() {
    use crate::domain::procedure::State;
    for left_in in [State::Recommended, State::InReview, State::Reviewed] {
        for state in State::ALL.iter().copied() {
            for version in 4..7 {
                for [is_assigned, is_being_decided] in truth() {
                    let at = MovedFileAt { left_in, left_at: 5, state, version, is_assigned, is_being_decided };
                    let expected = match (state, is_assigned, is_being_decided) {
                        (State::Withdrawn, ..) => Some("batch_undo_withdrawn"),
                        _ if (state, version) != (left_in, 5) => Some("batch_undo_moved"),
                        (_, true, _) => Some("batch_undo_assigned"),
                        (State::Reviewed, false, true) => Some("batch_undo_being_decided"),
                        _ => None,
                    };
                    assert_eq!(at.obstacle(), expected, "{at:?}");
                }
            }
        }
    }
}

#[test]
fn a_document_is_taken_out_of_a_file_that_can_be_saved() {
    use DocumentAction as A;
    for [is_readable, can_save, is_open, is_in_file] in truth() {
        let at = DocumentAt { is_readable, can_save, is_open, is_in_file };
        let mut expected = Vec::new();
        if is_readable {
            expected.push(A::Read);
        }
        if can_save && is_open && is_in_file {
            expected.push(A::Remove);
        }
        assert_eq!(at.available(), expected, "{at:?}");
        for action in A::ALL.iter().copied() {
            assert_eq!(at.allows(action), expected.contains(&action), "{action} {at:?}");
        }
    }
}

#[test]
fn evidence_is_read_by_those_who_judge_it() {
    for role in Role::ALL.iter().copied() {
        let may = matches!(role, Role::Handler | Role::Approver);
        let expected = if may { vec![EvidenceAction::Read] } else { Vec::new() };
        assert_eq!(EvidenceAction::available(&somebody(role, None)), expected, "{role}");
    }
}

/// Every combination of yes and no, so many at a time.
fn truth<const N: usize>() -> impl Iterator<Item = [bool; N]> {
    (0..1_u32 << N).map(|bits| std::array::from_fn(|at| bits >> at & 1 == 1))
}

#[test]
fn c_24_a_decision_is_proposed_by_one_officer_and_approved_by_another() {
    use DecisionAction as A;
    for [reviewed, waits] in truth() {
        for pending in [None, Some(account(1)), Some(account(2))] {
            let at = DecisionAt { reviewed, to_decide: i64::from(waits), pending };
            for role in Role::ALL.iter().copied() {
                let expected = match role {
                    Role::Handler if reviewed && waits && pending.is_none() => vec![A::Propose],
                    Role::Approver if pending == Some(account(2)) => vec![A::Approve, A::Return],
                    _ => Vec::new(),
                };
                assert_eq!(at.available(&somebody(role, None)), expected, "{role} {at:?}");
            }
        }
    }
    let code = |role, action: A, at: DecisionAt| at.permit(&somebody(role, None), action).map_err(|r| r.code);
    let before = DecisionAt { reviewed: false, to_decide: 0, pending: None };
    let nothing = DecisionAt { reviewed: true, ..before };
    let own = DecisionAt { pending: Some(account(1)), ..nothing };
    assert_eq!(code(Role::Handler, A::Propose, before), Err("decision_before_review"));
    assert_eq!(code(Role::Handler, A::Propose, nothing), Err("decision_nothing_to_decide"));
    assert_eq!(code(Role::Handler, A::Propose, own), Err("decision_pending"));
    assert_eq!(code(Role::Approver, A::Return, nothing), Err("decision_none_pending"));
    assert_eq!(code(Role::Approver, A::Approve, own), Err("own_proposal"));
    assert_eq!(code(Role::Auditor, A::Approve, own), Err("wrong_role"));
}

#[test]
fn c_24_undoing_a_decision_takes_two_and_needs_one_in_force() {
    use UndoingAction as A;
    for status in DecisionStatus::ALL.iter().copied() {
        for proposed_by in [None, Some(account(1)), Some(account(2))] {
            let at = UndoingAt { status, proposed_by };
            let in_force = status == DecisionStatus::Approved;
            for role in Role::ALL.iter().copied() {
                for is_rested_on in [false, true] {
                    let expected = match (role, proposed_by) {
                        (Role::Handler, None) if in_force && !is_rested_on => vec![A::Propose],
                        (Role::Approver, Some(by)) if in_force && by != account(1) => match is_rested_on {
                            false => vec![A::Approve, A::Return],
                            true => vec![A::Return],
                        },
                        _ => Vec::new(),
                    };
                    assert_eq!(at.available(&somebody(role, None), is_rested_on), expected, "{role} {at:?}");
                }
            }
        }
    }
    let code = |role, action: A, status, proposed_by| {
        let at = UndoingAt { status, proposed_by };
        at.permit(&somebody(role, None), action).map_err(|refusal| refusal.code)
    };
    let (approved, own) = (DecisionStatus::Approved, Some(account(1)));
    assert_eq!(code(Role::Auditor, A::Propose, approved, None), Err("wrong_role"));
    assert_eq!(code(Role::Handler, A::Propose, DecisionStatus::Returned, None), Err("decision_undo_not_approved"));
    assert_eq!(code(Role::Handler, A::Propose, approved, own), Err("decision_undo_proposed"));
    assert_eq!(code(Role::Handler, A::Propose, DecisionStatus::Undone, own), Err("change_undone"));
    assert_eq!(code(Role::Approver, A::Approve, approved, None), Err("decision_undo_none_pending"));
    assert_eq!(code(Role::Approver, A::Approve, approved, own), Err("own_proposal"));
    assert_eq!(code(Role::Approver, A::Return, DecisionStatus::Undone, own), Err("change_undone"));
}

#[test]
fn c_24_a_draw_takes_two_parties_who_are_two_people() {
    use DrawAction as A;
    let sides = [
        SideAt::default(),
        SideAt { account: Some(account(1)), revealed: false },
        SideAt { account: Some(account(1)), revealed: true },
        SideAt { account: Some(account(2)), revealed: false },
        SideAt { account: Some(account(2)), revealed: true },
    ];
    let statuses = [None].into_iter().chain(DrawStatus::ALL.iter().copied().map(Some));
    for status in statuses {
        for session in [None].into_iter().chain(SessionStatus::ALL.iter().copied().map(Some)) {
            for call_approved in [false, true] {
                for (handler, auditor) in sides.iter().flat_map(|a| sides.iter().map(move |b| (*a, *b))) {
                    let at = DrawAt { call_approved, session, status, handler, auditor, ..DrawAt::default() };
                    let announced = status == Some(DrawStatus::Announced);
                    let listed = status == Some(DrawStatus::Listed);
                    let fresh = matches!(status, None | Some(DrawStatus::Abandoned));
                    let early = matches!(session, None | Some(SessionStatus::Preparing));
                    let me = Some(account(1));
                    let of_party = |own: SideAt, other: SideAt| {
                        let mut may = Vec::new();
                        if announced && own.account.is_none() && other.account != me {
                            may.push(A::Commit);
                        }
                        if listed && own.account == me && !own.revealed {
                            may.push(A::Reveal);
                        }
                        if (announced || listed) && (own.account.is_none() || own.account == me) {
                            may.push(A::Abandon);
                        }
                        may
                    };
                    for role in Role::ALL.iter().copied() {
                        let mut expected = match role {
                            Role::Handler => of_party(handler, auditor),
                            Role::Auditor => of_party(auditor, handler),
                            Role::Approver if announced || listed => vec![A::Abandon],
                            _ => Vec::new(),
                        };
                        if matches!(role, Role::Handler | Role::Evaluator) && call_approved && fresh && early {
                            expected.push(A::Announce);
                        }
                        if role == Role::Handler && status == Some(DrawStatus::Drawn) && early {
                            expected.push(A::ProposeAnnulment);
                        }
                        let both = handler.account.is_some() && auditor.account.is_some();
                        if role == Role::Handler && announced && both {
                            expected.push(A::List);
                        }
                        expected.sort();
                        assert_eq!(at.available(&somebody(role, None)), expected, "{role} {at:?}");
                    }
                }
            }
        }
    }
    let mut both = somebody(Role::Handler, None);
    both.held.extend(somebody(Role::Auditor, None).held);
    let running = DrawAt { status: Some(DrawStatus::Announced), ..DrawAt::default() };
    assert_eq!(running.permit(&both, A::Commit).map_err(|refusal| refusal.code), Err("draw_both_roles"));
}

#[test]
fn a_draw_is_annulled_by_two_people_while_nothing_rests_on_it() {
    use DrawAction as A;
    let annulling = [A::ProposeAnnulment, A::AcceptAnnulment, A::RefuseAnnulment];
    let statuses = [None].into_iter().chain(DrawStatus::ALL.iter().copied().map(Some));
    for (status, session) in statuses.flat_map(|status| {
        [None].into_iter().chain(SessionStatus::ALL.iter().copied().map(Some)).map(move |session| (status, session))
    }) {
        for (annulled, planned) in [(false, false), (false, true), (true, false)] {
            for annulment_by in [None, Some(account(1)), Some(account(2))] {
                let at = DrawAt {
                    call_approved: true,
                    session,
                    status,
                    annulled,
                    annulment_by,
                    planned,
                    ..DrawAt::default()
                };
                let early = matches!(session, None | Some(SessionStatus::Preparing));
                let free = status == Some(DrawStatus::Drawn) && !annulled && !planned && early;
                let (proposed, own) = (annulment_by.is_some() && !annulled, annulment_by == Some(account(1)));
                for role in Role::ALL.iter().copied() {
                    let may = |action: &A| match (action, role) {
                        (A::ProposeAnnulment, Role::Handler) => free && annulment_by.is_none(),
                        (A::AcceptAnnulment, Role::Auditor) => free && proposed && !own,
                        (A::RefuseAnnulment, Role::Auditor) => proposed,
                        (A::RefuseAnnulment, Role::Handler) => proposed && own,
                        _ => false,
                    };
                    let expected: Vec<A> = annulling.iter().copied().filter(may).collect();
                    let mut found = at.available(&somebody(role, None));
                    found.retain(|action| annulling.contains(action));
                    assert_eq!(found, expected, "{role} {at:?}");
                }
                // Whoever is both takes back what they proposed, and is neither party otherwise.
                let mut both = somebody(Role::Handler, None);
                both.held.extend(somebody(Role::Auditor, None).held);
                let mut found = at.available(&both);
                found.retain(|action| annulling.contains(action));
                let expected = if proposed && own { vec![A::RefuseAnnulment] } else { Vec::new() };
                assert_eq!(found, expected, "both roles {at:?}");
                for action in [A::ProposeAnnulment, A::AcceptAnnulment] {
                    assert_eq!(at.permit(&both, action).map_err(|refusal| refusal.code), Err("draw_both_roles"));
                }
                let told = DrawAt { told: true, ..at };
                assert!(!told.available(&somebody(Role::Handler, None)).contains(&A::ProposeAnnulment), "{told:?}");
                let drawn_again = at.available(&somebody(Role::Handler, None)).contains(&A::Announce);
                let fresh = matches!(status, None | Some(DrawStatus::Abandoned));
                let over = status == Some(DrawStatus::Drawn) && annulled;
                assert_eq!(drawn_again, early && (fresh || over), "{at:?}");
            }
        }
    }
}

#[test]
fn a_mail_is_tried_again_after_it_was_given_up() {
    for standing in MailStanding::ALL.iter().copied() {
        for is_over in [false, true] {
            for role in Role::ALL.iter().copied() {
                let may = role == Role::SystemAdmin && standing == MailStanding::Failed && !is_over;
                let expected = if may { vec![MailAction::Retry] } else { Vec::new() };
                assert_eq!(
                    MailAction::available(&somebody(role, None), standing, is_over),
                    expected,
                    "{role} {standing}"
                );
            }
        }
    }
}

#[test]
fn an_action_is_asked_for_by_its_name() {
    let offered = [ExpertAction::Suspend, ExpertAction::ChangeTerm];
    assert!(offered.offer("suspend") && offered.offer("change_term"));
    assert!(!offered.offer("remove") && !offered.offer("Suspend") && !offered.offer(""));
    assert!(![ExpertAction::Suspend; 0].offer("suspend"));
}
