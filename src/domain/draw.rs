//! The committed, reproducible draw of experts. `draw/SPECIFICATION.md` says the same in bytes, for readers in any language.
//!
//! 1. A handler and an auditor each commit to a secret of their own ([`commitment`]).
//! 2. The candidate list is frozen ([`CandidateList::freeze`]) and, with both commitments, recorded in the event chain ([`Opening`]).
//!    The hash of that event is the chain head of the draw.
//! 3. Both reveal. Secrets and chain head make the seed, the seed makes panel and reserves ([`Record::draw`]).
//! 4. Anyone re-does it from the record file ([`verify`]), and holds it against the draw's events ([`compare_with_chain`]).
//!
//! Whoever reveals last knows the result before the others and may stay silent. No commit–reveal of two can prevent that; it is made visible:
//! an attempt that was not revealed is an [`Abandonment`] that names who failed, and every later attempt carries it in what it hashes.

/// `draw/SPECIFICATION.md`, for whoever wants to re-do a draw.
pub const SPECIFICATION: &str = include_str!("draw/SPECIFICATION.md");

mod chain;
mod check;
mod digest;
mod opening;
mod record;
mod sample;
mod succession;
mod verify;

pub use chain::{DRAWN, LISTED, REVEALED, RecordedEvent, compare_with_chain};
pub use check::Difference;
pub use digest::{Role, Secret, SecretProblem, commitment, recipe};
pub use opening::{
    Abandonment, Candidate, CandidateList, Commitment, Commitments, Exclusion, Opening, Shortage, Stratum, shortages,
};
pub use record::{FORMAT, Record, Reveal, Reveals, Selection};
pub use succession::in_turn;
pub use verify::{Failure, verify};
