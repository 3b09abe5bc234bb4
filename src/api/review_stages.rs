//! What follows the scoring: its end, explanations, discussions, second panels, the extra station.

use super::assignments::SheetJson;
use super::operation::{Asked, Nothing, Operation, change, create, read};
use super::reviews::call_of;
use crate::actions::Tx;
use crate::actions::review::fill::Filled;
use crate::actions::review::score::{self, Saved, SheetInput};
use crate::actions::review::stages::board::{StageBoard, StageFile, stage_board};
use crate::actions::review::stages::end_discussion::{DiscussionEnd, end_discussions};
use crate::actions::review::stages::end_scoring::{ScoringEnd, ScoringEnded, end_scoring};
use crate::actions::review::stages::explain::{ExplanationInput, explain};
use crate::actions::review::stages::extra::{save_extra, submit_extra};
use crate::actions::review::stages::open_discussion::{DiscussionRequest, open_discussion};
use crate::actions::review::stages::own::{OwnDiscussion, OwnStages};
use crate::actions::review::stages::position::{PositionInput, state_position};
use crate::actions::review::stages::second_panel::{self, SecondPanel, SecondPanelPreview, call_second_panel};
use crate::actions::review::{ONLOOKERS, ORGANISERS};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{ApplicationId, AssignmentId, CallId};
use crate::domain::programme::ExtraKind;
use crate::domain::status::{Grounds, SessionStatus};
use crate::domain::steps::ReviewAction;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// These operations.
pub fn operations() -> Vec<Operation> {
    const LOOK: Access = Access::Roles(ONLOOKERS);
    const ORGANISE: Access = Access::Roles(ORGANISERS);
    const EXPERTS: Access = Access::Roles(&[Role::Expert]);
    vec![
        change(
            Method::POST,
            "/reviews/{call}/scoring-end",
            "end_scoring",
            "Ends the scoring: sheets change in discussion only.",
            ORGANISE,
            end,
        ),
        read(
            "/reviews/{call}/discussions",
            "show_review_stages",
            "What follows the scoring, by application; what was said only after the closing.",
            LOOK,
            show,
        ),
        create(
            "/reviews/{call}/discussions",
            "open_discussion",
            "Opens a discussion of an application.",
            ORGANISE,
            open,
        ),
        change(
            Method::POST,
            "/reviews/{call}/discussions/end",
            "end_discussions",
            "Ends discussions; later positions are refused.",
            ORGANISE,
            close,
        ),
        change(
            Method::POST,
            "/reviews/{call}/second-panel/preview",
            "preview_second_panel",
            "Who would come with a second panel; nothing is changed.",
            ORGANISE,
            preview_second,
        ),
        change(
            Method::POST,
            "/reviews/{call}/second-panel",
            "call_second_panel",
            "Adds experts to applications that stayed over the limit, as the preview showed.",
            ORGANISE,
            second,
        ),
        change(
            Method::PUT,
            "/assignments/{id}/explanation",
            "explain_sheet",
            "Explains an own sheet that lies far from the panel.",
            EXPERTS,
            write_explanation,
        ),
        change(
            Method::PUT,
            "/assignments/{id}/position",
            "state_position",
            "States the own position in a discussion.",
            EXPERTS,
            state,
        ),
        read("/assignments/{id}/extra", "show_extra_sheet", "The own sheet of the extra station.", EXPERTS, extra),
        change(
            Method::PUT,
            "/assignments/{id}/extra",
            "save_extra_sheet",
            "Saves the sheet of the extra station as it stands.",
            EXPERTS,
            save,
        ),
        change(
            Method::POST,
            "/assignments/{id}/extra/submission",
            "submit_extra_sheet",
            "Submits the sheet of the extra station, once.",
            EXPERTS,
            submit,
        ),
    ]
}

/// What follows the scoring of a review.
#[derive(Serialize, ToSchema)]
struct StagesJson {
    call: CallId,
    status: SessionStatus,
    version: i32,
    scoring_ended_at: Option<DateTime<Utc>>,
    /// Whether applications are talked over.
    discussion: bool,
    /// Experts that a second panel adds.
    second_panel: Option<u32>,
    extra: Option<ExtraKind>,
    /// Sheets of the extra station that each application needs.
    extra_min_sheets: Option<u32>,
    /// What the caller may do now.
    actions: Vec<ReviewAction>,
    applications: Vec<StageFileJson>,
}

/// One application of it.
#[derive(Serialize, ToSchema)]
struct StageFileJson {
    application: ApplicationId,
    number: String,
    organisation: String,
    discussion: Option<DiscussionJson>,
    /// Explanations asked for, and those of them that are written.
    explanations_asked: usize,
    explanations_written: usize,
    extra_sheets: usize,
    /// Sheets still to come of those who came after the scoring had ended.
    sheets_out: usize,
    second_panel: usize,
    /// Names of those who would come if a second panel were called for every application that can have one.
    second_panel_would_be: Vec<String>,
    /// Whether the totals still lie too far apart after the discussion.
    still_over: bool,
    /// What each expert said; empty before the closing.
    said: Vec<SaidJson>,
}

/// A discussion.
#[derive(Serialize, ToSchema)]
struct DiscussionJson {
    grounds: Grounds,
    reason: Option<String>,
    opened_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    /// Experts who are asked, and those of them who have stated a position.
    members: usize,
    stated: usize,
}

/// What one expert said. Totals in hundredths of a point.
#[derive(Serialize, ToSchema)]
struct SaidJson {
    expert_name: String,
    before_total: Option<i32>,
    after_total: Option<i32>,
    remark: Option<String>,
    /// Whether the sheet lay above the others, if an explanation was asked for.
    above: Option<bool>,
    explanation: Option<String>,
}

impl From<StageFile> for StageFileJson {
    fn from(file: StageFile) -> Self {
        let (stated, members) = file.stated;
        StageFileJson {
            application: file.id,
            number: file.number,
            organisation: file.organisation,
            discussion: file.discussion.map(|discussion| DiscussionJson {
                grounds: discussion.grounds,
                reason: discussion.reason,
                opened_at: discussion.opened_at.and_utc(),
                ended_at: discussion.closed_at.map(|at| at.and_utc()),
                members,
                stated,
            }),
            explanations_asked: file.explained.1,
            explanations_written: file.explained.0,
            extra_sheets: file.left.extra,
            sheets_out: file.left.out,
            second_panel: file.second,
            second_panel_would_be: file.next,
            still_over: file.still_over,
            said: file
                .said
                .into_iter()
                .map(|said| {
                    let (before, after, remark) = match said.position {
                        Some((before, after, remark)) => (Some(before), after, remark),
                        None => (None, None, None),
                    };
                    let (above, explanation) =
                        said.explanation.map_or((None, None), |(above, text)| (Some(above), text));
                    SaidJson {
                        expert_name: said.expert,
                        before_total: before,
                        after_total: after,
                        remark,
                        above,
                        explanation,
                    }
                })
                .collect(),
        }
    }
}

impl From<StageBoard> for StagesJson {
    fn from(board: StageBoard) -> Self {
        let extra = board.rules.extra.as_ref();
        StagesJson {
            call: board.call.id,
            status: board.session.status,
            version: board.session.version,
            scoring_ended_at: board.session.scoring_ended_at.map(|at| at.and_utc()),
            discussion: board.rules.discussion,
            second_panel: board.rules.second_panel,
            extra: extra.map(|extra| extra.kind),
            extra_min_sheets: extra.map(|extra| extra.min_sheets),
            actions: board.actions,
            applications: board.files.into_iter().map(StageFileJson::from).collect(),
        }
    }
}

fn end(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ScoringEnd>) -> Result<ScoringEnded, Error> {
    end_scoring(tx, actor, call_of(asked)?, &asked.input)
}

fn board(tx: &mut Tx<'_>, actor: &Actor, call: CallId) -> Result<StagesJson, Error> {
    Ok(stage_board(tx, actor, call)?.into())
}

fn show(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<StagesJson, Error> {
    board(tx, actor, call_of(asked)?)
}

fn open(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<DiscussionRequest>) -> Result<StagesJson, Error> {
    let call = call_of(asked)?;
    open_discussion(tx, actor, call, &asked.input)?;
    board(tx, actor, call)
}

fn close(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<DiscussionEnd>) -> Result<StagesJson, Error> {
    let call = call_of(asked)?;
    end_discussions(tx, actor, call, &asked.input)?;
    board(tx, actor, call)
}

fn preview_second(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<SecondPanel>) -> Result<SecondPanelPreview, Error> {
    second_panel::preview(tx, actor, call_of(asked)?, &asked.input)
}

fn second(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<SecondPanel>) -> Result<Filled, Error> {
    call_second_panel(tx, actor, call_of(asked)?, &asked.input)
}

/// What follows the scoring, for one expert and one application.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnStagesJson {
    explanation: Option<OwnExplanationJson>,
    discussion: Option<OwnDiscussionJson>,
    /// Whether there is a sheet of the extra station, to be read under `/assignments/{id}/extra`.
    extra: bool,
}

/// An explanation that is asked of the caller. How far the total lies from the others is not told.
#[derive(Serialize, ToSchema)]
struct OwnExplanationJson {
    above: bool,
    text: Option<String>,
    explained_at: Option<DateTime<Utc>>,
}

/// A discussion as the caller sees it: why it was opened, and no figure from which the others' totals would follow.
#[derive(Serialize, ToSchema)]
struct OwnDiscussionJson {
    grounds: Grounds,
    open: bool,
    /// Everybody, in an order that stands for nobody.
    members: Vec<DiscussionMemberJson>,
    stated_at: Option<DateTime<Utc>>,
    /// Whether the own sheet was changed.
    changed: bool,
}

/// A member of the panel.
#[derive(Serialize, ToSchema)]
struct DiscussionMemberJson {
    own: bool,
    remark: Option<String>,
}

impl From<OwnDiscussion> for OwnDiscussionJson {
    fn from(own: OwnDiscussion) -> Self {
        OwnDiscussionJson {
            grounds: own.grounds,
            open: own.open,
            members: own
                .members
                .into_iter()
                .map(|member| DiscussionMemberJson { own: member.own, remark: member.remark })
                .collect(),
            stated_at: own.stated_at.map(|at| at.and_utc()),
            changed: own.changed,
        }
    }
}

impl From<OwnStages> for OwnStagesJson {
    fn from(own: OwnStages) -> Self {
        OwnStagesJson {
            explanation: own.explanation.map(|explanation| OwnExplanationJson {
                above: explanation.above,
                text: explanation.text,
                explained_at: explanation.explained_at.map(|at| at.and_utc()),
            }),
            discussion: own.discussion.map(OwnDiscussionJson::from),
            extra: own.extra.is_some(),
        }
    }
}

fn own<I>(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<I>) -> Result<OwnStages, Error> {
    Ok(score::view(tx, actor, id_of(asked)?)?.stages)
}

fn id_of<I>(asked: &Asked<I>) -> Result<AssignmentId, Error> {
    asked.id(AssignmentId::from_text, "id")
}

fn write_explanation(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<ExplanationInput>) -> Result<OwnStagesJson, Error> {
    explain(tx, actor, id_of(asked)?, &asked.input)?;
    Ok(own(tx, actor, asked)?.into())
}

fn state(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<PositionInput>) -> Result<OwnStagesJson, Error> {
    state_position(tx, actor, id_of(asked)?, &asked.input)?;
    Ok(own(tx, actor, asked)?.into())
}

fn extra(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<Nothing>) -> Result<SheetJson, Error> {
    own_extra(tx, actor, asked)
}

fn own_extra<I>(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<I>) -> Result<SheetJson, Error> {
    let sheet = own(tx, actor, asked)?.extra.ok_or(Error::NotFound)?;
    Ok(SheetJson {
        version: sheet.version,
        status: sheet.status,
        items: sheet.items.0,
        comments: sheet.comments.0,
        opinion: sheet.opinion,
        total: sheet.total,
    })
}

fn save(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<SheetInput>) -> Result<Saved, Error> {
    save_extra(tx, actor, id_of(asked)?, &asked.input)
}

fn submit(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<SheetInput>) -> Result<SheetJson, Error> {
    submit_extra(tx, actor, id_of(asked)?, &asked.input)?;
    own_extra(tx, actor, asked)
}
