//! What binds an expert to organisations beside the present employer (利害关系): declared, and withdrawn by a recorded
//! act that leaves the tie as a record.

use super::organisations::credit_code_problem;
use super::review::exclusions::apply_now;
use super::sealed::{open_tie, seal_tie};
use super::{Record, Tx, review};
use crate::db;
use crate::db::expert_ties::ExpertTie;
use crate::db::organisations::name_key;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::credit_code::CreditCode;
use crate::domain::ids::{ApplicationId, ExpertId, ExpertTieId};
use crate::domain::recusal::TieKind;
use crate::domain::refusal::Refusal;
use crate::domain::steps::{TieAction, TieAt, permit_declaring};
use crate::error::Error;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Characters of an organisation's name.
const NAME_LIMIT: usize = 100;
/// Characters of what is said of a tie.
const NOTE_LIMIT: usize = 500;

/// A tie as it is declared.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TieInput {
    /// Which.
    pub kind: TieKind,
    /// The organisation's name.
    pub organisation: String,
    /// Its 统一社会信用代码; may be empty.
    #[serde(default)]
    pub credit_code: String,
    /// First day; none if it is not known.
    #[serde(default)]
    pub from_on: Option<NaiveDate>,
    /// Last day, included; none while it lasts or when it is not known.
    #[serde(default)]
    pub until_on: Option<NaiveDate>,
    /// What is to be known of it; required for a tie of another kind.
    #[serde(default)]
    pub note: String,
}

/// Where a tie stands.
pub fn standing(tie: &ExpertTie) -> TieAt {
    TieAt { expert: tie.expert_id, declared_by: tie.declared_by, is_withdrawn: tie.withdrawn_at.is_some() }
}

/// Declares a tie of an expert: by an organiser for anybody, by experts for themselves. From this transaction on the
/// expert scores nothing of that organisation: open assignments are released and filled.
///
/// # Errors
/// A name that is missing or too long, a code that is none, days in the wrong order, another tie without a note;
/// `tie_declared` when a tie in force says just this.
pub fn declare(tx: &mut Tx<'_>, actor: &Actor, expert: ExpertId, input: &TieInput) -> Result<ExpertTieId, Error> {
    let role = permit_declaring(actor, expert)?;
    let name = input.organisation.trim();
    if name.is_empty() {
        return Err(Error::field("organisation", "tie_organisation"));
    }
    review::within("organisation", name, NAME_LIMIT)?;
    let code = match input.credit_code.trim() {
        "" => None,
        code => {
            let parsed = CreditCode::parse(code);
            Some(parsed.map_err(|wrong| Error::Invalid(vec![credit_code_problem("credit_code", &wrong)]))?)
        }
    };
    if input.from_on.is_some_and(|first| first > local_date(tx.now)) {
        return Err(Error::field("from_on", "tie_from_future"));
    }
    if input.from_on.zip(input.until_on).is_some_and(|(first, last)| last < first) {
        return Err(Error::field("until_on", "tie_order"));
    }
    let note = input.note.trim();
    if note.is_empty() && input.kind == TieKind::Other {
        return Err(Error::field("note", "tie_note"));
    }
    review::within("note", note, NOTE_LIMIT)?;
    db::experts::find_to_change(tx.db, expert)?;
    if !said_already(tx, expert, input)?.is_empty() {
        return Err(Refusal::conflict("tie_declared").into());
    }
    let id = ExpertTieId::new(&*tx.env.ids);
    let tie = ExpertTie {
        id,
        expert_id: expert,
        kind: input.kind,
        organisation_name: name.into(),
        name_key: name_key(name),
        organisation_code: code.map(|parsed| parsed.code.as_str().to_string()),
        from_on: input.from_on,
        until_on: input.until_on,
        note: seal_tie(tx, id, note)?,
        declared_by: actor.account,
        declared_at: tx.now,
        withdrawn_at: None,
    };
    db::expert_ties::create(tx.db, &tie)?;
    tx.vouch_for_new("expert_ties", tie.id.as_text())?;
    record(tx, actor, role, &tie, "expert.tie_declared", None)?;
    if role != Role::Expert {
        tell(tx, &tie, "expert-tie-declared", "")?;
    }
    apply_now(tx, &[expert])?;
    Ok(tie.id)
}

/// The ties in force of an expert that say just this: word for word, with the same days. One says it well enough.
///
/// # Errors
/// The database is away.
pub fn said_already(tx: &mut Tx<'_>, expert: ExpertId, input: &TieInput) -> Result<Vec<ExpertTie>, Error> {
    let code = CreditCode::parse(input.credit_code.trim()).ok().map(|parsed| parsed.code.as_str().to_string());
    let mut ties = db::expert_ties::standing(tx.db, &[expert])?;
    ties.retain(|tie| {
        tie.kind == input.kind
            && tie.organisation_name == input.organisation.trim()
            && tie.organisation_code == code
            && (tie.from_on, tie.until_on) == (input.from_on, input.until_on)
    });
    let mut ties = opened(tx, ties)?;
    ties.retain(|tie| tie.note == input.note.trim());
    Ok(ties)
}

fn opened(tx: &Tx<'_>, ties: Vec<ExpertTie>) -> Result<Vec<ExpertTie>, Error> {
    ties.into_iter().map(|tie| open_tie(tx.env, tie)).collect()
}

/// Every tie of an expert with what is said of it, those that were withdrawn too, newest first; for the expert and for those who keep
/// the pool.
///
/// # Errors
/// A seal does not open.
pub fn of_expert(tx: &mut Tx<'_>, expert: ExpertId) -> Result<Vec<ExpertTie>, Error> {
    let ties = db::expert_ties::of_expert(tx.db, expert)?;
    opened(tx, ties)
}

/// The tie of an id, for the same.
///
/// # Errors
/// Not found; the seal does not open.
pub fn find(tx: &mut Tx<'_>, id: ExpertTieId) -> Result<ExpertTie, Error> {
    let tie = db::expert_ties::find(tx.db, id)?;
    open_tie(tx.env, tie)
}

/// Those of these ties whose organisation is not registered, by code or by name: nothing is excluded by them yet, but for a
/// consortium's member of that name.
pub fn unregistered(tx: &mut Tx<'_>, ties: &[ExpertTie]) -> Result<BTreeSet<ExpertTieId>, Error> {
    let codes: Vec<String> = ties.iter().filter_map(|tie| tie.organisation_code.clone()).collect();
    let names: Vec<String> = ties.iter().map(|tie| tie.name_key.clone()).collect();
    let codes = db::organisations::ids_of_codes(tx.db, &codes)?;
    let names = db::organisations::known_names(tx.db, &names)?;
    let by_code = |tie: &ExpertTie| tie.organisation_code.as_ref().is_some_and(|code| codes.contains_key(code));
    let unknown = |tie: &&ExpertTie| tie.withdrawn_at.is_none() && !by_code(tie) && !names.contains(&tie.name_key);
    Ok(ties.iter().filter(unknown).map(|tie| tie.id).collect())
}

/// Keeps a conflict that an expert declared about an application as a tie to its applicant; one that binds the two already
/// is enough. The expert and the organisers see it, and either may withdraw it.
pub fn keep_conflict(
    tx: &mut Tx<'_>,
    actor: &Actor,
    expert: ExpertId,
    application: ApplicationId,
    reason: &str,
) -> Result<(), Error> {
    let file = db::reviews::file(tx.db, application)?.ok_or(Error::NotFound)?;
    let organisation = file.organisation;
    let lasting = |tie: &ExpertTie| !matches!(tie.kind, TieKind::PastEmployer | TieKind::Director);
    let known = |tie: &ExpertTie| tie.organisation_code.as_ref() == Some(&organisation.credit_code);
    if db::expert_ties::standing(tx.db, &[expert])?.iter().any(|tie| lasting(tie) && known(tie)) {
        return Ok(());
    }
    let id = ExpertTieId::new(&*tx.env.ids);
    let tie = ExpertTie {
        id,
        expert_id: expert,
        kind: TieKind::Other,
        name_key: name_key(&organisation.name),
        organisation_name: organisation.name,
        organisation_code: Some(organisation.credit_code),
        from_on: None,
        until_on: None,
        note: seal_tie(tx, id, reason)?,
        declared_by: actor.account,
        declared_at: tx.now,
        withdrawn_at: None,
    };
    db::expert_ties::create(tx.db, &tie)?;
    tx.vouch_for_new("expert_ties", tie.id.as_text())?;
    record(tx, actor, Role::Expert, &tie, "expert.tie_declared", None)?;
    apply_now(tx, &[expert])
}

/// The withdrawal of a tie.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why it does not count.
    pub reason: String,
}

/// Withdraws a tie: it counts no more for assignments to come, and stays as a record. Experts withdraw only what they
/// declared themselves. What was released stays released.
///
/// # Errors
/// As [`TieAt::permit`]; no reason.
pub fn withdraw(
    tx: &mut Tx<'_>,
    actor: &Actor,
    expert: ExpertId,
    id: ExpertTieId,
    input: &Withdrawal,
) -> Result<(), Error> {
    db::experts::find_to_change(tx.db, expert)?;
    let tie = db::expert_ties::find(tx.db, id)?;
    if tie.expert_id != expert {
        return Err(Error::NotFound);
    }
    let role = standing(&tie).permit(actor, TieAction::Withdraw)?;
    let reason = review::reason("reason", &input.reason)?;
    if !db::expert_ties::withdraw(tx.db, id, tx.now)? {
        return Err(Refusal::conflict("tie_withdrawn").into());
    }
    tx.vouch("expert_ties", id.as_text(), &["withdrawn_at"])?;
    record(tx, actor, role, &tie, "expert.tie_withdrawn", Some(&reason))?;
    if role != Role::Expert {
        tell(tx, &tie, "expert-tie-withdrawn", &reason)?;
    }
    Ok(())
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    tie: &ExpertTie,
    action: &str,
    reason: Option<&str>,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "expert",
            subject_id: tie.expert_id.as_text(),
            action,
            role: role.as_text(),
            reason,
            detail: serde_json::json!({ "tie": tie.id, "kind": tie.kind }),
            ..Record::default()
        },
    )
}

fn tell(tx: &mut Tx<'_>, tie: &ExpertTie, template: &str, reason: &str) -> Result<(), Error> {
    let expert = db::experts::find(tx.db, tie.expert_id)?;
    let Some(account) = expert.account_id else { return Ok(()) };
    let account = db::accounts::find(tx.db, account)?;
    let kind = tx.env.words.say(&account.language, &format!("tie-kind-{}", tie.kind));
    let args = [
        ("name", account.name.as_str()),
        ("kind", kind.as_str()),
        ("organisation", tie.organisation_name.as_str()),
        ("reason", reason),
    ];
    tx.post((&account).into(), template, "/expert", &args)
}
