//! Numbers that stand in texts. A limit that the code knows is named as an argument; where a text must say it by itself, it is
//! tied to its constant here, in every language; and what is no limit is on a short list.

use super::architecture::{files, read};
use std::collections::{BTreeMap, BTreeSet};
use yuanchi::actions::import_experts::{HIGHEST_LOAD, LONGEST_NAME};
use yuanchi::actions::review::remind::HELD_MINUTES;
use yuanchi::actions::{accounts, decide, evidence, identities, import_list, organisations, second_factor};
use yuanchi::auth::{password, totp};
use yuanchi::domain::duties::TOLD_DAYS_BEFORE;
use yuanchi::domain::language::Language;
use yuanchi::domain::rubric::FULL_MARKS;
use yuanchi::domain::scoring::{cutline, severity};
use yuanchi::domain::status::{REFUSALS_DAYS_BACK, ROLE_DAYS_BEFORE};
use yuanchi::domain::{contact, credit_code};
use yuanchi::storage::inspect::Limits;

/// Numbers that are no limits of this service, by what their keys begin with.
const FREE: &[(&str, &str)] = &[
    ("design-", "samples of type"),
    ("method-", "worked examples"),
    ("minutes-part-", "numbers of headings"),
    ("plan-misfit", "the scale of a figure"),
    ("problem-call_year_number", "an example"),
    ("draw-commitment", "the length of a SHA-256"),
    ("draw-recipe-text", "the length of a SHA-256"),
    ("problem-draw_commitment", "the digits and the length of a SHA-256"),
    ("problem-credit_code_not_digit", "the digits"),
    ("organisation-elsewhere", "places of a credit code, set by GB 32100"),
    ("list-import-remedy-city_of_province", "the cities of the province"),
];

type Told = (&'static [&'static str], Vec<String>);

/// The texts that say a limit by themselves, and what they say.
fn told(language: Language) -> Vec<Told> {
    fn say(keys: &'static [&'static str], number: impl ToString) -> Told {
        (keys, vec![number.to_string()])
    }
    fn both(keys: &'static [&'static str], least: impl ToString, most: impl ToString) -> Told {
        (keys, vec![least.to_string(), most.to_string()])
    }
    let megapixels = Limits::default().pixels / 1_000_000;
    let links = &["guide-step-vendor-register-text", "setup-done-text", "done-address-asked", "done-account-invited"];
    vec![
        // Chinese counts in ten thousands.
        say(&["problem-upload_suspicious"], if language == Language::En { megapixels } else { megapixels * 100 }),
        say(links, accounts::LINK_MINUTES),
        say(&["factor-code-hint"], totp::STEP_SECONDS),
        say(&["factor-scan-text"], second_factor::OFFER_MINUTES),
        say(&["refusal-second_factor_stale"], yuanchi::domain::second_factor::FRESH_MINUTES),
        say(&["identity-leaving-text", "refusal-identity_attempt_over"], identities::ATTEMPT_MINUTES),
        both(&["problem-not_a_telephone", "problem-phone_invalid"], contact::MIN_DIGITS, contact::MAX_DIGITS),
        both(&["password-hint"], password::MIN_LENGTH, password::MAX_LENGTH),
        say(&["credit-code-hint", "problem-expert_employer_code"], credit_code::LENGTH),
        say(&["licence-hint"], organisations::LICENCE_BYTES >> 20),
        say(&["expert-column-hint-name"], LONGEST_NAME),
        say(&["expert-column-hint-load_limit", "problem-expert_load_limit"], HIGHEST_LOAD),
        say(&["list-import-remedy-shorten"], import_list::CELL_LIMIT),
        both(&["list-import-remedy-year_range"], import_list::YEARS.start(), import_list::YEARS.end()),
        say(&["refusal-evidence_token"], evidence::HOURS),
        say(&["done-review-reminded", "review-undo-text"], HELD_MINUTES),
        say(&["severity-text", "severity-too-few", "expert-record-deviation-few"], severity::MIN_FILES),
        say(&["cut-line-moved"], cutline::NEAR),
        say(&["whatif-places-hint"], decide::what_if::MAX_PLACES),
        say(&["whatif-pass-mark-hint", "problem-whatif_pass_mark", "method-scoring-step-1"], FULL_MARKS / 100),
        both(&["guide-step-admin-grant-text"], TOLD_DAYS_BEFORE[0], TOLD_DAYS_BEFORE[1]),
        say(&["desk-refused"], REFUSALS_DAYS_BACK),
        say(&["desk-roles-ending", "desk-members-ending", "accounts-only-ending"], ROLE_DAYS_BEFORE),
    ]
}

/// The messages of a language, by key.
fn messages(language: Language) -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    for path in files(&format!("src/locales/{}", language.as_text()), &[".ftl"]) {
        let mut key = String::new();
        for line in read(&path).lines().filter(|line| !line.starts_with('#')) {
            let name: String =
                line.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            let after = line[name.len()..].trim_start();
            if let Some(text) = after.strip_prefix('=').filter(|_| !name.is_empty()) {
                messages.insert(name.clone(), text.to_string());
                key = name;
            } else if line.starts_with(' ')
                && let Some(message) = messages.get_mut(&key)
            {
                message.push('\n');
                message.push_str(line);
            }
        }
    }
    messages
}

/// A message without what is put into it and without the names of its variants.
fn own_words(message: &str) -> String {
    let mut own = String::new();
    let mut rest = message;
    while let Some(at) = rest.find(['{', '[']) {
        own.push_str(&rest[..at]);
        let (open, after) = (&rest[at..=at], &rest[at + 1..]);
        let closed = after.find(['{', '}', '[', ']', '\n']).filter(|end| after[*end..].starts_with(['}', ']']));
        match closed {
            Some(end) if open == "[" || !after[..end].contains("->") => {
                own.push(' ');
                rest = &after[end + 1..];
            }
            _ => rest = after,
        }
    }
    own.push_str(rest);
    own
}

/// The whole numbers that a text says. Dates, times, telephone numbers and decimals are examples, nought and one are where
/// counting begins, and what hangs on a letter is a name: `SHA-256`, `UTF-8`, `A4`, `U+0000`.
fn numbers(text: &str) -> BTreeSet<String> {
    let text = text.replace("10,000 yuan", "yuan");
    let letters: Vec<char> = text.chars().collect();
    let is = |at: usize, what: fn(&char) -> bool| letters.get(at).is_some_and(what);
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let begin = at;
        while is(at, char::is_ascii_digit)
            || (is(at, |c| matches!(c, ',' | '.' | ':' | '-')) && is(at + 1, char::is_ascii_digit))
        {
            at += 1;
        }
        let before: String = letters[..begin].iter().collect();
        let hangs = before.trim_end_matches(['-', '+']).ends_with(|c: char| c.is_ascii_alphabetic())
            || ["RFC ", "Python "].iter().any(|name| before.ends_with(name));
        let number: String = letters[begin..at].iter().filter(|c| **c != ',').collect();
        if !hangs && !number.contains(['.', ':', '-']) && number != "0" && number != "1" {
            found.insert(number);
        }
    }
    found
}

#[test]
fn a_number_in_a_text_is_tied_to_what_the_code_knows() {
    let mut wrong = Vec::new();
    let mut free: BTreeSet<&str> = FREE.iter().map(|(prefix, _)| *prefix).collect();
    for language in Language::ALL {
        let messages = messages(*language);
        assert!(messages.len() > 1_000, "{language}: {}", messages.len());
        let mut said: BTreeMap<&String, BTreeSet<String>> =
            messages.iter().map(|(key, message)| (key, numbers(&own_words(message)))).collect();
        for (keys, expected) in told(*language) {
            for key in keys {
                let found = said.remove(&key.to_string());
                let expected: BTreeSet<String> = expected.iter().cloned().collect();
                if found.as_ref() != Some(&expected) {
                    wrong.push(format!("{language} {key}: it says {found:?}, the code {expected:?}"));
                }
            }
        }
        for (key, numbers) in said.into_iter().filter(|(_, numbers)| !numbers.is_empty()) {
            match FREE.iter().find(|(prefix, _)| key.starts_with(prefix)) {
                Some((prefix, _)) => {
                    free.remove(prefix);
                }
                None => wrong.push(format!("{language} {key}: {numbers:?} stand in the text; name them as arguments")),
            }
        }
    }
    wrong.extend(free.into_iter().map(|prefix| format!("{prefix}: no text of it has a number any more")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn numbers_are_read_out_of_a_text_as_people_read_them() {
    let of = |text: &str| numbers(&own_words(text)).into_iter().collect::<Vec<_>>();
    assert_eq!(of("最多 5000 字，或 1,000 件，{ $limit } 天。"), ["1000", "5000"]);
    assert_eq!(of("SHA-256、UTF-8、A4、U+0000、RFC 8785、2026-03-01、18:00、8.5、0 至 1"), Vec::<String>::new());
    assert_eq!(of("{ $code ->\n    [utf-16] 每 30 秒\n   *[other] { $n } 分，12 页\n }"), ["12", "30"]);
}
