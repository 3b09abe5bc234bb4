//! Ties, terms and standing of experts, as they are declared and changed while a review runs.

use super::super::review::Scene;
use super::super::support::app::at;
use super::super::support::{Answer, Client, Person, with};
use chrono::{Duration, Months, NaiveDate};
use serde_json::{Value, json};
use yuanchi::db::sessions;
use yuanchi::domain::actor::Role;
use yuanchi::domain::calendar::local_date;

fn past(organisation: &str, until: NaiveDate) -> Value {
    json!({ "kind": "past_employer", "organisation": organisation, "from_on": "2015-01-01", "until_on": until })
}

impl Scene {
    fn expert_path(&self, index: usize) -> String {
        format!("/api/v1/experts/{}", self.experts[index].0)
    }

    fn version_of(&self, index: usize) -> Value {
        self.handler.api().json(&self.expert_path(index))["version"].clone()
    }

    fn set_term(&self, index: usize, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Answer {
        let body = json!({ "version": self.version_of(index), "term_from": from, "term_to": to });
        self.handler.api().call("PUT", &format!("{}/term", self.expert_path(index)), &body)
    }

    fn set_standing(&self, index: usize, standing: &str, reason: &str) {
        let body = json!({ "version": self.version_of(index), "status": standing, "reason": reason });
        self.handler.api().call("PUT", &format!("{}/standing", self.expert_path(index)), &body).expect(200);
    }

    /// The first of these experts who has two files, with both; they have declared for all of theirs and submitted the
    /// sheet of the first.
    fn half_done(&self) -> (usize, Vec<usize>) {
        let files_of = |index: usize| (0..3).filter(|file| self.has(*file, index)).collect::<Vec<_>>();
        let index = (1..5).find(|index| files_of(*index).len() > 1).expect("an expert with two files");
        let files = files_of(index);
        let (mut api, own) = self.assignments(index);
        let of_file = |file: usize| {
            let name = format!("申报单位{}", file + 1);
            let found = own.iter().find(|a| a["organisation"] == name.as_str()).expect("the assignment");
            found["id"].as_str().expect("an id").to_string()
        };
        for file in &files {
            let path = format!("/api/v1/assignments/{}/declaration", of_file(*file));
            api.call("PUT", &path, &json!({ "conflict": false })).expect(200);
        }
        let submitted = of_file(files[0]);
        self.app.tamper(&format!(
            "UPDATE score_sheets SET status = 'submitted', total = 8000, submitted_at = saved_at WHERE assignment_id = '{submitted}'"
        ));
        self.bind(index);
        (index, files)
    }

    /// What was submitted counts, and what was not is with others.
    #[track_caller]
    fn must_be_passed_on(&self, index: usize, files: &[usize]) {
        assert!(self.has(files[0], index), "a sheet that was submitted in good standing counts");
        for file in &files[1..] {
            assert!(!self.has(*file, index), "released");
            assert_eq!(self.charged(*file).len(), 3, "and filled");
        }
    }

    /// The experts who are charged with a file, by their index.
    fn charged_ones(&self, file: usize) -> Vec<usize> {
        (0..self.experts.len()).filter(|index| self.has(file, *index)).collect()
    }
}

#[test]
fn past_employment_recuses_up_to_the_anniversary_and_not_after() {
    let scene = Scene::set(4);
    let today = local_date(scene.app.now());
    let last = today - Months::new(36);
    let mut api = scene.handler.api();
    let declare = |api: &mut Client, index: usize, until: NaiveDate| {
        let tie = past("申报单位２", until);
        api.call("POST", &format!("{}/ties", scene.expert_path(index)), &tie).expect(201);
    };
    declare(&mut api, 1, last);
    declare(&mut api, 2, last - Duration::days(1));
    scene.prepare().expect(200);
    assert_eq!(scene.charged_ones(1), [0, 2, 3], "three full years ago to the day is still too recent");
    // By code too, whatever the name.
    let by_code = json!({ "kind": "dispute", "organisation": "旧名", "credit_code": super::CODES[2] });
    api.call("POST", &format!("{}/ties", scene.expert_path(3)), &by_code).expect(201);
    scene.prepare().expect(200);
    assert_eq!(scene.charged_ones(2), [0, 1, 2]);
}

#[test]
fn an_expert_declares_a_tie_on_the_own_page_and_is_released_at_once() {
    let scene = Scene::set(6);
    scene.open();
    let index = (1..6).find(|index| scene.has(1, *index)).expect("an expert of the second file");
    scene.bind(index);
    let person = &scene.experts[index].1;
    let mut browser = person.browser();
    browser.open("/expert").shows("尚未登记利害关系");
    let form = |kind: &str| {
        let pairs = [("kind", kind), ("organisation", "申报单位2"), ("note", "妻弟任副总经理")];
        pairs.map(|(name, value)| (name.to_string(), value.to_string()))
    };
    let send = |browser: &mut Client, path: &str, pairs: &[(String, String)]| {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.submit(path, &pairs)
    };
    send(&mut browser, "/expert/ties", &form("")).expect(422).shows("请选择关系").shows("妻弟任副总经理");
    let answer = send(&mut browser, "/expert/ties", &form("kinship"));
    browser.follow(answer).shows("利害关系已登记").shows("亲属关系");
    // Pressed again it is not recorded again; another person is told that it is there.
    let again = send(&mut browser, "/expert/ties", &form("kinship")).expect(303);
    browser.follow(again).shows("无需重复提交");
    let same = json!({ "kind": "kinship", "organisation": "申报单位2", "note": "妻弟任副总经理" });
    let second = scene.handler.api().call("POST", &format!("{}/ties", scene.expert_path(index)), &same);
    assert_eq!(second.expect(409).code(), "tie_declared");
    assert!(!scene.has(1, index), "released");
    assert_eq!(scene.charged(1).len(), 3, "and filled");
    assert!(scene.kept());
    let own = scene.assignments(index).1;
    let taken = own.iter().find(|one| one["status"] == "released").expect("what was taken back");
    let page = format!("/assignments/{}", taken["id"].as_str().expect("an id"));
    person.browser().open(&page).shows("已由系统收回").shows("理由：").hides("工作人员收回");
    let mut api = person.api();
    let file = api.json("/api/v1/me/expert");
    let own = file["ties"][0]["id"].as_str().expect("a tie").to_string();
    // What an officer declared is withdrawn by officers only; nobody reaches another's.
    let officers = json!({ "kind": "dispute", "organisation": "某某公司" });
    let made = scene.handler.api().call("POST", &format!("{}/ties", scene.expert_path(index)), &officers);
    let officers = made.expect(201).json()["id"].as_str().expect("an id").to_string();
    let withdraw = |tie: &str| format!("/api/v1/me/expert/ties/{tie}/withdrawal");
    let reason = json!({ "reason": "登记有误" });
    assert_eq!(api.call("POST", &withdraw(&officers), &reason).expect(403).code(), "tie_not_own");
    let other = (1..6).find(|other| *other != index).expect("another");
    scene.experts[other].1.api().call("POST", &withdraw(&own), &reason).expect(404);
    let empty = api.call("POST", &withdraw(&own), &json!({ "reason": " " })).expect(422).json();
    assert_eq!(empty["fields"][0]["code"], "reason_missing");
    let gone = api.call("POST", &withdraw(&own), &reason).expect(200).json();
    assert!(gone["withdrawn_at"].is_string(), "it stays as a record: {gone}");
    assert_eq!(api.call("POST", &withdraw(&own), &reason).expect(409).code(), "tie_withdrawn");
    assert_eq!(api.json("/api/v1/me/expert")["ties"].as_array().map(Vec::len), Some(2));
    assert!(!scene.has(1, index), "what was released stays released");
    // The officers' page.
    let mut desk = scene.handler.browser();
    let path = format!("/experts/{}/ties", scene.experts[index].0);
    desk.open(&path).shows("妻弟任副总经理").shows("某某公司").shows("撤回");
    let pairs = [("tie", officers.as_str()), ("reason", "已核实无纠纷")];
    let answer = desk.submit(&format!("{path}/withdrawal"), &pairs);
    desk.follow(answer).shows("登记已撤回");
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&person.email);
    assert!(letters.iter().any(|letter| letter.text.contains("登记了与“某某公司”的利害关系（纠纷）")), "{letters:?}");
    assert!(letters.iter().any(|letter| letter.text.contains("已核实无纠纷")), "{letters:?}");
}

/// How somebody is answered at the doors of experts: two pages with this session, two operations with this token.
fn doors(browser: &mut Client, api: &mut Client) -> [u16; 4] {
    [
        browser.get("/expert").status,
        browser.get("/assignments").status,
        api.get("/api/v1/me/expert").status,
        api.get("/api/v1/assignments").status,
    ]
}

const OPEN: [u16; 4] = [200; 4];
/// Signed in, without the role.
const SHUT: [u16; 4] = [403; 4];
/// The session has ended: a page leads to the sign-in.
const OVER: [u16; 4] = [303, 303, 401, 401];

#[test]
fn c_12_who_is_suspended_is_out_at_the_next_request_is_released_and_what_was_submitted_stays() {
    let scene = Scene::set(5);
    scene.open();
    let (index, files) = scene.half_done();
    let person = &scene.experts[index].1;
    let (mut browser, mut api) = (person.browser(), person.api());
    assert_eq!(doors(&mut browser, &mut api), OPEN);
    scene.set_standing(index, "suspended", "正在接受纪律审查");
    assert_eq!(doors(&mut browser, &mut api), OVER);
    let (mut browser, mut api) = (person.browser(), person.api());
    assert_eq!(doors(&mut browser, &mut api), SHUT, "whoever signs in again has no more than what is left");
    scene.must_be_passed_on(index, &files);
    for file in &files {
        api.get(&format!("/api/v1/applications/{}", scene.files[*file])).expect(404);
    }
    let page = format!("/experts/{}", scene.experts[index].0);
    scene.handler.browser().open(&page).shows("正在接受纪律审查");
    let record = scene.handler.api().json(&format!("{}/file", scene.expert_path(index)))["record"].clone();
    assert_eq!((&record["done"], &record["voided"]), (&json!(1), &json!(files.len() - 1)), "{record}");
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&person.email);
    assert!(letters.iter().any(|letter| letter.text.contains("变更为“暂停”")), "{letters:?}");
    // A role that only rests is still there for the separation of duties: it may wake again.
    let security = scene.app.person("security@example.cn", &[with(Role::SecurityAdmin)]);
    let grants = format!("/api/v1/accounts/{}/grants", person.id);
    let refused = security.api().call("POST", &grants, &json!({ "role": "handler", "reason": "抽调" }));
    assert_eq!(refused.expect(409).code(), "roles_apart");
    // Given back by a recorded act, under another session.
    scene.set_standing(index, "active", "审查结束");
    assert_eq!(doors(&mut browser, &mut api), OVER);
    assert_eq!(doors(&mut person.browser(), &mut person.api()), OPEN);
    assert!(!scene.has(files[1], index), "what was released stays released");
    assert_eq!(scene.app.violations_of(&["appointment_is_as_recorded"]), []);
}

#[test]
fn c_12_who_is_out_of_the_role_has_nothing_to_score_and_a_longer_term_opens_it_again() {
    let scene = Scene::set(5);
    scene.open();
    let (index, files) = scene.half_done();
    let (expert, person) = &scene.experts[index];
    let today = local_date(scene.app.now());
    // The term is open; the role was given until today.
    scene.app.tamper(&format!("UPDATE grants SET ends_on = '{today}' WHERE expert_id = '{expert}'"));
    assert_eq!(yuanchi::jobs::relieve_experts(&scene.app.app).expect("a turn"), 0);
    assert_eq!(doors(&mut person.browser(), &mut person.api()), OPEN);
    scene.app.set_clock(at("2026-03-02T16:00:00"));
    assert_eq!(doors(&mut person.browser(), &mut person.api()), SHUT);
    assert_eq!(yuanchi::jobs::relieve_experts(&scene.app.app).expect("a turn"), 1);
    scene.must_be_passed_on(index, &files);
    assert_eq!(yuanchi::jobs::relieve_experts(&scene.app.app).expect("a turn"), 0);
    // Whoever is still appointed when the role ends is told of in time, in one letter for all, once.
    let security = scene.app.person("security@example.cn", &[with(Role::SecurityAdmin)]);
    scene.app.tamper("UPDATE grants SET ends_on = '2026-05-01' WHERE role = 'expert'");
    scene.app.set_clock(at("2026-04-02T02:00:00"));
    assert!(yuanchi::jobs::remind_of_offices(&scene.app.app).expect("a turn") > 1);
    assert_eq!(yuanchi::jobs::remind_of_offices(&scene.app.app).expect("a turn"), 0);
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&security.email);
    let letters: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("角色即将到期")).collect();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].text.contains("2026年5月1日") && letters[0].text.contains("only=ending"), "{letters:?}");
    scene.app.tamper(&format!("UPDATE grants SET ends_on = '{today}' WHERE expert_id = '{expert}'"));
    // Whoever is appointed anew holds the role to the end of the term, and the record says so.
    let last = today + Duration::days(2_000);
    scene.set_term(index, None, Some(last)).expect(200);
    assert_eq!(doors(&mut person.browser(), &mut person.api()), OPEN);
    let held = scene.app.read(|tx| Ok(yuanchi::db::accounts::grants_of(tx.db, person.id)?));
    assert_eq!(held.iter().map(|grant| grant.ends_on).collect::<Vec<_>>(), [Some(last)]);
    let found = scene.app.violations_of(&["grant_is_as_recorded"]);
    assert!(!found.iter().any(|found| found.subject.contains(held[0].id.as_text())), "{found:?}");
}

#[test]
fn c_12_an_experts_role_ends_with_the_last_day_of_the_term_and_a_new_term_opens_it_again() {
    let scene = Scene::set(5);
    scene.open();
    let (index, files) = scene.half_done();
    let (expert, person) = &scene.experts[index];
    let today = local_date(scene.app.now());
    let tomorrow = today + Duration::days(1);
    scene.set_term(index, None, Some(today)).expect(200);
    let security = scene.app.person("security@example.cn", &[with(Role::SecurityAdmin)]);
    let account = security.api().json(&format!("/api/v1/accounts/{}", person.id));
    assert_eq!(account["roles"][0]["ends_on"], json!(today), "{account}");
    // What is shown as its last day is what the list of those that end soon goes by.
    let ending = || security.api().json("/api/v1/accounts?only=ending");
    assert_eq!((&ending()["total"], &ending()["items"][0]["id"]), (&json!(1), &json!(person.id)));
    // The last second of the last day in Guangdong, and the first of the next: nobody does anything in between.
    scene.app.set_clock(at("2026-03-02T15:59:59"));
    let (mut browser, mut api) = (person.browser(), person.api());
    assert_eq!(doors(&mut browser, &mut api), OPEN);
    scene.app.set_clock(at("2026-03-02T16:00:00"));
    assert_eq!(doors(&mut browser, &mut api), SHUT);
    // Whoever rests is signed in, and not as an expert.
    let live = |person: &Person| scene.app.read(|tx| Ok(sessions::live_of(tx.db, person.id, tx.now)?.len()));
    let others = scene.experts.iter().enumerate().filter(|(other, _)| *other != index);
    let others: usize = others.map(|(_, (_, other))| live(other)).sum();
    let counted = scene.app.read(|tx| Ok(sessions::count_live(tx.db, Role::Expert, tx.now)?));
    assert_eq!((live(person) > 1, counted), (true, others as i64));
    assert_eq!(ending()["total"], json!(0));
    for file in &files {
        api.get(&format!("/api/v1/applications/{}", scene.files[*file])).expect(404);
    }
    // What waits for others finds them, once.
    assert!(scene.has(files[1], index));
    assert_eq!(yuanchi::jobs::relieve_experts(&scene.app.app).expect("a turn"), 1);
    scene.must_be_passed_on(index, &files);
    assert_eq!(yuanchi::jobs::relieve_experts(&scene.app.app).expect("a turn"), 0);
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&person.email);
    let ended: Vec<_> = letters.iter().filter(|letter| letter.text.contains("聘期届满")).collect();
    assert_eq!(ended.len(), 1, "one letter for all that one act takes back: {letters:?}");
    let count = format!("分配给您的 {} 件申报", files.len() - 1);
    assert!(ended[0].text.contains(&count) && !ended[0].text.contains("其余任务"), "{ended:?}");
    // Another term that begins today: a recorded act, under another session.
    scene.set_term(index, Some(tomorrow), None).expect(200);
    assert_eq!(doors(&mut browser, &mut api), OVER);
    let (mut browser, mut api) = (person.browser(), person.api());
    assert_eq!(doors(&mut browser, &mut api), OPEN);
    assert!(!scene.has(files[1], index), "what was released stays released");
    // Cut short, it ends at once.
    scene.set_term(index, None, Some(today)).expect(200);
    assert_eq!(doors(&mut browser, &mut api), OVER);
    assert_eq!(doors(&mut person.browser(), &mut person.api()), SHUT);
    let events = scene.app.read(|tx| Ok(yuanchi::db::events::of_subject(tx.db, "expert", expert.as_text())?));
    assert_eq!(events.iter().filter(|event| event.action == "expert.term_changed").count(), 3);
    assert_eq!(scene.app.violations_of(&["appointment_is_as_recorded"]), []);
    // Whoever writes another last day into the row gets the role, and is found.
    scene.app.tamper(&format!("UPDATE experts SET term_to = NULL WHERE id = '{expert}'"));
    assert_eq!(doors(&mut person.browser(), &mut person.api()), OPEN);
    let found = scene.app.violations_of(&["appointment_is_as_recorded"]);
    assert!(found.len() == 1 && found[0].subject.contains(expert.as_text()), "{found:?}");
}

#[test]
fn outside_the_term_nobody_is_assigned() {
    let scene = Scene::set(4);
    let today = local_date(scene.app.now());
    let term = |index: usize, from: Option<NaiveDate>, to: Option<NaiveDate>| scene.set_term(index, from, to);
    let wrong = term(1, Some(today), Some(today - Duration::days(1))).expect(422).json();
    assert_eq!(wrong["fields"][0]["code"], "expert_term_order");
    term(1, Some(today), Some(today)).expect(200);
    scene.prepare().expect(200);
    assert!((0..3).any(|file| scene.has(file, 1)), "the last day is inside");
    term(1, None, Some(today - Duration::days(1))).expect(200);
    let short = scene.prepare().expect(422);
    short.shows("申报单位1：回避后可评专家仅 2 名");
    // On the page.
    let mut browser = scene.handler.browser();
    let path = format!("/experts/{}", scene.experts[1].0);
    browser.open(&path).shows("聘期");
    let mut window = scene.handler.browser();
    window.open(&path);
    let answer = browser.submit(&format!("{path}/term"), &[("term_from", ""), ("term_to", "")]);
    browser.follow(answer).shows("聘期已变更").shows("未限定");
    // The same again from another window is no mistake; another term is one.
    let same = window.submit(&format!("{path}/term"), &[("term_from", ""), ("term_to", "")]).expect(303);
    window.follow(same).shows("无需重复提交");
    let standing = [("status", "suspended"), ("reason", "借调外省")];
    let mut windows = [scene.handler.browser(), scene.handler.browser(), scene.handler.browser()];
    for window in &mut windows {
        window.open(&path);
    }
    let [first, again, other] = &mut windows;
    let done = first.submit(&format!("{path}/standing"), &standing).expect(303);
    first.follow(done).hides("无需重复提交");
    let done = again.submit(&format!("{path}/standing"), &standing).expect(303);
    again.follow(done).shows("无需重复提交");
    other.submit(&format!("{path}/standing"), &[("status", "suspended"), ("reason", "另有任用")]).expect(409);
    other.open(&path);
    other.submit(&format!("{path}/standing"), &[("status", "active"), ("reason", "借调结束")]).expect(303);
    scene.prepare().expect(200);
}

#[test]
fn a_tie_to_nobody_who_is_registered_is_saved_and_said_to_exclude_nobody_yet() {
    let scene = Scene::set(2);
    let mut api = scene.handler.api();
    let path = format!("{}/ties", scene.expert_path(1));
    let declare = |api: &mut Client, name: &str| {
        api.call("POST", &path, &json!({ "kind": "dispute", "organisation": name })).expect(201).json()["unregistered"]
            .clone()
    };
    assert_eq!(declare(&mut api, "申报单位1"), json!(false));
    assert_eq!(declare(&mut api, "申报单位１"), json!(false), "under another width");
    assert_eq!(declare(&mut api, "申报单位1公司"), json!(true));
    let file = api.json(&format!("{}/file", scene.expert_path(1)));
    let told: Vec<&Value> = file["ties"].as_array().into_iter().flatten().map(|tie| &tie["unregistered"]).collect();
    assert_eq!(told.iter().filter(|one| ***one == json!(true)).count(), 1, "{file}");
    let page = format!("/experts/{}/ties", scene.experts[1].0);
    scene.handler.browser().open(&page).shows("目前不产生回避");
}
