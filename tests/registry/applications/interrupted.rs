//! A session that ends while somebody is typing: what was typed comes back after signing in.

use super::{Scene, scene, yuanchi_csrf};
use crate::support::people::PASSWORD;
use crate::support::{Client, Person, admin_of};
use chrono::Duration;

/// Somebody with a password, at an open form whose session ends before it is sent.
fn typing() -> (Scene, Person, Client, String) {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let person = scene.app.person_with_password("typing@example.org", &[admin_of(scene.organisation)]);
    let mut browser = person.browser();
    let form = format!("/applications/{id}/form");
    browser.open(&form);
    scene.app.advance(Duration::hours(13));
    (scene, person, browser, form)
}

const TYPED: [(&str, &str); 4] =
    [("profile", "第一行\r\n“引号”<b>&"), ("staff", "一百"), ("cases[0][name]", "某厂"), ("cases[0][amount]", "x")];

#[test]
fn what_was_typed_comes_back_after_signing_in() {
    let (scene, person, mut browser, form) = typing();
    let id = form.split('/').nth(2).expect("an id").to_string();
    let asked = browser.submit(&form, &TYPED).expect(401);
    asked.shows("登录").hides("请填写“简介”");
    // A wrong password loses nothing.
    let wrong = browser.submit("/session", &[("email", &person.email), ("password", "not the right one at all")]);
    wrong.expect(422).shows("“引号”&#60;b&#62;&#38;");
    let back = browser.submit("/session", &[("email", &person.email), ("password", PASSWORD)]).expect(200);
    back.hides(PASSWORD);
    // One press sends it as it was, now in the new session; wrong values are kept as they were typed.
    let saved = browser.submit(&form, &[]);
    browser.follow(saved).shows("一百").shows("“引号”&#60;b&#62;&#38;").shows("某厂");
    assert_eq!(scene.form(&id).text("profile").replace("\r\n", "\n"), "第一行\n“引号”<b>&");
    assert_eq!(scene.form(&id).text("staff"), "一百");
}

#[test]
fn what_was_typed_meets_what_a_colleague_saved_meanwhile() {
    let (scene, person, mut browser, form) = typing();
    let id = form.split('/').nth(2).expect("an id").to_string();
    let mut colleague = scene.admin.browser();
    colleague.open(&form);
    colleague.submit(&form, &[("profile", "同事写的")]).expect(303);
    browser.submit(&form, &[("profile", "我写的")]).expect(401);
    browser.submit("/session", &[("email", &person.email), ("password", PASSWORD)]).expect(200);
    browser.submit(&form, &[]).expect(409).shows("同事写的").shows("我写的");
    assert_eq!(scene.form(&id).text("profile"), "同事写的");
}

#[test]
fn somebody_else_who_signs_in_there_sends_nothing_into_the_file() {
    let (scene, _, mut browser, form) = typing();
    let id = form.split('/').nth(2).expect("an id").to_string();
    browser.submit(&form, &TYPED).expect(401);
    let other = scene.app.organisation(super::MIDEA, "乙公司", "440606");
    let other = scene.app.person_with_password("other@example.org", &[admin_of(other)]);
    browser.submit("/session", &[("email", &other.email), ("password", PASSWORD)]).expect(200);
    browser.submit(&form, &[]).expect(404);
    assert_eq!(scene.form(&id).text("profile"), "");
    // A form without its token is not taken, whatever it holds.
    let mut session = scene.admin.browser();
    session.open(&form);
    let token = yuanchi_csrf(&session);
    session.post_exactly(&form, &[("version", "1"), ("profile", "x")]).expect(403);
    session.post_exactly(&form, &[("csrf", &token), ("version", "1"), ("profile", "x")]).expect(303);
}
