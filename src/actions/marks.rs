//! What an applicant may change now: everything in a draft, only what was marked in a correction.

use super::Tx;
use super::dossier::{Dossier, correction_state};
use crate::db;
use crate::db::corrections::{Correction, MarkKind};
use crate::domain::form::Problem;
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

/// What is told about a change of something that was not marked.
pub fn not_marked(path: &str, name: &str) -> Problem {
    super::completeness::problem(path, "not_marked", [("name", name.to_string())])
}
