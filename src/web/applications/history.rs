//! What was mended in an application, and what changed between its submissions.

use super::super::page::Page;
use crate::actions::Env;
use crate::actions::marks::name_of_mark;
use crate::actions::save::members_text;
use crate::actions::submit::Content;
use crate::db::corrections::Correction;
use crate::db::submissions::Submission;
use crate::domain::form::{self, ViewContext};
use crate::domain::programme::Programme;

/// A correction with what was asked for and, once answered, what changed.
pub struct CorrectionView {
    /// Which station asked.
    pub station: String,
    /// Asked, on screen.
    pub requested_at: String,
    /// Until when, on screen.
    pub due_at: String,
    /// Answered, on screen; empty while it is open.
    pub answered_at: String,
    /// A word to the applicant.
    pub note: String,
    /// What is marked and why.
    pub marks: Vec<(String, String)>,
    /// What changed: label, before, after.
    pub changes: Vec<Change>,
}

/// Something that differs between two submissions.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Change {
    /// What it is.
    pub label: String,
    /// Before, a line each.
    pub before: String,
    /// After, a line each.
    pub after: String,
}

/// The corrections with the differences between the submission before and the one that answered.
pub fn corrections(
    env: &Env,
    page: &Page,
    programme: &Programme,
    corrections: &[Correction],
    submissions: &[Submission],
    context: &ViewContext<'_>,
) -> Vec<CorrectionView> {
    let view = |correction: &Correction| {
        let answer = correction
            .answered_at
            .and_then(|at| submissions.iter().rposition(|submission| submission.submitted_at == at))
            .filter(|at| *at > 0);
        let changes = answer
            .and_then(|at| Some((submissions.get(at - 1)?, submissions.get(at)?)))
            .map(|(before, after)| changes(env, programme, before, after, context, &page.t("members-title")))
            .unwrap_or_default();
        let members = page.t("members-title");
        let marks = correction
            .marks
            .0
            .iter()
            .map(|mark| (name_of_mark(programme, mark, page.lang(), &members), mark.reason.clone()));
        CorrectionView {
            station: page.t_of("station", correction.station),
            requested_at: page.at(&correction.requested_at),
            due_at: page.until(&correction.due_at),
            answered_at: correction.answered_at.as_ref().map(|at| page.at(at)).unwrap_or_default(),
            note: correction.note.clone(),
            marks: marks.collect(),
            changes,
        }
    };
    corrections.iter().map(view).collect()
}

/// What differs between two submissions: fields, documents by kind, members.
pub fn changes(
    env: &Env,
    programme: &Programme,
    before: &Submission,
    after: &Submission,
    context: &ViewContext<'_>,
    members_label: &str,
) -> Vec<Change> {
    let opened = |submission: &Submission| Content::of(env, submission).ok().flatten();
    let (Some(before), Some(after)) = (opened(before), opened(after)) else { return Vec::new() };
    let mut changes: Vec<Change> = form::differences(programme, &before.form, &after.form, context)
        .into_iter()
        .map(|d| Change { label: d.label.in_language(context.language).to_string(), before: d.before, after: d.after })
        .collect();
    for kind in &programme.documents {
        let of_kind = |content: &Content| -> Vec<String> {
            let own = content.documents.iter().filter(|document| document.kind == kind.key);
            own.map(|document| format!("{} ({})", document.name, document.sha256)).collect()
        };
        let (old, new) = (of_kind(&before), of_kind(&after));
        if old != new {
            let label = kind.names.in_language(context.language).to_string();
            changes.push(Change { label, before: old.join("\n"), after: new.join("\n") });
        }
    }
    if before.members != after.members {
        changes.push(Change {
            label: members_label.to_string(),
            before: members_text(&before.members),
            after: members_text(&after.members),
        });
    }
    changes
}
