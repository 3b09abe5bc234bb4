//! Which column of a file is which.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{ColumnProblem, Row};

/// A column that an importer understands.
#[derive(Debug, Clone, Copy)]
pub struct WantedColumn<'a> {
    /// What the importer calls it.
    pub key: &'a str,
    /// Titles by which a file may call it, the preferred one first; the words come from the caller's language.
    pub titles: &'a [&'a str],
}

/// Where each column of a file is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    places: BTreeMap<String, (usize, String)>,
}

impl Columns {
    /// The trimmed cell of a row in the column `key`; empty if the file has no such column.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r Row, key: &str) -> &'r str {
        let place = self.places.get(key).and_then(|(at, _)| row.cells.get(*at));
        place.map_or("", |cell| cell.trim())
    }

    /// The title of the column `key` as the file has it, for a [`super::RowProblem`]; empty if the file has none.
    #[must_use]
    pub fn title(&self, key: &str) -> &str {
        self.places.get(key).map_or("", |(_, title)| title)
    }

    /// Whether the file has the column `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }
}

/// Finds every wanted column in a header. Titles are compared without regard to width, letter case and spaces.
///
/// # Errors
/// All missing, doubled, unknown and untitled columns at once.
pub fn columns(
    header: &[String],
    required: &[WantedColumn<'_>],
    optional: &[WantedColumn<'_>],
) -> Result<Columns, Vec<ColumnProblem>> {
    let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut problems = Vec::new();
    for (at, title) in header.iter().enumerate() {
        let plain = plain(title);
        let wanted = required
            .iter()
            .chain(optional)
            .find(|wanted| wanted.titles.iter().any(|known| self::plain(known) == plain));
        match wanted {
            _ if plain.is_empty() => {
                problems.push(ColumnProblem { code: "untitled", title: String::new(), positions: vec![at + 1] })
            }
            Some(wanted) => found.entry(wanted.key).or_default().push(at),
            None => problems.push(ColumnProblem { code: "unknown", title: title.clone(), positions: vec![at + 1] }),
        }
    }
    for wanted in required.iter().filter(|wanted| !found.contains_key(wanted.key)) {
        let title = wanted.titles.first().copied().unwrap_or(wanted.key).to_owned();
        problems.push(ColumnProblem { code: "missing", title, positions: Vec::new() });
    }
    let mut places = BTreeMap::new();
    for (key, positions) in found {
        let Some((first, title)) = positions.first().and_then(|at| Some((*at, header.get(*at)?.clone()))) else {
            continue;
        };
        if positions.len() > 1 {
            let positions = positions.iter().map(|at| at + 1).collect();
            problems.push(ColumnProblem { code: "duplicate", title, positions });
        } else {
            places.insert(key.to_owned(), (first, title));
        }
    }
    if problems.is_empty() { Ok(Columns { places }) } else { Err(problems) }
}

fn plain(title: &str) -> String {
    title.nfkc().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: WantedColumn<'_> = WantedColumn { key: "name", titles: &["单位名称", "Name"] };
    const CODE: WantedColumn<'_> = WantedColumn { key: "code", titles: &["统一社会信用代码", "USCC"] };
    const CITY: WantedColumn<'_> = WantedColumn { key: "city", titles: &["城市"] };

    fn header(titles: &[&str]) -> Vec<String> {
        titles.iter().map(|title| (*title).to_owned()).collect()
    }

    #[test]
    fn titles_are_found_however_they_are_typed() {
        let columns = columns(&header(&["ＵＳＣＣ", "单位 名称"]), &[NAME, CODE], &[CITY]).expect("columns");
        let row = Row { line: 2, cells: vec![" 9144 ".into(), "甲".into()] };
        assert_eq!(
            (columns.cell(&row, "code"), columns.cell(&row, "name"), columns.cell(&row, "city")),
            ("9144", "甲", "")
        );
        assert_eq!((columns.title("code"), columns.has("city")), ("ＵＳＣＣ", false));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let problems =
            columns(&header(&["name", "备注", "单位名称", ""]), &[NAME, CODE], &[CITY]).expect_err("problems");
        let told: Vec<(&str, &str, &[usize])> = problems
            .iter()
            .map(|problem| (problem.code, problem.title.as_str(), problem.positions.as_slice()))
            .collect();
        assert_eq!(
            told,
            [
                ("unknown", "备注", &[2][..]),
                ("untitled", "", &[4]),
                ("missing", "统一社会信用代码", &[]),
                ("duplicate", "name", &[1, 3])
            ]
        );
        assert_eq!(problems[3].args(), [("title", "name".to_owned()), ("positions", "1, 3".to_owned())]);
    }
}
