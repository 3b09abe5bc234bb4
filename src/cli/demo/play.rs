//! What the people of the demonstration do, verb by verb: each the same action that a page or the API would call.

mod review;

use super::cast::{Cast, Player, Vendor};
use super::sample;
use crate::actions::Tx;
use crate::actions::approve_call::{approve_call, submit_call};
use crate::actions::attach::{attach, file_types};
use crate::actions::decide::{self, EntryInput};
use crate::actions::dossier::Dossier;
use crate::actions::draft::{Draft, draft};
use crate::actions::draft_call::{DraftCall, draft_call};
use crate::actions::import_list::{import_lists, read_lists};
use crate::actions::not_recommend::{NonRecommendation, not_recommend};
use crate::actions::object::{EVIDENCE_BYTES, EVIDENCE_TYPES, Enclosure, NewObjection, object};
use crate::actions::open_notice::{NewNotice, open_notice};
use crate::actions::publish_list::{ListProposal, ListVersion, propose_list, publish_list};
use crate::actions::recommend::{RecommendationInput, recommend};
use crate::actions::request_correction::{CorrectionRequest, request_correction};
use crate::actions::review::Seen;
use crate::actions::save::save;
use crate::actions::screen::{ScreeningInput, machine_findings, screen};
use crate::actions::submit::{Submit, submit};
use crate::actions::withdraw::{Withdraw, withdraw};
use crate::app::App;
use crate::db;
use crate::db::corrections::{Mark, MarkKind};
use crate::domain::actor::Actor;
use crate::domain::call::RawContent;
use crate::domain::ids::{ApplicationId, CallId, NoticeId};
use crate::domain::procedure::State;
use crate::domain::programme::Programme;
use crate::domain::scope::Scope;
use crate::domain::screening::{OfficerFinding, Verdict};
use crate::domain::status::{Conclusion, ObjectorKind, Outcome};
use crate::domain::{calendar, eligibility};
use crate::error::Error;
use crate::spreadsheet::read_table;
use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use std::sync::Arc;

pub use review::{close_review, end_scoring_of, has_stages, open_review, score_files, speak_once};

/// The days of one run of a programme, in Guangdong.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// Drafted and approved.
    pub drafted: NaiveDate,
    /// First day for applications.
    pub opens: NaiveDate,
    /// Last day for applications.
    pub closes: NaiveDate,
    /// Last day for bureaus.
    pub recommended: NaiveDate,
}

impl Days {
    /// The run that opens on a day: a month for applications, three weeks more for bureaus.
    pub fn from(opens: NaiveDate) -> Days {
        let closes = opens + Duration::days(30);
        Days { drafted: opens - Duration::days(7), opens, closes, recommended: closes + Duration::days(21) }
    }
}

/// Ten in the morning of a day in Guangdong, in UTC, and some minutes.
pub fn morning(day: NaiveDate, minutes: i64) -> NaiveDateTime {
    calendar::utc_of_local(day.and_time(NaiveTime::MIN) + TimeDelta::hours(10) + TimeDelta::minutes(minutes))
}

/// Somebody does something in one transaction.
pub fn act<T: Send + 'static>(
    app: &Arc<App>,
    player: &Player,
    work: impl FnOnce(&mut Tx<'_>, &crate::domain::actor::Actor) -> Result<T, Error> + Send + 'static,
) -> anyhow::Result<T> {
    let player = player.clone();
    let who = player.email.clone();
    app.write_now(move |tx| {
        let actor = player.actor(tx)?;
        work(tx, &actor)
    })
    .map_err(|error| anyhow::anyhow!("{who}: {error}"))
}

/// Drafts and approves a call; the clock is then at its opening.
pub fn call(app: &Arc<App>, cast: &Cast, programme: &str, year: i32, days: Days) -> anyhow::Result<CallId> {
    batch(app, cast, programme, year, days, "")
}

/// The same for a batch with a name of its own.
pub fn batch(
    app: &Arc<App>,
    cast: &Cast,
    programme: &str,
    year: i32,
    days: Days,
    batch: &str,
) -> anyhow::Result<CallId> {
    app.clock.set(morning(days.drafted, 0));
    let name = app.env.programme(programme).map(|p| p.names.zh_cn.clone()).unwrap_or_default();
    let input = DraftCall {
        programme: programme.into(),
        copied_from: None,
        content: RawContent {
            year,
            title: format!("关于组织开展{year}年度{name}{batch}申报工作的通知"),
            body: "请符合条件的单位在规定时间内在线填报，由所在地市工业和信息化主管部门审核推荐。".into(),
            basis_title: "广东省制造业数字化转型若干政策措施（示例）".into(),
            basis_number: format!("粤府〔{}〕45号（示例）", year - 1),
            basis_issued_on: format!("{}-06-30", year - 1),
            basis_valid_until: format!("{}-12-31", year + 3),
            opens_at: format!("{}T09:00", days.opens),
            closes_at: format!("{}T18:00", days.closes),
            recommend_by: format!("{}T18:00", days.recommended),
            ..RawContent::default()
        },
    };
    let id = act(app, &cast.handler, move |tx, actor| draft_call(tx, actor, &input))?;
    let version = act(app, &cast.handler, move |tx, _| Ok(db::calls::find(tx.db, id)?.version))?;
    act(app, &cast.handler, move |tx, actor| submit_call(tx, actor, id, version))?;
    act(app, &cast.approver, move |tx, actor| {
        let version = db::calls::find(tx.db, id)?.version;
        approve_call(tx, actor, id, version)
    })?;
    Ok(id)
}

fn version_of(tx: &mut Tx<'_>, id: ApplicationId) -> Result<i32, Error> {
    Ok(db::applications::find(tx.db, &Scope::everything(), id)?.version)
}

/// A vendor begins, fills in the form and uploads the documents.
pub fn fill(app: &Arc<App>, vendor: &Vendor, call: CallId) -> anyhow::Result<ApplicationId> {
    let sample = vendor.sample.clone();
    let id = act(app, &vendor.player, move |tx, actor| {
        let id = draft(tx, actor, call, &Draft { organisation: None })?;
        let call = db::calls::find(tx.db, call)?;
        let form = sample::form(&call.programme.0, &sample, &tx.env.reference, call.year);
        let version = version_of(tx, id)?;
        save(tx, actor, id, version, form, None)?;
        Ok(id)
    })?;
    let programme = act(app, &vendor.player, move |tx, _| Ok(db::calls::find(tx.db, call)?.programme.0))?;
    for kind in programme.documents.iter().filter(|kind| kind.required || kind.required_when.is_some()) {
        for copy in 0..kind.min_count.max(1) {
            upload(app, vendor, id, &programme, &kind.key, copy)?;
        }
    }
    Ok(id)
}

/// A vendor uploads one document.
pub fn upload(
    app: &Arc<App>,
    vendor: &Vendor,
    id: ApplicationId,
    programme: &Programme,
    kind: &str,
    copy: u32,
) -> anyhow::Result<()> {
    let Some(kind) = programme.document(kind).cloned() else { return Ok(()) };
    let bytes = sample::pdf(&format!("{} {} {copy}", kind.key, vendor.sample.credit_code));
    let name = format!("{}{}.pdf", kind.names.zh_cn, copy + 1);
    let mut upload = app.env.objects.begin(kind.max_bytes).map_err(|e| anyhow::anyhow!("upload: {}", e.code()))?;
    upload.write(&bytes).map_err(|e| anyhow::anyhow!("upload: {}", e.code()))?;
    let stored =
        upload.finish(&name, &file_types(&kind)).map_err(|e| anyhow::anyhow!("upload {name}: {}", e.code()))?;
    let limit = app.config.uploads.application_bytes;
    act(app, &vendor.player, move |tx, actor| attach(tx, actor, id, &kind.key, &name, &stored, limit).map(drop))
}

/// A vendor files what is filled in.
pub fn file(app: &Arc<App>, vendor: &Vendor, id: ApplicationId) -> anyhow::Result<()> {
    act(app, &vendor.player, move |tx, actor| {
        let version = version_of(tx, id)?;
        submit(tx, actor, id, &Submit { version, commitment: true, unchanged_confirmed: false }).map(drop)
    })
}

/// A vendor takes a file back.
pub fn take_back(app: &Arc<App>, vendor: &Vendor, id: ApplicationId) -> anyhow::Result<()> {
    act(app, &vendor.player, move |tx, actor| {
        let version = version_of(tx, id)?;
        withdraw(tx, actor, id, &Withdraw { version, reason: "申报方向调整，本年度不再申报。".into() }).map(drop)
    })
}

fn bureau_of(app: &Arc<App>, cast: &Cast, id: ApplicationId) -> anyhow::Result<Option<Player>> {
    let bureau = app.read_now(|tx| Ok(db::applications::find(tx.db, &Scope::everything(), id)?.bureau))?;
    Ok(bureau.and_then(|bureau| cast.officers.get(&bureau).cloned()))
}

/// Whoever has the file first asks for a correction of its first long text.
pub fn send_back(app: &Arc<App>, cast: &Cast, id: ApplicationId, due_on: NaiveDate) -> anyhow::Result<()> {
    let officer = bureau_of(app, cast, id)?.unwrap_or_else(|| cast.handler.clone());
    act(app, &officer, move |tx, actor| {
        let dossier = Dossier::load(tx, actor, id)?;
        let field = dossier.programme().fields().find(|field| !field.personal && field.required);
        let marks = field.map(|field| Mark {
            kind: MarkKind::Field,
            key: field.key.clone(),
            reason: "填写内容与佐证材料不一致，请核对后更正。".into(),
        });
        let request = CorrectionRequest {
            version: dossier.application.version,
            marks: marks.into_iter().collect(),
            note: "请一次补正到位，逾期未补正的不再受理。".into(),
            due_on: Some(due_on),
        };
        request_correction(tx, actor, id, &request).map(drop)
    })
}

/// The bureau recommends a file.
pub fn recommend_file(app: &Arc<App>, cast: &Cast, id: ApplicationId) -> anyhow::Result<bool> {
    let Some(officer) = bureau_of(app, cast, id)? else { return Ok(false) };
    let full = act(app, &officer, move |tx, actor| {
        let version = version_of(tx, id)?;
        let input = RecommendationInput {
            version, rank: None, opinion: "材料齐全，情况属实，同意推荐。".into()
        };
        match recommend(tx, actor, id, &input) {
            Ok(_) => Ok(false),
            Err(Error::Refused(refusal)) if refusal.code == "quota_used_up" => Ok(true),
            Err(error) => Err(error),
        }
    })?;
    if full {
        refuse(app, cast, id, "本批次推荐名额已用完，按排序未予推荐。")?;
    }
    Ok(!full)
}

/// The bureau does not recommend a file.
pub fn refuse(app: &Arc<App>, cast: &Cast, id: ApplicationId, reason: &str) -> anyhow::Result<()> {
    let Some(officer) = bureau_of(app, cast, id)? else { return Ok(()) };
    let reason = reason.to_string();
    act(app, &officer, move |tx, actor| {
        let version = version_of(tx, id)?;
        not_recommend(tx, actor, id, &NonRecommendation { version, reason }).map(drop)
    })
}

/// The handler screens a file, following the machine's findings; `ineligible` gives the reason against it.
pub fn screen_file(app: &Arc<App>, cast: &Cast, id: ApplicationId, ineligible: Option<&str>) -> anyhow::Result<()> {
    let reason = ineligible.map(str::to_string);
    act(app, &cast.handler, move |tx, actor| {
        let dossier = Dossier::load(tx, actor, id)?;
        let machine = machine_findings(tx, &dossier, &actor.language)?;
        let findings = machine
            .items
            .iter()
            .enumerate()
            .map(|(position, item)| OfficerFinding {
                rule: item.rule.clone(),
                verdict: if reason.is_some() && position == 0 { Verdict::NotMet } else { Verdict::Met },
                note: if item.outcome == eligibility::Outcome::Met && !(reason.is_some() && position == 0) {
                    String::new()
                } else {
                    "经核对佐证材料，予以认可。".into()
                },
            })
            .collect();
        let input = ScreeningInput {
            version: dossier.application.version,
            conclusion: if reason.is_some() { Conclusion::Ineligible } else { Conclusion::Accepted },
            findings,
            reason: reason.unwrap_or_default(),
        };
        screen(tx, actor, id, &input).map(drop)
    })
}

/// The handler proposes as the ranking suggests.
pub fn propose_decision(app: &Arc<App>, cast: &Cast, call: CallId) -> anyhow::Result<()> {
    act(app, &cast.handler, move |tx, actor| {
        let rules = db::calls::find(tx.db, call)?.programme.0.decision.clone();
        let places = rules.places.map_or(usize::MAX, |places| places as usize);
        let pass = rules.pass_mark.map_or(0, |mark| mark.hundredths());
        let mut selected = 0;
        let entries = db::reviews::rankings_of(tx.db, call)?
            .into_iter()
            .map(|ranking| {
                let fits = i64::from(ranking.score) >= pass && selected < places;
                selected += usize::from(fits);
                EntryInput {
                    application: ranking.application_id,
                    outcome: if fits { Outcome::Selected } else { Outcome::NotSelected },
                    reason: if fits { String::new() } else { "综合得分未达到本批次入选要求。".into() },
                }
            })
            .collect();
        let proposal = decide::Proposal {
            grounds: "依据专家评审结果，按得分排序提出。".into(), entries, digest: None
        };
        decide::propose(tx, actor, call, &proposal).map(drop)
    })
}

/// Another officer approves the decision.
pub fn approve_decision(app: &Arc<App>, cast: &Cast, call: CallId) -> anyhow::Result<()> {
    act(app, &cast.approver, move |tx, actor| {
        let pending = db::decisions::pending(tx.db, call)?.ok_or(Error::NotFound)?;
        decide::approve(tx, actor, call, &Seen { version: pending.version }).map(drop)
    })
}

/// The files of a call in a state.
pub fn in_state(app: &Arc<App>, call: CallId, state: State) -> anyhow::Result<Vec<ApplicationId>> {
    let filter =
        db::applications::Filter { call: Some(call), states: vec![state], ..db::applications::Filter::default() };
    let mut ids = Vec::new();
    let mut page = 1;
    loop {
        let found = app.read_now(|tx| {
            let pager = db::page::Pager::new(Some(page), Some(200));
            Ok(db::applications::list(tx.db, &Scope::everything(), &filter, pager)?)
        })?;
        ids.extend(found.items.iter().map(|listed| listed.application.id));
        if page >= found.last() {
            ids.sort();
            return Ok(ids);
        }
        page += 1;
    }
}

/// The handler names the proposed in a notice that begins today.
pub fn open_notice_of(app: &Arc<App>, cast: &Cast, call: CallId) -> anyhow::Result<NoticeId> {
    act(app, &cast.handler, move |tx, actor| {
        let call_row = db::calls::find(tx.db, call)?;
        let name = &call_row.programme.0.names.zh_cn;
        let input = NewNotice {
            title: format!("{}年度{name}拟认定名单公示", call_row.year),
            body: "经地市推荐、形式审查、专家评审和审定，现将拟认定名单予以公示。公示期内如有异议，请实名提出，并提供证明材料。".into(),
        };
        open_notice(tx, actor, call, &input)
    })
}

/// Somebody objects to a name in a notice, with one document.
pub fn object_to(app: &Arc<App>, notice: NoticeId, application: ApplicationId) -> anyhow::Result<()> {
    let mut upload = app.env.objects.begin(EVIDENCE_BYTES).map_err(|e| anyhow::anyhow!("upload: {}", e.code()))?;
    upload.write(&sample::pdf("evidence")).map_err(|e| anyhow::anyhow!("upload: {}", e.code()))?;
    let stored = upload.finish("evidence.pdf", EVIDENCE_TYPES).map_err(|e| anyhow::anyhow!("upload: {}", e.code()))?;
    let enclosure = Enclosure { name: "证明材料.pdf".into(), stored };
    let input = NewObjection {
        application,
        kind: ObjectorKind::Person,
        name: "郑俊杰".into(),
        phone: "020-81234567".into(),
        email: "objector@demo.example".into(),
        matter: "该单位申报材料所列服务案例的实施主体与事实不符，请核实。".into(),
    };
    app.write_now(move |tx| {
        let public = crate::domain::actor::Actor::public(crate::words::DEFAULT_LANGUAGE);
        object(tx, &public, notice, &input, &[enclosure]).map(drop)
    })?;
    Ok(())
}

/// The handler proposes the list of a call, the approver publishes it.
pub fn publish(app: &Arc<App>, cast: &Cast, call: CallId) -> anyhow::Result<()> {
    let list = act(app, &cast.handler, move |tx, actor| {
        let call_row = db::calls::find(tx.db, call)?;
        let name = &call_row.programme.0.names.zh_cn;
        let input = ListProposal {
            title: format!("关于公布{}年度{name}名单的通知", call_row.year),
            body: "经公示无异议，现将名单予以公布。排名不分先后，入池不作为市场准入条件。".into(),
        };
        propose_list(tx, actor, call, &input)
    })?;
    act(app, &cast.approver, move |tx, actor| {
        let version = db::published_lists::find(tx.db, list)?.version;
        publish_list(tx, actor, list, &ListVersion { version })
    })
}

/// Rows of real national lists as newspapers and offices printed them, each with its address.
const NATIONAL_LISTS: &[u8] = include_bytes!("national_lists.csv");

/// The operator brings the national lists in, as with `yuanchi import list`.
pub fn import_national(app: &Arc<App>) -> anyhow::Result<()> {
    let table = read_table(NATIONAL_LISTS, "national_lists.csv")
        .map_err(|problem| anyhow::anyhow!("national_lists.csv: {}", problem.code()))?;
    let lists = read_lists(&table, &app.env.reference, &app.env.programmes)
        .map_err(|problem| anyhow::anyhow!("national_lists.csv: {problem:?}"))?;
    app.write_now(move |tx| import_lists(tx, &Actor::system(), &lists))?;
    Ok(())
}
