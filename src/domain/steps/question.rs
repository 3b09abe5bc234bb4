//! A question about a call: answered once, by whom the table of the call lets answer.

use crate::domain::actor::{Actor, Role};
use crate::domain::call::{self, CallAction};
use crate::domain::refusal::Refusal;
use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a question about a call.
    QuestionAction {
        /// Answers it; both become public.
        Answer = "answer",
    }
);

/// Where a question stands towards somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuestionAt {
    /// Where its call stands.
    pub call: call::Standing,
    /// Whether it has its answer: what was published stays as it was published.
    pub is_answered: bool,
}

impl QuestionAt {
    /// In which role the actor may take the action now.
    ///
    /// # Errors
    /// `wrong_role`, `call_wrong_status`, `call_question_answered`.
    pub fn permit(&self, actor: &Actor, action: QuestionAction) -> Result<Role, Refusal> {
        let of_call = match action {
            QuestionAction::Answer => CallAction::Answer,
        };
        let role = call::permit(actor, of_call, &self.call)?;
        if self.is_answered {
            return Err(Refusal::conflict("call_question_answered"));
        }
        // No row of the call's table lets answer without a role.
        role.ok_or_else(|| Refusal::forbidden("wrong_role"))
    }

    /// Every action that the actor may take now.
    pub fn available(&self, actor: &Actor) -> Vec<QuestionAction> {
        QuestionAction::ALL.iter().copied().filter(|action| self.permit(actor, *action).is_ok()).collect()
    }
}
