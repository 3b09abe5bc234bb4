//! The form of a programme: sections, fields and what a field holds.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::contact::is_telephone;
use crate::domain::names::Names;
use crate::domain::text::text_enum;

/// A part of the form with a heading of its own; saved and shown as one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable key.
    pub key: String,
    /// The heading.
    pub names: Names,
    /// What the section is for.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub help: Names,
    /// In the order of the page.
    pub fields: Vec<Field>,
}

/// One question of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable key, unique in the whole form.
    pub key: String,
    /// The label.
    pub names: Names,
    /// How to answer.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub help: Names,
    /// Why the department asks; in every language where it is there, and in none of a programme that was pinned without.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub reason: Names,
    /// What it holds.
    pub kind: FieldKind,
    /// The key of an earlier field whose whole number this one is a part of, and never more than.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
    /// Whether a file can be submitted without it.
    #[serde(default)]
    pub required: bool,
    /// Whether last year's answer is offered.
    #[serde(default)]
    pub carry_over: bool,
    /// What the organisation's record says already: a new draft takes it over as the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_organisation: Option<OrganisationFact>,
    /// About a person: never in a public list, never shown to experts.
    #[serde(default)]
    pub personal: bool,
    /// Names people whom recusal concerns, such as the legal representative: no expert of that name scores the file. In none of
    /// a programme that was pinned without.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recuses: bool,
}

/// What a field holds, with its bounds. All bounds are included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldKind {
    /// One line.
    Text {
        /// Characters.
        max_chars: u32,
        /// What the line is, where that can be told from how it is written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<TextFormat>,
    },
    /// Several paragraphs.
    LongText {
        /// Characters.
        max_chars: u32,
    },
    /// A whole number.
    WholeNumber {
        /// What is counted.
        #[serde(default, skip_serializing_if = "Names::is_empty")]
        unit: Names,
        /// Lower bound.
        min: i64,
        /// Upper bound.
        max: i64,
    },
    /// A sum of money, kept in fen.
    Money {
        /// What is typed.
        unit: MoneyUnit,
        /// Lower bound, in the unit.
        min: i64,
        /// Upper bound, in the unit.
        max: i64,
    },
    /// A day.
    Date {
        /// Earliest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<NaiveDate>,
        /// Latest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<NaiveDate>,
        /// Whether a day after today is accepted.
        #[serde(default)]
        future: bool,
    },
    /// Yes or no.
    YesNo,
    /// One of the options.
    OneOf {
        /// In the order of the page.
        options: Vec<Choice>,
    },
    /// Several of the options.
    SeveralOf {
        /// In the order of the page.
        options: Vec<Choice>,
        /// Fewest, once anything is chosen or the field is required.
        #[serde(default)]
        min: u32,
        /// Most.
        max: u32,
    },
    /// Figures for each of the last full years before the call's year.
    TableByYear {
        /// How many years.
        years: u32,
        /// Whole numbers and money.
        columns: Vec<Column>,
    },
    /// Repeated rows, such as service cases.
    Rows {
        /// Fewest, once there is a row or the field is required.
        #[serde(default)]
        min: u32,
        /// Most.
        max: u32,
        /// Any kind with a single value.
        columns: Vec<Column>,
    },
    /// A city of the province, by its GB/T 2260 code.
    City,
    /// An industrial cluster of the province, by its code.
    Cluster {
        /// More than one.
        #[serde(default)]
        several: bool,
    },
    /// A division of manufacturing in GB/T 4754, C13 to C43.
    IndustryDivision {
        /// More than one.
        #[serde(default)]
        several: bool,
    },
}

impl FieldKind {
    /// The word of the file, for the API and for templates.
    pub fn name(&self) -> &'static str {
        match self {
            FieldKind::Text { .. } => "text",
            FieldKind::LongText { .. } => "long_text",
            FieldKind::WholeNumber { .. } => "whole_number",
            FieldKind::Money { .. } => "money",
            FieldKind::Date { .. } => "date",
            FieldKind::YesNo => "yes_no",
            FieldKind::OneOf { .. } => "one_of",
            FieldKind::SeveralOf { .. } => "several_of",
            FieldKind::TableByYear { .. } => "table_by_year",
            FieldKind::Rows { .. } => "rows",
            FieldKind::City => "city",
            FieldKind::Cluster { .. } => "cluster",
            FieldKind::IndustryDivision { .. } => "industry_division",
        }
    }

    /// How an answer is laid out.
    pub fn shape(&self) -> Shape {
        match self {
            FieldKind::SeveralOf { .. }
            | FieldKind::Cluster { several: true }
            | FieldKind::IndustryDivision { several: true } => Shape::Several,
            FieldKind::TableByYear { .. } => Shape::Years,
            FieldKind::Rows { .. } => Shape::Rows,
            _ => Shape::Single,
        }
    }

    /// The options of a choice, else none.
    pub fn options(&self) -> &[Choice] {
        match self {
            FieldKind::OneOf { options } | FieldKind::SeveralOf { options, .. } => options,
            _ => &[],
        }
    }

    /// The columns of a table or of rows, else none.
    pub fn columns(&self) -> &[Column] {
        match self {
            FieldKind::TableByYear { columns, .. } | FieldKind::Rows { columns, .. } => columns,
            _ => &[],
        }
    }
}

/// How an answer is laid out, whatever it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One text.
    Single,
    /// A list of texts.
    Several,
    /// Texts by year and column.
    Years,
    /// A list of rows, each with texts by column.
    Rows,
}

/// A column of a table or of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Stable key, unique in its field.
    pub key: String,
    /// The heading.
    pub names: Names,
    /// What a cell holds.
    pub kind: FieldKind,
    /// Whether each row or year needs it.
    #[serde(default)]
    pub required: bool,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable key, unique in its field.
    pub key: String,
    /// What is read.
    pub names: Names,
}

text_enum!(
    /// What an organisation's record says that a form asks for too.
    OrganisationFact {
        /// Its address.
        Address = "address",
        /// The day it was established.
        EstablishedOn = "established_on",
        /// The city it mainly serves.
        MainServiceCity = "main_service_city",
        /// The name of its contact person.
        ContactName = "contact_name",
        /// The telephone of its contact person.
        ContactPhone = "contact_phone",
    }
);

impl OrganisationFact {
    /// Whether a field of this kind can hold it.
    pub fn fits(self, kind: &FieldKind) -> bool {
        match self {
            OrganisationFact::Address => matches!(kind, FieldKind::Text { .. } | FieldKind::LongText { .. }),
            OrganisationFact::EstablishedOn => matches!(kind, FieldKind::Date { .. }),
            OrganisationFact::MainServiceCity => matches!(kind, FieldKind::City),
            OrganisationFact::ContactName | OrganisationFact::ContactPhone => matches!(kind, FieldKind::Text { .. }),
        }
    }

    /// Whether it is about a person.
    pub fn is_personal(self) -> bool {
        matches!(self, OrganisationFact::ContactName | OrganisationFact::ContactPhone)
    }
}

text_enum!(
    /// What a line of text is, where that can be told from how it is written.
    TextFormat {
        /// An address that mail is sent to.
        Email = "email",
        /// A number that can be called.
        Telephone = "telephone",
    }
);

impl TextFormat {
    /// Whether a text in the usual width is written so. Whether somebody answers there only a letter or a call can tell.
    pub fn holds(self, text: &str) -> bool {
        match self {
            TextFormat::Email => text.rsplit_once('@').is_some_and(|(local, host)| is_local(local) && is_host(host)),
            TextFormat::Telephone => is_telephone(text),
        }
    }
}

/// The part of an address before the sign.
fn is_local(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'@')
}

/// The part of an address after the sign: names with a point between them.
fn is_host(text: &str) -> bool {
    let is_name = |name: &str| {
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        plain && !name.is_empty() && !name.starts_with('-') && !name.ends_with('-')
    };
    text.contains('.') && text.split('.').all(is_name)
}

text_enum!(
    /// What sums of money are typed in.
    MoneyUnit {
        /// 元.
        Yuan = "yuan",
        /// 万元, ten thousand yuan.
        WanYuan = "wan_yuan",
    }
);

impl MoneyUnit {
    /// Decimals that still give a whole number of fen.
    pub fn decimals(self) -> u32 {
        match self {
            MoneyUnit::Yuan => 2,
            MoneyUnit::WanYuan => 6,
        }
    }

    /// Fen in one of it.
    pub fn fen(self) -> i64 {
        match self {
            MoneyUnit::Yuan => 100,
            MoneyUnit::WanYuan => 1_000_000,
        }
    }
}
