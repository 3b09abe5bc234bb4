//! The store when the line, the server or somebody with access to the bucket misbehaves.

use super::*;
use crate::support::s3_server::Fault;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime};
use yuanchi::storage::ReadProblem;

fn read(shop: &Shop, key: &ObjectKey) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    shop.store.open(key).map_err(io::Error::other)?.reader.read_to_end(&mut content)?;
    Ok(content)
}

#[test]
fn what_was_put_comes_back_in_pieces_of_any_size() {
    let shop = Shop::open();
    for kilobytes in [0, 1, 64, 300] {
        let content = document("whole", kilobytes);
        let key = shop.put(&content).expect("stored");
        assert_eq!(read(&shop, &key).expect("read"), content);
        assert_eq!(shop.server.objects()[&name_of(&key)], content);
        assert_eq!(shop.store.verify(&key).expect("sound"), content.len() as u64);
    }
    assert_eq!(shop.store.list().expect("a list").len(), 4);
    assert!(shop.server.seen().iter().all(|seen| seen.status == 200), "{:?}", shop.server.seen());
}

#[test]
fn what_fails_for_the_moment_is_asked_again_and_not_for_ever() {
    let shop = Shop::open();
    let content = document("again", 1);
    for fault in [Fault::Answer(500, "InternalError"), Fault::Answer(503, "SlowDown"), Fault::Close, Fault::LoseAnswer]
    {
        let before = shop.server.count("PUT");
        shop.server.fail_next("PUT", fault);
        let key = shop.put(&content).unwrap_or_else(|e| panic!("{fault:?}: {e}"));
        assert_eq!(shop.server.count("PUT") - before, 2, "{fault:?}");
        // All of the body came the second time, not what was left of it.
        assert_eq!(shop.server.objects()[&name_of(&key)], content);
        shop.server.fail_next("GET", fault);
        assert_eq!(read(&shop, &key).expect("read"), content, "{fault:?}");
    }
    assert_eq!(shop.server.objects().len(), 1);
    let before = shop.server.count("PUT");
    (0..5).for_each(|_| shop.server.fail_next("PUT", Fault::Answer(503, "SlowDown")));
    let error = shop.put(&content).expect_err("it stays away");
    assert_eq!((shop.server.count("PUT") - before, shop.server.faults_left()), (3, 2));
    assert!(error.is_of_the_store() && error.to_string().contains("answered 503 SlowDown"), "{error}");
}

#[test]
fn what_will_not_change_is_not_asked_again() {
    let shop = Shop::open();
    let content = document("once", 1);
    for (status, code, expected) in [
        (403, "AccessDenied", "io"),
        (400, "XAmzContentSHA256Mismatch", "io"),
        (501, "NotImplemented", "io"),
        (507, "XMinioStorageFull", "disk_full"),
        (403, "QuotaExceeded", "disk_full"),
    ] {
        let before = shop.server.count("PUT");
        shop.server.fail_next("PUT", Fault::Answer(status, code));
        let error = shop.put(&content).expect_err("refused");
        assert_eq!((error.code(), shop.server.count("PUT") - before), (expected, 1), "{status} {code}: {error}");
    }
    assert!(shop.server.objects().is_empty());
}

#[test]
fn a_missing_bucket_is_no_missing_document() {
    let shop = Shop::open();
    let key = shop.put(&document("there", 1)).expect("stored");
    let none: ObjectKey = "ab".repeat(32).parse().expect("a key");
    assert!(matches!(shop.store.open(&none), Err(ReadProblem::Missing)));
    shop.server.fail_next("GET", Fault::Answer(404, "NoSuchBucket"));
    let error = shop.store.open(&key).expect_err("there is no bucket");
    assert_eq!(error.code(), "io");
    assert!(error.to_string().contains("404 NoSuchBucket"), "{error}");
    // A gateway's page in between is neither.
    shop.server.fail_next("GET", Fault::Answer(404, "<html>nonsense"));
    assert_eq!(shop.store.open(&key).expect_err("no answer of a store").code(), "io");
}

#[test]
fn altered_content_never_comes_out_whole() {
    let shop = Shop::open();
    let content = document("altered", 300);
    let key = shop.put(&content).expect("stored");
    // On the way, and in the bucket.
    shop.server.fail_next("GET", Fault::Alter);
    assert!(matches!(shop.store.verify(&key), Err(ReadProblem::Corrupt)));
    assert!(shop.store.verify(&key).is_ok(), "only on its way");
    let mut altered = content.clone();
    altered[7] ^= 1;
    for other in [altered.as_slice(), &content[..content.len() - 1], &[content.as_slice(), b"\n"].concat(), b""] {
        shop.server.write(&name_of(&key), other);
        assert!(matches!(shop.store.verify(&key), Err(ReadProblem::Corrupt)), "{} bytes", other.len());
        let mut out = Vec::new();
        let mut reader = shop.store.open(&key).expect("it is there").reader;
        assert!(reader.read_to_end(&mut out).is_err() && out.len() < content.len() - 1);
    }
    shop.put(&content).expect("stored again");
    assert!(shop.store.verify(&key).is_ok(), "whatever was there is replaced");
}

#[test]
fn a_line_that_is_cut_is_an_error_and_no_short_document() {
    let shop = Shop::with(|settings| settings.patience = Duration::from_millis(500));
    let content = document("cut", 300);
    let key = shop.put(&content).expect("stored");
    for bytes in [0, 1, 100, 64 << 10, content.len() - 1] {
        for fault in [Fault::CutAfter(bytes), Fault::StallAfter(bytes)] {
            shop.server.fail_next("GET", fault);
            let mut out = Vec::new();
            let mut object = shop.store.open(&key).expect("the answer begins");
            assert_eq!(object.bytes, content.len() as u64, "what was promised");
            let error = object.reader.read_to_end(&mut out).expect_err("it is not whole");
            assert!(out.len() < content.len(), "{fault:?}: {error}");
            // The line's fault is not taken for somebody's tampering.
            shop.server.fail_next("GET", fault);
            assert_eq!(shop.store.verify(&key).expect_err("not whole").code(), "io", "{fault:?}");
        }
    }
    assert!(shop.store.verify(&key).is_ok());
}

#[test]
fn a_store_that_does_not_answer_is_waited_for_once_and_not_long() {
    let shop = Shop::with(|settings| settings.patience = Duration::from_millis(300));
    let key = shop.put(&document("slow", 1)).expect("stored");
    let before = shop.server.count("GET");
    shop.server.fail_next("GET", Fault::Hang);
    let begun = Instant::now();
    let error = shop.store.open(&key).expect_err("no answer");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!((error.code(), shop.server.count("GET") - before), ("io", 1), "{error}");
}

#[test]
fn no_answer_leads_to_another_host() {
    let (shop, other) = (Shop::open(), S3Server::start());
    let key = shop.put(&document("here", 1)).expect("stored");
    for method in ["GET", "PUT"] {
        shop.server.fail_next(method, Fault::Redirect(other.address()));
    }
    let error = shop.store.open(&key).expect_err("led elsewhere").to_string();
    assert!(error.contains("answered 307"), "{error}");
    assert!(shop.put(&document("there", 1)).is_err());
    assert!(other.seen().is_empty(), "{:?}", other.seen());
}

#[test]
fn a_part_of_a_list_never_passes_for_the_whole() {
    let shop = Shop::open();
    for number in 0..5 {
        shop.put(&document(&format!("page {number}"), 1)).expect("stored");
    }
    shop.server.page_of(2);
    let before = shop.server.count("GET");
    assert_eq!(shop.store.list().expect("a list").len(), 5);
    assert_eq!(shop.server.count("GET") - before, 3, "page by page");
    for fault in [Fault::Answer(403, "AccessDenied"), Fault::CutAfter(40)] {
        let server = &shop.server;
        // The second page fails.
        server.fail_next("GET", Fault::Pass);
        server.fail_next("GET", fault);
        assert!(shop.store.list().is_err(), "{fault:?}");
        server.fail_next("GET", Fault::Pass);
        server.fail_next("GET", fault);
        let swept = shop.store.sweep(SystemTime::now() + Duration::from_secs(60), &|_| false);
        assert!(swept.is_err() && server.objects().len() == 5, "{fault:?}: nothing is swept by half a list");
    }
}

fn in_an_hour() -> SystemTime {
    SystemTime::now() + Duration::from_secs(3600)
}

#[test]
fn what_is_uploaded_anew_while_it_is_swept_stays_where_versions_are_kept() {
    let shop = Shop::open();
    shop.server.keep_versions();
    let content = document("anew", 1);
    let key = shop.put(&content).expect("stored");
    shop.server.age(&name_of(&key), Duration::from_secs(48 * 3600));
    let (uploader, again) = (shop.store.clone(), content.clone());
    shop.server.before_next("DELETE", move || {
        put(&uploader, &again).expect("stored again, in the worst moment");
    });
    shop.store.sweep(SystemTime::now() - Duration::from_secs(24 * 3600), &|_| false).expect("swept");
    assert_eq!(read(&shop, &key).expect("it is there"), content);
    let removal = shop.server.seen().into_iter().find(|seen| seen.method == "DELETE").expect("a removal");
    assert!(removal.target.contains("versionId=v1"), "{removal:?}");
}

#[test]
fn what_was_uploaded_anew_since_it_was_listed_is_not_swept() {
    let shop = Shop::open();
    let content = document("anew", 1);
    let key = shop.put(&content).expect("stored");
    shop.server.age(&name_of(&key), Duration::from_secs(48 * 3600));
    let (uploader, again) = (shop.store.clone(), content.clone());
    shop.server.before_next("HEAD", move || {
        put(&uploader, &again).expect("stored again, after the list");
    });
    let swept = shop.store.sweep(SystemTime::now() - Duration::from_secs(24 * 3600), &|_| false).expect("swept");
    assert_eq!((swept.objects, shop.server.count("DELETE")), (0, 0));
    assert!(shop.store.verify(&key).is_ok());
}

#[test]
fn a_removal_is_asked_for_once_and_what_another_process_swept_is_no_failure() {
    let shop = Shop::open();
    let key = shop.put(&document("gone", 1)).expect("stored");
    shop.server.fail_next("DELETE", Fault::Close);
    assert!(shop.store.sweep(in_an_hour(), &|_| false).is_err());
    assert_eq!((shop.server.count("DELETE"), shop.server.objects().len()), (1, 1));
    // Gone between the list and the look.
    shop.server.fail_next("HEAD", Fault::Answer(404, ""));
    assert_eq!(shop.store.sweep(in_an_hour(), &|_| false).expect("swept").objects, 0);
    assert_eq!(shop.store.sweep(in_an_hour(), &|used| *used == key).expect("swept").objects, 0);
    assert_eq!(shop.store.sweep(in_an_hour(), &|_| false).expect("swept").objects, 1);
    assert!(shop.server.objects().is_empty());
}

#[test]
fn whoever_has_another_secret_gets_nothing() {
    for change in [
        (|settings: &mut S3Settings| settings.secret_key.push('x')) as fn(&mut S3Settings),
        |settings| settings.access_key.push('x'),
        |settings| settings.region = "us-east-1".into(),
    ] {
        let shop = Shop::with(change);
        let error = shop.store.probe().expect_err("not signed well");
        assert!(error.to_string().contains("answered 40"), "{error}");
        assert!(shop.put(&document("secret", 1)).is_err() && shop.store.list().is_err());
        assert!(shop.server.objects().is_empty());
    }
}

/// What was logged, in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_secret_is_in_no_message_and_no_log() {
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let (log, mut said) = (Log::default(), String::new());
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    tracing::subscriber::with_default(subscriber, || {
        let shop = Shop::open();
        let key = shop.put(&document("log", 1)).expect("stored");
        for fault in [Fault::Answer(500, "x"), Fault::Answer(403, "SignatureDoesNotMatch"), Fault::Close] {
            (0..3).for_each(|_| shop.server.fail_next("GET", fault));
            let error = shop.store.open(&key).expect_err("a fault");
            said += &format!("{error} {error:?}");
            while shop.server.faults_left() > 0 {
                let _ = shop.store.open(&key);
            }
        }
        said += &format!("{:?} {:?}", shop.store, settings(&shop.server));
        let away = Shop::with(|settings| settings.endpoint = format!("http://{nobody}"));
        let error = away.store.probe().expect_err("nobody is there");
        said += &format!("{error} {error:?}");
    });
    let logged = String::from_utf8(log.0.lock().expect("no panic").clone()).expect("text");
    assert!(logged.contains("asked again"), "{logged}");
    assert!(said.contains("bucket documents at http://127.0.0.1:"), "{said}");
    for text in [logged, said] {
        assert!(!text.contains(s3_server::SECRET_KEY) && !text.contains("Signature="), "{text}");
    }
}
