//! The service itself: start, readiness, mail, checkpoints, invariants.

use super::support::people::PASSWORD;
use super::support::{TestApp, with};
use yuanchi::domain::actor::Role;

#[test]
fn it_answers_and_a_person_signs_in_and_out() {
    let test = TestApp::start();
    let mut browser = test.visitor();
    browser.open("/healthz").shows("ok");
    browser.open("/readyz").shows("ready");
    test.person_with_password("auditor@example.org", &[with(Role::Auditor)]);
    browser.open("/session/new");
    browser.submit("/session", &[("email", "auditor@example.org"), ("password", "wrong")]).expect(422);
    let answer = browser.submit("/session", &[("email", "auditor@example.org"), ("password", PASSWORD)]).expect(303);
    assert_eq!(answer.location(), "/desk");
    assert!(browser.cookie("__Host-sid").is_some(), "{answer}");
    assert_eq!(browser.get("/session/new").expect(303).location(), "/desk");
}
