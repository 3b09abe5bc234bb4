//! Which mail somebody may read in the service alone. Everything that belongs to a procedure, to the account or to its safety
//! is mailed to everybody, whatever they chose.

use super::text::text_enum;

text_enum!(
    /// A group of mail that need not be mailed.
    MailGroup {
        /// That a deadline comes near: the date itself was told before, by mail.
        Reminder = "reminder",
        /// That something waits for an officer, which the first page says as well.
        Work = "work",
        /// What waits for an officer, all of it, each working day.
        Digest = "digest",
    }
);

/// The group of a kind of mail; none for one that is always mailed.
pub fn group_of(template: &str) -> Option<MailGroup> {
    match template {
        "deadline-closing" | "deadline-correction" | "deadline-recommendation" | "deadline-scoring" => {
            Some(MailGroup::Reminder)
        }
        "application-arrived"
        | "application-to-screen"
        | "application-withdrawal"
        | "call-question-asked"
        | "correction-arrived" => Some(MailGroup::Work),
        "desk-digest" => Some(MailGroup::Digest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_procedure_is_always_mailed() {
        for template in [
            "application-received",
            "application-not-recommended",
            "correction-requested",
            "decision-declined",
            "decision-selected",
            "list-recognised",
            "account_password_changed",
            "account_invitation",
        ] {
            assert_eq!(group_of(template), None, "{template}");
        }
        assert_eq!(group_of("deadline-correction"), Some(MailGroup::Reminder));
        assert_eq!(group_of("application-arrived"), Some(MailGroup::Work));
        assert_eq!(group_of("desk-digest"), Some(MailGroup::Digest));
    }
}
