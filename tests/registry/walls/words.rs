//! C-38 and C-39: what people type is text everywhere and nothing else: on no page an element, in no answer a header, in no
//! letter a line of its own.

use super::matrix::{Door, doors};
use super::world::World;
use crate::lists;
use crate::procedure_api::scene::{ARRANGED, Scene};
use crate::support::app::at;
use crate::support::client::File;
use crate::support::{Answer, TestApp, canaries, papers, with};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use yuanchi::actions::object::EVIDENCE_TYPES;
use yuanchi::actions::organisations::LICENCE_TYPES;
use yuanchi::cli::logging::log_to;
use yuanchi::config::{Config, LogFormat};
use yuanchi::domain::actor::Role;
use yuanchi::domain::procedure::State;
use yuanchi::spreadsheet::read_table;
use yuanchi::storage::FileType;

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

/// Writes a text wherever people write.
fn write_everywhere(test: &TestApp, typed: &str) {
    let text = typed.replace('\'', "''");
    for (table, columns) in TYPED {
        let set: Vec<String> = columns.iter().map(|column| format!("{column} = '{text}'")).collect();
        test.tamper(&format!("UPDATE {table} SET {}", set.join(", ")));
    }
    let as_json = |value: serde_json::Value| value.to_string().replace('\'', "''");
    let form = as_json(json!({ "platform_name": typed, "contact_name": typed, "legal_representative": typed }));
    let marks = as_json(json!([{ "kind": "field", "key": "platform_name", "reason": typed }]));
    let shown = as_json(json!([{ "key": "organisation", "label": typed, "value": typed }]));
    test.tamper(&format!(
        "UPDATE applications SET form = '{form}'; UPDATE corrections SET marks = '{marks}'; \
         UPDATE notice_entries SET shown = '{shown}'"
    ));
}

/// Of a file that stands so, and of all that lies beside it: every page is asked as everybody, everybody at once.
#[track_caller]
fn typed_is_text_on_every_page(state: State) {
    let world = World::make();
    world.put(state);
    write_everywhere(world.test(), PAYLOAD);
    let doors = doors();
    let pages: Vec<(&Door, String)> = doors
        .iter()
        .filter(|door| !door.api && door.method == "GET")
        .flat_map(|door| door.addresses(&world).into_iter().map(move |(_, address)| (door, address)))
        .collect();
    let found = world.at_once(&mut world.hands(), |asker, hands| {
        let (mut wrong, mut seen) = (Vec::new(), 0);
        for (_, address) in pages.iter().filter(|(door, _)| door.lets_in(asker)) {
            let answer = hands.page.get(address);
            let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
            let text = answer.text();
            if answer.status >= 500 || is_page && text.contains("<i id=xss") {
                wrong.push(format!("{}: {answer}", asker.name));
            }
            seen += usize::from(is_page && text.contains("id=xss"));
        }
        (wrong, seen)
    });
    let (wrong, seen): (Vec<Vec<String>>, Vec<usize>) = found.into_iter().unzip();
    let wrong = wrong.concat();
    let first: Vec<&str> = wrong.iter().take(20).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), first.join("\n"));
    let seen: usize = seen.into_iter().sum();
    assert!(seen > 50, "it was shown as text on {seen} pages only");
}

// One test a state, side by side: each asks everything, so that nothing falls between two of them.

#[test]
fn c_38_what_people_type_is_an_element_of_no_page_while_a_file_is_submitted() {
    typed_is_text_on_every_page(State::Submitted);
}

#[test]
fn c_38_what_people_type_is_an_element_of_no_page_while_a_file_is_corrected() {
    typed_is_text_on_every_page(State::CityCorrection);
}

#[test]
fn c_38_what_people_type_is_an_element_of_no_page_while_a_file_is_in_notice() {
    typed_is_text_on_every_page(State::InNotice);
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

/// What means something to a typesetter, to one kind of template or another, and to a shell.
const TEMPLATES: &str = "#read(\"/etc/passwd\") #import \"x\" {{7*7}} {%if 1%}y{%endif%} <%=7*7%> ${7*7} #{7*7} $(id) `id` {0} %s { $name }";

/// Without white space, which a page folds and a letter breaks, and without marks of direction.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !('\u{2066}'..='\u{2069}').contains(c)).collect()
}

/// On pages, in the API, in letters and in workbooks.
#[test]
fn c_34_what_is_typed_comes_out_as_it_was_typed() {
    let wanted = bare(TEMPLATES);
    // A question and its answer: to the officers by mail, to the asker, and then to everybody.
    let scene = Scene::new();
    scene.test.set_clock(at(ARRANGED[0].now));
    let (asker, call) = (&scene.people[0].1, scene.call);
    let body = json!({ "question": TEMPLATES });
    let asked = asker.api().call("POST", &format!("/api/v1/calls/{call}/questions"), &body).expect(201).json();
    assert_eq!(asked["question"], TEMPLATES);
    scene.test.run_jobs();
    let letters = scene.test.letters_to("a-handler@scene.example.org");
    assert!(letters.iter().any(|letter| bare(&letter.text).contains(&wanted)), "{letters:?}");
    let handler = scene.people.iter().find(|(name, ..)| *name == "a-handler").expect("a handler").1.clone();
    let question = asked["id"].as_str().expect("an id").to_string();
    let to = format!("/api/v1/calls/{call}/questions/{question}/answer");
    let answered = handler.api().call("POST", &to, &json!({ "answer": TEMPLATES })).expect(200).json();
    assert_eq!(answered["answer"], TEMPLATES);
    let page = scene.test.visitor().open(&format!("/calls/{call}"));
    assert!(bare(&page.words()).matches(&wanted).count() >= 2, "question and answer: {page}");

    // A name, in a list that is published.
    let mut scene = lists::scene();
    let (_, member) = scene.noticed(State::InNotice, "佛山市");
    let (typed, json) = (TEMPLATES, serde_json::Value::from(TEMPLATES).to_string());
    let shown = format!(r#"[{{"key": "organisation", "label": "服务商名称", "value": {json}}}]"#);
    scene
        .test
        .tamper(&format!("UPDATE organisations SET name = '{typed}'; UPDATE notice_entries SET shown = '{shown}'"));
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    scene.test.run_jobs();
    let letters = scene.test.letters_to(&member.email);
    assert!(letters.iter().any(|letter| bare(&letter.text).contains(&wanted)), "{letters:?}");
    let mut visitor = scene.test.visitor();
    let page = visitor.open(&format!("/lists/{list}"));
    assert!(bare(&page.words()).contains(&wanted), "{page}");
    let entries = visitor.json(&format!("/api/v1/lists/{list}/entries"));
    let text = |value: &serde_json::Value| value.as_str().is_some_and(|text| bare(text) == wanted);
    assert!(any(&entries, &text), "{entries}");
    for file in ["list.xlsx", "list.csv"] {
        let content = visitor.get(&format!("/lists/{list}/{file}")).expect(200).body;
        let table = read_table(&content, file).unwrap_or_else(|problem| panic!("{file}: {problem:?}"));
        let mut cells = table.rows.iter().flat_map(|row| &row.cells);
        assert!(cells.any(|cell| bare(cell) == wanted), "{file}: {table:?}");
    }
}

/// Whether a value or anything in it is so.
fn any(value: &serde_json::Value, is_so: &dyn Fn(&serde_json::Value) -> bool) -> bool {
    match value {
        serde_json::Value::Object(fields) => fields.values().any(|value| any(value, is_so)),
        serde_json::Value::Array(items) => items.iter().any(|value| any(value, is_so)),
        other => is_so(other),
    }
}

/// An address that is typed, uploaded or sent in a header is a text: whoever listens there hears nothing.
#[test]
fn c_36_whoever_listens_at_an_address_that_was_typed_hears_nothing() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.set_nonblocking(true).expect("it does not wait");
    let host = listener.local_addr().expect("an address").to_string();
    let url = format!("http://{host}/seen.png");
    let world = World::make();
    world.put(State::Draft);
    write_everywhere(world.test(), &url);
    let mut hands = world.hands();
    let doors: Vec<_> = doors().into_iter().filter(|door| door.method == "GET").collect();
    for (asker, hands) in world.askers.iter().zip(&mut hands) {
        if !["own-admin", "a-handler", "expert", "nobody"].contains(&asker.name) {
            continue;
        }
        for door in doors.iter().filter(|door| door.lets_in(asker)) {
            for (_, address) in door.addresses(&world) {
                let answer = door.ask(hands, &address);
                assert!(answer.status < 500, "{}: {answer}", asker.name);
            }
        }
    }
    // The first asker administers the organisation whose file it is.
    let (application, call) = (world.scene.id, world.scene.call);
    let own = &mut hands[0];
    let workbook = format!("姓名,单位\n\"=HYPERLINK(\"\"{url}\"\")\",{url}\n");
    // One object more, which asks whoever follows it to go there.
    let pdf = papers::pdf_with("a", &format!("\n9 0 obj<</Type/Action/S/URI/URI({url})>>endobj\n%"));
    let picture = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"{url}\"/></svg>");
    for (name, content) in [("a.pdf", pdf.as_slice()), ("a.svg", picture.as_bytes()), ("a.xlsx", workbook.as_bytes())] {
        let path = format!("/api/v1/applications/{application}/documents?kind=licence&name={name}");
        let answer = own.api.send("POST", &path, &[("content-type", "application/octet-stream")], content.to_vec());
        assert!(answer.status < 500, "{answer}");
    }
    for (method, path, body) in [
        ("POST", format!("/api/v1/calls/{call}/questions"), json!({ "question": url })),
        (
            "PATCH",
            format!("/api/v1/applications/{application}/form"),
            json!({ "version": 7, "form": { "website": url } }),
        ),
        ("POST", "/api/v1/password-resets".into(), json!({ "email": format!("a@{host}") })),
        ("POST", "/api/v1/registrations".into(), json!({ "name": url, "email": "listener@example.org" })),
    ] {
        let answer = own.api.call(method, &path, &body);
        assert!(answer.status < 500, "{answer}");
    }
    let handler = world.askers.iter().position(|asker| asker.name == "a-handler").expect("a handler");
    let import = File { field: "file", name: "a.csv", bytes: workbook.as_bytes() };
    let answer = hands[handler].page.upload("/experts/import", &[], &import);
    assert!(answer.status < 500, "{answer}");
    let mut visitor = world.test().visitor();
    for header in ["referer", "origin", "x-forwarded-host", "forwarded", "x-original-url", "ping-to", "from"] {
        assert!(visitor.send("GET", "/calls", &[(header, url.as_str())], Vec::new()).status < 500, "{header}");
    }
    for query in ["/session/new?to", "/providers?q", "/verify?number", "/session/identity/answer?iss"] {
        assert!(visitor.get(&format!("{query}={url}")).status < 500, "{query}");
    }
    yuanchi::jobs::deliver_mail(&world.test().app).expect("letters leave");
    yuanchi::jobs::clear_away(&world.test().app).expect("cleared");
    let heard = listener.accept().map(|(_, from)| from);
    assert!(heard.as_ref().is_err_and(|error| error.kind() == ErrorKind::WouldBlock), "somebody came: {heard:?}");
    // Whoever had come would have been heard.
    drop(TcpStream::connect(&host).expect("a connection"));
    listener.set_nonblocking(false).expect("it waits");
    listener.accept().expect("a visitor");
}

/// Every kind of file, whatever it is called, of each place in which files are kept.
#[test]
fn c_30_every_kind_of_file_goes_out_as_a_file_and_as_its_own_kind() {
    let world = World::make();
    world.put(State::Submitted);
    let mut hands = world.hands();
    let wanted = ["/documents/{id}", "/evidence/{evidence}", "/organisations/{id}/licence", "/licence/content"];
    let doors: Vec<_> = doors()
        .into_iter()
        .filter(|door| door.method == "GET" && wanted.iter().any(|end| door.path.ends_with(end)))
        .collect();
    let mut downloaded = BTreeMap::new();
    for file_type in FileType::ALL {
        for name in
            ["a.html", "a.png\r\nx-evil: 1", "\";\u{202e}gnp.exe", "a.svg\0.png", "<script>.php", "..\\..\\a.js"]
        {
            // PostgreSQL keeps no NUL.
            let name = if world.test().on_postgres() { name.replace('\0', "") } else { name.to_string() };
            let quoted = name.replace('\'', "''").replace('\0', "' || char(0) || '");
            let code = file_type.code();
            world.test().tamper(&format!(
                "UPDATE attachments SET name = '{quoted}', file_type = '{code}'; \
                 UPDATE objection_evidence SET name = '{quoted}', file_type = '{code}'; \
                 UPDATE code_overrides SET licence_name = '{quoted}', licence_type = '{code}'"
            ));
            for door in &doors {
                // Images of licences and evidence are of fewer kinds, and the description of the API says so.
                let taken = match door.path.as_str() {
                    path if path.contains("/licence") => LICENCE_TYPES,
                    path if path.contains("/evidence") => EVIDENCE_TYPES,
                    _ => &FileType::ALL,
                };
                if !taken.contains(&file_type) {
                    continue;
                }
                for (asker, hands) in world.askers.iter().zip(&mut hands) {
                    if !["own-admin", "a-handler"].contains(&asker.name) || !door.lets_in(asker) {
                        continue;
                    }
                    let answer = door.ask(hands, &door.addresses(&world)[0].1);
                    adds_no_header(&answer);
                    let Some(how) = answer.header("content-disposition").filter(|_| answer.status == 200) else {
                        continue;
                    };
                    assert!(how.starts_with("attachment; filename=\""), "{how}");
                    assert!(how.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{how}");
                    assert_eq!(answer.header("content-type"), Some(file_type.media_type()), "{answer}");
                    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer}");
                    let policy = answer.header("content-security-policy").unwrap_or_default();
                    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
                    *downloaded.entry(door.name()).or_insert(0) += 1;
                }
            }
        }
    }
    // Of documents, evidence and licence images, on a page and in the API.
    assert!(downloaded.len() >= 6, "{downloaded:?}");
    assert!(downloaded.values().all(|count| *count >= 18), "{downloaded:?}");
}

/// Whatever is in a name, what is logged of an event is one line, and as JSON it reads back.
#[test]
fn c_39_an_event_is_one_line_of_the_log() {
    const HOSTILE: [&str; 5] =
        ["a\r\n{\"level\":\"INFO\",\"x\":1}", "b\0c", "d\u{202e}e\u{2066}", "f\u{2028}g\u{85}h", "\u{1b}[2Ji\"}"];
    let out: Arc<Mutex<Vec<u8>>> = Arc::default();
    let written = out.clone();
    // By the set-up of the program itself, as it is delivered but for the form of a line.
    let mut logs = Config::load(None).expect("the default settings").logs;
    logs.format = LogFormat::Json;
    let log = log_to(&logs, move || Kept(written.clone())).expect("a log");
    tracing::dispatcher::with_default(&log, || {
        for name in HOSTILE {
            tracing::error!(error = %name, job = name, "job failed");
        }
    });
    let text = String::from_utf8(out.lock().expect("no panic").clone()).expect("text");
    let lines: Vec<serde_json::Value> =
        text.split_terminator('\n').map(|line| serde_json::from_str(line).expect("one event")).collect();
    assert_eq!(lines.len(), HOSTILE.len(), "{text}");
    for (line, name) in lines.iter().zip(HOSTILE) {
        assert_eq!((&line["fields"]["error"], &line["fields"]["job"]), (&json!(name), &json!(name)), "{line}");
    }
    // What a stranger sends begins no line of it either.
    let heard = canaries::overhear();
    let test = TestApp::start();
    let mut visitor = test.visitor();
    for path in
        ["/calls/%0d%0aMADE-UP-LINE", "/nowhere/%0AMADE-UP-LINE?x=%0d%0aMADE-UP-LINE", "/api/v1/%0aMADE-UP-LINE"]
    {
        visitor.get(path);
    }
    visitor.call("POST", "/api/v1/tokens", &json!({ "email": "x\r\nMADE-UP-LINE", "password": "\nMADE-UP-LINE" }));
    let heard = heard.lock().expect("no panic").clone();
    assert!(heard.contains("request answered"), "nothing was logged");
    assert!(!heard.lines().any(|line| line.trim_start().starts_with("MADE-UP-LINE")), "{heard}");
}

/// A log that is kept.
struct Kept(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Kept {
    fn write(&mut self, part: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
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
            let turned = ['\r', '\n', '\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}'];
            assert!(!letter.subject.contains(turned), "{:?}", letter.subject);
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
