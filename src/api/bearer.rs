//! The access token becomes an [`Actor`].

use super::problem::Failed;
use crate::actions::second_factor;
use crate::app::{App, standing_on};
use crate::db;
use crate::domain::actor::Actor;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::{Demand, is_fresh};
use crate::error::Error;
use crate::web::language;
use crate::web::network::network_of;
use crate::web::watched::know;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures_util::future::LocalBoxFuture;
use std::sync::Arc;

/// Where the password is changed.
const PASSWORD: &str = "/api/v1/me/password";

/// Who calls: somebody with a token that is good now, or the public. Cookies are never read here.
pub struct Caller {
    /// The program.
    pub app: Arc<App>,
    /// Who.
    pub actor: Actor,
    /// The id of the token's session.
    pub session: Option<String>,
    /// Whether the caller has a second factor and gave no code lately.
    pub stale: bool,
    /// Where the call comes from.
    pub network: String,
}

impl Caller {
    /// Whoever calls, as the public: a token that came along is not looked at, so that one which is no longer good does
    /// not stand in the way of a new one.
    pub(super) fn public(req: &HttpRequest) -> Result<Caller, Failed> {
        let app = app_of(req)?;
        let network = network_of(req, &app.config.server.trusted_proxies);
        let actor = Actor::public(language::of_program(req).as_text());
        Ok(Caller { actor, session: None, stale: false, network, app })
    }
}

fn app_of(req: &HttpRequest) -> Result<Arc<App>, Error> {
    let mounted = req.app_data::<web::Data<App>>().map(|data| data.clone().into_inner());
    mounted.ok_or_else(|| Error::Internal(anyhow::anyhow!("the program is not mounted")))
}

impl FromRequest for Caller {
    type Error = Failed;
    type Future = LocalBoxFuture<'static, Result<Self, Failed>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let Some(header) = req.headers().get(AUTHORIZATION) else {
                return Caller::public(&req);
            };
            let app = app_of(&req)?;
            let network = network_of(&req, &app.config.server.trusted_proxies);
            let claims = header
                .to_str()
                .ok()
                .and_then(|value| value.strip_prefix("Bearer "))
                .and_then(|token| app.check_access_token(token))
                .ok_or(Error::Unauthenticated)?;
            // The session is read at every request: signing out and a change of role act at once.
            let session = claims.sid.clone();
            let visitor = app
                .read(move |tx| Ok(db::sessions::visitor(tx.db, &claims.sid, tx.now)?))
                .await?
                .ok_or(Error::Unauthenticated)?;
            // A second factor that was set up, or asked for, after the session had begun: it is not whole any more. Nor is one
            // whose password is too old for anything but to be changed.
            let now = app.clock.now();
            match second_factor::demand(&app.env, &visitor, now) {
                Demand::Nothing => {}
                Demand::NewPassword if req.match_pattern().as_deref() == Some(PASSWORD) => {}
                _ => return Err(Refusal::forbidden("sign_in_unfinished").into()),
            }
            let stale = visitor.enrolled && !is_fresh(visitor.factor_at, now);
            standing_on(&session, &visitor.actor);
            know(&req, &visitor.actor);
            language::settle(&req, Language::of_tag(&visitor.actor.language));
            Ok(Caller { app, actor: visitor.actor, session: Some(session), stale, network })
        })
    }
}
