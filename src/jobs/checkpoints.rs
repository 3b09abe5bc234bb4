//! Signs checkpoints, and writes each as a text file that can be carried away.

use crate::actions::checkpoints::{CHAINS_AT_ONCE, Export, exports_after, take};
use crate::app::App;
use crate::error::Error;
use anyhow::Context;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Checkpoints taken in one turn at most.
const ROUNDS: usize = 100;

/// Where exports lie below the data folder.
fn folder(app: &App) -> PathBuf {
    app.config.data.dir.join("checkpoints")
}

/// Takes checkpoints until every chain is covered, and writes those that are not yet on disk here. Returns how many
/// were taken.
///
/// # Errors
/// The database is away, or the folder cannot be written.
pub fn take_checkpoints(app: &App) -> Result<usize, Error> {
    let mut taken = 0;
    for _ in 0..ROUNDS {
        let Some((number, chains)) = app.write_now(take)? else { break };
        tracing::info!(number, chains, "checkpoint signed");
        taken += 1;
        if i64::try_from(chains).unwrap_or_default() < CHAINS_AT_ONCE {
            break;
        }
    }
    write_exports(app)?;
    Ok(taken)
}

/// Writes the checkpoints that came after the last one on disk; another process may have taken some of them.
fn write_exports(app: &App) -> Result<(), Error> {
    let folder = folder(app);
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let last = numbers(&folder)?.into_iter().max().unwrap_or_default();
    for export in app.read_now(|tx| exports_after(tx, last))? {
        let path = folder.join(format!("{:06}.txt", export.checkpoint.number));
        write_whole(&path, &export.to_text()).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let temporary = path.with_extension("part");
    let mut file = std::fs::File::create(&temporary)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&temporary, path)
}

fn numbers(folder: &Path) -> Result<Vec<i64>, Error> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    Ok(entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".txt")?.parse().ok()).collect())
}

/// Reads the exports of a folder, by name; none when there is no folder.
///
/// # Errors
/// A file cannot be read or is no export.
pub fn read_exports(folder: &Path) -> anyhow::Result<Vec<Export>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let shown = path.display();
            let text = std::fs::read_to_string(path).with_context(|| format!("{shown} cannot be read"))?;
            Export::parse(&text).map_err(|why| anyhow::anyhow!("{shown}: {why}"))
        })
        .collect()
}
