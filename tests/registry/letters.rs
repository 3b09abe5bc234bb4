//! Every mail in every language, as it was read and looked through. What a mail names stands in angle marks.
//! `UPDATE_SNAPSHOTS=1 cargo test every_mail` writes what is to be read.

use super::architecture::{files, read};
use super::walls::reviewed;
use std::collections::BTreeSet;
use yuanchi::domain::language::Language;
use yuanchi::words::Words;

/// What some mails say in one of two ways.
const CHOICES: [&str; 2] = ["more", "over"];

/// The sentences in simplified Chinese, which the other languages follow.
fn sentences() -> String {
    files("src/locales/zh-CN", &[".ftl"]).iter().map(|path| read(path) + "\n").collect()
}

/// The names of all mails.
fn templates(sentences: &str) -> BTreeSet<&str> {
    let keys = sentences.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
    keys.filter_map(|key| key.strip_prefix("mail-")?.strip_suffix("-subject")).collect()
}

/// Whatever any sentence names.
fn names(sentences: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let named = sentences.split('$').skip(1).map(|rest| rest.split(|c| !is_part(c)).next().unwrap_or_default());
    named.filter(|name| !name.is_empty()).collect()
}

/// Subject and text of a mail in a language; `choice` says yes.
fn letter(language: Language, template: &str, names: &BTreeSet<&str>, choice: Option<&str>) -> (String, String) {
    let say = |part: &str| {
        let args = names.iter().map(|name| match choice {
            Some(choice) if choice == *name => (*name, "yes".to_string()),
            _ => (*name, format!("‹{name}›")),
        });
        Words.say_with(language.as_text(), &format!("mail-{template}-{part}"), args)
    };
    (say("subject"), say("body"))
}

#[test]
fn every_mail_reads_as_it_was_looked_through() {
    let sentences = sentences();
    let (templates, names) = (templates(&sentences), names(&sentences));
    assert!(templates.len() > 100, "{templates:?}");
    for language in Language::ALL.iter().copied() {
        let mut text = String::new();
        for template in &templates {
            let (subject, body) = letter(language, template, &names, None);
            assert!(!subject.contains('\n') && !subject.starts_with('['), "{language}: {template}: {subject}");
            assert!(body.contains("‹link›"), "{language}: {template} leads nowhere: {body}");
            text += &format!("## {template}\n{subject}\n\n{body}\n\n");
            for choice in CHOICES {
                let (otherwise, other_body) = letter(language, template, &names, Some(choice));
                if (&otherwise, &other_body) != (&subject, &body) {
                    text += &format!("## {template} ({choice})\n{otherwise}\n\n{other_body}\n\n");
                }
            }
        }
        reviewed(&format!("mails/{language}.txt"), &text);
    }
}

/// Whoever is told of a decision against them is told why, on what grounds, by whom and when, in every language.
#[test]
fn every_adverse_letter_gives_reason_basis_station_and_date() {
    let sentences = sentences();
    let names = names(&sentences);
    for language in Language::ALL.iter().copied() {
        for template in [
            "application-not-recommended",
            "application-removed",
            "decision-declined",
            "membership-barred",
            "membership-revoked",
            "membership-warned",
            "result-not-recognised",
            "screening-ineligible",
        ] {
            let (_, body) = letter(language, template, &names, None);
            for name in ["reason", "basis", "station", "date"] {
                assert!(body.contains(&format!("‹{name}›")), "{language}: {template} does not say its {name}: {body}");
            }
        }
    }
}
