//! Pages of searches, and the same over the API. They can be asked for without end, so they are kept in a small room of
//! their own, compressed when somebody asks for that, and all of them go when the register has changed or a day has
//! passed. What many people look for is made once.

use super::PreparedPages;
use super::asked::{is_nobodys, language_of, place};
use super::page::Prepared;
use super::through::{as_it_is, tagged};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::{Arc, MutexGuard, PoisonError};

/// Bytes that they may take together; beyond this the room is cleared.
const ROOM: usize = 2 << 20;

/// What a page of a search rests on: the version of the register, and the day that standings are judged on.
pub type State = (i64, NaiveDate);

/// The pages of one state, by address.
#[derive(Default)]
pub(super) struct Searches {
    of: Option<State>,
    pages: HashMap<String, Arc<Prepared>>,
    bytes: usize,
}

impl Searches {
    fn find(&self, of: State, address: &str) -> Option<Arc<Prepared>> {
        (self.of == Some(of)).then(|| self.pages.get(address).cloned()).flatten()
    }

    fn keep(&mut self, of: State, address: String, page: Arc<Prepared>) {
        let takes = address.len() + page.bytes() + super::OVERHEAD;
        // A page of an older state, made while a newer one came in, takes nobody's place.
        if takes > ROOM || self.of.is_some_and(|newest| newest > of) {
            return;
        }
        if self.of != Some(of) || self.bytes + takes > ROOM {
            *self = Searches { of: Some(of), ..Searches::default() };
        }
        if self.pages.insert(address, page).is_none() {
            self.bytes += takes;
        }
    }
}

impl PreparedPages {
    fn searches(&self) -> MutexGuard<'_, Searches> {
        self.searches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answer to a search: as it was made for this address and this state before, or as it is made now. Without a state,
/// when nobody can say whether the register is the newest, and for somebody's own it is made for this request alone.
///
/// # Errors
/// Those of making it.
pub fn searched<E>(
    request: &HttpRequest,
    of: Option<State>,
    address: String,
    make: impl FnOnce() -> Result<HttpResponse, E>,
) -> Result<HttpResponse, E> {
    let pages = request.app_data::<web::Data<PreparedPages>>().filter(|_| is_nobodys(request));
    let (Some(pages), Some(of)) = (pages, of) else { return Ok(tagged(request, make()?)) };
    let language = language_of(request);
    let address = place(language, &address);
    let known = pages.searches().find(of, &address);
    if let Some(page) = known {
        return Ok(page.answer(request));
    }
    let response = make()?;
    if response.status() != StatusCode::OK {
        return Ok(response);
    }
    Ok(match as_it_is(response, language) {
        Ok(page) => {
            let page = Arc::new(page);
            pages.searches().keep(of, address, page.clone());
            page.answer(request)
        }
        Err(response) => *response,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, number).expect("a day")
    }

    #[test]
    fn pages_are_of_one_state_and_take_bounded_room() {
        let mut searches = Searches::default();
        let page = |bytes| Arc::new(Prepared::of_size(bytes));
        searches.keep((3, day(2)), "/a".into(), page(10));
        assert!(searches.find((3, day(2)), "/a").is_some());
        assert!(searches.find((4, day(2)), "/a").is_none() && searches.find((3, day(3)), "/a").is_none());
        searches.keep((4, day(2)), "/b".into(), page(10));
        assert!(searches.find((4, day(2)), "/a").is_none() && searches.find((4, day(2)), "/b").is_some());
        searches.keep((3, day(2)), "/a".into(), page(10));
        assert!(searches.find((4, day(2)), "/b").is_some(), "what is older takes nobody's place");
        for number in 0..500 {
            searches.keep((4, day(2)), format!("/{number}"), page(50_000));
            assert!(searches.bytes <= ROOM, "{}", searches.bytes);
            assert!(searches.find((4, day(2)), &format!("/{number}")).is_some());
        }
        searches.keep((4, day(2)), "/large".into(), page(ROOM));
        assert!(searches.find((4, day(2)), "/large").is_none());
    }
}
