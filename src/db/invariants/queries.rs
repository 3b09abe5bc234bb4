//! Each invariant that one query can tell.

/// Rows that have a state from the first, and whose state is not the one that the last act on them led to: the subject's kind,
/// its table, the column of the state.
macro_rules! state_of_record {
    ($kind:literal, $table:literal, $state:literal) => {
        concat!(
            "SELECT '",
            $kind,
            " ' || r.id AS subject, 'stands in ' || r.",
            $state,
            " || ', the record says ' || e.to_state AS what FROM ",
            $table,
            " r JOIN events e ON e.subject_kind = '",
            $kind,
            "' AND e.subject_id = r.id \
              AND e.seq = (SELECT MAX(l.seq) FROM events l WHERE l.subject_kind = '",
            $kind,
            "' AND l.subject_id = r.id AND l.to_state IS NOT NULL) WHERE r.",
            $state,
            " <> e.to_state"
        )
    };
}

/// Invariants on both databases: a name, and a query for `subject` and `what` of each row that breaks it.
pub(super) const QUERIES: &[(&str, &str)] = &[
    // The record.
    (
        "chain_head_is_last_event",
        "SELECT h.subject_kind || ' ' || h.subject_id AS subject, \
                'the head says event ' || h.seq || ', the last event is ' || COALESCE(e.seq, 0) AS what \
         FROM chain_heads h LEFT JOIN events e ON e.subject_kind = h.subject_kind AND e.subject_id = h.subject_id \
          AND e.seq = (SELECT MAX(l.seq) FROM events l \
                       WHERE l.subject_kind = h.subject_kind AND l.subject_id = h.subject_id) \
         WHERE e.seq IS NULL OR e.seq <> h.seq OR e.hash <> h.hash",
    ),
    (
        "every_chain_has_a_head",
        "SELECT DISTINCT e.subject_kind || ' ' || e.subject_id AS subject, 'its chain has no head' AS what \
         FROM events e LEFT JOIN chain_heads h ON h.subject_kind = e.subject_kind AND h.subject_id = e.subject_id \
         WHERE h.seq IS NULL",
    ),
    (
        "checkpointed_events_are_there",
        "SELECT l.subject_kind || ' ' || l.subject_id AS subject, 'event ' || l.seq || ' is not the one that \
                checkpoint ' || l.checkpoint_number || ' covers: cut off or rewritten' AS what \
         FROM checkpoint_leaves l LEFT JOIN events e ON e.subject_kind = l.subject_kind \
          AND e.subject_id = l.subject_id AND e.seq = l.seq \
         WHERE e.hash IS NULL OR e.hash <> l.hash",
    ),
    // The public register: without its counter no other process would learn of a change.
    (
        "register_has_a_version",
        "SELECT 'counter register' AS subject, 'is gone: changes of the public register are not noticed' AS what \
         WHERE NOT EXISTS (SELECT 1 FROM counters WHERE name = 'register')",
    ),
    // Applications.
    (
        "state_is_that_of_the_record",
        "SELECT 'application ' || a.id AS subject, \
                'stands in ' || a.state || ', the record says ' || COALESCE(e.to_state, 'draft') AS what \
         FROM applications a LEFT JOIN events e ON e.subject_kind = 'application' AND e.subject_id = a.id \
          AND e.seq = (SELECT MAX(l.seq) FROM events l WHERE l.subject_kind = 'application' \
                       AND l.subject_id = a.id AND l.to_state IS NOT NULL) \
         WHERE a.state <> COALESCE(e.to_state, 'draft')",
    ),
    ("state_is_that_of_the_record", state_of_record!("call", "calls", "status")),
    ("state_is_that_of_the_record", state_of_record!("objection", "objections", "status")),
    ("state_is_that_of_the_record", state_of_record!("list", "published_lists", "status")),
    ("state_is_that_of_the_record", state_of_record!("membership", "memberships", "standing")),
    ("state_is_that_of_the_record", state_of_record!("decision", "decisions", "status")),
    // What was planned has no act of its own until somebody answers.
    (
        "state_is_that_of_the_record",
        "SELECT 'assignment ' || r.id AS subject, \
                'stands in ' || r.status || ', the record says ' || COALESCE(e.to_state, 'awaiting') AS what \
         FROM assignments r LEFT JOIN events e ON e.subject_kind = 'assignment' AND e.subject_id = r.id \
          AND e.seq = (SELECT MAX(l.seq) FROM events l WHERE l.subject_kind = 'assignment' \
                       AND l.subject_id = r.id AND l.to_state IS NOT NULL) \
         WHERE r.status <> COALESCE(e.to_state, 'awaiting')",
    ),
    (
        "submissions_are_counted",
        "SELECT 'application ' || a.id AS subject, \
                'counts ' || a.submission_count || ' submissions, there are ' || COUNT(s.id) AS what \
         FROM applications a LEFT JOIN submissions s ON s.application_id = a.id \
         GROUP BY a.id, a.submission_count \
         HAVING COUNT(s.id) <> a.submission_count OR COALESCE(MAX(s.number), 0) <> a.submission_count",
    ),
    (
        "submitted_has_number_and_time",
        "SELECT 'application ' || id AS subject, 'was submitted and lacks its number or time' AS what \
         FROM applications WHERE submission_count > 0 AND (number IS NULL OR submitted_at IS NULL)",
    ),
    (
        "beyond_draft_was_submitted",
        "SELECT 'application ' || id AS subject, 'stands in ' || state || ' and was never submitted' AS what \
         FROM applications WHERE submission_count = 0 AND state NOT IN ('draft', 'withdrawn')",
    ),
    (
        "one_correction_a_station",
        "SELECT 'application ' || application_id AS subject, \
                'was sent back ' || COUNT(*) || ' times by the station ' || station AS what \
         FROM corrections GROUP BY application_id, station HAVING COUNT(*) > 1",
    ),
    (
        "ranks_are_unique",
        "SELECT 'call ' || call_id AS subject, 'bureau ' || bureau || ' gave rank ' || rank || ' ' || COUNT(*) || \
                ' times' AS what \
         FROM recommendations WHERE ended_at IS NULL GROUP BY call_id, bureau, rank HAVING COUNT(*) > 1",
    ),
    (
        "withdrawn_gives_its_place_back",
        "SELECT 'application ' || a.id AS subject, 'is withdrawn and still takes a place of bureau ' || r.bureau \
                AS what \
         FROM recommendations r JOIN applications a ON a.id = r.application_id \
         WHERE r.ended_at IS NULL AND a.state = 'withdrawn'",
    ),
    // Review.
    (
        "recused_does_not_score",
        "SELECT 'assignment ' || a.id AS subject, 'declared a conflict, and its sheet counts' AS what \
         FROM assignments a JOIN score_sheets s ON s.assignment_id = a.id \
         WHERE a.status = 'recused' AND s.status = 'submitted'",
    ),
    (
        "nobody_scores_the_own_organisation",
        "SELECT 'assignment ' || s.id AS subject, 'the expert works for the applicant' AS what \
         FROM assignments s JOIN experts e ON e.id = s.expert_id JOIN applications a ON a.id = s.application_id \
         JOIN organisations o ON o.id = a.organisation_id JOIN review_sessions r ON r.id = s.session_id \
         WHERE r.status = 'open' AND s.status IN ('awaiting', 'accepted') AND e.employer_code = o.credit_code",
    ),
    (
        "submitted_sheet_is_whole",
        "SELECT 'score sheet ' || assignment_id AS subject, 'is submitted and lacks its total or time' AS what \
         FROM score_sheets WHERE status = 'submitted' AND (total IS NULL OR submitted_at IS NULL)",
    ),
    (
        "position_lies_with_its_file",
        "SELECT 'assignment ' || p.assignment_id AS subject, 'has a position on another file, or one that is not whole' \
                AS what \
         FROM discussion_positions p JOIN assignments a ON a.id = p.assignment_id \
         WHERE p.application_id <> a.application_id \
            OR (p.stated_at IS NULL) <> (p.after_total IS NULL) OR (p.stated_at IS NULL) <> (p.remark IS NULL)",
    ),
    (
        "position_is_that_of_the_sheet",
        "SELECT 'assignment ' || p.assignment_id AS subject, 'stands by a total that is not its sheet''s, or the sheet \
                before it is not kept' AS what \
         FROM discussion_positions p JOIN score_sheets s ON s.assignment_id = p.assignment_id AND s.status = 'submitted' \
         WHERE s.total <> COALESCE(p.after_total, p.before_total) \
            OR (p.after_total <> p.before_total AND NOT EXISTS (SELECT 1 FROM sheet_versions v \
                WHERE v.assignment_id = p.assignment_id AND v.ended_by = 'discussion' AND v.total = p.before_total))",
    ),
    (
        "discussion_stands_in_its_session",
        "SELECT 'application ' || d.application_id AS subject, 'is talked over in a session whose scoring has not ended, \
                or that is closed' AS what \
         FROM discussions d JOIN review_sessions s ON s.id = d.session_id \
         JOIN applications a ON a.id = d.application_id \
         WHERE s.scoring_ended_at IS NULL OR s.call_id <> a.call_id \
            OR (s.status = 'closed' AND d.closed_at IS NULL AND a.state <> 'withdrawn')",
    ),
    (
        "explained_before_the_closing",
        "SELECT 'assignment ' || e.assignment_id AS subject, 'was not explained, and its session is closed without a reason' \
                AS what \
         FROM score_explanations e JOIN assignments a ON a.id = e.assignment_id AND a.status = 'accepted' \
         JOIN review_sessions s ON s.id = a.session_id AND s.status = 'closed' \
         JOIN rankings r ON r.application_id = a.application_id \
         WHERE (e.text IS NULL OR e.explained_at IS NULL) \
           AND NOT EXISTS (SELECT 1 FROM events v WHERE v.subject_kind = 'review' AND v.subject_id = s.id \
                           AND v.action = 'review.closed' AND v.reason IS NOT NULL)",
    ),
    (
        "extra_sheet_is_whole",
        "SELECT 'extra sheet ' || x.assignment_id AS subject, 'is submitted and lacks its total or time, or its expert \
                stepped back' AS what \
         FROM extra_sheets x JOIN assignments a ON a.id = x.assignment_id \
         WHERE (x.status = 'submitted') <> (x.status <> 'void' AND x.total IS NOT NULL AND x.submitted_at IS NOT NULL) \
            OR (x.status = 'submitted' AND a.status IN ('recused', 'released'))",
    ),
    (
        "ranked_after_review",
        "SELECT 'application ' || a.id AS subject, 'has a place in the ranking and stands in ' || a.state AS what \
         FROM rankings r JOIN applications a ON a.id = r.application_id \
         WHERE a.state IN ('draft', 'submitted', 'city_correction', 'not_recommended', 'recommended', \
                           'screening_correction', 'ineligible', 'in_review')",
    ),
    // Two persons.
    (
        "call_by_two_persons",
        "SELECT 'call ' || id AS subject, 'was approved by the one who drafted it, or by nobody' AS what \
         FROM calls WHERE status = 'approved' AND (approved_by IS NULL OR approved_by = drafted_by)",
    ),
    (
        "decision_by_two_persons",
        "SELECT 'decision ' || id AS subject, 'was approved by the one who proposed it, or by nobody' AS what \
         FROM decisions WHERE status IN ('approved', 'undone') AND (decided_by IS NULL OR decided_by = proposed_by)",
    ),
    (
        "undoing_by_two_persons",
        "SELECT 'decision ' || id AS subject, 'was undone by the one who proposed that, or by nobody, or is not undone' AS what \
         FROM decisions WHERE (status = 'undone') <> (undone_by IS NOT NULL AND undone_at IS NOT NULL) \
          OR (status = 'undone' AND (undo_proposed_by IS NULL OR undo_reason IS NULL OR undo_proposed_by = undone_by))",
    ),
    (
        "objection_by_two_persons",
        "SELECT 'objection ' || id AS subject, 'was decided by the one who proposed its outcome, or by nobody' AS what \
         FROM objections WHERE status IN ('upheld', 'dismissed') \
          AND (decided_by IS NULL OR proposed_by IS NULL OR decided_by = proposed_by)",
    ),
    (
        "list_by_two_persons",
        "SELECT 'list ' || id AS subject, 'was published by the one who proposed it, or by nobody' AS what \
         FROM published_lists WHERE status = 'published' AND kind <> 'imported' \
          AND (published_by IS NULL OR proposed_by IS NULL OR published_by = proposed_by)",
    ),
    (
        "revocation_by_two_persons",
        "SELECT 'membership proposal ' || id AS subject, 'was approved by the one who proposed it, or by nobody' AS what \
         FROM membership_proposals WHERE status = 'accepted' AND kind IN ('revocation', 'bar') \
          AND (decided_by IS NULL OR decided_by = proposed_by)",
    ),
    (
        "revocation_by_two_persons",
        "SELECT 'membership ' || m.id AS subject, 'is revoked, and no approved proposal says so' AS what \
         FROM memberships m WHERE m.standing = 'revoked' AND NOT EXISTS (SELECT 1 FROM membership_proposals p \
          WHERE p.membership_id = m.id AND p.kind = 'revocation' AND p.status = 'accepted')",
    ),
    // Notice, list, membership.
    (
        "named_in_a_notice",
        "SELECT 'application ' || a.id AS subject, 'stands in ' || a.state || ' and no notice names it' AS what \
         FROM applications a LEFT JOIN notice_entries n ON n.application_id = a.id \
         WHERE a.state IN ('in_notice', 'held', 'removed') AND n.notice_id IS NULL",
    ),
    (
        "listed_is_recognised",
        "SELECT 'application ' || a.id AS subject, 'is in a published list and stands in ' || a.state AS what \
         FROM list_entries e JOIN published_lists l ON l.id = e.list_id AND l.status = 'published' \
         JOIN applications a ON a.id = e.application_id WHERE a.state <> 'recognised'",
    ),
    (
        "recognised_is_listed",
        "SELECT 'application ' || a.id AS subject, 'is recognised and in no published list' AS what \
         FROM applications a WHERE a.state = 'recognised' AND NOT EXISTS (SELECT 1 FROM list_entries e \
          JOIN published_lists l ON l.id = e.list_id AND l.status = 'published' WHERE e.application_id = a.id)",
    ),
    (
        "recognised_is_member",
        "SELECT 'application ' || a.id AS subject, 'is recognised and has no membership' AS what \
         FROM applications a LEFT JOIN memberships m ON m.application_id = a.id \
         WHERE a.state = 'recognised' AND m.id IS NULL",
    ),
    (
        "member_is_recognised",
        "SELECT 'membership ' || m.id AS subject, 'rests on no recognised application of its organisation' AS what \
         FROM memberships m JOIN applications a ON a.id = m.application_id \
         WHERE a.state <> 'recognised' OR a.organisation_id <> m.organisation_id",
    ),
    (
        "lists_follow_one_another",
        "SELECT 'list ' || l.id AS subject, 'does not follow list number ' || (l.chain_number - 1) AS what \
         FROM published_lists l LEFT JOIN published_lists p ON p.chain_number = l.chain_number - 1 \
         WHERE l.chain_number > 1 AND (p.sha256 IS NULL OR l.previous_sha256 IS NULL OR p.sha256 <> l.previous_sha256)",
    ),
    // People.
    (
        "grant_is_bound",
        "SELECT 'grant ' || id AS subject, 'the role ' || role || ' is not bound to what it needs' AS what \
         FROM grants WHERE revoked_at IS NULL AND ( \
           (role IN ('vendor_admin', 'vendor_member')) <> (organisation_id IS NOT NULL) \
           OR (role = 'city_officer') <> (bureau IS NOT NULL) OR (role = 'expert') <> (expert_id IS NOT NULL))",
    ),
    (
        "grant_has_giver_reason_and_end",
        "SELECT 'grant ' || id AS subject, CASE \
           WHEN granted_by IS NULL AND by_operator = FALSE THEN 'the role ' || role || ' was given by nobody' \
           WHEN granted_by IS NOT NULL AND by_operator = TRUE THEN 'the role ' || role || ' was given by two' \
           WHEN TRIM(reason) = '' THEN 'the role ' || role || ' was given without a reason' \
           ELSE 'the role ' || role || ' has no end' END AS what \
         FROM grants WHERE revoked_at IS NULL AND ((granted_by IS NULL AND by_operator = FALSE) \
           OR (granted_by IS NOT NULL AND by_operator = TRUE) OR TRIM(reason) = '' \
           OR ends_on IS NULL)",
    ),
    (
        "mail_ends_once",
        "SELECT 'mail ' || id AS subject, 'is sent and given up at once' AS what \
         FROM mails WHERE sent_at IS NOT NULL AND failed_at IS NOT NULL",
    ),
    (
        "sent_mail_keeps_no_secret",
        "SELECT 'mail ' || id AS subject, 'was sent and still holds what is the reader''s alone' AS what \
         FROM mails WHERE sent_at IS NOT NULL AND secret_until IS NOT NULL \
          AND (body <> '' OR (sealed = TRUE AND to_address <> ''))",
    ),
];

/// Invariants of the embedded database's file.
pub(super) const SQLITE_QUERIES: &[(&str, &str)] = &[
    (
        "database_file_is_sound",
        "SELECT 'database' AS subject, integrity_check AS what FROM pragma_integrity_check \
         WHERE integrity_check <> 'ok'",
    ),
    (
        "references_hold",
        "SELECT \"table\" || ' row ' || COALESCE(rowid, 0) AS subject, 'names a row of ' || parent || \
                ' that is not there' AS what FROM pragma_foreign_key_check",
    ),
];
