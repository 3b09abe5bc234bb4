//! The registry as its users meet it: over HTTP, on a database of its own for each test. One binary, one file an area.
//!
//! On SQLite by default; with `YUANCHI_TEST_POSTGRES=postgres://user@host/name` on PostgreSQL, a schema a test.

mod applications;
mod procedure;
mod procedure_api;
mod support;

mod architecture;
mod auditing;
mod blindness;
mod calls;
mod csrf;
mod desk;
mod downloads;
mod draw;
mod draw_rules;
mod duties;
mod fsck;
mod identity;
mod journey;
mod judgement;
mod languages;
mod late;
mod links;
mod lists;
mod memberships;
mod objection_letters;
mod objectors;
mod oidc;
mod organisations;
mod outbox;
mod parity;
mod prepared;
mod privacy;
mod program;
mod programmes;
mod proofs;
mod public;
mod records;
mod recusal;
mod review;
mod routes;
mod schema;
mod search;
mod second_factor;
mod stations;
mod steps;
mod storage_s3;
mod subscriptions;
mod supply;
mod system;
mod throttle;
mod tokens;
mod uploads;
mod walls;
mod words;
