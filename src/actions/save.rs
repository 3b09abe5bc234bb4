//! Saving what was typed: as it was typed, wrong values too, so that nothing is lost; only a figure that can be read is
//! put into its normal form.

use super::Tx;
use super::completeness::{Completeness, MEMBERS, completeness, problem};
use super::dossier::{Dossier, stations_of};
use super::draft::bureau_of;
use super::kept::stored_text;
use super::marks::{Marks, mending, not_marked};
use super::sealed::{open_form, seal_form};
use crate::db;
use crate::db::Json;
use crate::db::applications::Member;
use crate::db::corrections::Mark;
use crate::domain::actor::Actor;
use crate::domain::credit_code::CreditCode;
use crate::domain::form::{self, Problem, RawForm, ViewContext};
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::{Action, State};
use crate::domain::programme::Programme;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use serde_json::Value;

/// Members that a draft may hold at all; how many are allowed is the programme's.
const MOST_MEMBERS: usize = 50;
/// Characters of a member's name and code.
const NAME_LENGTH: usize = 200;
/// Characters of a member's duty.
const DUTY_LENGTH: usize = 1000;

/// What was saved.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The application as it is now.
    pub dossier: Dossier,
    /// What it still lacks.
    pub completeness: Completeness,
    /// What is to be mended in a correction, each with whether it was changed.
    pub mending: Vec<(Mark, bool)>,
}

/// Saves the fields in `change` and, if given, the members; what is not in `change` stays.
///
/// # Errors
/// Stale; in a correction `not_marked` for each thing that must not change; `member_too_long`.
pub fn save(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ApplicationId,
    version: i32,
    change: RawForm,
    members: Option<Vec<Member>>,
) -> Result<Saved, Error> {
    let mut dossier = Dossier::load_to_change(tx, actor, id)?;
    compare(tx, actor, &dossier, version, &change, members.as_deref());
    let permission = dossier.permit(actor, Action::Save)?;
    tx.must_be_current(version, dossier.application.version)?;
    let marks = Marks::of(tx, &dossier)?;
    let mut form = dossier.form.clone();
    let changed = changed_fields(&form, change);
    let changed = changed_fields(&form, tidied(dossier.programme(), changed));
    let members = members.map(tidy_members).filter(|members| *members != dossier.application.members.0);
    let keys = changed.iter().map(|(key, _)| key.as_str());
    let mut problems = refused(&dossier, &marks, keys, &actor.language);
    if members.is_some() && !marks.members() {
        problems.push(not_marked(MEMBERS, &tx.env.words.say(&actor.language, "members-title")));
    }
    problems.extend(members.iter().flat_map(|members| too_long(members)));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if !changed.is_empty() || members.is_some() {
        let keys: Vec<&str> = changed.iter().map(|(key, _)| key.as_str()).collect();
        let mut detail = serde_json::json!({ "fields": keys, "members": members.is_some() });
        form.0.extend(changed);
        let members = members.unwrap_or_else(|| dossier.application.members.0.clone());
        let sealed = seal_form(tx.env, id, &form)?;
        // The event names the fields; what stands in them it only vouches for.
        let (typed, joined) = (stored_text(&form)?, stored_text(&members)?);
        let columns = [("form", Some(typed.as_str())), ("members", Some(joined.as_str()))];
        tx.keep("applications", id.as_text(), &columns);
        if !db::applications::keep(tx.db, id, version, &sealed, &members)? {
            return Err(Error::Stale);
        }
        dossier.application.form = sealed;
        dossier.form = form;
        dossier.application.members = Json(members);
        if let Some(bureau) = route_anew(tx, &mut dossier)? {
            detail["bureau"] = bureau.into();
        }
        dossier.advance(tx, actor, permission, None, detail)?;
    }
    let attachments = db::attachments::of_application(tx.db, id)?;
    let completeness = completeness(tx, &dossier, &attachments, &actor.language)?;
    let mending = mending(tx, &dossier, &marks, &attachments)?;
    Ok(Saved { dossier, completeness, mending })
}

/// Notes upon which version somebody saves, and compares what they typed with what stands by now.
pub fn compare(
    tx: &mut Tx<'_>,
    actor: &Actor,
    dossier: &Dossier,
    version: i32,
    change: &RawForm,
    members: Option<&[Member]>,
) {
    dossier.acted_upon(tx, actor, version);
    if !tx.is_outdated() {
        return;
    }
    let (env, language) = (tx.env, actor.language.as_str());
    let words = env.words.of_forms(language);
    let context = ViewContext { call_year: dossier.call.year, language, reference: &env.reference, words: &words };
    let mut sent = dossier.form.clone();
    sent.0.extend(change.0.clone());
    for found in form::differences_by_cell(dossier.programme(), &dossier.form, &sent, &context) {
        let label = found.title(language);
        tx.compare_named(&found.path, &label, (&found.after, &found.after), (&found.before, &found.before));
    }
    if let Some(members) = members {
        tx.compare(MEMBERS, "members-title", members_text(members), members_text(&dossier.application.members.0));
    }
}

/// Members a line each.
pub fn members_text(members: &[Member]) -> String {
    let lines: Vec<String> = members.iter().map(|m| format!("{} · {} · {}", m.name, m.credit_code, m.duty)).collect();
    lines.join("\n")
}

/// Sends a draft to the bureau of the place that its organisation has by now, or of the city that its form names, if that is
/// another. A file that was submitted stays where it is. The new bureau; an empty code for the department itself.
pub(super) fn route_anew(tx: &mut Tx<'_>, dossier: &mut Dossier) -> Result<Option<String>, Error> {
    if dossier.application.state != State::Draft {
        return Ok(None);
    }
    let bureau = bureau_of(tx, dossier.programme(), &dossier.organisation, &dossier.form);
    if bureau == dossier.application.bureau {
        return Ok(None);
    }
    db::applications::route(tx.db, dossier.application.id, bureau.as_deref())?;
    tx.keep("applications", dossier.application.id.as_text(), &[("bureau", bureau.as_deref())]);
    dossier.stations = stations_of(dossier.programme(), bureau.is_some());
    dossier.application.bureau = bureau.clone();
    Ok(Some(bureau.unwrap_or_default()))
}

/// Fills the fields that are still empty with the answers of the organisation's last application in the same
/// programme, where the programme offers that. Only ever because somebody asked for it.
///
/// # Errors
/// `nothing_to_carry_over`, and those of [`save`].
pub fn carry_over(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, version: i32) -> Result<Saved, Error> {
    let dossier = Dossier::load_to_change(tx, actor, id)?;
    dossier.acted_upon(tx, actor, version);
    dossier.permit(actor, Action::Save)?;
    let earlier = db::applications::earlier(tx.db, &dossier.application, &dossier.call.programme_key)?
        .ok_or_else(|| Refusal::conflict("nothing_to_carry_over"))?;
    let earlier = open_form(tx.env, earlier.id, &earlier.form)?;
    let mut offered = form::carry_over(dossier.programme(), &earlier, dossier.call.year);
    let marks = Marks::of(tx, &dossier)?;
    let typed = &dossier.form.0;
    offered.0.retain(|key, _| typed.get(key).is_none_or(is_blank) && marks.field(key));
    save(tx, actor, id, version, offered, None)
}

/// Whether an answer holds nothing.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(entries) => entries.values().all(is_blank),
        _ => false,
    }
}

fn changed_fields(stored: &RawForm, change: RawForm) -> Vec<(String, Value)> {
    change
        .0
        .into_iter()
        .filter(|(key, value)| match stored.0.get(key) {
            Some(before) => before != value,
            None => !is_blank(value),
        })
        .collect()
}

/// The changes with their figures in normal form: a figure that was only written otherwise is no change.
fn tidied(programme: &Programme, changed: Vec<(String, Value)>) -> RawForm {
    let tidy = |(key, value): (String, Value)| match programme.field(&key) {
        Some(field) => (key, form::tidied(field, value)),
        None => (key, value),
    };
    RawForm(changed.into_iter().map(tidy).collect())
}

fn refused<'a>(
    dossier: &Dossier,
    marks: &Marks,
    changed: impl Iterator<Item = &'a str>,
    language: &str,
) -> Vec<Problem> {
    let programme = dossier.programme();
    let name = |key| programme.field(key).map_or(key, |field| field.names.in_language(language));
    changed.filter(|key| !marks.field(key)).map(|key| not_marked(key, name(key))).collect()
}

/// Blanks around texts go, rows without any text too; a code that can be read is put into its normal form.
fn tidy_members(members: Vec<Member>) -> Vec<Member> {
    members
        .into_iter()
        .map(|member| Member {
            name: member.name.trim().to_string(),
            credit_code: CreditCode::parse(&member.credit_code)
                .map_or_else(|_| member.credit_code.trim().to_string(), |parsed| parsed.code.as_str().to_string()),
            duty: member.duty.trim().to_string(),
        })
        .filter(|member| !(member.name.is_empty() && member.credit_code.is_empty() && member.duty.is_empty()))
        .collect()
}

fn too_long(members: &[Member]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if members.len() > MOST_MEMBERS {
        let args = [("limit", MOST_MEMBERS.to_string()), ("found", members.len().to_string())];
        problems.push(problem(MEMBERS, "members_too_many", args));
    }
    for (index, member) in members.iter().enumerate() {
        for (part, text, limit) in [
            ("name", &member.name, NAME_LENGTH),
            ("credit_code", &member.credit_code, NAME_LENGTH),
            ("duty", &member.duty, DUTY_LENGTH),
        ] {
            let found = text.chars().count();
            if found > limit {
                let args = [("limit", limit.to_string()), ("found", found.to_string())];
                problems.push(problem(&format!("{MEMBERS}[{index}].{part}"), "member_too_long", args));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_counts_as_changed_and_clearing_does() {
        let stored: RawForm = serde_json::from_value(json!({ "a": "1", "b": ["x"] })).unwrap();
        let change: RawForm = serde_json::from_value(json!({ "a": "1", "b": [], "c": "", "d": "2" })).unwrap();
        let keys: Vec<String> = changed_fields(&stored, change).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["b", "d"]);
    }

    #[test]
    fn members_are_tidied_not_judged() {
        let member = |name: &str, code: &str, duty: &str| Member {
            name: name.into(),
            credit_code: code.into(),
            duty: duty.into(),
        };
        let tidy = tidy_members(vec![member(" 甲 ", "not a code", ""), member(" ", "", " ")]);
        assert_eq!(tidy, [member("甲", "not a code", "")]);
        assert_eq!(too_long(&[member(&"长".repeat(201), "", "")]).len(), 1);
    }
}
