//! Accounts: registration, invitation, reset, one's own account, and who holds which role.

mod admin;
mod links;
mod own;

use super::access::Submitted;
use super::page::Page;
use super::routes::Routes;
use crate::app::{App, off_thread};
use crate::auth::password::{MAX_LENGTH, MIN_LENGTH, weakness};
use crate::db::page::Page as Rows;
use crate::domain::form::Problem;
use crate::error::Error;
use std::sync::Arc;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    links::routes(routes);
    own::routes(routes);
    admin::routes(routes);
}

/// A field as it was typed: a password is never trimmed.
fn untouched(form: &Submitted, name: &str) -> String {
    form.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// What goes back into a form that was not accepted: everything but passwords.
fn without_passwords(form: &Submitted) -> Vec<(String, String)> {
    form.pairs.iter().filter(|(name, _)| !name.contains("password")).cloned().collect()
}

/// The hash of a new password, made off the threads that answer; or what is wrong with it, told of the field
/// `password`. `about` is what it may not contain: the person's name and address.
pub(crate) async fn hash_new(app: &Arc<App>, password: String, about: Vec<String>) -> Result<String, Error> {
    let about: Vec<&str> = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    if let Some(code) = weakness(&password, &about) {
        let mut problem = Problem::new("password", code);
        problem.args.insert("min".into(), MIN_LENGTH.to_string());
        problem.args.insert("max".into(), MAX_LENGTH.to_string());
        return Err(Error::Invalid(vec![problem]));
    }
    let app = app.clone();
    off_thread(move || {
        let random = app.env.random.secret()?;
        let mut salt = [0; 16];
        salt.copy_from_slice(random.split_at(16).0);
        app.passwords.hash(&password, &salt)
    })
    .await
}

/// The same from a form that asks for the password twice.
async fn hash_typed(form: &Submitted, about: Vec<String>) -> Result<String, Error> {
    let password = untouched(form, "password");
    if password != untouched(form, "password_again") {
        return Err(Error::field("password_again", "passwords_differ"));
    }
    hash_new(&form.visit.app, password, about).await
}

/// Links between the pages of a list.
pub(super) struct Paging {
    /// Where one is, in words.
    pub summary: String,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// Numbered pages: none here, before and after are enough.
    pub links: Vec<PageLink>,
}

/// One numbered page.
pub(super) struct PageLink {
    /// Its number.
    pub label: String,
    /// Its address; empty for a gap.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

impl Paging {
    /// The links of a list at `path` that is filtered by `query`.
    pub(super) fn of<T>(page: &Page, rows: &Rows<T>, path: &str, query: &[(&str, &str)]) -> Paging {
        let href = |number: i64| {
            let number = number.to_string();
            let mut pairs: Vec<(&str, &str)> = query.iter().copied().filter(|(_, value)| !value.is_empty()).collect();
            pairs.push(("page", &number));
            format!("{path}?{}", serde_html_form::to_string(&pairs).unwrap_or_default())
        };
        let last = rows.last();
        let shown = [1, rows.page - 1, rows.page, rows.page + 1, last];
        let mut numbers: Vec<i64> = shown.into_iter().filter(|n| (1..=last).contains(n)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Paging {
            summary: page.t2("people-list-summary", "total", rows.total, "page", rows.page),
            previous: (rows.page > 1).then(|| href(rows.page - 1)),
            next: (rows.page < last).then(|| href(rows.page + 1)),
            links: numbers
                .into_iter()
                .map(|n| PageLink { label: n.to_string(), href: href(n), current: n == rows.page })
                .collect(),
        }
    }
}
