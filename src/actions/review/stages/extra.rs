//! The sheet of a site visit or defence: saved as it is typed, submitted once, after the scoring has ended.

use crate::actions::Tx;
use crate::actions::review::declare::expert_of;
use crate::actions::review::record_sheet;
use crate::actions::review::score::{
    Saved, SheetCheck, SheetInput, check_against, compare, extra_mac, must_be_newest, must_fit, saved,
};
use crate::actions::review::work::Work;
use crate::db;
use crate::db::Json;
use crate::db::extra_sheets::ExtraSheet;
use crate::db::reviews::{Assignment, ReviewSession};
use crate::domain::actor::Actor;
use crate::domain::ids::AssignmentId;
use crate::domain::programme::{ExtraRules, Programme};
use crate::domain::refusal::Refusal;
use crate::domain::status::SheetStatus;
use crate::domain::steps::AssignmentAction;
use crate::error::Error;
use std::collections::BTreeMap;

/// The extra station of a programme.
///
/// # Errors
/// It has none.
pub fn station(programme: &Programme) -> Result<&ExtraRules, Error> {
    let extra = programme.review.as_ref().and_then(|rules| rules.extra.as_ref());
    extra.ok_or_else(|| Refusal::unacceptable("extra_not_used").into())
}

/// Reads a sheet against the station's rubric.
pub fn check(
    programme: &Programme,
    items: &BTreeMap<String, String>,
    comments: &BTreeMap<String, String>,
) -> SheetCheck {
    let Some(rules) = &programme.review else { return SheetCheck::default() };
    let extra = rules.extra.as_ref();
    extra.map(|extra| check_against(&extra.rubric, rules.comment_rule(), items, comments)).unwrap_or_default()
}

/// A sheet that nothing was typed into.
pub fn empty(id: AssignmentId, now: chrono::NaiveDateTime) -> ExtraSheet {
    ExtraSheet {
        assignment_id: id,
        items: Json(BTreeMap::new()),
        comments: Json(BTreeMap::new()),
        opinion: String::new(),
        status: SheetStatus::Draft,
        total: None,
        saved_at: now,
        submitted_at: None,
        version: 0,
    }
}

/// The sheet as it was typed, if it can still be filled in.
fn filled_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    assignment: &Assignment,
    session: &ReviewSession,
    action: AssignmentAction,
    input: &SheetInput,
) -> Result<(std::sync::Arc<Programme>, ExtraSheet), Error> {
    let Work { programme, extra: sheet, at, .. } = Work::of(tx, assignment, session)?;
    if let Some(sheet) = &sheet {
        let stored = SheetInput {
            version: sheet.version,
            items: sheet.items.0.clone(),
            comments: sheet.comments.0.clone(),
            opinion: sheet.opinion.clone(),
        };
        let rubric = station(&programme).ok().map(|extra| &extra.rubric);
        tx.acts_upon(actor, "assignment", assignment.id.as_text(), (input.version, sheet.version));
        compare(tx, &actor.language, rubric, input, &stored);
    }
    at.permit(actor, action)?;
    let extra = station(&programme)?;
    let mut sheet = sheet.unwrap_or_else(|| empty(assignment.id, tx.now));
    must_be_newest(input.version, sheet.version)?;
    must_fit(Some(&extra.rubric), input)?;
    sheet.items = Json(input.items.clone());
    sheet.comments = Json(input.comments.clone());
    sheet.opinion = input.opinion.clone();
    sheet.saved_at = tx.now;
    Ok((programme, sheet))
}

/// Saves a sheet as it stands, wrong values too.
pub fn save_extra(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &SheetInput) -> Result<Saved, Error> {
    let expert = expert_of(actor)?;
    let found = db::reviews::find_own_assignment(tx.db, expert, id)?;
    // Held against taking the end of the scoring back, which a sheet that was begun forbids: one finds the other.
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_own_assignment_to_change(tx.db, expert, id)?;
    let action = AssignmentAction::SaveExtraSheet;
    let (programme, sheet) = filled_in(tx, actor, &assignment, &session, action, input)?;
    if !db::extra_sheets::store(tx.db, &sheet)? {
        return Err(Error::Stale);
    }
    let found = check(&programme, &sheet.items.0, &sheet.comments.0);
    Ok(saved(tx, actor, input, &found))
}

/// Submits a sheet, once.
///
/// # Errors
/// Everything that is wrong or missing at once.
pub fn submit_extra(tx: &mut Tx<'_>, actor: &Actor, id: AssignmentId, input: &SheetInput) -> Result<(), Error> {
    let expert = expert_of(actor)?;
    let found = db::reviews::find_own_assignment(tx.db, expert, id)?;
    // Held against the closing of the session: a sheet is either counted by it or refused.
    let session = db::reviews::find_session_to_change(tx.db, found.session_id)?;
    let assignment = db::reviews::find_own_assignment_to_change(tx.db, expert, id)?;
    let action = AssignmentAction::SubmitExtraSheet;
    let (programme, mut sheet) = filled_in(tx, actor, &assignment, &session, action, input)?;
    let total = check(&programme, &sheet.items.0, &sheet.comments.0).total()?;
    sheet.status = SheetStatus::Submitted;
    sheet.total = i32::try_from(total).ok();
    sheet.submitted_at = Some(tx.now);
    if !db::extra_sheets::store(tx.db, &sheet)? {
        return Err(Error::Stale);
    }
    let action = "extra_sheet.submitted";
    let mac = extra_mac(tx, action, &sheet)?;
    record_sheet(tx, actor, &assignment, action, &mac)
}
