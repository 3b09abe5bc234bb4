//! Documents in an S3-compatible store: the store by itself when things go wrong, and the service on it.

mod faults;
mod serving;
mod starting;

use super::support::s3_server::{self, S3Server};
use super::support::{TestApp, papers};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use yuanchi::config::{Config, StorageKind};
use yuanchi::storage::{FileType, ObjectKey, ObjectStore, S3Settings, S3Store, UploadProblem};

/// A store over a server of its own, with a folder for what arrives.
struct Shop {
    server: S3Server,
    store: S3Store,
    folder: PathBuf,
}

impl Shop {
    fn open() -> Shop {
        Shop::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut S3Settings)) -> Shop {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("yuanchi-shop-{}-{number}", std::process::id()));
        let server = S3Server::start();
        let mut settings = settings(&server);
        change(&mut settings);
        let store = S3Store::new(settings, &folder).expect("a store");
        Shop { server, store, folder }
    }

    fn put(&self, content: &[u8]) -> Result<ObjectKey, UploadProblem> {
        put(&self.store, content)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn put(store: &S3Store, content: &[u8]) -> Result<ObjectKey, UploadProblem> {
    let mut upload = store.begin(10 << 20)?;
    upload.write(content)?;
    Ok(upload.finish("a.pdf", &[FileType::Pdf])?.sha256)
}

fn settings(server: &S3Server) -> S3Settings {
    S3Settings {
        endpoint: server.endpoint(),
        region: s3_server::REGION.into(),
        bucket: s3_server::BUCKET.into(),
        prefix: String::new(),
        path_style: true,
        access_key: s3_server::ACCESS_KEY.into(),
        secret_key: s3_server::SECRET_KEY.into(),
        patience: Duration::from_secs(20),
    }
}

/// A sound document of so many kilobytes at least.
fn document(title: &str, kilobytes: usize) -> Vec<u8> {
    let lines: String = (0..kilobytes).map(|number| format!("{number:01022}\n%")).collect();
    papers::pdf_with(title, &lines)
}

fn name_of(key: &ObjectKey) -> String {
    format!("objects/{}", key.path())
}

/// The settings of a service on this store.
fn on(server: &S3Server) -> impl FnOnce(&mut Config) {
    let endpoint = server.endpoint();
    move |config| {
        config.storage.kind = StorageKind::S3;
        config.storage.endpoint = endpoint;
        config.storage.region = s3_server::REGION.into();
        config.storage.bucket = s3_server::BUCKET.into();
        config.storage.prefix = "yuanchi/".into();
        config.storage.access_key = s3_server::ACCESS_KEY.into();
        config.storage.secret_key = s3_server::SECRET_KEY.into();
    }
}

/// A registry on this store. Drop it before the store.
fn registry(server: &S3Server) -> TestApp {
    TestApp::start_with(on(server))
}
