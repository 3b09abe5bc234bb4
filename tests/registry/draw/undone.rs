//! Plans that are undone beside a draw: none brings a panel back that may serve no more.

use super::Draw;
use crate::support::Answer;
use chrono::Duration;
use serde_json::{Value, json};
use yuanchi::db;
use yuanchi::domain::ids::ExpertId;

/// The newest plan in force.
fn plan_in_force(draw: &Draw) -> String {
    let path = format!("/api/v1/reviews/{}/changes", draw.scene.call);
    let sets = draw.scene.handler.api().json(&path)["items"].as_array().cloned().expect("changes");
    let set = sets.into_iter().find(|set| set["status"] == "applied").expect("a plan in force");
    set["id"].as_str().expect("an id").to_string()
}

fn version(draw: &Draw) -> Value {
    draw.scene.handler.api().json(&format!("/api/v1/reviews/{}", draw.scene.call))["version"].clone()
}

/// Plans with these experts; none are named where they are drawn.
fn plan(draw: &Draw, experts: &[ExpertId]) -> Answer {
    draw.scene.app.advance(Duration::minutes(1));
    let due = (draw.scene.app.now() + Duration::days(7)).and_utc();
    let path = format!("/api/v1/reviews/{}/preparation", draw.scene.call);
    let mut body = json!({ "due_at": due, "experts": experts });
    let version = version(draw);
    if !version.is_null() {
        body["version"] = version;
    }
    draw.scene.handler.api().call("PUT", &path, &body)
}

fn undo(draw: &Draw, set: &str) -> Answer {
    let path = format!("/api/v1/reviews/{}/changes/{set}/undoing", draw.scene.call);
    draw.scene.handler.api().call("POST", &path, &json!({ "version": version(draw), "reason": "重新考虑" }))
}

#[test]
fn undoing_a_plan_brings_no_panel_back_that_was_drawn_anew_or_annulled() {
    let draw = Draw::set(8);
    let scene = &draw.scene;
    let everybody: Vec<ExpertId> = scene.experts.iter().map(|(id, _)| *id).collect();
    // Named by hand, twice: without the second plan the first one would be back.
    plan(&draw, &everybody).expect(200);
    plan(&draw, &everybody[..6]).expect(200);
    let by_hand = plan_in_force(&draw);
    let page = format!("/reviews/{}", scene.call);
    let mut browser = scene.handler.browser();
    browser.open(&page).shows("撤销最近一次分配方案");
    let refused = |why: &str| {
        let answer = undo(&draw, &by_hand).expect(409).shows("该方案之前的专家组不能再用");
        assert_eq!(answer.code(), "change_panel_gone", "{why}");
        scene.handler.browser().open(&page).hides("撤销最近一次分配方案");
        assert_eq!(draw.violations(), Vec::<String>::new(), "{why}");
    };
    // Drawn: the session rests on the draw.
    draw.drawn();
    refused("drawn since");
    // Annulled: nobody names a panel by hand any more, and so none comes back.
    let annulment = format!("{}/annulment", draw.path());
    let proposal = json!({ "version": draw.attempt()["version"], "reason": "候选名单漏列两名专家" });
    scene.handler.api().call("POST", &annulment, &proposal).expect(200);
    let seen = json!({ "version": draw.attempt()["version"] });
    draw.auditor.api().call("POST", &format!("{annulment}/acceptance"), &seen).expect(200);
    refused("annulled");
    assert_eq!(plan(&draw, &everybody).expect(409).code(), "draw_required");
    // A plan on the panel that was drawn then is undone as ever, and the earlier one is not.
    draw.drawn();
    plan(&draw, &[]).expect(200);
    let on_drawn = plan_in_force(&draw);
    assert_ne!(on_drawn, by_hand);
    undo(&draw, &on_drawn).expect(200);
    refused("drawn again");
    let session = scene.app.read(|tx| Ok(db::reviews::session_of_call(tx.db, scene.call)?)).expect("a session");
    assert!(session.draw_id.is_some() && !session.panel.0.is_empty(), "the panel that was drawn is there");
}
