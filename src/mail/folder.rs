//! Letters as `.eml` files, for a server without a relay and for development.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::letter::{Encoding, compose};
use super::{Letter, Recipient, SendProblem, Transport};

/// Writes each letter to a file named after its date and identifier, so that names sort by time and a letter sent twice
/// is one file. Any mail program opens it; its text is readable as it stands.
#[derive(Debug)]
pub struct FolderTransport {
    folder: PathBuf,
    from: Recipient,
    written: AtomicU64,
}

impl FolderTransport {
    /// Writes into `folder`, making it if need be, in the name of `from`.
    ///
    /// # Errors
    /// Whatever making the folder raises.
    pub fn open(folder: &Path, from: Recipient) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), from, written: AtomicU64::new(0) })
    }

    fn write(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let draft = self.folder.join(format!(".{name}.{}-{number}", process::id()));
        let result = self.write_draft(&draft, content).and_then(|()| fs::rename(&draft, self.folder.join(name)));
        if result.is_err() {
            // The error at hand matters more than a draft left behind.
            let _ = fs::remove_file(&draft);
        }
        result?;
        if cfg!(unix) { File::open(&self.folder)?.sync_all() } else { Ok(()) }
    }

    fn write_draft(&self, draft: &Path, content: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        // A draft of that name can only be left over from a crashed process of the same number.
        options.write(true).create(true).truncate(true);
        // Letters carry sign-in links.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(draft)?;
        file.write_all(content)?;
        file.sync_all()
    }
}

fn file_name(letter: &Letter) -> String {
    let digest = hex::encode(Sha256::digest(letter.message_id.as_bytes()));
    let short: String = digest.chars().take(12).collect();
    format!("{}-{short}.eml", letter.date.format("%Y%m%dT%H%M%S%.6f"))
}

impl Transport for FolderTransport {
    fn send(&self, letter: &Letter) -> Result<(), SendProblem> {
        let message = compose(&self.from, letter, Encoding::Readable)?;
        self.write(&file_name(letter), &message.formatted())
            .map_err(|error| SendProblem::Temporary(super::one_line(&error.to_string())))
    }
}

#[cfg(test)]
mod tests {
    use super::super::letter::message_id;
    use super::super::letter::tests::{letter, sender};
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn letters_are_readable_sorted_and_never_doubled() {
        let folder = std::env::temp_dir().join(format!("yuanchi-mail-{}", process::id()));
        let transport = FolderTransport::open(&folder, sender()).expect("folder");
        let first = Letter { html: Some("<p>请补正</p>".to_owned()), ..letter() };
        let same_moment = Letter { message_id: message_id("b", "pool.example.cn"), ..letter() };
        let later = Letter {
            message_id: message_id("a", "pool.example.cn"),
            date: letter().date + TimeDelta::microseconds(1),
            text: "最后一封".to_owned(),
            ..letter()
        };
        for letter in [&later, &first, &same_moment, &first] {
            transport.send(letter).expect("written");
        }
        let mut names: Vec<String> = fs::read_dir(&folder)
            .expect("folder")
            .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names.len(), 3, "{names:?}");
        assert!(names.iter().all(|name| name.ends_with(".eml")));
        let last = fs::read_to_string(folder.join(&names[2])).expect("utf-8");
        assert!(last.contains("最后一封"), "{last}");
        let all: String = names.iter().map(|name| fs::read_to_string(folder.join(name)).expect("utf-8")).collect();
        assert!(all.contains("请于 3 个工作日内补正") && all.contains("<p>请补正</p>"));
        fs::remove_dir_all(&folder).expect("removed");
        assert!(matches!(transport.send(&later), Err(SendProblem::Temporary(_))));
    }
}
