//! What is recorded in the event chain before anything is revealed: the frozen candidate list and both commitments.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    check::{self, Difference, canonical},
    digest::{Role, tagged},
};
use crate::domain::chain::Hash;

const LIST: &str = "yuanchi/draw/1/list";
const OPENING: &str = "yuanchi/draw/1/opening";

/// An expert who may be drawn. The public record carries no name: only the expert's id and the stratum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The expert's id, unique among candidates and exclusions.
    pub id: String,
    /// The stratum the expert is drawn for; empty when the draw has no strata.
    pub stratum: String,
}

/// An expert who may not be drawn, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// The expert's id.
    pub id: String,
    /// The code of the reason, such as `same_organisation`.
    pub reason: String,
}

/// How many experts one stratum gives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// The stratum's code; empty for the only stratum of a draw without strata.
    pub key: String,
    /// Members of the panel, at least one.
    pub places: u32,
    /// Reserves, in the order in which they step in.
    pub reserves: u32,
}

/// A stratum with too few candidates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("stratum \"{stratum}\" needs {needed} candidates and has {available}: {} lacking", .needed - .available)]
pub struct Shortage {
    /// The stratum's key.
    pub stratum: String,
    /// Places and reserves together.
    pub needed: u64,
    /// Candidates there are.
    pub available: u64,
}

/// Every stratum that cannot be filled, in the order of keys. To be asked before the parties commit, and again at freezing.
pub fn shortages(candidates: &[Candidate], strata: &[Stratum]) -> Vec<Shortage> {
    let mut available: BTreeMap<&str, u64> = BTreeMap::new();
    for candidate in candidates {
        *available.entry(&candidate.stratum).or_default() += 1;
    }
    let mut shortages: Vec<_> = strata
        .iter()
        .map(|stratum| Shortage {
            stratum: stratum.key.clone(),
            needed: u64::from(stratum.places) + u64::from(stratum.reserves),
            available: available.get(stratum.key.as_str()).copied().unwrap_or(0),
        })
        .filter(|shortage| shortage.available < shortage.needed)
        .collect();
    shortages.sort_by(|a, b| a.stratum.cmp(&b.stratum));
    shortages
}

/// The frozen list: who may be drawn, who may not and why, and how many are drawn. Everything is in the order of ids and keys (by bytes), so the
/// order in which rows came out of a database never matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateList {
    /// Who may be drawn.
    pub candidates: Vec<Candidate>,
    /// Who may not.
    pub exclusions: Vec<Exclusion>,
    /// When the list was frozen: `YYYY-MM-DDThh:mm:ssZ`.
    pub frozen_at: String,
    /// How many are drawn from where.
    pub strata: Vec<Stratum>,
}

impl CandidateList {
    /// Sorts and checks a list. Nothing is spent by a list that is refused: the commitments stay good for the next try.
    ///
    /// # Errors
    /// The first [`Difference`] between the list and what a list must be: ids used twice, a candidate of no stratum, a shortage.
    pub fn freeze(
        mut candidates: Vec<Candidate>,
        mut exclusions: Vec<Exclusion>,
        mut strata: Vec<Stratum>,
        frozen_at: String,
    ) -> Result<Self, Difference> {
        candidates.sort();
        exclusions.sort();
        strata.sort();
        let list = Self { candidates, exclusions, frozen_at, strata };
        check::list(&list)?;
        Ok(list)
    }

    /// The digest of the list in canonical JSON.
    ///
    /// # Errors
    /// [`Difference`] when the list has no canonical form, which a checked list always has.
    pub fn digest(&self) -> Result<Hash, Difference> {
        Ok(tagged(LIST, &[&canonical("/opening/list", self)?]))
    }
}

/// A party's commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// When it was recorded: `YYYY-MM-DDThh:mm:ssZ`, not after the list was frozen.
    pub committed_at: String,
    /// [`super::commitment`] in lower-case hexadecimal.
    pub digest: String,
    /// The account that committed; the two parties are two accounts.
    pub party: String,
}

/// The two commitments of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitments {
    /// The auditor's.
    pub auditor: Commitment,
    /// The handler's.
    pub handler: Commitment,
}

/// An earlier attempt at drawing for the same call that was never fully revealed, or that was annulled after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abandonment {
    /// When it was given up or annulled: `YYYY-MM-DDThh:mm:ssZ`.
    pub abandoned_at: String,
    /// Who did not reveal: one or both, the handler first. Both for one that was drawn and annulled.
    pub failed: Vec<Role>,
    /// The digest of the opening that was given up; zeros if the list was never frozen.
    pub opening_digest: String,
}

/// What is recorded in the event chain before anything is revealed. The hash of the event that records it is the draw's chain head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// One for the first attempt; one more after each abandonment.
    pub attempt: u32,
    /// The call that the panel reviews.
    pub call: String,
    /// Both commitments.
    pub commitments: Commitments,
    /// The id of this attempt.
    pub draw_id: String,
    /// Every earlier attempt, in order: one fewer than `attempt`.
    pub earlier: Vec<Abandonment>,
    /// The frozen list.
    pub list: CandidateList,
    /// The list's digest.
    pub list_digest: String,
}

impl Opening {
    /// Puts an opening together; the attempt number follows from the earlier attempts.
    ///
    /// # Errors
    /// The first [`Difference`] from what an opening must be.
    pub fn new(
        draw_id: String,
        call: String,
        earlier: Vec<Abandonment>,
        commitments: Commitments,
        list: CandidateList,
    ) -> Result<Self, Difference> {
        let list_digest = hex::encode(list.digest()?);
        let attempt = u32::try_from(earlier.len()).unwrap_or(u32::MAX).saturating_add(1);
        let opening = Self { attempt, call, commitments, draw_id, earlier, list, list_digest };
        check::opening(&opening)?;
        Ok(opening)
    }

    /// The digest of the opening in canonical JSON: what the event that records it carries.
    ///
    /// # Errors
    /// [`Difference`] when it has no canonical form, which a checked opening always has.
    pub fn digest(&self) -> Result<Hash, Difference> {
        Ok(tagged(OPENING, &[&canonical("/opening", self)?]))
    }

    /// The commitment of one role.
    pub fn commitment(&self, role: Role) -> &Commitment {
        match role {
            Role::Handler => &self.commitments.handler,
            Role::Auditor => &self.commitments.auditor,
        }
    }
}
