//! The public register: providers with their recognitions, as the index takes them in and gives them back.

use crate::domain::ids::{OrganisationId, PublishedListId};
use crate::domain::status::{ListKind, Standing as Stored};
use crate::domain::text::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use sha2::{Digest, Sha256};

text_enum!(
    /// What a recognition is worth on a day.
    Standing as "ProviderStanding" {
        /// In the pool.
        Active = "active",
        /// In the pool, under warning.
        Warned = "warned",
        /// Its last day is over.
        Expired = "expired",
        /// Withdrew.
        Withdrew = "withdrew",
        /// Revoked.
        Revoked = "revoked",
        /// Named by a list that was decided elsewhere: no membership goes with it.
        Listed = "listed",
    }
);

impl Standing {
    /// What a membership is worth on a day: as [`crate::domain::membership::standing_now`] says,
    /// once its first day is there. Dates and day numbers do alike.
    pub(super) fn of<D: Ord + Copy>(stored: Stored, (from, to): (D, D), today: D) -> Standing {
        if today < from {
            return Standing::Listed;
        }
        match stored {
            Stored::Revoked => Standing::Revoked,
            Stored::Withdrew => Standing::Withdrew,
            Stored::Active | Stored::Warned if today > to => Standing::Expired,
            Stored::Active => Standing::Active,
            Stored::Warned => Standing::Warned,
        }
    }

    /// Whether it is in the pool.
    pub fn is_in_pool(self) -> bool {
        matches!(self, Standing::Active | Standing::Warned)
    }
}

/// A published list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRef {
    /// Its id.
    pub id: PublishedListId,
    /// Main, supplement or imported.
    pub kind: ListKind,
    /// The category's key, or as an imported list writes it.
    pub category: String,
    /// The year, where it is known.
    pub year: Option<i32>,
    /// Its title.
    pub title: String,
    /// Its number; empty for one that was imported.
    pub number: String,
    /// When it was published.
    pub published_at: NaiveDateTime,
    /// Its place in the chain of lists.
    pub chain_number: i32,
}

/// The membership that goes with a recognition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The certificate's number.
    pub certificate: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What the acts made of it; expiry follows from the date.
    pub stored: Stored,
}

/// One entry of a published list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// Which of the register's lists.
    pub list: usize,
    /// The place in it.
    pub position: i32,
    /// The name that the list shows.
    pub name: String,
    /// The platform or product named beside it; may be empty.
    pub product: String,
    /// What an imported list says of it; may be empty.
    pub result: String,
    /// The city's code, where it is known.
    pub city: Option<String>,
    /// Codes of the clusters that it serves, as published.
    pub clusters: Vec<String>,
    /// Fields of service, as published.
    pub fields: Vec<String>,
    /// The membership; none for an imported list.
    pub held: Option<Held>,
}

impl Recognition {
    /// What it is worth on this day.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        self.held.as_ref().map_or(Standing::Listed, |held| Standing::of(held.stored, (held.from, held.to), today))
    }
}

/// A provider with all its recognitions, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// What its address ends in: the organisation's id, or a name for one that is only known from lists.
    pub key: String,
    /// The name: of today for an organisation that is registered, else as listed.
    pub name: String,
    /// 统一社会信用代码, where it is known.
    pub credit_code: Option<String>,
    /// At least one.
    pub recognitions: Vec<Recognition>,
}

/// The key of a registered organisation.
pub fn key_of_organisation(id: OrganisationId) -> String {
    id.to_string()
}

/// The key of one that is only known by a name in lists: the same for every spelling of the name, on every node.
pub fn key_of_name(folded: &str) -> String {
    let digest = hex::encode(Sha256::digest(folded));
    format!("n{}", digest.get(..24).unwrap_or_default())
}
