//! Correcting what an organisation was registered with. Its place decides which bureau has its files, so that nobody does this for
//! themselves: it is a handler's act, with a reason.

use super::accounts::must_be_sound;
use super::organisations::{MESSAGE_MAX, NAME_MAX, established, open, places, standing};
use super::review::exclusions::apply_to_applicant;
use super::{Record, Tx};
use crate::db;
use crate::db::organisations::{Organisation, name_key};
use crate::domain::actor::Actor;
use crate::domain::chain::canonical::digest_of_text;
use crate::domain::form::Problem;
use crate::domain::ids::OrganisationId;
use crate::domain::plain_text;
use crate::domain::refusal::Refusal;
use crate::domain::steps::OrganisationAction;
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

/// What an organisation should have been registered with, all of it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationCorrection {
    /// The version that was seen.
    pub version: i32,
    /// Name, as on the licence, at most 100 characters.
    pub name: String,
    /// City or county of registration, a code of the reference data; empty outside the province; left out it is refused.
    pub registered_area: Option<String>,
    /// City it mainly serves, a code of the reference data; empty for none.
    #[serde(default)]
    pub main_service_city: String,
    /// `YYYY-MM-DD`.
    pub established_on: String,
    /// What was seen, and why it is corrected; at most 500 characters. The organisation reads it.
    pub reason: String,
}

/// Corrects name, place, city served and day of establishment. Drafts go to the bureau of the new place when they are filed;
/// what was filed or published before stays as it was.
///
/// # Errors
/// `wrong_role`; stale; what is wrong with the fields; `organisation_name_of_member` at `name`, for a member's name is changed
/// with its membership; `organisation_in_notice`, for what the public reads must not change meanwhile;
/// `organisation_unchanged`.
pub fn correct_organisation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OrganisationId,
    input: &OrganisationCorrection,
) -> Result<Organisation, Error> {
    let before = db::organisations::lock(tx.db, id)?;
    tx.acts_upon(actor, "organisation", id.as_text(), (input.version, before.version));
    compare(tx, &actor.language, &before, input);
    tx.must_be_current(input.version, before.version)?;
    let role = standing(tx, &before)?.permit(actor, OrganisationAction::Correct)?;
    let mut problems = Vec::new();
    let name = plain_text::required_line("name", &input.name, NAME_MAX, &mut problems);
    let (registered_area, main_service_city) =
        places(tx, input.registered_area.as_deref(), &input.main_service_city, &mut problems);
    let established_on = established(tx, &input.established_on, &mut problems);
    let reason = plain_text::required_lines("reason", &input.reason, MESSAGE_MAX, &mut problems);
    if !name.is_empty() && name != before.name && !db::memberships::of_organisation(tx.db, id)?.is_empty() {
        problems.push(Problem::new("name", "organisation_name_of_member"));
    }
    must_be_sound(problems)?;
    let after = Organisation {
        name_key: name_key(&name),
        name,
        registered_area,
        main_service_city,
        established_on,
        ..before.clone()
    };
    if facts(&after) == facts(&before) {
        return Err(Refusal::conflict("organisation_unchanged").into());
    }
    if db::applications::any_in_notice(tx.db, id)? {
        return Err(Refusal::conflict("organisation_in_notice").into());
    }
    if !db::organisations::correct(tx.db, &after)? {
        return Err(Error::Stale);
    }
    tx.vouch("organisations", id.as_text(), &["registered_area", "main_service_city", "established_on"])?;
    let detail = serde_json::json!({
        "name_sha256": digest_of_text(&after.name), "before": facts(&before), "after": facts(&after),
    });
    tx.record(
        actor,
        Record {
            subject_kind: "organisation",
            subject_id: id.as_text(),
            action: "organisation.corrected",
            role: role.as_text(),
            reason: Some(&reason),
            detail,
            ..Record::default()
        },
    )?;
    let args = [("organisation", after.name.as_str()), ("reason", &reason)];
    tx.post_to_organisation(id, "organisation_corrected", "/organisation", &args)?;
    // A name or a place that is another one may be an expert's own.
    apply_to_applicant(tx, id)?;
    open(tx, id)
}

/// Compares what was sent with what stands by now, for whoever is too late.
fn compare(tx: &mut Tx<'_>, language: &str, theirs: &Organisation, input: &OrganisationCorrection) {
    if !tx.is_outdated() {
        return;
    }
    let env = tx.env;
    let place = |code: &str| {
        let area = env.reference.area_name(code, language);
        area.map_or_else(|| code.to_string(), |area| format!("{} {}", area.city, area.county).trim().to_string())
    };
    tx.compare("name", "organisation-name", &input.name, &theirs.name);
    let places = [
        ("registered_area", "organisation-area", input.registered_area.as_deref(), theirs.registered_area.as_deref()),
        (
            "main_service_city",
            "organisation-city",
            Some(input.main_service_city.as_str()),
            theirs.main_service_city.as_deref(),
        ),
    ];
    for (field, label, sent, current) in places {
        let (sent, current) = (sent.unwrap_or_default(), current.unwrap_or_default());
        tx.compare_told(field, label, (sent, &place(sent)), (current, &place(current)));
    }
    let established = theirs.established_on.map(|day| day.to_string()).unwrap_or_default();
    tx.compare("established_on", "organisation-established", &input.established_on, established);
}

/// What can be corrected, as the record keeps it.
fn facts(organisation: &Organisation) -> serde_json::Value {
    serde_json::json!({
        "name_sha256": digest_of_text(&organisation.name),
        "registered_area": organisation.registered_area,
        "main_service_city": organisation.main_service_city,
        "established_on": organisation.established_on,
    })
}
