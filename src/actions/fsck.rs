//! Checks what must always hold, and says what does not. Changes nothing.
//!
//! What a query can tell is in [`crate::db::invariants`]; what needs computing, or the record beside the rows, is here, split by subject.
//! [`names`] is the one list of all of them: a check that finds something under another name is an error, and so is a test that asks for one.

mod actors;
mod calls;
mod chains;
mod documents;
mod draws;
mod kept;
mod lists;
mod members;
mod origins;
mod outcomes;
mod people;
mod recusals;
mod reviews;
mod sealed;
mod stations;
mod store;
mod submissions;
mod uploads;

use super::Tx;
use super::checkpoints::Export;
use crate::db::invariants::{self, Violation};
use crate::error::Error;
use diesel::result::Error as QueryError;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Display;

pub use chains::chain_of;

type Checked = Result<Vec<Violation>, Error>;
type Check = fn(&mut Tx<'_>) -> Checked;

/// What is checked against the files that were carried away.
const EXPORTED: &str = "exported_checkpoint_is_in_store";
/// What is broken by a row that a check could not read.
const READABLE: &str = "row_is_readable";

/// The computed checks, each with the names under which it finds something.
const CHECKS: &[(&[&str], Check)] = &[
    (&["chain_holds"], chains::hold),
    (&["checkpoint_holds"], chains::checkpoints_hold),
    (&["actors_are_those_of_the_record", "two_persons_by_the_record"], actors::are_those_of_the_record),
    (
        &["filed_content_opens", "submission_is_as_frozen", "submission_is_as_recorded", "filed_document_is_there"],
        submissions::are_as_frozen,
    ),
    (&["application_is_as_recorded"], origins::applications_are_as_recorded),
    (&["submission_is_as_recorded"], origins::submissions_are_as_recorded),
    (&["filed_form_is_frozen"], stations::filed_forms_are_frozen),
    (&["document_is_there"], documents::are_there),
    (&["stored_bytes_have_a_row"], store::bytes_have_a_row),
    (&["upload_is_as_recorded", "documents_keep_to_the_programme"], uploads::documents_are_as_recorded),
    (&["upload_is_as_recorded"], uploads::licences_and_evidence_are_as_recorded),
    (&["evidence_is_counted_by_network"], uploads::evidence_is_counted_by_network),
    (&["call_is_as_recorded"], calls::are_as_recorded),
    (&["programme_is_readable", "programme_is_as_pinned"], calls::programmes_are_as_pinned),
    (&["quota_is_kept"], calls::quotas_are_kept),
    (&["applicant_keeps_to_its_number"], calls::applicants_keep_to_their_number),
    (&["rank_is_as_recorded"], stations::ranks_are_as_recorded),
    (&["correction_is_as_recorded"], stations::corrections_are_as_recorded),
    (&["correction_is_as_recorded"], origins::corrections_are_as_recorded),
    (&["objection_is_as_recorded"], origins::objections_are_as_recorded),
    (&["screening_is_as_recorded"], stations::screenings_are_as_recorded),
    (&["sheet_adds_up"], reviews::sheets_add_up),
    (&["extra_sheet_adds_up"], reviews::extra_sheets_add_up),
    (&["sheet_is_as_recorded"], reviews::sheets_are_as_recorded),
    (&["ranking_is_reproduced"], reviews::rankings_are_reproduced),
    (&["ranking_is_as_recorded"], reviews::rankings_are_as_recorded),
    (&["assignment_is_as_recorded"], reviews::assignments_are_as_recorded),
    (&["recusal_is_kept"], recusals::are_kept),
    (&["forbid_is_kept"], recusals::forbids_are_kept),
    (
        &["draw_is_reproduced", "draw_is_as_recorded", "panel_is_drawn", "reserves_step_in_by_turn"],
        draws::are_reproduced,
    ),
    (&["decision_is_as_recorded"], outcomes::decisions_are_as_recorded),
    (&["decision_change_is_as_recorded"], outcomes::decision_changes_are_as_recorded),
    (&["batch_is_as_recorded"], outcomes::batches_are_as_recorded),
    (&["notice_is_as_recorded"], outcomes::notices_are_as_recorded),
    (&["notice_entry_is_as_recorded"], outcomes::notice_entries_are_as_recorded),
    (&["list_is_as_signed"], lists::are_as_signed),
    (&["list_is_anchored"], lists::are_anchored),
    (&["event_tree_holds"], lists::trees_hold),
    (&["column_is_as_recorded"], kept::columns_are_as_recorded),
    (&["objector_is_sealed"], sealed::identities_are_sealed),
    (&["contact_opens"], sealed::contacts_open),
    (&["form_opens"], sealed::forms_open),
    (&["note_opens"], sealed::notes_open),
    (&["certificate_proves_itself"], sealed::certificates_prove_themselves),
    (&["standing_follows_from_the_record"], members::standings_follow_from_the_record),
    (&["membership_proposal_is_as_recorded"], members::proposals_are_as_recorded),
    (&["roles_are_apart"], people::roles_are_apart),
    (&["grant_is_as_recorded"], people::grants_are_as_recorded),
    (&["appointment_is_as_recorded"], people::appointments_are_as_recorded),
    (&["account_is_as_recorded"], people::accounts_are_as_recorded),
    (&["session_is_as_recorded"], people::sessions_are_as_recorded),
    (&["second_factor_is_as_recorded"], people::second_factors_are_as_recorded),
    (&["identity_is_as_recorded"], people::identities_are_as_recorded),
    (&["organisation_is_as_recorded"], people::organisations_are_as_recorded),
];

/// The name of every invariant, those of queries and those that are computed; each once.
pub fn names() -> Vec<&'static str> {
    let computed = CHECKS.iter().flat_map(|(names, _)| names.iter().copied());
    let mut names: Vec<&'static str> = invariants::names().chain(computed).chain([EXPORTED, READABLE]).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Every violation of every invariant. `exports` are the checkpoints that are kept beside the database. A row that a check cannot
/// read is one too, with its name, and keeps no other check from being made.
///
/// # Errors
/// The database is away; a violation is no error.
pub fn check(tx: &mut Tx<'_>, exports: &[Export]) -> Checked {
    check_telling(tx, exports, &mut |_, _, _| {})
}

/// The same; `tell` hears what comes next, how many checks are done and how many there are.
///
/// # Errors
/// As [`check`].
pub fn check_telling(tx: &mut Tx<'_>, exports: &[Export], tell: &mut dyn FnMut(&str, usize, usize)) -> Checked {
    // What queries tell is one, and so are the files.
    let total = CHECKS.len() + 2;
    tell("rows", 0, total);
    let asked = invariants::by_query(tx.db)?;
    let mut all = asked.violations;
    let mut unmade: Vec<Violation> = asked.unread.into_iter().map(|(name, why)| not_made(name, &why)).collect();
    for (index, (names, check)) in CHECKS.iter().enumerate() {
        let name = names.first().copied().unwrap_or_default();
        tell(name, index + 1, total);
        let found = made_or_not(check(tx), name, &mut unmade)?;
        if let Some(stray) = found.iter().find(|violation| !names.contains(&violation.invariant)) {
            return Err(Error::Internal(anyhow::anyhow!("{} is in no list of invariants", stray.invariant)));
        }
        all.extend(found);
    }
    tell(EXPORTED, total - 1, total);
    all.extend(made_or_not(chains::exports_are_in_store(tx, exports), EXPORTED, &mut unmade)?);
    if !unmade.is_empty() {
        all.append(&mut unmade);
        all.extend(made_or_not(rows_are_readable(tx), READABLE, &mut unmade)?);
        all.append(&mut unmade);
    }
    Ok(all)
}

/// Each row can be read: asked where something could not be.
fn rows_are_readable(tx: &mut Tx<'_>) -> Checked {
    let unreadable = invariants::unreadable(tx.db)?.into_iter().map(|row| {
        let what = format!("cannot be read: {}", row.why);
        violation(READABLE, format!("{} {}", row.table, row.key), what)
    });
    Ok(unreadable.collect())
}

/// What a check found. One that came upon something that it cannot read, or that leads nowhere, is kept in `unmade`: the others
/// are made all the same.
fn made_or_not(checked: Checked, name: &'static str, unmade: &mut Vec<Violation>) -> Checked {
    match checked {
        Err(error) if is_of_a_row(&error) => {
            unmade.push(not_made(name, &error));
            Ok(Vec::new())
        }
        checked => checked,
    }
}

/// Whether it is what stands in a row that an error comes from, and not the database itself.
fn is_of_a_row(error: &Error) -> bool {
    match error {
        Error::Busy(_) => false,
        Error::Internal(source) => {
            source.downcast_ref::<QueryError>().is_none_or(|error| matches!(error, QueryError::DeserializationError(_)))
        }
        _ => true,
    }
}

fn not_made(name: &'static str, why: &dyn Display) -> Violation {
    violation(name, "check", format!("could not be made: {why}"))
}

fn violation(invariant: &'static str, subject: impl Into<String>, what: impl Into<String>) -> Violation {
    Violation { invariant, subject: subject.into(), what: what.into() }
}

/// The pinned programme of each call, as it stands in the row.
fn pinned(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Value>, Error> {
    Ok(invariants::programmes(tx.db)?.into_iter().collect())
}
