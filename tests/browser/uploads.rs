//! Uploads over a line that is slow and breaks off: how far a file is, its pause, and going on with nothing lost.

use crate::driver::Browser;
use crate::filing;
use crate::support::people::PASSWORD;
use crate::world::World;
use serde_json::json;
use yuanchi::db;
use yuanchi::domain::ids::ApplicationId;

/// The document that is heavy; it may have ten megabytes.
const HEAVY: &str = "documents.licence";
/// Its bytes beyond those of a small one.
const WEIGHT: usize = 6 << 20;
/// Bytes that go out in a second while somebody looks: it would take half a minute.
const NARROW: u32 = 200_000;

/// What the script shows of this upload.
const PARTS: &str = "
    const form = document.getElementById('f-documents.licence').form;
    const part = (name) => form.querySelector(`[data-upload-${name}]`);
    const isSeen = (name) => part(name).getClientRects().length > 0;
    const bar = form.querySelector('progress'), line = form.querySelector('[data-problem-for]');
    const isWaiting = (word) => isSeen('resume') && !isSeen('pause') && !line.hidden
        && line.textContent === form.dataset[word] && form.querySelector('[type=file]').files.length === 1;";
/// It runs, and shows how far it is.
const RUNS: &str = "isSeen('pause') && !isSeen('resume') && bar.value > 0 && bar.value < 100
    && part('percent').textContent === `${bar.value}%` && part('said').textContent.includes('%')";

/// One of two files runs.
const RUNS_OF_TWO: &str = "bar.value > 0 && bar.value < 100 && part('percent').textContent.startsWith('1 / 2')";

fn is(browser: &Browser, what: &str) -> bool {
    browser.found(&format!("{PARTS} return {what};"), &[])
}

#[track_caller]
fn press(browser: &Browser, name: &str) {
    let button = browser.found_by(&format!("{PARTS} return part(arguments[0]);"), &[json!(name)]);
    browser.click(&button.expect("a button of the upload"));
}

/// How many documents the service shows, after it was asked often enough for a file that still came in to have come.
fn listed_elsewhere(browser: &Browser) -> serde_json::Value {
    browser.script_that_waits(
        "const done = arguments[arguments.length - 1];
        const ask = async () => {
            let page = null;
            for (let times = 0; times < 20; times += 1) {
                const answer = await fetch(location.href, { cache: 'no-store' });
                page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            }
            return page.querySelectorAll('.files a').length;
        };
        ask().then(done, (error) => done(String(error)));",
    )
}

/// A file of which a part is there is nowhere; what was there before stays; whatever stops it, one press sends it again.
#[test]
fn an_upload_is_paused_breaks_off_and_goes_on() {
    let Some((driver, _turn)) = crate::in_turn() else { return };
    let (world, call, _) = World::small(driver, 1);
    let browser = world.signed_in(&world.cast.vendors[0].player.email, true);
    filing::begins(&browser, &call);
    let id = browser.path().split('/').nth(2).expect("an id").to_string();
    browser.open(&format!("/applications/{id}/documents"));
    let light = world.paper("commitment");
    browser.fill("documents.commitment", &light.display().to_string());
    browser.click(&filing::sends(&browser, "documents.commitment"));
    filing::is_listed(&browser, &light);

    let heavy = world.paper_of("licence", WEIGHT);
    browser.narrow(NARROW);
    browser.until("empty upload", |browser| is(browser, "document.readyState === 'complete' && !isSeen('progress')"));
    browser.fill(HEAVY, &heavy.display().to_string());
    browser.click(&filing::sends(&browser, HEAVY));
    browser.until("progress of an upload", |browser| is(browser, RUNS));

    // A pause stops it, however good the line is.
    press(&browser, "pause");
    browser.until("word of the pause", |browser| is(browser, "isWaiting('wordPaused')"));
    let reached = browser.script(&format!("{PARTS} return bar.value;"), &[]);
    browser.line(true);
    assert_eq!(listed_elsewhere(&browser), json!(1), "the small one alone");
    assert!(is(&browser, "isWaiting('wordPaused')"), "{}", browser.words());
    assert_eq!(browser.script(&format!("{PARTS} return bar.value;"), &[]), reached);

    // Going on sends it; without a line it says so, keeps the choice and offers to try again, as often as it takes.
    browser.line(false);
    for _ in 0..2 {
        press(&browser, "resume");
        browser.until("word of the failure", |browser| is(browser, "isWaiting('wordFailed')"));
    }

    browser.line(true);
    press(&browser, "resume");
    filing::is_listed(&browser, &heavy);
    filing::is_listed(&browser, &light);

    let application = ApplicationId::from_text(&id).expect("an id");
    let kept = world.test.read(|tx| Ok(db::attachments::of_application(tx.db, application)?));
    let mut kept: Vec<(String, u64)> = kept.into_iter().map(|one| (one.name, one.bytes.unsigned_abs())).collect();
    kept.sort();
    let weight = |path: &std::path::Path| std::fs::metadata(path).expect("a file").len();
    let sent = [("commitment.pdf".to_string(), weight(&light)), ("licence.pdf".to_string(), weight(&heavy))];
    assert_eq!(kept, sent, "each once and whole");
}

/// Two at once: what is through first is shown and said where it belongs, and the other goes on; several in one go.
#[test]
fn an_upload_that_is_through_breaks_off_no_other() {
    let Some((driver, _turn)) = crate::in_turn() else { return };
    let (world, call, _) = World::small(driver, 1);
    let browser = world.signed_in(&world.cast.vendors[0].player.email, true);
    filing::begins(&browser, &call);
    let id = browser.path().split('/').nth(2).expect("an id").to_string();
    let documents = format!("/applications/{id}/documents");
    browser.open(&documents);
    browser.script("window.isStill = true", &[]);

    let (heavy, light) = (world.paper_of("licence", WEIGHT), world.paper("commitment"));
    browser.narrow(NARROW);
    browser.fill(HEAVY, &heavy.display().to_string());
    browser.click(&filing::sends(&browser, HEAVY));
    browser.until("progress of an upload", |browser| is(browser, RUNS));
    browser.fill("documents.commitment", &light.display().to_string());
    browser.click(&filing::sends(&browser, "documents.commitment"));
    filing::is_listed(&browser, &light);
    assert!(is(&browser, "isSeen('progress') && window.isStill"), "{}", browser.words());
    let said = "return document.querySelector('[data-uploads-said]').textContent.includes('commitment.pdf')
        && document.activeElement.closest('[data-upload-part]') !== null";
    browser.until("word of the upload", |browser| browser.found(said, &[]));
    browser.line(true);
    filing::is_listed(&browser, &heavy);
    assert!(browser.found("return window.isStill === true", &[]), "the page was loaded anew");
    filing::is_listed(&browser, &light);

    // Several in one go, where a kind takes several.
    let several = browser.script("return document.querySelector('input[type=file][multiple]')?.name ?? ''", &[]);
    let several = several.as_str().unwrap_or_default();
    assert!(!several.is_empty(), "{}", browser.words());
    let papers = [world.paper("first"), world.paper("second")];
    let chosen = papers.each_ref().map(|paper| paper.display().to_string()).join("\n");
    browser.fill(several, &chosen);
    browser.click(&filing::sends(&browser, several));
    papers.iter().for_each(|paper| filing::is_listed(&browser, paper));
    assert!(browser.found("return window.isStill === true", &[]), "the page was loaded anew");
}

/// Of several files the next one waits where its person asked for a pause, with nothing lost; a line that goes once a file is there
/// leaves the page standing, and the page shows the file once the line is back.
#[test]
fn a_pause_between_files_loses_nothing_and_no_line_no_page() {
    let Some((driver, _turn)) = crate::in_turn() else { return };
    let (world, call, _) = World::small(driver, 1);
    let browser = world.signed_in(&world.cast.vendors[0].player.email, true);
    filing::begins(&browser, &call);
    let id = browser.path().split('/').nth(2).expect("an id").to_string();
    browser.open(&format!("/applications/{id}/documents"));

    let several = browser.script("return document.querySelector('input[type=file][multiple]')?.name ?? ''", &[]);
    let several = several.as_str().unwrap_or_default();
    let of = |what: &str| PARTS.replace(HEAVY, several) + " return " + what + ";";
    let papers = [world.paper_of("first", WEIGHT), world.paper("second")];
    browser.narrow(NARROW);
    browser.fill(several, &papers.each_ref().map(|paper| paper.display().to_string()).join("\n"));
    browser.click(&filing::sends(&browser, several));
    browser
        .until("progress of an upload", |browser| browser.found(&of(&format!("isSeen('hold') && {RUNS_OF_TWO}")), &[]));
    browser.click(&browser.found_by(&of("part('hold')"), &[]).expect("a button"));
    let is_told =
        "!isSeen('hold') && isSeen('pause') && part('percent').textContent.includes(form.dataset.wordHolding)";
    browser.until("word of the pause to come", |browser| browser.found(&of(is_told), &[]));
    browser.line(true);
    let waits = "isSeen('resume') && part('resume').textContent === form.dataset.wordGoOn
        && line.textContent === form.dataset.wordHeld";
    browser.until("pause between two files", |browser| browser.found(&of(waits), &[]));
    assert_eq!(listed_elsewhere(&browser), json!(1), "the first one alone");
    browser.click(&browser.found_by(&of("part('resume')"), &[]).expect("a button"));
    papers.iter().for_each(|paper| filing::is_listed(&browser, paper));

    // The page's own script asks for nothing while there is no line; the upload itself comes through.
    browser.script(
        "window.asked = window.fetch; window.fetch = async () => { throw new TypeError('no line'); }; window.isStill = true;",
        &[],
    );
    let licence = world.paper("licence");
    browser.fill(HEAVY, &licence.display().to_string());
    browser.click(&filing::sends(&browser, HEAVY));
    let done = "isSeen('percent') && !isSeen('pause') && part('percent').textContent.includes(form.dataset.wordDone)";
    browser.until("word of the upload", |browser| is(browser, done));
    assert!(browser.found("return window.isStill === true", &[]), "the page was left without a line");
    browser.script("window.fetch = window.asked; dispatchEvent(new Event('online'));", &[]);
    filing::is_listed(&browser, &licence);
    papers.iter().for_each(|paper| filing::is_listed(&browser, paper));
}

/// Ends every session of somebody, as whoever closes them elsewhere does.
fn end_sessions(world: &World, email: &str) {
    let email = email.to_string();
    world.test.write(move |tx| {
        let owner = db::accounts::find_by_email(tx.db, &email)?.expect("an account");
        Ok(db::sessions::end_all(tx.db, &[owner.id], &[], tx.now)?)
    });
}

/// Signs in as in another window of this browser: the page that is open keeps the token of the session before.
#[track_caller]
fn sign_in_elsewhere(browser: &Browser, email: &str) {
    let (email, password) = (json!(email), json!(PASSWORD));
    let source = format!(
        "const done = arguments[arguments.length - 1];
        const work = async () => {{
            const page = await (await fetch('/session/new', {{ cache: 'no-store' }})).text();
            const csrf = new DOMParser().parseFromString(page, 'text/html').querySelector('input[name=csrf]').value;
            const body = new URLSearchParams({{ csrf, email: {email}, password: {password} }});
            return new URL((await fetch('/session', {{ method: 'POST', body }})).url).pathname;
        }};
        work().then(done, (error) => done(String(error)));"
    );
    assert_eq!(browser.script_that_waits(&source), json!("/desk"));
}

/// Whose session ends while a file waits is told so, signs in in another window, and goes on with what was chosen.
#[test]
fn an_upload_goes_on_after_a_sign_in_in_another_window() {
    let Some((driver, _turn)) = crate::in_turn() else { return };
    let (world, call, _) = World::small(driver, 1);
    let email = world.cast.vendors[0].player.email.clone();
    let browser = world.signed_in(&email, true);
    filing::begins(&browser, &call);
    let id = browser.path().split('/').nth(2).expect("an id").to_string();
    browser.open(&format!("/applications/{id}/documents"));
    browser.script("window.isStill = true", &[]);

    let licence = world.paper("licence");
    browser.fill(HEAVY, &licence.display().to_string());
    end_sessions(&world, &email);
    browser.click(&filing::sends(&browser, HEAVY));
    browser.until("word of the session", |browser| is(browser, "isWaiting('wordSignedOut') && isSeen('sign-in')"));
    // As long as nobody has signed in, it stays so, and nothing is sent in vain.
    press(&browser, "resume");
    browser.until("word of the session", |browser| is(browser, "isWaiting('wordSignedOut') && isSeen('sign-in')"));
    sign_in_elsewhere(&browser, &email);
    press(&browser, "resume");
    filing::is_listed(&browser, &licence);

    // Whoever signed in anew before anything was sent notices nothing.
    end_sessions(&world, &email);
    sign_in_elsewhere(&browser, &email);
    let commitment = world.paper("commitment");
    browser.fill("documents.commitment", &commitment.display().to_string());
    browser.click(&filing::sends(&browser, "documents.commitment"));
    filing::is_listed(&browser, &commitment);
    assert!(browser.found("return window.isStill === true", &[]), "the page was loaded anew");
}
