//! The settings in force, for the system administrator: by their keys, nothing of what is secret, where each was set.

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::routes::{Access, Routes};
use crate::actions::backups::{DAYS, is_due, last_backup};
use crate::config::{Origin, Remark, Setting};
use crate::domain::actor::Role;
use actix_web::HttpResponse;
use askama::Template;

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

#[derive(Template)]
#[template(path = "settings/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    version: &'static str,
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
    let read = visit.app.read(|tx| Ok((last_backup(tx)?, is_due(tx)?)));
    let (last, due) = read.await.map_err(|e| visit.fail(e))?;
    let backup = match last {
        Some(at) => page.t1("settings-backup-at", "at", page.at(&at)),
        None => page.t("settings-backup-none"),
    };
    let backup_due = if due && last.is_some() { page.t1("settings-backup-due", "days", DAYS) } else { String::new() };
    ok(&ShowPage { page, version: env!("CARGO_PKG_VERSION"), remarks, backup, backup_due, sections })
}

fn row(page: &Page, setting: Setting) -> Row {
    let Setting { key, value, secret, origin } = setting;
    let value = match secret {
        Some(true) => page.t("settings-secret"),
        Some(false) => String::new(),
        None => value,
    };
    let origin = match origin {
        Origin::Default => page.t("settings-default"),
        Origin::File(name) => page.t1("settings-file", "name", name),
        Origin::Variable(name) => page.t1("settings-variable", "name", name),
    };
    Row { key, value, origin }
}
