//! Opening a discussion of a file that neither its spread nor an outlier asks for.

use super::{begin, counted_by_file, tell_counts};
use crate::actions::Tx;
use crate::actions::review::{reason, record_session, session_to_change};
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::domain::refusal::Refusal;
use crate::domain::status::Grounds;
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which file, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscussionRequest {
    /// Which file.
    pub application: ApplicationId,
    /// Why; its experts do not read it.
    pub reason: String,
}

/// Opens a discussion of a file under review, after the scoring has ended.
///
/// # Errors
/// The programme has no discussion; the file is not under review, is or was talked over already, or has fewer than two sheets.
pub fn open_discussion(tx: &mut Tx<'_>, actor: &Actor, id: CallId, input: &DiscussionRequest) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let call = db::calls::find(tx.db, id)?;
    let (session, role) = session_to_change(tx, actor, &call, ReviewAction::OpenDiscussion)?;
    let reason = reason("reason", &input.reason)?;
    let files = db::reviews::files(tx.db, id, &[State::InReview])?;
    if !files.iter().any(|file| file.application.id == input.application) {
        return Err(Error::field("application", "discussion_file"));
    }
    if db::discussions::of_file(tx.db, input.application)?.is_some() {
        return Err(Refusal::conflict("discussion_exists").into());
    }
    let sheets = counted_by_file(tx, &session)?.remove(&input.application).unwrap_or_default();
    if sheets.len() < 2 {
        return Err(Refusal::conflict("discussion_too_few_sheets").into());
    }
    begin(tx, &session, account, &sheets, Grounds::Officer, Some(reason.clone()))?;
    let told = sheets.iter().map(|counted| (counted.expert, Vec::new())).collect();
    tell_counts(tx, &call, &session, "discussion-opened", &told)?;
    let detail = serde_json::json!({ "application": input.application });
    record_session(tx, actor, role, session.id, "discussion.opened", Some(&reason), detail)
}
