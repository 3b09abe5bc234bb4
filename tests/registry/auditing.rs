//! The record: held fast in the database, complete, and carried away with its proof.

mod by_number;
mod carried;

use super::support::canaries::{CONTACT_NAME, PASSWORD};
use super::support::{Client, TestApp, admin_of, with};
use chrono::Duration;
use diesel::connection::SimpleConnection;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output};
use yuanchi::actions::watch::{self, ANOTHER_LOOK_MINUTES, Asked, Disclosure, LOOKED_AT, REFUSALS_AN_HOUR};
use yuanchi::actions::{Record, Tx, fsck};
use yuanchi::db::events::StoredEvent;
use yuanchi::db::{self, Db};
use yuanchi::domain::actor::{Actor, Role};
use yuanchi::domain::chain::{canonical, hash_after};

/// Appends so many events to the chain of a subject.
fn happen(test: &TestApp, times: usize) {
    test.write(move |tx| {
        for number in 0..times {
            let reason = format!("event {number}");
            let record = Record {
                subject_kind: "outbox",
                subject_id: "audited",
                action: "mail.retried",
                reason: Some(&reason),
                ..Record::default()
            };
            tx.record(&Actor::system(), record)?;
        }
        Ok(())
    });
}

fn of_account(test: &TestApp, id: &str, action: &str) -> Vec<StoredEvent> {
    let events = test.read(|tx| Ok(db::events::of_subject(tx.db, "account", id)?));
    events.into_iter().filter(|event| event.action == action).collect()
}

#[test]
fn c_61_the_database_itself_lets_nothing_of_the_record_be_changed() {
    let test = TestApp::start();
    happen(&test, 3);
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    let mut db = Db::open(&test.database_url()).expect("the database opens");
    let mut attempts = vec![
        "UPDATE chain_heads SET seq = seq - 1".to_string(),
        "UPDATE chain_heads SET checkpointed_seq = checkpointed_seq - 1".to_string(),
        "UPDATE chain_heads SET subject_id = 'other'".to_string(),
        "UPDATE events SET reason = 'x'".to_string(),
        "UPDATE checkpoints SET root = 'x'".to_string(),
        "UPDATE checkpoint_leaves SET seq = 1".to_string(),
        "UPDATE event_trees SET root = 'x'".to_string(),
    ];
    for table in ["events", "chain_heads", "checkpoint_leaves", "event_trees", "checkpoints"] {
        attempts.push(format!("DELETE FROM {table}"));
        if test.on_postgres() {
            attempts.push(format!("TRUNCATE {table} CASCADE"));
        }
    }
    if test.on_postgres() {
        // A superuser, as tests have, passes every privilege; what was granted is asked for itself.
        db.batch_execute(
            "DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class c LEFT JOIN LATERAL aclexplode(c.relacl) a ON true \
             WHERE c.oid IN ('events'::regclass, 'submissions'::regclass, 'checkpoint_leaves'::regclass) \
               AND (a.privilege_type IS NULL OR a.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE'))) \
             THEN RAISE EXCEPTION 'the role of the service may change the record'; END IF; END $$",
        )
        .expect("no privilege to change the record");
    } else {
        // What takes a row away without a deletion.
        attempts.push(
            "INSERT OR REPLACE INTO events (subject_kind, subject_id, seq, at, actor, role, action, detail, hash) \
             SELECT subject_kind, subject_id, seq, at, actor, role, 'other.done', detail, hash FROM events"
                .into(),
        );
        attempts.push(
            "INSERT OR REPLACE INTO event_trees (checkpoint_number, event_count, root) \
             SELECT checkpoint_number, 0, 'x' FROM event_trees"
                .into(),
        );
    }
    for attempt in attempts {
        assert!(db.batch_execute(&attempt).is_err(), "{attempt} was let through");
    }
    // And it goes on.
    happen(&test, 1);
}

#[test]
fn c_61_the_first_bad_event_is_named_after_any_change() {
    let test = TestApp::start();
    happen(&test, 5);
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    happen(&test, 2);
    let exports = yuanchi::jobs::read_exports(&test.dir.join("checkpoints")).expect("exports");
    assert_eq!(exports.len(), 1);
    let mut db = Db::open(&test.database_url()).expect("the database opens");
    let begin = if test.on_postgres() {
        "BEGIN; SET LOCAL session_replication_role = replica;"
    } else {
        "BEGIN IMMEDIATE; DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; \
         DROP TRIGGER chain_heads_no_return; DROP TRIGGER chain_heads_no_delete;"
    };
    let ours = "subject_kind = 'outbox' AND subject_id = 'audited'";
    let head = |seq: u32| {
        format!(
            "UPDATE chain_heads SET seq = {seq}, checkpointed_seq = {seq}, \
             hash = (SELECT hash FROM events WHERE {ours} AND seq = {seq}) WHERE {ours}"
        )
    };
    let mut found_after = |sql: String| {
        db.batch_execute(&format!("{begin} {sql}")).unwrap_or_else(|e| panic!("{sql}: {e}"));
        let mut tx = Tx::new(&mut db, test.now(), &test.app.env);
        let found = fsck::check(&mut tx, &exports).unwrap_or_else(|e| panic!("{sql}: {e}"));
        db.batch_execute("ROLLBACK").expect("undone");
        found.iter().map(|v| format!("{}: {} {}", v.invariant, v.subject, v.what)).collect::<Vec<_>>().join("\n")
    };
    let moved = format!(
        "UPDATE events SET seq = 99 WHERE {ours} AND seq = 3; UPDATE events SET seq = 3 WHERE {ours} AND seq = 4; \
         UPDATE events SET seq = 4 WHERE {ours} AND seq = 99"
    );
    for (sql, says) in [
        (format!("UPDATE events SET reason = 'x' WHERE {ours} AND seq = 3"), "chain_holds: outbox audited event 3:"),
        (format!("UPDATE events SET at = '2020-01-01 00:00:00' WHERE {ours} AND seq = 1"), "outbox audited event 1:"),
        (format!("DELETE FROM events WHERE {ours} AND seq = 3"), "event 3: found number 4"),
        (moved, "chain_holds: outbox audited event 3:"),
        // Cut off before the checkpoint, with the end of the chain moved back.
        (format!("DELETE FROM events WHERE {ours} AND seq > 4; {}", head(4)), "outbox audited event 5 is not the one"),
        // Cut off behind it, by somebody who forgets the end of the chain.
        (format!("DELETE FROM events WHERE {ours} AND seq > 5"), "the head says event 7, the last event is 5"),
    ] {
        let found = found_after(sql.clone());
        assert!(found.contains(says), "{sql} was done and {says:?} is not in:\n{found}");
    }
    // What no checkpoint covers yet, an hour at most, is all that can be cut off unseen, together with the end of the chain.
    let unseen = found_after(format!("DELETE FROM events WHERE {ours} AND seq > 5; {}", head(5)));
    assert_eq!(unseen, "");
    yuanchi::jobs::take_checkpoints(&test.app).expect("the next checkpoint");
    let seen = found_after(format!("DELETE FROM events WHERE {ours} AND seq > 5; {}", head(5)));
    assert!(seen.contains("outbox audited event 7 is not the one"), "{seen}");
}

#[test]
fn c_61_a_copy_kept_elsewhere_finds_who_rewrote_everything_here() {
    let mut test = TestApp::start();
    test.expect_violations();
    happen(&test, 5);
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    let (here, copy) = (test.dir.join("checkpoints"), test.dir.join("kept-elsewhere"));
    std::fs::create_dir_all(&copy).expect("a folder");
    std::fs::copy(here.join("000001.txt"), copy.join("000001.txt")).expect("a copy");
    let fsck = |more: &[&str]| {
        let output = super::program::program(&test).arg("fsck").args(more).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let kept = copy.to_str().expect("a plain path").to_string();
    assert_eq!(fsck(&["--checkpoints", &kept]).0, Some(0), "before anything is altered");
    // Whoever owns machine and database cuts the end off, and every trace of it here.
    let tables = ["events", "checkpoint_leaves", "event_trees", "checkpoints"];
    for table in tables {
        test.tamper(&match test.on_postgres() {
            true => format!("ALTER TABLE {table} DISABLE TRIGGER USER"),
            false => format!("DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete"),
        });
    }
    test.tamper(match test.on_postgres() {
        true => "ALTER TABLE chain_heads DISABLE TRIGGER USER",
        false => "DROP TRIGGER chain_heads_no_return",
    });
    test.tamper(
        "DELETE FROM event_trees; DELETE FROM checkpoint_leaves; DELETE FROM checkpoints; \
         DELETE FROM events WHERE subject_id = 'audited' AND seq > 3; \
         UPDATE chain_heads SET seq = 3, checkpointed_seq = 0, hash = (SELECT e.hash FROM events e \
          WHERE e.subject_id = 'audited' AND e.seq = 3) WHERE subject_id = 'audited'",
    );
    std::fs::remove_file(here.join("000001.txt")).expect("gone");
    assert_eq!(fsck(&[]).0, Some(0), "nothing here tells");
    let (code, said) = fsck(&["--checkpoints", &kept]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("exported_checkpoint_is_in_store: checkpoint 1"), "{said}");
}

#[test]
fn c_61_nothing_is_done_or_shown_that_cannot_be_recorded() {
    let test = TestApp::start();
    let organisation = test.organisation("91440101MA59ABCD1X", "广州某某科技有限公司", "440106");
    let vendor = test.person("vendor@example.org", &[admin_of(organisation)]);
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let (mut own, mut reader) = (vendor.browser(), auditor.browser());
    let guard =
        if test.on_postgres() { "EXECUTE FUNCTION refuse_change()" } else { "BEGIN SELECT RAISE(ABORT, 'full'); END" };
    let each = if test.on_postgres() { "FOR EACH ROW" } else { "" };
    test.tamper(&format!("CREATE TRIGGER events_are_full BEFORE INSERT ON events {each} {guard}"));
    let contact = [("version", "1"), ("address", "别处"), ("contact_name", "李四"), ("contact_phone", "020-83133001")];
    own.post("/organisation/contact", &contact).expect(500);
    let address = format!("/accounts/{}", vendor.id);
    reader.get(&address).expect(500).hides("vendor@example.org");
    // What is about nobody is answered all the same.
    test.visitor().get("/calls").expect(200);
    test.tamper(if test.on_postgres() {
        "DROP TRIGGER events_are_full ON events"
    } else {
        "DROP TRIGGER events_are_full"
    });
    let kept = test.read(move |tx| Ok(db::organisations::find(tx.db, organisation)?));
    assert_eq!((kept.contact_name.as_str(), kept.version), (CONTACT_NAME, 1));
    own.post("/organisation/contact", &contact).expect(303);
    reader.get(&address).expect(200).shows("vendor@example.org");
}

#[test]
fn c_61_refusals_failed_sign_ins_and_disclosures_are_recorded() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let refused = |id: &str| of_account(&test, id, "account.refused");
    handler.browser().get("/accounts").expect(403);
    handler.browser().get(&format!("/events/account/{}?q=zhang.san@example.org", auditor.id)).expect(403);
    let noted = refused(handler.id.as_text());
    assert_eq!(noted.len(), 2);
    assert_eq!((noted[0].actor.as_str(), noted[0].role.as_str()), (handler.id.as_text(), "handler"));
    assert_eq!(
        noted[1].detail.0,
        json!({ "code": "wrong_role", "method": "GET", "route": "/events/{kind}/{id}",
                "ids": { "kind": "account", "id": auditor.id.as_text() }, "network": "127.0.0.1" })
    );
    let mut api = handler.api();
    for _ in 0..REFUSALS_AN_HOUR + 5 {
        api.get("/api/v1/events").expect(403);
    }
    assert_eq!(refused(handler.id.as_text()).len() as i64, REFUSALS_AN_HOUR, "nobody fills the record");
    test.visitor().get("/api/v1/events").expect(401);

    let sign_in = |email: &str| {
        let body = json!({ "email": email, "password": "not the right one at all" });
        test.visitor().call("POST", "/api/v1/tokens", &body).expect(422)
    };
    let (known, unknown) = (sign_in("handler@example.org"), sign_in("nobody.here@example.org"));
    assert_eq!(known.code(), unknown.code());
    assert_eq!(of_account(&test, handler.id.as_text(), "account.sign_in_failed").len(), 1);
    let strangers = of_account(&test, "unknown", "account.sign_in_failed");
    assert_eq!((strangers.len(), strangers[0].actor.as_str()), (1, "public"));
    assert!(!format!("{strangers:?}").contains("nobody.here"));

    let viewed = |id: &str| of_account(&test, id, "account.personal_data_viewed");
    auditor.browser().open(&format!("/accounts/{}", handler.id));
    auditor.api().get(&format!("/api/v1/accounts/{}", handler.id)).expect(200);
    let routes: Vec<Value> = viewed(auditor.id.as_text()).iter().map(|event| event.detail.0["route"].clone()).collect();
    assert_eq!(routes, [json!("/accounts/{id}"), json!("/api/v1/accounts/{id}")]);
    assert_eq!(viewed(auditor.id.as_text())[0].detail.0["ids"]["id"], handler.id.as_text());
    // Looking again is nothing new for a while; from the next quarter of an hour on it is.
    let mut again = auditor.browser();
    let address = format!("/accounts/{}", handler.id);
    again.open(&address);
    assert_eq!(viewed(auditor.id.as_text()).len(), 2);
    again.open(&format!("/accounts/{}", auditor.id));
    assert_eq!(viewed(auditor.id.as_text()).len(), 3, "somebody else");
    test.advance(Duration::minutes(ANOTHER_LOOK_MINUTES + 1));
    auditor.browser().open(&address);
    assert_eq!(viewed(auditor.id.as_text()).len(), 4);
    // A list over all is recorded each time: what it is narrowed to stands in no record.
    for _ in 0..2 {
        auditor.api().get("/api/v1/accounts").expect(200);
    }
    assert_eq!(viewed(auditor.id.as_text()).len(), 6);
    // Names and addresses of an organisation's people are such as well.
    let organisation = test.organisation("91440101MA59ABCD1X", "广州某某科技有限公司", "440106");
    handler.api().get(&format!("/api/v1/organisations/{organisation}/members")).expect(200);
    assert_eq!(viewed(handler.id.as_text())[0].detail.0["route"], "/api/v1/organisations/{id}/members");
    // The auditor finds all of it by what was done and by whom.
    let mut browser = auditor.browser();
    browser.open("/events?action=account.refused").shows("越权操作被拒绝").shows("handler");
    browser.open("/events?action=account.sign_in_failed").shows("登录失败");
}

#[test]
fn c_61_the_record_says_which_page_of_a_list_was_shown() {
    let scene = super::review::Scene::set(5);
    let auditor = scene.app.person("auditor@example.org", &[with(Role::Auditor)]);
    let noted = |id: &str, route: &str| -> Vec<Value> {
        let viewed = of_account(&scene.app, id, "account.personal_data_viewed").into_iter();
        let of_route = viewed.map(|event| event.detail.0).filter(|detail| detail["route"] == route);
        of_route.map(|detail| json!([detail["page"], detail["per_page"]])).collect()
    };
    let id = scene.handler.id.as_text();
    let (list, page) = (format!("/api/v1/reviews/{}/applications", scene.call), format!("/reviews/{}", scene.call));
    let mut api = scene.handler.api();
    // The same page once more is no other look, another one is.
    for query in ["", "?page=1&per_page=50", "?page=2", "?page=2&per_page=1", "?page=2"] {
        api.get(&format!("{list}{query}")).expect(200);
    }
    assert_eq!(
        noted(id, "/api/v1/reviews/{call}/applications"),
        [json!([1, 50]), json!([2, 50]), json!([2, 1])],
        "by a program"
    );
    let mut browser = scene.handler.browser();
    for query in ["", "?page=2", "?page=2&per_page=9", "?q=%E5%BC%A0%E4%B8%89", "?page=x"] {
        browser.get(&format!("{page}{query}")).expect(200);
    }
    assert_eq!(noted(id, "/reviews/{call}"), [json!([1, 50]), json!([2, 50])], "on a page");
    // What is no list has none, whatever its address says; a list over all is told each time, with its page.
    api.get(&format!("/api/v1/reviews/{}", scene.call)).expect(200);
    assert_eq!(noted(id, "/api/v1/reviews/{call}"), [json!([null, null])]);
    for query in ["?page=3&per_page=2", "?page=3&per_page=2"] {
        auditor.api().get(&format!("/api/v1/accounts{query}")).expect(200);
    }
    auditor.browser().get("/accounts?page=1&only=invited").expect(200);
    assert_eq!(noted(auditor.id.as_text(), "/api/v1/accounts"), [json!([3, 2]), json!([3, 2])]);
    assert_eq!(noted(auditor.id.as_text(), "/accounts"), [json!([1, 50])]);
}

#[test]
fn c_61_the_record_says_from_which_network() {
    let test = TestApp::start();
    let person = test.person_with_password("walker@example.org", &[]);
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let sign_in = |password: &str, network: &str| {
        let body = json!({ "email": person.email, "password": password }).to_string().into_bytes();
        let headers = [("content-type", "application/json"), ("x-forwarded-for", network)];
        test.visitor().send("POST", "/api/v1/tokens", &headers, body)
    };
    sign_in("not the right one at all", "203.0.113.9").expect(422);
    sign_in(PASSWORD, "2001:db8:1:2:3::4");
    let networks = |id: &str, action: &str| -> Vec<Value> {
        of_account(&test, id, action).iter().map(|event| event.detail.0["network"].clone()).collect()
    };
    let id = person.id.as_text();
    assert_eq!(networks(id, "account.sign_in_failed"), [json!("203.0.113.9")]);
    assert_eq!(networks(id, "account.signed_in"), [json!("2001:db8:1:2::/64")]);
    // Looking on from elsewhere is told as well, be it at the same.
    let mut program = auditor.api();
    for network in ["203.0.113.5", "203.0.113.5", "203.0.113.6"] {
        let address = format!("/api/v1/accounts/{id}");
        program.send("GET", &address, &[("x-forwarded-for", network)], Vec::new()).expect(200);
    }
    let own = auditor.id.as_text();
    assert_eq!(networks(own, "account.personal_data_viewed"), [json!("203.0.113.5"), json!("203.0.113.6")]);
    program.get("/api/v1/mails").expect(403);
    assert_eq!(networks(own, "account.refused"), [json!("127.0.0.1")]);
    auditor.browser().open("/events?action=account.signed_in").shows("来源网络").shows("2001:db8:1:2::/64");
    let listed = program.json("/api/v1/events?action=account.sign_in_failed");
    assert_eq!(listed["items"][0]["network"], "203.0.113.9");
}

#[test]
fn c_61_a_refusal_costs_no_more_however_long_a_record_has_grown() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]).actor();
    let due = test.write(move |tx| {
        let asked = Asked { method: "GET".into(), route: "/accounts".into(), ids: Default::default(), page: None };
        for _ in 0..=REFUSALS_AN_HOUR {
            watch::note_refusal(tx, &handler, "wrong_role", &asked)?;
        }
        let full = watch::is_refusal_due(tx, &handler)?;
        // No more than the end of the chain is read: what lies before it counts no more.
        for _ in 0..LOOKED_AT {
            watch::note_disclosure(tx, &handler, Disclosure::Viewed, &asked)?;
        }
        Ok([full, watch::is_refusal_due(tx, &handler)?])
    });
    assert_eq!(due, [false, true]);
}

fn verify(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yuanchi")).arg("verify").args(arguments).output().expect("it runs")
}

#[track_caller]
fn ends(output: &Output, code: i32, words: &str) {
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(words), "{words:?} is missing in {said}");
}

fn save(test: &TestApp, name: &str, bytes: &[u8]) -> String {
    let path = test.dir.join(name);
    std::fs::write(&path, bytes).expect("written");
    Path::to_str(&path).expect("a plain path").to_string()
}

#[test]
fn c_61_an_auditor_carries_the_record_away_with_its_proof() {
    let test = TestApp::start();
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let mut browser: Client = auditor.browser();
    happen(&test, 3);
    let before = browser.get("/events/outbox/audited/record.json").expect(200);
    yuanchi::jobs::take_checkpoints(&test.app).expect("a checkpoint");
    happen(&test, 1);
    browser.open("/events/outbox/audited").shows("导出本记录链");
    let whole = browser.get("/events/outbox/audited/record.json").expect(200);
    assert!(whole.header("content-disposition").is_some_and(|how| how.starts_with("attachment")));
    assert_eq!(auditor.api().json("/api/v1/events/outbox/audited/record"), whole.json());
    let chain = &whole.json()["chains"][0];
    assert_eq!((chain["events"].as_array().map(Vec::len), &chain["checkpoint"]["number"]), (Some(4), &json!(4)));
    // Each export is in the record itself.
    let exported = of_account(&test, auditor.id.as_text(), "account.record_exported");
    assert_eq!(exported.len(), 3);
    assert_eq!((&exported[0].detail.0["chains"], &exported[0].detail.0["events"]), (&json!(1), &json!(3)));

    let keys = save(&test, "keys.json", &test.visitor().get("/.well-known/yuanchi-keys.json").expect(200).body);
    let file = save(&test, "record.json", &whole.body);
    ends(&verify(&[&file, "--keys", &keys]), 0, "events 1 to 4 stand under checkpoint");
    ends(&verify(&[&file]), 3, "compare it with the published one");
    ends(&verify(&[&file, "--key", &"00".repeat(32)]), 1, "is signed by another key");
    for wrong in ["zz".to_string(), "00".repeat(31), "0g".repeat(32)] {
        ends(&verify(&[&file, "--key", &wrong]), 2, "is no public key; write its 64 hexadecimal digits");
    }
    // It carries its proof also where no checkpoint had been taken before.
    let first = save(&test, "before.json", &before.body);
    ends(&verify(&[&first, "--keys", &keys]), 0, "events 1 to 3 stand under checkpoint");
    // What no signature covers is told, and never passes: events that follow one another are written by anybody.
    let forged = |change: &dyn Fn(&mut Value)| {
        let mut record = whole.json();
        change(&mut record);
        save(&test, "forged.json", record.to_string().as_bytes())
    };
    let cut = forged(&|record| {
        let chain = &mut record["chains"][0];
        chain["checkpoint"] = Value::Null;
        chain["events"].as_array_mut().expect("events").truncate(2);
        let mut previous = yuanchi::domain::chain::GENESIS;
        for carried in chain["events"].as_array_mut().expect("events") {
            carried["event"]["actor"] = json!("public");
            let bytes = canonical::to_bytes(&carried["event"]).expect("whole numbers");
            previous = hash_after(&previous, &bytes);
            carried["hash"] = json!(hex::encode(previous));
        }
    });
    ends(&verify(&[&cut, "--keys", &keys]), 3, "2 of 2 events stand under no checkpoint");
    let early = before.json()["chains"][0]["checkpoint"].clone();
    let grown = forged(&|record| record["chains"][0]["checkpoint"] = early.clone());
    ends(&verify(&[&grown, "--keys", &keys]), 3, "1 of 4 events stand under no checkpoint");
    let empty = forged(&|record| record["chains"] = json!([]));
    ends(&verify(&[&empty, "--keys", &keys]), 2, "holds no chain of events");
    let text = whole.text();
    for (from, to, says) in [
        ("event 1\"", "event 8\"", "event 2: was altered, left out, moved or put in"),
        ("\"number\": 4", "\"number\": 3", "the checkpoint does not cover it"),
        ("yuanchi record 1", "yuanchi record 2", ""),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let changed = save(&test, "changed.json", changed.as_bytes());
        let output = verify(&[&changed, "--keys", &keys]);
        assert_ne!(output.status.code(), Some(0), "{from}");
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(said.contains(says), "{says:?} is missing in {said}");
    }

    // What a search finds, each subject whole.
    browser.open("/events?action=mail.retried").shows("导出查询到的全部记录链");
    let found = browser.get("/events/record.json?action=mail.retried").expect(200).json();
    assert_eq!(found["chains"].as_array().map(Vec::len), Some(1));
    browser.get("/events/record.json?action=key.rotated").expect(409).shows("没有符合条件的记录可供导出");
    browser.get("/events/record.json?from=tomorrow").expect(422);
    browser.get("/events/outbox/nothing/record.json").expect(404);
    let everything = browser.get("/events/record.json").expect(200);
    let file = save(&test, "everything.json", &everything.body);
    ends(&verify(&[&file, "--keys", &keys]), 0, "outbox audited");
    test.person("handler@example.org", &[with(Role::Handler)]).browser().get("/events/record.json").expect(403);

    // More than one file may hold: said beside the list, and no link leads to a refusal.
    test.write(|tx| {
        for number in 0..501 {
            let id = format!("audited-{number}");
            let record =
                Record { subject_kind: "outbox", subject_id: &id, action: "mail.retried", ..Record::default() };
            tx.record(&Actor::system(), record)?;
        }
        Ok(())
    });
    let (link, limit) = ("导出查询到的全部记录链", "一次最多导出 500 个对象");
    browser.open("/events").shows(limit).hides(link);
    browser.get("/events/record.json").expect(409).shows(limit).shows("data-sign-out").shows("返回工作台");
    browser.open("/events?action=mail.retried&subject=audited").shows(link).hides(limit);
}
