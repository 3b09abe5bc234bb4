//! Public notices and objections.

use super::operation::{Asked, Nothing, Operation, Shapes, change, confidential, create, query_of, read, special};
use super::upload_once::{UploadOnce, answer};
use crate::actions::Tx;
use crate::actions::evidence::{redeem, seal};
use crate::actions::handle_objection::{self as handle, ProposedOutcome, Reasoned, Seen};
use crate::actions::object::{self, Enclosure, NewObjection};
use crate::actions::open_notice::{NewNotice, open_notice};
use crate::actions::throttle;
use crate::db;
use crate::db::notices::Notice;
use crate::db::objections::Objection;
use crate::db::page::Pager;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, CallId, EvidenceId, NoticeId, ObjectionId};
use crate::domain::notice::Period;
use crate::domain::published_list::Shown;
use crate::domain::status::{ObjectionOutcome, ObjectionStatus, ObjectorKind};
use crate::domain::steps::{EVIDENCE_READERS, EvidenceAction, NoticeAction, ObjectionAction};
use crate::domain::throttle::Throttled;
use crate::error::Error;
use crate::storage::display_name;
use crate::web::documents::stored_download;
use crate::web::receive::receive_evidence;
use crate::web::routes::Access;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, web};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const OFFICERS: Access = Access::Roles(&[Role::Handler, Role::Approver, Role::Auditor]);
const HANDLER: Access = Access::Roles(&[Role::Handler]);
const APPROVER: Access = Access::Roles(&[Role::Approver]);

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/notices",
            "list_notices",
            "Public notices, newest first.",
            Access::Public,
            |tx, _, asked: &Asked<Paged>| {
                let rows = db::notices::list(tx.db, Pager::new(asked.input.page, asked.input.per_page))?;
                let now = tx.now;
                Ok(rows.map(|notice| NoticeJson::of(&notice, now)))
            },
        ),
        read("/notices/{id}", "show_notice", "One public notice.", Access::Public, |tx, _, asked: &Asked<Nothing>| {
            let notice = db::notices::find(tx.db, asked.id(NoticeId::from_text, "id")?)?;
            Ok(NoticeJson::of(&notice, tx.now))
        }),
        read(
            "/notices/{id}/entries",
            "list_notice_entries",
            "The names in a notice, in no order of merit.",
            Access::Public,
            |tx, _, asked: &Asked<Paged>| {
                let notice = db::notices::find(tx.db, asked.id(NoticeId::from_text, "id")?)?;
                let pager = Pager::new(asked.input.page, asked.input.per_page);
                let rows = db::notices::entries(tx.db, notice.id, pager)?;
                Ok(rows.map(|entry| NoticeEntryJson {
                    application: entry.application_id,
                    position: entry.position,
                    columns: entry.shown.0,
                }))
            },
        ),
        create(
            "/calls/{id}/notices",
            "open_notice",
            "Names the proposed applications of a call in a public notice.",
            HANDLER,
            |tx, actor, asked: &Asked<NewNotice>| {
                let id = open_notice(tx, actor, asked.id(CallId::from_text, "id")?, &asked.input)?;
                let notice = db::notices::find(tx.db, id)?;
                Ok(NoticeJson::of(&notice, tx.now))
            },
        ),
        special(
            Method::POST,
            StatusCode::CREATED,
            "/evidence",
            "upload_evidence",
            "Brings in one document for an objection, named by the query's `name`; the answer's `token` goes with it.",
            Access::Public,
            Shapes::upload::<EvidenceName, EvidenceToken>(),
            |req: HttpRequest, mut payload: web::Payload, caller| async move {
                let query: EvidenceName = query_of(&req)?;
                // Before a byte of it is taken in.
                let network = caller.network.clone();
                caller.app.write(move |tx| throttle::count(tx, Throttled::Evidence, &network)).await?;
                let once = UploadOnce::of(&req, &caller)?;
                if let Some(answered) = once.answered(&caller.app, &mut payload, object::EVIDENCE_BYTES).await? {
                    return Ok(answered);
                }
                let stored = receive_evidence(&caller.app, &caller.network, &query.name, payload).await?;
                let sha256 = stored.sha256.to_string();
                let document = Enclosure { name: display_name(&query.name), stored };
                let token = seal(&caller.app.env, caller.app.clock.now(), &document)?;
                let token = EvidenceToken { token, sha256: sha256.clone() };
                let work = move |tx: &mut Tx<'_>| once.run(tx, &sha256, |_| Ok(token));
                Ok(answer(caller.app.write(work).await?))
            },
        )
        .once(),
        create(
            "/notices/{id}/objections",
            "object",
            "Objects to a name in a notice. While it runs, what was left out is named and nothing is recorded, unless \
             `as_it_is` says that it is to be recorded all the same; what is late, and what is anonymous or incomplete \
             as it is, is recorded as not accepted.",
            Access::Public,
            |tx, actor, asked: &Asked<ObjectionBody>| {
                let notice = asked.id(NoticeId::from_text, "id")?;
                let body = &asked.input;
                if body.evidence.len() > object::EVIDENCE_COUNT {
                    return Err(object::too_much_evidence());
                }
                let enclosures = body
                    .evidence
                    .iter()
                    .map(|token| redeem(tx.env, tx.now, token))
                    .collect::<Result<Vec<_>, Error>>()?;
                let input = NewObjection {
                    application: body.application,
                    kind: body.kind,
                    name: body.name.clone(),
                    phone: body.phone.clone(),
                    email: body.email.clone(),
                    matter: body.matter.clone(),
                };
                throttle::count(tx, Throttled::Objection, &asked.network)?;
                match body.as_it_is {
                    true => object::object_as_it_is(tx, actor, notice, &input, &enclosures),
                    false => object::object(tx, actor, notice, &input, &enclosures),
                }
            },
        ),
        read(
            "/objections",
            "list_objections",
            "Objections, newest first, without those who made them.",
            OFFICERS,
            |tx, actor, asked: &Asked<ObjectionFilter>| {
                let pager = Pager::new(asked.input.page, asked.input.per_page);
                let rows = db::objections::list(tx.db, asked.input.status, pager)?;
                rows.try_map(|objection| ObjectionJson::of(tx, actor, &objection))
            },
        ),
        read("/objections/{id}", "show_objection", "One objection.", OFFICERS, |tx, actor, asked: &Asked<Nothing>| {
            shown(tx, actor, asked)
        }),
        special(
            Method::GET,
            StatusCode::OK,
            "/objections/{id}/evidence/{evidence}",
            "download_evidence",
            "One document of an objection.",
            Access::Roles(EVIDENCE_READERS),
            Shapes::file(object::EVIDENCE_TYPES),
            |req: HttpRequest, _: web::Payload, caller| async move {
                let part = |name| req.match_info().get(name).unwrap_or_default().to_string();
                let ids = ObjectionId::from_text(&part("id")).zip(EvidenceId::from_text(&part("evidence")));
                let (objection, evidence) = ids.ok_or(Error::NotFound)?;
                let work = move |tx: &mut Tx<'_>| Ok(db::objections::find_evidence(tx.db, objection, evidence)?);
                let found = caller.app.read(work).await?;
                Ok(stored_download(&caller.app, &found.sha256, &found.name, &found.file_type).await?)
            },
        ),
        change(
            Method::POST,
            "/objections/{id}/acceptance",
            "accept_objection",
            "Accepts an objection for handling; its entry is held.",
            HANDLER,
            |tx, actor, asked: &Asked<Seen>| {
                handle::accept(tx, actor, asked.id(ObjectionId::from_text, "id")?, &asked.input)?;
                shown(tx, actor, asked)
            },
        ),
        change(
            Method::POST,
            "/objections/{id}/refusal",
            "decline_objection",
            "Does not accept an objection for handling.",
            HANDLER,
            |tx, actor, asked: &Asked<Reasoned>| {
                handle::decline(tx, actor, asked.id(ObjectionId::from_text, "id")?, &asked.input)?;
                shown(tx, actor, asked)
            },
        ),
        change(
            Method::POST,
            "/objections/{id}/outcome",
            "propose_objection_outcome",
            "Proposes how an objection ends.",
            HANDLER,
            |tx, actor, asked: &Asked<ProposedOutcome>| {
                handle::propose(tx, actor, asked.id(ObjectionId::from_text, "id")?, &asked.input)?;
                shown(tx, actor, asked)
            },
        ),
        change(
            Method::POST,
            "/objections/{id}/approval",
            "approve_objection_outcome",
            "Approves a proposed outcome; not one's own.",
            APPROVER,
            |tx, actor, asked: &Asked<Seen>| {
                handle::approve(tx, actor, asked.id(ObjectionId::from_text, "id")?, &asked.input)?;
                shown(tx, actor, asked)
            },
        ),
        change(
            Method::POST,
            "/objections/{id}/return",
            "return_objection_outcome",
            "Sends a proposed outcome back.",
            APPROVER,
            |tx, actor, asked: &Asked<Reasoned>| {
                handle::send_back(tx, actor, asked.id(ObjectionId::from_text, "id")?, &asked.input)?;
                shown(tx, actor, asked)
            },
        ),
        confidential(
            "/objections/{id}/identity",
            "unseal_objection",
            "Opens the seal: who objected. Recorded with the reason for asking.",
            HANDLER,
            |tx, actor, asked: &Asked<Reason>| {
                let identity = handle::unseal(tx, actor, asked.id(ObjectionId::from_text, "id")?, &asked.input.reason)?;
                Ok(IdentityJson {
                    kind: identity.kind,
                    name: identity.name,
                    phone: identity.phone,
                    email: identity.email,
                })
            },
        ),
    ]
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct Paged {
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ObjectionFilter {
    /// In one status only.
    status: Option<ObjectionStatus>,
    /// From 1.
    page: Option<i64>,
    /// At most 200.
    per_page: Option<i64>,
}

/// A public notice.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeJson {
    id: NoticeId,
    call: CallId,
    number: String,
    title: String,
    body: String,
    #[schema(value_type = String, format = Date)]
    starts_on: NaiveDate,
    /// The last day, still inside.
    #[schema(value_type = String, format = Date)]
    ends_on: NaiveDate,
    opened_at: DateTime<Utc>,
    /// Days left, today included.
    days_left: i64,
    over: bool,
    /// What may be done with it now.
    actions: Vec<NoticeAction>,
}

impl NoticeJson {
    fn of(notice: &Notice, now: NaiveDateTime) -> NoticeJson {
        let period = Period { first: notice.starts_on, last: notice.ends_on };
        NoticeJson {
            id: notice.id,
            call: notice.call_id,
            number: notice.number.clone(),
            title: notice.title.clone(),
            body: notice.body.clone(),
            starts_on: notice.starts_on,
            ends_on: notice.ends_on,
            opened_at: notice.opened_at.and_utc(),
            days_left: period.days_left(now),
            over: period.is_over(now),
            actions: NoticeAction::available(period.is_over(now)),
        }
    }
}

/// One name in a notice.
#[derive(Debug, Serialize, ToSchema)]
struct NoticeEntryJson {
    application: ApplicationId,
    position: i32,
    columns: Vec<Shown>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct EvidenceName {
    /// The file's name, with its ending.
    name: String,
}

/// What an uploaded document is redeemed by.
#[derive(Debug, Serialize, ToSchema)]
struct EvidenceToken {
    /// Goes into the objection's `evidence`.
    token: String,
    /// SHA-256 of the content.
    sha256: String,
}

/// An objection.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ObjectionBody {
    /// Against which application of the notice.
    application: ApplicationId,
    /// A person or a unit.
    kind: ObjectorKind,
    /// Real name, at most 80 characters.
    #[serde(default)]
    name: String,
    /// Telephone.
    #[serde(default)]
    phone: String,
    /// Address for mail.
    #[serde(default)]
    email: String,
    /// What is objected, at most 4000 characters.
    #[serde(default)]
    matter: String,
    /// Tokens of uploaded documents, at most ten.
    #[serde(default)]
    evidence: Vec<String>,
    /// Whether it is to be recorded whatever it lacks: if it lacks anything, it is not accepted.
    #[serde(default)]
    as_it_is: bool,
}

/// An objection as officers see it: never who made it.
#[derive(Debug, Serialize, ToSchema)]
struct ObjectionJson {
    id: ObjectionId,
    number: String,
    notice: NoticeId,
    application: ApplicationId,
    matter: String,
    received_at: DateTime<Utc>,
    status: ObjectionStatus,
    shortcomings: Vec<String>,
    proposed_outcome: Option<ObjectionOutcome>,
    reason: Option<String>,
    version: i32,
    /// What the caller may do with it now.
    actions: Vec<ObjectionAction>,
}

impl ObjectionJson {
    fn of(tx: &mut Tx<'_>, actor: &Actor, objection: &Objection) -> Result<ObjectionJson, Error> {
        Ok(ObjectionJson {
            actions: handle::standing(tx, objection)?.available(actor),
            id: objection.id,
            number: objection.number.clone(),
            notice: objection.notice_id,
            application: objection.application_id,
            matter: objection.matter.clone(),
            received_at: objection.received_at.and_utc(),
            status: objection.status,
            shortcomings: objection.shortcomings.0.clone(),
            proposed_outcome: objection.proposed_outcome,
            reason: objection.proposed_reason.clone(),
            version: objection.version,
        })
    }
}

/// One document of an objection.
#[derive(Debug, Serialize, ToSchema)]
struct EvidenceJson {
    id: EvidenceId,
    name: String,
    sha256: String,
    bytes: i64,
    /// What the caller may do with it now.
    actions: Vec<EvidenceAction>,
}

/// An objection with its documents.
#[derive(Debug, Serialize, ToSchema)]
struct FullObjectionJson {
    #[serde(flatten)]
    objection: ObjectionJson,
    evidence: Vec<EvidenceJson>,
}

fn shown<I>(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<I>) -> Result<FullObjectionJson, Error> {
    let objection = db::objections::find(tx.db, asked.id(ObjectionId::from_text, "id")?)?;
    let evidence = db::objections::evidence_of(tx.db, objection.id)?;
    let evidence = evidence.into_iter().map(|e| EvidenceJson {
        id: e.id,
        name: e.name,
        sha256: e.sha256,
        bytes: e.bytes,
        actions: EvidenceAction::available(actor),
    });
    Ok(FullObjectionJson { objection: ObjectionJson::of(tx, actor, &objection)?, evidence: evidence.collect() })
}

/// A reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// At most 1000 characters.
    reason: String,
}

/// Who objected.
#[derive(Debug, Serialize, ToSchema)]
struct IdentityJson {
    kind: ObjectorKind,
    name: String,
    phone: String,
    email: String,
}
