//! C-38 and C-39: what people type is text everywhere and nothing else: on no page an element, in no answer a header, in no
//! letter a line of its own.

use super::matrix::doors;
use super::world::World;
use crate::support::{Answer, TestApp, with};
use serde_json::json;
use yuanchi::domain::actor::Role;
use yuanchi::domain::procedure::State;

/// Ends an attribute of either kind, begins an element, and means something to a template.
const PAYLOAD: &str = "\"'><i id=xss onfocus=alert(1)>{{7*7}}${7*7}\u{202e}";

/// Columns that people's words are kept in, as far as pages show them.
const TYPED: &[(&str, &[&str])] = &[
    ("accounts", &["name"]),
    ("organisations", &["name", "address", "contact_name", "contact_phone"]),
    ("calls", &["title", "body", "basis_title", "basis_number"]),
    ("call_questions", &["question", "answer"]),
    ("experts", &["name", "employer", "title"]),
    ("expert_ties", &["organisation_name", "note"]),
    ("join_requests", &["message"]),
    ("assignments", &["reason"]),
    ("attachments", &["name"]),
    ("code_overrides", &["licence_name", "reason"]),
    ("corrections", &["note"]),
    ("notices", &["title", "body"]),
    ("objections", &["matter"]),
    ("objection_evidence", &["name"]),
    ("recommendations", &["opinion"]),
    ("grants", &["reason"]),
    ("sessions", &["user_agent"]),
    ("saved_filters", &["name", "search"]),
    ("mail_batches", &["title", "note"]),
];

/// Writes the payload wherever people write.
fn write_everywhere(test: &TestApp) {
    let text = PAYLOAD.replace('\'', "''");
    for (table, columns) in TYPED {
        let set: Vec<String> = columns.iter().map(|column| format!("{column} = '{text}'")).collect();
        test.tamper(&format!("UPDATE {table} SET {}", set.join(", ")));
    }
    let as_json = |value: serde_json::Value| value.to_string().replace('\'', "''");
    let form = as_json(json!({ "platform_name": PAYLOAD, "contact_name": PAYLOAD, "legal_representative": PAYLOAD }));
    let marks = as_json(json!([{ "kind": "field", "key": "platform_name", "reason": PAYLOAD }]));
    let shown = as_json(json!([{ "key": "organisation", "label": PAYLOAD, "value": PAYLOAD }]));
    test.tamper(&format!(
        "UPDATE applications SET form = '{form}'; UPDATE corrections SET marks = '{marks}'; \
         UPDATE notice_entries SET shown = '{shown}'"
    ));
}

#[test]
fn c_38_what_people_type_is_an_element_of_no_page() {
    let world = World::make();
    let doors = doors();
    let pages: Vec<_> = doors.iter().filter(|door| !door.api && door.method == "GET").collect();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for state in [State::Submitted, State::CityCorrection, State::InNotice] {
        world.put(state);
        write_everywhere(world.test());
        let mut hands = world.hands();
        for (asker, hands) in world.askers.iter().zip(&mut hands) {
            for door in pages.iter().filter(|door| door.lets_in(asker)) {
                for (_, address) in door.addresses(&world) {
                    let answer = hands.page.get(&address);
                    let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
                    let text = answer.text();
                    if answer.status >= 500 || is_page && text.contains("<i id=xss") {
                        wrong.push(format!("{}, {state}: {answer}", asker.name));
                    }
                    seen += usize::from(is_page && text.contains("id=xss"));
                }
            }
        }
    }
    let count = wrong.len();
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{count}:\n{}", wrong.join("\n"));
    assert!(seen > 50, "it was shown as text on {seen} pages only");
}

/// What is said back of a search or a form is text too.
#[test]
fn c_38_what_is_asked_for_is_an_element_of_no_page() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    let query = serde_html_form::to_string([("q", PAYLOAD)]).expect("a query");
    for page in ["/providers", "/lists", "/calls", "/notices", "/verify", "/statistics", "/pool", "/platforms"] {
        let answer = visitor.get(&format!("{page}?{query}"));
        assert!(answer.status < 500 && !answer.text().contains("<i id=xss"), "{answer}");
    }
    visitor.open("/session/new");
    let answer = visitor.post("/session", &[("email", PAYLOAD), ("password", PAYLOAD)]);
    assert!(answer.status < 500 && !answer.text().contains("<i id=xss"), "{answer}");
    visitor.open("/registration/new");
    let answer = visitor.post("/registration", &[("email", PAYLOAD), ("name", PAYLOAD)]);
    assert!(answer.status < 500 && !answer.text().contains("<i id=xss"), "{answer}");
}

/// The header that a text with a line break in it would have made.
#[track_caller]
fn adds_no_header(answer: &Answer) {
    assert!(answer.status < 500, "{answer}");
    assert!(
        answer.header("x-evil").is_none() && answer.header("set-cookie").is_none_or(|it| !it.contains("evil")),
        "{answer}"
    );
    for name in ["content-disposition", "content-type", "location", "content-security-policy"] {
        let count = answer.headers.iter().filter(|(known, _)| known == name).count();
        assert!(count <= 1, "{name} {count} times: {answer}");
    }
}

#[test]
fn c_39_no_text_becomes_a_header() {
    let world = World::make();
    let mut visitor = world.test().visitor();
    for path in [
        "/providers?q=a%0d%0ax-evil:%201&page=2",
        "/calls/%0d%0ax-evil:%201",
        "/providers/?q=%0d%0ax-evil:%201",
        "/lists/%0d%0aset-cookie:%20evil=1/",
        "/session/new?to=%0d%0ax-evil:%201",
        "/session/new?to=//elsewhere.example",
    ] {
        adds_no_header(&visitor.get(path));
    }
    // A name with line breaks, quotes and turned letters, put round the program into what is downloaded.
    let name = "合同\r\nx-evil: 1\r\nset-cookie: evil=1\";\u{202e}gnp.exe";
    world.test().tamper(&format!(
        "UPDATE attachments SET name = '{name}'; UPDATE objection_evidence SET name = '{name}'; \
         UPDATE code_overrides SET licence_name = '{name}'"
    ));
    let mut hands = world.hands();
    let mut downloaded = 0;
    let doors = doors();
    let wanted = ["/documents/{id}", "/evidence/{evidence}", "/licence", "/licence/content"];
    for door in doors.iter().filter(|door| door.method == "GET" && wanted.iter().any(|end| door.path.ends_with(end))) {
        for (asker, hands) in world.askers.iter().zip(&mut hands) {
            let answer = door.ask(hands, &door.addresses(&world)[0].1);
            adds_no_header(&answer);
            if let (200, Some(said)) = (answer.status, answer.header("content-disposition")) {
                assert!(said.starts_with("attachment") || said.starts_with("inline"), "{}: {answer}", asker.name);
                assert!(!said.contains(['\r', '\n', '\u{202e}']), "{answer}");
                assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer}");
                downloaded += 1;
            }
        }
    }
    assert!(downloaded > 10, "{downloaded}");
}

#[test]
fn c_39_no_name_becomes_a_line_of_a_letter() {
    let test = TestApp::start();
    let admin = test.person("system@example.org", &[with(Role::SystemAdmin)]);
    for (number, name) in
        ["张三\r\nBcc: evil@example.org", "李四\nSubject: x", "王\u{202e}五", "赵\u{7}六", "\"><b>钱七"]
            .iter()
            .enumerate()
    {
        let email = format!("invited{number}@example.org");
        let answer = admin.api().call("POST", "/api/v1/accounts", &json!({ "name": name, "email": email }));
        assert!(matches!(answer.status, 201 | 422), "{name:?}: {answer}");
        test.run_jobs();
        let letters = test.letters_to(&email);
        assert_eq!(letters.len(), usize::from(answer.status == 201), "{name:?}: one letter to the one address");
        for letter in letters {
            assert!(!letter.subject.contains(['\r', '\n']), "{:?}", letter.subject);
            assert!(letter.to.name.is_none_or(|name| !name.contains(['\r', '\n'])), "{name:?}");
            assert!(letter.html.is_none_or(|html| !html.contains("\"><b>")), "{name:?}");
        }
    }
    for evil in ["a@example.org\r\nBcc: evil@example.org", "a@example.org, evil@example.org", "a@example.org\nevil"] {
        let body = json!({ "name": "孙八", "email": evil });
        assert_eq!(admin.api().call("POST", "/api/v1/accounts", &body).status, 422, "{evil:?}");
    }
    assert!(test.letters().iter().all(|letter| !letter.to.address.contains("evil")));
}
