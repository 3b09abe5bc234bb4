//! What others verify by: public keys, proofs of lists, proofs of events, and how it is done.

use super::access::Visit;
use super::lists::tag_of;
use super::page::{Failure, Page, ok};
use super::prepared::NOTHING;
use super::routes::{Access, Routes};
use crate::actions::audit::AUDITORS;
use crate::actions::proofs::{self, ProvableEvent};
use crate::domain::ids::{ApplicationId, PublishedListId};
use crate::domain::published_list::{SPECIFICATION, VERIFIER};
use crate::error::Error;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use askama::Template;
use serde::Serialize;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/how/lists", &NOTHING, how);
    routes.prepared("/how/list_verify.py", &NOTHING, script);
    routes.get("/.well-known/yuanchi-keys.json", Access::Public, keys);
    routes.get("/.well-known/yuanchi-keys/{id}", Access::Public, key);
    routes.prepared("/lists/{id}/proof.json", &NOTHING, list_proof);
    routes.prepared("/lists/{id}/list.sig", &NOTHING, list_signature);
    routes.get("/applications/{id}/proofs", Access::SignedIn, own);
    routes.get("/applications/{id}/proofs/{number}", Access::SignedIn, own_proof);
    routes.get("/events/{kind}/{id}/{number}/proof.json", Access::Roles(AUDITORS), event_proof);
}

fn download(content_type: &'static str, name: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, content_type))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response
}

fn file(content_type: &'static str, name: &str, body: Vec<u8>) -> HttpResponse {
    download(content_type, name).body(body)
}

fn json_file(name: &str, value: &impl Serialize) -> Result<HttpResponse, Error> {
    let text = serde_json::to_string_pretty(value).map_err(anyhow::Error::from)?;
    Ok(file("application/json", name, text.into_bytes()))
}

#[derive(Template)]
#[template(path = "proofs/how.html", config = "src/views/askama.toml")]
struct HowPage {
    page: Page,
    /// The ids of the public keys that there is a PEM file of.
    keys: Vec<String>,
    specification: &'static str,
    script: &'static str,
}

async fn how(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "proof-how");
    let published = proofs::published_keys(&visit.app.env).keys.into_iter();
    let keys = published.filter(|key| !key.pem().is_empty()).map(|key| key.id).collect();
    ok(&HowPage { page, keys, specification: SPECIFICATION, script: VERIFIER })
}

async fn script() -> HttpResponse {
    file("text/x-python; charset=utf-8", "list_verify.py", VERIFIER.as_bytes().to_vec())
}

async fn keys(visit: Visit) -> Result<HttpResponse, Failure> {
    json_file("yuanchi-keys.json", &proofs::published_keys(&visit.app.env)).map_err(|e| visit.fail(e))
}

async fn key(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let pem = proofs::public_key_pem(&visit.app.env, &id).ok_or_else(|| visit.fail(Error::NotFound))?;
    Ok(file("application/x-pem-file", &format!("{id}.pem"), pem.into_bytes()))
}

fn list_id(visit: &Visit, text: &str) -> Result<PublishedListId, Failure> {
    PublishedListId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

async fn list_proof(visit: Visit, request: HttpRequest, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = list_id(&visit, &id)?;
    let tag = tag_of(&visit.app, id, "proof.json").await.map_err(|e| visit.fail(e))?;
    if let Some(known) = tag.known(&request) {
        return Ok(known);
    }
    let proof = visit.app.list_proof(id).await.map_err(|e| visit.fail(e))?;
    let mut response = download("application/json", &format!("list-{id}.proof.json"));
    tag.mark(&mut response);
    Ok(response.body(proof))
}

async fn list_signature(visit: Visit, request: HttpRequest, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = list_id(&visit, &id)?;
    let tag = tag_of(&visit.app, id, "list.sig").await.map_err(|e| visit.fail(e))?;
    if let Some(known) = tag.known(&request) {
        return Ok(known);
    }
    let bytes = visit.app.read(move |tx| proofs::list_signature(tx, id)).await.map_err(|e| visit.fail(e))?;
    let mut response = download("application/octet-stream", &format!("list-{id}.sig"));
    tag.mark(&mut response);
    Ok(response.body(bytes))
}

#[derive(Template)]
#[template(path = "proofs/own.html", config = "src/views/askama.toml")]
struct OwnPage {
    page: Page,
    id: ApplicationId,
    events: Vec<ProvableEvent>,
}

async fn own(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = ApplicationId::from_text(&id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| proofs::own_events(tx, &actor, id));
    let events = read.await.map_err(|e| visit.fail(e))?;
    ok(&OwnPage { page: Page::titled(&visit, "proof-own-title"), id, events })
}

async fn own_proof(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (id, number) = path.into_inner();
    let asked = ApplicationId::from_text(&id).zip(number.parse::<i64>().ok());
    let (id, number) = asked.ok_or_else(|| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| proofs::own_event_proof(tx, &actor, id, number));
    let proof = read.await.map_err(|e| visit.fail(e))?;
    json_file(&format!("event-{id}-{number}.json"), &proof).map_err(|e| visit.fail(e))
}

async fn event_proof(visit: Visit, path: web::Path<(String, String, String)>) -> Result<HttpResponse, Failure> {
    let (kind, id, number) = path.into_inner();
    let number: i64 = number.parse().map_err(|_| visit.fail(Error::NotFound))?;
    let actor = visit.actor.clone();
    let read = visit.app.read(move |tx| proofs::event_proof(tx, &actor, &kind, &id, number));
    let proof = read.await.map_err(|e| visit.fail(e))?;
    json_file(&format!("event-{number}.json"), &proof).map_err(|e| visit.fail(e))
}
