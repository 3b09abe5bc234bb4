//! A pinned programme as the page of its call shows it: what to prepare, which way a file goes, how it is scored.

use crate::domain::call::Phase;
use crate::domain::procedure::Station;
use crate::domain::programme::{DocumentKind, Field, Programme};
use crate::domain::reference::Reference;
use crate::web::page::Page;

/// A document to prepare.
pub struct Document {
    pub name: String,
    pub help: String,
    pub reason: String,
    pub need: String,
    pub limits: String,
}

/// A question of the form.
pub struct Need {
    pub label: String,
    pub help: String,
    pub reason: String,
    pub required: bool,
}

/// A section of the form.
pub struct NeedSection {
    pub title: String,
    pub needs: Vec<Need>,
}

/// A line of the rubric.
pub struct RubricLine {
    pub dimension: String,
    pub item: String,
    pub guidance: String,
    pub max: String,
}

/// A station on the way.
pub struct StationView {
    pub label: String,
    pub note: String,
    pub place: &'static str,
}

/// All of it.
pub struct ProgrammeView {
    pub name: String,
    pub summary: String,
    pub policy_note: String,
    pub applicants: Vec<String>,
    pub rules: Vec<(String, String)>,
    pub documents: Vec<Document>,
    pub sections: Vec<NeedSection>,
    pub stations: Vec<StationView>,
    pub rubric: Vec<RubricLine>,
    pub rubric_is_proposal: bool,
    pub review: String,
    pub quota: Vec<String>,
    pub notice: String,
    pub validity: String,
}

impl ProgrammeView {
    /// Of a programme, in the page's language. `phase` says where an approved call stands.
    pub fn new(page: &Page, programme: &Programme, reference: &Reference, phase: Option<Phase>) -> ProgrammeView {
        let language = page.lang();
        let rubric = programme.rubric.as_ref();
        ProgrammeView {
            name: programme.names.in_language(language).into(),
            summary: programme.summary.in_language(language).into(),
            policy_note: programme.policy_note.in_language(language).into(),
            applicants: applicants(page, programme),
            rules: programme
                .rules
                .iter()
                .map(|rule| (rule.names.in_language(language).into(), rule.basis.in_language(language).into()))
                .collect(),
            documents: programme.documents.iter().map(|kind| document(page, kind)).collect(),
            sections: programme
                .sections
                .iter()
                .map(|section| NeedSection {
                    title: section.names.in_language(language).into(),
                    needs: section.fields.iter().map(|field| need(language, field)).collect(),
                })
                .collect(),
            stations: stations(page, programme, phase),
            rubric: rubric
                .map(|rubric| rubric.dimensions.iter())
                .into_iter()
                .flatten()
                .flat_map(|dimension| dimension.items.iter().map(move |item| (dimension, item)))
                .map(|(dimension, item)| RubricLine {
                    dimension: dimension.names.in_language(language).into(),
                    item: item.names.in_language(language).into(),
                    guidance: item.guidance.in_language(language).into(),
                    max: item.max.to_string(),
                })
                .collect(),
            rubric_is_proposal: rubric.is_some_and(|rubric| rubric.basis == crate::domain::rubric::Basis::Proposal),
            review: programme
                .review
                .as_ref()
                .map(|review| page.t1("call-review-experts", "experts", review.experts_per_application))
                .unwrap_or_default(),
            quota: quota(page, programme, reference),
            notice: programme
                .notice
                .as_ref()
                .map(|notice| page.t1(&format!("call-notice-{}", notice.unit), "length", notice.length))
                .unwrap_or_default(),
            validity: programme
                .validity
                .as_ref()
                .map_or_else(String::new, |validity| page.t1("call-validity-years", "years", validity.years)),
        }
    }
}

fn applicants(page: &Page, programme: &Programme) -> Vec<String> {
    let rules = &programme.applicants;
    let members = if rules.consortium {
        page.t1("call-consortium", "members", rules.max_members)
    } else {
        page.t("call-no-consortium")
    };
    let outside = if rules.outside_province { "call-outside-province" } else { "call-inside-province" };
    vec![page.t(outside), members, page.t1("call-per-organisation", "count", rules.per_organisation)]
}

fn document(page: &Page, kind: &DocumentKind) -> Document {
    let language = page.lang();
    let need = match (kind.required, &kind.required_when) {
        (true, _) => "call-document-required",
        (false, Some(_)) => "call-document-conditional",
        (false, None) => "call-document-optional",
    };
    let types: Vec<String> = kind.types.iter().map(|t| t.as_text().to_uppercase()).collect();
    let limits = [
        page.list(&types),
        page.t1("call-document-size", "mb", kind.max_bytes / (1 << 20)),
        match (kind.min_count, kind.max_count) {
            (min, max) if min == max => page.t1("call-document-exactly", "count", max),
            (min, max) => page.t2("call-document-count", "min", min, "max", max),
        },
    ];
    Document {
        name: kind.names.in_language(language).into(),
        help: kind.help.in_language(language).into(),
        reason: kind.reason.in_language(language).into(),
        need: page.t(need),
        limits: limits.join(" · "),
    }
}

fn need(language: &str, field: &Field) -> Need {
    Need {
        label: field.names.in_language(language).into(),
        help: field.help.in_language(language).into(),
        reason: field.reason.in_language(language).into(),
        required: field.required,
    }
}

/// The way of a file: applying, the programme's stations, the decision before the notice, the list.
fn stations(page: &Page, programme: &Programme, phase: Option<Phase>) -> Vec<StationView> {
    let place = match phase {
        Some(Phase::Open) => "current",
        Some(Phase::Closed) => "done",
        Some(Phase::Upcoming) | None => "ahead",
    };
    let ahead = |label: String| StationView { label, note: String::new(), place: "ahead" };
    let before: Vec<Station> = programme.stations.iter().copied().filter(|s| *s != Station::Notice).collect();
    let mut all = vec![StationView { place, ..ahead(page.t("call-station-apply")) }];
    all.extend(before.iter().map(|station| ahead(page.t_of("station", station))));
    if !before.contains(&Station::CityDecides) {
        all.push(ahead(page.t("call-station-decision")));
    }
    if programme.uses(Station::Notice) {
        all.push(ahead(page.t_of("station", Station::Notice)));
    }
    all.push(ahead(page.t("call-station-list")));
    all
}

fn quota(page: &Page, programme: &Programme, reference: &Reference) -> Vec<String> {
    if !programme.uses(Station::City) && !programme.uses(Station::CityDecides) {
        return Vec::new();
    }
    let quota = &programme.quota;
    let mut lines = vec![match quota.per_bureau {
        Some(limit) => page.t1("call-quota-each", "limit", limit),
        None => page.t("call-quota-none"),
    }];
    for (code, limit) in &quota.bureaus {
        let name = reference.bureau(code).map_or(code.as_str(), |bureau| bureau.names.in_language(page.lang()));
        lines.push(page.t2("call-quota-bureau", "bureau", name, "limit", limit));
    }
    if quota.ranked {
        lines.push(page.t("call-quota-ranked"));
    }
    lines
}
