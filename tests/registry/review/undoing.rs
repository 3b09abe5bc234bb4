//! An approved decision is undone by two people, whole or not at all, while nothing rests on it.

mod at_once;

use super::Scene;
use crate::support::{Answer, Client, Person, TestApp, with};
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::actions::sealed::seal_form;
use yuanchi::db::{applications, events};
use yuanchi::domain::actor::Role;
use yuanchi::domain::form::RawForm;
use yuanchi::domain::ids::ApplicationId;
use yuanchi::domain::procedure::{State, Station};
use yuanchi::domain::scope::Scope;

/// What the check says of decisions and of what they do to files.
const OWN: [&str; 7] = [
    "state_is_that_of_the_record",
    "decision_by_two_persons",
    "undoing_by_two_persons",
    "actors_are_those_of_the_record",
    "two_persons_by_the_record",
    "decision_is_as_recorded",
    "decision_change_is_as_recorded",
];

impl Scene {
    fn board(&self) -> String {
        format!("/api/v1/decisions/{}", self.call)
    }

    /// The sheet that was proposed last.
    fn newest(&self) -> Value {
        self.handler.api().json(&self.board())["decisions"][0].clone()
    }

    fn sheet_version(&self) -> Value {
        self.newest()["version"].clone()
    }

    /// Where the newest sheet is undone, below `/api/v1` for the API.
    fn undoing(&self) -> String {
        let id = self.newest()["id"].as_str().expect("a sheet").to_string();
        format!("/decisions/{}/sheets/{id}/undoing", self.call)
    }

    /// Proposes to select these files, and not the others.
    fn propose_files(&self, selected: &[usize]) {
        let entry = |(index, id): (usize, &ApplicationId)| {
            let outcome = if selected.contains(&index) { "selected" } else { "not_selected" };
            json!({ "application": id, "outcome": outcome, "reason": "名额已满" })
        };
        let entries: Vec<Value> = self.files.iter().enumerate().map(entry).collect();
        let proposal = json!({ "grounds": "按得分择优", "entries": entries });
        self.handler.api().call("POST", &self.board(), &proposal).expect(201);
    }

    fn approve_files(&self) {
        let path = format!("{}/approval", self.board());
        self.approver.api().call("POST", &path, &json!({ "version": 1 })).expect(200);
    }

    /// The review is over, the first two files are selected and the third is not, and everybody has been told.
    fn decided(&self) {
        self.scored_and_closed();
        self.propose_files(&[0, 1]);
        self.approve_files();
        self.app.run_jobs();
    }

    fn ask(&self, person: &Person) -> Answer {
        let body = json!({ "version": self.sheet_version(), "reason": "分数录入有误" });
        person.api().call("POST", &format!("/api/v1{}", self.undoing()), &body)
    }

    fn grant(&self, person: &Person) -> Answer {
        let path = format!("/api/v1{}/approval", self.undoing());
        person.api().call("POST", &path, &json!({ "version": self.sheet_version() }))
    }

    fn stored(&self, file: usize) -> (State, i32) {
        let id = self.files[file];
        let found = self.app.read(move |tx| Ok(applications::find(tx.db, &Scope::everything(), id)?));
        (found.state, found.version)
    }

    fn states(&self) -> Vec<State> {
        (0..self.files.len()).map(|file| self.stored(file).0).collect()
    }

    fn vendor_of(&self, file: usize) -> String {
        format!("vendor{file}@example.cn")
    }

    /// The acts on the newest sheet.
    fn acts(&self) -> Vec<String> {
        let id = self.newest()["id"].as_str().expect("a sheet").to_string();
        let events = self.app.read(move |tx| Ok(events::of_subject(tx.db, "decision", &id)?));
        events.into_iter().map(|event| event.action).collect()
    }

    #[track_caller]
    fn is_in_force(&self) {
        assert_eq!(self.newest()["status"], "approved");
        assert!(self.app.violations_of(&OWN).is_empty(), "{:?}", self.app.violations_of(&OWN));
    }
}

#[test]
fn c_24_two_people_undo_a_decision_and_every_applicant_is_told() {
    let scene = Scene::set(4);
    scene.decided();
    let (undoing, page) = (scene.undoing(), format!("/decisions/{}", scene.call));
    let api = format!("/api/v1{undoing}");
    let decided = [State::Proposed, State::Proposed, State::NotSelected];
    assert_eq!(scene.states(), decided);

    // Shown before, with counts and names; nothing is changed by looking.
    let shown = scene.handler.api().json(&api);
    let names = |key: &str| -> Vec<String> {
        let lines = shown[key].as_array().into_iter().flatten();
        lines.filter_map(|line| line["organisation"].as_str().map(str::to_string)).collect()
    };
    assert_eq!((names("selected").len(), names("not_selected")), (2, vec!["申报单位3".to_string()]), "{shown}");
    assert_eq!((&shown["obstacle"], &shown["actions"]), (&Value::Null, &json!(["propose"])), "{shown}");
    let mut handler = scene.handler.browser();
    handler.open(&page).shows("撤销审定结果").shows("涉及拟认定 2 件、不予认定 1 件").shows("申报单位3");
    scene.approver.browser().open(&page).hides("提交撤销申请");
    assert!(handler.offers(&undoing));

    // A reason, and the sheet as it is.
    let mut api_of_handler = scene.handler.api();
    api_of_handler.call("POST", &api, &json!({ "version": scene.sheet_version(), "reason": " " })).expect(422);
    let stale = api_of_handler.call("POST", &api, &json!({ "version": 1, "reason": "分数录入有误" }));
    assert_eq!(stale.expect(409).code(), "stale");
    handler.submit(&undoing, &[("reason", "")]).expect(422).shows("理由");

    // Nobody undoes what they proposed to undo, whatever roles they hold; and nothing is offered to them.
    assert_eq!(scene.grant(&scene.approver).expect(409).code(), "decision_undo_none_pending");
    // On the sheet and nowhere else: a single file is not taken back.
    let application = format!("/api/v1/applications/{}", scene.files[2]);
    let offered = |person: &Person| {
        assert_eq!(person.api().json(&application)["actions"], json!([]));
        person.api().json(&api)["actions"].clone()
    };
    assert_eq!(offered(&scene.approver), json!([]));
    let both = scene.app.person("both@example.cn", &[with(Role::Handler), with(Role::Approver)]);
    scene.ask(&both).expect(201);
    assert_eq!(scene.grant(&both).expect(409).code(), "own_proposal");
    let returned = json!({ "version": scene.sheet_version(), "reason": "不必撤销" });
    let own = both.api().call("POST", &format!("{api}/return"), &returned);
    assert_eq!(own.expect(409).code(), "own_proposal");
    let mut own_page = both.browser();
    own_page.open(&page).shows("等待另一名工作人员审批");
    assert!(!own_page.offers(&format!("{undoing}/approval")) && !own_page.offers(&format!("{undoing}/return")));
    assert_eq!((offered(&scene.approver), offered(&both)), (json!(["approve", "return"]), json!([])));
    assert_eq!(scene.ask(&scene.handler).expect(409).code(), "decision_undo_proposed");
    assert_eq!(scene.states(), decided, "a proposal changes nothing");

    // Sent back, it can be proposed again: on the page.
    scene.approver.api().call("POST", &format!("{api}/return"), &returned).expect(200);
    scene.app.run_jobs();
    assert!(scene.app.letters_to("both@example.cn").iter().any(|letter| letter.text.contains("不必撤销")));
    scene.is_in_force();
    handler.open(&page);
    let answer = handler.submit(&undoing, &[("reason", "分数录入有误")]);
    handler.follow(answer).shows("撤销申请已提交");
    let mut approver = scene.approver.browser();
    // While it waits, each is told what is theirs: it does not hide another file of the call that is to be decided.
    let put_third = |state: State| {
        let id = scene.files[2];
        scene.app.tamper(&format!("UPDATE applications SET state = '{}' WHERE id = '{id}'", state.as_text()));
    };
    handler.open("/decisions").hides("请您拟定审定意见");
    put_third(State::Reviewed);
    handler.open("/decisions").shows("请您拟定审定意见");
    approver.open("/decisions").shows("请您审批撤销申请").hides("请您拟定审定意见");
    put_third(State::NotSelected);
    approver.open(&page).shows("分数录入有误").shows("申报单位1");
    let answer = approver.submit(&format!("{undoing}/approval"), &[]);
    approver.follow(answer).shows("审定结果已撤销").shows("已撤销").hides("不予认定：名额已满");

    assert_eq!(scene.states(), [State::Reviewed; 3]);
    let acts = ["proposed", "approved", "undo_proposed", "undo_returned", "undo_proposed", "undone"];
    assert_eq!(scene.acts(), acts.map(|act| format!("decision.{act}")));
    assert_eq!(scene.newest()["status"], "undone");
    let board = scene.handler.api().json(&scene.board());
    assert!(
        board["lines"].as_array().is_some_and(|all| all.iter().all(|line| line["outcome"] == Value::Null)),
        "{board}"
    );
    assert_eq!(scene.app.violations_of(&OWN), []);
    scene.app.run_jobs();
    for file in 0..3 {
        let letters = scene.app.letters_to(&scene.vendor_of(file));
        assert_eq!(letters.len(), 2, "once of the decision, once that it counts no more: {letters:?}");
        let last = &letters[1];
        assert!(last.subject.contains("审定结果已撤销") && last.text.contains("分数录入有误"), "{last:?}");
        assert!(
            last.text.contains("原通知作废")
                && last.text.contains(if file < 2 { "拟予认定" } else { "未予入选" })
        );
    }
    let own_file = format!("/applications/{}", scene.files[0]);
    scene.vendor.browser().open(&own_file).shows("撤销审定结果，退回待审定").shows("分数录入有误");
    // The sheet stays readable, and what was decided is a draft again.
    let minutes = format!("{page}/minutes");
    scene
        .handler
        .browser()
        .open(&minutes)
        .shows("已撤销")
        .shows("按得分择优")
        .shows("分数录入有误")
        .shows("撤销提出人")
        .shows("撤销审批人")
        .hides("：名额已满");
    // With who proposed that it count no more and who approved it, and when.
    let undone = scene.handler.api().json(&api);
    let told = scene.handler.api().json(&format!("/api/v1{minutes}"))["decisions"][0].clone();
    for (key, from) in [
        ("undo_proposed_by", "proposed_by"),
        ("undo_proposed_at", "proposed_at"),
        ("undone_by", "undone_by"),
        ("undone_at", "undone_at"),
    ] {
        assert!(told[key].is_string() && told[key] == undone[from], "{key}: {told}");
    }
    let workbook = scene.handler.browser().get(&format!("{minutes}.xlsx")).expect(200);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook.body.clone())).expect("a workbook");
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        std::io::Read::read_to_string(&mut entry, &mut text).expect("text");
    }
    for words in ["撤销提出人", "提出撤销时间", "撤销审批人", "撤销时间"] {
        assert!(text.contains(words), "{words}");
    }

    // Undone once; and decided anew.
    assert_eq!(scene.ask(&scene.handler).expect(409).code(), "change_undone");
    assert_eq!(scene.grant(&scene.approver).expect(409).code(), "change_undone");
    scene.app.advance(Duration::minutes(1));
    scene.propose_files(&[1, 2]);
    scene.approve_files();
    assert_eq!(scene.states(), [State::NotSelected, State::Proposed, State::Proposed]);
    scene.is_in_force();
    scene.ask(&scene.handler).expect(201);
    scene.grant(&scene.approver).expect(200);
    assert_eq!(scene.app.violations_of(&OWN), []);
}

#[test]
fn who_may_not_undo_is_told_so_and_what_was_never_approved_is_not_undone() {
    let scene = Scene::set(4);
    scene.scored_and_closed();
    scene.propose_files(&[0, 1]);
    assert_eq!(scene.ask(&scene.handler).expect(409).code(), "decision_undo_not_approved");
    let shown = scene.handler.api().get(&format!("/api/v1{}", scene.undoing()));
    assert_eq!(shown.expect(409).code(), "decision_undo_not_approved");
    scene.approve_files();
    for person in [&scene.approver, &scene.vendor, &scene.experts[1].1] {
        assert_eq!(scene.ask(person).expect(403).code(), "wrong_role");
    }
    let evaluator = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]);
    assert_eq!(scene.ask(&evaluator).expect(403).code(), "wrong_role");
    scene.ask(&scene.handler).expect(201);
    for person in [&scene.handler, &scene.vendor, &evaluator] {
        assert_eq!(scene.grant(person).expect(403).code(), "wrong_role");
    }
    // A sheet of another call does not exist in this one.
    let foreign = scene.undoing().replace(&scene.call.to_string(), &scene.files[0].to_string());
    let body = json!({ "version": 2 });
    scene.approver.api().call("POST", &format!("/api/v1{foreign}/approval"), &body).expect(404);
    scene.is_in_force();
    // What was approved before such things were kept.
    scene.app.tamper("DELETE FROM change_sets WHERE kind = 'decision'");
    assert_eq!(scene.grant(&scene.approver).expect(409).code(), "decision_undo_not_kept");
    let mut handler = scene.handler.browser();
    handler.open(&format!("/decisions/{}", scene.call)).shows("已批准");
    assert!(!handler.offers(&scene.undoing()));
}

/// The refusal of both steps: of the proposal, and of the approval when it had been proposed before.
#[track_caller]
fn is_refused(code: &str, named: &str, happens: impl Fn(&Scene)) {
    for proposed_before in [false, true] {
        let scene = Scene::set(4);
        scene.decided();
        if proposed_before {
            scene.ask(&scene.handler).expect(201);
        }
        happens(&scene);
        let before = scene.states();
        let refused = if proposed_before { scene.grant(&scene.approver) } else { scene.ask(&scene.handler) };
        assert_eq!(refused.expect(409).shows(named).code(), code);
        assert_eq!(scene.states(), before, "whole or not at all");
        let shown = scene.handler.api().json(&format!("/api/v1{}", scene.undoing()));
        assert_eq!(shown["obstacle"], code, "{shown}");
        let mut page = scene.handler.browser();
        page.open(&format!("/decisions/{}", scene.call)).shows("目前不能撤销");
        assert!(!page.offers(&scene.undoing()));
        if proposed_before {
            // It can still be laid aside.
            let mut approver = scene.approver.browser();
            approver.open(&format!("/decisions/{}", scene.call));
            assert!(!approver.offers(&format!("{}/approval", scene.undoing())));
            let answer = approver.submit(&format!("{}/return", scene.undoing()), &[("reason", "已不能撤销")]);
            approver.follow(answer).shows("撤销申请已退回");
        }
    }
}

fn withdraw(vendor: &mut Client, scene: &Scene) -> Answer {
    let path = format!("/api/v1/applications/{}/withdrawal", scene.files[0]);
    vendor.call("POST", &path, &json!({ "version": scene.stored(0).1, "reason": "改报其他类别" }))
}

fn notice(handler: &mut Client, scene: &Scene) -> Answer {
    let text = json!({ "title": "拟认定名单公示", "body": "现予公示。" });
    handler.call("POST", &format!("/api/v1/calls/{}/notices", scene.call), &text)
}

#[test]
fn not_after_an_applicant_withdrew() {
    is_refused("decision_undo_withdrawn", "申报单位1", |scene| {
        withdraw(&mut scene.vendor.api(), scene).expect(200);
    });
}

#[test]
fn not_after_a_notice_was_opened() {
    is_refused("decision_undo_noticed", "已列入公示", |scene| {
        notice(&mut scene.handler.api(), scene).expect(201);
    });
}

#[test]
fn not_while_another_sheet_waits() {
    is_refused("decision_undo_pending_sheet", "另有一份审定意见待审批", |scene| {
        // A file that came to the decision later, by hand.
        let (first, id) = (scene.files[0], ApplicationId::new(&*scene.app.app.env.ids));
        let organisation = scene.app.organisation("91440300MA5EXAMP9R", "申报单位9", "440106");
        scene.app.write(move |tx| {
            let mut application = applications::find(tx.db, &Scope::everything(), first)?;
            (application.id, application.organisation_id) = (id, organisation);
            (application.number, application.state) = (Some("YC2026-T-0009".into()), State::Reviewed);
            application.form = seal_form(tx.env, id, &RawForm::default())?;
            Ok(applications::create(tx.db, &application)?)
        });
        let entry = json!({ "application": id, "outcome": "not_selected", "reason": "名额已满" });
        let proposal = json!({ "grounds": "补充审定", "entries": [entry] });
        let decision = scene.undoing();
        scene.handler.api().call("POST", &scene.board(), &proposal).expect(201);
        // The newest sheet is now the one that waits: the older one is asked about by putting it first again.
        let older = decision.split('/').nth(4).expect("an id").to_string();
        scene.app.tamper(&format!("UPDATE decisions SET proposed_at = '2027-01-01 00:00:00' WHERE id = '{older}'"));
    });
}

#[test]
fn not_after_a_file_was_handled_otherwise() {
    is_refused("decision_undo_moved", "申报单位2", |scene| {
        let id = scene.files[1];
        scene.app.tamper(&format!("UPDATE applications SET version = version + 1 WHERE id = '{id}'"));
    });
}

#[test]
fn not_while_a_list_names_a_file() {
    let scene = Scene::with_programme(TestApp::start(), 4, |programme| {
        programme.stations.retain(|station| *station != Station::Notice);
        programme.notice = None;
    });
    scene.decided();
    let lists = format!("/api/v1/calls/{}/lists", scene.call);
    let text = json!({ "title": "2026 年名单", "body": "现予公布。" });
    let list = scene.handler.api().call("POST", &lists, &text).expect(201).json();
    assert_eq!(scene.ask(&scene.handler).expect(409).code(), "decision_undo_listed");
    // A list that was sent back names nobody.
    let path = format!("/api/v1/lists/{}", list["id"].as_str().expect("an id"));
    let back = json!({ "version": list["version"], "reason": "标题有误" });
    scene.approver.api().call("POST", &format!("{path}/return"), &back).expect(200);
    scene.ask(&scene.handler).expect(201);
    let list = scene.handler.api().call("POST", &lists, &text).expect(201).json();
    assert_eq!(scene.grant(&scene.approver).expect(409).code(), "decision_undo_listed");
    let path = format!("/api/v1/lists/{}/publication", list["id"].as_str().expect("an id"));
    scene.approver.api().call("POST", &path, &json!({ "version": list["version"] })).expect(200);
    assert_eq!(scene.grant(&scene.approver).expect(409).code(), "decision_undo_listed");
    scene.is_in_force();
}

#[test]
fn whoever_withdraws_reads_first_what_was_decided_and_nobody_elses_letter_leaves_by_it() {
    let scene = Scene::on(TestApp::start_with(|config| config.mail.hold_above = 1), 4);
    scene.decided();
    let subjects = |file: usize| -> Vec<String> {
        scene.app.run_jobs();
        scene.app.letters_to(&scene.vendor_of(file)).into_iter().map(|letter| letter.subject).collect()
    };
    let begins = |subjects: &[String], words: &str| subjects.iter().position(|subject| subject.starts_with(words));
    for file in 0..3 {
        assert_eq!(begins(&subjects(file), "审定结果"), None, "it is held");
    }
    scene.app.advance(Duration::minutes(1));
    withdraw(&mut scene.vendor.api(), &scene).expect(200);
    let told = subjects(0);
    let (decided, withdrawn) = (begins(&told, "审定结果"), begins(&told, "申报已撤回"));
    assert!(decided.is_some() && withdrawn.is_some() && decided < withdrawn, "{told:?}");
    assert_eq!(begins(&subjects(1), "审定结果"), None, "an officer looks at it first");
    scene.app.advance(Duration::hours(25));
    assert!(begins(&subjects(1), "审定结果").is_some());
    assert_eq!(subjects(0).iter().filter(|subject| subject.starts_with("审定结果")).count(), 1);
}
