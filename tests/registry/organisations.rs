//! Organisations: their code, who claims it, who joins, and which bureau their files go to.

use super::support::app::at;
use super::support::client::File;
use super::support::people::PASSWORD;
use super::support::race::{held_open, one_wins, together};
use super::support::{Answer, Client, Person, TestApp, admin_of, in_bureau, member_of, with};
use serde_json::{Value, json};
use yuanchi::actions::sessions;
use yuanchi::db;
use yuanchi::domain::actor::Role;
use yuanchi::domain::ids::OrganisationId;
use yuanchi::domain::status::SessionKind;

const HUAWEI: &str = "914403001922038216";
const TENCENT: &str = "9144030071526726XG";
/// Its check character should be G.
const WRONG_CHECK: &str = "9144030071526726XA";

pub fn registration(code: &str, area: &str, city: &str) -> Value {
    json!({
        "credit_code": code, "name": "丁公司", "registered_area": area, "main_service_city": city,
        "established_on": "2015-06-01", "address": "广东省", "contact_name": "张三", "contact_phone": "020-83133000",
    })
}

fn register(caller: &mut Client, code: &str) -> Answer {
    caller.call("POST", "/api/v1/organisations", &registration(code, "440305", ""))
}

/// A picture of one pixel.
fn png() -> Vec<u8> {
    hex::decode(concat!(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360",
        "000200000500017a5eab3f0000000049454e44ae426082",
    ))
    .expect("hex")
}

/// The rows of the vectors: kind, name, code, what the last character should be by the rule, note.
fn vectors() -> Vec<[String; 5]> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/uscc_vectors.csv");
    let table = yuanchi::spreadsheet::read_table_file(std::path::Path::new(file)).expect("a table");
    let cell = |row: &yuanchi::spreadsheet::Row, at: usize| row.cells.get(at).cloned().unwrap_or_default();
    table.rows.iter().map(|row| [cell(row, 0), cell(row, 1), cell(row, 2), cell(row, 3), cell(row, 5)]).collect()
}

#[test]
fn each_code_of_the_vectors_is_taken_warned_of_or_refused() {
    let test = TestApp::start();
    let mut seen = std::collections::BTreeSet::new();
    let mut outcomes = [0; 4];
    for (index, [kind, name, code, expected, note]) in vectors().into_iter().enumerate() {
        let person = test.person(&format!("vector{index}@example.org"), &[]);
        let answer = register(&mut person.api(), &code);
        let normal = yuanchi::domain::credit_code::CreditCode::parse(&code).map(|parsed| parsed.code);
        let refusal = match note.as_str() {
            "length 17" => Some(("credit_code_length", "17")),
            "letter outside alphabet" => Some(("credit_code_character", "第 17 位")),
            "letter O for zero" => Some(("credit_code_character", "第 9 位")),
            "15-digit business registration number, not a USCC" => Some(("credit_code_length", "15")),
            note if note.starts_with("positions 3-8") => Some(("credit_code_not_digit", "第 5 位")),
            _ => None,
        };
        if let Some((problem, said)) = refusal {
            let field = answer.expect(422).json()["fields"][0].clone();
            assert_eq!((&field["path"], &field["code"]), (&json!("credit_code"), &json!(problem)), "{code} {field}");
            assert!(field["message"].as_str().is_some_and(|words| words.contains(said)), "{code} {field}");
            outcomes[0] += 1;
            continue;
        }
        let normal = normal.expect("it is well formed").as_str().to_string();
        if !seen.insert(normal.clone()) {
            // The same code in small or full-width letters is the same organisation.
            assert_eq!(answer.expect(409).code(), "organisation_registered", "{name}");
            outcomes[1] += 1;
            continue;
        }
        let made = answer.expect(201).json();
        let right = normal.ends_with(&expected);
        assert_eq!(right, kind == "valid", "{kind} {name}");
        assert_eq!(made["code_check"], if right { "right" } else { "wrong" }, "{name} {made}");
        assert_eq!(made["credit_code"], json!(normal));
        outcomes[if right { 2 } else { 3 }] += 1;
    }
    assert_eq!(outcomes, [5, 2, 13, 6]);
}

#[test]
fn a_wrong_check_character_waits_for_the_licence_and_an_officers_reason() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let person = test.person("new@example.org", &[]);
    let mut vendor = person.browser();
    vendor.open("/organisations/new");
    let fields = [
        ("credit_code", WRONG_CHECK),
        ("name", "丁公司"),
        ("registered_area", "440305"),
        ("established_on", "2015-06-01"),
        ("address", "广东省"),
        ("contact_name", "张三"),
        ("contact_phone", "020-83133000"),
    ];
    let done = vendor.submit("/organisations", &fields);
    vendor.follow(done).shows("请上传").shows(WRONG_CHECK);
    let id = test.app.read_now(|tx| Ok(yuanchi::db::organisations::find_by_code(tx.db, WRONG_CHECK)?));
    let id = id.expect("a reading").expect("the organisation").id;

    // Without the image there is nothing to look at.
    let mut officer = handler.api();
    let accept = |reason: &str| json!({"version": 1, "reason": reason});
    let to = format!("/api/v1/organisations/{id}/code-override");
    assert_eq!(officer.call("POST", &to, &accept("与执照一致")).expect(409).code(), "licence_missing");
    let licence = |name, bytes| File { field: "licence", name, bytes };
    vendor.open("/organisation");
    vendor.upload("/organisation/licence", &[], &licence("执照.png", b"no picture")).expect(422);
    vendor.open("/organisation");
    let sent = vendor.upload("/organisation/licence", &[], &licence("执照.png", &png()));
    vendor.follow(sent).shows("执照.png");
    // The page's script is told where it is, and what is wrong with it.
    let file = |bytes: &[u8]| {
        let head = "--parts\r\ncontent-disposition: form-data; name=\"";
        let token = format!("{head}csrf\"\r\n\r\n{}\r\n", vendor.csrf());
        let file = format!("{head}licence\"; filename=\"执照.png\"\r\n\r\n");
        [token.as_bytes(), file.as_bytes(), bytes, b"\r\n--parts--\r\n"].concat()
    };
    let (sound, wrong) = (file(&png()), file(b"no picture"));
    let headers = [
        ("accept", "application/json"),
        ("content-type", "multipart/form-data; boundary=parts"),
        ("sec-fetch-site", "same-origin"),
    ];
    let told = vendor.send("POST", "/organisation/licence", &headers, wrong).expect(422).json();
    assert_eq!(told["problems"][0]["path"], "licence", "{told}");
    let told = vendor.send("POST", "/organisation/licence", &headers, sound).expect(200).json();
    assert_eq!(told, json!({ "location": "/organisation" }));

    // Nobody accepts their own code; a stranger does not see the image.
    person.api().call("POST", &to, &accept("自己放行")).expect(403);
    let stranger = test.person("stranger@example.org", &[in_bureau("shenzhen")]);
    stranger.browser().get(&format!("/organisations/{id}/licence")).expect(404);
    let mut pages = handler.browser();
    pages.open("/desk").shows("待核验营业执照").shows("/organisations?code_check=licence");
    pages.open("/organisations?code_check=licence").shows("丁公司");
    pages.open("/organisations?code_check=wrong").shows("丁公司");
    assert_eq!(pages.get(&format!("/organisations/{id}/licence")).expect(200).body, png());
    pages.open(&format!("/organisations/{id}")).shows("执照.png");
    let page = format!("/organisations/{id}/code-override");
    pages.submit(&page, &[("reason", " ")]).expect(422).shows("此项必填");
    let done = pages.submit(&page, &[("reason", "试点期核发的代码，与执照一致")]);
    pages.follow(done).shows("试点期核发的代码，与执照一致");
    pages.open("/desk").hides("待核验营业执照");
    pages.open("/organisations?code_check=licence").hides("丁公司");
    assert_eq!(officer.json(&format!("/api/v1/organisations/{id}"))["code_check"], "overridden");
    // A second officer, or a second press, is told that there is nothing left to accept.
    let again = json!({"version": 2, "reason": "再来一次"});
    assert_eq!(officer.call("POST", &to, &again).expect(409).code(), "licence_not_needed");
    let events = test.read(|tx| Ok(yuanchi::db::events::of_subject(tx.db, "organisation", id.as_text())?));
    let last = events.last().expect("an event");
    assert_eq!(last.action, "organisation.code_accepted");
    assert_eq!(last.reason.as_deref(), Some("试点期核发的代码，与执照一致"));
    test.run_jobs();
    assert!(test.letters_to("new@example.org").iter().any(|letter| letter.text.contains("试点期核发的代码")));
}

#[test]
fn of_two_who_claim_one_code_at_once_one_has_it() {
    let test = TestApp::start();
    let codes: Vec<String> = vectors().into_iter().filter(|v| v[0] == "valid").map(|v| v[2].clone()).collect();
    for (round, code) in codes.iter().enumerate() {
        let callers = (0..3).map(|who| test.person(&format!("claim{round}-{who}@example.org"), &[]).api());
        let answers = together(callers.map(|mut caller| move || register(&mut caller, code)));
        one_wins(&answers, 201, &["organisation_registered"]);
    }
    // One person in two tabs makes one organisation.
    let person = test.person("tabs@example.org", &[]);
    let works = ["91350100M0001TGQXM", "91350211M0000XUF46"].map(|code| {
        let mut caller = person.api();
        move || register(&mut caller, code)
    });
    one_wins(&together(works), 201, &["already_in_organisation"]);
}

/// An organisation with its administrator and somebody who asked to join it.
fn asked(test: &TestApp, code: &str, name: &str) -> (Person, Person, String, String) {
    let admin = test.person(&format!("{name}-admin@example.org"), &[]);
    let made = register(&mut admin.api(), code).expect(201).json();
    let newcomer = test.person(&format!("{name}-newcomer@example.org"), &[]);
    let body = json!({"credit_code": code.to_lowercase(), "message": "信息部小王"});
    let request = newcomer.api().call("POST", "/api/v1/join-requests", &body).expect(201).json();
    let text = |value: &Value| value.as_str().expect("an id").to_string();
    (admin, newcomer, text(&made["id"]), text(&request["id"]))
}

#[test]
fn whoever_asks_to_join_is_let_in_or_not_by_that_organisations_administrator() {
    let test = TestApp::start();
    let (admin, newcomer, id, request) = asked(&test, HUAWEI, "one");
    let (other, declined, other_id, second) = asked(&test, TENCENT, "two");
    test.run_jobs();
    assert!(test.letters_to(&admin.email).iter().any(|letter| letter.text.contains("one-newcomer")));
    // The administrator knows by name and address who asks, over the API as on the page, and finds it on the desk.
    let waiting = admin.api().json(&format!("/api/v1/organisations/{id}/join-requests"));
    let asker = (&waiting["items"][0]["name"], &waiting["items"][0]["email"]);
    assert_eq!(asker, (&json!("one-newcomer"), &json!("one-newcomer@example.org")));
    assert_eq!(waiting["items"][0]["actions"], json!(["accept", "decline"]));
    let own = newcomer.api().json("/api/v1/join-requests");
    assert_eq!((&own["total"], &own["items"][0]["actions"]), (&json!(1), &json!([])), "nobody lets themselves in");
    admin.browser().open("/desk").shows("待处理的加入申请");
    // The same request twice; somebody else's request; one's own.
    let body = json!({"credit_code": HUAWEI, "message": ""});
    let twice = newcomer.api().call("POST", "/api/v1/join-requests", &body);
    assert_eq!(twice.expect(409).code(), "join_already_asked");
    let decision = |id: &str, request: &str| format!("/api/v1/organisations/{id}/join-requests/{request}/decision");
    let yes = json!({"accept": true});
    for path in [decision(&id, &request), decision(&other_id, &request)] {
        other.api().call("POST", &path, &yes).expect(404);
    }
    newcomer.api().call("POST", &decision(&id, &request), &yes).expect(403);
    let page = format!("/organisation/join-requests/{request}/decision");
    let mut elsewhere = other.browser();
    elsewhere.open("/organisation").hides("one-newcomer");
    elsewhere.post(&page, &[("accept", "true")]).expect(404);
    newcomer.browser().get("/desk").expect(200);
    newcomer.browser().open("/organisation").hides("one-admin");

    // Accepted, on the page; the second press says that it is done.
    let mut browser = admin.browser();
    browser.open("/organisation").shows("one-newcomer").shows("信息部小王");
    let done = browser.submit(&page, &[("accept", "true")]);
    browser.follow(done).shows("one-newcomer");
    browser.post(&page, &[("accept", "false")]).expect(409);
    newcomer.browser().open("/organisation").shows("one-admin");
    // Who works for one organisation cannot ask another one.
    let more = newcomer.api().call("POST", "/api/v1/join-requests", &json!({"credit_code": TENCENT}));
    assert_eq!(more.expect(409).code(), "already_in_organisation");

    // Declined, over the API: told so, and free to ask again.
    let no = json!({"accept": false});
    let answered = other.api().call("POST", &decision(&other_id, &second), &no).expect(200).json();
    assert_eq!((&answered["status"], &answered["actions"]), (&json!("declined"), &json!([])));
    declined.browser().open("/organisation").hides("two-admin");
    let again = declined.api().call("POST", "/api/v1/join-requests", &json!({"credit_code": TENCENT}));
    again.expect(201);
    test.run_jobs();
    for (person, words) in [(&newcomer, "丁公司"), (&declined, "丁公司")] {
        assert!(test.letters_to(&person.email).iter().any(|letter| letter.text.contains(words)), "{}", person.email);
    }
}

#[test]
fn c_10_whoever_registers_an_organisation_goes_on_under_another_id() {
    let test = TestApp::start();
    let person = test.person_with_password("new@example.org", &[]);
    let (mut browser, mut elsewhere) = (person.browser(), person.browser());
    let before = browser.cookie("__Host-sid").expect("a session").to_string();
    browser.open("/organisations/new");
    let registered = registration(HUAWEI, "440305", "");
    let fields = registered.as_object().expect("an object");
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default())).collect();
    let done = browser.submit("/organisations", &fields);
    browser.follow(done).shows("丁公司");
    assert_ne!(browser.cookie("__Host-sid"), Some(before.as_str()));
    // What was known of the one before, and every other one, opens nothing.
    let mut planted = test.visitor();
    planted.set_cookie("__Host-sid", &before);
    for over in [&mut planted, &mut elsewhere] {
        assert_eq!(over.get("/desk").expect(303).location(), "/session/new");
    }
    browser.open("/desk");
    // A second press that came with the session of the first: the form is held, and leads to what the first one did.
    planted.set_cookie("__Host-sid", &before);
    planted.post("/organisations", &fields).expect(401).shows("登录后即可继续提交");
    planted.submit("/session", &[("email", person.email.as_str()), ("password", PASSWORD)]).expect(200);
    let done = planted.submit("/organisations", &[]).expect(303);
    assert_eq!(done.location(), "/organisation");
    planted.follow(done).shows("单位已登记").shows("丁公司").hides("代码的校验位不符");
    // It says what the first one said of the code.
    test.tamper("UPDATE organisations SET code_check = 'wrong'");
    let done = planted.post("/organisations", &fields).expect(303);
    planted.follow(done).shows("单位已登记。代码的校验位不符");
    test.tamper("UPDATE organisations SET code_check = 'right'");
    // Another organisation is another matter.
    let other: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, if *name == "credit_code" { TENCENT } else { *value })).collect();
    planted.post("/organisations", &other).expect(409);
}

/// A member's role has a last day as an officer's has. An administrator's has its own tests.
#[test]
fn c_24_a_members_role_ends_with_its_last_day_and_an_administrator_puts_that_off() {
    let test = TestApp::start();
    let (admin, newcomer, id, request) = asked(&test, HUAWEI, "one");
    let members = format!("/api/v1/organisations/{id}/members");
    let decision = format!("/api/v1/organisations/{id}/join-requests/{request}/decision");
    let until = |day: &str| json!({"accept": true, "ends_on": day});
    for (day, code) in [("2036-01-01", "role_term_too_long"), ("2026-03-01", "date_past"), ("soon", "date_invalid")] {
        let refused = admin.api().call("POST", &decision, &until(day)).expect(422).json();
        assert_eq!((&refused["fields"][0]["path"], &refused["fields"][0]["code"]), (&json!("ends_on"), &json!(code)));
    }
    admin.api().call("POST", &decision, &until("2026-03-12")).expect(200);
    let ends = || {
        let people = admin.api().json(&members);
        let of = |email: &str| {
            let mut people = people["items"].as_array().expect("people").iter();
            people.find(|one| one["email"] == email).map(|one| one["ends_on"].clone())
        };
        [of(&admin.email), of(&newcomer.email)]
    };
    assert_eq!(ends(), [Some(json!("2029-03-01")), Some(json!("2026-03-12"))]);
    admin.browser().open("/desk").shows("30 天内有效期届满的单位人员");
    let security = test.person("security@example.org", &[with(Role::SecurityAdmin)]);
    assert_eq!(security.api().json("/api/v1/accounts?only=ending")["total"], 0, "it is the organisation's to renew");

    // Put off on the page and over the API; the same powers go on in the same session.
    let mut member = newcomer.browser();
    let mut page = admin.browser();
    page.open("/organisation").shows("2026");
    let role = format!("/organisation/members/{}/role", newcomer.id);
    let done = page.post(&role, &[("admin", "false"), ("ends_on", "2026-03-20")]);
    page.follow(done).shows("有效期已调整");
    assert_eq!(ends()[1], Some(json!("2026-03-20")));
    let path = format!("{members}/{}", newcomer.id);
    admin.api().call("PATCH", &path, &json!({"admin": false, "ends_on": "2026-03-13"})).expect(200);
    member.open("/organisation").shows("one-admin");
    // A request that comes twice, or late, lengthens nothing; the day as it is changes nothing.
    let again = admin.api().call("PATCH", &path, &json!({"admin": false})).expect(409);
    assert_eq!(again.code(), "role_already_held");
    admin.api().call("PATCH", &path, &json!({"admin": false, "ends_on": "2026-03-13"})).expect(200);
    page.post(&role, &[("admin", "false")]).expect(409);
    page.post(&role, &[("admin", "false"), ("ends_on", "")]).expect(422).shows("请填写“有效期至”");
    assert_eq!(ends()[1], Some(json!("2026-03-13")));
    admin.browser().open("/organisation").shows("name=\"ends_on\" value=\"2026-03-13\"");
    test.run_jobs();
    let mut letters = test.letters_to(&newcomer.email);
    letters.retain(|letter| letter.subject.contains("角色有效期已调整"));
    let told = |day: &str| letters.iter().filter(|letter| letter.text.contains(day)).count();
    assert_eq!((letters.len(), told("2026年3月20日"), told("2026年3月13日")), (2, 1, 1));

    // The last second of the last day in Guangdong, and the first of the next.
    test.set_clock(at("2026-03-13T15:59:59"));
    let (mut member, mut program) = (newcomer.browser(), newcomer.api());
    member.open("/organisation").shows("one-admin");
    program.get(&members).expect(200);
    test.set_clock(at("2026-03-13T16:00:00"));
    member.open("/organisation").hides("one-admin");
    program.get(&members).expect(404);
    assert_eq!(ends(), [Some(json!("2029-03-01")), None]);
    // Whoever is out can ask again.
    let body = json!({"credit_code": HUAWEI, "message": ""});
    program.call("POST", "/api/v1/join-requests", &body).expect(201);
}

/// As with the roles of officers: whoever may do more or less than when they signed in signs in anew.
#[test]
fn c_10_another_part_in_an_organisation_ends_the_sessions_that_were_begun_before() {
    let test = TestApp::start();
    let (admin, newcomer, id, request) = asked(&test, HUAWEI, "one");
    let is_out = |browser: &mut Client, program: &mut Client| {
        let to = browser.get("/desk").header("location").map(str::to_string);
        (to.as_deref() == Some("/session/new"), program.get("/api/v1/me").status == 401)
    };
    let (mut browser, mut program) = (newcomer.browser(), newcomer.api());
    assert_eq!(is_out(&mut browser, &mut program), (false, false));
    let decision = format!("/api/v1/organisations/{id}/join-requests/{request}/decision");
    admin.api().call("POST", &decision, &json!({"accept": true})).expect(200);
    assert_eq!(is_out(&mut browser, &mut program), (true, true), "let in");
    let member = format!("/api/v1/organisations/{id}/members/{}", newcomer.id);
    let acts = [("PATCH", json!({"admin": true})), ("PATCH", json!({"admin": false})), ("DELETE", json!({}))];
    for (method, body) in acts {
        let (mut browser, mut program) = (newcomer.browser(), newcomer.api());
        assert_eq!(is_out(&mut browser, &mut program), (false, false));
        let mut own = admin.browser();
        admin.api().call(method, &member, &body).expect(200);
        assert_eq!(is_out(&mut browser, &mut program), (true, true), "{method} {body}");
        own.open("/organisation");
    }
    // And one that begins at the same moment: as a sign-in does, it holds the account.
    let other = test.person("other@example.org", &[member_of(OrganisationId::from_text(&id).expect("an id"))]);
    let member = format!("/api/v1/organisations/{id}/members/{}", other.id);
    for (method, body) in [("PATCH", json!({"admin": true})), ("DELETE", json!({}))] {
        let (config, account) = (test.app.config.sessions.clone(), other.id);
        let mut api = admin.api();
        let (session, answer) = held_open(
            &test,
            "accounts",
            move |tx| {
                db::accounts::lock(tx.db, account)?;
                Ok(sessions::begin(tx, &config, account, SessionKind::Browser, "")?.stored)
            },
            || api.call(method, &member, &body),
        );
        answer.expect(200);
        assert!(test.read(|tx| Ok(db::sessions::find_live(tx.db, &session, tx.now)?)).is_none(), "{method} {body}");
    }
}

#[test]
fn a_file_goes_to_the_bureau_of_its_place_and_from_outside_to_that_of_its_city() {
    let test = TestApp::start();
    let handler = test.person("handler@example.org", &[with(Role::Handler)]);
    let approver = test.person("approver@example.org", &[with(Role::Approver)]);
    let programme = test.app.env.programme("service_provider").expect("the programme").clone();
    let call = test.open_call(programme, &handler, &approver);
    let codes: Vec<String> = vectors().into_iter().filter(|v| v[0] == "valid").map(|v| v[2].clone()).collect();
    // Place of registration, city that is mainly served, the bureau that sees the file.
    let ways = [
        ("440305", "", Some("shenzhen")),
        ("440399", "", Some("shenzhen")),
        ("440399", "441500", Some("shenzhen")),
        ("440604", "440100", Some("foshan")),
        ("", "440100", Some("guangzhou")),
        ("", "", None),
    ];
    for (index, ((area, city, bureau), code)) in ways.into_iter().zip(&codes).enumerate() {
        let person = test.person(&format!("vendor{index}@example.org"), &[]);
        let mut caller = person.api();
        caller.call("POST", "/api/v1/organisations", &registration(code, area, city)).expect(201);
        let begun = caller.call("POST", &format!("/api/v1/calls/{call}/applications"), &json!({})).expect(201).json();
        assert_eq!(begun["bureau"], json!(bureau), "{area:?} {city:?}");
        // What the form names counts for those from outside, and for nobody else.
        let form = format!("/api/v1/applications/{}/form", begun["id"].as_str().expect("an id"));
        let change = json!({ "version": 1, "form": { "main_service_city": "441900" } });
        caller.call("PATCH", &form, &change).expect(200);
        let path = format!("/api/v1/applications/{}", begun["id"].as_str().expect("an id"));
        let now = if area.is_empty() { Some("dongguan") } else { bureau };
        assert_eq!(caller.json(&path)["bureau"], json!(now), "{area:?} {city:?}");
        let change = json!({ "version": 2, "form": { "main_service_city": "" } });
        caller.call("PATCH", &form, &change).expect(200);
        assert_eq!(caller.json(&path)["bureau"], json!(bureau), "{area:?} {city:?}");
    }
    // A place that is not in the reference data is refused, field by field.
    let mut caller = test.person("unknown@example.org", &[]).api();
    let unknown = caller.call("POST", "/api/v1/organisations", &registration(&codes[6], "999999", "310000"));
    let fields = unknown.expect(422).json()["fields"].clone();
    let paths: Vec<&str> = fields.as_array().into_iter().flatten().filter_map(|f| f["path"].as_str()).collect();
    assert_eq!(paths, ["registered_area", "main_service_city"]);
}

#[test]
fn an_organisation_keeps_an_administrator_and_a_person_one_organisation_whatever_happens_at_once() {
    let test = TestApp::start();
    for round in 0..6 {
        let id = test.organisation(&format!("9144060000000{round:05}"), "丁公司", "440604");
        let admins: Vec<Person> =
            (0..2).map(|who| test.person(&format!("admin{round}-{who}@example.org"), &[admin_of(id)])).collect();
        // Each takes the other's office at the same moment: one of them stays.
        let works = [(0, 1), (1, 0)].map(|(by, of)| {
            let (mut caller, of) = (admins[by].api(), admins[of].id);
            move || {
                let path = format!("/api/v1/organisations/{id}/members/{of}");
                caller.call("PATCH", &path, &json!({"admin": false}))
            }
        });
        let answers = together(works);
        let done = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(done, 1, "{}\n{}", answers[0], answers[1]);
        let left = test.app.read_now(move |tx| Ok(yuanchi::db::accounts::members(tx.db, id, tx.now)?));
        let left = left.expect("a reading").iter().filter(|member| member.role == Role::VendorAdmin).count();
        assert_eq!(left, 1);
    }
    // Two organisations let the same person in at once: one has them.
    for round in 0..6 {
        let newcomer = test.person(&format!("wanted{round}@example.org"), &[]);
        let codes =
            ["91440101MA59EXAM1X", "91440300MA5EXAMP2Y"].map(|code| format!("{}{round}{}", &code[..16], &code[17..]));
        let works: Vec<_> = codes
            .iter()
            .enumerate()
            .map(|(which, code)| {
                let id = test.organisation(code, "戊公司", "440305");
                let admin = test.person(&format!("wants{round}-{which}@example.org"), &[admin_of(id)]);
                let body = json!({"credit_code": code, "message": ""});
                let asked = newcomer.api().call("POST", "/api/v1/join-requests", &body).expect(201).json();
                let request = asked["id"].as_str().expect("an id").to_string();
                let mut caller = admin.api();
                move || {
                    let path = format!("/api/v1/organisations/{id}/join-requests/{request}/decision");
                    caller.call("POST", &path, &json!({"accept": true}))
                }
            })
            .collect();
        one_wins(&together(works), 200, &["join_already_decided", "person_in_another_organisation"]);
    }
}

#[test]
fn a_place_is_chosen_and_a_wrong_one_is_corrected_by_a_handler() {
    let test = TestApp::start();
    let (handler, approver) = (
        test.person("handler@example.org", &[with(Role::Handler)]),
        test.person("a@example.org", &[with(Role::Approver)]),
    );
    let person = test.person("new@example.org", &[]);
    let mut vendor = person.browser();
    vendor.open("/organisations/new");
    let fields = [
        ("credit_code", HUAWEI),
        ("name", "丁公司"),
        ("established_on", "2015-06-01"),
        ("address", "广东省"),
        ("contact_name", "张三"),
        ("contact_phone", "020-83133000"),
    ];
    // A select that was left alone chooses nothing: not outside the province either.
    vendor.submit("/organisations", &fields).expect(422).shows("请从列表中选择");
    let mut left_out = registration(HUAWEI, "", "");
    left_out.as_object_mut().expect("an object").remove("registered_area");
    let refused = person.api().call("POST", "/api/v1/organisations", &left_out).expect(422).json();
    assert_eq!(refused["fields"][0]["path"], "registered_area");
    // Whoever says outside with a code of Shenzhen is told that the two do not fit.
    let done = vendor.submit("/organisations", &[("registered_area", "outside")]);
    vendor.follow(done).shows("广东省外").shows("与所填注册地不一致").shows("请联系省厅经办人更正");
    let found = test.read(|tx| Ok(yuanchi::db::organisations::find_by_code(tx.db, HUAWEI)?)).expect("it is registered");
    assert_eq!(found.registered_area, None);

    let page = format!("/organisations/{}", found.id);
    let to = format!("/api/v1{page}/correction");
    let body = |version: i32, area: &str, reason: &str| {
        json!({
            "version": version, "name": "丁公司", "registered_area": area, "main_service_city": "",
            "established_on": "2015-06-01", "reason": reason,
        })
    };
    person.api().call("POST", &to, &body(1, "440305", "自己改")).expect(403);
    approver.api().call("POST", &to, &body(1, "440305", "看过执照")).expect(403);
    let mut officer = handler.api();
    let wrong = officer.call("POST", &to, &body(1, "999999", "")).expect(422).json();
    let paths: Vec<&str> =
        wrong["fields"].as_array().into_iter().flatten().filter_map(|f| f["path"].as_str()).collect();
    assert_eq!(paths, ["registered_area", "reason"]);
    assert_eq!(officer.call("POST", &to, &body(1, "", "看过执照")).expect(409).code(), "organisation_unchanged");
    assert_eq!(officer.call("POST", &to, &body(7, "440305", "看过执照")).expect(409).code(), "stale");
    let mut browser = handler.browser();
    browser.open(&page).shows("与所填注册地不一致").shows("更正登记信息");
    browser.open(&format!("{page}/correction")).shows("丁公司");
    let sent = [("registered_area", "440305"), ("reason", "执照住所在南山区")];
    let done = browser.submit(&format!("{page}/correction"), &sent);
    browser.follow(done).shows("登记信息已更正").shows("南山区").hides("与所填注册地不一致");
    let id = found.id;
    let (after, events) = test.read(move |tx| {
        let events = yuanchi::db::events::of_subject(tx.db, "organisation", id.as_text())?;
        Ok((yuanchi::db::organisations::find(tx.db, id)?, events))
    });
    assert_eq!((after.registered_area.as_deref(), after.version), (Some("440305"), 2));
    assert_eq!(after.name, "丁公司");
    let last = events.last().expect("events");
    assert_eq!((last.action.as_str(), last.reason.as_deref()), ("organisation.corrected", Some("执照住所在南山区")));
    test.run_jobs();
    assert!(test.letters_to("new@example.org").iter().any(|letter| letter.text.contains("执照住所在南山区")));
}
