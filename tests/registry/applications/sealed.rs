//! What applicants answer names people: sealed at rest, each answer in its own row, and read as ever by whoever may.

use super::given::{MIDEA, Scene, mark, scene};
use crate::objectors::dump;
use crate::program::program;
use crate::support::admin_of;
use diesel::connection::SimpleConnection;
use serde_json::json;
use yuanchi::actions::sealed::open_filed;
use yuanchi::db::corrections::MarkKind;
use yuanchi::db::submissions::{self, Submission};
use yuanchi::db::{Db, counters};
use yuanchi::domain::ids::ApplicationId;

/// Typed into the texts of the form, a first time and after a correction.
const CANARIES: [&str; 6] =
    ["金丝雀简介一", "金丝雀联系人一", "金丝雀案例一", "金丝雀简介二", "金丝雀联系人二", "金丝雀案例二"];

/// Saves the texts of the form.
fn typed(scene: &Scene, id: &str, [profile, contact, case]: [&str; 3]) {
    let mut api = scene.admin.api();
    let form = json!({ "profile": profile, "contact": contact, "cases": [{ "name": case, "amount": "3" }] });
    let body = json!({ "version": scene.version(&mut api, id), "form": form });
    api.call("PATCH", &format!("/api/v1/applications/{id}/form"), &body).expect(200);
}

/// None of what was typed is anywhere in the database.
#[track_caller]
fn nothing_lies_open(scene: &Scene) {
    let everything = dump(&scene.app);
    for canary in CANARIES {
        assert!(!everything.contains(canary), "{canary} is in the database");
    }
}

fn filed(scene: &Scene, id: &str) -> Vec<Submission> {
    let id = ApplicationId::from_text(id).expect("an id");
    scene.app.read(|tx| Ok(submissions::of_application(tx.db, id)?))
}

#[test]
fn c_63_answers_are_sealed_at_rest_as_a_draft_as_filed_and_as_corrected() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    let [first @ .., a, b, c] = CANARIES;
    typed(&scene, &id, first);
    nothing_lies_open(&scene);
    scene.submit(&mut api, &id).expect(200);
    nothing_lies_open(&scene);
    let marks = ["profile", "contact", "cases"].map(|key| mark(MarkKind::Field, key));
    scene.send_back(&id, marks.into());
    typed(&scene, &id, [a, b, c]);
    nothing_lies_open(&scene);
    scene.submit(&mut api, &id).expect(200);
    nothing_lies_open(&scene);
    assert!(scene.stored(&id).form.sealed().is_some_and(yuanchi::keys::is_sealed));
    let kept = filed(&scene, &id);
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|one| one.content.sealed().is_some_and(yuanchi::keys::is_sealed)));
    // Whoever may reads all of it, as it was filed each time.
    let items = api.json(&format!("/api/v1/applications/{id}/submissions"))["items"].clone();
    let contacts = [0, 1].map(|at: usize| items[at]["content"]["form"]["contact"].clone());
    assert_eq!(contacts, [json!(CANARIES[1]), json!(CANARIES[4])]);
    let page = scene.bureau.browser().open(&format!("/applications/{id}"));
    page.shows("补正前后对照").shows(CANARIES[0]).shows(CANARIES[3]);
    let held = api.json(&format!("/api/v1/organisations/{}/data", scene.organisation));
    assert_eq!(held["applications"][0]["form"]["contact"], CANARIES[4]);
    assert_eq!(held["applications"][0]["submissions"][0]["content"]["form"]["contact"], CANARIES[1]);
}

#[test]
fn c_63_a_form_opens_in_its_own_row_alone_and_lists_do_without() {
    let mut scene = scene();
    scene.app.expect_violations();
    let id = scene.complete(&mut scene.admin.api());
    let organisation = scene.app.organisation(MIDEA, "乙公司", "440305");
    let person = scene.app.person("other@example.org", &[admin_of(organisation)]);
    let mut other = person.api();
    let there = scene.complete(&mut other);
    assert_eq!(scene.app.violations_of(&["form_opens", "filed_content_opens"]), []);
    scene.app.tamper(&format!(
        "UPDATE applications SET form = (SELECT a.form FROM applications a WHERE a.id = '{id}') WHERE id = '{there}'"
    ));
    let found = scene.app.violations_of(&["form_opens"]);
    assert_eq!(found.iter().map(|v| v.subject.clone()).collect::<Vec<_>>(), [format!("application {there}")]);
    other.get(&format!("/api/v1/applications/{there}")).expect(500).hides("李四");
    // A list shows no form, and opens none.
    assert_eq!(other.json("/api/v1/applications")["items"][0]["id"], json!(there));
}

#[test]
fn c_63_what_was_kept_in_the_clear_is_read_as_ever_and_sealed_at_the_next_start() {
    let mut scene = scene();
    // The submission that is put beside the other was never filed.
    scene.app.expect_violations();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    scene.submit(&mut api, &id).expect(200);
    let form = scene.form(&id);
    let last = filed(&scene, &id).remove(0);
    let content = scene.app.read(|tx| open_filed(tx.env, &last));
    let plain = serde_json::to_string(&form).expect("JSON");
    scene.app.tamper(&format!("UPDATE applications SET form = '{plain}' WHERE id = '{id}'"));
    let put_in = |own: &str, number: i32, content: &str| {
        scene.app.tamper(&format!(
            "INSERT INTO submissions (id, application_id, number, content, sha256, submitted_by, submitted_at) \
             VALUES ('{own}', '{id}', {number}, '{content}', '{}', '{}', '2026-03-02 01:00:00')",
            last.sha256, last.submitted_by
        ));
    };
    put_in(&id, 2, &content.to_string());
    let (before, second) = (scene.stored(&id), filed(&scene, &id).remove(1));
    assert_eq!((before.form.sealed(), second.content.sealed()), (None, None), "they lie open");
    assert_eq!(scene.form(&id), form);
    assert_eq!(scene.app.read(|tx| open_filed(tx.env, &second)), content);

    // The first start found nothing in the clear, and so the next ones do not read all there is. A database of the version before
    // has no such mark.
    let start = || {
        let output = program(&scene.app).arg("migrate").output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
    };
    let is_marked = || scene.app.read(|tx| Ok(counters::current(tx.db, counters::FORMS_SEALED)?)) > 0;
    assert!(is_marked());
    start();
    assert!(scene.stored(&id).form.sealed().is_none(), "nothing was searched");
    scene.app.tamper("DELETE FROM counters WHERE name = 'sealed.forms'");
    start();
    assert!(!is_marked(), "a start that found some lets the next one search again");
    start();
    assert!(is_marked());
    let after = scene.stored(&id);
    assert!(after.form.sealed().is_some_and(yuanchi::keys::is_sealed));
    assert_eq!((after.version, after.updated_at), (before.version, before.updated_at), "it is the same form");
    assert_eq!(scene.form(&id), form);
    let kept = filed(&scene, &id);
    assert!(kept.iter().all(|one| one.content.sealed().is_some_and(yuanchi::keys::is_sealed)));
    assert!(kept.iter().all(|one| one.sha256 == last.sha256));
    assert_eq!(scene.app.read(|tx| open_filed(tx.env, &kept[1])), content);
    assert_eq!(scene.app.violations_of(&["submission_is_as_frozen", "filed_content_opens", "form_opens"]), []);

    // That was the one change that the database lets through: what is sealed stays as it is.
    let mut db = Db::open(&scene.app.database_url()).expect("the database opens");
    let sealed = "'\"sealed:1:00\"'";
    for attempt in
        ["content = '{}'".to_string(), format!("content = {sealed}"), "sha256 = 'x'".into(), "number = 7".into()]
    {
        let answer = db.batch_execute(&format!("UPDATE submissions SET {attempt}"));
        assert!(answer.is_err(), "{attempt} was done");
    }
    // Nor may what lies open become anything but sealed, or anything else of it change on the way.
    put_in("third", 3, "{}");
    for attempt in ["content = '{\"a\": 1}'".to_string(), format!("content = {sealed}, sha256 = 'x'")] {
        let answer = db.batch_execute(&format!("UPDATE submissions SET {attempt} WHERE number = 3"));
        assert!(answer.is_err(), "{attempt} was done");
    }
    assert!(db.batch_execute("DELETE FROM submissions").is_err());
}
