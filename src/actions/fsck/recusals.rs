//! Nobody scores what a rule excludes them from, or what the organisers keep from them.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::review::exclusions::exclusions;
use crate::db;
use crate::domain::ids::{ApplicationId, CallId, ExpertId};
use crate::domain::procedure::State;
use crate::domain::status::WishKind;
use std::collections::BTreeSet;

/// In an open session no live assignment lies with somebody whom a rule excludes today: by employer, as a person of the
/// applicant or of a consortium member, by a declared tie.
pub(super) fn are_kept(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    for id in db::invariants::calls_with_open_review(tx.db)? {
        // What is no id is found by the checks that go by text.
        let Some(call) = CallId::from_text(&id) else { continue };
        let call = db::calls::find(tx.db, call)?;
        let Some(session) = db::reviews::session_of_call(tx.db, call.id)? else { continue };
        let live: Vec<_> =
            db::reviews::assignments_of(tx.db, session.id)?.into_iter().filter(|one| one.is_live()).collect();
        let charged: BTreeSet<ExpertId> = live.iter().map(|one| one.expert_id).collect();
        let experts = db::experts::of_ids(tx.db, &charged.into_iter().collect::<Vec<_>>())?;
        let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
        let excluded = exclusions(tx, &call, &files, &experts)?;
        let pairs: BTreeSet<(ApplicationId, ExpertId)> =
            live.iter().map(|one| (one.application_id, one.expert_id)).collect();
        for one in excluded.iter().filter(|one| pairs.contains(&(one.application, one.expert))) {
            let what = format!("is to be scored by expert {}, whom a rule excludes: {}", one.expert, one.why);
            found.push(violation("recusal_is_kept", format!("application {}", one.application), what));
        }
    }
    Ok(found)
}

/// In a session that was opened no live assignment is one that the organisers forbade, however it came to be.
pub(super) fn forbids_are_kept(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    let mut calls = db::invariants::calls_with_open_review(tx.db)?;
    calls.extend(db::invariants::calls_with_closed_review(tx.db)?);
    for id in calls {
        let Some(call) = CallId::from_text(&id) else { continue };
        let Some(session) = db::reviews::session_of_call(tx.db, call)? else { continue };
        let forbidden: BTreeSet<(ApplicationId, ExpertId)> = session
            .wishes
            .0
            .iter()
            .filter(|wish| wish.kind == WishKind::Forbid)
            .map(|wish| (wish.application, wish.expert))
            .collect();
        if forbidden.is_empty() {
            continue;
        }
        let broken = db::reviews::assignments_of(tx.db, session.id)?
            .into_iter()
            .filter(|one| one.is_live() && forbidden.contains(&(one.application_id, one.expert_id)));
        found.extend(broken.map(|one| {
            let what = format!("lies with expert {}, whom the organisers keep from it", one.expert_id);
            violation("forbid_is_kept", format!("application {}", one.application_id), what)
        }));
    }
    Ok(found)
}
