//! What is asked of every page: nothing runs that should not, nothing has to be pushed sideways, no date and no figure
//! with its unit is written over two lines, and axe-core finds no fault by WCAG 2.2 A and AA nor by its best practices,
//! however small.

use crate::driver::Browser;
use serde_json::json;
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Mutex;

/// Names the file axe.min.js of axe-core 4.12.1, the version that `.ci/axe.txt` pins.
const AXE: &str = "YUANCHI_TEST_AXE";
/// Names the folder that pictures of the pages are put into.
const PICTURES: &str = "YUANCHI_TEST_SCREENSHOTS";
/// A telephone's width and height.
const TELEPHONE: (u32, u32) = (375, 800);
/// Dates, numbers of files and figures with their units that are written over two lines; a window below a telephone's
/// width may have no room for one.
const BROKEN: &str = "
    if (innerWidth < 375) return [];
    const whole = /\\d{4}年\\d{1,2}月\\d{1,2}日|[A-Z]{2}\\d{4}(?:-[A-Z0-9]+)+|\\d\\u00a0(?:[万亿萬億]?元|\\p{L})/gu;
    const broken = new Set();
    for (const place of document.querySelectorAll('main :is(.num, time, .code, .deadline)')) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        for (const { 0: found, index } of text.data.matchAll(whole)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + found.length);
          const tops = [...range.getClientRects()].map(({ top }) => top);
          if (tops.length > 1 && Math.max(...tops) - Math.min(...tops) > 4) broken.add(found);
        }
      }
    }
    return [...broken];";

/// Who looks at pages, and writes down what is wrong.
pub struct Eye {
    axe: String,
    pictures: Option<PathBuf>,
    faults: Mutex<Vec<String>>,
}

impl Eye {
    /// One that knows what axe-core knows.
    ///
    /// # Panics
    /// The environment names no axe.min.js.
    pub fn open() -> Eye {
        let path = std::env::var(AXE).unwrap_or_default();
        let axe = std::fs::read_to_string(&path).unwrap_or_else(|e| {
            panic!("{AXE}={path}: {e}; name the file axe.min.js of axe-core (npm pack axe-core@4.12.1)")
        });
        let pictures = std::env::var_os(PICTURES).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        if let Some(folder) = &pictures {
            std::fs::create_dir_all(folder).unwrap_or_else(|e| panic!("{PICTURES}={}: {e}", folder.display()));
        }
        Eye { axe, pictures, faults: Mutex::default() }
    }

    /// Looks at the page that is open; `name` is that of its picture.
    #[track_caller]
    pub fn look(&self, browser: &Browser, name: &str) {
        let place = format!("{name} ({})", browser.path());
        let found = self.faults_of(browser);
        self.faults.lock().expect("nobody panicked").extend(found.iter().map(|fault| format!("{place}: {fault}")));
        // One way of the two is enough to be seen.
        if let Some(folder) = self.pictures.as_ref().filter(|_| browser.scripts) {
            let path = folder.join(format!("{name}.png"));
            std::fs::write(&path, browser.picture()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        }
    }

    /// What is wrong with the page that is open.
    #[track_caller]
    fn faults_of(&self, browser: &Browser) -> Vec<String> {
        let mut found = browser.complaints();
        let widths = browser.script("return [document.documentElement.scrollWidth, innerWidth]", &[]);
        if widths[0].as_u64() > widths[1].as_u64() {
            found.push(format!("{} wide in a window of {}", widths[0], widths[1]));
        }
        let broken = browser.script(BROKEN, &[]);
        let broken = broken.as_array().unwrap_or_else(|| panic!("broken are {broken}"));
        found.extend(broken.iter().map(|whole| format!("broken over two lines: {whole}")));
        // What it finds does not depend on the page's own script, and its promises need one that runs.
        if browser.scripts {
            found.extend(self.axe_finds(browser));
        }
        found
    }

    #[track_caller]
    fn axe_finds(&self, browser: &Browser) -> Vec<String> {
        let asked = "
            const done = arguments[arguments.length - 1];
            const told = ({ id, impact, nodes }) =>
              `${impact} ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' … ')}`;
            const asked = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run(document, { runOnly: asked, resultTypes: ['violations'] }).then(
              ({ violations }) => done(violations.map(told)),
              (error) => done([`axe-core failed: ${error}`]),
            );";
        let told = browser.script_that_waits(&format!("{};{asked}", self.axe));
        let told = told.as_array().unwrap_or_else(|| panic!("axe-core says {told}"));
        told.iter().map(|fault| fault.as_str().unwrap_or_default().to_string()).collect()
    }

    /// Nothing was wrong anywhere.
    #[track_caller]
    pub fn must_be_content(&self) {
        let faults = self.faults.lock().expect("nobody panicked");
        assert!(faults.is_empty(), "{} faults:\n  {}", faults.len(), faults.join("\n  "));
    }

    /// Each of the checks finds what it is there for.
    #[track_caller]
    pub fn must_see(&self, browser: &Browser) {
        browser.open("/how");
        assert_eq!(self.faults_of(browser), Vec::<String>::new());
        let long = format!("<pre>{}</pre>", "#".repeat(100));
        for (inserted, fault) in [
            ("<img alt=\"\" src=\"/icon\" onerror=\"alert(1)\">", "Content Security Policy"),
            ("<p style=\"color: red\">a</p>", "Content Security Policy"),
            ("<input name=\"nameless\">", "critical label"),
            ("<section aria-label=\"a\"></section><section aria-label=\"a\"></section>", "moderate landmark-unique"),
            (long.as_str(), "wide in"),
            ("<p class=\"swatch\"><span class=\"deadline\">2026年12月2日</span></p>", "broken over two lines"),
            ("<p class=\"swatch\"><span class=\"deadline\">2700\u{a0}万元</span></p>", "broken over two lines"),
        ] {
            browser.open("/how");
            browser.window(TELEPHONE.0, TELEPHONE.1);
            let source = "document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0])";
            browser.script(source, &[json!(inserted)]);
            let mut found = Vec::new();
            browser.until(fault, |browser| {
                found.extend(self.faults_of(browser));
                found.iter().any(|found| found.contains(fault))
            });
        }
    }

    /// Looks, on a telephone, at every page that leads from these, one of a kind; `known` are the kinds that need no
    /// second look. Gives the kinds that were found.
    #[track_caller]
    pub fn walk(&self, browser: &Browser, who: &str, starts: &[&str], known: &BTreeSet<String>) -> BTreeSet<String> {
        browser.window(TELEPHONE.0, TELEPHONE.1);
        let mut ahead: VecDeque<String> = starts.iter().map(|start| start.to_string()).collect();
        let mut met: BTreeSet<String> = BTreeSet::new();
        let mut seen = BTreeSet::new();
        while let Some(path) = ahead.pop_front() {
            let kind = kind_of(&path);
            let needs_no_look = known.contains(&kind) && !starts.contains(&path.as_str());
            if needs_no_look || !met.insert(kind.clone()) {
                continue;
            }
            browser.open(&path);
            // A file leaves the page before it standing, and some addresses lead on to another page.
            if kind_of(&browser.path()) != kind {
                continue;
            }
            let is_page = browser.script("return document.contentType === 'text/html'", &[]);
            if is_page != json!(true) {
                continue;
            }
            self.look(browser, &picture_of(who, &kind));
            let links =
                "return [...document.querySelectorAll('a[href]:not([download])')].map((a) => a.getAttribute('href'))";
            for link in browser.script(links, &[]).as_array().into_iter().flatten().filter_map(|link| link.as_str()) {
                let link = link.split('#').next().unwrap_or_default();
                if link.starts_with('?') {
                    ahead.push_back(format!("{}{link}", path.split('?').next().unwrap_or_default()));
                } else if link.starts_with('/') && !link.starts_with("//") {
                    ahead.push_back(link.into());
                }
            }
            seen.insert(kind);
        }
        seen
    }
}

/// The name of a picture.
fn picture_of(who: &str, kind: &str) -> String {
    let words = kind.replace("{}", "one").replace('?', "/asked");
    words.split('/').filter(|word| !word.is_empty()).fold(who.to_string(), |name, word| format!("{name}-{word}"))
}

/// An address without what tells one page of a kind from another.
fn kind_of(address: &str) -> String {
    let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
    let names = path.split('/').map(|part| match part.len() >= 8 && part.bytes().any(|byte| byte.is_ascii_digit()) {
        true => "{}",
        false => part,
    });
    let kind: Vec<&str> = names.collect();
    format!("{}{}", kind.join("/"), if query.is_some() { "?" } else { "" })
}

#[test]
fn pages_of_a_kind_have_one_name() {
    let one = kind_of("/applications/01a21c0b-c61b-78a3-a73c-d6e2d876ee72/form");
    assert_eq!(one, "/applications/{}/form");
    assert_eq!(kind_of("/pool?on=2026-03-01"), "/pool?");
    assert_eq!(kind_of("/"), "/");
    assert_ne!(kind_of("/how/draw"), kind_of("/how/lists"));
    assert_eq!(picture_of("visitor", &one), "visitor-applications-one-form");
    assert_eq!(picture_of("visitor", "/"), "visitor");
}
