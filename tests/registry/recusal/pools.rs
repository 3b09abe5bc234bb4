//! Pools of the bureaus: seen by their own officers, and drawn from where a programme says so.

use super::super::review::Scene;
use super::super::support::in_bureau;
use serde_json::{Value, json};
use yuanchi::db::calls;

#[test]
fn officers_of_a_bureau_see_their_own_pool_and_a_programme_may_use_one() {
    let scene = Scene::set(6);
    for index in [1, 2, 3, 4] {
        scene.app.tamper(&format!("UPDATE experts SET pool = 'foshan' WHERE id = '{}'", scene.experts[index].0));
    }
    let officer = scene.app.person("foshan@example.cn", &[in_bureau("foshan")]);
    let other = scene.app.person("guangzhou@example.cn", &[in_bureau("guangzhou")]);
    let names = |answer: &Value| answer["items"].as_array().map(Vec::len);
    assert_eq!(names(&officer.api().json("/api/v1/experts")), Some(4));
    assert_eq!(names(&officer.api().json("/api/v1/experts?pool=province")), Some(0), "others do not exist");
    assert_eq!(names(&other.api().json("/api/v1/experts")), Some(0));
    assert_eq!(names(&scene.handler.api().json("/api/v1/experts?pool=foshan")), Some(4));
    let (own, foreign) = (scene.experts[1].0, scene.experts[5].0);
    officer.api().get(&format!("/api/v1/experts/{own}")).expect(200);
    for (path, status) in [(format!("/experts/{own}"), 200), (format!("/experts/{foreign}"), 404)] {
        officer.browser().get(&path).expect(status);
        officer.api().get(&format!("/api/v1{path}")).expect(status);
    }
    other.browser().get(&format!("/experts/{own}")).expect(404);
    // What they score at present is not for the bureau: it would learn who scores its own vendors.
    officer.browser().open(&format!("/experts/{own}")).shows("专家1").hides("履职情况").hides("利害关系");
    scene.handler.browser().open(&format!("/experts/{own}")).shows("履职情况").shows("利害关系");
    officer.browser().open("/experts").shows("专家1").hides("专家5").hides("全部专家库");
    scene.handler.browser().open("/experts?pool=foshan").shows("全部专家库").shows("专家1").hides("专家5");
    officer.api().get("/api/v1/experts/imports").expect(403);

    // A programme that uses that pool plans from it alone.
    let call = scene.app.read(|tx| Ok(calls::find(tx.db, scene.call)?));
    let mut programme = (*call.programme.0).clone();
    programme.review.as_mut().expect("review rules").pool = Some("foshan".into());
    let text = serde_json::to_string(&programme).expect("JSON").replace('\'', "''");
    let digest = programme.digest();
    scene.app.tamper(&format!(
        "UPDATE calls SET programme = '{text}', programme_digest = '{digest}' WHERE id = '{}'",
        scene.call
    ));
    // On the page too nobody else is to be chosen.
    scene.handler.browser().open(&format!("/reviews/{}", scene.call)).shows("专家1").hides("专家5");
    scene.prepare().expect(200);
    assert!((0..3).all(|file| !scene.has(file, 0) && !scene.has(file, 5)), "nobody of another pool");
    assert!((0..3).all(|file| scene.charged(file).len() == 3));
    let path = format!("/api/v1/reviews/{}/draw/preview", scene.call);
    let body = json!({ "strata": [{ "field": "", "panel": 3, "reserves": 1 }] });
    let shown = scene.handler.api().call("POST", &path, &body).expect(200).json();
    assert_eq!(shown["strata"][0]["candidates"], 4, "{shown}");
    assert_eq!(shown["strata"][0]["excluded"]["other_pool"], 2, "{shown}");
}
