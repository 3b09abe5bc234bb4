//! The draw of experts, from the announcement to the panel, over HTTP; and its record, carried away.

mod offline;
mod trouble;
mod undone;

use super::review::Scene;
use super::support::{Client, Person, with};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::ExpertId;

pub const OWN: &str = "correct horse battery staple";
pub const THEIRS: &str = "岭南春色满园关不住一枝红杏出墙来";

/// A review to be, and the two parties of its draw.
pub struct Draw {
    pub scene: Scene,
    pub auditor: Person,
}

impl Draw {
    pub fn set(experts: usize) -> Draw {
        let scene = Scene::set(experts);
        let auditor = scene.app.person("auditor@example.cn", &[with(Role::Auditor)]);
        Draw { scene, auditor }
    }

    pub fn path(&self) -> String {
        format!("/api/v1/reviews/{}/draw", self.scene.call)
    }

    pub fn shown(&self) -> Value {
        self.scene.handler.api().json(&self.path())
    }

    /// The attempt that is running, or ended last.
    pub fn attempt(&self) -> Value {
        self.shown()["attempts"].as_array().and_then(|all| all.last()).cloned().expect("an attempt")
    }

    #[track_caller]
    pub fn announce(&self, body: &Value) -> Value {
        let path = format!("{}/announcement", self.path());
        self.scene.handler.api().call("POST", &path, body).expect(201).json()
    }

    pub fn commit(&self, api: &mut Client, phrase: &str) -> super::support::Answer {
        let body = json!({ "draw": self.attempt()["id"], "phrase": phrase });
        api.call("POST", &format!("{}/commitment", self.path()), &body)
    }

    pub fn list(&self) -> super::support::Answer {
        let body = json!({ "version": self.attempt()["version"] });
        self.scene.handler.api().call("POST", &format!("{}/list", self.path()), &body)
    }

    pub fn reveal(&self, api: &mut Client, phrase: &str) -> super::support::Answer {
        let body = json!({ "draw": self.attempt()["id"], "phrase": phrase });
        api.call("POST", &format!("{}/reveal", self.path()), &body)
    }

    /// Announced, committed by both, frozen.
    #[track_caller]
    pub fn listed(&self) {
        self.listed_of(&json!({}));
    }

    /// The same with what the announcement says.
    #[track_caller]
    pub fn listed_of(&self, body: &Value) {
        self.announce(body);
        self.commit(&mut self.scene.handler.api(), OWN).expect(200);
        self.commit(&mut self.auditor.api(), THEIRS).expect(200);
        self.list().expect(200);
    }

    /// All the way.
    #[track_caller]
    pub fn drawn(&self) -> Value {
        self.drawn_of(&json!({}))
    }

    /// The same with what the announcement says.
    #[track_caller]
    pub fn drawn_of(&self, body: &Value) -> Value {
        self.listed_of(body);
        self.reveal(&mut self.auditor.api(), THEIRS).expect(200);
        self.reveal(&mut self.scene.handler.api(), OWN).expect(200);
        self.attempt()["result"].clone()
    }

    /// Violations of what this area keeps.
    pub fn violations(&self) -> Vec<String> {
        let found = self.scene.app.violations().expect("a check");
        let of_draws = ["panel_is_drawn", "reserves_step_in_by_turn"];
        let is_ours = |name: &str| name.starts_with("draw_") || of_draws.contains(&name);
        let ours = found.iter().filter(|v| is_ours(v.invariant));
        ours.map(|v| format!("{}: {}", v.invariant, v.what)).collect()
    }
}

/// The ids of experts as an answer lists them.
pub fn ids(people: &Value) -> Vec<String> {
    let people = people.as_array().cloned().unwrap_or_default();
    people.iter().filter_map(|person| person["id"].as_str().map(str::to_string)).collect()
}

/// Runs the recipe of a page in a shell, as somebody would on a machine of their own.
fn by_recipe(recipe: &str, phrase: &str) -> String {
    let mut shell = Command::new("bash")
        .args(["-c", recipe])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell");
    shell.stdin.take().expect("an input").write_all(format!("{phrase}\n").as_bytes()).expect("typed");
    let output = shell.wait_with_output().expect("an end");
    let said = String::from_utf8(output.stdout).expect("text");
    said.chars().take(64).collect()
}

#[test]
fn two_people_draw_a_panel_and_the_review_takes_it() {
    let draw = Draw::set(9);
    let scene = &draw.scene;
    let page = format!("/reviews/{}/draw", scene.call);
    let mut handler = scene.handler.browser();
    let mut auditor = draw.auditor.browser();
    auditor.open(&page).shows("尚未发起抽取");
    handler.open(&format!("/reviews/{}", scene.call)).shows("专家抽取");
    handler.open(&page);
    let (checked, announcement) = (format!("{page}/preview"), format!("{page}/announcement"));
    handler.submit(&checked, &[("strata.0.panel", "０人")]).expect(422).shows("1 至 10000 的整数");
    handler.submit(&checked, &[("strata.0.panel", "2")]).expect(422).shows("少于每件申报所需的 3 名");
    handler.submit(&checked, &[("strata.0.panel", "8")]).expect(422).shows("只有 9 名，少于所需的 10 名");
    // Figures as a Chinese keyboard types them. Shown before it is announced; whoever leaves the pool meanwhile makes what was shown void.
    let three = [("strata.0.panel", "３"), ("strata.0.reserves", "４")];
    handler.submit(&checked, &three).expect(200).shows("核对抽取方案").shows("候选专家").shows("专家8");
    let standing = |status: &str| {
        scene.app.tamper(&format!("UPDATE experts SET status = '{status}' WHERE id = '{}'", scene.experts[8].0));
    };
    standing("suspended");
    handler.submit(&announcement, &[]).expect(409);
    handler.open(&page);
    handler.submit(&checked, &three).expect(200).shows("已暂停");
    standing("active");
    handler.open(&page);
    handler.submit(&checked, &three).expect(200);
    let body = json!({ "strata": [{ "field": "", "panel": 3, "reserves": 4 }] });
    let shown = scene.handler.api().call("POST", &format!("{}/preview", draw.path()), &body).expect(200).json();
    assert_eq!((&shown["strata"][0]["candidates"], &shown["outside"]), (&json!(9), &json!(0)), "{shown}");
    let answer = handler.submit(&announcement, &[]);
    handler.follow(answer).shows("待双方提交承诺");
    // Pressed once more it is what was done; another plan beside it is refused as before.
    let pressed = |panel: &'static str| [("field", ""), ("strata.0.panel", panel), ("strata.0.reserves", "4")];
    let again = handler.post(&announcement, &pressed("3")).expect(303);
    handler.follow(again).shows("办理该事项");
    handler.post(&announcement, &pressed("4")).expect(409).hides("办理该事项");
    handler.open(&page);
    scene.app.run_jobs();
    assert_eq!(scene.app.letters_to("auditor@example.cn").len(), 1);

    // The handler types a phrase, the auditor computes the commitment elsewhere.
    auditor.open("/desk").shows("待您提交承诺");
    let commitment = format!("{page}/commitment");
    handler.submit(&commitment, &[("phrase", "too short")]).expect(422).shows("16 至 200 个字符").hides("too short");
    handler.submit(&commitment, &[("phrase", OWN), ("commitment", "00")]).expect(422).shows("只填其中一项");
    let answer = handler.submit(&commitment, &[("phrase", OWN), ("commitment", "")]);
    handler.follow(answer).shows("承诺已提交").hides(OWN);
    handler.open(&page).shows("经办人已提交承诺，等待审计员提交承诺");
    handler.post(&format!("{page}/list"), &[("version", "2")]).expect(409).shows("都提交承诺之后");
    let recipe = draw.auditor.api().json(&draw.path())["recipe"].as_str().expect("a recipe").to_string();
    auditor.open(&page).shows("sha256sum");
    auditor.submit(&commitment, &[("commitment", "12")]).expect(422).shows("64 位十六进制数");
    let answer = auditor.submit(&commitment, &[("commitment", &by_recipe(&recipe, THEIRS))]);
    auditor.follow(answer).shows("等待经办人固定候选名单");
    handler.open("/desk").shows("待您固定候选名单");
    handler.open(&page);
    let answer = handler.submit(&format!("{page}/list"), &[]);
    handler.follow(answer).shows("候选专家（9 名）");
    scene.app.run_jobs();
    assert_eq!(scene.app.letters_to("auditor@example.cn").len(), 2);

    // A wrong phrase is refused with what to do; the first reveal shows to nobody.
    let reveal = format!("{page}/reveal");
    auditor.open(&page);
    auditor.submit(&reveal, &[("phrase", "岭南春色满园关不住")]).expect(422).shows("口令与您提交的承诺不符");
    let answer = auditor.submit(&reveal, &[("phrase", &format!(" {THEIRS} "))]);
    auditor.follow(answer).shows("等待另一方公开");
    handler.get(&format!("{page}/record.json")).expect(404);
    let stored = scene.app.read(|tx| Ok(db::draws::of_call(tx.db, scene.call)?)).remove(0);
    let secret = stored.auditor_reveal.expect("a reveal");
    handler.open(&page).hides(&secret);
    assert!(!draw.shown().to_string().contains(&secret));
    let answer = handler.submit(&reveal, &[("phrase", OWN)]);
    let attempt = draw.attempt();
    let files = attempt["id"].as_str().expect("an id");
    handler
        .follow(answer)
        .shows("抽取完成")
        .shows("候补专家（按递补顺序）")
        .shows(&format!("draw verify draw-{files}.json --events draw-{files}-events.json"));
    assert!(attempt["list"]["by"].is_string(), "{attempt}");
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());

    // No phrase was kept anywhere.
    if !scene.app.on_postgres() {
        let bytes = scene.app.files_of_the_database();
        for phrase in [OWN, THEIRS] {
            assert!(!bytes.windows(phrase.len()).any(|part| part == phrase.as_bytes()), "{phrase} was kept");
        }
    }

    // The session is prepared on the panel that was drawn, with the next reserve where recusals leave too few.
    let result = draw.attempt()["result"].clone();
    let (panel, reserves) = (ids(&result["panel"]), ids(&result["reserves"]));
    assert_eq!((panel.len(), reserves.len()), (3, 4));
    let due = (scene.app.now() + chrono::Duration::days(7)).and_utc();
    let path = format!("/api/v1/reviews/{}", scene.call);
    let chosen = json!({ "due_at": due, "experts": [panel[0]] });
    scene.handler.api().call("PUT", &format!("{path}/preparation"), &chosen).expect(422).shows("不能另选专家");
    scene.open();
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    let text = |all: &[ExpertId]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(session.draw_id.map(|id| Value::from(id.to_string())), Some(draw.attempt()["id"].clone()));
    assert_eq!(text(&session.reserves.0), reserves);
    // The first expert works for an applicant: with them two are left for that one.
    let called = usize::from(panel.contains(&scene.experts[0].0.to_string()));
    let expected: Vec<String> = panel.iter().chain(&reserves[..called]).cloned().collect();
    assert_eq!(text(&session.panel.0), expected);

    // Somebody declares a conflict: the next reserve steps in, recorded with the reason.
    let index = scene.experts.iter().position(|(id, _)| !scene_free(scene, *id)).expect("an expert with a file");
    let (mut api, own) = scene.assignments(index);
    let id = own[0]["id"].as_str().expect("an id");
    let declaration = json!({ "conflict": true, "reason": "曾任顾问" });
    api.call("PUT", &format!("/api/v1/assignments/{id}/declaration"), &declaration).expect(200);
    let after = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    let events = scene.app.read(|tx| Ok(db::events::of_subject(tx.db, "review", after.id.as_text())?));
    let calls: Vec<_> = events.iter().filter(|event| event.action == "reserve.called").collect();
    assert!(calls.len() >= called, "{calls:?}");
    let joined = text(&after.panel.0)[panel.len()..].to_vec();
    let named: Vec<String> =
        calls.iter().filter_map(|call| call.detail.0["expert"].as_str().map(str::to_string)).collect();
    assert_eq!(joined, named);
    // Each call takes the first reserve who may score the file that it is for: the first expert may not score their employer's.
    let mut waiting = reserves.clone();
    for (call, joined) in calls.iter().zip(&joined) {
        let of_employer = call.detail.0["application"] == json!(scene.files[0]);
        let barred = |id: &String| of_employer && *id == scene.experts[0].0.to_string();
        let next = waiting.iter().position(|id| !barred(id)).expect("a reserve");
        assert_eq!(*joined, waiting.remove(next), "in the order drawn");
    }
    let live = scene.app.read(|tx| Ok(db::reviews::assignments_of(tx.db, after.id)?));
    for file in &scene.files {
        assert_eq!(live.iter().filter(|one| one.application_id == *file && one.is_live()).count(), 3);
    }
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
    // Once drawn, never again.
    let again = scene.handler.api().call("POST", &format!("{}/announcement", draw.path()), &json!({}));
    assert_eq!(again.expect(409).code(), "draw_review_open");
}

/// Whether an expert has no file to score.
fn scene_free(scene: &Scene, expert: ExpertId) -> bool {
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    let all = scene.app.read(|tx| Ok(db::reviews::assignments_of(tx.db, session.id)?));
    !all.iter().any(|one| one.expert_id == expert && one.is_live())
}
