//! The XML of a package, as ISO/IEC 29500-2 (9.2) allows it: in UTF-8, without a document type and so without entities of
//! its own. It is walked as a stream, and each thing in it is bounded.

use std::io::{self, BufRead, Read};

use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use super::damaged;
use crate::storage::{FileType, UploadProblem};

/// Deepest that elements lie in one another, and most attributes of one.
const DEPTH: usize = 512;
const ATTRIBUTES: usize = 1_000;

/// Longest name of an element.
const NAME_BYTES: usize = 1_024;

/// Longest tag, text or comment. Old drawings stand as text in a letter, in one attribute.
const EVENT_BYTES: u64 = 4 << 20;

/// Walks a document from its beginning to its end; `each` is told of every element, with its depth from nought.
///
/// # Errors
/// [`UploadProblem::Damaged`] where the document is not well-formed or beyond the bounds; whatever `each` says.
pub(super) fn walk<R: BufRead>(
    source: R,
    declared: FileType,
    mut each: impl FnMut(usize, &BytesStart<'_>) -> Result<(), UploadProblem>,
) -> Result<(), UploadProblem> {
    let mut reader = Reader::from_reader(Bounded { source, left: EVENT_BYTES });
    let mut buffer = Vec::new();
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        buffer.clear();
        reader.get_mut().left = EVENT_BYTES;
        let event = reader.read_event_into(&mut buffer).map_err(|error| problem(&error, declared))?;
        let is_sound = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                roots += usize::from(depth == 0);
                let is_sound = is_sound_tag(tag) && depth < DEPTH;
                if is_sound {
                    each(depth, tag)?;
                }
                depth += usize::from(matches!(event, Event::Start(_)));
                is_sound
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                true
            }
            Event::Text(text) => depth > 0 || text.chars().all(char::is_whitespace),
            Event::CData(_) => depth > 0,
            Event::GeneralRef(reference) => depth > 0 && is_known(reference),
            Event::Decl(declaration) => is_of_utf8(declaration),
            Event::DocType(_) => false,
            Event::Comment(_) | Event::PI(_) => true,
            Event::Eof => return if depth == 0 && roots == 1 { Ok(()) } else { damaged(declared) },
        };
        if !is_sound {
            return damaged(declared);
        }
    }
}

/// The value of an attribute, with its references resolved; `None` where the element has none of that name.
pub(super) fn value(tag: &BytesStart<'_>, name: &str, declared: FileType) -> Result<Option<String>, UploadProblem> {
    let Ok(Some(attribute)) = tag.try_get_attribute(name) else { return Ok(None) };
    match attribute.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => Ok(Some(value.into_owned())),
        Err(_) => damaged(declared),
    }
}

/// Whether the first element of a document has this name in one of these namespaces, by its own declarations.
pub(super) fn is_root(
    tag: &BytesStart<'_>,
    name: &str,
    namespaces: &[&str],
    declared: FileType,
) -> Result<bool, UploadProblem> {
    let (local, prefix) = tag.name().decompose();
    let key = prefix.map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{}", prefix.into_inner()));
    let namespace = value(tag, &key, declared)?;
    Ok(local.into_inner() == name && namespace.is_some_and(|namespace| namespaces.contains(&namespace.as_str())))
}

/// Each attribute has a name and a quoted value. Whether one comes twice is not asked: every one is looked at.
fn is_sound_tag(tag: &BytesStart<'_>) -> bool {
    let mut attributes = tag.attributes();
    let mut count = 0_usize;
    for attribute in attributes.with_checks(false) {
        count += 1;
        if attribute.is_err() || count > ATTRIBUTES {
            return false;
        }
    }
    tag.name().into_inner().len() <= NAME_BYTES
}

/// A character by its number, or one of the five that every document has.
fn is_known(reference: &BytesRef<'_>) -> bool {
    let name: &str = reference;
    match reference.resolve_char_ref() {
        Ok(Some(_)) => true,
        Ok(None) => matches!(name, "lt" | "gt" | "amp" | "apos" | "quot"),
        Err(_) => false,
    }
}

fn is_of_utf8(declaration: &BytesDecl<'_>) -> bool {
    match declaration.encoding() {
        None => true,
        Some(Ok(encoding)) => ["utf-8", "utf8"].iter().any(|known| encoding.eq_ignore_ascii_case(known)),
        Some(Err(_)) => false,
    }
}

/// What the store failed with stays that; all else is the document's fault.
fn problem(error: &Error, declared: FileType) -> UploadProblem {
    match error {
        Error::Io(error) => match error.raw_os_error() {
            Some(code) => UploadProblem::Io(io::Error::from_raw_os_error(code)),
            None => UploadProblem::Damaged { file_type: declared },
        },
        _ => UploadProblem::Damaged { file_type: declared },
    }
}

/// A reader that gives so many bytes and then an error, until it is allowed more.
struct Bounded<R> {
    source: R,
    left: u64,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let buffer = self.source.fill_buf()?;
        Ok(usize::try_from(self.left).ok().and_then(|left| buffer.get(..left)).unwrap_or(buffer))
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count as u64);
        self.source.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sound(text: &str) -> bool {
        walk(text.as_bytes(), FileType::Xlsx, |_, _| Ok(())).is_ok()
    }

    #[test]
    fn c_27_what_is_well_formed_passes_and_nothing_else() {
        for text in [
            "<a/>",
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<a b='1'>&lt;&#20013;<c/></a>\r\n",
            "<?xml version='1.0' encoding='utf-8'?><!-- - --><?x y?><a><![CDATA[<]]></a><!-- -->",
        ] {
            assert!(is_sound(text), "{text}");
        }
        for text in [
            "",
            " ",
            "a",
            "<a>",
            "<a></b>",
            "</a>",
            "<a/><a/>",
            "<a/>b",
            "&lt;<a/>",
            "<a b/>",
            "<a b=c/>",
            "<a>&b;</a>",
            "<a>&#0;</a>",
            "<a>&</a>",
            "<!DOCTYPE a><a/>",
            "<?xml version='1.0' encoding='UTF-16'?><a/>",
        ] {
            assert!(!is_sound(text), "{text}");
        }
    }

    #[test]
    fn c_28_each_thing_in_a_document_is_bounded() {
        let event = usize::try_from(EVENT_BYTES).expect("small");
        for (about, within, beyond) in [
            ("a text", format!("<a>{}</a>", "b".repeat(event / 2)), format!("<a>{}</a>", "b".repeat(event + 1))),
            (
                "a comment",
                format!("<a><!--{}--></a>", "b".repeat(event / 2)),
                format!("<a><!--{}--></a>", "b".repeat(event)),
            ),
            ("a value", format!("<a b='{}'/>", "b".repeat(event / 2)), format!("<a b='{}'/>", "b".repeat(event))),
            ("a name", format!("<{}/>", "a".repeat(NAME_BYTES)), format!("<{}/>", "a".repeat(NAME_BYTES + 1))),
            (
                "attributes",
                format!("<a{}/>", " b='c'".repeat(ATTRIBUTES)),
                format!("<a{}/>", " b='c'".repeat(ATTRIBUTES + 1)),
            ),
            ("depth", "<a>".repeat(DEPTH) + &"</a>".repeat(DEPTH), "<a>".repeat(DEPTH + 1) + &"</a>".repeat(DEPTH + 1)),
        ] {
            assert!(is_sound(&within), "{about}");
            assert!(!is_sound(&beyond), "{about}");
        }
    }
}
