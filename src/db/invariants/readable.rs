//! Rows that cannot be read as what they must be: an instant that is none, a word that no column of its kind knows, bytes that are
//! no text. Whoever reads all rows at once is told of one such row that something is wrong, and not where.

use super::record::each_event_after;
use crate::db::connection::Db;
use crate::db::schema;
use crate::db::{
    accounts, applications, attachments, call_questions, calls, change_sets, checkpoints, code_overrides, corrections,
    decisions, discussions, draws, expert_ties, experts, explanations, extra_sheets, identities, join_requests,
    mail_batches, mails, membership_proposals, memberships, notices, objections, organisations, published_lists,
    recommendations, reviews, saved_filters, screenings, second_factors, sessions, submissions, subscriptions,
};
use diesel::prelude::*;
use diesel::result::Error;

/// Rows that are read at a time.
const ROWS_AT_ONCE: i64 = 500;

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its table.
    pub table: &'static str,
    /// Its key.
    pub key: String,
    /// What stands against it.
    pub why: String,
}

/// What stands against a row, if it is the row; anything else is the database's own trouble.
fn why<T>(read: QueryResult<T>) -> QueryResult<Option<String>> {
    match read {
        Ok(_) => Ok(None),
        Err(Error::DeserializationError(why)) => Ok(Some(why.to_string())),
        Err(error) => Err(error),
    }
}

/// Reads every row of a table with a key of one column as the type that the program has for it, some at a time, and one by one
/// where that fails.
macro_rules! by_key {
    ($db:ident, $found:ident, $($table:ident . $key:ident as $row:ty),* $(,)?) => {$(
        let mut after = String::new();
        loop {
            let keys: Vec<String> = schema::$table::table
                .filter(schema::$table::$key.gt(after.clone()))
                .order(schema::$table::$key)
                .limit(ROWS_AT_ONCE)
                .select(schema::$table::$key)
                .load($db)?;
            let Some(last) = keys.last().cloned() else { break };
            let some = schema::$table::table
                .filter(schema::$table::$key.gt(after.clone()).and(schema::$table::$key.le(last.clone())))
                .select(<$row>::as_select())
                .load::<$row>($db);
            if why(some)?.is_some() {
                for key in keys {
                    let one = schema::$table::table
                        .filter(schema::$table::$key.eq(key.clone()))
                        .select(<$row>::as_select())
                        .first::<$row>($db);
                    $found.extend(why(one)?.map(|why| Unreadable { table: stringify!($table), key, why }));
                }
            }
            after = last;
        }
    )*};
}

/// The same of a table with a key of two columns, the second of this type.
macro_rules! by_pair {
    ($db:ident, $found:ident, $($table:ident . ($first:ident, $second:ident: $type:ty) as $row:ty),* $(,)?) => {$(
        let some = schema::$table::table.select(<$row>::as_select()).load::<$row>($db);
        if why(some)?.is_some() {
            let keys: Vec<(String, $type)> = schema::$table::table
                .order((schema::$table::$first, schema::$table::$second))
                .select((schema::$table::$first, schema::$table::$second))
                .load($db)?;
            for (first, second) in keys {
                let key = format!("{first} {second}");
                let one = schema::$table::table
                    .filter(schema::$table::$first.eq(first).and(schema::$table::$second.eq(second)))
                    .select(<$row>::as_select())
                    .first::<$row>($db);
                $found.extend(why(one)?.map(|why| Unreadable { table: stringify!($table), key, why }));
            }
        }
    )*};
}

/// Every row that cannot be read, of the tables that the checks read.
///
/// # Errors
/// A key cannot be read, or the database is away.
pub fn unreadable(db: &mut Db) -> QueryResult<Vec<Unreadable>> {
    let mut found = unreadable_events(db)?;
    people(db, &mut found)?;
    procedure(db, &mut found)?;
    by_pair!(
        db,
        found,
        decision_entries.(decision_id, application_id: String) as decisions::DecisionEntry,
        list_entries.(list_id, position: i32) as published_lists::ListEntry,
        notice_entries.(notice_id, position: i32) as notices::NoticeEntry,
        provider_identities.(issuer, subject_key: String) as identities::ProviderIdentity,
    );
    found.extend(unreadable_checkpoints(db)?);
    Ok(found)
}

fn people(db: &mut Db, found: &mut Vec<Unreadable>) -> QueryResult<()> {
    by_key!(
        db,
        found,
        accounts.id as accounts::Account,
        grants.id as accounts::Grant,
        sessions.id as sessions::Session,
        second_factors.account_id as second_factors::SecondFactor,
        organisations.id as organisations::Organisation,
        code_overrides.organisation_id as code_overrides::CodeOverride,
        join_requests.id as join_requests::JoinRequest,
        experts.id as experts::Expert,
        expert_ties.id as expert_ties::ExpertTie,
        mails.id as mails::Mail,
        mail_batches.id as mail_batches::MailBatch,
        saved_filters.id as saved_filters::SavedFilter,
        search_subscriptions.id as subscriptions::Subscription,
    );
    Ok(())
}

fn procedure(db: &mut Db, found: &mut Vec<Unreadable>) -> QueryResult<()> {
    by_key!(
        db,
        found,
        calls.id as calls::Call,
        call_questions.id as call_questions::Question,
        applications.id as applications::Application,
        attachments.id as attachments::Attachment,
        submissions.id as submissions::Submission,
        corrections.id as corrections::Correction,
        recommendations.id as recommendations::Recommendation,
        screenings.application_id as screenings::Screening,
        draws.id as draws::Draw,
        review_sessions.id as reviews::ReviewSession,
        assignments.id as reviews::Assignment,
        score_sheets.assignment_id as reviews::ScoreSheet,
        extra_sheets.assignment_id as extra_sheets::ExtraSheet,
        score_explanations.assignment_id as explanations::Explanation,
        discussions.application_id as discussions::Discussion,
        discussion_positions.assignment_id as discussions::Position,
        rankings.application_id as reviews::Ranking,
        decisions.id as decisions::Decision,
        change_sets.id as change_sets::ChangeSet,
        notices.id as notices::Notice,
        objections.id as objections::Objection,
        objection_identities.objection_id as objections::SealedIdentity,
        objection_evidence.id as objections::Evidence,
        published_lists.id as published_lists::PublishedList,
        memberships.id as memberships::Membership,
        membership_proposals.id as membership_proposals::Proposal,
    );
    Ok(())
}

fn unreadable_events(db: &mut Db) -> QueryResult<Vec<Unreadable>> {
    let mut found = Vec::new();
    let mut place = (String::new(), String::new(), 0);
    loop {
        let some = each_event_after(db, &place, ROWS_AT_ONCE)?;
        let Some(last) = some.last() else { return Ok(found) };
        place = last.place();
        for event in some {
            if let Err(why) = event.read {
                let key = format!("{} {} event {}", event.kind, event.id, event.seq);
                found.push(Unreadable { table: "events", key, why });
            }
        }
    }
}

fn unreadable_checkpoints(db: &mut Db) -> QueryResult<Vec<Unreadable>> {
    let numbers: Vec<i64> =
        schema::checkpoints::table.order(schema::checkpoints::number).select(schema::checkpoints::number).load(db)?;
    let mut found = Vec::new();
    for number in numbers {
        let one = schema::checkpoints::table
            .find(number)
            .select(checkpoints::StoredCheckpoint::as_select())
            .first::<checkpoints::StoredCheckpoint>(db);
        found.extend(why(one)?.map(|why| Unreadable { table: "checkpoints", key: number.to_string(), why }));
        let leaves = schema::checkpoint_leaves::table
            .filter(schema::checkpoint_leaves::checkpoint_number.eq(number))
            .select(checkpoints::StoredLeaf::as_select())
            .load::<checkpoints::StoredLeaf>(db);
        let key = format!("of checkpoint {number}");
        found.extend(why(leaves)?.map(|why| Unreadable { table: "checkpoint_leaves", key, why }));
    }
    Ok(found)
}
