//! Measurements, each beside its baseline in the same run: `cargo bench --bench registry`.
//!
//! Runs on SQLite in a temporary folder, or on the PostgreSQL server that `YUANCHI_TEST_POSTGRES` names, in a schema of
//! its own. Inputs are the same every time; only the loopback is used; a run takes less than three minutes. A word after
//! `--` (`pages`, `writes`, `assignment`, `ranking`, `search`) measures only that; the ranking is also part of `writes`, where
//! it is stored as well and a list is published. Bars that are set stand below the table, each with whether it holds.

mod assignment;
mod figures;
mod house;
mod pages;
mod ranking;
mod search;
mod writes;

use figures::Table;
use house::House;

type Measure = fn(&House, &mut Table) -> anyhow::Result<()>;

fn writes(house: &House, table: &mut Table) -> anyhow::Result<()> {
    let mut prepared = writes::prepare(house)?;
    writes::submit(house, &mut prepared, table)?;
    writes::score(house, &prepared, table)?;
    let places = ranking::compute(table);
    ranking::store(house, prepared.call(), &places, table)?;
    ranking::publish(house, table)
}

fn main() -> anyhow::Result<()> {
    if std::env::args().any(|argument| argument == pages::ALONE) {
        return pages::serve_alone();
    }
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    let mut table = Table::default();
    for (name, measure) in [("pages", pages::measure as Measure), ("writes", writes as Measure)] {
        if wanted(name) {
            // A registry each, so that neither is slowed down by what the other leaves.
            let house = House::build()?;
            println!("{name}: {} cores, {}", figures::cores(), house.database());
            measure(&house, &mut table)?;
        }
    }
    if wanted("assignment") {
        assignment::measure(&mut table);
    }
    if only.as_deref() == Some("ranking") {
        ranking::compute(&mut table);
    }
    if wanted("search") {
        search::measure(&mut table)?;
    }
    println!("{table}");
    // Where something was assigned, the highest since that began.
    println!("{}", figures::memory("VmHWM:"));
    // An assignment that was cut is still at work on a thread of its own.
    std::process::exit(0);
}
