//! Room for what is uploaded (C-32): of one application, of one organisation, of evidence that no objection names yet, and in
//! all. It is judged in the transaction that records the bytes, and such transactions go one after the other: those of one
//! organisation, and those of everybody where all together have a limit.

use super::Tx;
use super::completeness::problem;
use super::object::{EVIDENCE_BYTES, EVIDENCE_COUNT, Enclosure};
use crate::db;
use crate::domain::ids::OrganisationId;
use crate::domain::network::neighbourhood_of;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use chrono::{DateTime, NaiveDateTime};

/// Where bytes of evidence are counted: beside its attempts, whose keys are digests, under a key that is none.
pub(super) const WAITING: &str = "bytes that wait";

/// Which part of the room for evidence one neighbourhood of networks may take, so that none keeps the others out.
const SHARE: u64 = 10;

/// Hours for which evidence that nothing names is kept, and the one that has begun.
pub(super) const KEPT_HOURS: i64 = 25;

/// What a room is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomOf {
    /// One application's documents.
    Application,
    /// All documents of one organisation.
    Organisation,
    /// Evidence that no objection names yet.
    Evidence,
    /// That of one neighbourhood of networks.
    Neighbourhood,
    /// Everything.
    All,
}

/// A room, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    of: RoomOf,
    limit: u64,
    used: u64,
}

impl Room {
    /// A room of so many bytes, of which so many are taken.
    pub fn new(of: RoomOf, limit: u64, used: u64) -> Room {
        Room { of, limit, used }
    }

    /// The same in mebibytes; 0 is no limit.
    fn of_megabytes(of: RoomOf, limit_mb: u64, used: u64) -> Room {
        let limit = if limit_mb == 0 { u64::MAX } else { limit_mb.saturating_mul(1 << 20) };
        Room { of, limit, used }
    }

    /// Bytes that are left.
    pub fn left(&self) -> u64 {
        self.limit.saturating_sub(self.used)
    }

    /// What whoever sends too much is told at `path`: the limit, what is used of it, in MiB, and what to do.
    pub fn refusal(&self, path: &str) -> Error {
        let code = match self.of {
            RoomOf::Application => "documents_too_large",
            RoomOf::Organisation => "organisation_out_of_room",
            RoomOf::Evidence => "evidence_out_of_room",
            RoomOf::Neighbourhood => "evidence_share_out_of_room",
            RoomOf::All => "registry_out_of_room",
        };
        let args = [("limit_mb", self.limit), ("used_mb", self.used)];
        Error::Invalid(vec![problem(path, code, args.map(|(name, bytes)| (name, (bytes >> 20).to_string())))])
    }

    /// Refuses so many bytes when they have no room here.
    ///
    /// # Errors
    /// `*_out_of_room` or `documents_too_large` at `path`.
    pub fn must_hold(&self, bytes: u64, path: &str) -> Result<(), Error> {
        if bytes <= self.left() { Ok(()) } else { Err(self.refusal(path)) }
    }
}

/// Lets one transaction at a time judge what room there is: of two at once the second one counts what the first one kept.
/// To be called before the question, by whoever adds to what was uploaded.
///
/// # Errors
/// The database is away.
pub fn one_at_a_time(tx: &mut Tx<'_>) -> Result<(), Error> {
    Ok(db::objects::lock_room(tx.db)?)
}

/// The same for what an organisation brings in. Where all together have no limit, it waits for its own alone.
///
/// # Errors
/// The database is away.
pub fn one_at_a_time_of(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<(), Error> {
    if tx.env.uploads.total_mb == 0 {
        return Ok(db::objects::lock_room_of(tx.db, organisation)?);
    }
    one_at_a_time(tx)
}

/// The narrowest room for a document of an organisation, that of its application among them.
///
/// # Errors
/// The database is away.
pub fn for_document(tx: &mut Tx<'_>, organisation: OrganisationId, application: Room) -> Result<Room, Error> {
    let own = for_organisation(tx, organisation, 0)?;
    Ok(if application.left() <= own.left() { application } else { own })
}

/// The narrower of an organisation's room and the whole one; `replaced` bytes of the organisation's are to be given up.
///
/// # Errors
/// The database is away.
pub fn for_organisation(tx: &mut Tx<'_>, organisation: OrganisationId, replaced: u64) -> Result<Room, Error> {
    let limit = tx.env.uploads.organisation_mb;
    // What has no limit is not summed up.
    let used = if limit == 0 { 0 } else { bytes(db::objects::of_organisation(tx.db, organisation)?) };
    let own = Room::of_megabytes(RoomOf::Organisation, limit, used.saturating_sub(replaced));
    let all = for_all(tx, replaced)?;
    Ok(if own.left() <= all.left() { own } else { all })
}

/// The whole room; `replaced` bytes of it are to be given up. Without a limit nothing is summed up: the sum is over every row.
fn for_all(tx: &mut Tx<'_>, replaced: u64) -> Result<Room, Error> {
    let limit = tx.env.uploads.total_mb;
    let used = match limit {
        0 => 0,
        _ => bytes(db::objects::in_all(tx.db)?).saturating_add(waiting(tx, WAITING)?).saturating_sub(replaced),
    };
    Ok(Room::of_megabytes(RoomOf::All, limit, used))
}

/// The narrower of the room for evidence that no objection names yet and the whole one.
fn for_evidence(tx: &mut Tx<'_>) -> Result<Room, Error> {
    let limits = tx.env.uploads;
    let waiting = waiting(tx, WAITING)?;
    let own = Room::of_megabytes(RoomOf::Evidence, limits.evidence_mb, waiting);
    let all = for_all(tx, 0)?;
    Ok(if own.left() <= all.left() { own } else { all })
}

/// A neighbourhood's share of the room for evidence: a part of it, and never less than what one objection may bring.
fn for_neighbourhood(tx: &mut Tx<'_>, key: &str) -> Result<Room, Error> {
    let waiting = waiting(tx, key)?;
    let whole = Room::of_megabytes(RoomOf::Evidence, tx.env.uploads.evidence_mb, 0).limit;
    let one_objection = EVIDENCE_BYTES.saturating_mul(EVIDENCE_COUNT as u64);
    Ok(Room::new(RoomOf::Neighbourhood, (whole / SHARE).max(one_objection), waiting))
}

/// Under which key the bytes from a network's neighbourhood are counted. It says nothing of the network.
fn key_of(tx: &Tx<'_>, network: &str) -> String {
    hex::encode(tx.env.keys.mac("evidence-networks", neighbourhood_of(network).as_bytes()))
}

/// Whether a piece of evidence may come in from a network, of whatever length one may have. Asked before a byte of it is read.
///
/// # Errors
/// `evidence_out_of_room`, `evidence_share_out_of_room`, `registry_out_of_room`.
pub fn must_hold_evidence(tx: &mut Tx<'_>, network: &str) -> Result<(), Error> {
    let key = key_of(tx, network);
    for_neighbourhood(tx, &key)?.must_hold(EVIDENCE_BYTES, "evidence")?;
    for_evidence(tx)?.must_hold(EVIDENCE_BYTES, "evidence")
}

/// Counts a piece of evidence from a network whose bytes are durable. They are there, taken or not, and so they count either
/// way: whether it is taken is the inner answer.
///
/// # Errors
/// The database is away; inside, `evidence_out_of_room`, `evidence_share_out_of_room` and `registry_out_of_room`.
pub fn count_evidence(tx: &mut Tx<'_>, network: &str, stored: u64) -> Result<Result<(), Error>, Error> {
    one_at_a_time(tx)?;
    let key = key_of(tx, network);
    let held = for_neighbourhood(tx, &key)?.must_hold(stored, "evidence");
    let held = held.and(for_evidence(tx)?.must_hold(stored, "evidence"));
    let hour = hour_of(tx.now);
    let made = i64::try_from(stored).unwrap_or(i64::MAX);
    for counted in [WAITING, key.as_str()] {
        db::attempts::add_many(tx.db, Throttled::Evidence, counted, hour, made, end_of(hour))?;
    }
    Ok(held)
}

/// Counts evidence no more among what waits, nor in the share of the network that the objection comes from: an objection names
/// it. What another one has named already was taken off then.
///
/// # Errors
/// The database is away.
pub fn name_evidence(tx: &mut Tx<'_>, enclosures: &[Enclosure]) -> Result<(), Error> {
    one_at_a_time(tx)?;
    let mut left = 0_i64;
    let mut seen = std::collections::BTreeSet::new();
    for enclosure in enclosures {
        let sha256 = enclosure.stored.sha256.to_string();
        if !db::objections::is_evidence(tx.db, &sha256)? && seen.insert(sha256) {
            left = left.saturating_add(i64::try_from(enclosure.stored.bytes).unwrap_or(i64::MAX));
        }
    }
    let own = tx.network.as_deref().map(|network| key_of(tx, network));
    for key in std::iter::once(WAITING).chain(own.as_deref()) {
        take_off(tx, key, left)?;
    }
    Ok(())
}

/// Takes so many bytes off those that are counted under a key, as far as they are there.
fn take_off(tx: &mut Tx<'_>, key: &str, mut left: i64) -> Result<(), Error> {
    let oldest = hour_of(tx.now) - KEPT_HOURS + 1;
    let slots = db::attempts::since(tx.db, Throttled::Evidence, key, oldest)?;
    // The newest first: most is named right after it came in.
    for (slot, made) in slots.into_iter().rev() {
        let off = made.min(left);
        if off > 0 {
            db::attempts::take_off(tx.db, Throttled::Evidence, key, slot, off)?;
            left -= off;
        }
    }
    Ok(())
}

/// Bytes of evidence that are counted under a key: they came in within a day, and no objection names them.
fn waiting(tx: &mut Tx<'_>, key: &str) -> Result<u64, Error> {
    let oldest = hour_of(tx.now) - KEPT_HOURS + 1;
    let slots = db::attempts::since(tx.db, Throttled::Evidence, key, oldest)?;
    Ok(slots.iter().fold(0, |all, (_, made)| bytes(*made).saturating_add(all)))
}

fn bytes(counted: i64) -> u64 {
    u64::try_from(counted).unwrap_or_default()
}

/// The hour of an instant, counted from 1970.
pub(super) fn hour_of(now: NaiveDateTime) -> i64 {
    now.and_utc().timestamp().div_euclid(3_600)
}

/// When an hour's evidence is swept at the latest.
fn end_of(hour: i64) -> NaiveDateTime {
    DateTime::from_timestamp((hour + KEPT_HOURS) * 3_600, 0).map_or(NaiveDateTime::MAX, |at| at.naive_utc())
}
