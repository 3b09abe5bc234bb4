//! One's own account beside `/me`: password and sessions; and the sessions of others, for the administrators.

use super::accounts::{Tokens, account_json, answer, body, program, tokens_of};
use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, change, read, special};
use super::problem::Failed;
use crate::actions::Tx;
use crate::actions::accounts;
use crate::actions::address;
use crate::actions::grants::{self, ADMINISTRATORS, READERS};
use crate::db;
use crate::db::page::Page;
use crate::db::sessions::Session;
use crate::domain::actor::Actor;
use crate::domain::ids::AccountId;
use crate::domain::language::Language;
use crate::domain::status::SessionKind;
use crate::domain::steps::SessionAction;
use crate::error::Error;
use crate::web::routes::Access;
use crate::web::{ask_for_address, change_password};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        special(
            Method::POST,
            StatusCode::OK,
            "/me/password",
            "change_own_password",
            "Change one's own password: every session ends, the answer holds the tokens of a new one.",
            Access::SignedIn,
            Shapes::json::<OwnPassword, Tokens>(),
            new_password,
        ),
        special(
            Method::POST,
            StatusCode::OK,
            "/me/address",
            "ask_for_address",
            "Ask for another address to sign in with: a link goes to it, and the old one is told.",
            Access::SignedIn,
            Shapes::json::<NewAddress, Nothing>(),
            new_address,
        ),
        change(
            Method::POST,
            "/me/address/confirmation",
            "confirm_address",
            "Take the new address with the token of its link: every session ends.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<AddressToken>| {
                address::confirm(tx, actor, &asked.input.token)?;
                Ok(Nothing {})
            },
        ),
        change(
            Method::PUT,
            "/me/language",
            "choose_language",
            "Choose the language of one's own pages, mail and answers.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<ChosenLanguage>| {
                accounts::choose_language(tx, actor, asked.input.language)?;
                account_json(tx, actor, actor.must_be_somebody()?)
            },
        ),
        read(
            "/me/sessions",
            "list_own_sessions",
            "Where one is signed in, last used first.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| {
                let id = actor.must_be_somebody()?;
                sessions_of(tx, actor, id)
            },
        ),
        change(
            Method::DELETE,
            "/me/sessions/{id}",
            "end_own_session",
            "End one of one's own sessions.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| {
                accounts::end_session(tx, actor, asked.text("id"))?;
                sessions_of(tx, actor, actor.must_be_somebody()?)
            },
        ),
        read(
            "/accounts/{id}/sessions",
            "list_account_sessions",
            "Where somebody is signed in, last used first.",
            Access::Roles(READERS),
            |tx, actor, asked: &Asked<Nothing>| {
                let id = asked.id(AccountId::from_text, "id")?;
                db::accounts::find(tx.db, id)?;
                sessions_of(tx, actor, id)
            },
        ),
        change(
            Method::DELETE,
            "/accounts/{id}/sessions",
            "end_account_sessions",
            "End every session of somebody.",
            Access::Roles(ADMINISTRATORS),
            |tx, actor, asked: &Asked<Nothing>| {
                let id = asked.id(AccountId::from_text, "id")?;
                grants::end_sessions(tx, actor, id)?;
                sessions_of(tx, actor, id)
            },
        ),
    ]
}

/// A new password for oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnPassword {
    /// The one in use.
    pub present_password: String,
    /// 12 to 128 characters.
    pub password: String,
}

/// Another address to sign in with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAddress {
    /// The password in use.
    present_password: String,
    /// The new address.
    email: String,
}

/// What was sent to a new address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AddressToken {
    /// The last part of the link's address.
    token: String,
}

/// A language for oneself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChosenLanguage {
    /// Its tag.
    language: Language,
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
struct SessionJson {
    /// Id; good for ending it and for nothing else.
    id: String,
    /// In a browser or of a program.
    kind: SessionKind,
    /// What the browser or the program calls itself.
    user_agent: String,
    /// Begun.
    created_at: DateTime<Utc>,
    /// Last used.
    seen_at: DateTime<Utc>,
    /// Ends without further use.
    expires_at: DateTime<Utc>,
    /// What the caller may do with this one now.
    actions: Vec<SessionAction>,
}

impl SessionJson {
    fn of(session: Session, actor: &Actor) -> Self {
        SessionJson {
            actions: SessionAction::available(actor, session.account_id),
            id: session.id,
            kind: session.kind,
            user_agent: session.user_agent,
            created_at: session.created_at.and_utc(),
            seen_at: session.seen_at.and_utc(),
            expires_at: session.expires_at.and_utc(),
        }
    }
}

fn sessions_of(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Page<SessionJson>, Error> {
    let live = tx.live_sessions(id)?;
    Ok(Page::whole(live.into_iter().map(|session| SessionJson::of(session, actor)).collect()))
}

async fn new_password(req: HttpRequest, payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let OwnPassword { present_password, password } = body(payload).await?;
    let (app, actor, session): (_, Actor, _) = (caller.app, caller.actor, caller.session);
    let (kind, agent) = (SessionKind::Api, program(&req));
    let signed_in = change_password(&app, &actor, present_password, password, kind, agent, session).await?;
    Ok(answer(tokens_of(&app, signed_in)?))
}

async fn new_address(_: HttpRequest, payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let NewAddress { present_password, email } = body(payload).await?;
    ask_for_address(&caller.app, &caller.actor, present_password, email).await?;
    Ok(HttpResponse::Ok().json(Nothing {}))
}
