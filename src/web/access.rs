//! Who visits, and whether they may: the cookie becomes an [`Actor`], the table of routes says who may come in, and a
//! form is only read when it was made here.

mod cookies;

use super::language;
use super::network::{must_be_sent_from_here, network_of};
use super::nul;
use super::page::{self, Failure, Flash};
use super::routes::{Access, Routes};
use super::sessions::is_own_address;
use super::step_up::asks_for_a_code;
use crate::actions::second_factor;
use crate::app::{App, standing_on};
use crate::auth::token;
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::{Demand, is_fresh};
use crate::error::Error;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, USER_AGENT};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use chrono::NaiveDateTime;
use cookies::{DEVICE_COOKIE, FLASH_COOKIE, flash_of};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

pub(super) use cookies::{DONE_BEFORE, cookie};
pub use cookies::{
    IDENTITY_COOKIE, SESSION_COOKIE, carries_cookie_of_ours, clears_flash, device_cookie, flash_cookie,
    identity_cookie, no_identity_cookie, no_session_cookie, session_cookie,
};

/// Bytes that a form may have: the longest form of a programme, many times over.
const FORM_LIMIT: usize = 4 << 20;
/// Fields that a form may have.
const FIELD_LIMIT: usize = 20_000;
/// As what a form is sent.
const FORM_TYPES: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];
/// The field that proves a form was made here.
const CSRF_FIELD: &str = "csrf";

/// The session of a visit.
#[derive(Debug, Clone)]
pub struct CurrentSession {
    /// The stored form of its secret.
    pub id: String,
    /// Whether its person has a second factor and gave no code lately.
    pub stale: bool,
}

/// A session whose password was right and that owes the second factor, or a new password: to every page but those on which
/// it pays, its person is nobody in particular.
#[derive(Debug, Clone)]
pub struct Owing {
    /// The stored form of its secret.
    pub id: String,
    /// Who it will be.
    pub actor: Actor,
    /// What is owed.
    pub demand: Demand,
}

/// The pages on which a code is given.
const CODE_PAGE: &str = "/session/code";
/// The pages on which the password is changed.
const PASSWORD_PAGE: &str = "/account/password";
/// The pages on which a second factor is set up.
const FACTOR_PAGES: &[&str] = &["/account/factor", "/account/factor/offer"];

impl Owing {
    /// Whether a page is open to the session.
    fn opens(&self, pattern: &str) -> bool {
        match self.demand {
            Demand::Enrol => FACTOR_PAGES.contains(&pattern) || pattern == CODE_PAGE,
            Demand::NewPassword => pattern == PASSWORD_PAGE,
            _ => pattern == CODE_PAGE,
        }
    }

    /// Where it pays.
    fn pays_at(&self) -> &'static str {
        match self.demand {
            Demand::Enrol => "/account/factor",
            Demand::NewPassword => PASSWORD_PAGE,
            _ => CODE_PAGE,
        }
    }
}

/// One visit: who, when, in which language.
pub struct Visit {
    /// The program.
    pub app: Arc<App>,
    /// Who visits.
    pub actor: Actor,
    /// Their session, if they signed in.
    pub session: Option<CurrentSession>,
    /// How many of their messages they have not read.
    pub unread: i64,
    /// Their session, if it still owes something.
    pub owing: Option<Owing>,
    /// The token for the page's forms.
    pub csrf: String,
    /// The message left by the page before.
    pub flash: Option<Flash>,
    /// The path asked for.
    pub path: String,
    /// The same with what the address asks for, but for a language that it names.
    pub here: String,
    /// The browser's name, cut to what is worth keeping.
    pub user_agent: String,
    /// Where the visit comes from.
    pub network: String,
    /// What the browser says of itself, if somebody has signed in with it before.
    pub device: Option<String>,
    /// The instant of the visit.
    pub now: NaiveDateTime,
}

impl Visit {
    /// One of nobody in particular who says nothing of a language, for a page that is made ready before anybody asks
    /// for it.
    pub fn of_nobody(app: Arc<App>, path: String) -> Visit {
        Visit {
            actor: Actor::public(Language::default().as_text()),
            session: None,
            unread: 0,
            owing: None,
            csrf: csrf_token(&app, "public"),
            flash: None,
            here: path.clone(),
            path,
            user_agent: String::new(),
            network: String::new(),
            device: None,
            now: app.clock.now(),
            app,
        }
    }

    /// The id of the session, if they signed in.
    pub fn session_id(&self) -> Option<String> {
        self.session.as_ref().map(|session| session.id.clone())
    }

    /// Who signs in or has signed in, with the id of the session: on the pages where something is owed.
    pub fn holder(&self) -> Result<(String, Actor), Error> {
        let whole = self.session.as_ref().map(|session| (session.id.clone(), self.actor.clone()));
        let owing = || self.owing.as_ref().map(|owing| (owing.id.clone(), owing.actor.clone()));
        whole.or_else(owing).ok_or(Error::Unauthenticated)
    }

    /// Says a failure in the visitor's language.
    pub fn fail(&self, error: impl Into<Error>) -> Failure {
        Failure { error: error.into(), language: self.actor.language.clone(), way: None }
    }
}

/// The token of a session's forms.
pub fn csrf_token(app: &App, session: &str) -> String {
    hex::encode(app.env.keys.mac("csrf", session.as_bytes()))
}

/// The token of the forms that a request of this browser can send, for a page that nothing else is known for.
pub(super) fn token_of_forms(req: &HttpRequest) -> String {
    let session = req.cookie(SESSION_COOKIE).map(|cookie| token::stored_form(cookie.value()));
    let app = req.app_data::<web::Data<App>>();
    app.map(|app| csrf_token(app, session.as_deref().unwrap_or("public"))).unwrap_or_default()
}

/// Whether the service that a request came to is a demonstration.
pub(super) fn is_demonstration(req: &HttpRequest) -> bool {
    req.app_data::<web::Data<App>>().is_some_and(|app| app.config.server.demonstration)
}

async fn visit(req: HttpRequest) -> Result<Visit, Failure> {
    let app = req
        .app_data::<web::Data<App>>()
        .map(|data| data.clone().into_inner())
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("the program is not mounted")))?;
    let now = app.clock.now();
    let language = language::of(&req);
    let user_agent: String = req
        .headers()
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let secret = req.cookie(SESSION_COOKIE).map(|cookie| cookie.value().to_string());
    let found = match secret {
        None => None,
        Some(secret) => {
            let id = token::stored_form(&secret);
            let lookup = id.clone();
            let read = app.read(move |tx| {
                let Some(visitor) = db::sessions::visitor(tx.db, &lookup, tx.now)? else { return Ok(None) };
                let unread = match visitor.actor.account {
                    Some(account) => db::mails::count_unread(tx.db, account, tx.now)?,
                    None => 0,
                };
                Ok(Some((visitor, unread)))
            });
            read.await?.map(|(visitor, unread)| (visitor, unread, id))
        }
    };
    let nobody = || Actor::public(language.as_text());
    let (actor, unread, session, owing) = match found {
        None => (nobody(), 0, None, None),
        Some((visitor, unread, id)) => match second_factor::demand(&app.env, &visitor, now) {
            Demand::Nothing => {
                let stale = visitor.enrolled && !is_fresh(visitor.factor_at, now);
                (visitor.actor, unread, Some(CurrentSession { id, stale }), None)
            }
            Demand::SignIn => (nobody(), 0, None, None),
            demand => (nobody(), 0, None, Some(Owing { id, actor: visitor.actor, demand })),
        },
    };
    if actor.account.is_some() {
        language::settle(&req, Language::of_tag(&actor.language));
    }
    if let Some(session) = &session {
        super::sessions::keep_alive(&app, &session.id, now).await?;
    }
    let visit = Visit {
        csrf: csrf_token(
            &app,
            session.as_ref().map(|s| &s.id).or(owing.as_ref().map(|o| &o.id)).map_or("public", |id| id.as_str()),
        ),
        flash: req.cookie(FLASH_COOKIE).and_then(|cookie| flash_of(cookie.value(), &actor.language)),
        path: req.path().to_string(),
        here: language::here(&req),
        network: network_of(&req, &app.config.server.trusted_proxies),
        device: req.cookie(DEVICE_COOKIE).map(|cookie| cookie.value().to_string()),
        app,
        actor,
        session,
        unread,
        owing,
        user_agent,
        now,
    };
    if let Some(session) = &visit.session {
        standing_on(&session.id, &visit.actor);
    }
    super::watched::know(&req, &visit.actor);
    page::know(&req, &visit);
    let routes = req
        .app_data::<web::Data<Routes>>()
        .ok_or_else(|| visit.fail(Error::Internal(anyhow::anyhow!("the table of routes is not mounted"))))?;
    let pattern = req.match_pattern().unwrap_or_default();
    match may_come_in(&visit, routes.access(req.method(), &pattern), req.method(), &pattern) {
        Ok(()) => Ok(visit),
        Err(error) => Err(visit.fail(error)),
    }
}

fn may_come_in(visit: &Visit, access: Option<Access>, method: &Method, pattern: &str) -> Result<(), Error> {
    // A route that is not in the table is a defect; nobody comes in.
    let Some(access) = access else { return Err(Error::NotFound) };
    if access == Access::Public {
        return Ok(());
    }
    if let Some(owing) = &visit.owing {
        let unfinished = || Refusal::forbidden("sign_in_unfinished").with("to", owing.pays_at());
        return if owing.opens(pattern) { Ok(()) } else { Err(unfinished().into()) };
    }
    let Some(session) = &visit.session else { return Err(Error::Unauthenticated) };
    if let Access::Roles(roles) = access {
        visit.actor.must_hold(roles)?;
    }
    if session.stale && asks_for_a_code(method, pattern) {
        // Led back to what can be read; what was sent is held on to by the form's own page.
        let back = *method != Method::POST && is_own_address(&visit.path);
        let to = if back { format!("{CODE_PAGE}?next={}", visit.path) } else { CODE_PAGE.to_string() };
        return Err(Refusal::forbidden("second_factor_stale").with("to", to).into());
    }
    Ok(())
}

impl FromRequest for Visit {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { visit(req.clone()).await.map_err(|failure| failure.answering(&req)) })
    }
}

/// A form that was sent: the visit, and the fields as they were typed.
pub struct Submitted {
    /// Who sent it.
    pub visit: Visit,
    /// Names and values, in order.
    pub pairs: Vec<(String, String)>,
    /// Sent by the script while typing, not by the person.
    pub autosave: bool,
}

impl Submitted {
    /// The value of a field, trimmed; empty when it is missing.
    pub fn text(&self, name: &str) -> String {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim().to_string()).unwrap_or_default()
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.pairs.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect()
    }

    /// The same with figures in their usual width: a Chinese keyboard types them full-width as well.
    pub fn figures(&self, name: &str) -> String {
        self.text(name).nfkc().collect()
    }

    /// A whole number; a field error when it is none.
    pub fn number(&self, name: &str) -> Result<i32, Error> {
        self.figures(name).parse().map_err(|_| Error::field(name, "not_a_number"))
    }

    /// The visit as one of the page that the form was a search of, and that answers it: the page is shown under its own
    /// address, in which no word of the search stands.
    pub fn into_visit_of(self, path: &str) -> Visit {
        Visit { path: path.into(), here: path.into(), ..self.visit }
    }

    /// The form as a type.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let encoded = serde_html_form::to_string(&self.pairs).map_err(|e| Error::Malformed(e.to_string()))?;
        serde_html_form::from_str(&encoded).map_err(|e| Error::Malformed(e.to_string()))
    }
}

impl FromRequest for Submitted {
    type Error = SubmissionFailure;
    type Future = LocalBoxFuture<'static, Result<Self, SubmissionFailure>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let req = req.clone();
        let payload = payload.take();
        Box::pin(async move {
            submitted(&req, payload).await.map_err(|mut late| {
                late.failure = late.failure.answering(&req);
                late
            })
        })
    }
}

async fn submitted(req: &HttpRequest, mut payload: Payload) -> Result<Submitted, SubmissionFailure> {
    must_be_from_here(req)?;
    let mut body = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(Error::from)?;
        if body.len() + chunk.len() > FORM_LIMIT {
            return Err(Error::Malformed(format!("a form may have {FORM_LIMIT} bytes")).into());
        }
        body.extend_from_slice(&chunk);
    }
    let pairs: Vec<(String, String)> =
        serde_html_form::from_bytes(&body).map_err(|e| Error::Malformed(e.to_string()))?;
    for (name, value) in &pairs {
        nul::must_not_be_in(name)?;
        nul::must_not_be_in(value)?;
    }
    if pairs.len() > FIELD_LIMIT {
        return Err(Error::Malformed(format!("a form may have {FIELD_LIMIT} fields")).into());
    }
    let autosave = req.headers().contains_key("x-autosave");
    match visit(req.clone()).await {
        Ok(visit) => {
            let sent = pairs.iter().find(|(name, _)| name == CSRF_FIELD).map(|(_, v)| v.as_str());
            if !sent.is_some_and(|sent| same(sent, &visit.csrf)) {
                return Err(visit.fail(Refusal::forbidden("form_expired")).into());
            }
            let pairs = pairs.into_iter().filter(|(name, _)| name != CSRF_FIELD).collect();
            Ok(Submitted { visit, pairs, autosave })
        }
        // The session ended while the person was typing: what was typed is kept on the page that asks them to
        // sign in, and sent again afterwards.
        Err(failure) if matches!(failure.error, Error::Unauthenticated) => {
            let token = req.app_data::<web::Data<App>>().map(|app| csrf_token(app, "public")).unwrap_or_default();
            let interrupted = Interrupted::of(req, pairs, token, Asks::ToSignIn);
            Err(SubmissionFailure { failure, interrupted: Some(interrupted), autosave })
        }
        // The same for one whose last code was given too long ago.
        Err(failure) if failure.error.code() == "second_factor_stale" => {
            let session = req.cookie(SESSION_COOKIE).map(|cookie| token::stored_form(cookie.value()));
            let token = req
                .app_data::<web::Data<App>>()
                .zip(session)
                .map(|(app, session)| csrf_token(app, &session))
                .unwrap_or_default();
            let interrupted = Interrupted::of(req, pairs, token, Asks::ForACode);
            Err(SubmissionFailure { failure, interrupted: Some(interrupted), autosave })
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A form that could not be read.
#[derive(Debug)]
pub struct SubmissionFailure {
    failure: Failure,
    interrupted: Option<Interrupted>,
    autosave: bool,
}

/// What is asked of whoever sent a form too late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// The session had ended.
    ToSignIn,
    /// The last code had been given too long ago.
    ForACode,
}

/// A form that was sent too late.
#[derive(Debug)]
pub struct Interrupted {
    /// Where it was sent.
    pub path: String,
    /// What it held.
    pub pairs: Vec<(String, String)>,
    /// The token for the form that follows.
    pub token: String,
    /// What that form asks.
    pub asks: Asks,
    /// Whether it was sent to a demonstration.
    pub demonstration: bool,
}

impl Interrupted {
    fn of(req: &HttpRequest, pairs: Vec<(String, String)>, token: String, asks: Asks) -> Interrupted {
        Interrupted { path: req.path().to_string(), pairs, token, asks, demonstration: is_demonstration(req) }
    }
}

impl SubmissionFailure {
    /// Why, for one that is answered with the page of its failure alone.
    pub(super) fn plain(&self) -> Option<&Failure> {
        self.interrupted.is_none().then_some(&self.failure)
    }
}

impl<E: Into<Failure>> From<E> for SubmissionFailure {
    fn from(failure: E) -> Self {
        SubmissionFailure { failure: failure.into(), interrupted: None, autosave: false }
    }
}

impl std::fmt::Display for SubmissionFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.failure.fmt(f)
    }
}

impl actix_web::ResponseError for SubmissionFailure {
    fn status_code(&self) -> actix_web::http::StatusCode {
        actix_web::ResponseError::status_code(&self.failure)
    }

    fn error_response(&self) -> actix_web::HttpResponse {
        match &self.interrupted {
            Some(interrupted) if !self.autosave => super::sessions::ask_again(interrupted, &self.failure.language),
            Some(_) => actix_web::HttpResponse::Unauthorized().finish(),
            None => actix_web::ResponseError::error_response(&self.failure),
        }
    }
}

/// Refuses a change that another site's page asked for, and what is no form.
pub fn must_be_from_here(req: &HttpRequest) -> Result<(), Failure> {
    if matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    must_be_sent_from_here(req)?;
    // What a form of ours is sent as. Another site's form can send text too, made to look like JSON.
    let kind = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.map(|kind| kind.trim_start().to_ascii_lowercase());
    let is_form = kind.is_none_or(|kind| FORM_TYPES.iter().any(|form| kind.starts_with(form)));
    if is_form { Ok(()) } else { Err(Refusal::forbidden("form_from_elsewhere").into()) }
}

/// Checks the token of a form that is read elsewhere (an upload).
pub fn must_carry_token(visit: &Visit, sent: &str) -> Result<(), Error> {
    if same(sent, &visit.csrf) { Ok(()) } else { Err(Refusal::forbidden("form_expired").into()) }
}

fn same(a: &str, b: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(a.as_bytes(), b.as_bytes()).into()
}
