//! The department's screening of form and eligibility.

use super::Tx;
use super::completeness::{expected_check, lead_check};
use super::dossier::Dossier;
use super::not_recommend::tell_ruling;
use super::statement::{self, REASON_LENGTH};
use crate::db;
use crate::db::applications::Member;
use crate::db::screenings::Screening;
use crate::domain::actor::Actor;
use crate::domain::calendar;
use crate::domain::eligibility::{self, Detail, Finding, Outcome};
use crate::domain::form::{self, CheckContext, Problem};
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::domain::screening::{LEAD_CODE, MATERIALS, MEMBER_CODES, OfficerFinding, Verdict, check_list};
use crate::domain::status::Conclusion;
use crate::error::Error;
use serde::Deserialize;
use utoipa::ToSchema;

/// A screening.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningInput {
    /// The version that the officer looked at.
    pub version: i32,
    /// How it ends.
    pub conclusion: Conclusion,
    /// The officer's own finding for each item of the check list.
    pub findings: Vec<OfficerFinding>,
    /// Why the applicant is not eligible, which the applicant reads; at most 1000 characters.
    #[serde(default)]
    pub reason: String,
}

/// What the machine finds: for each rule of the programme, and for the documents.
#[derive(Debug, Clone)]
pub struct MachineFindings {
    /// The check list, in the order of the programme; then doubtful codes of lead and members, and the documents come last.
    pub items: Vec<Finding>,
    /// Documents that are required and not there.
    pub missing: Vec<Problem>,
}

/// What the machine finds for a file as it stands now; fields and options are named in `language`.
pub fn machine_findings(tx: &mut Tx<'_>, dossier: &Dossier, language: &str) -> Result<MachineFindings, Error> {
    let uploaded = db::screenings::documents(tx.db, dossier.application.id)?;
    let documents = eligibility::counted(uploaded.iter().map(|one| (one.kind.as_str(), one.sha256.as_str())));
    let today = calendar::local_date(tx.now);
    let reference = &tx.env.reference;
    let context = CheckContext { call_year: dossier.call.year, today, language, reference };
    let checked = form::check(dossier.programme(), &dossier.form, &context);
    let facts = eligibility::Facts {
        documents: &documents,
        established_on: dossier.organisation.established_on,
        today,
        language,
    };
    let mut items = eligibility::findings(dossier.programme(), &checked, &facts);
    let missing = eligibility::documents_missing(dossier.programme(), &checked, &facts);
    items.extend(lead_code(dossier));
    items.extend(member_codes(dossier));
    let outcome = if missing.is_empty() { Outcome::Met } else { Outcome::NotMet };
    items.push(Finding { rule: MATERIALS.into(), outcome, details: Vec::new() });
    Ok(MachineFindings { items, missing })
}

/// A code that has a wrong check character, as a figure of the check list.
fn doubtful<const N: usize>(code: &str, args: [(&str, String); N]) -> Detail {
    Detail {
        code: code.into(),
        outcome: Outcome::NotMet,
        args: args.into_iter().map(|(name, value)| (name.to_string(), value)).collect(),
    }
}

/// The lead's code while its check character is wrong and no officer has accepted it.
fn lead_code(dossier: &Dossier) -> Option<Finding> {
    let expected = lead_check(dossier)?;
    let args = [("code", dossier.organisation.credit_code.clone()), ("expected", expected.to_string())];
    let details = vec![doubtful("lead_code_check", args)];
    Some(Finding { rule: LEAD_CODE.into(), outcome: Outcome::NotMet, details })
}

/// Members whose code has a wrong check character; no item where there is none.
fn member_codes(dossier: &Dossier) -> Option<Finding> {
    let detail = |member: &Member| {
        let expected = expected_check(&member.credit_code)?;
        let args =
            [("member", member.name.clone()), ("code", member.credit_code.clone()), ("expected", expected.to_string())];
        Some(doubtful("member_code_check", args))
    };
    let details: Vec<Detail> = dossier.application.members.0.iter().filter_map(detail).collect();
    (!details.is_empty()).then(|| Finding { rule: MEMBER_CODES.into(), outcome: Outcome::NotMet, details })
}

/// The problem of an item, with the item's name for its sentence.
fn naming_the_item(tx: &Tx<'_>, dossier: &Dossier, language: &str, problem: Problem) -> Problem {
    let path = problem.path.clone();
    let Some(rest) = path.strip_prefix("findings.") else { return problem };
    let key = rest.strip_suffix(".note").unwrap_or(rest);
    match item_name(tx, dossier, language, key) {
        Some(name) => problem.with("item", name),
        None => problem,
    }
}

/// What an item of the check list is called; none for what is no item.
fn item_name(tx: &Tx<'_>, dossier: &Dossier, language: &str, key: &str) -> Option<String> {
    match dossier.programme().rule(key) {
        Some(rule) => Some(rule.names.in_language(language).to_string()),
        None if key == MATERIALS => Some(tx.env.words.say(language, "screening-materials")),
        None if key == LEAD_CODE => Some(tx.env.words.say(language, "screening-lead_code")),
        None if key == MEMBER_CODES => Some(tx.env.words.say(language, "screening-member_codes")),
        None => None,
    }
}

/// Beside a colleague's screening, for whoever is too late with one.
fn compare(tx: &mut Tx<'_>, language: &str, dossier: &Dossier, input: &ScreeningInput) -> Result<(), Error> {
    if !tx.is_outdated() {
        return Ok(());
    }
    let Some(theirs) = db::screenings::of_application(tx.db, dossier.application.id)? else { return Ok(()) };
    let words = tx.env.words;
    tx.compare_coded("conclusion", ("screening-conclusion", "screening"), input.conclusion, theirs.conclusion);
    tx.compare("reason", "screening-reason", &input.reason, &theirs.reason);
    for finding in &input.findings {
        let Some(name) = item_name(tx, dossier, language, &finding.rule) else { continue };
        let Some(item) = theirs.findings.0.iter().find(|item| item.rule == finding.rule) else { continue };
        let said = |verdict: Verdict| words.say(language, &format!("verdict-{verdict}"));
        let (sent, current) = (said(finding.verdict), said(item.verdict));
        let field = format!("findings.{}", finding.rule);
        tx.compare_named(&field, &name, (finding.verdict.as_text(), &sent), (item.verdict.as_text(), &current));
        let note = format!("{name} · {}", words.say(language, "screening-note"));
        let (sent, current) = (finding.note.as_str(), item.note.as_str());
        tx.compare_named(&format!("{field}.note"), &note, (sent, sent), (current, current));
    }
    Ok(())
}

/// Accepts the file or finds the applicant not eligible. What the machine finds decides nothing; it is kept beside the
/// officer's finding.
///
/// # Errors
/// Those of [`check_list`], `statement_missing`, `statement_too_long`; those of the procedure.
pub fn screen(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, input: &ScreeningInput) -> Result<Dossier, Error> {
    let mut dossier = Dossier::load_to_change(tx, actor, id)?;
    dossier.acted_upon(tx, actor, input.version);
    compare(tx, &actor.language, &dossier, input)?;
    let accepted = input.conclusion == Conclusion::Accepted;
    let action = if accepted { Action::Accept } else { Action::DeclareIneligible };
    let permission = dossier.permit(actor, action)?;
    let screened_by = actor.must_be_somebody()?;
    tx.must_be_current(input.version, dossier.application.version)?;
    let machine = machine_findings(tx, &dossier, crate::words::DEFAULT_LANGUAGE)?;
    let mut problems = Vec::new();
    let items = check_list(&machine.items, &input.findings, input.conclusion).unwrap_or_else(|found| {
        problems = found.into_iter().map(|problem| naming_the_item(tx, &dossier, &actor.language, problem)).collect();
        Vec::new()
    });
    let reason = if accepted {
        String::new()
    } else {
        statement::required("reason", &input.reason, REASON_LENGTH, &mut problems)
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let verdicts: Vec<_> = items
        .iter()
        .map(|item| serde_json::json!({"rule": item.rule, "machine": item.machine, "verdict": item.verdict}))
        .collect();
    db::screenings::create(
        tx.db,
        &Screening {
            application_id: id,
            findings: db::Json(items),
            conclusion: input.conclusion,
            reason: reason.clone(),
            screened_by,
            screened_at: tx.now,
        },
    )?;
    let detail = serde_json::json!({"conclusion": input.conclusion, "findings": verdicts});
    dossier.advance(tx, actor, permission, (!accepted).then_some(reason.as_str()), detail)?;
    let template = if accepted { "screening-accepted" } else { "screening-ineligible" };
    tell_ruling(tx, &dossier, template, permission.role, &reason)?;
    Ok(dossier)
}
