//! What became of something while somebody looked at an older version of it: told to whoever is too late with an act upon
//! it, so that nobody has to search for what has changed.

use super::timeline::SAVED;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Acts that are told at most: the newest. A run of the same one is told as one, and counts as one.
pub const MOST_TOLD: usize = 20;

/// One act since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ActSince)]
pub struct Change {
    /// When.
    pub at: DateTime<Utc>,
    /// What, as the record has it: `noun.past_participle`.
    pub act: String,
    /// In which role, never who; empty for an act that needs none.
    pub by_role: String,
    /// The state before, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The state after, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The reason given, where the reader is shown it in the story of the thing as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One thing that was sent and stands otherwise by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SentDifference)]
pub struct Difference {
    /// Its name in the input.
    pub field: String,
    /// What was sent.
    pub sent: String,
    /// What stands now; empty for nothing.
    pub current: String,
}

/// The same with the words of its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldDifference {
    /// As a program is told of it.
    pub difference: Difference,
    /// What the field is called.
    pub label: String,
    /// What was sent.
    pub sent: String,
    /// What stands now.
    pub current: String,
}

/// What is told to whoever was too late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile {
    /// Kind of the thing, as the record has it.
    pub kind: &'static str,
    /// The version that it has by now.
    pub version: i32,
    /// What was done since, oldest first, as far as this reader is told of it.
    pub changes: Vec<Change>,
    /// What was sent and stands otherwise.
    pub differences: Vec<ToldDifference>,
}

impl Meanwhile {
    /// The state that the reader saw, if that is known, and the one that it is in by now; none where nothing moved it.
    pub fn states(&self) -> Option<(Option<&str>, &str)> {
        let now = self.changes.iter().rev().find_map(|change| change.to.as_deref())?;
        let then = self.changes.iter().find(|change| change.from.is_some() || change.to.is_some());
        let then = then.and_then(|change| change.from.as_deref());
        (then != Some(now)).then_some((then, now))
    }
}

/// How far somebody was behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// By so many versions.
    Versions(i32),
    /// By one at least: somebody was faster by the blink of an eye.
    Something,
}

/// The acts of each kind of thing that give it its first version or another one. Whatever else its record holds leaves the
/// version alone.
const MOVING: &[(&str, &[&str])] = &[
    (
        "account",
        &[
            "account.activated",
            "account.address_changed",
            "account.disabled",
            "account.enabled",
            "account.forgotten",
            "account.password_changed",
            "account.password_reset",
            "account.registered",
            "account.set_up",
        ],
    ),
    (
        "application",
        &[
            "application.acceptance_undone",
            "application.accepted",
            "application.correction_extended",
            "application.correction_requested",
            "application.decision_undone",
            "application.declared_ineligible",
            "application.declined",
            "application.drafted",
            "application.held",
            "application.not_recommended",
            "application.noticed",
            "application.recognised",
            "application.recommendation_undone",
            "application.recommended",
            "application.released",
            "application.removed",
            "application.resubmitted",
            "application.result_filed",
            "application.reviewed",
            "application.saved",
            "application.selected",
            "application.submitted",
            "application.withdrawn",
        ],
    ),
    (
        "call",
        &[
            "call.approved",
            "call.cancelled",
            "call.changed",
            "call.drafted",
            "call.extended",
            "call.repinned",
            "call.returned",
            "call.submitted",
        ],
    ),
    (
        "decision",
        &[
            "decision.approved",
            "decision.proposed",
            "decision.returned",
            "decision.undo_proposed",
            "decision.undo_returned",
            "decision.undone",
        ],
    ),
    (
        "draw",
        &[
            "draw.abandoned",
            "draw.announced",
            "draw.annulled",
            "draw.annulment_proposed",
            "draw.annulment_refused",
            "draw.committed",
            "draw.drawn",
            "draw.listed",
            "draw.revealed",
        ],
    ),
    (
        "expert",
        &[
            "expert.import_undone",
            "expert.imported",
            "expert.standing_changed",
            "expert.term_changed",
            "expert.updated",
        ],
    ),
    ("list", &["list.proposed", "list.published", "list.returned"]),
    (
        "membership",
        &[
            "membership.bar_proposed",
            "membership.bar_returned",
            "membership.barred",
            "membership.corrected",
            "membership.renamed",
            "membership.revocation_proposed",
            "membership.revocation_returned",
            "membership.revoked",
            "membership.warned",
            "membership.withdrawal_asked",
            "membership.withdrawal_declined",
            "membership.withdrew",
        ],
    ),
    (
        "objection",
        &[
            "objection.accepted",
            "objection.dismissed",
            "objection.not_accepted",
            "objection.outcome_proposed",
            "objection.outcome_returned",
            "objection.upheld",
        ],
    ),
    (
        "organisation",
        &[
            "organisation.code_accepted",
            "organisation.contact_changed",
            "organisation.corrected",
            "organisation.renamed",
        ],
    ),
    ("outbox", &["letters.noted", "letters.released"]),
    (
        "review",
        &[
            "reserve.called",
            "review.closed",
            "review.completion_undone",
            "review.opened",
            "review.panel_annulled",
            "review.panel_drawn",
            "review.panel_extended",
            "review.preparation_undone",
            "review.prepared",
            "review.scoring_end_undone",
            "review.scoring_ended",
            "review.wish_withdrawn",
            "review.wished",
            "second_panel.undone",
        ],
    ),
];

/// Whether an act gives a thing of this kind another version.
pub fn moves(kind: &str, act: &str) -> bool {
    MOVING.iter().any(|(of, acts)| *of == kind && acts.contains(&act))
}

/// Acts that leave the version alone and are told all the same, for they stand among those that somebody looks for.
const TOLD_BESIDE: &[&str] = &["application.reranked"];

/// What was done to a thing of this kind since somebody saw it, oldest first, from its record with the newest first.
/// `is_told` says of an act whether this reader may know of it; one that they may not know of is counted all the same.
///
/// What the service itself records in the same instant as the act before it belongs to that act.
pub fn since(kind: &str, newest_first: &[Change], behind: Behind, is_told: impl Fn(&str) -> bool) -> Vec<Change> {
    let mut left = match behind {
        Behind::Versions(versions) => versions,
        Behind::Something => 1,
    };
    let mut told: Vec<Change> = Vec::new();
    let mut runs = 0;
    for (at, change) in newest_first.iter().enumerate() {
        if left <= 0 {
            break;
        }
        let moves_it = moves(kind, &change.act);
        let follows = change.by_role == "system"
            && newest_first.get(at + 1).is_some_and(|before| before.at == change.at && moves(kind, &before.act));
        if moves_it && !follows {
            left -= 1;
        }
        let is_sought = moves_it || TOLD_BESIDE.contains(&change.act.as_str());
        if is_sought && is_told(&change.act) {
            if !told.last().is_some_and(|after| is_one_run(change, after)) {
                if runs == MOST_TOLD {
                    break;
                }
                runs += 1;
            }
            // Whoever was forestalled is told of what came last, whether or not it moved the version.
            if behind == Behind::Something {
                left = 0;
            }
            told.push(change.clone());
        }
    }
    told.reverse();
    told
}

/// Whether an act and the one after it are told as one: the same of the same role, where neither moved the thing or has a reason
/// of its own; of savings, all.
fn is_one_run(before: &Change, after: &Change) -> bool {
    let is_alone = |change: &Change| change.from != change.to || change.reason.is_some();
    let is_alike = || before.by_role == after.by_role && !is_alone(before) && !is_alone(after);
    before.act == after.act && (before.act == SAVED || is_alike())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn change(minute: i64, act: &str, role: &str) -> Change {
        Change {
            at: DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minute),
            act: act.into(),
            by_role: role.into(),
            from: None,
            to: None,
            reason: None,
        }
    }

    fn acts(told: &[Change]) -> Vec<&str> {
        told.iter().map(|change| change.act.as_str()).collect()
    }

    #[test]
    fn c_53_only_what_was_done_since_is_told_and_in_its_order() {
        let record = [
            change(5, "application.accepted", "handler"),
            change(4, "application.reranked", "city_officer"),
            change(3, "application.recommended", "city_officer"),
            change(2, "application.document_added", "vendor_member"),
            change(1, "application.submitted", "vendor_admin"),
        ];
        let told = |versions| since("application", &record, Behind::Versions(versions), |_| true);
        assert!(told(0).is_empty() && told(-3).is_empty());
        assert_eq!(acts(&told(1)), ["application.accepted"]);
        assert_eq!(acts(&told(2)), ["application.recommended", "application.reranked", "application.accepted"]);
        assert_eq!(acts(&told(9)).first(), Some(&"application.submitted"), "a version that is long gone");
        let forestalled = since("application", &record, Behind::Something, |_| true);
        assert_eq!(acts(&forestalled), ["application.accepted"]);
    }

    #[test]
    fn c_53_what_a_reader_may_not_know_is_counted_and_not_told() {
        let record = [
            change(3, "application.accepted", "handler"),
            change(2, "application.reranked", "city_officer"),
            change(1, "application.recommended", "city_officer"),
            change(0, "application.submitted", "vendor_admin"),
        ];
        let vendors = |act: &str| !matches!(act, "application.reranked" | "application.accepted");
        let told = since("application", &record, Behind::Versions(2), vendors);
        assert_eq!(acts(&told), ["application.recommended"]);
    }

    #[test]
    fn c_53_however_often_somebody_saved_the_act_before_it_is_told() {
        let by = |minute: i64| if minute % 2 == 0 { "vendor_member" } else { "vendor_admin" };
        let saved = |minute: i64| change(minute, "application.saved", by(minute));
        let mut record: Vec<Change> = (100..160).rev().map(saved).collect();
        record.push(change(1, "application.correction_requested", "city_officer"));
        let told = since("application", &record, Behind::Versions(61), |_| true);
        assert_eq!(acts(&told).first(), Some(&"application.correction_requested"));
        assert_eq!(told.len(), 61);
        let officers = since("application", &record, Behind::Versions(61), |act| act != "application.saved");
        assert_eq!(acts(&officers), ["application.correction_requested"]);
    }

    #[test]
    fn c_53_no_more_acts_than_the_newest_few_are_told() {
        let by_turns = |minute: i64| {
            let act = if minute % 2 == 0 { "application.saved" } else { "application.reviewed" };
            change(minute, act, "handler")
        };
        let record: Vec<Change> = (0..60).rev().map(by_turns).collect();
        let told = since("application", &record, Behind::Versions(60), |_| true);
        assert_eq!(told.len(), MOST_TOLD);
        assert_eq!(told.last(), record.first());
        let moved =
            Change { from: Some("a".into()), to: Some("b".into()), ..change(1, "application.reviewed", "handler") };
        let told = since("application", &vec![moved; 60], Behind::Versions(60), |_| true);
        assert_eq!(told.len(), MOST_TOLD, "what moved the thing is told by itself");
    }

    #[test]
    fn what_the_service_adds_to_an_act_is_part_of_it() {
        let record = [
            change(3, "reserve.called", "system"),
            change(3, "reserve.called", "system"),
            change(3, "review.prepared", "handler"),
            change(2, "review.wished", "evaluator"),
        ];
        let told = since("review", &record, Behind::Versions(1), |_| true);
        assert_eq!(acts(&told), ["review.prepared", "reserve.called", "reserve.called"]);
    }

    #[test]
    fn the_states_are_those_of_then_and_now() {
        let moved = |from: &str, to: &str| Change {
            from: Some(from.into()),
            to: Some(to.into()),
            ..change(1, "application.accepted", "handler")
        };
        let told = |changes| Meanwhile { kind: "application", version: 3, changes, differences: Vec::new() };
        let two = told(vec![moved("submitted", "recommended"), moved("recommended", "in_review")]);
        assert_eq!(two.states(), Some((Some("submitted"), "in_review")));
        assert_eq!(told(vec![moved("draft", "draft")]).states(), None);
        assert_eq!(told(Vec::new()).states(), None);
    }

    proptest! {
        /// However the record runs, nobody is told what they may not know, nor more acts than the version moved by.
        #[test]
        fn c_53_no_record_tells_more_than_the_reader_may_know(
            picked in prop::collection::vec(0usize..4, 0..40),
            versions in -2i32..8,
        ) {
            const ACTS: [&str; 4] =
                ["application.saved", "application.recommended", "application.reranked", "application.document_added"];
            let record: Vec<Change> =
                picked.iter().enumerate().map(|(at, which)| change(-(at as i64), ACTS[*which], "vendor_member")).collect();
            let told = since("application", &record, Behind::Versions(versions), |act| act != "application.reranked");
            prop_assert!(told.iter().all(|change| moves("application", &change.act)));
            prop_assert!(told.len() <= usize::try_from(versions.max(0)).unwrap_or_default());
            prop_assert!(told.windows(2).all(|two| two[0].at <= two[1].at));
        }
    }
}
