//! A registry with a provider of identities, and the ways there and back.

use super::provider::{self, CLIENT, Fault, Provider, Quirks, SECRET, Signing, pairs_of};
use crate::second_factor::freshen;
use crate::support::people::PASSWORD;
use crate::support::{Answer, Client, TestApp};
use yuanchi::config::{Config, LimitConfig};
use yuanchi::db;

/// As some providers know people: by the number of their identity card.
pub(super) const SUBJECT: &str = "440106199001011234";
pub(super) const COOKIE: &str = "__Host-identity";
pub(super) const SESSION: &str = "__Host-sid";
pub(super) const NOT_PROVED: &str = "未通过核验";
pub(super) const OVER: &str = "不是在这个浏览器中发起的";
pub(super) const AWAY: &str = "暂时无法访问";

/// A registry and its provider.
pub(super) struct Scene {
    pub(super) test: TestApp,
    pub(super) provider: Provider,
}

/// The address that a page sends its browser on to.
#[track_caller]
pub(super) fn address_in(page: &Answer) -> String {
    let text = page.text();
    let (_, after) = text.split_once("content=\"0; url=").unwrap_or_else(|| panic!("it leads nowhere: {page}"));
    after.split('"').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&")
}

pub(super) fn come_back(browser: &mut Client, query: &str) -> Answer {
    browser.get(&format!("/session/identity/answer?{query}"))
}

/// What came back, with one parameter put in place of another, or taken away.
pub(super) fn with_parameter(query: &str, name: &str, value: Option<&str>) -> String {
    let mut pairs = pairs_of(query);
    match value {
        Some(value) => pairs.insert(name.into(), value.into()),
        None => pairs.remove(name),
    };
    let pairs: Vec<(String, String)> = pairs.into_iter().collect();
    serde_html_form::to_string(&pairs).expect("parameters")
}

impl Scene {
    pub(super) fn start() -> Scene {
        Scene::with(|_| {})
    }

    pub(super) fn with(change: impl FnOnce(&mut Config)) -> Scene {
        let provider = Provider::start();
        let issuer = provider.issuer();
        let test = TestApp::start_with(|config| {
            let oidc = &mut config.oidc;
            (oidc.enabled, oidc.register_vendors, oidc.patience_seconds) = (true, true, 1);
            (oidc.issuer, oidc.client_id, oidc.client_secret) = (issuer, CLIENT.into(), SECRET.into());
            config.limits.sign_in_network = LimitConfig { attempts: 1_000, minutes: 10 };
            change(config);
        });
        Scene { test, provider }
    }

    /// Sends a browser to the provider: where to.
    #[track_caller]
    pub(super) fn leave(&self, browser: &mut Client) -> String {
        browser.open("/session/new").shows("统一身份认证登录");
        address_in(&browser.submit("/session/identity", &[]).expect(200))
    }

    #[track_caller]
    pub(super) fn consent(&self, address: &str, subject: &str) -> String {
        self.provider.consent(address, subject, self.test.now().and_utc().timestamp())
    }

    /// The whole way, as it should be.
    #[track_caller]
    pub(super) fn arrive(&self, browser: &mut Client, subject: &str) -> Answer {
        let address = self.leave(browser);
        let query = self.consent(&address, subject);
        come_back(browser, &query)
    }

    /// The whole way with a provider that does something wrong, up to the page that says no.
    #[track_caller]
    pub(super) fn fail(&self, quirks: Quirks, what: &str, words: &str) {
        self.provider.misbehave(quirks);
        let mut browser = self.test.visitor();
        browser.open("/session/new");
        let left = browser.submit("/session/identity", &[]);
        let answer = if left.status == 200 {
            let query = self.consent(&address_in(&left), SUBJECT);
            come_back(&mut browser, &query)
        } else {
            left
        };
        self.provider.misbehave(Quirks::default());
        must_be_refused(&browser, &answer, what, words);
    }

    /// Ties `subject` to the account of somebody who has a second factor, from a browser that is signed in.
    #[track_caller]
    pub(super) fn tie(&self, browser: &mut Client, subject: &str) -> Answer {
        freshen(&self.test, browser);
        browser.open("/account");
        let left = browser.submit("/account/identity", &[("present_password", PASSWORD)]).expect(200);
        let query = self.consent(&address_in(&left), subject);
        come_back(browser, &query)
    }

    pub(super) fn events(&self, subject: &str, action: &str) -> usize {
        let events = self.test.read(|tx| Ok(db::events::of_subject(tx.db, "account", subject)?));
        events.iter().filter(|event| event.action == action).count()
    }
}

/// Nobody is in, the page says what to do, and nothing is left of the attempt.
#[track_caller]
pub(super) fn must_be_refused(browser: &Client, answer: &Answer, what: &str, words: &str) {
    assert!(matches!(answer.status, 409 | 422), "{what}: {answer}");
    assert!(answer.words().contains(words), "{what}: {words:?} is missing in {answer}");
    assert_eq!((browser.cookie(SESSION), browser.cookie(COOKIE)), (None, None), "{what}");
}

pub(super) fn set(change: provider::Change) -> Quirks {
    Quirks { claims: change, ..Quirks::default() }
}

pub(super) fn head(change: provider::Change) -> Quirks {
    Quirks { header: change, ..Quirks::default() }
}

pub(super) fn sign(signing: Signing) -> Quirks {
    Quirks { signing, ..Quirks::default() }
}

pub(super) fn describe(change: provider::Change) -> Quirks {
    Quirks { description: change, ..Quirks::default() }
}

pub(super) fn fault(path: &'static str, fault: Fault) -> Quirks {
    Quirks { faults: vec![(path, fault)], ..Quirks::default() }
}
