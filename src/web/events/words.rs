//! The record in words: what was done, to what, from which state to which. The codes stay beside them, for they are what the record holds.

use crate::web::page::Page;

/// Every action that is recorded, for the choice of one; a test holds it to the actions themselves.
pub const ACTIONS: &[&str] = &[
    "account.activated",
    "account.address_changed",
    "account.code_refused",
    "account.data_exported",
    "account.disabled",
    "account.enabled",
    "account.factor_enrolled",
    "account.factor_removed",
    "account.factor_reset",
    "account.filter_deleted",
    "account.filter_renamed",
    "account.filter_saved",
    "account.forgotten",
    "account.hash_renewed",
    "account.identity_proved",
    "account.identity_tied",
    "account.identity_untied",
    "account.invited",
    "account.language_chosen",
    "account.mail_chosen",
    "account.password_changed",
    "account.password_reset",
    "account.personal_data_viewed",
    "account.record_exported",
    "account.recovery_code_used",
    "account.recovery_codes_renewed",
    "account.refused",
    "account.registered",
    "account.role_granted",
    "account.role_revoked",
    "account.sessions_ended",
    "account.set_up",
    "account.set_up_link_issued",
    "account.sign_in_failed",
    "account.signed_in",
    "account.signed_out",
    "application.acceptance_undone",
    "application.accepted",
    "application.correction_extended",
    "application.correction_requested",
    "application.declared_ineligible",
    "application.decision_undone",
    "application.declined",
    "application.document_added",
    "application.document_removed",
    "application.drafted",
    "application.held",
    "application.not_recommended",
    "application.noticed",
    "application.recognised",
    "application.recommendation_undone",
    "application.recommended",
    "application.released",
    "application.removed",
    "application.reranked",
    "application.resubmitted",
    "application.result_filed",
    "application.reviewed",
    "application.saved",
    "application.selected",
    "application.submitted",
    "application.withdrawn",
    "assignment.accepted",
    "assignment.added",
    "assignment.recused",
    "assignment.released",
    "assignment.restored",
    "assignment.voided",
    "backup.made",
    "batch.applied",
    "batch.undone",
    "call.approved",
    "call.cancelled",
    "call.changed",
    "call.drafted",
    "call.extended",
    "call.question_answered",
    "call.question_asked",
    "call.repinned",
    "call.returned",
    "call.submitted",
    "decision.approved",
    "decision.proposed",
    "decision.returned",
    "decision.undo_proposed",
    "decision.undo_returned",
    "decision.undone",
    "discussion.end_undone",
    "discussion.ended",
    "discussion.opened",
    "discussion.position_stated",
    "draw.abandoned",
    "draw.announced",
    "draw.annulled",
    "draw.annulment_proposed",
    "draw.annulment_refused",
    "draw.committed",
    "expert.import_undone",
    "expert.imported",
    "expert.standing_changed",
    "expert.term_changed",
    "expert.tie_declared",
    "expert.tie_withdrawn",
    "expert.updated",
    "extra_sheet.submitted",
    "key.rotated",
    "letters.held",
    "letters.noted",
    "letters.released",
    "list.imported",
    "list.proposed",
    "list.published",
    "list.returned",
    "mail.retried",
    "membership.bar_proposed",
    "membership.bar_returned",
    "membership.barred",
    "membership.begun",
    "membership.corrected",
    "membership.renamed",
    "membership.revocation_proposed",
    "membership.revocation_returned",
    "membership.revoked",
    "membership.warned",
    "membership.withdrawal_asked",
    "membership.withdrawal_declined",
    "membership.withdrew",
    "notice.opened",
    "objection.accepted",
    "objection.address_confirmed",
    "objection.dismissed",
    "objection.identity_opened",
    "objection.identity_removed",
    "objection.not_accepted",
    "objection.outcome_proposed",
    "objection.outcome_returned",
    "objection.received",
    "objection.upheld",
    "organisation.admin_term_set",
    "organisation.code_accepted",
    "organisation.contact_changed",
    "organisation.corrected",
    "organisation.data_exported",
    "organisation.join_accepted",
    "organisation.join_declined",
    "organisation.join_requested",
    "organisation.licence_provided",
    "organisation.member_removed",
    "organisation.member_role_changed",
    "organisation.registered",
    "organisation.renamed",
    "reserve.called",
    "review.closed",
    "review.completion_undone",
    "review.opened",
    "review.panel_annulled",
    "review.panel_drawn",
    "review.panel_extended",
    "review.preparation_undone",
    "review.prepared",
    "review.reminded",
    "review.reminders_undone",
    "review.reranked",
    "review.scoring_end_undone",
    "review.scoring_ended",
    "review.wish_withdrawn",
    "review.wished",
    "second_panel.called",
    "second_panel.undone",
    "sheet.explained",
    "sheet.reopened",
    "sheet.submitted",
];

/// Kinds of subjects, each with the beginning of the keys of its states; empty for one without states.
pub const KINDS: &[(&str, &str)] = &[
    ("account", "account-status"),
    ("application", "state"),
    ("assignment", "assignment-status"),
    ("backup", ""),
    ("batch", ""),
    ("call", "call-status"),
    ("decision", "decision-status"),
    ("draw", "draw-status"),
    ("expert", "expert-status"),
    ("key", ""),
    ("list", "list-status"),
    ("membership", "standing"),
    ("notice", ""),
    ("objection", "objection-status"),
    ("organisation", ""),
    ("outbox", ""),
    ("review", "session-status"),
];

/// The kind of subject that an action is recorded of, as the first part of its code says.
fn kind_of(action: &str) -> &str {
    match action.split('.').next().unwrap_or_default() {
        "discussion" | "reserve" | "second_panel" => "review",
        "extra_sheet" | "sheet" => "assignment",
        "letters" | "mail" => "outbox",
        kind => kind,
    }
}

/// Kinds of subjects in the order of a file's way; the others follow as they stand in [`KINDS`].
const FIRST: &[&str] = &[
    "call",
    "organisation",
    "application",
    "batch",
    "draw",
    "expert",
    "review",
    "assignment",
    "decision",
    "notice",
    "objection",
    "list",
    "membership",
];

/// A kind of subject in words, with its actions: code and words.
pub type Group = (String, Vec<(String, String)>);

/// All that is recorded, for the choice of one, by kinds of subjects.
pub fn actions_by_kind(page: &Page) -> Vec<Group> {
    let others = KINDS.iter().map(|(kind, _)| *kind).filter(|kind| !FIRST.contains(kind));
    let of = |code: &str| {
        let those = ACTIONS.iter().filter(|known| kind_of(known) == code);
        (kind(page, code), those.map(|known| (known.to_string(), action(page, known))).collect())
    };
    FIRST.iter().copied().chain(others).map(of).collect()
}

/// The words of a key that is put together, if there are any.
fn known(page: &Page, key: &str) -> Option<String> {
    let words = page.t(key);
    (!words.starts_with('[')).then_some(words)
}

/// What was done; the code itself where it has no words. What the applicant's timeline names is named alike here.
pub fn action(page: &Page, code: &str) -> String {
    let name = code.replace(['.', '_'], "-");
    known(page, &format!("event-{name}"))
        .or_else(|| known(page, &format!("record-{name}")))
        .unwrap_or_else(|| code.to_string())
}

/// To what kind of subject.
pub fn kind(page: &Page, code: &str) -> String {
    known(page, &format!("record-kind-{code}")).unwrap_or_else(|| code.to_string())
}

/// From which state to which; empty for what moved nothing.
pub fn states(page: &Page, subject_kind: &str, from: Option<&str>, to: Option<&str>) -> String {
    let beginning = KINDS.iter().find(|(kind, _)| *kind == subject_kind).map_or("", |(_, beginning)| *beginning);
    let told = |code: Option<&str>| {
        code.map(|code| known(page, &format!("{beginning}-{code}")).unwrap_or_else(|| code.to_string()))
    };
    match (told(from), told(to)) {
        (Some(from), Some(to)) if from != to => format!("{from} → {to}"),
        (_, Some(to)) => to,
        (Some(from), None) => from,
        (None, None) => String::new(),
    }
}
