//! What every page has: the frame's words, the person, the navigation; and how a page or a failure is answered.

mod failure;
mod figures;
mod meanwhile;
mod navigation;
mod problems;

use super::access::Visit;
use super::language;
use super::specification::{Markup, markup};
use crate::domain::actor::Actor;
use crate::domain::calendar;
use crate::domain::form::Problem;
use crate::domain::language::{Language, Punctuation};
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::words::Words;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, LOCATION, RETRY_AFTER};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

pub use failure::{Failure, Way, can_be_mended, log, told};
pub use figures::bound;
pub use meanwhile::MeanwhileView;
use navigation::navigation;
pub use problems::Labels;

/// The person of the page.
#[derive(Debug, Clone)]
pub struct UserMenu {
    /// Their name.
    pub name: String,
    /// Their first role, in words.
    pub role_label: String,
    /// How many of their messages they have not read.
    pub unread: i64,
}

/// One entry of the navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// Its words.
    pub label: String,
    /// Whether it is this page's.
    pub current: bool,
}

/// The same page in one of the languages.
#[derive(Debug, Clone)]
pub struct Version {
    /// The language's tag.
    pub tag: &'static str,
    /// What the language calls itself.
    pub name: &'static str,
    /// Whether the page is in it.
    pub current: bool,
    /// Its own address, for search engines.
    pub href: String,
}

/// A message about what was just done, or why it was not.
#[derive(Debug, Clone)]
pub struct Flash {
    /// `good`, `bad`, `attention`.
    pub tone: &'static str,
    /// The sentence.
    pub text: String,
}

/// Whom the page of a failure is made for, noted on the request once it is known.
#[derive(Debug, Clone)]
struct Known {
    user: UserMenu,
    actor: Actor,
}

/// Notes on a request who made it, so that the page of its failure has their frame: whoever has signed in is not shown as
/// if they had not.
pub(super) fn know(request: &HttpRequest, visit: &Visit) {
    if let Some(user) = menu_of(visit) {
        request.extensions_mut().insert(Known { user, actor: visit.actor.clone() });
    }
}

/// Whether it is noted on a request who made it.
pub(super) fn knows(request: &HttpRequest) -> bool {
    request.extensions().contains::<Known>()
}

/// The person of a visit, if they signed in.
fn menu_of(visit: &Visit) -> Option<UserMenu> {
    let (words, language) = (Words, visit.actor.language.as_str());
    let role = visit.actor.held.first().map(|held| held.role);
    visit.session.as_ref().map(|_| UserMenu {
        name: visit.actor.name.clone(),
        role_label: role
            .map_or_else(|| words.say(language, "role-none"), |role| words.say(language, &format!("role-{role}"))),
        unread: visit.unread,
    })
}

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Page {
    language: String,
    title: String,
    canonical: String,
    here: String,
    user: Option<UserMenu>,
    nav: Vec<NavItem>,
    flash: Option<Flash>,
    csrf: String,
    words: Words,
    actor: Actor,
    now: NaiveDateTime,
    problems: Vec<Problem>,
    labels: Labels,
    typed: BTreeMap<String, String>,
    refused: bool,
    late: meanwhile::Late,
    shown: meanwhile::Shown,
    demonstration: bool,
}

impl Page {
    /// The frame of a page for this visit; the title is in the page's language already.
    pub fn new(visit: &Visit, title: impl Into<String>) -> Page {
        let words = Words;
        let language = visit.actor.language.clone();
        Page {
            title: title.into(),
            canonical: format!("{}{}", visit.app.env.base_url, visit.path),
            here: visit.here.clone(),
            user: menu_of(visit),
            nav: navigation(&visit.actor, &visit.path, &language),
            flash: visit.flash.clone(),
            csrf: visit.csrf.clone(),
            words,
            actor: visit.actor.clone(),
            now: visit.now,
            problems: Vec::new(),
            labels: &[],
            typed: BTreeMap::new(),
            refused: false,
            late: meanwhile::Late::default(),
            shown: meanwhile::Shown::default(),
            demonstration: visit.app.config.server.demonstration,
            language,
        }
    }

    /// The frame of a page whose title is the words of a key.
    pub fn titled(visit: &Visit, key: &str) -> Page {
        Page::new(visit, Words.say(&visit.actor.language, key))
    }

    /// A frame for a failure before anything is known of the visitor.
    pub fn bare(language: &str, title_key: &str) -> Page {
        Page {
            title: Words.say(language, title_key),
            canonical: String::new(),
            here: String::new(),
            user: None,
            nav: navigation(&Actor::public(language), "", language),
            language: language.into(),
            flash: None,
            csrf: String::new(),
            words: Words,
            actor: Actor::public(language),
            now: NaiveDateTime::default(),
            problems: Vec::new(),
            labels: &[],
            typed: BTreeMap::new(),
            refused: false,
            late: meanwhile::Late::default(),
            shown: meanwhile::Shown::default(),
            demonstration: false,
        }
    }

    /// The same page after a form was not accepted: says why, and keeps what was typed.
    pub fn after(mut self, error: &Error, typed: &[(String, String)]) -> Page {
        self.flash = Some(Flash { tone: "bad", text: sentence(error, &self.language) });
        if let Error::Invalid(problems) = error {
            self.problems = problems.clone();
        }
        self.typed = typed.iter().cloned().collect();
        self.refused = true;
        self.telling(error)
    }

    /// The same page with what was typed before, to be changed.
    pub fn with_typed(mut self, typed: &[(String, String)]) -> Page {
        self.typed = typed.iter().cloned().collect();
        self
    }

    /// The same page as one of several: its own address says which.
    pub fn numbered(mut self, number: i64) -> Page {
        if number > 1 {
            self.canonical.push_str(&format!("?page={number}"));
        }
        self
    }

    /// The same page under the one address of what it shows, however it was asked for: it may be shown to others as
    /// well.
    pub fn at_address(mut self, address: &str) -> Page {
        self.here = address.into();
        self
    }

    /// The same page of what is shown this once: no switch of languages leads away from it.
    pub fn shown_once(mut self) -> Page {
        self.here.clear();
        self
    }

    /// The same page with forms for another session than the visit's.
    pub fn with_token(mut self, token: &str) -> Page {
        self.csrf = token.into();
        self
    }

    /// The same page of a service of which it is known whether it is a demonstration.
    pub fn of_demonstration(mut self, demonstration: bool) -> Page {
        self.demonstration = demonstration;
        self
    }

    /// Whether what the page shows is made up.
    pub fn is_demonstration(&self) -> bool {
        self.demonstration
    }

    /// The language tag.
    pub fn lang(&self) -> &str {
        &self.language
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The one address of the page in its language, for search engines; empty for a failure, which has none.
    pub fn canonical(&self) -> String {
        if self.canonical.is_empty() { String::new() } else { language::address_in(self.speaks(), &self.canonical) }
    }

    /// The address of the page that asks the reader for the language; empty for a failure, which has none.
    pub fn in_any_language(&self) -> &str {
        &self.canonical
    }

    /// The page in every language, with where each version is.
    pub fn versions(&self) -> Vec<Version> {
        let version = |language: &Language| Version {
            tag: language.as_text(),
            name: language.own_name(),
            current: *language == self.speaks(),
            href: language::address_in(*language, &self.canonical),
        };
        Language::ALL.iter().map(version).collect()
    }

    /// Where the switch of languages leads back to; empty on a page that holds on to a form which was sent too late, or shows what
    /// is never shown again.
    pub fn here(&self) -> &str {
        &self.here
    }

    /// The language.
    pub fn speaks(&self) -> Language {
        Language::of_tag(&self.language)
    }

    /// How the language sets what is put together from parts.
    pub fn marks(&self) -> Punctuation {
        self.speaks().punctuation()
    }

    /// The parts as a list.
    pub fn list<T: AsRef<str>>(&self, parts: &[T]) -> String {
        self.speaks().list(parts)
    }

    /// A text with an addition in brackets.
    pub fn with_addition(&self, text: &str, addition: &str) -> String {
        self.speaks().with_addition(text, addition)
    }

    /// A date, as the language writes it.
    pub fn day(&self, day: &NaiveDate) -> String {
        self.dated(&calendar::local_date_text(*day))
    }

    /// Whether the page is written in the language of official texts.
    pub fn is_official(&self) -> bool {
        self.speaks() == Language::default()
    }

    /// A text that may be a date of the calendar, as the language writes it.
    pub fn dated(&self, text: &str) -> String {
        self.speaks().dated(text).into_owned()
    }

    /// A number with its thousands set apart where the language does that.
    pub fn figure(&self, number: impl ToString) -> String {
        self.speaks().grouped(&number.to_string()).into_owned()
    }

    /// The words of a key.
    pub fn t(&self, key: &str) -> String {
        self.words.say(&self.language, key)
    }

    /// The words of a key made of a fixed part and a code: `state-` and `draft`.
    pub fn t_of(&self, prefix: &str, code: impl ToString) -> String {
        self.words.say(&self.language, &format!("{prefix}-{}", code.to_string()))
    }

    /// The words of a key that name one thing.
    pub fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.words.say_with(&self.language, key, [(name, value.to_string())])
    }

    /// The words of a key that name two things.
    pub fn t2(&self, key: &str, a: &str, x: impl ToString, b: &str, y: impl ToString) -> String {
        self.words.say_with(&self.language, key, [(a, x.to_string()), (b, y.to_string())])
    }

    /// How long it is until a deadline, by the days left as [`calendar::days_left`] counts them.
    pub fn days_left(&self, days: i64) -> String {
        if days > 1 { self.t1("deadline-days-left", "days", days) } else { self.t("deadline-today") }
    }

    /// A specification of ours, written in Markdown, as HTML; in its own language.
    pub fn specification(&self, text: &str) -> Markup {
        markup(text, &self.t("method-table"))
    }

    /// An instant on the wall clock of Guangdong.
    pub fn at(&self, instant: &NaiveDateTime) -> String {
        self.dated(&calendar::local_datetime_text(*instant))
    }

    /// A deadline: midnight is said as the end of the day before, everywhere.
    pub fn until(&self, instant: &NaiveDateTime) -> String {
        self.dated(&calendar::local_deadline_text(*instant))
    }

    /// An instant that may not be there yet.
    pub fn at_or_dash(&self, instant: &Option<NaiveDateTime>) -> String {
        instant.as_ref().map_or_else(|| "—".into(), |instant| self.at(instant))
    }

    /// The instant of the request.
    pub fn now(&self) -> NaiveDateTime {
        self.now
    }

    /// Address of a style sheet or script, changing with its content.
    pub fn asset(&self, name: &str) -> String {
        super::assets::address(name)
    }

    /// The person.
    pub fn user(&self) -> Option<&UserMenu> {
        self.user.as_ref()
    }

    /// The person and their roles.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The navigation.
    pub fn nav(&self) -> &[NavItem] {
        &self.nav
    }

    /// The message.
    pub fn flash(&self) -> Option<&Flash> {
        self.flash.as_ref()
    }

    /// The token that every form carries.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// What the form that was not accepted held in this field, or else what is stored.
    pub fn typed(&self, name: &str, stored: impl ToString) -> String {
        match self.typed.get(name) {
            Some(typed) => {
                self.shown.note(name);
                typed.clone()
            }
            None => stored.to_string(),
        }
    }

    /// Whether a form just sent was not accepted: what its fields show is kept nowhere.
    pub fn was_refused(&self) -> bool {
        self.refused
    }

    /// Whether a form just sent was not accepted, and what somebody typed or chose in it is kept nowhere: the switch of languages,
    /// which opens the page anew, asks first.
    pub fn holds_typed(&self) -> bool {
        const OF_THE_PAGE: &[&str] = &["csrf", "from", "page", "to", "version"];
        let is_typed =
            |(name, value): (&String, &String)| !value.trim().is_empty() && !OF_THE_PAGE.contains(&name.as_str());
        self.refused && self.typed.iter().any(is_typed)
    }

    /// Whether the form that was not accepted is the one whose address ends like this, or names this id.
    pub fn refused_at(&self, part: impl ToString) -> bool {
        let part = part.to_string();
        self.refused && (self.canonical.ends_with(&part) || self.canonical.contains(&format!("/{part}/")))
    }
}

/// How pressing a deadline is with so many days left: the last three deserve a look.
pub fn tone_of_days(days: i64) -> &'static str {
    match days {
        ..=0 => "bad",
        1..=3 => "attention",
        _ => "waiting",
    }
}

/// The sentence that tells a person why not, in their language.
pub fn sentence(error: &Error, language: &str) -> String {
    match error {
        Error::Refused(refusal) => Words.refusal(language, refusal),
        other => Words.refusal(language, &Refusal::conflict(other.code())),
    }
}

/// Answers with a page.
pub fn html(status: StatusCode, template: &impl Template) -> Result<HttpResponse, Failure> {
    let body = template.render().map_err(|e| Failure::from(Error::Internal(e.into())))?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bound(&body)))
}

/// Answers with the page of a form that was not accepted: its status, and when to try again.
pub fn refused(error: &Error, template: &impl Template) -> Result<HttpResponse, Failure> {
    let mut response = html(error.status(), template)?;
    super::watched::mark(&mut response, error);
    if let Some(seconds) = error.retry_after().and_then(|seconds| HeaderValue::from_str(seconds).ok()) {
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    Ok(response)
}

/// Answers with a page, 200.
pub fn ok(template: &impl Template) -> Result<HttpResponse, Failure> {
    html(StatusCode::OK, template)
}

/// Sends the browser on after a form was accepted, so that a refresh does not send it twice; `done` is the key of the
/// message that the next page shows.
pub fn see_other(to: impl AsRef<str>, done: &str) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, to.as_ref()));
    if !done.is_empty() {
        response.cookie(super::access::flash_cookie(done));
    }
    response.finish()
}
