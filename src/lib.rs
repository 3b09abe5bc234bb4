//! Yuanchi (源池): the service that runs a selection, from application to published list.
//!
//! A file may import only what stands to its right:
//!
//! `main → cli → server → {web, api, jobs} → actions → db → domain`
//!
//! | room | what lives there |
//! |---|---|
//! | [`domain`] | the rules; pure |
//! | [`db`] | all SQL, and every difference between SQLite and PostgreSQL |
//! | [`actions`] | every change, one verb a file: load, permit, decide, persist, record, enqueue |
//! | [`web`] | pages for people, and the table of their routes |
//! | [`api`] | the same as JSON, from one table of operations that also writes the OpenAPI document |
//! | [`jobs`] | work besides requests: sending mail, signing checkpoints |
//! | [`cli`] | the commands |
//! | [`identity`] | providers of identities: who vouches for people besides their password |
//! | [`storage`], [`mail`], [`spreadsheet`], [`auth`], [`keys`], [`words`] | files, letters, tables, secrets, text |
//! | [`app`] | the running program; [`server`] puts it on a port |
//!
//! One request: `web::routes` says who may come in, the handler parses the form and calls one action inside
//! [`app::App::write`], the action works on a [`actions::Tx`], the handler sends the browser on.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod actions;
pub mod api;
pub mod app;
pub mod auth;
pub mod cli;
pub mod config;
pub mod db;
pub mod domain;
pub mod error;
pub mod identity;
pub mod jobs;
pub mod keys;
pub mod mail;
pub mod server;
pub mod spreadsheet;
pub mod storage;
pub mod web;
pub mod words;

/// The allocator of the whole program; a process that serves for months takes what it holds and no more.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
