//! A wire to the database server that can be cut and mended, and that can stop carrying without being cut.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};

/// The wire.
pub struct Proxy {
    state: Arc<State>,
}

struct State {
    cut: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
    stopped: Mutex<bool>,
    goes_on: Condvar,
}

impl State {
    fn stop(&self, stopped: bool) {
        *self.stopped.lock().expect("no panic") = stopped;
        self.goes_on.notify_all();
    }

    fn wait_while_stopped(&self) {
        let stopped = self.stopped.lock().expect("no panic");
        drop(self.goes_on.wait_while(stopped, |stopped| *stopped).expect("no panic"));
    }

    fn close(&self) {
        for stream in self.open.lock().expect("no panic").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Proxy {
    /// Puts a wire before the server that a `postgres://` URL names; gives it with the URL that leads through it.
    pub fn before(url: &str) -> (Proxy, String) {
        let after_user = url.find('@').map_or_else(|| url.find("//").map_or(0, |at| at + 2), |at| at + 1);
        let end = url[after_user..].find('/').map_or(url.len(), |at| after_user + at);
        let server = url[after_user..end].to_string();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            cut: AtomicBool::new(false),
            open: Mutex::default(),
            stopped: Mutex::new(false),
            goes_on: Condvar::new(),
        });
        let shared = state.clone();
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if shared.cut.load(Ordering::SeqCst) {
                    let _ = near.shutdown(Shutdown::Both);
                    continue;
                }
                let Ok(far) = TcpStream::connect(&server) else { continue };
                carry(&shared, &near, &far);
                carry(&shared, &far, &near);
                shared.open.lock().expect("no panic").extend([near, far]);
                // It was cut meanwhile.
                if shared.cut.load(Ordering::SeqCst) {
                    shared.close();
                }
            }
        });
        (Proxy { state }, format!("{}{address}{}", &url[..after_user], &url[end..]))
    }

    /// Cuts every connection; new ones are closed at once.
    pub fn cut(&self) {
        self.state.cut.store(true, Ordering::SeqCst);
        self.state.close();
    }

    /// Takes what is sent and carries nothing on: neither end learns of it.
    pub fn hang(&self) {
        self.state.stop(true);
    }

    /// Lets connections through again, with whatever was held up.
    pub fn mend(&self) {
        self.state.cut.store(false, Ordering::SeqCst);
        self.state.stop(false);
    }
}

fn carry(state: &Arc<State>, from: &TcpStream, to: &TcpStream) {
    let (mut from, mut to) = (from.try_clone().expect("a handle"), to.try_clone().expect("a handle"));
    let state = state.clone();
    std::thread::spawn(move || {
        let mut held = vec![0; 64 << 10];
        while let Ok(count @ 1..) = from.read(&mut held) {
            state.wait_while_stopped();
            if to.write_all(&held[..count]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.state.stop(false);
    }
}
