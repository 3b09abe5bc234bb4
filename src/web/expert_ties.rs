//! An expert's ties to organisations: for those who keep the pool, and for the expert on the page of their own.

use super::access::{Submitted, Visit};
use super::page::{Failure, Page, can_be_mended, html, ok, see_other};
use super::routes::{Access, Routes};
use super::second_press::again;
use crate::actions::expert_pool;
use crate::actions::expert_ties::{self, TieInput, Withdrawal};
use crate::actions::review::ORGANISERS;
use crate::actions::second_press::Press;
use crate::db;
use crate::db::expert_ties::ExpertTie;
use crate::db::experts::Expert;
use crate::domain::actor::Role;
use crate::domain::form::parse_date;
use crate::domain::ids::{ExpertId, ExpertTieId};
use crate::domain::recusal::TieKind;
use crate::domain::service::{ServiceRecord, service_record};
use crate::domain::steps::{TieAction, permit_declaring};
use crate::error::Error;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    const READERS: Access = Access::Roles(expert_pool::OF_THE_PROVINCE);
    const KEEPERS: Access = Access::Roles(ORGANISERS);
    const EXPERTS: Access = Access::Roles(&[Role::Expert]);
    routes.get("/experts/{id}/ties", READERS, show);
    routes.post("/experts/{id}/ties", KEEPERS, declare);
    routes.post("/experts/{id}/ties/withdrawal", KEEPERS, withdraw);
    routes.get("/expert", EXPERTS, show_own);
    routes.post("/expert/ties", EXPERTS, declare_own);
    routes.post("/expert/ties/withdrawal", EXPERTS, withdraw_own);
}

/// The day in a field; none when it is empty.
pub(super) fn day(form: &Submitted, name: &str) -> Result<Option<NaiveDate>, Error> {
    match form.text(name).as_str() {
        "" => Ok(None),
        text => parse_date(text).map(Some).ok_or_else(|| Error::field(name, "date_invalid")),
    }
}

/// A day as a date field has it; empty for none.
pub(super) fn iso(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A term as people read it: without limit, or its first and last day, of which one may be open.
pub(super) fn term_words(page: &Page, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    if from.is_none() && to.is_none() {
        return page.t("expert-term-open");
    }
    let day = |day: Option<NaiveDate>| day.map(|day| page.day(&day)).unwrap_or_default();
    page.t2("expert-term-days", "from", day(from), "to", day(to))
}

#[derive(Template)]
#[template(path = "experts/ties.html", config = "src/views/askama.toml")]
struct TiesPage {
    page: Page,
    expert: Expert,
    /// The reader is the expert.
    own: bool,
    /// Where the forms go.
    base: String,
    /// The term, in words.
    term: String,
    record: ServiceRecord,
    ties: Vec<ExpertTie>,
    /// Those of them whose organisation is not registered.
    unregistered: BTreeSet<ExpertTieId>,
    /// The ties that the reader may withdraw.
    standing: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    may_declare: bool,
}

/// Whose ties, and whether the reader is that expert.
struct Whose {
    expert: ExpertId,
    own: bool,
}

impl Whose {
    fn of(visit: &Visit, id: &str) -> Result<Whose, Failure> {
        let expert = ExpertId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
        Ok(Whose { expert, own: false })
    }

    fn own(visit: &Visit) -> Result<Whose, Failure> {
        let expert = visit.actor.expert().ok_or_else(|| visit.fail(Error::NotFound))?;
        Ok(Whose { expert, own: true })
    }

    fn base(&self) -> String {
        if self.own { "/expert".into() } else { format!("/experts/{}", self.expert) }
    }

    /// The page on which the ties are.
    fn path(&self) -> String {
        if self.own { self.base() } else { format!("{}/ties", self.base()) }
    }
}

async fn ties_page(visit: &Visit, whose: &Whose, page: impl FnOnce(Page) -> Page) -> Result<TiesPage, Failure> {
    let id = whose.expert;
    let (expert, (ties, unregistered), record) = visit
        .app
        .read(move |tx| {
            let record = service_record(&db::experts::tasks(tx.db, id)?, tx.now);
            let ties = expert_ties::of_expert(tx, id)?;
            let unregistered = expert_ties::unregistered(tx, &ties)?;
            Ok((db::experts::find(tx.db, id)?, (ties, unregistered), record))
        })
        .await
        .map_err(|e| visit.fail(e))?;
    let title = Page::titled(visit, if whose.own { "expert-own-title" } else { "ties-title" });
    let page = page(title);
    let may_withdraw = |tie: &&ExpertTie| expert_ties::standing(tie).permit(&visit.actor, TieAction::Withdraw).is_ok();
    let standing = ties.iter().filter(may_withdraw);
    let label = |tie: &ExpertTie| format!("{} · {}", tie.organisation_name, page.t_of("tie-kind", tie.kind));
    Ok(TiesPage {
        own: whose.own,
        base: whose.base(),
        term: term_words(&page, expert.term_from, expert.term_to),
        standing: standing.map(|tie| (tie.id.to_string(), label(tie))).collect(),
        kinds: TieKind::ALL.iter().map(|kind| (kind.to_string(), page.t_of("tie-kind", kind))).collect(),
        may_declare: permit_declaring(&visit.actor, id).is_ok(),
        expert,
        record,
        ties,
        unregistered,
        page,
    })
}

async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let whose = Whose::of(&visit, &id)?;
    ok(&ties_page(&visit, &whose, |page| page).await?)
}

async fn show_own(visit: Visit) -> Result<HttpResponse, Failure> {
    let whose = Whose::own(&visit)?;
    ok(&ties_page(&visit, &whose, |page| page).await?)
}

async fn declare(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let whose = Whose::of(&form.visit, &id)?;
    declare_for(form, whose).await
}

async fn declare_own(form: Submitted) -> Result<HttpResponse, Failure> {
    let whose = Whose::own(&form.visit)?;
    declare_for(form, whose).await
}

fn input(form: &Submitted) -> Result<TieInput, Error> {
    Ok(TieInput {
        kind: TieKind::from_text(&form.text("kind")).ok_or_else(|| Error::field("kind", "tie_kind"))?,
        organisation: form.text("organisation"),
        credit_code: form.text("credit_code"),
        from_on: day(form, "from_on")?,
        until_on: day(form, "until_on")?,
        note: form.text("note"),
    })
}

async fn declare_for(form: Submitted, whose: Whose) -> Result<HttpResponse, Failure> {
    let (actor, expert) = (form.visit.actor.clone(), whose.expert);
    let asked = input(&form);
    let press = asked.as_ref().ok().map(|input| Press::Tie(expert, input.clone()));
    let done = match asked {
        Ok(input) => form.visit.app.write(move |tx| expert_ties::declare(tx, &actor, expert, &input)).await,
        Err(error) => Err(error),
    };
    if let Some(key) = again(&form, &done, press).await {
        return Ok(see_other(whose.path(), &key));
    }
    answer(form, whose, done.map(drop), "tie-declared").await
}

async fn withdraw(form: Submitted, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let whose = Whose::of(&form.visit, &id)?;
    withdraw_for(form, whose).await
}

async fn withdraw_own(form: Submitted) -> Result<HttpResponse, Failure> {
    let whose = Whose::own(&form.visit)?;
    withdraw_for(form, whose).await
}

async fn withdraw_for(form: Submitted, whose: Whose) -> Result<HttpResponse, Failure> {
    let (actor, expert) = (form.visit.actor.clone(), whose.expert);
    let input = Withdrawal { reason: form.text("reason") };
    let done = match ExpertTieId::from_text(&form.text("tie")) {
        Some(tie) => form.visit.app.write(move |tx| expert_ties::withdraw(tx, &actor, expert, tie, &input)).await,
        None => Err(Error::field("tie", "tie_which")),
    };
    answer(form, whose, done, "tie-withdrawn").await
}

async fn answer(form: Submitted, whose: Whose, done: Result<(), Error>, word: &str) -> Result<HttpResponse, Failure> {
    match done {
        Ok(()) => Ok(see_other(whose.path(), word)),
        Err(error) if can_be_mended(&error) => {
            let page = ties_page(&form.visit, &whose, |page| page.after(&error, &form.pairs)).await?;
            html(error.status(), &page)
        }
        Err(error) => Err(form.visit.fail(error)),
    }
}
