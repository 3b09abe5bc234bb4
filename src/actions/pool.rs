//! Who is in the pool, on any day that is over or today, and what a certificate was worth on it. Everything follows from the record of
//! the memberships, so that the answer for a day that is over never changes.

use super::Tx;
use crate::db;
use crate::db::events::StoredEvent;
use crate::db::memberships::{Member, Membership};
use crate::db::page::{Page, Pager};
use crate::db::published_lists::PublishedList;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::{local_date, local_date_text};
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, MembershipId, OrganisationId, PublishedListId};
use crate::domain::membership::{MembershipAct, MembershipEvent, StandingOnDate, act_of, standing_now, standing_on};
use crate::domain::published_list::certificate_number_typed;
use crate::error::Error;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// A member of the pool on a day. Public columns alone: no certificate's number, which nobody may collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolMember {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name on that day.
    pub name: String,
    /// Its 统一社会信用代码.
    pub credit_code: String,
    /// The category's key.
    pub category: String,
    /// The city's code, where there is one.
    pub city: Option<String>,
    /// By which list.
    pub list: PublishedListId,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day, as it was known on that day.
    pub valid_to: NaiveDate,
    /// What it was on that day.
    pub standing: StandingOnDate,
}

/// The day that is asked for, as typed (`YYYY-MM-DD`); today when nothing is.
///
/// # Errors
/// At `on`: `date_invalid`; `day_in_future`, since nobody knows yet.
pub fn day_asked(tx: &Tx<'_>, typed: &str) -> Result<NaiveDate, Error> {
    let today = local_date(tx.now);
    if typed.trim().is_empty() {
        return Ok(today);
    }
    let day = typed.trim().parse::<NaiveDate>().ok().filter(|day| (1900..=9999).contains(&day.year()));
    let day = day.ok_or_else(|| Error::field("on", "date_invalid"))?;
    if day > today {
        let problem = Problem::new("on", "day_in_future").with("today", local_date_text(today));
        return Err(Error::Invalid(vec![problem]));
    }
    Ok(day)
}

/// What is on record of the memberships that did not simply begin and run out.
struct Histories(BTreeMap<MembershipId, Vec<StoredEvent>>);

impl Histories {
    fn load(tx: &mut Tx<'_>) -> Result<Histories, Error> {
        let mut all: BTreeMap<MembershipId, Vec<StoredEvent>> = BTreeMap::new();
        for event in db::events::of_changed_memberships(tx.db)? {
            if let Some(id) = MembershipId::from_text(&event.subject_id) {
                all.entry(id).or_default().push(event);
            }
        }
        Ok(Histories(all))
    }

    fn of_one(tx: &mut Tx<'_>, id: MembershipId) -> Result<Histories, Error> {
        let events = db::events::of_subject(tx.db, "membership", id.as_text())?;
        Ok(Histories(BTreeMap::from([(id, events)])))
    }

    fn events(&self, id: MembershipId) -> &[StoredEvent] {
        self.0.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Everything that happened to a membership; its beginning comes from the row if the record does not have it.
    fn acts(&self, membership: &Membership) -> Vec<MembershipEvent> {
        let events = self.events(membership.id);
        let read = events.iter().filter_map(|e| act_of(&e.action, &e.detail.0, local_date(e.at)));
        let mut acts: Vec<MembershipEvent> = read.collect();
        if !acts.iter().any(|act| matches!(act.what, MembershipAct::Recognised { .. })) {
            let what = MembershipAct::Recognised { to: membership.valid_to };
            acts.insert(0, MembershipEvent { on: membership.valid_from, what });
        }
        acts
    }

    /// What a membership was on a day; none before it began.
    fn standing(&self, membership: &Membership, day: NaiveDate, today: NaiveDate) -> Option<StandingOnDate> {
        let acts = self.acts(membership);
        if day < today {
            return standing_on(day, &acts);
        }
        let mut barred = acts.iter().filter_map(|act| match act.what {
            MembershipAct::Barred { until } => Some(until),
            _ => None,
        });
        let today = standing_now(membership.standing, membership.valid_to, barred.next_back(), day);
        (membership.valid_from <= day).then_some(today)
    }

    /// The last day of validity as it was known on a day.
    fn valid_to(&self, membership: &Membership, day: NaiveDate) -> NaiveDate {
        let until_then = self.acts(membership).into_iter().filter(|act| act.on <= day);
        let mut last = until_then.filter_map(|act| match act.what {
            MembershipAct::Recognised { to } | MembershipAct::Renewed { to } => Some(to),
            _ => None,
        });
        last.next_back().unwrap_or(membership.valid_to)
    }

    /// The name since the last renaming up to a day.
    fn renamed(&self, id: MembershipId, day: NaiveDate) -> Option<String> {
        let renamings = self.events(id).iter().filter(|event| event.action == "membership.renamed");
        let until_then = renamings.filter(|event| {
            act_of(&event.action, &event.detail.0, local_date(event.at)).is_some_and(|act| act.on <= day)
        });
        until_then.rev().find_map(|event| event.detail.0.get("name")?.as_str().map(str::to_string))
    }
}

/// One page of who was in the pool on a day, by name.
///
/// # Errors
/// The database is away. The day must not be in the future: see [`day_asked`].
pub fn pool_on(tx: &mut Tx<'_>, day: NaiveDate, pager: Pager) -> Result<Page<PoolMember>, Error> {
    let record = OnRecord::load(tx, day, local_date(tx.now))?;
    let inside: Vec<MembershipId> = record.inside.keys().copied().collect();
    let (found, total) = db::memberships::on_day(tx.db, day, &record.changed, &inside, pager)?;
    Ok(pager.page(record.members(tx, found)?, total))
}

/// What the record makes of a membership on a day.
#[derive(Debug, Clone)]
struct OnDay {
    valid_to: NaiveDate,
    standing: StandingOnDate,
    /// The name that it had taken by then.
    renamed: Option<String>,
}

/// What is on record of the memberships, as far as it decides who was in the pool on a day and as what. Of the events
/// themselves nothing is held.
#[derive(Debug, Clone)]
struct OnRecord {
    /// Whether the day is over: then a member has the name that it had.
    is_over: bool,
    /// Those of which more happened than their beginning.
    changed: Vec<MembershipId>,
    /// Those of them that were in the pool.
    inside: BTreeMap<MembershipId, OnDay>,
}

impl OnRecord {
    fn load(tx: &mut Tx<'_>, day: NaiveDate, today: NaiveDate) -> Result<OnRecord, Error> {
        let histories = Histories::load(tx)?;
        let mut changed: BTreeSet<MembershipId> = histories.0.keys().copied().collect();
        changed.extend(db::memberships::with_changed_standing(tx.db)?);
        let changed: Vec<MembershipId> = changed.into_iter().collect();
        let on_day = |membership: &Membership| {
            let standing = histories.standing(membership, day, today).filter(|standing| standing.is_in_pool())?;
            let (valid_to, renamed) = (histories.valid_to(membership, day), histories.renamed(membership.id, day));
            Some((membership.id, OnDay { valid_to, standing, renamed }))
        };
        let inside = db::memberships::of_ids(tx.db, &changed)?.iter().filter_map(on_day).collect();
        Ok(OnRecord { is_over: day < today, changed, inside })
    }

    /// Members as the public sees them.
    fn members(&self, tx: &mut Tx<'_>, found: Vec<Member>) -> Result<Vec<PoolMember>, Error> {
        let names = names_in_lists(tx, found.iter().map(|member| member.membership.application_id).collect())?;
        let view = |member: Member| {
            let held = member.membership;
            let then = self.inside.get(&held.id);
            let named = then.and_then(|then| then.renamed.as_ref()).or_else(|| names.get(&held.application_id));
            PoolMember {
                organisation: held.organisation_id,
                name: named.filter(|_| self.is_over).cloned().unwrap_or(member.name),
                credit_code: member.credit_code,
                category: held.category,
                city: held.city,
                list: held.list_id,
                valid_from: held.valid_from,
                valid_to: then.map_or(held.valid_to, |then| then.valid_to),
                standing: then.map_or(StandingOnDate::Active, |then| then.standing),
            }
        };
        Ok(found.into_iter().map(view).collect())
    }
}

/// Who was in the pool on a day, to be gone through a part at a time, however long that takes: who was, until when and
/// as what is settled at the beginning, and what comes on record meanwhile changes none of it.
#[derive(Debug, Clone)]
pub struct PoolOfDay {
    record: OnRecord,
    /// All of them, in the order in which they were made, with their last day.
    members: Vec<(MembershipId, NaiveDate)>,
}

impl PoolOfDay {
    /// Reads the record once, as of `today`. The day must not be after it.
    ///
    /// # Errors
    /// The database is away.
    pub fn load(tx: &mut Tx<'_>, day: NaiveDate, today: NaiveDate) -> Result<PoolOfDay, Error> {
        let record = OnRecord::load(tx, day, today)?;
        let mut members = db::memberships::running_on(tx.db, day)?;
        // In order, as they come from a set.
        members.retain(|(id, _)| record.changed.binary_search(id).is_err());
        members.extend(record.inside.iter().map(|(id, then)| (*id, then.valid_to)));
        members.sort_unstable();
        members.shrink_to_fit();
        Ok(PoolOfDay { record, members })
    }

    /// How many they are.
    pub fn total(&self) -> i64 {
        i64::try_from(self.members.len()).unwrap_or(i64::MAX)
    }

    /// The members after one of them, in the order in which they were made, so many at most; and the last of them, none
    /// when there are no more.
    ///
    /// # Errors
    /// The database is away.
    pub fn after(
        &self,
        tx: &mut Tx<'_>,
        after: Option<MembershipId>,
        limit: usize,
    ) -> Result<(Vec<PoolMember>, Option<MembershipId>), Error> {
        let from = after.map_or(0, |after| self.members.partition_point(|(id, _)| *id <= after));
        let some: Vec<(MembershipId, NaiveDate)> = self.members.iter().skip(from).take(limit).copied().collect();
        let ids: Vec<MembershipId> = some.iter().map(|(id, _)| *id).collect();
        let mut found = db::memberships::members_of_ids(tx.db, &ids)?;
        for member in &mut found {
            // As it was at the beginning: one that was not renewed then may have been renewed since.
            if let Ok(place) = ids.binary_search(&member.membership.id)
                && let Some((_, valid_to)) = some.get(place)
            {
                member.membership.valid_to = *valid_to;
            }
        }
        Ok((self.record.members(tx, found)?, ids.last().copied()))
    }
}

/// What the rows and what the record make of every membership of which more happened than its beginning: the one, and the other.
pub(super) type Standings = Vec<(MembershipId, StandingOnDate, Option<StandingOnDate>)>;

/// What the rows and what the record say that those memberships are worth today, for the check that compares the two.
pub(super) fn standings_by_row_and_record(tx: &mut Tx<'_>) -> Result<Standings, Error> {
    let today = local_date(tx.now);
    let histories = Histories::load(tx)?;
    let mut changed: BTreeSet<MembershipId> = histories.0.keys().copied().collect();
    changed.extend(db::memberships::with_changed_standing(tx.db)?);
    let changed: Vec<MembershipId> = changed.into_iter().collect();
    let bars: BTreeMap<MembershipId, NaiveDate> =
        db::membership_proposals::bars_of(tx.db, &changed)?.into_iter().collect();
    let both = |held: &Membership| {
        let by_row = standing_now(held.standing, held.valid_to, bars.get(&held.id).copied(), today);
        (held.id, by_row, standing_on(today, &histories.acts(held)))
    };
    Ok(db::memberships::of_ids(tx.db, &changed)?.iter().map(both).collect())
}

/// The names under which these applications stand in published lists.
fn names_in_lists(tx: &mut Tx<'_>, ids: Vec<ApplicationId>) -> Result<BTreeMap<ApplicationId, String>, Error> {
    /// Ids asked for at a time: a statement may have only so many.
    const AT_ONCE: usize = 5_000;
    let mut names = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let entries = db::published_lists::entries_of_applications(tx.db, some)?;
        names.extend(entries.into_iter().filter_map(|entry| Some((entry.application_id?, entry.organisation_name))));
    }
    Ok(names)
}

/// A certificate, on a day.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// What it proves.
    pub membership: Membership,
    /// The list that it rests on.
    pub list: PublishedList,
    /// The holder's name as the list has it.
    pub holder: String,
    /// The holder's name today.
    pub holder_today: String,
    /// Its 统一社会信用代码.
    pub credit_code: String,
    /// The day that it is judged by.
    pub day: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// The last day of validity as it was known on that day.
    pub valid_to: NaiveDate,
    /// What it was worth on that day; none before its first day.
    pub standing: Option<StandingOnDate>,
    /// What it is worth today.
    pub standing_today: Option<StandingOnDate>,
}

impl Certificate {
    /// Whether the holder has another name now.
    pub fn renamed(&self) -> bool {
        self.holder != self.holder_today
    }
}

/// Whether the numbers of a provider's certificates are this person's to see: its own people's and the department's. Whoever knows a
/// number can look the certificate up and print it.
pub fn sees_certificates(actor: &Actor, provider: &str) -> bool {
    actor.holds_any(&[Role::Handler, Role::Approver, Role::Auditor])
        || actor.organisations().iter().any(|own| own.as_text() == provider)
}

/// The certificate of a number, on a day as typed; today when none is.
///
/// # Errors
/// Not found: the same for every number that is not one, whatever is wrong with it. Then at `on` as [`day_asked`].
pub fn certificate(tx: &mut Tx<'_>, number: &str, on: &str) -> Result<Certificate, Error> {
    let membership = db::memberships::find_by_certificate(tx.db, &certificate_number_typed(number))?;
    let day = day_asked(tx, on)?;
    let today = local_date(tx.now);
    let organisation = db::organisations::find(tx.db, membership.organisation_id)?;
    let list = db::published_lists::find_published(tx.db, membership.list_id)?;
    let histories = Histories::of_one(tx, membership.id)?;
    let names = names_in_lists(tx, vec![membership.application_id])?;
    let holder = names.get(&membership.application_id).cloned().unwrap_or_else(|| organisation.name.clone());
    let standing = histories.standing(&membership, day, today);
    let standing_today = histories.standing(&membership, today, today);
    let valid_to = histories.valid_to(&membership, day);
    let holder_today = histories.renamed(membership.id, today).unwrap_or(organisation.name);
    Ok(Certificate {
        membership,
        list,
        holder,
        holder_today,
        credit_code: organisation.credit_code,
        day,
        today,
        valid_to,
        standing,
        standing_today,
    })
}
