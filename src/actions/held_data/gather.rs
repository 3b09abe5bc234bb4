//! The parts of what is held about an organisation, each read as its own page reads it.

use super::{
    HeldApplication, HeldCorrection, HeldDocument, HeldEvent, HeldFile, HeldLetter, HeldMembership, HeldQuestion,
    HeldRuling, HeldSubmission,
};
use crate::actions::Tx;
use crate::actions::mail_batches::with_note;
use crate::actions::membership::view;
use crate::actions::reading::{self, Reading};
use crate::actions::sealed::open_filed;
use crate::actions::statement::adverse_ruling;
use crate::actions::timeline::is_for;
use crate::db;
use crate::db::attachments::Attachment;
use crate::db::corrections::Correction;
use crate::db::held::Letter;
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, OrganisationId};
use crate::domain::scope::Scope;
use crate::error::Error;
use std::collections::BTreeSet;

/// Applications that one document holds: more than an organisation makes in a working life.
const MOST_APPLICATIONS: usize = 2_000;

/// What the templates of letters begin with that are about an organisation and tell of no single application. What else its people
/// are sent is their own: of their accounts, and of what some of them do as experts.
const ABOUT_IT: &[&str] = &[
    "call-cancelled",
    "call-extended",
    "call-question-answered",
    "list-recognised",
    "membership-",
    "notice-opened",
    "organisation_",
];

fn document(document: Attachment) -> HeldDocument {
    HeldDocument {
        id: document.id,
        kind: document.kind,
        file: HeldFile {
            name: document.name,
            sha256: document.sha256,
            bytes: document.bytes,
            uploaded_at: document.uploaded_at.and_utc(),
        },
    }
}

fn correction(correction: Correction) -> HeldCorrection {
    HeldCorrection {
        station: correction.station,
        marks: correction.marks.0,
        note: correction.note,
        requested_at: correction.requested_at.and_utc(),
        due_at: correction.due_at.and_utc(),
        answered_at: correction.answered_at.map(|at| at.and_utc()),
    }
}

/// Its applications, each as its people read it.
pub(super) fn applications(
    tx: &mut Tx<'_>,
    actor: &Actor,
    organisation: OrganisationId,
) -> Result<Vec<HeldApplication>, Error> {
    let filter = db::applications::Filter { organisation: Some(organisation), ..Default::default() };
    let ids = db::applications::ids(tx.db, &Scope::of(actor), &filter)?;
    ids.into_iter().take(MOST_APPLICATIONS).map(|id| application(tx, actor, id)).collect()
}

fn application(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<HeldApplication, Error> {
    let Reading { dossier, form, members, documents, submissions: filed, .. } = reading::read(tx, actor, id)?;
    let mut submissions = Vec::new();
    for filed in filed {
        let content = open_filed(tx.env, &filed)?;
        let (number, submitted_at) = (filed.number, filed.submitted_at.and_utc());
        submissions.push(HeldSubmission { number, submitted_at, sha256: filed.sha256, content });
    }
    let events = db::events::of_subject(tx.db, "application", id.as_text())?;
    let ruling = adverse_ruling(tx, &dossier, &events).map(|ruling| HeldRuling {
        reason: ruling.reason,
        basis: ruling.basis,
        station: ruling.station.in_language(&actor.language).to_string(),
        date: ruling.date,
    });
    let told = events.into_iter().filter(|event| is_for(true, &event.action));
    let corrections = db::corrections::of_application(tx.db, id)?;
    let kept = dossier.application;
    Ok(HeldApplication {
        id: kept.id,
        number: kept.number,
        call: kept.call_id,
        bureau: kept.bureau,
        state: kept.state.as_text().into(),
        form,
        members,
        documents: documents.into_iter().map(document).collect(),
        submissions,
        corrections: corrections.into_iter().map(correction).collect(),
        ruling,
        record: told.map(HeldEvent::from).collect(),
        created_at: kept.created_at.and_utc(),
        updated_at: kept.updated_at.and_utc(),
    })
}

/// Its memberships, each with the story that its people read.
pub(super) fn memberships(
    tx: &mut Tx<'_>,
    actor: &Actor,
    organisation: OrganisationId,
) -> Result<Vec<HeldMembership>, Error> {
    let mut found = Vec::new();
    for held in db::memberships::of_organisation(tx.db, organisation)? {
        let file = view::show(tx, actor, held.id)?;
        found.push(HeldMembership {
            id: held.id,
            category: held.category,
            application: held.application_id,
            certificate_number: held.certificate_number,
            valid_from: held.valid_from,
            valid_to: held.valid_to,
            standing: held.standing.as_text().into(),
            mend_by: file.mend_by,
            barred_until: file.barred_until,
            waiting: file.waiting,
            history: file.history,
        });
    }
    Ok(found)
}

/// What its people asked while they worked for it.
pub(super) fn questions(tx: &mut Tx<'_>, organisation: OrganisationId) -> Result<Vec<HeldQuestion>, Error> {
    let asked = db::held::questions(tx.db, organisation)?.into_iter().map(|question| HeldQuestion {
        id: question.id,
        call: question.call_id,
        question: question.question,
        asked_at: question.asked_at.and_utc(),
        answer: question.answer,
        answered_at: question.answered_at.map(|at| at.and_utc()),
    });
    Ok(asked.collect())
}

/// Whether a letter to one of its people is about the organisation.
fn is_about_it(letter: &Letter, own: &BTreeSet<ApplicationId>) -> bool {
    match letter.application {
        Some(application) => own.contains(&application),
        None => ABOUT_IT.iter().any(|start| letter.mail.template.starts_with(start)),
    }
}

/// The letters about it.
pub(super) fn letters(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    applications: &[HeldApplication],
) -> Result<Vec<HeldLetter>, Error> {
    let own: BTreeSet<ApplicationId> = applications.iter().map(|application| application.id).collect();
    let all = db::held::letters(tx.db, organisation, tx.now)?.into_iter();
    let letters = all.filter(|letter| is_about_it(letter, &own)).map(|Letter { mail, to, application }| HeldLetter {
        id: mail.id,
        to,
        application,
        text: with_note(tx.env.words, &mail.language, mail.body, &mail.note),
        kind: mail.template,
        subject: mail.subject,
        written_at: mail.created_at.and_utc(),
    });
    Ok(letters.collect())
}
