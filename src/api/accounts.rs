//! Tokens, accounts and roles.

use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, change, create, parse, read, read_body, search, special};
use super::problem::Failed;
use crate::actions::Tx;
use crate::actions::accounts::{self, Registration};
use crate::actions::desk::narrowing;
use crate::actions::grants::{self, ADMINISTRATORS, Invitation, READERS, RoleGrant, StatusChange};
use crate::actions::sessions::{self, Refreshed, SignedIn};
use crate::actions::throttle;
use crate::app::{App, Entry};
use crate::db;
use crate::db::accounts::{Account, Grant};
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, ExpertId, GrantId, OrganisationId};
use crate::domain::language::Language;
use crate::domain::mask;
use crate::domain::status::{AccountStatus, AccountsOnly, SessionKind, TokenPurpose};
use crate::domain::steps::AccountAction;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use crate::web::hash_new;
use crate::web::routes::Access;
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, USER_AGENT};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

const SYSTEM: Access = Access::Roles(&[Role::SystemAdmin]);
const SECURITY: Access = Access::Roles(&[Role::SecurityAdmin]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        special(
            Method::POST,
            StatusCode::OK,
            "/tokens",
            "create_tokens",
            "Sign in: an access token and a refresh token.",
            Access::Public,
            Shapes::json::<SignIn, Tokens>(),
            sign_in,
        )
        .tokenless(),
        special(
            Method::POST,
            StatusCode::OK,
            "/tokens/refresh",
            "refresh_tokens",
            "Exchange a refresh token; one that was used before ends its session, and so does not to use it for long.",
            Access::Public,
            Shapes::json::<Refresh, Tokens>(),
            refresh,
        )
        .tokenless(),
        special(
            Method::DELETE,
            StatusCode::NO_CONTENT,
            "/tokens",
            "delete_tokens",
            "Sign out: the session of this access token ends at once.",
            Access::SignedIn,
            Shapes::default(),
            sign_out,
        ),
        read("/me", "show_me", "Who one is and what one may do.", Access::SignedIn, me),
        create(
            "/registrations",
            "create_registration",
            "Register a person: a link goes to the address. The answer is the same whatever is known of it.",
            Access::Public,
            |tx, actor, asked: &Asked<Registration>| {
                throttle::count(tx, Throttled::Registration, &asked.network)?;
                accounts::register(tx, &asked.input, Language::of_tag(&actor.language)).map(|_| Nothing {})
            },
        )
        .tokenless(),
        create(
            "/password-resets",
            "create_password_reset",
            "Ask for a link that sets a new password. The answer is the same whatever is known of the address.",
            Access::Public,
            |tx, _, asked: &Asked<Reset>| {
                throttle::count(tx, Throttled::PasswordReset, &asked.network)?;
                accounts::request_reset(tx, &asked.input.email).map(|_| Nothing {})
            },
        )
        .tokenless(),
        special(
            Method::POST,
            StatusCode::OK,
            "/password",
            "set_password",
            "Set a password with the token of a link: registration, invitation or reset.",
            Access::Public,
            Shapes::json::<NewPassword, Nothing>(),
            set_password,
        )
        .tokenless(),
        read("/accounts", "list_accounts", "Accounts, newest first.", Access::Roles(READERS), list),
        search(
            "/accounts/search",
            "search_accounts",
            "Accounts whose name or address holds these words, newest first.",
            Access::Roles(READERS),
            find,
        ),
        create("/accounts", "invite_account", "Invite a person; a link goes to the address.", SYSTEM, invite),
        read("/accounts/{id}", "show_account", "An account with its roles.", Access::Roles(READERS), show),
        change(
            Method::POST,
            "/accounts/{id}/invitation",
            "invite_account_again",
            "Send a new link to a person who has set no password yet.",
            SYSTEM,
            |tx, actor, asked: &Asked<Nothing>| {
                let id = asked.id(AccountId::from_text, "id")?;
                grants::invite_again(tx, actor, id)?;
                account_json(tx, actor, id)
            },
        ),
        change(
            Method::POST,
            "/accounts/{id}/status",
            "set_account_status",
            "Close an account, which ends its sessions, or open it again.",
            Access::Roles(ADMINISTRATORS),
            |tx, actor, asked: &Asked<StatusChange>| {
                let id = asked.id(AccountId::from_text, "id")?;
                grants::set_status(tx, actor, id, &asked.input)?;
                account_json(tx, actor, id)
            },
        ),
        create(
            "/accounts/{id}/grants",
            "grant_role",
            "Give a role.",
            SECURITY,
            |tx, actor, asked: &Asked<RoleGrant>| {
                let id = asked.id(AccountId::from_text, "id")?;
                let grant = grants::grant(tx, actor, id, &asked.input)?;
                GrantJson::of(tx, grant)
            },
        ),
        change(
            Method::DELETE,
            "/accounts/{id}/grants/{grant}",
            "revoke_role",
            "Take a role back.",
            SECURITY,
            |tx, actor, asked: &Asked<Revocation>| {
                let id = asked.id(AccountId::from_text, "id")?;
                let grant = asked.id(GrantId::from_text, "grant")?;
                grants::revoke(tx, actor, id, grant, &asked.input.reason)?;
                account_json(tx, actor, id)
            },
        ),
    ]
}

/// Who signs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
    /// For accounts that have a second factor: the code of this moment, or a recovery code.
    #[serde(default)]
    pub otp: Option<String>,
}

/// A refresh token to exchange.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The last one received.
    pub refresh_token: String,
}

/// Tokens of a session.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tokens {
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// For `POST /tokens/refresh`, once, and before the session ends for want of use.
    pub refresh_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// Seconds that the access token is good for.
    pub expires_in: i64,
}

/// Whose password is forgotten.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reset {
    /// Address.
    pub email: String,
}

/// What a link is good for.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Sent to somebody who registered.
    Registration,
    /// Sent to somebody who was invited.
    Invitation,
    /// Sent to somebody who forgot a password.
    PasswordReset,
}

/// A first or a new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// Which kind of link.
    pub purpose: LinkKind,
    /// The last part of its address.
    pub token: String,
    /// 12 to 128 characters.
    pub password: String,
    /// Corrects the name of an invited person.
    #[serde(default)]
    pub name: String,
}

/// Why a role is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// Why.
    pub reason: String,
}

/// A role of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantJson {
    /// Id.
    pub id: GrantId,
    /// Which.
    pub role: Role,
    /// For a vendor's roles.
    pub organisation_id: Option<OrganisationId>,
    /// For a city officer.
    pub bureau: Option<String>,
    /// For an expert.
    pub expert_id: Option<ExpertId>,
    /// Why it was given.
    pub reason: String,
    /// Who gave it; none where `by_operator`.
    pub granted_by: Option<AccountId>,
    /// Whether whoever runs the service gave it: by the link of a start, or by a command.
    pub by_operator: bool,
    /// When.
    pub granted_at: DateTime<Utc>,
    /// Last day; of an expert's, that of the term of appointment if it comes sooner.
    pub ends_on: Option<NaiveDate>,
}

impl GrantJson {
    fn of(tx: &mut Tx<'_>, grant: Grant) -> Result<GrantJson, Error> {
        Ok(GrantJson {
            ends_on: grants::held_until(tx, &grant)?,
            id: grant.id,
            role: grant.role,
            organisation_id: grant.organisation_id,
            bureau: grant.bureau,
            expert_id: grant.expert_id,
            reason: grant.reason,
            granted_by: grant.granted_by,
            by_operator: grant.by_operator,
            granted_at: grant.granted_at.and_utc(),
        })
    }
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountJson {
    /// Id.
    pub id: AccountId,
    /// Address; empty, as the name is, once nobody had taken the account up in time.
    pub email: String,
    /// Name.
    pub name: String,
    /// Language tag.
    pub language: String,
    /// Whether it can be used.
    pub status: AccountStatus,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last sign-in.
    pub signed_in_at: Option<DateTime<Utc>>,
    /// Version.
    pub version: i32,
    /// Roles that have not been taken back.
    pub roles: Vec<GrantJson>,
    /// What the caller may do now.
    pub actions: Vec<AccountAction>,
}

impl AccountJson {
    fn of(tx: &mut Tx<'_>, account: Account, roles: Vec<Grant>, actor: &Actor) -> Result<AccountJson, Error> {
        let mut shown = Vec::with_capacity(roles.len());
        for grant in roles {
            shown.push(GrantJson::of(tx, grant)?);
        }
        Ok(AccountJson {
            actions: grants::available(tx, actor, &account)?,
            id: account.id,
            email: account.email,
            name: account.name,
            language: account.language,
            status: account.status,
            created_at: account.created_at.and_utc(),
            signed_in_at: account.signed_in_at.map(|at| at.and_utc()),
            version: account.version,
            roles: shown,
        })
    }
}

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AccountQuery {
    /// Only those that nobody has taken up, or those with a role that ends so soon that it is time to renew it.
    #[param(inline)]
    pub only: Option<AccountsOnly>,
    /// Page, from 1.
    pub page: Option<i64>,
    /// Rows of a page.
    pub per_page: Option<i64>,
}

/// Whom one looks for. It is sent, for a name stands in no address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountSearch {
    /// Part of the name or of the address.
    pub q: Option<String>,
    /// Only those that nobody has taken up, or those with a role that ends so soon that it is time to renew it.
    pub only: Option<AccountsOnly>,
    /// Page, from 1.
    pub page: Option<i64>,
    /// Rows of a page.
    pub per_page: Option<i64>,
}

/// An account as it stands now.
pub(super) fn account_json(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<AccountJson, Error> {
    let account = db::accounts::find(tx.db, id)?;
    let roles = db::accounts::grants_of(tx.db, id)?;
    AccountJson::of(tx, account, roles, actor)
}

fn me(tx: &mut Tx<'_>, actor: &Actor, _: &Asked<Nothing>) -> Result<AccountJson, Error> {
    account_json(tx, actor, actor.must_be_somebody()?)
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<AccountQuery>) -> Result<Page<AccountJson>, Error> {
    let AccountQuery { only, page, per_page } = &asked.input;
    found_by(tx, actor, None, *only, Pager::new(*page, *per_page))
}

fn find(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<AccountSearch>) -> Result<Page<AccountJson>, Error> {
    let AccountSearch { q, only, page, per_page } = &asked.input;
    let words = q.as_deref().map(str::trim).filter(|text| !text.is_empty());
    found_by(tx, actor, words, *only, Pager::new(*page, *per_page))
}

fn found_by(
    tx: &mut Tx<'_>,
    actor: &Actor,
    words: Option<&str>,
    only: Option<AccountsOnly>,
    pager: Pager,
) -> Result<Page<AccountJson>, Error> {
    let narrowing = narrowing(tx, only)?;
    let found = db::accounts::list_narrowed(tx.db, words, &narrowing, pager)?;
    found.try_map(|account| {
        let roles = db::accounts::grants_of(tx.db, account.id)?;
        // Which mailbox it is, its own page says, where that is recorded.
        let account = Account { email: mask::addresses(&account.email), ..account };
        AccountJson::of(tx, account, roles, actor)
    })
}

fn show(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<AccountJson, Error> {
    account_json(tx, actor, asked.id(AccountId::from_text, "id")?)
}

fn invite(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Invitation>) -> Result<AccountJson, Error> {
    let invited = grants::invite(tx, actor, &asked.input)?;
    AccountJson::of(tx, invited.account, Vec::new(), actor)
}

/// The body of an operation that works outside the database.
pub(super) async fn body<T: DeserializeOwned>(payload: web::Payload) -> Result<T, Failed> {
    let body = read_body(payload).await?;
    Ok(parse(&body)?)
}

async fn sign_in(req: HttpRequest, payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let SignIn { email, password, otp: code } = body(payload).await?;
    let (kind, user_agent, network) = (SessionKind::Api, program(&req), caller.network);
    let entry = Entry { email, password, code, kind, user_agent, network, device: None };
    let signed_in = caller.app.sign_in(entry).await?;
    Ok(answer(tokens_of(&caller.app, signed_in)?))
}

/// What a program calls itself, cut to what is worth keeping.
pub(super) fn program(req: &HttpRequest) -> String {
    let name = req.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    name.chars().take(200).collect()
}

/// The tokens of whoever has signed in.
pub(super) fn tokens_of(app: &Arc<App>, signed_in: SignedIn) -> Result<Tokens, Error> {
    let refresh_token = signed_in.refresh_token.map(|secret| secret.plain).unwrap_or_default();
    tokens(app, signed_in.account, &signed_in.session.stored, refresh_token)
}

/// Tokens go to whoever asked and stay nowhere on the way.
pub(super) fn answer(tokens: Tokens) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(tokens)
}

fn tokens(app: &Arc<App>, account: AccountId, session: &str, refresh_token: String) -> Result<Tokens, Error> {
    let minutes = app.config.sessions.access_token_minutes;
    let access_token = app.access_token(account, session)?;
    Ok(Tokens { access_token, refresh_token, token_type: "Bearer".into(), expires_in: minutes * 60 })
}

async fn refresh(_: HttpRequest, payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let Refresh { refresh_token } = body(payload).await?;
    let config = caller.app.config.sessions.clone();
    match caller.app.write(move |tx| sessions::refresh(tx, &config, &refresh_token)).await? {
        Refreshed::Renewed(account, session, next) => Ok(answer(tokens(&caller.app, account, &session, next.plain)?)),
        Refreshed::Refused => Err(Error::Unauthenticated.into()),
    }
}

async fn sign_out(req: HttpRequest, _: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let app = caller.app;
    let claims = req
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .and_then(|text| app.check_access_token(text))
        .ok_or(Error::Unauthenticated)?;
    let actor = caller.actor;
    app.write(move |tx| sessions::end(tx, &actor, &claims.sid)).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn set_password(_: HttpRequest, payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let NewPassword { purpose, token, password, name } = body(payload).await?;
    let purpose = match purpose {
        LinkKind::Registration => TokenPurpose::Registration,
        LinkKind::Invitation => TokenPurpose::Invitation,
        LinkKind::PasswordReset => TokenPurpose::PasswordReset,
    };
    let app = caller.app;
    let asked = token.clone();
    let account = app.read(move |tx| accounts::holder_of_link(tx, purpose, &asked)).await?;
    let hash = hash_new(&app, password, vec![name.clone()], Some(account.id)).await?;
    app.write(move |tx| accounts::accept_link(tx, purpose, &token, &name, &hash)).await?;
    Ok(HttpResponse::Ok().json(Nothing {}))
}
