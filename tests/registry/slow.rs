//! C-32: who sends slowly, too little or too much, or comes with many connections, is answered or let go in bounded time,
//! and stands in nobody's way. Each waits for the end by reading, so that nothing rests on how fast the machine is; a byte
//! now and then is sent when a read found nothing for a moment.

use super::support::TestApp;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// Seconds of patience that the service is given here.
const PATIENCE: u64 = 1;
/// Within which everything must be over: the patience several times, for a machine that does other work too.
const BOUND: Duration = Duration::from_secs(20);
/// How often somebody sends a byte.
const NOW_AND_THEN: Duration = Duration::from_millis(100);

/// What a form of a page is sent as.
const FORM: &str = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n";

fn registry() -> TestApp {
    TestApp::start_with(|config| (config.server.head_seconds, config.server.body_seconds) = (PATIENCE, PATIENCE))
}

/// What came back by the time at which the service closed the connection: it was sent this, and from then on a little now
/// and then. Nothing may be left of it after the bound.
#[track_caller]
fn until_closed(test: &TestApp, what: &str, first: &[u8], now_and_then: &[u8]) -> String {
    let mut stream = TcpStream::connect(test.address).expect("a connection");
    stream.set_read_timeout(Some(NOW_AND_THEN)).expect("a limit");
    stream.set_write_timeout(Some(BOUND)).expect("a limit");
    stream.write_all(first).expect("it is taken");
    let (began, mut came, mut buffer) = (Instant::now(), Vec::new(), [0; 4096]);
    loop {
        assert!(began.elapsed() < BOUND, "{what}: it goes on after {:?}", String::from_utf8_lossy(&came));
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => came.extend_from_slice(&buffer[..length]),
            // Nothing for a moment. A connection that is closed tells so at the next read.
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                let _ = stream.write_all(now_and_then);
            }
            // Closed while something was under way.
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&came).into_owned()
}

fn statuses(came: &str) -> Vec<&str> {
    came.split("HTTP/1.1 ").skip(1).filter_map(|head| head.get(..3)).collect()
}

fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("POST {path} HTTP/1.1\r\nhost: x\r\n{headers}\r\n{body}").into_bytes()
}

#[test]
fn c_32_slow_heads_and_slow_bodies_are_let_go() {
    let test = registry();
    let tokens = |headers: &str, body: &str| {
        post("/api/v1/tokens", &format!("content-type: application/json\r\n{headers}"), body)
    };
    let evidence = |headers: &str| {
        post(
            "/api/v1/evidence?name=a.pdf",
            &format!("content-type: application/octet-stream\r\n{headers}"),
            "%PDF-1.4\n",
        )
    };
    let (length, chunks) = ("content-length: 4000\r\n", "transfer-encoding: chunked\r\n");
    let (nothing, byte, letter, chunk): (&[u8], &[u8], &[u8], &[u8]) = (b"", b" ", b"a", b"1\r\n \r\n");
    let chunked = |mut request: Vec<u8>| {
        // The first bytes of the body as a chunk.
        let at = request.windows(4).position(|four| four == b"\r\n\r\n").expect("an end of the head") + 4;
        let body = request.split_off(at);
        request.extend(format!("{:x}\r\n", body.len()).into_bytes());
        request.extend(body);
        request.extend(b"\r\n");
        request
    };
    // No head in time; no body in time; nobody signed in; nothing there.
    let (no_head, late, nobody, absent) = ("408", "408", "401", "404");
    let cases = [
        ("no head", Vec::new(), nothing, no_head),
        ("half a head", b"GET / HTTP/1.1\r\nhost: x\r\n".to_vec(), nothing, no_head),
        ("a head, a byte now and then", b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ".to_vec(), letter, no_head),
        ("a body that stops", tokens(length, "{"), nothing, late),
        ("a body, a byte now and then", tokens(length, "{"), byte, late),
        ("chunks that stop", chunked(tokens(chunks, "{")), nothing, late),
        ("a chunk now and then", chunked(tokens(chunks, "{")), chunk, late),
        ("a document that stops", evidence(length), nothing, late),
        ("a document, a byte now and then", evidence(length), byte, late),
        ("a document, a chunk now and then", chunked(evidence(chunks)), chunk, late),
        ("a form, a byte now and then", post("/session", &format!("{FORM}{length}"), "email="), letter, late),
        // Answered at once; what still comes is nobody's.
        ("a body that nobody reads", post("/api/v1/calls", length, "{"), byte, nobody),
        ("chunks that nobody reads", chunked(post("/api/v1/calls", chunks, "{")), chunk, nobody),
        ("chunks that nobody reads and that stop", chunked(post("/api/v1/calls", chunks, "{")), nothing, nobody),
        ("chunks for nothing that is there", chunked(post("/api/v1/nothing", chunks, "{")), chunk, absent),
    ];
    std::thread::scope(|scope| {
        for (what, first, now_and_then, expected) in &cases {
            let test = &test;
            scope.spawn(move || {
                let came = until_closed(test, what, first, now_and_then);
                assert_eq!(statuses(&came), [*expected], "{what}: {came}");
                let is_api = first.windows(5).any(|part| part == b"/api/");
                if is_api && *expected == late {
                    assert!(came.contains("too slowly") && came.contains("\"too_slow\""), "{what}: {came}");
                }
                if first.starts_with(b"POST /session ") {
                    assert!(came.contains("内容发送太慢"), "{what}: {came}");
                }
            });
        }
        // They are waited for, and nobody else waits.
        for path in ["/healthz", "/calls", "/session/new"] {
            test.visitor().open(path);
        }
    });
    // Nothing of the documents is left.
    let spooled = test.app.env.objects.list().expect("the store");
    assert_eq!(spooled.len(), 0);
}

#[test]
fn c_32_a_body_is_as_long_as_was_said() {
    let test = registry();
    let json = "content-type: application/json\r\n";
    // Longer: the rest is read as another request, which is none.
    let request = post("/api/v1/tokens", &format!("{json}content-length: 2\r\n"), "{}aaaa\r\n\r\n");
    let came = until_closed(&test, "more than was said", &request, b"");
    assert!(!came.is_empty() && statuses(&came).iter().all(|status| *status == "400"), "{came}");
    // Shorter: the sender says that there is no more.
    let good = "{\"email\":\"a@example.org\",\"password\":\"x\"}";
    let mut stream = TcpStream::connect(test.address).expect("a connection");
    stream.set_read_timeout(Some(BOUND)).expect("a limit");
    let request = post("/api/v1/tokens", &format!("{json}content-length: {}\r\n", good.len() + 1), good);
    stream.write_all(&request).expect("it is taken");
    stream.shutdown(Shutdown::Write).expect("half of it ends");
    let mut came = String::new();
    // A reset is an end too.
    let ended = stream.read_to_string(&mut came);
    let hangs = ended.is_err_and(|e| matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut));
    assert!(!hangs && statuses(&came).iter().all(|status| *status == "400"), "{came}");
}

#[test]
fn c_32_many_connections_from_one_address_keep_nobody_out_and_end() {
    const MANY: usize = 150;
    let test = registry();
    // Some are silent, some have said half of a head, some half of a body.
    let said: [&[u8]; 3] = [
        b"",
        b"GET /calls HTTP/1.1\r\nhost: x\r\n",
        b"POST /api/v1/tokens HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{",
    ];
    let mut connections: Vec<TcpStream> = (0..MANY)
        .map(|number| {
            let mut stream = TcpStream::connect(test.address).expect("a connection");
            stream.set_read_timeout(Some(BOUND)).expect("a limit");
            stream.write_all(said[number % said.len()]).expect("it is taken");
            stream
        })
        .collect();
    for path in ["/healthz", "/calls", "/session/new"] {
        test.visitor().open(path);
    }
    let mut counts = [0; 3];
    for (number, stream) in connections.iter_mut().enumerate() {
        let mut came = String::new();
        if let Err(error) = stream.read_to_string(&mut came) {
            let hangs = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
            assert!(!hangs, "connection {number} is still open after {came:?}");
        }
        counts[number % said.len()] += statuses(&came).len();
    }
    assert_eq!(counts, [MANY / 3; 3], "each was told how it ended");
    test.visitor().open("/healthz");
}
