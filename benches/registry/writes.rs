//! Submitting an application and filling a score sheet, beside a bare durable transaction.

use crate::figures::{Figures, Table, timed, together};
use crate::house::{House, Rows, bare};
use chrono::{Duration, NaiveDate};
use std::sync::Arc;
use yuanchi::actions::review::declare::{Declaration, declare};
use yuanchi::actions::review::score::{self, SheetInput};
use yuanchi::actions::submit::{Submit, submit as submit_application};
use yuanchi::app::App;
use yuanchi::cli::demo::cast::{Cast, Player, Vendor};
use yuanchi::cli::demo::play::{self, Days};
use yuanchi::db;
use yuanchi::db::page::Pager;
use yuanchi::domain::actor::Actor;
use yuanchi::domain::ids::{ApplicationId, AssignmentId, CallId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;
use yuanchi::domain::status::AssignmentStatus;
use yuanchi::error::Error;

/// The programme that is applied for.
const PROGRAMME: &str = "feature_platform";
/// The first of each series fill caches and are not counted.
const WARM_UP: usize = 8;
/// Submissions one after the other, without those of the warm-up.
const SUBMISSIONS: usize = 120;
/// Threads that work at once.
const THREADS: usize = 32;
/// Submissions of each thread.
const EACH: usize = 8;
/// Score sheets that are filled one after the other, and times that each is saved before it is submitted.
const SHEETS: usize = 200;
/// Bytes of a mail, of an event, of the end of a chain and of a counter, as they come out of these actions.
const MAIL_BYTES: usize = 700;
const EVENT_BYTES: usize = 600;
const HEAD_BYTES: usize = 120;
const COUNTER_BYTES: usize = 30;
/// Bytes of a score sheet.
const SHEET_BYTES: usize = 1_000;

/// The people, the call and the applications ready to be submitted.
pub struct Prepared {
    cast: Cast,
    call: CallId,
    days: Days,
    filled: Vec<Filled>,
}

impl Prepared {
    /// The call.
    pub fn call(&self) -> CallId {
        self.call
    }
}

/// An application that lacks nothing.
struct Filled {
    id: ApplicationId,
    actor: Actor,
    version: i32,
}

/// Brings everybody in, opens a call and fills the applications.
pub fn prepare(house: &House) -> anyhow::Result<Prepared> {
    let app = &house.app;
    let mut cast = Cast::assemble(app, "a password for this run only")?;
    let count = WARM_UP + SUBMISSIONS + THREADS * EACH;
    for index in 0..count {
        cast.register_vendor(app, index)?;
    }
    let days = Days::from(NaiveDate::from_ymd_opt(2026, 3, 16).unwrap_or_default());
    let call = play::call(app, &cast, PROGRAMME, 2026, days)?;
    app.clock.set(play::morning(days.opens + Duration::days(3), 0));
    let threads: Vec<_> = cast
        .vendors
        .chunks(count.div_ceil(16))
        .map(|vendors| {
            let (app, vendors) = (app.clone(), vendors.to_vec());
            std::thread::spawn(move || fill(&app, &vendors, call))
        })
        .collect();
    let mut filled = Vec::new();
    for thread in threads {
        filled.extend(thread.join().map_err(|_| anyhow::anyhow!("a filling thread panicked"))??);
    }
    Ok(Prepared { cast, call, days, filled })
}

fn fill(app: &Arc<App>, vendors: &[Vendor], call: CallId) -> anyhow::Result<Vec<Filled>> {
    let filled = vendors.iter().map(|vendor| {
        let id = play::fill(app, vendor, call)?;
        let (actor, version) = app.read_now(|tx| {
            let version = db::applications::find(tx.db, &Scope::everything(), id)?.version;
            Ok((vendor.player.actor(tx)?, version))
        })?;
        Ok(Filled { id, actor, version })
    });
    filled.collect()
}

fn submit_one(app: &App, filled: Filled) -> Result<(), Error> {
    let Filled { id, actor, version } = filled;
    let input = Submit { version, commitment: true, unchanged_confirmed: false };
    app.write_now(move |tx| submit_application(tx, &actor, id, &input).map(drop))
}

/// Submits applications one after the other, then from many threads at once.
///
/// The bare transaction writes as many rows as a submission does, of the same size: it changes the application, the
/// counter of numbers and the end of the chain; it adds the frozen content, the event and the mails. It reads nothing,
/// checks nothing, and its table has no second index and no trigger.
pub fn submit(house: &House, prepared: &mut Prepared, table: &mut Table) -> anyhow::Result<()> {
    let app = &house.app;
    let mut filled = std::mem::take(&mut prepared.filled).into_iter();
    let (mut content_bytes, mails_before) = (0, mails(app)?);
    for one in filled.by_ref().take(WARM_UP) {
        let id = one.id;
        submit_one(app, one)?;
        let stored = app.read_now(|tx| Ok(db::submissions::of_application(tx.db, id)?))?;
        content_bytes = stored.first().map_or(0, |submission| submission.content.column().len());
    }
    let mails_of_each = (mails(app)? - mails_before) / WARM_UP;
    let mut added = vec![content_bytes, EVENT_BYTES];
    added.resize(added.len() + mails_of_each, MAIL_BYTES);
    let rows = Rows::of(&[content_bytes, COUNTER_BYTES, HEAD_BYTES], &added);
    println!("a submission writes {} rows, {mails_of_each} of them mails", rows.changed.len() + rows.added.len());
    for _ in 0..WARM_UP {
        bare(app, &rows)?;
    }
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    for one in filled.by_ref().take(SUBMISSIONS) {
        measured.time(|| submit_one(app, one))?;
        baseline.time(|| bare(app, &rows))?;
    }
    table.add("submit, one after the other", measured, baseline);

    let mut rest: Vec<Filled> = filled.collect();
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    // In turns, so that a disk that slows down slows both.
    while rest.len() >= THREADS {
        let share = rest.len().min(THREADS * EACH / 4) / THREADS;
        let inputs: Vec<Vec<Filled>> = (0..THREADS).map(|_| rest.drain(..share).collect()).collect();
        let of = app.clone();
        let (samples, wall) = together(inputs, move |mine, samples| {
            mine.into_iter().try_for_each(|one| timed(samples, || submit_one(&of, one)))?;
            Ok(())
        })?;
        measured.add(samples, wall);
        let (of, rows) = (app.clone(), rows.clone());
        let (samples, wall) = together(vec![share; THREADS], move |times, samples| {
            (0..times).try_for_each(|_| timed(samples, || bare(&of, &rows)))?;
            Ok(())
        })?;
        baseline.add(samples, wall);
    }
    table.add("submit, 32 threads at once", measured, baseline);
    Ok(())
}

/// Mails in the outbox.
fn mails(app: &App) -> Result<usize, Error> {
    let total = app.read_now(|tx| Ok(db::mails::list(tx.db, None, Pager::new(None, Some(1)))?.total))?;
    Ok(usize::try_from(total).unwrap_or_default())
}

/// A sheet that an expert has accepted.
struct OpenSheet {
    id: AssignmentId,
    actor: Actor,
    input: SheetInput,
}

/// Brings the first files to the review and lets the experts accept them.
fn open_sheets(house: &House, prepared: &Prepared) -> anyhow::Result<Vec<OpenSheet>> {
    let (app, cast, call, days) = (&house.app, &prepared.cast, prepared.call, prepared.days);
    app.clock.set(play::morning(days.closes + Duration::days(4), 0));
    let submitted = play::in_state(app, call, State::Submitted)?;
    // Beyond the bureaus' quotas a file is refused; then there are simply fewer.
    let wanted = SHEETS.div_ceil(5) + 5;
    let mut recommended = 0;
    for id in submitted {
        let wanted_still = recommended < wanted && play::recommend_file(app, cast, id)?;
        if wanted_still {
            recommended += 1;
        } else if recommended >= wanted {
            play::refuse(app, cast, id, "本批次推荐名额已用完，按排序未予推荐。")?;
        }
    }
    app.clock.set(play::morning(days.recommended + Duration::days(3), 0));
    for id in play::in_state(app, call, State::Recommended)? {
        play::screen_file(app, cast, id, None)?;
    }
    let begins = days.recommended + Duration::days(10);
    app.clock.set(play::morning(begins, 0));
    play::open_review(app, cast, call, begins + Duration::days(14))?;
    let mut sheets = Vec::new();
    for expert in &cast.experts {
        sheets.extend(accept(app, expert, call)?);
    }
    sheets.truncate(SHEETS);
    Ok(sheets)
}

fn accept(app: &Arc<App>, expert: &Player, call: CallId) -> anyhow::Result<Vec<OpenSheet>> {
    play::act(app, expert, move |tx, actor| {
        let session = db::reviews::session_of_call(tx.db, call)?.ok_or(Error::NotFound)?;
        let mine = db::reviews::assignments_of(tx.db, session.id)?.into_iter().filter(|assignment| {
            Some(assignment.expert_id) == actor.expert() && assignment.status == AssignmentStatus::Awaiting
        });
        let mut sheets = Vec::new();
        for assignment in mine.collect::<Vec<_>>() {
            declare(tx, actor, assignment.id, &Declaration { conflict: false, reason: String::new() })?;
            let view = score::view(tx, actor, assignment.id)?;
            let mut input = SheetInput {
                version: view.sheet.map_or(0, |sheet| sheet.version),
                opinion: "平台功能较完备，应用成效较好。".into(),
                ..SheetInput::default()
            };
            for item in view.call.programme.0.rubric.iter().flat_map(|rubric| rubric.items()) {
                input.items.insert(item.key.clone(), (item.max_hundredths() * 4 / 500).to_string());
                input.comments.insert(item.key.clone(), "依据佐证材料评分。".into());
            }
            sheets.push(OpenSheet { id: assignment.id, actor: actor.clone(), input });
        }
        Ok(sheets)
    })
}

fn save_one(app: &App, sheet: &OpenSheet) -> Result<i32, Error> {
    let (id, actor, input) = (sheet.id, sheet.actor.clone(), sheet.input.clone());
    app.write_now(move |tx| score::save(tx, &actor, id, &input).map(|saved| saved.version))
}

fn submit_sheet(app: &App, sheet: &OpenSheet) -> Result<(), Error> {
    let (id, actor, input) = (sheet.id, sheet.actor.clone(), sheet.input.clone());
    app.write_now(move |tx| score::submit(tx, &actor, id, &input))
}

/// Saves score sheets and submits them. The bare transaction beside a save changes the sheet; beside a submission also
/// the end of the chain, and it adds the event.
pub fn score(house: &House, prepared: &Prepared, table: &mut Table) -> anyhow::Result<()> {
    let app = &house.app;
    let mut sheets = open_sheets(house, prepared)?;
    let save_rows = Rows::of(&[SHEET_BYTES], &[]);
    let submit_rows = Rows::of(&[SHEET_BYTES, HEAD_BYTES], &[EVENT_BYTES]);
    for sheet in sheets.iter_mut().take(WARM_UP) {
        sheet.input.version = save_one(app, sheet)?;
        bare(app, &save_rows)?;
    }
    let (mut saved, mut beside_saved) = (Figures::default(), Figures::default());
    for sheet in &mut sheets {
        sheet.input.version = saved.time(|| save_one(app, sheet))?;
        beside_saved.time(|| bare(app, &save_rows))?;
    }
    table.add("score sheet saved", saved, beside_saved);
    let (mut submitted, mut beside_submitted) = (Figures::default(), Figures::default());
    for sheet in &sheets {
        submitted.time(|| submit_sheet(app, sheet))?;
        beside_submitted.time(|| bare(app, &submit_rows))?;
    }
    table.add("score sheet submitted", submitted, beside_submitted);
    Ok(())
}
