//! The record of a draw, carried away and re-done by the program itself and by another one.

use super::{Draw, ids};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn verify(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yuanchi")).args(["draw", "verify"]).args(arguments).output().expect("it runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Writes a file into the data folder of the test.
fn write(draw: &Draw, name: &str, bytes: &[u8]) -> PathBuf {
    let path = draw.scene.app.dir.join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn a_record_is_verified_offline_and_every_changed_byte_is_found() {
    let draw = Draw::set(8);
    let result = draw.drawn();
    let page = format!("/reviews/{}/draw", draw.scene.call);
    let answer = draw.auditor.browser().open(&format!("{page}/record.json"));
    assert!(answer.header("content-disposition").is_some_and(|how| how.starts_with("attachment")));
    let bytes = answer.body;
    assert_eq!(draw.scene.handler.api().get(&format!("{}/record", draw.path())).expect(200).body, bytes);
    let record = write(&draw, "record.json", &bytes);
    let events = draw.auditor.browser().open(&format!("{page}/events.json")).body;
    let chain = write(&draw, "events.json", &events);

    let output = verify(&[text(&record), "--events", text(&chain)]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = out(&output);
    for value in [&result["record_digest"], &draw.attempt()["list"]["chain_head"]] {
        assert!(said.contains(value.as_str().expect("a digest")), "{said}");
    }
    for id in ids(&result["panel"]).iter().chain(&ids(&result["reserves"])) {
        assert!(said.contains(id), "{said}");
    }
    let json: Value = serde_json::from_str(&out(&verify(&[text(&record), "--json"]))).expect("JSON");
    assert_eq!((&json["holds"], &json["record_digest"]), (&Value::from(true), &result["record_digest"]));

    // Whoever reads no further changes nothing about the verdict.
    for how in [&["--json"][..], &[]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_yuanchi"))
            .args(["draw", "verify", text(&record)])
            .args(how)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.code() == Some(0) && output.stderr.is_empty(), "{output:?}");
    }

    // The independent program agrees.
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain/draw/draw_verify.py");
    let output = Command::new("python3").arg(script).arg(&record).output().expect("python3");
    assert_eq!(out(&output).trim(), format!("ok {}", result["record_digest"].as_str().expect("a digest")));

    // Every byte, each changed in one bit, by the rules; a sample of them by the program.
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(yuanchi::domain::draw::verify(&changed).is_err(), "byte {at}");
        if at % 197 == 0 {
            let file = write(&draw, "changed.json", &changed);
            let output = verify(&[text(&file)]);
            assert!(matches!(output.status.code(), Some(1 | 2)), "byte {at}: {output:?}");
        }
    }

    // A difference is named by its path, or by its place where the file is no record any more.
    let honest = String::from_utf8(bytes).expect("text");
    let winner = ids(&result["panel"])[0].clone();
    let loser = ids(&result["reserves"])[0].clone();
    let swapped = honest.replace(&format!("\"panel\":[\"{winner}\""), &format!("\"panel\":[\"{loser}\""));
    let file = write(&draw, "swapped.json", swapped.as_bytes());
    let output = verify(&[text(&file)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("/result/0/panel/0") && out(&output).contains(&winner), "{}", out(&output));
    let file = write(&draw, "broken.json", &honest.as_bytes()[..100]);
    let output = verify(&[text(&file)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("line 1, column 100"), "{output:?}");
    let file = write(&draw, "member.json", honest.replacen("\"seed\"", "\"seeds\"", 1).as_bytes());
    let output = verify(&[text(&file)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("unknown field `seeds`"), "{output:?}");
    let output = verify(&[text(&record), "--events", text(&file)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("differs at /events"), "{output:?}");
    let output = verify(&["/nowhere/record.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/nowhere/record.json"));

    // A chain that was rewritten, or is another one's, does not fit.
    let events = String::from_utf8(events).expect("text");
    let digest = result["record_digest"].as_str().expect("a digest");
    for (from, to) in [(digest.to_string(), "0".repeat(64)), ("draw.announced".into(), "draw.pronounced".into())] {
        let changed = events.replacen(&from, &to, 1);
        assert_ne!(changed, events);
        let file = write(&draw, "rewritten.json", changed.as_bytes());
        let output = verify(&[text(&record), "--events", text(&file)]);
        assert_eq!(output.status.code(), Some(1));
        assert!(out(&output).contains("/events/"), "{}", out(&output));
    }
    let none = write(&draw, "none.json", b"[]");
    assert_eq!(verify(&[text(&record), "--events", text(&none)]).status.code(), Some(1));
}

#[test]
fn the_rules_are_public() {
    let draw = Draw::set(1);
    draw.scene.app.visitor().open("/how/draw").shows("yuanchi-draw/1").shows("Why it is unbiased");
}
