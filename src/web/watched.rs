//! What is recorded of answers, besides what actions record: that somebody was refused, and that what names people was
//! shown or carried away. A disclosure that cannot be recorded is not made.

use super::page::log;
use crate::actions::reading::READERS_IN_FULL;
use crate::actions::watch::{self, Asked, Disclosure};
use crate::app::App;
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::call::INSIDERS;
use crate::domain::refusal::RefusalKind;
use crate::error::Error;
use actix_web::http::Method;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

/// Addresses that show what names people, or hand it out as a file, to others than those whom it is about: applicants' people,
/// experts, account holders. Officers are named as those who acted in office; that alone is no disclosure, nor are ids, so
/// that the record and the events of a draw, which hold ids alone, are not among them. `walls/disclosed.rs` asks every address
/// for what is missing here.
pub const DISCLOSING: &[(&str, &str, Disclosure)] = &[
    ("GET", "/accounts", Disclosure::Viewed),
    ("POST", "/accounts/search", Disclosure::Viewed),
    ("GET", "/accounts/{id}", Disclosure::Viewed),
    ("GET", "/api/v1/accounts", Disclosure::Viewed),
    ("POST", "/api/v1/accounts/search", Disclosure::Viewed),
    ("GET", "/api/v1/accounts/{id}", Disclosure::Viewed),
    ("GET", "/applications/{id}", Disclosure::Viewed),
    ("GET", "/applications/{id}/receipt", Disclosure::Viewed),
    ("GET", "/applications/{id}/screening", Disclosure::Viewed),
    ("GET", "/api/v1/applications/{id}", Disclosure::Viewed),
    ("GET", "/api/v1/applications/{id}/receipt", Disclosure::Viewed),
    ("GET", "/api/v1/applications/{id}/screening", Disclosure::Viewed),
    ("GET", "/api/v1/applications/{id}/submissions", Disclosure::Viewed),
    ("GET", "/api/v1/applications/{id}/submissions/{number}", Disclosure::Viewed),
    ("GET", "/assignments/{id}/release", Disclosure::Viewed),
    ("GET", "/calls/{id}", Disclosure::Viewed),
    ("GET", "/decisions/{call}", Disclosure::Viewed),
    ("GET", "/decisions/{call}/applications/{id}", Disclosure::Viewed),
    ("GET", "/decisions/{call}/cut-line", Disclosure::Viewed),
    ("GET", "/decisions/{call}/minutes", Disclosure::Viewed),
    ("GET", "/decisions/{call}/minutes.xlsx", Disclosure::Exported),
    ("GET", "/api/v1/decisions/{call}", Disclosure::Viewed),
    ("GET", "/api/v1/decisions/{call}/applications/{id}", Disclosure::Viewed),
    ("GET", "/api/v1/decisions/{call}/conflicts", Disclosure::Viewed),
    ("GET", "/api/v1/decisions/{call}/cut-line", Disclosure::Viewed),
    ("GET", "/api/v1/decisions/{call}/minutes", Disclosure::Viewed),
    ("GET", "/api/v1/decisions/{call}/minutes/workbook", Disclosure::Exported),
    ("GET", "/documents/{id}", Disclosure::Exported),
    ("GET", "/documents/{id}/picture", Disclosure::Viewed),
    ("GET", "/api/v1/documents/{id}", Disclosure::Exported),
    ("GET", "/events", Disclosure::Viewed),
    ("POST", "/events/search", Disclosure::Viewed),
    ("GET", "/events/{kind}/{id}", Disclosure::Viewed),
    ("GET", "/experts", Disclosure::Viewed),
    ("POST", "/experts/search", Disclosure::Viewed),
    ("GET", "/experts/imports/{id}", Disclosure::Viewed),
    ("GET", "/experts/{id}", Disclosure::Viewed),
    ("GET", "/experts/{id}/ties", Disclosure::Viewed),
    ("GET", "/api/v1/experts", Disclosure::Viewed),
    ("POST", "/api/v1/experts/search", Disclosure::Viewed),
    ("GET", "/api/v1/experts/imports/{set}", Disclosure::Viewed),
    ("GET", "/api/v1/experts/{id}", Disclosure::Viewed),
    ("GET", "/api/v1/experts/{id}/file", Disclosure::Viewed),
    ("GET", "/objections/{id}/evidence/{evidence}", Disclosure::Exported),
    ("GET", "/api/v1/objections/{id}/evidence/{evidence}", Disclosure::Exported),
    ("GET", "/organisations/{id}", Disclosure::Viewed),
    ("GET", "/organisations/{id}/licence", Disclosure::Exported),
    ("GET", "/api/v1/organisations/{id}", Disclosure::Viewed),
    ("GET", "/api/v1/organisations/{id}/licence/content", Disclosure::Exported),
    ("GET", "/api/v1/organisations/{id}/members", Disclosure::Viewed),
    ("GET", "/reviews/{call}", Disclosure::Viewed),
    ("GET", "/reviews/{call}/discussions", Disclosure::Viewed),
    ("GET", "/reviews/{call}/draw", Disclosure::Viewed),
    ("GET", "/reviews/{call}/reminders", Disclosure::Viewed),
    ("GET", "/reviews/{call}/wishes/new", Disclosure::Viewed),
    ("GET", "/api/v1/reviews/{call}", Disclosure::Viewed),
    ("GET", "/api/v1/reviews/{call}/applications", Disclosure::Viewed),
    ("GET", "/api/v1/reviews/{call}/changes", Disclosure::Viewed),
    ("GET", "/api/v1/reviews/{call}/discussions", Disclosure::Viewed),
    ("GET", "/api/v1/reviews/{call}/draw", Disclosure::Viewed),
    ("GET", "/api/v1/reviews/{call}/reminders", Disclosure::Viewed),
];

/// Those of them that show a list by pages: the record says which page it was, and of how many rows. A search is sent with the
/// number of its page beside the words that no record has, so of it neither is told.
pub const PAGED: &[&str] = &[
    "/accounts",
    "/api/v1/accounts",
    "/api/v1/experts",
    "/api/v1/reviews/{call}/applications",
    "/events",
    "/experts",
    "/reviews/{call}",
];

/// Addresses that leave out what names people for everybody but the holders of these roles: applications without what is
/// about persons in them, calls without those who asked. Whoever holds none of them is shown nothing to record.
const PERSONS_ONLY_FOR: &[(&str, &[Role])] = &[("/applications/{id}", READERS_IN_FULL), ("/calls/{id}", INSIDERS)];

/// Refusals that are no attempt: a form left open too long, a code that is asked for again.
const HARMLESS: &[&str] = &["form_expired", "second_factor_stale", "sign_in_unfinished"];

/// Who asks, noted on the request once it is known.
#[derive(Debug, Clone)]
struct Known(Actor);

/// The code of a refusal, noted on its answer.
#[derive(Debug, Clone, Copy)]
struct RefusedAs(&'static str);

/// Notes on a request who asks.
pub fn know(req: &HttpRequest, actor: &Actor) {
    if actor.account.is_some() {
        req.extensions_mut().insert(Known(actor.clone()));
    }
}

/// Notes on an answer that it refuses; nothing for any other failure.
pub fn mark(response: &mut HttpResponse, error: &Error) {
    if let Error::Refused(refusal) = error
        && refusal.kind == RefusalKind::Forbidden
        && !HARMLESS.contains(&refusal.code)
    {
        response.extensions_mut().insert(RefusedAs(refusal.code));
    }
}

/// Whether somebody works for an organisation and has no other part here: what such a person is shown is the applicant's own.
/// Whoever is an expert or an administrator beside it is shown others.
fn is_of_own_alone(actor: &Actor) -> bool {
    !actor.held.is_empty() && actor.held.iter().all(|held| held.organisation.is_some())
}

/// Whether an address names nobody to this one.
fn names_nobody_to(actor: &Actor, route: &str) -> bool {
    let path = route.strip_prefix("/api/v1").unwrap_or(route);
    PERSONS_ONLY_FOR.iter().any(|(start, roles)| path.starts_with(start) && !actor.holds_any(roles))
}

/// What an answer has to be recorded as.
enum Note {
    Refused(&'static str),
    Disclosed(Disclosure),
}

fn note_of(response: &HttpResponse, actor: &Actor, method: &Method, route: &str) -> Option<Note> {
    if let Some(RefusedAs(code)) = response.extensions().get::<RefusedAs>() {
        return Some(Note::Refused(code));
    }
    if !response.status().is_success() || is_of_own_alone(actor) || names_nobody_to(actor, route) {
        return None;
    }
    // The head alone tells the length; it is recorded as the whole.
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    let found = DISCLOSING.iter().find(|(of, pattern, _)| *of == method && *pattern == route);
    found.map(|(_, _, what)| Note::Disclosed(*what))
}

/// An id as it may stand in the record: what is no id is a text that somebody typed.
fn id_text(value: &str) -> String {
    let plain = value.len() <= 64 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain { value.to_string() } else { String::new() }
}

/// Which page of a list an address asks for, within the bounds that the list itself keeps to; where that lies beyond the end, a
/// person is shown the last one and a program none. How many rows a page has, programs alone may say.
fn page_of(route: &str, query: &str) -> Option<Pager> {
    if !PAGED.contains(&route) {
        return None;
    }
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let number = |name: &str| -> Option<i64> {
        let (_, typed) = pairs.iter().find(|(known, _)| known == name)?;
        typed.trim().parse().ok()
    };
    let rows = if route.starts_with("/api/v1") { number("per_page") } else { None };
    Some(Pager::new(number("page"), rows))
}

/// Records what an answer has to be recorded as, before it goes out.
///
/// # Errors
/// What must not go out unrecorded could not be recorded.
pub async fn keep(req: &HttpRequest, response: &HttpResponse) -> Result<(), Error> {
    let Some(Known(actor)) = req.extensions().get::<Known>().cloned() else { return Ok(()) };
    let Some(route) = req.match_pattern() else { return Ok(()) };
    let Some(note) = note_of(response, &actor, req.method(), &route) else { return Ok(()) };
    let Some(app) = req.app_data::<web::Data<App>>().map(|data| data.clone().into_inner()) else { return Ok(()) };
    let ids = req.match_info().iter().map(|(name, value)| (name.to_string(), id_text(value))).collect();
    let page = page_of(&route, req.query_string());
    let asked = Asked { method: req.method().to_string(), route, ids, page };
    match note {
        Note::Disclosed(what) => {
            let (asker, again) = (actor.clone(), asked.clone());
            if app.read(move |tx| watch::is_disclosure_due(tx, &asker, what, &again)).await? {
                app.write(move |tx| watch::note_disclosure(tx, &actor, what, &asked)).await?;
            }
            Ok(())
        }
        Note::Refused(code) => {
            let asker = actor.clone();
            // Whoever knocks at every door costs a read each time, and no more.
            let due = app.read(move |tx| watch::is_refusal_due(tx, &asker)).await;
            let kept = match due {
                Ok(true) => app.write(move |tx| watch::note_refusal(tx, &actor, code, &asked)).await,
                other => other.map(drop),
            };
            // It stays a refusal.
            if let Err(error) = kept {
                log(&error);
                tracing::warn!(code, "a refusal could not be recorded");
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::page::{LAST_PAGE, MOST_ROWS};
    use crate::domain::actor::Held;
    use crate::domain::ids::{AccountId, OrganisationId};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn c_61_what_somebody_typed_into_an_address_is_not_recorded(text in any::<String>()) {
            let kept = id_text(&text);
            prop_assert!(kept.is_empty() || kept == text);
            prop_assert!(kept.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
        }

        #[test]
        fn c_61_of_a_query_two_numbers_are_recorded_and_no_word(query in any::<String>()) {
            prop_assert_eq!(page_of("/accounts/{id}", &query), None);
            for route in PAGED {
                let page = page_of(route, &query).expect("a page");
                prop_assert!((1..=LAST_PAGE).contains(&page.number()) && (1..=MOST_ROWS).contains(&page.limit()));
            }
        }
    }

    #[test]
    fn c_61_a_page_is_the_one_that_the_list_shows() {
        let page = |route: &str, query: &str| page_of(route, query).map(|page| (page.number(), page.limit()));
        for route in ["/reviews/{call}", "/api/v1/reviews/{call}/applications"] {
            assert_eq!(page(route, ""), Some((1, 50)), "{route}");
            assert_eq!(page(route, "q=%E5%BC%A0&page=3"), Some((3, 50)), "{route}");
            assert_eq!(page(route, "page=0"), Some((1, 50)), "{route}");
            assert_eq!(page(route, "page=three"), Some((1, 50)), "{route}");
        }
        assert_eq!(page("/api/v1/reviews/{call}/applications", "page=2&per_page=9"), Some((2, 9)));
        assert_eq!(page("/reviews/{call}", "page=2&per_page=9"), Some((2, 50)), "a page has rows of its own");
    }

    #[test]
    fn c_61_an_office_beside_a_vendors_role_is_watched_all_the_same() {
        let own = OrganisationId::from_text("00000000-0000-7000-8000-000000000001");
        assert!(own.is_some());
        let vendor = Held { role: Role::VendorAdmin, organisation: own, bureau: None, expert: None };
        let office = |role| Held { role, organisation: None, bureau: None, expert: None };
        let watched = |held: Vec<Held>| {
            let account = AccountId::from_text("00000000-0000-7000-8000-000000000002");
            let actor = Actor { account, name: String::new(), language: String::new(), held };
            note_of(&HttpResponse::Ok().finish(), &actor, &Method::GET, "/documents/{id}").is_some()
        };
        assert!(!watched(vec![vendor.clone()]), "an applicant's own");
        assert!(watched(Vec::new()) && watched(vec![office(Role::Handler)]));
        // Roles that one person may hold together.
        for role in [Role::Expert, Role::SystemAdmin, Role::SecurityAdmin] {
            assert!(
                watched(vec![vendor.clone(), office(role)]) && watched(vec![office(role), vendor.clone()]),
                "{role}"
            );
        }
    }

    #[test]
    fn c_61_whoever_is_shown_a_file_without_its_persons_is_not_recorded() {
        let watched = |role, path: &str| {
            let account = AccountId::from_text("00000000-0000-7000-8000-000000000002");
            let held = vec![Held { role, organisation: None, bureau: None, expert: None }];
            let actor = Actor { account, name: String::new(), language: String::new(), held };
            note_of(&HttpResponse::Ok().finish(), &actor, &Method::GET, path).is_some()
        };
        for path in ["/applications/{id}", "/api/v1/applications/{id}"] {
            for role in [Role::Handler, Role::Approver, Role::Auditor, Role::CityOfficer] {
                assert!(watched(role, path), "{role} {path}");
            }
            for role in [Role::Expert, Role::Evaluator] {
                assert!(!watched(role, path), "{role} {path}");
            }
        }
        assert!(watched(Role::Expert, "/documents/{id}"), "documents are not cut");
        assert!(watched(Role::Handler, "/calls/{id}") && !watched(Role::CityOfficer, "/calls/{id}"));
    }

    #[test]
    fn c_61_every_disclosing_address_is_in_the_table_of_routes() {
        for route in PAGED {
            assert!(DISCLOSING.iter().any(|(_, pattern, _)| pattern == route), "{route} names nobody");
        }
        let pages = crate::web::routes();
        for (method, pattern, _) in DISCLOSING.iter().filter(|(_, pattern, _)| !pattern.starts_with("/api/v1")) {
            let known = pages.iter().any(|route| route.method.as_str() == *method && route.path == *pattern);
            assert!(known, "{method} {pattern} is no page");
        }
    }
}
