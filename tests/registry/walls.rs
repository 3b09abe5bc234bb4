//! The walls: who is answered what, what may be sent, and what no request may do. One file a kind of attack.

mod acts;
mod described;
mod disclosed;
mod fields;
mod matrix;
mod objects;
mod said;
mod wire;
mod words;
mod world;

use super::architecture::read;
use std::path::Path;

/// Compares a text with its reviewed copy below `snapshots`; `UPDATE_SNAPSHOTS=1` writes it.
#[track_caller]
pub fn reviewed(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/registry/snapshots").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, text).expect("the snapshot");
    }
    let known = if path.exists() { read(&path) } else { String::new() };
    let (old, new): (Vec<&str>, Vec<&str>) = (known.lines().collect(), text.lines().collect());
    if old == new {
        return;
    }
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    let changes: Vec<String> = gone.chain(come).take(60).collect();
    panic!(
        "{name} is not what was looked through; look through it, then run the test with UPDATE_SNAPSHOTS=1:\n{}",
        changes.join("\n")
    );
}
