//! Objects in a bucket of an S3-compatible store: `PREFIXobjects/ab/abcdef…` for what stays; what arrives lies in `incoming/` on this
//! machine until it has been looked into.
//!
//! - [`sign`]: who asks.
//! - [`bucket`]: how a call is made.
//! - [`listing`]: what a bucket holds.
//! - here: the store that comes of it.

mod bucket;
mod listing;
mod sign;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::DateTime;
use sha2::{Digest, Sha256};
use ureq::Body;
use ureq::http::header::{CONTENT_LENGTH, HeaderName, LAST_MODIFIED};
use ureq::http::{Method, Response};

use super::spool::{Incoming, Spool, unless_gone};
use super::upload::Keeper;
use super::{
    Object, ObjectEntry, ObjectKey, ObjectStore, Pages, ReadProblem, Swept, Upload, UploadProblem, VerifiedReader,
};
use bucket::{Bucket, Call};
use listing::Page;

/// Objects on a page of a list are at most a thousand, of which each takes well below a kilobyte.
const LONGEST_PAGE: u64 = 8 << 20;

/// How to reach a bucket.
#[derive(Clone)]
pub struct S3Settings {
    /// `https://host` or `https://host:port`, nothing behind it.
    pub endpoint: String,
    /// The region that requests are signed for.
    pub region: String,
    /// Name of the bucket.
    pub bucket: String,
    /// What the names of all objects begin with: empty, or letters, digits, `.`, `_`, `-` and slashes, with a slash at the end.
    pub prefix: String,
    /// Whether the bucket's name stands in the path, and not before the host.
    pub path_style: bool,
    /// Names the secret key.
    pub access_key: String,
    /// Signs requests; never leaves this process.
    pub secret_key: String,
    /// Longest wait at one step: resolving the name, connecting, the answer's beginning, each read and each write.
    pub patience: Duration,
}

impl fmt::Debug for S3Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("S3Settings");
        shown.field("endpoint", &self.endpoint).field("region", &self.region).field("bucket", &self.bucket);
        shown.field("prefix", &self.prefix).field("path_style", &self.path_style).finish_non_exhaustive()
    }
}

/// An [`ObjectStore`] in a bucket. Any number of processes may use one.
#[derive(Clone)]
pub struct S3Store {
    shelf: Arc<Shelf>,
}

struct Shelf {
    incoming: Incoming,
    bucket: Bucket,
    prefix: String,
}

/// What a store says of an object without giving it out.
struct About {
    stored_at: SystemTime,
    /// Which of its versions is the present one, in a bucket that keeps versions.
    version: Option<String>,
}

impl fmt::Debug for S3Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("S3Store").field("prefix", &self.shelf.prefix).finish_non_exhaustive()
    }
}

impl S3Store {
    /// Prepares the store; temporary files lie below `root` on this machine. Does not connect yet: [`ObjectStore::probe`] does.
    ///
    /// # Errors
    /// `InvalidInput` if the endpoint is none; whatever making the folder raises.
    pub fn new(settings: S3Settings, root: &Path) -> io::Result<Self> {
        let prefix = settings.prefix.clone();
        let shelf = Shelf { incoming: Incoming::open_at(root)?, bucket: Bucket::new(settings)?, prefix };
        Ok(Self { shelf: Arc::new(shelf) })
    }
}

impl Shelf {
    /// What the names of all objects begin with.
    fn objects(&self) -> String {
        format!("{}objects/", self.prefix)
    }

    fn place_of(&self, key: &ObjectKey) -> String {
        format!("{}{}", self.objects(), key.path())
    }

    fn put(&self, place: &str, spool: &Spool, sha256: &str) -> io::Result<Response<Body>> {
        let body = Some((&spool.file, sha256));
        self.bucket.ask(&Call { body, ..Call::new(Method::PUT, place) })
    }

    fn about(&self, place: &str) -> io::Result<About> {
        let call = Call::new(Method::HEAD, place);
        let answer = self.bucket.ask(&call)?;
        let modified = said(&answer, LAST_MODIFIED).and_then(|text| DateTime::parse_from_rfc2822(text).ok());
        let modified = modified
            .ok_or_else(|| self.bucket.failure(&call, io::ErrorKind::InvalidData, "does not say when it was stored"))?;
        Ok(About { stored_at: modified.to_utc().into(), version: version_of(&answer) })
    }

    /// Removes one version, or what is there in a bucket that keeps none.
    fn remove(&self, place: &str, version: Option<&str>) -> io::Result<()> {
        let query: Vec<(&str, &str)> = version.map(|id| ("versionId", id)).into_iter().collect();
        self.bucket.ask(&Call { query: &query, ..Call::new(Method::DELETE, place) }).map(drop)
    }

    /// One page of the list, and what to ask the next one with.
    fn page(&self, token: Option<&str>) -> io::Result<(Vec<ObjectEntry>, Option<String>)> {
        let objects = self.objects();
        let mut query = vec![("list-type", "2"), ("prefix", objects.as_str())];
        query.extend(token.map(|token| ("continuation-token", token)));
        let call = Call { query: &query, ..Call::new(Method::GET, "") };
        let broken = |why: String| self.bucket.failure(&call, io::ErrorKind::InvalidData, &why);
        let answer = self.bucket.ask(&call)?;
        let text = answer.into_body().into_with_config().limit(LONGEST_PAGE).read_to_string();
        let page = Page::parse(&text.map_err(|error| broken(error.to_string()))?).map_err(broken)?;
        // What is not named like an object is not ours to list, let alone to sweep.
        let entries = page.entries.iter().filter_map(|entry| {
            let key = ObjectKey::from_path(entry.key.strip_prefix(&objects)?).ok()?;
            Some(ObjectEntry { key, bytes: entry.bytes, stored_at: entry.stored_at() })
        });
        Ok((entries.collect(), page.next().map_err(broken)?))
    }
}

impl Keeper for Shelf {
    /// Stores the file whatever is there already: the same bytes under their own hash come to the same. So an object that is present counts
    /// as new again, a damaged one is replaced, and an attempt whose answer was lost may be repeated. The store compares what arrives with
    /// the hash that was signed.
    fn keep(&self, spool: &mut Spool, key: &ObjectKey, _bytes: u64) -> Result<(), UploadProblem> {
        self.put(&self.place_of(key), spool, &key.to_string())?;
        Ok(())
    }
}

impl ObjectStore for S3Store {
    fn begin(&self, max_bytes: u64) -> Result<Upload, UploadProblem> {
        let spool = self.shelf.incoming.spool()?;
        let keeper: Arc<dyn Keeper> = self.shelf.clone();
        Ok(Upload::new(spool, keeper, max_bytes))
    }

    fn open(&self, key: &ObjectKey) -> Result<Object, ReadProblem> {
        let place = self.shelf.place_of(key);
        let call = Call::new(Method::GET, &place);
        let answer = self.shelf.bucket.ask(&call)?;
        let Some(bytes) = said(&answer, CONTENT_LENGTH).and_then(|text| text.parse().ok()) else {
            let why = "does not say how long it is";
            return Err(self.shelf.bucket.failure(&call, io::ErrorKind::InvalidData, why).into());
        };
        Ok(Object { bytes, reader: VerifiedReader::new(Box::new(answer.into_body().into_reader()), *key) })
    }

    fn pages(&self) -> Pages<'_> {
        // What the next page is asked for with: nothing, for the first one.
        let mut next = Some(None::<String>);
        Box::new(std::iter::from_fn(move || {
            let token = next.take()?;
            let page = self.shelf.page(token.as_deref()).map(|(entries, after)| {
                next = after.map(Some);
                entries
            });
            Some(page)
        }))
    }

    fn left_over(&self, older_than: SystemTime) -> io::Result<Vec<String>> {
        self.shelf.incoming.left_over(older_than)
    }

    /// Looks at each object again right before it goes, because it may have been uploaded anew since it was listed. In a bucket that keeps
    /// versions exactly the one that was looked at is removed; in one that keeps none, an upload of the same content within the moment
    /// between the look and the removal is lost, and the check of invariants names it.
    fn sweep(&self, older_than: SystemTime, in_use: &dyn Fn(&ObjectKey) -> bool) -> io::Result<Swept> {
        let mut swept = self.shelf.incoming.sweep(older_than)?;
        for entry in self.list()? {
            if entry.stored_at >= older_than || in_use(&entry.key) {
                continue;
            }
            let place = self.shelf.place_of(&entry.key);
            // Another process sweeps too.
            let Some(about) = unless_gone(self.shelf.about(&place))? else {
                continue;
            };
            if about.stored_at < older_than
                && unless_gone(self.shelf.remove(&place, about.version.as_deref()))?.is_some()
            {
                swept.objects += 1;
                swept.bytes += entry.bytes;
            }
        }
        Ok(swept)
    }

    /// Stores a byte and takes it away again.
    fn probe(&self) -> io::Result<()> {
        const TRIAL: &[u8] = b"!";
        let place = format!("{}probe", self.shelf.prefix);
        let spool = self.shelf.incoming.trial(TRIAL)?;
        let stored = self.shelf.put(&place, &spool, &hex::encode(Sha256::digest(TRIAL)))?;
        self.shelf.remove(&place, version_of(&stored).as_deref())
    }
}

/// The version that an answer is about; none in a bucket that keeps no versions, or keeps them no more.
fn version_of(answer: &Response<Body>) -> Option<String> {
    let version = said(answer, HeaderName::from_static("x-amz-version-id"))?;
    (version != "null").then(|| version.to_owned())
}

fn said(answer: &Response<Body>, header: HeaderName) -> Option<&str> {
    answer.headers().get(header)?.to_str().ok()
}
