//! The checks on a programme's meaning, beyond the shape that reading it enforces.

mod form;
mod review;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::{CapBy, ColumnSource, DecisionRules, DocumentKind, FieldKind, Programme, ProgrammeKind, PublicColumn};
use crate::domain::names::Names;
use crate::domain::procedure::Station;
use crate::domain::rubric::{FULL_MARKS, Points, Rubric};

/// The longest key.
const MAX_KEY: usize = 41;

/// The largest document that any programme may take: a scanned contract, not a film.
const MAX_DOCUMENT_BYTES: u64 = 200 * 1024 * 1024;

/// The longest reason of a question, in characters of one language: it stands beside the question.
const MAX_REASON: usize = 200;

/// Something wrong, before its place in the file is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub path: String,
    pub code: &'static str,
    pub problem: String,
    pub remedy: String,
}

/// Collects what is wrong.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(
        &mut self,
        path: impl Into<String>,
        code: &'static str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.0.push(Finding { path: path.into(), code, problem: problem.into(), remedy: remedy.into() });
    }

    /// A key that is well formed and not in `taken`; it is taken then.
    fn key<'a>(&mut self, path: &str, key: &'a str, taken: &mut BTreeSet<&'a str>) {
        let path = format!("{path}.key");
        let letters = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !letters || key.len() > MAX_KEY || !key.starts_with(|first: char| first.is_ascii_lowercase()) {
            self.add(
                path,
                "bad_key",
                "is not a key",
                format!("use at most {MAX_KEY} of a-z, 0-9 and _, beginning with a letter"),
            );
        } else if !taken.insert(key) {
            self.add(path, "duplicate_key", "is used twice", "give each its own key");
        }
    }

    fn names(&mut self, path: &str, names: &Names) {
        if names.zh_cn.trim().is_empty() {
            self.add(format!("{path}.zh_cn"), "empty_name", "is empty", "write the name in simplified Chinese");
        }
    }

    fn optional_names(&mut self, path: &str, names: &Names) {
        if !names.is_empty() {
            self.names(path, names);
        }
    }

    /// Why something is asked: nothing at all, or a sentence in each language of the pages.
    fn reason(&mut self, path: &str, reason: &Names) {
        if reason.is_empty() {
            return;
        }
        let texts = [("zh_cn", &reason.zh_cn), ("zh_tw", &reason.zh_tw), ("en", &reason.en)];
        for (language, text) in texts {
            let path = format!("{path}.{language}");
            if text.trim().is_empty() {
                let remedy = "write the reason in this language too, or remove the whole reason";
                self.add(path, "empty_reason", "is empty", remedy);
            } else if text.chars().count() > MAX_REASON {
                self.add(
                    path,
                    "too_long",
                    "is longer than fits beside a question",
                    format!("write at most {MAX_REASON} characters"),
                );
            }
        }
    }

    fn at_least_one(&mut self, path: &str, value: u32) {
        if value == 0 {
            self.add(path, "too_small", "must be at least 1", "write 1 or more");
        }
    }
}

/// Everything that is wrong with a programme that could be read.
pub(super) fn validate(programme: &Programme) -> Vec<Finding> {
    let mut findings = Findings::default();
    let f = &mut findings;
    f.key("", &programme.key, &mut BTreeSet::new());
    f.at_least_one("version", programme.version);
    f.names("names", &programme.names);
    f.names("summary", &programme.summary);
    f.key("category", &programme.category.key, &mut BTreeSet::new());
    category_types(f, programme);
    f.optional_names("policy_note", &programme.policy_note);
    match &programme.validity {
        Some(validity) => f.at_least_one("validity.years", validity.years),
        None if programme.kind == ProgrammeKind::Selection => {
            f.add("validity", "missing_part", "is missing", "add [validity] with years: how long a recognition lasts");
        }
        None => {}
    }
    columns(f, programme);
    match programme.kind {
        ProgrammeKind::Imported => imported(f, programme),
        ProgrammeKind::Selection => selection(f, programme),
    }
    for finding in &mut findings.0 {
        if let Some(path) = finding.path.strip_prefix('.') {
            finding.path = path.to_string();
        }
    }
    findings.0
}

/// An imported list is decided elsewhere: it has nothing of a selection.
fn imported(f: &mut Findings, programme: &Programme) {
    let decision = &programme.decision;
    let present = [
        ("stations", !programme.stations.is_empty()),
        ("sections", !programme.sections.is_empty()),
        ("documents", !programme.documents.is_empty()),
        ("rules", !programme.rules.is_empty()),
        ("rubric", programme.rubric.is_some()),
        ("review", programme.review.is_some()),
        ("notice", programme.notice.is_some()),
        ("decision", *decision != DecisionRules::default()),
    ];
    for (key, _) in present.into_iter().filter(|(_, present)| *present) {
        f.add(key, "not_for_imported", "has no meaning for an imported list", "remove it, or set kind = \"selection\"");
    }
}

fn category_types(f: &mut Findings, programme: &Programme) {
    let mut taken = BTreeSet::new();
    for (index, choice) in programme.category.types.iter().enumerate() {
        let path = format!("category.types[{index}]");
        f.key(&path, &choice.key, &mut taken);
        f.names(&format!("{path}.names"), &choice.names);
    }
    let mut words = BTreeSet::new();
    for (index, choice) in programme.category.types.iter().enumerate() {
        for (at, alias) in choice.aliases.iter().enumerate() {
            let path = format!("category.types[{index}].aliases[{at}]");
            if alias.trim() != alias || alias.is_empty() {
                f.add(path, "empty_name", "is empty or has white space around it", "write what lists write");
            } else if !words.insert(alias.as_str()) {
                f.add(path, "duplicate_key", "is used twice", "give it to one type only");
            }
        }
    }
    for (index, word) in programme.category.list_words.iter().enumerate() {
        if word.trim().is_empty() {
            let path = format!("category.list_words[{index}]");
            f.add(path, "empty_name", "is empty and would fit every list", "write a word of the lists' names");
        }
    }
    if programme.kind == ProgrammeKind::Selection && !programme.category.types.is_empty() {
        f.add(
            "category.types",
            "not_for_selection",
            "only the entries of an imported list have a type",
            "use a one_of field of the form",
        );
    }
}

fn selection(f: &mut Findings, programme: &Programme) {
    applicants(f, programme);
    stations(f, programme);
    f.at_least_one("correction.working_days", programme.correction.working_days);
    form::sections(f, programme);
    documents(f, &programme.documents);
    rules::rules(f, programme);
    review::review(f, programme);
    if let Some(rubric) = &programme.rubric {
        check_rubric(f, "rubric", rubric);
    }
    decision(f, programme);
    if let Some(notice) = &programme.notice {
        f.at_least_one("notice.length", notice.length);
    }
}

fn applicants(f: &mut Findings, programme: &Programme) {
    let applicants = &programme.applicants;
    f.at_least_one("applicants.per_organisation", applicants.per_organisation);
    if applicants.consortium && applicants.max_members == 0 {
        f.add(
            "applicants.max_members",
            "too_small",
            "a consortium needs room for members",
            "write how many members may join the lead, or set consortium = false",
        );
    }
    if let Some(key) = &applicants.routed_by
        && !programme.field(key).is_some_and(|field| matches!(field.kind, FieldKind::City))
    {
        let why = format!("{key} is no field of the kind city");
        f.add(
            "applicants.routed_by",
            "unknown_field",
            why,
            "write the key of a field with kind = \"city\", or remove it",
        );
    }
    if !applicants.consortium && applicants.max_members > 0 {
        f.add(
            "applicants.max_members",
            "contradiction",
            "members are allowed without a consortium",
            "set consortium = true or remove max_members",
        );
    }
}

fn stations(f: &mut Findings, programme: &Programme) {
    let order = |station: &Station| Station::ALL.iter().position(|known| known == station);
    if !programme.stations.is_sorted_by(|a, b| order(a) < order(b)) {
        f.add(
            "stations",
            "station_order",
            "stations are repeated or out of order",
            "write each once, in the order city or city_decides, screening, review, notice",
        );
    }
    if programme.uses(Station::City) && programme.uses(Station::CityDecides) {
        f.add("stations", "contradiction", "a city cannot both recommend and decide", "keep city or city_decides");
    }
    let parts = [
        (Station::Review, "rubric", programme.rubric.is_some()),
        (Station::Review, "review", programme.review.is_some()),
        (Station::Notice, "notice", programme.notice.is_some()),
    ];
    for (station, key, present) in parts {
        if programme.uses(station) && !present {
            f.add(
                key,
                "missing_part",
                format!("is missing, but the station {station} needs it"),
                format!("add [{key}]"),
            );
        } else if present && !programme.uses(station) {
            f.add(
                key,
                "unused_part",
                format!("is there, but the station {station} is not used"),
                "remove it or add the station",
            );
        }
    }
}

fn documents(f: &mut Findings, documents: &[DocumentKind]) {
    let mut taken = BTreeSet::new();
    for (index, document) in documents.iter().enumerate() {
        let path = format!("documents[{index}]");
        f.key(&path, &document.key, &mut taken);
        f.names(&format!("{path}.names"), &document.names);
        f.optional_names(&format!("{path}.help"), &document.help);
        f.reason(&format!("{path}.reason"), &document.reason);
        f.at_least_one(&format!("{path}.min_count"), document.min_count);
        if document.max_count < document.min_count {
            f.add(
                format!("{path}.max_count"),
                "max_below_min",
                "is below min_count",
                "raise max_count or lower min_count",
            );
        }
        if document.types.is_empty() {
            f.add(
                format!("{path}.types"),
                "empty_list",
                "names no type",
                "name one at least: pdf, png, jpg, xlsx, docx",
            );
        }
        if !(1..=MAX_DOCUMENT_BYTES).contains(&document.max_bytes) {
            f.add(
                format!("{path}.max_bytes"),
                "out_of_range",
                "is not a size that can be taken",
                format!("write 1 to {MAX_DOCUMENT_BYTES} bytes"),
            );
        }
        if document.required && document.required_when.is_some() {
            f.add(
                format!("{path}.required_when"),
                "contradiction",
                "the document is required in any case",
                "remove required_when or set required = false",
            );
        }
    }
}

fn check_rubric(f: &mut Findings, place: &str, rubric: &Rubric) {
    let mut dimensions = BTreeSet::new();
    let mut items = BTreeSet::new();
    for (at, dimension) in rubric.dimensions.iter().enumerate() {
        let path = format!("{place}.dimensions[{at}]");
        f.key(&path, &dimension.key, &mut dimensions);
        f.names(&format!("{path}.names"), &dimension.names);
        if dimension.items.is_empty() {
            f.add(format!("{path}.items"), "empty_list", "has no item", "add one at least");
        }
        for (at, item) in dimension.items.iter().enumerate() {
            let path = format!("{path}.items[{at}]");
            f.key(&path, &item.key, &mut items);
            f.names(&format!("{path}.names"), &item.names);
            f.optional_names(&format!("{path}.guidance"), &item.guidance);
            if item.max.hundredths() == 0 {
                f.add(format!("{path}.max"), "too_small", "an item is worth something", "write more than 0 points");
            }
        }
    }
    let sum = rubric.max_hundredths();
    if sum != FULL_MARKS {
        f.add(
            format!("{place}.dimensions"),
            "rubric_sum",
            format!("the items add up to {}.{:02} points", sum / 100, sum % 100),
            "change the items' max so that they add up to 100",
        );
    }
}

fn decision(f: &mut Findings, programme: &Programme) {
    let decision = &programme.decision;
    if decision.pass_mark.is_some_and(|mark: Points| mark.hundredths() > FULL_MARKS) {
        f.add("decision.pass_mark", "out_of_range", "is more than full marks", "write 0 to 100");
    }
    if let Some(places) = decision.places {
        f.at_least_one("decision.places", places);
    }
    if let Some(cap) = decision.cap {
        f.at_least_one("decision.cap.most", cap.most);
        let names_one = programme.fields().any(|field| matches!(field.kind, FieldKind::Cluster { .. }));
        if cap.by == CapBy::Cluster && !names_one {
            let remedy = "write \"city\", or ask for a cluster in the form";
            f.add("decision.cap.by", "contradiction", "no field of the form names a cluster", remedy);
        }
    }
    if decision.pass_mark.is_some() && programme.rubric.is_none() {
        f.add("decision.pass_mark", "contradiction", "nothing is scored", "remove it, or add the station review");
    }
    let dimensions = programme.rubric.iter().flat_map(|rubric| &rubric.dimensions);
    let known: BTreeSet<&str> = dimensions.map(|dimension| dimension.key.as_str()).chain(["submitted_at"]).collect();
    let mut seen = BTreeSet::new();
    for (index, name) in decision.tie_order.iter().enumerate() {
        let path = format!("decision.tie_order[{index}]");
        if !known.contains(name.as_str()) {
            let known: Vec<&str> = known.iter().copied().collect();
            f.add(
                path,
                "unknown_dimension",
                "is no dimension of the rubric",
                format!("use one of {}", known.join(", ")),
            );
        } else if !seen.insert(name) {
            f.add(path, "duplicate_key", "is used twice", "name each once");
        }
    }
}

fn columns(f: &mut Findings, programme: &Programme) {
    let mut taken = BTreeSet::new();
    if programme.public_columns.is_empty() {
        f.add("public_columns", "empty_list", "a public list shows something", "add one column at least");
    }
    for (index, column) in programme.public_columns.iter().enumerate() {
        let path = format!("public_columns[{index}]");
        f.key(&path, &column.key, &mut taken);
        f.names(&format!("{path}.names"), &column.names);
        column_source(f, programme, &format!("{path}.source"), column);
    }
}

fn column_source(f: &mut Findings, programme: &Programme, path: &str, column: &PublicColumn) {
    match &column.source {
        ColumnSource::Field(key) => match programme.field(key) {
            None => f.add(path, "unknown_field", "is no field of the form", "name a field that sections define"),
            Some(field) if field.personal => {
                f.add(
                    path,
                    "personal_column",
                    "the field is about a person",
                    "a public list never shows it: remove the column",
                );
            }
            Some(_) => {}
        },
        ColumnSource::Product | ColumnSource::CategoryType if programme.kind == ProgrammeKind::Selection => f.add(
            path,
            "not_for_selection",
            "only the entries of an imported list have it",
            "use field:<key> of the field that holds it",
        ),
        ColumnSource::CategoryType if programme.category.types.is_empty() => {
            f.add(path, "contradiction", "the category has no types", "add category.types or remove the column");
        }
        _ => {}
    }
}
