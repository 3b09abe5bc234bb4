//! `yuanchi verify`: checks checkpoints that were carried away, without a database.

use crate::domain::chain::verify_checkpoints;
use crate::jobs::read_exports;
use anyhow::{Context, ensure};
use std::path::Path;
use std::process::ExitCode;

/// Checks every file of `folder` by itself, and that they follow one another.
pub fn run(folder: &Path, key: Option<&str>) -> anyhow::Result<ExitCode> {
    let exports = read_exports(folder)?;
    ensure!(!exports.is_empty(), "{}: holds no checkpoint (NNNNNN.txt)", folder.display());
    for export in &exports {
        let number = export.checkpoint.number;
        export.check().map_err(|why| anyhow::anyhow!("checkpoint {number}: {why}"))?;
        ensure!(
            key.is_none_or(|key| key.eq_ignore_ascii_case(&export.public_key)),
            "checkpoint {number}: is signed by another key, {}",
            export.public_key
        );
    }
    verify_checkpoints(exports.iter().map(|export| &export.checkpoint)).context("the checkpoints do not follow")?;
    let chains: usize = exports.iter().map(|export| export.leaves.len()).sum();
    println!("{} checkpoints hold, over {chains} ends of chains", exports.len());
    if key.is_none()
        && let Some(last) = exports.last()
    {
        println!("signed by key {}; compare it with the published one, or give it with --key", last.public_key);
    }
    Ok(ExitCode::SUCCESS)
}
