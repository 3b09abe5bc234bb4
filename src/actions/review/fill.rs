//! Filling the places of those who step back.

use super::consequences::AsIf;
use super::exclusions::exclusions_with;
use super::plan::{levels_of, load_limit, new_assignment};
use super::{record_session, rules, tell};
use crate::actions::Tx;
use crate::actions::draw::panel::{self, Calling, Passed, reserve_called};
use crate::db;
use crate::db::calls::Call;
use crate::db::experts::Expert;
use crate::db::reviews::{Assignment, ReviewFile, ReviewSession};
use crate::domain::actor::{Actor, Role};
use crate::domain::assignment::{Other, Why};
use crate::domain::calendar::local_date;
use crate::domain::ids::{ApplicationId, AssignmentId, ExpertId, ReviewSessionId};
use crate::domain::procedure::State;
use crate::domain::programme::{Programme, ReviewRules};
use crate::domain::status::{AssignmentSource, AssignmentStatus, WishKind};
use crate::error::Error;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// The most reserves that an explanation names; the record names all who were passed over.
const OTHERS_KEPT: usize = 20;

/// What filling the empty places came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Filled {
    /// Experts who were newly assigned.
    pub added: usize,
    /// Applications that are still short.
    pub short: Vec<ApplicationId>,
}

/// How many experts files want, and what those who come are.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Experts charged with each file, those who are charged already among them; a file that is not here wants nobody new.
    pub of_file: BTreeMap<ApplicationId, usize>,
    /// Where the new assignments come from.
    pub source: AssignmentSource,
}

/// Fills the places that are empty: each file under review wants as many experts as the programme asks for. After the scoring
/// has ended a place is filled only where fewer are left than there must be sheets. The session is held by the caller.
pub fn fill(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession) -> Result<Filling, Error> {
    let wanted = usually_wanted(tx, call, session)?;
    fill_places(tx, call, session, &wanted)
}

/// How many experts each file under review has by the programme's rules.
pub(super) fn usually_wanted(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession) -> Result<Wanted, Error> {
    let rules = rules(&call.programme.0)?;
    let each = if session.scoring_ended_at.is_some() { rules.min_sheets } else { rules.experts_per_application };
    let files = db::decisions::applications_in(tx.db, call.id, &[State::InReview])?;
    let of_file = files.into_iter().map(|file| (file, each as usize)).collect();
    Ok(Wanted { of_file, source: AssignmentSource::Reserve })
}

/// A place that somebody takes, or would take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Of which application.
    pub application: ApplicationId,
    /// Who takes it.
    pub expert: ExpertId,
    /// For whom; none where nobody left it.
    pub instead_of: Option<ExpertId>,
    /// The place in the order in which the reserves are asked, from 1; none for one of the panel.
    pub turn: Option<u32>,
}

/// Who takes which place, and where one stays empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The places that are filled.
    pub seats: Vec<Taken>,
    /// Applications that are still short.
    pub short: Vec<ApplicationId>,
}

impl Places {
    fn of(seating: &Seating<'_>) -> Places {
        let taken = |seat: &Seat<'_>| Taken {
            application: seat.place.file.application.id,
            expert: seat.choice.expert,
            instead_of: seat.why.instead_of,
            turn: seat.why.turn,
        };
        Places { seats: seating.seats.iter().map(taken).collect(), short: seating.short.clone() }
    }
}

/// What filling did.
#[derive(Debug, Clone, Default)]
pub struct Filling {
    /// Counted.
    pub filled: Filled,
    /// By place.
    pub places: Places,
    /// The new assignments.
    pub assignments: Vec<AssignmentId>,
    /// The reserves who joined the panel by it, in order.
    pub joined: Vec<ExpertId>,
}

/// What [`fill_places`] would do in a session as it is given here, which need not be as it is in store; nothing is changed.
pub fn preview_places(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession, wanted: &Wanted) -> Result<Places, Error> {
    places_as_if(tx, call, session, wanted, &AsIf::default())
}

/// The same with experts and assignments as an act would leave them that is not carried out yet.
pub(super) fn places_as_if(
    tx: &mut Tx<'_>,
    call: &Call,
    session: &ReviewSession,
    wanted: &Wanted,
    as_if: &AsIf,
) -> Result<Places, Error> {
    let (files, existing, mut bench) = gather(tx, call, session, wanted, as_if)?;
    let seating = seating(tx, &call.programme.0, session, &files, &existing, &mut bench, wanted)?;
    Ok(Places::of(&seating))
}

/// Gives each application that lacks experts (a conflict, a release, a file that came late) one who may score it: the reserves
/// of the stratum of the expert who left, those of the other strata, then the least loaded of the panel, field before others,
/// in the order of ids. Of a stratum whoever has stepped in already comes before whoever is next in the order drawn and joins
/// the panel. Tells the new ones; tells the handlers when nobody is left. The session is held by the caller.
pub fn fill_places(tx: &mut Tx<'_>, call: &Call, session: &ReviewSession, wanted: &Wanted) -> Result<Filling, Error> {
    // As it is now: the caller may have changed it.
    let mut session = db::reviews::find_session(tx.db, session.id)?;
    let (files, existing, mut bench) = gather(tx, call, &session, wanted, &AsIf::default())?;
    let seating = seating(tx, &call.programme.0, &session, &files, &existing, &mut bench, wanted)?;
    let places = Places::of(&seating);
    let mut assignments = Vec::with_capacity(seating.seats.len());
    let mut new_of: BTreeMap<ExpertId, usize> = BTreeMap::new();
    for seat in &seating.seats {
        assignments.push(write(tx, session.id, seat)?);
        *new_of.entry(seat.choice.expert).or_default() += 1;
    }
    if !bench.called.is_empty() {
        session.panel.0.extend(&bench.called);
        let version = session.version;
        if !db::reviews::update_session(tx.db, &session, version)? {
            return Err(Error::Stale);
        }
    }
    let filled = Filled { added: assignments.len(), short: places.short.clone() };
    report(tx, call, &session, &bench, &new_of, &filled)?;
    Ok(Filling { filled, places, assignments, joined: bench.called })
}

/// The files that lack somebody, the assignments there are, and everyone who could step in.
fn gather(
    tx: &mut Tx<'_>,
    call: &Call,
    session: &ReviewSession,
    wanted: &Wanted,
    as_if: &AsIf,
) -> Result<(Vec<ReviewFile>, Vec<Assignment>, Bench), Error> {
    let rules = rules(&call.programme.0)?.clone();
    let mut files = db::reviews::files(tx.db, call.id, &[State::InReview])?;
    let mut existing = db::reviews::assignments_of(tx.db, session.id)?;
    existing.iter_mut().filter(|one| as_if.ends(one.id)).for_each(|one| one.status = AssignmentStatus::Released);
    // Only these are held against the rules of recusal: of ten thousand files one may lack somebody.
    let mut live: BTreeMap<ApplicationId, usize> = BTreeMap::new();
    for one in existing.iter().filter(|one| one.is_live()) {
        *live.entry(one.application_id).or_default() += 1;
    }
    files.retain(|file| {
        let needed = wanted.of_file.get(&file.application.id).copied().unwrap_or_default();
        live.get(&file.application.id).copied().unwrap_or_default() < needed
    });
    let bench = Bench::of(tx, call, session, &rules, &files, &existing, as_if)?;
    Ok((files, existing, bench))
}

/// What filling comes to, before anything is written.
struct Seating<'a> {
    seats: Vec<Seat<'a>>,
    short: Vec<ApplicationId>,
}

fn seating<'a>(
    tx: &mut Tx<'_>,
    programme: &Programme,
    session: &ReviewSession,
    files: &'a [ReviewFile],
    existing: &[Assignment],
    bench: &mut Bench,
    wanted: &Wanted,
) -> Result<Seating<'a>, Error> {
    let mut found = Seating { seats: Vec::new(), short: Vec::new() };
    for file in files {
        let id = file.application.id;
        let has = bench.charged.get(&id).map_or(0, Vec::len);
        let needed = wanted.of_file.get(&id).copied().unwrap_or_default();
        if has >= needed {
            continue;
        }
        // A second panel steps in for nobody.
        let steps_in = wanted.source != AssignmentSource::SecondPanel;
        let left = if steps_in { departed(tx, session, existing, id)? } else { Vec::new() };
        let mut left = left.into_iter();
        for _ in has..needed {
            let levels = levels_of(tx.env, programme, file)?;
            let of_field = bench.of_field(id, &levels) < bench.rules.field_experts as usize;
            let place = Place { file, levels, left: left.next(), source: wanted.source, of_field };
            let Some(choice) = bench.choose(&place) else {
                found.short.push(id);
                break;
            };
            found.seats.push(bench.take(place, choice));
        }
    }
    Ok(found)
}

/// Tells the new ones, and the handlers when a place stays empty.
fn report(
    tx: &mut Tx<'_>,
    call: &Call,
    session: &ReviewSession,
    bench: &Bench,
    new_of: &BTreeMap<ExpertId, usize>,
    filled: &Filled,
) -> Result<(), Error> {
    for (id, count) in new_of {
        if let Some(expert) = bench.experts.get(id) {
            tell(tx, expert, "assignment-added", call, session, &[("count", &count.to_string())])?;
        }
    }
    if !filled.short.is_empty() {
        let count = filled.short.len().to_string();
        let path = format!("/reviews/{}", call.id);
        tx.post_to_role(Role::Handler, "review-short", &path, &[("call", &call.title), ("count", &count)])?;
    }
    Ok(())
}

/// A place to be filled.
struct Place<'a> {
    file: &'a ReviewFile,
    levels: BTreeMap<String, u8>,
    /// The assignment that ended and is not replaced yet; none for a file that came late, and for a second panel.
    left: Option<Assignment>,
    /// Where the new assignment comes from.
    source: AssignmentSource,
    /// Whether the file lacks experts who know its field: one who does goes before everybody else.
    of_field: bool,
}

/// A place that somebody takes.
struct Seat<'a> {
    place: Place<'a>,
    choice: Choice,
    why: Why,
    /// Whether it is a reserve who joins the panel by it.
    joins: bool,
}

/// Who fills it.
struct Choice {
    expert: ExpertId,
    /// The place in the order in which the reserves are asked, from 1; none for one of the panel.
    turn: Option<usize>,
    /// The reserves who were asked before and cannot.
    passed: Vec<Passed>,
}

/// Everyone who could step in.
struct Bench {
    rules: ReviewRules,
    /// Those who serve today.
    experts: BTreeMap<ExpertId, Expert>,
    drawn: Option<panel::Drawn>,
    reserves: Vec<ExpertId>,
    panel: BTreeSet<ExpertId>,
    /// Those of the reserves who joined the panel just now, in order.
    called: Vec<ExpertId>,
    /// Who must not score what: code and detail of the reason.
    barred: BTreeMap<(ApplicationId, ExpertId), (&'static str, String)>,
    loads: BTreeMap<ExpertId, usize>,
    /// Who is charged with which file now.
    charged: BTreeMap<ApplicationId, Vec<ExpertId>>,
}

impl Bench {
    fn of(
        tx: &mut Tx<'_>,
        call: &Call,
        session: &ReviewSession,
        rules: &ReviewRules,
        files: &[ReviewFile],
        existing: &[Assignment],
        as_if: &AsIf,
    ) -> Result<Bench, Error> {
        let today = local_date(tx.now);
        let ids: Vec<ExpertId> = session.panel.0.iter().chain(&session.reserves.0).copied().collect();
        let mut experts = db::experts::of_ids(tx.db, &ids)?;
        as_if.lay_over(&mut experts);
        let experts = db::experts::only_serving(tx.db, experts, today)?;
        let mut barred = BTreeMap::new();
        for wish in session.wishes.0.iter().filter(|wish| wish.kind == WishKind::Forbid) {
            barred.insert((wish.application, wish.expert), ("forbidden", wish.reason.clone()));
        }
        for one in exclusions_with(tx, call, files, &experts, as_if.ties(), |_, _| true)? {
            barred.insert((one.application, one.expert), ("excluded", one.why.to_string()));
        }
        let mut loads: BTreeMap<ExpertId, usize> = BTreeMap::new();
        let mut charged: BTreeMap<ApplicationId, Vec<ExpertId>> = BTreeMap::new();
        for one in existing {
            barred.entry((one.application_id, one.expert_id)).or_insert_with(|| ("had_it", String::new()));
            if one.is_live() {
                *loads.entry(one.expert_id).or_default() += 1;
                charged.entry(one.application_id).or_default().push(one.expert_id);
            }
        }
        Ok(Bench {
            rules: rules.clone(),
            experts: experts.into_iter().map(|expert| (expert.id, expert)).collect(),
            drawn: panel::of_call(tx, call.id)?.filter(|drawn| Some(drawn.draw) == session.draw_id),
            reserves: session.reserves.0.clone(),
            panel: session.panel.0.iter().copied().collect(),
            called: Vec::new(),
            barred,
            loads,
            charged,
        })
    }

    fn load(&self, id: ExpertId) -> usize {
        self.loads.get(&id).copied().unwrap_or_default()
    }

    /// Why an expert cannot take a file: code and detail.
    fn obstacle(&self, file: ApplicationId, id: ExpertId) -> Option<(&'static str, String)> {
        let Some(expert) = self.experts.get(&id) else { return Some(("left", String::new())) };
        let full = || (self.load(id) >= load_limit(expert, &self.rules)).then(|| ("at_ceiling", String::new()));
        self.barred.get(&(file, id)).cloned().or_else(full)
    }

    fn stratum(&self, id: ExpertId) -> Option<&str> {
        self.drawn.as_ref().and_then(|drawn| drawn.stratum(id))
    }

    fn level(&self, levels: &BTreeMap<String, u8>, id: ExpertId) -> u8 {
        self.experts.get(&id).map_or(0, |expert| level(levels, expert))
    }

    /// How many of those who are charged with a file know its field.
    fn of_field(&self, file: ApplicationId, levels: &BTreeMap<String, u8>) -> usize {
        self.charged.get(&file).into_iter().flatten().filter(|id| self.level(levels, **id) > 0).count()
    }

    /// The best for a place. While the file lacks experts of its field, only they are asked; if there is none, everybody is:
    /// a sheet by somebody else is better than none.
    fn choose(&self, place: &Place<'_>) -> Option<Choice> {
        let first = if place.of_field { self.choice(place, 1) } else { None };
        first.or_else(|| self.choice(place, 0))
    }

    /// The best of those whose fields fit at least so well.
    fn choice(&self, place: &Place<'_>, least: u8) -> Option<Choice> {
        let file = place.file.application.id;
        let left = place.left.as_ref().map(|one| one.expert_id);
        let turn = match &self.drawn {
            Some(drawn) => drawn.in_turn(left),
            None => self.reserves.clone(),
        };
        let stratum = left.and_then(|id| self.stratum(id));
        let order = |(at, id): &(usize, ExpertId)| {
            let serves_already = self.panel.contains(id);
            let foreign = stratum.is_some() && self.stratum(*id) != stratum;
            (foreign, !serves_already, if serves_already { self.load(*id) } else { 0 }, *at)
        };
        let obstacle = |id: ExpertId| {
            let lacking = || (self.level(&place.levels, id) < least).then(|| ("field_number", String::new()));
            self.obstacle(file, id).or_else(lacking)
        };
        let asked = || turn.iter().copied().enumerate();
        let reserve = asked().filter(|(_, id)| obstacle(*id).is_none()).min_by_key(order);
        let before = reserve.map_or(turn.len(), |(at, _)| at);
        let passed = turn.iter().take(before).filter_map(|id| {
            let (why, detail) = obstacle(*id)?;
            Some(Passed { expert: *id, why: why.into(), detail })
        });
        let passed = passed.collect();
        if let Some((at, expert)) = reserve {
            return Some(Choice { expert, turn: Some(at + 1), passed });
        }
        let free = self.panel.iter().filter(|id| obstacle(**id).is_none());
        let expert = *free.min_by_key(|id| (self.load(**id), self.level(&place.levels, **id) == 0, **id))?;
        Some(Choice { expert, turn: None, passed })
    }
}

impl Bench {
    /// Gives a place to whoever was chosen for it, who counts from now on; a reserve who was not in the panel joins it.
    fn take<'a>(&mut self, place: Place<'a>, choice: Choice) -> Seat<'a> {
        let file = place.file.application.id;
        let joins = self.panel.insert(choice.expert);
        if joins {
            self.called.push(choice.expert);
        }
        *self.loads.entry(choice.expert).or_default() += 1;
        let why = Why {
            load: self.load(choice.expert),
            instead_of: place.left.as_ref().map(|one| one.expert_id),
            turn: choice.turn.and_then(|turn| u32::try_from(turn).ok()),
            ..explained(self, &place, &choice)
        };
        self.barred.insert((file, choice.expert), ("had_it", String::new()));
        self.charged.entry(file).or_default().push(choice.expert);
        Seat { place, choice, why, joins }
    }
}

/// How well an expert's fields fit; 0 for no shared field.
fn level(levels: &BTreeMap<String, u8>, expert: &Expert) -> u8 {
    levels.iter().filter(|(field, _)| expert.fields.0.contains(*field)).map(|(_, level)| *level).max().unwrap_or(0)
}

/// Stores the assignment of a place, with its explanation, and records it and the call of a reserve.
fn write(tx: &mut Tx<'_>, session: ReviewSessionId, seat: &Seat<'_>) -> Result<AssignmentId, Error> {
    let (place, choice) = (&seat.place, &seat.choice);
    let file = place.file.application.id;
    let instead_of = seat.why.instead_of;
    if seat.joins {
        let calling = Calling {
            expert: choice.expert,
            why: why(place),
            application: Some(file),
            instead_of,
            passed: choice.passed.clone(),
        };
        reserve_called(tx, session, &calling)?;
    }
    let assignment = new_assignment(tx, session, file, choice.expert, place.source);
    let id = assignment.id;
    let detail = serde_json::json!({
        "assignment": id, "application": file, "expert": choice.expert, "instead_of": instead_of,
    });
    db::reviews::create_planned(tx.db, &[(assignment, seat.why.clone())])?;
    record_session(tx, &Actor::system(), Role::System, session, "assignment.added", None, detail)?;
    Ok(id)
}

/// The fields that fit, and the reserves who were asked before.
fn explained(bench: &Bench, place: &Place<'_>, choice: &Choice) -> Why {
    let shared = |expert: &Expert| place.levels.keys().filter(|key| expert.fields.0.contains(*key)).cloned().collect();
    let expert = bench.experts.get(&choice.expert);
    let others = choice.passed.iter().take(OTHERS_KEPT).map(|passed| Other {
        expert: passed.expert,
        level: bench.level(&place.levels, passed.expert),
        load: bench.load(passed.expert),
        why: passed.why.clone(),
        detail: passed.detail.clone(),
    });
    Why {
        level: bench.level(&place.levels, choice.expert),
        fields: expert.map(shared).unwrap_or_default(),
        others: others.collect(),
        ..Why::default()
    }
}

/// The assignments of a file that ended and that nobody has stepped in for, the last one first.
fn departed(
    tx: &mut Tx<'_>,
    session: &ReviewSession,
    existing: &[Assignment],
    file: ApplicationId,
) -> Result<Vec<Assignment>, Error> {
    let explained = db::reviews::explanations(tx.db, session.id, &[file])?;
    let replaced: BTreeSet<ExpertId> = explained.values().filter_map(|why| why.instead_of).collect();
    let ended = existing.iter().filter(|one| one.application_id == file && !one.is_live());
    let mut left: Vec<Assignment> = ended.filter(|one| !replaced.contains(&one.expert_id)).cloned().collect();
    left.sort_by_key(|one| std::cmp::Reverse((one.declared_at, one.assigned_at, one.expert_id)));
    Ok(left)
}

/// Why a reserve is called: how the assignment ended that the place is of.
fn why(place: &Place<'_>) -> panel::Why {
    match place.left.as_ref().map(|one| one.status) {
        None if place.source == AssignmentSource::SecondPanel => panel::Why::SecondPanel,
        Some(AssignmentStatus::Recused) => panel::Why::Recused,
        Some(_) => panel::Why::Released,
        None => panel::Why::Late,
    }
}
