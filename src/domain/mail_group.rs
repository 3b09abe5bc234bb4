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

/// The key of the words that say why somebody gets a mail; none for one that says so itself. `to_account` tells whether it
/// goes to somebody's account, and not just to an address.
pub fn why(template: &str, to_account: bool) -> Option<&'static str> {
    match group_of(template) {
        Some(MailGroup::Digest) => None,
        Some(MailGroup::Reminder | MailGroup::Work) => Some("mail-why-choice"),
        None if template.starts_with("subscription-") => None,
        None if template.starts_with("account_") => Some("mail-why-account"),
        None if to_account => Some("mail-why-part"),
        None => Some("mail-why-address"),
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

    #[test]
    fn a_mail_says_why_it_was_sent_and_what_can_be_switched_off_says_so() {
        for (template, to_account, key) in [
            ("account_password_changed", true, Some("mail-why-account")),
            ("account_invitation", false, Some("mail-why-account")),
            ("decision-declined", true, Some("mail-why-part")),
            ("objection-received", false, Some("mail-why-address")),
            ("deadline-closing", true, Some("mail-why-choice")),
            ("application-arrived", true, Some("mail-why-choice")),
            ("subscription-news", false, None),
            ("desk-digest", true, None),
        ] {
            assert_eq!(why(template, to_account), key, "{template}");
        }
    }
}
