//! The embedded database as the migrations leave it, made once for the process: each registry begins with a copy. To make it anew
//! for every test would take longer than most tests do.

use std::path::Path;
use std::sync::LazyLock;
use yuanchi::app::folders;
use yuanchi::config::Config;
use yuanchi::db::{self, Db};

/// Every byte of it.
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let dir = std::env::temp_dir().join(format!("yuanchi-migrated-{}", std::process::id()));
    let file = dir.join("yuanchi.db");
    made(&file, |db| {
        db::migrate(db).expect("it is migrated");
    });
    let bytes = std::fs::read(&file).expect("its file");
    std::fs::remove_dir_all(&dir).expect("its folder is taken away");
    bytes
});

/// Makes a database as the program makes one, and closes it: with the last connection everything is in the one file, which
/// nobody may touch before (SQLite, "How To Corrupt", 2.2).
fn made(file: &Path, work: impl FnOnce(&mut Db)) {
    folders::make_private(file.parent().expect("a folder")).expect("the folder is made");
    let mut db = Db::open_or_make(&format!("sqlite://{}", file.display())).expect("the database is made");
    work(&mut db);
    drop(db);
    assert!(!file.with_extension("db-wal").exists(), "something of {} is still in its log", file.display());
}

/// Puts a copy where a registry with these settings makes its database at its first start. Whoever names a database, or has keys of
/// an earlier start, is left alone.
pub fn lay_down(config: &Config) {
    let file = config.data.dir.join("yuanchi.db");
    if config.database.url.is_empty() && !file.exists() && !config.keys_dir().exists() {
        made(&file, |_| {});
        std::fs::write(&file, BYTES.as_slice()).expect("the copy is written");
    }
}
