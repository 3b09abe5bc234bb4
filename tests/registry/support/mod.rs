//! What every test stands on: a running registry, people, a browser and a caller of the API.

#![allow(dead_code, unused_imports, reason = "each area uses a part")]

pub mod app;
pub mod calls;
pub mod canaries;
pub mod client;
pub mod described;
pub mod html;
pub mod migrated;
pub mod node;
pub mod papers;
pub mod people;
pub mod proxy;
pub mod race;
pub mod s3_server;
pub mod smtp_sink;
pub mod statements;

pub use app::TestApp;
pub use client::{Answer, Client};
pub use people::{Person, admin_of, expert, in_bureau, member_of, with};
