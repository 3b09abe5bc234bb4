//! Letters that one act writes to many: they are held for a while, so that an officer looks at them before they leave.
//! They cannot be taken back, for the law wants them sent; held or not, they leave by themselves in the end.

use super::actor::{Actor, Role};
use super::refusal::Refusal;
use super::text::text_enum;
use chrono::{Duration, NaiveDateTime};

text_enum!(
    /// An act that writes to many.
    MailAct {
        /// Joint acceptances in screening were taken back.
        AcceptancesUndone = "acceptances_undone",
        /// The deadlines of a call were put off.
        CallExtended = "call_extended",
        /// A decision was approved.
        DecisionApproved = "decision_approved",
        /// A decision was undone.
        DecisionUndone = "decision_undone",
        /// Files were accepted in screening together.
        FilesAccepted = "files_accepted",
        /// A bureau recommended files together.
        FilesRecommended = "files_recommended",
        /// A list was published.
        ListPublished = "list_published",
        /// A public notice was opened.
        NoticeOpened = "notice_opened",
        /// Joint recommendations of a bureau were taken back.
        RecommendationsUndone = "recommendations_undone",
    }
);

impl MailAct {
    /// Who may do the act, and so look after its letters.
    pub fn roles(self) -> &'static [Role] {
        match self {
            MailAct::FilesRecommended | MailAct::RecommendationsUndone => &[Role::CityOfficer],
            MailAct::AcceptancesUndone | MailAct::FilesAccepted | MailAct::NoticeOpened => &[Role::Handler],
            MailAct::CallExtended | MailAct::DecisionApproved | MailAct::DecisionUndone | MailAct::ListPublished => {
                &[Role::Approver]
            }
        }
    }
}

text_enum!(
    /// What can be done with letters that are held.
    MailBatchAction {
        /// To write something below each of them.
        Note = "note",
        /// To let them go at once.
        Release = "release",
    }
);

impl MailBatchAction {
    /// The role in which this person may do it with letters of such an act; `waits` says whether they are still held.
    ///
    /// # Errors
    /// `wrong_role`; `letters_gone` once they are not held any more.
    pub fn permit(self, actor: &Actor, act: MailAct, waits: bool) -> Result<Role, Refusal> {
        let role = actor.must_hold(act.roles())?;
        if waits { Ok(role) } else { Err(Refusal::conflict("letters_gone")) }
    }

    /// What this person may do now.
    pub fn available(actor: &Actor, act: MailAct, waits: bool) -> Vec<MailBatchAction> {
        MailBatchAction::ALL.iter().copied().filter(|action| action.permit(actor, act, waits).is_ok()).collect()
    }
}

/// Which letters are held, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// An act that writes more letters than this has them held; with 0 none does.
    pub above: i64,
    /// Hours after which they leave by themselves.
    pub hours: i64,
}

impl Holding {
    /// Until when the letters of an act are held; none when they leave at once. Letters that tell of a term which is
    /// running wait for a quarter of it at most: the rest is the readers'.
    pub fn until(self, now: NaiveDateTime, letters: usize, term_ends: Option<NaiveDateTime>) -> Option<NaiveDateTime> {
        let are_many = usize::try_from(self.above).is_ok_and(|above| above > 0 && letters > above);
        if !are_many {
            return None;
        }
        let most = Duration::try_hours(self.hours)?;
        let wait = term_ends.map_or(most, |ends| most.min((ends - now) / 4));
        now.checked_add_signed(wait).filter(|until| now < *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minutes: i64) -> NaiveDateTime {
        chrono::DateTime::from_timestamp(1_772_000_000, 0).expect("an instant").naive_utc() + Duration::minutes(minutes)
    }

    proptest! {
        #[test]
        fn letters_are_held_above_the_number_and_never_beyond_hours_or_a_quarter_of_their_term(
            above in -1_i64..5, hours in 1_i64..72, letters in 0_usize..8, term in proptest::option::of(-500_i64..9_000),
        ) {
            let until = Holding { above, hours }.until(at(0), letters, term.map(at));
            let are_many = above > 0 && i64::try_from(letters).is_ok_and(|letters| letters > above);
            prop_assert_eq!(until.is_some(), are_many && term.is_none_or(|minutes| minutes > 0));
            if let Some(until) = until {
                prop_assert!(at(0) < until && until <= at(hours * 60));
                prop_assert!(term.is_none_or(|minutes| (until - at(0)) * 4 <= Duration::minutes(minutes)));
                prop_assert!(term.is_some() || until == at(hours * 60));
            }
        }
    }

    #[test]
    fn whoever_may_do_the_act_looks_after_its_letters() {
        let of = |role| Actor {
            held: vec![crate::domain::actor::Held { role, organisation: None, bureau: None, expert: None }],
            ..Actor::public("zh-CN")
        };
        let officers = [Role::CityOfficer, Role::Handler, Role::Approver].map(|role| (role, of(role)));
        for act in MailAct::ALL.iter().copied() {
            let does_it = match act {
                MailAct::FilesRecommended | MailAct::RecommendationsUndone => Role::CityOfficer,
                MailAct::AcceptancesUndone | MailAct::FilesAccepted | MailAct::NoticeOpened => Role::Handler,
                _ => Role::Approver,
            };
            for (role, officer) in &officers {
                let expected: &[MailBatchAction] = if *role == does_it { MailBatchAction::ALL } else { &[] };
                assert_eq!(MailBatchAction::available(officer, act, true), expected, "{act}: {role}");
                assert!(MailBatchAction::available(officer, act, false).is_empty(), "{act}: what has left is gone");
            }
        }
    }
}
