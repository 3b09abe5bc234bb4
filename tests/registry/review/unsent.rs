//! What is typed while a session closes, or an assignment ends, is shown to be kept.

use super::Scene;
use serde_json::json;

const ENDED: &str = "评审已结束，以下内容未计入结果，请自行留存";

#[test]
fn what_was_typed_when_the_session_closed_is_shown_to_be_kept() {
    let scene = Scene::set(4);
    scene.open();
    for index in 0..4 {
        let (mut api, own) = scene.assignments(index);
        for (at, assignment) in own.iter().enumerate() {
            let path = format!("/api/v1/assignments/{}", assignment["id"].as_str().expect("an id"));
            api.call("PUT", &format!("{path}/declaration"), &json!({ "conflict": false })).expect(200);
            if index != 1 || at > 0 {
                let body = json!({ "version": 1, "items": scene.sheet("80") });
                api.call("POST", &format!("{path}/submission"), &body).expect(200);
            }
        }
    }
    let (_, own) = scene.assignments(1);
    let address = format!("/assignments/{}", own[0]["id"].as_str().expect("an id"));
    let sent = format!("/assignments/{}", own[1]["id"].as_str().expect("an id"));
    let first = scene.sheet("80").keys().next().cloned().expect("an item");
    let (points, comment) = (format!("items.{first}"), format!("comments.{first}"));
    let mut browser = scene.experts[1].1.browser();
    browser.open(&address).shows("评分表");
    // A sheet that was sent in another window keeps what it says, and shows what this one wrote beside it.
    let mut other = scene.experts[1].1.browser();
    other.open(&sent);
    let typed = [("version", "2"), (points.as_str(), "0.5"), ("opinion", "另一个窗口的意见")];
    let late = other.post(&format!("{sent}/submission"), &typed).expect(409);
    late.shows("以下内容未被接受").shows("另一个窗口的意见").hides(ENDED);
    // Sent twice, the same sheet has lost nothing.
    let same: Vec<(String, String)> =
        scene.sheet("80").into_iter().map(|(item, points)| (format!("items.{item}"), points)).collect();
    let mut same: Vec<(&str, &str)> = same.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    same.push(("version", "1"));
    let again = other.post(&format!("{sent}/submission"), &same).expect(303);
    other.follow(again).shows("办理该事项").hides("未计入结果");

    let path = format!("/api/v1/reviews/{}", scene.call);
    let mut handler = scene.handler.api();
    let version = handler.json(&path)["version"].clone();
    let closing = json!({ "version": version, "reason": "已到截止时间" });
    handler.call("POST", &format!("{path}/closing"), &closing).expect(200);
    let typed = [(points.as_str(), "3.5"), (comment.as_str(), "材料扎实"), ("opinion", "写了很久的意见")];
    for way in ["sheet", "submission"] {
        let mut fields = vec![("version", "1")];
        fields.extend(typed);
        let late = browser.post(&format!("{address}/{way}"), &fields).expect(409);
        late.shows(ENDED).shows("3.5").shows("材料扎实").shows("写了很久的意见").hides("name=\"opinion\"");
    }
    browser.open(&address).hides(ENDED);
}

#[test]
fn what_was_typed_when_the_assignment_was_taken_back_is_shown_to_be_kept() {
    let scene = Scene::set(4);
    scene.open();
    let (mut api, own) = scene.assignments(1);
    let id = own[0]["id"].as_str().expect("an id").to_string();
    api.call("PUT", &format!("/api/v1/assignments/{id}/declaration"), &json!({ "conflict": false })).expect(200);
    let mut browser = scene.experts[1].1.browser();
    browser.open(&format!("/assignments/{id}"));
    let released = json!({ "reason": "逾期" });
    scene.handler.api().call("POST", &format!("/api/v1/assignments/{id}/release"), &released).expect(200);
    let late = browser.submit(&format!("/assignments/{id}/sheet"), &[("opinion", "写了很久的意见")]);
    late.expect(409).shows("以下内容未被接受，未计入结果，请自行留存").shows("写了很久的意见");
    browser.open(&format!("/assignments/{id}")).shows("该任务已由工作人员收回").shows("理由：逾期");
}
