//! How settings are written: one of some words, lists that a variable can hold too, and what no text of theirs may hold.

use serde::Deserializer;
use serde::de::{self, SeqAccess, Visitor};
use std::net::IpAddr;

/// An enum that is set by one of its words; any other word is answered with all of them.
macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(try_from = "String")]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    $($name::$variant => $word,)*
                })
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(word: String) -> Result<Self, String> {
                match word.as_str() {
                    $($word => Ok($name::$variant),)*
                    _ => Err($crate::config::written::none_of(&word, &[$($word),*])),
                }
            }
        }
    };
}
pub(super) use words;

pub(super) fn none_of(word: &str, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
    format!("{word:?} is no word of this setting; write one of {}", words.join(", "))
}

/// Addresses as a list, or as one text with commas between them: a variable holds nothing else.
pub(super) fn addresses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpAddr>, D::Error> {
    struct Addresses;

    impl<'de> Visitor<'de> for Addresses {
        type Value = Vec<IpAddr>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("IP addresses, as a list or with commas between them")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<IpAddr>, E> {
            let each = text.split(',').map(str::trim).filter(|one| !one.is_empty());
            let read = |one: &str| {
                let wrong = || {
                    E::custom(format!("{one:?} is no IP address; write them with commas between, as in 127.0.0.1,::1"))
                };
                one.parse::<IpAddr>().map_err(|_| wrong())
            };
            each.map(read).collect()
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<IpAddr>, A::Error> {
            let mut found = Vec::new();
            while let Some(one) = list.next_element()? {
                found.push(one);
            }
            Ok(found)
        }
    }

    deserializer.deserialize_any(Addresses)
}

/// Texts as a list, or as one text with commas between them.
pub(super) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Texts;

    impl<'de> Visitor<'de> for Texts {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("words, as a list or with commas between them")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<String>, E> {
            Ok(text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_string).collect())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
            let mut found = Vec::new();
            while let Some(one) = list.next_element()? {
                found.push(one);
            }
            Ok(found)
        }
    }

    deserializer.deserialize_any(Texts)
}

/// What stands before the name of a setting that there is not, in the reader's words.
const UNKNOWN: &str = "unknown field `";

/// The error with the variable that it is about, where a variable names a setting that there is not: the reader knows the last
/// part of the name alone.
pub(super) fn of_a_variable(error: config::ConfigError) -> anyhow::Error {
    let text = error.to_string();
    let field = text.split_once(UNKNOWN).and_then(|(_, rest)| rest.split_once('`')).map(|(field, _)| field);
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let variable = field.and_then(|field| {
        let is_it = |part: &str| part.eq_ignore_ascii_case(field);
        let mut ours = names.filter(|name| name.starts_with("YUANCHI__"));
        ours.find(|name| name.split("__").skip(1).any(is_it))
    });
    let error = anyhow::Error::from(error);
    match variable {
        Some(name) => error.context(format!("the variable {name} names no setting")),
        None => error,
    }
}

/// Letters, digits and `others`, at least one of them: what needs no escape in an address.
pub(super) fn is_plain(text: &str, others: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

/// Something, without a blank or a line's end that was copied along.
pub(super) fn is_visible(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}
