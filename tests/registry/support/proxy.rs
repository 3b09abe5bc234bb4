//! A wire to the database server that can be cut and mended.

use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// The wire.
pub struct Proxy {
    state: Arc<State>,
}

struct State {
    cut: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl State {
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
        let state = Arc::new(State { cut: AtomicBool::new(false), open: Mutex::default() });
        let shared = state.clone();
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if shared.cut.load(Ordering::SeqCst) {
                    let _ = near.shutdown(Shutdown::Both);
                    continue;
                }
                let Ok(far) = TcpStream::connect(&server) else { continue };
                carry(&near, &far);
                carry(&far, &near);
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

    /// Lets connections through again.
    pub fn mend(&self) {
        self.state.cut.store(false, Ordering::SeqCst);
    }
}

fn carry(from: &TcpStream, to: &TcpStream) {
    let (mut from, mut to) = (from.try_clone().expect("a handle"), to.try_clone().expect("a handle"));
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
}
