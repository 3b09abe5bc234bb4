//! As much of WebDriver (W3C) as these tests need, over the driver that Debian's chromium-driver brings.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Names the driver: a program, such as `chromedriver`, or the address of one that runs already.
pub const BROWSER: &str = "YUANCHI_TEST_BROWSER";
/// The member under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long a page may take to become what a test waits for.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program that steers browsers. One that was started here ends with this.
pub struct Driver {
    address: String,
    /// With the pipe that it speaks into, which must stay open.
    process: Option<(Child, BufReader<ChildStdout>)>,
}

impl Driver {
    /// The one that the environment names; none where it names none.
    pub fn named() -> Option<Driver> {
        let named = std::env::var(BROWSER).ok().filter(|name| !name.is_empty())?;
        if named.starts_with("http://") {
            return Some(Driver { address: named.trim_end_matches('/').into(), process: None });
        }
        Some(Driver::start(&named))
    }

    fn start(program: &str) -> Driver {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("{BROWSER}={program}: {e}"));
        let output = process.stdout.take().expect("its output is piped");
        let mut driver = Driver { address: String::new(), process: Some((process, BufReader::new(output))) };
        driver.address = format!("http://127.0.0.1:{}", driver.port(program));
        driver
    }

    /// The free port that it says it has taken.
    fn port(&mut self, program: &str) -> u16 {
        let (_, said) = self.process.as_mut().expect("it was started");
        let mut line = String::new();
        loop {
            line.clear();
            let read = said.read_line(&mut line).expect("what the driver says");
            assert!(read > 0, "{BROWSER}={program}: it ended without naming a port");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                return port.trim().trim_end_matches('.').parse().unwrap_or_else(|e| panic!("{line:?}: {e}"));
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some((process, _)) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// Something on the page that is open.
pub struct Element(String);

impl Element {
    /// As an argument of a script.
    pub fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }

    fn of(value: &Value) -> Option<Element> {
        value[ELEMENT].as_str().map(|id| Element(id.into()))
    }
}

/// A browser with a profile of its own, which ends with this.
pub struct Browser {
    agent: ureq::Agent,
    session: String,
    base: String,
    /// Whether pages may run scripts. Those of the tests run in either case.
    pub scripts: bool,
}

impl Browser {
    /// One for the site at `base`, with a window as on a desk.
    pub fn start(driver: &Driver, base: &str, scripts: bool) -> Browser {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            // Sooner than the driver hangs up a quiet connection.
            .max_idle_age(Duration::from_secs(2))
            .build()
            .new_agent();
        let mut prefs = json!({
            // A link to a file leaves the page standing.
            "download_restrictions": 3,
            "intl.accept_languages": "zh-CN",
        });
        if !scripts {
            prefs["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let options = json!({
            "args": [
                "--headless=new",
                // The rehearsal may run as root, where the sandbox cannot.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                // As on a telephone, where they take no room.
                "--hide-scrollbars",
                // A page that still glides is clicked beside the button.
                "--force-prefers-reduced-motion",
            ],
            "prefs": prefs,
        });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let mut browser = Browser { agent, session: driver.address.clone(), base: base.into(), scripts };
        let begun = browser.must("POST", "/session", Some(&wanted));
        let id = begun["sessionId"].as_str().expect("a session");
        browser.session = format!("{}/session/{id}", driver.address);
        browser.window(1280, 900);
        browser
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.session))
            .header("content-type", "application/json");
        let sent = match body {
            Some(body) => self.agent.run(request.body(body.to_string().into_bytes()).expect("a request")),
            None => self.agent.run(request.body(()).expect("a request")),
        };
        let mut answer = sent.map_err(|e| format!("{method} {path}: {e}"))?;
        let bytes = answer.body_mut().with_config().limit(200 << 20).read_to_vec();
        let bytes = bytes.map_err(|e| format!("{method} {path}: {e}"))?;
        let told: Value = serde_json::from_slice(&bytes).map_err(|e| format!("{method} {path}: {e}"))?;
        if answer.status().is_success() {
            return Ok(told["value"].clone());
        }
        let message = told["value"]["message"].as_str().unwrap_or_default();
        Err(format!("{method} {path}: {}", message.lines().next().unwrap_or_default()))
    }

    #[track_caller]
    fn must(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        self.ask(method, path, body).unwrap_or_else(|e| panic!("{e}"))
    }

    /// Opens a page of the site.
    #[track_caller]
    pub fn open(&self, path: &str) {
        self.go(&format!("{}{path}", self.base));
    }

    /// Opens any address.
    #[track_caller]
    pub fn go(&self, address: &str) {
        self.must("POST", "/url", Some(&json!({ "url": address })));
    }

    /// Path and query of the page that is open.
    #[track_caller]
    pub fn path(&self) -> String {
        let address = self.must("GET", "/url", None);
        let address = address.as_str().unwrap_or_default();
        address.strip_prefix(&self.base).unwrap_or(address).split('#').next().unwrap_or_default().into()
    }

    /// Width and height of the window.
    #[track_caller]
    pub fn window(&self, width: u32, height: u32) {
        self.must("POST", "/window/rect", Some(&json!({ "width": width, "height": height })));
    }

    /// Width and height of the page as it is laid out, however small: a window has a least size, a layout has none.
    #[track_caller]
    pub fn size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tool("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Has the browser do what its own tools can (Chrome DevTools Protocol).
    #[track_caller]
    pub fn tool(&self, command: &str, params: &Value) {
        self.must("POST", "/goog/cdp/execute", Some(&json!({ "cmd": command, "params": params })));
    }

    /// Cuts the line of the browser, or mends it.
    #[track_caller]
    pub fn line(&self, is_there: bool) {
        self.conditions(!is_there, 10_000_000);
    }

    /// Narrows the line of the browser: so many bytes go out in a second.
    #[track_caller]
    pub fn narrow(&self, bytes: u32) {
        self.conditions(false, bytes);
    }

    #[track_caller]
    fn conditions(&self, offline: bool, upload: u32) {
        let conditions = json!({
            "offline": offline, "latency": 0, "download_throughput": 10_000_000, "upload_throughput": upload,
        });
        self.must("POST", "/chromium/network_conditions", Some(&json!({ "network_conditions": conditions })));
    }

    /// Presses keys, one after another, wherever the focus is.
    #[track_caller]
    pub fn keys(&self, keys: &[char]) {
        let press = |key: &char| {
            let key = key.to_string();
            [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
        };
        let actions: Vec<Value> = keys.iter().flat_map(press).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.must("POST", "/actions", Some(&json!({ "actions": [keyboard] })));
    }

    /// What a script of the test finds out.
    #[track_caller]
    pub fn script(&self, source: &str, arguments: &[Value]) -> Value {
        self.try_script(source, arguments).unwrap_or_else(|e| panic!("{e}: {source}"))
    }

    fn try_script(&self, source: &str, arguments: &[Value]) -> Result<Value, String> {
        self.ask("POST", "/execute/sync", Some(&json!({ "script": source, "args": arguments })))
    }

    /// What a script hands to the function that is its last argument.
    #[track_caller]
    pub fn script_that_waits(&self, source: &str) -> Value {
        self.must("POST", "/execute/async", Some(&json!({ "script": source, "args": [] })))
    }

    /// What the page shows as text. A blank at which no line ends is read like any other.
    pub fn words(&self) -> String {
        let words = self.try_script("return document.body ? document.body.innerText : ''", &[]);
        words.ok().and_then(|words| words.as_str().map(|words| words.replace('\u{a0}', " "))).unwrap_or_default()
    }

    /// Waits until it is so: pages with a script do much by themselves, and later.
    #[track_caller]
    pub fn until(&self, what: &str, mut is_so: impl FnMut(&Browser) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            let path = self.path();
            assert!(begun.elapsed() < PATIENCE, "no {what} on {path}:\n{}", self.words());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits for words.
    #[track_caller]
    pub fn shows(&self, words: &str) {
        self.until(words, |browser| browser.words().contains(words));
    }

    /// Waits for a page whose path ends so.
    #[track_caller]
    pub fn arrives(&self, end: &str) {
        self.until(&format!("way to {end}"), |browser| {
            browser.path().split('?').next().unwrap_or_default().ends_with(end)
        });
    }

    /// How many there are now; none while one page gives way to another.
    pub fn count(&self, css: &str) -> u64 {
        let count = self.try_script("return document.querySelectorAll(arguments[0]).length", &[json!(css)]);
        count.ok().and_then(|count| count.as_u64()).unwrap_or_default()
    }

    /// Whether a script finds it so; it is not so while one page gives way to another.
    pub fn found(&self, source: &str, arguments: &[Value]) -> bool {
        self.try_script(source, arguments).is_ok_and(|found| found == json!(true))
    }

    fn seek(&self, using: &str, value: &str) -> Vec<Element> {
        let found = self.ask("POST", "/elements", Some(&json!({ "using": using, "value": value })));
        found
            .ok()
            .and_then(|found| found.as_array().map(|all| all.iter().filter_map(Element::of).collect()))
            .unwrap_or_default()
    }

    #[track_caller]
    fn first(&self, using: &str, value: &str) -> Element {
        let mut found = None;
        self.until(value, |browser| {
            found = browser.seek(using, value).into_iter().next();
            found.is_some()
        });
        found.expect("it was waited for")
    }

    /// All that match.
    pub fn all(&self, css: &str) -> Vec<Element> {
        self.seek("css selector", css)
    }

    /// The first that matches, as soon as there is one.
    #[track_caller]
    pub fn one(&self, css: &str) -> Element {
        self.first("css selector", css)
    }

    /// The element that a script finds; nothing where it gives null.
    #[track_caller]
    pub fn found_by(&self, source: &str, arguments: &[Value]) -> Option<Element> {
        Element::of(&self.script(source, arguments))
    }

    /// Clicks.
    #[track_caller]
    pub fn click(&self, element: &Element) {
        self.must("POST", &format!("/element/{}/click", element.0), Some(&json!({})));
    }

    /// Clicks the first that matches.
    #[track_caller]
    pub fn press(&self, css: &str) {
        let element = self.one(css);
        self.must("POST", &format!("/element/{}/click", element.0), Some(&json!({})));
    }

    /// Follows the first link with these words.
    #[track_caller]
    pub fn follow(&self, words: &str) {
        let link = self.first("partial link text", words);
        self.click(&link);
    }

    /// Fills in the control of a name, within the page's content.
    #[track_caller]
    pub fn fill(&self, name: &str, text: &str) {
        let control = self.one(&format!("main [name='{name}']:not([type=hidden])"));
        self.put(&control, text);
    }

    /// Types into a control, or chooses what has this value.
    #[track_caller]
    pub fn put(&self, control: &Element, text: &str) {
        let kind = self.script(
            "const e = arguments[0]; return e.localName === 'select' ? 'select' : e.type",
            &[control.argument()],
        );
        match kind.as_str().unwrap_or_default() {
            "select" => {
                let source = "return [...arguments[0].options].find((option) => option.value === arguments[1]) ?? null";
                let option = self.found_by(source, &[control.argument(), json!(text)]);
                self.click(&option.unwrap_or_else(|| panic!("no choice {text:?} on {}", self.path())));
            }
            // How a day is typed depends on the language of the machine.
            "date" | "datetime-local" => {
                let source = "const [control, value] = arguments; control.value = value;
                    for (const kind of ['input', 'change']) control.dispatchEvent(new Event(kind, { bubbles: true }))";
                self.script(source, &[control.argument(), json!(text)]);
            }
            "file" => self.type_into(control, text),
            _ => {
                self.must("POST", &format!("/element/{}/clear", control.0), Some(&json!({})));
                self.type_into(control, text);
            }
        }
    }

    #[track_caller]
    fn type_into(&self, control: &Element, text: &str) {
        if !text.is_empty() {
            self.must("POST", &format!("/element/{}/value", control.0), Some(&json!({ "text": text })));
        }
    }

    /// What the browser has to complain of since it was last asked: scripts that failed, what the policy of the content
    /// forbade, answers of a broken service. Refusals of the service are no complaint.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        let entries = self.must("POST", "/se/log", Some(&json!({ "type": "browser" })));
        let is_bad = |entry: &&Value| {
            let message = entry["message"].as_str().unwrap_or_default();
            let is_refusal = entry["source"] == "network" && message.contains("status of 4");
            (entry["level"] == "SEVERE" || entry["level"] == "WARNING") && !is_refusal
        };
        let bad = entries.as_array().into_iter().flatten().filter(is_bad);
        bad.map(|entry| format!("{}: {}", entry["source"], entry["message"])).collect()
    }

    /// The whole page as a PNG.
    #[track_caller]
    pub fn picture(&self) -> Vec<u8> {
        let asked = json!({ "cmd": "Page.captureScreenshot", "params": { "captureBeyondViewport": true } });
        let taken = self.must("POST", "/goog/cdp/execute", Some(&asked));
        BASE64_STANDARD.decode(taken["data"].as_str().unwrap_or_default()).expect("a picture")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.ask("DELETE", "", None);
    }
}
