//! What an auditor carried away says nothing beside what is checked.

use super::{ends, happen, save, verify};
use crate::support::{TestApp, with};
use serde_json::{Value, json};
use yuanchi::domain::actor::Role;

/// A member that nobody knows, or one that is named before itself, is no part of what the hashes and the signature cover.
/// What somebody does to a file.
type Change<'a> = &'a dyn Fn(&mut Value);

#[test]
fn c_61_nothing_is_put_beside_what_was_carried_away() {
    let test = TestApp::start();
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    happen(&test, 4);
    let whole = auditor.browser().get("/events/outbox/audited/record.json").expect(200);
    let text = whole.text();
    let keys = save(&test, "keys.json", &test.visitor().get("/.well-known/yuanchi-keys.json").expect(200).body);
    let forged = |change: &dyn Fn(&mut Value)| {
        let mut record = whole.json();
        change(&mut record);
        save(&test, "forged.json", record.to_string().as_bytes())
    };
    let note = |value: &mut Value| value["note"] = json!("x");
    let places: [(Change<'_>, &str); 6] = [
        (&|record| note(record), "unknown field `note`"),
        (&|record| note(&mut record["chains"][0]), "unknown field `note`"),
        (&|record| note(&mut record["chains"][0]["checkpoint"]), "unknown field `note`"),
        (&|record| note(&mut record["chains"][0]["events"][1]), "unknown field `note`"),
        (&|record| note(&mut record["chains"][0]["events"][1]["event"]), "event 2: was altered"),
        (&|record| note(&mut record["chains"][0]["events"][1]["event"]["detail"]), "event 2: was altered"),
    ];
    for (change, says) in places {
        ends(&verify(&[&forged(change), "--keys", &keys]), 1, says);
    }
    for (member, before) in [
        ("reason", "\"reason\": \"forged\","),
        ("detail", "\"detail\": {},"),
        ("hash", "\"hash\": \"00\","),
        ("subject_kind", "\"subject_kind\": \"call\","),
        ("chains", "\"chains\": [],"),
    ] {
        let named = format!("\"{member}\":");
        let twice = text.replacen(&named, &format!("{before} {named}"), 1);
        assert_ne!(twice, text, "{member}");
        let twice = save(&test, "twice.json", twice.as_bytes());
        ends(&verify(&[&twice, "--keys", &keys]), 1, &format!("duplicate field `{member}`"));
    }
    // How it is set out says nothing.
    let closer = save(&test, "closer.json", whole.json().to_string().as_bytes());
    ends(&verify(&[&closer, "--keys", &keys]), 0, "events 1 to 4 stand under checkpoint");
}
