//! For every hand and eye: the way with nothing but keys, windows as a zoom of 400 % leaves them, the reader's own
//! colours, and the form that loses nothing without a line, beside a second window, and from a spreadsheet.

use crate::driver::Browser;
use crate::filing::is_saved;
use crate::judging;
use crate::looks::Eye;
use crate::support::people::PASSWORD;
use crate::world::{World, played};
use chrono::Duration;
use serde_json::json;
use yuanchi::cli::demo::play;
use yuanchi::domain::calendar::local_date;
use yuanchi::domain::ids::{ApplicationId, AssignmentId, CallId};
use yuanchi::domain::procedure::State;

/// The keys of WebDriver (17.4.2, keyboard actions).
const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const SPACE: char = ' ';
const UP: char = '\u{E013}';
const DOWN: char = '\u{E015}';
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

/// Goes to something and presses it; the page that comes of it is waited for by what it shows.
#[track_caller]
fn press_by_keys(browser: &Browser, css: &str, next: &str) {
    tab_to(browser, css);
    browser.keys(&[ENTER]);
    // With its styles, which draw the focus, and its script.
    let stands = "return document.readyState === 'complete' && document.querySelector(arguments[0]) !== null";
    browser.until(next, |browser| browser.found(stands, &[json!(next)]));
}

/// Signs in with keys alone.
#[track_caller]
fn sign_in_by_keys(browser: &Browser, email: &str) {
    browser.open("/session/new");
    // The first thing that the focus meets leads past the navigation.
    browser.keys(&[TAB]);
    assert!(browser.found("return document.activeElement.matches('a.skip')", &[]), "{}", browser.path());
    browser.keys(&[ENTER]);
    tab_to(browser, "main [name=email]");
    write(browser, email);
    tab_to(browser, "main [name=password]");
    write(browser, PASSWORD);
    browser.keys(&[ENTER]);
    browser.arrives("/desk");
    browser.until("whole page", |browser| browser.found("return document.readyState === 'complete'", &[]));
}

/// A bureau's officer, an expert and an approver each do what is theirs, with nothing but keys: the review's panel and
/// the rest of its sheets are played.
#[test]
fn officers_and_experts_need_no_mouse() {
    let Some((driver, _turn)) = crate::in_turn() else { return };
    let (world, call, days) = World::small(driver, 2);
    let app = &world.test.app;
    let filed = played(play::in_state(app, call, State::Submitted));
    assert_eq!(filed.len(), 1);
    recommend_by_keys(&world, filed[0]);
    assert_eq!(played(play::in_state(app, call, State::Recommended)), filed);

    played(play::screen_file(app, &world.cast, filed[0], None));
    let due = local_date(world.test.now()) + Duration::days(20);
    played(play::open_review(app, &world.cast, call, due));
    let (email, charged) = judging::busiest(&world, call);
    score_by_keys(&world, &email, charged[0]);
    played(play::score_files(app, &world.cast, call, usize::MAX, false));

    world.test.set_clock(play::morning(days.closes + Duration::days(1), 0));
    played(play::close_review(app, &world.cast, call));
    played(play::propose_decision(app, &world.cast, call));
    approve_by_keys(&world, call);
    assert_eq!(played(play::in_state(app, call, State::Proposed)), filed);
}

/// From the first page to the file, and on to the bureau.
fn recommend_by_keys(world: &World, id: ApplicationId) {
    let browser = world.browser(true);
    sign_in_by_keys(&browser, world.officer());
    let file = format!("main td a[href='/applications/{id}']");
    press_by_keys(&browser, "main .tasks a[href^='/applications?state=submitted']", &file);
    let way = format!("main a[href='/applications/{id}/recommendation']");
    press_by_keys(&browser, &file, &way);
    press_by_keys(&browser, &way, "main form[action$='/recommendation'] textarea");
    tab_to(&browser, "main textarea[name=opinion]");
    write(&browser, "Complete and true; recommended.");
    tab_to(&browser, "main form[action$='/recommendation'] button.primary");
    browser.keys(&[ENTER]);
    browser.until("file that was sent on", |browser| browser.path() == format!("/applications/{id}"));
}

/// From the first page to the file, through the declaration, and the sheet item by item.
fn score_by_keys(world: &World, email: &str, assignment: AssignmentId) {
    let browser = world.browser(true);
    sign_in_by_keys(&browser, email);
    let file = format!("main a[href='/assignments/{assignment}']");
    press_by_keys(&browser, "main .tasks a[href='/assignments']", &file);
    press_by_keys(&browser, &file, "[name=conflict]");
    tab_to(&browser, "[name=conflict][value=no]");
    // Blank chooses, arrows go from one answer to the other and back.
    browser.keys(&[SPACE, DOWN]);
    let is_yes = "return document.querySelector('[name=conflict][value=yes]').checked";
    browser.until("other answer", |browser| browser.found(is_yes, &[]));
    browser.keys(&[UP]);
    let is_no = "return document.querySelector('[name=conflict][value=no]').checked";
    browser.until("first answer", |browser| browser.found(is_no, &[]));
    press_by_keys(&browser, "form[action$='/declaration'] button.primary", "#sheet");
    for (name, points) in judging::short_of_full(&browser) {
        tab_to(&browser, &format!("#sheet [name='{name}']"));
        write(&browser, &points);
    }
    tab_to(&browser, "#sheet textarea[name=opinion]");
    write(&browser, "Sound and well documented.");
    tab_to(&browser, "#sheet .form-actions button.primary");
    browser.keys(&[ENTER]);
    browser.arrives("/assignments");
    browser.shows("评分表已提交");
}

/// From the first page to the sheet that waits for a signature.
fn approve_by_keys(world: &World, call: CallId) {
    let browser = world.browser(true);
    sign_in_by_keys(&browser, &world.cast.approver.email);
    let approve = "form[action$='/approval'] button.primary";
    // Where it is the only sheet that waits, the first page leads to it at once.
    let at_once = format!("main .tasks a[href='/decisions/{call}']");
    if browser.count(&at_once) > 0 {
        press_by_keys(&browser, &at_once, approve);
    } else {
        let sheet = format!("main a[href='/decisions/{call}']");
        press_by_keys(&browser, "main .tasks a[href='/decisions']", &sheet);
        press_by_keys(&browser, &sheet, approve);
    }
    tab_to(&browser, approve);
    browser.keys(&[ENTER]);
    browser.shows("审定意见已批准");
}

/// Signs in, finds the draft, changes it and goes on to its documents: with keys alone.
pub fn by_keyboard(world: &World, email: &str) {
    for scripts in [true, false] {
        let browser = world.browser(scripts);
        sign_in_by_keys(&browser, email);
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
    let auditor = world.cast.players.iter().find(|player| player.role == "auditor").expect("somebody audits");
    let pages: [(&str, &[&str]); 4] = [
        (draft, &["/desk", "/applications", "/messages", "/account", "/organisation"]),
        (
            world.cast.handler.email.as_str(),
            &["/desk", "/applications", "/reviews", "/decisions", "/notices", "/guide"],
        ),
        (world.cast.approver.email.as_str(), &["/desk", "/calls", "/lists", "/design"]),
        (auditor.email.as_str(), &["/desk", "/events"]),
    ];
    for (email, paths) in pages {
        let browser = world.signed_in(email, true);
        browser.size(ZOOMED.0, ZOOMED.1);
        for path in paths {
            browser.open(path);
            let name = path.trim_start_matches('/').replace('/', "-");
            eye.look(&browser, &format!("zoomed-{name}"));
            // A telephone and a tablet: what is wider than the page scrolls in its own place.
            for width in [375, 768] {
                browser.size(width, ZOOMED.1);
                let wide = "return document.documentElement.scrollWidth > innerWidth";
                assert!(!browser.found(wide, &[]), "{path} of {email} is wider than {width}");
            }
            browser.size(ZOOMED.0, ZOOMED.1);
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
    // From wherever the person is, the line in sight leads to the choice.
    other.script("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })", &[]);
    other.press("[data-save-look]");
    assert!(other.found("return document.activeElement.matches('[data-save-merge]')", &[]), "{}", other.words());
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

    // A choice is found by its name, without the code before it and without the 市 behind it.
    let paste = pasting.replace("products[0][name]", "cases[0][enterprise]");
    other.script(&paste, &[json!("某五金厂\t金属制品业\t东莞\t100\n")]);
    let chosen = "return ['division', 'city'].map((column) =>
        document.querySelector(`main [name='cases[0][${column}]']`).selectedOptions[0].text.trim())";
    assert_eq!(other.script(chosen, &[]), json!(["C33 金属制品业", "东莞市"]));

    // A table of years with its own headings and years, in another order than the page's: each figure finds its place.
    let years = "return [...document.querySelectorAll(`main table.by-year tbody th`)].map((e) => e.textContent.trim())";
    let years = other.script(years, &[]);
    let [earlier, later] = [0usize, 2].map(|at| years[at].as_str().expect("three years").to_string());
    let table = format!("年份\t利润总额\t营业收入（万元）\n{later}年\t31\t30\n{earlier}\t11\t10\n1990\t1\t2\n");
    other.script(&pasting.replace("products[0][name]", &format!("finances[{earlier}][revenue]")), &[json!(table)]);
    for (year, column, figure) in
        [(&earlier, "revenue", "10"), (&earlier, "profit", "11"), (&later, "revenue", "30"), (&later, "profit", "31")]
    {
        assert_eq!(held(&other, &format!("finances[{year}][{column}]")), figure, "{year} {column}");
    }
    let told = "return [...document.querySelectorAll('[data-paste-list] li')].map((e) => e.textContent).join('\\n')";
    let told = other.script(told, &[]);
    assert!(told.as_str().is_some_and(|told| told.contains("1990") && !told.contains("利润总额")), "{told}");
    is_saved(&other, form);

    // An amount in brackets above the others is a figure and no heading; its unit stays with a figure, for the person to mend.
    let revenues =
        [earlier.as_str(), years[1].as_str().expect("a year")].map(|year| format!("finances[{year}][revenue]"));
    let before = revenues.clone().map(|name| held(&other, &name));
    let paste = pasting.replace("products[0][name]", &revenues[0]);
    other.script(&paste, &[json!("（1,200.50）\n3万元\n")]);
    assert_eq!(revenues.clone().map(|name| held(&other, &name)), [json!("(1,200.50)"), json!("3万元")]);
    let undo = "document.querySelector(`main [name='${arguments[0]}']`).closest('fieldset.field-wide')
        .querySelector('[data-paste-undo]').click()";
    other.script(undo, &[json!(revenues[0])]);
    assert_eq!(revenues.map(|name| held(&other, &name)), before);
    is_saved(&other, form);

    // A button pressed without a line does not leave the page: it says what waits, and goes on when the line is back.
    other.line(false);
    other.fill("honours", "没有网络时按下按钮。");
    let form_page = other.path();
    other.press("#application-form button[name=go][value=documents]");
    let waits = "const form = document.querySelector(arguments[0]);
        return form.querySelector('[data-save-words]').textContent.includes(form.dataset.wordHeld)";
    other.until("word of what waits", |browser| browser.found(waits, &[json!(form)]));
    assert_eq!(other.path(), form_page);
    other.line(true);
    other.arrives("/documents");
    other.open(&form_page);
    assert_eq!(held(&other, "honours"), "没有网络时按下按钮。");
    // A browser that takes itself for offline holds nothing back from a service that answers.
    other.script("Object.defineProperty(navigator, 'onLine', { get: () => false });", &[]);
    other.press("#application-form button[name=go][value=documents]");
    other.arrives("/documents");
    other.open(&form_page);

    // Each changes another row of a list: both stand, and nobody has to choose.
    one.open(&form_page);
    one.fill("products[0][name]", "云平台（甲）");
    is_saved(&one, form);
    other.fill("products[1][name]", "质检系统（乙）");
    is_saved(&other, form);
    let rows = ["products[0][name]", "products[1][name]"].map(|name| held(&other, name));
    assert_eq!(rows, [json!("云平台（甲）"), json!("质检系统（乙）")]);
    assert_eq!(other.count(".merge-choice"), 0, "{}", other.words());
    in_one_row(&one, &other);
}

/// Each window changes another field of one row: both stand. Both change one field: that field alone is asked for.
fn in_one_row(one: &Browser, other: &Browser) {
    let form = "#application-form";
    let row = |browser: &Browser| ["products[0][name]", "products[0][field]"].map(|name| held(browser, name));
    one.open(&one.path());
    one.fill("products[0][name]", "云平台（丙）");
    is_saved(one, form);
    other.fill("products[0][field]", "设备上云（丁）");
    is_saved(other, form);
    assert_eq!(row(other), [json!("云平台（丙）"), json!("设备上云（丁）")]);
    assert_eq!(other.count(".merge-choice"), 0, "{}", other.words());
    let told = "return document.querySelector('[data-save-merge-taken]').textContent";
    let told = other.script(told, &[]);
    assert!(told.as_str().is_some_and(|told| told.contains("1 · 名称") && !told.contains("丁")), "{told}");

    one.open(&one.path());
    one.fill("products[0][name]", "云平台（戊）");
    one.fill("products[1][name]", "质检系统（戊）");
    is_saved(one, form);
    other.fill("products[0][name]", "云平台（己）");
    let asked = other.one(".merge-choice [data-merge-title]");
    let asked = other.script("return arguments[0].textContent", &[asked.argument()]);
    assert!(asked.as_str().is_some_and(|asked| asked.ends_with("1 · 名称")), "{asked}");
    assert_eq!(other.count(".merge-choice"), 1, "{}", other.words());
    other.press(".merge-choice [data-merge-side=theirs]");
    other.press("[data-save-merge-accept]");
    is_saved(other, form);
    assert_eq!(row(other), [json!("云平台（戊）"), json!("设备上云（丁）")]);
    assert_eq!(held(other, "products[1][name]"), "质检系统（戊）");
}
