//! A second process over the database of a registry, as far as that can be had within one.

use super::app::TestApp;
use super::client::Client;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use yuanchi::app::App;
use yuanchi::config::Config;

/// Another server with a pool, a watch and kept pages of its own; it stops when this is dropped.
pub struct Node {
    /// The program.
    pub app: Arc<App>,
    address: SocketAddr,
    server: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Node {
    /// Starts one beside the registry, by the same clock.
    pub fn beside(test: &TestApp) -> Node {
        Node::beside_with(test, |_| {})
    }

    /// Starts one with other settings.
    pub fn beside_with(test: &TestApp, change: impl FnOnce(&mut Config)) -> Node {
        let mut config = test.app.config.clone();
        config.server.port = 0;
        // All of them stand behind one address.
        config.server.base_url = test.app.env.base_url.clone();
        change(&mut config);
        let listener = yuanchi::server::listen(&mut config.server).expect("a free port");
        let app = App::build(config, test.app.clock.clone()).unwrap_or_else(|e| panic!("no start: {e:#}"));
        let address = listener.local_addr().expect("an address");
        let (started, handle) = mpsc::channel();
        let served = app.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = yuanchi::server::serve(served, listener).expect("serving");
                started.send(server.handle()).expect("the test waits");
                server.await.expect("the server ends well");
            });
        });
        let server = handle.recv().expect("the server starts");
        Node { app, address, server, thread: Some(thread) }
    }

    /// Nobody in particular, with a browser that asks this one.
    pub fn visitor(&self) -> Client {
        Client::new(self.address)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
