//! Measurements, each beside its baseline in the same run: `cargo bench --bench registry`.
//!
//! Runs on SQLite in a temporary folder, or on the PostgreSQL server that `YUANCHI_TEST_POSTGRES` names, in a schema of
//! its own. Inputs are the same every time; only the loopback is used; a run takes less than a minute.

mod assignment;
mod figures;
mod house;
mod pages;
mod ranking;
mod writes;

use figures::Table;
use house::House;

fn main() -> anyhow::Result<()> {
    let mut table = Table::default();
    {
        let house = House::build()?;
        println!("{} cores, {}", figures::cores(), house.database());
        let mut prepared = writes::prepare(&house)?;
        writes::submit(&house, &mut prepared, &mut table)?;
        writes::score(&house, &prepared, &mut table)?;
        pages::list_page(&house, &mut table)?;
        let places = ranking::compute(&mut table);
        ranking::store(&house, prepared.call(), &places, &mut table)?;
    }
    assignment::measure(&mut table);
    println!("{table}");
    if let Some(peak) = figures::peak_memory() {
        println!("peak resident memory {peak}");
    }
    // An assignment that was cut is still at work on a thread of its own.
    std::process::exit(0);
}
