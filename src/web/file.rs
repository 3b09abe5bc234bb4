//! A file as the officers of a station read it, and the frame of their forms.

use super::access::Visit;
use super::documents::size_text;
use super::page::{Failure, Page, can_be_mended, see_other};
use super::station_rules::{StopView, of_stop};
use crate::actions::Tx;
use crate::actions::dossier::Dossier;
use crate::db;
use crate::db::applications::Member;
use crate::domain::form::{self, SectionView, ViewContext};
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::{State, Station};
use crate::domain::programme::Programme;
use crate::domain::status::CodeCheck;
use crate::domain::timeline::stop_of;
use crate::error::Error;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use std::sync::Arc;

/// A file to read.
pub struct FileView {
    /// Id of the application.
    pub id: ApplicationId,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub organisation: String,
    /// 统一社会信用代码 of the organisation.
    pub credit_code: String,
    /// What is known of the code's check character.
    pub code_check: CodeCheck,
    /// Title of its call.
    pub call: String,
    /// Where it stands.
    pub state: State,
    /// The version that is shown.
    pub version: i32,
    /// The form with its answers.
    pub sections: Vec<SectionView>,
    /// The documents, by kind.
    pub documents: Vec<DocumentGroup>,
    /// Whether the programme knows consortia.
    pub consortium: bool,
    /// Consortium members beside the lead.
    pub members: Vec<Member>,
    /// The pinned programme, and the stations that the file passes, for the rules of where it stands.
    programme: Arc<Programme>,
    stations: Vec<Station>,
}

/// The documents of one kind.
pub struct DocumentGroup {
    /// Key of the kind.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// Why the department asks for it; may be empty.
    pub reason: String,
    /// Each one: address, name, size in words.
    pub documents: Vec<(String, String, String)>,
}

impl FileView {
    /// The file of a dossier, in a language.
    pub fn of(tx: &mut Tx<'_>, dossier: &Dossier, language: &str) -> Result<FileView, Error> {
        let words = tx.env.words;
        let view_words = words.of_forms(language);
        let context =
            ViewContext { call_year: dossier.call.year, language, reference: &tx.env.reference, words: &view_words };
        let programme = dossier.programme();
        let application = &dossier.application;
        let uploaded = db::screenings::documents(tx.db, application.id)?;
        let documents = programme.documents.iter().map(|kind| DocumentGroup {
            key: kind.key.clone(),
            label: kind.names.in_language(language).to_string(),
            reason: kind.reason.in_language(language).to_string(),
            documents: uploaded
                .iter()
                .filter(|document| document.kind == kind.key)
                .map(|d| (format!("/documents/{}", d.id), d.name.clone(), size_text(d.bytes)))
                .collect(),
        });
        Ok(FileView {
            id: application.id,
            number: application.number.clone().unwrap_or_default(),
            organisation: dossier.organisation.name.clone(),
            credit_code: dossier.organisation.credit_code.clone(),
            code_check: dossier.organisation.code_check,
            call: dossier.call.title.clone(),
            state: application.state,
            version: application.version,
            sections: form::view(programme, &dossier.form, &context),
            documents: documents.collect(),
            consortium: programme.applicants.consortium,
            members: application.members.0.clone(),
            programme: dossier.call.programme.0.clone(),
            stations: dossier.stations.clone(),
        })
    }
}

impl FileView {
    /// Every question and document with why it is asked for; none of a programme that was pinned without reasons.
    pub fn reasons(&self) -> Vec<(&str, &str)> {
        let fields = self.sections.iter().flat_map(|section| &section.fields);
        let asked = fields.map(|field| (field.label.as_str(), field.reason.as_str()));
        let wanted = self.documents.iter().map(|group| (group.label.as_str(), group.reason.as_str()));
        asked.chain(wanted).filter(|(_, reason)| !reason.is_empty()).collect()
    }

    /// What holds where the file stands; nothing for one that was withdrawn.
    pub fn rules(&self, page: &Page) -> Option<StopView> {
        of_stop(page, &self.programme, &self.stations, stop_of(self.state, &self.stations)?)
    }
}

/// The id in an address; what is no id is not found.
pub fn id_of(visit: &Visit, text: &str) -> Result<ApplicationId, Failure> {
    ApplicationId::from_text(text).ok_or_else(|| visit.fail(Error::NotFound))
}

/// A form that was not accepted: why, and what it held.
pub type After<'a> = Option<(&'a Error, &'a [(String, String)])>;

/// The frame of a form's page, with what was typed if it was not accepted, and the status to answer with.
pub fn framed(visit: &Visit, title: &str, after: After<'_>) -> (Page, StatusCode) {
    let page = Page::titled(visit, title);
    match after {
        None => (page, StatusCode::OK),
        Some((error, typed)) => (page.after(error, typed), error.status()),
    }
}

/// What follows a form: the next page, the error to show it again with, or a failure.
pub fn answered<T>(visit: &Visit, result: Result<T, Error>, to: &str, done: &str) -> Result<HttpResponse, Refused> {
    match result {
        Ok(_) => Ok(see_other(to, done)),
        Err(error) if can_be_mended(&error) => Err(Refused::Again(error)),
        Err(error) => Err(Refused::Failed(visit.fail(error))),
    }
}

/// Why a form did not lead on.
pub enum Refused {
    /// It is shown again.
    Again(Error),
    /// It cannot be.
    Failed(Failure),
}
