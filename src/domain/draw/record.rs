//! The record of a finished draw: everything needed to re-do it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    check::{self, Difference, canonical},
    digest::{Role, Secret, commitment, parse, tagged},
    opening::{CandidateList, Opening},
    sample::sample,
};
use crate::domain::chain::Hash;

/// The format of the record, and the first thing a reader looks at.
pub const FORMAT: &str = "yuanchi-draw/1";

const SEED: &str = "yuanchi/draw/1/seed";
const RECORD: &str = "yuanchi/draw/1/record";

/// A revealed secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// When it was revealed: `YYYY-MM-DDThh:mm:ssZ`, not before the list was frozen.
    pub revealed_at: String,
    /// The secret in lower-case hexadecimal.
    pub secret: String,
}

/// Both reveals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reveals {
    /// The auditor's.
    pub auditor: Reveal,
    /// The handler's.
    pub handler: Reveal,
}

/// Who was drawn from one stratum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The panel, in the order drawn.
    pub panel: Vec<String>,
    /// The reserves, in the order in which they step in.
    pub reserves: Vec<String>,
    /// The stratum's key.
    pub stratum: String,
}

/// A finished draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The hash of the event that recorded the opening.
    pub chain_head: String,
    /// [`FORMAT`].
    pub format: String,
    /// What was fixed before the reveals.
    pub opening: Opening,
    /// Its digest.
    pub opening_digest: String,
    /// The digest of everything else in this record; the event that records the result carries it.
    pub record_digest: String,
    /// Who was drawn, in the order of strata.
    pub result: Vec<Selection>,
    /// The secrets.
    pub reveals: Reveals,
    /// What the draw follows from.
    pub seed: String,
}

/// The secret revealed by one party, when it opens that party's commitment.
fn opened(opening: &Opening, role: Role, reveal: &Reveal) -> Result<Secret, Difference> {
    let at = format!("/reveals/{}", role.code());
    check::time(format!("{at}/revealed_at"), &reveal.revealed_at)?;
    if reveal.revealed_at < opening.list.frozen_at {
        let expected = format!("not before {}", opening.list.frozen_at);
        return Err(Difference::new(format!("{at}/revealed_at"), expected, &reveal.revealed_at));
    }
    check::hash(format!("{at}/secret"), &reveal.secret)?;
    let path = format!("{at}/secret");
    let secret =
        parse(&reveal.secret).map(Secret::new).ok_or_else(|| Difference::new(&path, "a secret", &reveal.secret))?;
    let found = hex::encode(commitment(&opening.draw_id, opening.attempt, role, &secret));
    let committed = &opening.commitment(role).digest;
    if found == *committed {
        Ok(secret)
    } else {
        Err(Difference::new(
            path,
            format!("the secret of commitment {committed}"),
            format!("one of commitment {found}"),
        ))
    }
}

/// Who is drawn from each stratum, in the order of keys.
fn select(seed: &Hash, list: &CandidateList) -> Vec<Selection> {
    list.strata
        .iter()
        .map(|stratum| {
            let here = list.candidates.iter().filter(|candidate| candidate.stratum == stratum.key);
            let ids: Vec<String> = here.map(|candidate| candidate.id.clone()).collect();
            let places = stratum.places as usize;
            let mut panel = sample(seed, &stratum.key, ids, places.saturating_add(stratum.reserves as usize));
            let reserves = panel.split_off(places.min(panel.len()));
            Selection { panel, reserves, stratum: stratum.key.clone() }
        })
        .collect()
}

impl Record {
    /// Draws. The chain head is the hash of the event that recorded the opening, in lower-case hexadecimal.
    ///
    /// # Errors
    /// The first [`Difference`] from what opening, chain head and reveals must be; a secret that does not open its commitment is one.
    pub fn draw(opening: Opening, chain_head: String, reveals: Reveals) -> Result<Self, Difference> {
        check::opening(&opening)?;
        check::hash("/chain_head".into(), &chain_head)?;
        let head = parse(&chain_head).unwrap_or_default();
        let handler = opened(&opening, Role::Handler, &reveals.handler)?;
        let auditor = opened(&opening, Role::Auditor, &reveals.auditor)?;

        let opening_digest = opening.digest()?;
        let attempt = u64::from(opening.attempt).to_be_bytes();
        let fields: [&[u8]; 6] =
            [opening.draw_id.as_bytes(), &attempt, &opening_digest, handler.bytes(), auditor.bytes(), &head];
        let seed = tagged(SEED, &fields);
        let result = select(&seed, &opening.list);
        let mut record = Self {
            chain_head,
            format: FORMAT.to_owned(),
            opening,
            opening_digest: hex::encode(opening_digest),
            record_digest: String::new(),
            result,
            reveals,
            seed: hex::encode(seed),
        };
        record.record_digest = hex::encode(record.digest()?);
        Ok(record)
    }

    /// The digest of the record without its member `record_digest`, in canonical JSON.
    fn digest(&self) -> Result<Hash, Difference> {
        let mut rest = serde_json::to_value(self).map_err(|error| Difference::new("", "JSON", error.to_string()))?;
        if let Value::Object(members) = &mut rest {
            members.remove("record_digest");
        }
        Ok(tagged(RECORD, &[&canonical("", &rest)?]))
    }

    /// The bytes of the record file: canonical JSON and a line feed.
    ///
    /// # Errors
    /// [`Difference`] when a part has no canonical form, which no drawn record lacks.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Difference> {
        let mut bytes = canonical("", self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
