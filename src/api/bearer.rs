//! The access token becomes an [`Actor`].

use super::problem::Failed;
use crate::app::App;
use crate::auth::token;
use crate::db;
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::web::network::network_of;
use crate::words::DEFAULT_LANGUAGE;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures_util::future::LocalBoxFuture;
use std::sync::Arc;

/// Who calls: somebody with a token that is good now, or the public. Cookies are never read here.
pub struct Caller {
    /// The program.
    pub app: Arc<App>,
    /// Who.
    pub actor: Actor,
    /// The id of the token's session.
    pub session: Option<String>,
    /// Where the call comes from.
    pub network: String,
}

impl FromRequest for Caller {
    type Error = Failed;
    type Future = LocalBoxFuture<'static, Result<Self, Failed>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let app = req
                .app_data::<web::Data<App>>()
                .map(|data| data.clone().into_inner())
                .ok_or_else(|| Error::Internal(anyhow::anyhow!("the program is not mounted")))?;
            let network = network_of(&req, &app.config.server.trusted_proxies);
            let Some(header) = req.headers().get(AUTHORIZATION) else {
                return Ok(Caller { actor: Actor::public(DEFAULT_LANGUAGE), session: None, network, app });
            };
            let claims = header
                .to_str()
                .ok()
                .and_then(|value| value.strip_prefix("Bearer "))
                .and_then(|token| token::check(&app.env.keys.secret_for("access token"), token, app.clock.now()))
                .ok_or(Error::Unauthenticated)?;
            // The session is read at every request: signing out and a change of role act at once.
            let session = claims.sid.clone();
            let actor = app
                .read(move |tx| Ok(db::sessions::actor(tx.db, &claims.sid, tx.now)?))
                .await?
                .ok_or(Error::Unauthenticated)?;
            Ok(Caller { app, actor, session: Some(session), network })
        })
    }
}
