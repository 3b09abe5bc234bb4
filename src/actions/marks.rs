//! What an applicant may change now: everything in a draft, only what was marked in a correction.

use super::Tx;
use super::dossier::{Dossier, correction_state};
use super::submit::Content;
use crate::db;
use crate::db::attachments::Attachment;
use crate::db::corrections::{Correction, Mark, MarkKind};
use crate::domain::form::{self, Problem};
use crate::domain::programme::Programme;
use crate::error::Error;

/// The open correction, if the application is back with the applicant.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    correction: Option<Correction>,
}

impl Marks {
    /// The marks of an application at its present station.
    pub fn of(tx: &mut Tx<'_>, dossier: &Dossier) -> Result<Marks, Error> {
        let correction = db::corrections::of_application(tx.db, dossier.application.id)?
            .into_iter()
            .find(|c| c.answered_at.is_none() && correction_state(c.station) == dossier.application.state);
        Ok(Marks { correction })
    }

    /// The correction itself.
    pub fn correction(&self) -> Option<&Correction> {
        self.correction.as_ref()
    }

    fn allows(&self, kind: MarkKind, key: &str) -> bool {
        match &self.correction {
            None => true,
            Some(correction) => {
                correction.marks.0.iter().any(|m| m.kind == kind && (kind == MarkKind::Members || m.key == key))
            }
        }
    }

    /// Whether a field of the form may change.
    pub fn field(&self, key: &str) -> bool {
        self.allows(MarkKind::Field, key)
    }

    /// Whether documents of a kind may be added and removed.
    pub fn document(&self, kind: &str) -> bool {
        self.allows(MarkKind::Document, kind)
    }

    /// Whether the consortium's members may change.
    pub fn members(&self) -> bool {
        self.allows(MarkKind::Members, "")
    }

    /// Why a field or document was sent back; empty when it was not.
    pub fn reason(&self, kind: MarkKind, key: &str) -> String {
        let marks = self.correction.iter().flat_map(|c| &c.marks.0);
        marks
            .filter(|m| m.kind == kind && (kind == MarkKind::Members || m.key == key))
            .map(|m| m.reason.clone())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// What is marked and still as it was filed, in the order of the marks; nothing without an open correction.
///
/// # Errors
/// Those of reading.
pub fn untouched(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    marks: &Marks,
    attachments: &[Attachment],
) -> Result<Vec<Mark>, Error> {
    let Some(correction) = marks.correction() else { return Ok(Vec::new()) };
    let filed = db::submissions::of_application(tx.db, dossier.application.id)?.pop();
    let Some(filed) = filed else { return Ok(Vec::new()) };
    let Some(filed) = Content::of(tx.env, &filed)? else { return Ok(Vec::new()) };
    let programme = dossier.programme();
    let is_untouched = |mark: &&Mark| match mark.kind {
        MarkKind::Field => {
            programme.field(&mark.key).is_some_and(|field| !form::is_changed(field, &filed.form, &dossier.form))
        }
        // The same content uploaded once more is the same document.
        MarkKind::Document => {
            let before = filed.documents.iter().filter(|document| document.kind == mark.key).map(|d| d.sha256.as_str());
            let now = attachments.iter().filter(|document| document.kind == mark.key).map(|d| d.sha256.as_str());
            sorted(before) == sorted(now)
        }
        MarkKind::Members => filed.members == dossier.application.members.0,
    };
    Ok(correction.marks.0.iter().filter(is_untouched).cloned().collect())
}

/// Everything that is to be mended, in the order of the marks, each with whether it was changed since it was sent back.
///
/// # Errors
/// Those of reading.
pub fn mending(
    tx: &mut Tx<'_>,
    dossier: &Dossier,
    marks: &Marks,
    attachments: &[Attachment],
) -> Result<Vec<(Mark, bool)>, Error> {
    let left = untouched(tx, dossier, marks, attachments)?;
    let all = marks.correction().map(|correction| correction.marks.0.clone()).unwrap_or_default();
    Ok(all.into_iter().map(|mark| (mark.clone(), !left.contains(&mark))).collect())
}

fn sorted<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_unstable();
    texts
}

/// What a mark is on, in words; `members` are those for the consortium's members.
pub fn name_of_mark(programme: &Programme, mark: &Mark, language: &str, members: &str) -> String {
    let names = match mark.kind {
        MarkKind::Field => programme.field(&mark.key).map(|field| &field.names),
        MarkKind::Document => programme.document(&mark.key).map(|kind| &kind.names),
        MarkKind::Members => return members.to_string(),
    };
    names.map_or_else(|| mark.key.clone(), |names| names.in_language(language).to_string())
}

/// What is told about a change of something that was not marked.
pub fn not_marked(path: &str, name: &str) -> Problem {
    super::completeness::problem(path, "not_marked", [("name", name.to_string())])
}
