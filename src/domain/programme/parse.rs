//! From the text of a file to a checked programme, with the place of everything that is wrong.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::validate::{Finding, validate};
use super::{ConfigProblem, Programme};

/// Characters of a value that a problem repeats.
const SHOWN_VALUE: usize = 60;

/// Reads and checks.
pub(super) fn parse(file: &str, text: &str) -> Result<Programme, Vec<ConfigProblem>> {
    let map = SourceMap::read(text);
    let programme: Programme = match toml::from_str(text) {
        Ok(programme) => programme,
        Err(error) => return Err(vec![unreadable(file, text, &map, &error)]),
    };
    let findings = validate(&programme);
    if findings.is_empty() {
        return Ok(programme);
    }
    Err(findings.into_iter().map(|finding| located(file, text, &map, finding)).collect())
}

/// Where each key and value of the file stands.
struct SourceMap {
    entries: Vec<(String, Range<usize>)>,
}

impl SourceMap {
    /// Empty for a text that is not TOML; reading it as a programme says why.
    fn read(text: &str) -> SourceMap {
        let mut map = SourceMap { entries: Vec::new() };
        if let Ok(table) = DeTable::parse(text) {
            map.add_table("", table.get_ref());
        }
        map
    }

    fn add_table(&mut self, path: &str, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            let key_text: &str = key.get_ref();
            let path = if path.is_empty() { key_text.to_string() } else { format!("{path}.{key_text}") };
            self.entries.push((path.clone(), key.span()));
            self.add_value(&path, value);
        }
    }

    fn add_value(&mut self, path: &str, value: &Spanned<DeValue<'_>>) {
        self.entries.push((path.to_string(), value.span()));
        match value.get_ref() {
            DeValue::Table(table) => self.add_table(path, table),
            DeValue::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    self.add_value(&format!("{path}[{index}]"), value);
                }
            }
            _ => {}
        }
    }

    /// The innermost key whose key or value contains the span.
    fn path_at(&self, span: &Range<usize>) -> &str {
        self.entries
            .iter()
            .filter(|(_, range)| range.start <= span.start && span.end <= range.end)
            .min_by_key(|(_, range)| range.end - range.start)
            .map_or("", |(path, _)| path)
    }

    /// Where the value of a key stands, or that of the nearest key around it.
    fn span_of(&self, path: &str) -> Option<Range<usize>> {
        let mut path = path;
        loop {
            if let Some((_, range)) = self.entries.iter().rev().find(|(known, _)| known == path) {
                return Some(range.clone());
            }
            path = path.get(..path.rfind(['.', '['])?)?;
        }
    }

    fn holds(&self, path: &str) -> bool {
        self.entries.iter().any(|(known, _)| known == path)
    }
}

fn located(file: &str, text: &str, map: &SourceMap, finding: Finding) -> ConfigProblem {
    let span = map.span_of(&finding.path);
    let value = match &span {
        Some(span) if map.holds(&finding.path) => shown(text.get(span.clone()).unwrap_or_default()),
        _ => String::new(),
    };
    ConfigProblem {
        file: file.to_string(),
        line: span.map(|span| line_of(text, span.start)),
        key: finding.path,
        value,
        code: finding.code,
        problem: finding.problem,
        remedy: finding.remedy,
    }
}

fn unreadable(file: &str, text: &str, map: &SourceMap, error: &toml::de::Error) -> ConfigProblem {
    let message = error.message().replace('\n', ", ");
    let span = error.span();
    let (code, remedy) = if map.entries.is_empty() {
        ("not_toml", "write it as TOML: key = value, [table], [[array of tables]]")
    } else if message.contains("unknown field") || message.contains("unexpected keys") {
        ("unknown_key", "correct the spelling or remove the key")
    } else if message.contains("missing field") {
        ("missing_key", "add the key; the files that come with the service show how it is written")
    } else if message.contains("duplicate") {
        ("duplicate_key", "keep one of them")
    } else if message.contains("unknown variant") {
        ("unknown_word", "use one of the words listed")
    } else {
        ("wrong_type", "write the kind of value that is expected")
    };
    ConfigProblem {
        file: file.to_string(),
        line: span.as_ref().map(|span| line_of(text, span.start)),
        key: span.as_ref().map(|span| map.path_at(span).to_string()).unwrap_or_default(),
        // Of an unknown key the span is the key itself, which is said already.
        value: span.filter(|_| code != "unknown_key").and_then(|span| text.get(span)).map(shown).unwrap_or_default(),
        code,
        problem: message,
        remedy: remedy.to_string(),
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// The first line of a value, shortened.
fn shown(value: &str) -> String {
    let line = value.trim().lines().next().unwrap_or_default();
    let mut text: String = line.chars().take(SHOWN_VALUE).collect();
    if text.len() < value.trim().len() {
        text.push('…');
    }
    text
}
