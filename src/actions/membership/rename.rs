//! An organisation of the pool has another name.

use super::Subject;
use crate::actions::organisations::NAME_MAX;
use crate::actions::review::exclusions::apply_to_applicant;
use crate::actions::{Record, Tx};
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::chain::canonical::digest_of_text;
use crate::domain::form::Problem;
use crate::domain::ids::MembershipId;
use crate::domain::plain_text;
use crate::domain::published_list::{PersonalDataKind, find_personal_data};
use crate::domain::refusal::Refusal;
use crate::domain::steps::MembershipAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of the evidence.
const EVIDENCE_LENGTH: usize = 200;

/// Another name.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Renaming {
    /// The version of the membership that was seen.
    pub version: i32,
    /// The name as registered now, at most 100 characters.
    pub name: String,
    /// What proves it: title and number of the registration authority's notice of change, at most 200 characters.
    pub evidence: String,
}

/// What was found in the name, never the number itself.
fn not_for_everybody(kind: PersonalDataKind) -> Problem {
    match kind {
        PersonalDataKind::IdentityNumber => Problem::new("name", "membership_name_identity_number"),
        PersonalDataKind::MobileNumber => Problem::new("name", "membership_name_mobile_number"),
        PersonalDataKind::BankCard => Problem::new("name", "membership_name_bank_card"),
    }
}

/// Gives the organisation its new name, on every membership that it holds or held. Credit code and standings stay, and the lists keep the
/// name under which they were signed. From this transaction on no expert of an employer of that name scores its files: open
/// assignments are released and filled.
///
/// # Errors
/// Those of [`crate::domain::steps::MembershipAt::permit`]; problems at `name`, `evidence`, personal data in the name among them;
/// `organisation_in_notice`: a list names
/// the organisation as its notice did.
pub fn rename(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId, input: &Renaming) -> Result<(), Error> {
    let subject = Subject::load(tx, actor, id, MembershipAction::Rename, input.version)?;
    // Held and read anew: another membership of the same organisation may be where it was renamed meanwhile.
    let organisation = db::organisations::lock(tx.db, subject.organisation.id)?;
    let mut problems = Vec::new();
    let name = plain_text::required_line("name", &input.name, NAME_MAX, &mut problems);
    let evidence = plain_text::required_line("evidence", &input.evidence, EVIDENCE_LENGTH, &mut problems);
    // It is shown to everybody, on the organisation's page and in the open data.
    problems.extend(find_personal_data(&name).map(not_for_everybody));
    if name == organisation.name {
        problems.push(Problem::new("name", "membership_name_same"));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if db::applications::any_in_notice(tx.db, organisation.id)? {
        return Err(Refusal::conflict("organisation_in_notice").into());
    }
    if !db::organisations::set_name(tx.db, organisation.id, organisation.version, &name)? {
        return Err(Error::Stale);
    }
    subject.store(tx, subject.membership.standing)?;
    tx.record(
        actor,
        Record {
            subject_kind: "organisation",
            subject_id: organisation.id.as_text(),
            action: "organisation.renamed",
            role: subject.role.as_text(),
            detail: serde_json::json!({ "name_sha256": digest_of_text(&name), "evidence": evidence }),
            ..Record::default()
        },
    )?;
    for held in db::memberships::of_organisation(tx.db, organisation.id)? {
        let detail = serde_json::json!({
            "on": subject.today, "name": name, "before": organisation.name, "evidence": evidence,
        });
        tx.record(
            actor,
            Record {
                subject_kind: "membership",
                subject_id: held.id.as_text(),
                action: "membership.renamed",
                role: subject.role.as_text(),
                detail,
                ..Record::default()
            },
        )?;
    }
    let args = [("before", organisation.name.as_str()), ("name", &name), ("evidence", &evidence)];
    subject.tell(tx, "membership-renamed", &args)?;
    apply_to_applicant(tx, organisation.id)
}
