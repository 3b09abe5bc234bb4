//! A provider that speaks no OpenID Connect.

use super::scene::{OVER, address_in, come_back};
use crate::support::TestApp;
use chrono::NaiveDateTime;
use std::sync::Arc;
use yuanchi::app::IdentityDoor;
use yuanchi::identity::{Attempt, IdentityProvider, Proved, ProviderProblem};

/// A platform with a protocol of its own: it hands back a ticket, and says by it who somebody is.
struct Platform;

impl IdentityProvider for Platform {
    fn issuer(&self) -> &str {
        "platform"
    }

    fn begin(&self, attempt: &Attempt, _: NaiveDateTime) -> Result<String, ProviderProblem> {
        Ok(format!("https://platform.example/authorize?target={}", attempt.state))
    }

    fn state_of<'a>(&self, answer: &'a yuanchi::identity::Answer) -> Option<&'a str> {
        answer.get("sp")
    }

    fn finish(
        &self,
        _: &Attempt,
        answer: &yuanchi::identity::Answer,
        _: NaiveDateTime,
    ) -> Result<Proved, ProviderProblem> {
        let ticket = answer.get("ticket").ok_or_else(|| ProviderProblem::Unproved("no ticket".into()))?;
        let address = Some(format!("{ticket}@platform.example"));
        Ok(Proved { subject: ticket.into(), name: "王五".into(), address, factor: false })
    }
}

#[test]
fn a_platform_with_a_protocol_of_its_own_is_an_adapter_and_all_else_stays() {
    let adapt = |app: &mut yuanchi::app::App| app.identity = IdentityDoor::to(Arc::new(Platform), "粤商通登录", true);
    let test = TestApp::start_as(|_| {}, adapt);
    let mut browser = test.visitor();
    browser.open("/session/new").shows("粤商通登录");
    let address = address_in(&browser.submit("/session/identity", &[]).expect(200));
    let (_, state) = address.split_once("target=").expect("a state");
    let mut other = test.visitor();
    let query = format!("ticket=t-1&sp={state}");
    come_back(&mut other, &query).expect(422).shows(OVER);
    come_back(&mut browser, &format!("ticket=t-1&state={state}")).expect(422).shows(OVER);
    browser.open("/session/new");
    let address = address_in(&browser.submit("/session/identity", &[]).expect(200));
    let (_, state) = address.split_once("target=").expect("a state");
    assert_eq!(come_back(&mut browser, &format!("ticket=t-1&sp={state}")).expect(303).location(), "/desk");
    browser.open("/desk").shows("王五");
}
