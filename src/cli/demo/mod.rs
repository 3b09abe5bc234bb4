//! `yuanchi demo`: a province at work, played through the same actions that people use, with a clock set by hand; then
//! served by the machine's clock.

pub mod cast;
pub mod play;
pub mod sample;

use super::logging::start_logging;
use super::serve;
use crate::app::{App, Clock, folders};
use crate::config::Config;
use crate::domain::calendar::local_date;
use crate::domain::ids::{ApplicationId, CallId};
use crate::domain::procedure::State;
use crate::server;
use anyhow::{Context, ensure};
use cast::{Cast, Vendor};
use chrono::{Datelike, Duration, NaiveDate};
use play::Days;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is played where nothing is asked for: organisations.
const SIZE: usize = 60;

/// What can be asked of the demonstration.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Port to serve on; without it, server.port of the settings.
    #[arg(long)]
    port: Option<u16>,
    /// Folder for its data, empty or with an earlier demonstration; without it, data.dir of the settings, or else demo-data.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Organisations that apply.
    #[arg(long, default_value_t = SIZE, value_name = "N")]
    size: usize,
}

/// The demonstration's own defaults: what it plays lies apart from what the service keeps, and says on every page what it is.
pub const DEFAULTS: &str = "[data]\ndir = \"demo-data\"\n[server]\ndemonstration = true\n";
const ACCOUNTS: &str = "demo-accounts.json";
/// The current calls: feature platforms are under review, specialised platforms in notice and, in further batches, talked over and
/// at the decision, providers open.
const PROGRAMMES: [&str; 3] = ["feature_platform", "professional_platform", "service_provider"];

/// Plays, prints who can sign in, and serves. `config` was loaded over [`DEFAULTS`]; what `options` names goes before it.
///
/// # Errors
/// Says which folder is in the way, or which step could not be played.
pub fn run(mut config: Config, options: &Options) -> anyhow::Result<()> {
    if let Some(dir) = &options.data_dir {
        config.data.dir = dir.clone();
        config.set_by_command("data.dir");
    }
    if let Some(port) = options.port {
        config.server.port = port;
        config.set_by_command("server.port");
    }
    let dir = config.data.dir.clone();
    config.logs.filter = "warn".into();
    config.set_by_command("logs.filter");
    start_logging(&config.logs)?;
    let listener = server::listen(&mut config.server)?;
    let accounts = dir.join(ACCOUNTS);
    if accounts.exists() {
        eprintln!("The demonstration in {} goes on.", dir.display());
    } else {
        must_be_empty(&dir)?;
        ensure!(options.size >= 6, "--size {}: the demonstration needs 6 organisations or more", options.size);
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).context("no random numbers")?;
        // Chosen anew each time: there is no default password, not even here.
        let password = format!("demo-{}", hex::encode(bytes));
        let cast = play_all(config.clone(), options.size, &password)?;
        write_accounts(&accounts, &password, &cast)?;
    }
    let app = App::build(config, Clock::System)?;
    serve::introduce(&app, &listener)?;
    print_accounts(&accounts, &listener.local_addr()?.to_string())?;
    serve::run_on(app, listener)
}

fn must_be_empty(dir: &Path) -> anyhow::Result<()> {
    let taken = std::fs::read_dir(dir).map(|mut entries| entries.next().is_some()).unwrap_or(false);
    ensure!(
        !taken,
        "data.dir = {}: the folder is not empty and holds no demonstration; name another by --data-dir or YUANCHI__DATA__DIR",
        dir.display()
    );
    Ok(())
}

fn write_accounts(path: &Path, password: &str, cast: &Cast) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(&serde_json::json!({"password": password, "accounts": cast.players}))?;
    folders::write_private(path, &text).with_context(|| format!("{}: cannot be written", path.display()))
}

fn print_accounts(path: &Path, address: &str) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let known: serde_json::Value = serde_json::from_str(&text)?;
    println!("Serving a province at work at http://{address}");
    println!("Everyone signs in with the password {}", known["password"].as_str().unwrap_or_default());
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    for account in known["accounts"].as_array().into_iter().flatten() {
        let text = |key: &str| account[key].as_str().unwrap_or_default();
        let count = seen.entry(account["role"].as_str().unwrap_or_default()).or_default();
        *count += 1;
        if *count <= 2 {
            println!("  {:<16} {:<28} {} {}", text("role"), text("email"), text("name"), text("of"));
        }
    }
    println!("All {} accounts are in {}", known["accounts"].as_array().map_or(0, Vec::len), path.display());
    Ok(())
}

/// Plays past years and the current one. Returns everybody who took part.
///
/// # Errors
/// Names the step that could not be played.
pub fn play_all(mut config: Config, size: usize, password: &str) -> anyhow::Result<Cast> {
    let today = local_date(Clock::System.now());
    let begin = NaiveDate::from_ymd_opt(today.year() - 3, 1, 8).unwrap_or(today);
    // Who was employed when the first year began is still at work in the last.
    config.accounts.role_days = 3_650;
    config.accounts.organisation_admin_days = 3_650;
    let app = App::build(config, Clock::manual(play::morning(begin, 0)))?;
    let mut cast = Cast::assemble(&app, password)?;
    for index in 0..size {
        cast.register_vendor(&app, index)?;
    }
    eprintln!("{} people and {} organisations are there", cast.players.len(), cast.vendors.len());
    for year in [today.year() - 2, today.year() - 1] {
        for (position, programme) in PROGRAMMES.into_iter().enumerate() {
            // Past years had fewer applicants.
            let chosen = vendors(&cast, position, 2);
            let opens = NaiveDate::from_ymd_opt(year, 3, 2 + 7 * position as u32).unwrap_or(begin);
            to_publication(&app, &cast, programme, year, opens, &chosen)
                .with_context(|| format!("playing {programme} of {year}"))?;
        }
        eprintln!("{year} is published");
    }
    current_year(&app, &cast, today).context("playing the current year")?;
    app.clock.set(Clock::System.now());
    play::import_national(&app).context("bringing in the national lists")?;
    crate::jobs::run_once(&app)?;
    eprintln!("{} is under way", today.year());
    Ok(cast)
}

/// Every third organisation by programme; `thin` keeps every so-many of them.
fn vendors(cast: &Cast, position: usize, thin: usize) -> Vec<Vendor> {
    cast.vendors.iter().filter(|v| v.sample.index % 3 == position).step_by(thin).cloned().collect()
}

/// Files of all vendors; each hands in some days after the opening.
fn filed(app: &Arc<App>, vendors: &[Vendor], call: CallId, days: Days) -> anyhow::Result<Vec<ApplicationId>> {
    let mut ids = Vec::new();
    for (number, vendor) in vendors.iter().enumerate() {
        let day = days.opens + Duration::days(3 + (number % 25) as i64);
        app.clock.set(play::morning(day, number as i64));
        let id = play::fill(app, vendor, call)?;
        play::file(app, vendor, id)?;
        ids.push(id);
    }
    Ok(ids)
}

/// Bureaus and the department take every file to the review.
fn to_review(app: &Arc<App>, cast: &Cast, call: CallId, days: Days) -> anyhow::Result<()> {
    app.clock.set(play::morning(days.closes + Duration::days(4), 0));
    for id in play::in_state(app, call, State::Submitted)? {
        play::recommend_file(app, cast, id)?;
    }
    app.clock.set(play::morning(days.recommended + Duration::days(3), 0));
    for id in play::in_state(app, call, State::Recommended)? {
        play::screen_file(app, cast, id, None)?;
    }
    Ok(())
}

/// The review, up to the ranking. Gives the day on which it was opened.
fn to_ranking(app: &Arc<App>, cast: &Cast, call: CallId, days: Days) -> anyhow::Result<NaiveDate> {
    let begins = days.recommended + Duration::days(10);
    app.clock.set(play::morning(begins, 0));
    play::open_review(app, cast, call, begins + Duration::days(14))?;
    app.clock.set(play::morning(begins + Duration::days(7), 0));
    play::score_files(app, cast, call, usize::MAX, false)?;
    app.clock.set(play::morning(begins + Duration::days(15), 0));
    if play::has_stages(app, call)? {
        play::end_scoring_of(app, cast, call)?;
    }
    play::close_review(app, cast, call)?;
    Ok(begins)
}

/// Review and decision.
fn to_decision(app: &Arc<App>, cast: &Cast, call: CallId, days: Days) -> anyhow::Result<()> {
    let begins = to_ranking(app, cast, call, days)?;
    play::propose_decision(app, cast, call)?;
    app.clock.set(play::morning(begins + Duration::days(17), 0));
    play::approve_decision(app, cast, call)
}

fn to_publication(
    app: &Arc<App>,
    cast: &Cast,
    programme: &str,
    year: i32,
    opens: NaiveDate,
    vendors: &[Vendor],
) -> anyhow::Result<()> {
    let days = Days::from(opens);
    let call = play::call(app, cast, programme, year, days)?;
    filed(app, vendors, call, days)?;
    to_review(app, cast, call, days)?;
    to_decision(app, cast, call, days)?;
    let noticed = days.recommended + Duration::days(30);
    app.clock.set(play::morning(noticed, 0));
    play::open_notice_of(app, cast, call)?;
    app.clock.set(play::morning(noticed + Duration::days(9), 0));
    play::publish(app, cast, call)
}

/// One call at every station: in notice, under review, talked over, at the decision, open.
fn current_year(app: &Arc<App>, cast: &Cast, today: NaiveDate) -> anyhow::Result<()> {
    let year = today.year();
    // Specialised platforms: in notice for two days, one objection.
    let days = Days::from(today - Duration::days(51 + 10 + 17 + 5));
    let call = play::call(app, cast, PROGRAMMES[1], year, days)?;
    filed(app, &vendors(cast, 1, 1), call, days)?;
    to_review(app, cast, call, days)?;
    to_decision(app, cast, call, days)?;
    app.clock.set(play::morning(today - Duration::days(2), 0));
    let notice = play::open_notice_of(app, cast, call)?;
    app.clock.set(play::morning(today - Duration::days(1), 0));
    if let Some(named) = play::in_state(app, call, State::InNotice)?.first() {
        play::object_to(app, notice, *named)?;
    }

    // Feature platforms: experts are scoring.
    let days = Days::from(today - Duration::days(51 + 14));
    let call = play::call(app, cast, PROGRAMMES[0], year, days)?;
    let ids = filed(app, &vendors(cast, 0, 1), call, days)?;
    app.clock.set(play::morning(days.closes + Duration::days(4), 0));
    for (number, id) in ids.iter().enumerate() {
        match number {
            1 => play::refuse(app, cast, *id, "申报材料中的服务案例无法核实，不予推荐。")?,
            _ => drop(play::recommend_file(app, cast, *id)?),
        }
    }
    app.clock.set(play::morning(days.recommended + Duration::days(2), 0));
    for (number, id) in play::in_state(app, call, State::Recommended)?.into_iter().enumerate() {
        let against = (number == 2).then_some("不具备平台独立运营条件，不符合申报条件。");
        play::screen_file(app, cast, id, against)?;
    }
    let begins = days.recommended + Duration::days(5);
    app.clock.set(play::morning(begins, 0));
    play::open_review(app, cast, call, today + Duration::days(10))?;
    app.clock.set(play::morning(today - Duration::days(3), 0));
    play::score_files(app, cast, call, 3, false)?;

    // Specialised platforms, a second batch: the scoring has ended, and a file is talked over.
    let days = Days::from(today - Duration::days(51 + 24));
    let call = play::batch(app, cast, PROGRAMMES[1], year, days, "（第二批）")?;
    filed(app, &vendors(cast, 1, 3), call, days)?;
    to_review(app, cast, call, days)?;
    app.clock.set(play::morning(days.recommended + Duration::days(5), 0));
    play::open_review(app, cast, call, today - Duration::days(4))?;
    app.clock.set(play::morning(today - Duration::days(6), 0));
    play::score_files(app, cast, call, usize::MAX, true)?;
    app.clock.set(play::morning(today - Duration::days(2), 0));
    play::end_scoring_of(app, cast, call)?;
    app.clock.set(play::morning(today - Duration::days(1), 0));
    play::speak_once(app, cast)?;

    // Two small batches more are at the decision: of one the ranking waits for a proposal, of the other the proposal for an approval.
    let days = Days::from(today - Duration::days(51 + 10 + 15 + 3));
    for (batch, proposed) in [("（第三批）", false), ("（第四批）", true)] {
        let call = play::batch(app, cast, PROGRAMMES[1], year, days, batch)?;
        filed(app, &vendors(cast, 1, 6), call, days)?;
        to_review(app, cast, call, days)?;
        to_ranking(app, cast, call, days)?;
        if proposed {
            play::propose_decision(app, cast, call)?;
        }
    }

    // Providers: open for applications, every station before the review in use.
    let days = Days::from(today - Duration::days(16));
    let call = play::call(app, cast, PROGRAMMES[2], year, days)?;
    for (number, vendor) in vendors(cast, 2, 1).into_iter().enumerate() {
        let day = days.opens + Duration::days(1 + (number % 10) as i64);
        app.clock.set(play::morning(day, number as i64));
        let id = play::fill(app, &vendor, call)?;
        if number % 5 == 4 {
            // Still being filled in.
            continue;
        }
        play::file(app, &vendor, id)?;
        app.clock.set(play::morning(day + Duration::days(2), number as i64));
        match number % 5 {
            0 => drop(play::recommend_file(app, cast, id)?),
            1 => play::send_back(app, cast, id, today + Duration::days(7))?,
            2 if number == 2 => play::take_back(app, &vendor, id)?,
            _ => {}
        }
    }
    Ok(())
}
