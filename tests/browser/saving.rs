//! What the service answers to a form that saves itself is told in words, whatever it is, and nothing typed is lost.

use crate::driver::Browser;
use crate::filing::{self, is_saved};
use crate::world::World;
use serde_json::json;

const FORM: &str = "#application-form";

/// From now on whatever the page's script asks for is answered with this status and nothing else.
fn answers(browser: &Browser, status: u16) {
    let source = "window.asked ??= window.fetch;
        window.fetch = async () => new Response(null, { status: arguments[0] });";
    browser.script(source, &[json!(status)]);
}

/// The line of the saving says the words of this name, and sounds like it.
fn says(browser: &Browser, word: &str, tone: &str) {
    let source = "const form = document.querySelector(arguments[0]);
        const line = form.querySelector('[data-save-status]'), words = form.dataset[arguments[1]];
        const told = form.querySelector('[data-save-words]').textContent, aloud = form.querySelector('[data-save-said]');
        return words !== '' && told.startsWith(words) && aloud.textContent === words && line.dataset.tone === arguments[2];";
    browser.until(word, |browser| browser.found(source, &[json!(FORM), json!(word), json!(tone)]));
}

#[test]
fn every_answer_to_a_save_is_told_in_words() {
    let Some((driver, _turn)) = crate::in_turn() else { return };
    let (world, call, _) = World::small(driver, 1);
    let browser = world.signed_in(&world.cast.vendors[0].player.email, true);
    filing::begins(&browser, &call);
    let form = browser.path();
    for (status, word, tone) in [
        (503, "wordBusy", "attention"),
        (413, "wordTooLarge", "bad"),
        (403, "wordForbidden", "bad"),
        (422, "wordRefused", "bad"),
        (401, "wordSignedOut", "attention"),
    ] {
        answers(&browser, status);
        browser.fill("profile", &format!("写到{status}时的内容"));
        says(&browser, word, tone);
    }
    assert!(
        browser.found("return !document.querySelector('[data-save-signed-out]').hidden", &[]),
        "{}",
        browser.words()
    );
    // The line is back: what was typed last is saved without anybody's doing.
    browser.script("window.fetch = window.asked; dispatchEvent(new Event('online'));", &[]);
    is_saved(&browser, FORM);
    assert!(
        browser.found("return document.querySelector('[data-save-signed-out]').hidden", &[]),
        "{}",
        browser.words()
    );

    // A refusal that is no conflict ends the saving: the page says so, keeps what was typed, and offers it when it is opened
    // again.
    answers(&browser, 409);
    browser.fill("profile", "不能再保存的内容");
    says(&browser, "wordStopped", "bad");
    assert!(browser.found("return !document.querySelector('[data-save-conflict]').hidden", &[]), "{}", browser.words());
    // The page would ask before it is left, and nobody would answer.
    browser.script("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)", &[]);
    browser.open(&form);
    browser.shows("不能再保存的内容");
}

/// What the box of the offer says, once it is in sight on a telephone without any scrolling.
#[track_caller]
fn is_offered(browser: &Browser, text: &str) {
    let source = "const box = document.querySelector('[data-save-restore]');
        const { top, height } = box.getBoundingClientRect();
        return height > 0 && top < innerHeight && box.textContent.includes(arguments[0])
            && document.querySelector('[data-save-restore-said]').textContent !== '';";
    browser.until("offer of what was kept", |browser| browser.found(source, &[json!(text)]));
}

/// The line of the saving says that all of it is saved.
#[track_caller]
fn is_stored(browser: &Browser) {
    let source = "const line = document.querySelector(`${arguments[0]} [data-save-status]`);
        return !line.hidden && line.dataset.tone === 'good'";
    browser.until("word of having saved", |browser| browser.found(source, &[json!(FORM)]));
}

/// The offer of what was kept outlives whatever is typed elsewhere, and the page as well, until it is taken.
#[test]
fn what_was_kept_stays_until_it_is_taken() {
    let Some((driver, _turn)) = crate::in_turn() else { return };
    let (world, call, _) = World::small(driver, 1);
    let browser = world.signed_in(&world.cast.vendors[0].player.email, true);
    filing::begins(&browser, &call);
    let form = browser.path();
    browser.size(375, 800);
    let leave = || {
        browser.script("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)", &[]);
        browser.open(&form);
    };
    answers(&browser, 503);
    browser.fill("profile", "只在本机的内容");
    says(&browser, "wordBusy", "attention");
    leave();
    is_offered(&browser, "只在本机的内容");

    // Something else is typed and saved: the offer stays, with the newer of the page untouched, and after leaving again.
    browser.fill("honours", "后来填写的荣誉");
    is_stored(&browser);
    is_offered(&browser, "只在本机的内容");
    leave();
    is_offered(&browser, "只在本机的内容");

    // A second one that was not saved goes with it.
    answers(&browser, 503);
    browser.fill("service_team", "第二次没有保存");
    says(&browser, "wordBusy", "attention");
    leave();
    is_offered(&browser, "只在本机的内容");
    is_offered(&browser, "第二次没有保存");
    browser.press("[data-save-restore-accept]");
    is_saved(&browser, FORM);
    browser.open(&form);
    let held = "return ['profile', 'honours', 'service_team'].map((name) =>
        document.querySelector(`main [name='${name}']`).value)";
    assert_eq!(browser.script(held, &[]), json!(["只在本机的内容", "后来填写的荣誉", "第二次没有保存"]));
    assert!(browser.found("return document.querySelector('[data-save-restore]').hidden", &[]), "{}", browser.words());
}
