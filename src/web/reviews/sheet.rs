//! A sheet on a page: its rubric with what was given, and what was typed into it.

use crate::actions::review::score::{SheetCheck, SheetInput};
use crate::domain::programme::Programme;
use crate::domain::rubric::Rubric;
use crate::domain::scoring::points_text;
use crate::error::Error;
use crate::web::access::Submitted;
use crate::web::page::Page;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// An item of the sheet, ready to be shown.
pub(super) struct ItemLine {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) guidance: String,
    pub(super) max: String,
    pub(super) points: String,
    /// The points as they are read: without full-width digits.
    pub(super) plain: String,
    pub(super) comment: String,
}

/// A dimension of the sheet.
pub(super) struct DimensionBlock {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) max: String,
    pub(super) points: String,
    pub(super) items: Vec<ItemLine>,
}

/// Values of a group of fields, as they were typed before as they are stored.
pub(super) fn typed_over(
    page: &Page,
    rubric: &Rubric,
    group: &str,
    stored: Option<&BTreeMap<String, String>>,
) -> BTreeMap<String, String> {
    let stored = |key: &String| stored.and_then(|map| map.get(key)).cloned().unwrap_or_default();
    let keys = rubric.items().map(|item| &item.key);
    keys.map(|key| (key.clone(), page.typed(&format!("{group}.{key}"), stored(key)))).collect()
}

/// Which points ask for a comment; empty if none do.
pub(super) fn comment_hint(page: &Page, programme: &Programme) -> String {
    let rule = programme.review.as_ref().map(|rules| rules.comment_rule()).unwrap_or_default();
    match (rule.zero, rule.full) {
        (true, true) => page.t("sheet-comment-zero-full"),
        (true, false) => page.t("sheet-comment-zero"),
        (false, true) => page.t("sheet-comment-full"),
        (false, false) => String::new(),
    }
}

/// A rubric with what was given, ready to be shown.
pub(super) fn dimension_blocks(
    rubric: &Rubric,
    language: &str,
    items: &BTreeMap<String, String>,
    comments: &BTreeMap<String, String>,
    check: &SheetCheck,
) -> Vec<DimensionBlock> {
    let value = |map: &BTreeMap<String, String>, key: &str| map.get(key).cloned().unwrap_or_default();
    rubric
        .dimensions
        .iter()
        .map(|dimension| DimensionBlock {
            key: dimension.key.clone(),
            name: dimension.names.in_language(language).into(),
            max: points_text(dimension.max_hundredths()),
            points: points_text(check.sheet.dimension(dimension.items.iter().map(|item| item.key.as_str()))),
            items: dimension
                .items
                .iter()
                .map(|item| ItemLine {
                    name: item.names.in_language(language).into(),
                    guidance: item.guidance.in_language(language).into(),
                    max: item.max.to_string(),
                    points: value(items, &item.key),
                    plain: value(items, &item.key).trim().nfkc().collect(),
                    comment: value(comments, &item.key),
                    key: item.key.clone(),
                })
                .collect(),
        })
        .collect()
}

/// A sheet as it was typed into the form.
pub(super) fn sheet_input(form: &Submitted) -> Result<SheetInput, Error> {
    let group = |prefix: &str| -> BTreeMap<String, String> {
        let named = form.pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value)));
        named.map(|(key, value)| (key.to_string(), value.clone())).collect()
    };
    Ok(SheetInput {
        version: form.number("version")?,
        items: group("items."),
        comments: group("comments."),
        opinion: form.text("opinion"),
    })
}
