//! Public pages as a visitor without a session sees them, kept as they were first sent: rendered, compressed, and
//! replaced when what they show changes. On publication day everybody asks for the same few.
//!
//! A page is kept by one line in the table of routes, [`super::routes::Routes::prepared`]. It is shown as long as
//! nothing public has changed anywhere ([`crate::app::Published`]) and no instant has passed at which its words change:
//! midnight or the next deadline. While the database is away it is shown with the time that it holds for.
//!
//! Each language is a page of its own, with its own tag: the answer says that it varies on what the language is chosen
//! by.
//!
//! Nothing of anybody's own comes in here: whoever sends a session, an access token or a message passes by.

mod asked;
mod encoding;
mod page;
mod searches;
mod tags;
mod through;

pub use asked::{Asked, DAY, NOTHING, PAGE, is_nobodys};
use asked::{is_of_a_day, place};
pub use encoding::Encoding;
pub use page::{Prepared, liked};
pub use searches::searched;
pub use tags::{Lasting, Resting};
pub use through::{at_hand, tagged, through};

use crate::app::App;
use crate::domain::language::Language;
use crate::web::page::Failure;
use actix_web::HttpResponse;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use chrono::NaiveDateTime;
use page::{Answered, Holds};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::{Mutex, MutexGuard};

/// Bytes that all pages together may take.
const ROOM: usize = 8 << 20;
/// Bytes that one of them may take: the proof of a list of 20,000 entries in all its encodings.
const LARGEST: usize = 6 << 20;
/// Bytes beyond which nothing comes in that nobody has asked for.
const UNASKED: usize = ROOM / 2;
/// Bytes of a whole table that may be kept beside the pages of it.
pub const SHORT: u64 = 1 << 20;
/// What an entry takes beside its bodies and its address.
const OVERHEAD: usize = 512;
/// Renderings that may go on at once; two of one page never do.
const TURNS: usize = 256;

/// Said by a handler of its answer: it is not worth keeping.
struct Passing;

/// The answer, not to be kept: one of a page number past the end, which could be asked for without end, or a large file,
/// for which much else would have to go.
pub fn passing(mut response: HttpResponse) -> HttpResponse {
    response.extensions_mut().insert(Passing);
    response
}

/// The answer, to be kept if it is short ([`SHORT`]): a whole table may have any number of rows.
pub fn kept_if_short(response: HttpResponse) -> HttpResponse {
    if is_short(&response) { response } else { passing(response) }
}

/// Whether the answer is short enough to be kept, and to be compressed while it is answered with.
pub fn is_short(response: &HttpResponse) -> bool {
    !matches!(response.body().size(), BodySize::Sized(bytes) if bytes > SHORT)
}

/// A file that comes with the program and is addressed by its content, compressed once.
pub fn asset(hash: &str, content_type: &'static str, content: &'static str) -> Prepared {
    let answered = Answered {
        body: Bytes::from_static(content.as_bytes()),
        content_type: HeaderValue::from_static(content_type),
        disposition: None,
        lasting: Some(Lasting::of(hash, "asset")),
        resting: None,
        language: None,
    };
    let (from, until) = (NaiveDateTime::default(), NaiveDateTime::default());
    Prepared::new("/assets/{hash}/{name}", answered, Holds { version: 0, from, until })
}

/// The pages that are kept, by language and address.
pub struct PreparedPages {
    shelf: RwLock<Shelf>,
    turns: Vec<Mutex<()>>,
    hasher: RandomState,
    /// Goes up with each page that comes in; what was used at a lower number goes first.
    tick: AtomicU64,
    /// Pages of searches, in a room of their own: what people type must not push out what is published.
    searches: std::sync::Mutex<searches::Searches>,
}

#[derive(Default)]
struct Shelf {
    pages: HashMap<String, Arc<Prepared>>,
    bytes: usize,
}

impl Default for PreparedPages {
    fn default() -> Self {
        PreparedPages {
            shelf: RwLock::default(),
            turns: (0..TURNS).map(|_| Mutex::new(())).collect(),
            hasher: RandomState::new(),
            tick: AtomicU64::new(1),
            searches: std::sync::Mutex::default(),
        }
    }
}

impl PreparedPages {
    /// The page of an address, whether or not it still holds.
    fn find(&self, address: &str) -> Option<Arc<Prepared>> {
        let page = self.shelf.read().unwrap_or_else(PoisonError::into_inner).pages.get(address).cloned()?;
        page.use_at(self.tick.load(Ordering::Relaxed));
        Some(page)
    }

    /// The page of an address in a language; while the database is away, the one in the usual language rather than
    /// none.
    fn find_in(&self, app: &App, language: Language, address: &str) -> Option<Arc<Prepared>> {
        self.find(&place(language, address)).or_else(|| {
            let other = language != Language::default() && app.published.is_away();
            other.then(|| self.find(&place(Language::default(), address))).flatten()
        })
    }

    /// Makes a page ready that nobody has asked for yet, if there is room for it, in the usual language.
    pub async fn make_ready(
        &self,
        app: &Arc<App>,
        route: &'static str,
        address: String,
        answer: impl Future<Output = Result<HttpResponse, Failure>>,
    ) {
        let address = place(Language::default(), &address);
        let (known, taken) = {
            let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
            (shelf.pages.contains_key(&address), shelf.bytes)
        };
        if !known
            && taken < UNASKED
            && let Some(page) = through::prepare(app, route, answer).await
        {
            self.keep(address, page);
        }
    }

    /// Waits until nobody else renders this address.
    async fn turn(&self, address: &str) -> Option<MutexGuard<'_, ()>> {
        let place = self.hasher.hash_one(address) % TURNS as u64;
        let turn = self.turns.get(usize::try_from(place).unwrap_or_default())?;
        Some(turn.lock().await)
    }

    /// Puts a page in the place of the one before. What was not asked for longest goes when there is no room.
    fn keep(&self, address: String, page: Arc<Prepared>) {
        page.use_at(self.tick.fetch_add(1, Ordering::Relaxed) + 1);
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        shelf.remove(&address);
        if page.bytes() > LARGEST {
            return;
        }
        shelf.bytes += size(&address, &page);
        shelf.pages.insert(address, page);
        if shelf.bytes > ROOM {
            shelf.make_room();
        }
    }

    /// Takes a page away that is no longer there.
    fn forget(&self, address: &str) {
        self.shelf.write().unwrap_or_else(PoisonError::into_inner).remove(address);
    }
}

fn size(address: &str, page: &Prepared) -> usize {
    address.len() + page.bytes() + OVERHEAD
}

impl Shelf {
    fn remove(&mut self, address: &str) {
        if let Some(page) = self.pages.remove(address) {
            self.bytes = self.bytes.saturating_sub(size(address, &page));
        }
    }

    /// Frees an eighth, so that the next pages find room without looking through all of them again. Days go first: whoever
    /// asks for one after the other must not push out what is published.
    fn make_room(&mut self) {
        let rank =
            |(address, page): (&String, &Arc<Prepared>)| (!is_of_a_day(address), page.used_at(), address.clone());
        let mut by_use: Vec<(bool, u64, String)> = self.pages.iter().map(rank).collect();
        by_use.sort();
        for (_, _, address) in by_use {
            if self.bytes <= ROOM - ROOM / 8 {
                break;
            }
            self.remove(&address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};

    fn page(bytes: usize) -> Arc<Prepared> {
        Arc::new(Prepared::of_size(bytes))
    }

    #[test]
    fn the_room_is_bounded_and_what_is_asked_for_stays() {
        let pages = PreparedPages::default();
        pages.keep("/asked".into(), page(100_000));
        for number in 0..1_000 {
            pages.keep(format!("/{number}"), page(100_000));
            assert!(pages.find("/asked").is_some(), "after {number} others");
            let bytes = pages.shelf.read().expect("no panic").bytes;
            assert!(bytes <= ROOM, "{bytes} after {number}");
        }
        // Those that came last are there, those that came first are not, whatever their names.
        assert!(pages.find("/999").is_some() && pages.find("/951").is_some());
        assert!(pages.find("/0").is_none() && pages.find("/99").is_none());
        let shelf = pages.shelf.read().expect("no panic");
        let counted: usize = shelf.pages.iter().map(|(address, page)| size(address, page)).sum();
        assert_eq!(shelf.bytes, counted);
    }

    #[test]
    fn days_push_out_nothing_but_days() {
        let pages = PreparedPages::default();
        pages.keep("/unasked".into(), page(100_000));
        let first = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day");
        for number in 0..400 {
            let day = first + Days::new(number);
            pages.keep(format!("/pool?on={day}"), page(100_000));
            assert!(pages.find(&format!("/pool?on={day}")).is_some(), "{day}");
        }
        let shelf = pages.shelf.read().expect("no panic");
        assert!(shelf.bytes <= ROOM && shelf.pages.contains_key("/unasked"));
        assert!(!shelf.pages.contains_key("/pool?on=2020-01-01"));
    }

    #[test]
    fn what_is_long_is_not_to_be_kept() {
        let answer = |bytes: usize| HttpResponse::Ok().body(vec![b'a'; bytes]);
        let passes = |response: HttpResponse| response.extensions().get::<Passing>().is_some();
        let limit = usize::try_from(SHORT).expect("it fits");
        assert!(!passes(kept_if_short(answer(limit))) && passes(kept_if_short(answer(limit + 1))));
    }

    #[test]
    fn a_page_too_large_is_not_kept_and_takes_the_old_one_away() {
        let pages = PreparedPages::default();
        pages.keep("/a".into(), page(10));
        pages.keep("/a".into(), page(LARGEST + 1));
        assert!(pages.find("/a").is_none());
        assert_eq!(pages.shelf.read().expect("no panic").bytes, 0);
        pages.keep("/a".into(), page(10));
        pages.forget("/a");
        assert_eq!(pages.shelf.read().expect("no panic").bytes, 0);
    }
}
