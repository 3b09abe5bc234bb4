//! The lists of a call: a handler proposes, an approver publishes or returns. Publishing is one act: states, proof, memberships and mails
//! stand or fall together.

mod proof;

use super::checkpoints::anchor;
use super::dossier::Dossier;
use super::mail_batches::{self, ToMany};
use super::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::calls::Call;
use crate::db::memberships::Membership;
use crate::db::published_lists::{Candidate, ListEntry, PublishedList};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::form::{Problem, ViewContext};
use crate::domain::ids::{CallId, MembershipId, PublishedListId};
use crate::domain::mail_batch::MailAct;
use crate::domain::membership;
use crate::domain::plain_text;
use crate::domain::procedure::{Action, State, Station};
use crate::domain::published_list::{
    ColumnSubject, PersonalDataKind, Shown, certificate_number, columns, find_personal_data, renumber, scan,
};
use crate::domain::refusal::Refusal;
use crate::domain::search::unknown_value;
use crate::domain::status::{ListKind, ListStatus, Standing};
use crate::domain::steps::{ListAction, ListingAction, ListingAt};
use crate::error::Error;
use chrono::Datelike;
use proof::certificate_seal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) use proof::{Certificates, GivenOut, next_in_chain, seal, text_of};

/// Characters of a title.
pub const TITLE_LIMIT: usize = 200;
/// Characters of the text above the table.
pub const BODY_LIMIT: usize = 5_000;
/// Characters of a reason.
pub const REASON_LIMIT: usize = 2_000;

/// What a filter of published lists has to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListChoices {
    /// Years that there are lists of, newest first.
    pub years: Vec<i32>,
    /// Keys of categories that there are lists of.
    pub categories: Vec<String>,
}

impl ListChoices {
    /// Those of today.
    ///
    /// # Errors
    /// The database is away.
    pub fn load(tx: &mut Tx<'_>) -> Result<ListChoices, Error> {
        let (years, categories) = db::published_lists::years_and_categories(tx.db)?;
        Ok(ListChoices { years, categories })
    }

    /// What is wrong with a category that neither a published list nor a programme has: `filter_unknown`.
    pub fn unknown_category(&self, tx: &Tx<'_>, category: &str) -> Option<Problem> {
        let of_list = self.categories.iter().any(|known| known == category);
        let known = of_list || tx.env.programmes.iter().any(|programme| programme.category.key == category);
        (!known).then(|| unknown_value("category", category))
    }
}

/// A list to propose.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListProposal {
    /// Title, at most 200 characters.
    pub title: String,
    /// Text above the table, at most 5,000 characters.
    pub body: String,
}

/// The version that was seen.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListVersion {
    /// The version that was seen.
    pub version: i32,
}

/// A proposal that goes back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListReturn {
    /// The version that was seen.
    pub version: i32,
    /// Why, at most 2,000 characters.
    pub reason: String,
}

/// What a list of a call would name now, and what it leaves out.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// The call.
    pub call: Call,
    /// What would be named, in order.
    pub ready: Vec<Candidate>,
    /// Held because of an objection, or waiting for its end.
    pub held: Vec<Candidate>,
    /// Removed because an objection was upheld.
    pub removed: Vec<Candidate>,
    /// In a notice that still runs.
    pub in_notice: Vec<Candidate>,
    /// Main, or a supplement once there is a main list.
    pub kind: ListKind,
    /// A list of the call that waits for a second officer.
    pub pending: Option<PublishedListId>,
}

impl Outlook {
    /// Where the list stands that could be proposed.
    pub fn at(&self) -> ListingAt {
        ListingAt {
            is_pending: self.pending.is_some(),
            has_names: !self.ready.is_empty(),
            in_notice: !self.in_notice.is_empty(),
        }
    }
}

/// What a list of the call would name now.
pub fn outlook(tx: &mut Tx<'_>, actor: &Actor, id: CallId) -> Result<Outlook, Error> {
    actor.must_hold(Role::DEPARTMENT)?;
    let call = db::calls::find(tx.db, id)?;
    let lists = db::published_lists::of_call(tx.db, id)?;
    let published = lists.iter().any(|list| list.status == ListStatus::Published);
    let mut outlook = Outlook {
        kind: if published { ListKind::Supplement } else { ListKind::Main },
        pending: lists.iter().find(|list| list.status == ListStatus::Proposed).map(|list| list.id),
        ready: Vec::new(),
        held: Vec::new(),
        removed: Vec::new(),
        in_notice: Vec::new(),
        call,
    };
    if !outlook.call.programme.0.uses(Station::Notice) {
        outlook.ready = db::published_lists::in_state(tx.db, id, State::Proposed)?;
        return Ok(outlook);
    }
    for candidate in db::published_lists::noticed(tx.db, id)? {
        match candidate.state {
            State::InNotice if candidate.notice_ends_at.is_some_and(|ends_at| ends_at > tx.now) => {
                outlook.in_notice.push(candidate);
            }
            // An objection that waits for acceptance keeps its entry back as well as one that is being handled.
            State::InNotice if db::objections::any_open(tx.db, candidate.application)? => outlook.held.push(candidate),
            State::InNotice => outlook.ready.push(candidate),
            State::Held => outlook.held.push(candidate),
            State::Removed => outlook.removed.push(candidate),
            _ => {}
        }
    }
    Ok(outlook)
}

/// A list that this person may see: a published one, or any for the department and the auditor.
///
/// # Errors
/// It does not exist, or not for them.
pub fn visible(tx: &mut Tx<'_>, actor: &Actor, id: PublishedListId) -> Result<PublishedList, Error> {
    if actor.holds_any(&[Role::Handler, Role::Approver, Role::Auditor]) {
        Ok(db::published_lists::find(tx.db, id)?)
    } else {
        Ok(db::published_lists::find_published(tx.db, id)?)
    }
}

/// Proposes the list of a call: everything whose notice is over and to which no objection is open. The first list of a call is the main
/// one, later ones are supplements.
///
/// # Errors
/// A list that waits already; nothing to name; a notice that still runs; personal data in a public column.
pub fn propose_list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CallId,
    input: &ListProposal,
) -> Result<PublishedListId, Error> {
    let account = actor.must_be_somebody()?;
    db::calls::lock(tx.db, id)?;
    let mut problems = Vec::new();
    let title = plain_text::required_line("title", &input.title, TITLE_LIMIT, &mut problems);
    let body = plain_text::required_lines("body", &input.body, BODY_LIMIT, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let outlook = outlook(tx, actor, id)?;
    let role = match outlook.at().permit(actor, ListingAction::Propose) {
        Err(refusal) if refusal.code == "notice_still_running" => {
            return Err(refusal.with("ends", first_end(tx, &outlook)?).into());
        }
        permitted => permitted?,
    };
    let call = &outlook.call;
    let list = PublishedList {
        id: PublishedListId::new(&*tx.env.ids),
        call_id: Some(id),
        kind: outlook.kind,
        number: None,
        category: call.programme.0.category.key.clone(),
        year: Some(call.year),
        title,
        body,
        source_url: None,
        status: ListStatus::Proposed,
        proposed_by: Some(account),
        proposed_at: tx.now,
        published_by: None,
        published_at: None,
        chain_number: None,
        canonical: None,
        sha256: None,
        previous_sha256: None,
        signature: None,
        version: 1,
        seal: None,
    };
    let mut entries = Vec::new();
    for candidate in &outlook.ready {
        let position = entries.len() + 1;
        entries.push(entry(tx, actor, call, &list, candidate, position)?);
    }
    let shown = entries.iter().map(|entry| entry.shown.0.as_slice());
    must_hold_no_personal_data(&list.title, &list.body, shown)?;
    db::published_lists::create(tx.db, &list, &entries)?;
    let detail = serde_json::json!({ "call": id, "kind": list.kind, "entries": entries.len() });
    record(tx, actor, role, &list, "list.proposed", (None, "proposed"), None, detail)?;
    let count = entries.len().to_string();
    let args = [("list", list.title.as_str()), ("call", call.title.as_str()), ("count", count.as_str())];
    tx.post_to_role(Role::Approver, "list-proposed", &format!("/lists/{}", list.id), &args)?;
    Ok(list.id)
}

/// When the first notice of the call ends that still runs.
fn first_end(tx: &mut Tx<'_>, outlook: &Outlook) -> Result<String, Error> {
    let notices = db::notices::of_call(tx.db, outlook.call.id)?;
    let ends = notices.iter().map(|notice| notice.ends_at).filter(|ends| *ends > tx.now).min();
    Ok(ends.map(calendar::local_deadline_text).unwrap_or_default())
}

fn entry(
    tx: &mut Tx<'_>,
    actor: &Actor,
    call: &Call,
    list: &PublishedList,
    candidate: &Candidate,
    position: usize,
) -> Result<ListEntry, Error> {
    let dossier = Dossier::load(tx, actor, candidate.application)?;
    let organisation = &dossier.organisation;
    // Where it is registered, as the public columns have it; the city that it serves decides its bureau and nothing else.
    let city = organisation.registered_area.as_deref().and_then(|area| tx.env.reference.city_of(area));
    let shown = match &candidate.shown {
        // What the notice showed is what the list shows, but for the place.
        Some(shown) => {
            let mut shown = shown.clone();
            renumber(&call.programme.0, &mut shown, position);
            shown
        }
        None => shown_columns(tx, &dossier, position),
    };
    Ok(ListEntry {
        list_id: list.id,
        position: i32::try_from(position).unwrap_or(i32::MAX),
        application_id: Some(dossier.application.id),
        organisation_id: Some(organisation.id),
        organisation_name: organisation.name.clone(),
        product: String::new(),
        credit_code: Some(organisation.credit_code.clone()),
        city: city.map(|city| city.code.clone()),
        result: "recognised".into(),
        shown: Json(shown),
        category_type: None,
        in_province: None,
        valid_to: None,
    })
}

/// The public columns of an application as they stand now, in the language of published lists.
pub fn shown_columns(tx: &Tx<'_>, dossier: &Dossier, position: usize) -> Vec<Shown> {
    let language = crate::words::DEFAULT_LANGUAGE;
    let words = tx.env.words.of_forms(language);
    let area = dossier.organisation.registered_area.as_deref();
    let city = area.and_then(|area| tx.env.reference.city_of(area)).map_or("", |city| city.name.as_str());
    let members: Vec<String> = dossier.application.members.0.iter().map(|member| member.name.clone()).collect();
    let subject = ColumnSubject {
        position,
        organisation_name: &dossier.organisation.name,
        credit_code: &dossier.organisation.credit_code,
        city,
        member_names: &members,
        product: "",
        category_type: "",
        form: &dossier.form,
    };
    let context = ViewContext { call_year: dossier.call.year, language, reference: &tx.env.reference, words: &words };
    columns(dossier.programme(), &subject, &context)
}

/// Blocks a list that would show the number of a person; says the row and the column of each, never the number.
pub(super) fn must_hold_no_personal_data<'a>(
    title: &str,
    body: &str,
    entries: impl Iterator<Item = &'a [Shown]>,
) -> Result<(), Error> {
    let text =
        |field: &str, value: &str| find_personal_data(value).map(|_| Problem::new(field, "list_text_personal_data"));
    let mut problems: Vec<Problem> = text("title", title).into_iter().chain(text("body", body)).collect();
    let found = scan(entries);
    problems.extend(found.into_iter().map(|found| {
        let said = match found.kind {
            PersonalDataKind::IdentityNumber => Problem::new("entries", "list_identity_number"),
            PersonalDataKind::MobileNumber => Problem::new("entries", "list_mobile_number"),
            PersonalDataKind::BankCard => Problem::new("entries", "list_bank_card"),
        };
        said.with("row", found.row).with("column", found.column)
    }));
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// A list that waits for a second officer, held, and the role in which the actor may take this action on it.
fn list_to_decide(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PublishedListId,
    version: i32,
    action: ListAction,
) -> Result<(PublishedList, Role), Error> {
    let call = db::published_lists::find(tx.db, id)?.call_id.ok_or(Error::NotFound)?;
    db::calls::lock(tx.db, call)?;
    let list = db::published_lists::lock(tx.db, id)?;
    tx.acts_upon(actor, "list", id.as_text(), (version, list.version));
    let role = action.permit(actor, list.status, list.proposed_by)?;
    tx.must_be_current(version, list.version)?;
    Ok((list, role))
}

/// Publishes a proposed list. From here on it is immutable, and every entry is a member of the pool.
///
/// # Errors
/// One's own proposal; an objection that came in meanwhile; personal data in a public column.
pub fn publish_list(tx: &mut Tx<'_>, actor: &Actor, id: PublishedListId, input: &ListVersion) -> Result<(), Error> {
    let (mut list, role) = list_to_decide(tx, actor, id, input.version, ListAction::Publish)?;
    let call = db::calls::find(tx.db, list.call_id.ok_or(Error::NotFound)?)?;
    // Before anything is recorded: the job that takes checkpoints holds them in this order too.
    db::checkpoints::lock(tx.db)?;
    let entries = db::published_lists::entries(tx.db, id)?;
    let shown = entries.iter().map(|entry| entry.shown.0.as_slice());
    must_hold_no_personal_data(&list.title, &list.body, shown)?;
    let today = calendar::local_date(tx.now);
    let years = call.programme.0.validity.as_ref().map_or(0, |validity| validity.years);
    let validity = membership::validity(today, years).ok_or_else(|| Refusal::conflict("list_validity"))?;
    let counter = format!("list.{}", today.year());
    let number = db::counters::next(tx.db, &counter)?;
    list.number = Some(tx.env.words.say_with(
        crate::words::DEFAULT_LANGUAGE,
        &format!("list-number-{}", list.kind),
        [("year", today.year().to_string()), ("number", number.to_string())],
    ));
    let mut certificates = Certificates::new();
    let (chain_number, previous) = next_in_chain(tx)?;
    mail_batches::begin(tx);
    for entry in &entries {
        let Some(application) = entry.application_id else { continue };
        let mut dossier = Dossier::load_to_change(tx, actor, application)?;
        let permission = dossier.permit(actor, Action::Publish)?;
        let detail = serde_json::json!({ "list": id, "number": list.number });
        dossier.advance(tx, actor, permission, None, detail)?;
        let certificate = certificate_number(today.year(), &tx.env.random.secret()?);
        let mut membership = Membership {
            id: MembershipId::new(&*tx.env.ids),
            organisation_id: dossier.application.organisation_id,
            application_id: application,
            list_id: id,
            category: list.category.clone(),
            city: entry.city.clone(),
            certificate_number: certificate.clone(),
            valid_from: validity.from,
            valid_to: validity.to,
            standing: Standing::Active,
            created_at: tx.now,
            version: 1,
            certificate_seal: None,
        };
        membership.certificate_seal = Some(certificate_seal(tx, &membership, entry, chain_number)?);
        admit(tx, actor, role, &membership, &dossier, &list)?;
        certificates.insert(application, GivenOut::new(certificate, membership.certificate_seal.as_deref(), validity));
    }
    let listed =
        ToMany { act: MailAct::ListPublished, call: call.id, title: &call.title, bureau: None, term_ends: None };
    mail_batches::end(tx, actor, &listed)?;
    let anchor = anchor(tx)?;
    seal(tx, &mut list, &entries, &certificates, (chain_number, previous), anchor)?;
    list.published_by = actor.account;
    if !db::published_lists::publish(tx.db, &list)? {
        return Err(Error::Stale);
    }
    let detail = serde_json::json!({
        "call": call.id, "number": list.number, "chain_number": list.chain_number, "sha256": list.sha256,
        "entries": entries.len(),
    });
    record(tx, actor, role, &list, "list.published", (Some("proposed"), "published"), None, detail)
}

/// The membership of one recognised application, its record and its mail.
fn admit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    membership: &Membership,
    dossier: &Dossier,
    list: &PublishedList,
) -> Result<(), Error> {
    db::memberships::create(tx.db, membership)?;
    let columns = [("category", Some(membership.category.as_str())), ("city", membership.city.as_deref())];
    tx.keep("memberships", membership.id.as_text(), &columns);
    tx.record(
        actor,
        Record {
            subject_kind: "membership",
            subject_id: membership.id.as_text(),
            action: "membership.begun",
            role: role.as_text(),
            to: Some(membership.standing.as_text()),
            detail: serde_json::json!({
                "list": membership.list_id, "application": membership.application_id,
                "certificate": membership.certificate_number, "from": membership.valid_from, "to": membership.valid_to,
            }),
            ..Record::default()
        },
    )?;
    let day = calendar::local_date_text;
    let (from, to) = (day(membership.valid_from), day(membership.valid_to));
    let args = [
        ("organisation", dossier.organisation.name.as_str()),
        ("call", dossier.call.title.as_str()),
        ("list", list.title.as_str()),
        ("number", list.number.as_deref().unwrap_or_default()),
        ("certificate", membership.certificate_number.as_str()),
        ("from", from.as_str()),
        ("to", to.as_str()),
    ];
    let path = format!("/certificates/{}", membership.certificate_number);
    tx.post_to_organisation(membership.organisation_id, "list-recognised", &path, &args)
}

/// Sends a proposed list back with a reason; its entries can be proposed again.
pub fn return_list(tx: &mut Tx<'_>, actor: &Actor, id: PublishedListId, input: &ListReturn) -> Result<(), Error> {
    let (list, role) = list_to_decide(tx, actor, id, input.version, ListAction::Return)?;
    let mut problems = Vec::new();
    let reason = plain_text::required_lines("reason", &input.reason, REASON_LIMIT, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if !db::published_lists::send_back(tx.db, id, list.version)? {
        return Err(Error::Stale);
    }
    let detail = serde_json::json!({ "call": list.call_id });
    record(tx, actor, role, &list, "list.returned", (Some("proposed"), "returned"), Some(&reason), detail)?;
    let Some(proposer) = list.proposed_by else { return Ok(()) };
    let proposer = db::accounts::find(tx.db, proposer)?;
    let args = [("name", proposer.name.as_str()), ("list", list.title.as_str()), ("reason", reason.as_str())];
    tx.post((&proposer).into(), "list-returned", &format!("/lists/{id}"), &args)
}

#[allow(clippy::too_many_arguments)]
fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    list: &PublishedList,
    action: &str,
    (from, to): (Option<&str>, &str),
    reason: Option<&str>,
    detail: serde_json::Value,
) -> Result<(), Error> {
    tx.record(
        actor,
        Record {
            subject_kind: "list",
            subject_id: list.id.as_text(),
            action,
            role: role.as_text(),
            from,
            to: Some(to),
            reason,
            detail,
        },
    )
}
