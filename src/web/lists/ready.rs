//! Published lists are made ready before anybody asks for them, so that they are there when the database goes away.

use super::{EntriesQuery, show, whole};
use crate::actions::Tx;
use crate::app::App;
use crate::db;
use crate::domain::ids::PublishedListId;
use crate::error::Error;
use crate::web::access::Visit;
use crate::web::open_data::{Format, SHORT, list_file, longer_than};
use crate::web::page::Failure;
use crate::web::prepared::{Encoding, PreparedPages};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use std::collections::BTreeSet;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Between two looks whether something was published.
const EVERY: Duration = Duration::from_millis(500);
/// The newest lists, as far as there is room for them.
const LISTS: i64 = 100;

/// Makes lists ready at the start and whenever something was published, until the program is gone.
pub(in crate::web) async fn keep_ready(app: Weak<App>, pages: Data<PreparedPages>) {
    while let Some(app) = app.upgrade() {
        let version = app.published.version();
        if !app.published.is_ready() && !app.published.is_away() {
            match newest(&app, &pages).await {
                Ok(()) => app.published.made_ready(version),
                Err(error) => tracing::warn!(error = %error, "lists cannot be made ready yet"),
            }
        }
        drop(app);
        tokio::time::sleep(EVERY).await;
    }
}

/// A form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Csv,
    SignedText,
    Entries,
    Workbook,
}

/// What is made ready, the first first: what each list says, of all of them, before the other forms of any, as there may
/// not be room for everything. What is long is made for those who ask.
fn in_order(lists: &[PublishedListId], long: &BTreeSet<PublishedListId>) -> Vec<(PublishedListId, Form)> {
    let said = lists.iter().flat_map(|id| [Form::Page, Form::Csv, Form::SignedText].map(|form| (*id, form)));
    let short = lists.iter().filter(|id| !long.contains(id));
    said.chain(short.flat_map(|id| [Form::Entries, Form::Workbook].map(|form| (*id, form)))).collect()
}

async fn newest(app: &Arc<App>, pages: &PreparedPages) -> Result<(), Error> {
    let read = |tx: &mut Tx<'_>| {
        let lists = db::open_data::lists(tx.db, LISTS)?;
        let long = longer_than(tx, &lists, SHORT)?;
        Ok((lists, long))
    };
    let (lists, long) = app.read(read).await?;
    let ids: Vec<PublishedListId> = lists.iter().map(|list| list.id).collect();
    for (id, form) in in_order(&ids, &long) {
        let page = format!("/lists/{id}");
        let visit = Visit::of_nobody(app.clone(), page.clone());
        match form {
            Form::Page => {
                let shown = show(visit, Path::from(id.to_string()), Query(EntriesQuery::default()));
                pages.make_ready(app, "/lists/{id}", page, shown).await;
            }
            Form::Csv => {
                let csv = whole::table(visit, id, None);
                pages.make_ready(app, "/lists/{id}/list.csv", format!("{page}/list.csv"), csv).await;
            }
            Form::SignedText => {
                let json = signed_text(visit, id);
                pages.make_ready(app, "/lists/{id}/list.json", format!("{page}/list.json"), json).await;
            }
            Form::Entries => {
                let entries = list_file(visit, id, Format::Json);
                pages.make_ready(app, "/lists/{id}/entries.json", format!("{page}/entries.json"), entries).await;
            }
            Form::Workbook => {
                let book = list_file(visit, id, Format::Xlsx);
                pages.make_ready(app, "/lists/{id}/list.xlsx", format!("{page}/list.xlsx"), book).await;
            }
        }
    }
    Ok(())
}

async fn signed_text(visit: Visit, id: PublishedListId) -> Result<HttpResponse, Failure> {
    let tag = whole::tag_of(&visit.app, id, "list.json").await.map_err(|e| visit.fail(e))?;
    whole::signed_text(visit, id, &tag, Encoding::Identity).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_list_says_comes_before_the_other_forms_of_any() {
        let id = |number: u8| {
            let text = format!("00000000-0000-7000-8000-00000000000{number}");
            PublishedListId::from_text(&text).expect("an id")
        };
        let (first, second) = (id(1), id(2));
        let said = [Form::Page, Form::Csv, Form::SignedText];
        let order = in_order(&[first, second], &BTreeSet::from([first]));
        let expected: Vec<(PublishedListId, Form)> = [first, second]
            .into_iter()
            .flat_map(|id| said.map(|form| (id, form)))
            .chain([(second, Form::Entries), (second, Form::Workbook)])
            .collect();
        assert_eq!(order, expected);
    }
}
