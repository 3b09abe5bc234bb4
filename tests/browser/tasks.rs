//! The main tasks as a person does them with a script that runs, from the role's first page on: what each costs in
//! clicks, fields and pages, and how many clicks the pages promise at most.

use crate::driver::{Browser, Element};
use crate::filing::{self, PROGRAMME};
use crate::judging;
use crate::world::{World, played};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::cli::demo::play::{self, Days};
use yuanchi::cli::demo::sample;
use yuanchi::domain::calendar::local_date;
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::CallId;
use yuanchi::domain::procedure::State;

/// Files that the bureau recommends.
const FILES: usize = 10;
/// Files that the expert scores.
const SHEETS: usize = 5;

/// A person at work, and what the work has cost so far.
struct Hands<'a> {
    browser: &'a Browser,
    /// Links, buttons and boxes; the choice of a file is one, whatever the system's own window takes.
    clicks: u32,
    /// Controls that were typed into or chosen from.
    fields: u32,
    /// Pages after the first.
    pages: u32,
}

impl<'a> Hands<'a> {
    fn at(browser: &'a Browser) -> Hands<'a> {
        Hands { browser, clicks: 0, fields: 0, pages: 0 }
    }

    /// Clicks what leaves the page standing.
    #[track_caller]
    fn click(&mut self, element: &Element) {
        self.browser.click(element);
        self.clicks += 1;
    }

    /// Clicks the first that matches and leaves the page standing.
    #[track_caller]
    fn press(&mut self, css: &str) {
        let element = self.browser.one(css);
        self.click(&element);
    }

    /// Clicks what leads to another page, and waits until that one stands.
    #[track_caller]
    fn turn(&mut self, element: &Element) {
        self.browser.script("document.documentElement.dataset.left = ''", &[]);
        self.click(element);
        let stands = "return document.readyState === 'complete' && !('left' in document.documentElement.dataset)";
        self.browser.until("next page", |browser| browser.found(stands, &[]));
        self.pages += 1;
    }

    /// Clicks the first that matches and leads to another page.
    #[track_caller]
    fn go(&mut self, css: &str) {
        let element = self.browser.one(css);
        self.turn(&element);
    }

    /// Fills in the control of a name.
    #[track_caller]
    fn fill(&mut self, name: &str, text: &str) {
        self.browser.fill(name, text);
        self.fields += 1;
    }

    /// Fills in a control.
    #[track_caller]
    fn put(&mut self, control: &Element, text: &str) {
        self.browser.put(control, text);
        self.fields += 1;
    }
}

/// Says what a task cost those who did it, and holds the pages to what they promise.
#[track_caller]
fn told(task: &str, most: u32, hands: &[&Hands<'_>]) {
    let clicks: u32 = hands.iter().map(|one| one.clicks).sum();
    let fields: u32 = hands.iter().map(|one| one.fields).sum();
    let pages: u32 = hands.iter().map(|one| one.pages).sum();
    println!("task: {task}: clicks {clicks}, fields {fields}, pages {pages}");
    assert!(clicks <= most, "{task}: it took {clicks} clicks, and {most} are promised at most");
    for one in hands {
        assert_eq!(one.browser.complaints(), Vec::<String>::new(), "{task}");
    }
}

/// What opens the panel before an act that is asked about twice; `end` is that of the form's address.
fn asks_twice(end: &str) -> String {
    format!("main details.confirm:has(form[action$='{end}']) > summary")
}

/// One call from the first file to its list, each main task by those whose it is. The bounds are the clicks that the
/// pages ask for and one or two more: whoever adds a step to a page breaks a promise here.
#[test]
fn main_tasks_are_short() {
    let Some((driver, _turn)) = crate::in_turn() else { return };
    let (world, call, days) = World::small(driver, FILES);
    let app = &world.test.app;

    file_an_application(&world, call);
    recommend_together(&world);
    let recommended = played(play::in_state(app, call, State::Recommended));
    assert_eq!(recommended.len(), FILES);
    for id in recommended {
        played(play::screen_file(app, &world.cast, id, None));
    }

    let due = local_date(world.test.now()) + Duration::days(20);
    played(play::open_review(app, &world.cast, call, due));
    score(&world, call);
    // What the others were charged with.
    played(play::score_files(app, &world.cast, call, usize::MAX, false));

    from_close_to_notice(&world, call, days);
    publish(&world, call);
}

/// A form with three cases, and the documents that it asks for: five kinds of them.
fn file_an_application(world: &World, call: CallId) {
    let vendor = &world.cast.vendors[0];
    let env = &world.test.app.env;
    let programme = env.programme(PROGRAMME).expect("it is configured");
    let mut answers = sample::form(programme, &vendor.sample, &env.reference, world.year());
    // Whoever has none proves none.
    answers.0.insert("has_discount".into(), json!("no"));
    assert_eq!(answers.0["cases"].as_array().map(Vec::len), Some(3));

    let browser = world.signed_in(&vendor.player.email, true);
    let mut hands = Hands::at(&browser);
    hands.go(&format!("main a[href='/calls/{call}']"));
    hands.go("form[action$='/applications'] button");
    browser.arrives("/form");
    answer(&mut hands, &answers);
    hands.go("#application-form button[name=go][value=documents]");
    browser.arrives("/documents");
    let mut files = 0;
    for kind in programme.documents.iter().filter(|kind| kind.required || kind.key == "intellectual_property") {
        for copy in 0..kind.min_count.max(1) {
            let paper = world.paper(&format!("{}{copy}", kind.key));
            let field = format!("documents.{}", kind.key);
            hands.clicks += 1;
            hands.fill(&field, &paper.display().to_string());
            let button = filing::sends(&browser, &field);
            hands.click(&button);
            filing::is_listed(&browser, &paper);
            files += 1;
        }
    }
    hands.go("main a.primary[href$='/submission']");
    hands.press("[name=commitment]");
    hands.go("main form .primary");
    browser.arrives("/receipt");
    // The call, its button, six boxes, two rows, to the documents, two for each file, to the submission, and two there.
    assert_eq!(files, 8);
    told(&format!("a vendor files three cases and five kinds of documents ({files} files)"), 32, &[&hands]);
}

/// Types every answer of a form that is empty.
fn answer(hands: &mut Hands<'_>, answers: &RawForm) {
    for (key, answer) in &answers.0 {
        match answer {
            Value::String(text) => hands.fill(key, text),
            Value::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    choose_or_write(hands, key, number, item);
                }
            }
            Value::Object(years) => {
                for (year, cells) in years {
                    for (column, text) in cells.as_object().into_iter().flatten() {
                        hands.fill(&format!("{key}[{year}][{column}]"), text.as_str().unwrap_or_default());
                    }
                }
            }
            other => panic!("{key}: {other}"),
        }
    }
}

/// A box of several, or a row.
fn choose_or_write(hands: &mut Hands<'_>, key: &str, number: usize, item: &Value) {
    let Value::Object(cells) = item else {
        let choice = item.as_str().unwrap_or_default();
        return hands.press(&format!("[type=checkbox][name='{key}'][value='{choice}']"));
    };
    for (column, text) in cells {
        if filing::cell_in(hands.browser, key, number, column).is_none() {
            let button = filing::adds_row(hands.browser, key);
            hands.click(&button);
        }
        let cell = filing::cell_in(hands.browser, key, number, column).expect("a row");
        hands.put(&cell, text.as_str().unwrap_or_default());
    }
}

/// The officer ticks all of them at once, looks at what would be done, and does it.
fn recommend_together(world: &World) {
    let browser = world.signed_in(world.officer(), true);
    let mut hands = Hands::at(&browser);
    hands.go("main .tasks a[href^='/applications?state=submitted']");
    let boxes = browser.all("main form input[type=checkbox][name=application]");
    assert_eq!(boxes.len(), FILES, "{}", browser.words());
    hands.press("main [data-tick-all] input");
    assert!(browser.found(
        "return [...document.querySelectorAll('main form [name=application]')].every((box) => box.checked)",
        &[],
    ));
    hands.go("main form[action='/batches/recommendations/new'] button");
    assert_eq!(browser.count("#f-applications tbody tr"), FILES as u64, "{}", browser.words());
    hands.fill("opinion", "材料齐全，情况属实，同意推荐。");
    hands.go("form[action='/batches/recommendations'] .primary");
    assert_eq!(browser.count("main table tbody tr"), FILES as u64, "{}", browser.words());
    // To the queue, the box for all, to the preview, and the act.
    told("a city officer recommends ten files", 5, &[&hands]);
}

/// An expert declares and scores, file by file.
fn score(world: &World, call: CallId) {
    // Fifty charges among twelve: somebody has five.
    let (email, charged) = judging::busiest(world, call);
    assert!(charged.len() >= SHEETS, "{charged:?}");
    let browser = world.signed_in(&email, true);
    let mut hands = Hands::at(&browser);
    hands.go("main .tasks a[href='/assignments']");
    for assignment in &charged[..SHEETS] {
        hands.go(&format!("main a[href='/assignments/{assignment}']"));
        hands.press("[name=conflict][value=no]");
        hands.go("form[action$='/declaration'] .primary");
        for (name, points) in judging::short_of_full(&browser) {
            hands.fill(&name, &points);
        }
        hands.fill("opinion", "服务成效较好，佐证材料齐全。");
        hands.go("#sheet .form-actions .primary");
        browser.arrives("/assignments");
    }
    // To the list, and for each: open it, say that there is no conflict, send that, submit the sheet.
    told("an expert scores five files", 22, &[&hands]);
}

/// The handler closes the review and proposes by its ranking, the approver approves, the handler opens the notice.
fn from_close_to_notice(world: &World, call: CallId, days: Days) {
    // Nothing comes in any more, and nothing is on its way to the review.
    world.test.set_clock(play::morning(days.closes + Duration::days(1), 0));
    let handler = world.signed_in(&world.cast.handler.email, true);
    let mut handles = Hands::at(&handler);
    handles.go("main .tasks a[href='/reviews']");
    handles.go(&format!("main a[href='/reviews/{call}']"));
    handles.press(&asks_twice("/closing"));
    handles.go("form[action$='/closing'] .primary");
    // The closing leads to the ranking.
    assert_eq!(handler.count("#f-entries tbody tr"), FILES as u64, "{}", handler.words());
    handles.fill("grounds", "依据专家评审结果，按得分排序提出。");
    handles.go("#f-entries .form-actions .primary");
    handles.go(&format!("form[action='/decisions/{call}'] .primary"));

    // What waits for a signature is on the first page by now.
    let approver = world.signed_in(&world.cast.approver.email, true);
    let mut approves = Hands::at(&approver);
    approves.go("main .tasks a[href^='/decisions']");
    // Where it is the only sheet that waits, the first page leads to it at once.
    if approver.path() == "/decisions" {
        approves.go(&format!("main a[href='/decisions/{call}']"));
    }
    approves.go("form[action$='/approval'] .primary");
    approver.shows("审定意见已批准");

    handles.go(".nav a[href='/notices']");
    handles.go(&format!("main a[href='/calls/{call}/notices/new']"));
    handles.go("main form .primary");
    handler.shows("公示已发布");
    // Six to the proposal, three to the approval at most, three to the notice.
    told("a handler and an approver take a session from close to notice", 13, &[&handles, &approves]);
}

/// Once the notice is over one officer proposes the list and another publishes it.
fn publish(world: &World, call: CallId) {
    world.test.advance(Duration::days(10));
    let handler = world.signed_in(&world.cast.handler.email, true);
    let mut handles = Hands::at(&handler);
    handles.go("main .tasks a[href='/lists']");
    handles.go(&format!("main a[href='/calls/{call}/lists/new']"));
    handles.go(&format!("form[action='/calls/{call}/lists'] .primary"));
    let list = handler.path();

    let approver = world.signed_in(&world.cast.approver.email, true);
    let mut approves = Hands::at(&approver);
    approves.go("main .tasks a[href='/lists']");
    approves.go(&format!("main a[href='{list}']"));
    approves.press(&asks_twice("/publication"));
    approves.go("form[action$='/publication'] .primary");
    approver.one("main a[href$='/list.csv']");
    assert_eq!(approver.count("main table tbody tr"), FILES as u64, "{}", approver.words());
    // Three to the proposal, four to the publication.
    told("two officers publish the list", 8, &[&handles, &approves]);
}
