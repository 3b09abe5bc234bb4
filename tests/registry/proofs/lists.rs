//! A published list, carried away.

use super::*;
use crate::lists::NOTICE;
use crate::support::TestApp;
use std::process::Command;
use yuanchi::actions::Record;
use yuanchi::actions::import_list::{ImportedList, ImportedRow, import_lists};
use yuanchi::db::published_lists::{self, PublishedList};
use yuanchi::domain::actor::Actor;
use yuanchi::domain::published_list::{CanonicalList, GENESIS_SHA256, canonical, sha256};
use yuanchi::domain::status::{ListKind, ListStatus};

#[test]
fn a_list_is_verified_offline_by_the_program_by_python_and_by_openssl() {
    let (mut scene, first) = published(2);
    let test = &scene.test;
    let (list, proof, keys) = carried(test, first);
    // The data file has a name of its own, and taken for the original it is told apart instead of called a forgery.
    let data = test.visitor().get(&format!("/lists/{first}/entries.json")).expect(200);
    let named = format!("attachment; filename=\"list-{first}-entries.json\"");
    assert_eq!(data.header("content-disposition"), Some(named.as_str()));
    let data = save(test, "entries.json", &data.body);
    let asked = [text(&data), "--proof", text(&proof), "--keys", text(&keys)];
    ends(&verify(&asked), 2, "is the data file of a list, which nobody signs; take the signed original");
    ends(&python(test, &[text(&data), text(&proof), text(&keys)]), 2, "this is the data file of a list");
    // Both say alike what cannot be read: no file, no JSON, another file than the one that is asked for.
    let (gone, broken) = (test.dir.join("gone.json"), save(test, "broken.json", b"{"));
    for keys in [&gone, &broken, &proof] {
        let code = verify(&[text(&list), "--keys", text(keys)]).status.code();
        assert_eq!((code, python(test, &[text(&list), text(&proof), text(keys)]).status.code()), (Some(2), Some(2)));
    }
    for (list, proof) in [(&gone, &proof), (&list, &gone), (&list, &broken), (&list, &keys)] {
        let code = verify(&[text(list), "--proof", text(proof), "--keys", text(&keys)]).status.code();
        assert_eq!((code, python(test, &[text(list), text(proof), text(&keys)]).status.code()), (Some(2), Some(2)));
    }
    ends(&verify(&[text(&list), "--keys", text(&keys)]), 0, "number 1 in the chain");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&list).expect("read")).expect("JSON");
    assert_eq!(json["format"], "yuanchi list 3");
    let seals = test.read(|tx| Ok(yuanchi::db::memberships::certificate_seals(tx.db)?));
    let told: Vec<&str> = json["entries"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry["certificate"]["sha256"].as_str())
        .collect();
    assert_eq!(told.len(), 2);
    for (number, seal) in seals {
        assert!(told.contains(&sha256(&seal).as_str()), "{told:?}");
        assert!(!json.to_string().contains(&number), "{json}");
    }
    assert_eq!(json["algorithms"], serde_json::json!({"hash": "SHA-256", "signature": "Ed25519"}));
    let hash = sha256(&std::fs::read_to_string(&list).expect("read"));
    ends(&python(test, &[text(&list), text(&proof), text(&keys)]), 0, &format!("ok 1 {hash}"));

    // The recipe of the page, word for word.
    let page =
        test.visitor().get("/how/lists").expect(200).shows("openssl pkeyutl -verify").shows("def canonical(value)");
    assert!(page.text().contains("sha256sum list-ID.json"));
    let key_id = json["key_id"].as_str().expect("a key");
    assert!(page.text().contains(&format!("href=\"/.well-known/yuanchi-keys/{key_id}\"")), "the key's file is at hand");
    let of_list = test.visitor().get(&format!("/lists/{first}")).expect(200).text();
    assert!(of_list.contains(&format!("href=\"/lists/{first}/list.sig\"")), "and so is the signature: {of_list}");
    let key = fetch(test, &format!("/.well-known/yuanchi-keys/{key_id}"), "key.pem");
    let signature = fetch(test, &format!("/lists/{first}/list.sig"), "list.sig");
    let openssl = |list: &std::path::Path| {
        let output = Command::new("openssl")
            .args(["pkeyutl", "-verify", "-pubin", "-inkey", text(&key), "-rawin", "-in", text(list)])
            .args(["-sigfile", text(&signature)])
            .output();
        // Where there is no openssl there is nothing to be proved of it.
        output.ok().map(|output| output.status.success())
    };
    assert_ne!(openssl(&list), Some(false));
    let mut changed = std::fs::read(&list).expect("read");
    changed[40] ^= 1;
    assert_ne!(openssl(&save(test, "changed.json", &changed)), Some(true));

    // The next list follows this one.
    scene.noticed(State::InNotice, "广州市");
    let second = publish(&scene);
    let test = &scene.test;
    let (next, next_proof, keys) = carried(test, second);
    ends(
        &verify(&[text(&next), "--keys", text(&keys), "--previous", text(&list)]),
        0,
        &format!("number 2 in the chain, after the list with SHA-256 {hash}"),
    );
    ends(&python(test, &[text(&next), text(&next_proof), text(&keys), text(&list)]), 0, "ok 2");
    ends(&verify(&[text(&list), "--previous", text(&next)]), 1, "names");
    ends(&python(test, &[text(&list), text(&proof), text(&keys), text(&next)]), 1, "the list before is another one");
    // Without a key it fits together, and that is not enough.
    ends(&verify(&[text(&list)]), 3, "signed by key");
    // Held against another key, or without a proof.
    ends(&verify(&[text(&list), "--key", &"00".repeat(32)]), 1, "is none of those that were named");
    ends(&verify(&[text(&list), "--proof", text(&next_proof)]), 1, "altered:");
    ends(&verify(&["/nowhere/list.json"]), 2, "/nowhere/list.json");
    let alone = save(test, "alone.json", &std::fs::read(&list).expect("read"));
    ends(&verify(&[text(&alone)]), 2, "alone.proof.json: the proof of the list is missing; save it from");
    let api = test.visitor().json(&format!("/api/v1/lists/{second}/proof"));
    assert_eq!(
        api,
        serde_json::from_slice::<serde_json::Value>(&std::fs::read(&next_proof).expect("read")).expect("JSON")
    );
    test.visitor().get(&format!("/lists/{NOTICE}/proof.json")).expect(404);
}

#[test]
fn a_changed_byte_is_located() {
    let (scene, id) = published(3);
    let test = &scene.test;
    let (list, proof, keys) = carried(test, id);
    let bytes = std::fs::read(&list).expect("read");
    let parts = test.visitor().json(&format!("/api/v1/lists/{id}/proof"))["parts"].clone();
    let part_at = |at: usize| {
        let part = parts.as_array().into_iter().flatten().find(|part| {
            let from = part["offset"].as_u64().expect("a number");
            (from..from + part["length"].as_u64().expect("a number")).contains(&(at as u64))
        });
        part.expect("every byte is in a part")["part"].as_str().expect("a name").to_string()
    };
    assert!((0..bytes.len()).any(|at| part_at(at) == "entries/3"));
    for at in (0..bytes.len()).step_by(61) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let file = save(test, "changed.json", &changed);
        let words = format!("altered: {}", part_at(at));
        ends(&verify(&[text(&file), "--proof", text(&proof)]), 1, &format!("{words} (bytes"));
        if at % 5 == 0 {
            ends(&python(test, &[text(&file), text(&proof), text(&keys)]), 1, &words);
        }
    }
    // Something left out, and something put in.
    let honest = String::from_utf8(bytes).expect("text");
    let shorter = save(test, "changed.json", honest.replacen("佛山智造2", "佛山智2", 1).as_bytes());
    ends(&verify(&[text(&shorter), "--proof", text(&proof)]), 1, "altered: entries/2 (bytes");
    // Text and proof together: that something is wrong remains to be seen, not where.
    let proved = String::from_utf8(std::fs::read(&proof).expect("read")).expect("text");
    let signature =
        test.visitor().json(&format!("/api/v1/lists/{id}/proof"))["signature"].as_str().expect("hex").to_string();
    let forged = proved.replace(&signature, &"0".repeat(128));
    let forged = save(test, "forged.json", forged.as_bytes());
    ends(&verify(&[text(&list), "--proof", text(&forged)]), 1, "the proof was altered");
    ends(&python(test, &[text(&list), text(&forged), text(&keys)]), 1, "the signature does not fit");
    let stated = save(test, "stated.json", proved.replace("\"chain_number\":1", "\"chain_number\":7").as_bytes());
    ends(&verify(&[text(&list), "--proof", text(&stated)]), 1, "another chain_number");
}

/// A list as it was published before lists said how they are sealed.
fn first_format(test: &TestApp) -> PublishedList {
    let at = test.now();
    let list = PublishedList {
        id: PublishedListId::new(&*test.app.env.ids),
        call_id: None,
        kind: ListKind::Imported,
        number: None,
        category: "平台".into(),
        year: Some(2020),
        title: "旧名单".into(),
        body: String::new(),
        source_url: None,
        status: ListStatus::Published,
        proposed_by: None,
        proposed_at: at,
        published_by: None,
        published_at: Some(at),
        chain_number: Some(1),
        canonical: None,
        sha256: None,
        previous_sha256: Some(GENESIS_SHA256.into()),
        signature: None,
        version: 1,
        seal: None,
    };
    let text = canonical(&CanonicalList {
        id: list.id.as_text(),
        chain_number: 1,
        previous_sha256: GENESIS_SHA256,
        kind: "imported",
        number: None,
        category: &list.category,
        year: list.year,
        title: &list.title,
        body: "",
        source_url: None,
        published_at: at,
        entries: Vec::new(),
        seal: None,
    })
    .expect("canonical");
    let signature = test.app.env.keys.sign(text.as_bytes());
    PublishedList { sha256: Some(sha256(&text)), signature: Some(signature), canonical: Some(text), ..list }
}

#[test]
fn a_list_of_the_first_format_is_verified_for_ever_and_the_chain_goes_on_from_it() {
    let test = TestApp::start();
    let old = first_format(&test);
    let kept = old.clone();
    test.write(move |tx| {
        published_lists::create(tx.db, &kept, &[])?;
        let record = Record {
            subject_kind: "list",
            subject_id: kept.id.as_text(),
            action: "list.imported",
            to: Some("published"),
            detail: serde_json::json!({ "sha256": kept.sha256 }),
            ..Record::default()
        };
        tx.record(&Actor::system(), record)
    });
    let (list, proof, keys) = carried(&test, old.id);
    ends(&verify(&[text(&list), "--keys", text(&keys)]), 0, "ok: the signature is that of key");
    ends(&python(&test, &[text(&list), text(&proof), text(&keys)]), 0, "ok 1");
    let row = ImportedRow {
        organisation: "某公司".into(),
        product: String::new(),
        city: None,
        result: String::new(),
        region: String::new(),
        note: String::new(),
        category_type: None,
    };
    let new = ImportedList {
        title: "新名单".into(),
        year: Some(2021),
        category: "平台".into(),
        programme: None,
        source_url: None,
        rows: vec![row],
    };
    let ids = test.write(move |tx| import_lists(tx, &Actor::system(), &[new]));
    let (next, _, _) = carried(&test, ids[0]);
    ends(&verify(&[text(&next), "--keys", text(&keys), "--previous", text(&list)]), 0, "number 2 in the chain, after");
    assert_eq!(test.violations().expect("a check"), []);
}

#[test]
fn a_list_names_another_anchor_and_a_tree_is_altered_and_both_are_found() {
    let (mut scene, id) = published(1);
    scene.test.expect_violations();
    let test = &scene.test;
    for table in ["published_lists", "event_trees"] {
        test.tamper(&match test.on_postgres() {
            true => format!("ALTER TABLE {table} DISABLE TRIGGER USER"),
            false => format!("DROP TRIGGER {table}_no_update"),
        });
    }
    let found = |name: &str, says: &str| {
        let all = test.violations().expect("a check");
        assert!(all.iter().any(|v| v.invariant == name && v.what.contains(says)), "{name}: {says} is not in {all:#?}");
    };
    test.tamper("UPDATE event_trees SET event_count = event_count + 1 WHERE checkpoint_number = 1");
    found("event_tree_holds", "another root");
    found("list_is_anchored", "another root");
    test.tamper(&format!("UPDATE published_lists SET seal = 'x' WHERE id = '{id}'"));
    found("list_is_anchored", "cannot be read");
    found("list_is_as_signed", "its column");
}

#[test]
fn a_list_without_its_proof_is_not_judged() {
    let test = TestApp::start();
    let alone = save(&test, "alone.json", b"{}");
    ends(&verify(&[text(&alone)]), 2, "alone.proof.json");
    let empty = save(&test, "alone.proof.json", b"{}");
    ends(&verify(&[text(&alone)]), 2, "is no proof of a list");
    assert!(empty.exists());
}
