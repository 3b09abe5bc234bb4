//! What anybody may do with a public notice.

use crate::domain::text::text_enum;

text_enum!(
    /// What is done with a notice.
    NoticeAction {
        /// Objects to a name in it, by real name and with evidence.
        Object = "object",
    }
);

impl NoticeAction {
    /// What may be done with a notice: anybody may object while it runs. A later objection is recorded and not accepted,
    /// so it is not offered.
    pub fn available(is_over: bool) -> Vec<NoticeAction> {
        if is_over { Vec::new() } else { vec![NoticeAction::Object] }
    }
}
