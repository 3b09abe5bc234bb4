//! C-40: what no client of good faith sends. Nothing is answered with a failure of the service, nothing hangs, and the
//! process answers afterwards as before.

use super::described::Description;
use super::matrix::doors;
use super::world::World;
use crate::support::TestApp;
use serde_json::{Value, json};
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// Sends these bytes and no more; the statuses that come back until the connection is closed.
#[track_caller]
fn sent(test: &TestApp, what: &str, bytes: &[u8]) -> Vec<u16> {
    let mut stream = TcpStream::connect(test.address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    stream.set_write_timeout(Some(Duration::from_secs(30))).expect("a limit");
    // The other side may hang up in the middle of it: that is an answer.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        let hangs = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
        assert!(!hangs, "{what}: the connection hangs after {:?}", String::from_utf8_lossy(&answer));
    }
    let text = String::from_utf8_lossy(&answer);
    let heads = text.split("HTTP/1.1 ").skip(1);
    heads.filter_map(|head| head.get(..3).and_then(|status| status.parse().ok())).collect()
}

/// Whether it still answers, and no request before has left anything behind.
#[track_caller]
fn is_well(test: &TestApp, what: &str) {
    assert_eq!(test.visitor().get("/healthz").status, 200, "after {what}");
}

fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").into_bytes()
}

fn post(headers: &str, body: &str) -> Vec<u8> {
    format!("POST /api/v1/tokens HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{headers}\r\n{body}")
        .into_bytes()
}

/// Each with its name.
fn malformed() -> Vec<(&'static str, Vec<u8>)> {
    let good = "{\"email\":\"a@example.org\",\"password\":\"x\"}";
    let chunk = |size: &str| post("transfer-encoding: chunked\r\n", &format!("{size}\r\n{good}\r\n0\r\n\r\n"));
    let head = |line: &str| format!("GET / HTTP/1.1\r\nhost: x\r\n{line}\r\n\r\n").into_bytes();
    let smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: x\r\n\r\n";
    let many = (0..2_000).map(|number| format!("x-{number}: 1\r\n")).collect::<String>();
    let raw = |before: &[u8], inside: &[u8], after: &[u8]| [before, inside, after].concat();
    vec![
        ("a length and chunks", post("content-length: 4\r\ntransfer-encoding: chunked\r\n", smuggled)),
        ("chunks and a length", post("transfer-encoding: chunked\r\ncontent-length: 4\r\n", smuggled)),
        ("two lengths", post("content-length: 4\r\ncontent-length: 40\r\n", good)),
        ("two lengths in one", post("content-length: 4, 40\r\n", good)),
        ("a length below nothing", post("content-length: -1\r\n", good)),
        ("a signed length", post("content-length: +42\r\n", good)),
        ("a length beyond all numbers", post("content-length: 99999999999999999999\r\n", good)),
        ("a length in hexadecimal", post("content-length: 0x10\r\n", good)),
        ("a length of nothing", post("content-length:\r\n", good)),
        ("more than is sent", post("content-length: 4000\r\n", good)),
        ("an unknown coding", post("transfer-encoding: xchunked\r\n", good)),
        ("a coding after the chunks", post("transfer-encoding: chunked, identity\r\n", good)),
        ("a folded coding", post("transfer-encoding:\r\n chunked\r\n", good)),
        ("a size that is no number", chunk("zz")),
        ("a size beyond all numbers", chunk("ffffffffffffffffffff")),
        ("a negative size", chunk("-1")),
        ("a size with an endless extension", chunk(&format!("29;{}", "x".repeat(100_000)))),
        ("a chunk that is too short", chunk("ffff")),
        ("a long header", head(&format!("x: {}", "a".repeat(300_000)))),
        ("a long name of a header", head(&format!("{}: a", "x".repeat(300_000)))),
        ("many headers", head(&many)),
        ("a name with a space", head("x y: 1")),
        ("a space before the colon", head("content-length : 0")),
        ("a folded header", head("x: 1\r\n 2")),
        ("a header without a colon", head("x")),
        ("a NUL in a header", raw(b"GET / HTTP/1.1\r\nhost: x\r\nx: a", b"\0", b"b\r\n\r\n")),
        ("a bare CR in a header", raw(b"GET / HTTP/1.1\r\nhost: x\r\nx: a", b"\r", b"b\r\n\r\n")),
        ("bytes in a header", raw(b"GET / HTTP/1.1\r\nhost: x\r\ncookie: ", b"\xff\xfe\x80", b"\r\n\r\n")),
        (
            "bytes in a token",
            raw(b"GET /api/v1/me HTTP/1.1\r\nhost: x\r\nauthorization: ", b"Bearer \xff", b"\r\n\r\n"),
        ),
        ("bytes in a key", raw(b"POST /api/v1/tokens HTTP/1.1\r\nhost: x\r\nidempotency-key: ", b"\xff", b"\r\n\r\n")),
        ("no host", b"GET / HTTP/1.1\r\n\r\n".to_vec()),
        ("two hosts", b"GET / HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n".to_vec()),
        ("a host of bytes", raw(b"GET / HTTP/1.1\r\nhost: ", b"\xff\xff", b"\r\n\r\n")),
        ("an unknown version", b"GET / HTTP/9.9\r\nhost: x\r\n\r\n".to_vec()),
        ("no version", b"GET /\r\n\r\n".to_vec()),
        ("a preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec()),
        ("a greeting of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("nothing", Vec::new()),
        ("noise", (0..=255_u8).cycle().take(5_000).collect()),
        ("an unknown method", b"FROB / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
        ("TRACE", b"TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
        ("CONNECT", b"CONNECT a:443 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
        ("OPTIONS of all", b"OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
        ("another server's address", get("http://elsewhere.example/")),
        (
            "bytes in the address",
            raw(b"GET /providers?q=", b"\xff\xfe", b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
        ),
        ("percent of bytes", get("/providers?q=%ff%fe")),
        ("percent of bytes in a path", get("/certificates/%ff%fe")),
        ("percent of half a character", get("/providers?q=%e4%bd")),
        ("percent of nothing", get("/providers?q=%")),
        ("percent of no number", get("/providers?q=%zz&%gg=1")),
        ("percent of a dot", get("/%2e%2e/%2e%2e/etc/passwd")),
        ("percent of a slash", get("/assets/..%2f..%2fCargo.toml/x")),
        ("a path upwards", get("/assets/../../Cargo.toml")),
        ("two slashes", get("//elsewhere.example/")),
        ("a backslash", get("/\\elsewhere.example")),
        ("a long address", get(&format!("/providers?q={}", "a".repeat(60_000)))),
        ("a very long address", get(&format!("/{}", "a/".repeat(100_000)))),
        ("ten thousand parameters", get(&format!("/providers?{}", "q=a&".repeat(10_000)))),
    ]
}

#[test]
fn c_40_no_bytes_on_the_wire_make_it_fail_or_hang() {
    let test = TestApp::start();
    for (what, bytes) in malformed() {
        let statuses = sent(&test, what, &bytes);
        assert!(statuses.iter().all(|status| *status < 500), "{what}: {statuses:?}");
        is_well(&test, what);
    }
    // What two readers may take for one or for two requests is not carried out, and nothing after it is read.
    let doubtful = ["two lengths", "a length and chunks", "chunks and a length"];
    for (what, bytes) in malformed().into_iter().filter(|(what, _)| doubtful.iter().any(|it| what.starts_with(it))) {
        let statuses = sent(&test, what, &bytes);
        assert!(statuses.len() <= 1 && statuses.iter().all(|status| *status >= 400), "{what}: {statuses:?}");
    }
    // The same with a body that is in order by each of the two readings: it would have written a letter.
    let good = r#"{"email":"new@example.org","name":"张三"}"#;
    let chunked = format!("{:x}\r\n{good}\r\n0\r\n\r\n", good.len());
    for lengths in [
        format!("content-length: {}\r\ntransfer-encoding: chunked\r\n", chunked.len()),
        format!("transfer-encoding: chunked\r\ncontent-length: {}\r\n", chunked.len()),
        format!("transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\ncontent-length: {}\r\n", good.len()),
    ] {
        let head = "POST /api/v1/registrations HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
        let statuses = sent(&test, &lengths, format!("{head}{lengths}\r\n{chunked}").as_bytes());
        assert!(statuses.len() <= 1 && statuses.iter().all(|status| *status >= 400), "{lengths}: {statuses:?}");
    }
    test.run_jobs();
    assert!(test.letters().is_empty(), "nothing was carried out");
    let sound = format!(
        "{}content-length: {}\r\nconnection: close\r\n\r\n{good}",
        "POST /api/v1/registrations HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n",
        good.len()
    );
    assert_eq!(sent(&test, "one length", sound.as_bytes()), [201], "in order it is carried out");
    let pipelined = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n".repeat(10);
    let last = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assert_eq!(sent(&test, "one after another", format!("{pipelined}{last}").as_bytes()), [200; 11]);
}

/// Texts that are no JSON, or JSON that no honest program writes.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("nothing", Vec::new()),
        ("deep arrays", "[".repeat(200_000).into_bytes()),
        ("deep objects", "{\"a\":".repeat(100_000).into_bytes()),
        ("deep and closed", format!("{}{}", "[".repeat(20_000), "]".repeat(20_000)).into_bytes()),
        ("no number", b"{\"version\":NaN}".to_vec()),
        ("no end", b"{\"version\":Infinity}".to_vec()),
        ("beyond i64", b"{\"version\":99999999999999999999999}".to_vec()),
        ("beyond f64", b"{\"version\":1e999}".to_vec()),
        ("a fraction", b"{\"version\":1.5}".to_vec()),
        ("twice", b"{\"version\":1,\"version\":2}".to_vec()),
        ("half a pair", b"{\"version\":\"\\ud800\"}".to_vec()),
        ("bytes", b"{\"version\":\"\xff\xfe\"}".to_vec()),
        ("a mark before it", b"\xef\xbb\xbf{}".to_vec()),
        ("the other width", "{}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("something after it", b"{} {}".to_vec()),
        ("null", b"null".to_vec()),
        ("a text", b"\"x\"".to_vec()),
        ("a number", b"7".to_vec()),
        ("rows", b"[[],[]]".to_vec()),
    ]
}

/// The same body with every text, number and list as long or as large as it may not be.
fn swollen(value: &Value, by: &str) -> Value {
    match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), swollen(value, by))).collect(),
        Value::Array(_) => json!(vec![Value::Null; 1_000]),
        Value::String(_) => json!(by.repeat(20_000)),
        Value::Number(_) => json!(i64::MAX),
        other => other.clone(),
    }
}

/// The same body with every number at an edge of what 32 bits hold, and every text short and strange.
fn strange(value: &Value, number: i64, text: &str) -> Value {
    match value {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), strange(value, number, text))).collect()
        }
        Value::Array(_) => json!([text, number, null_object()]),
        Value::String(_) => json!(text),
        Value::Number(_) => json!(number),
        other => other.clone(),
    }
}

fn null_object() -> Value {
    json!({ "": null })
}

#[test]
fn c_40_no_body_and_no_parameter_makes_an_operation_fail() {
    let world = World::make();
    let mut hands = world.hands();
    let description = Description::read();
    let described = description.operations();
    let queries = [
        "-1",
        "x",
        "9223372036854775807",
        "9223372036854775808",
        "NaN",
        "%ff",
        "%00",
        "%27%22%3C",
        "%F0%9F%98%80",
        "2026-02-30",
        "9999-12-31",
        "%25%5C_",
    ];
    let mut wrong = Vec::new();
    let mut asked = 0;
    for door in doors().iter().filter(|door| door.api) {
        let at = world.askers.iter().position(|asker| door.lets_in(asker)).expect("somebody may come in");
        let address = door.addresses(&world)[0].1.clone();
        let one = described.iter().find(|one| one.method == door.method && one.path == door.path);
        let one = one.unwrap_or_else(|| panic!("{} is not described", door.name()));
        let mut judge = |what: &str, answer: crate::support::Answer| {
            asked += 1;
            if answer.status >= 500 || !one.statuses.contains(&answer.status.to_string()) {
                wrong.push(format!("{} with {what}: {answer}", door.name()));
            }
        };
        let api = &mut hands[at].api;
        if door.method == "GET" {
            for name in one.query.iter().map(String::as_str).chain(["unknown"]) {
                for value in queries {
                    let path = format!("{address}?{name}={value}");
                    judge(&path, api.get(&path));
                }
                let path = format!("{address}?{name}=1&{name}=2&{name}");
                judge(&path, api.get(&path));
            }
            continue;
        }
        // An operation without a body of JSON takes bytes, or nothing.
        let kind = if one.body.is_some() { "application/json" } else { "application/octet-stream" };
        let headers = [("content-type", kind)];
        for (what, body) in bodies() {
            judge(what, api.send(&door.method, &address, &headers, body));
        }
        if one.body.is_some() {
            let mut variants: Vec<(String, Value)> = ["a", "漢", "😀", "\u{202e}", " ", "'"]
                .iter()
                .map(|by| (format!("{by:?} many times"), swollen(&door.body, by)))
                .collect();
            for number in [i64::MIN, -1, 0, i64::from(i32::MAX), i64::from(i32::MAX) + 1] {
                variants.push((format!("{number}"), strange(&door.body, number, "\u{feff}\u{200b}%_\\\"'<")));
                variants.push((format!("{number} and no text"), strange(&door.body, number, "")));
            }
            for (what, body) in variants {
                judge(&what, api.call(&door.method, &address, &body));
            }
        }
    }
    let count = wrong.len();
    wrong.truncate(40);
    assert!(wrong.is_empty(), "{count} of {asked}:\n{}", wrong.join("\n"));
    assert!(asked > 3_000, "{asked}");
    is_well(world.test(), "all that");
}

#[test]
fn c_40_no_parameter_makes_a_page_fail() {
    let world = World::make();
    let mut hands = world.hands();
    let mut wrong = Vec::new();
    for door in doors().iter().filter(|door| !door.api && door.method == "GET") {
        let at = world.askers.iter().position(|asker| door.lets_in(asker)).expect("somebody may come in");
        let address = door.addresses(&world)[0].1.clone();
        for query in [
            "page=-1&per_page=0",
            "page=9223372036854775807&per_page=9223372036854775807",
            "page=1&page=2&q=a&q=b",
            "q=%ff&city=%e4%bd&year=NaN&sort=%27",
            "q=%25_%5C&year=99999999999999999999&on=2026-02-30",
            "on=9999-12-31&from=0000-00-00&status=x&state=x&call=x&text=%F0%9F%98%80",
            "%=%&&&=&=",
        ] {
            let answer = hands[at].page.get(&format!("{address}?{query}"));
            if answer.status >= 500 {
                wrong.push(answer.to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    is_well(world.test(), "all that");
}
