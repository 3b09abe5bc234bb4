//! Which columns of the database are held against the record, and which are not, each with why. It is the whole promise of
//! `yuanchi fsck` about rows: a column that is new stands in one of these lists, or the test fails.
//!
//! Beside what stands here, the record vouches for the columns of [`KEPT`] from the act of this version on that wrote them last; and
//! a row whose key was changed is one that is gone and another that nobody recorded.

use super::unread::begin_unguarded;
use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::collections::BTreeMap;
use yuanchi::actions::{Tx, fsck};
use yuanchi::db::Db;
use yuanchi::db::invariants::{KEPT, Violation};

/// Columns that a check holds against the record, against what was signed, or against rows that are: table, columns, and the
/// invariant that breaks when one is altered.
const HELD: &[(&str, &[&str], &str)] = &[
    ("accounts", &["status"], "account_is_as_recorded"),
    (
        "applications",
        &["call_id", "organisation_id", "number", "submitted_at", "created_by", "created_at"],
        "application_is_as_recorded",
    ),
    ("applications", &["state"], "state_is_that_of_the_record"),
    ("applications", &["form", "members"], "column_is_as_recorded"),
    ("applications", &["submission_count"], "submissions_are_counted"),
    ("assignments", &["application_id", "expert_id"], "assignment_is_as_recorded"),
    ("assignments", &["status"], "state_is_that_of_the_record"),
    ("attachments", &["application_id", "kind", "sha256", "bytes"], "upload_is_as_recorded"),
    ("attachments", &["file_type"], "documents_keep_to_the_programme"),
    (
        "calls",
        &[
            "year",
            "title",
            "body",
            "basis_title",
            "basis_number",
            "basis_issued_on",
            "basis_valid_until",
            "opens_at",
            "closes_at",
            "recommend_by",
            "planned_screening_on",
            "planned_review_on",
            "planned_decision_on",
            "planned_notice_on",
        ],
        "call_is_as_recorded",
    ),
    ("calls", &["programme"], "programme_is_readable"),
    ("calls", &["programme_digest"], "programme_is_as_pinned"),
    ("calls", &["status"], "state_is_that_of_the_record"),
    ("calls", &["drafted_by", "approved_by"], "actors_are_those_of_the_record"),
    ("chain_heads", &["seq", "hash"], "chain_head_is_last_event"),
    ("change_sets", &["status", "before"], "decision_change_is_as_recorded"),
    ("checkpoint_leaves", &["subject_kind", "subject_id", "seq", "hash"], "checkpoint_holds"),
    ("checkpoints", &["root", "previous", "statement", "hash", "signature", "key_id"], "checkpoint_holds"),
    ("code_overrides", &["licence_sha256"], "upload_is_as_recorded"),
    ("code_overrides", &["licence_bytes"], "document_is_there"),
    (
        "corrections",
        &["application_id", "station", "due_at", "requested_by", "requested_at", "answered_at"],
        "correction_is_as_recorded",
    ),
    ("decision_entries", &["outcome", "reason"], "decision_is_as_recorded"),
    ("decisions", &["status"], "state_is_that_of_the_record"),
    ("decisions", &["proposed_by", "decided_by"], "actors_are_those_of_the_record"),
    ("discussion_positions", &["application_id"], "position_lies_with_its_file"),
    ("discussion_positions", &["before_total", "after_total"], "position_is_that_of_the_sheet"),
    ("draws", &["record"], "draw_is_reproduced"),
    (
        "draws",
        &["call_id", "list_sha256", "chain_head", "record_sha256", "annulment_reason", "annulled_at"],
        "draw_is_as_recorded",
    ),
    ("event_trees", &["event_count", "root"], "event_tree_holds"),
    ("events", &["at", "actor", "role", "action", "from_state", "to_state", "reason", "detail", "hash"], "chain_holds"),
    ("experts", &["status", "term_from", "term_to"], "appointment_is_as_recorded"),
    ("extra_sheets", &["items", "comments", "opinion", "total"], "sheet_is_as_recorded"),
    (
        "grants",
        &["account_id", "role", "organisation_id", "bureau", "expert_id", "ends_on", "revoked_at"],
        "grant_is_as_recorded",
    ),
    (
        "list_entries",
        &[
            "application_id",
            "organisation_name",
            "product",
            "credit_code",
            "city",
            "result",
            "shown",
            "category_type",
            "in_province",
            "valid_to",
        ],
        "list_is_as_signed",
    ),
    (
        "membership_proposals",
        &["status", "proposed_by", "decided_by", "barred_until"],
        "membership_proposal_is_as_recorded",
    ),
    ("memberships", &["organisation_id"], "member_is_recognised"),
    ("memberships", &["application_id"], "recognised_is_member"),
    ("memberships", &["list_id", "certificate_number", "valid_from", "valid_to"], "list_is_as_signed"),
    ("memberships", &["standing"], "state_is_that_of_the_record"),
    ("memberships", &["certificate_seal"], "certificate_proves_itself"),
    ("notice_entries", &["application_id"], "named_in_a_notice"),
    ("notice_entries", &["shown"], "notice_entry_is_as_recorded"),
    ("notices", &["number", "title", "body", "starts_on", "ends_on", "ends_at", "opened_by"], "notice_is_as_recorded"),
    ("objection_evidence", &["objection_id", "sha256"], "upload_is_as_recorded"),
    ("objection_evidence", &["bytes"], "document_is_there"),
    ("objection_identities", &["name", "phone", "email", "sealed"], "objector_is_sealed"),
    (
        "objections",
        &["number", "notice_id", "application_id", "received_at", "shortcomings"],
        "objection_is_as_recorded",
    ),
    ("objections", &["status"], "state_is_that_of_the_record"),
    ("organisations", &["credit_code", "name", "code_check"], "organisation_is_as_recorded"),
    ("organisations", &["contact_name", "contact_phone"], "contact_opens"),
    ("provider_identities", &["account_id"], "identity_is_as_recorded"),
    (
        "published_lists",
        &[
            "kind",
            "number",
            "category",
            "year",
            "title",
            "body",
            "source_url",
            "published_at",
            "chain_number",
            "canonical",
            "sha256",
            "previous_sha256",
            "signature",
            "seal",
        ],
        "list_is_as_signed",
    ),
    ("published_lists", &["status"], "state_is_that_of_the_record"),
    ("published_lists", &["proposed_by", "published_by"], "actors_are_those_of_the_record"),
    ("rankings", &["call_id", "place", "score"], "ranking_is_as_recorded"),
    (
        "rankings",
        &[
            "plain_mean",
            "spread",
            "sheet_count",
            "trimmed",
            "short_panel",
            "to_discuss",
            "tie_broken_by",
            "panel_score",
            "extra_score",
            "ranked_at",
        ],
        "ranking_is_reproduced",
    ),
    ("recommendations", &["rank"], "rank_is_as_recorded"),
    ("score_sheets", &["items", "comments", "opinion"], "sheet_is_as_recorded"),
    ("score_sheets", &["total"], "sheet_adds_up"),
    ("score_sheets", &["status"], "ranking_is_reproduced"),
    ("screenings", &["findings", "conclusion", "screened_by"], "screening_is_as_recorded"),
    ("second_factors", &["secret"], "second_factor_is_as_recorded"),
    ("sessions", &["account_id", "created_at", "is_half"], "session_is_as_recorded"),
    (
        "submissions",
        &["application_id", "number", "sha256", "submitted_by", "submitted_at"],
        "submission_is_as_recorded",
    ),
    ("submissions", &["content"], "filed_content_opens"),
];

/// Columns of a table.
type Columns = (&'static str, &'static [&'static str]);

/// Columns that nothing is held against, each with why.
const FREE: &[(&str, &[Columns])] = &[
    (
        "counts the changes of its row, so that two who change it at once are told; says nothing about anything",
        &[
            ("accounts", &["version"]),
            ("applications", &["version"]),
            ("calls", &["version"]),
            ("decisions", &["version"]),
            ("draws", &["version"]),
            ("experts", &["version"]),
            ("extra_sheets", &["version"]),
            ("mail_batches", &["version"]),
            ("memberships", &["version"]),
            ("objections", &["version"]),
            ("organisations", &["version"]),
            ("published_lists", &["version"]),
            ("review_sessions", &["version"]),
            ("score_sheets", &["version"]),
        ],
    ),
    (
        "when something was seen, used, saved or touched last: moves without an act of its own",
        &[
            ("accounts", &["signed_in_at"]),
            ("applications", &["updated_at"]),
            ("extra_sheets", &["saved_at"]),
            ("provider_identities", &["used_at"]),
            ("refresh_tokens", &["used_at"]),
            ("score_sheets", &["saved_at"]),
            ("second_factors", &["last_step", "offered", "offered_at"]),
            ("sessions", &["seen_at", "expires_at"]),
            ("sign_in_programs", &["seen_at"]),
        ],
    ),
    (
        "kept for hours or days, to slow down, to repeat or to remind, and cleared away; what it once let in is in the record",
        &[
            ("attempts", &["made", "ends_at"]),
            ("counters", &["value"]),
            ("deadline_reminders", &["reminded_at"]),
            ("digests", &["noted_at"]),
            ("grants", &["reminded_days"]),
            ("idempotency_keys", &["request_sha256", "status", "body", "created_at", "standing"]),
            ("one_time_tokens", &["purpose", "account_id", "created_at", "expires_at", "used_at"]),
            ("recovery_codes", &["created_at", "used_at"]),
            ("refresh_tokens", &["session_id", "created_at", "expires_at"]),
            ("second_factors", &["confirmed_at"]),
            ("sessions", &["kind", "user_agent", "ended_at", "factor_at"]),
        ],
    ),
    (
        "a letter and what is known of its way: the outbox is no record",
        &[
            (
                "mail_batches",
                &[
                    "act",
                    "subject",
                    "title",
                    "letters",
                    "note",
                    "held_until",
                    "created_by",
                    "created_at",
                    "released_by",
                    "released_at",
                    "bureau",
                ],
            ),
            ("mail_mutes", &["muted_at"]),
            (
                "mails",
                &[
                    "message_id",
                    "account_id",
                    "to_address",
                    "template",
                    "subject",
                    "body",
                    "created_at",
                    "next_attempt_at",
                    "locked_until",
                    "attempts",
                    "sent_at",
                    "failed_at",
                    "last_error",
                    "secret_until",
                    "sealed",
                    "unsubscribe",
                    "read_at",
                    "site_only",
                    "language",
                    "batch_id",
                    "note",
                    "application_id",
                    "own_note",
                ],
            ),
            (
                "search_subscriptions",
                &[
                    "search",
                    "search_key",
                    "address_key",
                    "address",
                    "created_at",
                    "confirm_key",
                    "confirmed_at",
                    "seen_list",
                    "told_at",
                    "language",
                    "letter_at",
                ],
            ),
        ],
    ),
    (
        "a person's own convenience",
        &[
            ("accounts", &["language"]),
            ("saved_filters", &["account_id", "name", "search", "state", "call_id", "longest_first", "created_at"]),
        ],
    ),
    (
        "repeats what an event says, or what was signed, which stays as it was and is what counts in a dispute",
        &[
            ("accounts", &["created_at", "password_set_at"]),
            ("assignments", &["session_id", "assigned_at", "declared_at", "reason", "source", "explanation"]),
            ("calls", &["programme_key", "programme_version", "copied_from", "approved_at", "created_at"]),
            (
                "change_sets",
                &["kind", "call_id", "summary", "applied_by", "applied_at", "undone_by", "undone_at", "undo_reason"],
            ),
            ("chain_heads", &["checkpointed_seq"]),
            ("checkpoints", &["at", "leaf_count"]),
            (
                "code_overrides",
                &["licence_name", "licence_type", "provided_by", "provided_at", "reason", "decided_by", "decided_at"],
            ),
            ("decisions", &["call_id"]),
            (
                "draws",
                &[
                    "attempt",
                    "status",
                    "strata",
                    "announced_by",
                    "announced_at",
                    "handler_id",
                    "handler_commitment",
                    "handler_reveal",
                    "auditor_id",
                    "auditor_commitment",
                    "auditor_reveal",
                    "list",
                    "listed_at",
                    "ended_at",
                    "reason",
                    "annulment_proposed_by",
                    "annulment_proposed_at",
                    "annulled_by",
                ],
            ),
            ("experts", &["created_at"]),
            ("grants", &["granted_by", "reason", "granted_at", "by_operator"]),
            (
                "join_requests",
                &["organisation_id", "account_id", "message", "status", "created_at", "decided_by", "decided_at"],
            ),
            ("list_entries", &["organisation_id"]),
            (
                "membership_proposals",
                &["membership_id", "kind", "reason", "basis", "proposed_at", "decided_at", "answer"],
            ),
            ("memberships", &["created_at"]),
            ("notices", &["call_id", "opened_at"]),
            ("organisations", &["name_key", "created_at"]),
            ("provider_identities", &["linked_at"]),
            ("published_lists", &["call_id", "proposed_at"]),
            ("recommendations", &["ended_at"]),
            ("screenings", &["reason", "screened_at"]),
        ],
    ),
    (
        "how a review was arranged: what it came to is held by its assignments, its sheets and its ranking, and a drawn panel by its draw",
        &[
            ("discussion_positions", &["remark", "stated_at"]),
            ("extra_sheets", &["status", "submitted_at"]),
            (
                "review_sessions",
                &[
                    "call_id",
                    "status",
                    "panel",
                    "created_by",
                    "created_at",
                    "opened_at",
                    "closed_at",
                    "draw_id",
                    "reserves",
                    "load_floor",
                    "wishes",
                    "scoring_ended_at",
                    "people_at_closing",
                ],
            ),
            ("score_explanations", &["above", "asked_at", "explained_at"]),
            ("score_sheets", &["submitted_at"]),
            ("sheet_versions", &["items", "comments", "opinion", "total", "submitted_at", "ended_at", "ended_by"]),
        ],
    ),
    (
        "what a new password is held against, and nothing else: that of today is kept",
        &[("former_passwords", &["password_hash"])],
    ),
    (
        "what its own content says anew whenever it is read",
        &[("objection_evidence", &["file_type"]), ("objection_identities", &["kind"])],
    ),
];

/// Where one more letter or one more day would not be an alteration that anybody would make: this is done instead.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("accounts", "status", "UPDATE accounts SET status = 'disabled'"),
    ("applications", "number", "UPDATE applications SET number = number || 'x' WHERE number IS NOT NULL"),
    ("change_sets", "status", "UPDATE change_sets SET status = 'undone' WHERE kind = 'decision'"),
    (
        "list_entries",
        "application_id",
        "UPDATE list_entries SET application_id = application_id || 'x' WHERE application_id IS NOT NULL",
    ),
    ("published_lists", "number", "UPDATE published_lists SET number = number || 'x' WHERE number IS NOT NULL"),
    (
        "published_lists",
        "chain_number",
        "UPDATE published_lists SET chain_number = chain_number + 1000 WHERE chain_number IS NOT NULL",
    ),
    ("score_sheets", "status", "UPDATE score_sheets SET status = 'void' WHERE status = 'submitted'"),
];

/// Columns that hold nothing in the province that is played, so that adding to them alters nothing; other tests break them.
const UNTRIED: &[(&str, &str)] =
    &[("list_entries", "in_province"), ("list_entries", "valid_to"), ("membership_proposals", "status")];

/// Tables of the record itself: that any change of them is found, event by event, is what the tests of the record say.
const OF_THE_RECORD: &[&str] = &["chain_heads", "checkpoint_leaves", "checkpoints", "event_trees", "events"];

/// A column of the schema.
struct Column {
    table: &'static str,
    name: &'static str,
    kind: &'static str,
    is_key: bool,
}

/// Every column of every table, as the schema has them.
fn columns() -> Vec<Column> {
    let schema: &'static str = include_str!("../../../src/db/schema.rs");
    let mut found = Vec::new();
    for part in schema.split("diesel::table! {").skip(1) {
        let (head, rest) = part.trim_start().split_once('{').expect("a table");
        let (table, keys) = head.split_once('(').expect("its key");
        let keys: Vec<&str> = keys.trim_end_matches([')', ' ']).split(", ").collect();
        let body = rest.split_once('}').expect("its columns").0;
        for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (name, kind) = line.trim_end_matches(',').split_once(" -> ").expect("a column");
            let kind = kind.trim_start_matches("Nullable<").trim_end_matches('>');
            found.push(Column { table: table.trim(), name, kind, is_key: keys.contains(&name) });
        }
    }
    assert!(found.len() > 400, "{} columns were read", found.len());
    found
}

fn is_kept(table: &str, column: &str) -> bool {
    KEPT.iter().any(|kept| kept.table == table && kept.columns.iter().any(|(name, _)| *name == column))
}

fn held_by(table: &str, column: &str) -> Option<&'static str> {
    HELD.iter().find(|(of, columns, _)| *of == table && columns.contains(&column)).map(|(_, _, invariant)| *invariant)
}

#[test]
fn c_61_every_column_is_held_against_the_record_or_said_to_be_free() {
    let mut listed: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for kept in KEPT {
        kept.columns.iter().for_each(|(name, _)| listed.entry((kept.table, *name)).or_default().push("kept"));
    }
    for (table, columns, invariant) in HELD {
        assert!(fsck::names().contains(invariant), "{invariant} is no invariant");
        columns.iter().for_each(|name| listed.entry((*table, *name)).or_default().push("held"));
    }
    for (why, tables) in FREE {
        assert!(!why.is_empty());
        for (table, columns) in *tables {
            columns.iter().for_each(|name| listed.entry((*table, *name)).or_default().push("free"));
        }
    }
    let columns = columns();
    let mut wrong: Vec<String> = Vec::new();
    for column in &columns {
        let place = (column.table, column.name);
        match (listed.remove(&place).as_deref(), column.is_key) {
            (None, true) | (Some([_]), _) => {}
            (None, false) => wrong.push(format!("{place:?} stands in no list")),
            (Some(all), _) => wrong.push(format!("{place:?} is {all:?}")),
        }
    }
    wrong.extend(listed.into_keys().map(|place| format!("{place:?} is no column")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same column with something else in it, as both databases write it.
fn altered(postgres: bool, column: &Column) -> String {
    let name = column.name;
    match column.kind {
        "Text" => format!("COALESCE({name}, '') || 'x'"),
        // Far enough that no two rows meet while the one is moved and the other is not.
        "Int4" | "Int8" => format!("COALESCE({name}, 0) + 1000"),
        "Bool" => format!("NOT COALESCE({name}, FALSE)"),
        "Json" => "'[\"x\"]'".into(),
        "Timestamp" if postgres => format!("COALESCE({name}, TIMESTAMP '2026-01-01 00:00:00') + INTERVAL '1 day'"),
        "Timestamp" => format!("datetime(COALESCE({name}, '2026-01-01 00:00:00'), '+1 day')"),
        "Date" if postgres => format!("COALESCE({name}, DATE '2026-01-01') + 1"),
        "Date" => format!("date(COALESCE({name}, '2026-01-01'), '+1 day')"),
        other => panic!("{other} is no kind that is known here"),
    }
}

/// Alters rows of a table and says how many there were.
fn alter(db: &mut Db, sql: &str) -> usize {
    diesel::sql_query(sql).execute(db).unwrap_or_else(|e| panic!("{sql}: {e}"))
}

fn checked(test: &TestApp, db: &mut Db) -> Vec<Violation> {
    let mut tx = Tx::new(db, test.now(), &test.app.env);
    fsck::check(&mut tx, &[]).expect("the check")
}

/// In a province at work, one column after the other is altered in every row, and each alteration is found. Nothing is wrong there
/// before.
pub fn each_is_found(test: &TestApp, db: &mut Db) {
    let postgres = test.on_postgres();
    let columns = columns();
    let mut unseen: Vec<String> = Vec::new();
    // What acts let the record carry is named by its column, so all of it is altered at once.
    begin_unguarded(test, db);
    let kept: Vec<&Column> = columns
        .iter()
        .filter(|column| is_kept(column.table, column.name))
        .filter(|column| {
            alter(db, &format!("UPDATE {} SET {} = {}", column.table, column.name, altered(postgres, column))) > 0
        })
        .collect();
    let found = checked(test, db);
    db.batch_execute("ROLLBACK").expect("undone");
    for column in kept {
        let (table, what) = (format!("{} ", column.table), format!("its {} is not", column.name));
        let is_named = |one: &Violation| {
            one.invariant == "column_is_as_recorded" && one.subject.starts_with(&table) && one.what.starts_with(&what)
        };
        if !found.iter().any(is_named) {
            unseen.push(format!("{}.{}, which is kept", column.table, column.name));
        }
    }
    for column in columns.iter().filter(|column| !OF_THE_RECORD.contains(&column.table)) {
        let Some(invariant) = held_by(column.table, column.name) else { continue };
        if UNTRIED.contains(&(column.table, column.name)) {
            continue;
        }
        let otherwise = OTHERWISE.iter().find(|(table, name, _)| (*table, *name) == (column.table, column.name));
        let sql = otherwise.map_or_else(
            || format!("UPDATE {} SET {} = {}", column.table, column.name, altered(postgres, column)),
            |(_, _, sql)| (*sql).to_string(),
        );
        begin_unguarded(test, db);
        let rows = alter(db, &sql);
        let found = if rows > 0 { checked(test, db) } else { Vec::new() };
        db.batch_execute("ROLLBACK").expect("undone");
        if rows > 0 && found.is_empty() {
            unseen.push(format!("{}.{}, which {invariant} is to hold", column.table, column.name));
        }
    }
    assert!(unseen.is_empty(), "these were altered in every row, and nothing was found:\n{}", unseen.join("\n"));
}
