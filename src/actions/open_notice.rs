//! Naming the proposed in a public notice.

use super::dossier::Dossier;
use super::mail_batches::{self, ToMany};
use super::publish_list::{must_hold_no_personal_data, shown_columns};
use super::{Record, Tx};
use crate::db;
use crate::db::Json;
use crate::db::notices::{Notice, NoticeEntry};
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{self, local_date};
use crate::domain::chain::canonical;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, CallId, NoticeId, OrganisationId};
use crate::domain::mail_batch::MailAct;
use crate::domain::notice::period;
use crate::domain::plain_text;
use crate::domain::procedure::{Action, State};
use crate::domain::refusal::Refusal;
use crate::domain::scope::Scope;
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use chrono::Datelike;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Characters of a title.
pub const TITLE_LENGTH: usize = 120;
/// Characters of a text.
pub const BODY_LENGTH: usize = 5_000;

/// A notice to open.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNotice {
    /// Title, at most 120 characters.
    pub title: String,
    /// Text, at most 5000 characters.
    #[serde(default)]
    pub body: String,
}

/// Who is to be named: the proposed applications of a call, by the name of their organisation (排名不分先后).
pub fn to_be_named(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<Vec<Dossier>, Error> {
    actor.must_hold(&[Role::Handler, Role::Approver])?;
    let filter = db::applications::Filter {
        call: Some(call),
        states: vec![State::Proposed],
        ..db::applications::Filter::default()
    };
    let ids = db::applications::ids(tx.db, &Scope::of(actor), &filter)?;
    let mut dossiers =
        ids.into_iter().map(|id| Dossier::load_to_change(tx, actor, id)).collect::<Result<Vec<_>, _>>()?;
    by_name(&mut dossiers);
    Ok(dossiers)
}

fn by_name(dossiers: &mut [Dossier]) {
    dossiers.sort_by(|a, b| {
        (&a.organisation.name_key, a.application.id).cmp(&(&b.organisation.name_key, b.application.id))
    });
}

/// Holds the organisations that are to be named and reads them anew. Whoever renames or corrects one holds it too, and
/// then asks whether a notice names it: either the notice shows the new name, or there is no new name until its list is
/// published. Files come before organisations, and each in the order of ids.
fn hold_organisations(tx: &mut Tx<'_>, named: &mut [Dossier]) -> Result<(), Error> {
    let ids: BTreeSet<OrganisationId> = named.iter().map(|dossier| dossier.application.organisation_id).collect();
    let mut held = BTreeMap::new();
    for id in ids {
        held.insert(id, db::organisations::lock(tx.db, id)?);
    }
    for dossier in named.iter_mut() {
        if let Some(organisation) = held.get(&dossier.application.organisation_id) {
            dossier.organisation = organisation.clone();
        }
    }
    by_name(named);
    Ok(())
}

/// Opens the notice of a call: it begins today and runs as long as the programme says.
///
/// # Errors
/// `wrong_role`; nobody is proposed; the programme has no notice; the working-day table ends before the notice does.
pub fn open_notice(tx: &mut Tx<'_>, actor: &Actor, call: CallId, input: &NewNotice) -> Result<NoticeId, Error> {
    let role = actor.must_hold(&[Role::Handler])?;
    let account = actor.must_be_somebody()?;
    let mut problems = Vec::new();
    let title = plain_text::required_line("title", &input.title, TITLE_LENGTH, &mut problems);
    let body = plain_text::lines("body", &input.body, BODY_LENGTH, &mut problems);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    db::calls::lock(tx.db, call)?;
    let call = db::calls::find(tx.db, call)?;
    let programme = &call.programme.0;
    let rules = programme.notice.as_ref().ok_or_else(|| Refusal::conflict("notice_not_used"))?;
    let mut named = to_be_named(tx, actor, call.id)?;
    hold_organisations(tx, &mut named)?;
    if named.is_empty() {
        return Err(Refusal::conflict("nobody_to_name").into());
    }
    let today = local_date(tx.now);
    let days =
        period(today, rules.length, rules.unit, rules.first_day_counts, &tx.env.reference.calendar).map_err(|e| {
            let mut problem = Problem::new("starts_on", e.code());
            problem.args.extend(e.args().into_iter().map(|(name, value)| (name.to_string(), value)));
            Error::Invalid(vec![problem])
        })?;
    let year = today.year();
    let sequence = db::counters::next(tx.db, &format!("notice-{year}"))?;
    let notice = Notice {
        id: NoticeId::new(&*tx.env.ids),
        call_id: call.id,
        number: tx.env.words.say_with(
            DEFAULT_LANGUAGE,
            "notice-number-form",
            [("year", year.to_string()), ("sequence", sequence.to_string())],
        ),
        title,
        body,
        starts_on: days.first,
        ends_on: days.last,
        ends_at: days.ends_at(),
        opened_by: account,
        opened_at: tx.now,
    };
    let shown: Vec<_> = named.iter().zip(1..).map(|(dossier, position)| shown_columns(tx, dossier, position)).collect();
    // What is public for the whole notice would otherwise block the list for good.
    must_hold_no_personal_data(&notice.title, &notice.body, shown.iter().map(Vec::as_slice))?;
    db::notices::create(tx.db, &notice)?;
    let ends = calendar::local_date_text(days.last);
    let mut ids: Vec<ApplicationId> = Vec::new();
    mail_batches::begin(tx);
    for ((position, mut dossier), shown) in (1_i32..).zip(named).zip(shown) {
        let permission = dossier.permit(actor, Action::OpenNotice)?;
        let entry =
            NoticeEntry { notice_id: notice.id, application_id: dossier.application.id, position, shown: Json(shown) };
        db::notices::add_entry(tx.db, &entry)?;
        let cells = serde_json::to_value(&entry.shown.0).map_err(anyhow::Error::from)?;
        let detail =
            serde_json::json!({"notice": notice.id, "position": position, "shown_sha256": canonical::digest(&cells)});
        dossier.advance(tx, actor, permission, None, detail)?;
        ids.push(dossier.application.id);
        let args = [
            ("organisation", dossier.organisation.name.as_str()),
            ("call", call.title.as_str()),
            ("number", notice.number.as_str()),
            ("ends", ends.as_str()),
        ];
        let path = format!("/notices/{}", notice.id);
        tx.post_to_organisation(dossier.application.organisation_id, "notice-opened", &path, &args)?;
    }
    let term_ends = Some(notice.ends_at);
    let named = ToMany { act: MailAct::NoticeOpened, call: call.id, title: &call.title, bureau: None, term_ends };
    mail_batches::end(tx, actor, &named)?;
    tx.record(
        actor,
        Record {
            subject_kind: "notice",
            subject_id: notice.id.as_text(),
            action: "notice.opened",
            role: role.as_text(),
            detail: serde_json::json!({
                "call": call.id,
                "number": notice.number,
                "starts_on": notice.starts_on,
                "ends_on": notice.ends_on,
                "applications": ids,
                "text_sha256": canonical::digest(&recorded_text(&notice.title, &notice.body)),
            }),
            ..Record::default()
        },
    )?;
    Ok(notice.id)
}

/// Title and text of a notice, as they are hashed into the record of its opening.
pub(super) fn recorded_text(title: &str, body: &str) -> serde_json::Value {
    serde_json::json!({"title": title, "body": body})
}
