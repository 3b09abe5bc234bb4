//! A real SMTP server on a socket, for tests: records what it is sent and misbehaves as told.

#![allow(dead_code, reason = "shared by unit tests and the integration binary, each of which uses a part")]

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// How the next connection is treated; connections beyond the script are treated well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conduct {
    /// Takes the mail.
    Take,
    /// Answers the recipient with this code.
    RefuseRecipient(u16),
    /// Answers the end of the data with this code and forgets the mail.
    RefuseData(u16),
    /// Says nothing at all.
    Hang,
    /// Takes the mail, then closes without an answer: delivered, though the sender cannot know.
    DropAfterData,
}

/// A mail as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// Headers and body, dots unstuffed, lines ended by CR LF.
    pub data: String,
}

impl Received {
    /// The value of a header, unfolded but not decoded.
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.data.split_once("\r\n\r\n")?;
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        head.split("\r\n").find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }
}

#[derive(Default)]
struct Shared {
    script: VecDeque<Conduct>,
    received: Vec<Received>,
    connections: Vec<TcpStream>,
    closing: bool,
}

/// The server; stops when dropped.
pub struct SmtpSink {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    acceptor: Option<JoinHandle<()>>,
}

impl SmtpSink {
    /// Starts on a free port of the loopback interface.
    pub fn start(script: &[Conduct]) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Mutex::new(Shared { script: script.iter().copied().collect(), ..Shared::default() }));
        let acceptor = {
            let shared = Arc::clone(&shared);
            thread::spawn(move || accept(&listener, &shared))
        };
        Ok(Self { address, shared, acceptor: Some(acceptor) })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Adds to the script.
    pub fn then(&self, conduct: Conduct) {
        lock(&self.shared).script.push_back(conduct);
    }

    /// Every mail taken so far, in order.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared).received.clone()
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        let connections = {
            let mut shared = lock(&self.shared);
            shared.closing = true;
            std::mem::take(&mut shared.connections)
        };
        for connection in connections {
            let _ = connection.shutdown(Shutdown::Both);
        }
        // Wakes the acceptor, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> std::sync::MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, shared: &Arc<Mutex<Shared>>) {
    for connection in listener.incoming() {
        let Ok(connection) = connection else { return };
        let conduct = {
            let mut shared = lock(shared);
            if shared.closing {
                return;
            }
            if let Ok(copy) = connection.try_clone() {
                shared.connections.push(copy);
            }
            shared.script.pop_front().unwrap_or(Conduct::Take)
        };
        let shared = Arc::clone(shared);
        thread::spawn(move || {
            // A client that goes away in the middle is a fine thing to happen in a test.
            let _ = converse(&connection, conduct, &shared);
            let _ = connection.shutdown(Shutdown::Both);
        });
    }
}

fn converse(connection: &TcpStream, conduct: Conduct, shared: &Mutex<Shared>) -> io::Result<()> {
    let mut input = BufReader::new(connection);
    let mut output = connection;
    if conduct == Conduct::Hang {
        return io::copy(&mut input, &mut io::sink()).map(drop);
    }
    output.write_all(b"220 sink ready\r\n")?;
    let mut mail = Received { from: String::new(), to: Vec::new(), data: String::new() };
    loop {
        let Some(line) = read_line(&mut input)? else {
            return Ok(());
        };
        let command = line.to_ascii_uppercase();
        if command.starts_with("EHLO") {
            output.write_all(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")?;
        } else if command.starts_with("MAIL FROM:") {
            mail.from = address(&line);
            output.write_all(b"250 ok\r\n")?;
        } else if command.starts_with("RCPT TO:") {
            if let Conduct::RefuseRecipient(code) = conduct {
                write!(output, "{code} recipient refused\r\n")?;
                continue;
            }
            mail.to.push(address(&line));
            output.write_all(b"250 ok\r\n")?;
        } else if command == "DATA" {
            output.write_all(b"354 go on\r\n")?;
            while let Some(line) = read_line(&mut input)?.filter(|line| line != ".") {
                mail.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                mail.data.push_str("\r\n");
            }
            if let Conduct::RefuseData(code) = conduct {
                write!(output, "{code} data refused\r\n")?;
                continue;
            }
            lock(shared).received.push(mail.clone());
            if conduct == Conduct::DropAfterData {
                return Ok(());
            }
            output.write_all(b"250 taken\r\n")?;
        } else if command == "QUIT" {
            return output.write_all(b"221 bye\r\n");
        } else {
            output.write_all(b"250 ok\r\n")?;
        }
    }
}

fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if input.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&line);
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn address(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}
