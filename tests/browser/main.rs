//! The pages as people meet them: Debian's chromium, driven through its chromedriver, with scripts and without.
//!
//! Does nothing unless `YUANCHI_TEST_BROWSER` names the driver: `cargo test` needs no browser. By hand, on Debian:
//!
//! ```sh
//! apt-get install chromium chromium-driver fonts-noto-cjk
//! npm pack axe-core@4.12.1 && tar xzf axe-core-4.12.1.tgz package/axe.min.js
//! YUANCHI_TEST_BROWSER=chromedriver YUANCHI_TEST_AXE=$PWD/package/axe.min.js \
//!     YUANCHI_TEST_SCREENSHOTS=target/screenshots cargo test --test browser -- --nocapture
//! ```
//!
//! `YUANCHI_TEST_BROWSER` may also be the address of a driver that runs already, such as `http://127.0.0.1:9515`;
//! without `YUANCHI_TEST_SCREENSHOTS` no pictures are kept.

#[path = "../registry/support/mod.rs"]
mod support;

mod driver;
mod filing;
mod hands;
mod judging;
mod keeping;
mod looks;
mod saving;
mod tasks;
mod uploads;
mod visiting;
mod world;

use driver::{BROWSER, Browser, Driver};
use looks::Eye;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use world::World;
use yuanchi::db::applications::{self, Filter};
use yuanchi::db::page::Pager;
use yuanchi::domain::language::Language;
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;

/// Who steers browsers, once no other test does: a machine has room for one of them. Nothing where none is named.
fn in_turn() -> Option<(Driver, MutexGuard<'static, ()>)> {
    static TURN: Mutex<()> = Mutex::new(());
    // Another test that failed says so itself.
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let driver = Driver::named();
    if driver.is_none() {
        println!("{BROWSER} names no driver: no browser was run");
    }
    driver.map(|driver| (driver, turn))
}

/// Does the same with scripts and without, at the same time.
fn both<T: Send>(work: impl Fn(bool) -> T + Sync) -> [T; 2] {
    let work = &work;
    std::thread::scope(|scope| {
        let other = scope.spawn(move || work(false));
        let one = work(true);
        [one, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
    })
}

/// Who looks through the pages: a name for the pictures, and with what address they sign in.
fn walkers(world: &World) -> Vec<(String, String)> {
    let mut walkers: Vec<(String, String)> = Vec::new();
    for player in &world.cast.players {
        // An officer and an applicant of whom something is going on come below.
        let is_known = walkers.iter().any(|(name, _)| *name == player.role);
        if !is_known && player.role != "city_officer" {
            walkers.push((player.role.clone(), player.email.clone()));
        }
    }
    // Providers apply: every third of the cast, the second of them to be corrected, the fifth still a draft.
    let providers: Vec<_> = world.cast.vendors.iter().filter(|vendor| vendor.sample.index % 3 == 2).collect();
    walkers.push(("vendor_correction".into(), providers[1].player.email.clone()));
    walkers.push(("vendor_draft".into(), providers[4].player.email.clone()));
    walkers.push(("city_officer".into(), officer_with_work(world)));
    walkers
}

/// The address of an applicant whose file is still a draft.
fn draft_holder(world: &World) -> String {
    let walker = walkers(world).into_iter().find(|(name, _)| name == "vendor_draft");
    walker.expect("a draft").1
}

/// The address of an officer whose bureau has a file before it.
fn officer_with_work(world: &World) -> String {
    let filter = Filter { states: vec![State::Submitted], ..Filter::default() };
    let waiting =
        world.test.read(|tx| Ok(applications::list(tx.db, &Scope::everything(), &filter, Pager::new(None, None))?));
    let bureau = waiting.items.iter().find_map(|listed| listed.application.bureau.clone());
    world.cast.officers[&bureau.expect("a file waits for its bureau")].email.clone()
}

/// C-17: a form of another site does nothing. C-38: what is typed is text on every page, and nothing offends against
/// the policy of the content. C-65: every role goes its way with scripts and without, and axe-core finds no fault.
#[test]
fn c_17_c_38_c_65_every_role_goes_its_way_in_a_browser() {
    let Some((driver, _turn)) = in_turn() else { return };
    let eye = Eye::open();
    let world = World::play(driver);
    eye.must_see(&world.browser(true));
    println!("every check finds what it is there for");

    let applications = both(|scripts| {
        let id = filing::file_and_screen(&world, &eye, scripts);
        visiting::look_around(&world, &eye, scripts);
        id
    });
    println!("filed, corrected, recommended and screened; searched, read and objected");
    judging::open_review(&world, &eye, &applications[0]);
    both(|scripts| {
        judging::score(&world, &eye, scripts, &applications[usize::from(!scripts)]);
        judging::decide(&world, &eye, scripts);
        visiting::come_from_elsewhere(&world, scripts);
        keeping::open_notice(&world, &eye, scripts);
        keeping::invite_grant_and_audit(&world, &eye, scripts);
    });
    println!("scored, decided and put on notice; invited, given a role and audited; other sites were refused");

    let draft = draft_holder(&world);
    hands::by_keyboard(&world, &draft);
    hands::without_fear(&world, &draft);
    hands::zoomed(&world, &eye, &draft);
    hands::in_own_colours(&world, &draft);
    println!("by keys alone, without a line, in two windows, at 400 % and in the reader's own colours");

    for language in Language::ALL.iter().copied() {
        walk_everywhere(&world, &eye, language);
    }
    eye.must_be_content();
}

/// Goes on in a language, by the switch in the foot of the page that is open.
fn switch(browser: &Browser, language: Language) {
    let own = format!("return document.documentElement.lang === '{language}'");
    if !browser.found(&own, &[]) {
        browser.press(&format!(".languages button[value='{language}']"));
        browser.until("other language", |browser| browser.found(&own, &[]));
    }
}

/// The name of a walker in a language: pictures of the first keep their names.
fn walker_in(language: Language, name: &str) -> String {
    if language == Language::ZhCn { name.to_string() } else { format!("{language}-{name}") }
}

/// Looks at every kind of page that a visitor finds, then at what each role finds besides, in a language.
fn walk_everywhere(world: &World, eye: &Eye, language: Language) {
    let starts = ["/", "/session/new", "/registration/new", "/password/new", "/verify", "/no-such-page"];
    let visitor = world.browser(true);
    visitor.open("/");
    switch(&visitor, language);
    let public = eye.walk(&visitor, &walker_in(language, "visitor"), &starts, &BTreeSet::new());
    assert!(public.len() > 20, "{language}: {public:?}");
    println!("{} kinds of public pages in {language}", public.len());
    let waiting = Mutex::new(VecDeque::from(walkers(world)));
    let next = || waiting.lock().expect("nobody panicked").pop_front();
    let walk = || {
        while let Some((name, email)) = next() {
            let browser = world.signed_in(&email, true);
            switch(&browser, language);
            let seen = eye.walk(&browser, &walker_in(language, &name), &["/desk", "/account"], &public);
            assert!(seen.len() > 2, "{name}: {seen:?}");
            println!("{} kinds of pages as {name} in {language}", seen.len());
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(walk);
        walk();
        other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
}
