//! What to do to a registry in order, so that one invariant holds no more.

use yuanchi::db::invariants::KEPT;

const MEMBERSHIP: &str = "INSERT INTO memberships (id, organisation_id, application_id, list_id, category, \
    certificate_number, valid_from, valid_to, standing, created_at) VALUES ('m1', 'o1', 'p1', 'l1', 'k', 'n', \
    '2026-01-01', '2029-01-01', 'active', '2026-01-01 00:00:00')";
/// A membership of which nothing is recorded but that it stands under warning.
const HELD: &str = "INSERT INTO memberships (id, organisation_id, application_id, list_id, category, \
    certificate_number, valid_from, valid_to, standing, created_at) VALUES ('00000000-0000-7000-8000-0000000000b1', \
    '00000000-0000-7000-8000-0000000000b2', '00000000-0000-7000-8000-0000000000b3', \
    '00000000-0000-7000-8000-0000000000b4', 'k', 'n', '2026-01-01', '2029-01-01', 'warned', '2026-01-01 00:00:00')";
const SHEET: &str = "INSERT INTO assignments (id, session_id, application_id, expert_id, status, assigned_at) \
    VALUES ('00000000-0000-7000-8000-0000000000a1', 's1', 'p1', 'e1', 'recused', '2026-01-01 00:00:00'); \
    INSERT INTO score_sheets (assignment_id, items, comments, opinion, status, total, saved_at) \
    VALUES ('00000000-0000-7000-8000-0000000000a1', '{\"nothing\": \"4\"}', '{}', '', 'submitted', 5, '2026-01-01 00:00:00')";
const DISCUSSED: &str = "UPDATE review_sessions SET scoring_ended_at = '2026-02-01 00:00:00'; \
    INSERT INTO assignments (id, session_id, application_id, expert_id, status, assigned_at) \
    VALUES ('00000000-0000-7000-8000-0000000000a1', 's1', 'p1', 'e2', 'accepted', '2026-01-01 00:00:00'); \
    INSERT INTO score_sheets (assignment_id, items, comments, opinion, status, total, saved_at, submitted_at) \
    VALUES ('00000000-0000-7000-8000-0000000000a1', '{}', '{}', '', 'submitted', 5, '2026-01-01 00:00:00', '2026-01-01 00:00:00'); \
    INSERT INTO discussions VALUES ('p1', 's1', 'spread', NULL, 'a1', '2026-02-01 00:00:00', '2026-02-02 00:00:00'); \
    INSERT INTO discussion_positions VALUES ('00000000-0000-7000-8000-0000000000a1', 'p1', 5, 5, 'as before', '2026-02-01 00:00:00')";
const EXTRA: &str = "INSERT INTO assignments (id, session_id, application_id, expert_id, status, assigned_at) \
    VALUES ('00000000-0000-7000-8000-0000000000a1', 's1', 'p1', 'e2', 'accepted', '2026-01-01 00:00:00'); \
    INSERT INTO extra_sheets VALUES ('00000000-0000-7000-8000-0000000000a1', '{\"nothing\": \"4\"}', '{}', '', 'submitted', 5, '2026-01-01 00:00:00', \
    '2026-01-01 00:00:00', 1)";
const LIST: &str = "INSERT INTO published_lists (id, call_id, kind, category, title, body, status, proposed_by, \
    proposed_at, published_by, chain_number, canonical, sha256, previous_sha256, signature) VALUES \
    ('l1', 'c1', 'main', 'k', '', '', 'published', 'a1', '2026-01-01 00:00:00', 'a1', 2, 'text', 'no', 'no', 'no')";
const ENTRY: &str = "INSERT INTO list_entries (list_id, position, application_id, organisation_name, product, result, \
    shown) VALUES ('l1', 1, 'p1', 'O', '', '', '{}')";

const RECOMMENDED: &str = "INSERT INTO recommendations VALUES ('x', 'p1', 'c1', 'b', 1, '', 'a1', \
    '2026-01-01 00:00:00', NULL); ";
pub(super) const ATTACHED: &str = "INSERT INTO attachments (id, application_id, kind, name, sha256, bytes, file_type, uploaded_by, \
    uploaded_at) VALUES ('x', 'p1', 'k', 'n', 'abababababababababababababababababababababababababababababababab', 3, \
    'pdf', 'a1', '2026-01-01 00:00:00'); ";

/// A revocation that `a1` proposes.
fn proposal(membership: &str, status: &str, decided_by: &str) -> String {
    format!(
        "INSERT INTO membership_proposals (id, membership_id, kind, status, reason, basis, proposed_by, proposed_at, \
         decided_by) VALUES ('v1', '{membership}', 'revocation', '{status}', '', '', 'a1', '2026-01-01 00:00:00', {decided_by})"
    )
}

/// An event that nobody recorded: its hash fits nothing.
pub(super) fn event(kind: &str, id: &str, seq: u32, actor: &str, action: &str, detail: &str) -> String {
    format!(
        "INSERT INTO events (subject_kind, subject_id, seq, at, actor, role, action, detail, hash) VALUES \
         ('{kind}', '{id}', {seq}, '2026-01-01 00:00:00', '{actor}', '', '{action}', '{detail}', '{kind}{id}{seq}')"
    )
}

/// The record says that something else than what stands there was written into a column.
fn kept_in(place: &str) -> String {
    event("outbox", "kept", 1, "a1", "mail.retried", &format!(r#"{{"macs": {{"{place}": "00"}}}}"#))
}

/// A row of each table of which acts let the record carry columns: its key, and how it comes to be where there is none.
const KEPT_ROWS: [(&str, &str, &str); 16] = [
    ("accounts", "a1", ""),
    ("applications", "p1", ""),
    ("attachments", "x", ATTACHED),
    (
        "call_questions",
        "q1",
        "INSERT INTO call_questions (id, call_id, asked_by, question, asked_at) VALUES \
         ('q1', 'c1', 'a1', '', '2026-01-01 00:00:00'); ",
    ),
    (
        "corrections",
        "k1",
        "INSERT INTO corrections VALUES ('k1', 'p1', 'city', '[]', '', '2026-01-01 00:00:00', 'a1', \
         '2026-01-01 00:00:00', NULL); ",
    ),
    (
        "decisions",
        "d1",
        "INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at) VALUES \
         ('d1', 'c1', 'proposed', '', 'a1', '2026-01-01 00:00:00'); ",
    ),
    (
        "discussions",
        "p1",
        "INSERT INTO discussions VALUES ('p1', 's1', 'officer', 'x', 'a1', '2026-02-01 00:00:00', NULL); ",
    ),
    (
        "expert_ties",
        "t1",
        "INSERT INTO expert_ties (id, expert_id, kind, organisation_name, name_key, note, declared_at) VALUES \
         ('t1', 'e1', 'other', 'x', 'x', '', '2026-01-01 00:00:00'); ",
    ),
    ("experts", "e1", ""),
    ("memberships", "m1", MEMBERSHIP),
    (
        "objection_evidence",
        "v1",
        "INSERT INTO objection_evidence (id, objection_id, name, sha256, bytes, file_type) VALUES \
         ('v1', 'b1', '', 'ab', 1, 'pdf'); ",
    ),
    (
        "objections",
        "b1",
        "INSERT INTO objections (id, number, notice_id, application_id, matter, received_at, status, shortcomings) \
         VALUES ('b1', '1', 'n1', 'p1', '', '2026-01-01 00:00:00', 'received', '[]'); ",
    ),
    ("organisations", "o1", ""),
    ("recommendations", "x", RECOMMENDED),
    ("review_sessions", "s1", ""),
    (
        "score_explanations",
        "00000000-0000-7000-8000-0000000000a1",
        "INSERT INTO score_explanations VALUES ('00000000-0000-7000-8000-0000000000a1', TRUE, NULL, \
         '2026-02-01 00:00:00', NULL); ",
    ),
];

/// Each of those columns, and what is kept sealed, says something else than the record does.
fn kept_columns() -> Vec<(&'static str, String, &'static str)> {
    let sealed = ["form", "members"].map(|column| ("applications", column));
    let columns = KEPT.iter().flat_map(|kept| kept.columns.iter().map(|(column, _)| (kept.table, *column)));
    let broken = |(table, column): (&'static str, &'static str)| {
        let row = KEPT_ROWS.iter().find(|(of, ..)| *of == table);
        let (_, key, insert) = row.unwrap_or_else(|| panic!("{table} has no row"));
        let says: &'static str = format!("{table} {key} its {column} is not").leak();
        ("column_is_as_recorded", format!("{insert}; {}", kept_in(&format!("{table}/{key}/{column}"))), says)
    };
    columns.chain(sealed).map(broken).collect()
}

/// The invariant, what to do to the database, and words of the finding. What takes a guard away differs between the databases.
pub(super) fn breakages(on_postgres: bool) -> Vec<(&'static str, String, &'static str)> {
    let plain = |name, sql: &str, says| (name, sql.to_string(), says);
    let state = |name, state: &str, says| (name, format!("UPDATE applications SET state = '{state}'"), says);
    let given = |columns: &str, values: &str, says| {
        let sql = format!(
            "INSERT INTO grants (id, account_id, role, granted_at, {columns}) VALUES \
             ('g1', 'a1', 'handler', '2026-01-01 00:00:00', {values})"
        );
        ("grant_has_giver_reason_and_end", sql, says)
    };
    let on = |sqlite: &'static str, postgres: &'static str| if on_postgres { postgres } else { sqlite };
    // PostgreSQL's triggers are out of the way for the whole transaction.
    let events = on("DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; ", "");
    let heads = on("DROP TRIGGER chain_heads_no_delete; ", "");
    let kept = on(
        "DROP TRIGGER checkpoints_no_update; DROP TRIGGER checkpoints_no_delete; \
         DROP TRIGGER checkpoint_leaves_no_update; DROP TRIGGER checkpoint_leaves_no_delete; ",
        "",
    );
    let twice = on(
        "ALTER TABLE corrections RENAME TO old; CREATE TABLE corrections AS SELECT * FROM old; ",
        "ALTER TABLE corrections DROP CONSTRAINT corrections_application_id_station_key; ",
    );
    let instant = on("'2026-01-01 00:00:00'", "TIMESTAMP '2026-01-01 00:00:00'");
    let act = |name, sql: String, says| (name, sql, says);
    let mut all = vec![
        plain("chain_head_is_last_event", "UPDATE chain_heads SET seq = 9", "the head says event 9"),
        ("every_chain_has_a_head", format!("{heads} DELETE FROM chain_heads"), "call c1"),
        (
            "checkpointed_events_are_there",
            format!("{events} {heads} DELETE FROM events; DELETE FROM chain_heads"),
            "event 2",
        ),
        ("chain_holds", format!("{events} UPDATE events SET reason = 'x' WHERE seq = 1"), "event 1"),
        ("chain_holds", format!("{events} DELETE FROM events WHERE seq = 1"), "event 1: found number 2"),
        ("checkpoint_holds", format!("{kept} UPDATE checkpoints SET signature = '00'"), "signature"),
        ("checkpoint_holds", format!("{kept} UPDATE checkpoint_leaves SET seq = 1"), "leaves"),
        ("checkpoint_holds", format!("{kept} UPDATE checkpoints SET key_id = '00'"), "another key"),
        (
            "exported_checkpoint_is_in_store",
            format!("{kept} DELETE FROM checkpoint_leaves; DELETE FROM checkpoints"),
            "checkpoint 1",
        ),
        plain("register_has_a_version", "DELETE FROM counters WHERE name = 'register'", "not noticed"),
        state("state_is_that_of_the_record", "recommended", "stands in recommended, the record says draft"),
        plain(
            "submissions_are_counted",
            "UPDATE applications SET submission_count = 1",
            "counts 1 submissions, there are 0",
        ),
        plain("submitted_has_number_and_time", "UPDATE applications SET submission_count = 1", "application p1"),
        state("beyond_draft_was_submitted", "in_review", "never submitted"),
        (
            "one_correction_a_station",
            format!(
                "{twice} INSERT INTO corrections VALUES ('x', 'p1', 'city', '[]', '', {instant}, 'a1', {instant}, NULL), \
                 ('y', 'p1', 'city', '[]', '', {instant}, 'a1', {instant}, NULL)"
            ),
            "2 times",
        ),
        plain(
            "ranks_are_unique",
            "DROP INDEX recommendations_rank; INSERT INTO recommendations VALUES \
             ('x', 'p1', 'c1', 'b', 1, '', 'a1', '2026-01-01 00:00:00', NULL), \
             ('y', 'p2', 'c1', 'b', 1, '', 'a1', '2026-01-01 00:00:00', NULL)",
            "gave rank 1 2 times",
        ),
        plain(
            "withdrawn_gives_its_place_back",
            "UPDATE applications SET state = 'withdrawn'; INSERT INTO recommendations VALUES \
             ('x', 'p1', 'c1', 'b', 1, '', 'a1', '2026-01-01 00:00:00', NULL)",
            "bureau b",
        ),
        (
            "quota_is_kept",
            format!(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999) \
                 INSERT INTO recommendations (id, application_id, call_id, bureau, rank, opinion, recommended_by, \
                 recommended_at) SELECT 'r' || i, 'p' || i, 'c1', 'guangzhou', i, '', 'a1', {instant} FROM n"
            ),
            "took 999 places",
        ),
        (
            "applicant_keeps_to_its_number",
            format!(
                "INSERT INTO applications (id, call_id, organisation_id, state, form, members, created_by, created_at, \
                 updated_at) VALUES ('p2', 'c1', 'o1', 'draft', '{{}}', '[]', 'a1', {instant}, {instant})"
            ),
            "has 2 applications of 1",
        ),
        act(
            "call_is_as_recorded",
            event("call", "00000000-0000-7000-8000-000000000005", 1, "a2", "call.approved", r#"{"year": 2026}"#),
            "cannot be read",
        ),
        act(
            "actors_are_those_of_the_record",
            event("call", "c1", 3, "a2", "call.drafted", "{}"),
            "says that it was proposed by a1, the record says by a2",
        ),
        act(
            "two_persons_by_the_record",
            format!(
                "{}; {}",
                event("call", "c1", 3, "a1", "call.drafted", "{}"),
                event("call", "c1", 4, "a1", "call.approved", "{}")
            ),
            "decided by the one who proposed it",
        ),
        (
            "rank_is_as_recorded",
            format!(
                "INSERT INTO recommendations VALUES ('x', 'p1', 'c1', 'b', 2, '', 'a1', {instant}, NULL); {}",
                event("application", "p1", 1, "a1", "application.recommended", r#"{"rank": 1}"#)
            ),
            "rank 2, the record says 1",
        ),
        (
            "correction_is_as_recorded",
            format!(
                "INSERT INTO corrections VALUES ('x', 'p1', 'city', '[]', '', {instant}, 'a1', {instant}, NULL); {}",
                event(
                    "application",
                    "p1",
                    1,
                    "a1",
                    "application.correction_requested",
                    r#"{"correction": "x", "due_at": "2025-12-31T08:00:00+08:00"}"#
                )
            ),
            "is due 2026-01-01T08:00:00+08:00",
        ),
        act(
            "correction_is_as_recorded",
            format!(
                "INSERT INTO corrections VALUES ('x', 'p1', 'city', '[]', '', {instant}, 'a1', {instant}, {instant}); {}",
                event("application", "p1", 1, "a1", "application.correction_requested", r#"{"correction": "x"}"#)
            ),
            "answered when nothing was filed",
        ),
        act(
            "application_is_as_recorded",
            event("application", "p1", 1, "a1", "application.drafted", r#"{"call": "c1", "organisation": "o2"}"#),
            "its organisation is \"o1\", the record says \"o2\"",
        ),
        act(
            "application_is_as_recorded",
            event("application", "p1", 1, "a1", "application.submitted", r#"{"number": "YC-1"}"#),
            "its number is null, the record says \"YC-1\"",
        ),
        act(
            "submission_is_as_recorded",
            format!(
                "INSERT INTO submissions VALUES ('x', 'p1', 1, '{{}}', 'no', 'a2', {instant}); {}",
                event(
                    "application",
                    "p1",
                    1,
                    "a1",
                    "application.submitted",
                    r#"{"number": "YC-1", "submission": 1, "sha256": "no"}"#
                )
            ),
            "its submitted_by is \"a2\", the record says \"a1\"",
        ),
        act(
            "objection_is_as_recorded",
            format!(
                "INSERT INTO objections (id, number, notice_id, application_id, matter, received_at, status, \
                 shortcomings) VALUES ('b1', '1', 'n1', 'p1', '', {instant}, 'received', '[]'); {}",
                event(
                    "objection",
                    "b1",
                    1,
                    "public",
                    "objection.received",
                    r#"{"number": "1", "shortcomings": ["late"]}"#
                )
            ),
            "its shortcomings is []",
        ),
        (
            "screening_is_as_recorded",
            format!(
                "INSERT INTO screenings (application_id, findings, conclusion, reason, screened_by, screened_at) VALUES \
                 ('p1', '[]', 'ineligible', '', 'a1', {instant}); {}",
                event("application", "p1", 1, "a1", "application.accepted", r#"{"conclusion": "accepted"}"#)
            ),
            "conclusion is not what was recorded",
        ),
        (
            "filed_form_is_frozen",
            format!(
                "UPDATE applications SET submission_count = 1, state = 'submitted', form = '{{\"a\": 2}}'; \
                 INSERT INTO submissions VALUES ('x', 'p1', 1, '{{\"form\": {{\"a\": 1}}}}', 'no', 'a1', {instant})"
            ),
            "its form is not that of its last submission",
        ),
        act(
            "sheet_is_as_recorded",
            event(
                "assignment",
                "00000000-0000-7000-8000-000000000001",
                1,
                "a1",
                "sheet.submitted",
                r#"{"sheet_mac": "no"}"#,
            ),
            "was submitted and is not there",
        ),
        act(
            "assignment_is_as_recorded",
            event("assignment", "gone", 1, "a1", "assignment.accepted", "{}"),
            "not about the application and the expert",
        ),
        plain("ranking_is_reproduced", "UPDATE review_sessions SET status = 'closed'", "its id is none"),
        act(
            "decision_is_as_recorded",
            event("decision", "d1", 1, "a1", "decision.proposed", r#"{"entries": [["p1", "selected"]]}"#),
            "has 0 entries, 1 were proposed",
        ),
        (
            "notice_is_as_recorded",
            format!(
                "INSERT INTO notices (id, call_id, number, title, body, starts_on, ends_on, ends_at, opened_by, opened_at) \
                 VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003', '1', '', '', \
                 '2026-01-01', '2026-01-07', {instant}, '00000000-0000-7000-8000-000000000004', {instant}); {}",
                event("notice", "00000000-0000-7000-8000-000000000002", 1, "a1", "notice.opened", "{}")
            ),
            "its ends_at is",
        ),
        act(
            "notice_entry_is_as_recorded",
            format!(
                "INSERT INTO notice_entries (notice_id, application_id, position, shown) VALUES ('n1', 'p1', 2, '[]'); {}",
                event("application", "p1", 1, "a1", "application.noticed", r#"{"notice": "n1", "position": 1}"#)
            ),
            "is not the one of the record: position",
        ),
        act(
            "grant_is_as_recorded",
            event("account", "a1", 2, "a2", "account.role_granted", r#"{"grant": "gone", "role": "handler"}"#),
            "was recorded and is not there",
        ),
        act(
            "organisation_is_as_recorded",
            event("organisation", "o1", 1, "a1", "organisation.registered", r#"{"credit_code": "CODE2"}"#),
            "its credit_code is CODE1, the record says CODE2",
        ),
        plain(
            "sent_mail_keeps_no_secret",
            "INSERT INTO mails (id, message_id, to_address, template, subject, body, created_at, next_attempt_at, \
             sent_at, secret_until) VALUES ('x', 'x', 'x', 'x', '', 'a link', '2026-01-01 00:00:00', \
             '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
            "still holds",
        ),
        plain("programme_is_as_pinned", "UPDATE calls SET programme_digest = 'another'", "not the one that was pinned"),
        plain(
            "ranking_is_as_recorded",
            "INSERT INTO rankings VALUES ('p1', 'c1', 1, 0, 0, 0, 5, FALSE, FALSE, FALSE, NULL, '2026-01-01 00:00:00', \
             NULL, NULL)",
            "not the one that was recorded",
        ),
        plain("recused_does_not_score", SHEET, "declared a conflict"),
        plain("submitted_sheet_is_whole", SHEET, "lacks"),
        plain("sheet_adds_up", SHEET, "add up to 0"),
        plain("sheet_adds_up", SHEET, "item nothing"),
        (
            "nobody_scores_the_own_organisation",
            format!("{SHEET}; UPDATE assignments SET status = 'accepted'"),
            "works for the applicant",
        ),
        (
            "position_lies_with_its_file",
            format!("{DISCUSSED}; UPDATE discussion_positions SET application_id = 'p2'"),
            "on another file",
        ),
        (
            "position_lies_with_its_file",
            format!("{DISCUSSED}; UPDATE discussion_positions SET remark = NULL"),
            "not whole",
        ),
        ("position_is_that_of_the_sheet", format!("{DISCUSSED}; UPDATE score_sheets SET total = 6"), "not its sheet's"),
        (
            "position_is_that_of_the_sheet",
            format!("{DISCUSSED}; UPDATE discussion_positions SET before_total = 4"),
            "not kept",
        ),
        (
            "discussion_stands_in_its_session",
            format!("{DISCUSSED}; UPDATE review_sessions SET scoring_ended_at = NULL"),
            "application p1",
        ),
        (
            "discussion_stands_in_its_session",
            format!(
                "{DISCUSSED}; UPDATE discussions SET closed_at = NULL; UPDATE review_sessions SET status = 'closed'"
            ),
            "that is closed",
        ),
        (
            "explained_before_the_closing",
            format!(
                "{DISCUSSED}; INSERT INTO score_explanations VALUES ('00000000-0000-7000-8000-0000000000a1', TRUE, NULL, '2026-02-01 00:00:00', NULL); \
                 UPDATE review_sessions SET status = 'closed'; \
                 INSERT INTO rankings VALUES ('p1', 'c1', 1, 0, 0, 0, 5, FALSE, FALSE, FALSE, NULL, '2026-01-01 00:00:00', NULL, NULL)"
            ),
            "was not explained",
        ),
        ("extra_sheet_is_whole", format!("{EXTRA}; UPDATE extra_sheets SET total = NULL"), "lacks its total"),
        ("extra_sheet_is_whole", format!("{EXTRA}; UPDATE assignments SET status = 'recused'"), "stepped back"),
        plain("extra_sheet_adds_up", EXTRA, "add up to 0"),
        plain(
            "ranked_after_review",
            "INSERT INTO rankings VALUES ('p1', 'c1', 1, 0, 0, 0, 5, FALSE, FALSE, FALSE, NULL, '2026-01-01 00:00:00', \
             NULL, NULL)",
            "stands in draft",
        ),
        plain("call_by_two_persons", "UPDATE calls SET approved_by = 'a1'", "the one who drafted it"),
        plain(
            "decision_by_two_persons",
            "INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at, decided_by) VALUES \
             ('d1', 'c1', 'approved', '', 'a1', '2026-01-01 00:00:00', 'a1')",
            "the one who proposed it",
        ),
        plain(
            "undoing_by_two_persons",
            "INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at, decided_by, decided_at, \
             undo_proposed_by, undo_reason, undone_by, undone_at) VALUES ('d1', 'c1', 'undone', '', 'a1', \
             '2026-01-01 00:00:00', 'a2', '2026-01-02 00:00:00', 'a1', '', 'a1', '2026-01-03 00:00:00')",
            "was undone by the one who proposed that",
        ),
        plain(
            "undoing_by_two_persons",
            "INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at, decided_by, decided_at, \
             undone_by, undone_at) VALUES ('d1', 'c1', 'approved', '', 'a1', '2026-01-01 00:00:00', 'a2', \
             '2026-01-02 00:00:00', 'a1', '2026-01-03 00:00:00')",
            "or is not undone",
        ),
        plain(
            "decision_change_is_as_recorded",
            "INSERT INTO change_sets (id, kind, call_id, status, summary, before, applied_by, applied_at) VALUES \
             ('s1', 'decision', 'c1', 'applied', '{}', '{}', 'a1', '2026-01-01 00:00:00')",
            "no approved decision names it",
        ),
        act(
            "decision_change_is_as_recorded",
            event("decision", "d1", 1, "a1", "decision.approved", r#"{"change_set": "gone"}"#),
            "is not kept",
        ),
        plain(
            "batch_is_as_recorded",
            "INSERT INTO change_sets (id, kind, call_id, status, summary, before, applied_by, applied_at) VALUES \
             ('s2', 'screening', 'c1', 'applied', '{}', '{}', 'a1', '2026-01-01 00:00:00')",
            "no act of the record names it",
        ),
        act("batch_is_as_recorded", event("batch", "gone", 1, "a1", "batch.applied", "{}"), "is not kept"),
        plain(
            "objection_by_two_persons",
            "INSERT INTO objections (id, number, notice_id, application_id, matter, received_at, status, shortcomings, \
             proposed_by, decided_by) VALUES ('b1', '1', 'n1', 'p1', '', '2026-01-01 00:00:00', 'upheld', '[]', 'a1', \
             'a1')",
            "objection b1",
        ),
        (
            "revocation_by_two_persons",
            format!("{MEMBERSHIP}; {}", proposal("m1", "accepted", "'a1'")),
            "approved by the one who proposed it",
        ),
        ("revocation_by_two_persons", HELD.replace("'warned'", "'revoked'"), "no approved proposal says so"),
        plain("standing_follows_from_the_record", HELD, "is warned today, by what happened to it active"),
        (
            "membership_proposal_is_as_recorded",
            format!("{MEMBERSHIP}; {}", proposal("m1", "pending", "NULL")),
            "was proposed by a1, the record says by nobody",
        ),
        plain("list_by_two_persons", LIST, "the one who proposed it"),
        plain("list_is_as_signed", LIST, "its id is none"),
        plain("lists_follow_one_another", LIST, "does not follow list number 1"),
        state("named_in_a_notice", "held", "no notice names it"),
        ("listed_is_recognised", format!("{LIST}; {ENTRY}"), "stands in draft"),
        state("recognised_is_listed", "recognised", "in no published list"),
        state("recognised_is_member", "recognised", "has no membership"),
        plain("member_is_recognised", MEMBERSHIP, "membership m1"),
        plain(
            "grant_is_as_recorded",
            "INSERT INTO grants (id, account_id, role, reason, granted_at) VALUES \
             ('g1', 'a1', 'handler', '', '2026-01-01 00:00:00')",
            "gives \"a1\" the role \"handler\", and was never recorded",
        ),
        plain(
            "appointment_is_as_recorded",
            "UPDATE experts SET status = 'suspended'",
            "expert e1 its standing is suspended, the record says active",
        ),
        act(
            "appointment_is_as_recorded",
            event("expert", "e1", 1, "a1", "expert.term_changed", r#"{"term": [null, "2026-01-31"]}"#),
            "expert e1 its term is [null,null], the record says [null,\"2026-01-31\"]",
        ),
        plain(
            "account_is_as_recorded",
            "INSERT INTO accounts (id, email, email_key, name, language, status, created_at) VALUES \
             ('a3', 'a3@x', 'a3@x', 'A3', 'zh-CN', 'active', '2026-01-01 00:00:00')",
            "account a3 is there and was never recorded",
        ),
        plain(
            "account_is_as_recorded",
            "UPDATE accounts SET status = 'disabled' WHERE id = 'a2'",
            "account a2 is closed, and nobody closed it",
        ),
        act(
            "account_is_as_recorded",
            event("account", "a1", 2, "a2", "account.disabled", "{}"),
            "account a1 was closed, and is open",
        ),
        act(
            "account_is_as_recorded",
            event("account", "a9", 1, "a2", "account.invited", "{}"),
            "account a9 was recorded and is not there",
        ),
        // It was the session of the one who signed in, and is another's now.
        (
            "session_is_as_recorded",
            format!(
                "{}; INSERT INTO sessions (id, account_id, kind, user_agent, created_at, seen_at, expires_at) VALUES \
                 ('x', 'a2', 'browser', '', {instant}, {instant}, '2026-01-01 08:00:00')",
                event("account", "a1", 2, "a1", "account.signed_in", "{}")
            ),
            "account a2 has a session since 2026-01-01 00:00:00 that no sign-in began",
        ),
        // Half a sign-in, of an account that never owed the other half.
        plain(
            "session_is_as_recorded",
            "INSERT INTO sessions (id, account_id, kind, user_agent, created_at, seen_at, expires_at, is_half) VALUES \
             ('x', 'a1', 'browser', '', '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:10:00', TRUE)",
            "account a1 has a session since 2026-01-01 00:00:00 that no sign-in began",
        ),
        plain(
            "grant_is_bound",
            "INSERT INTO grants (id, account_id, role, reason, granted_at) VALUES \
             ('g1', 'a1', 'city_officer', '', '2026-01-01 00:00:00')",
            "city_officer",
        ),
        given(
            "granted_by, reason, ends_on, by_operator",
            "NULL, 'as needed', '2026-12-31', FALSE",
            "the role handler was given by nobody",
        ),
        given(
            "granted_by, reason, ends_on, by_operator",
            "'a2', 'as needed', '2026-12-31', TRUE",
            "the role handler was given by two",
        ),
        given("granted_by, reason, ends_on", "'a2', ' ', '2026-12-31'", "the role handler was given without a reason"),
        given("granted_by, reason", "'a2', 'as needed'", "the role handler has no end"),
        plain(
            "grant_has_giver_reason_and_end",
            "INSERT INTO grants (id, account_id, role, organisation_id, granted_at, granted_by, reason) VALUES \
             ('g1', 'a1', 'vendor_admin', 'o1', '2026-01-01 00:00:00', 'a2', 'as needed')",
            "the role vendor_admin has no end",
        ),
        plain(
            "roles_are_apart",
            "INSERT INTO grants (id, account_id, role, reason, granted_at) VALUES \
             ('g1', 'a1', 'handler', '', '2026-01-01 00:00:00'), ('g2', 'a1', 'approver', '', '2026-01-01 00:00:00')",
            "handler and approver",
        ),
        plain(
            "roles_are_apart",
            "INSERT INTO grants (id, account_id, role, reason, granted_at) VALUES \
             ('g1', 'a1', 'evaluator', '', '2026-01-01 00:00:00'), ('g2', 'a1', 'approver', '', '2026-01-01 00:00:00')",
            "approver and evaluator",
        ),
        plain(
            "roles_are_apart",
            "INSERT INTO grants (id, account_id, role, reason, granted_at) VALUES \
             ('g1', 'a1', 'security_admin', '', '2026-01-01 00:00:00'), ('g2', 'a1', 'handler', '', '2026-01-01 00:00:00')",
            "handler and security_admin",
        ),
        plain(
            "mail_ends_once",
            "INSERT INTO mails (id, message_id, to_address, template, subject, body, created_at, next_attempt_at, \
             sent_at, failed_at) VALUES ('x', 'x', 'x', 'x', '', '', '2026-01-01 00:00:00', '2026-01-01 00:00:00', \
             '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
            "given up",
        ),
        plain(
            "submission_is_as_frozen",
            "INSERT INTO submissions VALUES ('x', 'p1', 1, '{\"a\": 1}', 'no', 'a1', '2026-01-01 00:00:00')",
            "content was altered",
        ),
        plain(
            "document_is_there",
            "INSERT INTO attachments (id, application_id, kind, name, sha256, bytes, file_type, uploaded_by, \
             uploaded_at) VALUES ('x', 'p1', 'k', 'n', \
             'abababababababababababababababababababababababababababababababab', 3, 'pdf', 'a1', '2026-01-01 00:00:00')",
            "attachments x",
        ),
        plain("programme_is_readable", "UPDATE calls SET programme = '{}'", "call c1"),
        plain("form_opens", r#"UPDATE applications SET form = '"sealed:1:00"'"#, "application p1"),
        plain(
            "filed_content_opens",
            r#"INSERT INTO submissions VALUES ('x', 'p1', 1, '"sealed:1:00"', 'no', 'a1', '2026-01-01 00:00:00')"#,
            "submission x",
        ),
        plain("contact_opens", "UPDATE organisations SET contact_name = 'sealed:1:00'", "organisation o1"),
    ];
    all.extend(kept_columns());
    all
}

/// What only the embedded database checks.
pub(super) fn breakages_of_the_file() -> Vec<(&'static str, String, &'static str)> {
    let plain = |name, sql: &str, says| (name, sql.to_string(), says);
    vec![
        plain("references_hold", "UPDATE applications SET organisation_id = 'gone'", "organisations"),
        plain(
            "database_file_is_sound",
            "PRAGMA ignore_check_constraints = ON; UPDATE accounts SET status = 'x'",
            "CHECK",
        ),
    ]
}
