//! An import of experts is undone whole or not at all, while nothing rests on it.

use super::super::review::Scene;
use super::super::support::client::File;
use serde_json::{Value, json};

const IMPORTS: &str = "/api/v1/experts/imports";

fn row(line: usize, name: &str, email: &str, title: &str) -> Value {
    json!({
        "line": line, "name": name, "email": email, "employer": "某研究院", "title": title, "fields": "云服务",
        "load_limit": "5", "past_employers": "申报单位2//2019-01-01/2026-01-31",
    })
}

fn bring_in(scene: &Scene, rows: &[Value]) -> Value {
    scene.handler.api().call("POST", IMPORTS, &json!({ "rows": rows })).expect(201).json()
}

#[test]
fn an_import_is_undone_while_nothing_rests_on_it() {
    let scene = Scene::set(3);
    let mut api = scene.handler.api();
    let known = format!("/api/v1/experts/{}", scene.experts[1].0);
    let before = api.json(&known);
    let rows = [row(2, "新人", "new@example.cn", "教授"), row(3, "专家1", "expert1@example.cn", "研究员")];
    let done = bring_in(&scene, &rows);
    let set = done["change_set"].as_str().expect("a change set").to_string();
    assert_eq!(api.json(&known)["title"], "研究员");
    assert_eq!(
        api.json(&known)["fields"],
        json!(["service_fields:cloud"]),
        "an option of the form is a field of expertise"
    );
    let mut found = |words: &str| api.call("POST", "/api/v1/experts/search", &json!({ "q": words })).expect(200).json();
    let newcomer = found("new")["items"][0]["id"].as_str().expect("an id").to_string();
    for sign in ["%", "_", "\\", "n%"] {
        assert_eq!(found(sign)["total"], 0, "{sign} stands for itself");
    }

    // On the page, with who is concerned.
    let mut browser = scene.handler.browser();
    browser.open("/experts").shows("导入记录");
    browser.open("/experts/imports").shows("已导入");
    let page = format!("/experts/imports/{set}");
    browser.open(&page).shows("新增 1 名").shows("新人").shows("更新 1 名").shows("专家1");
    assert_eq!(api.json(&format!("/api/v1{page}"))["actions"], json!(["undo"]));
    let undoing = format!("{page}/undoing");
    browser.submit(&undoing, &[("reason", " ")]).expect(422).shows("请写明理由");
    let answer = browser.submit(&undoing, &[("reason", "表格取错了版本")]);
    browser.follow(answer).shows("导入已撤销").shows("表格取错了版本");

    // Nobody new is left; who was known is as before, and the tie that came along counts no more.
    api.get(&format!("/api/v1/experts/{newcomer}")).expect(404);
    let after = api.json(&known);
    for key in ["name", "title", "employer", "fields", "load_limit", "pool"] {
        assert_eq!(after[key], before[key], "{key}");
    }
    let ties = api.json(&format!("{known}/file"))["ties"].as_array().cloned().unwrap_or_default();
    assert!(ties.iter().all(|tie| tie["withdrawn_at"].is_string()), "{ties:?}");
    scene.app.run_jobs();
    assert!(scene.app.letters_to("new@example.cn").is_empty(), "the invitation had not left");
    let again = api.call("POST", &format!("{IMPORTS}/{set}/undoing"), &json!({ "reason": "再撤" })).expect(409);
    assert_eq!(again.code(), "change_undone");
    assert_eq!(api.json(&format!("/api/v1{page}"))["actions"], json!([]));
    assert!(!browser.offers(&undoing), "it is undone");
    let listed = api.json(IMPORTS);
    assert_eq!((&listed["total"], &listed["items"][0]["status"]), (&json!(1), &json!("undone")));
    scene.approver.api().get(IMPORTS).expect(403);

    // Brought in again, the newcomer is invited again.
    bring_in(&scene, &rows);
    scene.app.run_jobs();
    assert_eq!(scene.app.letters_to("new@example.cn").len(), 1);
}

#[test]
fn what_rests_on_an_import_keeps_it() {
    let scene = Scene::set(3);
    let mut api = scene.handler.api();
    let refused = |set: &Value, code: &str| {
        let path = format!("{IMPORTS}/{}/undoing", set["change_set"].as_str().expect("a change set"));
        let answer = scene.handler.api().call("POST", &path, &json!({ "reason": "撤销" })).expect(409);
        assert_eq!(answer.code(), code);
    };
    // A later import changed the same person.
    let first = bring_in(&scene, &[row(2, "专家1", "expert1@example.cn", "研究员")]);
    let second = bring_in(&scene, &[row(2, "专家1", "expert1@example.cn", "副教授")]);
    refused(&first, "import_rests_changed");
    let path = format!("{IMPORTS}/{}/undoing", second["change_set"].as_str().expect("a change set"));
    api.call("POST", &path, &json!({ "reason": "撤销" })).expect(200);
    // The version went on: the first one still cannot be told apart from what came between.
    refused(&first, "import_rests_changed");
    // Who was invited has set a password.
    let third = bring_in(&scene, &[row(2, "新人", "new@example.cn", "教授")]);
    scene.app.tamper("UPDATE accounts SET status = 'active' WHERE email = 'new@example.cn'");
    refused(&third, "import_rests_signed_in");
    scene.app.tamper("UPDATE accounts SET status = 'invited' WHERE email = 'new@example.cn'");
    // Who is planned to score.
    scene.app.tamper("UPDATE expert_ties SET withdrawn_at = declared_at");
    scene.prepare().expect(200);
    let page = format!("/experts/imports/{}", third["change_set"].as_str().expect("a change set"));
    let shown = api.json(&format!("/api/v1{page}"));
    let obstacle = shown["obstacle"].as_str().expect("an obstacle").to_string();
    assert!(["import_rests_assigned", "import_rests_drawn"].contains(&obstacle.as_str()), "{obstacle}");
    assert_eq!(shown["actions"], json!([]), "something rests on it");
    refused(&third, &obstacle);
    scene.handler.browser().open(&page).shows("本次导入不能撤销").hides("撤销本次导入");
}

#[test]
fn one_person_under_two_addresses_is_pointed_out() {
    let scene = Scene::set(2);
    let table = "姓名,邮箱,单位,职称,专业领域,评审上限\n\
                 王工,wang@example.cn,某研究院,教授,云服务,5\n\
                 王工,wang@example.com,某研究院,教授,云服务,5\n\
                 专家1,other@example.cn,大学１,教授,云服务,5\n";
    let mut browser = scene.handler.browser();
    browser.open("/experts/import");
    browser
        .upload("/experts/import", &[], &File { field: "file", name: "专家.csv", bytes: table.as_bytes() })
        .expect(200)
        .shows("疑似重复")
        .shows("第 3 行王工（某研究院，wang@example.com）与第 2 行（wang@example.cn）同名同单位")
        .shows("与库内专家（expert1@example.cn）同名同单位");
    // Two people may have one name: it is no bar.
    let answer = browser.submit("/experts/import/confirmation", &[]);
    browser.follow(answer).shows("王工");
}
