//! Figures for Prometheus, in its text format. They name nobody, and are for this machine or for whoever holds the token.

use super::routes::{Access, Routes};
use crate::actions::figures::{Figures, figures};
use crate::app::App;
use crate::db::Connections;
use actix_web::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, web};
use std::fmt::Display;

/// The media type of the format, with the version that this is.
const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What a proxy adds: who asks through one on this machine is not of this machine.
const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/// Adds this page. Whoever watches has no account, so the table lets anybody come; who may read is asked at the door.
pub fn routes(routes: &mut Routes) {
    routes.get("/metrics", Access::Public, show);
}

async fn show(req: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if !may_read(&req, &app.config.server.metrics_token) {
        return HttpResponse::Unauthorized()
            .insert_header((WWW_AUTHENTICATE, "Bearer"))
            .content_type("text/plain")
            .body("for this machine, or with the token of server.metrics_token\n");
    }
    let app = app.into_inner();
    // Without the database there is less to tell, and that is told.
    let found = app.read(figures).await.ok();
    HttpResponse::Ok().content_type(MEDIA_TYPE).body(text(&app, found))
}

/// Whether the request comes from this machine, by no proxy, or carries the token.
fn may_read(req: &HttpRequest, token: &str) -> bool {
    let local = req.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    let by_proxy = FORWARDED.iter().any(|name| req.headers().contains_key(*name));
    (local && !by_proxy) || carries(req, token)
}

fn carries(req: &HttpRequest, token: &str) -> bool {
    let sent = req.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let same = |sent: &str| bool::from(subtle::ConstantTimeEq::ct_eq(sent.as_bytes(), token.as_bytes()));
    !token.is_empty() && sent.is_some_and(same)
}

fn text(app: &App, found: Option<Figures>) -> String {
    let mut page = Exposition::default();
    let build = format!("version=\"{}\"", env!("CARGO_PKG_VERSION"));
    page.family("yuanchi_build_info", "gauge", "The version of the program.", [(build, 1)]);
    let requests = app.requests.counted().map(|(class, count)| (format!("class=\"{class}xx\""), count));
    page.family("yuanchi_requests_total", "counter", "Requests answered, by class of status.", requests);
    page.one("yuanchi_database_up", "Whether the database answers.", i32::from(found.is_some()));
    let Connections { most, open, idle } = app.store.connections();
    let states = [("idle", idle), ("used", open.saturating_sub(idle))];
    let states = states.map(|(state, count)| (format!("state=\"{state}\""), count));
    page.family("yuanchi_database_connections", "gauge", "Connections of the pool, by state.", states);
    page.one("yuanchi_database_connections_max", "Connections that the pool may have.", most);
    let Some(found) = found else { return page.0 };
    page.one("yuanchi_reviews_open", "Reviews in which experts score.", found.open_reviews);
    page.one("yuanchi_expert_sessions", "Sessions of experts that are good now.", found.expert_sessions);
    let mails = [("waiting", found.mails_waiting), ("held", found.mails_held), ("failed", found.mails_failed)];
    let mails = mails.map(|(standing, count)| (format!("standing=\"{standing}\""), count));
    page.family("yuanchi_mails", "gauge", "Mails of the outbox, by standing.", mails);
    if let Some(age) = found.checkpoint_age {
        page.one("yuanchi_checkpoint_age_seconds", "Seconds since the last checkpoint was signed.", age);
    }
    if let Some(age) = found.backup_age {
        page.one("yuanchi_backup_age_seconds", "Seconds since the last backup was recorded.", age);
    }
    page.0
}

/// The text of the format as it grows.
#[derive(Default)]
struct Exposition(String);

impl Exposition {
    /// A figure with its labels and their values; the labels are words of this file.
    fn family<N: Display>(
        &mut self,
        name: &str,
        kind: &str,
        help: &str,
        samples: impl IntoIterator<Item = (String, N)>,
    ) {
        self.head(name, kind, help);
        for (labels, value) in samples {
            self.0.push_str(&format!("{name}{{{labels}}} {value}\n"));
        }
    }

    /// A figure that stands for itself.
    fn one(&mut self, name: &str, help: &str, value: impl Display) {
        self.head(name, "gauge", help);
        self.0.push_str(&format!("{name} {value}\n"));
    }

    fn head(&mut self, name: &str, kind: &str, help: &str) {
        self.0.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use std::net::SocketAddr;

    const TOKEN: &str = "a-long-token-of-the-watcher";

    fn asked(peer: &str, headers: &[(&'static str, String)]) -> HttpRequest {
        let peer: SocketAddr = peer.parse().expect("an address");
        let request = headers.iter().fold(TestRequest::get().peer_addr(peer), |request, (name, value)| {
            request.insert_header((*name, value.clone()))
        });
        request.to_http_request()
    }

    #[test]
    fn figures_are_for_this_machine_or_for_the_token() {
        let bearer = |token: &str| vec![("authorization", format!("Bearer {token}"))];
        let proxy = |name: &'static str| vec![(name, "203.0.113.7".to_string())];
        let cases = [
            ("127.0.0.1:5000", Vec::new(), "", true),
            ("127.8.8.8:5000", Vec::new(), TOKEN, true),
            ("[::1]:5000", Vec::new(), "", true),
            ("[::ffff:127.0.0.1]:5000", Vec::new(), "", true),
            ("192.0.2.1:5000", Vec::new(), "", false),
            ("[2001:db8::1]:5000", Vec::new(), TOKEN, false),
            ("192.0.2.1:5000", bearer(TOKEN), TOKEN, true),
            ("192.0.2.1:5000", bearer("another"), TOKEN, false),
            ("192.0.2.1:5000", bearer(""), "", false),
            ("192.0.2.1:5000", bearer(TOKEN), "", false),
            ("127.0.0.1:5000", proxy("x-forwarded-for"), TOKEN, false),
            ("127.0.0.1:5000", proxy("forwarded"), "", false),
            ("127.0.0.1:5000", proxy("x-real-ip"), "", false),
            ("127.0.0.1:5000", proxy("via"), "", false),
            ("127.0.0.1:5000", [proxy("x-forwarded-for"), bearer(TOKEN)].concat(), TOKEN, true),
        ];
        for (peer, headers, token, expected) in cases {
            assert_eq!(may_read(&asked(peer, &headers), token), expected, "{peer} {headers:?} {token:?}");
        }
    }

    #[test]
    fn the_text_is_as_prometheus_reads_it() {
        let mut page = Exposition::default();
        page.family("a_total", "counter", "What a is.", [("b=\"c\"".to_string(), 2)]);
        page.one("d", "What d is.", -1);
        let expected = "# HELP a_total What a is.\n# TYPE a_total counter\na_total{b=\"c\"} 2\n\
                        # HELP d What d is.\n# TYPE d gauge\nd -1\n";
        assert_eq!(page.0, expected);
    }
}
