//! All SQL, and every difference between the two databases.
//!
//! One file per noun: row structs, `New*`, queries; every query returns [`diesel::QueryResult`]. A query on a tenant's
//! table takes a [`crate::domain::scope::Scope`], so that what a person may not see is not found in the first place.

mod connection;
mod migrate;
mod pinned;
mod portable;
#[allow(missing_docs)]
#[rustfmt::skip]
pub mod schema;
mod store;
mod types;

pub mod accounts;
pub mod applications;
pub mod attachments;
pub mod attempts;
pub mod backup;
pub mod call_questions;
pub mod calls;
pub mod change_sets;
pub mod checkpoints;
pub mod code_overrides;
pub mod corrections;
pub mod counters;
pub mod deadlines;
pub mod decisions;
pub mod desk;
pub mod digests;
pub mod discussions;
pub mod draws;
pub mod events;
pub mod expert_ties;
pub mod experts;
pub mod explanations;
pub mod extra_sheets;
pub mod held;
pub mod idempotency;
pub mod identities;
pub mod invariants;
pub mod join_requests;
pub mod mail_batches;
pub mod mail_mutes;
pub mod mails;
pub mod membership_proposals;
pub mod memberships;
pub mod notices;
pub mod objections;
pub mod objects;
pub mod open_data;
pub mod organisations;
pub mod page;
pub mod prune;
pub mod published_lists;
pub mod recommendations;
pub mod register;
pub mod reviews;
pub mod saved_filters;
pub mod screenings;
pub mod second_factors;
pub mod sessions;
pub mod sheet_versions;
pub mod sign_in_programs;
pub mod statistics;
pub mod submissions;
pub mod subscriptions;

pub use connection::{Db, MultiBackend};
pub use migrate::{is_blank, migrate, pending_migrations};
pub use pinned::Pinned;
pub use portable::{Fixed, Portable};
pub use store::{Connections, Store, StoreError};
pub use types::{Json, Sealed};
