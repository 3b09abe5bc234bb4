//! What holds the parts of a package together, ISO/IEC 29500-2: the list of their types, and who belongs to whom.

use super::xml::{is_root, value, walk};
use super::{damaged, suspicious};
use crate::storage::{FileType, Suspicion, UploadProblem};

const TYPES_NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS_NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// By which a package names its main part: as most programs write it, and as the strict form of the standard has it.
const MAIN: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
];

/// What types and relationships have in them, in small letters, that belong to macros: main parts that may have some, projects
/// of Visual Basic, and the sheets of Excel 4.0.
const MACROS: [&str; 4] = ["macroenabled", "macrosheet", "vbaproject", "vbadata"];

/// The types of main parts, in small letters; a template is a document too.
const KINDS: [(&str, FileType); 4] = [
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", FileType::Xlsx),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", FileType::Xlsx),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", FileType::Docx),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", FileType::Docx),
];

/// The name of the main part, as the relationships of the package say, without the oblique stroke before it.
///
/// # Errors
/// [`UploadProblem::Damaged`] where they are no such list, [`UploadProblem::Suspicious`] where they lead to two main parts or
/// to macros.
pub(super) fn main_part(relationships: &[u8], declared: FileType) -> Result<Option<String>, UploadProblem> {
    let mut main = None;
    walk_relationships(relationships, declared, |kind, target| {
        if MAIN.contains(&kind)
            && let Some(target) = target
        {
            let name = target.trim_start_matches("./").trim_start_matches('/').to_owned();
            if main.replace(name).is_some() {
                return suspicious(Suspicion::Polyglot);
            }
        }
        Ok(())
    })?;
    Ok(main)
}

/// Refuses relationships that lead to macros.
///
/// # Errors
/// As [`main_part`].
pub(super) fn check_relationships(relationships: &[u8], declared: FileType) -> Result<(), UploadProblem> {
    walk_relationships(relationships, declared, |_, _| Ok(()))
}

/// The name of the part that says what a part leads to.
pub(super) fn relationships_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The kind of document whose main part has the type that the list gives to `main`; `None` where it is of neither kind.
///
/// # Errors
/// [`UploadProblem::Damaged`] where this is no such list, [`UploadProblem::Suspicious`] where any part in it is of macros.
pub(super) fn kind_of(types: &[u8], main: &str, declared: FileType) -> Result<Option<FileType>, UploadProblem> {
    let extension = main.rsplit_once('.').map_or("", |(_, extension)| extension);
    let (mut by_name, mut by_extension) = (None, None);
    walk(types, declared, |depth, tag| {
        if depth == 0 {
            return if is_root(tag, "Types", &[TYPES_NAMESPACE], declared)? { Ok(()) } else { damaged(declared) };
        }
        let Some(said) = value(tag, "ContentType", declared)? else { return Ok(()) };
        let said = said.trim().to_ascii_lowercase();
        if is_of_macros(&said) {
            return suspicious(Suspicion::Macros);
        }
        let is_for = |part: &str| part.trim_start_matches('/').eq_ignore_ascii_case(main);
        if value(tag, "PartName", declared)?.is_some_and(|part| is_for(&part)) {
            by_name = Some(said);
        } else if value(tag, "Extension", declared)?.is_some_and(|said| said.eq_ignore_ascii_case(extension)) {
            by_extension = Some(said);
        }
        Ok(())
    })?;
    let said = by_name.or(by_extension);
    Ok(said.and_then(|said| KINDS.into_iter().find(|(known, _)| *known == said)).map(|(_, kind)| kind))
}

/// Tells `each` the type of every relationship, and where it leads within the package.
fn walk_relationships(
    text: &[u8],
    declared: FileType,
    mut each: impl FnMut(&str, Option<&str>) -> Result<(), UploadProblem>,
) -> Result<(), UploadProblem> {
    walk(text, declared, |depth, tag| {
        if depth == 0 {
            let is_list = is_root(tag, "Relationships", &[RELATIONSHIPS_NAMESPACE], declared)?;
            return if is_list { Ok(()) } else { damaged(declared) };
        }
        let Some(kind) = value(tag, "Type", declared)? else { return Ok(()) };
        if is_of_macros(&kind.to_ascii_lowercase()) {
            return suspicious(Suspicion::Macros);
        }
        let leads_away = value(tag, "TargetMode", declared)?.is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        let target = value(tag, "Target", declared)?.filter(|_| !leads_away);
        each(kind.trim(), target.as_deref())
    })
}

fn is_of_macros(said: &str) -> bool {
    MACROS.iter().any(|word| said.contains(word))
}
