//! What an actor reads of an application: the applicant the working file, everybody else what was filed last.

use super::Tx;
use super::dossier::Dossier;
use super::submit::Content;
use crate::db;
use crate::db::applications::{Application, Member};
use crate::db::attachments::Attachment;
use crate::db::submissions::Submission;
use crate::domain::actor::{Actor, Role};
use crate::domain::form::RawForm;
use crate::domain::ids::ApplicationId;
use crate::domain::scope::Scope;
use crate::error::Error;

/// Who reads every part of an application that is not their own, what is about persons in it among them.
pub const READERS_IN_FULL: &[Role] = &[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor, Role::System];

/// An application as one actor reads it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The application and what its procedure asks about.
    pub dossier: Dossier,
    /// Whether the actor works for the applicant.
    pub own: bool,
    /// Whether the actor sees the way of the file, not its content alone: experts and evaluators do not, nor what is
    /// about persons in it.
    pub full: bool,
    /// The form.
    pub form: RawForm,
    /// Consortium members beside the lead.
    pub members: Vec<Member>,
    /// The documents.
    pub documents: Vec<Attachment>,
    /// Every submission; empty unless `full`.
    pub submissions: Vec<Submission>,
}

/// Whether an application that is in the actor's sight is their own, and whether they see its way.
pub(super) fn seen_by(actor: &Actor, application: &Application) -> (bool, bool) {
    let own = actor.organisations().contains(&application.organisation_id);
    (own, own || actor.holds_any(READERS_IN_FULL))
}

/// Reads an application within the actor's scope.
pub fn read(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Reading, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    let (own, full) = seen_by(actor, &dossier.application);
    let mut submissions = db::submissions::of_application(tx.db, id)?;
    let filed = match submissions.last().filter(|_| !own) {
        Some(last) => Content::of(tx.env, last)?,
        None => None,
    };
    let (mut form, members, documents) = match filed {
        None => {
            let documents = db::attachments::of_application(tx.db, id)?;
            (dossier.form.clone(), dossier.application.members.0.clone(), documents)
        }
        Some(content) => {
            let mut documents = Vec::new();
            for document in &content.documents {
                documents.push(db::attachments::find(tx.db, &Scope::of(actor), document.id)?);
            }
            (content.form, content.members, documents)
        }
    };
    if !full {
        submissions.clear();
        let personal = |key: &str| dossier.programme().field(key).is_none_or(|field| field.personal);
        form.0.retain(|key, _| !personal(key));
    }
    Ok(Reading { dossier, own, full, form, members, documents, submissions })
}
