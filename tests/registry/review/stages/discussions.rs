//! Files that are talked over, without names.

use super::{far_apart, named, no_extra};
use crate::review::Scene;
use crate::support::race::together;
use crate::support::{Answer, TestApp, with};
use serde_json::json;
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::AssignmentId;

#[test]
fn a_file_is_talked_over_without_names_and_what_was_scored_before_is_kept() {
    let scene = far_apart(no_extra);
    let ended = scene.end_scoring("").expect(200).json();
    let files = scene.discussed(1);
    assert_eq!(ended["discussions"], json!(files.len()));
    scene.app.run_jobs();
    let letters = scene.app.letters_to(&scene.experts[1].1.email);
    assert!(letters.iter().any(|letter| letter.text.contains("需会商表态的申报")), "{letters:?}");
    let (id, applicant) = files[0].clone();
    let shown = scene.experts[1].1.api().json(&format!("/api/v1/assignments/{id}"))["stages"]["discussion"].clone();
    // Why, and no figure: from the own total and how far it lies from the others their mean would follow.
    let mut told: Vec<&str> = shown.as_object().expect("an object").keys().map(String::as_str).collect();
    told.sort_unstable();
    assert_eq!(told, ["changed", "grounds", "members", "open", "stated_at"]);
    assert_eq!(shown["members"].as_array().map(Vec::len), Some(3));
    let mut browser = scene.experts[1].1.browser();
    let address = format!("/assignments/{id}");
    browser
        .open(&address)
        .shows("不显示分差")
        .hides("其他专家平均分 35 分")
        .shows("尚未表态")
        .hides("专家0")
        .hides("专家2")
        .hides("专家3");
    let position = format!("{address}/position");
    browser
        .submit(&position, &[("remark", "证据见第三页")])
        .expect(422)
        .shows("请选择维持或修改评分")
        .shows("证据见第三页");
    browser.submit(&position, &[("changes", "yes"), ("remark", "")]).expect(422).shows("请写明发言").shows("没有变化");
    let first = scene.sheet("70").keys().next().cloned().expect("an item");
    let points = format!("items.{first}");
    let wrong = [("changes", "yes"), ("remark", "改一项"), (points.as_str(), "999")];
    browser.submit(&position, &wrong).expect(422).shows("999").shows("改一项");
    let changed: Vec<(String, String)> =
        scene.sheet("70").into_iter().map(|(item, points)| (format!("items.{item}"), points)).collect();
    let mut fields: Vec<(&str, &str)> = changed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("changes", "yes"), ("remark", "核对后认为部分指标偏高")]);
    let sent = browser.submit(&position, &fields);
    browser.follow(sent).shows("表态已提交").shows("修改评分，原评分已留存备查").shows("70.00");
    // Another member of the file reads the words under a letter, and nothing of the change.
    let rival = (0..4).find(|index| *index != 1 && scene.discussed(*index).iter().any(|(_, of)| *of == applicant));
    let rival = rival.expect("another member");
    let theirs = scene.discussed(rival).into_iter().find(|(_, of)| *of == applicant).expect("the file").0;
    let mut other = scene.experts[rival].1.browser();
    let page = other.open(&format!("/assignments/{theirs}"));
    page.shows("核对后认为部分指标偏高").shows("专家甲").hides("专家1").hides("70.00").hides("95.00").hides("约相差");
    // Stated again, the last one stands, and every sheet before is kept.
    let again = json!({ "version": 3, "changes": true, "remark": "再降", "items": scene.sheet("65") });
    let path = format!("/api/v1/assignments/{id}/position");
    let mut api = scene.experts[1].1.api();
    let stale = json!({ "version": 2, "changes": false, "remark": "旧窗口" });
    api.call("PUT", &path, &stale).expect(409);
    api.call("PUT", &path, &again).expect(200);
    // A second press asks for nothing more.
    api.call("PUT", &path, &again).expect(200);
    let versions = scene.app.read(|tx| {
        let id = AssignmentId::from_text(&id).ok_or(yuanchi::error::Error::NotFound)?;
        let file = db::reviews::find_assignment(tx.db, id)?.application_id;
        let all = db::discussions::positions_of_file(tx.db, file)?;
        let own = all.into_iter().find(|(position, _)| position.assignment_id == id).map(|(position, _)| position);
        let sheet = db::reviews::sheet(tx.db, id)?;
        Ok((own.map(|own| (own.before_total, own.after_total)), sheet.map(|sheet| (sheet.version, sheet.total))))
    });
    assert_eq!(versions, (Some((9500, Some(6500))), Some((4, Some(6500)))));
    // What the sheet says is in the record, under the last position; nobody exchanges it behind it.
    let sound = |scene: &Scene| {
        let own = ["sheet_is_as_recorded", "position_is_that_of_the_sheet", "sheet_adds_up", "chain_holds"];
        let broken = scene.app.violations().expect("a check");
        broken.into_iter().filter(|v| own.contains(&v.invariant)).map(|v| v.invariant).collect::<Vec<_>>()
    };
    assert!(sound(&scene).is_empty(), "{:?}", sound(&scene));
    scene.app.tamper(&format!("UPDATE score_sheets SET opinion = 'another' WHERE assignment_id = '{id}'"));
    assert_eq!(sound(&scene), ["sheet_is_as_recorded"]);
    scene.app.tamper(&format!("UPDATE score_sheets SET opinion = '' WHERE assignment_id = '{id}'"));
    assert!(sound(&scene).is_empty(), "{:?}", sound(&scene));
    // Whether somebody changed a sheet is not to be seen from the record: one hash is never that of another act.
    let acts = scene
        .app
        .read(|tx| Ok(db::invariants::acts(tx.db, "assignment", &["sheet.submitted", "discussion.position_stated"])?));
    let macs: Vec<&str> = acts.iter().filter_map(|act| act.detail["sheet_mac"].as_str()).collect();
    let different: std::collections::BTreeSet<&str> = macs.iter().copied().collect();
    assert!(acts.len() > 4 && macs.len() == acts.len() && different.len() == macs.len(), "{acts:?}");
    // An organiser sees how many have spoken, and no figure or word of it.
    let board = scene.handler.api().get(&scene.at_review("/discussions")).expect(200);
    board.hides("再降").hides("6500").hides("9500").shows("\"stated\":1");
    let mut handler = scene.handler.browser();
    handler.open(&format!("/reviews/{}/discussions", scene.call)).shows("1 / 3").hides("再降").hides("65.00");
    // Ending needs everybody, or a reason; afterwards nothing is taken, and nothing that was typed is lost.
    let end = format!("/reviews/{}/discussions/end", scene.call);
    let refused = scene.handler.api().call("POST", &scene.at_review("/discussions/end"), &json!({})).expect(422);
    assert_eq!(named(&refused, "discussion_positions_missing"), files.len(), "{refused}");
    refused.shows(&applicant);
    let body = json!({ "reason": "已两次催办" });
    other.open(&format!("/assignments/{theirs}"));
    scene.handler.api().call("POST", &scene.at_review("/discussions/end"), &body).expect(200);
    let late =
        other.submit(&format!("/assignments/{theirs}/position"), &[("changes", "no"), ("remark", "写了很久的发言")]);
    late.expect(409).shows("会商已经结束，您的表态未被采纳").shows("以下内容未被接受").shows("写了很久的发言");
    assert_eq!(api.call("PUT", &path, &again).expect(409).code(), "discussion_ended");
    let none = scene.handler.api().call("POST", &scene.at_review("/discussions/end"), &json!({}));
    assert_eq!(none.expect(409).code(), "discussion_none_open");
    handler.open(&format!("/reviews/{}/discussions", scene.call)).hides(&end);
}

#[test]
fn an_organiser_may_ask_for_a_discussion_with_a_reason() {
    let scene = Scene::with_programme(TestApp::start(), 4, no_extra);
    scene.open();
    scene.score_all(&["60", "60", "60", "60"], None);
    let mut handler = scene.app.person("evaluator@example.cn", &[with(Role::Evaluator)]).api();
    let open = scene.at_review("/discussions");
    let request = |reason: &str| json!({ "application": scene.files[0], "reason": reason });
    assert_eq!(handler.call("POST", &open, &request("有疑点")).expect(409).code(), "review_scoring_open");
    let ended = scene.end_scoring("").expect(200).json();
    assert_eq!((&ended["discussions"], &ended["explanations"]), (&json!(0), &json!(0)));
    handler.call("POST", &open, &request(" ")).expect(422);
    scene.experts[1].1.api().call("POST", &open, &request("有疑点")).expect(403);
    let mut browser = scene.handler.browser();
    browser.open(&format!("/reviews/{}/discussions", scene.call)).shows("发起会商");
    let fields = [("application", scene.files[0].as_text()), ("reason", "关键指标口径不一")];
    let sent = browser.submit(&format!("/reviews/{}/discussions", scene.call), &fields);
    browser.follow(sent).shows("会商已发起").shows("关键指标口径不一");
    assert_eq!(handler.call("POST", &open, &request("再来")).expect(409).code(), "discussion_exists");
    assert_eq!(named(&scene.close().expect(422), "review_discussion_open"), 1);
    // The experts are told that there is one, and not why.
    let (expert, id) =
        (0..4).find_map(|index| Some((index, scene.discussed(index).first()?.0.clone()))).expect("a member");
    let mut member = scene.experts[expert].1.browser();
    member.open(&format!("/assignments/{id}")).shows("评审组织人员提请会商").hides("关键指标口径不一");
    (0..4).for_each(|index| scene.keep(index, "同意"));
    handler
        .call("POST", &scene.at_review("/discussions/end"), &json!({ "applications": [scene.files[0]] }))
        .expect(200);
    scene.close().expect(200);
    // Without the rule there is no discussion.
    let plain = Scene::set(4);
    plain.open();
    plain.score_all(&["60", "60", "60", "60"], None);
    // The page promises no discussion that the programme does not have.
    let page = format!("/reviews/{}", plain.call);
    plain.handler.browser().open(&page).hides("提交讨论").hides("系统随即发起会商");
    plain.end_scoring("").expect(200);
    let request = json!({ "application": plain.files[0], "reason": "有疑点" });
    let refused = plain.handler.api().call("POST", &plain.at_review("/discussions"), &request);
    assert_eq!(refused.expect(422).code(), "discussion_not_used");
    plain.close().expect(200);
}

#[test]
fn a_position_and_the_end_of_the_discussion_at_once_leave_no_half() {
    let scene = far_apart(no_extra);
    scene.end_scoring("").expect(200);
    let (id, _) = scene.discussed(1)[0].clone();
    let (mut expert, mut handler) = (scene.experts[1].1.api(), scene.handler.api());
    let position = json!({ "version": 2, "changes": true, "remark": "下调", "items": scene.sheet("70") });
    let end = json!({ "reason": "时间已到" });
    let (path, ending) = (format!("/api/v1/assignments/{id}/position"), scene.at_review("/discussions/end"));
    let works: [Box<dyn FnOnce() -> Answer + Send>; 2] =
        [Box::new(|| expert.call("PUT", &path, &position)), Box::new(|| handler.call("POST", &ending, &end))];
    let answers = together(works);
    assert_eq!(answers[1].status, 200, "{}", answers[1]);
    let total = scene.experts[1].1.api().json(&format!("/api/v1/assignments/{id}"))["sheet"]["total"].clone();
    match answers[0].status {
        200 => assert_eq!(total, json!(7000)),
        409 => {
            assert_eq!(answers[0].code(), "discussion_ended");
            assert_eq!(total, json!(9500));
        }
        _ => panic!("{}", answers[0]),
    }
}
