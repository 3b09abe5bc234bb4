//! Every change to the registry, one verb per file. An action is made in one way: **load** what it is about, within the
//! actor's scope; **permit** it by the procedure's table or the actor's role; **decide** what becomes of it by the rules
//! in `domain`; **persist** the new state, guarded by the version that was seen; **record** the event in its subject's
//! chain; **enqueue** the mail. All in the transaction of the [`Tx`] it is given: either all of it is there or none.

pub mod accounts;
pub mod address;
pub mod approve_call;
pub mod ask;
pub mod attach;
pub mod audit;
pub mod backups;
pub mod batch;
pub mod calls;
pub mod checkpoints;
pub mod completeness;
pub mod confirm_objector;
pub mod correct_organisation;
pub mod decide;
pub mod desk;
pub mod devices;
pub mod digest;
pub mod dossier;
pub mod draft;
pub mod draft_call;
pub mod draw;
pub mod evidence;
pub mod expert_pool;
pub mod expert_record;
pub mod expert_standing;
pub mod expert_ties;
pub mod extend_call;
pub mod extend_correction;
pub mod figures;
pub mod file_result;
pub mod footing;
pub mod fsck;
pub mod grants;
pub mod handle_objection;
pub mod held_data;
pub mod idempotency;
pub mod identities;
pub mod import_experts;
pub mod import_list;
pub mod inbox;
mod kept;
pub mod link_term;
pub mod mail_batches;
pub mod marks;
pub(crate) mod meanwhile;
pub mod membership;
pub mod not_recommend;
pub mod object;
pub mod offices;
pub mod open_notice;
pub mod order_ranking;
pub mod organisations;
pub mod passwords;
pub mod pool;
pub mod post;
pub mod preview_decision;
pub mod proofs;
pub mod public_register;
pub mod publish_list;
pub mod queue;
pub mod reading;
pub mod recommend;
pub mod record_export;
pub mod remind_deadline;
pub mod remind_office;
pub mod request_correction;
pub mod retention;
pub mod retry_mail;
pub mod review;
pub mod room;
pub mod rotate_keys;
pub mod save;
pub mod saved_filters;
pub mod screen;
pub mod sealed;
pub mod second_factor;
pub mod second_press;
pub mod sessions;
pub mod standing_today;
pub mod statement;
pub mod statistics;
pub mod submit;
pub mod subscription;
pub mod throttle;
pub mod timeline;
pub mod undo_decision;
pub mod undo_import;
pub mod watch;
pub mod withdraw;

use crate::config::{AccountsConfig, LimitsConfig, UploadConfig};
use crate::db::{self, Db};
use crate::domain::actor::Actor;
use crate::domain::chain::EventBody;
use crate::domain::ids::{IdSource, MailId};
use crate::domain::mail_batch::Holding;
use crate::domain::programme::Programme;
use crate::domain::reference::Reference;
use crate::error::Error;
use crate::keys::Keys;
use crate::storage::ObjectStore;
use crate::words::Words;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What every action may rely on, fixed at start.
pub struct Env {
    /// The programmes of `config/programmes`, checked.
    pub programmes: Vec<Programme>,
    /// Cities, clusters, divisions, bureaus, working days.
    pub reference: Reference,
    /// Signing and sealing keys.
    pub keys: Keys,
    /// New ids.
    pub ids: Arc<dyn IdSource + Send + Sync>,
    /// Random secrets: `fill` or fail.
    pub random: Arc<dyn RandomSource>,
    /// Uploaded bytes, by their hash.
    pub objects: Arc<dyn ObjectStore>,
    /// All visible text.
    pub words: Words,
    /// What links in mails begin with; never taken from a request.
    pub base_url: String,
    /// What is asked of accounts.
    pub accounts: AccountsConfig,
    /// How often things may be tried.
    pub limits: LimitsConfig,
    /// How much may be uploaded.
    pub uploads: UploadConfig,
    /// Which letters to many are held, and how long.
    pub holding: Holding,
    /// The public figures that were counted last.
    pub statistics: statistics::KeptStatistics,
}

/// Where secrets come from: injected, so that a test knows them.
pub trait RandomSource: Send + Sync {
    /// Thirty-two bytes that nobody can guess.
    fn secret(&self) -> Result<[u8; 32], Error>;
}

impl Env {
    /// The programme as configured today; a call keeps its own copy.
    pub fn programme(&self, key: &str) -> Option<&Programme> {
        self.programmes.iter().find(|programme| programme.key == key)
    }
}

/// A change of something that was seen in this version.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The version that was seen.
    pub version: i32,
}

/// One transaction: the connection, the instant that all of it is judged by, and the surroundings.
pub struct Tx<'a> {
    /// The connection, inside a transaction.
    pub db: &'a mut Db,
    /// When the complete request was received.
    pub now: NaiveDateTime,
    /// The surroundings.
    pub env: &'a Env,
    /// Whether a public page may show something else after it: whoever keeps such pages is told at its end.
    shown: bool,
    /// The network that the request comes from, if there is one.
    network: Option<String>,
    /// What the request stands on, until it is asked for once more; see [`footing`].
    footing: Option<footing::Footing>,
    /// Whether that was ended by the transaction itself.
    left: bool,
    /// The sessions that end with it; see [`footing`].
    ending: footing::Ending,
    /// What the next event carries of columns that were written; see [`kept`].
    kept: serde_json::Map<String, serde_json::Value>,
    /// The letters of an act that writes to many, while it writes them; see [`mail_batches`].
    to_many: Option<Vec<MailId>>,
    /// Upon which version of what it acts; see [`meanwhile`].
    upon: Option<meanwhile::Upon>,
}

/// Subjects that no public page shows. What is recorded of any other may have changed one; a kind that is new counts
/// among those until it is named here.
const UNSEEN: &[&str] =
    &["account", "application", "assignment", "backup", "batch", "decision", "expert", "objection", "outbox", "review"];

/// Acts that carry something away and leave it as it is, of subjects that a public page may show.
const LOOKS: &[&str] = &["organisation.data_exported"];

/// Acts of which the record says from which network they came: whoever signs in or tries to, is refused, changes what they are
/// known by, or is shown or carries away what is about persons (GB/T 22239-2019, 8.1.4.3). It is an IPv4 address or the first
/// half of an IPv6 address, the same by which attempts are counted.
const PLACED: &[&str] = &[
    "account.address_changed",
    "account.code_refused",
    "account.data_exported",
    "account.factor_enrolled",
    "account.factor_removed",
    "account.identity_proved",
    "account.password_changed",
    "account.password_reset",
    "account.personal_data_viewed",
    "account.record_exported",
    "account.recovery_code_used",
    "account.recovery_codes_renewed",
    "account.refused",
    "account.sign_in_failed",
    "account.signed_in",
    "account.signed_out",
    "objection.identity_opened",
    "organisation.data_exported",
];

/// What an action adds to the record.
#[derive(Debug, Default)]
pub struct Record<'a> {
    /// Kind of subject: `application`, `call`, …
    pub subject_kind: &'static str,
    /// Id of the subject.
    pub subject_id: &'a str,
    /// `noun.past_participle`.
    pub action: &'a str,
    /// In which role; empty for one that needs none.
    pub role: &'a str,
    /// The state before, where there is one.
    pub from: Option<&'a str>,
    /// The state after.
    pub to: Option<&'a str>,
    /// The reason given.
    pub reason: Option<&'a str>,
    /// What else a later reader needs: ids, numbers, hashes; never personal data.
    pub detail: serde_json::Value,
}

impl<'a> Tx<'a> {
    /// A transaction on this connection at this instant.
    pub fn new(db: &'a mut Db, now: NaiveDateTime, env: &'a Env) -> Tx<'a> {
        Tx {
            db,
            now,
            env,
            shown: false,
            network: None,
            footing: None,
            left: false,
            ending: footing::Ending::default(),
            kept: serde_json::Map::new(),
            to_many: None,
            upon: None,
        }
    }

    /// The same for a request that comes from this network.
    pub(crate) fn coming_from(self, network: Option<String>) -> Tx<'a> {
        Tx { network, ..self }
    }

    /// What the record says of an act, with the network it came from where the act is one of [`PLACED`].
    fn placed(&self, action: &str, mut detail: serde_json::Value) -> serde_json::Value {
        if let Some(network) = &self.network
            && PLACED.contains(&action)
            && let Some(fields) = detail.as_object_mut()
        {
            fields.insert("network".into(), network.as_str().into());
        }
        detail
    }

    /// Ends the work of the transaction: makes sure that it still stands on what it was begun on, ends the
    /// sessions that were noted, moves the version of the public
    /// pages on if one of them may have changed, and gives the new one.
    ///
    /// It is the last statement, so that its row is held no longer than the commit takes, and nobody who holds it waits
    /// for anything else.
    pub(crate) fn finish(&mut self) -> Result<Option<i64>, Error> {
        if let Some((place, _)) = self.kept.iter().next() {
            return Err(anyhow::anyhow!("{place} was written and nothing recorded").into());
        }
        self.must_still_stand()?;
        if self.shown { Ok(Some(db::counters::next(self.db, db::counters::PUBLIC)?)) } else { Ok(None) }
    }

    /// Whether the record of this subject may be about something that a public page shows.
    fn may_show(&mut self, record: &Record<'_>) -> Result<bool, Error> {
        if LOOKS.contains(&record.action) {
            return Ok(false);
        }
        if record.subject_kind == "organisation"
            && let Some(id) = crate::domain::ids::OrganisationId::from_text(record.subject_id)
        {
            // Applicants mend their particulars all the time; only those who were recognised have a page.
            return Ok(db::memberships::is_public(self.db, id)?);
        }
        Ok(!UNSEEN.contains(&record.subject_kind) && !membership::INTERNAL.contains(&record.action))
    }

    /// Appends to the subject's chain.
    pub fn record(&mut self, actor: &Actor, record: Record<'_>) -> Result<(), Error> {
        self.shown = self.shown || self.may_show(&record)?;
        let detail = if record.detail.is_null() { serde_json::json!({}) } else { record.detail };
        let mut detail = self.placed(record.action, detail);
        if !self.kept.is_empty()
            && let Some(fields) = detail.as_object_mut()
        {
            fields.insert(kept::MACS.into(), std::mem::take(&mut self.kept).into());
        }
        db::events::append(
            self.db,
            EventBody {
                subject_kind: record.subject_kind.into(),
                subject_id: record.subject_id.into(),
                seq: 0,
                at: self.now,
                actor: actor.for_record().into(),
                role: record.role.into(),
                action: record.action.into(),
                from: record.from.map(Into::into),
                to: record.to.map(Into::into),
                reason: record.reason.map(Into::into),
                detail,
            },
        )?;
        Ok(())
    }

    /// Refuses a change that was made upon an older version than the one in store. What became of it meanwhile is told where
    /// the act has said what it is upon (`acts_upon`).
    pub fn must_be_current(&self, seen: i32, stored: i32) -> Result<(), Error> {
        if seen == stored { Ok(()) } else { Err(Error::Stale) }
    }
}

#[cfg(test)]
mod people_tests;
