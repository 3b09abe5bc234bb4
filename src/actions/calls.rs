//! What every action on a call asks about, loaded in one way; and how a call is looked at.

use super::review::plan::field_name;
use super::{Record, Tx};
use crate::db;
use crate::db::accounts::Account;
use crate::db::call_questions::{Question, Unanswered};
use crate::db::calls::{Call, Filter};
use crate::db::events::StoredEvent;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::call::{self, CallAction, CallProblem, CallStatus, INSIDERS, PoolExpert, Readiness, Standing};
use crate::domain::ids::CallId;
use crate::domain::language::Language;
use crate::domain::procedure::Station;
use crate::domain::programme::{self, ChangeWords, Difference, Programme};
use crate::domain::status::SessionStatus;
use crate::domain::steps::{QuestionAction, QuestionAt};
use crate::error::Error;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Most characters of a reason.
pub const REASON_CHARS: usize = 1000;

/// The statuses of calls that the actor sees: the public sees approved ones only.
pub fn statuses_for(actor: &Actor) -> Vec<CallStatus> {
    if actor.holds_any(INSIDERS) { CallStatus::ALL.to_vec() } else { vec![CallStatus::Approved] }
}

/// A call that the actor may see.
///
/// # Errors
/// Not found, also for a draft that is not the actor's to see.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Call, Error> {
    let call = db::calls::find(tx.db, id)?;
    if statuses_for(actor).contains(&call.status) { Ok(call) } else { Err(Error::NotFound) }
}

/// Where the call stands towards the actor.
pub fn standing(tx: &mut Tx<'_>, actor: &Actor, call: &Call) -> Result<Standing, Error> {
    let authored = match actor.account {
        // Only an approver is asked whether they wrote it themselves.
        Some(account) if actor.holds(Role::Approver) => {
            call.drafted_by == account || db::calls::authored(tx.db, call.id, account)?
        }
        _ => false,
    };
    let blocking = match call.status {
        CallStatus::Pending if actor.holds(Role::Approver) => {
            problems(tx, actor, call)?.iter().filter(|p| p.blocking).count()
        }
        _ => 0,
    };
    let phase = call.windows().phase(tx.now);
    let review_over = match (call.status, phase) {
        (CallStatus::Approved, call::Phase::Closed) if actor.holds(Role::Approver) => {
            let session = db::reviews::session_of_call(tx.db, call.id)?;
            session.is_some_and(|session| session.status == SessionStatus::Closed)
        }
        _ => false,
    };
    Ok(Standing { status: call.status, phase, authored, blocking, review_over })
}

/// The call as it stands, noted as what the actor acts upon as they saw it in this version.
pub(super) fn acted_upon(tx: &mut Tx<'_>, actor: &Actor, id: CallId, version: i32) -> Result<Call, Error> {
    let call = find(tx, actor, id)?;
    tx.acts_upon(actor, "call", id.as_text(), (version, call.version));
    Ok(call)
}

/// The call, held until the transaction ends, once the actor may take the action upon the version they saw.
pub(super) fn load_to_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CallId,
    action: CallAction,
    version: i32,
) -> Result<(Call, Role), Error> {
    db::calls::lock(tx.db, id)?;
    let call = acted_upon(tx, actor, id, version)?;
    let standing = standing(tx, actor, &call)?;
    let role = call::permit(actor, action, &standing)?;
    tx.must_be_current(version, call.version)?;
    Ok((call, role.unwrap_or(Role::System)))
}

/// A reason as it was typed.
///
/// # Errors
/// `call_required`, `call_too_long` at `reason`.
pub(super) fn must_be_reason(typed: &str) -> Result<String, Error> {
    text_within("reason", typed, REASON_CHARS)
}

/// A text that must be there and may have `limit` characters.
pub(super) fn text_within(path: &str, typed: &str, limit: usize) -> Result<String, Error> {
    let text = typed.trim().replace("\r\n", "\n");
    let found = text.chars().count();
    if found == 0 {
        return Err(Error::field(path, "call_required"));
    }
    if found > limit {
        let problem = crate::domain::form::Problem::new(path, "call_too_long");
        return Err(Error::Invalid(vec![problem.with("limit", limit).with("found", found)]));
    }
    Ok(text)
}

/// A change that another transaction forestalled is stale.
pub(super) fn must_have_changed(changed: bool) -> Result<(), Error> {
    if changed { Ok(()) } else { Err(Error::Stale) }
}

/// What a step of a call leaves in the record.
pub(super) struct Step<'a> {
    pub(super) action: &'a str,
    pub(super) role: Role,
    pub(super) from: CallStatus,
    pub(super) to: CallStatus,
    pub(super) reason: Option<&'a str>,
    pub(super) detail: serde_json::Value,
}

pub(super) fn record(tx: &mut Tx<'_>, actor: &Actor, id: CallId, step: Step<'_>) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "call",
            subject_id: id.as_text(),
            action: step.action,
            role: step.role.as_text(),
            from: (step.from != step.to).then(|| step.from.as_text()),
            to: (step.from != step.to).then(|| step.to.as_text()),
            reason: step.reason,
            detail: step.detail,
        },
    )
}

/// Everything that cannot work in this call as it stands; what it names is in the actor's language.
pub fn problems(tx: &mut Tx<'_>, actor: &Actor, call: &Call) -> Result<Vec<CallProblem>, Error> {
    let staffed = db::calls::staffed_bureaus(tx.db, calendar::local_date(tx.now))?;
    let experts = db::experts::serving(tx.db, calendar::local_date(tx.now))?;
    let came = db::calls::reviewed_last_time(tx.db, call)?;
    let reference = &tx.env.reference;
    let bureaus = reference.bureaus.iter().filter(|bureau| !staffed.contains(&bureau.code));
    let programme = &call.programme.0;
    Ok(call::problems(&Readiness {
        programme,
        windows: call.windows(),
        planned: call.planned(),
        basis_issued_on: call.basis_issued_on,
        basis_valid_until: call.basis_valid_until,
        experts: experts
            .into_iter()
            .filter(|expert| programme.review.as_ref().is_none_or(|rules| rules.draws_on(&expert.pool)))
            .map(|expert| PoolExpert {
                fields: expert.fields.0.into_iter().collect(),
                load_limit: u32::try_from(expert.load_limit).unwrap_or_default(),
            })
            .collect(),
        expected_files: came.and_then(|files| u32::try_from(files).ok()).or_else(|| all_quotas(tx, programme)),
        field_names: drawn_fields(tx, programme, &actor.language),
        unstaffed_bureaus: bureaus.map(|bureau| bureau.name_in(&actor.language)).collect(),
        language: Language::of_tag(&actor.language),
        calendar: &reference.calendar,
        now: tx.now,
    }))
}

/// The names of the fields by which a programme draws experts.
fn drawn_fields(tx: &Tx<'_>, programme: &Programme, language: &str) -> BTreeMap<String, String> {
    let strata = programme.review.iter().filter_map(|review| review.draw.as_ref()).flat_map(|draw| &draw.strata);
    let fields = strata.map(|stratum| &stratum.field).filter(|field| !field.is_empty());
    let named = |key: &String| field_name(&tx.env.reference, &tx.env.programmes, key, language);
    fields.map(|key| (key.clone(), named(key))).collect()
}

/// The most files that the bureaus may recommend together; none unless each of them has a limit.
fn all_quotas(tx: &Tx<'_>, programme: &Programme) -> Option<u32> {
    if !programme.uses(Station::City) {
        return None;
    }
    tx.env.reference.bureaus.iter().map(|bureau| programme.quota.for_bureau(&bureau.code)).sum()
}

/// A call with all that its page and its JSON show.
#[derive(Debug, Clone)]
pub struct Sight {
    /// The call.
    pub call: Call,
    /// What the actor may do with it now.
    pub available: Vec<CallAction>,
    /// Where it stands towards the actor.
    pub standing: Standing,
    /// What cannot work; only while it is not approved.
    pub problems: Vec<CallProblem>,
    /// Against the call it was copied from: title of that call, its fields, its programme; only while it is not approved.
    pub copied: Option<Copied>,
    /// Against the programme as configured today; empty when it is the same, and once the call is approved.
    pub programme_changes: Vec<Difference>,
    /// Questions in sight, oldest first.
    pub questions: Vec<Question>,
    /// Names of those who asked, by account; only for insiders.
    pub askers: BTreeMap<String, String>,
    /// Who drafted and approved it; only for insiders.
    pub officers: Vec<Account>,
    /// What was done to it, oldest first; only for insiders.
    pub events: Vec<StoredEvent>,
}

impl Sight {
    /// What the actor may do with one of its questions now.
    pub fn of_question(&self, actor: &Actor, question: &Question) -> Vec<QuestionAction> {
        QuestionAt { call: self.standing, is_answered: question.answer.is_some() }.available(actor)
    }
}

/// What a call was copied from, and what is different now.
#[derive(Debug, Clone)]
pub struct Copied {
    /// Id of that call.
    pub id: CallId,
    /// Its title.
    pub title: String,
    /// Fields of the call that differ.
    pub fields: Vec<Difference>,
    /// Values of the pinned programme that differ.
    pub programme: Vec<Difference>,
}

/// Looks at a call.
///
/// # Errors
/// Not found, also for a draft that is not the actor's to see.
pub fn look(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Sight, Error> {
    let call = find(tx, actor, id)?;
    let insider = actor.holds_any(INSIDERS);
    let being_made = matches!(call.status, CallStatus::Draft | CallStatus::Pending);
    let standing = standing(tx, actor, &call)?;
    let unanswered = match actor.account {
        _ if insider => Unanswered::All,
        Some(account) => Unanswered::Of(account),
        None => Unanswered::None,
    };
    let questions = db::call_questions::of_call(tx.db, id, unanswered)?;
    let mut askers = BTreeMap::new();
    let mut officers = Vec::new();
    let mut events = Vec::new();
    if insider {
        events = db::events::of_subject(tx.db, "call", id.as_text())?;
        for question in &questions {
            let key = question.asked_by.to_string();
            if let Entry::Vacant(unknown) = askers.entry(key) {
                unknown.insert(db::accounts::find(tx.db, question.asked_by)?.name);
            }
        }
        for id in [Some(call.drafted_by), call.approved_by].into_iter().flatten() {
            officers.push(db::accounts::find(tx.db, id)?);
        }
    }
    let copied = match call.copied_from {
        Some(from) if being_made => Some(compare(tx, actor, from, &call)?),
        _ => None,
    };
    let programme_changes = match tx.env.programme(&call.programme_key) {
        Some(today) if being_made => programme_differences(tx, actor, &call.programme.0, today),
        _ => Vec::new(),
    };
    Ok(Sight {
        available: call::available(actor, &standing),
        standing,
        problems: if being_made { problems(tx, actor, &call)? } else { Vec::new() },
        copied,
        programme_changes,
        questions,
        askers,
        officers,
        events,
        call,
    })
}

/// What changed between two versions of a programme, in the actor's language.
pub fn programme_differences(tx: &Tx<'_>, actor: &Actor, before: &Programme, after: &Programme) -> Vec<Difference> {
    let words = ChangeWords {
        language: &actor.language,
        say: &|key, args| tx.env.words.say_with(&actor.language, key, args.iter().copied()),
        bureau: &|code| {
            tx.env.reference.bureau(code).map_or_else(|| code.to_string(), |bureau| bureau.name_in(&actor.language))
        },
    };
    programme::differences(before, after, &words)
}

fn compare(tx: &mut Tx<'_>, actor: &Actor, from: CallId, call: &Call) -> Result<Copied, Error> {
    let before = db::calls::find(tx.db, from)?;
    Ok(Copied {
        id: before.id,
        fields: call::differences(&before.content(), &call.content()),
        programme: programme_differences(tx, actor, &before.programme.0, &call.programme.0),
        title: before.title,
    })
}

/// A filter that shows the actor no more than they may see.
pub fn filter_for(actor: &Actor) -> Filter {
    Filter { statuses: statuses_for(actor), ..Filter::default() }
}
