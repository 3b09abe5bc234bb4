//! Published pages, each beside a constant body of the same size on the wire from the same server library.

use crate::figures::{self, Figures, Table, timed, together};
use crate::house::House;
use actix_web::dev::{Server, ServerHandle};
use actix_web::{App as HttpApp, HttpResponse, HttpServer, web};
use anyhow::{Context, bail, ensure};
use diesel::connection::SimpleConnection;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use yuanchi::actions::import_list::{ImportedList, ImportedRow, import_lists};
use yuanchi::db::organisations::{self, Organisation};
use yuanchi::db::{Db, organisations::name_key};
use yuanchi::domain::actor::Actor;
use yuanchi::domain::ids::{OrganisationId, PublishedListId};
use yuanchi::domain::status::CodeCheck;

/// Lists, and rows of each; a page shows as many as the programme puts on one.
const LISTS: usize = 5;
const ROWS: usize = 10_000;
/// Rows that the page of a list shows.
const SHOWN: usize = 200;
/// Connections, each asking again as soon as it has its answer.
const CONNECTIONS: usize = 16;
/// How long each turn asks, and how many turns there are.
const TURN: Duration = Duration::from_millis(750);
const TURNS: usize = 4;

/// Fills the registry with lists, asks for every page of them once, and measures the pages that everybody asks for.
pub fn measure(house: &House, table: &mut Table) -> anyhow::Result<()> {
    let app = &house.app;
    let ids = (0..LISTS).map(|number| list(house, number)).collect::<anyhow::Result<Vec<_>>>()?;
    let first = *ids.first().context("no list was brought in")?;
    let provider = provider(house, first)?;
    let (of, listener) = (app.clone(), yuanchi::server::listen(&mut app.config.server.clone())?);
    let registry = Running::start(listener, move |listener| yuanchi::server::serve(of, listener))?;
    let mut asker = Asker::connect(registry.address, "/", "br")?;
    for id in &ids {
        for path in (1..=ROWS / SHOWN).map(|page| format!("/lists/{id}?page={page}")) {
            asker.ask_for(&path)?;
        }
        asker.ask_for(&format!("/lists/{id}"))?;
    }
    ensure!(asker.ask_for(&format!("/lists/{first}"))? > 0, "the page of a list is empty");
    println!(
        "{} entries, {} pages of lists asked for: {}",
        LISTS * ROWS,
        LISTS * ROWS / SHOWN,
        figures::memory("VmRSS:")
    );
    let list = format!("/lists/{first}");
    for (name, path, encoding) in [
        ("list page", list.as_str(), "identity"),
        ("list page", list.as_str(), "gzip"),
        ("list page", list.as_str(), "br"),
        ("provider page", provider.as_str(), "br"),
        ("front page", "/", "br"),
    ] {
        beside_a_constant_body(registry.address, (name, path, encoding), table)?;
    }
    Ok(())
}

/// Asks for the page and for the constant body in turns.
fn beside_a_constant_body(
    registry: SocketAddr,
    (name, path, encoding): (&str, &str, &'static str),
    table: &mut Table,
) -> anyhow::Result<()> {
    let mut asker = Asker::connect(registry, path, encoding)?;
    let bytes = asker.ask()?;
    let body = asker.body.clone();
    // The heads differ; the constant body is made as much longer as its head is shorter.
    let probe = constant(body.clone())?;
    let shorter = bytes.saturating_sub(Asker::connect(probe.address, path, encoding)?.ask()?);
    drop(probe);
    let constant = constant([body, vec![b' '; shorter]].concat())?;
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    for _ in 0..TURNS {
        for (figures, address) in [(&mut measured, registry), (&mut baseline, constant.address)] {
            let askers: anyhow::Result<Vec<Asker>> =
                (0..CONNECTIONS).map(|_| Asker::connect(address, path, encoding)).collect();
            let (samples, wall) = together(askers?, |mut asker, samples| {
                let end = Instant::now() + TURN;
                while Instant::now() < end {
                    timed(samples, || asker.ask())?;
                }
                Ok(())
            })?;
            figures.add(samples, wall);
        }
    }
    table.add(&format!("{name}, {encoding}, {bytes} bytes"), measured, baseline);
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

fn list(house: &House, number: usize) -> anyhow::Result<PublishedListId> {
    let list = ImportedList {
        title: format!("省级优秀制造业数字化转型服务商名单（第{number}批）"),
        year: Some(2025),
        category: "优秀制造业数字化转型服务商".into(),
        programme: None,
        source_url: Some("https://example.com/list".into()),
        rows: (0..ROWS).map(row).collect(),
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

/// The address of a provider that the list recognised. Its application is left out: no page of the public shows it.
fn provider(house: &House, list: PublishedListId) -> anyhow::Result<String> {
    let name = "广州第0数字化服务有限公司";
    let organisation = Organisation {
        id: OrganisationId::new(&*house.app.env.ids),
        credit_code: "91440101MA59ABCD1X".into(),
        name: name.into(),
        name_key: name_key(name),
        registered_area: Some("440106".into()),
        main_service_city: None,
        established_on: None,
        address: "广东省".into(),
        contact_name: "张三".into(),
        contact_phone: "020-83133000".into(),
        code_check: CodeCheck::Right,
        created_at: house.app.clock.now(),
        version: 1,
    };
    let id = organisation.id;
    house.app.write_now(move |tx| Ok(organisations::create(tx.db, &organisation)?))?;
    let unbound = match house.database() {
        "SQLite" => "PRAGMA foreign_keys = OFF",
        _ => "SET session_replication_role = replica",
    };
    Db::open(&house.app.config.database_url())?.batch_execute(&format!(
        "{unbound}; INSERT INTO memberships (id, organisation_id, application_id, list_id, category, \
         certificate_number, valid_from, valid_to, standing, created_at) VALUES ('{id}', '{id}', '{id}', '{list}', \
         'service_provider', 'YC-2025-BENCH', '2025-01-01', '2030-01-01', 'active', '2025-01-01 00:00:00')"
    ))?;
    Ok(format!("/providers/{id}"))
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
    request: String,
    line: Vec<u8>,
    body: Vec<u8>,
}

impl Asker {
    fn connect(address: SocketAddr, path: &str, encoding: &'static str) -> anyhow::Result<Asker> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let stream = BufReader::with_capacity(64 * 1024, stream);
        let mut asker = Asker { stream, address, encoding, request: String::new(), line: Vec::new(), body: Vec::new() };
        asker.point_to(path);
        Ok(asker)
    }

    fn point_to(&mut self, path: &str) {
        let (address, encoding) = (self.address, self.encoding);
        self.request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: {encoding}\r\n\r\n");
    }

    /// Asks for another address from now on, and once.
    fn ask_for(&mut self, path: &str) -> anyhow::Result<usize> {
        self.point_to(path);
        self.ask()
    }

    /// Asks once: the bytes that came back, head and body.
    fn ask(&mut self) -> anyhow::Result<usize> {
        self.stream.get_mut().write_all(self.request.as_bytes())?;
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
