//! A province at work, as `yuanchi demo` plays it, and browsers before it.

use crate::driver::{Browser, Driver};
use crate::support::TestApp;
use crate::support::people::PASSWORD;
use std::path::PathBuf;
use std::sync::Mutex;
use yuanchi::app::Clock;
use yuanchi::cli::demo::cast::Cast;
use yuanchi::cli::demo::{self, sample};

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
        use chrono::Datelike;
        yuanchi::domain::calendar::local_date(self.test.now()).year()
    }

    /// A PDF of its own to upload; its name.
    pub fn paper(&self, name: &str) -> PathBuf {
        let folder = self.test.dir.join("papers");
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(format!("{name}.pdf"));
        std::fs::write(&path, sample::pdf(name)).expect("a file");
        path
    }
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
