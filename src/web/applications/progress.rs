//! How far a file is, part by part, or in a correction mark by mark: for the page, and for the script that keeps the page up to
//! date after each save.

use crate::actions::completeness::{ALL_DOCUMENTS, Completeness, DOCUMENTS, MEMBERS, ORGANISATION, SECTIONS, progress};
use crate::actions::dossier::Dossier;
use crate::actions::marks::name_of_mark;
use crate::db::corrections::{Mark, MarkKind};
use crate::domain::ids::ApplicationId;
use crate::words::Words;
use serde::Serialize;

/// The whole file.
#[derive(Serialize)]
pub struct Overview {
    /// How much of everything is there, in words.
    pub words: String,
    /// Needs that are met.
    pub met: usize,
    /// Needs in all.
    pub total: usize,
    /// In a correction: what is to be mended, in the order in which it was marked.
    pub marks: Vec<ToMend>,
    /// Part by part, in the order of the page.
    pub parts: Vec<Part>,
}

/// One thing that is to be mended.
#[derive(Serialize)]
pub struct ToMend {
    /// Where: its field in the form, or its kind among the documents.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// What is wrong with it, by whoever sent it back.
    pub reason: String,
    /// Whether it was changed since.
    pub changed: bool,
    /// The same in words.
    pub words: String,
}

impl ToMend {
    /// A mark in a language.
    pub fn of(language: &str, dossier: &Dossier, mark: &Mark, changed: bool) -> ToMend {
        ToMend {
            href: place_of(dossier.application.id, mark),
            name: name_of_mark(dossier.programme(), mark, language, &Words.say(language, "members-title")),
            reason: mark.reason.clone(),
            changed,
            words: Words.say(language, if changed { "mark-changed" } else { "mark-unchanged" }),
        }
    }

    /// The tone of the words.
    pub fn tone(&self) -> &'static str {
        if self.changed { "good" } else { "attention" }
    }
}

/// Where what is marked is mended.
fn place_of(application: ApplicationId, mark: &Mark) -> String {
    match mark.kind {
        MarkKind::Field => format!("/applications/{application}/form#f-{}", mark.key),
        // Of a kind that is full there is no place to choose a file; its heading is always there.
        MarkKind::Document => format!("/applications/{application}/documents#t-{DOCUMENTS}{}", mark.key),
        MarkKind::Members => format!("/applications/{application}/form#f-{MEMBERS}"),
    }
}

/// A part of the file.
#[derive(Serialize)]
pub struct Part {
    /// Which: its place on the page is `s-` and this.
    pub part: String,
    /// What it is called.
    pub title: String,
    /// Where it is on the page, or elsewhere.
    pub href: String,
    /// How much of it is there, in words.
    pub words: String,
    /// Needs that are met.
    pub met: usize,
    /// Needs in all; zero when nothing of it is asked for.
    pub total: usize,
    /// Whether there is nothing to tell of it.
    pub hidden: bool,
    /// What stands in the way.
    pub lacking: Vec<Lacking>,
}

/// One thing that stands in the way.
#[derive(Serialize)]
pub struct Lacking {
    /// Where it is mended.
    pub href: String,
    /// What to do.
    pub text: String,
}

impl Overview {
    /// The parts of a file in a language; `page_path` gives the place on the page of a path in store. In a correction, `mending` has
    /// the marks, each with whether it was changed: they are what there is to do, and of the parts those that lack something.
    pub fn of(
        language: &str,
        dossier: &Dossier,
        found: &Completeness,
        mending: &[(Mark, bool)],
        page_path: impl Fn(&str) -> String,
    ) -> Overview {
        let marks: Vec<ToMend> =
            mending.iter().map(|(mark, changed)| ToMend::of(language, dossier, mark, *changed)).collect();
        let is_hidden = |is_bare: bool, lacks: bool| if marks.is_empty() { is_bare } else { !lacks };
        let parts: Vec<Part> = progress(dossier, found)
            .into_iter()
            .map(|part| Part {
                title: title(language, dossier, &part.part),
                href: match part.part.as_str() {
                    ORGANISATION => "/organisation".to_string(),
                    other => format!("#s-{other}"),
                },
                words: words(language, part.met, part.total),
                hidden: is_hidden(part.part == ORGANISATION && part.total == 0, !part.lacking.is_empty()),
                lacking: part
                    .lacking
                    .iter()
                    .map(|problem| Lacking {
                        href: match problem.path.as_str() {
                            ORGANISATION => "/organisation".to_string(),
                            path => format!("#f-{}", page_path(path)),
                        },
                        text: Words.problem(language, problem),
                    })
                    .collect(),
                met: part.met,
                total: part.total,
                part: part.part,
            })
            .collect();
        if !marks.is_empty() {
            let (met, total) = (marks.iter().filter(|mark| mark.changed).count(), marks.len());
            let counts = [("left", total - met), ("changed", met)];
            return Overview { words: Words.say_with(language, "progress-mending", counts), met, total, marks, parts };
        }
        let (met, total) = (parts.iter().map(|part| part.met).sum(), parts.iter().map(|part| part.total).sum());
        Overview { words: words(language, met, total), met, total, marks, parts }
    }
}

fn title(language: &str, dossier: &Dossier, part: &str) -> String {
    match part {
        MEMBERS => Words.say(language, "members-title"),
        ALL_DOCUMENTS => Words.say(language, "documents-title"),
        ORGANISATION => Words.say(language, "application-organisation"),
        section => {
            let key = section.strip_prefix(SECTIONS).unwrap_or(section);
            let known = dossier.programme().sections.iter().find(|known| known.key == key);
            known.map(|known| known.names.in_language(language).to_string()).unwrap_or_default()
        }
    }
}

fn words(language: &str, met: usize, total: usize) -> String {
    if total == 0 {
        return Words.say(language, "progress-nothing");
    }
    let key = if met == total { "progress-complete" } else { "progress-some" };
    Words.say_with(language, key, [("met", met), ("total", total)])
}
