//! A whole province, played as the demonstration plays it, and then altered row by row round the program: every alteration is found, on
//! either database.

use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use yuanchi::actions::{Tx, fsck};
use yuanchi::cli::demo::play_all;
use yuanchi::db::Db;

/// Organisations of the province: enough for every station.
const SIZE: usize = 15;

/// The account of somebody who holds a role.
fn holder(role: &str) -> String {
    format!("(SELECT MIN(account_id) FROM grants WHERE role = '{role}')")
}

/// The invariant, the alteration, and words of the finding.
fn alterations() -> Vec<(&'static str, String, &'static str)> {
    let plain = |name, sql: &str, says| (name, sql.to_string(), says);
    let (handler, approver) = (holder("handler"), holder("approver"));
    let first = |table: &str, change: &str, rest: &str| {
        format!("UPDATE {table} SET {change} WHERE id = (SELECT MIN(id) FROM {table} WHERE {rest})")
    };
    let dismissed = format!(
        "UPDATE objections SET status = 'dismissed', proposed_outcome = 'dismissed', proposed_by = {handler}, \
         decided_by = {approver}, decided_at = received_at"
    );
    let live = "SELECT MIN(a.id) FROM assignments a JOIN review_sessions s ON s.id = a.session_id \
                WHERE s.status = 'open' AND a.status = 'accepted'";
    vec![
        ("state_is_that_of_the_record", dismissed, "stands in dismissed, the record says received"),
        (
            "state_is_that_of_the_record",
            first("memberships", "standing = 'revoked'", "standing = 'active'"),
            "stands in revoked, the record says active",
        ),
        (
            "state_is_that_of_the_record",
            first("calls", "status = 'cancelled'", "status = 'approved'"),
            "stands in cancelled, the record says approved",
        ),
        (
            "state_is_that_of_the_record",
            first("decisions", "status = 'returned'", "status = 'approved'"),
            "stands in returned, the record says approved",
        ),
        (
            "state_is_that_of_the_record",
            first("assignments", "status = 'released'", "status = 'accepted'"),
            "stands in released, the record says accepted",
        ),
        (
            "actors_are_those_of_the_record",
            first("decisions", &format!("decided_by = {handler}, proposed_by = {approver}"), "status = 'approved'"),
            "says that it was decided by",
        ),
        (
            "actors_are_those_of_the_record",
            first("calls", &format!("approved_by = {}", holder("auditor")), "status = 'approved'"),
            "says that it was decided by",
        ),
        plain(
            "decision_is_as_recorded",
            "UPDATE decision_entries SET outcome = 'not_selected' WHERE application_id = \
             (SELECT MIN(application_id) FROM decision_entries WHERE outcome = 'selected')",
            "which is not what was proposed",
        ),
        plain(
            "decision_is_as_recorded",
            "UPDATE decision_entries SET reason = 'another' WHERE application_id = \
             (SELECT MIN(application_id) FROM decision_entries)",
            "which is not what was proposed",
        ),
        (
            "decision_change_is_as_recorded",
            first("change_sets", "before = '{}'", "kind = 'decision'"),
            "is not what was recorded",
        ),
        ("decision_change_is_as_recorded", first("change_sets", "status = 'undone'", "kind = 'decision'"), "in undone"),
        plain(
            "sheet_is_as_recorded",
            "UPDATE score_sheets SET opinion = 'another' WHERE assignment_id = \
             (SELECT MIN(assignment_id) FROM score_sheets WHERE status = 'submitted')",
            "does not say what it said",
        ),
        plain(
            "sheet_is_as_recorded",
            "UPDATE score_sheets SET comments = '{\"x\": \"another\"}' WHERE assignment_id = \
             (SELECT MIN(assignment_id) FROM score_sheets WHERE status = 'submitted')",
            "does not say what it said",
        ),
        ("call_is_as_recorded", first("calls", "closes_at = recommend_by", "status = 'approved'"), "its closes_at is"),
        ("call_is_as_recorded", first("calls", "body = 'another'", "status = 'approved'"), "its content_sha256 is"),
        (
            "rank_is_as_recorded",
            first("recommendations", "rank = rank + 100", "ended_at IS NULL"),
            "was recommended with rank 10",
        ),
        plain(
            "screening_is_as_recorded",
            "UPDATE screenings SET conclusion = 'ineligible' WHERE application_id = \
             (SELECT MIN(application_id) FROM screenings WHERE conclusion = 'accepted')",
            "conclusion is not what was recorded",
        ),
        (
            "correction_is_as_recorded",
            first("corrections", "due_at = requested_at", "answered_at IS NULL"),
            "the record says",
        ),
        ("notice_is_as_recorded", first("notices", "ends_at = opened_at", "1 = 1"), "its ends_at is"),
        ("notice_is_as_recorded", first("notices", "ends_on = starts_on", "1 = 1"), "its ends_on is"),
        ("notice_is_as_recorded", first("notices", "body = 'another'", "1 = 1"), "its text is"),
        plain(
            "notice_entry_is_as_recorded",
            "UPDATE notice_entries SET shown = '[]' WHERE application_id = \
             (SELECT MIN(application_id) FROM notice_entries)",
            "shown_sha256",
        ),
        plain(
            "grant_is_as_recorded",
            "UPDATE grants SET role = 'approver' WHERE role = 'evaluator'",
            "its role is \"approver\", the record says \"evaluator\"",
        ),
        (
            "grant_is_as_recorded",
            first("grants", "bureau = 'shenzhen'", "role = 'city_officer' AND bureau <> 'shenzhen'"),
            "its bureau is \"shenzhen\"",
        ),
        (
            "grant_is_as_recorded",
            first("grants", "revoked_at = granted_at", "role = 'vendor_admin'"),
            "was never taken back",
        ),
        (
            "grant_is_as_recorded",
            first("grants", &format!("account_id = {handler}"), "role = 'expert'"),
            "its account is",
        ),
        ("organisation_is_as_recorded", first("organisations", "name = 'x'", "1 = 1"), "its name_sha256 is"),
        (
            "organisation_is_as_recorded",
            first("organisations", "credit_code = '91440300MA5FXXXX0X'", "1 = 1"),
            "its credit_code is 91440300MA5FXXXX0X",
        ),
        (
            "filed_form_is_frozen",
            "UPDATE applications SET form = '{}' WHERE state = 'recognised'".into(),
            "its form is not that of its last submission",
        ),
        (
            "filed_form_is_frozen",
            first(
                "applications",
                "members = '[{\"name\": \"x\", \"credit_code\": \"\", \"duty\": \"\"}]'",
                "state = 'in_review'",
            ),
            "its members is not that of its last submission",
        ),
        plain(
            "ranking_is_reproduced",
            "UPDATE rankings SET spread = spread + 1",
            "not the one that its sheets come to",
        ),
        plain(
            "ranking_is_as_recorded",
            "UPDATE rankings SET score = score + 1",
            "not the one that was recorded when it was closed",
        ),
        (
            "assignment_is_as_recorded",
            format!(
                "UPDATE assignments SET application_id = (SELECT MIN(id) FROM applications WHERE state = 'draft') \
                 WHERE id = ({live})"
            ),
            "not about the application and the expert",
        ),
        (
            "recusal_is_kept",
            format!(
                "UPDATE experts SET employer_code = (SELECT o.credit_code FROM organisations o JOIN applications p \
                 ON p.organisation_id = o.id JOIN assignments g ON g.application_id = p.id WHERE g.id = ({live})) \
                 WHERE id = (SELECT expert_id FROM assignments WHERE id = ({live}))"
            ),
            "whom a rule excludes",
        ),
    ]
}

#[test]
fn a_province_at_work_cannot_be_altered_unnoticed() {
    let mut test = TestApp::start();
    // Played by its own clock, with its own people, on this database.
    test.expect_lost_mail();
    play_all(test.app.config.clone(), SIZE, "a password of the province").expect("it is played");
    test.set_clock(chrono::Utc::now().naive_utc());
    assert_eq!(test.violations().expect("a check"), [], "before anything is altered");
    let mut db = Db::open(&test.database_url()).expect("the database");
    let run = |db: &mut Db, sql: &str| db.batch_execute(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    // Those of an open review meet on one row; all others are of rows and columns of their own, and are made together.
    let (alone, together): (Vec<_>, Vec<_>) = alterations()
        .into_iter()
        .partition(|(name, ..)| ["assignment_is_as_recorded", "recusal_is_kept"].contains(name));
    let turns = alone.into_iter().map(|one| vec![one]).chain([together]);
    for turn in turns {
        run(&mut db, "BEGIN");
        turn.iter().for_each(|(_, sql, _)| run(&mut db, sql));
        let mut tx = Tx::new(&mut db, test.now(), &test.app.env);
        let found = fsck::check(&mut tx, &[]).unwrap_or_else(|e| panic!("the check: {e}"));
        run(&mut db, "ROLLBACK");
        for (invariant, sql, says) in turn {
            assert!(
                found.iter().any(|v| v.invariant == invariant && format!("{} {}", v.subject, v.what).contains(says)),
                "{sql} was done and {invariant}: {says:?} is not among {found:#?}"
            );
        }
    }
    super::columns::each_is_found(&test, &mut db);
}
