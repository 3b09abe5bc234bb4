//! A published list page, beside a constant body of the same size from the same server library.

use crate::figures::{self, Figures, Table, timed, together};
use crate::house::House;
use actix_web::dev::{Server, ServerHandle};
use actix_web::{App as HttpApp, HttpResponse, HttpServer, web};
use anyhow::{Context, bail, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use yuanchi::actions::import_list::{ImportedList, ImportedRow, import_lists};
use yuanchi::domain::actor::Actor;

/// Rows of the list; a page shows as many as the programme puts on one.
const ROWS: usize = 200;
/// Connections, each asking again as soon as it has its answer.
const CONNECTIONS: usize = 16;
/// How long each turn asks, and how many turns there are.
const TURN: Duration = Duration::from_millis(1000);
const TURNS: usize = 3;

/// Asks for the page and for the constant body in turns.
pub fn list_page(house: &House, table: &mut Table) -> anyhow::Result<()> {
    let app = &house.app;
    let list = ImportedList {
        title: "省级优秀制造业数字化转型服务商名单".into(),
        year: Some(2025),
        category: "优秀制造业数字化转型服务商".into(),
        programme: None,
        source_url: Some("https://example.com/list".into()),
        rows: (0..ROWS).map(row).collect(),
    };
    let ids = app.write_now(move |tx| import_lists(tx, &Actor::system(), &[list]))?;
    let id = ids.first().context("the list was not brought in")?;
    let (of, listener) = (app.clone(), yuanchi::server::listen(&mut app.config.server.clone())?);
    let registry = Running::start(listener, move |listener| yuanchi::server::serve(of, listener))?;
    let path = format!("/lists/{id}");
    let page = Asker::connect(registry.address, &path)?.ask()?;
    ensure!(String::from_utf8_lossy(&page).contains("数字化服务有限公司"), "the page shows no row of the list");

    let body = web::Bytes::from(page);
    let bytes = body.len();
    let constant = Running::start(TcpListener::bind("127.0.0.1:0")?, move |listener| {
        let server = HttpServer::new(move || {
            let body = body.clone();
            let answer = move || {
                let body = body.clone();
                async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body) }
            };
            HttpApp::new().default_service(web::to(answer))
        });
        Ok(server.workers(figures::cores()).tcp_nodelay(true).listen(listener)?.run())
    })?;
    let (mut measured, mut baseline) = (Figures::default(), Figures::default());
    for _ in 0..TURNS {
        for (figures, address) in [(&mut measured, registry.address), (&mut baseline, constant.address)] {
            let askers: anyhow::Result<Vec<Asker>> = (0..CONNECTIONS).map(|_| Asker::connect(address, &path)).collect();
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
    table.add(&format!("list page of {bytes} bytes, 16 connections"), measured, baseline);
    Ok(())
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
    request: String,
    line: String,
}

impl Asker {
    fn connect(address: SocketAddr, path: &str) -> anyhow::Result<Asker> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
        Ok(Asker { stream: BufReader::with_capacity(64 * 1024, stream), request, line: String::new() })
    }

    fn ask(&mut self) -> anyhow::Result<Vec<u8>> {
        self.stream.get_mut().write_all(self.request.as_bytes())?;
        self.line.clear();
        self.stream.read_line(&mut self.line)?;
        if !self.line.starts_with("HTTP/1.1 200") {
            bail!("the server answered {:?}", self.line.trim());
        }
        let mut length = None;
        loop {
            self.line.clear();
            self.stream.read_line(&mut self.line)?;
            let header = self.line.trim_end();
            if header.is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.trim().parse::<usize>()?);
            }
        }
        let mut body = vec![0; length.context("the answer has no length")?];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }
}
