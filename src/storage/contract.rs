//! What every store must do, tried on each of them: the folder, and a bucket behind a real socket.

use super::s3_server::{self, S3Server};
use super::{
    FileType, FolderStore, ObjectKey, ObjectStore, ReadProblem, S3Settings, S3Store, Stored, UploadProblem, corpus,
};
use std::fs::{self, OpenOptions};
use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

const HOUR: Duration = Duration::from_secs(3600);

/// A store, with a way to get at what it holds that goes round it.
struct Bench {
    root: PathBuf,
    store: Box<dyn ObjectStore>,
    beneath: Beneath,
}

enum Beneath {
    Folder,
    Bucket(S3Server),
}

/// A prefix, so that what lies beside it is seen to stay.
const PREFIX: &str = "yuanchi/";

impl Bench {
    fn folder() -> Bench {
        let root = scratch();
        let store = Box::new(FolderStore::open_at(&root).expect("store"));
        Bench { root, store, beneath: Beneath::Folder }
    }

    fn bucket() -> Bench {
        let root = scratch();
        let server = S3Server::start();
        server.page_of(2);
        let settings = S3Settings {
            endpoint: server.endpoint(),
            region: s3_server::REGION.into(),
            bucket: s3_server::BUCKET.into(),
            prefix: PREFIX.into(),
            path_style: true,
            access_key: s3_server::ACCESS_KEY.into(),
            secret_key: s3_server::SECRET_KEY.into(),
            patience: Duration::from_secs(20),
        };
        let store = Box::new(S3Store::new(settings, &root).expect("store"));
        Bench { root, store, beneath: Beneath::Bucket(server) }
    }

    fn put(&self, name: &str, content: &[u8]) -> Result<Stored, UploadProblem> {
        let mut upload = self.store.begin(1_000_000)?;
        for piece in content.chunks(1_000) {
            upload.write(piece)?;
        }
        upload.finish(name, &FileType::ALL)
    }

    fn place(&self, name: &str) -> PathBuf {
        self.root.join("objects").join(name)
    }

    fn overwrite(&self, name: &str, content: &[u8]) {
        match &self.beneath {
            Beneath::Folder => fs::write(self.place(name), content).expect("written"),
            Beneath::Bucket(server) => server.write(&format!("{PREFIX}objects/{name}"), content),
        }
    }

    fn take_away(&self, name: &str) {
        match &self.beneath {
            Beneath::Folder => fs::remove_file(self.place(name)).expect("removed"),
            Beneath::Bucket(server) => server.remove(&format!("{PREFIX}objects/{name}")),
        }
    }

    fn has(&self, name: &str) -> bool {
        match &self.beneath {
            Beneath::Folder => self.place(name).is_file(),
            Beneath::Bucket(server) => server.objects().contains_key(&format!("{PREFIX}objects/{name}")),
        }
    }

    fn age(&self, name: &str, by: Duration) {
        match &self.beneath {
            Beneath::Folder => set_modified(&self.place(name), by),
            Beneath::Bucket(server) => server.age(&format!("{PREFIX}objects/{name}"), by),
        }
    }

    /// Files that are on their way in.
    fn incoming(&self) -> usize {
        fs::read_dir(self.root.join("incoming")).expect("incoming").count()
    }

    fn keys(&self) -> Vec<ObjectKey> {
        self.store.list().expect("list").into_iter().map(|entry| entry.key).collect()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn scratch() -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("yuanchi-store-{}-{number}", std::process::id()));
    fs::create_dir_all(&path).expect("scratch folder");
    path
}

fn set_modified(path: &std::path::Path, by: Duration) {
    let file = OpenOptions::new().write(true).open(path).expect("a file");
    file.set_modified(SystemTime::now() - by).expect("aged");
}

/// Tries each case on each store.
macro_rules! on_both {
    ($($case:ident),* $(,)?) => {
        mod folder {
            $(#[test] fn $case() { super::$case(&super::Bench::folder()); })*
        }
        mod bucket {
            $(#[test] fn $case() { super::$case(&super::Bench::bucket()); })*
        }
    };
}

on_both! {
    a_sound_file_comes_back_whole_and_is_kept_once,
    a_flipped_byte_is_never_served_and_a_new_upload_of_another_length_heals,
    refused_and_abandoned_uploads_leave_nothing,
    a_file_of_exactly_the_limit_is_taken,
    a_list_is_whole_and_in_the_order_of_its_keys,
    a_sweep_takes_old_orphans_only,
    many_uploads_of_one_content_at_once_agree,
    c_27_the_hostile_corpus_is_refused_at_the_door,
}

fn a_sound_file_comes_back_whole_and_is_kept_once(bench: &Bench) {
    let content = corpus::pdf();
    let first = bench.put("执照.pdf", &content).expect("stored");
    let again = bench.put("另一个名字.PDF", &content).expect("stored again");
    assert_eq!(first, again);
    assert_eq!((first.bytes, first.file_type), (content.len() as u64, FileType::Pdf));
    let listed = bench.store.list().expect("list");
    assert_eq!(listed.iter().map(|entry| (entry.key, entry.bytes)).collect::<Vec<_>>(), [(first.sha256, first.bytes)]);
    assert_eq!(bench.incoming(), 0);
    let mut object = bench.store.open(&first.sha256).expect("opened");
    let mut back = Vec::new();
    object.reader.read_to_end(&mut back).expect("read");
    assert_eq!((object.bytes, back), (first.bytes, content));
    assert_eq!(bench.store.verify(&first.sha256).expect("sound"), first.bytes);
    assert!(bench.has(&first.sha256.path()));
}

fn a_flipped_byte_is_never_served_and_a_new_upload_of_another_length_heals(bench: &Bench) {
    let content = corpus::png(3, 3);
    let stored = bench.put("a.png", &content).expect("stored");
    let place = stored.sha256.path();
    let mut altered = content.clone();
    altered[20] ^= 1;
    bench.overwrite(&place, &altered);
    assert!(matches!(bench.store.verify(&stored.sha256), Err(ReadProblem::Corrupt)));
    bench.overwrite(&place, &content[..30]);
    assert!(matches!(bench.store.verify(&stored.sha256), Err(ReadProblem::Corrupt)));
    bench.put("a.png", &content).expect("stored again");
    assert!(bench.store.verify(&stored.sha256).is_ok());
    bench.take_away(&place);
    assert!(matches!(bench.store.verify(&stored.sha256), Err(ReadProblem::Missing)));
}

fn refused_and_abandoned_uploads_leave_nothing(bench: &Bench) {
    let store = &bench.store;
    assert!(matches!(bench.put("a.pdf", b""), Err(UploadProblem::Empty)));
    assert!(matches!(bench.put("a.pdf", b"hello"), Err(UploadProblem::ContentMismatch { .. })));
    let mut upload = store.begin(10).expect("begun");
    upload.write(b"%PDF-1.7").expect("fits");
    assert_eq!(upload.bytes(), 8);
    assert!(matches!(upload.write(b"abc"), Err(UploadProblem::TooLarge { limit: 10 })));
    assert!(matches!(upload.finish("a.pdf", &FileType::ALL), Err(UploadProblem::TooLarge { limit: 10 })));
    let upload = store.begin(10).expect("begun");
    assert_eq!(bench.incoming(), 1);
    drop(upload);
    store.probe().expect("writable");
    assert_eq!(bench.incoming(), 0);
    assert!(bench.keys().is_empty());
    if let Beneath::Bucket(server) = &bench.beneath {
        assert!(server.objects().is_empty(), "{:?}", server.objects().keys());
    }
}

fn a_file_of_exactly_the_limit_is_taken(bench: &Bench) {
    let content = corpus::pdf();
    let mut upload = bench.store.begin(content.len() as u64).expect("begun");
    upload.write(&content).expect("fits");
    assert!(upload.finish("a.pdf", &FileType::ALL).is_ok());
}

fn a_list_is_whole_and_in_the_order_of_its_keys(bench: &Bench) {
    let mut put: Vec<ObjectKey> =
        (1..=7).map(|width| bench.put("a.png", &corpus::png(width, 1)).expect("stored").sha256).collect();
    bench.overwrite("README", b"not ours");
    put.sort();
    assert_eq!(bench.keys(), put);
    // However many there are, one part of them is read after the other.
    let pages: Vec<usize> = bench.store.pages().map(|page| page.expect("a page").len()).collect();
    assert!(pages.len() > 1 && pages.iter().sum::<usize>() == put.len(), "{pages:?}");
}

fn a_sweep_takes_old_orphans_only(bench: &Bench) {
    let put = |name: &str, side| bench.put(name, &corpus::png(side, side)).expect("stored").sha256;
    let (used, orphan, anew) = (put("a.png", 1), put("b.png", 2), put("c.png", 3));
    let left_over = bench.root.join("incoming").join("crashed.part");
    fs::write(&left_over, "half").expect("left over");
    set_modified(&left_over, 48 * HOUR);
    bench.overwrite("README", b"not ours");
    for name in [used.path(), orphan.path(), anew.path(), "README".to_string()] {
        bench.age(&name, 48 * HOUR);
    }
    put("c.png", 3);
    let fresh = put("d.png", 4);
    let running = bench.store.begin(10).expect("begun");
    let day_ago = SystemTime::now() - 24 * HOUR;
    assert_eq!(bench.store.left_over(day_ago).expect("read"), ["crashed.part"]);
    let swept = bench.store.sweep(day_ago, &|key| *key == used).expect("swept");
    let bytes = corpus::png(2, 2).len() as u64 + 4;
    assert_eq!((swept.objects, swept.uploads, swept.bytes), (1, 1, bytes));
    let mut left = vec![used, anew, fresh];
    left.sort();
    assert_eq!(bench.keys(), left);
    assert!(bench.has("README"));
    drop(running);
    assert_eq!(bench.store.sweep(day_ago, &|key| *key == used).expect("swept"), super::Swept::default());
}

fn many_uploads_of_one_content_at_once_agree(bench: &Bench) {
    let content = corpus::xlsx();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| bench.put("a.xlsx", &content).expect("stored"));
        }
    });
    assert_eq!(bench.keys().len(), 1);
    assert_eq!(bench.incoming(), 0);
}

fn c_27_the_hostile_corpus_is_refused_at_the_door(bench: &Bench) {
    let corpus = corpus::hostile();
    assert!(corpus.len() >= 40, "{}", corpus.len());
    for case in corpus {
        let code = match bench.put(case.name, &case.content) {
            Ok(_) => "taken".to_owned(),
            Err(UploadProblem::Suspicious { reason }) => format!("suspicious {}", reason.code()),
            Err(UploadProblem::ContentMismatch { found, .. }) => format!("content_mismatch {found}"),
            Err(problem) => problem.code().to_owned(),
        };
        assert_eq!(code, case.expected, "{}", case.about);
    }
    assert!(bench.keys().is_empty());
    assert_eq!(bench.incoming(), 0);
    if let Beneath::Bucket(server) = &bench.beneath {
        assert_eq!(server.count("PUT"), 0, "nothing of it has left this machine");
    }
}
