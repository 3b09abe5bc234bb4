//! The tables of a review, its assignments, and what is undone of it.

use super::*;
use crate::domain::ids::ExpertId;
use crate::domain::procedure::State;
use crate::domain::status::{AssignmentStatus, SheetStatus};

#[test]
fn a_review_is_organised_by_handlers_and_evaluators() {
    use ReviewAction as A;
    let sessions = [None].into_iter().chain(SessionStatus::ALL.iter().copied().map(Some));
    for session in sessions {
        for [
            scoring_ended,
            overdue,
            call_open,
            upstream,
            has_stages,
            has_discussion,
            has_second_panel,
            has_plan,
            held,
        ] in truth()
        {
            let at = ReviewAt {
                session,
                has_plan,
                scoring_ended,
                overdue,
                call_open,
                upstream: i64::from(upstream),
                has_stages,
                has_discussion,
                has_second_panel,
                draw: if held { DrawHold::ToBeAnnulled } else { DrawHold::None },
            };
            let all = ReviewContent {
                somebody_to_remind: true,
                file_to_discuss: true,
                discussions_running: true,
                second_panel_wanted: true,
                every_file_scored: true,
                closable: true,
            };
            let mut expected = Vec::new();
            let over = !call_open && !upstream;
            match session {
                None if held => {}
                None => expected.push(A::Prepare),
                Some(SessionStatus::Preparing) => {
                    expected.push(A::Wish);
                    if !held {
                        expected.push(A::Prepare);
                    }
                    if has_plan && !overdue && !held {
                        expected.push(A::Open);
                    }
                }
                Some(SessionStatus::Open) => {
                    expected.extend([A::Complete, A::Remind]);
                    if over && !scoring_ended {
                        expected.push(A::EndScoring);
                    }
                    if scoring_ended {
                        expected.push(A::EndDiscussions);
                    }
                    if scoring_ended && has_discussion {
                        expected.push(A::OpenDiscussion);
                    }
                    if scoring_ended && has_second_panel {
                        expected.push(A::CallSecondPanel);
                    }
                    if over && (scoring_ended || !has_stages) {
                        expected.push(A::Close);
                    }
                }
                Some(SessionStatus::Closed) => {}
            }
            expected.sort();
            for role in Role::ALL.iter().copied() {
                let may = matches!(role, Role::Handler | Role::Evaluator);
                let own = if may { expected.clone() } else { Vec::new() };
                assert_eq!(at.available(&somebody(role, None), &all), own, "{role} {at:?}");
                let needs =
                    [A::Remind, A::EndScoring, A::OpenDiscussion, A::EndDiscussions, A::CallSecondPanel, A::Close];
                let without: Vec<A> = own.into_iter().filter(|action| !needs.contains(action)).collect();
                let nothing = ReviewContent::default();
                assert_eq!(at.available(&somebody(role, None), &nothing), without, "{role}, nothing there, {at:?}");
            }
        }
    }
}

#[test]
fn what_stands_against_an_act_on_a_review_is_named() {
    let handler = somebody(Role::Handler, None);
    let code = |at: ReviewAt, action: ReviewAction| at.permit(&handler, action).map_err(|refusal| refusal.code);
    let open = ReviewAt { session: Some(SessionStatus::Open), ..ReviewAt::default() };
    let ended = ReviewAt { scoring_ended: true, ..open };
    let session = |status| ReviewAt { session: Some(status), ..ReviewAt::default() };
    use ReviewAction as A;
    assert_eq!(code(ReviewAt::default(), A::Open), Err("review_not_prepared"));
    assert_eq!(code(session(SessionStatus::Preparing), A::Close), Err("review_not_open"));
    assert_eq!(code(open, A::Prepare), Err("review_already_open"));
    assert_eq!(code(session(SessionStatus::Closed), A::Remind), Err("review_closed"));
    assert_eq!(code(ended, A::EndScoring), Err("scoring_already_ended"));
    assert_eq!(code(open, A::OpenDiscussion), Err("discussion_not_used"));
    assert_eq!(code(ReviewAt { has_discussion: true, ..open }, A::OpenDiscussion), Err("review_scoring_open"));
    assert_eq!(code(ended, A::CallSecondPanel), Err("second_panel_not_used"));
    assert_eq!(code(ReviewAt { call_open: true, upstream: 3, ..open }, A::Close), Err("review_call_open"));
    assert_eq!(code(ReviewAt { upstream: 3, ..open }, A::EndScoring), Err("review_files_upstream"));
    assert_eq!(code(ReviewAt { has_stages: true, ..open }, A::Close), Err("review_scoring_open"));
    let unplanned = ReviewAt { overdue: true, ..session(SessionStatus::Preparing) };
    assert_eq!(code(unplanned, A::Open), Err("review_no_plan"));
    let late = ReviewAt { has_plan: true, ..unplanned };
    assert_eq!(code(late, A::Open), Err("review_due_passed"));
    let planned = ReviewAt { overdue: false, ..late };
    for (draw, why) in [(DrawHold::Running, "draw_unfinished"), (DrawHold::ToBeAnnulled, "draw_annulment_waiting")] {
        assert_eq!(code(ReviewAt { draw, ..ReviewAt::default() }, A::Prepare), Err(why));
        assert_eq!([A::Prepare, A::Open].map(|action| code(ReviewAt { draw, ..planned }, action)), [Err(why); 2]);
        assert_eq!(code(ReviewAt { draw, ..planned }, A::Wish), Ok(Role::Handler));
    }
    let nobody = ReviewAt::default().permit(&somebody(Role::Expert, None), A::OpenDiscussion);
    assert_eq!(nobody.map_err(|refusal| refusal.code), Err("wrong_role"));
}

/// An expert of the pool.
fn expert(id: ExpertId) -> Actor {
    let mut actor = somebody(Role::Expert, None);
    for held in &mut actor.held {
        held.expert = Some(id);
    }
    actor
}

#[test]
fn an_assignment_is_worked_on_by_its_own_expert() {
    use AssignmentAction as A;
    let (own, other) = (ExpertId::new(&Fixed(5)), ExpertId::new(&Fixed(6)));
    let sheets = [None, Some(SheetStatus::Draft), Some(SheetStatus::Submitted), Some(SheetStatus::Void)];
    for session in SessionStatus::ALL.iter().copied() {
        for status in AssignmentStatus::ALL.iter().copied() {
            for serves in [true, false] {
                for file in [State::InReview, State::Withdrawn, State::Reviewed] {
                    for (sheet, extra_sheet) in sheets.iter().flat_map(|a| sheets.iter().map(move |b| (*a, *b))) {
                        for [scoring_ended, to_explain, member, runs, has_extra] in truth() {
                            let discussion = member.then_some(runs);
                            let at = AssignmentAt {
                                expert: own,
                                serves,
                                session,
                                scoring_ended,
                                status,
                                file,
                                sheet,
                                to_explain,
                                discussion,
                                has_extra,
                                extra_sheet,
                            };
                            let open = session == SessionStatus::Open;
                            let accepted = status == AssignmentStatus::Accepted;
                            let live = accepted || status == AssignmentStatus::Awaiting;
                            let workable = open && live && serves && file == State::InReview;
                            let fillable = |sheet| matches!(sheet, None | Some(SheetStatus::Draft));
                            let submitted = sheet == Some(SheetStatus::Submitted);
                            let by_expert = [
                                (A::Accept, status == AssignmentStatus::Awaiting),
                                (A::Recuse, true),
                                (A::SaveSheet, accepted && fillable(sheet)),
                                (A::SubmitSheet, accepted && fillable(sheet)),
                                (A::Explain, to_explain),
                                (A::StatePosition, discussion == Some(true) && submitted),
                                (A::SaveExtraSheet, accepted && has_extra && scoring_ended && fillable(extra_sheet)),
                                (A::SubmitExtraSheet, accepted && has_extra && scoring_ended && fillable(extra_sheet)),
                            ];
                            let by_expert: Vec<A> =
                                by_expert.into_iter().filter(|(_, may)| *may && workable).map(|(a, _)| a).collect();
                            let by_organiser = [
                                (A::Reopen, workable && !scoring_ended && submitted),
                                (A::Release, open && live && !(scoring_ended && submitted)),
                            ];
                            let by_organiser: Vec<A> =
                                by_organiser.into_iter().filter(|(_, may)| *may).map(|(a, _)| a).collect();
                            assert_eq!(at.available(&expert(own)), by_expert, "{at:?}");
                            assert_eq!(at.available(&expert(other)), [], "of another: {at:?}");
                            for role in [Role::Handler, Role::Evaluator] {
                                assert_eq!(at.available(&somebody(role, None)), by_organiser, "{role} {at:?}");
                            }
                            for role in [Role::Approver, Role::Auditor, Role::VendorAdmin, Role::CityOfficer] {
                                assert_eq!(at.available(&somebody(role, None)), [], "{role} {at:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_sheet_is_voided_by_an_organiser_while_the_closed_review_is_all_that_there_is() {
    use SessionStatus::{Closed, Open, Preparing};
    let permitted = |at: VoidingAt, role| at.permit(&somebody(role, None), VoidingAction::Void);
    for session in SessionStatus::ALL.iter().copied() {
        for [is_proposed, is_decided, counts, has_another, is_excluded] in truth() {
            let at = VoidingAt { session, is_proposed, is_decided, counts, has_another, is_excluded };
            let yes = [session == Closed, !is_proposed, !is_decided, counts, has_another, is_excluded];
            for role in Role::ALL.iter().copied() {
                let organises = matches!(role, Role::Handler | Role::Evaluator);
                let expected = if organises && yes == [true; 6] { vec![VoidingAction::Void] } else { Vec::new() };
                assert_eq!(at.available(&somebody(role, None)), expected, "{role} {at:?}");
                assert_eq!(permitted(at, role).is_err_and(|no| no.code == "wrong_role"), !organises, "{role} {at:?}");
            }
        }
    }
    // Of several things in the way, the one that is furthest from being mended here is named.
    let free = VoidingAt {
        session: Closed,
        is_proposed: false,
        is_decided: false,
        counts: true,
        has_another: true,
        is_excluded: true,
    };
    let code = |at| permitted(at, Role::Evaluator).map_err(|refusal| refusal.code);
    assert_eq!(code(free), Ok(Role::Evaluator));
    let mut at = VoidingAt { is_excluded: false, ..free };
    assert_eq!(code(at), Err("void_no_conflict"));
    at.has_another = false;
    assert_eq!(code(at), Err("void_last_sheet"));
    at.counts = false;
    assert_eq!(code(at), Err("assignment_ended"));
    at.is_decided = true;
    assert_eq!(code(at), Err("void_decided"));
    at.is_proposed = true;
    assert_eq!(code(at), Err("void_proposed"));
    for session in [Open, Preparing] {
        assert_eq!(code(VoidingAt { session, ..at }), Err("void_not_closed"));
    }
}

#[test]
fn a_change_of_a_review_is_undone_by_an_organiser_while_nothing_rests_on_it() {
    use ChangeSetStatus::{Applied, Undone};
    for session in SessionStatus::ALL.iter().copied() {
        for [is_last, is_panel_gone, is_rested_on, is_any_waiting, is_undone] in truth() {
            let status = if is_undone { Undone } else { Applied };
            let plan = ChangeAt { status, session, done: ChangeDone::Plan { is_last, is_panel_gone, is_rested_on } };
            let reminders = ChangeAt { status, session, done: ChangeDone::Reminders { is_any_waiting } };
            let plan_goes = match session {
                SessionStatus::Preparing => is_last && !is_panel_gone,
                SessionStatus::Open => is_last && !is_panel_gone && !is_rested_on,
                SessionStatus::Closed => false,
            };
            let arrivals = ChangeAt { status, session, done: ChangeDone::Arrivals { is_rested_on } };
            let arrivals_go = session == SessionStatus::Open && !is_rested_on;
            let scoring = ChangeAt { status, session, done: ChangeDone::ScoringEnd { is_rested_on } };
            let discussions = ChangeAt { status, session, done: ChangeDone::DiscussionEnd { is_rested_on } };
            for (at, goes) in [
                (plan, plan_goes),
                (reminders, is_any_waiting),
                (arrivals, arrivals_go),
                (scoring, arrivals_go),
                (discussions, arrivals_go),
            ] {
                for role in Role::ALL.iter().copied() {
                    let may = matches!(role, Role::Handler | Role::Evaluator) && goes && !is_undone;
                    let expected = if may { vec![ChangeAction::Undo] } else { Vec::new() };
                    assert_eq!(at.available(&somebody(role, None)), expected, "{role} {at:?}");
                }
            }
        }
    }
    let code = |at: ChangeAt, role| at.permit(&somebody(role, None), ChangeAction::Undo).map_err(|no| no.code);
    let (session, older) =
        (SessionStatus::Open, ChangeDone::Plan { is_last: false, is_panel_gone: true, is_rested_on: true });
    let at = ChangeAt { status: Undone, session, done: older };
    assert_eq!(code(at, Role::Approver), Err("wrong_role"));
    assert_eq!(code(at, Role::Handler), Err("change_undone"));
    let at = ChangeAt { status: Applied, ..at };
    assert_eq!(code(at, Role::Handler), Err("change_not_last"));
    let at = ChangeAt { done: ChangeDone::Plan { is_last: true, is_panel_gone: true, is_rested_on: true }, ..at };
    assert_eq!(code(at, Role::Handler), Err("change_panel_gone"));
    let at = ChangeAt { done: ChangeDone::Plan { is_last: true, is_panel_gone: false, is_rested_on: true }, ..at };
    assert_eq!(code(at, Role::Handler), Err("change_rested_on"));
    assert_eq!(code(ChangeAt { session: SessionStatus::Closed, ..at }, Role::Handler), Err("review_closed"));
    let at = ChangeAt { done: ChangeDone::Reminders { is_any_waiting: false }, ..at };
    assert_eq!(code(at, Role::Handler), Err("reminders_sent"));
    let at = ChangeAt { done: ChangeDone::Arrivals { is_rested_on: true }, ..at };
    assert_eq!(code(at, Role::Handler), Err("arrivals_rested_on"));
    let at = ChangeAt { done: ChangeDone::ScoringEnd { is_rested_on: true }, ..at };
    assert_eq!(code(at, Role::Handler), Err("scoring_end_rested_on"));
    assert_eq!(code(ChangeAt { session: SessionStatus::Closed, ..at }, Role::Handler), Err("review_closed"));
    let at = ChangeAt { done: ChangeDone::DiscussionEnd { is_rested_on: true }, ..at };
    assert_eq!(code(at, Role::Handler), Err("discussion_end_rested_on"));
    assert_eq!(code(ChangeAt { session: SessionStatus::Closed, ..at }, Role::Handler), Err("review_closed"));
}
