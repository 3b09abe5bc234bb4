//! A kind of selection (申报类别) as data: form, documents, eligibility rules, rubric, review rules, notice, validity.
//!
//! A file under `config/programmes/` is read once at start, checked as a whole ([`Programme::parse`]) and pinned by each call as
//! JSON, so that a running call never changes under an applicant. Nothing here knows any single programme.

mod changes;
mod difference;
pub mod field;
mod parse;
mod problem;
mod review;
mod validate;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::calendar::DayUnit;
use super::chain::canonical;
use super::eligibility::{Check, EligibilityRule};
use super::names::Names;
use super::procedure::Station;
use super::rubric::{Points, Rubric};
use super::text::text_enum;

pub use changes::{ChangeWords, differences};
pub use difference::Difference;
pub use field::{Choice, Column, Field, FieldKind, MoneyUnit, OrganisationFact, Section, Shape, TextFormat};
pub use problem::ConfigProblem;
pub use review::{CommentFor, DrawRules, ExtraKind, ExtraRules, RecusalRules, ReviewRules, Stratum};

text_enum!(
    /// Whether applications are taken at all.
    ProgrammeKind {
        /// Applications are taken, judged and decided.
        Selection = "selection",
        /// Lists decided elsewhere are brought in and promoted, never scored.
        Imported = "imported",
    }
);

text_enum!(
    /// What is recognised.
    CategoryKind {
        /// An industrial internet platform.
        Platform = "platform",
        /// A service provider.
        Provider = "provider",
    }
);

/// A kind of selection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Stable key, unique among the programmes.
    pub key: String,
    /// Counted up by whoever changes the file.
    pub version: u32,
    /// Selection or imported.
    pub kind: ProgrammeKind,
    /// Its name in three languages.
    pub names: Names,
    /// What it is, in a sentence or two.
    pub summary: Names,
    /// Where it stands among the pool's categories.
    pub category: Category,
    /// What the policy says about it, for the call's page.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub policy_note: Names,
    /// Who may apply.
    #[serde(default)]
    pub applicants: Applicants,
    /// The stations that a file passes, in order; the decision is always there and is not listed.
    #[serde(default)]
    pub stations: Vec<Station>,
    /// Returning a file to be mended.
    #[serde(default)]
    pub correction: CorrectionRules,
    /// The form.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// The documents that go with it.
    #[serde(default)]
    pub documents: Vec<DocumentKind>,
    /// What the screening asks of form and documents.
    #[serde(default)]
    pub rules: Vec<EligibilityRule>,
    /// How many a bureau may recommend.
    #[serde(default)]
    pub quota: Quota,
    /// What experts score; there exactly if the station `review` is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<Rubric>,
    /// How experts score; there exactly if the station `review` is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewRules>,
    /// Who is selected.
    #[serde(default)]
    pub decision: DecisionRules,
    /// The public notice; there exactly if the station `notice` is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeRules>,
    /// How long a recognition lasts. A selection has it; an imported list without it names no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// The whitelist of what a public list shows, in order.
    pub public_columns: Vec<PublicColumn>,
}

/// A category of the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Stable key; filters and statistics group by it.
    pub key: String,
    /// Platform or provider.
    pub kind: CategoryKind,
    /// Of an imported list: what an entry says it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<CategoryType>,
    /// Of an imported list: words that the name of a list has if it is one of this category's. Only then does the bare name of a type
    /// mean that type, because the provinces have types of the same name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list_words: Vec<String>,
}

/// What an entry of an imported list may say it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryType {
    /// Stable key, unique in its category.
    pub key: String,
    /// What is read.
    pub names: Names,
    /// What lists write for it and for nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

impl Category {
    /// The type that a row means which writes `text` in a list of this name; none if it means none of this category.
    pub fn type_meant(&self, text: &str, list: &str) -> Option<&CategoryType> {
        let text = text.trim();
        let is_ours = self.list_words.iter().any(|word| list.contains(word));
        self.types.iter().find(|known| {
            let named = text == known.names.zh_cn || text == known.names.zh_tw || text == known.key;
            known.aliases.iter().any(|alias| alias == text) || (is_ours && named && !text.is_empty())
        })
    }

    /// The type of a key.
    pub fn type_of(&self, key: &str) -> Option<&CategoryType> {
        self.types.iter().find(|known| known.key == key)
    }
}

/// Who may apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Applicants {
    /// Whether a lead may apply with members.
    pub consortium: bool,
    /// Most members beside the lead.
    pub max_members: u32,
    /// Whether organisations registered outside the province may apply.
    pub outside_province: bool,
    /// Key of the field whose city says which bureau recommends an organisation from outside the province; without it the
    /// main service city in the organisation's record does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routed_by: Option<String>,
    /// Most applications of one organisation in one call.
    pub per_organisation: u32,
}

impl Default for Applicants {
    fn default() -> Self {
        Applicants { consortium: false, max_members: 0, outside_province: false, routed_by: None, per_organisation: 1 }
    }
}

/// Returning a file to be mended: once at each station (told once and completely, by analogy with article 32 of the Administrative
/// Licensing Law).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CorrectionRules {
    /// Working days that an officer's page proposes.
    pub working_days: u32,
}

impl Default for CorrectionRules {
    fn default() -> Self {
        CorrectionRules { working_days: 5 }
    }
}

text_enum!(
    /// A type of file.
    DocumentType {
        /// Portable document.
        Pdf = "pdf",
        /// Picture.
        Png = "png",
        /// Photograph.
        Jpg = "jpg",
        /// Workbook.
        Xlsx = "xlsx",
        /// Text document.
        Docx = "docx",
    }
);

/// A kind of document (佐证材料) that goes with an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentKind {
    /// Stable key.
    pub key: String,
    /// What it is called.
    pub names: Names,
    /// What it must show.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub help: Names,
    /// Why the department asks for it, as at a field.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub reason: Names,
    /// Whether a file can be submitted without it.
    #[serde(default)]
    pub required: bool,
    /// Required when this holds for the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<Check>,
    /// Types that are accepted.
    pub types: Vec<DocumentType>,
    /// Bytes of one file.
    pub max_bytes: u64,
    /// Fewest files, when there must be any.
    #[serde(default = "one")]
    pub min_count: u32,
    /// Most files.
    #[serde(default = "one")]
    pub max_count: u32,
}

/// The key of a field of expertise that is an option of the form; two programmes with the same field share it.
pub fn expertise_key(field: &str, option: &str) -> String {
    format!("{field}:{option}")
}

fn one() -> u32 {
    1
}

/// How many applications a bureau may recommend in one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quota {
    /// For every bureau; no limit if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_bureau: Option<u32>,
    /// For single bureaus, by code, instead.
    pub bureaus: BTreeMap<String, u32>,
    /// Whether a recommendation carries a rank.
    pub ranked: bool,
}

impl Default for Quota {
    fn default() -> Self {
        Quota { per_bureau: None, bureaus: BTreeMap::new(), ranked: true }
    }
}

impl Quota {
    /// The limit of a bureau; none if there is no limit.
    pub fn for_bureau(&self, bureau: &str) -> Option<u32> {
        self.bureaus.get(bureau).copied().or(self.per_bureau)
    }
}

/// Who is selected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DecisionRules {
    /// The least final score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass_mark: Option<Points>,
    /// The most that are selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// How equal scores are ordered: keys of dimensions, then `submitted_at`.
    pub tie_order: Vec<String>,
    /// The most that are selected of one city or one cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<Cap>,
}

text_enum!(
    /// What a cap counts by.
    CapBy {
        /// The city that the applicant is registered in; one from outside the province counts in none.
        City = "city",
        /// The clusters that the form names; an application of several counts in each.
        Cluster = "cluster",
    }
);

/// A limit on how many of one group are selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// City or cluster.
    pub by: CapBy,
    /// How many of each.
    pub most: u32,
}

/// The public notice (公示).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeRules {
    /// How many days.
    pub length: u32,
    /// Of which kind.
    pub unit: DayUnit,
    /// Whether the day of publication is the first of them.
    pub first_day_counts: bool,
}

/// How long a recognition lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Full years; the last day is the one before the anniversary.
    pub years: u32,
}

/// A column of the public list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicColumn {
    /// Stable key; the heading's name in CSV and JSON.
    pub key: String,
    /// The heading.
    pub names: Names,
    /// Where a cell comes from.
    pub source: ColumnSource,
}

/// Where a cell of a public list comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ColumnSource {
    /// The place in the list, from 1.
    Number,
    /// The organisation's name.
    OrganisationName,
    /// Its 统一社会信用代码.
    CreditCode,
    /// Its city.
    City,
    /// The names of a consortium's members.
    MemberNames,
    /// The programme's name.
    Programme,
    /// The platform or product that an imported list names beside the organisation.
    Product,
    /// What an entry of an imported list says it is: one of the category's types.
    CategoryType,
    /// A field of the form.
    Field(String),
}

impl ColumnSource {
    /// The words that a file may write, beside `field:<key>`.
    const WORDS: [(&'static str, ColumnSource); 8] = [
        ("number", ColumnSource::Number),
        ("organisation_name", ColumnSource::OrganisationName),
        ("credit_code", ColumnSource::CreditCode),
        ("city", ColumnSource::City),
        ("member_names", ColumnSource::MemberNames),
        ("programme", ColumnSource::Programme),
        ("product", ColumnSource::Product),
        ("category_type", ColumnSource::CategoryType),
    ];
}

impl TryFrom<String> for ColumnSource {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if let Some(key) = text.strip_prefix("field:") {
            return Ok(ColumnSource::Field(key.to_string()));
        }
        let known = Self::WORDS.into_iter().find(|(word, _)| *word == text).map(|(_, source)| source);
        known.ok_or_else(|| {
            let words = Self::WORDS.map(|(word, _)| word).join(", ");
            format!("unknown source {text:?}, expected one of {words}, field:<key>")
        })
    }
}

impl From<ColumnSource> for String {
    fn from(source: ColumnSource) -> String {
        match source {
            ColumnSource::Field(key) => format!("field:{key}"),
            other => ColumnSource::WORDS
                .into_iter()
                .find(|(_, known)| *known == other)
                .map(|(word, _)| word.to_string())
                .unwrap_or_default(),
        }
    }
}

impl Programme {
    /// Reads and checks a file of `config/programmes/`. `file` is named in the problems.
    ///
    /// # Errors
    /// Everything that is wrong: file, line, key, value, remedy. A file that is not TOML, or that has a key nobody knows, stops
    /// at the first.
    pub fn parse(file: &str, text: &str) -> Result<Programme, Vec<ConfigProblem>> {
        parse::parse(file, text)
    }

    /// Every field of the form, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key == key)
    }

    /// The fields of expertise that this programme's form brings beside category, kind and clusters: key and option.
    pub fn expertise(&self) -> impl Iterator<Item = (String, &Choice)> {
        let keys = self.review.iter().flat_map(|review| &review.expertise_fields);
        keys.filter_map(|key| self.field(key)).flat_map(|field| {
            field.kind.options().iter().map(|option| (expertise_key(&field.key, &option.key), option))
        })
    }

    /// The kind of document of a key.
    pub fn document(&self, key: &str) -> Option<&DocumentKind> {
        self.documents.iter().find(|document| document.key == key)
    }

    /// The eligibility rule of a key.
    pub fn rule(&self, key: &str) -> Option<&EligibilityRule> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    /// Whether a file passes this station.
    pub fn uses(&self, station: Station) -> bool {
        self.stations.contains(&station)
    }

    /// Identifies this version for ever: the SHA-256, in hex, of its canonical JSON.
    pub fn digest(&self) -> String {
        let json = serde_json::to_value(self).unwrap_or_default();
        // The check at reading keeps every number within what the canonical form can hold.
        let bytes = canonical::to_bytes(&json).unwrap_or_else(|_| json.to_string().into_bytes());
        hex::encode(Sha256::digest(bytes))
    }
}
