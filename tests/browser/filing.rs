//! From the registration to the screening: an applicant, the officer of its city and the department's handler, each in
//! a browser of their own.

use crate::driver::{Browser, Element};
use crate::looks::Eye;
use crate::support::people::PASSWORD;
use crate::world::{PAYLOAD, World, sign_in};
use serde_json::{Value, json};
use std::path::Path;
use yuanchi::cli::demo::sample::{self, Sample};
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::CallId;
use yuanchi::domain::programme::FieldKind;

/// The programme whose call is open.
pub const PROGRAMME: &str = "service_provider";

/// Goes the whole way; the id of the application.
pub fn file_and_screen(world: &World, eye: &Eye, scripts: bool) -> String {
    let newcomer = world.newcomer(scripts);
    let email = format!("newcomer{}@example.org", newcomer.index);
    let applicant = world.browser(scripts);
    register(world, eye, &applicant, &email, &newcomer);
    let id = begin(world, eye, &applicant);
    fill_in(world, eye, &applicant, &id, &newcomer);
    upload(world, eye, &applicant, &id);
    submit(eye, &applicant, &id);
    let officer = world.signed_in(world.officer(), scripts);
    ask_for_correction(eye, &officer, &id);
    answer_correction(eye, &applicant, &id);
    recommend(eye, &officer, &id);
    screen(eye, &world.signed_in(&world.cast.handler.email, scripts), &id);
    id
}

/// Begins a draft under a call, and is led to its form.
pub fn begins(browser: &Browser, call: &CallId) {
    browser.open(&format!("/calls/{call}"));
    browser.press("form[action$='/applications'] button");
    browser.arrives("/form");
}

/// An account by mail, then the organisation.
fn register(world: &World, eye: &Eye, browser: &Browser, email: &str, newcomer: &Sample) {
    browser.open("/registration/new");
    eye.look(browser, "registration");
    browser.fill("name", &newcomer.contact);
    browser.fill("email", email);
    browser.press("main form .primary");
    let mut link = None;
    browser.until("letter with a link", |_| {
        link = world.link_for(email, "/registration/");
        link.is_some()
    });
    browser.go(&link.expect("it was waited for"));
    eye.look(browser, "registration-password");
    browser.fill("password", PASSWORD);
    browser.fill("password_again", PASSWORD);
    browser.press("main form .primary");
    browser.arrives("/session/new");
    sign_in(browser, email);
    eye.look(browser, "newcomer-desk");

    browser.open("/organisations/new");
    eye.look(browser, "organisation-new");
    browser.fill("credit_code", &newcomer.credit_code);
    browser.fill("name", &newcomer.name);
    browser.fill("registered_area", newcomer.area.as_deref().expect("it is of the province"));
    browser.fill("established_on", "2012-05-20");
    browser.fill("address", "广东省示范路1号");
    browser.fill("contact_name", &newcomer.contact);
    browser.fill("contact_phone", "020-83133000");
    browser.press("form[action='/organisations'] .primary");
    browser.arrives("/organisation");
    browser.shows(&newcomer.name);
    eye.look(browser, "organisation");
}

/// Opens an application under the call; its id.
fn begin(world: &World, eye: &Eye, browser: &Browser) -> String {
    browser.open("/calls");
    let programme = world.test.app.env.programme(PROGRAMME).expect("it is configured");
    browser.follow(&format!("{}年度{}", world.year(), programme.names.zh_cn));
    eye.look(browser, "call");
    browser.press("form[action$='/applications'] button");
    browser.arrives("/form");
    browser.path().split('/').nth(2).expect("an id").to_string()
}

/// Types everything. With a script it saves itself meanwhile; without one by its button.
fn fill_in(world: &World, eye: &Eye, browser: &Browser, id: &str, newcomer: &Sample) {
    let form = answers(world, newcomer);
    for (key, answer) in &form.0 {
        match answer {
            Value::String(text) => browser.fill(key, text),
            Value::Array(items) => items.iter().enumerate().for_each(|(number, item)| match item {
                Value::Object(cells) => cells.iter().for_each(|(column, text)| {
                    browser.put(&cell_of(browser, key, number, column), text.as_str().unwrap_or_default());
                }),
                choice => {
                    let choice = choice.as_str().unwrap_or_default();
                    browser.press(&format!("[type=checkbox][name='{key}'][value='{choice}']"));
                }
            }),
            Value::Object(years) => years.iter().for_each(|(year, cells)| {
                for (column, text) in cells.as_object().into_iter().flatten() {
                    browser.fill(&format!("{key}[{year}][{column}]"), text.as_str().unwrap_or_default());
                }
            }),
            other => panic!("{key}: {other}"),
        }
    }
    let page = format!("/applications/{id}/form");
    if browser.scripts {
        is_saved(browser, "#application-form");
        browser.open(&page);
    }
    eye.look(browser, "application-form");
    if !browser.scripts {
        browser.press("#application-form .form-actions button:not([name])");
        browser.arrives("/form");
    }
    let stored = browser.script("return document.querySelector('[name=profile]').value", &[]);
    assert_eq!(stored, form.0["profile"], "it was saved as it was typed");
    assert_eq!(browser.count("#application-form [data-invalid]"), 0, "{}", browser.words());
    browser.press("#application-form button[name=go][value=documents]");
    browser.arrives("/documents");
}

/// Plausible answers, every long one with markup in it.
fn answers(world: &World, newcomer: &Sample) -> RawForm {
    let env = &world.test.app.env;
    let programme = env.programme(PROGRAMME).expect("it is configured");
    let mut form = sample::form(programme, newcomer, &env.reference, world.year());
    for field in programme.sections.iter().flat_map(|section| &section.fields) {
        if let (FieldKind::LongText { .. }, Some(Value::String(text))) = (&field.kind, form.0.get_mut(&field.key)) {
            text.insert_str(0, PAYLOAD);
        }
    }
    form
}

/// The control of a column in a row; with a script the row is added first where there is none.
fn cell_of(browser: &Browser, key: &str, number: usize, column: &str) -> Element {
    if let Some(cell) = cell_in(browser, key, number, column) {
        return cell;
    }
    browser.click(&adds_row(browser, key));
    cell_in(browser, key, number, column).expect("the row that was added")
}

/// The control of a column in a row that is there.
pub fn cell_in(browser: &Browser, key: &str, number: usize, column: &str) -> Option<Element> {
    let source = "
        const [key, number, column] = arguments;
        const all = [...document.querySelectorAll('[data-rows-row]')];
        const rows = all.filter((row) => row.querySelector(`[name^='${key}[']`));
        return rows[number]?.querySelector(`[name$='[${column}]']`) ?? null;";
    browser.found_by(source, &[json!(key), json!(number), json!(column)])
}

/// The button that adds a row.
pub fn adds_row(browser: &Browser, key: &str) -> Element {
    let source = "
        const all = [...document.querySelectorAll('[data-rows]')];
        return all.find((rows) => rows.querySelector(`[name^='${arguments[0]}[']`)).querySelector('[data-rows-add]');";
    browser.found_by(source, &[json!(key)]).expect("a button that adds a row")
}

/// Waits until a form that saves itself has nothing left to save: until the last change is stored it keeps a copy.
pub fn is_saved(browser: &Browser, form: &str) {
    let source = "
        const kept = Object.keys(localStorage).some((key) => key.startsWith('yuanchi:unsaved:'));
        const line = document.querySelector(`${arguments[0]} [data-save-status]`);
        return !kept && !line.hidden && line.dataset.tone === 'good';";
    browser.until("word of having saved", |browser| browser.found(source, &[json!(form)]));
}

/// Uploads what the page of submission still asks for, one after another.
fn upload(world: &World, eye: &Eye, browser: &Browser, id: &str) {
    let (submission, documents) = (format!("/applications/{id}/submission"), format!("/applications/{id}/documents"));
    for number in 1.. {
        assert!(number < 30, "no end of documents: {}", browser.words());
        browser.open(&submission);
        let source = "return document.querySelector('[aria-labelledby=obstacles-title] a')?.getAttribute('href') ?? ''";
        let asked = browser.script(source, &[]);
        let asked = asked.as_str().unwrap_or_default();
        if asked.is_empty() {
            break;
        }
        let (_, kind) = asked.split_once("#f-").unwrap_or_else(|| panic!("{asked}: {}", browser.words()));
        assert!(kind.starts_with("documents."), "{kind}: {}", browser.words());
        let paper = world.paper(&format!("paper{number}{}", if browser.scripts { "a" } else { "b" }));
        browser.open(&documents);
        browser.fill(kind, &paper.display().to_string());
        browser.click(&sends(browser, kind));
        is_listed(browser, &paper);
    }
    browser.open(&documents);
    eye.look(browser, "application-documents");
}

/// The button that sends the file which was chosen for a kind of document, such as `documents.licence`.
pub fn sends(browser: &Browser, kind: &str) -> Element {
    let source = "return document.getElementById(arguments[0]).form.querySelector('[type=submit]')";
    browser.found_by(source, &[json!(format!("f-{kind}"))]).expect("a button")
}

/// Waits until a file of this name stands among the documents.
pub fn is_listed(browser: &Browser, paper: &Path) {
    let name = paper.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let listed = "return [...document.querySelectorAll('.files a')].some((a) => a.textContent === arguments[0])";
    browser.until(&name, |browser| browser.found(listed, &[json!(name)]));
}

/// Commits the organisation; the receipt names the number.
fn submit(eye: &Eye, browser: &Browser, id: &str) {
    browser.open(&format!("/applications/{id}/preview"));
    eye.look(browser, "application-preview");
    browser.open(&format!("/applications/{id}/submission"));
    // Nothing is filed by a button pressed too early.
    browser.press("main form .primary");
    browser.shows("请阅读并勾选承诺");
    eye.look(browser, "application-submission");
    browser.press("[name=commitment]");
    browser.press("main form .primary");
    browser.arrives("/receipt");
    browser.shows("-SP-");
    eye.look(browser, "application-receipt");
    browser.open(&format!("/applications/{id}"));
    browser.shows("地市审核中");
    eye.look(browser, "application");
}

/// The officer marks one field.
fn ask_for_correction(eye: &Eye, browser: &Browser, id: &str) {
    browser.open(&format!("/applications/{id}"));
    eye.look(browser, "officer-application");
    browser.open(&format!("/applications/{id}/corrections/new"));
    eye.look(browser, "officer-correction");
    browser.press("[name=mark-field-profile]");
    browser.fill("reason-field-profile", &format!("请写明服务范围。{PAYLOAD}"));
    browser.press("main form .primary");
    browser.until("file that was sent back", |browser| browser.path() == format!("/applications/{id}"));
    browser.shows("请写明服务范围");
    eye.look(browser, "officer-corrected");
}

/// The applicant mends it and files again.
fn answer_correction(eye: &Eye, browser: &Browser, id: &str) {
    browser.open(&format!("/applications/{id}/form"));
    browser.shows("请写明服务范围");
    eye.look(browser, "application-correction");
    browser.fill("profile", "面向本市中小企业提供设备上云服务。");
    if browser.scripts {
        is_saved(browser, "#application-form");
    }
    browser.press("#application-form button[name=go][value=submission]");
    browser.arrives("/submission");
    browser.press("[name=commitment]");
    browser.press("main form .primary");
    browser.arrives("/receipt");
}

/// The officer sends it on.
fn recommend(eye: &Eye, browser: &Browser, id: &str) {
    browser.open(&format!("/applications/{id}/recommendation"));
    eye.look(browser, "officer-recommendation");
    browser.fill("opinion", &format!("材料齐全，同意推荐。{PAYLOAD}"));
    browser.press("main form .primary");
    browser.until("file that was sent on", |browser| browser.path() == format!("/applications/{id}"));
    eye.look(browser, "officer-recommended");
}

/// The handler goes through the check list.
fn screen(eye: &Eye, browser: &Browser, id: &str) {
    browser.open(&format!("/applications/{id}/screening"));
    eye.look(browser, "handler-screening");
    browser.one("main form [name=conclusion]");
    for verdict in browser.all("main form [type=radio][value=met]") {
        browser.click(&verdict);
    }
    for note in browser.all("main form textarea[name^='findings.']") {
        browser.put(&note, "已核对原件。");
    }
    browser.press("[name=conclusion][value=accepted]");
    browser.press("main form .primary");
    browser.shows("专家评审中");
    eye.look(browser, "handler-screened");
}
