//! Ending the scoring: from here on no submitted sheet changes but in discussion.

use super::undo_end::{ScoringBefore, keep_end};
use super::{begin, counted_by_file, tell_counts, totals};
use crate::actions::Tx;
use crate::actions::review::{
    REASON_LIMIT, acted_upon, record_assignment, record_session, rules, session_to_change, within,
};
use crate::db;
use crate::db::calls::Call;
use crate::db::explanations::Explanation;
use crate::db::reviews::{Assignment, CountedSheet, ReviewFile, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::deviation::{far, grounds};
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, ApplicationId, AssignmentId, CallId, ChangeSetId, ExpertId};
use crate::domain::language::Language;
use crate::domain::names::Names;
use crate::domain::procedure::State;
use crate::domain::programme::ReviewRules;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, ChangeSetKind, SheetStatus};
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// What ending the scoring says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoringEnd {
    /// The version of the session that was seen.
    pub version: i32,
    /// Why the scoring ends although sheets are missing; empty if none is.
    #[serde(default)]
    pub reason: String,
    /// The assignments without a submitted sheet that were seen. If they are given, no other one ends.
    #[serde(default)]
    pub unsubmitted: Option<Vec<AssignmentId>>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScoringEnded {
    /// Files that are talked over from now on.
    pub discussions: usize,
    /// Sheets that must be explained.
    pub explanations: usize,
    /// Assignments that ended without a sheet.
    pub released: usize,
}

/// Ends the scoring of an open session. What was not submitted counts no more; whoever lies far from the panel is asked to
/// explain it, and files that lie too far apart are opened for discussion, where the programme says so.
///
/// # Errors
/// Files may still come; sheets are missing and no reason is given; a file has none at all: each file is named. An
/// assignment would end that was not seen.
pub fn end_scoring(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &ScoringEnd) -> Result<ScoringEnded, Error> {
    let account = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, id)?;
    let rules = rules(&call.programme.0)?.clone();
    acted_upon(tx, actor, id, input.version)?;
    let (mut session, role) = session_to_change(tx, actor, &call, ReviewAction::EndScoring)?;
    tx.must_be_current(input.version, session.version)?;
    let reason = input.reason.trim();
    within("reason", reason, REASON_LIMIT)?;
    let files = db::reviews::files(tx.db, id, &[State::InReview])?;
    if files.is_empty() {
        return Err(Refusal::conflict("review_nothing_to_review").into());
    }
    let out = missing(tx, &session, &files, rules.min_sheets as usize, reason)?;
    if let Some(seen) = &input.unsubmitted {
        let seen: BTreeSet<AssignmentId> = seen.iter().copied().collect();
        if out.iter().any(|one| !seen.contains(&one.id)) {
            return Err(Refusal::conflict("review_preview_outdated").into());
        }
    }
    let before = ScoringBefore {
        released: out.iter().map(|one| (one.id, one.status)).collect(),
        assignments: db::reviews::assignments_of(tx.db, session.id)?.len(),
    };
    release(tx, actor, role, &call, &session, &out, reason)?;
    session.scoring_ended_at = Some(tx.now);
    if !db::reviews::update_session(tx.db, &session, input.version)? {
        return Err(Error::Stale);
    }
    let of_file = counted_by_file(tx, &session)?;
    let under_review: BTreeSet<ApplicationId> = files.iter().map(|file| file.application.id).collect();
    let of_file: Vec<Vec<CountedSheet>> =
        of_file.into_iter().filter(|(file, _)| under_review.contains(file)).map(|(_, sheets)| sheets).collect();
    let (ended, discussed) = look(tx, &call, &rules, &session, account, &of_file, out.len())?;
    let set = ChangeSetId::new(&*tx.env.ids);
    let summary = serde_json::json!({
        "discussions": ended.discussions, "explanations": ended.explanations, "released": ended.released,
        "unsubmitted": named(tx, &files, &out)?,
    });
    keep_end(tx, account, id, (set, ChangeSetKind::ScoringEnd), summary, &before)?;
    let detail = serde_json::json!({
        "call": id, "discussions": discussed, "explanations": ended.explanations, "released": ended.released,
        "change_set": set,
    });
    let reason = (!reason.is_empty()).then_some(reason);
    record_session(tx, actor, role, session.id, "review.scoring_ended", reason, detail)?;
    Ok(ended)
}

/// The assignments without a submitted sheet, if the scoring may end without them.
fn missing(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    files: &[ReviewFile],
    least: usize,
    reason: &str,
) -> Result<Vec<Assignment>, Error> {
    let progress = db::reviews::progress(tx.db, session.id)?;
    let is_in = |assignment: &Assignment| {
        assignment.status == AssignmentStatus::Accepted && progress.get(&assignment.id) == Some(&SheetStatus::Submitted)
    };
    let mut of_file: BTreeMap<ApplicationId, (usize, Vec<Assignment>)> = BTreeMap::new();
    for assignment in db::reviews::assignments_of(tx.db, session.id)?.into_iter().filter(Assignment::is_live) {
        let (found, out) = of_file.entry(assignment.application_id).or_default();
        if is_in(&assignment) {
            *found += 1;
        } else {
            out.push(assignment);
        }
    }
    let (mut problems, mut missing) = (Vec::new(), Vec::new());
    for file in files {
        let (found, out) = of_file.remove(&file.application.id).unwrap_or_default();
        let said = |code: &str| Problem::new("reason", code).with("organisation", &file.organisation.name);
        if found == 0 {
            problems.push(said("review_no_sheet"));
        } else if reason.is_empty() && !out.is_empty() {
            problems.push(said("scoring_sheets_out").with("count", out.len()));
        } else if reason.is_empty() && found < least {
            problems.push(said("review_few_sheets").with("found", found).with("needed", least));
        }
        missing.extend(out);
    }
    if problems.is_empty() { Ok(missing) } else { Err(Error::Invalid(problems)) }
}

/// The assignments that end by the names that the page shows.
fn named(tx: &mut Tx<'_>, files: &[ReviewFile], out: &[Assignment]) -> Result<Vec<serde_json::Value>, Error> {
    let ids: BTreeSet<ExpertId> = out.iter().map(|one| one.expert_id).collect();
    let experts = db::experts::of_ids(tx.db, &ids.into_iter().collect::<Vec<_>>())?;
    let experts: BTreeMap<ExpertId, String> = experts.into_iter().map(|expert| (expert.id, expert.name)).collect();
    let applicants: BTreeMap<ApplicationId, &str> =
        files.iter().map(|file| (file.application.id, file.organisation.name.as_str())).collect();
    let line = |one: &Assignment| {
        serde_json::json!({
            "application": one.application_id, "organisation": applicants.get(&one.application_id),
            "expert": experts.get(&one.expert_id),
        })
    };
    Ok(out.iter().map(line).collect())
}

/// Ends what was not submitted; one mail to each expert. Nobody steps in.
fn release(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    call: &Call,
    session: &ReviewSession,
    out: &[Assignment],
    reason: &str,
) -> Result<(), Error> {
    let mut counts: BTreeMap<ExpertId, usize> = BTreeMap::new();
    let released = AssignmentStatus::Released;
    for assignment in out {
        if !db::reviews::move_assignment(tx.db, assignment, released, assignment.declared_at, Some(reason))? {
            return Err(Error::Stale);
        }
        db::reviews::void_sheet(tx.db, assignment.id)?;
        record_assignment(tx, actor, role, assignment, "assignment.released", Some(released), Some(reason))?;
        *counts.entry(assignment.expert_id).or_default() += 1;
    }
    let args = |count: usize| vec![("count", Names::same(&count.to_string())), ("reason", Names::same(reason))];
    let told = counts.into_iter().map(|(expert, count)| (expert, args(count))).collect();
    tell_counts(tx, call, session, "scoring-ended-unsubmitted", &told)
}

/// What an expert is told to do.
#[derive(Default)]
struct Asked {
    explanations: usize,
    discussions: usize,
    extra: usize,
}

impl Asked {
    /// One after the other; what there is none of is not spoken of.
    fn in_words(&self, tx: &Tx<'_>) -> Names {
        let all = [
            ("scoring-ended-explanations", self.explanations),
            ("scoring-ended-discussions", self.discussions),
            ("scoring-ended-extra", self.extra),
        ];
        Names::of_each(|language| {
            let some = all.iter().filter(|(_, count)| *count > 0);
            let said = some.map(|(key, count)| tx.env.words.say_with(language, key, [("count", *count)]));
            let marks = Language::of_tag(language).punctuation();
            format!("{}{}", said.collect::<Vec<_>>().join(marks.semicolon), marks.stop.trim_end())
        })
    }
}

/// Looks at the sheets of every file: asks for explanations, opens discussions, tells the experts. Gives the files that are
/// talked over as well.
fn look(
    tx: &mut Tx<'_>,
    call: &Call,
    rules: &ReviewRules,
    session: &ReviewSession,
    account: AccountId,
    files: &[Vec<CountedSheet>],
    released: usize,
) -> Result<(ScoringEnded, Vec<ApplicationId>), Error> {
    let limit = rules.far_from_panel.map(|points| points.hundredths());
    let mut ended = ScoringEnded { released, ..ScoringEnded::default() };
    let mut discussed = Vec::new();
    let mut asked: BTreeMap<ExpertId, Asked> = BTreeMap::new();
    for sheets in files {
        let totals = totals(sheets);
        for (at, counted) in sheets.iter().enumerate() {
            let of_expert = asked.entry(counted.expert).or_default();
            of_expert.extra += usize::from(rules.extra.is_some());
            if let Some(above) = limit.and_then(|limit| far(&totals, at, limit)) {
                ask(tx, counted.sheet.assignment_id, above)?;
                of_expert.explanations += 1;
                ended.explanations += 1;
            }
        }
        let why = grounds(&totals, rules.max_spread.hundredths(), limit).filter(|_| rules.discussion);
        if let Some(why) = why {
            begin(tx, session, account, sheets, why, None)?;
            for counted in sheets {
                asked.entry(counted.expert).or_default().discussions += 1;
            }
            discussed.extend(sheets.first().map(|sheet| sheet.application));
        }
    }
    ended.discussions = discussed.len();
    asked.retain(|_, of| of.explanations + of.discussions + of.extra > 0);
    let told = asked.into_iter().map(|(expert, of)| (expert, vec![("duties", of.in_words(tx))])).collect();
    tell_counts(tx, call, session, "scoring-ended", &told)?;
    Ok((ended, discussed))
}

fn ask(tx: &mut Tx<'_>, assignment: AssignmentId, above: bool) -> Result<(), Error> {
    let asked = Explanation { assignment_id: assignment, above, text: None, asked_at: tx.now, explained_at: None };
    db::explanations::create(tx.db, &asked)?;
    tx.keep("score_explanations", assignment.as_text(), &[("text", None)]);
    Ok(())
}
