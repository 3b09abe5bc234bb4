//! The catalogue for machines: DCAT 3 in JSON-LD, one data set for the pool, one for the figures, one for each list.

use super::{LISTS, too_long};
use crate::actions::Tx;
use crate::db;
use crate::db::open_data::ListHead;
use crate::domain::calendar;
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::page::Failure;
use crate::words::DEFAULT_LANGUAGE;
use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use serde_json::{Value, json};

const CSV: &str = "text/csv";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const JSON: &str = "application/json";
/// Media types as DCAT names them.
const IANA: &str = "https://www.iana.org/assignments/media-types/";

pub(super) async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let read = visit.app.read(catalogue);
    let catalogue = read.await.map_err(|e| visit.fail(e))?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/ld+json")).body(catalogue.to_string()))
}

fn say(tx: &Tx<'_>, key: &str) -> Value {
    json!({"@language": DEFAULT_LANGUAGE, "@value": tx.env.words.say(DEFAULT_LANGUAGE, key)})
}

fn catalogue(tx: &mut Tx<'_>) -> Result<Value, Error> {
    let base = tx.env.base_url.clone();
    let lists = db::open_data::lists(tx.db, LISTS)?;
    let now = calendar::local_datetime_iso(tx.now);
    let too_long = too_long(tx, &lists)?;
    let mut sets = vec![pool(tx, &base, &now), pool_on(tx, &base, &now), figures(tx, &base, &now)];
    sets.extend(lists.iter().map(|list| of_list(tx, &base, list, !too_long.contains(&list.id))));
    let modified = lists.first().and_then(|list| list.published_at).map(calendar::local_datetime_iso);
    Ok(json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": format!("{base}/open-data/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": say(tx, "open-data-title"),
        "dct:description": say(tx, "open-data-lead"),
        "dct:language": DEFAULT_LANGUAGE,
        "dct:license": {"@id": licence(&base)},
        "dct:modified": {"@type": "xsd:dateTime", "@value": modified.unwrap_or(now)},
        "dct:publisher": publisher(tx, &base),
        "foaf:homepage": {"@id": format!("{base}/open-data")},
        "dcat:dataset": sets,
    }))
}

fn licence(base: &str) -> String {
    format!("{base}/open-data#licence")
}

fn publisher(tx: &Tx<'_>, base: &str) -> Value {
    json!({"@id": format!("{base}/"), "@type": "foaf:Agent", "foaf:name": say(tx, "site-subtitle")})
}

fn distribution(base: &str, page: &str, file: &str, media: &str, schema: Option<&str>) -> Value {
    let mut found = json!({
        "@id": format!("{base}{file}"),
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": format!("{base}{page}")},
        "dcat:downloadURL": {"@id": format!("{base}{file}")},
        "dcat:mediaType": {"@id": format!("{IANA}{media}")},
        "dct:license": {"@id": licence(base)},
    });
    if let (Some(schema), Some(members)) = (schema, found.as_object_mut()) {
        members.insert("dct:conformsTo".into(), json!({"@id": format!("{base}/open-data/schemas/{schema}")}));
    }
    found
}

/// Title and description of a data set.
type Named = (Value, Value);

/// What every data set says beside its own.
fn set(tx: &Tx<'_>, base: &str, page: &str, named: Named, modified: Value, distributions: Vec<Value>) -> Value {
    let (title, description) = named;
    json!({
        "@id": format!("{base}{page}#dataset"),
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:description": description,
        "dct:identifier": format!("{base}{page}"),
        "dct:publisher": publisher(tx, base),
        "dct:license": {"@id": licence(base)},
        "dct:modified": modified,
        "dcat:landingPage": {"@id": format!("{base}{page}")},
        "dcat:distribution": distributions,
    })
}

fn pool(tx: &Tx<'_>, base: &str, now: &str) -> Value {
    let file = |ending: &str, media, schema| {
        distribution(base, "/open-data", &format!("/open-data/pool.{ending}"), media, schema)
    };
    let files = vec![file("csv", CSV, None), file("xlsx", XLSX, None), file("json", JSON, Some("pool.json"))];
    let modified = json!({"@type": "xsd:dateTime", "@value": now});
    let named = (say(tx, "open-data-pool"), say(tx, "open-data-pool-text"));
    set(tx, base, "/open-data", named, modified, files)
}

/// The files of today; with `?on=` and a day they are those of that day.
fn pool_on(tx: &Tx<'_>, base: &str, now: &str) -> Value {
    let file = |ending: &str, media, schema| distribution(base, "/pool", &format!("/pool.{ending}"), media, schema);
    let files = vec![file("csv", CSV, None), file("xlsx", XLSX, None), file("json", JSON, Some("pool.json"))];
    let modified = json!({"@type": "xsd:dateTime", "@value": now});
    set(tx, base, "/pool", (say(tx, "pool-day-title"), say(tx, "pool-day-text")), modified, files)
}

fn figures(tx: &Tx<'_>, base: &str, now: &str) -> Value {
    let files = vec![distribution(base, "/statistics", "/api/v1/statistics", JSON, None)];
    let modified = json!({"@type": "xsd:dateTime", "@value": now});
    let named = (say(tx, "statistics-title"), say(tx, "statistics-lead"));
    set(tx, base, "/statistics", named, modified, files)
}

fn of_list(tx: &Tx<'_>, base: &str, list: &ListHead, workbook: bool) -> Value {
    let page = format!("/lists/{}", list.id);
    let file = |name: &str, media, schema| distribution(base, &page, &format!("{page}/{name}"), media, schema);
    let mut files = vec![
        file("list.csv", CSV, None),
        file("entries.json", JSON, Some("list-entries.json")),
        file("list.json", JSON, None),
    ];
    if workbook {
        files.push(file("list.xlsx", XLSX, None));
    }
    let title = json!({"@language": DEFAULT_LANGUAGE, "@value": list.title});
    let modified = match list.published_at {
        Some(at) => json!({"@type": "xsd:dateTime", "@value": calendar::local_datetime_iso(at)}),
        None => Value::Null,
    };
    let named = (title, say(tx, "open-data-list-text"));
    set(tx, base, &page, named, modified, files)
}
