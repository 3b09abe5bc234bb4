//! One operation of the API: address, who may call it, the shapes of what goes in and out, and what it does.

use super::bearer::Caller;
use super::brought::Taken;
use super::problem::Failed;
use super::upload_once;
use crate::actions::Tx;
use crate::actions::idempotency::{self, Answer, Owner};
use crate::db::page::{LAST_PAGE, MOST_ROWS};
use crate::domain::actor::Actor;
use crate::domain::form::Problem;
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::storage::FileType;
use crate::web::network::must_be_sent_from_here;
use crate::web::nul;
use crate::web::prepared::{is_short, tagged};
use crate::web::routes::{Access, answering};
use crate::web::step_up::asks_for_a_code;
use actix_web::http::header::ETAG;
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{RefOr, path::Parameter};
use utoipa::{IntoParams, ToSchema};

/// Bytes that a JSON body may have.
const BODY_LIMIT: usize = 4 << 20;

/// No input.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What was asked: the ids in the address and the input.
pub struct Asked<I> {
    path: Vec<(String, String)>,
    /// Where it comes from.
    pub network: String,
    /// The query of a read, the body of a change.
    pub input: I,
}

impl<I> Asked<I> {
    /// A text of the address.
    pub fn text(&self, name: &str) -> &str {
        self.path.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// An id of the address; what is no id is not found.
    pub fn id<T>(&self, from_text: fn(&str) -> Option<T>, name: &str) -> Result<T, Error> {
        from_text(self.text(name)).ok_or(Error::NotFound)
    }
}

/// A named schema of the document.
pub type Named = (String, RefOr<Schema>);

/// Shapes for the document.
#[derive(Clone, Default)]
pub struct Shapes {
    /// Query parameters.
    pub query: Vec<Parameter>,
    /// The JSON body: name, schema, and the schemas it rests on.
    pub body: Option<(Named, Vec<Named>)>,
    /// What comes back.
    pub answer: Option<(Named, Vec<Named>)>,
    /// Content type of a body that is not JSON.
    pub body_type: Option<&'static str>,
    /// Content types of an answer that is not JSON.
    pub answer_types: Vec<&'static str>,
}

type Answered = LocalBoxFuture<'static, Result<HttpResponse, Failed>>;

/// One operation.
pub struct Operation {
    /// Its method.
    pub method: Method,
    /// Its address under `/api/v1`.
    pub path: &'static str,
    /// Its stable name.
    pub id: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// Who may call it.
    pub access: Access,
    /// The status of success.
    pub status: StatusCode,
    /// Shapes for the document.
    pub shapes: Shapes,
    /// Whether an `Idempotency-Key` is heeded.
    pub once: bool,
    /// Whether a token that comes along is left unread, good or not.
    pub tokenless: bool,
    /// Whether the answer is kept by nobody though anybody may ask: a public read otherwise has a tag, so that whoever
    /// calls without a token is told that it is as it was, and is sent compressed to whoever takes that.
    pub unkept: bool,
    run: Box<dyn Fn(HttpRequest, web::Payload, Caller) -> Answered>,
}

fn shape<T: ToSchema>() -> (Named, Vec<Named>) {
    let mut others = Vec::new();
    T::schemas(&mut others);
    ((T::name().into_owned(), T::schema()), others)
}

fn path_of(req: &HttpRequest) -> Vec<(String, String)> {
    req.match_info().iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

/// An operation that reads.
pub fn read<I, O>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    work: fn(&mut Tx<'_>, &Actor, &Asked<I>) -> Result<O, Error>,
) -> Operation
where
    I: DeserializeOwned + IntoParams + Send + 'static,
    O: Serialize + ToSchema + Send + 'static,
{
    reading(Method::GET, path, id, summary, access, Shapes::query::<I, O>(), work)
}

/// An operation that reads what a body asks for: words that may name a person stand in no address. It changes nothing, so it
/// is carried out each time and no key is heeded.
pub fn search<I, O>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    work: fn(&mut Tx<'_>, &Actor, &Asked<I>) -> Result<O, Error>,
) -> Operation
where
    I: DeserializeOwned + ToSchema + Send + 'static,
    O: Serialize + ToSchema + Send + 'static,
{
    reading(Method::POST, path, id, summary, access, Shapes::json::<I, O>(), work)
}

/// What it reads is asked for by its body where it has one, and by its query otherwise.
fn reading<I, O>(
    method: Method,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    shapes: Shapes,
    work: fn(&mut Tx<'_>, &Actor, &Asked<I>) -> Result<O, Error>,
) -> Operation
where
    I: DeserializeOwned + Send + 'static,
    O: Serialize + ToSchema + Send + 'static,
{
    let has_body = shapes.body.is_some();
    let run = move |req: HttpRequest, payload: web::Payload, caller: Caller| {
        let payload = has_body.then_some(payload);
        async move {
            let (input, caller): (I, Caller) = match payload {
                Some(payload) => {
                    let (body, caller) = body_of(&req, payload, caller, access).await?;
                    (search_of(or_empty(&body))?, caller)
                }
                None => (query_of(&req)?, caller),
            };
            let asked = Asked { path: path_of(&req), network: caller.network, input };
            let actor = caller.actor;
            let answer = caller.app.read(move |tx| work(tx, &actor, &asked)).await?;
            Ok::<_, Failed>(HttpResponse::Ok().json(answer))
        }
    };
    special(method, StatusCode::OK, path, id, summary, access, shapes, run)
}

#[allow(clippy::too_many_arguments)]
fn changing<I, O>(
    keep_answer: bool,
    method: Method,
    status: StatusCode,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    work: fn(&mut Tx<'_>, &Actor, &Asked<I>) -> Result<O, Error>,
) -> Operation
where
    I: DeserializeOwned + ToSchema + Send + 'static,
    O: Serialize + ToSchema + Send + 'static,
{
    let run = move |req: HttpRequest, payload: web::Payload, caller: Caller| async move {
        let (body, caller) = body_of(&req, payload, caller, access).await?;
        let input: I = parse(or_empty(&body))?;
        let key = idempotency_key(&req)?;
        let request = idempotency::fingerprint(req.method().as_str(), req.path(), &body);
        let asked = Asked { path: path_of(&req), network: caller.network, input };
        let actor = caller.actor;
        let answer = caller
            .app
            .write(move |tx| {
                let owner = Owner::of(actor.account, &request);
                let key = key.as_deref().filter(|_| keep_answer);
                idempotency::once(tx, &owner, key, &request, |tx| {
                    let answer = work(tx, &actor, &asked)?;
                    let body = serde_json::to_string(&answer).map_err(anyhow::Error::from)?;
                    Ok(Answer { status: status.as_u16(), body })
                })
            })
            .await?;
        Ok::<_, Failed>(upload_once::answer(answer))
    };
    Operation { once: keep_answer, ..special(method, status, path, id, summary, access, Shapes::json::<I, O>(), run) }
}

/// An operation that changes what is there.
pub fn change<I, O>(
    method: Method,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    work: fn(&mut Tx<'_>, &Actor, &Asked<I>) -> Result<O, Error>,
) -> Operation
where
    I: DeserializeOwned + ToSchema + Send + 'static,
    O: Serialize + ToSchema + Send + 'static,
{
    changing(true, method, StatusCode::OK, path, id, summary, access, work)
}

/// An operation whose answer must not be kept anywhere: it is carried out, and recorded, each time.
pub fn confidential<I, O>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    work: fn(&mut Tx<'_>, &Actor, &Asked<I>) -> Result<O, Error>,
) -> Operation
where
    I: DeserializeOwned + ToSchema + Send + 'static,
    O: Serialize + ToSchema + Send + 'static,
{
    changing(false, Method::POST, StatusCode::OK, path, id, summary, access, work)
}

/// An operation that makes something new: `POST`, answered with 201.
pub fn create<I, O>(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    work: fn(&mut Tx<'_>, &Actor, &Asked<I>) -> Result<O, Error>,
) -> Operation
where
    I: DeserializeOwned + ToSchema + Send + 'static,
    O: Serialize + ToSchema + Send + 'static,
{
    changing(true, Method::POST, StatusCode::CREATED, path, id, summary, access, work)
}

/// An operation with bytes instead of JSON on one side, or work outside the database (hashing a password).
#[allow(clippy::too_many_arguments)]
pub fn special<F, R>(
    method: Method,
    status: StatusCode,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    shapes: Shapes,
    run: F,
) -> Operation
where
    F: Fn(HttpRequest, web::Payload, Caller) -> R + 'static,
    R: Future<Output = Result<HttpResponse, Failed>> + 'static,
{
    Operation {
        method,
        path,
        id,
        summary,
        access,
        status,
        shapes,
        once: false,
        tokenless: false,
        unkept: false,
        run: Box::new(move |req, payload, caller| Box::pin(run(req, payload, caller))),
    }
}

impl Operation {
    /// The same operation, which heeds an `Idempotency-Key`.
    pub fn once(self) -> Operation {
        Operation { once: true, ..self }
    }

    /// The same operation, to which whoever calls is the public: how one comes by a token must not rest on an old one.
    pub fn tokenless(self) -> Operation {
        Operation { tokenless: true, ..self }
    }

    /// The same operation, whose answer nobody may keep: it is about one thing, for whoever knows its number.
    pub fn unkept(self) -> Operation {
        Operation { unkept: true, ..self }
    }
}

/// The key that a caller gave to a request which must be carried out once.
///
/// # Errors
/// It is no ASCII text.
pub fn idempotency_key(req: &HttpRequest) -> Result<Option<String>, Error> {
    let key = req.headers().get("idempotency-key").map(|value| value.to_str().map(str::to_string)).transpose();
    key.map_err(|_| Error::Malformed("Idempotency-Key: ASCII only".into()))
}

impl Shapes {
    /// JSON in, JSON out.
    pub fn json<I: ToSchema, O: ToSchema>() -> Shapes {
        Shapes { body: Some(shape::<I>()), answer: Some(shape::<O>()), ..Shapes::default() }
    }

    /// A query in, JSON out.
    pub fn query<I: IntoParams, O: ToSchema>() -> Shapes {
        let query = I::into_params(|| Some(utoipa::openapi::path::ParameterIn::Query));
        Shapes { query, answer: Some(shape::<O>()), ..Shapes::default() }
    }

    /// Bytes and a query that says what they are in, JSON out.
    pub fn upload<Q: IntoParams, O: ToSchema>() -> Shapes {
        Shapes { body_type: Some("application/octet-stream"), ..Shapes::query::<Q, O>() }
    }

    /// Bytes out.
    pub fn download(content_type: &'static str) -> Shapes {
        Shapes { answer_types: vec![content_type], ..Shapes::default() }
    }

    /// A file of one of these types out, as it was brought in.
    pub fn file(types: &[FileType]) -> Shapes {
        Shapes { answer_types: types.iter().map(|kind| kind.media_type()).collect(), ..Shapes::default() }
    }
}

/// The query as a type; the error names the parameter.
///
/// # Errors
/// What cannot be read; a page or a number of rows that no list has.
pub fn query_of<T: DeserializeOwned>(req: &HttpRequest) -> Result<T, Error> {
    let pairs = serde_html_form::Deserializer::from_bytes(req.query_string().as_bytes());
    let read = serde_path_to_error::deserialize(pairs);
    let value = read.map_err(|e| Error::Malformed(format!("query: {}: {}", e.path(), e.inner())))?;
    let pairs = pairs_of(req)?;
    must_be_on_pages(|name| pairs.iter().find(|(known, _)| known == name).and_then(|(_, number)| number.parse().ok()))?;
    Ok(value)
}

/// The query as names and values.
pub(super) fn pairs_of(req: &HttpRequest) -> Result<Vec<(String, String)>, Error> {
    serde_html_form::from_str(req.query_string()).map_err(|e| Error::Malformed(format!("query: {e}")))
}

/// The body of a search as a type; the error names the field.
///
/// # Errors
/// What cannot be read; a page or a number of rows that no list has.
fn search_of<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let value = parse(body)?;
    let numbers: serde_json::Value = parse(body)?;
    must_be_on_pages(|name| numbers[name].as_i64())?;
    Ok(value)
}

/// Whoever asks for more rows than there are on a page would take the first of them for all.
fn must_be_on_pages(asked: impl Fn(&str) -> Option<i64>) -> Result<(), Error> {
    let mut problems = Vec::new();
    for (name, limit) in [("page", LAST_PAGE), ("per_page", MOST_ROWS)] {
        if asked(name).is_some_and(|number| !(1..=limit).contains(&number)) {
            problems.push(Problem::new(name, "outside_of_pages").with("limit", limit));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// A JSON body as a type; the error names the field.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    nul::must_not_be_in_json(body)?;
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut reader);
    let value = read.map_err(|e| Error::Malformed(format!("{}: {}", e.path(), e.inner())))?;
    reader.end().map_err(|e| Error::Malformed(e.to_string()))?;
    Ok(value)
}

/// The body, bounded.
pub async fn read_body(mut payload: web::Payload) -> Result<web::Bytes, Failed> {
    let mut body = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk?;
        if body.len() + chunk.len() > BODY_LIMIT {
            return Err(Error::Malformed(format!("the body may have {BODY_LIMIT} bytes")).into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The body, and who calls as of its end: it may have taken long.
async fn body_of(
    req: &HttpRequest,
    payload: web::Payload,
    caller: Caller,
    access: Access,
) -> Result<(web::Bytes, Caller), Failed> {
    let body = read_body(payload).await?;
    let caller = if caller.session.is_some() { Caller::extract(req).await? } else { caller };
    may_call(access, &caller.actor)?;
    Ok((body, caller))
}

/// A body that is not there says what an empty object says.
fn or_empty(body: &[u8]) -> &[u8] {
    if body.is_empty() { b"{}" } else { body }
}

/// Mounts every operation.
pub fn mount(config: &mut web::ServiceConfig) {
    for operation in super::operations() {
        let (access, tokenless) = (operation.access, operation.tokenless);
        let is_public_read = operation.method == Method::GET && access == Access::Public && !operation.unkept;
        let weighs_most = asks_for_a_code(&operation.method, &format!("/api/v1{}", operation.path));
        let changes = operation.method != Method::GET;
        let taken = std::rc::Rc::new(Taken::of(&operation.shapes));
        let run = std::rc::Rc::new(operation.run);
        let handler = move |req: HttpRequest, payload: web::Payload| {
            let (run, taken) = (run.clone(), taken.clone());
            async move {
                // Before it is known who calls, and before anything is counted.
                if changes {
                    must_be_sent_from_here(&req)?;
                }
                let caller = if tokenless { Caller::public(&req)? } else { Caller::extract(&req).await? };
                may_call(access, &caller.actor)?;
                if weighs_most && caller.stale {
                    return Err(Refusal::forbidden("second_factor_stale").into());
                }
                if changes {
                    taken.must_be_all(&req)?;
                }
                let answer = run(req.clone(), payload, caller).await?;
                // What has a tag of its own has been through this already.
                let is_bare = !answer.headers().contains_key(ETAG) && is_short(&answer);
                Ok::<_, Failed>(if is_public_read && is_bare { tagged(&req, answer) } else { answer })
            }
        };
        config.route(operation.path, answering(&operation.method).to(handler));
    }
}

fn may_call(access: Access, actor: &Actor) -> Result<(), Failed> {
    match access {
        Access::Public => Ok(()),
        _ if actor.account.is_none() => Err(Error::Unauthenticated.into()),
        Access::SignedIn => Ok(()),
        Access::Roles(roles) => Ok(actor.must_hold(roles).map(drop)?),
    }
}
