//! Several files at once: recommended by their bureau, accepted in screening, whole or not at all, and taken back.

mod seen;

use super::applications::{self, PROGRAMME};
use super::support::race::{one_wins, together};
use super::support::{Client, Person, TestApp, admin_of, in_bureau, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::db;
use yuanchi::db::events::StoredEvent;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::{ApplicationId, ExpertId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;

const RECOMMEND: &str = "/api/v1/batches/recommendations";
const ACCEPT: &str = "/api/v1/batches/acceptances";
const OPINION: &str = "情况属实，同意推荐。";

/// A call with a quota, officers of two bureaus and of the department, and files that are complete.
struct Hall {
    scene: applications::Scene,
    /// A second officer of the same bureau.
    colleague: Person,
    /// An officer of another bureau.
    stranger: Person,
    handler: Person,
    filed: u32,
}

fn hall(quota: u32) -> Hall {
    hall_on(TestApp::start(), quota)
}

fn hall_on(test: TestApp, quota: u32) -> Hall {
    let mut scene = applications::scene_on(test);
    let colleague = scene.app.person("colleague@example.org", &[in_bureau("shenzhen")]);
    let stranger = scene.app.person("stranger@example.org", &[in_bureau("zhuhai")]);
    let handler = scene.app.person("screener@example.org", &[with(Role::Handler)]);
    let programme = PROGRAMME.replace("[validity]", &format!("[quota]\nper_bureau = {quota}\n[validity]"));
    scene.call = applications::call_of(&scene.app, &handler, 2027, &programme);
    Hall { scene, colleague, stranger, handler, filed: 0 }
}

impl Hall {
    fn app(&self) -> &TestApp {
        &self.scene.app
    }

    /// A complete file of an organisation in this county, with who answers for it.
    fn filed_in(&mut self, area: &str) -> (String, Person) {
        self.filed += 1;
        let number = self.filed;
        // The form of the code is the registration's business.
        let code = format!("9144030000000{number:05}");
        let organisation = self.app().organisation(&code, &format!("智造{number}公司"), area);
        let vendor = self.app().person(&format!("vendor{number}@example.org"), &[admin_of(organisation)]);
        let mut api = vendor.api();
        let id = self.scene.complete(&mut api);
        self.scene.submit(&mut api, &id).expect(200);
        (id, vendor)
    }

    fn files<const N: usize>(&mut self) -> [String; N] {
        std::array::from_fn(|_| self.filed_in("440305").0)
    }

    /// Files that their bureau has recommended together.
    fn recommended<const N: usize>(&mut self) -> [String; N] {
        let files = self.files::<N>();
        recommend(&mut self.scene.bureau.api(), &files);
        files
    }

    fn state(&self, id: &str) -> State {
        let id = ApplicationId::from_text(id).expect("an id");
        self.app().read(|tx| Ok(db::applications::find(tx.db, &Scope::everything(), id)?)).state
    }

    fn states<const N: usize>(&self, ids: [&String; N]) -> [State; N] {
        ids.map(|id| self.state(id))
    }

    fn last_event(&self, id: &str) -> StoredEvent {
        let all = self.app().read(|tx| Ok(db::events::of_subject(tx.db, "application", id)?));
        all.last().expect("an event").clone()
    }

    /// Rank and file of every place that is taken.
    fn ranks(&self) -> Vec<(i64, String)> {
        let path = format!("/api/v1/recommendations?call={}", self.scene.call);
        let ranking = self.scene.bureau.api().json(&path);
        let items = ranking["items"].as_array().expect("places").clone();
        let place = |item: &Value| {
            (item["rank"].as_i64().expect("a rank"), item["application"].as_str().expect("an id").to_string())
        };
        items.iter().map(place).collect()
    }

    fn letters(&self, vendor: &Person) -> Vec<String> {
        self.app().run_jobs();
        self.app().letters_to(&vendor.email).into_iter().map(|letter| letter.subject).collect()
    }
}

fn version(api: &mut Client, id: &str) -> Value {
    api.json(&format!("/api/v1/applications/{id}"))["version"].clone()
}

#[track_caller]
fn preview(api: &mut Client, to: &str, files: &[&String]) -> Value {
    api.call("POST", &format!("{to}/preview"), &json!({ "applications": files })).expect(200).json()
}

fn joint(files: &[&String], digest: &Value) -> Value {
    json!({ "applications": files, "opinion": OPINION, "digest": digest })
}

/// Recommends files together, and gives what was done.
#[track_caller]
fn recommend(api: &mut Client, files: &[String]) -> Value {
    let files: Vec<&String> = files.iter().collect();
    let shown = preview(api, RECOMMEND, &files);
    let done = api.call("POST", RECOMMEND, &joint(&files, &shown["digest"])).expect(201).json();
    assert_eq!(done["files"].as_array().map(Vec::len), Some(files.len()), "{done}");
    done
}

#[track_caller]
fn accept(api: &mut Client, files: &[&String]) -> Value {
    let shown = preview(api, ACCEPT, files);
    let body = json!({ "applications": files, "digest": shown["digest"] });
    api.call("POST", ACCEPT, &body).expect(201).json()
}

fn path_of(batch: &Value) -> String {
    format!("/api/v1/batches/{}", batch["id"].as_str().expect("an id"))
}

fn undoing(batch: &Value) -> String {
    format!("{}/undoing", path_of(batch))
}

fn because(reason: &str) -> Value {
    json!({ "reason": reason })
}

fn column(rows: &Value, name: &str) -> Vec<Value> {
    rows.as_array().into_iter().flatten().map(|row| row[name].clone()).collect()
}

#[test]
fn several_files_are_recommended_as_they_were_shown_or_none_is_and_taken_back_by_one_act() {
    let mut hall = hall(3);
    let [first, third, gone] = hall.files();
    let (second, vendor) = hall.filed_in("440305");
    let other = hall.filed_in("440305").0;
    let mut api = hall.scene.bureau.api();
    let refusal = json!({ "version": version(&mut api, &gone), "reason": "不符合通知要求" });
    api.call("POST", &format!("/api/v1/applications/{gone}/refusal"), &refusal).expect(201);

    // What is shown: each file once, in the order of the list, with its rank; and who is left out and why.
    let ticked = [&first, &gone, &second, &first];
    let shown = preview(&mut api, RECOMMEND, &ticked);
    assert_eq!(column(&shown["files"], "application"), [json!(first), json!(second)]);
    assert_eq!(column(&shown["files"], "rank"), [json!(1), json!(2)]);
    assert_eq!(column(&shown["left_out"], "code"), [json!("wrong_state")]);
    assert_eq!((&shown["quota"], &shown["places_left"]), (&json!(3), &json!(3)));
    assert!(shown["left_out"][0]["message"].as_str().is_some_and(|said| said.contains("不予推荐")), "{shown}");
    assert!(hall.ranks().is_empty(), "nothing was done by showing it");

    // Meanwhile a colleague recommends one: what was shown is no longer so, and nothing is done.
    let one = json!({ "version": version(&mut api, &other), "opinion": OPINION });
    let path = format!("/api/v1/applications/{other}/recommendation");
    hall.colleague.api().call("POST", &path, &one).expect(201);
    let refused = api.call("POST", RECOMMEND, &joint(&ticked, &shown["digest"])).expect(409);
    assert_eq!(refused.code(), "batch_preview_outdated");
    assert_eq!(hall.states([&first, &second]), [State::Submitted; 2]);

    // A fault of one is a fault of all: without an opinion none is recommended.
    let shown = preview(&mut api, RECOMMEND, &ticked);
    assert_eq!(column(&shown["files"], "rank"), [json!(2), json!(3)]);
    let mute = json!({ "applications": ticked, "opinion": " ", "digest": shown["digest"] });
    let refused = api.call("POST", RECOMMEND, &mute).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "opinion_missing");
    assert_eq!(hall.states([&first, &second]), [State::Submitted; 2]);

    let done = api.call("POST", RECOMMEND, &joint(&ticked, &shown["digest"])).expect(201).json();
    assert_eq!((&done["files"], &done["actions"]), (&shown["files"], &json!(["undo"])), "{done}");
    assert_eq!((&done["kind"], &done["bureau"]), (&json!("recommendation"), &json!("shenzhen")));
    // Sent again by the same person, as by a second press, it is what was done; nobody else has done it.
    let again = api.call("POST", RECOMMEND, &joint(&ticked, &shown["digest"])).expect(201).json();
    assert_eq!(again["id"], done["id"]);
    let other_one = hall.colleague.api().call("POST", RECOMMEND, &joint(&ticked, &shown["digest"])).expect(409);
    assert_eq!(other_one.code(), "batch_preview_outdated");
    assert_eq!(hall.states([&first, &second, &gone]), [State::Recommended, State::Recommended, State::NotRecommended]);
    assert_eq!(hall.ranks(), [(1, other.clone()), (2, first.clone()), (3, second.clone())]);
    let event = hall.last_event(&second);
    assert_eq!((event.action.as_str(), &event.detail.0["rank"]), ("application.recommended", &json!(3)));
    assert!(hall.letters(&vendor).iter().any(|subject| subject.starts_with("已获推荐")), "as by the single act");

    // The places are used up: the next one is left out, and with nobody left nothing is done.
    let shown = preview(&mut api, RECOMMEND, &[&third]);
    assert_eq!((column(&shown["left_out"], "code"), &shown["places_left"]), (vec![json!("quota_used_up")], &json!(0)));
    let refused = api.call("POST", RECOMMEND, &joint(&[&third], &shown["digest"])).expect(409);
    assert_eq!(refused.code(), "batch_nothing_left");

    // Another bureau sees nothing of it; the department sees it and does not take it back.
    hall.stranger.api().get(&path_of(&done)).expect(404);
    hall.stranger.api().call("POST", &undoing(&done), &because("有误")).expect(404);
    assert_eq!(hall.stranger.api().json("/api/v1/batches")["total"], 0);
    let mut handler = hall.handler.api();
    assert_eq!(handler.json(&path_of(&done))["actions"], json!([]));
    assert_eq!(handler.call("POST", &undoing(&done), &because("有误")).expect(403).code(), "wrong_role");
    assert_eq!(handler.json("/api/v1/batches")["items"][0]["files"], 2);

    // Taken back by a colleague: each file is where it was, and its place is free.
    let mut colleague = hall.colleague.api();
    let refused = colleague.call("POST", &undoing(&done), &because(" ")).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "reason_missing");
    let undone = colleague.call("POST", &undoing(&done), &because("名单有误")).expect(200).json();
    assert_eq!((&undone["status"], &undone["actions"]), (&json!("undone"), &json!([])));
    assert_eq!(hall.states([&first, &second]), [State::Submitted; 2]);
    assert_eq!(hall.ranks(), [(1, other)]);
    let event = hall.last_event(&first);
    assert_eq!(event.action, "application.recommendation_undone");
    assert_eq!(event.reason.as_deref(), Some("名单有误"));
    assert!(hall.letters(&vendor).iter().any(|subject| subject.starts_with("推荐已撤销")));
    let record = hall.app().read(|tx| Ok(db::events::of_subject(tx.db, "batch", done["id"].as_str().expect("an id"))?));
    let acts: Vec<&str> = record.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(acts, ["batch.applied", "batch.undone"]);
    assert_eq!(colleague.call("POST", &undoing(&done), &because("再撤")).expect(409).code(), "change_undone");
    // And it can all be done again.
    recommend(&mut api, &[second, first]);
}

#[test]
fn a_recommendation_is_not_taken_back_once_something_rests_on_it() {
    let mut hall = hall(10);
    let mut bureau = hall.scene.bureau.api();
    let refused = |bureau: &mut Client, batch: &Value, code: &str| {
        let shown = bureau.json(&path_of(batch));
        assert_eq!((&shown["obstacle"], &shown["actions"]), (&json!(code), &json!([])), "{shown}");
        assert_eq!(bureau.call("POST", &undoing(batch), &because("有误")).expect(409).code(), code);
    };
    // The department has taken one of them up.
    let [kept, taken_up] = hall.files();
    let batch = recommend(&mut bureau, &[kept.clone(), taken_up.clone()]);
    accept(&mut hall.handler.api(), &[&taken_up]);
    refused(&mut bureau, &batch, "batch_undo_moved");
    assert_eq!(hall.states([&kept, &taken_up]), [State::Recommended, State::Reviewed], "none or all");
    let page = format!("/batches/{}", batch["id"].as_str().expect("an id"));
    let mut browser = hall.scene.bureau.browser();
    browser.open(&page).shows("此后又有办理，本次办理不能撤销");
    assert!(!browser.offers(&format!("{page}/undoing")));

    // One of them was withdrawn.
    let (withdrawn, vendor) = hall.filed_in("440305");
    let batch = recommend(&mut bureau, &[hall.files::<1>()[0].clone(), withdrawn.clone()]);
    let mut vendor = vendor.api();
    let body = json!({ "version": version(&mut vendor, &withdrawn), "reason": "暂不申报" });
    vendor.call("POST", &format!("/api/v1/applications/{withdrawn}/withdrawal"), &body).expect(200);
    refused(&mut bureau, &batch, "batch_undo_withdrawn");

    // The bureaus' date has passed.
    let batch = recommend(&mut bureau, &hall.files::<2>());
    hall.app().set_clock(hall.app().now() + Duration::days(60));
    refused(&mut hall.scene.bureau.api(), &batch, "recommendation_closed");
}

#[test]
fn a_bureau_does_not_learn_from_what_it_cannot_take_back_that_a_decision_waits() {
    let mut hall = hall(5);
    let programme = PROGRAMME.replace("[\"city\", \"screening\"]", "[\"city\"]");
    hall.scene.call = applications::call_of(hall.app(), &hall.handler, 2028, &programme);
    let files = hall.files::<2>();
    let mut bureau = hall.scene.bureau.api();
    let batch = recommend(&mut bureau, &files);
    assert_eq!(hall.states([&files[0], &files[1]]), [State::Reviewed; 2]);
    assert_eq!(bureau.json(&path_of(&batch))["obstacle"], json!(null));
    hall.scene.app.expect_violations();
    let (call, by) = (hall.scene.call, hall.handler.id);
    hall.app().tamper(&format!(
        "INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at)
         VALUES ('{call}', '{call}', 'proposed', '择优', '{by}', '2026-03-02 01:00:00')"
    ));
    assert_eq!(bureau.json(&path_of(&batch))["obstacle"], json!("batch_undo_moved"));
    let refused = bureau.call("POST", &undoing(&batch), &because("有误")).expect(409);
    assert_eq!(refused.code(), "batch_undo_moved");
    assert!(!refused.text().contains("审定"), "{refused}");
}

#[test]
fn several_files_are_accepted_where_the_machine_finds_everything_met_and_that_is_taken_back() {
    let mut hall = hall(10);
    let [first, second, doubtful] = hall.recommended();
    let submitted = hall.files::<1>()[0].clone();
    hall.scene.app.expect_violations();
    hall.app().tamper(&format!(
        "UPDATE attachments SET removed_at = '2026-03-02 01:00:00' WHERE application_id = '{doubtful}'"
    ));
    let mut handler = hall.handler.api();
    let ticked = [&second, &doubtful, &first, &submitted];
    let shown = preview(&mut handler, ACCEPT, &ticked);
    assert_eq!(column(&shown["files"], "application"), [json!(second), json!(first)]);
    assert_eq!(column(&shown["left_out"], "code"), [json!("batch_findings_open"), json!("wrong_state")]);
    hall.scene.bureau.api().call("POST", &format!("{ACCEPT}/preview"), &json!({ "applications": ticked })).expect(403);
    let wrong = json!({ "applications": ticked, "digest": "0" });
    assert_eq!(handler.call("POST", ACCEPT, &wrong).expect(409).code(), "batch_preview_outdated");
    let done = accept(&mut handler, &ticked);
    assert_eq!((&done["kind"], &done["bureau"], &done["files"]), (&json!("screening"), &json!(null), &shown["files"]));
    assert_eq!(hall.states([&first, &second, &doubtful]), [State::Reviewed, State::Reviewed, State::Recommended]);
    let screening = |handler: &mut Client, id: &str| {
        handler.json(&format!("/api/v1/applications/{id}/screening"))["screening"].clone()
    };
    let made = screening(&mut handler, &first);
    assert_eq!((&made["conclusion"], &made["findings"][0]["verdict"]), (&json!("accepted"), &json!("met")), "{made}");
    // A bureau sees nothing of what the department did.
    hall.scene.bureau.api().get(&path_of(&done)).expect(404);

    // An expert was charged with one of them; a decision sheet waits.
    let (call, by, expert) = (hall.scene.call, hall.handler.id, ExpertId::new(&*hall.app().app.env.ids));
    let then = "'2026-03-02 01:00:00'";
    hall.app().tamper(&format!(
        "INSERT INTO experts (id, name, email, email_key, employer, title, fields, load_limit, status, created_at)
         VALUES ('{expert}', '李四', 'e@example.org', 'e@example.org', '某大学', '教授', '[]', 10, 'active', {then});
         INSERT INTO review_sessions (id, call_id, status, due_at, panel, created_by, created_at)
         VALUES ('{call}', '{call}', 'preparing', {then}, '[]', '{by}', {then});
         INSERT INTO assignments (id, session_id, application_id, expert_id, status, assigned_at)
         VALUES ('{call}', '{call}', '{second}', '{expert}', 'awaiting', {then})"
    ));
    let mut refused = |code: &str| {
        assert_eq!(handler.json(&path_of(&done))["obstacle"], json!(code));
        assert_eq!(handler.call("POST", &undoing(&done), &because("有误")).expect(409).code(), code);
    };
    refused("batch_undo_assigned");
    hall.app().tamper(&format!(
        "DELETE FROM assignments;
         INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at)
         VALUES ('{call}', '{call}', 'proposed', '择优', '{by}', {then})"
    ));
    refused("batch_undo_being_decided");
    hall.app().tamper("DELETE FROM decisions");

    let undone = handler.call("POST", &undoing(&done), &because("核对有误")).expect(200).json();
    assert_eq!((&undone["status"], &undone["undo_reason"]), (&json!("undone"), &json!("核对有误")));
    assert_eq!(hall.states([&first, &second]), [State::Recommended; 2]);
    assert_eq!(hall.last_event(&first).action, "application.acceptance_undone");
    assert_eq!(screening(&mut handler, &first), json!(null));
    // Each can be screened again, alone.
    let finding = json!([{ "rule": "materials_complete", "verdict": "met" }]);
    let body = json!({ "version": version(&mut handler, &first), "conclusion": "accepted", "findings": finding });
    handler.call("POST", &format!("/api/v1/applications/{first}/screening"), &body).expect(201);
}

#[test]
fn what_was_done_with_several_files_cannot_be_altered_unnoticed() {
    let mut hall = hall(5);
    let files = hall.files::<2>();
    recommend(&mut hall.scene.bureau.api(), &files);
    hall.scene.app.expect_violations();
    for (altered, says) in [("status = 'undone'", "stands in undone"), ("before = '{}'", "is not what was recorded")] {
        assert!(hall.app().violations_of(&["batch_is_as_recorded"]).is_empty(), "before {altered}");
        hall.app().tamper(&format!("CREATE TABLE kept AS SELECT * FROM change_sets; UPDATE change_sets SET {altered}"));
        let found = hall.app().violations_of(&["batch_is_as_recorded"]);
        assert!(found.iter().any(|one| one.what.contains(says)), "{altered}: {found:?}");
        hall.app().tamper("DELETE FROM change_sets; INSERT INTO change_sets SELECT * FROM kept; DROP TABLE kept");
    }
}

#[test]
fn two_officers_at_once_do_not_pass_the_quota() {
    let mut hall = hall(3);
    let [a, b, c, d] = hall.files();
    for round in 0..8 {
        let works = [(&hall.scene.bureau, [&a, &b]), (&hall.colleague, [&c, &d])].map(|(officer, files)| {
            let mut api = officer.api();
            let shown = preview(&mut api, RECOMMEND, &files);
            assert_eq!(column(&shown["files"], "rank"), [json!(1), json!(2)], "round {round}");
            let body = joint(&files, &shown["digest"]);
            move || api.call("POST", RECOMMEND, &body)
        });
        let answers = together(works);
        one_wins(&answers, 201, &["batch_preview_outdated"]);
        assert_eq!(hall.ranks().len(), 2, "round {round}: whole or not at all");
        let done = answers.iter().find(|answer| answer.status == 201).expect("one has won").json();
        hall.colleague.api().call("POST", &undoing(&done), &because("重来")).expect(200);
        assert!(hall.ranks().is_empty(), "round {round}");
    }
}

/// Whoever names a file of another bureau is answered as if it did not exist, and nothing is done with the others.
#[test]
fn c_22_a_file_of_another_bureau_among_several_is_one_that_does_not_exist() {
    let mut hall = hall(5);
    let [own] = hall.files();
    let foreign = hall.filed_in("440402").0;
    let nothing = "00000000-0000-7000-8000-000000000000".to_string();
    let mut api = hall.scene.bureau.api();
    let digest = preview(&mut api, RECOMMEND, &[&own])["digest"].clone();
    for part in ["/preview", ""] {
        let to = format!("{RECOMMEND}{part}");
        let body = |files: &[&String]| match part {
            "" => joint(files, &digest),
            _ => json!({ "applications": files }),
        };
        for files in [[&own, &foreign], [&foreign, &own]] {
            let told = api.call("POST", &to, &body(&files)).expect(404);
            let of_nothing = files.map(|id| if id == &foreign { &nothing } else { id });
            let expected = api.call("POST", &to, &body(&of_nothing)).expect(404);
            assert_eq!(told.json(), expected.json());
            assert!(!told.text().contains("智造"), "{told}");
        }
    }
    let mut browser = hall.scene.bureau.browser();
    let page = format!("/batches/recommendations/new?application={own}&application={foreign}");
    browser.get(&page).expect(404).hides("智造");
    assert_eq!(hall.states([&own, &foreign]), [State::Submitted; 2]);
    assert!(hall.ranks().is_empty());
    // One too many, none, and what is no id.
    for (files, code) in [(Vec::new(), "batch_nothing_ticked"), (many(201), "batch_too_many")] {
        let body = json!({ "applications": files });
        let refused = api.call("POST", &format!("{RECOMMEND}/preview"), &body).expect(422).json();
        assert_eq!(
            (&refused["fields"][0]["path"], &refused["fields"][0]["code"]),
            (&json!("applications"), &json!(code))
        );
    }
    api.call("POST", &format!("{RECOMMEND}/preview"), &json!({ "applications": ["x"] })).expect(400);
    browser.get("/batches/recommendations/new?application=x").expect(404);
}

fn many(count: u32) -> Vec<String> {
    (0..count).map(|number| format!("00000000-0000-7000-8000-{number:012}")).collect()
}
