//! The house as it was drawn: who may import whom, and what stands nowhere.

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What each room may import; the order is that of `src/lib.rs`.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("config", &["config"]),
    ("identity", &["identity"]),
    ("keys", &["keys"]),
    ("mail", &["mail", "domain"]),
    ("storage", &["storage"]),
    ("spreadsheet", &["spreadsheet", "domain", "storage"]),
    ("words", &["words", "domain"]),
    ("db", &["db", "domain"]),
    ("error", &["error", "db", "domain"]),
    ("auth", &["auth", "domain", "error"]),
    (
        "actions",
        &[
            "actions",
            "db",
            "domain",
            "error",
            "auth",
            "config",
            "identity",
            "keys",
            "mail",
            "spreadsheet",
            "storage",
            "words",
        ],
    ),
    (
        "app",
        &["app", "actions", "db", "domain", "error", "auth", "config", "identity", "keys", "mail", "storage", "words"],
    ),
    ("web", &["web", "app", "actions", "db", "domain", "error", "auth", "config", "spreadsheet", "storage", "words"]),
    (
        "api",
        &["api", "web", "app", "actions", "db", "domain", "error", "auth", "config", "spreadsheet", "storage", "words"],
    ),
    ("jobs", &["jobs", "app", "actions", "db", "domain", "error", "mail", "storage"]),
    ("server", &["server", "api", "web", "app", "config", "error"]),
    (
        "cli",
        &[
            "cli",
            "server",
            "jobs",
            "api",
            "web",
            "app",
            "actions",
            "db",
            "domain",
            "error",
            "auth",
            "config",
            "keys",
            "mail",
            "spreadsheet",
            "storage",
            "words",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// What may lie at the top of the repository.
const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "migrations",
    "diesel.toml",
    "config",
    "tests",
    "benches",
    "README.md",
    "LICENSE",
];

/// Every file below a folder with one of these endings.
pub fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, endings, found);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(ROOT).join(folder), endings, &mut found);
    found.sort();
    found
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub fn shown(path: &Path) -> String {
    path.strip_prefix(ROOT).unwrap_or(path).display().to_string()
}

/// A source file without its comments and its tests, line by line with their numbers.
pub fn code(path: &Path) -> Vec<(usize, String)> {
    let text = read(path);
    if path.to_string_lossy().ends_with("_tests.rs") {
        return Vec::new();
    }
    let production = text.split("#[cfg(test)]\nmod ").next().unwrap_or(&text);
    (1..)
        .zip(production.lines())
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number, line.split(" // ").next().unwrap_or(line).to_string()))
        .collect()
}

/// The room of a source file: the first part of its path below `src`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(ROOT).join("src")).expect("below src");
    let first = inside.components().next().expect("a part").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_string()
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let room = room(&path);
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{}: the room {room} is not in the table", shown(&path)));
            continue;
        };
        for (number, line) in code(&path) {
            for after in line.split("crate::").skip(1) {
                for name in imported(after) {
                    if ALLOWED.iter().any(|(room, _)| *room == name) && !allowed.contains(&name.as_str()) {
                        wrong.push(format!("{}:{number}: {room} imports {name}", shown(&path)));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The rooms named right after `crate::`: one, or several in braces.
fn imported(after: &str) -> Vec<String> {
    let word = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    match after.strip_prefix('{') {
        Some(list) => list.split(['}', ';']).next().unwrap_or(list).split(',').map(word).collect(),
        None => vec![word(after)],
    }
}

/// Fails for each line of these files that holds one of these texts.
fn nowhere(paths: Vec<PathBuf>, texts: &[&str]) {
    let mut wrong = Vec::new();
    for path in paths {
        for (number, line) in code(&path) {
            wrong.extend(
                texts
                    .iter()
                    .filter(|text| line.contains(*text))
                    .map(|text| format!("{}:{number}: {text:?} must not be here: {}", shown(&path), line.trim())),
            );
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn outside(rooms: &[&str]) -> Vec<PathBuf> {
    files("src", &[".rs"]).into_iter().filter(|path| !rooms.contains(&room(path).as_str())).collect()
}

/// WCAG 2.2, 2.1.1: what can be scrolled can be scrolled by the keyboard, and says what it is when the focus comes to it.
#[test]
fn a_table_that_may_scroll_can_be_reached_and_has_a_name() {
    let mut wrong = Vec::new();
    for path in files("src/views", &[".html"]) {
        let text = read(&path);
        for (at, opening) in text.match_indices("class=\"table-scroll\"") {
            let tag = text[at + opening.len()..].split("\">").next().unwrap_or_default();
            let is_reached =
                ["region", "group"].iter().any(|role| tag.starts_with(&format!(" tabindex=\"0\" role=\"{role}\" ")));
            let is_named = tag.contains("aria-label=\"{") || tag.contains("aria-labelledby=\"");
            if !(is_reached && is_named) {
                wrong.push(format!("{}: {opening}{tag}", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "write tabindex=\"0\" role=\"group\" aria-label=\"…\":\n{}", wrong.join("\n"));
}

#[test]
fn transactions_and_sql_are_the_databases_alone() {
    nowhere(
        outside(&["db"]),
        &[".transaction(", "sql_query", "batch_execute", "diesel::insert_into", "BEGIN IMMEDIATE"],
    );
}

/// A change begins and ends sessions by its transaction, which knows the one that it stands on itself (`src/actions/footing.rs`).
#[test]
fn sessions_are_ended_by_what_knows_ones_own() {
    nowhere(outside(&["db"]), &["sessions::end(tx.db", "sessions::end_all(tx.db", "sessions::create(tx.db"]);
}

/// Ids of what belongs to a tenant: to an organisation, or to a file of one.
const OF_TENANTS: &[&str] = &[
    "ApplicationId",
    "AssignmentId",
    "AttachmentId",
    "ChangeSetId",
    "CorrectionId",
    "EvidenceId",
    "JoinRequestId",
    "MailBatchId",
    "MailId",
    "MembershipId",
    "ObjectionId",
    "OrganisationId",
    "RecommendationId",
    "SubmissionId",
];

/// Every reading by such an id that takes no scope, with why nobody comes to another's row by it. A new one takes a `Scope`,
/// or a reason here.
const WITHOUT_A_SCOPE: &[(&str, &[&str])] = &[
    (
        "parts of a file: whoever asks has found the application itself within a scope",
        &[
            "applications::recommendation",
            "attachments::of_application",
            "corrections::of_application",
            "discussions::of_file",
            "discussions::positions_of_file",
            "notices::of_application",
            "recommendations::of_application",
            "screenings::documents",
            "screenings::of_application",
            "submissions::of_application",
        ],
    ),
    (
        "parts of a charge: whoever asks has found the assignment itself, as its expert or as an organiser",
        &["explanations::find", "extra_sheets::find", "sheets::sheet"],
    ),
    (
        "an expert's own: the expert is part of the condition",
        &[
            "assignments::assigned_application",
            "assignments::find_own_assignment",
            "assignments::find_own_assignment_to_change",
        ],
    ),
    (
        "the department's: the door is open to organisers and officers alone, who see every file under review",
        &["files::documents", "files::file", "assignments::find_assignment"],
    ),
    (
        "the department's: the door is open to officers alone, who see every objection",
        &[
            "objections::evidence_of",
            "objections::find",
            "objections::find_evidence",
            "objections::find_to_change",
            "objections::identity_of",
        ],
    ),
    (
        "an act on many: its call or its kind is part of the condition",
        &["change_sets::find_in_call", "change_sets::find_of_kind"],
    ),
    (
        "letters: of one's own, with the account in the condition; of an act that was found within a scope; or without \
         their text, for the system's administrators alone",
        &[
            "mail_batches::own_note",
            "mail_batches::own_notes",
            "mails::find",
            "mails::find_in_inbox",
            "mails::of_batch",
            "mails::samples",
        ],
    ),
    (
        "an organisation's: `visible` of the API, `licence`, `household` and the roles of the pages stand before them",
        &[
            "accounts::holders_in_organisation",
            "accounts::members",
            "applications::of_organisation_in_call",
            "code_overrides::find",
            "held::letters",
            "held::questions",
            "join_requests::find",
            "join_requests::of_organisation",
            "join_requests::waiting",
            "membership_proposals::organisation_barred",
            "memberships::of_organisation",
            "organisations::find",
            "organisations::lock",
        ],
    ),
    (
        "a membership's: `must_see` of the actions stands behind the one reading that others rest on",
        &["membership_proposals::pending", "memberships::call_of", "memberships::find", "memberships::lock"],
    ),
];

/// Public functions of a file that read rows by a tenant's bare id.
fn readings_by_bare_id(path: &Path) -> Vec<String> {
    let source: Vec<String> = code(path).into_iter().map(|(_, line)| line).collect();
    let source = source.join("\n");
    let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    for after in source.split("pub fn ").skip(1) {
        let head = after.split(" {\n").next().unwrap_or(after);
        let Some((name, rest)) = head.split_once('(') else { continue };
        let name = name.split('<').next().unwrap_or(name);
        let by_id = OF_TENANTS.iter().any(|id| [",", ")"].iter().any(|end| rest.contains(&format!(": {id}{end}"))));
        let gives = rest.rsplit_once("-> ").map_or("", |(_, gives)| gives).split("\nwhere").next().unwrap_or_default();
        let is_reading =
            !["QueryResult<()>", "QueryResult<bool>", "QueryResult<usize>", "QueryResult<i64>"].contains(&gives.trim());
        if by_id && is_reading && !rest.contains("&Scope") {
            found.push(format!("{file}::{name}"));
        }
    }
    found
}

#[test]
fn c_19_whatever_reads_by_a_tenants_id_takes_a_scope_or_has_a_reason() {
    let mut found: Vec<String> = files("src/db", &[".rs"]).iter().flat_map(|path| readings_by_bare_id(path)).collect();
    found.sort();
    let mut reasoned: Vec<&str> = WITHOUT_A_SCOPE.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    reasoned.sort_unstable();
    let new: Vec<&String> = found.iter().filter(|name| !reasoned.contains(&name.as_str())).collect();
    let gone: Vec<&&str> = reasoned.iter().filter(|name| !found.iter().any(|known| known == *name)).collect();
    assert!(new.is_empty(), "these take no scope and have no reason: {new:?}");
    assert!(gone.is_empty(), "these are no longer there, or take a scope now: {gone:?}");
}

/// Tables that hold what some readers of a review or of an objection must not learn.
const HIDDEN: [&str; 8] = [
    "discussion_positions",
    "discussions",
    "expert_ties",
    "extra_sheets",
    "objection_identities",
    "score_explanations",
    "score_sheets",
    "sheet_versions",
];

/// The functions of a file, each as its text.
fn functions(path: &Path) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, line) in code(path) {
        if ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn "].iter().any(|start| line.starts_with(start)) {
            found.push(String::new());
        }
        if let Some(last) = found.last_mut() {
            last.push_str(&line);
            last.push('\n');
        }
    }
    found
}

/// How long a query takes tells what is hidden where a reader's own words or wishes are compared with it (HotCRP,
/// GHSA-fr3q). So no query that is put together by what a reader asks for names such a table at all, and of applications
/// it begins with whose they are.
#[test]
fn c_21_no_readers_wish_is_compared_with_what_is_hidden() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in files("src/db", &[".rs"]) {
        for function in functions(&path) {
            if ![".like(", ".into_boxed("].iter().any(|wish| function.contains(wish)) {
                continue;
            }
            count += 1;
            let head = function.lines().next().unwrap_or_default().to_string();
            let hidden = HIDDEN.iter().filter(|table| function.contains(&format!("{table}::")));
            wrong.extend(hidden.map(|table| format!("{}: {head} asks {table}", shown(&path))));
            if function.contains("applications::table.into_boxed(") {
                wrong.push(format!("{}: {head} asks whose they are too late", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count > 15, "{count} such queries were looked at");
}

#[test]
fn the_rules_are_pure() {
    let domain: Vec<_> = files("src/domain", &[".rs"]);
    nowhere(domain, &["diesel", "actix", "std::fs", "std::env", "std::time", "Utc::now", "SystemTime", "getrandom"]);
}

#[test]
fn there_is_one_clock() {
    let mut paths = outside(&["app"]);
    paths.retain(|path| !shown(path).starts_with("src/domain"));
    nowhere(paths, &["Utc::now", "Local::now"]);
}

#[test]
fn nothing_unsafe_and_no_other_program() {
    nowhere(files("src", &[".rs"]), &["unsafe {", "unsafe fn", "unsafe impl", "process::Command", "todo!(", "dbg!("]);
}

#[test]
fn c_38_templates_hold_no_script_no_style_and_escape_everything() {
    let inline =
        ["|safe", "| safe", " style=", " onclick=", " onsubmit=", " onchange=", "<style", "<script>", "javascript:"];
    nowhere(files("src/views", &[".html"]), &inline);
}

#[test]
fn words_are_in_the_locale_files() {
    let mut wrong = Vec::new();
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for path in files("src", &[".rs", ".html"]) {
        let name = shown(&path);
        // What is read and written by rule, not shown as a sentence: names in files of others, folding of text.
        // A demonstration's companies and answers are data, not words of the service.
        let data = ["src/domain", "src/storage", "src/mail", "src/cli/demo", "src/actions/import_list.rs"];
        if data.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        let text = read(&path);
        if name.ends_with(".html") {
            let mut rest = text.as_str();
            let mut bare = String::new();
            while let Some((before, after)) = rest.split_once("{#") {
                bare.push_str(before);
                rest = after.split_once("#}").map_or("", |(_, after)| after);
            }
            bare.push_str(rest);
            wrong.extend(bare.lines().filter(|line| line.contains(is_chinese)).map(|line| format!("{name}: {line}")));
        } else {
            // A single character is a character that a rule looks for, not words.
            let words = |line: &str| line.chars().filter(|c| is_chinese(*c)).count() > 1;
            let lines = code(&path).into_iter().filter(|(_, line)| words(line));
            wrong.extend(lines.map(|(number, line)| format!("{name}:{number}: {}", line.trim())));
        }
    }
    assert!(wrong.is_empty(), "words belong into src/locales:\n{}", wrong.join("\n"));
}

#[test]
fn the_top_level_is_short() {
    let extra: Vec<String> = std::fs::read_dir(ROOT)
        .expect("the repository")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str()))
        // What a build and a run leave behind, named in .gitignore.
        .filter(|name| !matches!(name.as_str(), "target" | "data") && !name.ends_with(".log"))
        .collect();
    assert!(extra.is_empty(), "{extra:?} need a reason to lie at the top");
}
