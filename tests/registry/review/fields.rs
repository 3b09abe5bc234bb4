//! Experts who know a file's field: options of its form count, and as many as the programme asks for are kept.

use super::Scene;
use crate::support::{Answer, TestApp};
use chrono::Duration;
use serde_json::{Value, json};

/// Experts who must know one of a file's fields.
const OF_FIELD: u32 = 1;

impl Scene {
    /// Two experts a file, one of whom knows its field at least; options of `service_fields` are fields.
    fn with_fields() -> Scene {
        let scene = Scene::with_programme(TestApp::start(), 7, |programme| {
            let rules = programme.review.as_mut().expect("review rules");
            (rules.experts_per_application, rules.min_sheets, rules.field_experts) = (2, 2, OF_FIELD);
            rules.expertise_fields = vec!["service_fields".into()];
        });
        let first = scene.files[0];
        let form = r#"{"service_fields": ["cloud"]}"#;
        scene.app.tamper(&format!("UPDATE applications SET form = '{form}' WHERE id = '{first}'"));
        scene
    }

    fn knows(&self, index: usize, field: &str) {
        let sql = format!("UPDATE experts SET fields = '[\"{field}\"]' WHERE id = '{}'", self.experts[index].0);
        self.app.tamper(&sql);
    }

    fn plan(&self) -> Answer {
        let due = (self.app.now() + Duration::days(7)).and_utc();
        let path = format!("/api/v1/reviews/{}/preparation", self.call);
        self.handler.api().call("PUT", &path, &json!({ "due_at": due }))
    }

    /// The live assignments of a file: id and the expert's number.
    fn charged_live(&self, file: usize) -> Vec<(String, usize)> {
        let review = self.handler.api().json(&format!("/api/v1/reviews/{}", self.call));
        let id = self.files[file].to_string();
        let mut files = review["applications"].as_array().expect("files").iter();
        let found = files.find(|one| one["id"] == id.as_str()).expect("the file");
        let is_live = |one: &&Value| one["status"] == "awaiting" || one["status"] == "accepted";
        let number = |one: &Value| {
            let expert = one["expert"].as_str().expect("an expert");
            self.experts.iter().position(|(id, _)| id.as_text() == expert).expect("one of the scene")
        };
        let lines = found["assignments"].as_array().expect("assignments").iter().filter(is_live);
        lines.map(|one| (one["id"].as_str().expect("an id").to_string(), number(one))).collect()
    }
}

#[test]
fn a_plan_keeps_the_experts_of_the_field_or_says_which_files_lack_them() {
    let scene = Scene::with_fields();
    // Three know the first file's option, and nobody the field of the others.
    for index in [1, 3, 4] {
        scene.knows(index, "service_fields:cloud");
    }
    let answer = scene.plan().expect(422);
    // The smallest set that must give: the two whose field nobody knows.
    assert!(answer.text().contains("2 件专家不足，共缺 2 份评分表"), "{answer}");
    assert!(!answer.text().contains("申报单位1："), "the first has enough: {answer}");
    // An option of another field is none of this one.
    scene.knows(5, "service_fields:consulting");
    scene.plan().expect(422);
    // Who knows the category knows a field of every file.
    let category = scene.app.app.env.programme("service_provider").expect("the programme").category.key.clone();
    scene.knows(2, &category);
    scene.plan().expect(200);
    for file in 0..3 {
        let knowing: &[usize] = if file == 0 { &[1, 2, 3, 4] } else { &[2] };
        let live = scene.charged_live(file);
        assert_eq!(live.len(), 2, "{live:?}");
        let of_field = live.iter().filter(|(_, expert)| knowing.contains(expert)).count();
        assert!(of_field >= OF_FIELD as usize, "file {file}: {live:?}");
    }
}

#[test]
fn who_steps_in_keeps_the_experts_of_the_field_while_there_are_any() {
    let scene = Scene::with_fields();
    let category = scene.app.app.env.programme("service_provider").expect("the programme").category.key.clone();
    let knowing = [1, 3, 4];
    scene.knows(1, &category);
    scene.knows(3, "service_fields:cloud");
    scene.knows(4, "service_fields:cloud");
    scene.open();
    let of_field = |live: &[(String, usize)]| live.iter().filter(|(_, expert)| knowing.contains(expert)).count();
    // Whoever of the field is charged with the file leaves, one after another, until all of them have.
    let mut left = 0;
    while let Some((assignment, _)) = scene.charged_live(0).into_iter().find(|(_, expert)| knowing.contains(expert)) {
        let path = format!("/api/v1/assignments/{assignment}/release");
        scene.handler.api().call("POST", &path, &json!({ "reason": "另有安排" })).expect(200);
        left += 1;
        let live = scene.charged_live(0);
        assert_eq!(live.len(), 2, "a sheet by somebody else is better than none: {live:?}");
        if left < knowing.len() {
            assert!(of_field(&live) >= OF_FIELD as usize, "after {left} left: {live:?}");
        }
    }
    assert_eq!(left, knowing.len());
    assert_eq!(of_field(&scene.charged_live(0)), 0);
}
