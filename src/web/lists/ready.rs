//! Published lists are made ready before anybody asks for them, so that they are there when the database goes away.

use super::{EntriesQuery, show, whole};
use crate::actions::Tx;
use crate::app::App;
use crate::db;
use crate::domain::ids::PublishedListId;
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::open_data::{Format, SHORT, list_file};
use crate::web::page::Failure;
use crate::web::prepared::PreparedPages;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Between two looks whether something was published.
const EVERY: Duration = Duration::from_millis(500);
/// The newest lists, as far as there is room for them.
const LISTS: i64 = 100;

/// Makes lists ready at the start and whenever something was published, until the program is gone.
pub(in crate::web) async fn keep_ready(app: Weak<App>, pages: Data<PreparedPages>) {
    let mut done = None;
    while let Some(app) = app.upgrade() {
        let version = app.published.version();
        if done != Some(version) && !app.published.is_away() {
            match newest(&app, &pages).await {
                Ok(()) => done = Some(version),
                Err(error) => tracing::warn!(error = %error, "lists cannot be made ready yet"),
            }
        }
        drop(app);
        tokio::time::sleep(EVERY).await;
    }
}

async fn newest(app: &Arc<App>, pages: &PreparedPages) -> Result<(), Error> {
    let read =
        |tx: &mut Tx<'_>| Ok((db::open_data::lists(tx.db, LISTS)?, db::open_data::lists_longer_than(tx.db, SHORT)?));
    let (lists, long) = app.read(read).await?;
    for list in lists {
        let page = format!("/lists/{}", list.id);
        let visit = || Visit::of_nobody(app.clone(), page.clone());
        let id = || Path::from(list.id.to_string());
        let shown = show(visit(), id(), Query(EntriesQuery::default()));
        pages.make_ready(app, "/lists/{id}", page.clone(), shown).await;
        let csv = whole::csv(visit(), id());
        pages.make_ready(app, "/lists/{id}/list.csv", format!("{page}/list.csv"), csv).await;
        let json = signed_text(visit(), list.id);
        pages.make_ready(app, "/lists/{id}/list.json", format!("{page}/list.json"), json).await;
        // What is long is made for those who ask.
        if long.contains(&list.id) {
            continue;
        }
        let entries = list_file(visit(), list.id, Format::Json);
        pages.make_ready(app, "/lists/{id}/entries.json", format!("{page}/entries.json"), entries).await;
        let book = list_file(visit(), list.id, Format::Xlsx);
        pages.make_ready(app, "/lists/{id}/list.xlsx", format!("{page}/list.xlsx"), book).await;
    }
    Ok(())
}

async fn signed_text(visit: Visit, id: PublishedListId) -> Result<HttpResponse, Failure> {
    let tag = whole::tag_of(&visit.app, id, "list.json").await.map_err(|e| visit.fail(e))?;
    whole::signed_text(visit, id, &tag).await
}
