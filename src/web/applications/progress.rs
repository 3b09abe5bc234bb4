//! How far a file is, part by part: for the page, and for the script that keeps the page up to date after each save.

use crate::actions::completeness::{ALL_DOCUMENTS, Completeness, MEMBERS, ORGANISATION, SECTIONS, progress};
use crate::actions::dossier::Dossier;
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
    /// Part by part, in the order of the page.
    pub parts: Vec<Part>,
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
    /// The parts of a file in a language; `page_path` gives the place on the page of a path in store.
    pub fn of(language: &str, dossier: &Dossier, found: &Completeness, page_path: impl Fn(&str) -> String) -> Overview {
        let parts: Vec<Part> = progress(dossier, found)
            .into_iter()
            .map(|part| Part {
                title: title(language, dossier, &part.part),
                href: match part.part.as_str() {
                    ORGANISATION => "/organisation".to_string(),
                    other => format!("#s-{other}"),
                },
                words: words(language, part.met, part.total),
                hidden: part.part == ORGANISATION && part.total == 0,
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
        let (met, total) = (parts.iter().map(|part| part.met).sum(), parts.iter().map(|part| part.total).sum());
        Overview { words: words(language, met, total), met, total, parts }
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
