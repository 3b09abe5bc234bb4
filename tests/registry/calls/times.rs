//! When a call ends: more time, planned days, and giving it up.

use super::{approved, draft, experts, office, step, with_field};
use crate::support::app::at;
use crate::support::{Client, TestApp, in_bureau, with};
use serde_json::{Value, json};
use yuanchi::db;
use yuanchi::domain::actor::Role;

#[test]
fn more_time_is_given_later_only_and_told() {
    let test = TestApp::start();
    let office = office(&test);
    experts(&test);
    let officer = test.person("officer@sz.test", &[in_bureau("shenzhen")]);
    let (id, version) = approved(&office);
    test.set_clock(at("2026-03-20T01:00:00"));
    let extend = |closes: &str, recommends: &str, reason: &str| {
        let body = json!({"version": version, "closes_at": closes, "recommend_by": recommends, "reason": reason});
        step(&office.approver, &id, "extension", body)
    };
    for (closes, recommends, reason, field, code) in [
        ("2026-04-01T18:00", "", "台风", "closes_at", "call_not_later"),
        ("", "", "台风", "closes_at", "call_not_later"),
        ("2026-05-10T18:00", "", "台风", "recommend_by", "call_recommends_before_closing"),
        ("明天", "", "台风", "closes_at", "call_instant"),
        ("2026-04-15T18:00", "", "", "reason", "call_required"),
    ] {
        let answer = extend(closes, recommends, reason).expect(422).json();
        assert_eq!((&answer["fields"][0]["path"], &answer["fields"][0]["code"]), (&json!(field), &json!(code)));
    }
    let answer = extend("2026-04-15T18:00", "2026-05-06T18:00", "台风影响").expect(200).json();
    assert_eq!(answer["call"]["closes_at"], "2026-04-15T10:00:00Z");
    assert_eq!(extend("2026-04-20T18:00", "", "再延").expect(409).code(), "stale");
    let handler = step(&office.handler, &id, "extension", json!({"version": version + 1, "reason": "x"}));
    assert_eq!(handler.expect(403).code(), "wrong_role");
    let mails = test.read(|tx| Ok(db::mails::list(tx.db, None, db::page::Pager::new(None, None))?));
    let told: Vec<&str> =
        mails.items.iter().filter(|m| m.template == "call-extended").map(|m| m.to_address.as_str()).collect();
    assert_eq!(told, [officer.email.as_str()]);
    // Once closed it is not opened again; the bureaus may still be given time.
    test.set_clock(at("2026-04-15T10:00:00"));
    let body = json!({"version": version + 1, "closes_at": "2026-04-16T18:00", "reason": "晚了一秒"});
    let closed = step(&office.approver, &id, "extension", body).expect(422).json();
    assert_eq!(closed["fields"][0]["code"], "call_closed_already");
    let body = json!({"version": version + 1, "recommend_by": "2026-05-20T18:00", "reason": "件多"});
    step(&office.approver, &id, "extension", body).expect(200);
}

#[test]
fn planned_days_are_published_with_the_call_and_moved_on_with_its_deadlines() {
    let test = TestApp::start();
    let office = office(&test);
    experts(&test);
    let mut planned = with_field("planned_screening_on", "2026-05-20");
    planned["planned_notice_on"] = json!("2026-07-01");
    let (id, version) = draft(&office, &planned);
    let page = format!("/calls/{id}");
    // They are there to be changed, as the rest of the call is.
    let mut handler = office.handler.browser();
    handler.open(&format!("{page}/edit")).shows("预计进度").shows("value=\"2026-05-20\"");
    handler.submit(&page, &[("planned_screening_on", "五月")]).expect(422).shows("href=\"#f-planned_screening_on\"");
    handler.submit(&page, &[("planned_screening_on", "2026-05-21")]).expect(303);
    step(&office.handler, &id, "submission", json!({"version": version + 1})).expect(200);
    step(&office.approver, &id, "approval", json!({"version": version + 2})).expect(200);
    let mut visitor = test.visitor();
    let days = json!({"screening_on": "2026-05-21", "review_on": null, "decision_on": null, "notice_on": "2026-07-01"});
    assert_eq!(visitor.json(&format!("/api/v1/calls/{id}"))["call"]["planned"], days);
    visitor.open(&page).shows("预计完成形式审查").shows("2026年5月21日").shows("预计开始公示").hides("预计完成审定");
    let calendar = |visitor: &mut Client| visitor.get(&format!("{page}/deadlines.ics")).expect(200).text();
    let entries = calendar(&mut visitor);
    assert!(entries.contains(&format!("UID:{id}-planned_notice@yuanchi")), "{entries}");
    assert!(entries.contains("DTSTART;VALUE=DATE:20260701") && entries.contains("预计开始公示："), "{entries}");

    // Bureaus are given time until after the first of them: it is moved on in the same act, or is planned no more.
    test.set_clock(at("2026-03-20T01:00:00"));
    let more = |recommends: &str, days: Value| {
        let mut body = json!({"version": version + 3, "recommend_by": recommends, "reason": "台风"});
        for (field, day) in days.as_object().expect("days") {
            body[field] = day.clone();
        }
        step(&office.approver, &id, "extension", body)
    };
    for (days, field, code) in [
        (json!({}), "planned_screening_on", "call_planned_overtaken"),
        (json!({"planned_screening_on": "2026-05-21"}), "planned_screening_on", "call_planned_overtaken"),
        (json!({"planned_screening_on": "五月"}), "planned_screening_on", "call_date"),
        (json!({"planned_screening_on": "2026-07-02"}), "planned_notice_on", "call_planned_before_another"),
    ] {
        let refused = more("2026-05-21T18:00", days.clone()).expect(422).json();
        let fields = refused["fields"].as_array().expect("fields");
        assert_eq!(fields.len(), 1, "{refused}");
        assert_eq!((&fields[0]["path"], &fields[0]["code"]), (&json!(field), &json!(code)), "{days}");
    }
    let mut approver = office.approver.browser();
    approver.open(&page);
    let extension = format!("{page}/extension");
    let later = [("extend-recommend_by", "2026-05-21T18:00"), ("extend-reason", "台风")];
    approver
        .submit(&extension, &later)
        .expect(422)
        .shows("预计日期（2026年5月21日）不晚于延长后的截止日（2026年5月21日），请改为其后的日期，或清空。")
        .shows("href=\"#f-extend-planned_screening_on\"");
    let both = [later[0], later[1], ("extend-planned_screening_on", "2026-05-29")];
    approver.submit(&extension, &both).expect(303);
    let planned = |visitor: &mut Client| visitor.json(&format!("/api/v1/calls/{id}"))["call"]["planned"].clone();
    let days = json!({"screening_on": "2026-05-29", "review_on": null, "decision_on": null, "notice_on": "2026-07-01"});
    assert_eq!(planned(&mut visitor), days);
    visitor.open(&page).shows("2026年5月29日");
    assert!(calendar(&mut visitor).contains("DTSTART;VALUE=DATE:20260529"));

    // What is said to be empty is planned no more; what is left out stays.
    let body = json!({
        "version": version + 4, "recommend_by": "2026-05-30T18:00", "reason": "件多", "planned_screening_on": "",
    });
    let extended = step(&office.approver, &id, "extension", body).expect(200).json();
    assert_eq!(extended["call"]["planned"]["screening_on"], Value::Null, "{extended}");
    assert_eq!(extended["call"]["planned"]["notice_on"], json!("2026-07-01"), "{extended}");
    visitor.open(&page).hides("预计完成形式审查").shows("预计开始公示");
    assert!(!calendar(&mut visitor).contains("planned_screening"));

    // In the common calendar its deadlines are gone once they have passed; what is planned stays to the end of its day.
    let common = |visitor: &mut Client| visitor.get("/calls/calendar.ics").expect(200).text();
    let (closes, notice) = (format!("UID:{id}-closes@yuanchi"), format!("UID:{id}-planned_notice@yuanchi"));
    assert!(common(&mut visitor).contains(&closes) && common(&mut visitor).contains(&notice));
    for (now, stays) in [
        ("2026-05-30T10:00:00", true),
        ("2026-06-15T01:00:00", true),
        ("2026-07-01T15:59:59", true),
        ("2026-07-01T16:00:00", false),
    ] {
        test.set_clock(at(now));
        let entries = common(&mut visitor);
        assert_eq!((entries.contains(&closes), entries.contains(&notice)), (false, stays), "at {now}: {entries}");
    }
}

#[test]
fn a_call_is_given_up_before_it_opens_only() {
    let test = TestApp::start();
    let office = office(&test);
    experts(&test);
    let (id, version) = approved(&office);
    let body = json!({"version": version, "reason": "政策调整"});
    assert_eq!(step(&office.handler, &id, "cancellation", body.clone()).expect(403).code(), "wrong_role");
    test.set_clock(at("2026-03-10T01:00:00"));
    assert_eq!(step(&office.approver, &id, "cancellation", body.clone()).expect(409).code(), "call_opened");
    test.set_clock(at("2026-03-10T00:59:59"));
    step(&office.approver, &id, "cancellation", body).expect(200);
    test.visitor().get(&format!("/calls/{id}")).expect(404);
    let auditor = test.person("auditor@gd.test", &[with(Role::Auditor)]);
    auditor.browser().open(&format!("/calls/{id}")).expect(200).shows("已取消");
}
