//! One paging shape for every list.

use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Ref, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// Rows of a page at most.
pub const MOST_ROWS: i64 = 200;
/// The last page that can be asked for.
pub const LAST_PAGE: i64 = 1_000_000;

/// Which page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pager {
    page: i64,
    per_page: i64,
}

impl Pager {
    /// Page `page` (from 1) of at most `per_page` rows, both brought into bounds.
    pub fn new(page: Option<i64>, per_page: Option<i64>) -> Pager {
        Pager { page: page.unwrap_or(1).clamp(1, LAST_PAGE), per_page: per_page.unwrap_or(50).clamp(1, MOST_ROWS) }
    }

    /// Number of the page, from 1.
    pub fn number(&self) -> i64 {
        self.page
    }

    /// Rows before this page.
    pub fn offset(&self) -> i64 {
        (self.page - 1) * self.per_page
    }

    /// Rows of a page at most.
    pub fn limit(&self) -> i64 {
        self.per_page
    }

    /// The same, or the last page when so many rows have no such page.
    pub fn within(self, total: i64) -> Pager {
        Pager { page: self.page.min(last(total, self.per_page)), ..self }
    }

    /// The page of these rows.
    pub fn page<T>(&self, items: Vec<T>, total: i64) -> Page<T> {
        Page { items, total, page: self.page, per_page: self.per_page }
    }
}

/// One page of a list.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Rows on all pages.
    pub total: i64,
    /// This page, from 1.
    pub page: i64,
    /// Rows of a page at most.
    pub per_page: i64,
}

impl<T> Page<T> {
    /// A short list in the shape of every list: one page.
    pub fn whole(items: Vec<T>) -> Page<T> {
        let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
        Page { items, total, page: 1, per_page: total.max(1) }
    }

    /// The same page of other things.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            total: self.total,
            page: self.page,
            per_page: self.per_page,
        }
    }

    /// The same, where the change may fail.
    ///
    /// # Errors
    /// The first that failed.
    pub fn try_map<U, E>(self, change: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(change).collect::<Result<_, E>>()?;
        Ok(Page { items, total: self.total, page: self.page, per_page: self.per_page })
    }

    /// Number of the last page, from 1.
    pub fn last(&self) -> i64 {
        last(self.total, self.per_page)
    }
}

fn last(total: i64, per_page: i64) -> i64 {
    ((total + per_page - 1) / per_page).max(1)
}

// A page of each kind of row has a name of its own in the API's description: a derived one would be called `Page` for all.
impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let number = |text: &str| ObjectBuilder::new().schema_type(Type::Integer).description(Some(text));
        ObjectBuilder::new()
            .description(Some("One page of a list."))
            .property("items", ArrayBuilder::new().items(Ref::from_schema_name(T::name())))
            .property("total", number("Rows on all pages."))
            .property("page", number("This page, from 1."))
            .property("per_page", number("Rows of a page at most."))
            .required("items")
            .required("total")
            .required("page")
            .required("per_page")
            .into()
    }
}

impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("PageOf{}", T::name()))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(schemas);
    }
}
