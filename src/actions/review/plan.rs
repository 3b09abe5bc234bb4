//! The parts of a plan: what a file asks for, what an expert offers, and the assignment that follows.

use super::exclusions::Exclusion;
use crate::actions::Tx;
use crate::db;
use crate::db::experts::Expert;
use crate::db::reviews::{Assignment, ReviewFile};
use crate::domain::assignment::{Infeasible, Needs, Offer, ShortageReason, assign};
use crate::domain::calendar::local_date;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, AssignmentId, ExpertId, ReviewSessionId};
use crate::domain::programme::{FieldKind, Programme, ReviewRules};
use crate::domain::status::{AssignmentSource, AssignmentStatus};
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};

/// The fields of knowledge that help to judge a file: its category and the clusters it names.
pub(super) fn fields_of(programme: &Programme, file: &ReviewFile) -> BTreeSet<String> {
    let mut fields = BTreeSet::from([programme.category.key.clone(), programme.category.kind.as_text().to_string()]);
    for field in programme.fields().filter(|field| matches!(field.kind, FieldKind::Cluster { .. })) {
        match file.application.form.0.0.get(&field.key) {
            Some(serde_json::Value::String(one)) => {
                fields.insert(one.clone());
            }
            Some(serde_json::Value::Array(several)) => {
                fields.extend(several.iter().filter_map(|value| value.as_str().map(str::to_string)));
            }
            _ => {}
        }
    }
    fields.remove("");
    fields
}

pub(super) fn load_limit(expert: &Expert, rules: &ReviewRules) -> usize {
    usize::try_from(expert.load_limit).unwrap_or_default().min(rules.load_limit as usize)
}

pub(super) fn new_assignment(
    tx: &Tx<'_>,
    session: ReviewSessionId,
    application: ApplicationId,
    expert: ExpertId,
    source: AssignmentSource,
) -> Assignment {
    Assignment {
        id: AssignmentId::new(&*tx.env.ids),
        session_id: session,
        application_id: application,
        expert_id: expert,
        status: AssignmentStatus::Awaiting,
        assigned_at: tx.now,
        declared_at: None,
        reason: None,
        source,
    }
}

pub(super) fn chosen_experts(tx: &mut Tx<'_>, wanted: &[ExpertId]) -> Result<Vec<Expert>, Error> {
    let active = db::experts::serving(tx.db, local_date(tx.now))?;
    if wanted.is_empty() {
        return Ok(active);
    }
    let wanted: BTreeSet<ExpertId> = wanted.iter().copied().collect();
    let chosen: Vec<Expert> = active.into_iter().filter(|expert| wanted.contains(&expert.id)).collect();
    if chosen.len() < wanted.len() {
        return Err(Error::field("experts", "review_expert_not_active"));
    }
    Ok(chosen)
}

pub(super) fn plan(
    programme: &Programme,
    rules: &ReviewRules,
    files: &[ReviewFile],
    experts: &[Expert],
    excluded: &[Exclusion],
) -> Result<Vec<(ApplicationId, ExpertId)>, Infeasible<ApplicationId>> {
    let mut needs: BTreeMap<ApplicationId, Needs<ExpertId>> = files
        .iter()
        .map(|file| (file.application.id, Needs { fields: fields_of(programme, file), excluded: BTreeSet::new() }))
        .collect();
    for exclusion in excluded {
        if let Some(needs) = needs.get_mut(&exclusion.application) {
            needs.excluded.insert(exclusion.expert);
        }
    }
    let offers: BTreeMap<ExpertId, Offer> = experts
        .iter()
        .map(|expert| (expert.id, Offer { fields: expert.fields.0.clone(), load_limit: load_limit(expert, rules) }))
        .collect();
    assign(&needs, &offers, rules.experts_per_application as usize)
}

/// Every application that stays short, by its number.
pub(super) fn too_few(infeasible: &Infeasible<ApplicationId>, files: &[ReviewFile]) -> Error {
    let names: BTreeMap<ApplicationId, &str> =
        files.iter().map(|file| (file.application.id, file.organisation.name.as_str())).collect();
    let problems = infeasible.shortages.iter().map(|shortage| {
        let few = shortage.why == ShortageReason::TooFewCandidates;
        Problem::new("experts", if few { "review_too_few_candidates" } else { "review_load_limits" })
            .with("organisation", names.get(&shortage.application).copied().unwrap_or_default())
            .with("missing", shortage.missing)
            .with("candidates", shortage.candidates)
    });
    Error::Invalid(problems.collect())
}
