//! All visible text: Fluent files under `src/locales`, one file an area.

use crate::domain::form::{Problem, ViewWords};
use crate::domain::refusal::Refusal;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./src/locales",
        fallback_language: "zh-CN",
        // Isolation marks would end up in mails, exports and addresses.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The language of pages and mail when nothing else is asked for.
pub const DEFAULT_LANGUAGE: &str = "zh-CN";

/// Words that name nothing, as they were looked up before: a page says hundreds of them, and each look takes longer than
/// the page has. There are no more than there are keys.
static PLAIN: LazyLock<RwLock<HashMap<String, String>>> = LazyLock::new(RwLock::default);

/// Looks words up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words;

/// The words of a key; none if there is no such key.
fn look_up(language: &str, key: &str, args: HashMap<Cow<'static, str>, FluentValue<'static>>) -> Option<String> {
    let language: LanguageIdentifier = language.parse().unwrap_or_else(|_| fluent_templates::langid!("zh-CN"));
    LOCALES.try_lookup_complete(&language, key, Some(&args))
}

impl Words {
    /// The words of `key`, or the key itself in brackets: a missing key is seen, and a test finds it.
    pub fn say(&self, language: &str, key: &str) -> String {
        let plain = language == DEFAULT_LANGUAGE;
        if plain && let Some(known) = PLAIN.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return known.clone();
        }
        let Some(found) = look_up(language, key, HashMap::new()) else { return format!("[{key}]") };
        if plain {
            PLAIN.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_string(), found.clone());
        }
        found
    }

    /// The words of `key` with what they name.
    pub fn say_with<'a, V: ToString>(
        &self,
        language: &str,
        key: &str,
        args: impl IntoIterator<Item = (&'a str, V)>,
    ) -> String {
        let args = args
            .into_iter()
            .map(|(name, value)| (Cow::Owned(name.to_string()), FluentValue::from(value.to_string())))
            .collect();
        look_up(language, key, args).unwrap_or_else(|| format!("[{key}]"))
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
        let args: Vec<(&str, String)> = refusal
            .args
            .iter()
            .map(|(name, value)| match *name {
                "state" => (*name, self.say(language, &format!("state-{value}"))),
                _ => (*name, value.clone()),
            })
            .collect();
        self.say_with(language, &format!("refusal-{}", refusal.code), args)
    }

    /// The sentence of a wrong field.
    pub fn problem(&self, language: &str, problem: &Problem) -> String {
        self.say_with(language, &format!("problem-{}", problem.code), problem.args.iter().map(|(k, v)| (k.as_str(), v)))
    }
}
