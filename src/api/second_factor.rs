//! One's own second factor, a fresh code before what weighs most, and what the security administrator takes away: a
//! factor that was lost, an identity that was tied wrongly.

use super::accounts::{Tokens, account_json, body, tokens_of};
use super::bearer::Caller;
use super::operation::{Asked, Nothing, Operation, Shapes, change, confidential, read, special};
use super::problem::Failed;
use crate::actions::Tx;
use crate::actions::grants;
use crate::actions::second_factor::{self, Standing};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/me/second-factor",
            "show_own_second_factor",
            "How it stands with one's second factor.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| Ok(FactorJson::from(standing(tx, actor)?)),
        ),
        confidential(
            "/me/second-factor",
            "offer_second_factor",
            "A new secret for an authenticator (RFC 6238), to be confirmed within half an hour; the one in use stays good until then.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| {
                second_factor::offer(tx, actor.must_be_somebody()?)?;
                let offer = standing(tx, actor)?.offer.ok_or(Error::NotFound)?;
                Ok(FactorOffer { secret: offer.secret, address: offer.address })
            },
        ),
        special(
            Method::POST,
            StatusCode::OK,
            "/me/second-factor/confirmation",
            "confirm_second_factor",
            "Take the offered secret up with its first code; the answer holds the recovery codes and the tokens of the session that goes on.",
            Access::SignedIn,
            Shapes::json::<FactorCode, FactorConfirmed>(),
            confirm,
        ),
        special(
            Method::POST,
            StatusCode::NO_CONTENT,
            "/me/second-factor/code",
            "give_fresh_code",
            "Give a fresh code: for five minutes this session may do what weighs most.",
            Access::SignedIn,
            Shapes { body: Shapes::json::<FactorCode, Nothing>().body, ..Shapes::default() },
            give_code,
        ),
        confidential(
            "/me/second-factor/codes",
            "renew_recovery_codes",
            "New recovery codes; those before are good no more.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| {
                Ok(RecoveryCodes { recovery_codes: second_factor::renew_codes(tx, actor)? })
            },
        ),
        change(
            Method::DELETE,
            "/me/second-factor",
            "give_up_second_factor",
            "Give the second factor up, where none is required.",
            Access::SignedIn,
            |tx, actor, _: &Asked<Nothing>| {
                second_factor::give_up(tx, actor)?;
                Ok(FactorJson::from(standing(tx, actor)?))
            },
        ),
        change(
            Method::POST,
            "/accounts/{id}/second-factor/reset",
            "reset_second_factor",
            "Take the second factor of somebody away who lost it; every session ends.",
            Access::Roles(&[Role::SecurityAdmin]),
            |tx, actor, asked: &Asked<FactorReset>| {
                let id = asked.id(AccountId::from_text, "id")?;
                grants::reset_factor(tx, actor, id, &asked.input.reason)?;
                account_json(tx, actor, id)
            },
        ),
        change(
            Method::POST,
            "/accounts/{id}/identity/removal",
            "remove_identity",
            "Take a provider's identity away from an account to which it was tied wrongly; every session ends.",
            Access::Roles(&[Role::SecurityAdmin]),
            |tx, actor, asked: &Asked<IdentityRemoval>| {
                let id = asked.id(AccountId::from_text, "id")?;
                grants::untie_identity(tx, actor, id, &asked.input.reason)?;
                account_json(tx, actor, id)
            },
        ),
    ]
}

/// A code of an authenticator, or a recovery code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FactorCode {
    /// Six digits, or a recovery code.
    otp: String,
}

/// Why a second factor is taken away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FactorReset {
    /// Why.
    reason: String,
}

/// Why an identity is taken away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IdentityRemoval {
    /// Why.
    reason: String,
}

/// How it stands with a second factor.
#[derive(Debug, Serialize, ToSchema)]
struct FactorJson {
    /// In use since.
    since: Option<DateTime<Utc>>,
    /// Recovery codes left.
    recovery_codes_left: i64,
    /// Whether one's roles require it.
    required: bool,
}

impl From<Standing> for FactorJson {
    fn from(standing: Standing) -> Self {
        FactorJson {
            since: standing.since.map(|at| at.and_utc()),
            recovery_codes_left: standing.codes_left,
            required: standing.required,
        }
    }
}

/// A secret to be taken up.
#[derive(Debug, Serialize, ToSchema)]
struct FactorOffer {
    /// In base32, to be typed.
    secret: String,
    /// `otpauth://…`, to be shown as a QR code.
    address: String,
}

/// Recovery codes; they are told once.
#[derive(Debug, Serialize, ToSchema)]
struct RecoveryCodes {
    /// Each is good once.
    recovery_codes: Vec<String>,
}

/// A second factor that was taken up.
#[derive(Debug, Serialize, ToSchema)]
struct FactorConfirmed {
    /// Each is good once.
    recovery_codes: Vec<String>,
    /// The session that goes on; the one before has ended.
    tokens: Tokens,
}

fn standing(tx: &mut Tx<'_>, actor: &Actor) -> Result<Standing, Error> {
    second_factor::standing(tx, actor.must_be_somebody()?)
}

async fn confirm(_: HttpRequest, payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let FactorCode { otp } = body(payload).await?;
    let session = caller.session.ok_or(Error::Unauthenticated)?;
    let (recovery_codes, signed_in) = caller.app.take_up_factor(session, otp).await?;
    let tokens = tokens_of(&caller.app, signed_in)?;
    let answer = FactorConfirmed { recovery_codes, tokens };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(answer))
}

async fn give_code(_: HttpRequest, payload: web::Payload, caller: Caller) -> Result<HttpResponse, Failed> {
    let FactorCode { otp } = body(payload).await?;
    let session = caller.session.ok_or(Error::Unauthenticated)?;
    caller.app.give_code(session, otp).await?;
    Ok(HttpResponse::NoContent().finish())
}
