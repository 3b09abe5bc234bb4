//! For every hand and eye: the way with nothing but keys, windows as a zoom of 400 % leaves them, the reader's own
//! colours, and the form that loses nothing without a line, beside a second window, and from a spreadsheet.

use crate::driver::Browser;
use crate::filing::is_saved;
use crate::looks::Eye;
use crate::support::people::PASSWORD;
use crate::world::World;
use serde_json::json;

/// The keys of WebDriver (17.4.2, keyboard actions).
const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
/// Steps within which the focus reaches whatever a page has.
const STEPS: usize = 400;
/// A window of 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10).
const ZOOMED: (u32, u32) = (320, 256);

/// What has the focus is seen to have it, and is not outside the window.
const SEEN: &str = "
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return true;
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return marked && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;";

/// Goes on from one thing to the next until the focus is where it is wanted; on the way it is always seen.
#[track_caller]
fn tab_to(browser: &Browser, css: &str) {
    let there = "return document.activeElement !== null && document.activeElement.matches(arguments[0])";
    for _ in 0..STEPS {
        if browser.found(there, &[json!(css)]) {
            return;
        }
        browser.keys(&[TAB]);
        if !browser.found(SEEN, &[]) {
            let what = browser.script("return document.activeElement.outerHTML.slice(0, 300)", &[]);
            panic!("{}: the focus is not seen on {what}", browser.path());
        }
    }
    panic!("{}: no key leads to {css}", browser.path());
}

fn write(browser: &Browser, text: &str) {
    browser.keys(&text.chars().collect::<Vec<char>>());
}

/// Signs in, finds the draft, changes it and goes on to its documents: with keys alone.
pub fn by_keyboard(world: &World, email: &str) {
    for scripts in [true, false] {
        let browser = world.browser(scripts);
        browser.open("/session/new");
        // The first thing that the focus meets leads past the navigation.
        browser.keys(&[TAB]);
        assert!(browser.found("return document.activeElement.matches('a.skip')", &[]), "{}", browser.path());
        browser.keys(&[ENTER]);
        tab_to(&browser, "main [name=email]");
        write(&browser, email);
        tab_to(&browser, "main [name=password]");
        write(&browser, PASSWORD);
        browser.keys(&[ENTER]);
        browser.arrives("/desk");
        tab_to(&browser, "main a[href$='/form']");
        browser.keys(&[ENTER]);
        browser.arrives("/form");
        tab_to(&browser, "main [name=contact_title]");
        write(&browser, "1");
        tab_to(&browser, "main button[name=go][value=documents]");
        browser.keys(&[ENTER]);
        browser.arrives("/documents");
        tab_to(&browser, "main input[type=file]");
        // Out again: the menu, by its summary, and the way out in it.
        browser.open("/desk");
        tab_to(&browser, "details.menu > summary");
        browser.keys(&[ENTER]);
        tab_to(&browser, "form[data-sign-out] button");
        browser.keys(&[ENTER]);
        browser.arrives("/");
    }
}

/// Main pages of those who sign in, as wide and as high as a zoom of 400 % leaves the window: nothing has to be pushed
/// sideways, and axe-core finds nothing.
pub fn zoomed(world: &World, eye: &Eye, draft: &str) {
    let pages: [(&str, &[&str]); 3] = [
        (draft, &["/desk", "/applications", "/messages", "/account", "/organisation"]),
        (
            world.cast.handler.email.as_str(),
            &["/desk", "/applications", "/reviews", "/decisions", "/notices", "/guide"],
        ),
        (world.cast.approver.email.as_str(), &["/desk", "/calls", "/lists", "/design"]),
    ];
    for (email, paths) in pages {
        let browser = world.signed_in(email, true);
        browser.size(ZOOMED.0, ZOOMED.1);
        for path in paths {
            browser.open(path);
            let name = path.trim_start_matches('/').replace('/', "-");
            eye.look(&browser, &format!("zoomed-{name}"));
        }
        if email == draft {
            browser.open("/desk");
            browser.press("main a[href$='/form']");
            browser.arrives("/form");
            eye.look(&browser, "zoomed-form");
            // In so low a window nothing stays at its top.
            let kept = "return [...document.querySelectorAll('main *')]
                .some((e) => ['sticky', 'fixed'].includes(getComputedStyle(e).position))";
            assert!(!browser.found(kept, &[]), "something stays in sight and covers the rest");
        }
    }
}

/// In the reader's own colours a button is still one, and the focus is seen.
pub fn in_own_colours(world: &World, draft: &str) {
    let browser = world.signed_in(draft, true);
    browser
        .tool("Emulation.setEmulatedMedia", &json!({ "features": [{ "name": "forced-colors", "value": "active" }] }));
    browser.open("/desk");
    assert!(browser.found("return matchMedia('(forced-colors: active)').matches", &[]), "the browser does not");
    browser.press("main a[href$='/form']");
    browser.arrives("/form");
    let bare = "return [...document.querySelectorAll('.button')]
        .filter((e) => e.offsetParent !== null && getComputedStyle(e).borderTopStyle === 'none').length";
    assert_eq!(browser.script(bare, &[]), json!(0), "buttons without an edge");
    tab_to(&browser, "main [name=contact_title]");
}

/// The script of what a control holds.
const VALUE: &str = "return document.querySelector(`main [name='${arguments[0]}']`).value";

fn held(browser: &Browser, name: &str) -> serde_json::Value {
    browser.script(VALUE, &[json!(name)])
}

/// A form in two windows, one of which loses its line; then rows out of a spreadsheet.
pub fn without_fear(world: &World, email: &str) {
    let [one, other] = [world.signed_in(email, true), world.signed_in(email, true)];
    for browser in [&one, &other] {
        browser.press("main a[href$='/form']");
        browser.arrives("/form");
    }
    let form = "#application-form";

    // Without a line it is kept here, and says so; with it, it is sent.
    one.line(false);
    one.fill("profile", "没有网络时写下的内容。");
    let kept = "const line = document.querySelector(`${arguments[0]} [data-save-status]`);
        const copied = Object.keys(localStorage).some((key) => key.startsWith('yuanchi:unsaved:'));
        return copied && line.dataset.tone === 'attention'";
    one.until("word of being without a line", |browser| browser.found(kept, &[json!(form)]));
    one.line(true);
    is_saved(&one, form);

    // The other window changes something else: both changes stand, and it is told what came from elsewhere.
    other.fill("honours", "另一窗口写下的荣誉。");
    is_saved(&other, form);
    assert_eq!(held(&other, "profile"), "没有网络时写下的内容。");
    assert!(other.found("return !document.querySelector('[data-save-merge]').hidden", &[]), "{}", other.words());

    // Both change the same: the person chooses.
    one.open(&one.path());
    assert_eq!(held(&one, "honours"), "另一窗口写下的荣誉。");
    one.fill("profile", "甲的写法。");
    is_saved(&one, form);
    other.fill("profile", "乙的写法。");
    other.one(".merge-choice [data-merge-side=theirs]");
    other.press(".merge-choice [data-merge-side=theirs]");
    other.press("[data-save-merge-accept]");
    is_saved(&other, form);
    assert_eq!(held(&other, "profile"), "甲的写法。");

    // Two rows of two columns, and a cell that finds no place.
    let pasting = "const control = document.querySelector(`main [name='products[0][name]']`);
        control.focus();
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', arguments[0]);
        control.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));";
    other.script(pasting, &[json!("云平台\t设备上云\n质检系统\t视觉检测\n")]);
    assert_eq!(held(&other, "products[0][name]"), "云平台");
    let second =
        "return [...document.querySelectorAll(`main [name^='products['][name$='[field]']`)].map((e) => e.value)";
    let fields = other.script(second, &[]);
    assert_eq!((fields[0].as_str(), fields[1].as_str()), (Some("设备上云"), Some("视觉检测")), "{fields}");
    is_saved(&other, form);
}
