//! The parts of a plan: what a file asks for, what an expert offers, what the organisers wish, and the assignments that
//! follow, each with its explanation.

use super::exclusions::{Exclusion, exclusions};
use super::rules;
use crate::actions::sealed::open_form;
use crate::actions::{Env, Tx};
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::reviews::{Assignment, ReviewFile};
use crate::domain::assignment::{self, Application, Input, Other, Plan, Why, Wish, explain};
use crate::domain::calendar::local_date;
use crate::domain::form::RawForm;
use crate::domain::ids::{ApplicationId, AssignmentId, ExpertId, ReviewSessionId};
use crate::domain::names::Names;
use crate::domain::procedure::State;
use crate::domain::programme::{FieldKind, Programme, ReviewRules, expertise_key};
use crate::domain::reference::Reference;
use crate::domain::status::{AssignmentSource, AssignmentStatus, WishKind};
use crate::error::Error;
use crate::words::Words;
use std::collections::{BTreeMap, BTreeSet};

/// What a pair costs when no field is shared, the kind is, the category is, a cluster is.
const FIT_COSTS: [u32; 4] = [3, 2, 1, 0];

/// The fields of knowledge that help to judge a file, with how well an expert fits who knows one: a cluster or an
/// expertise field that it names, its category, its kind.
///
/// # Errors
/// The seal of its form does not open.
pub(super) fn levels_of(env: &Env, programme: &Programme, file: &ReviewFile) -> Result<BTreeMap<String, u8>, Error> {
    let form = open_form(env, file.application.id, &file.application.form)?;
    let mut levels =
        BTreeMap::from([(programme.category.kind.as_text().to_string(), 1), (programme.category.key.clone(), 2)]);
    for field in programme.fields().filter(|field| matches!(field.kind, FieldKind::Cluster { .. })) {
        levels.extend(chosen(&form, &field.key).map(|one| (one.to_string(), 3)));
    }
    for key in programme.review.iter().flat_map(|review| &review.expertise_fields) {
        levels.extend(chosen(&form, key).map(|option| (expertise_key(key, option), 3)));
    }
    levels.remove("");
    Ok(levels)
}

/// What a form chooses in one of its fields, one or several.
fn chosen<'a>(form: &'a RawForm, key: &str) -> impl Iterator<Item = &'a str> {
    let value = form.0.get(key);
    let several = value.and_then(serde_json::Value::as_array).into_iter().flatten();
    value.into_iter().chain(several).filter_map(serde_json::Value::as_str)
}

/// A field of knowledge in the words of each language; what is none stays as it is.
pub fn field_names(reference: &Reference, programmes: &[Programme], key: &str) -> Names {
    let kind = || {
        let words = Names::of_each(|language| Words.say(language, &format!("expert-field-{key}")));
        (!words.zh_cn.starts_with('[')).then_some(words)
    };
    let option = || {
        let mut options = programmes.iter().flat_map(Programme::expertise);
        options.find(|(known, _)| known == key).map(|(_, option)| option.names.clone())
    };
    let category = || programmes.iter().find(|p| p.category.key == key).map(|p| p.names.clone());
    let cluster = reference.cluster(key).map(|cluster| cluster.names.clone());
    cluster.or_else(kind).or_else(category).or_else(option).unwrap_or_else(|| Names::same(key))
}

/// A field of knowledge in the words of a language.
pub fn field_name(reference: &Reference, programmes: &[Programme], key: &str, language: &str) -> String {
    field_names(reference, programmes, key).in_language(language).to_string()
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

/// The experts who take part: those wanted, or everyone who serves today, from the pool that the programme names.
pub(super) fn chosen_experts(tx: &mut Tx<'_>, call: &Call, wanted: &[ExpertId]) -> Result<Vec<Expert>, Error> {
    let rules = rules(&call.programme.0)?;
    let mut active = db::experts::serving(tx.db, local_date(tx.now))?;
    active.retain(|expert| rules.draws_on(&expert.pool));
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

/// What a plan is made from, as things stand now.
pub(super) struct Basis {
    /// The files under review, in the order of ids.
    pub files: Vec<ReviewFile>,
    /// The experts who take part.
    pub experts: Vec<Expert>,
    /// Who must not score what, by rule.
    pub excluded: Vec<Exclusion>,
    /// The same for the assignment's rules.
    pub input: Input<ApplicationId, ExpertId>,
}

/// Gathers what a plan is made from. `floor` is the fewest applications of each expert.
pub(super) fn basis(
    tx: &mut Tx<'_>,
    call: &Call,
    experts: Vec<Expert>,
    wishes: &[Wish],
    floor: usize,
) -> Result<Basis, Error> {
    let programme = &call.programme.0;
    let rules = rules(programme)?.clone();
    let files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let excluded = exclusions(tx, call, &files, &experts)?;
    let mut applications: BTreeMap<ApplicationId, Application<ExpertId>> = BTreeMap::new();
    for file in &files {
        let mut application = Application::new(rules.experts_per_application as usize);
        application.fields = levels_of(tx.env, programme, file)?;
        application.of_field = rules.field_experts as usize;
        applications.insert(file.application.id, application);
    }
    for exclusion in &excluded {
        if let Some(application) = applications.get_mut(&exclusion.application) {
            application.excluded.insert(exclusion.expert, exclusion.why.to_string());
        }
    }
    for wish in wishes {
        // A wish for a file that has left the review is without effect.
        let Some(application) = applications.get_mut(&wish.application) else { continue };
        match wish.kind {
            WishKind::Pin => {
                application.pinned.insert(wish.expert);
            }
            WishKind::Forbid => {
                application.forbidden.insert(wish.expert, wish.reason.clone());
            }
        }
    }
    let offers = experts.iter().map(|expert| {
        let ceiling = load_limit(expert, &rules);
        (expert.id, assignment::Expert { fields: expert.fields.0.clone(), floor, ceiling })
    });
    let input = Input { applications, experts: offers.collect(), fit_costs: FIT_COSTS.to_vec() };
    Ok(Basis { files, experts, excluded, input })
}

/// The assignments of a plan, each with why this expert and who came next.
pub(super) fn explained(
    tx: &Tx<'_>,
    session: ReviewSessionId,
    basis: &Basis,
    plan: &Plan<ApplicationId, ExpertId>,
) -> Vec<(Assignment, Why)> {
    let loads = plan.loads();
    let mut planned = Vec::with_capacity(plan.pairs.len());
    for id in basis.input.applications.keys() {
        let Some(explanation) = explain(&basis.input, plan, &loads, id) else { continue };
        let others: Vec<Other> = explanation.alternatives.iter().map(Other::from).collect();
        for chosen in &explanation.chosen {
            let source = if chosen.pinned { AssignmentSource::Pin } else { AssignmentSource::Plan };
            let assignment = new_assignment(tx, session, *id, chosen.expert, source);
            planned.push((assignment, Why::of(chosen, others.clone())));
        }
    }
    planned
}
