//! What an application still lacks: the same list on the page, in the API and at submission.

use super::Tx;
use super::dossier::Dossier;
use super::membership::barred_until;
use crate::db;
use crate::db::applications::Member;
use crate::db::attachments::Attachment;
use crate::domain::calendar;
use crate::domain::credit_code::CreditCode;
use crate::domain::eligibility;
use crate::domain::form::{self, CheckContext, Checked, Problem, Progress};
use crate::domain::programme::DocumentKind;
use crate::domain::status::CodeCheck;
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};

/// Where a document's problem stands; the kind's key follows.
pub const DOCUMENTS: &str = "documents.";
/// Where a member's problem stands.
pub const MEMBERS: &str = "members";
/// Where a problem of the organisation itself stands.
pub const ORGANISATION: &str = "organisation";
/// The part of a file that is a section of its form; the section's key follows.
pub const SECTIONS: &str = "sections.";
/// The part of a file that its documents are.
pub const ALL_DOCUMENTS: &str = "documents";

/// What is wrong and what is missing.
#[derive(Debug, Clone, Default)]
pub struct Completeness {
    /// Wrong: kept as typed, to be mended before submission.
    pub problems: Vec<Problem>,
    /// Required and not there yet.
    pub missing: Vec<Problem>,
    /// Perhaps wrong: it can be submitted, and those who judge the file are told.
    pub warnings: Vec<Problem>,
}

impl Completeness {
    /// Everything that stands in the way of a submission.
    pub fn all(self) -> Vec<Problem> {
        self.problems.into_iter().chain(self.missing).collect()
    }

    /// Everything that is said beside a field: what is wrong and what may be.
    pub fn beside_fields(&self) -> Vec<Problem> {
        self.problems.iter().chain(&self.warnings).cloned().collect()
    }

    /// Whether it can be submitted.
    pub fn is_complete(&self) -> bool {
        self.problems.is_empty() && self.missing.is_empty()
    }
}

/// A problem with what its sentence names.
pub fn problem<const N: usize>(path: &str, code: &str, args: [(&str, String); N]) -> Problem {
    let mut problem = Problem::new(path, code);
    problem.args.extend(args.into_iter().map(|(name, value)| (name.to_string(), value)));
    problem
}

/// The form checked against the pinned programme.
pub fn checked(tx: &Tx<'_>, dossier: &Dossier, language: &str) -> Checked {
    let context = CheckContext {
        call_year: dossier.call.year,
        today: calendar::local_date(tx.now),
        language,
        reference: &tx.env.reference,
    };
    form::check(dossier.programme(), &dossier.form, &context)
}

/// Form, documents, members and the organisation's own code together.
pub fn completeness(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    attachments: &[Attachment],
    language: &str,
) -> Result<Completeness, Error> {
    let checked = checked(tx, dossier, language);
    let counted = counts(attachments);
    let facts = facts(tx, dossier, &counted, language);
    let documents = eligibility::documents_missing(dossier.programme(), &checked, &facts);
    let mut found = Completeness { problems: checked.problems, missing: checked.missing, warnings: Vec::new() };
    found.missing.extend(documents);
    members(dossier, &mut found);
    found.problems.extend(barred_members(tx, dossier)?);
    found.warnings = doubtful_codes(dossier);
    let organisation = &dossier.organisation;
    if organisation.code_check == CodeCheck::Wrong && !db::applications::licence_provided(tx.db, organisation.id)? {
        found.missing.push(problem("organisation", "licence_needed", [("code", organisation.credit_code.clone())]));
    }
    Ok(found)
}

/// How far each part of the file is: the sections of its form, its members where it has or may have any, its documents,
/// and the organisation, which asks for something only while its code is in doubt.
pub fn progress(dossier: &Dossier, found: &Completeness) -> Vec<Progress> {
    let programme = dossier.programme();
    let lacking: Vec<Problem> = found.problems.iter().chain(&found.missing).cloned().collect();
    let mut parts = Vec::new();
    for section in &programme.sections {
        let needs: Vec<(String, bool)> =
            section.fields.iter().map(|field| (field.key.clone(), field.required)).collect();
        parts.push(form::progress(&format!("{SECTIONS}{}", section.key), &needs, &lacking));
    }
    let has_members = !dossier.application.members.0.is_empty();
    if programme.applicants.consortium || has_members {
        parts.push(form::progress(MEMBERS, &[(MEMBERS.to_string(), has_members)], &lacking));
    }
    let documents: Vec<(String, bool)> =
        programme.documents.iter().map(|kind| (format!("{DOCUMENTS}{}", kind.key), kind.required)).collect();
    parts.push(form::progress(ALL_DOCUMENTS, &documents, &lacking));
    parts.push(form::progress(ORGANISATION, &[(ORGANISATION.to_string(), false)], &lacking));
    parts
}

/// How many needs of the file are not met, as its parts count them: what the form and the first page say is left. Whatever belongs to
/// no part counts by itself.
pub fn left(dossier: &Dossier, found: &Completeness) -> usize {
    let left: usize = progress(dossier, found).iter().map(|part| part.total - part.met).sum();
    if left == 0 { found.problems.len() + found.missing.len() } else { left }
}

/// The codes of a file whose check character is wrong: the lead's, until an officer has accepted it, and the members'. Codes of the
/// pilot years have one (GB 32100-2015), so that it is a warning, for whoever fills in and for whoever judges.
pub fn doubtful_codes(dossier: &Dossier) -> Vec<Problem> {
    let members = dossier.application.members.0.iter().enumerate().filter_map(|(index, member)| {
        let expected = expected_check(&member.credit_code)?;
        let path = format!("{MEMBERS}[{index}].credit_code");
        Some(problem(&path, "member_code_check", [("expected", expected.to_string())]))
    });
    let lead = lead_check(dossier).map(|expected| {
        let args = [("code", dossier.organisation.credit_code.clone()), ("expected", expected.to_string())];
        problem("organisation", "lead_code_check", args)
    });
    lead.into_iter().chain(members).collect()
}

/// The check character that the lead's code should have; none where the code is right or was accepted.
pub fn lead_check(dossier: &Dossier) -> Option<char> {
    let organisation = &dossier.organisation;
    let doubted = organisation.code_check == CodeCheck::Wrong;
    doubted.then(|| expected_check(&organisation.credit_code)).flatten()
}

/// The check character that a well-formed code should have; none where it has it.
pub fn expected_check(code: &str) -> Option<char> {
    CreditCode::parse(code).ok()?.check.warning().map(|(_, expected)| expected)
}

/// Keys of the kinds of documents that are asked for, by themselves or by what the form says.
pub fn wanted_documents(
    tx: &Tx<'_>,
    dossier: &Dossier,
    attachments: &[Attachment],
    language: &str,
) -> BTreeSet<String> {
    let checked = checked(tx, dossier, language);
    let documents = counts(attachments);
    let facts = facts(tx, dossier, &documents, language);
    let programme = dossier.programme();
    let is_wanted = |kind: &&DocumentKind| eligibility::is_wanted(programme, kind, &checked, &facts);
    programme.documents.iter().filter(is_wanted).map(|kind| kind.key.clone()).collect()
}

fn facts<'a>(
    tx: &Tx<'_>,
    dossier: &Dossier,
    documents: &'a BTreeMap<String, u32>,
    language: &'a str,
) -> eligibility::Facts<'a> {
    eligibility::Facts {
        documents,
        established_on: dossier.organisation.established_on,
        today: calendar::local_date(tx.now),
        language,
    }
}

/// How many documents of each kind there are; the same content twice is one.
pub fn counts(attachments: &[Attachment]) -> BTreeMap<String, u32> {
    eligibility::counted(attachments.iter().map(|one| (one.kind.as_str(), one.sha256.as_str())))
}

fn members(dossier: &Dossier, found: &mut Completeness) {
    let applicants = &dossier.programme().applicants;
    let members = &dossier.application.members.0;
    let most = if applicants.consortium { applicants.max_members as usize } else { 0 };
    if members.len() > most {
        let args = [("limit", most.to_string()), ("found", members.len().to_string())];
        found.problems.push(problem(MEMBERS, "members_too_many", args));
    }
    let mut codes = vec![dossier.organisation.credit_code.clone()];
    for (index, member) in members.iter().enumerate() {
        let at = |part: &str| format!("{MEMBERS}[{index}].{part}");
        for (part, text, code) in [
            ("name", &member.name, "member_name_missing"),
            ("credit_code", &member.credit_code, "member_code_missing"),
            ("duty", &member.duty, "member_duty_missing"),
        ] {
            if text.trim().is_empty() {
                found.missing.push(problem(&at(part), code, [("number", (index + 1).to_string())]));
            }
        }
        if !member.credit_code.trim().is_empty() {
            member_code(member, &at("credit_code"), &mut codes, found);
        }
    }
}

/// Members that may not apply: what keeps an organisation from applying keeps it from another's application too.
fn barred_members(tx: &mut Tx<'_>, dossier: &Dossier) -> Result<Vec<Problem>, Error> {
    let members = &dossier.application.members.0;
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let codes: Vec<String> = members.iter().map(|member| member.credit_code.clone()).collect();
    let registered = db::organisations::ids_of_codes(tx.db, &codes)?;
    let mut found = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let Some(organisation) = registered.get(&member.credit_code) else { continue };
        if let Some(until) = barred_until(tx, *organisation)? {
            let path = format!("{MEMBERS}[{index}].credit_code");
            found.push(problem(&path, "member_barred", [("until", until)]));
        }
    }
    Ok(found)
}

/// A member's code must be well formed and no other's in the file; of a wrong check character [`doubtful_codes`] warns.
fn member_code(member: &Member, path: &str, codes: &mut Vec<String>, found: &mut Completeness) {
    match CreditCode::parse(&member.credit_code) {
        Err(malformed) => {
            let mut wrong = Problem::new(path, malformed.code());
            wrong.args.extend(malformed.args().into_iter().map(|(name, value)| (name.to_string(), value)));
            found.problems.push(wrong);
        }
        Ok(parsed) => {
            let code = parsed.code.as_str().to_string();
            if codes.contains(&code) {
                found.problems.push(problem(path, "member_code_twice", [("code", code)]));
            } else {
                codes.push(code);
            }
        }
    }
}
