//! All visible text: Fluent files under `src/locales`, one file an area.

mod tables;

use crate::domain::form::{Problem, ViewWords};
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use fluent_bundle::{FluentArgs, FluentValue};
use std::collections::BTreeMap;

/// The language of pages and mail when nothing else is asked for.
pub const DEFAULT_LANGUAGE: &str = Language::ZhCn.as_text();

/// Looks words up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words;

/// The words of a key, in simplified Chinese where the language has none; none if there is no such key.
fn look_up(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    tables::say(language, key, args).or_else(|| tables::say(Language::default(), key, args))
}

/// What a sentence names, as its language writes it. A count is a number to Fluent, so that an English sentence can
/// choose between one and several (CLDR plural rules); everything else is text.
fn named(language: Language, value: String) -> FluentValue<'static> {
    if language == Language::En
        && is_count(&value)
        && let Ok(count) = value.parse::<u64>()
    {
        return FluentValue::from(count);
    }
    FluentValue::from(language.dated(&value).into_owned())
}

/// Whether a text is a whole number that is written no other way, and small enough to be said without loss.
fn is_count(text: &str) -> bool {
    let digits = !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (text == "0" || !text.starts_with('0'))
}

impl Words {
    /// The words of `key`, or the key itself in brackets: a missing key is seen, and a test finds it.
    pub fn say(&self, language: &str, key: &str) -> String {
        look_up(Language::of_tag(language), key, &FluentArgs::new()).unwrap_or_else(|| format!("[{key}]"))
    }

    /// The words of `key` with what they name: dates as the language writes them.
    pub fn say_with<'a, V: ToString>(
        &self,
        language: &str,
        key: &str,
        args: impl IntoIterator<Item = (&'a str, V)>,
    ) -> String {
        let language = Language::of_tag(language);
        let args: FluentArgs<'_> =
            args.into_iter().map(|(name, value)| (name, named(language, value.to_string()))).collect();
        look_up(language, key, &args).unwrap_or_else(|| format!("[{key}]"))
    }

    /// The words that a form's view needs beside its data.
    pub fn of_forms(&self, language: &str) -> ViewWords {
        ViewWords {
            yes: self.say(language, "form-yes"),
            no: self.say(language, "form-no"),
            yuan: self.say(language, "unit-yuan"),
            wan_yuan: self.say(language, "unit-wan_yuan"),
        }
    }

    /// The sentence of a refusal. A state among its arguments is said in words.
    pub fn refusal(&self, language: &str, refusal: &Refusal) -> String {
        self.refused(language, refusal.code, &refusal.args)
    }

    /// The same of one that was kept as code and arguments.
    pub fn refused<N: AsRef<str>>(&self, language: &str, code: &str, args: &BTreeMap<N, String>) -> String {
        let args: Vec<(&str, String)> = args
            .iter()
            .map(|(name, value)| match name.as_ref() {
                "state" => ("state", self.say(language, &format!("state-{value}"))),
                name => (name, value.clone()),
            })
            .collect();
        self.say_with(language, &format!("refusal-{code}"), args)
    }

    /// The sentence of a wrong field.
    pub fn problem(&self, language: &str, problem: &Problem) -> String {
        let list = Language::of_tag(language).punctuation().list;
        let args = problem.args.iter().map(|(name, value)| match name.as_str() {
            // The store lists extensions for a log; a reader gets them as the language lists them.
            "allowed" => ("allowed", value.replace(", ", list)),
            name => {
                let own = problem.names.get(name).map(|names| names.in_language(language).to_string());
                (name, own.unwrap_or_else(|| value.clone()))
            }
        });
        self.say_with(language, &format!("problem-{}", problem.code), args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: Language, source: &str, count: &str) -> String {
        use fluent_bundle::{FluentBundle, FluentResource};
        let mut bundle = FluentBundle::new(vec![language.as_text().parse().expect("a tag")]);
        bundle.set_use_isolating(false);
        let Ok(resource) = FluentResource::try_new(source.to_string()) else { panic!("{source} cannot be read") };
        bundle.add_resource(resource).expect("no clash");
        let mut args = FluentArgs::new();
        args.set("count", named(language, count.to_string()));
        let pattern = bundle.get_message("files").and_then(|message| message.value()).expect("a value");
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    #[test]
    fn an_english_sentence_chooses_between_one_and_several() {
        let source = "files = { $count ->\n    [one] { $count } file\n   *[other] { $count } files\n }\n";
        for (count, words) in [("1", "1 file"), ("0", "0 files"), ("2", "2 files"), ("20000", "20000 files")] {
            assert_eq!(said(Language::En, source, count), words);
        }
        assert_eq!(said(Language::En, "files = { $count }", "2026年5月6日"), "6 May 2026");
        assert_eq!(said(Language::ZhTw, "files = { $count }", "2026年5月6日"), "2026年5月6日");
    }

    #[test]
    fn one_day_or_hour_that_is_left_is_one() {
        for (key, name, one, two) in [
            ("deadline-days-left", "days", "1 day left", "2 days left"),
            ("deadline-hours-left", "hours", "1 hour left", "2 hours left"),
        ] {
            assert_eq!(Words.say_with("en", key, [(name, 1)]), one);
            assert_eq!(Words.say_with("en", key, [(name, 2)]), two);
        }
    }

    #[test]
    fn a_number_that_is_a_name_stays_as_it_is_written() {
        for text in ["007", "", "1.50", "-1", "914401010000000000", "1e3"] {
            assert!(!is_count(text), "{text}");
            assert_eq!(said(Language::En, "files = { $count }", text), text);
        }
        assert!(is_count("0") && is_count("999999999999999"));
    }

    #[test]
    fn a_key_that_a_language_lacks_is_said_in_simplified_chinese() {
        for language in Language::ALL {
            let said = Words.say(language.as_text(), "site-name");
            assert!(!said.is_empty() && !said.starts_with('['), "{language}: {said}");
        }
        assert_eq!(Words.say("en", "no-such-key"), "[no-such-key]");
    }
}
