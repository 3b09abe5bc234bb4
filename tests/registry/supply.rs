//! What is linked, and what the code may never do: read from the lock file and from the source.

use super::architecture::{code, files, read, shown};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Rules {
    bans: Bans,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
}

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn c_59_no_banned_crate_is_linked_and_all_come_from_the_one_registry() {
    let lock: Lock = toml::from_str(&read(&at("Cargo.lock"))).expect("the lock file");
    let rules: Rules = toml::from_str(&read(&at(".ci/deny.toml"))).expect("the rules");
    let banned: BTreeSet<&str> = rules.bans.deny.iter().map(|banned| banned.name.as_str()).collect();
    assert!(banned.contains("h2") && banned.contains("actix-governor"), "{banned:?}");
    assert!(lock.package.len() > 100, "{}", lock.package.len());
    let linked: Vec<&str> =
        lock.package.iter().map(|package| package.name.as_str()).filter(|name| banned.contains(name)).collect();
    assert!(linked.is_empty(), "{linked:?} must not be linked");
    let registry = "registry+https://github.com/rust-lang/crates.io-index";
    let strays = lock.package.iter().filter(|package| package.name != "yuanchi");
    let strays: Vec<&str> = strays
        .filter(|package| package.source.as_deref() != Some(registry))
        .map(|package| package.name.as_str())
        .collect();
    assert!(strays.is_empty(), "{strays:?} come from elsewhere");
}

/// What proves a clean clone looks at the licences, writes the bill of materials, and builds what the lock file says.
#[test]
fn c_59_a_clean_clone_is_held_to_its_licences_and_to_its_lock_file() {
    let script = read(&at(".ci/run"));
    // Headings and remarks run nothing.
    let runs = |line: &&str| !["#", "section ", "printf "].iter().any(|start| line.trim_start().starts_with(start));
    let lines: Vec<&str> = script.lines().filter(runs).collect();
    assert!(lines.iter().any(|line| line.starts_with("set -") && line.contains('e')), "a step that fails ends it");
    for step in [".ci/licences.py", ".ci/sbom.py"] {
        assert!(at(step).is_file(), "{step}");
        let called: Vec<&&str> = lines.iter().filter(|line| line.contains(&format!("python3 {step}"))).collect();
        assert_eq!(called.len(), 1, "{step} is not called once");
        assert!(!called[0].contains("||"), "{step} may fail unseen: {}", called[0]);
    }
    let works = ["build", "clippy", "metadata", "run", "test"].map(|work| format!("cargo {work} "));
    let building: Vec<&&str> = lines.iter().filter(|line| works.iter().any(|work| line.contains(work))).collect();
    assert!(building.len() >= 8, "{building:?}");
    let loose: Vec<&&&str> = building.iter().filter(|line| !line.contains("--locked")).collect();
    assert!(loose.is_empty(), "these may take other versions than the lock file's: {loose:?}");
}

#[test]
fn c_59_no_code_of_ours_may_be_unsafe() {
    for root in ["src/lib.rs", "src/main.rs"] {
        let forbids = code(&at(root)).iter().any(|(_, line)| line.trim() == "#![forbid(unsafe_code)]");
        assert!(forbids, "{root} does not forbid it");
    }
}

/// Fails for each line of the server's own code that holds one of these texts, except in these files.
#[track_caller]
fn nowhere(texts: &[&str], except: &[&str]) {
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let name = shown(&path);
        if except.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        for (number, line) in code(&path) {
            let found = texts.iter().filter(|text| line.contains(*text));
            wrong.extend(found.map(|text| format!("{name}:{number}: {text:?} must not be here: {}", line.trim())));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn c_35_no_setting_and_no_request_starts_a_program() {
    nowhere(&["process::Command", "Command::new", "posix_spawn", "libc::exec", "dlopen"], &[]);
    // No setting names a program: what sends mail is a server or a folder.
    let settings = read(&at("config/default.toml"));
    let keys: Vec<&str> = settings.lines().filter(|line| !line.starts_with('#')).collect();
    for word in ["command", "program =", "exec", "sendmail"] {
        assert!(!keys.iter().any(|line| line.contains(word)), "{word} in a setting");
    }
}

#[test]
fn c_36_nothing_is_asked_for_at_an_address_that_somebody_gave() {
    // Outgoing connections are made in three places, and each goes where the settings say: the store of documents, the
    // provider of identities, and mail.
    nowhere(
        &["ureq::", "reqwest", "hyper::client", "awc::", "TcpStream::connect", "UdpSocket"],
        &["src/storage/s3", "src/identity/oidc/fetch.rs"],
    );
    nowhere(&["SmtpTransport"], &["src/mail", "src/app.rs"]);
    for room in ["src/storage", "src/identity"] {
        let stays = files(room, &[".rs"]).iter().any(|path| read(path).contains("max_redirects(0)"));
        assert!(stays, "{room} must not follow where an answer leads");
    }
}

#[test]
fn c_34_what_people_write_is_never_read_as_a_template() {
    // Templates are compiled into the program; words and letters take what people wrote as arguments.
    nowhere(&["minijinja", "tera::", "handlebars", "eval(", "from_template"], &["src/storage/corpus.rs"]);
    let unescaped: Vec<String> = files("src/views", &[".html"])
        .iter()
        .filter(|path| read(path).contains("|safe") || read(path).contains("| safe"))
        .map(|path| shown(path))
        .collect();
    assert!(unescaped.is_empty(), "{unescaped:?}");
}
