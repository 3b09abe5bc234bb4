//! The file of an application, for every role that has it in sight.

use super::super::access::Visit;
use super::super::documents::{FileView, file_view, size_text};
use super::super::page::{Failure, Page, ok};
use super::super::timeline::{self, Entry, LegView};
use super::fields::{FieldInput, Maker, SectionInput};
use super::history::{CorrectionView, corrections};
use super::progress::ToMend;
use crate::actions::Tx;
use crate::actions::dossier::Dossier;
use crate::actions::marks::{Marks, mending};
use crate::actions::reading::{self, Reading};
use crate::actions::statement::{Ruling, adverse_ruling, station_names};
use crate::actions::timeline::of_reading;
use crate::db;
use crate::db::applications::{Application, Member};
use crate::db::attachments::Attachment;
use crate::db::corrections::{Correction, Mark};
use crate::db::events::StoredEvent;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar;
use crate::domain::form::ViewContext;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::{Action, State};
use crate::domain::reference::AreaName;
use crate::domain::refusal::Refusal;
use crate::domain::status::{CodeCheck, CorrectionStation};
use crate::domain::timeline::{Place, Timeline};
use crate::error::Error;
use crate::words::Words;
use actix_web::{HttpResponse, web};
use askama::Template;
use std::collections::BTreeMap;

/// What one may do now.
struct ActionLink {
    href: String,
    label: String,
    primary: bool,
}

/// A station of the way.
struct StationView {
    label: String,
    note: String,
    place: &'static str,
}

/// The documents of one kind.
struct KindView {
    name: String,
    files: Vec<FileView>,
}

#[derive(Template)]
#[template(path = "applications/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    id: ApplicationId,
    number: String,
    organisation: String,
    credit_code: String,
    code_check: CodeCheck,
    area: AreaName,
    address: String,
    call_title: String,
    call_id: String,
    bureau: String,
    state: State,
    tone: &'static str,
    next: String,
    deadline: String,
    /// What its applicant is to mend now, and why.
    to_mend: Vec<ToMend>,
    /// A word from whoever sent it back.
    mend_note: String,
    /// Why an officer of its bureau, who would recommend it, cannot; empty for everybody else.
    no_place: String,
    /// The adverse decision that ended the file.
    ruling: Option<Ruling>,
    stations: Vec<StationView>,
    legs: Vec<LegView>,
    actions: Vec<ActionLink>,
    sections: Vec<SectionInput>,
    members: Vec<Member>,
    kinds: Vec<KindView>,
    corrections: Vec<CorrectionView>,
    events: Vec<Entry>,
    recommendation: Option<(i32, String)>,
    receipt: bool,
    sha256: String,
    full: bool,
    own: bool,
}

/// Everything that is read for the page.
struct Loaded {
    reading: Reading,
    available: Vec<Action>,
    corrections: Vec<Correction>,
    events: Vec<StoredEvent>,
    /// The way of the file; none for whoever sees its content alone.
    story: Option<Timeline>,
    recommendation: Option<(i32, String)>,
    marks: Marks,
    /// What its own applicant is to mend, each with whether it was changed.
    mending: Vec<(Mark, bool)>,
    /// Who asked for the open correction and decides when its date has passed.
    corrects: String,
    ruling: Option<Ruling>,
    /// The places of its bureau are used up, for an officer who would recommend it.
    no_place: Option<Refusal>,
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId) -> Result<Loaded, Error> {
    let reading = reading::read(tx, actor, id)?;
    // The rank is between bureau and department.
    let recommendation = if reading.full && !reading.own { db::applications::recommendation(tx.db, id)? } else { None };
    let events = db::events::of_subject(tx.db, "application", id.as_text())?;
    let story = if reading.full { Some(of_reading(tx, actor, &reading, &events)?) } else { None };
    let ruling = if reading.full { adverse_ruling(tx, &reading.dossier, &events) } else { None };
    let marks = Marks::of(tx, &reading.dossier)?;
    // How far the mending is, is the applicant's alone until it is filed.
    let mending = if reading.own { mending(tx, &reading.dossier, &marks, &reading.documents)? } else { Vec::new() };
    let corrects = marks.correction().map(|correction| {
        let role = match correction.station {
            CorrectionStation::City => Role::CityOfficer,
            CorrectionStation::Screening => Role::Handler,
        };
        station_names(tx, &reading.dossier, role).in_language(&actor.language).to_string()
    });
    let no_place = match reading.dossier.permit(actor, Action::Recommend) {
        Err(Error::Refused(refusal)) if refusal.code == "quota_used_up" => Some(refusal),
        _ => None,
    };
    Ok(Loaded {
        no_place,
        available: reading.dossier.available(actor),
        corrections: db::corrections::of_application(tx.db, id)?,
        events,
        story,
        recommendation,
        mending,
        marks,
        corrects: corrects.unwrap_or_default(),
        ruling,
        reading,
    })
}

pub async fn show(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = super::id_of(&visit, &path)?;
    let actor = visit.actor.clone();
    let loaded = visit.app.read(move |tx| load(tx, &actor, id)).await.map_err(|e| visit.fail(e))?;
    let page = Page::new(&visit, loaded.reading.dossier.organisation.name.clone());
    ok(&show_page(&visit, page, loaded))
}

fn show_page(visit: &Visit, page: Page, loaded: Loaded) -> ShowPage {
    let reference = &visit.app.env.reference;
    let language = page.lang().to_string();
    let Reading { dossier, full, form, members, documents, submissions, .. } = &loaded.reading;
    let full = *full;
    let (application, organisation, call) = (&dossier.application, &dossier.organisation, &dossier.call);
    let words = Words.of_forms(&language);
    let context = ViewContext { call_year: call.year, language: &language, reference, words: &words };
    let maker = Maker {
        programme: dossier.programme(),
        reference,
        form,
        marks: &loaded.marks,
        can_save: false,
        call_year: call.year,
        language: &language,
        problems: BTreeMap::new(),
    };
    let area = organisation.registered_area.as_deref();
    let area = area.and_then(|code| reference.area_name(code, &language));
    let (next, deadline) = what_next(&page, &loaded);
    let (to_mend, mend_note) = to_mend(&page, &loaded);
    let no_place = loaded.no_place.as_ref().map(|refusal| Words.refusal(&language, refusal)).unwrap_or_default();
    let bureau = application.bureau.as_deref().and_then(|code| reference.bureau(code));
    ShowPage {
        id: application.id,
        number: application.number.clone().unwrap_or_default(),
        organisation: organisation.name.clone(),
        credit_code: organisation.credit_code.clone(),
        code_check: organisation.code_check,
        area: area.unwrap_or_else(|| AreaName { city: page.t("application-area-outside"), county: String::new() }),
        address: organisation.address.clone(),
        call_title: call.title.clone(),
        call_id: call.id.to_string(),
        bureau: bureau.map_or_else(|| page.t("application-bureau-direct"), |bureau| bureau.name_in(page.lang())),
        state: application.state,
        tone: super::tone(application.state),
        stations: loaded.story.as_ref().map(|story| stations(&page, story, application.state)).unwrap_or_default(),
        legs: loaded
            .story
            .as_ref()
            .map(|story| timeline::legs(&page, story, application.state, &next))
            .unwrap_or_default(),
        next,
        deadline,
        to_mend,
        mend_note,
        no_place,
        ruling: loaded.ruling.clone(),
        actions: action_links(&page, application, &loaded.available),
        sections: without_personal(maker.sections(), dossier, full),
        members: members.clone(),
        kinds: kinds(&page, dossier, documents),
        corrections: if full {
            corrections(&visit.app.env, &page, dossier.programme(), &loaded.corrections, submissions, &context)
        } else {
            Vec::new()
        },
        events: if full { timeline::timeline(&page, &loaded.events) } else { Vec::new() },
        recommendation: loaded.recommendation.clone(),
        receipt: full && !submissions.is_empty(),
        sha256: submissions.last().map(|s| s.sha256.clone()).unwrap_or_default(),
        full,
        own: loaded.reading.own,
        page,
    }
}

/// What comes next, and until when: nobody is told to do what the clock no longer lets them do.
fn what_next(page: &Page, loaded: &Loaded) -> (String, String) {
    let dossier = &loaded.reading.dossier;
    let call = &dossier.call;
    let state = dossier.application.state;
    let next = page.t_of("application-next", state);
    match loaded.marks.correction() {
        Some(correction) if page.now() >= correction.due_at => {
            let at = page.until(&correction.due_at);
            let told = if loaded.reading.own {
                page.t2("application-next-lapsed", "at", at, "station", &loaded.corrects)
            } else {
                page.t1("application-next-lapsed-officer", "at", at)
            };
            (told, String::new())
        }
        Some(correction) => (next, page.t1("application-deadline-correction", "at", page.until(&correction.due_at))),
        None if state == State::Draft && page.now() >= call.closes_at => {
            (page.t1("application-next-closed", "at", page.until(&call.closes_at)), String::new())
        }
        None if state == State::Draft => {
            (next, page.t1("application-deadline-closing", "at", page.until(&call.closes_at)))
        }
        None if state == State::Submitted && loaded.reading.full => {
            (next, page.t1("application-deadline-recommendation", "at", page.until(&call.recommend_by)))
        }
        None if matches!(state, State::InNotice | State::Held) => {
            let legs = loaded.story.iter().flat_map(|story| &story.legs);
            let ends = legs.filter(|leg| leg.place == Place::Current).find_map(|leg| leg.due_at);
            let until = ends.map(|ends| page.t1("timeline-notice-until", "at", page.until(&ends)));
            (next, until.unwrap_or_default())
        }
        None => {
            let legs = loaded.story.iter().flat_map(|story| &story.legs);
            let planned = legs.filter(|leg| leg.place == Place::Current).find_map(|leg| timeline::planned(page, leg));
            (next, planned.unwrap_or_default())
        }
    }
}

/// What an applicant is to mend while it can be mended, and a word from whoever sent it back.
fn to_mend(page: &Page, loaded: &Loaded) -> (Vec<ToMend>, String) {
    let open = loaded.marks.correction().filter(|correction| loaded.reading.own && page.now() < correction.due_at);
    let Some(correction) = open else { return (Vec::new(), String::new()) };
    let marks = loaded.mending.iter();
    let marks = marks.map(|(mark, changed)| ToMend::of(page.lang(), &loaded.reading.dossier, mark, *changed));
    (marks.collect(), correction.note.clone())
}

/// Fields about persons are not for experts and evaluators.
fn without_personal(sections: Vec<SectionInput>, dossier: &Dossier, full: bool) -> Vec<SectionInput> {
    let personal = |field: &FieldInput| dossier.programme().field(&field.key).is_some_and(|f| f.personal);
    let kept = sections.into_iter().map(|mut section| {
        section.fields.retain(|field| full || !personal(field));
        section
    });
    kept.filter(|section| !section.fields.is_empty()).collect()
}

fn kinds(page: &Page, dossier: &Dossier, documents: &[Attachment]) -> Vec<KindView> {
    let kinds = dossier.programme().documents.iter().map(|kind| KindView {
        name: kind.names.in_language(page.lang()).to_string(),
        files: documents.iter().filter(|d| d.kind == kind.key).map(|d| file_view(page, d)).collect(),
    });
    kinds.collect()
}

/// Where each action's page is; actions without a page of their own for one file are taken elsewhere.
fn action_links(page: &Page, application: &Application, available: &[Action]) -> Vec<ActionLink> {
    let id = application.id;
    let is_correction = matches!(application.state, State::CityCorrection | State::ScreeningCorrection);
    let links = available.iter().filter_map(|action| {
        let part = match action {
            Action::Save => "form",
            Action::Submit | Action::Resubmit => "submission",
            Action::Withdraw => "withdrawal",
            Action::RequestCorrection => "corrections/new",
            Action::ExtendCorrection => "corrections/extension",
            Action::Recommend => "recommendation",
            Action::NotRecommend => "refusal",
            Action::FileResult => "result",
            Action::Accept | Action::DeclareIneligible => "screening",
            _ => return None,
        };
        let primary = matches!(
            action,
            Action::Save | Action::Submit | Action::Resubmit | Action::Recommend | Action::FileResult | Action::Accept
        );
        Some((part, primary, action))
    });
    let mut seen: Vec<&str> = Vec::new();
    let mut shown = Vec::new();
    for (part, primary, action) in links {
        if seen.contains(&part) {
            continue;
        }
        seen.push(part);
        let label = match part {
            "screening" => page.t("action-screening"),
            "form" if is_correction => page.t("form-go-on-correction"),
            _ => page.t_of("action", action),
        };
        shown.push(ActionLink { href: format!("/applications/{id}/{part}"), label, primary });
    }
    if available.contains(&Action::Save) {
        let href = format!("/applications/{id}/documents");
        shown.insert(1.min(shown.len()), ActionLink { href, label: page.t("documents-title"), primary: false });
    }
    if available.contains(&Action::Rerank) {
        // Ranks are changed among all files of the bureau.
        let href = format!("/recommendations?call={}", application.call_id);
        shown.push(ActionLink { href, label: page.t_of("action", Action::Rerank), primary: false });
    }
    shown
}

/// The way of this file in short: what is behind and since when, where it is, what is ahead.
fn stations(page: &Page, story: &Timeline, state: State) -> Vec<StationView> {
    let views = story.legs.iter().map(|leg| StationView {
        label: page.t_of("station", leg.stop),
        note: match (leg.place, leg.left_at) {
            (Place::Current, _) => page.t_of("state", state),
            (Place::Done, Some(left)) => page.day(&calendar::local_date(left)),
            _ => String::new(),
        },
        place: match leg.place {
            Place::Unreached => Place::Ahead.as_text(),
            place => place.as_text(),
        },
    });
    views.collect()
}

/// A document of a frozen submission, for the receipt.
pub(super) fn document_line(
    page: &Page,
    dossier: &Dossier,
    document: &crate::actions::submit::ContentDocument,
) -> [String; 4] {
    let kind = dossier.programme().document(&document.kind);
    [
        kind.map_or_else(|| document.kind.clone(), |kind| kind.names.in_language(page.lang()).to_string()),
        document.name.clone(),
        size_text(document.bytes),
        document.sha256.clone(),
    ]
}
