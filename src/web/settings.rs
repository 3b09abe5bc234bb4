//! The settings in force, for the system administrator: by their keys, nothing of what is secret, where each was set.

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::routes::{Access, Routes};
use crate::actions::backups::{DAYS, is_due, last_backup};
use crate::actions::desk::unsigned_since;
use crate::actions::figures::{Figures, figures};
use crate::actions::grants::lacks_auditor;
use crate::app::Unready;
use crate::config::{Origin, Remark, Setting};
use crate::domain::actor::Role;
use actix_web::HttpResponse;
use askama::Template;
use chrono::TimeDelta;

/// Who runs the machine.
pub const OPERATORS: &[Role] = &[Role::SystemAdmin];

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.get("/settings", Access::Roles(OPERATORS), show);
}

/// A setting as the page shows it.
struct Row {
    key: &'static str,
    value: String,
    origin: String,
}

/// The settings of a section.
struct Section {
    name: &'static str,
    rows: Vec<Row>,
}

/// How a part of the service is.
struct Health {
    label: String,
    words: String,
    /// `good`, `attention` or `bad`.
    tone: &'static str,
    /// Where more is said of it; empty where nothing is.
    href: &'static str,
}

#[derive(Template)]
#[template(path = "settings/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    version: &'static str,
    health: Vec<Health>,
    remarks: Vec<Remark>,
    /// When the last backup was recorded, in words.
    backup: String,
    /// That another one is due, in words; empty as long as none is.
    backup_due: String,
    sections: Vec<Section>,
}

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "settings-title");
    let config = &visit.app.config;
    let mut sections: Vec<Section> = Vec::new();
    for setting in config.in_force() {
        let name = setting.key.split('.').next().unwrap_or_default();
        let row = row(&page, setting);
        match sections.last_mut().filter(|section| section.name == name) {
            Some(section) => section.rows.push(row),
            None => sections.push(Section { name, rows: vec![row] }),
        }
    }
    let remarks = config.not_for_production();
    let unready = visit.app.unready().await;
    let read = visit.app.read(|tx| {
        let watched = (unsigned_since(tx)?.is_some(), lacks_auditor(tx)?);
        Ok((last_backup(tx)?, is_due(tx)?, figures(tx)?, watched))
    });
    let (last, due, found, (is_late, is_unwatched)) = read.await.map_err(|e| visit.fail(e))?;
    let mut health = health(&page, &unready, &found, is_late);
    health.push(auditing(&page, is_unwatched));
    let backup = match last {
        Some(at) => page.t1("settings-backup-at", "at", page.at(&at)),
        None => page.t("settings-backup-none"),
    };
    let backup_due = if due && last.is_some() { page.t1("settings-backup-due", "days", DAYS) } else { String::new() };
    ok(&ShowPage { page, version: env!("CARGO_PKG_VERSION"), health, remarks, backup, backup_due, sections })
}

/// How the parts are: what can be written, what is to be sent, how far the record is signed.
fn health(page: &Page, unready: &[Unready], found: &Figures, is_late: bool) -> Vec<Health> {
    let part = |label: &str, part: Unready| {
        let (words, tone) = match unready.contains(&part) {
            true => (page.t("health-unready"), "bad"),
            false => (page.t("health-ready"), "good"),
        };
        Health { label: page.t(label), words, tone, href: "" }
    };
    let mails = |label: &str, count: i64, tone: &'static str, href: &'static str| {
        let tone = if count > 0 { tone } else { "good" };
        Health { label: page.t(label), words: page.t1("health-mails", "count", count), tone, href }
    };
    let signed = found.checkpoint_age.map(|age| page.at(&(page.now() - TimeDelta::seconds(age))));
    vec![
        part("health-database", Unready::Database),
        part("health-storage", Unready::Storage),
        mails("health-mails-waiting", found.mails_waiting, "waiting", "/mails?standing=waiting"),
        mails("health-mails-failed", found.mails_failed, "bad", "/mails?standing=failed"),
        Health {
            label: page.t("health-checkpoint"),
            words: signed.unwrap_or_else(|| page.t("health-checkpoint-none")),
            tone: if is_late { "bad" } else { "good" },
            href: "",
        },
    ]
}

/// Whether somebody is there who looks through the record: nothing forces it, for a service begins without.
fn auditing(page: &Page, is_unwatched: bool) -> Health {
    let (words, tone) = match is_unwatched {
        true => (page.t("health-auditor-none"), "bad"),
        false => (page.t("health-auditor-there"), "good"),
    };
    Health { label: page.t("health-auditor"), words, tone, href: "/accounts" }
}

fn row(page: &Page, setting: Setting) -> Row {
    let Setting { key, value, secret, limit, origin } = setting;
    let value = match (secret, limit) {
        (Some(true), _) => page.t("settings-secret"),
        (Some(false), _) => String::new(),
        (None, Some(limit)) => page.t2("settings-limit", "attempts", limit.attempts, "minutes", limit.minutes),
        (None, None) => value,
    };
    let origin = match origin {
        Origin::Default => page.t("settings-default"),
        Origin::Command => page.t("settings-command"),
        Origin::File(name) => page.t1("settings-file", "name", name),
        Origin::Variable(name) => page.t1("settings-variable", "name", name),
    };
    Row { key, value, origin }
}
