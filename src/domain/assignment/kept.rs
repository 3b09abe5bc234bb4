//! What is kept of a plan beside its pairs: the organisers' wishes, and why each expert was chosen.

use super::{Alternative, Chosen, WhyNot};
use crate::domain::ids::{AccountId, ApplicationId, ExpertId};
use crate::domain::status::WishKind;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What an organiser wants of one pair (指定, 禁止).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Wish {
    /// Which application.
    pub application: ApplicationId,
    /// Which expert.
    pub expert: ExpertId,
    /// Whether the expert scores it or does not.
    pub kind: WishKind,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why an expert scores an application, as it was when the plan was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Why {
    /// How well the fields fit; 0 for no shared field.
    pub level: u8,
    /// The shared fields: keys of categories and kinds, codes of clusters.
    pub fields: BTreeSet<String>,
    /// Applications of the expert in all.
    pub load: usize,
    /// The strongest of those who were not chosen, one for each reason, best first; of one who stepped in, the reserves who
    /// were asked before and cannot.
    pub others: Vec<Other>,
    /// For whom this one stepped in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<ExpertId>,
    /// Of a reserve who stepped in: the place in the order in which the reserves are asked for this place, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
}

/// An expert who was not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Other {
    /// Who.
    pub expert: ExpertId,
    /// How well the fields fit.
    pub level: u8,
    /// Applications of the expert in all.
    pub load: usize,
    /// Code of the reason: [`WhyNot::code`], or for a reserve who was passed over `left` (the pool) or `had_it` before.
    pub why: String,
    /// Code of the recusal, or the reason of the forbid; empty for the others.
    pub detail: String,
}

impl Why {
    /// Why this one was chosen.
    pub fn of(chosen: &Chosen<ExpertId>, others: Vec<Other>) -> Why {
        Why { level: chosen.level, fields: chosen.fields.clone(), load: chosen.load, others, ..Why::default() }
    }
}

impl From<&Alternative<ExpertId>> for Other {
    fn from(other: &Alternative<ExpertId>) -> Self {
        let detail = match &other.why {
            WhyNot::Excluded(detail) | WhyNot::Forbidden(detail) => detail.clone(),
            _ => String::new(),
        };
        Other { expert: other.expert, level: other.level, load: other.load, why: other.why.code().into(), detail }
    }
}
