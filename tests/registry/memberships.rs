//! Members afterwards: warned and mended, revoked by two officers and kept out, let go as they ask, renamed; and what the public then sees.

mod faces;

use super::lists::{Scene, scene};
use super::support::app::at;
use super::support::{Answer, Person, admin_of, with};
use serde_json::{Value, json};
use yuanchi::db::{events, memberships, published_lists};
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::PublishedListId;
use yuanchi::domain::procedure::State;

/// One member of the pool, published by two officers.
struct Member {
    scene: Scene,
    list: PublishedListId,
    id: String,
    number: String,
    vendor: Person,
}

fn member() -> Member {
    let mut scene = scene();
    let (_, vendor) = scene.noticed(State::InNotice, "佛山市");
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    let number = scene.test.read(|tx| Ok(published_lists::certificates(tx.db, list)?))[0].1.clone();
    let held = scene.test.read(|tx| Ok(memberships::find_by_certificate(tx.db, &number)?));
    scene.test.set_clock(at("2026-05-06T01:00:00"));
    Member { id: held.id.to_string(), scene, list, number, vendor }
}

fn warning() -> Value {
    json!({ "reason": "年度评价未达标", "basis": "《管理办法》第十条", "mend_by": "2026-11-06" })
}

fn revocation() -> Value {
    json!({ "reason": "提供虚假材料", "basis": "《管理办法》第十二条", "barred_until": "2029-05-05" })
}

impl Member {
    fn page(&self) -> String {
        format!("/memberships/{}", self.id)
    }

    fn file(&self) -> Value {
        self.scene.handler.api().json(&format!("/api/v1{}", self.page()))
    }

    /// Sends an act with the version that is in store.
    fn act(&self, person: &Person, rest: &str, mut body: Value) -> Answer {
        body["version"] = self.file()["version"].clone();
        person.api().call("POST", &format!("/api/v1{}{rest}", self.page()), &body)
    }

    fn history(&self) -> Vec<String> {
        let file = self.file();
        let steps = file["history"].as_array().into_iter().flatten();
        steps.filter_map(|step| step["action"].as_str().map(str::to_string)).collect()
    }

    /// What its certificate says today.
    fn certificate(&self) -> Answer {
        self.scene.test.visitor().get(&format!("/certificates/{}", self.number)).expect(200)
    }

    fn in_pool(&self, day: &str) -> Vec<String> {
        let pool = self.scene.test.visitor().json(&format!("/api/v1/pool?on={day}"));
        let members = pool["items"].as_array().into_iter().flatten();
        members.filter_map(|member| member["standing"].as_str().map(str::to_string)).collect()
    }

    /// The letter that came last to the organisation's administrator.
    fn letter(&self) -> String {
        self.scene.test.run_jobs();
        let letters = self.scene.test.letters_to(&self.vendor.email);
        letters.last().map(|letter| format!("{}\n{}", letter.subject, letter.text)).unwrap_or_default()
    }
}

#[track_caller]
fn holds(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is missing in {text}");
    }
}

#[test]
fn a_member_is_warned_and_the_warning_is_lifted() {
    let member = member();
    let (handler, approver) = (&member.scene.handler, &member.scene.approver);
    assert_eq!(member.file()["actions"], json!(["warn", "propose_revocation", "rename"]));
    assert_eq!(member.act(approver, "/warning", warning()).expect(403).code(), "wrong_role");
    let wrong = json!({ "reason": " ", "basis": "", "mend_by": "2026-05-06" });
    let fields = member.act(handler, "/warning", wrong).expect(422).json()["fields"].clone();
    let paths: Vec<&str> = fields.as_array().into_iter().flatten().filter_map(|field| field["path"].as_str()).collect();
    assert_eq!(paths, ["reason", "basis", "mend_by"], "{fields}");
    let stale = json!({ "version": 9, "reason": "x", "basis": "x", "mend_by": "2026-11-06" });
    let stale = handler.api().call("POST", &format!("/api/v1{}/warning", member.page()), &stale);
    assert_eq!(stale.expect(409).code(), "stale");

    let file = member.act(handler, "/warning", warning()).expect(200).json();
    assert_eq!((&file["standing"], &file["mend_by"]), (&json!("warned"), &json!("2026-11-06")), "{file}");
    holds(
        &member.letter(),
        &["年度评价未达标", "《管理办法》第十条", "2026年11月6日", "广东省工业和信息化厅", "不同意见"],
    );
    member.certificate().shows("正在整改");
    assert_eq!(
        (member.in_pool("2026-05-06"), member.in_pool("2026-05-05")),
        (vec!["warned".into()], vec!["active".into()])
    );
    let providers = member.scene.test.visitor().json("/api/v1/providers");
    assert_eq!(providers["items"][0]["memberships"][0]["standing"], "warned", "{providers}");
    assert_eq!(member.act(handler, "/warning", warning()).expect(409).code(), "membership_warned");

    // Once the date has passed, the desk says so.
    member.scene.test.set_clock(at("2026-11-07T01:00:00"));
    handler.browser().open("/desk").shows("警告整改期限已过的单位");
    handler.browser().open("/memberships?standing=warned").shows("佛山智造1有限公司").shows("整改期限 2026年11月6日");
    let mut browser = handler.browser();
    browser.open(&member.page()).shows("期限已过");
    let end = format!("{}/warning/end", member.page());
    browser.submit(&end, &[("reason", "")]).expect(422);
    // The member reads English by now: who decides and what it is a member of are named so.
    member.vendor.api().call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    let answer = browser.submit(&end, &[("reason", "已提交整改报告并经现场核查")]);
    browser.follow(answer).shows("警告已解除").shows("解除警告");
    member.certificate().shows("该证书真实，今天有效");
    let letter = member.letter();
    holds(&letter, &["已提交整改报告并经现场核查", "Excellent provider of manufacturing digitalisation"]);
    assert!(!letter.contains("优秀制造业数字化转型服务商") && !letter.contains("广东省工业和信息化厅"), "{letter}");
    assert_eq!(member.in_pool("2026-06-01"), ["warned"], "the past stays as it was");
    assert_eq!(member.history(), ["begun", "warned", "corrected"].map(|act| format!("membership.{act}")));
}

#[test]
fn c_24_nobody_approves_what_they_proposed_about_a_member() {
    let mut member = member();
    // Accounts are not given both roles; the rule holds even for one that has them.
    member.scene.test.expect_violations();
    let both = member.scene.test.person("both@example.org", &[with(Role::Handler), with(Role::Approver)]);
    member.act(&both, "/revocation", revocation()).expect(201);
    assert_eq!(member.act(&both, "/proposal/approval", json!({})).expect(409).code(), "own_proposal");
    member.certificate().shows("今天有效");
}

#[test]
fn c_24_a_member_is_revoked_by_two_people_and_kept_out_for_a_time() {
    let member = member();
    let test = &member.scene.test;
    let (handler, approver) = (&member.scene.handler, &member.scene.approver);
    assert_eq!(member.act(approver, "/proposal/approval", json!({})).expect(409).code(), "membership_nothing_waits");
    member.act(handler, "/revocation", revocation()).expect(201);
    assert_eq!(member.act(handler, "/warning", warning()).expect(409).code(), "membership_proposal_waits");
    // Until it is approved nobody outside learns of it.
    member.certificate().shows("今天有效");
    let own = member.vendor.api().json(&format!("/api/v1{}", member.page()));
    assert_eq!((&own["waiting"], own["history"].as_array().map(Vec::len)), (&Value::Null, Some(1)), "{own}");
    member.vendor.browser().open(&member.page()).hides("提供虚假材料");
    member.act(approver, "/proposal/return", json!({ "reason": "证据不足" })).expect(200);
    test.run_jobs();
    assert!(test.letters_to(&handler.email).iter().any(|letter| letter.text.contains("证据不足")));

    let mut browser = handler.browser();
    browser.open(&member.page());
    let fields = [("reason", "提供虚假材料"), ("basis", "《管理办法》第十二条"), ("barred_until", "2029-05-05")];
    let answer = browser.submit(&format!("{}/revocation", member.page()), &fields);
    browser.follow(answer).shows("等待另一名工作人员审批");
    approver.browser().open("/desk").shows("待审批的撤销、限制申报事项");
    approver.browser().open("/memberships?waiting=true").shows("撤销在池资格");
    let mut browser = approver.browser();
    browser.open(&member.page()).shows("提供虚假材料").shows("2029年5月5日");
    let answer = browser.submit(&format!("{}/proposal/approval", member.page()), &[]);
    browser.follow(answer).shows("禁止申报期内");

    member.certificate().shows("资格已被撤销，且在禁止申报期内，今天无效");
    assert_eq!((member.in_pool("2026-05-06"), member.in_pool("2026-05-05")), (vec![], vec!["active".to_string()]));
    test.visitor().get(&format!("/lists/{}", member.list)).expect(200).shows("佛山智造1有限公司").shows("已撤销");
    test.run_jobs();
    let letters = test.letters_to(&member.vendor.email);
    let said: Vec<String> = letters.iter().map(|letter| format!("{}\n{}", letter.subject, letter.text)).collect();
    // Both are written in one act: which arrives first is nobody's to say.
    let letter = |subject: &str| said.iter().find(|letter| letter.contains(subject)).cloned().unwrap_or_default();
    let (revoked, barred) = (letter("撤销在池资格通知"), letter("限制再次申报"));
    holds(&revoked, &["提供虚假材料", "《管理办法》第十二条", "2026年5月6日", "行政复议"]);
    holds(&barred, &["2029年5月5日", "提供虚假材料"]);
    let acts = ["begun", "revocation_proposed", "revocation_returned", "revocation_proposed", "revoked", "barred"];
    assert_eq!(member.history(), acts.map(|act| format!("membership.{act}")));

    // It may not apply, until the day after; then a further bar could be proposed.
    test.tamper("UPDATE calls SET closes_at = '2030-01-01 00:00:00', recommend_by = '2030-02-01 00:00:00'");
    let apply = || {
        let path = format!("/api/v1/calls/{}/applications", member.scene.call);
        member.vendor.api().call("POST", &path, &json!({}))
    };
    assert_eq!(apply().expect(403).code(), "organisation_barred");
    // Nor behind another, as a member of its consortium.
    let other = test.organisation("914403001922038216", "乙公司", "440305");
    let mut lead = test.person("lead@example.org", &[admin_of(other)]).api();
    let path = format!("/api/v1/calls/{}/applications", member.scene.call);
    let begun = lead.call("POST", &path, &json!({})).expect(201).json();
    let path = format!("/api/v1/applications/{}/members", begun["id"].as_str().expect("an id"));
    let behind = json!([{ "name": "佛山智造1有限公司", "credit_code": "914406000000000001", "duty": "实施" }]);
    let saved = lead.call("PUT", &path, &json!({ "version": 1, "members": behind })).expect(200).json();
    let problems = saved["problems"].as_array().into_iter().flatten();
    let told: Vec<&Value> = problems.filter(|problem| problem["code"] == "member_barred").collect();
    assert_eq!(told.len(), 1, "{saved}");
    assert_eq!(told[0]["path"], "members[0].credit_code");
    assert_eq!(member.act(handler, "/bar", revocation()).expect(409).code(), "membership_barred");
    test.set_clock(at("2029-05-05T16:00:00"));
    apply().hides("organisation_barred");
    assert_eq!(member.file()["actions"], json!(["propose_bar", "rename"]));
    let bar = json!({ "reason": "情节严重", "basis": "《管理办法》第十二条", "barred_until": "2030-05-05" });
    member.act(handler, "/bar", bar).expect(201);
    assert_eq!(member.act(approver, "/proposal/approval", json!({})).expect(200).json()["standing"], "barred");
}

/// How long the pool of a day takes must not tell of what nobody outside may know.
#[test]
fn what_is_only_proposed_of_a_member_is_not_read_with_the_pool() {
    let member = member();
    let (handler, approver) = (&member.scene.handler, &member.scene.approver);
    let read = || member.scene.test.read(|tx| Ok(events::of_changed_memberships(tx.db)?.len()));
    member.act(handler, "/revocation", revocation()).expect(201);
    member.act(approver, "/proposal/return", json!({ "reason": "证据不足" })).expect(200);
    member.act(handler, "/revocation", revocation()).expect(201);
    assert_eq!(read(), 0, "{:?}", member.history());
    member.act(approver, "/proposal/approval", json!({})).expect(200);
    assert_eq!(read(), member.history().len(), "from then on all of it is");
}

#[test]
fn a_member_leaves_when_it_asks_and_a_handler_accepts() {
    let member = member();
    let test = &member.scene.test;
    let handler = &member.scene.handler;
    let other = test.organisation("914403001922038216", "乙公司", "440305");
    let stranger = test.person("stranger@example.org", &[admin_of(other)]);
    stranger.api().get(&format!("/api/v1{}", member.page())).expect(404);
    assert_eq!(member.act(&stranger, "/withdrawal", json!({ "reason": "x" })).expect(404).code(), "not_found");
    assert_eq!(member.act(handler, "/withdrawal", json!({ "reason": "x" })).expect(403).code(), "wrong_role");

    let mut own = member.vendor.browser();
    own.open("/organisation").shows("在池资格");
    own.open(&member.page());
    let answer = own.submit(&format!("{}/withdrawal", member.page()), &[("reason", "业务调整")]);
    own.follow(answer).shows("退出申请已提交").shows("等待办理：主动退出");
    handler.browser().open("/desk").shows("待办理的退出申请");
    member.act(handler, "/withdrawal/refusal", json!({ "reason": "正在核查" })).expect(200);
    holds(&member.letter(), &["未获同意", "正在核查"]);
    member.certificate().shows("今天有效");
    member.act(&member.vendor, "/withdrawal", json!({ "reason": "业务调整" })).expect(201);
    let file = member.act(handler, "/withdrawal/acceptance", json!({})).expect(200).json();
    assert_eq!((&file["standing"], &file["waiting"]), (&json!("withdrew"), &Value::Null), "{file}");
    holds(&member.letter(), &["退出资源池通知", "业务调整"]);
    member.certificate().shows("持有单位已退出，今天无效");
    assert_eq!(member.in_pool("2026-05-06"), Vec::<String>::new());
    assert_eq!(member.act(handler, "/warning", warning()).expect(409).code(), "membership_withdrew");
}

#[test]
fn a_member_that_asks_to_leave_does_not_learn_that_a_revocation_waits() {
    let member = member();
    let (handler, approver) = (&member.scene.handler, &member.scene.approver);
    let own = || member.vendor.api().json(&format!("/api/v1{}", member.page()));
    let before = own();
    member.act(handler, "/revocation", revocation()).expect(201);
    assert_eq!(own(), before, "nothing of it shows, neither the version nor what may be done");
    // Whoever saw the file before the proposal does not decide on it unseen.
    let stale = json!({ "version": before["version"] });
    let path = format!("/api/v1{}/proposal/approval", member.page());
    assert_eq!(approver.api().call("POST", &path, &stale).expect(409).code(), "stale");
    let leave = || {
        let body = json!({ "version": own()["version"], "reason": "业务调整" });
        member.vendor.api().call("POST", &format!("/api/v1{}/withdrawal", member.page()), &body)
    };
    leave().expect(201);
    assert_eq!((&own()["waiting"]["kind"], own()["actions"].clone()), (&json!("withdrawal"), json!([])));
    // Officers decide on their own proposal first.
    assert_eq!(member.file()["waiting"]["kind"], "revocation");
    let lines = handler.api().json("/api/v1/memberships?waiting=true");
    assert_eq!(lines["items"][0]["waiting"], "revocation", "{lines}");
    assert_eq!(member.act(handler, "/withdrawal/acceptance", json!({})).expect(409).code(), "membership_nothing_waits");
    member.act(approver, "/proposal/return", json!({ "reason": "证据不足" })).expect(200);
    assert_eq!(member.file()["waiting"]["kind"], "withdrawal");
    member.act(handler, "/withdrawal/refusal", json!({ "reason": "正在核查" })).expect(200);
    // Once more, and this time it is revoked: what was asked is answered with it.
    member.act(handler, "/revocation", revocation()).expect(201);
    leave().expect(201);
    member.act(approver, "/proposal/approval", json!({})).expect(200);
    let after = own();
    assert_eq!((&after["standing"], &after["waiting"]), (&json!("barred"), &Value::Null), "{after}");
    let acts = after["history"].as_array().into_iter().flatten().filter_map(|step| step["action"].as_str());
    let acts: Vec<&str> = acts.filter_map(|act| act.strip_prefix("membership.")).collect();
    let answered = ["withdrawal_asked", "revoked", "withdrawal_declined", "barred"];
    assert_eq!(acts[..3], ["begun", "withdrawal_asked", "withdrawal_declined"]);
    assert_eq!(acts[3..], answered);
}

#[test]
fn a_member_has_another_name_and_the_list_keeps_the_old_one() {
    let member = member();
    let test = &member.scene.test;
    let handler = &member.scene.handler;
    let same = json!({ "name": "佛山智造1有限公司", "evidence": "准予变更登记通知书" });
    let same = member.act(handler, "/name", same).expect(422).json();
    assert_eq!(same["fields"][0]["code"], "membership_name_same", "{same}");
    for (name, code) in [
        ("佛山新智造有限公司 联系人13800138000", "membership_name_mobile_number"),
        ("佛山新智造有限公司（11010519491231002X）", "membership_name_identity_number"),
    ] {
        let personal = json!({ "name": name, "evidence": "准予变更登记通知书" });
        let refused = member.act(handler, "/name", personal).expect(422).json();
        assert_eq!((&refused["fields"][0]["path"], &refused["fields"][0]["code"]), (&json!("name"), &json!(code)));
    }
    let renamed = json!({ "name": "佛山新智造有限公司", "evidence": "（粤佛）登字〔2026〕第5号准予变更登记通知书" });
    let file = member.act(handler, "/name", renamed).expect(200).json();
    assert_eq!((&file["organisation"], &file["standing"]), (&json!("佛山新智造有限公司"), &json!("active")), "{file}");
    holds(&member.letter(), &["佛山智造1有限公司", "佛山新智造有限公司", "第5号"]);
    member.certificate().shows("佛山新智造有限公司").shows("佛山智造1有限公司");
    let mut visitor = test.visitor();
    visitor.get(&format!("/lists/{}", member.list)).expect(200).shows("佛山智造1有限公司");
    visitor.get("/providers?q=%E6%96%B0%E6%99%BA%E9%80%A0").expect(200).shows("佛山新智造有限公司");
    let name = |day: &str| test.visitor().json(&format!("/api/v1/pool?on={day}"))["items"][0]["name"].clone();
    assert_eq!((name("2026-05-06"), name("2026-05-05")), (json!("佛山新智造有限公司"), json!("佛山智造1有限公司")));
}

#[test]
fn members_are_found_by_name_standing_and_place() {
    let member = member();
    let (handler, auditor) =
        (&member.scene.handler, member.scene.test.person("audit@example.org", &[with(Role::Auditor)]));
    let total = |query: &str| handler.api().json(&format!("/api/v1/memberships?{query}"))["total"].clone();
    for (query, found) in [
        ("", 1),
        ("q=%E6%99%BA%E9%80%A0", 1),
        ("q=%E6%97%A0", 0),
        ("standing=active", 1),
        ("standing=warned", 0),
        ("standing=expired", 0),
        ("standing=revoked", 0),
        ("standing=barred", 0),
        ("category=service_provider", 1),
        ("category=other", 0),
        ("city=440600", 1),
        ("city=440100", 0),
        ("waiting=true", 0),
    ] {
        assert_eq!(total(query), json!(found), "{query}");
    }
    // A line offers what the file of the member offers.
    let offered = |person: &Person| {
        let line = person.api().json("/api/v1/memberships")["items"][0].clone();
        let file = person.api().json(&format!("/api/v1/memberships/{}", line["id"].as_str().expect("an id")));
        assert_eq!(line["actions"], file["actions"], "{}", person.email);
        line["actions"].clone()
    };
    assert_eq!(offered(handler), json!(["warn", "propose_revocation", "rename"]));
    member.act(handler, "/revocation", revocation()).expect(201);
    assert_eq!(offered(&member.scene.approver), json!(["approve", "return"]));
    assert_eq!(total("waiting=true"), json!(1));
    member.act(&member.scene.approver, "/proposal/approval", json!({})).expect(200);
    assert_eq!((total("standing=barred"), total("standing=revoked")), (json!(1), json!(0)));
    member.scene.test.set_clock(at("2029-05-05T16:00:00"));
    assert_eq!((total("standing=barred"), total("standing=revoked")), (json!(0), json!(1)));
    auditor.browser().open("/memberships").shows("佛山智造1有限公司");
    member.vendor.api().get("/api/v1/memberships").expect(403);
}

#[test]
fn nothing_of_a_membership_is_wider_than_a_telephone() {
    let member = member();
    // What does not wrap is one date or one code, never two things side by side.
    let page = member.scene.handler.browser().open(&member.page()).text();
    assert!(page.contains("日 至 ") && !page.contains(" – "), "{page}");
    let own = member.vendor.browser().open("/organisation").text();
    let officers = format!("/organisations/{}", member.file()["organisation_id"].as_str().expect("an id"));
    let officers = member.scene.handler.browser().open(&officers).text();
    for page in [own, officers] {
        assert!(page.contains("</span> <span class=\"tag\""), "{page}");
    }
    let css = member.scene.test.visitor().get(&yuanchi::web::assets::address("app.css"));
    let css = css.expect(200).text();
    let rule = |selector: &str| -> String {
        let found = css.lines().find_map(|line| line.strip_prefix(selector));
        found.unwrap_or_else(|| panic!("no rule for {selector}")).to_string()
    };
    let dates = rule(".facts .num {");
    assert!(dates.contains("white-space: normal") && dates.contains("keep-all"), "a line ends between dates: {dates}");
    assert!(rule(".certificate.void {").contains("overflow: clip"), "the word across it leaves the sheet");
}

#[test]
fn a_barred_vendor_is_told_so_where_the_button_would_be() {
    let member = member();
    let (handler, approver) = (&member.scene.handler, &member.scene.approver);
    let programme = member.scene.test.app.env.programme("service_provider").expect("it is configured").clone();
    let page = format!("/calls/{}", member.scene.test.open_call(programme, handler, approver));
    let door = format!("{page}/applications");
    let mut browser = member.vendor.browser();
    browser.open(&page).hides("不得申报");
    assert!(browser.offers(&door));
    member.act(handler, "/revocation", revocation()).expect(201);
    member.act(approver, "/proposal/approval", json!({})).expect(200);
    browser.open(&page).shows("2029年5月5日以前（含当日）不得申报").hides("开始申报");
    assert!(!browser.offers(&door));
    // Where the server lets in, the page does: whoever is barred from nothing is not told anything.
    handler.browser().open(&page).hides("不得申报");
}

#[test]
fn a_name_does_not_change_while_the_public_reads_it() {
    let member = member();
    let stands_in = |state: State| {
        let held = format!("SELECT application_id FROM memberships WHERE id = '{}'", member.id);
        member.scene.test.tamper(&format!("UPDATE applications SET state = '{state}' WHERE id IN ({held})"));
    };
    let rename = || {
        let renamed = json!({ "name": "佛山新智造有限公司", "evidence": "准予变更登记通知书" });
        member.act(&member.scene.handler, "/name", renamed)
    };
    for state in [State::InNotice, State::Held] {
        stands_in(state);
        assert_eq!(rename().expect(409).code(), "organisation_in_notice");
    }
    stands_in(State::Recognised);
    rename().expect(200);
}

#[test]
fn a_withdrawal_that_is_asked_for_twice_keeps_the_reason_of_the_second_tab() {
    let member = member();
    let ask = format!("{}/withdrawal", member.page());
    let mut second = member.vendor.browser();
    second.open(&member.page());
    let mut first = member.vendor.browser();
    first.open(&member.page());
    first.submit(&ask, &[("reason", "业务调整")]).expect(303);
    let refused = second.submit(&ask, &[("reason", "公司迁往外省，不再从事此项业务")]).expect(409);
    refused.shows("您刚才填写的内容").shows("公司迁往外省，不再从事此项业务");
    assert!(!second.offers(&ask), "it is asked for already");
    // What is wrong while the form stands is kept in the form.
    let mut handler = member.scene.handler.browser();
    handler.open(&member.page());
    let decline = format!("{}/withdrawal/refusal", member.page());
    let long = "长".repeat(1001);
    let answer = handler.submit(&decline, &[("reason", long.as_str())]).expect(422).shows(&long);
    answer.hides("您刚才填写的内容");
}
