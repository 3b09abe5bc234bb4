//! Calls to one bucket: signed, bounded in time, asked again where that is safe.

use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::thread;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use ureq::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Body, Timeout};

use super::S3Settings;
use super::sign::{self, Parts, Signer};

/// How often a call is tried in all.
const ATTEMPTS: u32 = 3;
/// The wait before the second attempt; four times as long before the third.
const PAUSE: Duration = Duration::from_millis(100);
/// SHA-256 of no body at all.
const NO_BODY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// What is read of an answer that says why a call was refused.
const LONGEST_REFUSAL: u64 = 64 << 10;

/// A bucket behind an endpoint.
pub(super) struct Bucket {
    agent: Agent,
    signer: Signer,
    /// `http` or `https`.
    scheme: String,
    /// Host and port, with the bucket's name before them unless it stands in the path.
    host: String,
    /// What stands before each path: the bucket's name, or nothing.
    root: String,
    /// For messages.
    shown: String,
}

/// One call.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) method: Method,
    /// Key of an object, or nothing for the bucket itself; of characters that need no escape.
    pub(super) path: &'a str,
    pub(super) query: &'a [(&'a str, &'a str)],
    /// The body, with its SHA-256 in hex.
    pub(super) body: Option<(&'a File, &'a str)>,
}

impl<'a> Call<'a> {
    /// A call without query or body.
    pub(super) fn new(method: Method, path: &'a str) -> Self {
        Self { method, path, query: &[], body: None }
    }
}

/// What a store answers that refuses.
#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "Code")]
    code: String,
}

impl Bucket {
    pub(super) fn new(settings: S3Settings) -> io::Result<Self> {
        let S3Settings { endpoint, region, bucket, path_style, access_key, secret_key, patience, .. } = settings;
        let shown = format!("bucket {bucket} at {endpoint}");
        let Some((scheme, authority)) = endpoint.split_once("://") else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{endpoint}: no https://host")));
        };
        // The port that goes without saying is not said in the header that is signed.
        let port = if scheme == "https" { ":443" } else { ":80" };
        let authority = authority.strip_suffix(port).unwrap_or(authority);
        let (host, root) = if path_style {
            (authority.to_owned(), format!("/{bucket}"))
        } else {
            (format!("{bucket}.{authority}"), String::new())
        };
        let signer = Signer { access_key, secret_key, region };
        Ok(Self { agent: agent(patience), signer, scheme: scheme.to_owned(), host, root, shown })
    }

    /// Asks, and asks again when the line or the store failed for the moment. Every call but a removal comes to the same however often it
    /// is carried out; a removal that comes a second time could take what was stored anew in between.
    ///
    /// # Errors
    /// `NotFound` if there is no such object; `StorageFull` and `QuotaExceeded`; else whatever kept it from succeeding.
    pub(super) fn ask(&self, call: &Call<'_>) -> io::Result<Response<Body>> {
        let attempts = if call.method == Method::DELETE { 1 } else { ATTEMPTS };
        let mut attempt = 1;
        loop {
            let outcome = self.attempt(call);
            let why = match &outcome {
                Ok(answer) if matches!(answer.status().as_u16(), 429 | 500 | 502 | 503 | 504) => {
                    format!("answered {}", answer.status())
                }
                Err(error) if is_of_the_line(error) => error.to_string(),
                _ => return self.judge(call, outcome),
            };
            if attempt == attempts {
                return self.judge(call, outcome);
            }
            tracing::warn!(call = %call.method, path = call.path, attempt, why, "the store of documents is asked again");
            thread::sleep(PAUSE * 4_u32.pow(attempt - 1));
            attempt += 1;
        }
    }

    fn attempt(&self, call: &Call<'_>) -> Result<Response<Body>, ureq::Error> {
        let path = format!("{}/{}", self.root, call.path);
        let query = sign::query(call.query);
        let payload = call.body.map_or(NO_BODY, |(_, sha256)| sha256);
        let parts = Parts { method: call.method.as_str(), host: &self.host, path: &path, query: &query, payload };
        // A store compares the date with its own clock, so this is the machine's even where the service's stands still.
        let signed = self.signer.sign(&parts, SystemTime::now().into());
        let mark = if query.is_empty() { "" } else { "?" };
        let request = Request::builder()
            .method(call.method.clone())
            .uri(format!("{}://{}{path}{mark}{query}", self.scheme, self.host))
            .header(HOST, &self.host)
            .header("x-amz-content-sha256", payload)
            .header("x-amz-date", &signed.date)
            .header(AUTHORIZATION, &signed.authorization);
        match call.body {
            None => self.agent.run(request.body(())?),
            Some((mut file, _)) => {
                // An attempt before this one may have read a part.
                file.seek(SeekFrom::Start(0))?;
                self.agent.run(request.header(CONTENT_TYPE, "application/octet-stream").body(file)?)
            }
        }
    }

    fn judge(&self, call: &Call<'_>, outcome: Result<Response<Body>, ureq::Error>) -> io::Result<Response<Body>> {
        let answer = outcome.map_err(|error| self.failure(call, io::ErrorKind::Other, &error.to_string()))?;
        let status = answer.status().as_u16();
        if answer.status().is_success() {
            return Ok(answer);
        }
        let code = code_of(answer);
        let kind = match (status, code.as_str()) {
            // A bucket that is missing is no missing object, and neither is what a gateway does not find.
            (404, "NoSuchKey") => io::ErrorKind::NotFound,
            // An answer to HEAD has no body that could say more.
            (404, _) if call.method == Method::HEAD => io::ErrorKind::NotFound,
            (507, _) => io::ErrorKind::StorageFull,
            (_, "QuotaExceeded") => io::ErrorKind::QuotaExceeded,
            _ => io::ErrorKind::Other,
        };
        Err(self.failure(call, kind, format!("answered {status} {code}").trim_end()))
    }

    /// What failed, said without any secret.
    pub(super) fn failure(&self, call: &Call<'_>, kind: io::ErrorKind, why: &str) -> io::Error {
        io::Error::new(kind, format!("{} /{} ({}): {why}", call.method, call.path, self.shown))
    }
}

fn agent(patience: Duration) -> Agent {
    let patience = Some(patience);
    Agent::config_builder()
        .http_status_as_error(false)
        // Only the host of the settings is ever spoken with: not where an answer leads, nor what the environment names.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent("yuanchi")
        .timeout_resolve(patience)
        .timeout_connect(patience)
        .timeout_recv_response(patience)
        // Each step of a body, not the whole: a reader on a slow line takes its time.
        .timeout_per_read(patience)
        .timeout_per_write(patience)
        .build()
        .new_agent()
}

/// Whether the line failed, as it does when a store restarts. One that was waited for in vain is not asked again: that would only make
/// the wait longer.
fn is_of_the_line(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Io(_) | ureq::Error::ConnectionFailed | ureq::Error::Timeout(Timeout::Connect))
}

/// The code that the store gives its refusal; empty if it says none.
fn code_of(answer: Response<Body>) -> String {
    let text = answer.into_body().into_with_config().limit(LONGEST_REFUSAL).read_to_string().unwrap_or_default();
    let code = quick_xml::de::from_str(&text).map_or(String::new(), |refusal: Refusal| refusal.code);
    // It goes into messages and the log.
    code.chars().filter(char::is_ascii_alphanumeric).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_stands_in_the_path_or_before_the_host() {
        let address = |endpoint: &str, path_style| {
            let settings = S3Settings {
                endpoint: endpoint.into(),
                region: "us-east-1".into(),
                bucket: "documents".into(),
                prefix: String::new(),
                path_style,
                access_key: "key".into(),
                secret_key: "secret".into(),
                patience: Duration::from_secs(1),
            };
            Bucket::new(settings).map(|bucket| format!("{}://{}{}", bucket.scheme, bucket.host, bucket.root))
        };
        for (endpoint, path_style, expected) in [
            ("https://store.example", true, "https://store.example/documents"),
            ("https://store.example", false, "https://documents.store.example"),
            ("https://store.example:443", true, "https://store.example/documents"),
            ("http://store.example:443", true, "http://store.example:443/documents"),
            ("http://store.example:9000", false, "http://documents.store.example:9000"),
        ] {
            assert_eq!(address(endpoint, path_style).expect("an address"), expected);
        }
        assert_eq!(address("store.example", true).expect_err("no scheme").kind(), io::ErrorKind::InvalidInput);
    }
}
