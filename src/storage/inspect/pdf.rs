//! PDF, ISO 32000-1 section 7.5: a header at the first byte, a cross-reference and an end marker at the last.

use std::io::{Read, Seek};

use super::{contains, damaged, find_first, find_last, has_markup, read_tail, suspicious};
use crate::storage::{FileType, Suspicion, UploadProblem};

/// Readers look for the end marker in the last 1,024 bytes.
const END_WINDOW: u64 = 1024;

/// What begins or makes up a page of the web, in small letters. A bracket alone begins a dictionary or a number here.
const PAGES: [&[u8]; 8] = [b"<html", b"<script", b"<svg", b"<body", b"<iframe", b"<img", b"<!doctype", b"<?php"];

/// Checks header and trailer, and that no page of the web stands before, between or behind them; pages are not rendered.
pub(super) fn check<R: Read + Seek>(reader: &mut R, head: &[u8], length: u64) -> Result<(), UploadProblem> {
    let has_version =
        matches!(head.get(5..8), Some([major, b'.', minor]) if major.is_ascii_digit() && minor.is_ascii_digit());
    let tail = read_tail(reader, length, END_WINDOW)?;
    let end = find_last(&tail, b"%%EOF");
    let reference = find_last(&tail, b"startxref");
    match (end, reference) {
        (Some(end), Some(reference)) if has_version && reference < end => check_words(head, &tail, reference),
        _ => damaged(FileType::Pdf),
    }
}

/// Before the first object there are comments alone, and behind the last reference a number and the end marker: there any
/// tag is one too many. In between, a tag of a page is.
fn check_words(head: &[u8], tail: &[u8], reference: usize) -> Result<(), UploadProblem> {
    let before = find_first(head, b"obj").and_then(|at| head.get(..at)).unwrap_or(head);
    let behind = tail.get(reference..).unwrap_or_default();
    let has_page = |text: &[u8]| {
        let lower = text.to_ascii_lowercase();
        PAGES.iter().any(|page| contains(&lower, page))
    };
    if has_markup(before) || has_markup(behind) || has_page(head) || has_page(tail) {
        return suspicious(Suspicion::Polyglot);
    }
    Ok(())
}
