//! One provider: what it is recognised for, year by year, and what that is worth today.

use super::typed::{city_name, cluster_name, field_name};
use crate::actions::pool::sees_certificates;
use crate::domain::calendar;
use crate::domain::language::Language;
use crate::domain::search::{Index, Provider, Recognition, Standing};
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::lists::category_label;
use crate::web::page::{Failure, Page, ok};
use crate::web::prepared::passing;
use actix_web::{HttpResponse, web};
use askama::Template;

/// A recognition in words.
pub(super) struct RecognitionView {
    pub(super) list: String,
    pub(super) title: String,
    pub(super) number: String,
    pub(super) year: String,
    pub(super) category: String,
    pub(super) name: String,
    pub(super) product: String,
    pub(super) result: String,
    pub(super) city: String,
    pub(super) standing: Standing,
    /// Empty for whom it is not to see.
    pub(super) certificate: String,
    /// Empty for one without a membership, as is the last day.
    pub(super) from: String,
    pub(super) to: String,
}

impl RecognitionView {
    /// How the page colours the standing; the words say the same.
    pub(super) fn tone(&self) -> &'static str {
        match self.standing {
            Standing::Active => "good",
            Standing::Warned => "attention",
            Standing::Listed => "neutral",
            _ => "bad",
        }
    }
}

/// A provider's recognitions in words, newest first. A name is given where the list shows another than today's.
pub(super) fn views(visit: &Visit, index: &Index, provider: &Provider) -> Vec<RecognitionView> {
    let env = &visit.app.env;
    let today = calendar::local_date(visit.now);
    let sees_certificates = sees_certificates(&visit.actor, &provider.key);
    let view = |held: &Recognition| {
        let list = index.lists().get(held.list)?;
        let membership = held.held.as_ref();
        Some(RecognitionView {
            list: list.id.to_string(),
            title: list.title.clone(),
            number: list.number.clone(),
            year: list.year.map(|year| year.to_string()).unwrap_or_default(),
            category: category_label(env, &list.category, &visit.actor.language),
            name: if held.name == provider.name { String::new() } else { held.name.clone() },
            product: held.product.clone(),
            result: held.result.clone(),
            city: held.city.as_deref().map(|code| city_name(env, code, &visit.actor.language)).unwrap_or_default(),
            standing: held.standing(today),
            certificate: membership
                .filter(|_| sees_certificates)
                .map(|held| held.certificate.clone())
                .unwrap_or_default(),
            from: membership.map(|held| calendar::local_date_text(held.from)).unwrap_or_default(),
            to: membership.map(|held| calendar::local_date_text(held.to)).unwrap_or_default(),
        })
    };
    provider.recognitions.iter().filter_map(view).collect()
}

#[derive(Template)]
#[template(path = "providers/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    credit_code: String,
    categories: String,
    cities: String,
    clusters: String,
    fields: String,
    products: String,
    /// Recognitions with a membership.
    held: Vec<RecognitionView>,
    recognitions: Vec<RecognitionView>,
    sees_certificates: bool,
    /// Since when the database has not been heard of; empty while it answers.
    since: String,
}

/// Each text once, in order, as one.
fn once(language: Language, texts: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    language.list(&all)
}

pub(super) async fn show(visit: Visit, key: web::Path<String>) -> Result<HttpResponse, Failure> {
    let (register, since) = visit.app.register().await.map_err(|e| visit.fail(e))?;
    let current = since.is_none() && visit.app.is_current(&register);
    // Whoever was never recognised is nobody's business.
    let hit = register.index.find(&key).ok_or_else(|| visit.fail(Error::NotFound))?;
    let provider = register.index.provider(hit).ok_or_else(|| visit.fail(Error::NotFound))?;
    let views = || views(&visit, &register.index, &provider);
    let env = &visit.app.env;
    let language = Language::of_tag(&visit.actor.language);
    let of_all =
        |texts: &dyn Fn(&Recognition) -> Vec<String>| once(language, provider.recognitions.iter().flat_map(texts));
    let page = Page::new(&visit, provider.name.clone());
    let answer = ok(&ShowPage {
        credit_code: provider.credit_code.clone().unwrap_or_default(),
        categories: once(language, views().into_iter().map(|view| view.category)),
        cities: once(language, views().into_iter().map(|view| view.city)),
        clusters: of_all(&|held| held.clusters.iter().map(|id| cluster_name(env, id, &visit.actor.language)).collect()),
        fields: of_all(&|held| held.fields.iter().map(|field| field_name(env, field, &visit.actor.language)).collect()),
        products: of_all(&|held| vec![held.product.clone()]),
        held: views().into_iter().filter(|view| !view.from.is_empty()).collect(),
        sees_certificates: sees_certificates(&visit.actor, &provider.key),
        recognitions: views(),
        since: since.map(|since| page.at(&since)).unwrap_or_default(),
        page,
    })?;
    Ok(if current { answer } else { passing(answer) })
}
