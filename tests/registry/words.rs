//! Every key that the code asks for has words, and every key that has words is asked for.

use super::architecture::{code, files, read, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yuanchi::domain::actor::Role;
use yuanchi::domain::call::{CallStatus, Phase};
use yuanchi::domain::language::Language;
use yuanchi::domain::mail_batch::MailAct;
use yuanchi::domain::membership::StandingOnDate;
use yuanchi::domain::procedure::{Action, State, Station};
use yuanchi::domain::recusal::{Exclusion, TieKind};
use yuanchi::domain::scoring::cutline::Aggregation;
use yuanchi::domain::status::*;
use yuanchi::domain::timeline::{Place, Stop};

/// What an [`yuanchi::error::Error`] without a refusal says.
const ERROR_CODES: &[&str] = &[
    "invalid",
    "not_found",
    "stale",
    "unauthenticated",
    "malformed",
    "unsupported_type",
    "too_slow",
    "busy",
    "internal",
];

/// Keys by file, with duplicates.
fn keys() -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for path in files("src/locales/zh-CN", &[".ftl"]) {
        for line in read(&path).lines() {
            let name: String =
                line.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            if !name.is_empty() && line[name.len()..].trim_start().starts_with('=') {
                keys.push((name, shown(&path)));
            }
        }
    }
    keys
}

fn known() -> BTreeSet<String> {
    keys().into_iter().map(|(key, _)| key).collect()
}

/// The source without comments and tests, as one text a file.
fn sources() -> Vec<(String, String)> {
    let text_of = |path: &Path| code(path).into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    files("src", &[".rs", ".html"]).iter().map(|path| (shown(path), text_of(path))).collect()
}

/// The arguments of each call of `name`, each with the string literals in it.
fn calls(source: &str, name: &str) -> Vec<Vec<Vec<String>>> {
    let mut found = Vec::new();
    let open = format!("{name}(");
    for (at, _) in source.match_indices(&open) {
        let before = source[..at].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || before == '_' || source[..at].ends_with("fn ") {
            continue;
        }
        found.push(arguments(&source[at + open.len()..]));
    }
    found
}

fn arguments(rest: &str) -> Vec<Vec<String>> {
    let mut arguments = vec![Vec::new()];
    let mut depth = 0;
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let mut literal = String::new();
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => literal.extend(chars.next()),
                        c => literal.push(c),
                    }
                }
                if depth == 0
                    && let Some(last) = arguments.last_mut()
                {
                    last.push(literal);
                }
            }
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => break,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => arguments.push(Vec::new()),
            _ => {}
        }
    }
    arguments
}

/// Keys that the code asks for, with where.
fn asked() -> BTreeMap<String, String> {
    let mut asked = BTreeMap::new();
    for (file, source) in sources() {
        let mut ask = |prefix: &str, literals: Option<&Vec<String>>, suffixes: &[&str]| {
            for literal in literals.into_iter().flatten().filter(|l| !l.is_empty() && !l.starts_with(['/', '['])) {
                for suffix in suffixes {
                    asked.insert(format!("{prefix}{literal}{suffix}"), file.clone());
                }
            }
        };
        for name in ["t", "t1", "t2"] {
            calls(&source, name).iter().for_each(|args| ask("", args.first(), &[""]));
        }
        for name in ["titled", "bare", "say", "say_with"] {
            calls(&source, name).iter().for_each(|args| ask("", args.get(1), &[""]));
        }
        for name in ["see_other", "flash_cookie"] {
            let place = usize::from(name == "see_other");
            calls(&source, name).iter().for_each(|args| ask("done-", args.get(place), &[""]));
        }
        for name in ["Refusal::forbidden", "Refusal::conflict", "Refusal::unacceptable", "Refusal::too_many"] {
            calls(&source, name).iter().for_each(|args| ask("refusal-", args.first(), &[""]));
        }
        for name in ["Problem::new", "Error::field"] {
            calls(&source, name).iter().for_each(|args| ask("problem-", args.get(1), &[""]));
        }
        for name in [
            ".post",
            ".post_to_organisation",
            ".post_to_organisation_from",
            ".post_to_bureau",
            ".post_to_role",
            ".post_to_role_naming",
        ] {
            calls(&source, &name[1..]).iter().for_each(|args| ask("mail-", args.get(1), &["-subject", "-body"]));
        }
    }
    for code in ERROR_CODES {
        asked.insert(format!("refusal-{code}"), "src/error.rs".into());
    }
    asked
}

/// Beginnings of keys that are put together in the code.
fn beginnings() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, source) in sources() {
        for args in calls(&source, "t_of") {
            found.extend(args.first().into_iter().flatten().map(|prefix| format!("{prefix}-")));
        }
        // `format!("role-{role}")`
        for (at, _) in source.match_indices("-{") {
            let start = source[..at].rfind('"').map_or(0, |quote| quote + 1);
            let literal = &source[start..at];
            if !literal.is_empty() && literal.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_')) {
                found.insert(format!("{literal}-"));
            }
        }
    }
    found
}

/// Every value of an enum that is shown, under its beginning.
fn enums() -> Vec<(&'static str, Vec<&'static str>)> {
    fn all<T>(values: &'static [T], text: fn(&T) -> &'static str) -> Vec<&'static str> {
        values.iter().map(text).collect()
    }
    vec![
        ("state", all(State::ALL, State::as_text)),
        ("action", all(Action::ALL, Action::as_text)),
        ("role", all(Role::ALL, Role::as_text)),
        ("station", all(Station::ALL, Station::as_text)),
        ("station", all(Stop::ALL, Stop::as_text)),
        ("timeline-place", all(Place::ALL, Place::as_text)),
        ("phase", all(Phase::ALL, Phase::as_text)),
        ("standing", all(Standing::ALL, Standing::as_text)),
        ("standing", all(StandingOnDate::ALL, StandingOnDate::as_text)),
        ("membership-proposal", all(ProposalKind::ALL, ProposalKind::as_text)),
        ("call-status", all(CallStatus::ALL, CallStatus::as_text)),
        ("account-status", all(AccountStatus::ALL, AccountStatus::as_text)),
        ("expert-status", all(ExpertStatus::ALL, ExpertStatus::as_text)),
        ("draw-status", all(DrawStatus::ALL, DrawStatus::as_text)),
        ("session-status", all(SessionStatus::ALL, SessionStatus::as_text)),
        ("assignment-status", all(AssignmentStatus::ALL, AssignmentStatus::as_text)),
        ("sheet-status", all(SheetStatus::ALL, SheetStatus::as_text)),
        ("decision-status", all(DecisionStatus::ALL, DecisionStatus::as_text)),
        ("decision-turn", all(DecisionTurn::ALL, DecisionTurn::as_text)),
        ("objection-status", all(ObjectionStatus::ALL, ObjectionStatus::as_text)),
        ("list-status", all(ListStatus::ALL, ListStatus::as_text)),
        ("list-kind", all(ListKind::ALL, ListKind::as_text)),
        ("discussion-grounds", all(Grounds::ALL, Grounds::as_text)),
        ("review-next", all(ReviewNext::ALL, ReviewNext::as_text)),
        ("review-obstacle", all(Obstacle::ALL, Obstacle::as_text)),
        ("outcome", all(Outcome::ALL, Outcome::as_text)),
        ("aggregate", all(Aggregation::ALL, Aggregation::as_text)),
        ("mail-act", all(MailAct::ALL, MailAct::as_text)),
        ("mail-standing", all(MailStanding::ALL, MailStanding::as_text)),
        ("tie-kind", all(TieKind::ALL, TieKind::as_text)),
        ("exclusion", all(Exclusion::ALL, Exclusion::as_text)),
    ]
}

#[test]
fn no_key_stands_twice() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut twice = Vec::new();
    for (key, file) in keys() {
        if let Some(before) = seen.insert(key.clone(), file.clone()) {
            twice.push(format!("{key}: in {before} and in {file}"));
        }
    }
    assert!(twice.is_empty(), "\n{}", twice.join("\n"));
}

#[test]
fn every_key_asked_for_has_words() {
    let known = known();
    let missing: Vec<String> = asked()
        .into_iter()
        .filter(|(key, _)| !known.contains(key))
        .map(|(key, file)| format!("{key}  ({file})"))
        .collect();
    assert!(missing.is_empty(), "{} keys without words:\n{}", missing.len(), missing.join("\n"));
}

/// Literals such as `call.approved` in the actions.
fn recorded() -> BTreeSet<String> {
    let part = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let mut found = BTreeSet::new();
    for (_, source) in sources().into_iter().filter(|(file, _)| file.starts_with("src/actions")) {
        for (at, _) in source.match_indices('"') {
            let literal = source[at + 1..].split('"').next().unwrap_or_default();
            if literal.split_once('.').is_some_and(|(noun, verb)| part(noun) && part(verb)) {
                found.insert(literal.to_string());
            }
        }
    }
    found
}

#[test]
fn every_recorded_action_has_words_for_the_auditor() {
    let known = known();
    let words = sources().into_iter().find(|(file, _)| file == "src/web/events/words.rs").expect("the words").1;
    let listed: BTreeSet<String> = words.split('"').filter(|text| text.contains('.')).map(Into::into).collect();
    let nouns: BTreeSet<&str> = listed.iter().filter_map(|code| Some(code.split_once('.')?.0)).collect();
    let mut missing = Vec::new();
    for code in recorded().into_iter().filter(|code| nouns.contains(code.split('.').next().unwrap_or_default())) {
        let name = code.replace(['.', '_'], "-");
        if !listed.contains(&code) {
            missing.push(format!("{code} is not in the list of actions"));
        }
        if !known.contains(&format!("event-{name}")) && !known.contains(&format!("record-{name}")) {
            missing.push(format!("record-{name}"));
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

#[test]
fn every_mail_has_a_name_for_the_list_of_mails() {
    let known = known();
    let templates = known.iter().filter_map(|key| key.strip_prefix("mail-")?.strip_suffix("-subject"));
    let missing: Vec<&str> = templates.filter(|name| !known.contains(&format!("mail-kind-{name}"))).collect();
    assert!(missing.is_empty(), "without a name: {missing:?}");
}

#[test]
fn every_value_that_is_shown_has_words() {
    let known = known();
    let beginnings = beginnings();
    let mut missing = Vec::new();
    for (beginning, values) in enums() {
        if beginnings.contains(&format!("{beginning}-")) {
            let keys = values.iter().map(|value| format!("{beginning}-{value}"));
            missing.extend(keys.filter(|key| !known.contains(key)));
        }
    }
    for beginning in beginnings {
        // A beginning is one when some key has it, or when the page asks for it by `t_of`.
        let by_page =
            sources().iter().any(|(_, s)| s.contains(&format!("t_of(\"{}\"", beginning.trim_end_matches('-'))));
        if by_page && !known.iter().any(|key| key.starts_with(&beginning)) {
            missing.push(format!("{beginning}*"));
        }
    }
    assert!(missing.is_empty(), "without words:\n{}", missing.join("\n"));
}

#[test]
fn every_key_with_words_is_asked_for() {
    let asked = asked();
    let beginnings = beginnings();
    let literals: String = sources().into_iter().map(|(_, source)| source).collect();
    let quoted = |text: &str| literals.contains(&format!("\"{text}\""));
    let unused: Vec<String> = keys()
        .into_iter()
        .filter(|(key, _)| !asked.contains_key(key) && !quoted(key))
        .filter(|(key, _)| {
            let code = ["refusal-", "problem-", "done-", "call-problem-"].iter().find_map(|p| key.strip_prefix(p));
            let mail =
                key.strip_prefix("mail-").and_then(|rest| rest.strip_suffix("-subject").or(rest.strip_suffix("-body")));
            match code.or(mail) {
                // Codes may travel through a constant or a table, so a literal anywhere will do.
                Some(code) => !quoted(code),
                None => !beginnings.iter().any(|beginning| key.starts_with(beginning.as_str())),
            }
        })
        .map(|(key, file)| format!("{key}  ({file})"))
        .collect();
    assert!(unused.is_empty(), "{} keys that nothing asks for:\n{}", unused.len(), unused.join("\n"));
}

/// The sentences of a language by file and key, each with what it names.
fn sentences(language: Language) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut found: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for path in files(&format!("src/locales/{language}"), &[".ftl"]) {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut current: Option<(String, String)> = None;
        for line in read(&path).lines().filter(|line| !line.starts_with('#')) {
            let is_part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let name: String = line.chars().take_while(is_part).collect();
            if !name.is_empty() && line[name.len()..].trim_start().starts_with('=') {
                current = Some((file.clone(), name));
            }
            let Some(key) = &current else { continue };
            let named = line.split('$').skip(1).map(|rest| rest.chars().take_while(is_part).collect::<String>());
            found.entry(key.clone()).or_default().extend(named);
        }
    }
    found
}

#[test]
fn every_language_says_every_sentence_with_what_it_names() {
    let reference = sentences(Language::ZhCn);
    assert!(reference.len() > 2_000, "{} sentences are read", reference.len());
    for language in Language::ALL.iter().copied().filter(|language| *language != Language::ZhCn) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/locales").join(language.as_text());
        if !folder.is_dir() {
            continue;
        }
        let own = sentences(language);
        let missing: Vec<_> = reference.keys().filter(|key| !own.contains_key(*key)).collect();
        let extra: Vec<_> = own.keys().filter(|key| !reference.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "{language}: {} missing: {missing:?}; {extra:?}",
            missing.len()
        );
        let wrong: Vec<_> = reference.iter().filter(|(key, named)| own.get(*key) != Some(*named)).collect();
        assert!(wrong.is_empty(), "{language}: what is named differs in {wrong:?}");
    }
}
