//! The public figures.

use super::operation::{Asked, Nothing, Operation, read};
use crate::actions::Tx;
use crate::actions::statistics::statistics;
use crate::domain::actor::Actor;
use crate::domain::statistics::Statistics;
use crate::error::Error;
use crate::web::routes::Access;

/// This operation.
pub fn operations() -> Vec<Operation> {
    vec![read(
        "/statistics",
        "read_statistics",
        "The pool in figures; small ones that could give an applicant away are withheld (null).",
        Access::Public,
        figures,
    )]
}

fn figures(tx: &mut Tx<'_>, actor: &Actor, _: &Asked<Nothing>) -> Result<Statistics, Error> {
    Ok(statistics(tx, &actor.language)?.as_ref().clone())
}
