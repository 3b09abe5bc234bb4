//! The form of an objection: its fields and its evidence, read from parts, sent once, and shown again with what is
//! wrong.

use crate::actions::Tx;
use crate::actions::evidence::{redeem, seal};
use crate::actions::idempotency::{self, Answer, Owner};
use crate::actions::object::{
    EVIDENCE_BYTES, EVIDENCE_COUNT, EVIDENCE_TYPES, Enclosure, NewObjection, Receipt, is_lacking, lacking, object,
    object_as_it_is, too_much_evidence, wrong_or_lacking,
};
use crate::actions::throttle;
use crate::db;
use crate::db::notices::Notice;
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, NoticeId};
use crate::domain::published_list::Shown;
use crate::domain::status::ObjectorKind;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use crate::storage::display_name;
use crate::web::access::{Visit, must_be_from_here, must_carry_token};
use crate::web::documents::short_text;
use crate::web::notices::{NoticeClock, clock};
use crate::web::page::{Failure, Page, can_be_mended, html, ok, refused};
use crate::web::receive::receive_evidence;
use actix_multipart::{Field, Multipart};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use futures_util::stream::Fuse;
use futures_util::{StreamExt, TryStreamExt};

#[derive(Template)]
#[template(path = "objections/new.html", config = "src/views/askama.toml")]
struct NewPage {
    page: Page,
    notice: Notice,
    clock: NoticeClock,
    choices: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    once: String,
    accept: String,
    /// Documents that came with the form that was not accepted: token, name, and that they still belong to it.
    kept: Vec<(String, String, bool)>,
    /// Whether it may be handed in as it is: it was told what it lacks, and nothing else is wrong.
    as_it_is: bool,
}

impl NewPage {
    fn evidence_count(&self) -> usize {
        EVIDENCE_COUNT
    }

    fn evidence_mb(&self) -> u64 {
        EVIDENCE_BYTES >> 20
    }

    /// All that is wrong with the evidence: each document that was not taken has a sentence of its own.
    fn evidence_problem(&self) -> String {
        let found = self.page.problems().into_iter().filter(|(path, _)| path == "evidence");
        found.map(|(_, sentence)| sentence).collect::<Vec<_>>().join(" ")
    }
}

#[derive(Template)]
#[template(path = "objections/receipt.html", config = "src/views/askama.toml")]
struct ReceiptPage {
    page: Page,
    notice: NoticeId,
    receipt: Receipt,
}

async fn new_page(visit: &Visit, id: &str, failed: Option<(&Error, &Parts)>) -> Result<HttpResponse, Failure> {
    let id = NoticeId::from_text(id).ok_or_else(|| visit.fail(Error::NotFound))?;
    let work = move |tx: &mut Tx<'_>| {
        let once = tx.env.ids.next().to_string();
        Ok((db::notices::find(tx.db, id)?, db::notices::all_entries(tx.db, id)?, once))
    };
    let (notice, entries, once) = visit.app.read(work).await.map_err(|e| visit.fail(e))?;
    let mut page = Page::titled(visit, "objection-new-title");
    let (mut kept, mut as_it_is) = (Vec::new(), false);
    if let Some((error, parts)) = failed {
        page = page.after(error, &parts.pairs);
        kept = parts.to_keep(visit);
        as_it_is = is_lacking(error);
    }
    let name = |cells: &[Shown]| {
        cells
            .iter()
            .find(|c| c.key.contains("name") || c.key.contains("organisation"))
            .or(cells.first())
            .map(|c| c.value.clone())
    };
    let choices = entries
        .iter()
        .map(|entry| (entry.application_id.to_string(), name(&entry.shown.0).unwrap_or_default()))
        .collect();
    let kinds = ObjectorKind::ALL.iter().map(|kind| (kind.to_string(), page.t_of("objector", kind))).collect();
    let accept = EVIDENCE_TYPES.iter().map(|t| format!(".{}", t.code())).collect::<Vec<_>>().join(",");
    let clock = clock(&notice, visit.now);
    let page = NewPage { page, notice, clock, choices, kinds, once, accept, kept, as_it_is };
    match failed {
        Some((error, _)) => refused(error, &page),
        None => ok(&page),
    }
}

pub(super) async fn new(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    new_page(&visit, &path, None).await
}

/// The fields and the evidence of a form sent in parts.
#[derive(Default)]
struct Parts {
    pairs: Vec<(String, String)>,
    enclosures: Vec<Enclosure>,
    /// Documents that came now and were not taken, each by its name and with the reason.
    bad: Vec<Problem>,
    /// Bytes of them that were read for nothing.
    wasted: u64,
    token_seen: bool,
}

impl Parts {
    fn text(&self, name: &str) -> String {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim().to_string()).unwrap_or_default()
    }

    /// The tokens of documents that came with the form before.
    fn tokens(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(|(name, _)| name == "kept").map(|(_, token)| token.as_str())
    }

    /// The documents that came now and before.
    fn documents(&self, visit: &Visit) -> Result<Vec<Enclosure>, Error> {
        let before = self.tokens().map(|token| redeem(&visit.app.env, visit.now, token));
        let all = before.chain(self.enclosures.iter().cloned().map(Ok)).collect::<Result<Vec<_>, Error>>()?;
        if all.len() > EVIDENCE_COUNT { Err(too_much_evidence()) } else { Ok(all) }
    }

    /// The same as boxes that are ticked, for the form to be sent again: all of them, so that whoever has too many says
    /// which are left out. One that is good no longer has to be brought anew.
    fn to_keep(&self, visit: &Visit) -> Vec<(String, String, bool)> {
        let (env, now) = (&visit.app.env, visit.now);
        let before = self.tokens().filter_map(|token| Some((token.to_string(), redeem(env, now, token).ok()?.name)));
        let sent = self.enclosures.iter().filter_map(|document| {
            let token = seal(env, now, document).ok()?;
            Some((token, document.name.clone()))
        });
        before.chain(sent).map(|(token, name)| (token, name, true)).collect()
    }
}

/// Parts that a form may be sent in: its fields, its evidence, and whatever a browser adds.
const MOST_PARTS: usize = 64;

/// Bytes of documents that are not taken which are read to come to what follows them: as many as the evidence of one
/// objection may have.
const MOST_WASTED: u64 = EVIDENCE_COUNT as u64 * EVIDENCE_BYTES;

/// Why a document was not taken, with its name.
fn not_taken(visit: &Visit, declared: &str, problem: &Problem) -> Problem {
    let why = visit.app.env.words.problem(&visit.actor.language, problem);
    Problem::new("evidence", "evidence_refused").with("file", display_name(declared)).with("why", why)
}

/// Reads the rest of a document that is not taken.
async fn pass_over(part: &mut Fuse<Field>, wasted: &mut u64) -> Result<(), Error> {
    while let Some(chunk) = part.try_next().await? {
        *wasted += chunk.len() as u64;
        if *wasted > MOST_WASTED {
            return Err(Error::Malformed(format!("an objection may have {MOST_WASTED} bytes of evidence")));
        }
    }
    Ok(())
}

async fn read_parts(visit: &Visit, body: &mut Multipart, parts: &mut Parts) -> Result<(), Error> {
    let mut seen = 0;
    while let Some(part) = body.try_next().await? {
        seen += 1;
        if seen > MOST_PARTS {
            return Err(Error::Malformed(format!("an objection may have {MOST_PARTS} parts")));
        }
        let name = part.name().unwrap_or_default().to_string();
        if name != "evidence" {
            let text = short_text(part).await?;
            if name == "csrf" {
                must_carry_token(visit, &text)?;
                parts.token_seen = true;
            } else {
                parts.pairs.push((name, text));
            }
            continue;
        }
        let declared = part.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default().to_string();
        if declared.is_empty() {
            // A file field that was left empty.
            continue;
        }
        if !parts.token_seen {
            must_carry_token(visit, "")?;
        }
        if parts.enclosures.len() >= EVIDENCE_COUNT {
            return Err(too_much_evidence());
        }
        let network = visit.network.clone();
        visit.app.write(move |tx| throttle::count(tx, Throttled::Evidence, &network)).await?;
        // A part must not be asked for more after its end, which may have come already when it is not taken.
        let mut part = part.fuse();
        match receive_evidence(&visit.app, &visit.network, &declared, &mut part).await {
            Ok(stored) => parts.enclosures.push(Enclosure { name: display_name(&declared), stored }),
            // The others that come with it are good all the same.
            Err(Error::Invalid(problems)) => {
                parts.bad.extend(problems.iter().map(|problem| not_taken(visit, &declared, problem)));
                pass_over(&mut part, &mut parts.wasted).await?;
            }
            Err(error) => return Err(error),
        }
    }
    if parts.token_seen { Ok(()) } else { must_carry_token(visit, "") }
}

pub(super) async fn create(
    req: HttpRequest,
    visit: Visit,
    path: web::Path<String>,
    mut body: Multipart,
) -> Result<HttpResponse, Failure> {
    must_be_from_here(&req)?;
    let id = NoticeId::from_text(&path).ok_or_else(|| visit.fail(Error::NotFound))?;
    let mut parts = Parts::default();
    let sent = match read_parts(&visit, &mut body, &mut parts).await {
        Ok(()) if parts.bad.is_empty() => send(&visit, id, &parts).await,
        Ok(()) => Err(all_wrong(&visit, id, &parts).await),
        Err(Error::Invalid(problems)) => Err(Error::Invalid([parts.bad.clone(), problems].concat())),
        Err(error) => Err(error),
    };
    match sent {
        Ok(receipt) => {
            let page = Page::titled(&visit, "objection-receipt-title");
            html(StatusCode::CREATED, &ReceiptPage { page, notice: id, receipt })
        }
        Err(error) if can_be_mended(&error) => new_page(&visit, &path, Some((&error, &parts))).await,
        Err(error) => Err(visit.fail(error)),
    }
}

/// What an objection that names nobody lacks, all at once; one that does name somebody is judged where it is recorded.
fn lacking_of_nobody(parts: &Parts, documents: usize) -> Vec<Problem> {
    let has_contact = !parts.text("phone").is_empty() || !parts.text("email").is_empty();
    let others = lacking(&parts.text("name"), has_contact, &parts.text("matter"), documents);
    std::iter::once(Problem::new("application", "objection_application_missing")).chain(others).collect()
}

/// All that is wrong with an objection some of whose documents were not taken: these, and whatever else would be told
/// of it next.
async fn all_wrong(visit: &Visit, notice: NoticeId, parts: &Parts) -> Error {
    let mut problems = parts.bad.clone();
    let documents = match parts.documents(visit) {
        Ok(documents) => documents.len(),
        Err(Error::Invalid(others)) => {
            problems.extend(others);
            1
        }
        Err(error) => return error,
    };
    let as_it_is = parts.text("as_it_is") == "yes";
    if ApplicationId::from_text(&parts.text("application")).is_none() {
        problems.push(Problem::new("application", "objection_application_missing"));
    }
    let typed = ["name", "phone", "email", "matter"].map(|name| parts.text(name));
    let look =
        move |tx: &mut Tx<'_>| wrong_or_lacking(tx, notice, typed.each_ref().map(String::as_str), documents, as_it_is);
    match visit.app.read(look).await {
        // What was not taken is asked for already.
        Ok(found) => problems.extend(found.into_iter().filter(|problem| problem.path != "evidence")),
        Err(error) => return error,
    }
    Error::Invalid(problems)
}

async fn send(visit: &Visit, notice: NoticeId, parts: &Parts) -> Result<Receipt, Error> {
    let enclosures = parts.documents(visit)?;
    let application = ApplicationId::from_text(&parts.text("application"))
        .ok_or_else(|| Error::Invalid(lacking_of_nobody(parts, enclosures.len())))?;
    let kind = ObjectorKind::from_text(&parts.text("kind")).unwrap_or(ObjectorKind::Person);
    let input = NewObjection {
        application,
        kind,
        name: parts.text("name"),
        phone: parts.text("phone"),
        email: parts.text("email"),
        matter: parts.text("matter"),
    };
    let once = parts.text("once");
    if uuid::Uuid::try_parse(&once).is_err() {
        return Err(Error::Malformed("once: the page's own number is missing".into()));
    }
    let once = format!("objection:{once}");
    // Everything that was sent: what was mended and sent again is another objection.
    let mut sent = parts.pairs.iter().map(|(name, value)| format!("{name}={value}\n")).collect::<String>();
    sent.extend(parts.enclosures.iter().map(|enclosure| enclosure.stored.sha256.to_string()));
    let request = idempotency::fingerprint("POST", &visit.path, sent.as_bytes());
    let once = format!("{once}:{request}");
    let (actor, network) = (visit.actor.clone(), visit.network.clone());
    let as_it_is = parts.text("as_it_is") == "yes";
    let answer = visit
        .app
        .write(move |tx| {
            // The page's own number: a second press of the button is the same objection.
            idempotency::once(tx, &Owner::anybody(), Some(&once), &request, |tx| {
                throttle::count(tx, Throttled::Objection, &network)?;
                let receipt = match as_it_is {
                    true => object_as_it_is(tx, &actor, notice, &input, &enclosures)?,
                    false => object(tx, &actor, notice, &input, &enclosures)?,
                };
                Ok(Answer { status: 201, body: serde_json::to_string(&receipt).map_err(anyhow::Error::from)? })
            })
        })
        .await?;
    Ok(serde_json::from_str(&answer.body).map_err(anyhow::Error::from)?)
}
