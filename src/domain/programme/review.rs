//! How a programme's applications are scored: who may not score, how experts are drawn, what a sheet must say.
//!
//! What was added after calls had pinned their programme is left out of the pinned text while it is at its default, so
//! that a pinned programme keeps its digest.

use serde::{Deserialize, Serialize};

use crate::domain::rubric::{Points, Rubric};
use crate::domain::scoring::CommentRule;
use crate::domain::text::text_enum;

text_enum!(
    /// Points that must be explained.
    CommentFor {
        /// No points at all.
        Zero = "zero",
        /// The item's maximum.
        Full = "full",
    }
);

/// How experts score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewRules {
    /// Experts assigned to each application.
    pub experts_per_application: u32,
    /// Sheets without which a session cannot be closed.
    pub min_sheets: u32,
    /// From this many sheets on the highest and the lowest total are dropped.
    #[serde(default = "five")]
    pub trim_from: u32,
    /// A spread of totals above this sends the file to discussion.
    pub max_spread: Points,
    /// Which points must be explained.
    #[serde(default)]
    pub comment_required: Vec<CommentFor>,
    /// Most applications of one expert in one call.
    pub load_limit: u32,
    /// Fewest applications of each expert of the panel, as a session proposes it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub load_floor: u32,
    /// Experts of each application who must know one of its fields: its kind, its category, a cluster or an expertise field
    /// that it names; 0 if none need.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub field_experts: u32,
    /// Choices of the form whose options are fields of expertise, beside category, kind and clusters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expertise_fields: Vec<String>,
    /// The pool that experts are drawn and planned from: `province`, or a bureau's code; every pool if none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<String>,
    /// A total that lies further than this from the mean of the others is explained after scoring has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub far_from_panel: Option<Points>,
    /// Whether files over [`ReviewRules::max_spread`] are talked over before the session can be closed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub discussion: bool,
    /// Experts added to a file that stays over the limit; none if there is no second panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_panel: Option<u32>,
    /// Who may not score, beyond what always holds.
    #[serde(default, skip_serializing_if = "RecusalRules::is_default")]
    pub recusal: RecusalRules,
    /// How the panel is drawn from the pool; without it the organisers name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<DrawRules>,
    /// A site visit or defence beside the written file; none if there is no such station.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<ExtraRules>,
}

fn five() -> u32 {
    5
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

impl ReviewRules {
    /// Whether experts of this pool may take part.
    pub fn draws_on(&self, pool: &str) -> bool {
        self.pool.as_deref().is_none_or(|only| only == pool)
    }

    /// Whether something follows the scoring that must wait for its end.
    pub fn has_stages(&self) -> bool {
        self.discussion || self.far_from_panel.is_some() || self.extra.is_some()
    }

    /// Which points must be explained, as the scoring asks.
    pub fn comment_rule(&self) -> CommentRule {
        CommentRule {
            zero: self.comment_required.contains(&CommentFor::Zero),
            full: self.comment_required.contains(&CommentFor::Full),
        }
    }
}

text_enum!(
    /// What happens at the extra station.
    ExtraKind {
        /// The applicant presents and answers questions.
        Defence = "defence",
        /// The experts go and look.
        SiteVisit = "site_visit",
    }
);

/// An extra station: its experts are those of the file, its sheets are its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraRules {
    /// What happens there.
    pub kind: ExtraKind,
    /// Its share of the final score, a whole percent from 1 to 99.
    pub weight: u32,
    /// Sheets of a file without which the session cannot be closed.
    pub min_sheets: u32,
    /// What is scored there; 100 points in all.
    pub rubric: Rubric,
}

/// Recusal by rule. The present employer, the vendor's own people and declared ties always recuse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecusalRules {
    /// Full years back in which having been employed by the applicant, or having directed or controlled it, recuses (facts.md
    /// 11: three in public procurement).
    pub employer_years: u32,
    /// Whether an expert of the applicant's city may not score it.
    pub same_city: bool,
    /// Whether an expert who scored this organisation in the programme's call before may not score it again.
    pub served_last_time: bool,
}

impl Default for RecusalRules {
    fn default() -> Self {
        RecusalRules { employer_years: 3, same_city: false, served_last_time: false }
    }
}

impl RecusalRules {
    fn is_default(&self) -> bool {
        *self == RecusalRules::default()
    }
}

/// How many experts are drawn, by field of expertise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawRules {
    /// Whether a review may only be prepared on a draw.
    #[serde(default)]
    pub required: bool,
    /// A candidate belongs to the first of these whose field they have.
    pub strata: Vec<Stratum>,
}

/// One field's share of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// Key of a category or kind, or code of a cluster; empty for every expert, which only the last may be.
    #[serde(default)]
    pub field: String,
    /// Experts of the panel.
    pub panel: u32,
    /// Experts who step in, in the order in which they are drawn.
    pub reserves: u32,
}
