//! What a form is answered with that was sent again after it had its effect: a way on and when it was done.

use super::access::Submitted;
use crate::actions::second_press::{Press, done_before};
use crate::error::Error;
use actix_web::http::StatusCode;

/// The message of the next page, if what was refused for a conflict is what this person has done before.
pub(super) async fn again<T>(form: &Submitted, done: &Result<T, Error>, press: Option<Press>) -> Option<String> {
    let refused = done.as_ref().err().is_some_and(|error| error.status() == StatusCode::CONFLICT);
    known(form, press.filter(|_| refused)).await
}

/// The same for what is refused in another way when it comes again.
pub(super) async fn known(form: &Submitted, press: Option<Press>) -> Option<String> {
    let press = press?;
    let actor = form.visit.actor.clone();
    // Where that cannot be told, the refusal stands.
    let found = form.visit.app.read(move |tx| done_before(tx, &actor, &press)).await.ok().flatten();
    found.map(|at| format!("{}{}", super::access::DONE_BEFORE, at.and_utc().timestamp()))
}
