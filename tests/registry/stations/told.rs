//! What an applicant and the officers are told: of a decision, of a date that has passed, of a doubtful code.

use super::*;
use yuanchi::domain::ids::ApplicationId;
use yuanchi::words::Words;

fn file(id: ApplicationId) -> String {
    format!("/applications/{id}")
}

/// Sends a file of Foshan back until the fourth of March.
fn sent_back(scene: &mut Scene) -> Filed {
    let filed = scene.filed();
    let marks = json!([{"kind": "field", "key": "platform_name", "reason": "请核对"}]);
    let body = json!({"version": 1, "marks": marks, "due_on": "2026-03-04"});
    scene.foshan.api().call("POST", &resource(filed.id, "corrections"), &body).expect(201);
    filed
}

#[test]
fn an_adverse_decision_is_told_alike_in_the_letter_and_on_the_page() {
    let mut scene = scene();
    let filed = scene.filed();
    let refusal = json!({"version": 1, "reason": "案例无法核实。"});
    scene.foshan.api().call("POST", &resource(filed.id, "refusal"), &refusal).expect(201);
    let letter = scene.letter_to(&filed.vendor);
    let page = filed.vendor.browser().open(&file(filed.id));
    for words in [
        "案例无法核实。",
        "《若干措施》（粤府办〔2025〕1号）",
        "佛山市工业和信息化局",
        "2026年3月2日",
        "请书面说明理由并附证明材料，向佛山市工业和信息化局提出",
    ] {
        assert!(letter.contains(words), "{words} is missing in {letter}");
        assert!(page.words().contains(words), "{words} is missing in {page}");
    }
}

#[test]
fn who_was_not_selected_writes_to_the_department() {
    let mut scene = scene();
    // Nobody reviewed it and nobody proposed: only what the page says is looked at.
    scene.test.expect_violations();
    let filed = scene.filed_as(State::Reviewed, &[]);
    scene.moved(filed.id, State::NotSelected);
    let page = filed.vendor.browser().open(&file(filed.id));
    page.shows("向广东省工业和信息化厅提出").shows("经审定未入选");
}

#[test]
fn every_adverse_letter_names_whom_to_write_to() {
    let args = ["organisation", "number", "call", "reason", "basis", "date", "link"].map(|name| (name, "某"));
    for template in [
        "application-not-recommended",
        "result-not-recognised",
        "screening-ineligible",
        "decision-declined",
        "application-removed",
    ] {
        let station = [("station", "佛山市工业和信息化局")];
        let body = Words.say_with("zh-CN", &format!("mail-{template}-body"), args.into_iter().chain(station));
        assert!(body.contains("请书面说明理由并附证明材料，向佛山市工业和信息化局提出。"), "{template}: {body}");
        assert!(!body.contains("公示页面"), "{template}: {body}");
    }
}

#[test]
fn whoever_has_something_to_do_is_told_so() {
    let mut scene = scene();
    // What the applicant has to mend stands on the first page, until when, and no longer.
    let sent_back = sent_back(&mut scene);
    let first_page = |filed: &Filed| filed.vendor.browser().open("/desk");
    first_page(&sent_back).shows("待补正的申报件").shows(&file(sent_back.id)).shows("还有 3 天").hides("已填齐");
    let letter = scene.letter_to(&sent_back.vendor);
    assert!(letter.contains("请核对") && !letter.contains("补充说明"), "no note was written: {letter}");
    // The handlers get one letter when the first file waits for them, and none for those that follow.
    let (one, two) = (scene.filed(), scene.filed());
    first_page(&one).hides("待补正的申报件");
    let to_screen = |scene: &Scene| {
        scene.test.run_jobs();
        let letters = scene.test.letters_to(&scene.handler.email);
        letters.iter().filter(|letter| letter.subject.starts_with("待形式审查：")).count()
    };
    assert_eq!(to_screen(&scene), 0);
    for (rank, filed) in [&one, &two].into_iter().enumerate() {
        recommend_with(&mut scene.foshan.api(), filed.id, rank as i32 + 1).expect(201);
        assert_eq!(to_screen(&scene), 1, "after {} files", rank + 1);
    }
    scene.handler.browser().open("/desk").shows("待形式审查的申报件");
    scene.test.set_clock(at("2026-03-04T16:00:00"));
    first_page(&sent_back).hides("待补正的申报件");
}

#[test]
fn a_draft_that_missed_the_closing_is_told_so_and_nothing_else() {
    let mut scene = scene();
    scene.test.expect_violations();
    let filed = scene.filed_as(State::Draft, &[]);
    let mut vendor = filed.vendor.browser();
    vendor.open(&file(filed.id)).shows("申报截止：2026年3月20日 17:00").shows("请完成填报");
    scene.test.set_clock(at("2026-03-20T09:00:00"));
    let mut vendor = filed.vendor.browser();
    let told = "申报已于2026年3月20日 17:00截止，本件未提交";
    vendor.open(&file(filed.id)).shows(told).hides("请完成填报");
    vendor.open("/desk").shows("已于2026年3月20日 17:00截止，未提交");
    let sent_on = vendor.get(&page(filed.id, "form"));
    vendor.follow(sent_on).shows(told);
    // Whoever still has the form open is told the dates.
    let body = json!({"version": 1, "form": {"platform_name": "南海云"}});
    let refused = filed.vendor.api().call("PATCH", &resource(filed.id, "form"), &body).expect(409);
    assert_eq!(refused.code(), "call_not_open");
    refused.shows("2026年3月20日 17:00");
}

#[test]
fn a_correction_ends_at_midnight_of_one_day_wherever_it_is_said() {
    let mut scene = scene();
    let filed = sent_back(&mut scene);
    for person in [&filed.vendor, &scene.foshan] {
        person.browser().open(&file(filed.id)).shows("补正期限：2026年3月4日 24:00").hides("3月5日 00:00");
    }
    filed.vendor.browser().open("/desk").shows("2026年3月4日 24:00").hides("3月5日 00:00");
    filed.vendor.browser().open(&page(filed.id, "form")).shows("2026年3月4日 24:00");
    assert!(scene.letter_to(&filed.vendor).contains("2026年3月4日 24:00"));
}

#[test]
fn a_correction_that_lapsed_waits_for_the_officer_and_the_applicant_is_told() {
    let mut scene = scene();
    let filed = sent_back(&mut scene);
    scene.foshan.browser().open("/desk").hides("逾期未补正");
    scene.test.set_clock(at("2026-03-04T16:00:00"));
    let mut vendor = filed.vendor.browser();
    vendor
        .open(&file(filed.id))
        .shows("补正期限已于2026年3月4日 24:00届满，贵单位未重新提交")
        .shows("由佛山市工业和信息化局决定")
        .hides("请申报单位在期限内修改");
    vendor.open("/desk").shows("补正已于2026年3月4日 24:00到期，未提交");
    let mut officer = scene.foshan.browser();
    officer.open("/desk").shows("逾期未补正的申报件").shows("/applications?state=city_correction");
    officer.open(&file(filed.id)).shows("逾期未补正：").shows("请延长补正期限，或作出结论");
    scene.zhuhai.browser().open("/desk").hides("逾期未补正");
}

#[test]
fn the_desk_says_until_when_a_queue_must_be_done() {
    let mut scene = scene();
    let submitted = scene.filed();
    submitted.vendor.browser().open("/desk").shows("地市推荐截止：2026年3月31日 18:00");
    let waiting = scene.filed_as(State::Recommended, &[]);
    // Its applicant is told of a queue that has no date that it has none.
    let none = "本批次未公布本环节的办理期限";
    let mut vendor = waiting.vendor.browser();
    vendor.open("/desk").shows(none);
    vendor.open(&file(waiting.id)).shows(none);
    scene.foshan.browser().open("/desk").shows("期限 2026年3月31日 18:00，还有 29 天");
    scene.handler.browser().open("/desk").shows("待形式审查的申报件").shows("最早一件自 2026年3月2日 起等候");
    scene.test.set_clock(at("2026-03-31T10:00:00"));
    scene.foshan.browser().open("/desk").shows("已过期限 2026年3月31日 18:00");
    scene.handler.browser().open("/desk").shows("最早一件自 2026年3月2日 起等候，已等候 29 天");
    assert_eq!(scene.stored(waiting.id).state, State::Recommended);
    scene.test.tamper("UPDATE calls SET planned_screening_on = '2026-04-20'");
    for page in ["/desk".to_string(), file(waiting.id)] {
        waiting.vendor.browser().open(&page).shows("预计完成：2026年4月20日").hides(none);
    }
    // A day that was expected and has passed says so.
    scene.test.set_clock(at("2026-04-23T02:00:00"));
    waiting.vendor.browser().open("/desk").shows("预计完成：2026年4月20日，已过 3 天；尚未办结");
}

#[test]
fn a_doubtful_code_of_the_lead_is_seen_by_all_who_judge() {
    let mut scene = scene();
    let filed = scene.filed_as(State::Recommended, &[]);
    // The registration notes a wrong check character; here it is written by hand.
    scene.test.expect_violations();
    scene.test.tamper("UPDATE organisations SET credit_code = '914403001922038217', code_check = 'wrong'");
    for person in [&scene.foshan, &scene.handler] {
        person.browser().open(&file(filed.id)).shows("校验位不符，待核对");
        let read = person.api().json(&format!("/api/v1/applications/{}", filed.id));
        assert_eq!(read["warnings"][0]["code"], "lead_code_check", "{read}");
    }
    let findings = scene.handler.api().json(&resource(filed.id, "screening"));
    let machine = findings["machine"].as_array().expect("findings");
    let item = machine.iter().find(|finding| finding["rule"] == "lead_code").expect("the item");
    assert_eq!((&item["outcome"], &item["details"][0]["code"]), (&json!("not_met"), &json!("lead_code_check")));
    let mut handler = scene.handler.browser();
    handler
        .open(&page(filed.id, "screening"))
        .shows("申报单位的统一社会信用代码与营业执照一致")
        .shows("914403001922038217");
    // Once an officer has accepted the code there is nothing left to find.
    scene.test.tamper("UPDATE organisations SET code_check = 'overridden'");
    handler.open(&page(filed.id, "screening")).hides("申报单位的统一社会信用代码与营业执照一致");
}
