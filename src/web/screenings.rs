//! The department's screening: the check list to fill in, and afterwards to read.

use super::access::{Submitted, Visit};
use super::file::{After, FileView, Refused, answered, framed, id_of};
use super::page::{Failure, Page, html};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::actions::dossier::Dossier;
use crate::actions::screen::{ScreeningInput, machine_findings, screen};
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::domain::eligibility::Outcome;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::Action;
use crate::domain::programme::Programme;
use crate::domain::screening::{Figure, LEAD_CODE, MATERIALS, MEMBER_CODES, OfficerFinding, Verdict, figure_in};
use crate::domain::status::Conclusion;
use crate::error::Error;
use crate::words::Words;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDateTime;

const READERS: Access = Access::Roles(&[Role::Handler, Role::Approver, Role::Auditor]);
const HANDLER: Access = Access::Roles(&[Role::Handler]);
/// What the names of the inputs begin with; they are also the paths of their problems.
const PREFIX: &str = "findings.";

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/applications/{id}/screening", READERS, show);
    routes.post("/applications/{id}/screening", HANDLER, create);
}

/// One item of the check list.
struct Item {
    label: String,
    basis: String,
    name: String,
    note_name: String,
    machine: Outcome,
    tone: &'static str,
    figures: Vec<String>,
    /// Empty until the officer has found something.
    verdict: String,
    note: String,
}

/// How a screening ended.
struct Ended {
    conclusion: Conclusion,
    reason: String,
    at: NaiveDateTime,
}

#[derive(Template)]
#[template(path = "screenings/show.html", config = "src/views/askama.toml")]
struct ScreeningPage {
    page: Page,
    file: FileView,
    items: Vec<Item>,
    outcome: Option<Ended>,
    verdicts: Vec<(String, String)>,
    conclusions: Vec<(String, String)>,
    may_return: bool,
}

/// What the page is made of.
struct Shown {
    file: FileView,
    items: Vec<Item>,
    ended: Option<Ended>,
    available: Vec<Action>,
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let id = id_of(&visit, &id)?;
    render(&visit, id, None).await
}

async fn render(visit: &Visit, id: ApplicationId, after: After<'_>) -> Result<HttpResponse, Failure> {
    let (actor, first) = (visit.actor.clone(), after.is_none());
    let shown = visit.app.read(move |tx| read(tx, &actor, id, first)).await.map_err(|e| visit.fail(e))?;
    let (page, status) = framed(visit, "screening-title", after);
    let verdicts = Verdict::ALL.iter().map(|v| (v.to_string(), page.t_of("verdict", v))).collect();
    let conclusions = [(Action::Accept, Conclusion::Accepted), (Action::DeclareIneligible, Conclusion::Ineligible)]
        .into_iter()
        // After a refusal both stay on the page: what was chosen is not lost.
        .filter(|(action, _)| !first || shown.available.contains(action))
        .map(|(_, conclusion)| (conclusion.to_string(), page.t_of("screening", conclusion)))
        .collect();
    html(
        status,
        &ScreeningPage {
            may_return: shown.available.contains(&Action::RequestCorrection),
            page,
            file: shown.file,
            items: shown.items,
            outcome: shown.ended,
            verdicts,
            conclusions,
        },
    )
}

fn read(tx: &mut Tx<'_>, actor: &Actor, id: ApplicationId, first: bool) -> Result<Shown, Error> {
    let dossier = Dossier::load(tx, actor, id)?;
    let language = actor.language.as_str();
    let file = FileView::of(tx, &dossier, language)?;
    let available = dossier.available(actor);
    if let Some(screening) = db::screenings::of_application(tx.db, id)? {
        let programme = dossier.programme();
        let items = screening
            .findings
            .0
            .iter()
            .map(|i| Item {
                verdict: i.verdict.to_string(),
                note: i.note.clone(),
                ..item(programme, language, &i.rule, i.machine, &i.figures)
            })
            .collect();
        let at = screening.screened_at;
        let ended = Ended { conclusion: screening.conclusion, reason: screening.reason, at };
        return Ok(Shown { file, items, ended: Some(ended), available });
    }
    if first && !available.contains(&Action::DeclareIneligible) {
        dossier.permit(actor, Action::Accept)?;
    }
    let machine = machine_findings(tx, &dossier, language)?;
    let mut items: Vec<Item> = machine
        .items
        .iter()
        .map(|finding| {
            let figures: Vec<Figure> = finding.details.iter().map(Figure::from).collect();
            item(dossier.programme(), language, &finding.rule, finding.outcome, &figures)
        })
        .collect();
    if let Some(last) = items.last_mut() {
        last.figures.extend(machine.missing.iter().map(|problem| Words.problem(language, problem)));
    }
    Ok(Shown { file, items, ended: None, available })
}

fn item(programme: &Programme, language: &str, rule: &str, machine: Outcome, figures: &[Figure]) -> Item {
    let (label, basis) = match programme.rule(rule) {
        Some(rule) => (rule.names.in_language(language).to_string(), rule.basis.in_language(language).to_string()),
        None if rule == MATERIALS => (Words.say(language, "screening-materials"), String::new()),
        None if rule == LEAD_CODE => (Words.say(language, "screening-lead_code"), String::new()),
        None if rule == MEMBER_CODES => (Words.say(language, "screening-member_codes"), String::new()),
        None => (rule.to_string(), String::new()),
    };
    let sentence = |figure: &Figure| {
        let figure = figure_in(figure, programme, language);
        let args = figure.args.iter().map(|(name, value)| (name.as_str(), value));
        Words.say_with(language, &format!("finding-{}", figure.code), args)
    };
    Item {
        label,
        basis,
        name: format!("{PREFIX}{rule}"),
        note_name: format!("{PREFIX}{rule}.note"),
        machine,
        tone: match machine {
            Outcome::Met => "good",
            Outcome::NotMet => "bad",
            Outcome::Unknown => "attention",
        },
        figures: figures.iter().map(sentence).collect(),
        verdict: String::new(),
        note: String::new(),
    }
}

async fn create(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let visit = &form.visit;
    let id = id_of(visit, &id)?;
    let actor = visit.actor.clone();
    let result = match read_screening(&form) {
        Err(error) => Err(error),
        Ok(input) => visit.app.write(move |tx| screen(tx, &actor, id, &input).map(drop)).await,
    };
    match answered(visit, result, &format!("/applications/{id}"), "screened") {
        Err(Refused::Again(error)) => render(visit, id, Some((&error, &form.pairs))).await,
        Err(Refused::Failed(failure)) => Err(failure),
        Ok(response) => Ok(response),
    }
}

fn read_screening(form: &Submitted) -> Result<ScreeningInput, Error> {
    let conclusion = Conclusion::from_text(&form.text("conclusion"))
        .ok_or_else(|| Error::field("conclusion", "conclusion_missing"))?;
    // An item without a tick sends no verdict; the check list finds it missing.
    let findings = form
        .pairs
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, Verdict::from_text(value)?)))
        .filter(|(rule, _)| !rule.contains('.'))
        .map(|(rule, verdict)| OfficerFinding {
            rule: rule.into(),
            verdict,
            note: form.text(&format!("{PREFIX}{rule}.note")),
        })
        .collect();
    Ok(ScreeningInput { version: form.number("version")?, conclusion, findings, reason: form.text("reason") })
}
