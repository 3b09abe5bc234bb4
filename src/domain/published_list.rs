//! What a public list shows, and how a published list is proved.
//!
//! A cell comes from a whitelisted column of the programme and nothing else. The list as a whole has one canonical form
//! ([`canonical`]); its hash and signature are over those bytes, and each list names the hash of the one before, so anybody can check
//! offline that no list was altered or taken out.

mod certificate;
mod detached;
mod excerpt;
mod personal_data;
mod proof;

use serde::{Deserialize, Serialize};

use super::form::{RawForm, ViewContext, view};
use super::programme::{ColumnSource, Programme};

pub use certificate::{CertificateClaims, CertificateProblem, SignedCertificate};
pub use detached::{ListProof, PROOF_FORMAT, Part, altered_parts, parts};
pub use excerpt::entries_named;
pub use personal_data::{PersonalData, PersonalDataKind, find_personal_data, scan};
pub use proof::{
    Anchor, CanonicalEntry, CanonicalList, Certified, FIRST_FORMAT, FORMAT, GENESIS_SHA256, ListSeal, Placing,
    SECOND_FORMAT, canonical, certificate_number, certificate_number_typed, sha256,
};

/// How a list is verified, in words and bytes, for readers in any language.
pub const SPECIFICATION: &str = include_str!("published_list/SPECIFICATION.md");

/// The same as a program that needs nothing but Python.
pub const VERIFIER: &str = include_str!("published_list/list_verify.py");

/// One cell of a public list, with its heading, in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Shown {
    /// The column's stable key.
    pub key: String,
    /// The heading.
    pub label: String,
    /// The cell; may be empty.
    pub value: String,
}

/// What the cells of one application are taken from.
#[derive(Debug, Clone, Copy)]
pub struct ColumnSubject<'a> {
    /// The place in the notice or list, from 1.
    pub position: usize,
    /// The organisation's name.
    pub organisation_name: &'a str,
    /// Its 统一社会信用代码.
    pub credit_code: &'a str,
    /// Its city's name; empty for one from outside the province.
    pub city: &'a str,
    /// The names of the consortium's members.
    pub member_names: &'a [String],
    /// The platform or product that an imported list names beside the organisation; empty for an application.
    pub product: &'a str,
    /// The name of the type that an imported list gives; empty for an application.
    pub category_type: &'a str,
    /// The answers of the form.
    pub form: &'a RawForm,
}

/// Between the parts of a cell that has several, such as service fields.
pub const PARTS: &str = "、";

/// The whitelisted public columns of one application, in the programme's order. A field about a person is left empty even if a
/// programme names it.
pub fn columns(programme: &Programme, subject: &ColumnSubject<'_>, context: &ViewContext<'_>) -> Vec<Shown> {
    let sections = view(programme, subject.form, context);
    let answer = |key: &str| {
        let mut fields = sections.iter().flat_map(|section| &section.fields);
        let field = fields.find(|field| field.key == key && !field.personal);
        field.map(|field| field.lines.join(PARTS)).unwrap_or_default()
    };
    let cells = programme.public_columns.iter().map(|column| Shown {
        key: column.key.clone(),
        label: column.names.in_language(context.language).to_string(),
        value: match &column.source {
            ColumnSource::Number => subject.position.to_string(),
            ColumnSource::OrganisationName => subject.organisation_name.to_string(),
            ColumnSource::CreditCode => subject.credit_code.to_string(),
            ColumnSource::City => subject.city.to_string(),
            ColumnSource::MemberNames => subject.member_names.join(PARTS),
            ColumnSource::Programme => programme.names.in_language(context.language).to_string(),
            ColumnSource::Product => subject.product.to_string(),
            ColumnSource::CategoryType => subject.category_type.to_string(),
            ColumnSource::Field(key) => answer(key),
        },
    });
    cells.collect()
}

/// Gives the cells another place: an entry of a notice stands elsewhere in the list.
pub fn renumber(programme: &Programme, shown: &mut [Shown], position: usize) {
    let numbers = programme.public_columns.iter().filter(|column| column.source == ColumnSource::Number);
    for column in numbers {
        for cell in shown.iter_mut().filter(|cell| cell.key == column.key) {
            cell.value = position.to_string();
        }
    }
}
