//! The first page of each role: what waits, and for whom.

use super::objectors::objected;
use super::review::Scene;
use chrono::Duration;
use serde_json::json;

const NOTHING: &str = "目前没有等您办理的事项";

#[test]
fn a_review_waits_for_its_organisers_until_it_is_open() {
    let scene = Scene::set(5);
    let desk = || scene.handler.browser().open("/desk");
    let here = format!("/reviews/{}", scene.call);
    desk().shows("待组织专家评审的批次").shows(&here).hides(NOTHING);
    let mut api = scene.handler.api();
    let due = (scene.app.now() + Duration::days(7)).and_utc();
    let path = format!("/api/v1/reviews/{}", scene.call);
    let prepared = api.call("PUT", &format!("{path}/preparation"), &json!({ "due_at": due })).expect(200).json();
    desk().shows("待组织专家评审的批次");
    api.call("POST", &format!("{path}/opening"), &json!({ "version": prepared["version"] })).expect(200);
    desk().hides("待组织专家评审的批次").shows("进行中的专家评审");
}

#[test]
fn an_objection_is_on_the_desk_of_the_officer_whose_turn_it_is() {
    let (scene, _, address) = objected();
    let path = format!("/api/v1{address}");
    let (to_handle, to_approve) = ("待办理的异议", "待审批的异议处理意见");
    let handlers_turn = || {
        scene.handler.browser().open("/desk").shows(to_handle).hides(to_approve);
        scene.approver.browser().open("/desk").hides(to_handle).hides(to_approve);
    };
    handlers_turn();
    let mut handler = scene.handler.api();
    handler.call("POST", &format!("{path}/acceptance"), &json!({ "version": 1 })).expect(200);
    handlers_turn();
    let outcome = |version: i32| json!({ "version": version, "outcome": "upheld", "reason": "案例不实。" });
    handler.call("POST", &format!("{path}/outcome"), &outcome(2)).expect(200);
    scene.handler.browser().open("/desk").hides(to_handle);
    scene.approver.browser().open("/desk").shows(to_approve).hides(to_handle);
    let back = json!({ "version": 3, "reason": "请补充核实情况。" });
    scene.approver.api().call("POST", &format!("{path}/return"), &back).expect(200);
    handlers_turn();
    handler.call("POST", &format!("{path}/outcome"), &outcome(4)).expect(200);
    scene.approver.api().call("POST", &format!("{path}/approval"), &json!({ "version": 5 })).expect(200);
    for person in [&scene.handler, &scene.approver] {
        person.browser().open("/desk").hides(to_handle).hides(to_approve);
    }
}
