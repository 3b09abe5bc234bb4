//! The words of each language, as they are compiled in. Most of them are plain and are said as they stand in the program;
//! only what names something, chooses, or is said within other words goes through Fluent, whose parsed form takes ten
//! times the room of the text.

use crate::domain::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The files of each language, one an area.
macro_rules! of_areas {
    ($($area:literal)*) => {
        #[cfg(test)]
        const AREAS: &[&str] = &[$($area),*];

        fn sources(language: Language) -> &'static [&'static str] {
            match language {
                Language::ZhCn => &[$(include_str!(concat!("../locales/zh-CN/", $area, ".ftl"))),*],
                Language::ZhTw => &[$(include_str!(concat!("../locales/zh-TW/", $area, ".ftl"))),*],
                Language::En => &[$(include_str!(concat!("../locales/en/", $area, ".ftl"))),*],
            }
        }
    };
}

of_areas! {
    "applications" "calls" "decisions" "design" "draw" "experts" "factor" "files" "form" "frame" "guide" "identity"
    "imports" "judgement" "language" "lists" "members" "methods" "notices" "people" "plan" "pool" "prepared" "proofs"
    "public" "queues" "review" "rules" "settings" "sheets" "stages" "stations" "subscriptions" "system" "verify"
}

static TABLES: LazyLock<Vec<(Language, Table)>> =
    LazyLock::new(|| Language::ALL.iter().map(|language| (*language, Table::of(*language))).collect());

/// The words of one language.
struct Table {
    plain: HashMap<&'static str, &'static str>,
    sentences: FluentBundle<FluentResource>,
}

/// The words of a language.
fn table(language: Language) -> Option<&'static Table> {
    TABLES.iter().find(|(of, _)| *of == language).map(|(_, table)| table)
}

/// The words of a key with what they name; none if the key is not known, or something that they name is missing.
pub fn say(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let table = table(language)?;
    if let Some(plain) = table.plain.get(key) {
        return Some((*plain).to_string());
    }
    let pattern = table.sentences.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let said = table.sentences.format_pattern(pattern, Some(args), &mut errors);
    errors.is_empty().then(|| said.into_owned())
}

impl Table {
    fn of(language: Language) -> Table {
        // What cannot be read is left out; a test finds it.
        let read = |source: &&'static str| parser::parse_runtime(*source).unwrap_or_else(|(read, _)| read);
        let files: Vec<Resource<&'static str>> = sources(language).iter().map(read).collect();
        let mut within = HashSet::new();
        for entry in files.iter().flat_map(|file| &file.body) {
            if let Entry::Message(Message { value: Some(value), .. }) = entry {
                said_within(value, &mut within);
            }
        }
        let mut plain = HashMap::new();
        let mut sentences = FluentBundle::new_concurrent(language.as_text().parse().into_iter().collect());
        // Isolation marks would end up in mails, exports and addresses.
        sentences.set_use_isolating(false);
        for file in files {
            let mut body = Vec::new();
            for entry in file.body {
                if let Some((key, text)) = plain_of(&entry) {
                    plain.insert(key, text);
                    if !within.contains(key) {
                        continue;
                    }
                }
                body.push(entry);
            }
            let text = serializer::serialize(&Resource { body });
            sentences.add_resource_overriding(FluentResource::try_new(text).unwrap_or_else(|(read, _)| read));
        }
        plain.shrink_to_fit();
        Table { plain, sentences }
    }
}

/// The key and the words of an entry that names nothing.
fn plain_of(entry: &Entry<&'static str>) -> Option<(&'static str, &'static str)> {
    let Entry::Message(Message { id, value: Some(value), attributes, .. }) = entry else { return None };
    match value.elements.as_slice() {
        [PatternElement::TextElement { value }] if attributes.is_empty() => Some((id.name, *value)),
        _ => None,
    }
}

/// Adds the keys of the words that are said within these.
fn said_within(pattern: &Pattern<&'static str>, keys: &mut HashSet<&'static str>) {
    let mut expressions: Vec<&Expression<&'static str>> = pattern.elements.iter().filter_map(placed).collect();
    while let Some(expression) = expressions.pop() {
        match expression {
            Expression::Inline(InlineExpression::MessageReference { id, .. }) => {
                keys.insert(id.name);
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => expressions.push(expression),
            Expression::Select { variants, .. } => {
                expressions.extend(variants.iter().flat_map(|variant| &variant.value.elements).filter_map(placed));
            }
            Expression::Inline(_) => {}
        }
    }
}

/// What stands between braces.
fn placed<'a>(element: &'a PatternElement<&'static str>) -> Option<&'a Expression<&'static str>> {
    match element {
        PatternElement::Placeable { expression } => Some(expression),
        PatternElement::TextElement { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::FluentValue;
    use fluent_syntax::ast::VariantKey;
    use std::path::Path;

    /// Every value that any sentence names, being this: a number where it is one.
    fn arguments(language: Language, value: &str) -> FluentArgs<'static> {
        let mut args = FluentArgs::new();
        for source in sources(language) {
            for after in source.split('$').skip(1) {
                let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c)).unwrap_or(after.len());
                let said = match value.parse::<u64>() {
                    Ok(number) => FluentValue::from(number),
                    Err(_) => FluentValue::from(value.to_string()),
                };
                args.set(after[..end].to_string(), said);
            }
        }
        args
    }

    /// The names of what a sentence chooses between.
    fn variants_of(pattern: &Pattern<&'static str>) -> Vec<&'static str> {
        let mut names = Vec::new();
        let mut expressions: Vec<&Expression<&'static str>> = pattern.elements.iter().filter_map(placed).collect();
        while let Some(expression) = expressions.pop() {
            match expression {
                Expression::Inline(InlineExpression::Placeable { expression }) => expressions.push(expression),
                Expression::Select { variants, .. } => {
                    for variant in variants {
                        match &variant.key {
                            VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name } => {
                                names.push(*name);
                            }
                        }
                        expressions.extend(variant.value.elements.iter().filter_map(placed));
                    }
                }
                Expression::Inline(_) => {}
            }
        }
        names
    }

    #[test]
    fn everything_is_said_as_fluent_says_it() {
        for language in Language::ALL {
            let mut args: HashMap<&str, FluentArgs<'static>> = HashMap::new();
            let mut whole = FluentBundle::new_concurrent(language.as_text().parse().into_iter().collect());
            whole.set_use_isolating(false);
            let mut keys = Vec::new();
            for source in sources(*language) {
                let resource = FluentResource::try_new(source.to_string()).map_err(|(_, errors)| errors);
                let resource = resource.unwrap_or_else(|errors| panic!("{language}: {errors:?}"));
                whole.add_resource(resource).unwrap_or_else(|errors| panic!("{language}: {errors:?}"));
                let read = parser::parse_runtime(*source).unwrap_or_else(|(read, _)| read);
                keys.extend(read.body.iter().filter_map(|entry| match entry {
                    Entry::Message(Message { id, value: Some(value), .. }) => Some((id.name, variants_of(value))),
                    _ => None,
                }));
            }
            assert!(keys.len() > 3_000, "{language}: {}", keys.len());
            let chosen: HashSet<&str> = keys.iter().flat_map(|(_, variants)| variants).copied().collect();
            assert!(["yes", "other", "wan_yuan"].iter().all(|name| chosen.contains(name)), "{language}: {chosen:?}");
            for (key, variants) in keys {
                let pattern = whole.get_message(key).and_then(|message| message.value()).expect("a value");
                for value in ["某", "0", "1", "2"].into_iter().chain(variants) {
                    let args = &*args.entry(value).or_insert_with(|| arguments(*language, value));
                    let said = whole.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned();
                    assert_eq!(say(*language, key, args), Some(said), "{language} {key} {value}");
                }
            }
        }
    }

    #[test]
    fn every_file_of_every_language_is_compiled_in() {
        for language in Language::ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/locales").join(language.as_text());
            let mut files: Vec<String> = std::fs::read_dir(folder)
                .expect("a folder")
                .map(|file| file.expect("a file").file_name().to_string_lossy().trim_end_matches(".ftl").to_string())
                .collect();
            files.sort();
            assert_eq!(files, AREAS, "{language}");
        }
    }
}
