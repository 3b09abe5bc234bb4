//! Keys that are rotated, with a history; and that are nowhere in the database.

use super::*;
use crate::objectors::dump;
use chrono::Duration;
use yuanchi::actions::rotate_keys::rotate_keys;
use yuanchi::domain::actor::Actor;

#[test]
fn a_list_is_verified_by_the_key_of_its_time() {
    let (mut scene, first) = published(1);
    yuanchi::jobs::take_checkpoints(&scene.test.app).expect("a checkpoint");
    let old = scene.test.app.env.keys.public_key();
    scene.test.advance(Duration::days(1));
    let new = scene.test.write(|tx| rotate_keys(tx, &Actor::system(), "年度轮换"));
    scene.test.advance(Duration::days(1));
    scene.noticed(State::InNotice, "佛山市");
    let second = publish(&scene);
    let test = &scene.test;
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    let published = test.visitor().json("/.well-known/yuanchi-keys.json");
    assert_eq!(published, test.visitor().json("/api/v1/keys"));
    let [before, now] = published["keys"].as_array().expect("keys").as_slice() else { panic!("{published}") };
    assert_eq!((&before["public_key"], &before["valid_from"]), (&serde_json::json!(old), &serde_json::Value::Null));
    assert_eq!(before["valid_to"], now["valid_from"]);
    assert_eq!((&now["public_key"], &now["valid_to"]), (&serde_json::json!(new.public_key), &serde_json::Value::Null));

    let (list, proof, keys) = carried(test, first);
    let (next, next_proof, _) = carried(test, second);
    ends(&verify(&[text(&list), "--keys", text(&keys)]), 0, before["id"].as_str().expect("an id"));
    ends(&verify(&[text(&next), "--keys", text(&keys), "--previous", text(&list)]), 0, &new.id);
    ends(&python(test, &[text(&list), text(&proof), text(&keys)]), 0, "ok 1");
    ends(&python(test, &[text(&next), text(&next_proof), text(&keys)]), 0, "ok 2");
    // Checkpoints of both times, against the published keys and against one of them.
    let checkpoints = test.dir.join("checkpoints");
    ends(&verify(&[text(&checkpoints), "--keys", text(&keys)]), 0, "checkpoints hold");
    ends(&verify(&[text(&checkpoints)]), 3, "checkpoints hold");
    // Its own, without a name, against its own keys.
    ends(&crate::program::program(test).arg("verify").output().expect("it runs"), 0, "checkpoints hold");
    ends(&verify(&[text(&checkpoints), "--key", &old]), 1, "another key");
    ends(&verify(&[text(&checkpoints), "--key", &old, "--key", &new.public_key]), 0, "checkpoints hold");
    // A key that had not signed yet when the list was published.
    let forged = published.to_string().replace("\"valid_from\":null", "\"valid_from\":\"2026-06-01T00:00:00Z\"");
    let forged = save(test, "later.json", forged.as_bytes());
    ends(&verify(&[text(&list), "--keys", text(&forged)]), 1, "did not sign when the list was published");
    ends(&python(test, &[text(&list), text(&proof), text(&forged)]), 1, "did not sign at");
    assert_eq!(test.violations().expect("a check"), []);
}

#[test]
fn the_operator_rotates_keys_while_the_service_runs_and_none_is_in_the_database() {
    let (scene, _) = published(1);
    let test = &scene.test;
    let before = test.app.env.keys.id();
    let folder = test.dir.join("keys");
    let secrets = |folder: &Path| -> Vec<String> {
        let files = std::fs::read_dir(folder).expect("the keys").map(|entry| entry.expect("an entry").path());
        files
            .filter(|path| path.extension().is_some_and(|e| e == "key"))
            .map(|path| std::fs::read_to_string(path).expect("a key"))
            .collect()
    };
    let mut all = secrets(&folder);
    let program = |arguments: &[&str]| crate::program::program(test).args(arguments).output().expect("it runs");
    ends(&program(&["keys", "rotate", "--reason", "更换"]), 0, "signs from now on");
    let after = test.app.env.keys.id();
    assert_ne!(before, after, "the running service has taken it up");
    ends(&program(&["keys", "list"]), 0, &before);
    ends(&program(&["keys", "rotate", "--reason", ""]), 1, "reason");
    all.extend(secrets(&folder));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 4, "two that sign, one that signed access tokens before, one for everything else");
    let everything = dump(test);
    assert!(all.iter().all(|secret| !everything.contains(secret.trim())));
    scene.test.visitor().get(&format!("/.well-known/yuanchi-keys/{after}")).expect(200).shows("BEGIN PUBLIC KEY");
    scene.test.visitor().get("/.well-known/yuanchi-keys/0000").expect(404);
}
