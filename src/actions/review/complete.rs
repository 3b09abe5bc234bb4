//! More experts for a session that is open.

use super::fill::{Filled, fill};
use super::plan::chosen_experts;
use super::{record_session, session_to_change};
use crate::actions::Tx;
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::ids::{CallId, ExpertId};
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// More experts for a session that is open.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// Experts who join the panel; may be empty.
    #[serde(default)]
    pub experts: Vec<ExpertId>,
}

/// Takes more experts into the panel of an open session and fills the places that are empty.
pub fn complete(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &Completion) -> Result<Filled, Error> {
    let call = db::calls::find(tx.db, id)?;
    let (mut session, role) = session_to_change(tx, actor, &call, ReviewAction::Complete)?;
    if !input.experts.is_empty() {
        let panel: BTreeSet<ExpertId> = session.panel.0.iter().copied().collect();
        let joining: Vec<ExpertId> =
            chosen_experts(tx, &call, &input.experts)?.iter().map(|e| e.id).filter(|id| !panel.contains(id)).collect();
        session.panel.0.extend(&joining);
        let version = session.version;
        if !db::reviews::update_session(tx.db, &session, version)? {
            return Err(Error::Stale);
        }
        let detail = serde_json::json!({ "experts": joining });
        record_session(tx, actor, role, session.id, "review.panel_extended", None, detail)?;
    }
    fill(tx, &call, &session)
}
