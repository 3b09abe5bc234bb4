//! An import does what its preview showed, with terms, pools and past employers.

use super::super::draw::{Draw, ids};
use super::super::review::Scene;
use super::super::support::client::File;
use super::super::support::race::together;
use super::rows_of;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const HEAD: &str = "姓名,邮箱,单位,职称,专业领域,评审上限,专家库,聘期起,聘期止,曾任职单位\n";

#[test]
fn an_import_with_terms_pools_and_past_employers_does_what_was_shown() {
    let scene = Scene::set(4);
    let mut browser = scene.handler.browser();
    let send = |browser: &mut super::super::support::Client, table: &str| {
        browser.open("/experts/import").shows("曾任职单位");
        browser.upload("/experts/import", &[], &File { field: "file", name: "专家.csv", bytes: table.as_bytes() })
    };
    let bad = format!(
        "{HEAD}甲,a@example.cn,大学,教授,数字化转型服务商,5,火星局,2026-13-01,,申报单位2/123\n\
         乙,b@example.cn,大学,教授,数字化转型服务商,5,,2026-05-01,2026-04-30,申报单位2//2020-02-02/2020-01-01\n"
    );
    send(&mut browser, &bad)
        .expect(422)
        .shows("没有名为“火星局”的专家库")
        .shows("“2026-13-01”不是有效日期")
        .shows("曾任职单位“申报单位2/123”填写有误")
        .shows("聘期止不能早于聘期起")
        .shows("曾任职单位“申报单位2//2020-02-02/2020-01-01”填写有误");
    let good = format!(
        "{HEAD}专家1,expert1@example.cn,大学1,研究员,数字化转型服务商,5,,2025-01-01,2027-12-31,申报单位2//2019-01-01/2025-06-30；旧厂\n\
         新人,new@example.cn,大学,教授,数字化转型服务商,5,省级专家库,,,\n"
    );
    let preview = send(&mut browser, &good).expect(200);
    preview.shows("新增 1 名，更新 1 名").shows("研究员").shows("2027-12-31").shows("申报单位2；旧厂");
    // Meanwhile the pool changes: nothing is brought in, and the preview is shown anew.
    let path = format!("/api/v1/experts/{}", scene.experts[1].0);
    let mut api = scene.handler.api();
    let seen = api.json(&path)["version"].clone();
    let term = json!({ "version": seen, "term_from": null, "term_to": "2026-12-31" });
    api.call("PUT", &format!("{path}/term"), &term).expect(200);
    browser.submit("/experts/import/confirmation", &[]).expect(409).shows("核对之后专家库有变动").shows("2026-12-31");
    assert_eq!(api.json(&path)["title"], "教授");
    let answer = browser.submit("/experts/import/confirmation", &[]);
    browser.follow(answer).shows("新人");
    let file = api.json(&format!("{path}/file"));
    assert_eq!(file["expert"]["term_to"], "2027-12-31");
    assert_eq!(file["ties"].as_array().map(Vec::len), Some(2), "{file}");
    scene.prepare().expect(200);
    assert!(!scene.has(1, 1), "employed there within three years");
    // Once more: nothing to do, no tie twice.
    send(&mut browser, &good).expect(200).shows("另有 2 名与库内一致");
    let answer = browser.submit("/experts/import/confirmation", &[]);
    browser.follow(answer);
    assert_eq!(api.json(&format!("{path}/file"))["ties"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_program_confirms_with_the_digest_of_the_dry_run() {
    let scene = Scene::set(2);
    let mut api = scene.handler.api();
    let row = |employer: &str| {
        json!({
            "line": 2, "name": "新人", "email": "new@example.cn", "employer": employer, "title": "教授",
            "fields": "数字化转型服务商", "load_limit": "5",
        })
    };
    let path = "/api/v1/experts/imports";
    let shown = api.call("POST", path, &json!({ "rows": [row("大学")], "dry_run": true })).expect(201).json();
    let other = json!({ "rows": [row("学院")], "digest": shown["digest"] });
    assert_eq!(api.call("POST", path, &other).expect(409).code(), "stale");
    let same = json!({ "rows": [row("大学")], "digest": shown["digest"] });
    assert_eq!(api.call("POST", path, &same).expect(201).json()["added"], 1);
}

#[test]
fn a_second_press_leads_to_the_record_of_the_first() {
    let scene = Scene::set(2);
    let mut browser = scene.handler.browser();
    browser.open("/experts/import");
    let table = format!(
        "{HEAD}专家1,expert1@example.cn,大学1,研究员,数字化转型服务商,5,,,,\n新人,new@example.cn,大学,教授,数字化转型服务商,5,,,,\n"
    );
    let file = File { field: "file", name: "专家.csv", bytes: table.as_bytes() };
    browser.upload("/experts/import", &[], &file).expect(200).shows("新增 1 名，更新 1 名");
    let confirmation = "/experts/import/confirmation";
    assert_eq!(browser.submit(confirmation, &[]).expect(303).location(), "/experts");
    let again = browser.submit(confirmation, &[]).expect(303);
    let mut api = scene.handler.api();
    let imports = api.json("/api/v1/experts/imports");
    assert_eq!(imports["total"], 1, "it was brought in once");
    let record = format!("/experts/imports/{}", imports["items"][0]["id"].as_str().expect("an id"));
    assert_eq!(again.location(), record);
    browser.follow(again).shows("此前已导入").shows("新人").shows("专家1");
    // What stands in the pool by now is not what the form says: it is shown anew.
    scene.app.tamper("UPDATE experts SET title = '讲师', version = version + 1 WHERE email = 'expert1@example.cn'");
    browser.open("/experts/import");
    browser.upload("/experts/import", &[], &file).expect(200).shows("更新 1 名");
    scene.app.tamper("UPDATE experts SET title = '助教', version = version + 1 WHERE email = 'expert1@example.cn'");
    browser.submit(confirmation, &[]).expect(409).shows("核对之后专家库有变动").shows("助教");
}

#[test]
fn a_program_that_confirms_twice_is_answered_with_what_was_done() {
    let scene = Scene::set(2);
    let mut api = scene.handler.api();
    let row = |employer: &str| {
        json!({
            "line": 2, "name": "新人", "email": "new@example.cn", "employer": employer, "title": "教授",
            "fields": "数字化转型服务商", "load_limit": "5",
        })
    };
    let path = "/api/v1/experts/imports";
    let shown = api.call("POST", path, &json!({ "rows": [row("大学")], "dry_run": true })).expect(201).json();
    assert_eq!(shown["repeated"], false);
    let confirmed = json!({ "rows": [row("大学")], "digest": shown["digest"] });
    // At once, by two processes: one brings them in, the other is told what that one did.
    let mut callers = [scene.handler.api(), scene.handler.api()];
    let body = &confirmed;
    let works = callers.iter_mut().map(|caller| move || caller.call("POST", path, body));
    let answers: Vec<Value> = together(works).into_iter().map(|answer| answer.expect(201).json()).collect();
    let repeated: Vec<&Value> = answers.iter().filter(|answer| answer["repeated"] == true).collect();
    assert_eq!(repeated.len(), 1, "{answers:?}");
    for key in ["added", "updated", "unchanged", "digest", "endings", "replacements", "vacancies", "change_set"] {
        assert_eq!(answers[0][key], answers[1][key], "{key}");
    }
    assert_eq!((&answers[0]["added"], &api.json(path)["total"]), (&json!(1), &json!(1)));
    // Other rows under the same digest were never brought in.
    let other = json!({ "rows": [row("学院")], "digest": shown["digest"] });
    assert_eq!(api.call("POST", path, &other).expect(409).code(), "stale");
    // Once it is undone, it is no longer done.
    let undoing = format!("{path}/{}/undoing", answers[0]["change_set"].as_str().expect("a change set"));
    api.call("POST", &undoing, &json!({ "reason": "取错了表" })).expect(200);
    assert_eq!(api.call("POST", path, &confirmed).expect(409).code(), "stale");
}

#[test]
fn an_import_that_ends_assignments_says_so_before_and_after() {
    let scene = Scene::set(5);
    scene.open();
    let index = (1..5).find(|index| scene.has(1, *index)).expect("who scores the second file");
    let (mut own, all) = scene.assignments(index);
    let assignment = all.iter().find(|one| one["organisation"] == "申报单位2").expect("the assignment");
    let path = format!("/api/v1/assignments/{}", assignment["id"].as_str().expect("an id"));
    own.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
    let sheet = json!({ "version": 1, "items": scene.sheet("70") });
    own.call("POST", &format!("{path}/submission"), &sheet).expect(200);
    let table = format!(
        "姓名,邮箱,单位,职称,专业领域,评审上限\n专家{index},expert{index}@example.cn,申报单位2,教授,数字化转型服务商,5\n"
    );
    let mut browser = scene.handler.browser();
    browser.open("/experts/import");
    let file = File { field: "file", name: "专家.csv", bytes: table.as_bytes() };
    let shown = browser.upload("/experts/import", &[], &file).expect(200);
    shown
        .shows("导入后将收回进行中的评审任务 1 件")
        .shows("申报单位2")
        .shows("评分表已提交，将作废")
        .shows("接替人选（1 件）")
        .shows(&format!("接替专家{index}，系专家组内任务较少者"));
    assert!(scene.has(1, index), "only shown");
    let answer = browser.submit("/experts/import/confirmation", &[]);
    browser.follow(answer).shows("应回避的评审任务已随之收回");
    assert!(!scene.has(1, index) && scene.kept());
    let imports = scene.handler.api().json("/api/v1/experts/imports");
    let set = &imports["items"][0];
    let ended = &set["summary"]["endings"][0];
    assert_eq!((&ended["organisation"], &ended["submitted"]), (&json!("申报单位2"), &json!(true)), "{set}");
    assert_eq!((&ended["why"], set["summary"]["endings"].as_array().map(Vec::len)), (&json!("employer_name"), Some(1)));
    let page = format!("/experts/imports/{}", set["id"].as_str().expect("an id"));
    browser.open(&page).shows("因本次导入收回的评审任务（1 件）").shows("不恢复已收回的任务").shows("接替人选（1 件）");
}

/// Imports rows that give these experts these employers, after a dry run: whom it takes out of which file, who comes instead
/// and where nobody does is what the dry run said. Gives what that was.
#[track_caller]
fn does_what_it_showed(scene: &Scene, employers: &[(usize, &str)]) -> Value {
    let path = "/api/v1/experts/imports";
    let rows = rows_of(employers);
    let mut api = scene.handler.api();
    let before: Vec<BTreeSet<String>> = (0..3).map(|file| scene.charged(file).into_iter().collect()).collect();
    let shown = api.call("POST", path, &json!({ "rows": rows, "dry_run": true })).expect(201).json();
    let unchanged: Vec<BTreeSet<String>> = (0..3).map(|file| scene.charged(file).into_iter().collect()).collect();
    assert_eq!(before, unchanged, "only shown");
    let done = api.call("POST", path, &json!({ "rows": rows, "digest": shown["digest"] })).expect(201).json();
    for key in ["endings", "replacements", "vacancies"] {
        assert_eq!(done[key], shown[key], "{key}");
    }
    for (file, before) in before.iter().enumerate() {
        let after: BTreeSet<String> = scene.charged(file).into_iter().collect();
        let names = |of: &BTreeSet<String>, but: &BTreeSet<String>| -> BTreeSet<String> {
            let index = |id: &String| scene.experts.iter().position(|(one, _)| one.as_text() == id).expect("an expert");
            of.difference(but).map(|id| format!("专家{}", index(id))).collect()
        };
        let organisation = format!("申报单位{}", file + 1);
        let of_file = |key: &str| -> Vec<Value> {
            let lines = shown[key].as_array().into_iter().flatten();
            lines.filter(|line| line["organisation"] == organisation.as_str()).cloned().collect()
        };
        let told = |key: &str| -> BTreeSet<String> {
            of_file(key).iter().filter_map(|line| line["expert"].as_str().map(str::to_string)).collect()
        };
        assert_eq!(names(before, &after), told("endings"), "{organisation}: {shown}");
        assert_eq!(names(&after, before), told("replacements"), "{organisation}: {shown}");
        assert_eq!(after.len() < 3, !of_file("vacancies").is_empty(), "{organisation}: {shown}");
    }
    assert!(scene.kept());
    shown
}

#[test]
fn who_steps_in_for_whom_an_import_takes_out_is_shown_before_and_is_who_comes() {
    let scene = Scene::set(5);
    scene.open();
    let charged: Vec<usize> = (0..5).filter(|index| scene.has(1, *index)).collect();
    let free: Vec<usize> = (0..5).filter(|index| !charged.contains(index)).collect();
    // One who scores the file and one who could step in go to its applicant together: the other one comes.
    let both = [(charged[0], "申报单位2"), (free[0], "申报单位2")];
    // Meanwhile the one who would come is suspended: what was shown is no longer what would be done.
    let mut api = scene.handler.api();
    let path = "/api/v1/experts/imports";
    let shown = api.call("POST", path, &json!({ "rows": rows_of(&both), "dry_run": true })).expect(201).json();
    let other = scene.experts[free[1]].0;
    scene.app.tamper(&format!("UPDATE experts SET status = 'suspended' WHERE id = '{other}'"));
    let confirmed = json!({ "rows": rows_of(&both), "digest": shown["digest"] });
    assert_eq!(api.call("POST", path, &confirmed).expect(409).code(), "stale");
    assert!(scene.has(1, charged[0]), "nothing was done");
    scene.app.tamper(&format!("UPDATE experts SET status = 'active' WHERE id = '{other}'"));
    let shown = does_what_it_showed(&scene, &both);
    let come = &shown["replacements"][0];
    assert_eq!((&come["expert"], &come["turn"]), (&json!(format!("专家{}", free[1])), &Value::Null), "{shown}");
    assert_eq!(come["instead_of"], json!(format!("专家{}", charged[0])));
    // Now nobody is left for the next one.
    let shown = does_what_it_showed(&scene, &[(charged[1], "申报单位2")]);
    assert_eq!((&shown["replacements"], shown["vacancies"].as_array().map(Vec::len)), (&json!([]), Some(1)), "{shown}");
}

#[test]
fn a_reserve_who_would_step_in_is_shown_with_the_rank_of_the_draw() {
    let draw = Draw::set(9);
    let result = draw.drawn_of(&json!({ "strata": [{ "field": "", "panel": 4, "reserves": 2 }] }));
    let scene = &draw.scene;
    scene.open();
    let index = |id: &String| scene.experts.iter().position(|(one, _)| one.as_text() == id).expect("an expert");
    let reserves: Vec<usize> = ids(&result["reserves"]).iter().map(index).collect();
    let charged: Vec<usize> = (0..9).filter(|index| scene.has(1, *index)).collect();
    // The first reserve goes to the same applicant: the second one steps in, and is said to be the second.
    let shown = does_what_it_showed(scene, &[(charged[0], "申报单位2"), (reserves[0], "申报单位2")]);
    let come = &shown["replacements"][0];
    assert_eq!((&come["expert"], &come["turn"]), (&json!(format!("专家{}", reserves[1])), &json!(2)), "{shown}");
    // On the page too.
    let table = format!(
        "姓名,邮箱,单位,职称,专业领域,评审上限\n专家{0},expert{0}@example.cn,申报单位2,教授,数字化转型服务商,5\n",
        charged[1]
    );
    let mut browser = scene.handler.browser();
    browser.open("/experts/import");
    let file = File { field: "file", name: "专家.csv", bytes: table.as_bytes() };
    browser
        .upload("/experts/import", &[], &file)
        .expect(200)
        .shows("收回进行中的评审任务 1 件")
        .shows("接替人选（1 件）");
    assert!(draw.violations().is_empty(), "{:?}", draw.violations());
}

#[test]
fn a_file_of_nothing_but_columns_has_nothing_to_import() {
    let scene = Scene::set(1);
    let mut browser = scene.handler.browser();
    browser.open("/experts/import").shows("服务领域");
    let table = "姓名,邮箱,单位,职称,专业领域,评审上限\n";
    let file = File { field: "file", name: "专家.csv", bytes: table.as_bytes() };
    browser.upload("/experts/import", &[], &file).expect(422).shows("表中没有专家").hides("确认导入");
}

#[test]
fn c_23_the_employer_that_an_import_replaces_is_a_past_one_from_that_day() {
    let scene = Scene::set(5);
    // Known by code: the name alone would exclude nobody.
    scene.app.tamper(&format!(
        "UPDATE experts SET employer = '旧厂', employer_code = '{}' WHERE id = '{}'",
        super::CODES[1],
        scene.experts[1].0
    ));
    let ties = |index: usize| -> Vec<Value> {
        let file = scene.handler.api().json(&format!("/api/v1/experts/{}/file", scene.experts[index].0));
        file["ties"].as_array().cloned().unwrap_or_default()
    };
    let mut browser = scene.handler.browser();
    browser.open("/experts/import").shows("原单位自动计入");
    // The first takes another employer; the second one's is only written in another width; the third one's end is known better.
    let table = format!(
        "{HEAD}专家1,expert1@example.cn,另一大学,教授,数字化转型服务商,5,,,,\n\
         专家2,expert2@example.cn,大学２,教授,数字化转型服务商,5,,,,\n\
         专家3,expert3@example.cn,另一大学,教授,数字化转型服务商,5,,,,大学3//2020-01-01/2025-12-31\n"
    );
    let file = File { field: "file", name: "专家.csv", bytes: table.as_bytes() };
    browser.upload("/experts/import", &[], &file).expect(200).shows("旧厂（原单位，至 2026-03-02）");
    assert!(ties(1).is_empty(), "only shown");
    let answer = browser.submit("/experts/import/confirmation", &[]);
    browser.follow(answer);
    let left = ties(1);
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(
        (&left[0]["kind"], &left[0]["credit_code"], &left[0]["until_on"]),
        (&json!("past_employer"), &json!(super::CODES[1]), &json!("2026-03-02")),
    );
    assert!(ties(2).is_empty(), "one name is one employer");
    let said = ties(3);
    assert_eq!((said.len(), &said[0]["until_on"]), (1, &json!("2025-12-31")), "{said:?}");
    scene.prepare().expect(200);
    assert!(!scene.has(1, 1), "employed there until this morning");
    assert!(scene.has(0, 1) || scene.has(2, 1), "and nowhere else");
    // The same file once more adds nothing; one that leaves the code out takes none away.
    browser.open("/experts/import");
    browser.upload("/experts/import", &[], &file).expect(200).shows("另有 3 名与库内一致");
    scene.app.tamper(&format!(
        "UPDATE experts SET employer_code = '{}' WHERE id = '{}'",
        super::CODES[2],
        scene.experts[1].0
    ));
    scene.import(&[(1, "另一大学")]).expect(201);
    let kept = scene.handler.api().json(&format!("/api/v1/experts/{}", scene.experts[1].0));
    assert_eq!(kept["employer_code"], super::CODES[2], "{kept}");
    assert_eq!(ties(1).len(), 1);
}

#[test]
fn c_23_a_mistyped_code_is_refused_and_that_of_a_registered_applicant_is_not() {
    let scene = Scene::set(2);
    let import = |employer: &str, past: &str| {
        let row = json!({
            "line": 2, "name": "专家1", "email": "expert1@example.cn", "employer": "某研究院", "employer_code": employer,
            "title": "教授", "fields": "数字化转型服务商", "load_limit": "5", "past_employers": past,
        });
        scene.handler.api().call("POST", "/api/v1/experts/imports", &json!({ "rows": [row], "dry_run": true }))
    };
    // A wrong check character, present or past.
    import("91440300192203821Y", "").expect(422).shows("expert_code_check");
    import("", "旧厂/91440300192203821Y").expect(422).shows("expert_code_check");
    // An applicant whose code breaks the rule showed its licence: an expert of its own is to be known by it.
    import(super::CODES[1], &format!("旧厂/{}", super::CODES[2])).expect(201);
}
