//! A draw of experts: announced, committed to by two parties, listed, revealed; annulled, where it must be, by two people.

use super::review::ORGANISERS;
use crate::domain::actor::{Actor, Role};
use crate::domain::draw::Role as Party;
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::status::{DrawStatus, SessionStatus};
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with the draw of a call.
    DrawAction {
        /// Announces an attempt.
        Announce = "announce",
        /// Commits to a secret.
        Commit = "commit",
        /// Freezes who may be drawn.
        List = "list",
        /// Reveals the secret.
        Reveal = "reveal",
        /// Gives the attempt up.
        Abandon = "abandon",
        /// Proposes that what was drawn is annulled.
        ProposeAnnulment = "propose_annulment",
        /// Agrees to it, as another person.
        AcceptAnnulment = "accept_annulment",
        /// Does not, or takes the own proposal back.
        RefuseAnnulment = "refuse_annulment",
    }
);

/// Who can be a party.
pub const PARTIES: &[Role] = &[Role::Handler, Role::Auditor];

/// Who can give an attempt up.
pub const ENDERS: &[Role] = &[Role::Handler, Role::Auditor, Role::Approver];

/// The party that an actor can be.
///
/// # Errors
/// `draw_both_roles`, `wrong_role`.
pub fn party_of(actor: &Actor) -> Result<Party, Refusal> {
    match (actor.holds(Role::Handler), actor.holds(Role::Auditor)) {
        (true, true) => Err(Refusal::forbidden("draw_both_roles")),
        (true, false) => Ok(Party::Handler),
        (false, true) => Ok(Party::Auditor),
        (false, false) => Err(Refusal::forbidden("wrong_role")),
    }
}

/// The actor's role as this party; whoever could be the other one as well is neither.
///
/// # Errors
/// `draw_both_roles`, `wrong_role`.
fn must_be_party(actor: &Actor, party: Party) -> Result<Role, Refusal> {
    if party_of(actor)? == party { Ok(role_of(party)) } else { Err(Refusal::forbidden("wrong_role")) }
}

/// How far one party is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SideAt {
    /// Who committed; none while nobody did.
    pub account: Option<AccountId>,
    /// Whether the secret was revealed.
    pub revealed: bool,
}

/// Where the draw of a call stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DrawAt {
    /// Whether the call was approved.
    pub call_approved: bool,
    /// The review's status; none while it is not prepared.
    pub session: Option<SessionStatus>,
    /// The status of the last attempt; none if there is none.
    pub status: Option<DrawStatus>,
    /// The handler's part of it.
    pub handler: SideAt,
    /// The auditor's part of it.
    pub auditor: SideAt,
    /// Whether it was annulled after it was drawn.
    pub annulled: bool,
    /// Who proposed to annul it; none while nobody did.
    pub annulment_by: Option<AccountId>,
    /// Whether the plan of a session rests on the panel.
    pub planned: bool,
    /// Whether a review was opened on it once, and its experts were written to, though that was taken back.
    pub told: bool,
}

impl DrawAt {
    fn side(&self, party: Party) -> SideAt {
        match party {
            Party::Handler => self.handler,
            Party::Auditor => self.auditor,
        }
    }

    fn other(&self, party: Party) -> SideAt {
        match party {
            Party::Handler => self.auditor,
            Party::Auditor => self.handler,
        }
    }

    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`, `draw_both_roles`; `draw_call_not_approved`, `draw_review_open`, `draw_running`, `draw_done`, `draw_none`;
    /// `draw_listed`, `draw_committed`, `draw_not_committed`, `draw_not_listed`, `draw_revealed`, `draw_not_a_party`;
    /// `draw_not_drawn`, `draw_annulled`, `draw_review_opened`, `draw_planned`, `draw_annulment_proposed`,
    /// `draw_annulment_not_proposed`, `draw_annulment_own`, `draw_annulment_not_own`.
    pub fn permit(&self, actor: &Actor, action: DrawAction) -> Result<Role, Refusal> {
        match action {
            DrawAction::Announce => {
                let role = actor.must_hold(ORGANISERS)?;
                self.must_be_announceable().map(|()| role)
            }
            DrawAction::Commit => {
                let party = party_of(actor)?;
                self.must_be(DrawStatus::Announced, "draw_listed")?;
                if self.side(party).account.is_some() {
                    return Err(Refusal::conflict("draw_committed"));
                }
                if actor.account.is_some() && self.other(party).account == actor.account {
                    return Err(Refusal::forbidden("draw_both_roles"));
                }
                Ok(role_of(party))
            }
            DrawAction::List => {
                let role = actor.must_hold(&[Role::Handler])?;
                self.must_be(DrawStatus::Announced, "draw_listed")?;
                match (self.handler.account, self.auditor.account) {
                    (Some(_), Some(_)) => Ok(role),
                    _ => Err(Refusal::conflict("draw_not_committed")),
                }
            }
            DrawAction::Reveal => {
                let party = party_of(actor)?;
                self.must_be(DrawStatus::Listed, "draw_not_listed")?;
                let side = self.side(party);
                if side.account.is_none() || side.account != actor.account {
                    return Err(Refusal::forbidden("draw_not_a_party"));
                }
                if side.revealed { Err(Refusal::conflict("draw_revealed")) } else { Ok(role_of(party)) }
            }
            DrawAction::Abandon => {
                actor.must_hold(ENDERS)?;
                self.must_run()?;
                self.ender(actor).ok_or_else(|| Refusal::forbidden("draw_not_a_party"))
            }
            DrawAction::ProposeAnnulment => {
                let role = must_be_party(actor, Party::Handler)?;
                self.must_be_free()?;
                match self.annulment_by {
                    Some(_) => Err(Refusal::conflict("draw_annulment_proposed")),
                    None => Ok(role),
                }
            }
            DrawAction::AcceptAnnulment => {
                let role = must_be_party(actor, Party::Auditor)?;
                self.must_be_proposed()?;
                if self.annulment_by == actor.account {
                    return Err(Refusal::forbidden("draw_annulment_own"));
                }
                self.must_be_free().map(|()| role)
            }
            DrawAction::RefuseAnnulment => {
                let held = actor.must_hold(PARTIES)?;
                self.must_be_proposed()?;
                // One's own proposal is taken back, whatever roles have come to one since.
                if self.annulment_by == actor.account {
                    return Ok(held);
                }
                match party_of(actor)? {
                    Party::Auditor => Ok(Role::Auditor),
                    Party::Handler => Err(Refusal::forbidden("draw_annulment_not_own")),
                }
            }
        }
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<DrawAction> {
        DrawAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }

    fn must_be_announceable(&self) -> Result<(), Refusal> {
        let code = match self.status {
            _ if !self.call_approved => "draw_call_not_approved",
            _ if self.session.is_some_and(|session| session != SessionStatus::Preparing) => "draw_review_open",
            // A panel that was drawn is not drawn again until somebody likes it, but by two people, on record.
            Some(DrawStatus::Drawn) if self.annulled => return Ok(()),
            Some(DrawStatus::Drawn) => "draw_done",
            Some(DrawStatus::Announced | DrawStatus::Listed) => "draw_running",
            Some(DrawStatus::Abandoned) | None => return Ok(()),
        };
        Err(Refusal::conflict(code))
    }

    /// The draw is done, in force, and nothing rests on it.
    fn must_be_free(&self) -> Result<(), Refusal> {
        match self.status {
            Some(DrawStatus::Drawn) if self.annulled => Err(Refusal::conflict("draw_annulled")),
            Some(DrawStatus::Drawn)
                if self.told || self.session.is_some_and(|session| session != SessionStatus::Preparing) =>
            {
                Err(Refusal::conflict("draw_review_opened"))
            }
            Some(DrawStatus::Drawn) if self.planned => Err(Refusal::conflict("draw_planned")),
            Some(DrawStatus::Drawn) => Ok(()),
            Some(DrawStatus::Announced | DrawStatus::Listed | DrawStatus::Abandoned) | None => {
                Err(Refusal::conflict("draw_not_drawn"))
            }
        }
    }

    /// An annulment was proposed and not yet agreed to.
    fn must_be_proposed(&self) -> Result<(), Refusal> {
        match (self.annulled, self.annulment_by) {
            (true, _) => Err(Refusal::conflict("draw_annulled")),
            (false, None) => Err(Refusal::conflict("draw_annulment_not_proposed")),
            (false, Some(_)) => Ok(()),
        }
    }

    fn must_run(&self) -> Result<(), Refusal> {
        match self.status {
            Some(DrawStatus::Announced | DrawStatus::Listed) => Ok(()),
            Some(DrawStatus::Drawn) => Err(Refusal::conflict("draw_done")),
            Some(DrawStatus::Abandoned) | None => Err(Refusal::conflict("draw_none")),
        }
    }

    fn must_be(&self, status: DrawStatus, otherwise: &'static str) -> Result<(), Refusal> {
        self.must_run()?;
        if self.status == Some(status) { Ok(()) } else { Err(Refusal::conflict(otherwise)) }
    }

    /// In which role somebody may give the attempt up: either party, whoever could still become one, an approver.
    fn ender(&self, actor: &Actor) -> Option<Role> {
        let parties =
            [(Role::Handler, Some(self.handler)), (Role::Auditor, Some(self.auditor)), (Role::Approver, None)];
        let held = parties.into_iter().filter(|(role, _)| actor.holds(*role));
        let free = |side: SideAt| side.account.is_none() || side.account == actor.account;
        held.into_iter().find(|(_, side)| side.is_none_or(free)).map(|(role, _)| role)
    }
}

fn role_of(party: Party) -> Role {
    match party {
        Party::Handler => Role::Handler,
        Party::Auditor => Role::Auditor,
    }
}
