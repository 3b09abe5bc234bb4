//! `yuanchi verify`: checks what was carried away, without a database: checkpoints, a published list, the proof of an event,
//! a part of the record, a certificate.

mod certificate;
mod event;
mod keys;
mod list;
mod record;

use crate::cli::out::{complain, say};
use crate::domain::chain::carried::RECORD_FORMAT;
use crate::domain::chain::inclusion::EVENT_PROOF_FORMAT;
use crate::domain::chain::verify_checkpoints;
use crate::jobs::read_exports;
use crate::keys::{Keys, PublicKey};
use anyhow::{Context, ensure};
use keys::KeyChoice;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::path::{Path, PathBuf};

/// It holds.
const HOLDS: u8 = 0;
/// Something was altered, or does not fit.
const WRONG: u8 = 1;
/// A file cannot be read, or not as what it must be.
const UNREADABLE: u8 = 2;
/// It fits together, but was held against nothing that was named: whoever forges a list forges the key in its proof as well. So
/// does a part of the record of which no signed checkpoint covers every event: whoever forges events computes their hashes anew.
const UNHELD: u8 = 3;

/// What is to be checked, and by which keys.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// A folder of checkpoints, a list's text, the proof of an event, or a part of the record; the data folder's checkpoints
    /// if none is named, held against the keys beside them.
    pub file: Option<PathBuf>,
    /// The public key that must have signed, in hex; take it from another source than the file. May be given several times.
    #[arg(long, value_name = "HEX", value_parser = keys::named)]
    pub key: Vec<String>,
    /// The published keys, a copy of /.well-known/yuanchi-keys.json.
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// The proof of the list; LIST.proof.json beside LIST.json if none is named.
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,
    /// The list before, to check the chain.
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// The list that anchors the event.
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    /// The text of a certificate's QR code.
    #[arg(long, value_name = "TEXT", conflicts_with = "file")]
    pub certificate: Option<String>,
}

/// What is meant when no file is named: the checkpoints of a data folder, and the keys of the service that it belongs to.
pub struct Own {
    checkpoints: PathBuf,
    keys: Vec<PublicKey>,
}

impl Own {
    /// Those of a data folder and a folder of keys.
    ///
    /// # Errors
    /// It holds no keys.
    pub fn of(data: &Path, keys: &Path) -> anyhow::Result<Own> {
        // Opening them would begin new ones where there are none.
        let kept = |name: &str| keys.join(name).is_file();
        let any = kept("secret.key") && (kept("signing.key") || kept("history.json"));
        ensure!(any, "{}: holds no keys; name the folder of the service in data.dir or keys.dir", keys.display());
        let keys = Keys::open(keys, || Err(anyhow::anyhow!("no key is made here")))?;
        Ok(Own { checkpoints: data.join("checkpoints"), keys: keys.all() })
    }
}

/// How a check ended, when it did not end well.
enum Verdict {
    /// Something was altered, or does not fit.
    Wrong(Vec<String>),
    /// A file cannot be read.
    Unreadable(anyhow::Error),
    /// It was held against nothing that was named, or a part of it is not signed.
    Unheld,
}

impl From<anyhow::Error> for Verdict {
    fn from(error: anyhow::Error) -> Self {
        Verdict::Unreadable(error)
    }
}

/// One thing that is wrong.
fn wrong<T>(what: impl Into<String>) -> Result<T, Verdict> {
    Err(Verdict::Wrong(vec![what.into()]))
}

/// Checks, prints what holds or what does not, and ends with 0, with 1 if something does not hold, with 2 if it cannot be read, with 3 if
/// it fits together but no key was named that it must be signed by, or not all of it is signed.
/// `own` is what is meant when no file is named.
///
/// # Errors
/// No file is named and there are no keys here, or the folder's checkpoints do not hold.
pub fn run(options: &Options, own: impl FnOnce() -> anyhow::Result<Own>) -> anyhow::Result<u8> {
    let mut keys = match KeyChoice::read(&options.key, options.keys.as_deref()) {
        Ok(keys) => keys,
        Err(error) => return Ok(end(Err(error.into()))),
    };
    if let Some(text) = &options.certificate {
        return Ok(end(certificate::check(text, &keys)));
    }
    let file = match &options.file {
        Some(file) => file.clone(),
        None => {
            let own = own()?;
            if keys.is_open() {
                keys = KeyChoice::published_as(own.keys);
            }
            own.checkpoints
        }
    };
    if file.is_dir() {
        return folder(&file, &keys);
    }
    let result = read(&file).and_then(|bytes| {
        if is_of(&bytes, EVENT_PROOF_FORMAT) {
            event::check(&file, &bytes, options, &keys)
        } else if is_of(&bytes, RECORD_FORMAT) {
            record::check(&file, &bytes, &keys)
        } else {
            list::check(&file, &bytes, options.proof.as_deref(), options.previous.as_deref(), &keys).map(drop)
        }
    });
    Ok(end(result.and_then(|()| keys.must_be_named())))
}

fn end(result: Result<(), Verdict>) -> u8 {
    match result {
        Ok(()) => HOLDS,
        Err(Verdict::Wrong(what)) => {
            what.iter().for_each(|line| say!("{line}"));
            WRONG
        }
        Err(Verdict::Unreadable(error)) => {
            complain(&format!("{error:#}"));
            UNREADABLE
        }
        Err(Verdict::Unheld) => UNHELD,
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Verdict> {
    Ok(std::fs::read(path).with_context(|| path.display().to_string())?)
}

/// Reads a document of a form that it says it is of. One that says more than such a document does, or a thing twice, was altered:
/// what nothing vouches for must not stand beside what is.
fn read_whole<T: DeserializeOwned>(bytes: &[u8], path: &Path, what: &str) -> Result<T, Verdict> {
    serde_json::from_slice(bytes).map_err(|why| match why.classify() {
        Category::Data => {
            Verdict::Wrong(vec![format!("{}: is not {what} as it was carried away: {why}", path.display())])
        }
        _ => anyhow::Error::new(why).context(format!("{}: is no {what}", path.display())).into(),
    })
}

/// Whether a document says that it is of this form.
fn is_of(bytes: &[u8], format: &str) -> bool {
    let value: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
    value.is_some_and(|value| value.get("format").and_then(|said| said.as_str()) == Some(format))
}

/// Checks every checkpoint of `folder` by itself, and that they follow one another.
fn folder(folder: &Path, keys: &KeyChoice) -> anyhow::Result<u8> {
    let exports = read_exports(folder)?;
    ensure!(!exports.is_empty(), "{}: holds no checkpoint (NNNNNN.txt)", folder.display());
    for export in &exports {
        let number = export.checkpoint.number;
        export.check().map_err(|why| anyhow::anyhow!("checkpoint {number}: {why}"))?;
        ensure!(
            keys.allows(&export.public_key, Some(export.checkpoint.at)),
            "checkpoint {number}: is signed by another key, {}",
            export.public_key
        );
    }
    verify_checkpoints(exports.iter().map(|export| &export.checkpoint)).context("the checkpoints do not follow")?;
    let chains: usize = exports.iter().map(|export| export.leaves.len()).sum();
    say!("{} checkpoints hold, over {chains} ends of chains", exports.len());
    if let Some(last) = exports.last() {
        keys.remind(&last.public_key);
    }
    Ok(end(keys.must_be_named()))
}

/// How it ended, for a program: `says` are the lines that people read.
pub fn as_json(code: u8, says: &[String]) -> serde_json::Value {
    let error = match code {
        HOLDS => return serde_json::json!({ "ok": true, "exit": code, "says": says }),
        WRONG => "it does not hold",
        UNREADABLE => "a file cannot be read",
        _ => "it was held against nothing that was named, or not all of it is signed",
    };
    serde_json::json!({ "ok": false, "error": error, "exit": code, "says": says })
}
