//! A province at work, as `yuanchi demo` plays it, and browsers before it.

use crate::driver::{Browser, Driver};
use crate::filing::PROGRAMME;
use crate::support::people::PASSWORD;
use crate::support::{TestApp, papers};
use chrono::{Datelike, Duration};
use std::path::PathBuf;
use std::sync::Mutex;
use yuanchi::app::Clock;
use yuanchi::cli::demo::cast::Cast;
use yuanchi::cli::demo::play::{self, Days};
use yuanchi::cli::demo::{self, sample};
use yuanchi::domain::calendar::local_date;
use yuanchi::domain::ids::CallId;

/// Organisations that apply: each programme has a file at every station, and the batches one each.
const SIZE: usize = 18;
/// The bureau of those who register in a browser.
pub const BUREAU: &str = "guangzhou";
/// What every free text is tried with: nothing of it may be run or shown as anything but itself.
pub const PAYLOAD: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";

/// Everything at once, and who steers the browsers.
pub struct World {
    /// The registry.
    pub test: TestApp,
    /// Everybody in it; all sign in with [`PASSWORD`].
    pub cast: Cast,
    driver: Driver,
    post: Mutex<()>,
}

impl World {
    /// Plays it. The clock stands still at the instant of the start.
    pub fn play(driver: Driver) -> World {
        let mut cast = None;
        let test = TestApp::start_as(
            |config| cast = Some(demo::play_all(config.clone(), SIZE, PASSWORD).unwrap_or_else(|e| panic!("{e:#}"))),
            |app| app.clock.set(Clock::System.now()),
        );
        World { test, cast: cast.expect("it was played"), driver, post: Mutex::default() }
    }

    /// A small one, soon there: everybody who is employed, and one call of [`PROGRAMME`], which closes in two days. So
    /// many organisations of the first city are registered, and all but the first have filed. The clock stands still at
    /// the instant of the start, and may be set forward.
    pub fn small(driver: Driver, organisations: usize) -> (World, CallId, Days) {
        let now = Clock::System.now();
        let today = local_date(now);
        let days = Days::from(today - Duration::days(28));
        let test = TestApp::start_as(|_| {}, |app| app.clock.set(play::morning(days.drafted, -60)));
        let app = &test.app;
        let mut cast = played(Cast::assemble(app, PASSWORD));
        let cities = app.env.reference.cities.len();
        for round in 0..organisations {
            played(cast.register_vendor(app, round * cities));
        }
        let call = played(play::call(app, &cast, PROGRAMME, today.year(), days));
        for (number, vendor) in cast.vendors.iter().enumerate().skip(1) {
            app.clock.set(play::morning(days.opens + Duration::days(3), number as i64));
            let id = played(play::fill(app, vendor, call));
            played(play::file(app, vendor, id));
        }
        test.set_clock(now);
        (World { test, cast, driver, post: Mutex::default() }, call, days)
    }

    /// A browser of nobody in particular.
    pub fn browser(&self, scripts: bool) -> Browser {
        Browser::start(&self.driver, &format!("http://{}", self.test.address), scripts)
    }

    /// A browser in which somebody has signed in.
    #[track_caller]
    pub fn signed_in(&self, email: &str, scripts: bool) -> Browser {
        let browser = self.browser(scripts);
        sign_in(&browser, email);
        browser
    }

    /// The made-up organisation that registers in a browser with or without scripts: of the first city, whose bureau is
    /// [`BUREAU`], and with a number beyond those that play already.
    pub fn newcomer(&self, scripts: bool) -> sample::Sample {
        let reference = &self.test.app.env.reference;
        let round = if scripts { 1 } else { 2 };
        sample::organisation(round * reference.cities.len(), reference)
    }

    /// The first link of this kind that was mailed to an address.
    pub fn link_for(&self, email: &str, kind: &str) -> Option<String> {
        // Two at once would each find a part of the outbox taken by the other.
        let _turn = self.post.lock().expect("nobody panicked");
        self.test.run_jobs();
        let letters = self.test.letters_to(email);
        let mut words = letters.iter().flat_map(|letter| letter.text.split_whitespace());
        words.find(|word| word.starts_with("http") && word.contains(kind)).map(String::from)
    }

    /// The address of the bureau's officer.
    pub fn officer(&self) -> &str {
        &self.cast.officers[BUREAU].email
    }

    /// The year of the calls that are under way.
    pub fn year(&self) -> i32 {
        local_date(self.test.now()).year()
    }

    /// A PDF of its own to upload; its name.
    pub fn paper(&self, name: &str) -> PathBuf {
        self.paper_of(name, 0)
    }

    /// The same, heavier by so many bytes of a comment.
    pub fn paper_of(&self, name: &str, heavier: usize) -> PathBuf {
        let folder = self.test.dir.join("papers");
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(format!("{name}.pdf"));
        std::fs::write(&path, papers::pdf_with(name, &"-".repeat(heavier))).expect("a file");
        path
    }
}

/// What was played.
///
/// # Panics
/// It could not be played.
#[track_caller]
pub fn played<T>(done: anyhow::Result<T>) -> T {
    done.unwrap_or_else(|error| panic!("{error:#}"))
}

/// Signs in through the page.
#[track_caller]
pub fn sign_in(browser: &Browser, email: &str) {
    browser.open("/session/new");
    browser.fill("email", email);
    browser.fill("password", PASSWORD);
    browser.press("main form .primary");
    browser.arrives("/desk");
}
