//! The applicant's side: the form, documents, submission, correction, withdrawal.

mod again;
mod at_once;
mod given;
mod interrupted;
mod long_form;
mod plain;
mod reasons;
mod sealed;
mod uploads;

use super::support::app::at;
use super::support::canaries::CONTACT_NAME;
use super::support::client::File;
use super::support::{Client, admin_of, in_bureau, member_of};
use chrono::Duration;
use given::{HUAWEI, MIDEA, TENCENT, call, mark};
pub use given::{PROGRAMME, Scene, call_of, png, scene, scene_on};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use yuanchi::db::corrections::MarkKind;
use yuanchi::domain::chain::canonical;
use yuanchi::domain::procedure::State;

#[test]
fn the_whole_way_in_a_browser_without_a_script() {
    let scene = scene();
    let mut browser = scene.admin.browser();
    let begun = browser.post(&format!("/calls/{}/applications", scene.call), &[]).expect(303);
    let form = begun.location();
    browser.follow(begun).shows("请填写“简介”").shows("请上传“营业执照”");
    let id = form.split('/').nth(2).expect("an id").to_string();
    // A second press leads to the same one.
    let again = browser.post(&format!("/calls/{}/applications", scene.call), &[]).expect(303);
    assert_eq!(again.location(), format!("/applications/{id}"));

    // A wrong value is kept as typed, with the problem beside it.
    browser.open(&form);
    let saved = browser.submit(&form, &[("profile", "第一行\r\n<b>"), ("staff", "一百"), ("cases[1][name]", "乙厂")]);
    browser.follow(saved).shows("一百").shows("您填的是").shows("&#60;b&#62;").shows("乙厂");
    let saved = browser.submit(&form, &[("staff", "１２０"), ("cases[0][amount]", "5"), ("go", "documents")]);
    let documents = format!("/applications/{id}/documents");
    assert_eq!(saved.location(), documents);
    browser.follow(saved);
    assert_eq!(scene.form(&id).text("staff"), "120", "a figure is kept in half-width digits");
    let file = File { field: "documents.licence", name: "执照.png", bytes: &png() };
    let uploaded = browser.upload(&documents, &[], &file);
    browser.follow(uploaded).shows("执照.png");

    let submission = format!("/applications/{id}/submission");
    browser.open(&submission);
    browser.submit(&submission, &[]).expect(422).shows("请阅读并勾选承诺");
    let receipt = browser.submit(&submission, &[("commitment", "yes")]);
    let version = scene.stored(&id).version;
    browser.follow(receipt).shows("YC2026-ST-0001").shows("2026年3月2日 09:00:00");
    // Refresh after post, or a double click: one number, and a clear answer.
    let fields = [("version", (version - 1).to_string()), ("commitment", "yes".to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let second = browser.post(&submission, &fields).expect(303);
    assert_eq!(second.location(), format!("/applications/{id}/receipt"));
    assert_eq!(scene.stored(&id).submission_count, 1);

    let own = browser.open(&format!("/applications/{id}")).shows("地市审核中").hides("bureau@example.org").text();
    // How far it is comes before what it says; whoever judges reads that first. Cases are a table.
    let place = |page: &str, what: &str| page.find(what).expect("a part of the page");
    assert!(place(&own, "id=\"way\"") < place(&own, "<h2>基本情况</h2>"), "{own}");
    assert!(own.contains("href=\"#way\"") && own.contains("<td data-label=\"名称\">乙厂</td>"), "{own}");
    // To whoever judges it is told in short where the file stands, with the way folded below: beside what the file says, and on paper
    // before it.
    let read = scene.bureau.browser().open(&format!("/applications/{id}")).shows("当前环节 地市").shows("最近一次办理");
    let read = read.text();
    for (first, then) in [
        ("当前环节", "最近一次办理"),
        ("最近一次办理", "<details class=\"data\" id=\"way\">"),
        ("id=\"way\"", "</aside>"),
        ("</aside>", "<h2>基本情况</h2>"),
        ("<h2>基本情况</h2>", "<h2>办理记录</h2>"),
    ] {
        assert!(place(&read, first) < place(&read, then), "{first} before {then}: {read}");
    }
    assert_eq!(read.matches("id=\"way\"").count(), 1);
    browser.open("/applications").shows("YC2026-ST-0001");
    scene.bureau.browser().open("/applications?q=YC2026").shows("甲公司");
    // What stands for anything in the database stands for itself here: no name, code or number has it.
    for sign in ["%25", "_", "%5C", "Y%25"] {
        assert_eq!(scene.bureau.api().json(&format!("/api/v1/applications?q={sign}"))["total"], 0, "{sign}");
    }
    scene.bureau.browser().open(&format!("/applications/{id}")).shows("第一行").hides("继续填报");
    let elsewhere = scene.app.person("other@example.org", &[in_bureau("guangzhou")]);
    elsewhere.browser().get(&format!("/applications/{id}")).expect(404);
    scene.app.run_jobs();
    assert!(scene.app.letters_to("admin@example.org").iter().any(|letter| letter.subject.contains("YC2026-ST-0001")));
    assert!(scene.app.letters_to("bureau@example.org").iter().any(|letter| letter.subject.contains("新申报待办")));
    scene.admin.api().call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    browser.open(&format!("/applications/{id}/receipt")).shows("2 Mar 2026, 09:00:00").hides("2026年3月2日");
}

#[test]
fn a_stale_page_shows_both_and_loses_nothing() {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let form = format!("/applications/{id}/form");
    let colleague = scene.app.person("member@example.org", &[member_of(scene.organisation)]);
    let mut mine = scene.admin.browser();
    let mut theirs = colleague.browser();
    // What a browser kept is put back only after the page named each field that this changes; the others stay as saved.
    mine.open(&form).shows("恢复后只改动下列各处，其余内容保持现在的样子").shows("data-save-restore-changes");
    theirs.open(&form);
    theirs.submit(&form, &[("profile", "同事写的")]).expect(303);
    let late =
        mine.submit(&form, &[("profile", "我写的"), ("staff", "7")]).expect(409).shows("同事写的").shows("我写的");
    late.shows("您打开本页后，相关内容已有变化").shows("保存填报内容").shows("单位经办人");
    assert_eq!(scene.form(&id).text("profile"), "同事写的");
    // A program is told the same, and a page that saves itself.
    let body = json!({ "version": 1, "form": { "profile": "程序写的" } });
    let told = scene.admin.api().call("PATCH", &format!("/api/v1{form}"), &body).expect(409).json();
    assert_eq!((&told["code"], &told["current_version"]), (&json!("stale"), &json!(2)), "{told}");
    let expected = json!([{ "field": "profile", "sent": "程序写的", "current": "同事写的" }]);
    assert_eq!(told["differences"], expected, "{told}");
    assert_eq!(told["changes"][0]["act"], "application.saved", "{told}");
    assert_eq!(told["changes"][0]["by_role"], "vendor_member", "{told}");
    // One press keeps mine.
    mine.submit(&form, &[]).expect(303);
    assert_eq!(scene.form(&id).text("profile"), "我写的");
    assert_eq!(scene.form(&id).text("staff"), "7");
}

#[test]
fn a_page_saves_itself_and_a_session_that_ended_loses_nothing() {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let form = format!("/applications/{id}/form");
    let mut browser = scene.admin.browser();
    browser.open(&form);
    let csrf = yuanchi_csrf(&browser);
    let send = |browser: &mut Client, body: &str| {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-autosave", "1"),
            ("accept", "application/json"),
            ("sec-fetch-site", "same-origin"),
        ];
        browser.send("POST", &form, &headers, body.as_bytes().to_vec())
    };
    let cases = "cases%5B1%5D%5Bname%5D=a&cases%5B4%5D%5Bname%5D=b&cases%5B4%5D%5Bamount%5D=x";
    let saved = send(&mut browser, &format!("csrf={csrf}&version=1&staff=abc&{cases}")).expect(200).json();
    assert_eq!(saved["version"], 2);
    let paths: Vec<&str> = saved["problems"].as_array().unwrap().iter().filter_map(|p| p["path"].as_str()).collect();
    assert!(paths.contains(&"staff") && paths.contains(&"cases[4].amount"), "{paths:?}");
    assert!(saved["missing"].as_array().unwrap().iter().any(|p| p["path"] == "documents.licence"));
    let late = send(&mut browser, &format!("csrf={csrf}&version=1&staff=9")).expect(409).json();
    assert!(late["problems"].is_array(), "{late}");
    let meanwhile = &late["meanwhile"];
    assert_eq!(
        (&meanwhile["current_version"], &meanwhile["changes"][0]["act"]),
        (&json!(2), &json!("application.saved"))
    );
    let differs = &meanwhile["differences"][0];
    let holds = |name: &str, value: &str| differs[name].as_str().is_some_and(|text| text.contains(value));
    assert!(holds("field", "staff") && holds("sent", "9") && holds("current", "abc"), "{late}");
    assert!(meanwhile["lines"][0].as_str().is_some_and(|line| line.contains("保存填报内容")), "{late}");
    scene.app.advance(Duration::hours(13));
    send(&mut browser, &format!("csrf={csrf}&version=2&staff=9")).expect(401);
    // The same as a plain form: asked to sign in, with everything typed still there.
    browser
        .post_exactly(&form, &[("csrf", &csrf), ("version", "2"), ("profile", "还没保存的话")])
        .expect(401)
        .shows("还没保存的话");
}

fn yuanchi_csrf(browser: &Client) -> String {
    super::support::html::value_of(&browser.page().text(), "csrf").expect("a token")
}

#[test]
fn c_54_the_closing_instant_is_too_late() {
    let scene = scene();
    let closes = scene.app.now() + Duration::days(30);
    let mut early = scene.admin.api();
    let id = scene.complete(&mut early);
    let second = scene.app.organisation(MIDEA, "乙公司", "440305");
    let late = scene.app.person("late@example.org", &[admin_of(second)]);
    let other = scene.complete(&mut late.api());
    for seconds in [0, 1] {
        scene.app.set_clock(closes + Duration::seconds(seconds));
        let mut api = late.api();
        let answer = scene.submit(&mut api, &other).expect(409);
        assert_eq!(answer.code(), "call_not_open");
        assert_eq!(scene.stored(&other).state, State::Draft);
        let body = json!({ "version": 3, "form": { "staff": "1" } });
        let save = api.call("PATCH", &format!("/api/v1/applications/{other}/form"), &body);
        assert_eq!(save.expect(409).code(), "call_not_open");
    }
    // Nobody is asked to mend what cannot be saved any more; the way back to what was saved is shown.
    let unknown = json!({ "version": 3, "form": { "nothing": "1" } });
    let save = late.api().call("PATCH", &format!("/api/v1/applications/{other}/form"), &unknown);
    assert_eq!(save.expect(409).code(), "call_not_open");
    let mut browser = late.browser();
    let file = format!("/applications/{other}");
    let way_back = format!("<a href=\"{file}\">返回申报件</a>");
    browser.open(&file);
    let refused = browser.post(&format!("{file}/submission"), &[("version", "3"), ("commitment", "yes")]).expect(409);
    refused.shows(&way_back).shows("没有丢失").shows("data-sign-out");
    let document = File { field: "documents.licence", name: "执照.png", bytes: &png() };
    browser.upload(&format!("{file}/documents"), &[], &document).expect(409).shows(&way_back);
    // Of whoever sends an outdated form it is not asked whose the file is, and nothing is said of it.
    let secret = browser.cookie("__Host-sid").expect("a session").to_string();
    let mut outdated = Client::new(scene.app.address).with_session(&secret, "of-another-page".into());
    outdated.upload(&format!("{file}/documents"), &[], &document).expect(403).hides(&way_back);
    scene.app.set_clock(closes - Duration::seconds(1));
    scene.submit(&mut scene.admin.api(), &id).expect(200);
}

#[test]
fn the_call_leads_on_to_what_the_organisation_has_there() {
    let scene = scene();
    let call = format!("/calls/{}", scene.call);
    let mut browser = scene.admin.browser();
    browser.open(&call).shows("开始申报").hides("继续填报");
    let id = scene.complete(&mut scene.admin.api());
    browser.open(&call).shows("继续填报").shows(&format!("/applications/{id}/form")).hides("开始申报");
    scene.submit(&mut scene.admin.api(), &id).expect(200);
    browser.open(&call).shows("本单位的申报").hides("继续填报").hides("开始申报");
}

#[test]
fn a_submission_lists_everything_that_is_missing_and_its_hash_can_be_computed_anew() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let refused = scene.submit(&mut api, &id).expect(422).json();
    let paths: Vec<&str> = refused["fields"].as_array().unwrap().iter().filter_map(|f| f["path"].as_str()).collect();
    assert_eq!(paths, ["profile", "staff", "documents.licence"]);
    let members = json!([{ "name": "丙公司", "credit_code": "914403001922038217", "duty": "实施" }]);
    let put = |api: &mut Client, version: i32, members: &Value| {
        let body = json!({ "version": version, "members": members });
        api.call("PUT", &format!("/api/v1/applications/{id}/members"), &body)
    };
    let saved = put(&mut api, 1, &members).expect(200).json();
    // A code of the pilot years has a wrong check character: it can be filed, and the officer is told.
    assert_eq!((&saved["problems"], &saved["warnings"][0]["code"]), (&json!([]), &json!("member_code_check")));
    let same = json!([{ "name": "甲公司", "credit_code": HUAWEI, "duty": "实施" }]);
    assert_eq!(put(&mut api, 2, &same).expect(200).json()["problems"][0]["code"], "member_code_twice");
    let fine = json!([{ "name": "丙公司", "credit_code": TENCENT.to_lowercase(), "duty": "实施" }]);
    assert_eq!(put(&mut api, 3, &fine).expect(200).json()["problems"], json!([]));
    let body = json!({ "version": 4, "form": { "profile": "好", "staff": "12" } });
    api.call("PATCH", &format!("/api/v1/applications/{id}/form"), &body).expect(200);
    scene.upload(&mut api, &id, "licence").expect(201);
    let no_commitment = json!({ "version": 5, "commitment": false });
    api.call("POST", &format!("/api/v1/applications/{id}/submission"), &no_commitment).expect(422);
    scene.submit(&mut api, &id).expect(200);
    let receipt = api.json(&format!("/api/v1/applications/{id}/receipt"));
    let found = api.json(&format!("/api/v1/applications/{id}/submissions/1"));
    assert_eq!(receipt, found);
    let text = canonical::to_bytes(&found["content"]).expect("canonical");
    assert_eq!(hex::encode(Sha256::digest(text)), found["sha256"].as_str().unwrap());
    assert_eq!(found["content"]["documents"][0]["sha256"], hex::encode(Sha256::digest(png())));
    assert_eq!(found["content"]["members"][0]["credit_code"], TENCENT);
    let shown = api.json(&format!("/api/v1/applications/{id}"));
    assert_eq!(shown["actions"], json!(["withdraw"]));
    // A second submission with the same version: refused, one number.
    let second = api.call(
        "POST",
        &format!("/api/v1/applications/{id}/submission"),
        &json!({ "version": 5, "commitment": true }),
    );
    assert_eq!(second.expect(409).code(), "wrong_state");
    assert_eq!(scene.stored(&id).number.as_deref(), Some("YC2026-ST-0001"));
}

#[test]
fn a_correction_opens_only_what_was_marked_and_shows_before_and_after() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    scene.submit(&mut api, &id).expect(200);
    scene.send_back(&id, vec![mark(MarkKind::Field, "profile"), mark(MarkKind::Document, "more")]);
    let version = scene.stored(&id).version;
    let save = |api: &mut Client, version: i32, form: Value| {
        let body = json!({ "version": version, "form": form });
        api.call("PATCH", &format!("/api/v1/applications/{id}/form"), &body)
    };
    let refused = save(&mut api, version, json!({ "profile": "新的简介", "staff": "999" })).expect(422).json();
    assert_eq!(refused["fields"][0]["code"], "not_marked");
    assert_eq!(scene.form(&id).text("profile"), "做数字化");
    assert_eq!(scene.upload(&mut api, &id, "licence").expect(422).json()["fields"][0]["code"], "not_marked");
    let licence = api.json(&format!("/api/v1/applications/{id}"))["documents"][0]["id"].as_str().unwrap().to_string();
    api.call("DELETE", &format!("/api/v1/documents/{licence}"), &json!({})).expect(422);
    // What was not marked can be read and no more; who asked may give more time, the applicant may not.
    let offered = |caller: &mut Client| {
        let shown = caller.json(&format!("/api/v1/applications/{id}"));
        (shown["documents"][0]["actions"].clone(), shown["corrections"][0]["actions"].clone())
    };
    let mut bureau = scene.bureau.api();
    assert_eq!(offered(&mut api), (json!(["read"]), json!([])));
    assert_eq!(offered(&mut bureau), (json!(["read"]), json!(["extend_correction"])));
    let listed = bureau.json(&format!("/api/v1/applications/{id}/corrections"));
    assert_eq!(listed["items"][0]["actions"], json!(["extend_correction"]));
    let mut documents = scene.admin.browser();
    documents.open(&format!("/applications/{id}")).shows("需补正的内容").shows("看不清");
    scene.bureau.browser().open(&format!("/applications/{id}")).hides("需补正的内容");
    documents.open(&format!("/applications/{id}/documents"));
    assert!(!documents.offers(&format!("/documents/{licence}/removal")));

    // There is one correction: what is still as it was is named, and has to be confirmed before the round is spent on it.
    let asked = scene.submit(&mut api, &id).expect(422).json();
    let fields = asked["fields"].as_array().expect("fields");
    assert_eq!((fields.len(), &fields[0]["code"]), (1, &json!("marks_unchanged")), "{asked}");
    assert_eq!(fields[0]["path"], "unchanged_confirmed");
    let mut submitting = scene.admin.browser();
    let submission = format!("/applications/{id}/submission");
    submitting.open(&submission).shows("尚有 2 项未修改").shows("其他材料").shows("看不清");
    submitting.submit(&submission, &[("commitment", "yes")]).expect(422).shows("与补正前一致");
    assert_eq!(scene.stored(&id).submission_count, 1);

    let mut browser = scene.admin.browser();
    let form = format!("/applications/{id}/form");
    let page = browser.open(&form).shows("看不清").text();
    assert!(page.contains("name=\"profile\"") && !page.contains("name=\"staff\""));
    browser.submit(&form, &[("profile", "新的简介")]).expect(303);
    submitting.open(&submission).shows("尚有 1 项未修改").shows("其他材料");
    let more = scene.upload(&mut api, &id, "more").expect(201).json();
    assert_eq!(more["actions"], json!(["read", "remove"]));
    documents.open(&format!("/applications/{id}/documents"));
    assert!(documents.offers(&format!("/documents/{}/removal", more["id"].as_str().unwrap())));
    submitting.open(&submission).hides("项未修改").hides("name=\"unchanged_confirmed\"");
    // The bureau still reads what was filed.
    scene.bureau.browser().open(&format!("/applications/{id}")).hides("新的简介");
    scene.submit(&mut api, &id).expect(200);
    let stored = scene.stored(&id);
    assert_eq!((stored.state, stored.submission_count), (State::Submitted, 2));
    assert_eq!(stored.number.as_deref(), Some("YC2026-ST-0001"));
    assert_eq!(offered(&mut bureau).1, json!([]), "it was answered");
    let mut officer = scene.bureau.browser();
    officer
        .open(&format!("/applications/{id}"))
        .shows("补正前后对照")
        .shows("做数字化")
        .shows("新的简介")
        .shows("其他材料");
    assert_eq!(api.json(&format!("/api/v1/applications/{id}/submissions"))["items"].as_array().unwrap().len(), 2);
    // Where nothing needs mending, saying so is enough.
    let again = scene.app.organisation(MIDEA, "乙公司", "440305");
    let other = scene.app.person("again@example.org", &[admin_of(again)]);
    let mut api = other.api();
    let kept = scene.complete(&mut api);
    scene.submit(&mut api, &kept).expect(200);
    scene.send_back(&kept, vec![mark(MarkKind::Field, "profile")]);
    let body = json!({ "version": scene.stored(&kept).version, "commitment": true, "unchanged_confirmed": true });
    api.call("POST", &format!("/api/v1/applications/{kept}/submission"), &body).expect(200);
    assert_eq!(scene.stored(&kept).submission_count, 2);
    // After the date nothing more.
    scene.app.set_clock(at("2026-03-20T00:00:00"));
    let late = save(&mut scene.admin.api(), stored.version, json!({ "profile": "x" }));
    assert_eq!(late.expect(409).code(), "wrong_state");
}

#[test]
fn withdrawing_needs_a_reason_and_frees_the_way_for_another() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    scene.submit(&mut api, &id).expect(200);
    let mut browser = scene.admin.browser();
    let page = format!("/applications/{id}/withdrawal");
    browser.open(&page);
    browser.submit(&page, &[("reason", " ")]).expect(422).shows("请填写撤回理由");
    browser.submit(&page, &[("reason", "材料有误")]).expect(303);
    assert_eq!(scene.stored(&id).state, State::Withdrawn);
    let again = scene.begin(&mut api);
    assert_ne!(again, id);
    // What is offered is of this very call, not of another year.
    browser.open(&format!("/applications/{again}/form")).shows("沿用上次填报内容").hides("上年");
    let refused = api.call("POST", &format!("/api/v1/calls/{}/applications", scene.call), &json!({})).expect(409);
    assert_eq!(refused.code(), "already_applied");
    // A member fills in, the administrator submits.
    let member = scene.app.person("member@example.org", &[member_of(scene.organisation)]);
    member
        .api()
        .call("POST", &format!("/api/v1/applications/{again}/submission"), &json!({ "version": 1, "commitment": true }))
        .expect(403);
}

#[test]
fn last_years_answers_are_offered_and_never_taken_silently() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    scene.submit(&mut api, &id).expect(200);
    let next = call(&scene.app, &scene.handler, 2027);
    let begun = api.call("POST", &format!("/api/v1/calls/{next}/applications"), &json!({})).expect(201).json();
    assert_eq!(begun["form"], json!({}));
    let id = begun["id"].as_str().unwrap();
    let mut browser = scene.admin.browser();
    browser.open(&format!("/applications/{id}/form")).shows("沿用上次填报内容");
    browser.submit(&format!("/applications/{id}/carry-over"), &[]).expect(303);
    let form = scene.form(id);
    assert_eq!((form.text("profile"), form.text("staff")), ("做数字化", ""));
}

#[test]
fn an_organisation_has_as_many_applications_as_the_programme_allows() {
    let mut scene = scene();
    let two = PROGRAMME.replace("per_organisation = 1", "per_organisation = 2");
    scene.call = call_of(&scene.app, &scene.handler, 2027, &two);
    let mut api = scene.admin.api();
    let begin = format!("/api/v1/calls/{}/applications", scene.call);
    let first = scene.complete(&mut api);
    let refused = api.call("POST", &begin, &json!({})).expect(409);
    assert_eq!(refused.code(), "draft_unfinished", "a second press of the button begins no second file");
    let mut browser = scene.admin.browser();
    browser.open(&format!("/calls/{}", scene.call));
    assert!(!browser.offers(&format!("/calls/{}/applications", scene.call)), "it goes on with the draft");
    let led_on = browser.post(&format!("/calls/{}/applications", scene.call), &[]).expect(303);
    assert!(led_on.location().starts_with(&format!("/applications/{first}")), "{}", led_on.location());
    scene.submit(&mut api, &first).expect(200);
    let second = scene.complete(&mut api);
    assert_ne!(first, second);
    scene.submit(&mut api, &second).expect(200);
    let refused = api.call("POST", &begin, &json!({})).expect(409);
    assert_eq!(refused.code(), "applications_used_up");
    assert!(refused.text().contains("最多申报 2 件"), "{refused}");
    browser.open(&format!("/calls/{}", scene.call));
    assert!(!browser.offers(&format!("/calls/{}/applications", scene.call)), "it may begin no other");
    browser.post(&format!("/calls/{}/applications", scene.call), &[]).expect(409).shows("最多申报 2 件");
    // A withdrawn one gives its place back.
    let version = scene.version(&mut api, &first);
    let withdrawal = json!({ "version": version, "reason": "不再申报" });
    api.call("POST", &format!("/api/v1/applications/{first}/withdrawal"), &withdrawal).expect(200);
    scene.begin(&mut api);
}

#[test]
fn a_corrected_place_sends_a_draft_to_its_bureau() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.complete(&mut api);
    assert_eq!(scene.stored(&id).bureau.as_deref(), Some("shenzhen"));
    let body = json!({
        "version": 1, "name": "甲公司", "registered_area": "440604", "established_on": "2015-06-01",
        "reason": "执照如此",
    });
    let to = format!("/api/v1/organisations/{}/correction", scene.organisation);
    scene.handler.api().call("POST", &to, &body).expect(200);
    scene.submit(&mut api, &id).expect(200);
    assert_eq!(scene.stored(&id).bureau.as_deref(), Some("foshan"));
}

#[test]
fn a_draft_begins_with_what_the_organisations_record_knows() {
    let mut scene = scene();
    let asked = PROGRAMME.replace("personal = true\n", "personal = true\nfrom_organisation = \"contact_name\"\n");
    assert_ne!(asked, PROGRAMME);
    scene.call = call_of(&scene.app, &scene.handler, 2027, &asked);
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    assert_eq!(api.json(&format!("/api/v1/applications/{id}"))["form"], json!({ "contact": CONTACT_NAME }));
    // The form says where it comes from, for as long as it stands unchanged.
    let (mut browser, form) = (scene.admin.browser(), format!("/applications/{id}/form"));
    browser.open(&form).shows(CONTACT_NAME).shows("已按单位登记信息填入，请核对。");
    browser.submit(&form, &[("contact", "李四")]).expect(303);
    browser.open(&form).shows("李四").hides("已按单位登记信息填入");
}
