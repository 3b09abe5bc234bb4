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

/// The page that stands above every other.
const HOME: &str = "/";

/// Forms by the address that they are sent to, and the page that they stand on where it is neither at that address, nor the
/// `new` below it, nor the nearest page above it.
const FORMS_ELSEWHERE: [(&str, &str); 10] = [
    ("/applications/{id}/carry-over", "/applications/{id}/form"),
    ("/applications/{id}/recommendation/rank", "/recommendations"),
    // The page of an assignment is its expert's alone, and which call it is of the address does not say.
    ("/assignments/{id}/reopening", "/reviews"),
    ("/calls/{id}", "/calls/{id}/edit"),
    // What is to be read there is the file itself.
    ("/documents/{id}/removal", "/applications"),
    ("/events/record.json", "/events"),
    ("/reviews/{call}/second-panel", "/reviews/{call}/discussions"),
    ("/reviews/{call}/second-panel/preview", "/reviews/{call}/discussions"),
    ("/session/identity", "/session/new"),
    // Its button stands on every page.
    ("/session/end", HOME),
];

/// The nearest above an address that can be read.
fn above(mut address: &str, can_be_read: impl Fn(&str) -> bool) -> &str {
    while let Some((above, _)) = address.rsplit_once('/') {
        if !above.is_empty() && can_be_read(above) {
            return above;
        }
        address = above;
    }
    HOME
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

    /// Whether there is a page to read at an address. `/providers/subscriptions` is sent to, and no provider's page.
    pub fn reads(&self, path: &str) -> bool {
        let is_sent_to = self.list.iter().any(|route| route.method == Method::POST && route.path == path);
        self.pattern_of(&Method::GET, path).is_some() && (!is_sent_to || self.gets(path))
    }

    /// The pattern of an address: the first of this method that it fits, as requests are told apart too.
    fn pattern_of(&self, method: &Method, path: &str) -> Option<&'static str> {
        let fits = |route: &&Route| route.method == *method && route.address.is_match(path);
        self.list.iter().find(fits).map(|route| route.path)
    }

    fn gets(&self, pattern: &str) -> bool {
        self.list.iter().any(|route| route.method == Method::GET && route.path == pattern)
    }

    /// The page that can be read where the form stands which is sent to this address: what a form was answered with can be
    /// sent to again, and not be opened. Of an address that no form is sent to, the nearest page above it.
    pub fn form_of(&self, path: &str) -> String {
        let Some(sent_to) = self.pattern_of(&Method::POST, path) else {
            return above(path, |path| self.reads(path)).into();
        };
        let form = self.form_pattern(sent_to);
        let mut given = path.split('/');
        let filled = form.split('/').map(|part| match given.next() {
            Some(value) if part.starts_with('{') => value,
            _ => part,
        });
        filled.collect::<Vec<_>>().join("/")
    }

    /// The same of patterns. What is named in both stands at the same place in both.
    fn form_pattern(&self, sent_to: &str) -> String {
        if let Some((_, page)) = FORMS_ELSEWHERE.iter().find(|(form, _)| *form == sent_to) {
            return (*page).into();
        }
        let own = format!("{sent_to}/new");
        if self.gets(&own) {
            return own;
        }
        if self.gets(sent_to) { sent_to.into() } else { above(sent_to, |pattern| self.gets(pattern)).into() }
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

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0199f5a0-0000-7000-8000-000000000000";

    fn sample(pattern: &str) -> String {
        pattern.split('/').map(|part| if part.starts_with('{') { ID } else { part }).collect::<Vec<_>>().join("/")
    }

    /// Whether whoever may send may read.
    fn opens(read: Access, send: Access) -> bool {
        match (read, send) {
            (Access::Public, _) | (Access::SignedIn, Access::SignedIn | Access::Roles(_)) => true,
            (Access::Roles(readers), Access::Roles(senders)) => senders.iter().all(|role| readers.contains(role)),
            _ => false,
        }
    }

    #[test]
    fn from_every_form_a_way_leads_back_to_a_page_that_its_sender_may_read() {
        let table = crate::web::routes();
        let mut seen = 0;
        for route in table.iter().filter(|route| route.method == Method::POST) {
            let path = sample(route.path);
            assert_eq!(table.pattern_of(&Method::POST, &path), Some(route.path), "it is told apart from the others");
            let back = table.form_of(&path);
            assert!(table.reads(&back) && !back.contains('{'), "{} leads back to {back}", route.path);
            let pattern = table.pattern_of(&Method::GET, &back);
            let access = pattern.and_then(|pattern| table.access(&Method::GET, pattern));
            assert!(access.is_some_and(|read| opens(read, route.access)), "{} leads back to {back}", route.path);
            seen += 1;
        }
        assert!(seen > 100, "{seen} forms");
        for (sent_to, page) in FORMS_ELSEWHERE {
            let named = |pattern: &str| pattern.split('/').map(str::to_string).collect::<Vec<_>>();
            let (sent_to, page) = (named(sent_to), named(page));
            let is_there = |(at, part): (usize, &String)| !part.starts_with('{') || sent_to.get(at) == Some(part);
            assert!(page.iter().enumerate().all(is_there), "{page:?} is filled from {sent_to:?}");
        }
    }

    #[test]
    fn the_way_back_leads_to_the_page_of_the_form() {
        let table = crate::web::routes();
        for (sent_to, page) in [
            ("/registration", "/registration/new"),
            ("/registration/abc", "/registration/abc"),
            ("/session", "/session/new"),
            ("/session/identity", "/session/new"),
            ("/session/end", "/"),
            ("/language", "/"),
            ("/password", "/password/new"),
            ("/providers/subscriptions", "/providers"),
            ("/messages/read", "/messages"),
            ("/organisations", "/organisations/new"),
            ("/organisation/contact", "/organisation"),
            ("/accounts", "/accounts/new"),
            ("/calls", "/calls/new"),
            ("/calls/0199", "/calls/0199/edit"),
            ("/calls/0199/approval", "/calls/0199"),
            ("/calls/0199/lists", "/calls/0199/lists/new"),
            ("/notices/0199/objections", "/notices/0199/objections/new"),
            ("/applications/0199/documents", "/applications/0199/documents"),
            ("/applications/0199/carry-over", "/applications/0199/form"),
            ("/documents/0199/removal", "/applications"),
            ("/decisions/0199/sheets/0200/undoing/return", "/decisions/0199"),
            ("/reviews/0199/second-panel/preview", "/reviews/0199/discussions"),
            ("/calls/0199/nowhere", "/calls/0199"),
            ("/nowhere/at/all", "/"),
        ] {
            assert_eq!(table.form_of(sent_to), page, "{sent_to}");
        }
    }
}
