//! Relatives of experts, and what people say of themselves: sealed in their row, read by those whom it is for, and sealed at the next
//! start where the version before kept them in the clear.

use super::super::objectors::{dump, texts};
use super::super::review::Scene;
use super::{CODE, registered};
use serde_json::{Value, json};

const RELATIVE: &str = "长孙无讳";
const TELEPHONE: &str = "13900007731";
const OF_ONESELF: &str = "即墨守拙，原在贵司销售部";

#[test]
fn c_63_relatives_of_experts_and_those_who_ask_to_join_are_sealed_at_rest() {
    let mut scene = Scene::set(6);
    scene.app.expect_violations();
    let (expert, person) = scene.experts[1].clone();
    let path = format!("/api/v1/experts/{expert}/ties");
    let note = format!("配偶{RELATIVE}任董事，电话{TELEPHONE}");
    let tie = json!({ "kind": "kinship", "organisation": "申报单位2", "note": note });
    let made = scene.handler.api().call("POST", &path, &tie).expect(201).json();
    assert_eq!(made["note"], note.as_str());
    let other = json!({ "kind": "kinship", "organisation": "申报单位3", "note": "其兄任监事" });
    let other = scene.handler.api().call("POST", &path, &other).expect(201).json();
    // It is known that this was said, though no two seals are alike.
    assert_eq!(scene.handler.api().call("POST", &path, &tie).expect(409).code(), "tie_declared");
    let (organisation, mut own) = registered(&scene.app);
    let joiner = scene.app.person("joiner@example.org", &[]);
    let ask = json!({ "credit_code": CODE, "message": OF_ONESELF });
    let asked = joiner.api().call("POST", "/api/v1/join-requests", &ask).expect(201).json();
    assert_eq!(asked["message"], OF_ONESELF);

    let everything = dump(&scene.app);
    for secret in [RELATIVE, TELEPHONE, OF_ONESELF] {
        assert!(!everything.contains(secret), "{secret} is readable in the database");
    }
    person.browser().open("/expert").shows(&note);
    scene.handler.browser().open(&format!("/experts/{expert}/ties")).shows(&note);
    let waiting = format!("/api/v1/organisations/{organisation}/join-requests");
    assert_eq!(own.json(&waiting)["items"][0]["message"], OF_ONESELF);
    assert_eq!(joiner.api().json("/api/v1/join-requests")["items"][0]["message"], OF_ONESELF);
    let held = own.json(&format!("/api/v1/organisations/{organisation}/data"));
    assert_eq!(held["join_requests"][0]["message"], OF_ONESELF);

    // What the version before kept in the clear is read as ever, and sealed at the next start.
    let id = |row: &Value| row["id"].as_str().expect("an id").to_string();
    let (first, second) = (id(&made), id(&other));
    scene.app.tamper(&format!(
        "UPDATE expert_ties SET note = '其父{RELATIVE}' WHERE id = '{first}'; \
         UPDATE join_requests SET message = '旧：{OF_ONESELF}'"
    ));
    let notes = || {
        let file = scene.handler.api().json(&format!("/api/v1/experts/{expert}/file"));
        let ties = file["ties"].as_array().cloned().expect("ties");
        ties.iter().map(|tie| tie["note"].as_str().expect("a note").to_string()).collect::<Vec<_>>()
    };
    let old = format!("其父{RELATIVE}");
    assert!(notes().contains(&old), "{:?}", notes());
    let output = super::super::program::program(&scene.app).arg("migrate").output().expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let kept = [
        texts(&scene.app, "SELECT note AS line FROM expert_ties"),
        texts(&scene.app, "SELECT message AS line FROM join_requests"),
    ]
    .concat();
    assert!(kept.len() == 3 && kept.iter().all(|text| text.starts_with("sealed:1:")), "{kept:?}");
    assert!(notes().contains(&old), "{:?}", notes());
    assert_eq!(own.json(&waiting)["items"][0]["message"], format!("旧：{OF_ONESELF}"));

    // A seal that was moved to another row does not open there, and the check says whose.
    assert_eq!(scene.app.violations_of(&["note_opens"]), []);
    scene.app.tamper(&format!(
        "UPDATE expert_ties SET note = (SELECT t.note FROM expert_ties t WHERE t.id = '{first}') WHERE id = '{second}'; \
         UPDATE join_requests SET message = 'sealed:1:00'"
    ));
    let found = scene.app.violations_of(&["note_opens"]);
    let subjects: Vec<String> = found.into_iter().map(|violation| violation.subject).collect();
    assert_eq!(subjects, [format!("expert tie {second}"), format!("request to join {}", id(&asked))]);
    scene.handler.api().get(&format!("/api/v1/experts/{expert}/file")).expect(500).hides(RELATIVE);
}
