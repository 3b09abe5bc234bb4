//! What the service answers to a form that saves itself is told in words, whatever it is, and nothing typed is lost.

use crate::driver::Browser;
use crate::filing::is_saved;
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
    browser.open(&format!("/calls/{call}"));
    browser.press("form[action$='/applications'] button");
    browser.arrives("/form");
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
