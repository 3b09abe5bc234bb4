//! One type per kind of id, so that one is never taken for another.
//!
//! An id is a UUID version 7 in text: opaque to those who use it, in time order for the index.

/// Hyphenated text of a UUID.
const LENGTH: usize = 36;

/// Where ids come from: injected, so that a test knows them beforehand.
pub trait IdSource {
    /// The next id, unlike any before.
    fn next(&self) -> uuid::Uuid;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; LENGTH]);

        impl $name {
            /// A new id from the injected source.
            pub fn new(source: &(impl IdSource + ?Sized)) -> Self {
                let mut text = [0; LENGTH];
                source.next().hyphenated().encode_lower(&mut text);
                Self(text)
            }

            /// The id of its text; nothing for text that is no id.
            pub fn from_text(text: &str) -> Option<Self> {
                let bytes: [u8; LENGTH] = text.as_bytes().try_into().ok()?;
                let uuid = uuid::Uuid::try_parse(text).ok()?;
                let mut canonical = [0; LENGTH];
                uuid.hyphenated().encode_lower(&mut canonical);
                (canonical == bytes).then_some(Self(bytes))
            }

            /// The text of the id.
            pub fn as_text(&self) -> &str {
                // Both constructors write ASCII only.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_text())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_text())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_text())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                Self::from_text(&text).ok_or_else(|| serde::de::Error::custom(concat!("not a ", stringify!($name))))
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type};
                let format = SchemaFormat::Custom("uuid".to_string());
                ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
            }
        }

        impl utoipa::ToSchema for $name {}
    )*};
}

ids!(
    /// A person's account.
    AccountId,
    /// A role held by a person.
    GrantId,
    /// An organisation.
    OrganisationId,
    /// A person's request to join an organisation.
    JoinRequestId,
    /// One run of a programme.
    CallId,
    /// A question about a call.
    QuestionId,
    /// An application.
    ApplicationId,
    /// An uploaded document of an application.
    AttachmentId,
    /// A frozen submission.
    SubmissionId,
    /// A correction asked for.
    CorrectionId,
    /// A bureau's recommendation.
    RecommendationId,
    /// An expert of the pool.
    ExpertId,
    /// What binds an expert to an organisation.
    ExpertTieId,
    /// A draw of experts.
    DrawId,
    /// An act on many things at once.
    ChangeSetId,
    /// The review of one call.
    ReviewSessionId,
    /// One expert's charge to score one application.
    AssignmentId,
    /// A decision sheet.
    DecisionId,
    /// A public notice.
    NoticeId,
    /// An objection.
    ObjectionId,
    /// A document that came with an objection.
    EvidenceId,
    /// A published list.
    PublishedListId,
    /// A standing in the pool.
    MembershipId,
    /// What is proposed about a membership.
    MembershipProposalId,
    /// A mail in the outbox.
    MailId,
    /// Letters that one act wrote to many.
    MailBatchId,
    /// A search that is mailed when something new matches.
    SubscriptionId,
    /// A filter of a list that somebody keeps.
    SavedFilterId,
);

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;
    impl IdSource for Fixed {
        fn next(&self) -> uuid::Uuid {
            uuid::Uuid::from_u128(7)
        }
    }

    #[test]
    fn an_id_reads_back_from_its_text_and_nothing_else_is_an_id() {
        let id = CallId::new(&Fixed);
        assert_eq!(CallId::from_text(id.as_text()), Some(id));
        for wrong in ["", "7", "00000000000000000000000000000007", "00000000-0000-0000-0000-00000000000G", "你好"] {
            assert_eq!(CallId::from_text(wrong), None, "{wrong}");
        }
    }
}
