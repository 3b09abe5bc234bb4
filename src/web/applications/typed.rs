//! What a person typed on the form page, taken from its names and values.

use crate::actions::completeness::MEMBERS;
use crate::db::applications::Member;
use crate::domain::form::{Problem, RawForm};
use crate::domain::programme::{Programme, Shape};
use std::collections::BTreeMap;

/// The answers of a form page.
pub struct Typed {
    /// The fields that the page held.
    pub form: RawForm,
    /// The consortium's members, if the page asked for them.
    pub members: Option<Vec<Member>>,
    /// Answers that are too long to be stored.
    pub problems: Vec<Problem>,
    /// For each field with rows, the page's own numbers of the rows that are not blank: rows are counted anew in store.
    places: BTreeMap<String, Vec<usize>>,
}

impl Typed {
    /// Reads the page's names and values.
    pub fn read(programme: &Programme, pairs: &[(String, String)]) -> Typed {
        let (of_members, of_form): (Vec<_>, Vec<_>) = pairs
            .iter()
            .cloned()
            .partition(|(name, _)| programme.applicants.consortium && name.starts_with("members["));
        let received = RawForm::from_pairs(programme, &of_form);
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (name, _) in pairs.iter().filter(|(_, value)| !value.trim().is_empty()) {
            if let Some((field, place, _)) = taken_apart(name)
                && (field == MEMBERS || programme.field(field).is_some_and(|f| f.kind.shape() == Shape::Rows))
            {
                let known = places.entry(field.to_string()).or_default();
                if !known.contains(&place) {
                    known.push(place);
                }
            }
        }
        places.values_mut().for_each(|known| known.sort_unstable());
        let members = (!of_members.is_empty()).then(|| members(&of_members));
        Typed { form: received.form, members, problems: received.problems, places }
    }

    /// The answers for showing them again: those too long to be stored as well.
    pub fn as_typed(&self, programme: &Programme, pairs: &[(String, String)]) -> RawForm {
        let mut form = self.form.clone();
        for problem in &self.problems {
            let typed = pairs.iter().find(|(name, _)| *name == problem.path);
            if let Some((name, value)) = typed
                && programme.field(name).is_some_and(|field| field.kind.shape() == Shape::Single)
            {
                form.0.insert(name.clone(), serde_json::Value::String(value.clone()));
            }
        }
        form
    }

    /// The path on the page of a problem's path in store.
    pub fn page_path(&self, path: &str) -> String {
        let moved = path.split_once('[').and_then(|(field, rest)| {
            let (place, rest) = rest.split_once(']')?;
            let page_place = self.places.get(field)?.get(place.parse::<usize>().ok()?)?;
            Some(format!("{field}[{page_place}]{rest}"))
        });
        moved.unwrap_or_else(|| path.to_string())
    }
}

/// `cases[3][amount]` as its field, its number and its column.
fn taken_apart(name: &str) -> Option<(&str, usize, &str)> {
    let (field, rest) = name.split_once('[')?;
    let (place, column) = rest.strip_suffix(']')?.split_once("][")?;
    Some((field, place.parse().ok()?, column))
}

fn members(pairs: &[(String, String)]) -> Vec<Member> {
    let mut rows: BTreeMap<usize, Member> = BTreeMap::new();
    for (name, value) in pairs {
        let Some((_, place, column)) = taken_apart(name) else { continue };
        let row = rows.entry(place).or_insert_with(|| Member {
            name: String::new(),
            credit_code: String::new(),
            duty: String::new(),
        });
        match column {
            "name" => row.name = value.clone(),
            "credit_code" => row.credit_code = value.clone(),
            "duty" => row.duty = value.replace("\r\n", "\n"),
            _ => {}
        }
    }
    rows.into_values()
        .filter(|m| ![&m.name, &m.credit_code, &m.duty].iter().all(|text| text.trim().is_empty()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_read_with_gaps_and_without_blank_rows() {
        let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
        let read = members(&[
            pair("members[]", ""),
            pair("members[4][name]", "乙"),
            pair("members[1][name]", "甲"),
            pair("members[2][name]", " "),
            pair("members[1][duty]", "牵头"),
        ]);
        let names: Vec<&str> = read.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["甲", "乙"]);
    }

    #[test]
    fn a_problem_finds_its_row_on_a_page_with_gaps() {
        let places = BTreeMap::from([("cases".to_string(), vec![1, 4])]);
        let typed = Typed { form: RawForm::default(), members: None, problems: Vec::new(), places };
        assert_eq!(typed.page_path("cases[1].amount"), "cases[4].amount");
        assert_eq!(typed.page_path("cases[7].amount"), "cases[7].amount");
        assert_eq!(typed.page_path("finances[2025].revenue"), "finances[2025].revenue");
        assert_eq!(typed.page_path("name"), "name");
    }
}
