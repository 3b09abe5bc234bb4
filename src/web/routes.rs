//! The table of pages: method, address, who may come in, and what answers. A route that is not here does not exist.

use super::prepared::{Asked, through};
use crate::domain::actor::Role;
use actix_web::body::BoxBody;
use actix_web::dev::{ResourceDef, ServiceRequest};
use actix_web::http::Method;
use actix_web::middleware::{Next, from_fn};
use actix_web::{FromRequest, Handler, Responder, guard, web};

/// Who may come in. What they may see and do inside is the actions' to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody who has signed in.
    SignedIn,
    /// Holders of one of these roles.
    Roles(&'static [Role]),
}

/// One route.
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its address, with `{names}`.
    pub path: &'static str,
    /// Who may come in.
    pub access: Access,
    address: ResourceDef,
    handler: Box<dyn Fn() -> actix_web::Route + Send + Sync>,
}

/// The table.
#[derive(Default)]
pub struct Routes {
    list: Vec<Route>,
}

impl Routes {
    /// Adds a page to read.
    pub fn get<F, Args>(&mut self, path: &'static str, access: Access, handler: F)
    where
        F: Handler<Args> + Send + Sync,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::GET, path, access, handler);
    }

    /// Adds a page that anybody may read and that is kept ready ([`super::prepared`]): it must show nothing but what is
    /// public, the words, and the parameters of `asked`.
    pub fn prepared<F, Args>(&mut self, path: &'static str, asked: &'static Asked, handler: F)
    where
        F: Handler<Args> + Send + Sync,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let through = move |request: ServiceRequest, next: Next<BoxBody>| through(path, asked, request, next);
        self.list.push(Route {
            method: Method::GET,
            path,
            access: Access::Public,
            address: ResourceDef::new(path),
            handler: Box::new(move || answering(&Method::GET).to(handler.clone()).wrap(from_fn(through))),
        });
    }

    /// Adds a form to send.
    pub fn post<F, Args>(&mut self, path: &'static str, access: Access, handler: F)
    where
        F: Handler<Args> + Send + Sync,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::POST, path, access, handler);
    }

    fn add<F, Args>(&mut self, method: Method, path: &'static str, access: Access, handler: F)
    where
        F: Handler<Args> + Send + Sync,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let of_method = method.clone();
        self.list.push(Route {
            method,
            path,
            access,
            address: ResourceDef::new(path),
            handler: Box::new(move || answering(&of_method).to(handler.clone())),
        });
    }

    /// Every route, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.list.iter()
    }

    /// Who may come in; nothing for a route that is not in the table.
    pub fn access(&self, method: &Method, pattern: &str) -> Option<Access> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        self.list.iter().find(|route| route.method == *method && route.path == pattern).map(|route| route.access)
    }

    /// What `Allow` says of an address; empty for one that is no page's.
    pub fn allowed(&self, path: &str) -> String {
        allow(self.list.iter().filter(|route| route.address.is_match(path)).map(|route| &route.method))
    }

    /// Whether there is a page to read at an address.
    pub fn reads(&self, path: &str) -> bool {
        self.list.iter().any(|route| route.method == Method::GET && route.address.is_match(path))
    }

    /// Mounts every route.
    pub fn mount(&self, config: &mut web::ServiceConfig) {
        for route in &self.list {
            config.route(route.path, (route.handler)());
        }
    }
}

/// The route of a method. Whoever may read a page may ask for its head alone (RFC 9110, 9.3.2).
pub(crate) fn answering(method: &Method) -> actix_web::Route {
    match *method {
        Method::GET => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
        _ => web::method(method.clone()),
    }
}

/// What `Allow` says of these methods: each once, HEAD with GET.
pub(crate) fn allow<'a>(methods: impl Iterator<Item = &'a Method>) -> String {
    let mut said: Vec<&str> = Vec::new();
    for method in methods {
        let head = (*method == Method::GET).then_some("HEAD");
        for name in [Some(method.as_str()), head].into_iter().flatten() {
            if !said.contains(&name) {
                said.push(name);
            }
        }
    }
    said.join(", ")
}
