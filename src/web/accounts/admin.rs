//! Accounts and roles, for the administrators; the auditor reads.

use super::super::access::{Submitted, Visit};
use super::super::page::{Failure, Labels, Page, can_be_mended, html, ok, see_other};
use super::super::paging::{PagerView, address, number_if_any, page_or_last, pager_of_search};
use super::super::routes::{Access, Routes};
use super::LABELS;
use crate::actions::Tx;
use crate::actions::desk::narrowing;
use crate::actions::grants::{self, ADMINISTRATORS, Invitation, READERS, RoleGrant, StatusChange};
use crate::db;
use crate::db::accounts::Account;
use crate::db::page::Pager;
use crate::db::sessions::Session;
use crate::domain::actor::Role as RoleCode;
use crate::domain::calendar;
use crate::domain::ids::{AccountId, GrantId};
use crate::domain::mask;
use crate::domain::status::{AccountStatus, AccountsOnly};
use crate::domain::steps::{AccountAction, INVITERS, Offered};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

const SYSTEM: Access = Access::Roles(&[RoleCode::SystemAdmin]);
const SECURITY: Access = Access::Roles(&[RoleCode::SecurityAdmin]);

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/accounts", Access::Roles(READERS), index);
    routes.get("/accounts/search", Access::Roles(READERS), opened_anew);
    routes.post("/accounts/search", Access::Roles(READERS), search);
    routes.get("/accounts/new", SYSTEM, new);
    routes.post("/accounts", SYSTEM, create);
    routes.get("/accounts/{id}", Access::Roles(READERS), show);
    routes.post("/accounts/{id}/invitation", SYSTEM, invite_again);
    routes.post("/accounts/{id}/status", Access::Roles(ADMINISTRATORS), set_status);
    routes.post("/accounts/{id}/sessions/end", Access::Roles(ADMINISTRATORS), end_sessions);
    routes.post("/accounts/{id}/factor/reset", SECURITY, reset_factor);
    routes.post("/accounts/{id}/identity/removal", SECURITY, untie_identity);
    routes.post("/accounts/{id}/grants", SECURITY, grant);
    routes.post("/accounts/{id}/grants/{grant}/revocation", SECURITY, revoke);
}

/// What the fields of the forms on an account's page are called.
const OF_AN_ACCOUNT: Labels = &[
    ("role", "account-role"),
    ("bureau", "account-bureau"),
    ("credit_code", "credit-code"),
    ("ends_on", "account-role-ends-on"),
    ("reason", "account-reason"),
];

/// A role as a page shows it.
pub struct Role {
    /// The grant.
    pub id: GrantId,
    /// Which.
    pub role: RoleCode,
    /// What it is bound to, by name; empty for nothing.
    pub bound: String,
    /// Since when.
    pub since: NaiveDateTime,
    /// Last day; empty for none.
    pub ends_on: String,
    /// Why.
    pub reason: String,
    /// Who gave it, by name.
    pub granted_by: String,
    /// Whether whoever runs the service did.
    pub by_operator: bool,
}

/// The roles of an account, with what they are bound to by name.
pub fn role_rows(tx: &mut Tx<'_>, account: AccountId, language: &str) -> Result<Vec<Role>, Error> {
    let held = db::accounts::grants_of(tx.db, account)?;
    let ids: Vec<_> = held.iter().filter_map(|grant| grant.organisation_id).collect();
    let names = db::accounts::organisation_names(tx.db, &ids)?;
    let givers: Vec<_> = held.iter().filter_map(|grant| grant.granted_by).collect();
    let givers = db::accounts::names(tx.db, &givers)?;
    let mut ends = Vec::with_capacity(held.len());
    for grant in &held {
        ends.push(grants::held_until(tx, grant)?);
    }
    Ok(held
        .into_iter()
        .zip(ends)
        .map(|(grant, ends_on)| {
            let organisation = grant.organisation_id.and_then(|id| names.iter().find(|(other, _)| *other == id));
            let bureau = grant.bureau.as_deref().and_then(|code| tx.env.reference.bureau(code));
            Role {
                id: grant.id,
                role: grant.role,
                bound: organisation
                    .map(|(_, name)| name.clone())
                    .or_else(|| bureau.map(|bureau| bureau.name_in(language)))
                    .unwrap_or_default(),
                since: grant.granted_at,
                ends_on: ends_on.map(calendar::local_date_text).unwrap_or_default(),
                reason: grant.reason,
                by_operator: grant.by_operator,
                granted_by: grant
                    .granted_by
                    .and_then(|id| givers.iter().find(|(other, _)| *other == id))
                    .map(|(_, name)| name.clone())
                    .unwrap_or_default(),
            }
        })
        .collect())
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    /// Which accounts: `invited`, `ending`, or all.
    #[serde(default)]
    only: String,
    #[serde(default, deserialize_with = "number_if_any")]
    page: Option<i64>,
}

/// Those accounts that the desk of an administrator leads to.
const NARROWINGS: [(AccountsOnly, &str); 2] =
    [(AccountsOnly::Invited, "accounts-only-invited"), (AccountsOnly::Ending, "accounts-only-ending")];

struct Row {
    account: Account,
    roles: Vec<Role>,
}

#[derive(Template)]
#[template(path = "accounts/index.html", config = "src/views/askama.toml")]
struct IndexPage {
    page: Page,
    rows: Vec<Row>,
    q: String,
    only: String,
    /// What it can be narrowed to: code and words.
    narrowings: Vec<(String, String)>,
    paging: PagerView,
    may_invite: bool,
}

#[derive(Template)]
#[template(path = "accounts/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "accounts/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    account: Account,
    roles: Vec<Role>,
    sessions: Vec<Session>,
    role_choices: Vec<(String, String)>,
    bureau_choices: Vec<(String, String)>,
    role_days: i64,
    /// The same of an administrator of an organisation.
    admin_days: i64,
    actions: Vec<AccountAction>,
}

/// The tone of an account's status.
fn tone(status: &AccountStatus) -> &'static str {
    match status {
        AccountStatus::Active => "good",
        AccountStatus::Invited => "waiting",
        AccountStatus::Disabled => "bad",
    }
}

/// Whom somebody looks for stands in no address, and is not read there.
async fn index(visit: Visit, search: web::Query<Search>) -> Result<HttpResponse, Failure> {
    found_by(visit, Search { q: String::new(), ..search.into_inner() }).await
}

/// The address of a search holds no words: whoever opens it anew is led to the whole list.
async fn opened_anew(_: Visit) -> Result<HttpResponse, Failure> {
    Ok(see_other("/accounts", ""))
}

async fn search(form: Submitted) -> Result<HttpResponse, Failure> {
    let search = form.parse::<Search>().map_err(|e| form.visit.fail(e))?;
    found_by(form.into_visit_of("/accounts"), search).await
}

async fn found_by(visit: Visit, search: Search) -> Result<HttpResponse, Failure> {
    let Search { q, only, page } = search;
    let (wanted, narrowed) = (q.trim().to_string(), AccountsOnly::from_text(&only));
    let language = visit.actor.language.clone();
    let found = visit
        .app
        .read(move |tx| {
            let search = Some(wanted.as_str()).filter(|text| !text.is_empty());
            let pager = Pager::new(page, None);
            let narrowing = narrowing(tx, narrowed)?;
            let found = page_or_last(pager, |pager| db::accounts::list_narrowed(tx.db, search, &narrowing, pager))?;
            let mut rows = Vec::new();
            for account in &found.items {
                // Which mailbox it is, its own page says, where that is recorded.
                let shown = Account { email: mask::addresses(&account.email), ..account.clone() };
                rows.push(Row { roles: role_rows(tx, account.id, &language)?, account: shown });
            }
            Ok((found, rows))
        })
        .await;
    let (found, rows) = found.map_err(|e| visit.fail(e))?;
    let parts = [("only", only.as_str())];
    let page = Page::titled(&visit, "nav-accounts").at_address(&address("/accounts", &parts, 1));
    let paging = pager_of_search(&page, &found, "/accounts", ("q", &q), &parts);
    let narrowings = NARROWINGS.iter().map(|(code, key)| (code.to_string(), page.t(key))).collect();
    ok(&IndexPage { rows, q, only, narrowings, paging, may_invite: visit.actor.holds_any(INVITERS), page })
}

async fn new(visit: Visit) -> Result<HttpResponse, Failure> {
    ok(&NewPage { page: Page::titled(&visit, "account-invite-title") })
}

async fn create(form: Submitted) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let actor = visit.actor.clone();
    let input = Invitation { name: form.text("name"), email: form.text("email") };
    match visit.app.write(move |tx| grants::invite(tx, &actor, &input)).await {
        Ok(invited) => Ok(see_other(format!("/accounts/{}", invited.account.id), "account-invited")),
        Err(error) if can_be_mended(&error) => {
            let page = Page::titled(visit, "account-invite-title").naming(LABELS).after(&error, &form.pairs);
            html(error.status(), &NewPage { page })
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn load(visit: &Visit, id: AccountId, error: Option<(&Error, &[(String, String)])>) -> Result<ShowPage, Error> {
    let actor = visit.actor.clone();
    let (mut account, roles, sessions, bureaus, actions) = visit
        .app
        .read(move |tx| {
            let account = db::accounts::find(tx.db, id)?;
            let roles = role_rows(tx, id, &actor.language)?;
            let sessions = db::sessions::live_of(tx.db, id, tx.now)?;
            let bureaus = tx.env.reference.bureaus.iter();
            let bureaus: Vec<_> =
                bureaus.map(|bureau| (bureau.code.clone(), bureau.name_in(&actor.language))).collect();
            let actions = grants::available(tx, &actor, &account)?;
            Ok((account, roles, sessions, bureaus, actions))
        })
        .await?;
    if account.is_forgotten() {
        account.name = Page::titled(visit, "account-forgotten").title().into();
    }
    let mut page = Page::new(visit, account.name.clone()).naming(OF_AN_ACCOUNT);
    if let Some((error, typed)) = error {
        page = page.after(error, typed);
    }
    let role_choices = RoleCode::ALL
        .iter()
        .filter(|role| **role != RoleCode::System)
        .map(|role| (role.to_string(), page.t_of("role", role)))
        .collect();
    let accounts = &visit.app.config.accounts;
    Ok(ShowPage {
        role_days: accounts.role_days,
        admin_days: accounts.organisation_admin_days,
        actions,
        page,
        account,
        roles,
        sessions,
        role_choices,
        bureau_choices: bureaus,
    })
}

fn account_id(text: &str) -> Result<AccountId, Error> {
    AccountId::from_text(text).ok_or(Error::NotFound)
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = account_id(&id).map_err(|e| visit.fail(e))?;
    let page = load(&visit, id, None).await.map_err(|e| visit.fail(e))?;
    ok(&page)
}

/// After a change: on to the account's page, or the page again with why not.
async fn finish(
    form: &Submitted,
    id: AccountId,
    done: &str,
    result: Result<(), Error>,
) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    match result {
        Ok(()) => Ok(see_other(format!("/accounts/{id}"), done)),
        Err(error) if can_be_mended(&error) => {
            let page = load(visit, id, Some((&error, &form.pairs))).await.map_err(|e| visit.fail(e))?;
            html(error.status(), &page)
        }
        Err(error) => Err(visit.fail(error)),
    }
}

async fn invite_again(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = account_id(&id)?;
    let actor = form.visit.actor.clone();
    let result = form.visit.app.write(move |tx| grants::invite_again(tx, &actor, id).map(drop)).await;
    finish(&form, id, "account-invited", result).await
}

async fn set_status(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = account_id(&id)?;
    let actor = form.visit.actor.clone();
    let enable = form.text("enable") == "true";
    let input = StatusChange { version: form.number("version")?, enable, reason: form.text("reason") };
    let result = form.visit.app.write(move |tx| grants::set_status(tx, &actor, id, &input)).await;
    finish(&form, id, if enable { "account-enabled" } else { "account-disabled" }, result).await
}

async fn end_sessions(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = account_id(&id)?;
    let actor = form.visit.actor.clone();
    let result = form.visit.app.write(move |tx| grants::end_sessions(tx, &actor, id).map(drop)).await;
    finish(&form, id, "sessions-ended", result).await
}

async fn reset_factor(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = account_id(&id)?;
    let (actor, reason) = (form.visit.actor.clone(), form.text("reason"));
    let result = form.visit.app.write(move |tx| grants::reset_factor(tx, &actor, id, &reason)).await;
    finish(&form, id, "factor-reset", result).await
}

async fn untie_identity(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = account_id(&id)?;
    let (actor, reason) = (form.visit.actor.clone(), form.text("reason"));
    let result = form.visit.app.write(move |tx| grants::untie_identity(tx, &actor, id, &reason)).await;
    finish(&form, id, "identity-removed", result).await
}

async fn grant(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = account_id(&id)?;
    let actor = form.visit.actor.clone();
    let result = match RoleCode::from_text(&form.text("role")) {
        None => Err(Error::field("role", "role_missing")),
        Some(role) => {
            let input = RoleGrant {
                role,
                credit_code: form.text("credit_code"),
                bureau: form.text("bureau"),
                reason: form.text("reason"),
                ends_on: form.text("ends_on"),
            };
            form.visit.app.write(move |tx| grants::grant(tx, &actor, id, &input).map(drop)).await
        }
    };
    finish(&form, id, "role-granted", result).await
}

async fn revoke(form: Submitted, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let id = account_id(&path.0)?;
    let grant = GrantId::from_text(&path.1).ok_or(Error::NotFound)?;
    let (actor, reason) = (form.visit.actor.clone(), form.text("reason"));
    let result = form.visit.app.write(move |tx| grants::revoke(tx, &actor, id, grant, &reason)).await;
    finish(&form, id, "role-revoked", result).await
}
