//! Withdrawing and applying again, over and over: no limit is walked round by it.

use super::scene;
use crate::support::Answer;
use serde_json::json;
use std::collections::BTreeSet;
use yuanchi::domain::procedure::State;

/// The one file that the organisation may have in the call, as the rules say.
struct File {
    id: String,
    state: State,
    /// It was sent back, which happens once.
    corrected: bool,
}

#[track_caller]
fn taken(answer: &Answer, may: bool, what: &str) {
    assert_eq!(answer.status < 300, may, "{what}: {answer}");
    assert!(may || matches!(answer.status, 404 | 409), "{what}: {answer}");
}

/// The real acts in an order by chance, against a model of a few lines.
#[test]
fn c_52_withdrawing_and_applying_again_walks_round_no_limit() {
    let scene = scene();
    let (mut api, mut bureau) = (scene.admin.api(), scene.bureau.api());
    let begin = format!("/api/v1/calls/{}/applications", scene.call);
    let (mut live, mut past): (Option<File>, Vec<String>) = (None, Vec::new());
    let (mut numbers, mut withdrawn_after_correction) = (BTreeSet::new(), 0);
    let mut chance = 20_261_127_u32;
    for step in 0..90 {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let act = (chance >> 16) % 5;
        let what = format!("step {step}, act {act}");
        match (act, live.take()) {
            (0, None) => {
                let id = scene.complete(&mut api);
                live = Some(File { id, state: State::Draft, corrected: false });
            }
            (0, Some(file)) => {
                let answer = api.call("POST", &begin, &json!({})).expect(409);
                assert_eq!(answer.code(), "already_applied", "{what}");
                live = Some(file);
            }
            (1, Some(mut file)) => {
                let version = scene.version(&mut api, &file.id);
                let body = json!({ "version": version, "commitment": true, "unchanged_confirmed": true });
                let answer = api.call("POST", &format!("/api/v1/applications/{}/submission", file.id), &body);
                let may = file.state != State::Submitted;
                taken(&answer, may, &what);
                let number = scene.stored(&file.id).number.expect("a number");
                // One number for one file, ever.
                assert_eq!(numbers.insert(number), file.state == State::Draft, "{what}");
                file.state = State::Submitted;
                live = Some(file);
            }
            (2, Some(file)) => {
                let body = json!({ "version": scene.version(&mut api, &file.id), "reason": "重新准备材料" });
                let answer = api.call("POST", &format!("/api/v1/applications/{}/withdrawal", file.id), &body);
                taken(&answer, true, &what);
                withdrawn_after_correction += usize::from(file.corrected);
                past.push(file.id);
            }
            (3, Some(mut file)) => {
                let marks = json!([{ "kind": "field", "key": "profile", "reason": "看不清" }]);
                let body = json!({ "version": scene.version(&mut api, &file.id), "marks": marks });
                let answer = bureau.call("POST", &format!("/api/v1/applications/{}/corrections", file.id), &body);
                let may = file.state == State::Submitted && !file.corrected;
                taken(&answer, may, &what);
                if may {
                    (file.state, file.corrected) = (State::CityCorrection, true);
                }
                live = Some(file);
            }
            (_, left) => {
                // What was withdrawn does not come back, whoever asks for it and however.
                for id in past.iter().rev().take(2) {
                    let version = scene.version(&mut api, id);
                    let resource = format!("/api/v1/applications/{id}");
                    let submission = json!({ "version": version, "commitment": true });
                    let withdrawal = json!({ "version": version, "reason": "再撤回一次" });
                    let form = json!({ "version": version, "form": { "staff": 1 } });
                    let opinion = json!({ "version": version, "opinion": "同意推荐" });
                    for (method, rest, body) in [
                        ("POST", "/submission", submission),
                        ("POST", "/withdrawal", withdrawal),
                        ("PATCH", "/form", form),
                    ] {
                        taken(&api.call(method, &format!("{resource}{rest}"), &body), false, &what);
                    }
                    let asked = bureau.call("POST", &format!("{resource}/recommendation"), &opinion);
                    taken(&asked, false, &what);
                }
                live = left;
            }
        }
        for id in &past {
            assert_eq!(scene.stored(id).state, State::Withdrawn, "{what}");
        }
        if let Some(file) = &live {
            assert_eq!(scene.stored(&file.id).state, file.state, "{what}");
        }
        let listed = api.json("/api/v1/applications?per_page=100")["items"].clone();
        let standing = listed.as_array().expect("a list").iter().filter(|one| one["state"] != "withdrawn").count();
        assert_eq!(standing, usize::from(live.is_some()), "{what}");
    }
    assert!(past.len() > 3 && numbers.len() > 2 && withdrawn_after_correction > 0, "{past:?} {numbers:?}");
}
