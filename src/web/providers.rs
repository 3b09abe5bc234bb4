//! The verification of certificates.

use super::access::Visit;
use super::lists::category_name;
use super::page::{Failure, Page, ok};
use super::routes::{Access, Routes};
use crate::actions::Tx;
use crate::db;
use crate::db::memberships::Membership;
use crate::domain::calendar;
use crate::domain::membership::{StandingOnDate, standing_now};
use actix_web::{HttpResponse, web};
use askama::Template;

/// Adds these pages.
pub fn routes(routes: &mut Routes) {
    routes.get("/certificates/{number}", Access::Public, certificate);
}

/// A membership in words.
struct MembershipView {
    category: String,
    certificate: String,
    list: String,
    from: String,
    to: String,
    standing: StandingOnDate,
}

impl MembershipView {
    fn of(tx: &Tx<'_>, membership: &Membership, language: &str) -> MembershipView {
        MembershipView {
            category: category_name(tx, &membership.category, language),
            certificate: membership.certificate_number.clone(),
            list: membership.list_id.to_string(),
            from: calendar::local_date_text(membership.valid_from),
            to: calendar::local_date_text(membership.valid_to),
            standing: standing_now(membership.standing, membership.valid_to, None, calendar::local_date(tx.now)),
        }
    }

    /// How the page colours the standing; the words say the same.
    fn tone(&self) -> &'static str {
        match self.standing {
            StandingOnDate::Active => "good",
            StandingOnDate::Warned => "attention",
            _ => "bad",
        }
    }
}

#[derive(Template)]
#[template(path = "providers/certificate.html", config = "src/views/askama.toml")]
struct CertificatePage {
    page: Page,
    holder: String,
    holder_id: String,
    credit_code: String,
    list_title: String,
    list_number: String,
    membership: MembershipView,
}

async fn certificate(visit: Visit, number: web::Path<String>) -> Result<HttpResponse, Failure> {
    let number = number.trim().to_uppercase();
    let language = visit.actor.language.clone();
    let read = visit.app.read(move |tx| {
        let membership = db::memberships::find_by_certificate(tx.db, &number)?;
        let organisation = db::organisations::find(tx.db, membership.organisation_id)?;
        let list = db::published_lists::find_published(tx.db, membership.list_id)?;
        Ok((MembershipView::of(tx, &membership, &language), organisation, list))
    });
    let (membership, organisation, list) = read.await.map_err(|e| visit.fail(e))?;
    ok(&CertificatePage {
        page: Page::titled(&visit, "certificate-title"),
        holder: organisation.name,
        holder_id: organisation.id.to_string(),
        credit_code: organisation.credit_code,
        list_title: list.title,
        list_number: list.number.unwrap_or_default(),
        membership,
    })
}
