//! What others verify offline: lists, events, certificates, by the program itself and by others; and the keys they are signed by.

mod certificates;
mod events;
mod keys;
mod lists;
mod pool;

use super::lists::{Scene, scene};
use super::support::TestApp;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use yuanchi::domain::ids::PublishedListId;
use yuanchi::domain::procedure::State;

/// A scene with so many names published, and the list.
fn published(names: usize) -> (Scene, PublishedListId) {
    let mut scene = scene();
    for _ in 0..names {
        scene.noticed(State::InNotice, "佛山市");
    }
    let id = publish(&scene);
    (scene, id)
}

fn publish(scene: &Scene) -> PublishedListId {
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    id
}

/// Downloads a public file into the test's folder.
#[track_caller]
fn fetch(test: &TestApp, address: &str, name: &str) -> PathBuf {
    save(test, name, &test.visitor().get(address).expect(200).body)
}

fn save(test: &TestApp, name: &str, bytes: &[u8]) -> PathBuf {
    let path = test.dir.join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

/// Downloads a list with its proof and the keys: the paths of text, proof and keys.
fn carried(test: &TestApp, id: PublishedListId) -> (PathBuf, PathBuf, PathBuf) {
    (
        fetch(test, &format!("/lists/{id}/list.json"), &format!("list-{id}.json")),
        fetch(test, &format!("/lists/{id}/proof.json"), &format!("list-{id}.proof.json")),
        fetch(test, "/.well-known/yuanchi-keys.json", "keys.json"),
    )
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

fn verify(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yuanchi")).arg("verify").args(arguments).output().expect("it runs")
}

/// The independent program, as the service hands it out.
fn python(test: &TestApp, arguments: &[&str]) -> Output {
    let script = fetch(test, "/how/list_verify.py", "list_verify.py");
    Command::new("python3").arg(script).args(arguments).output().expect("python3")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn ends(output: &Output, code: i32, words: &str) {
    let said = said(output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(words), "{words:?} is missing in {said}");
}
