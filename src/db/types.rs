//! How domain types sit in columns: text for ids and enums, JSON for documents. Here, so that diesel stays out of
//! `domain`.

use super::connection::{MultiBackend, MultiRawValue};
use crate::domain::actor::Role;
use crate::domain::call::CallStatus;
use crate::domain::ids::*;
use crate::domain::mail_batch::MailAct;
use crate::domain::procedure::State;
use crate::domain::recusal::TieKind;
use crate::domain::status::*;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, Json as JsonSql, Nullable, SingleValue, Text};
use diesel::sqlite::Sqlite;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Write;

/// A JSON column with a typed content.
#[derive(Debug, Clone, PartialEq, Eq, Default, AsExpression, FromSqlRow)]
#[diesel(sql_type = JsonSql)]
pub struct Json<T: std::fmt::Debug>(pub T);

impl HasSqlType<JsonSql> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        MultiBackend::lookup_sql_type::<JsonSql>(lookup)
    }
}

impl<T: DeserializeOwned + std::fmt::Debug> FromSql<JsonSql, MultiBackend> for Json<T> {
    fn from_sql(bytes: MultiRawValue<'_>) -> deserialize::Result<Self> {
        Ok(Json(bytes.from_sql::<Parsed<T>, JsonSql>()?.0))
    }
}

/// Content read straight from the column's text: a detour by a `serde_json::Value` would build all of it twice.
struct Parsed<T>(T);

impl<T: DeserializeOwned> FromSql<JsonSql, Sqlite> for Parsed<T> {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        Ok(Parsed(serde_json::from_str(&text)?))
    }
}

impl<T: DeserializeOwned> FromSql<JsonSql, Pg> for Parsed<T> {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Parsed(serde_json::from_slice(value.as_bytes())?))
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<JsonSql, Sqlite> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<JsonSql, Pg> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}

impl<T: Serialize + std::fmt::Debug + Send + Sync + 'static> ToSql<JsonSql, MultiBackend> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((JsonSql, self));
        Ok(IsNull::No)
    }
}

/// A JSON column whose content is kept sealed: one JSON text, which begins with a quotation mark. What the version before wrote is the
/// content itself. No key gets as far as here: [`crate::actions::sealed`] seals and opens, for whoever needs the content.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = JsonSql)]
pub struct Sealed(String);

impl Sealed {
    /// The column of a sealed text ([`crate::keys::Keys::seal`]).
    pub fn holding(sealed: &str) -> Sealed {
        Sealed(serde_json::Value::from(sealed).to_string())
    }

    /// The sealed text; none where the content stands in the clear.
    pub fn sealed(&self) -> Option<&str> {
        self.0.strip_prefix('"')?.strip_suffix('"')
    }

    /// What stands in the column, as it stands there.
    pub fn column(&self) -> &str {
        &self.0
    }
}

impl FromSql<JsonSql, MultiBackend> for Sealed {
    fn from_sql(bytes: MultiRawValue<'_>) -> deserialize::Result<Self> {
        bytes.from_sql::<Sealed, JsonSql>()
    }
}

impl FromSql<JsonSql, Sqlite> for Sealed {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <String as FromSql<Text, Sqlite>>::from_sql(value).map(Sealed)
    }
}

impl FromSql<JsonSql, Pg> for Sealed {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Sealed(String::from_utf8(value.as_bytes().to_vec())?))
    }
}

impl ToSql<JsonSql, Sqlite> for Sealed {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.clone());
        Ok(IsNull::No)
    }
}

impl ToSql<JsonSql, Pg> for Sealed {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<JsonSql, MultiBackend> for Sealed {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((JsonSql, self));
        Ok(IsNull::No)
    }
}

/// Stores types through `as_text` and `from_text`.
macro_rules! text_columns {
    ($($name:ty),* $(,)?) => {$(
        impl<DB: Backend> ToSql<Text, DB> for $name
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.as_text().to_sql(out)
            }
        }

        impl<DB: Backend> ToSql<Nullable<Text>, DB> for $name
        where
            $name: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<Text, DB>::to_sql(self, out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let text = String::from_sql(bytes)?;
                <$name>::from_text(&text).ok_or_else(|| format!("{}: unknown value {text:?}", stringify!($name)).into())
            }
        }

        impl<ST: SingleValue, DB: Backend> Queryable<ST, DB> for $name
        where
            Self: FromSql<ST, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }

        impl AsExpression<Text> for $name {
            type Expression = Bound<Text, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }

        impl<'a> AsExpression<Text> for &'a $name {
            type Expression = Bound<Text, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }

        impl AsExpression<Nullable<Text>> for $name {
            type Expression = Bound<Nullable<Text>, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }

        impl<'a> AsExpression<Nullable<Text>> for &'a $name {
            type Expression = Bound<Nullable<Text>, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
    )*};
}

text_columns!(
    AccountId,
    GrantId,
    OrganisationId,
    JoinRequestId,
    CallId,
    QuestionId,
    ApplicationId,
    AttachmentId,
    SubmissionId,
    CorrectionId,
    RecommendationId,
    ExpertId,
    ExpertTieId,
    DrawId,
    ChangeSetId,
    ReviewSessionId,
    AssignmentId,
    DecisionId,
    NoticeId,
    ObjectionId,
    EvidenceId,
    PublishedListId,
    MembershipId,
    MembershipProposalId,
    MailId,
    MailBatchId,
    SubscriptionId,
    SavedFilterId,
);

text_columns!(
    Role,
    State,
    CallStatus,
    AccountStatus,
    SessionKind,
    TokenPurpose,
    CodeCheck,
    JoinStatus,
    CorrectionStation,
    Conclusion,
    ExpertStatus,
    TieKind,
    AssignmentSource,
    Grounds,
    DrawStatus,
    ChangeSetKind,
    ChangeSetStatus,
    SessionStatus,
    AssignmentStatus,
    SheetStatus,
    DecisionStatus,
    Outcome,
    ObjectionStatus,
    ObjectionOutcome,
    ObjectorKind,
    ListKind,
    ListStatus,
    Standing,
    ProposalKind,
    ProposalStatus,
    MailAct,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_column_is_told_from_one_in_the_clear() {
        let sealed = Sealed::holding("sealed:1:00ff");
        assert_eq!((sealed.column(), sealed.sealed()), (r#""sealed:1:00ff""#, Some("sealed:1:00ff")));
        for clear in ["{}", r#"{"a": "b"}"#, r#"["a"]"#, "null", " {}"] {
            assert_eq!(Sealed(clear.into()).sealed(), None, "{clear}");
        }
    }
}
