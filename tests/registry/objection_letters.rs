//! What the applicant and the objector read of an objection.

use super::lists::Scene;
use super::objectors::objected;
use serde_json::json;

/// The applicant of the name that [`objected`] objects to.
const VENDOR: &str = "vendor1@example.org";

/// The last letter to an address: its subject and its text.
fn last_letter(scene: &Scene, address: &str) -> String {
    scene.test.run_jobs();
    let letters = scene.test.letters_to(address);
    letters.last().map(|letter| format!("{}\n{}", letter.subject, letter.text)).unwrap_or_default()
}

/// Takes an objection that waits for its acceptance to this end.
fn decide(scene: &Scene, address: &str, outcome: &str) {
    let path = format!("/api/v1{address}");
    let mut handler = scene.handler.api();
    handler.call("POST", &format!("{path}/acceptance"), &json!({ "version": 1 })).expect(200);
    let proposed = json!({ "version": 2, "outcome": outcome, "reason": "案例经核实。" });
    handler.call("POST", &format!("{path}/outcome"), &proposed).expect(200);
    scene.approver.api().call("POST", &format!("{path}/approval"), &json!({ "version": 3 })).expect(200);
}

#[test]
fn whoever_is_removed_gets_a_whole_ruling() {
    let (scene, _, address) = objected();
    decide(&scene, &address, "upheld");
    let letter = last_letter(&scene, VENDOR);
    for words in [
        "申报编号：YC2026-SP-0001",
        "原因：案例经核实。",
        "依据：《若干措施》（粤府办〔2025〕1号）。",
        "作出单位：广东省工业和信息化厅",
        "日期：2026年1月6日",
        "请书面说明理由并附证明材料，向广东省工业和信息化厅提出。",
    ] {
        assert!(letter.contains(words), "{words} is missing in {letter}");
    }
    assert!(!letter.contains("收到本通知之日起"), "a term without its days: {letter}");
}
