//! Published pages and searches, each beside a constant body of the same size on the wire from the same server library;
//! how soon two processes show what was published; and the memory of a process that serves fifty thousand entries and
//! nothing else.

use crate::figures::{self, Figures, Table, timed, together};
use crate::house::House;
use actix_web::dev::{Server, ServerHandle};
use actix_web::{App as HttpApp, HttpResponse, HttpServer, web};
use anyhow::{Context, bail, ensure};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ops::Range;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use yuanchi::actions::import_list::{ImportedList, ImportedRow, import_lists};
use yuanchi::app::{App, Clock};
use yuanchi::config::Config;
use yuanchi::domain::actor::Actor;
use yuanchi::domain::ids::PublishedListId;

/// Lists, and rows of each; a page shows as many as the programme puts on one.
const LISTS: usize = 5;
const ROWS: usize = 10_000;
/// Rows that the page of a list shows.
const SHOWN: usize = 200;
/// Connections, each asking again as soon as it has its answer.
const CONNECTIONS: usize = 16;
/// How long each turn asks, how many turns there are, and what a connection asks at most in one.
const TURN: Duration = Duration::from_millis(750);
const TURNS: usize = 4;
const ASKED_AT_MOST: usize = 20_000;
/// Shares of the constant body's rate that a page at hand and a search have to reach.
const PAGE_SHARE: f64 = 0.8;
const SEARCH_SHARE: f64 = 0.25;
/// Searches that nobody has asked for before, one after the other, and the p99 that they may have in milliseconds.
const NEW_SEARCHES: usize = 500;
const NEW_SEARCH_MS: f64 = 20.0;
/// How often a list is published while two processes show the index of lists, the milliseconds that may pass until both
/// show it, and how long that is waited for.
const PUBLICATIONS: usize = 8;
const PUBLISHED_MS: f64 = 1_000.0;
const PUBLISHED_AT_MOST: Duration = Duration::from_secs(5);
/// MiB that a process may take that has shown every page and answered searches.
const MEMORY_MIB: f64 = 100.0;
/// What many people look for: in characters of both kinds, by sound, by a part, and nothing at all.
const LOOKED_FOR: &[&str] = &["", "数字化", "深圳", "東莞", "shenzhen", "fsd", "设备联网", "第123", "广州 能耗"];
/// Makes this program nothing but a server.
pub const ALONE: &str = "--serve-alone";

/// Fills the registry with lists, asks for every page of them once, and measures the pages that everybody asks for.
pub fn measure(house: &House, table: &mut Table) -> anyhow::Result<()> {
    let app = &house.app;
    let of_rows = |number: usize| number * ROWS..(number + 1) * ROWS;
    let ids = (0..LISTS).map(|number| list(house, number, of_rows(number))).collect::<anyhow::Result<Vec<_>>>()?;
    let first = *ids.first().context("no list was brought in")?;
    let (of, listener) = (app.clone(), yuanchi::server::listen(&mut app.config.server.clone())?);
    let registry = Running::start(listener, move |listener| yuanchi::server::serve(of, listener))?;
    let provider = provider(registry.address, first)?;
    let entries = LISTS * ROWS;
    let pages = ask_for_every_page(registry.address, &ids)?;
    println!("{entries} entries, {pages} pages of lists asked for: {}", figures::memory("VmRSS:"));
    let (list, provider, front) = ([format!("/lists/{first}")], [provider], ["/".to_string()]);
    let searches: Vec<String> = LOOKED_FOR.iter().map(|typed| search_for(typed)).collect();
    for (name, paths, encoding, share) in [
        ("list page", list.as_slice(), "identity", PAGE_SHARE),
        ("list page", list.as_slice(), "gzip", PAGE_SHARE),
        ("list page", list.as_slice(), "br", PAGE_SHARE),
        ("provider page", provider.as_slice(), "br", PAGE_SHARE),
        ("front page", front.as_slice(), "br", PAGE_SHARE),
        ("searches", searches.as_slice(), "identity", SEARCH_SHARE),
    ] {
        beside_a_constant_body(registry.address, (name, paths, encoding, share), table)?;
    }
    new_searches(registry.address, table)?;
    publications(house, registry.address, table)?;
    drop(registry);
    memory_alone(house, &ids, table)
}

/// The address of a search of everything that was ever listed: nearly all that is listed here was brought in.
fn search_for(typed: &str) -> String {
    format!("/providers?standing=all&q={}", utf8_percent_encode(typed, NON_ALPHANUMERIC))
}

/// Asks for every page of every list once: how many there are.
fn ask_for_every_page(registry: SocketAddr, ids: &[PublishedListId]) -> anyhow::Result<usize> {
    let mut asker = Asker::connect(registry, &["/".to_string()], "br")?;
    let mut asked = 0;
    for id in ids {
        for path in (1..=ROWS / SHOWN).map(|page| format!("/lists/{id}?page={page}")) {
            ensure!(asker.ask_for(&path)? > 0, "{path} is empty");
            asked += 1;
        }
    }
    Ok(asked)
}

/// Searches that nobody has asked for before, on one connection that has the server for itself: what the client waits is
/// the server's share, and the way over the loopback.
fn new_searches(registry: SocketAddr, table: &mut Table) -> anyhow::Result<()> {
    let mut asker = Asker::connect(registry, &[search_for("")], "identity")?;
    let mut measured = Figures::default();
    asker.ask()?;
    for number in 0..NEW_SEARCHES {
        let typed = match number % 5 {
            0 => format!("第{number}"),
            1 => format!("深圳 {number}"),
            2 => format!("廣州第{number}數字"),
            3 => format!("foshan {number}"),
            _ => format!("{number}"),
        };
        asker.point_to(&search_for(&typed));
        measured.time(|| asker.ask())?;
    }
    let constant = constant(asker.body.clone())?;
    let mut other = Asker::connect(constant.address, &["/".to_string()], "identity")?;
    let mut baseline = Figures::default();
    other.ask()?;
    for _ in 0..NEW_SEARCHES {
        baseline.time(|| other.ask())?;
    }
    let name = "searches new to the server, one at a time";
    table.bar_of_p99(name, &measured, NEW_SEARCH_MS);
    table.add(name, measured, baseline);
    Ok(())
}

/// How long after a publication is committed the process that published it, and another over the same database, show it
/// on a page that was at hand; beside asking for that page while nothing is published.
fn publications(house: &House, here: SocketAddr, table: &mut Table) -> anyhow::Result<()> {
    let (_alone, there) = Alone::start(house)?;
    let index = ["/lists".to_string()];
    let mut askers = [Asker::connect(here, &index, "identity")?, Asker::connect(there, &index, "identity")?];
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    for number in LISTS..LISTS + PUBLICATIONS {
        for asker in &mut askers {
            // Once so that it is at hand, and once to know what that takes.
            asker.ask()?;
            baseline.time(|| asker.ask())?;
        }
        let address = format!("/lists/{}", list(house, number, LISTS * ROWS + number..LISTS * ROWS + number + 1)?);
        let committed = Instant::now();
        for asker in &mut askers {
            while !asker.shows(&address) && committed.elapsed() < PUBLISHED_AT_MOST {
                asker.ask()?;
            }
            let took = committed.elapsed();
            measured.add([took], took);
        }
    }
    let name = "a publication until two processes show it";
    table.bar_of_p99(name, &measured, PUBLISHED_MS);
    table.add(name, measured, baseline);
    Ok(())
}

/// What a process takes that does nothing but serve, after it has shown every page and answered searches.
fn memory_alone(house: &House, ids: &[PublishedListId], table: &mut Table) -> anyhow::Result<()> {
    let (alone, address) = Alone::start(house)?;
    ask_for_every_page(address, ids)?;
    let searches: Vec<String> = LOOKED_FOR.iter().map(|typed| search_for(typed)).collect();
    let mut asker = Asker::connect(address, &searches, "identity")?;
    for _ in 0..NEW_SEARCHES {
        asker.ask()?;
    }
    let of = |line| figures::kib_of(alone.0.id(), line).map_or(f64::NAN, |kib| kib as f64 / 1024.0);
    println!("a process that only serves: {:.1} MiB resident, {:.1} at its highest", of("VmRSS:"), of("VmHWM:"));
    table.bar_at_most("resident MiB with 50,000 entries", of("VmRSS:"), MEMORY_MIB);
    Ok(())
}

/// A server of its own, gone when this is dropped.
struct Alone(Child);

impl Alone {
    /// Starts one over the house's database: it, and where it listens.
    fn start(house: &House) -> anyhow::Result<(Alone, SocketAddr)> {
        let config = &house.app.config;
        let child = Command::new(std::env::current_exe()?)
            .arg(ALONE)
            .env("YUANCHI__DATA__DIR", &config.data.dir)
            .env("YUANCHI__DATA__CONFIG_DIR", &config.data.config_dir)
            .env("YUANCHI__DATABASE__URL", &config.database.url)
            .env("YUANCHI__SERVER__PORT", "0")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut alone = Alone(child);
        let stdout = alone.0.stdout.take().context("the server says nothing")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address: SocketAddr = line.trim().parse().with_context(|| format!("the server says {line:?}"))?;
        Ok((alone, address))
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves what the environment names, says where, and does nothing else.
pub fn serve_alone() -> anyhow::Result<()> {
    let mut config = Config::load(None)?;
    let listener = yuanchi::server::listen(&mut config.server)?;
    let address = listener.local_addr()?;
    let app = App::build(config, Clock::System)?;
    actix_web::rt::System::new().block_on(async move {
        let server = yuanchi::server::serve(app, listener)?;
        println!("{address}");
        std::io::stdout().flush()?;
        server.await.context("the server failed")
    })
}

/// Asks for the pages, one after the other, and for the constant body, in turns.
fn beside_a_constant_body(
    registry: SocketAddr,
    (name, paths, encoding, share): (&str, &[String], &'static str, f64),
    table: &mut Table,
) -> anyhow::Result<()> {
    let mut asker = Asker::connect(registry, paths, encoding)?;
    let (mut all, mut heads) = (0, 0);
    for _ in paths {
        let bytes = asker.ask()?;
        all += bytes;
        heads += bytes - asker.body.len();
    }
    let count = paths.len().max(1);
    let (bytes, head) = (all / count, heads / count);
    // As long as the answers are on average, head and body: the constant body is made as much longer as its head is
    // shorter.
    let whole = constant(Vec::new())?;
    let its_head = Asker::connect(whole.address, paths, encoding)?.ask()?;
    drop(whole);
    let mut body = asker.body.clone();
    body.resize(bytes - head + head.saturating_sub(its_head), b' ');
    let constant = constant(body)?;
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    for _ in 0..TURNS {
        for (figures, address) in [(&mut measured, registry), (&mut baseline, constant.address)] {
            let askers: anyhow::Result<Vec<Asker>> =
                (0..CONNECTIONS).map(|_| Asker::connect(address, paths, encoding)).collect();
            let (samples, wall) = together(askers?, |mut asker, samples| {
                let end = Instant::now() + TURN;
                while Instant::now() < end && samples.len() < ASKED_AT_MOST {
                    timed(samples, || asker.ask())?;
                }
                Ok(())
            })?;
            figures.add(samples, wall);
        }
    }
    table.add_with_bars(&format!("{name}, {encoding}, {bytes} bytes"), share, measured, baseline);
    Ok(())
}

fn constant(body: Vec<u8>) -> anyhow::Result<Running> {
    let body = web::Bytes::from(body);
    Running::start(TcpListener::bind("127.0.0.1:0")?, move |listener| {
        let server = HttpServer::new(move || {
            let body = body.clone();
            let answer = move || {
                let body = body.clone();
                async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body) }
            };
            HttpApp::new().default_service(web::to(answer))
        });
        Ok(server.workers(figures::cores()).tcp_nodelay(true).listen(listener)?.run())
    })
}

/// Publishes a list of these rows.
pub fn list(house: &House, number: usize, rows: Range<usize>) -> anyhow::Result<PublishedListId> {
    let list = ImportedList {
        title: format!("省级优秀制造业数字化转型服务商名单（第{number}批）"),
        year: Some(2025),
        category: "优秀制造业数字化转型服务商".into(),
        programme: None,
        source_url: Some("https://example.com/list".into()),
        rows: rows.map(row).collect(),
    };
    let ids = house.app.write_now(move |tx| import_lists(tx, &Actor::system(), &[list]))?;
    ids.first().copied().context("the list was not brought in")
}

fn row(number: usize) -> ImportedRow {
    let city = ["广州", "深圳", "佛山", "东莞", "珠海"].get(number % 5).copied().unwrap_or("广州");
    ImportedRow {
        organisation: format!("{city}第{number}数字化服务有限公司"),
        product: format!("第{number}号设备联网与能耗管理平台"),
        city: None,
        result: "通过".into(),
        region: city.into(),
        note: String::new(),
        category_type: None,
    }
}

/// The address of the first provider that the page of a list leads to.
fn provider(registry: SocketAddr, list: PublishedListId) -> anyhow::Result<String> {
    let mut asker = Asker::connect(registry, &[format!("/lists/{list}")], "identity")?;
    asker.ask()?;
    let page = String::from_utf8_lossy(&asker.body);
    let (_, rest) = page.split_once("\"/providers/").context("the list leads to no provider")?;
    let key = rest.split('"').next().context("the address has no end")?;
    Ok(format!("/providers/{key}"))
}

/// A server on a thread of its own; it stops when this is dropped.
struct Running {
    address: SocketAddr,
    handle: ServerHandle,
    thread: Option<JoinHandle<anyhow::Result<()>>>,
}

impl Running {
    fn start(
        listener: TcpListener,
        serve: impl FnOnce(TcpListener) -> anyhow::Result<Server> + Send + 'static,
    ) -> anyhow::Result<Running> {
        let address = listener.local_addr()?;
        let (started, handle) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = serve(listener)?;
                started.send(server.handle()).context("nobody waits for the server")?;
                server.await.context("the server failed")
            })
        });
        let handle = handle.recv().context("the server did not start")?;
        Ok(Running { address, handle, thread: Some(thread) })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The order to stop is given by the call; waiting for the thread waits for the stop.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One connection that is kept, with the least that a client can do, for it shares the cores with the server.
struct Asker {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
    encoding: &'static str,
    /// What is asked for, in turns.
    requests: Vec<String>,
    at: usize,
    line: Vec<u8>,
    body: Vec<u8>,
}

impl Asker {
    fn connect(address: SocketAddr, paths: &[String], encoding: &'static str) -> anyhow::Result<Asker> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let stream = BufReader::with_capacity(64 * 1024, stream);
        let requests = Vec::new();
        let mut asker = Asker { stream, address, encoding, requests, at: 0, line: Vec::new(), body: Vec::new() };
        asker.requests = paths.iter().map(|path| asker.request_for(path)).collect();
        Ok(asker)
    }

    fn request_for(&self, path: &str) -> String {
        let (address, encoding) = (self.address, self.encoding);
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encoding}\r\n\r\n")
    }

    /// Asks for another address from now on.
    fn point_to(&mut self, path: &str) {
        self.requests = vec![self.request_for(path)];
    }

    /// Asks for another address from now on, and once.
    fn ask_for(&mut self, path: &str) -> anyhow::Result<usize> {
        self.point_to(path);
        self.ask()
    }

    /// Whether the last answer holds this.
    fn shows(&self, text: &str) -> bool {
        self.body.windows(text.len()).any(|part| part == text.as_bytes())
    }

    /// Asks once: the bytes that came back, head and body.
    fn ask(&mut self) -> anyhow::Result<usize> {
        let request = self.requests.get(self.at % self.requests.len().max(1)).context("nothing is asked for")?;
        self.at += 1;
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut bytes = self.next_line()?;
        if !self.line.starts_with(b"HTTP/1.1 200") {
            bail!("the server answered {:?}", String::from_utf8_lossy(&self.line));
        }
        let mut length = None;
        loop {
            bytes += self.next_line()?;
            let header = self.line.trim_ascii();
            if header.is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_at_checked(15)
                && name.eq_ignore_ascii_case(b"content-length:")
            {
                length = Some(std::str::from_utf8(value)?.trim().parse::<usize>()?);
            }
        }
        self.body.resize(length.context("the answer has no length")?, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok(bytes + self.body.len())
    }

    fn next_line(&mut self) -> anyhow::Result<usize> {
        self.line.clear();
        Ok(self.stream.read_until(b'\n', &mut self.line)?)
    }
}
