//! What went wrong, on its way to a person.

use super::{Known, Page, bound, navigation, see_other, sentence};
use crate::app::ANSWER_PATH;
use crate::domain::form::Problem;
use crate::error::Error;
use crate::web::access::{SubmissionFailure, is_demonstration, token_of_forms};
use crate::web::{language, watched};
use crate::words::{DEFAULT_LANGUAGE, Words};
use actix_web::http::header::{CACHE_CONTROL, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use askama::Template;

/// An [`Error`] on its way to a person.
#[derive(Debug)]
pub struct Failure {
    /// Why.
    pub error: Error,
    /// In which language to say so.
    pub language: String,
    /// Where its reader can go on, if that is known.
    pub way: Option<Box<Way>>,
}

/// Where the reader of a failure can go on.
#[derive(Debug, Clone)]
pub struct Way {
    /// Where it leads.
    pub href: String,
    /// Its words, in the reader's language.
    pub label: String,
    /// What is good to know before, in the reader's language; empty for nothing.
    pub note: String,
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure { error: error.into(), language: DEFAULT_LANGUAGE.into(), way: None }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

#[derive(Template)]
#[template(path = "failure.html", config = "src/views/askama.toml")]
struct FailurePage {
    page: Page,
    sentence: String,
    /// What is wrong, one by one: what it is called, where that is known, and the sentence.
    wrong: Vec<(String, String)>,
    /// The number of the request, for one that the service failed at, refused, or did not find; else empty.
    number: String,
    way: Option<Box<Way>>,
}

impl Failure {
    /// The failure of a sent form or of any other request, if the answer is the page of one.
    pub fn of_answer<B>(answer: &HttpResponse<B>) -> Option<&Failure> {
        let error = answer.error()?;
        error.as_error::<Failure>().or_else(|| error.as_error::<SubmissionFailure>()?.plain())
    }

    /// The same in the language of whoever made the request.
    pub fn answering(self, request: &HttpRequest) -> Failure {
        Failure { language: language::of(request).as_text().into(), ..self }
    }

    /// The same with where its reader can go on.
    pub fn leading_to(self, way: Way) -> Failure {
        Failure { way: Some(Box::new(way)), ..self }
    }

    /// The page that says so to whoever made the request, in their frame and with the switch of languages; `number` as
    /// for [`Failure::page`].
    pub fn page_for(&self, request: &HttpRequest, number: &str) -> String {
        let mut page = self.frame(language::of(request).as_text()).with_token(&token_of_forms(request));
        let known = request.extensions().get::<Known>().cloned();
        page.here = match request.path() {
            // What a provider sends people back with is good once, and is said by no page.
            ANSWER_PATH if known.is_some() => "/account".to_string(),
            ANSWER_PATH => "/session/new".to_string(),
            _ => language::here(request),
        };
        page.demonstration = is_demonstration(request);
        if let Some(Known { user, actor }) = known {
            page.nav = navigation(&actor, request.path(), &page.language);
            page.user = Some(user);
            page.actor = actor;
        }
        // What was sent is still in the form one page back; whoever only reads has filled in nothing.
        let has_sent = !matches!(*request.method(), Method::GET | Method::HEAD);
        self.rendered(page, number, has_sent)
    }

    /// The page that says so; `number` is what the log calls the request, where its reader should name it.
    pub fn page(&self, number: &str) -> String {
        self.rendered(self.frame(&self.language), number, false)
    }

    fn frame(&self, language: &str) -> Page {
        Page::bare(language, if matches!(self.error, Error::NotFound) { "failure-not-found" } else { "failure-title" })
    }

    fn rendered(&self, page: Page, number: &str, has_sent: bool) -> String {
        let sentence = match &self.error {
            Error::Busy(_) if !has_sent => page.t("failure-busy"),
            error => sentence(error, page.lang()),
        };
        let wrong = match &self.error {
            Error::Invalid(problems) => problems.iter().map(|p| (called(&page, p), page.problem_text(p))).collect(),
            _ => Vec::new(),
        };
        let page = page.telling(&self.error);
        let page = FailurePage { page, sentence, wrong, number: number.into(), way: self.way.clone() };
        bound(&page.render().unwrap_or_default())
    }
}

/// What people call that which a problem is about, where it is asked for in an address; else nothing.
fn called(page: &Page, problem: &Problem) -> String {
    match problem.path.as_str() {
        "actor" => page.t("event-actor-id"),
        "on" => page.t("certificate-day"),
        "q" => page.t("pool-search"),
        "category" => page.t("providers-category"),
        "city" => page.t("providers-city"),
        "cluster" => page.t("pool-cluster"),
        "field" => page.t("pool-field"),
        "year" => page.t("pool-year"),
        "standing" => page.t("pool-standing"),
        _ => String::new(),
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        self.error.status()
    }

    fn error_response(&self) -> HttpResponse {
        log(&self.error);
        if matches!(self.error, Error::Unauthenticated) {
            return see_other("/session/new", "please-sign-in");
        }
        if let Some(to) = pays_at(&self.error) {
            return see_other(to, "");
        }
        let body = self.page("");
        let mut response = HttpResponse::build(self.error.status());
        if let Some(seconds) = self.error.retry_after() {
            response.insert_header((RETRY_AFTER, seconds));
        }
        let content = response.content_type("text/html; charset=utf-8").insert_header((CACHE_CONTROL, "no-store"));
        let mut answer = content.body(body);
        watched::mark(&mut answer, &self.error);
        answer
    }
}

/// Where whoever owes a code of the second factor gives it.
fn pays_at(error: &Error) -> Option<&str> {
    match error {
        Error::Refused(refusal) if matches!(refusal.code, "sign_in_unfinished" | "second_factor_stale") => {
            refusal.args.get("to").map(String::as_str)
        }
        _ => None,
    }
}

/// Logs what only the log may say.
pub fn log(error: &Error) {
    match error {
        Error::Internal(source) => tracing::error!(error = format!("{source:#}"), "request failed"),
        Error::Busy(why) => tracing::warn!(why, "request refused: busy"),
        _ => {}
    }
}

/// What went wrong, for the page's script.
pub fn told(error: &Error, language: &str) -> serde_json::Value {
    let problems: Vec<_> = match error {
        Error::Invalid(problems) => {
            problems.iter().map(|p| serde_json::json!({ "path": p.path, "text": Words.problem(language, p) })).collect()
        }
        other => vec![serde_json::json!({ "path": "", "text": sentence(other, language) })],
    };
    let mut answer = serde_json::json!({ "problems": problems });
    if let Some(meanwhile) = error.meanwhile() {
        let page = Page::bare(language, "failure-title").telling(error);
        let lines = page.meanwhile().map(|view| view.lines(&page)).unwrap_or_default();
        answer["meanwhile"] = serde_json::json!({
            "current_version": meanwhile.version,
            "changes": meanwhile.changes,
            "differences": meanwhile.differences.iter().map(|one| &one.difference).collect::<Vec<_>>(),
            "lines": lines,
        });
    }
    answer
}

/// Whether a failed form should be shown again: the person can do something about it.
pub fn can_be_mended(error: &Error) -> bool {
    use Error as E;
    matches!(error, E::Refused(_) | E::Invalid(_) | E::Stale | E::Busy(_) | E::Malformed(_) | E::TooSlow(_))
}
