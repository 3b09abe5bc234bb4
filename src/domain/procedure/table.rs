//! The rows of the procedure.

use super::{Action, Carries, Guard, State, Station, Transition, When};
use crate::domain::actor::Role;

const ALWAYS: When = When { with: &[], without: &[] };

const fn with(with: &'static [Station]) -> When {
    When { with, without: &[] }
}

const fn without(without: &'static [Station]) -> When {
    When { with: &[], without }
}

const fn between(with: &'static [Station], without: &'static [Station]) -> When {
    When { with, without }
}

const VENDOR: &[Role] = &[Role::VendorAdmin, Role::VendorMember];
const VENDOR_ADMIN: &[Role] = &[Role::VendorAdmin];
const CITY: &[Role] = &[Role::CityOfficer];
const HANDLER: &[Role] = &[Role::Handler];
const APPROVER: &[Role] = &[Role::Approver];

const RECOMMENDING: &[Guard] = &[Guard::RecommendationOpen, Guard::QuotaLeft];

const fn row(
    action: Action,
    from: &'static [State],
    when: When,
    roles: &'static [Role],
    to: Option<State>,
    guards: &'static [Guard],
    carries: &'static [Carries],
) -> Transition {
    Transition { action, from, when, roles, to, guards, carries }
}

/// The whole procedure.
pub const PROCEDURE: &[Transition] = {
    use Action as A;
    use Guard as G;
    use State as S;
    use Station::{City, CityDecides, Notice, Review, Screening};
    &[
        // The applicant.
        row(A::Save, &[S::Draft], ALWAYS, VENDOR, None, &[G::CallOpen], &[]),
        row(A::Save, &[S::CityCorrection, S::ScreeningCorrection], ALWAYS, VENDOR, None, &[G::CorrectionOpen], &[]),
        row(A::Submit, &[S::Draft], with(&[City]), VENDOR_ADMIN, Some(S::Submitted), &[G::CallOpen], &[]),
        row(A::Submit, &[S::Draft], with(&[CityDecides]), VENDOR_ADMIN, Some(S::Submitted), &[G::CallOpen], &[]),
        row(
            A::Submit,
            &[S::Draft],
            between(&[Screening], &[City, CityDecides]),
            VENDOR_ADMIN,
            Some(S::Recommended),
            &[G::CallOpen],
            &[],
        ),
        row(
            A::Submit,
            &[S::Draft],
            between(&[Review], &[City, CityDecides, Screening]),
            VENDOR_ADMIN,
            Some(S::InReview),
            &[G::CallOpen],
            &[],
        ),
        row(
            A::Submit,
            &[S::Draft],
            without(&[City, CityDecides, Screening, Review]),
            VENDOR_ADMIN,
            Some(S::Reviewed),
            &[G::CallOpen],
            &[],
        ),
        row(A::Resubmit, &[S::CityCorrection], ALWAYS, VENDOR_ADMIN, Some(S::Submitted), &[G::CorrectionOpen], &[]),
        row(
            A::Resubmit,
            &[S::ScreeningCorrection],
            ALWAYS,
            VENDOR_ADMIN,
            Some(S::Recommended),
            &[G::CorrectionOpen],
            &[],
        ),
        row(
            A::Withdraw,
            &[
                S::Draft,
                S::Submitted,
                S::CityCorrection,
                S::Recommended,
                S::ScreeningCorrection,
                S::InReview,
                S::Reviewed,
                S::Proposed,
            ],
            ALWAYS,
            VENDOR_ADMIN,
            Some(S::Withdrawn),
            &[],
            &[Carries::Reason],
        ),
        // The city bureau. Not to recommend stays possible after the bureaus' date: no file is left without an answer.
        row(
            A::RequestCorrection,
            &[S::Submitted],
            ALWAYS,
            CITY,
            Some(S::CityCorrection),
            &[G::RecommendationOpen, G::CorrectionUnused],
            &[Carries::Marks, Carries::Deadline],
        ),
        row(
            A::ExtendCorrection,
            &[S::CityCorrection],
            ALWAYS,
            CITY,
            None,
            &[G::RecommendationOpen],
            &[Carries::Deadline, Carries::Reason],
        ),
        row(
            A::Recommend,
            &[S::Submitted],
            with(&[City, Screening]),
            CITY,
            Some(S::Recommended),
            RECOMMENDING,
            &[Carries::Rank],
        ),
        row(
            A::Recommend,
            &[S::Submitted],
            between(&[City, Review], &[Screening]),
            CITY,
            Some(S::InReview),
            RECOMMENDING,
            &[Carries::Rank],
        ),
        row(
            A::Recommend,
            &[S::Submitted],
            between(&[City], &[Screening, Review]),
            CITY,
            Some(S::Reviewed),
            RECOMMENDING,
            &[Carries::Rank],
        ),
        // What was recommended together is taken back together, while the bureaus' date has not passed.
        row(
            A::UndoRecommend,
            &[S::Recommended],
            with(&[City, Screening]),
            CITY,
            Some(S::Submitted),
            &[G::RecommendationOpen],
            &[Carries::Reason],
        ),
        row(
            A::UndoRecommend,
            &[S::InReview],
            between(&[City, Review], &[Screening]),
            CITY,
            Some(S::Submitted),
            &[G::RecommendationOpen],
            &[Carries::Reason],
        ),
        row(
            A::UndoRecommend,
            &[S::Reviewed],
            between(&[City], &[Screening, Review]),
            CITY,
            Some(S::Submitted),
            &[G::RecommendationOpen],
            &[Carries::Reason],
        ),
        // Once the department has taken a file up, its rank is fixed.
        row(A::Rerank, &[S::Recommended], with(&[City]), CITY, None, &[G::RecommendationOpen], &[Carries::Rank]),
        row(A::NotRecommend, &[S::Submitted], ALWAYS, CITY, Some(S::NotRecommended), &[], &[Carries::Reason]),
        row(
            A::NotRecommend,
            &[S::CityCorrection],
            ALWAYS,
            CITY,
            Some(S::NotRecommended),
            &[G::CorrectionLapsed],
            &[Carries::Reason],
        ),
        row(
            A::FileResult,
            &[S::Submitted],
            with(&[CityDecides]),
            CITY,
            Some(S::Proposed),
            &[G::RecommendationOpen, G::QuotaLeft],
            &[Carries::Reason],
        ),
        // The department's screening.
        row(
            A::RequestCorrection,
            &[S::Recommended],
            ALWAYS,
            HANDLER,
            Some(S::ScreeningCorrection),
            &[G::CorrectionUnused],
            &[Carries::Marks, Carries::Deadline],
        ),
        row(
            A::ExtendCorrection,
            &[S::ScreeningCorrection],
            ALWAYS,
            HANDLER,
            None,
            &[],
            &[Carries::Deadline, Carries::Reason],
        ),
        row(A::Accept, &[S::Recommended], with(&[Review]), HANDLER, Some(S::InReview), &[], &[]),
        row(A::Accept, &[S::Recommended], without(&[Review]), HANDLER, Some(S::Reviewed), &[], &[]),
        // What was accepted together is taken back together.
        row(
            A::UndoAccept,
            &[S::InReview],
            with(&[Screening, Review]),
            HANDLER,
            Some(S::Recommended),
            &[],
            &[Carries::Reason],
        ),
        row(
            A::UndoAccept,
            &[S::Reviewed],
            between(&[Screening], &[Review]),
            HANDLER,
            Some(S::Recommended),
            &[],
            &[Carries::Reason],
        ),
        row(A::DeclareIneligible, &[S::Recommended], ALWAYS, HANDLER, Some(S::Ineligible), &[], &[Carries::Reason]),
        row(
            A::DeclareIneligible,
            &[S::ScreeningCorrection],
            ALWAYS,
            HANDLER,
            Some(S::Ineligible),
            &[G::CorrectionLapsed],
            &[Carries::Reason],
        ),
        // Review and decision.
        row(
            A::CloseReview,
            &[S::InReview],
            with(&[Review]),
            &[Role::Handler, Role::Evaluator],
            Some(S::Reviewed),
            &[],
            &[],
        ),
        row(A::ApproveSelection, &[S::Reviewed], ALWAYS, APPROVER, Some(S::Proposed), &[], &[]),
        row(A::ApproveDecline, &[S::Reviewed], ALWAYS, APPROVER, Some(S::NotSelected), &[], &[Carries::Reason]),
        row(
            A::UndoDecision,
            &[S::Proposed, S::NotSelected],
            ALWAYS,
            APPROVER,
            Some(S::Reviewed),
            &[G::UndoProposed],
            &[Carries::Reason],
        ),
        // Notice and list.
        row(A::OpenNotice, &[S::Proposed], with(&[Notice]), HANDLER, Some(S::InNotice), &[], &[]),
        row(A::Hold, &[S::InNotice], with(&[Notice]), HANDLER, Some(S::Held), &[], &[Carries::Reason]),
        row(
            A::Release,
            &[S::Held],
            with(&[Notice]),
            APPROVER,
            Some(S::InNotice),
            &[G::NoOpenObjection],
            &[Carries::Reason],
        ),
        row(A::Remove, &[S::Held], with(&[Notice]), APPROVER, Some(S::Removed), &[], &[Carries::Reason]),
        row(
            A::Publish,
            &[S::InNotice],
            with(&[Notice]),
            APPROVER,
            Some(S::Recognised),
            &[G::NoticeOver, G::NoOpenObjection],
            &[],
        ),
        row(A::Publish, &[S::Proposed], without(&[Notice]), APPROVER, Some(S::Recognised), &[], &[]),
    ]
};
