//! Members afterwards: what each is worth follows from its record, and what was proposed and decided about it is what was recorded.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::pool::standings_by_row_and_record;
use crate::db::invariants::{self, Act, acts};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a membership is worth follows from what happened to it.
pub(super) fn standings_follow_from_the_record(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    for (id, by_row, by_record) in standings_by_row_and_record(tx)? {
        if Some(by_row) != by_record {
            let recorded = by_record.map_or("nothing", |standing| standing.as_text());
            let what = format!("is {by_row} today, by what happened to it {recorded}");
            found.push(violation("standing_follows_from_the_record", format!("membership {id}"), what));
        }
    }
    Ok(found)
}

/// Acts that make a proposal.
const PROPOSED: [&str; 3] =
    ["membership.revocation_proposed", "membership.bar_proposed", "membership.withdrawal_asked"];
/// Acts that carry one out.
const ACCEPTED: [&str; 3] = ["membership.revoked", "membership.barred", "membership.withdrew"];
/// Acts that send one back.
const RETURNED: [&str; 3] =
    ["membership.revocation_returned", "membership.bar_returned", "membership.withdrawal_declined"];

/// A proposal was made and decided by those of the record, as recorded; a revocation and a bar by two.
pub(super) fn proposals_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "membership_proposal_is_as_recorded";
    let proposed = by_proposal(acts(tx.db, "membership", &PROPOSED)?);
    let accepted = by_proposal(acts(tx.db, "membership", &ACCEPTED)?);
    let returned = by_proposal(acts(tx.db, "membership", &RETURNED)?);
    let mut found = Vec::new();
    for row in invariants::proposal_rows(tx.db)? {
        let subject = format!("membership proposal {}", row.id);
        let decided = match row.status.as_str() {
            "accepted" => accepted.get(&row.id),
            "returned" => returned.get(&row.id),
            _ => None,
        };
        let pairs = [
            ("proposed", Some(&row.proposed_by), proposed.get(&row.id)),
            ("decided", row.decided_by.as_ref(), decided),
        ];
        for (what, here, act) in pairs {
            if here != act.map(|act| &act.actor) {
                let by = |who: Option<&String>| who.cloned().unwrap_or_else(|| "nobody".into());
                let (here, said) = (by(here), by(act.map(|act| &act.actor)));
                let what = format!("was {what} by {here}, the record says by {said}");
                found.push(violation(NAME, subject.clone(), what));
            }
        }
        let until = proposed.get(&row.id).and_then(|act| act.detail.get("until").and_then(Value::as_str));
        if row.barred_until.map(|day| day.to_string()).as_deref() != until {
            found.push(violation(NAME, subject, "bars until another day than was recorded"));
        }
    }
    Ok(found)
}

fn by_proposal(acts: Vec<Act>) -> BTreeMap<String, Act> {
    let named = |act: Act| Some((act.detail.get("proposal")?.as_str()?.to_string(), act));
    acts.into_iter().filter_map(named).collect()
}
