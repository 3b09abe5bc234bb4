//! Takes away what is of no more use: expired tokens and sessions. Nothing of the record is ever taken away.

use super::connection::Db;
use super::schema::{one_time_tokens, refresh_tokens, sessions};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Forgets one-time tokens, refresh tokens and sessions that ended before `before`. Returns how many.
pub fn sessions_and_tokens(db: &mut Db, before: NaiveDateTime) -> QueryResult<usize> {
    let mut gone = diesel::delete(one_time_tokens::table.filter(one_time_tokens::expires_at.lt(before))).execute(db)?;
    gone += diesel::delete(refresh_tokens::table.filter(refresh_tokens::expires_at.lt(before))).execute(db)?;
    // A refresh token ends later than its session was last used; a session that still has one stays with it.
    let in_use = refresh_tokens::table.select(refresh_tokens::session_id);
    gone += diesel::delete(sessions::table.filter(sessions::expires_at.lt(before)).filter(sessions::id.ne_all(in_use)))
        .execute(db)?;
    Ok(gone)
}
