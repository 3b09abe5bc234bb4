//! Whoever has to keep a deadline is reminded of it, once.

use super::*;

/// How many letters with this beginning a person has, after the jobs were done twice over.
fn reminders(scene: &Scene, person: &Person, beginning: &str) -> usize {
    scene.test.run_jobs();
    scene.test.run_jobs();
    let letters = scene.test.letters_to(&person.email);
    letters.iter().filter(|letter| letter.subject.starts_with(beginning)).count()
}

const CLOSING: &str = "申报即将截止：";
const CORRECTION: &str = "补正即将到期：";
const RECOMMENDATION: &str = "推荐即将截止：";
const EXTENDED: &str = "截止时间延长：";

#[test]
fn whoever_has_to_keep_a_deadline_is_reminded_once_three_days_before() {
    let mut scene = scene();
    // A draft with a submission is written by hand.
    scene.test.expect_violations();
    let draft = scene.filed_as(State::Draft, &[]);
    let (waiting, back) = (scene.filed(), scene.filed());
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    let body = json!({"version": 1, "marks": marks, "due_on": "2026-03-09"});
    scene.foshan.api().call("POST", &resource(back.id, "corrections"), &body).expect(201);
    assert_eq!(reminders(&scene, &back.vendor, CORRECTION), 0, "a week is left");
    scene.test.set_clock(at("2026-03-06T15:59:59"));
    assert_eq!(reminders(&scene, &back.vendor, CORRECTION), 0);
    scene.test.set_clock(at("2026-03-06T16:00:00"));
    assert_eq!(reminders(&scene, &back.vendor, CORRECTION), 1);
    let letters = scene.test.letters_to(&back.vendor.email);
    let text = &letters.last().expect("a letter").text;
    for words in ["2026年3月9日 24:00", "佛山市工业和信息化局", &format!("/applications/{}/form", back.id)]
    {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    scene.test.set_clock(at("2026-03-08T01:00:00"));
    assert_eq!(reminders(&scene, &back.vendor, CORRECTION), 1, "once");
    // A deadline that was moved is another one.
    let to = page(back.id, "corrections/extension");
    let mut officer = scene.foshan.browser();
    officer.open(&to);
    officer.submit(&to, &[("due_on", "2026-03-20"), ("reason", "停电")]).expect(303);
    assert_eq!(reminders(&scene, &back.vendor, CORRECTION), 1);

    scene.test.set_clock(at("2026-03-17T08:59:59"));
    assert_eq!(reminders(&scene, &draft.vendor, CLOSING), 0);
    scene.test.set_clock(at("2026-03-17T16:00:00"));
    assert_eq!(reminders(&scene, &draft.vendor, CLOSING), 1);
    assert_eq!(reminders(&scene, &back.vendor, CORRECTION), 2);
    assert_eq!(reminders(&scene, &waiting.vendor, ""), 0, "there is nothing to do for whoever has submitted");
    // Whoever begins within these days has just been told the date.
    let late = scene.filed_as(State::Draft, &[]);
    assert_eq!(reminders(&scene, &late.vendor, CLOSING), 0);

    assert_eq!(reminders(&scene, &scene.foshan, RECOMMENDATION), 0);
    scene.test.set_clock(at("2026-03-28T10:00:00"));
    assert_eq!(reminders(&scene, &scene.foshan, RECOMMENDATION), 1);
    let letters = scene.test.letters_to(&scene.foshan.email);
    let told = letters.iter().find(|letter| letter.subject.starts_with(RECOMMENDATION)).expect("a letter");
    assert!(told.subject.ends_with("（待办 1 件）"), "{}", told.subject);
    assert!(told.text.contains("2026年3月31日 18:00"), "{}", told.text);
    assert_eq!(reminders(&scene, &scene.zhuhai, ""), 0, "nothing waits for that bureau");
    // What is over is forgotten, and does not come back.
    scene.test.set_clock(at("2026-04-02T00:00:00"));
    assert_eq!(reminders(&scene, &scene.foshan, RECOMMENDATION), 1);
}

#[test]
fn a_queue_begins_with_what_is_due_first() {
    let mut scene = scene();
    let (sooner, later) = (scene.filed(), scene.filed());
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    for (id, due_on) in [(sooner.id, "2026-03-09"), (later.id, "2026-03-16")] {
        scene.test.advance(Duration::minutes(1));
        let body = json!({"version": 1, "marks": marks, "due_on": due_on});
        scene.foshan.api().call("POST", &resource(id, "corrections"), &body).expect(201);
    }
    let first_is_sooner = |path: &str| {
        let text = scene.foshan.browser().open(path).text();
        let place = |id| text.find(&format!("href=\"/applications/{id}\"")).expect("a row");
        place(sooner.id) < place(later.id)
    };
    assert!(first_is_sooner("/applications?state=city_correction"));
    assert!(!first_is_sooner("/applications?state=city_correction&order=latest"));
    let queue = scene.foshan.browser().open("/applications?state=city_correction");
    queue.shows("期限 2026年3月9日 24:00，还有").shows("最近更新的排在前面").hides("期限最近的排在前面");
    scene.test.set_clock(at("2026-03-10T01:00:00"));
    scene.foshan.browser().open("/applications?state=city_correction").shows("已过期限 2026年3月9日 24:00");
}

#[test]
fn a_bureau_that_decides_by_itself_is_not_asked_to_recommend() {
    let mut scene = scene_with(|programme| programme.stations = vec![Station::CityDecides, Station::Notice]);
    scene.filed();
    scene.test.set_clock(at("2026-03-28T10:00:00"));
    assert_eq!(reminders(&scene, &scene.foshan, "认定结果报送即将截止："), 1);
    assert_eq!(reminders(&scene, &scene.foshan, RECOMMENDATION), 0);
}

#[test]
fn a_deadline_that_is_put_off_within_its_last_days_is_told_of_once() {
    let mut scene = scene();
    // A draft with a submission is written by hand.
    scene.test.expect_violations();
    let (draft, back) = (scene.filed_as(State::Draft, &[]), scene.filed());
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    let body = json!({"version": 1, "marks": marks, "due_on": "2026-03-09"});
    scene.foshan.api().call("POST", &resource(back.id, "corrections"), &body).expect(201);
    scene.test.set_clock(at("2026-03-08T01:00:00"));
    assert_eq!(reminders(&scene, &back.vendor, CORRECTION), 1);
    let to = page(back.id, "corrections/extension");
    let mut officer = scene.foshan.browser();
    officer.open(&to);
    officer.submit(&to, &[("due_on", "2026-03-10"), ("reason", "停电")]).expect(303);
    assert_eq!(reminders(&scene, &back.vendor, CORRECTION), 1, "the letter of the new date is the reminder");

    scene.test.set_clock(at("2026-03-19T01:00:00"));
    assert_eq!(reminders(&scene, &draft.vendor, CLOSING), 1);
    let before = scene.test.letters_to(&draft.vendor.email).len();
    let body = json!({"version": 1, "closes_at": "2026-03-21T17:00", "reason": "台风影响"});
    scene.approver.api().call("POST", &format!("/api/v1/calls/{}/extension", scene.call), &body).expect(200);
    assert_eq!(reminders(&scene, &draft.vendor, CLOSING), 1);
    assert_eq!(scene.test.letters_to(&draft.vendor.email).len(), before + 1, "of the new date");

    scene.filed();
    scene.test.set_clock(at("2026-03-29T01:00:00"));
    assert_eq!(reminders(&scene, &scene.foshan, RECOMMENDATION), 1);
    let before = reminders(&scene, &scene.foshan, EXTENDED);
    let body = json!({"version": 2, "recommend_by": "2026-03-31T20:00", "reason": "台风影响"});
    scene.approver.api().call("POST", &format!("/api/v1/calls/{}/extension", scene.call), &body).expect(200);
    assert_eq!(reminders(&scene, &scene.foshan, EXTENDED), before + 1, "of the new date");
    assert_eq!(reminders(&scene, &scene.foshan, RECOMMENDATION), 1, "and no reminder at once");
}

#[test]
fn a_deadline_that_nobody_can_be_reminded_of_keeps_nobody_else_from_it() {
    let mut scene = scene();
    scene.test.expect_violations();
    let files = [scene.filed_as(State::Draft, &[]), scene.filed_as(State::Draft, &[])];
    scene.test.set_clock(at("2026-03-19T01:00:00"));
    scene.test.refuse("INSERT", "mails", &format!("NEW.account_id = '{}'", files[0].vendor.id));
    assert_eq!(reminders(&scene, &files[0].vendor, CLOSING), 0);
    assert_eq!(reminders(&scene, &files[1].vendor, CLOSING), 1);
    // It is tried again at the next turn.
    scene.test.refuse_no_more("mails");
    assert_eq!(reminders(&scene, &files[0].vendor, CLOSING), 1);
    assert_eq!(reminders(&scene, &files[1].vendor, CLOSING), 1);
}
