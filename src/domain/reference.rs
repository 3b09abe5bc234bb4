//! Reference data: cities and counties (GB/T 2260), the twenty strategic clusters, manufacturing divisions (GB/T 4754-2017),
//! bureaus, and the working-day calendar. All of it is files under `config/reference`, checked at start-up.

pub(crate) mod table;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use table::ReferenceProblem;

use crate::domain::calendar::Calendar;
use crate::domain::names::Names;
use table::{Record, Table};

/// A prefecture-level city of the province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct City {
    /// Six digits, GB/T 2260.
    pub code: String,
    /// Full name.
    pub name: String,
    /// The same in the languages of the pages.
    pub names: Names,
    /// Part of the province (珠三角, 粤东, 粤西, 粤北).
    pub region: String,
    /// What is special about it.
    pub note: String,
}

/// A county-level area, or a cooperation area with a code of our own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct County {
    /// Six digits.
    pub code: String,
    /// Full name.
    pub name: String,
    /// The same in the languages of the pages; in English there are no others.
    pub names: Names,
    /// The city that it counts under in statistics.
    pub city_code: String,
}

/// An area as a page names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AreaName {
    /// Its city, in the reader's language.
    pub city: String,
    /// Its county, in the reader's Chinese, or simplified Chinese for a reader of English. Empty for a whole city.
    pub county: String,
}

/// A strategic industrial cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cluster {
    /// Our own key: P01 … P10, E01 … E10.
    pub id: String,
    /// Pillar or emerging, in the policy's words.
    pub kind: String,
    /// Name, as lists and files call it.
    pub name: String,
    /// The same in the languages of the pages.
    pub names: Names,
}

/// A manufacturing division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Division {
    /// C13 … C43.
    pub code: String,
    /// Name, as lists and files call it.
    pub name: String,
    /// The same in the languages of the pages.
    pub names: Names,
}

/// A bureau that checks and recommends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bureau {
    /// Our own key, a plain word.
    pub code: String,
    /// Official name.
    pub name: String,
    /// The same in the languages of the pages.
    pub names: Names,
    /// The city it speaks for; none for a bureau that has only the areas it covers.
    pub city_code: Option<String>,
    /// Area codes that come to it, whatever their city.
    pub covers: Vec<String>,
    /// Why it covers them.
    pub note: String,
}

impl Bureau {
    /// Its name on a page in this language.
    pub fn name_in(&self, language: &str) -> String {
        self.names.in_language(language).to_string()
    }
}

/// Who gets a file first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Route {
    /// The bureau with this code.
    Bureau(String),
    /// No bureau: the department itself.
    Direct,
}

/// The text of each file.
#[derive(Debug, Clone, Copy)]
pub struct ReferenceFiles<'a> {
    /// `cities.csv`
    pub cities: &'a str,
    /// `counties.csv`
    pub counties: &'a str,
    /// `clusters.csv`
    pub clusters: &'a str,
    /// `divisions.csv`
    pub divisions: &'a str,
    /// `bureaus.csv`
    pub bureaus: &'a str,
    /// `state_council_holidays.csv`
    pub holidays: &'a str,
}

impl ReferenceFiles<'static> {
    /// The files of `config/reference` as they were when this was compiled.
    pub const BUNDLED: ReferenceFiles<'static> = ReferenceFiles {
        cities: include_str!("../../config/reference/cities.csv"),
        counties: include_str!("../../config/reference/counties.csv"),
        clusters: include_str!("../../config/reference/clusters.csv"),
        divisions: include_str!("../../config/reference/divisions.csv"),
        bureaus: include_str!("../../config/reference/bureaus.csv"),
        holidays: include_str!("../../config/reference/state_council_holidays.csv"),
    };
}

/// All reference data, each kind in its file's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Cities of the province.
    pub cities: Vec<City>,
    /// Counties and cooperation areas.
    pub counties: Vec<County>,
    /// Clusters.
    pub clusters: Vec<Cluster>,
    /// Manufacturing divisions.
    pub divisions: Vec<Division>,
    /// Bureaus.
    pub bureaus: Vec<Bureau>,
    /// Working days.
    pub calendar: Calendar,
}

impl Reference {
    /// Reads and checks all files together.
    ///
    /// # Errors
    /// Every wrong cell of every file: file, line, column, value and remedy.
    pub fn load(files: &ReferenceFiles<'_>) -> Result<Reference, Vec<ReferenceProblem>> {
        let mut problems = Vec::new();
        let mut read =
            |file, text, columns| table::read(file, text, columns).map_err(|found| problems.extend(found)).ok();
        let cities = read("cities.csv", files.cities, &["code", "name", "name_zh_tw", "name_en", "region", "note"]);
        let counties = read("counties.csv", files.counties, &["code", "name", "name_zh_tw", "city_code"]);
        let clusters = read("clusters.csv", files.clusters, &["id", "kind", "name", "name_zh_tw", "name_en"]);
        let divisions = read("divisions.csv", files.divisions, &["code", "name", "name_zh_tw", "name_en"]);
        let bureaus = read(
            "bureaus.csv",
            files.bureaus,
            &["code", "name", "name_zh_tw", "name_en", "city_code", "covers", "note"],
        );
        let calendar =
            Calendar::parse("state_council_holidays.csv", files.holidays).map_err(|found| problems.extend(found)).ok();
        let (Some(cities), Some(counties), Some(clusters), Some(divisions), Some(bureaus), Some(calendar)) =
            (cities, counties, clusters, divisions, bureaus, calendar)
        else {
            return Err(problems);
        };

        let found = &mut problems;
        keys(&cities, "code", "six digits", is_area_code, found);
        keys(&counties, "code", "six digits", is_area_code, found);
        keys(&clusters, "id", "a letter and two digits, as P01", is_lettered, found);
        keys(&divisions, "code", "a letter and two digits, as C13", is_lettered, found);
        keys(&bureaus, "code", "small letters only, as guangzhou", is_word, found);
        let reference = Reference {
            cities: rows(&cities, found, |r, p| City {
                code: r.get("code").to_string(),
                name: r.required("name", p),
                names: names(r),
                region: r.required("region", p),
                note: r.get("note").to_string(),
            }),
            counties: rows(&counties, found, |r, p| County {
                code: r.get("code").to_string(),
                name: r.required("name", p),
                names: Names {
                    zh_cn: r.get("name").to_string(),
                    zh_tw: r.get("name_zh_tw").to_string(),
                    en: String::new(),
                },
                city_code: r.get("city_code").to_string(),
            }),
            clusters: rows(&clusters, found, |r, p| Cluster {
                id: r.get("id").to_string(),
                kind: r.required("kind", p),
                name: r.required("name", p),
                names: names(r),
            }),
            divisions: rows(&divisions, found, |r, p| Division {
                code: r.get("code").to_string(),
                name: r.required("name", p),
                names: names(r),
            }),
            bureaus: rows(&bureaus, found, |r, p| Bureau {
                code: r.get("code").to_string(),
                name: r.required("name", p),
                names: names(r),
                city_code: Some(r.get("city_code").to_string()).filter(|code| !code.is_empty()),
                covers: r.get("covers").split_whitespace().map(str::to_string).collect(),
                note: r.get("note").to_string(),
            }),
            calendar,
        };
        reference.check_areas(&cities, &counties, &bureaus, found);
        if problems.is_empty() { Ok(reference) } else { Err(problems) }
    }

    /// Every area belongs to a city that exists, and to exactly one bureau.
    fn check_areas(
        &self,
        cities: &Table<'_>,
        counties: &Table<'_>,
        bureaus: &Table<'_>,
        problems: &mut Vec<ReferenceProblem>,
    ) {
        for record in &counties.records {
            if self.city(record.get("city_code")).is_none() {
                problems.push(record.problem(
                    "city_code",
                    "reference_unknown_city",
                    "no such city; add it to cities.csv or correct the code",
                ));
            }
            // A city without counties stands in the file as its own and only area.
            if self.city(record.get("code")).is_some() && record.get("code") != record.get("city_code") {
                problems.push(record.problem(
                    "code",
                    "reference_twice",
                    "is already the code of a city; correct one of them",
                ));
            }
        }
        let mut taken = BTreeSet::new();
        for record in &bureaus.records {
            let city = record.get("city_code");
            let covers: Vec<&str> = record.get("covers").split_whitespace().collect();
            if city.is_empty() && covers.is_empty() {
                problems.push(record.problem(
                    "city_code",
                    "reference_missing",
                    "name the bureau's city or the areas it covers",
                ));
            }
            if !city.is_empty() && self.city(city).is_none() {
                problems.push(record.problem(
                    "city_code",
                    "reference_unknown_city",
                    "no such city; add it to cities.csv or correct the code",
                ));
            } else if !city.is_empty() && !taken.insert(city) {
                problems.push(record.problem(
                    "city_code",
                    "reference_twice",
                    "another bureau already speaks for this city",
                ));
            }
            for area in covers {
                if self.county(area).is_none() {
                    problems.push(record.problem(
                        "covers",
                        "reference_unknown_area",
                        "no such area; add it to counties.csv or correct the code",
                    ));
                } else if !taken.insert(area) {
                    problems.push(record.problem(
                        "covers",
                        "reference_twice",
                        "another bureau already covers this area",
                    ));
                }
            }
        }
        for record in &cities.records {
            if !taken.contains(record.get("code")) {
                problems.push(record.problem(
                    "code",
                    "reference_no_bureau",
                    "no bureau speaks for this city; add one to bureaus.csv",
                ));
            }
        }
    }

    /// The city with this code.
    pub fn city(&self, code: &str) -> Option<&City> {
        self.cities.iter().find(|city| city.code == code)
    }

    /// The county or cooperation area with this code.
    pub fn county(&self, code: &str) -> Option<&County> {
        self.counties.iter().find(|county| county.code == code)
    }

    /// The cluster with this id.
    pub fn cluster(&self, id: &str) -> Option<&Cluster> {
        self.clusters.iter().find(|cluster| cluster.id == id)
    }

    /// The manufacturing division with this code.
    pub fn division(&self, code: &str) -> Option<&Division> {
        self.divisions.iter().find(|division| division.code == code)
    }

    /// The bureau with this code.
    pub fn bureau(&self, code: &str) -> Option<&Bureau> {
        self.bureaus.iter().find(|bureau| bureau.code == code)
    }

    /// The areas of a city; 东莞 and 中山, which have no counties, are their own.
    pub fn counties_of<'a>(&'a self, city_code: &'a str) -> impl Iterator<Item = &'a County> {
        self.counties.iter().filter(move |county| county.city_code == city_code)
    }

    /// The city that an area counts under; a city's own code is its area too. None outside the province.
    pub fn city_of(&self, area_code: &str) -> Option<&City> {
        self.city(self.county(area_code).map_or(area_code, |county| &county.city_code))
    }

    /// An area by the name of its city and its own; none outside the province.
    pub fn area_name(&self, area_code: &str, language: &str) -> Option<AreaName> {
        let city = self.city_of(area_code)?;
        let county = self.county(area_code).filter(|county| county.name != city.name);
        Some(AreaName {
            city: city.names.in_language(language).to_string(),
            county: county.map(|county| county.names.in_language(language).to_string()).unwrap_or_default(),
        })
    }

    /// The bureau that an area comes to: the one that covers it, else its city's. None outside the province.
    pub fn bureau_of(&self, area_code: &str) -> Option<&Bureau> {
        let covering = self.bureaus.iter().find(|bureau| bureau.covers.iter().any(|area| area == area_code));
        covering.or_else(|| {
            let city = self.city_of(area_code)?;
            self.bureaus.iter().find(|bureau| bureau.city_code.as_deref() == Some(city.code.as_str()))
        })
    }

    /// Whether the authority in a credit code (GB 32100-2015, characters 3 to 8) is of another place than the one registered: of
    /// another city, or of the other side of the border of Guangdong (44 in GB/T 2260). A firm may have moved, and 10 stands for the
    /// whole country, so that this is a hint to people and decides nothing.
    pub fn is_elsewhere(&self, credit_code: &str, registered_area: Option<&str>) -> bool {
        let Some(authority) = credit_code.get(2..8) else { return false };
        let is_inside = authority.starts_with("44");
        match registered_area {
            None => is_inside,
            Some(_) if !is_inside => !authority.starts_with("10"),
            Some(area) => {
                let city = authority.get(..4).map(|city| format!("{city}00")).unwrap_or_default();
                let (there, here) = (self.city(&city), self.city_of(area));
                there.zip(here).is_some_and(|(there, here)| there.code != here.code)
            }
        }
    }

    /// Where a file goes first: to the bureau of the registered area; for an applicant from outside the province to the bureau
    /// of its main service city; else straight to the department. By table, never by the digits of a code.
    pub fn route(&self, registered_area: Option<&str>, main_service_city: Option<&str>) -> Route {
        let bureau = registered_area.and_then(|area| self.bureau_of(area));
        match bureau.or_else(|| main_service_city.and_then(|city| self.bureau_of(city))) {
            Some(bureau) => Route::Bureau(bureau.code.clone()),
            None => Route::Direct,
        }
    }
}

/// The names of a row; those that are empty are said in simplified Chinese.
fn names(record: &Record<'_>) -> Names {
    let text = |column: &str| record.get(column).to_string();
    Names { zh_cn: text("name"), zh_tw: text("name_zh_tw"), en: text("name_en") }
}

fn rows<T>(
    table: &Table<'_>,
    problems: &mut Vec<ReferenceProblem>,
    row: impl Fn(&Record<'_>, &mut Vec<ReferenceProblem>) -> T,
) -> Vec<T> {
    table.records.iter().map(|record| row(record, problems)).collect()
}

/// Every key has its form and stands once; a file without rows is refused.
fn keys(table: &Table<'_>, column: &str, form: &str, fits: fn(&str) -> bool, problems: &mut Vec<ReferenceProblem>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &table.records {
        if !fits(record.get(column)) {
            problems.push(record.problem(column, "reference_key", format!("must be {form}")));
        } else if let Some(line) = seen.insert(record.get(column), record.line) {
            problems.push(record.problem(column, "reference_twice", format!("is already on line {line}; keep one")));
        }
    }
    if table.records.is_empty() {
        problems.push(table.problem("reference_empty", "", "has no rows".to_string()));
    }
}

fn is_area_code(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_lettered(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, a, b] if letter.is_ascii_uppercase() && a.is_ascii_digit() && b.is_ascii_digit())
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.len() <= 40 && text.bytes().all(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests;
