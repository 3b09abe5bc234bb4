//! A browser without a script, and a caller of the API: both over real HTTP.

use super::{canaries, described, html};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::net::SocketAddr;
use std::time::Duration;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The request, for messages.
    pub asked: String,
    /// HTTP status.
    pub status: u16,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text. A blank at which no line ends is read like any other.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).replace('\u{a0}', " ")
    }

    /// The visible text of a page.
    pub fn words(&self) -> String {
        html::text(&self.text())
    }

    /// The same with the body as it was before it was put into gzip.
    #[track_caller]
    pub fn unzipped(&self) -> Answer {
        if self.header("content-encoding") != Some("gzip") {
            return self.clone();
        }
        let mut body = Vec::new();
        let read = flate2::read::GzDecoder::new(self.body.as_slice()).read_to_end(&mut body);
        read.unwrap_or_else(|e| panic!("{}: it is not whole: {e}", self.asked));
        Answer { body, ..self.clone() }
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{self}\nis no JSON: {e}"))
    }

    /// The stable code of a problem document.
    #[track_caller]
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_else(|| panic!("{self}\nhas no code")).to_string()
    }

    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Where a redirect leads.
    #[track_caller]
    pub fn location(&self) -> String {
        self.header("location").unwrap_or_else(|| panic!("{self}\nleads nowhere")).to_string()
    }

    /// Goes on only with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{self}");
        self
    }

    /// Goes on only when the visible words (or the JSON) hold this.
    #[track_caller]
    pub fn shows(self, words: &str) -> Answer {
        assert!(self.words().contains(words) || self.text().contains(words), "{words:?} is missing in\n{self}");
        self
    }

    /// Goes on only when this is nowhere in the body.
    #[track_caller]
    pub fn hides(self, words: &str) -> Answer {
        assert!(!self.words().contains(words) && !self.text().contains(words), "{words:?} must not be in\n{self}");
        self
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.text();
        let shown = if text.trim_start().starts_with('<') {
            let main = text.split_once("<main").map_or(text.as_str(), |(_, main)| main);
            html::text(&format!("<main{main}"))
        } else {
            text
        };
        let cut: String = shown.chars().take(1500).collect();
        write!(f, "{} answered {}", self.asked, self.status)?;
        if let Some(to) = self.header("location") {
            write!(f, " to {to}")?;
        }
        write!(f, ": {cut}")
    }
}

/// A file to upload.
#[derive(Debug, Clone)]
pub struct File<'a> {
    /// Name of the form's field.
    pub field: &'a str,
    /// Name of the file.
    pub name: &'a str,
    /// Content.
    pub bytes: &'a [u8],
}

/// C-18: whatever a test sees of a cookie, it is bound to this host and scheme, hidden from scripts and from other sites' forms.
#[track_caller]
fn must_be_ours_alone(asked: &str, line: &str) {
    let mut parts = line.split(';').map(str::trim);
    let pair = parts.next().unwrap_or_default();
    let attributes: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
    let has = |wanted: &str| attributes.iter().any(|attribute| attribute == wanted);
    let lax = has("samesite=lax") || has("samesite=strict");
    let sound = pair.starts_with("__Host-") && has("secure") && has("httponly") && has("path=/") && lax;
    let wide = attributes.iter().any(|attribute| attribute.starts_with("domain"));
    assert!(sound && !wide, "{asked}: {line}");
}

/// Operations that answer with secrets: tokens, the seed of one-time codes.
const TELLING: [&str; 2] = ["/api/v1/tokens", "/api/v1/me/second-factor"];

/// One browser or one program.
pub struct Client {
    agent: ureq::Agent,
    address: SocketAddr,
    base: String,
    cookies: BTreeMap<String, String>,
    bearer: Option<String>,
    csrf: String,
    page: Option<Answer>,
}

impl Client {
    /// Nobody in particular.
    pub fn new(address: SocketAddr) -> Client {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(Duration::from_secs(60)))
            // Sooner than the server hangs up a quiet connection, which a request that changes something could run into.
            .max_idle_age(Duration::from_secs(2))
            .build()
            .new_agent();
        Client {
            agent,
            address,
            base: format!("http://{address}"),
            cookies: BTreeMap::new(),
            bearer: None,
            csrf: String::new(),
            page: None,
        }
    }

    /// With a cookie and the token of its forms.
    pub fn with_session(mut self, secret: &str, csrf: String) -> Client {
        self.cookies.insert("__Host-sid".into(), secret.into());
        canaries::keep(self.address, secret);
        canaries::keep(self.address, &csrf);
        self.csrf = csrf;
        self
    }

    /// With an access token.
    pub fn with_bearer(mut self, token: String) -> Client {
        canaries::keep(self.address, &token);
        self.bearer = Some(token);
        self
    }

    /// The access token.
    pub fn bearer(&self) -> Option<&str> {
        self.bearer.as_deref()
    }

    /// The token of its forms.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Sets or, with an empty value, takes away a cookie.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.into(), value.into());
        }
    }

    /// The page seen last.
    #[track_caller]
    pub fn page(&self) -> &Answer {
        self.page.as_ref().expect("no page was opened yet")
    }

    /// Any request. Cookies are kept by hand: a `Secure` one would not be sent over plain HTTP.
    #[track_caller]
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let asked = format!("{method} {path}");
        let people = canaries::named_by(self.address, path, headers, &body);
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let line: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", line.join("; "));
        }
        if let Some(token) = &self.bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let sent = if body.is_empty() && method != "POST" {
            self.agent.run(request.body(()).expect("a request"))
        } else {
            self.agent.run(request.body(body).expect("a request"))
        };
        let mut response = sent.unwrap_or_else(|e| panic!("{asked}: {e}"));
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().into(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        for (_, line) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            must_be_ours_alone(&asked, line);
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            canaries::keep(self.address, value);
            let gone = attributes.to_ascii_lowercase().contains("max-age=0");
            self.set_cookie(name, if gone { "" } else { value });
        }
        let status = response.status().as_u16();
        let body = response
            .body_mut()
            .with_config()
            .limit(200 << 20)
            .read_to_vec()
            .unwrap_or_else(|e| panic!("{asked}: the body: {e}"));
        let answer = Answer { asked, status, headers, body };
        if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            if let Some(token) = html::value_of(&answer.text(), "csrf").filter(|token| !token.is_empty()) {
                self.csrf = token;
            }
            self.page = Some(answer.clone());
        }
        if TELLING.iter().any(|telling| path.starts_with(telling)) {
            canaries::keep(self.address, &answer.text());
        }
        canaries::must_lead_nowhere_telling(&answer, &people);
        described::must_be_as_described(method, path, &answer);
        if self.page_is_somebodys(&answer) {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{}: kept by nobody on the way", answer.asked);
        }
        answer
    }

    /// A page that was asked for with a session.
    fn page_is_somebodys(&self, answer: &Answer) -> bool {
        let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        is_page && self.cookies.contains_key("__Host-sid")
    }

    /// Opens a page.
    #[track_caller]
    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], Vec::new())
    }

    /// Opens a page and goes on only when it is there.
    #[track_caller]
    pub fn open(&mut self, path: &str) -> Answer {
        self.get(path).expect(200)
    }

    /// Sends these fields with the token of the last page.
    #[track_caller]
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(fields);
        self.post_exactly(path, &all)
    }

    /// Sends these fields and nothing else.
    #[track_caller]
    pub fn post_exactly(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_html_form::to_string(fields).expect("fields");
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        self.send("POST", path, &headers, body.into_bytes())
    }

    /// Presses the button of the form that goes to `action` on the last page: sends what the page shows, changed as
    /// given. A field named several times is sent several times.
    #[track_caller]
    pub fn submit(&mut self, action: &str, changes: &[(&str, &str)]) -> Answer {
        let page = self.page().clone();
        let forms = html::forms(&page.text());
        let form = forms.iter().find(|form| form.action == action).unwrap_or_else(|| {
            let there: Vec<_> = forms.iter().map(|form| form.action.as_str()).collect();
            panic!("no form goes to {action}, only {there:?}, on the page: {page}")
        });
        let changed = |name: &str| changes.iter().any(|(n, _)| *n == name);
        let mut fields: Vec<(&str, &str)> =
            form.fields.iter().filter(|(name, _)| !changed(name)).map(|(n, v)| (n.as_str(), v.as_str())).collect();
        fields.extend(changes);
        self.post_exactly(action, &fields)
    }

    /// Whether the last page has a form that goes there.
    pub fn offers(&self, action: &str) -> bool {
        let own_button = format!("formaction=\"{action}\"");
        self.page.as_ref().map(Answer::text).is_some_and(|text| {
            text.contains(&own_button) || html::forms(&text).iter().any(|form| form.action == action)
        })
    }

    /// Follows a redirect to the page that it leads to.
    #[track_caller]
    pub fn follow(&mut self, answer: Answer) -> Answer {
        assert_eq!(answer.status, 303, "{answer}");
        self.open(&answer.location())
    }

    /// Sends a form with a file.
    #[track_caller]
    pub fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: &File<'_>) -> Answer {
        self.upload_all(path, fields, std::slice::from_ref(file))
    }

    /// Sends a form with several files.
    #[track_caller]
    pub fn upload_all(&mut self, path: &str, fields: &[(&str, &str)], files: &[File<'_>]) -> Answer {
        const BOUNDARY: &str = "----between-the-parts-7f3a";
        let csrf = self.csrf.clone();
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.as_bytes());
        }
        for file in files {
            let part = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
                 content-type: application/octet-stream\r\n\r\n",
                file.field, file.name
            );
            body.extend(part.as_bytes());
            body.extend(file.bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send("POST", path, &[("content-type", &kind), ("sec-fetch-site", "same-origin")], body)
    }

    /// Calls the API with JSON.
    #[track_caller]
    pub fn call(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        self.send(method, path, &[("content-type", "application/json")], body.to_string().into_bytes())
    }

    /// Calls the API with JSON, once however often it is sent with this key.
    #[track_caller]
    pub fn call_once(&mut self, key: &str, method: &str, path: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.send(method, path, &headers, body.to_string().into_bytes())
    }

    /// Reads JSON that is there.
    #[track_caller]
    pub fn json(&mut self, path: &str) -> Value {
        self.get(path).expect(200).json()
    }
}
