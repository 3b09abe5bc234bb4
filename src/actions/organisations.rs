//! An organisation: registered by its credit code, kept by its people, its code accepted by an officer.

mod people;
mod term;

use super::accounts::{clean_name, must_be_sound};
use super::review::exclusions::apply_to_account;
use super::sealed::{open_contact, seal_contact};
use super::{Record, Tx, room};
use crate::db;
use crate::db::accounts::Grant;
use crate::db::code_overrides::CodeOverride;
use crate::db::organisations::Organisation;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::chain::canonical::digest_of_text;
use crate::domain::contact::{half_width, is_telephone};
use crate::domain::credit_code::{CheckCharacter, CreditCode, Malformed};
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, OrganisationId};
use crate::domain::plain_text;
use crate::domain::refusal::Refusal;
use crate::domain::status::CodeCheck;
use crate::domain::steps::{OrganisationAction, OrganisationAt};
use crate::error::Error;
use crate::storage::{FileType, Stored};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

pub use self::people::{
    Colleague, Joining, Waiting, colleagues, decide_join, join_standing, remove_member, request_to_join,
    set_member_role, waiting,
};
use self::people::{newcomer, vendor_grant};
pub use self::term::{AdminTerm, admin_term, end_endless, has_endless};

/// Characters of an organisation's name.
pub(super) const NAME_MAX: usize = 100;
/// Characters of an address.
const ADDRESS_MAX: usize = 200;
/// Characters of a telephone number.
const PHONE_MAX: usize = 30;
/// Characters of a message or a reason.
pub(super) const MESSAGE_MAX: usize = 500;
/// Kinds of file that a licence image may be.
pub const LICENCE_TYPES: &[FileType] = &[FileType::Pdf, FileType::Png, FileType::Jpg];
/// Bytes of a licence image.
pub const LICENCE_BYTES: u64 = 10 << 20;
/// Who may look at every organisation.
pub const READERS: &[Role] = &[Role::Handler, Role::Approver, Role::Auditor];

/// An organisation to register.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OrganisationRegistration)]
pub struct Registration {
    /// 统一社会信用代码.
    pub credit_code: String,
    /// Name, as on the licence.
    pub name: String,
    /// City or county of registration, a code of the reference data; empty outside the province. It decides the bureau, so it
    /// must be said: left out it is refused.
    pub registered_area: Option<String>,
    /// City it mainly serves, a code of the reference data; empty for none.
    #[serde(default)]
    pub main_service_city: String,
    /// `YYYY-MM-DD`.
    pub established_on: String,
    /// Address.
    pub address: String,
    /// Contact person.
    pub contact_name: String,
    /// Contact telephone.
    pub contact_phone: String,
}

/// What an organisation may change of itself.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The version that was seen.
    pub version: i32,
    /// Address.
    pub address: String,
    /// Contact person.
    pub contact_name: String,
    /// Contact telephone.
    pub contact_phone: String,
}

/// An officer's word on a code with a wrong check character.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The version that was seen.
    pub version: i32,
    /// Why the code is accepted.
    pub reason: String,
}

/// An organisation with its people, as its own people see it.
#[derive(Debug, Clone)]
pub struct Household {
    /// The organisation.
    pub organisation: Organisation,
    /// Its people.
    pub members: Vec<Colleague>,
    /// Who asks to join; only for its administrators.
    pub waiting: Vec<Waiting>,
    /// The licence image, if one was provided.
    pub licence: Option<CodeOverride>,
    /// What this person may do with it now.
    pub actions: Vec<OrganisationAction>,
}

/// What is wrong with a credit code, as a field's problem; none at all is missing.
pub fn credit_code_problem(path: &str, wrong: &Malformed) -> Problem {
    if matches!(wrong, Malformed::Length { found: 0 }) {
        return Problem::new(path, plain_text::TEXT_MISSING);
    }
    let mut problem = Problem::new(path, wrong.code());
    problem.args.extend(wrong.args().into_iter().map(|(name, value)| (name.to_string(), value)));
    problem
}

fn clean_phone(path: &str, typed: &str, problems: &mut Vec<Problem>) -> String {
    let phone = plain_text::required_line(path, &half_width(typed), PHONE_MAX, problems);
    if !phone.is_empty() && !is_telephone(&phone) {
        problems.push(Problem::new(path, "phone_invalid"));
    }
    phone
}

/// Place of registration and city served, as typed: both codes of the reference data. A place that was not chosen is a problem, an
/// empty one lies outside the province.
pub(super) fn places(
    tx: &Tx<'_>,
    area: Option<&str>,
    city: &str,
    problems: &mut Vec<Problem>,
) -> (Option<String>, Option<String>) {
    let reference = &tx.env.reference;
    let is_chosen = area.is_some();
    let area = area.map(str::trim).filter(|area| !area.is_empty());
    if !is_chosen || area.is_some_and(|area| reference.city_of(area).is_none()) {
        problems.push(Problem::new("registered_area", "area_unknown"));
    }
    let city = Some(city.trim()).filter(|city| !city.is_empty());
    if city.is_some_and(|city| reference.city(city).is_none()) {
        problems.push(Problem::new("main_service_city", "area_unknown"));
    }
    (area.map(str::to_string), city.map(str::to_string))
}

/// The day of establishment, as typed; none is a problem.
pub(super) fn established(tx: &Tx<'_>, typed: &str, problems: &mut Vec<Problem>) -> Option<NaiveDate> {
    let day = typed.trim().parse::<NaiveDate>().ok();
    match day {
        None if typed.trim().is_empty() => problems.push(Problem::new("established_on", plain_text::TEXT_MISSING)),
        None => problems.push(Problem::new("established_on", "date_invalid")),
        Some(day) if day > local_date(tx.now) => problems.push(Problem::new("established_on", "date_future")),
        Some(_) => {}
    }
    day
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: &'static str,
    id: OrganisationId,
    action: &'static str,
    reason: Option<&str>,
    detail: serde_json::Value,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "organisation",
            subject_id: id.as_text(),
            action,
            role,
            reason,
            detail,
            ..Record::default()
        },
    )
}

/// Registers an organisation; whoever does becomes its administrator. A wrong check character is let pass for now and
/// noted (GB 32100-2015).
pub fn register(tx: &mut Tx<'_>, actor: &Actor, input: &Registration) -> Result<Organisation, Error> {
    let account = newcomer(tx, actor)?;
    let mut problems = Vec::new();
    let parsed = CreditCode::parse(&input.credit_code)
        .map_err(|wrong| problems.push(credit_code_problem("credit_code", &wrong)))
        .ok();
    let name = plain_text::required_line("name", &input.name, NAME_MAX, &mut problems);
    let (registered_area, main_service_city) =
        places(tx, input.registered_area.as_deref(), &input.main_service_city, &mut problems);
    let established_on = established(tx, &input.established_on, &mut problems);
    let address = plain_text::required_line("address", &input.address, ADDRESS_MAX, &mut problems);
    let contact_name = clean_name("contact_name", &input.contact_name, &mut problems);
    let contact_phone = clean_phone("contact_phone", &input.contact_phone, &mut problems);
    let Some(parsed) = parsed.filter(|_| problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    if db::organisations::find_by_code(tx.db, parsed.code.as_str())?.is_some() {
        return Err(registered_already());
    }
    let organisation = Organisation {
        id: OrganisationId::new(&*tx.env.ids),
        credit_code: parsed.code.as_str().into(),
        name_key: db::organisations::name_key(&name),
        name,
        registered_area,
        main_service_city,
        established_on,
        address,
        contact_name,
        contact_phone,
        code_check: match parsed.check {
            CheckCharacter::Right => CodeCheck::Right,
            CheckCharacter::Wrong { .. } => CodeCheck::Wrong,
        },
        created_at: tx.now,
        version: 1,
    };
    let (contact_name, contact_phone) =
        seal_contact(tx, organisation.id, &organisation.contact_name, &organisation.contact_phone)?;
    let row = Organisation { contact_name, contact_phone, ..organisation.clone() };
    db::organisations::create(tx.db, &row).map_err(|error| match error {
        diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => {
            registered_already()
        }
        other => other.into(),
    })?;
    tx.vouch_for_new("organisations", organisation.id.as_text())?;
    let grant = vendor_grant(tx, account.id, organisation.id, Role::VendorAdmin, actor, "grant-by-registration");
    db::accounts::grant(tx.db, &grant)?;
    apply_to_account(tx, account.id)?;
    db::join_requests::decline_others(tx.db, account.id, account.id, tx.now)?;
    let detail = serde_json::json!({
        "credit_code": organisation.credit_code, "code_check": organisation.code_check,
        "name_sha256": digest_of_text(&organisation.name),
        "grant": grant.id, "role": grant.role, "account": grant.account_id, "ends_on": grant.ends_on,
    });
    record(tx, actor, Role::VendorAdmin.as_text(), organisation.id, "organisation.registered", None, detail)?;
    Ok(organisation)
}

/// How the code was checked of what somebody registered before, and works for now: a form that was sent twice did its work the
/// first time, and is answered as it was then. None for what they did not register.
///
/// # Errors
/// The database's.
pub fn is_registered_by(tx: &mut Tx<'_>, account: AccountId, credit_code: &str) -> Result<Option<CodeCheck>, Error> {
    let Ok(parsed) = CreditCode::parse(credit_code) else { return Ok(None) };
    let Some(organisation) = db::organisations::find_by_code(tx.db, parsed.code.as_str())? else { return Ok(None) };
    let grants = db::accounts::grants_of(tx.db, account)?;
    let own = |grant: &Grant| grant.organisation_id == Some(organisation.id) && grant.granted_by == Some(account);
    Ok(grants.iter().any(own).then_some(organisation.code_check))
}

fn registered_already() -> Error {
    Refusal::conflict("organisation_registered").into()
}

/// Where an organisation stands: what the table of its steps is asked with.
pub fn standing(tx: &mut Tx<'_>, organisation: &Organisation) -> Result<OrganisationAt, Error> {
    // The image matters to a wrong code alone.
    let is_wrong = organisation.code_check == CodeCheck::Wrong;
    Ok(OrganisationAt {
        id: organisation.id,
        code_check: organisation.code_check,
        has_licence: is_wrong && db::code_overrides::find(tx.db, organisation.id)?.is_some(),
    })
}

/// The organisation, held, for one of its own who may take this action now; for everybody else it does not exist.
fn kept_by(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OrganisationId,
    action: OrganisationAction,
) -> Result<(Organisation, Role), Error> {
    if !actor.organisations().contains(&id) {
        return Err(Error::NotFound);
    }
    let organisation = db::organisations::lock(tx.db, id)?;
    let role = standing(tx, &organisation)?.permit(actor, action)?;
    Ok((organisation, role))
}

/// Changes the contact data.
pub fn update_contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OrganisationId,
    input: &Contact,
) -> Result<Organisation, Error> {
    let (organisation, _) = kept_by(tx, actor, id, OrganisationAction::ChangeContact)?;
    tx.acts_upon(actor, "organisation", id.as_text(), (input.version, organisation.version));
    if tx.is_outdated() {
        let theirs = open(tx, id)?;
        tx.compare("address", "organisation-address", &input.address, &theirs.address);
        tx.compare("contact_name", "organisation-contact-name", &input.contact_name, &theirs.contact_name);
        tx.compare("contact_phone", "organisation-contact-phone", &input.contact_phone, &theirs.contact_phone);
    }
    tx.must_be_current(input.version, organisation.version)?;
    let mut problems = Vec::new();
    let address = plain_text::required_line("address", &input.address, ADDRESS_MAX, &mut problems);
    let contact_name = clean_name("contact_name", &input.contact_name, &mut problems);
    let contact_phone = clean_phone("contact_phone", &input.contact_phone, &mut problems);
    must_be_sound(problems)?;
    let (contact_name, contact_phone) = seal_contact(tx, id, &contact_name, &contact_phone)?;
    if !db::organisations::set_contact(tx.db, id, input.version, &address, &contact_name, &contact_phone)? {
        return Err(Error::Stale);
    }
    tx.vouch("organisations", id.as_text(), &["address"])?;
    let role = Role::VendorAdmin.as_text();
    record(tx, actor, role, id, "organisation.contact_changed", None, serde_json::Value::Null)?;
    open(tx, id)
}

/// An organisation with its contact person in the clear. Whoever calls this has seen to it that it may be read.
///
/// # Errors
/// Not found; the seal does not open.
pub fn open(tx: &mut Tx<'_>, id: OrganisationId) -> Result<Organisation, Error> {
    let organisation = db::organisations::find(tx.db, id)?;
    open_contact(tx.env, organisation)
}

/// Keeps the licence image that goes with a wrong check character; the bytes are in the store already.
pub fn provide_licence(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: OrganisationId,
    name: &str,
    stored: &Stored,
) -> Result<(), Error> {
    let (_, role) = kept_by(tx, actor, id, OrganisationAction::ProvideLicence)?;
    room::one_at_a_time_of(tx, id)?;
    let earlier = db::code_overrides::find(tx.db, id)?.map_or(0, |licence| licence.licence_bytes);
    let replaced = u64::try_from(earlier).unwrap_or_default();
    room::for_organisation(tx, id, replaced)?.must_hold(stored.bytes, "licence")?;
    let sha256 = stored.sha256.to_string();
    db::code_overrides::provide(
        tx.db,
        &CodeOverride {
            organisation_id: id,
            licence_name: crate::storage::display_name(name),
            licence_sha256: sha256.clone(),
            licence_bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
            licence_type: stored.file_type.code().into(),
            provided_by: actor.must_be_somebody()?,
            provided_at: tx.now,
            reason: None,
            decided_by: None,
            decided_at: None,
        },
    )?;
    let detail = serde_json::json!({"licence_sha256": sha256});
    record(tx, actor, role.as_text(), id, "organisation.licence_provided", None, detail)
}

/// An officer accepts a code with a wrong check character, having seen the licence image.
pub fn override_code(tx: &mut Tx<'_>, actor: &Actor, id: OrganisationId, input: &Override) -> Result<(), Error> {
    let organisation = db::organisations::lock(tx.db, id)?;
    tx.acts_upon(actor, "organisation", id.as_text(), (input.version, organisation.version));
    // What somebody else has decided meanwhile is said as such.
    tx.must_be_current(input.version, organisation.version)?;
    let role = standing(tx, &organisation)?.permit(actor, OrganisationAction::AcceptCode)?;
    let mut problems = Vec::new();
    let reason = plain_text::required_lines("reason", &input.reason, MESSAGE_MAX, &mut problems);
    must_be_sound(problems)?;
    let licence = db::code_overrides::find(tx.db, id)?.ok_or_else(|| Refusal::conflict("licence_missing"))?;
    let by = actor.must_be_somebody()?;
    if !db::code_overrides::decide(tx.db, id, &reason, by, tx.now)?
        || !db::organisations::set_code_check(tx.db, id, input.version, CodeCheck::Overridden)?
    {
        return Err(Error::Stale);
    }
    let detail = serde_json::json!({"licence_sha256": licence.licence_sha256, "code_check": CodeCheck::Overridden});
    record(tx, actor, role.as_text(), id, "organisation.code_accepted", Some(&reason), detail)?;
    let args = [("organisation", organisation.name.as_str()), ("reason", &reason)];
    tx.post_to_organisation(id, "organisation_code_accepted", "/organisation", &args)
}

/// The actor's own organisation with its people.
pub fn household(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Household>, Error> {
    let Some(id) = actor.organisations().first().copied() else { return Ok(None) };
    let waiting = if actor.administers(id) { waiting(tx, actor, id)? } else { Vec::new() };
    let organisation = open(tx, id)?;
    Ok(Some(Household {
        actions: standing(tx, &organisation)?.available(actor),
        members: colleagues(tx, actor, &organisation)?,
        organisation,
        waiting,
        licence: db::code_overrides::find(tx.db, id)?,
    }))
}

/// The licence image of an organisation, for its own people and for officers.
pub fn licence(tx: &mut Tx<'_>, actor: &Actor, id: OrganisationId) -> Result<CodeOverride, Error> {
    if !actor.holds_any(READERS) && !actor.organisations().contains(&id) {
        return Err(Error::NotFound);
    }
    db::code_overrides::find(tx.db, id)?.ok_or(Error::NotFound)
}
