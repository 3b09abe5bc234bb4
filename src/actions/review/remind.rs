//! Reminding experts whose sheets are missing: shown before, one mail each, not more than one a day.

use super::{record_session, session_to_change, stages, standing};
use crate::actions::Tx;
use crate::actions::post::{Reader, Until};
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::change_sets::ChangeSet;
use crate::db::experts::Expert;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::calendar::{local_date, local_deadline_text};
use crate::domain::ids::{ApplicationId, AssignmentId, CallId, ChangeSetId, ExpertId, MailId};
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AssignmentStatus, ChangeSetKind, ChangeSetStatus, SessionStatus, SheetStatus};
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use chrono::{Duration, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Minutes for which reminders are held back: mail leaves within seconds, and could never be withdrawn.
pub const HELD_MINUTES: i64 = 5;

/// One expert to remind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Letter {
    /// Who.
    pub expert: ExpertId,
    /// Their name.
    pub name: String,
    /// Sheets that are missing; after the scoring, files with something left to do.
    pub missing: usize,
    /// Of these, assignments without a declaration.
    pub undeclared: usize,
}

/// Whom [`remind`] would write to, and what.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reminders {
    /// Stands for everything that is shown; to be sent with the acceptance.
    pub digest: String,
    /// Experts whose sheets are missing and who were not reminded today.
    pub letters: Vec<Letter>,
    /// Names of those who were reminded today already.
    pub reminded: Vec<String>,
    /// Subject of the mail to the first of them.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Whether the time to score is over.
    pub late: bool,
}

/// An acceptance of what was shown.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reminding {
    /// The digest of the preview.
    pub digest: String,
    /// Whom to remind of those who were shown; all of them if it is empty.
    #[serde(default)]
    pub experts: Vec<ExpertId>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reminded {
    /// The change set.
    pub id: ChangeSetId,
    /// The mails.
    pub letters: Vec<Letter>,
}

/// The mails of a change set of reminders.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Sent {
    pub letters: Vec<(ExpertId, MailId)>,
}

/// Shows whom a reminder would go to, with the text; nothing is changed.
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Reminders, Error> {
    let call = db::calls::find(tx.db, id)?;
    let session = db::reviews::session_of_call(tx.db, id)?;
    standing(tx, &call, session.as_ref())?.permit(actor, ReviewAction::Remind)?;
    let session = session.ok_or_else(|| Refusal::conflict("review_not_prepared"))?;
    let (letters, reminded) = to_remind(tx, &session)?;
    let digest = digest(&session, &letters)?;
    let late = session.due_at <= tx.now;
    let days = own_days(tx, &session)?;
    let is_over = |letter: &Letter| days.get(&letter.expert).is_some_and(|day| *day <= tx.now);
    let is_first_late = letters.first().map_or(late, is_over);
    let template = template(&session, is_first_late);
    let (subject, text) = match letters.first() {
        Some(letter) => {
            let (day, due) = own_day(&days, letter, &session);
            let link = format!("{}/assignments", tx.env.base_url);
            let (missing, undeclared) = (letter.missing.to_string(), letter.undeclared.to_string());
            let mut args = args(&call, letter, &due, &missing, &undeclared, day.is_some()).to_vec();
            args.push(("link", &link));
            let say = |key: &str| tx.env.words.say_with(DEFAULT_LANGUAGE, key, args.iter().copied());
            (say(&format!("mail-{template}-subject")), say(&format!("mail-{template}-body")))
        }
        None => Default::default(),
    };
    Ok(Reminders { digest, letters, reminded, subject, text, late })
}

/// Writes to the experts who were shown, one mail each.
///
/// # Errors
/// Somebody has submitted, was replaced or was reminded since; nobody is left to remind.
pub fn remind(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Reminding) -> Result<Reminded, Error> {
    let account = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, id)?;
    let (session, role) = session_to_change(tx, actor, &call, ReviewAction::Remind)?;
    let (mut letters, _) = to_remind(tx, &session)?;
    if letters.is_empty() {
        return Err(Refusal::conflict("reminders_nobody").into());
    }
    if input.digest != digest(&session, &letters)? {
        return Err(Refusal::conflict("review_preview_outdated").into());
    }
    if !input.experts.is_empty() {
        let known: BTreeSet<ExpertId> = letters.iter().map(|letter| letter.expert).collect();
        if input.experts.iter().any(|expert| !known.contains(expert)) {
            return Err(Error::field("experts", "reminder_expert"));
        }
        letters.retain(|letter| input.experts.contains(&letter.expert));
    }
    let days = own_days(tx, &session)?;
    let mut sent = Sent::default();
    for letter in &letters {
        let expert = db::experts::find(tx.db, letter.expert)?;
        sent.letters.push((letter.expert, write(tx, &call, &session, &expert, letter, &days)?));
    }
    let set = ChangeSet {
        id: ChangeSetId::new(&*tx.env.ids),
        kind: ChangeSetKind::Reminders,
        call_id: Some(id),
        status: ChangeSetStatus::Applied,
        summary: Json(serde_json::json!({ "count": letters.len(), "letters": letters })),
        before: Json(serde_json::to_value(&sent).map_err(anyhow::Error::from)?),
        applied_by: Some(account),
        applied_at: tx.now,
        undone_by: None,
        undone_at: None,
        undo_reason: None,
    };
    db::change_sets::create(tx.db, &set)?;
    let detail = serde_json::json!({ "change_set": set.id, "experts": sent.letters });
    record_session(tx, actor, role, session.id, "review.reminded", None, detail)?;
    Ok(Reminded { id: set.id, letters })
}

/// Writes to every expert whose sheets are missing as the time to score comes to its end, each with their own day; whoever
/// has none, being asked to be quick, and whose day is over already, is not written to. Nobody asks for it and nobody takes it
/// back: it is no change set, and does not stand for a reminder by the organisers.
///
/// # Errors
/// The database is away.
pub fn remind_before_due(tx: &mut Tx<'_>, id: CallId) -> Result<(), Error> {
    let call = db::calls::find(tx.db, id)?;
    let Some(session) = db::reviews::session_of_call(tx.db, id)? else { return Ok(()) };
    if session.status != SessionStatus::Open || session.scoring_ended_at.is_some() {
        return Ok(());
    }
    let (letters, _) = to_remind(tx, &session)?;
    let days = own_days(tx, &session)?;
    for letter in &letters {
        let (day, due) = own_day(&days, letter, &session);
        if day.is_none_or(|day| day <= tx.now) {
            continue;
        }
        let expert = db::experts::find(tx.db, letter.expert)?;
        let account = expert.account_id.map(|account| db::accounts::find(tx.db, account)).transpose()?;
        let (missing, undeclared) = (letter.missing.to_string(), letter.undeclared.to_string());
        let args = args(&call, letter, &due, &missing, &undeclared, true);
        let reader = Reader::of_expert(&expert, account.as_ref());
        tx.post(reader, "deadline-scoring", "/assignments", &args)?;
    }
    Ok(())
}

/// The mail before and after the time to score is over, and after the scoring has ended.
fn template(session: &ReviewSession, late: bool) -> &'static str {
    match (session.scoring_ended_at, late) {
        (Some(_), _) => "review-stages-reminder",
        (None, true) => "review-overdue",
        (None, false) => "review-reminder",
    }
}

fn args<'a>(
    call: &'a Call,
    letter: &'a Letter,
    due: &'a str,
    missing: &'a str,
    undeclared: &'a str,
    bound: bool,
) -> [(&'static str, &'a str); 7] {
    let yes_or_no = |is_so: bool| if is_so { "yes" } else { "no" };
    [
        ("name", &letter.name),
        ("call", &call.title),
        ("due", due),
        ("missing", missing),
        ("undeclared", undeclared),
        ("declared", yes_or_no(letter.undeclared == 0)),
        ("soon", yes_or_no(!bound)),
    ]
}

/// Until when each expert with a missing sheet is asked for it, the first day of several; whoever was charged when the
/// session's day was over has none, and is not told of being late. Nobody's day lies after the end of their term.
fn own_days(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<BTreeMap<ExpertId, NaiveDateTime>, Error> {
    let progress = db::reviews::progress(tx.db, session.id)?;
    let missing = |one: &Assignment| one.is_live() && progress.get(&one.id) != Some(&SheetStatus::Submitted);
    let owed: Vec<Assignment> = db::reviews::assignments_of(tx.db, session.id)?.into_iter().filter(missing).collect();
    let ids: BTreeSet<ExpertId> = owed.iter().map(|one| one.expert_id).collect();
    let ids: Vec<ExpertId> = ids.into_iter().collect();
    let terms: BTreeMap<ExpertId, Option<NaiveDate>> =
        db::experts::of_ids(tx.db, &ids)?.into_iter().map(|expert| (expert.id, expert.term_to)).collect();
    let mut days: BTreeMap<ExpertId, NaiveDateTime> = BTreeMap::new();
    for one in owed {
        let last_day = terms.get(&one.expert_id).copied().flatten();
        if let Some(day) = one.asked_until(session.due_at, last_day) {
            let first = days.entry(one.expert_id).or_insert(day);
            *first = day.min(*first);
        }
    }
    Ok(days)
}

/// The day of whoever a letter is to, and in words; those of the session where there is none, which the letter does not name.
fn own_day(
    days: &BTreeMap<ExpertId, NaiveDateTime>,
    letter: &Letter,
    session: &ReviewSession,
) -> (Option<NaiveDateTime>, String) {
    let day = days.get(&letter.expert).copied();
    (day, local_deadline_text(day.unwrap_or(session.due_at)))
}

fn write(
    tx: &mut Tx<'_>,
    call: &Call,
    session: &ReviewSession,
    expert: &Expert,
    letter: &Letter,
    days: &BTreeMap<ExpertId, NaiveDateTime>,
) -> Result<MailId, Error> {
    let (day, due) = own_day(days, letter, session);
    let (missing, undeclared) = (letter.missing.to_string(), letter.undeclared.to_string());
    let args = args(call, letter, &due, &missing, &undeclared, day.is_some());
    let late = day.is_some_and(|day| day <= tx.now);
    let until = Until::Held(tx.now + Duration::minutes(HELD_MINUTES));
    let account = expert.account_id.map(|account| db::accounts::find(tx.db, account)).transpose()?;
    let reader = Reader::of_expert(expert, account.as_ref());
    tx.post_until(reader, template(session, late), "/assignments", &args, until)
}

fn digest(session: &ReviewSession, letters: &[Letter]) -> Result<String, Error> {
    super::prepare::digest(&serde_json::json!({
        "session": session.id, "version": session.version, "letters": letters,
    }))
}

/// Everyone with something to do, counted once a file, in the order of names; and the names of those who had their mail of
/// today.
pub(super) fn to_remind(tx: &mut Tx<'_>, session: &ReviewSession) -> Result<(Vec<Letter>, Vec<String>), Error> {
    let progress = db::reviews::progress(tx.db, session.id)?;
    let assignments = db::reviews::assignments_of(tx.db, session.id)?;
    let unfinished =
        if session.scoring_ended_at.is_some() { unfinished(tx, session, &assignments)? } else { BTreeSet::new() };
    let mut missing: BTreeMap<ExpertId, (usize, usize)> = BTreeMap::new();
    for assignment in assignments.iter().filter(|assignment| assignment.is_live()) {
        let submitted = progress.get(&assignment.id) == Some(&SheetStatus::Submitted);
        if !submitted || unfinished.contains(&assignment.id) {
            let counts = missing.entry(assignment.expert_id).or_default();
            counts.0 += 1;
            counts.1 += usize::from(assignment.status == AssignmentStatus::Awaiting);
        }
    }
    let today = local_date(tx.now);
    let had: BTreeSet<ExpertId> = last_reminders(tx, session.call_id)?
        .into_iter()
        .filter(|(_, at)| local_date(*at) == today)
        .map(|(expert, _)| expert)
        .collect();
    let ids: Vec<ExpertId> = missing.keys().copied().collect();
    let mut experts = db::experts::of_ids(tx.db, &ids)?;
    experts.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let (had, due): (Vec<Expert>, Vec<Expert>) = experts.into_iter().partition(|expert| had.contains(&expert.id));
    let letter = |expert: Expert| {
        let (missing, undeclared) = missing.get(&expert.id).copied().unwrap_or_default();
        Letter { expert: expert.id, name: expert.name, missing, undeclared }
    };
    Ok((due.into_iter().map(letter).collect(), had.into_iter().map(|expert| expert.name).collect()))
}

/// The assignments with something left to do after the scoring, sheets that are still to be submitted apart. Whoever has to
/// explain a sheet is the one who lies far from the panel, and those who organise the review must not be able to tell who
/// that is: while a file has an explanation to come, everybody who scored it is counted, and written to, alike.
fn unfinished(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    assignments: &[Assignment],
) -> Result<BTreeSet<AssignmentId>, Error> {
    let under_review: BTreeSet<ApplicationId> =
        db::decisions::applications_in(tx.db, session.call_id, &[State::InReview])?.into_iter().collect();
    let unexplained: BTreeSet<ApplicationId> = db::explanations::of_session(tx.db, session.id)?
        .into_iter()
        .filter(|(asked, of)| asked.explained_at.is_none() && of.status == AssignmentStatus::Accepted)
        .map(|(_, of)| of.application_id)
        .filter(|file| under_review.contains(file))
        .collect();
    let waits =
        |one: &&Assignment| one.status == AssignmentStatus::Accepted && unexplained.contains(&one.application_id);
    let mut found: BTreeSet<AssignmentId> = assignments.iter().filter(waits).map(|one| one.id).collect();
    let experts: BTreeSet<ExpertId> = assignments.iter().map(|one| one.expert_id).collect();
    for expert in experts {
        let duties = stages::duties(tx, expert)?;
        found.extend(duties.discuss.into_iter().chain(duties.extra));
    }
    Ok(found)
}

/// When this person reminded just these experts, if that was the last reminder of the call and was not undone.
///
/// # Errors
/// The database is away.
pub(in crate::actions) fn reminded_before(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: CallId,
    experts: &[ExpertId],
) -> Result<Option<NaiveDateTime>, Error> {
    let newest = db::change_sets::of_call(tx.db, call, Some(ChangeSetKind::Reminders))?.into_iter().next();
    let own = newest.filter(|set| {
        let is_ours = set.applied_by.is_some() && set.applied_by == actor.account;
        is_ours && set.status == ChangeSetStatus::Applied && local_date(set.applied_at) == local_date(tx.now)
    });
    let Some(set) = own else { return Ok(None) };
    let sent: Sent = serde_json::from_value(set.before.0).map_err(anyhow::Error::from)?;
    let there: BTreeSet<ExpertId> = sent.letters.into_iter().map(|(expert, _)| expert).collect();
    let asked: BTreeSet<ExpertId> = experts.iter().copied().collect();
    Ok((there == asked).then_some(set.applied_at))
}

/// When each expert was last reminded in a call, by a mail that was not withdrawn.
pub(super) fn last_reminders(tx: &mut Tx<'_>, call: CallId) -> Result<BTreeMap<ExpertId, NaiveDateTime>, Error> {
    let mut last = BTreeMap::new();
    for set in db::change_sets::of_call(tx.db, call, Some(ChangeSetKind::Reminders))? {
        let sent: Sent = serde_json::from_value(set.before.0).map_err(anyhow::Error::from)?;
        // Of undone reminders those count that had left before.
        let there: Option<BTreeSet<MailId>> = match set.status {
            ChangeSetStatus::Applied => None,
            ChangeSetStatus::Undone => {
                let mails: Vec<MailId> = sent.letters.iter().map(|(_, mail)| *mail).collect();
                Some(db::mails::existing(tx.db, &mails)?.into_iter().collect())
            }
        };
        for (expert, mail) in sent.letters {
            if there.as_ref().is_none_or(|there| there.contains(&mail)) {
                last.entry(expert).or_insert(set.applied_at);
            }
        }
    }
    Ok(last)
}
