//! Members afterwards: who they are, what happened to each, and the acts on them.

use super::operation::{Asked, Nothing, Operation, change, create, read};
use crate::actions::membership::accept_withdrawal::accept_withdrawal;
use crate::actions::membership::approve::approve;
use crate::actions::membership::ask_withdrawal::ask_withdrawal;
use crate::actions::membership::decline_withdrawal::decline_withdrawal;
use crate::actions::membership::lift_warning::lift_warning;
use crate::actions::membership::propose_bar::{BarProposal, propose_bar};
use crate::actions::membership::propose_revocation::{RevocationProposal, propose_revocation};
use crate::actions::membership::rename::{Renaming, rename};
use crate::actions::membership::send_back::send_back;
use crate::actions::membership::view::{self, MembershipFile, MembershipLine};
use crate::actions::membership::warn::{MembershipWarning, warn};
use crate::actions::membership::{MembershipReason, READERS};
use crate::actions::{Seen, Tx};
use crate::db::memberships::Filter;
use crate::db::page::{Page, Pager};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::MembershipId;
use crate::domain::membership::StandingOnDate;
use crate::error::Error;
use crate::web::routes::Access;
use actix_web::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;

const HANDLER: Access = Access::Roles(&[Role::Handler]);
const APPROVER: Access = Access::Roles(&[Role::Approver]);

/// An act on a membership, which answers with what the membership is then.
macro_rules! acted {
    ($input:ty, $act:path) => {
        |tx, actor, asked: &Asked<$input>| {
            $act(tx, actor, id_of(asked)?, &asked.input)?;
            shown(tx, actor, asked)
        }
    };
}

/// These operations.
pub fn operations() -> Vec<Operation> {
    vec![
        read("/memberships", "list_memberships", "Members, by name.", Access::Roles(READERS), list),
        read(
            "/memberships/{id}",
            "show_membership",
            "A membership with its history, for officers and for its own people.",
            Access::SignedIn,
            |tx, actor, asked: &Asked<Nothing>| shown(tx, actor, asked),
        ),
        change(
            Method::POST,
            "/memberships/{id}/warning",
            "warn_member",
            "Warn a member, with a date to mend by.",
            HANDLER,
            acted!(MembershipWarning, warn),
        ),
        change(
            Method::POST,
            "/memberships/{id}/warning/end",
            "lift_warning",
            "Lift a warning: what was wrong is mended.",
            HANDLER,
            acted!(MembershipReason, lift_warning),
        ),
        create(
            "/memberships/{id}/revocation",
            "propose_revocation",
            "Propose to revoke a membership, with a bar on applying again if wanted; another officer decides.",
            HANDLER,
            acted!(RevocationProposal, propose_revocation),
        ),
        create(
            "/memberships/{id}/bar",
            "propose_bar",
            "Propose to keep an organisation whose membership was revoked from applying; another officer decides.",
            HANDLER,
            acted!(BarProposal, propose_bar),
        ),
        change(
            Method::POST,
            "/memberships/{id}/proposal/approval",
            "approve_membership_proposal",
            "Approve a revocation or a bar that another officer proposed.",
            APPROVER,
            acted!(Seen, approve),
        ),
        change(
            Method::POST,
            "/memberships/{id}/proposal/return",
            "return_membership_proposal",
            "Send a proposed revocation or bar back.",
            APPROVER,
            acted!(MembershipReason, send_back),
        ),
        create(
            "/memberships/{id}/withdrawal",
            "ask_membership_withdrawal",
            "Ask, for the organisation itself, to leave the pool.",
            Access::Roles(&[Role::VendorAdmin]),
            acted!(MembershipReason, ask_withdrawal),
        ),
        change(
            Method::POST,
            "/memberships/{id}/withdrawal/acceptance",
            "accept_membership_withdrawal",
            "Let an organisation leave the pool as it asked.",
            HANDLER,
            acted!(Seen, accept_withdrawal),
        ),
        change(
            Method::POST,
            "/memberships/{id}/withdrawal/refusal",
            "decline_membership_withdrawal",
            "Do not let an organisation leave the pool, with a reason.",
            HANDLER,
            acted!(MembershipReason, decline_withdrawal),
        ),
        change(
            Method::POST,
            "/memberships/{id}/name",
            "rename_member",
            "Give a member the name under which it is registered now, with evidence.",
            HANDLER,
            acted!(Renaming, rename),
        ),
    ]
}

/// Which members.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct MembershipQuery {
    /// Part of the name or of the code.
    pub q: Option<String>,
    /// What it is worth today.
    pub standing: Option<StandingOnDate>,
    /// The category's key.
    pub category: Option<String>,
    /// The city's code.
    pub city: Option<String>,
    /// Only those about which something waits for a decision.
    pub waiting: Option<bool>,
    /// Page, from 1.
    pub page: Option<i64>,
    /// Rows of a page.
    pub per_page: Option<i64>,
}

fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<MembershipQuery>) -> Result<Page<MembershipLine>, Error> {
    let given = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_string)
    };
    let query = &asked.input;
    let filter = Filter {
        search: given(&query.q),
        standing: query.standing,
        category: given(&query.category),
        city: given(&query.city),
        waiting: query.waiting.unwrap_or_default(),
    };
    view::index(tx, actor, &filter, Pager::new(query.page, query.per_page))
}

fn id_of<I>(asked: &Asked<I>) -> Result<MembershipId, Error> {
    asked.id(MembershipId::from_text, "id")
}

fn shown<I>(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked<I>) -> Result<MembershipFile, Error> {
    view::show(tx, actor, id_of(asked)?)
}
