//! What the README says of the requirements and of the tests that hold them is so.

use super::architecture::{files, read, shown};
use std::collections::{BTreeMap, BTreeSet};

/// Requirements of the checklist that lie here; the others are those of faults and of scale.
const REQUIRED: &[u32] = &[
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    32, 33, 34, 35, 36, 37, 38, 39, 40, 48, 51, 52, 53, 54, 58, 59, 61, 63, 64, 65,
];

/// The numbers that a test carries in its name: `c_12_…_and_c_13_…` has two.
fn numbers(test: &str) -> BTreeSet<u32> {
    let parts: Vec<&str> = test.split('_').collect();
    let numbered = parts.windows(2).filter(|pair| pair[0] == "c" && pair[1].len() == 2);
    numbered.filter_map(|pair| pair[1].parse().ok()).collect()
}

/// Every test with a number in front, and the file in which it stands.
fn tests() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for path in ["src", "tests"].iter().flat_map(|folder| files(folder, &[".rs"])) {
        for rest in read(&path).split("fn c_").skip(1) {
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let name = format!("c_{name}");
            if !numbers(&name).is_empty() {
                found.insert(name, shown(&path));
            }
        }
    }
    found
}

/// The README's table: the number of each requirement with the tests that it names.
fn table(readme: &str) -> BTreeMap<u32, Vec<String>> {
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| C-"));
    rows.map(|row| {
        let mut cells = row.split(" | ");
        let number = cells.next().and_then(|cell| cell.get(..2)?.parse().ok());
        let number = number.unwrap_or_else(|| panic!("no number: {row}"));
        let names = cells.next().unwrap_or_default().split('`').skip(1).step_by(2).map(str::to_string).collect();
        (number, names)
    })
    .collect()
}

#[test]
fn the_table_of_requirements_names_tests_that_are_there() {
    let (tests, table) = (tests(), table(include_str!("../../README.md")));
    assert_eq!(table.keys().copied().collect::<Vec<_>>(), REQUIRED, "a row for each requirement, each once");
    let mut wrong = Vec::new();
    for (requirement, names) in &table {
        if names.is_empty() {
            wrong.push(format!("C-{requirement:02} names no test"));
        }
        for name in names {
            if !tests.contains_key(name) {
                wrong.push(format!("C-{requirement:02}: there is no test {name}"));
            } else if !numbers(name).contains(requirement) {
                wrong.push(format!("C-{requirement:02}: {name} is about something else"));
            }
        }
    }
    for (name, file) in &tests {
        let others = numbers(name).into_iter().filter(|number| !table.contains_key(number));
        wrong.extend(
            others.map(|number| format!("{file}: {name} is about C-{number:02}, which the table does not have")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What is looked for is found.
    assert_eq!(numbers("c_12_a_password_ends_it_and_c_13_every_token"), BTreeSet::from([12, 13]));
    assert!(tests.len() > 200, "{}", tests.len());
}
