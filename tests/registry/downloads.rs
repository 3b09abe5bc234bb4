//! Files that come in by the door and go out by it: hostile names, lying pictures, paths that lead away, too many parts.

use super::applications::{png, scene};
use super::support::{Answer, with};
use actix_web::http::Method;
use yuanchi::domain::actor::Role;

/// A text as it stands in a query.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A picture that says it has so many pixels.
fn of_size(width: u32, height: u32) -> Vec<u8> {
    let mut picture = png();
    picture[16..20].copy_from_slice(&width.to_be_bytes());
    picture[20..24].copy_from_slice(&height.to_be_bytes());
    picture
}

fn code(answer: Answer) -> String {
    answer.expect(422).json()["fields"][0]["code"].as_str().unwrap_or_default().to_string()
}

#[test]
fn c_27_c_30_c_31_hostile_files_stay_out_and_hostile_names_do_no_harm() {
    let scene = scene();
    let mut api = scene.admin.api();
    let id = scene.begin(&mut api);
    let octets = [("content-type", "application/octet-stream")];
    let path = |name: &str| format!("/api/v1/applications/{id}/documents?kind=more&name={}", encoded(name));
    for (name, expected) in [
        ("a\r\nset-cookie: x=1.png", "upload_suspicious"),
        ("a\u{202e}gnp.exe.png", "upload_suspicious"),
        ("a.php.png", "upload_suspicious"),
        (".png", "upload_suspicious"),
        ("a.png.", "upload_type_not_allowed"),
        ("a.svg", "upload_type_not_allowed"),
        ("a.PNG.html", "upload_type_not_allowed"),
        ("a.pdf", "upload_type_not_allowed"),
    ] {
        assert_eq!(code(api.send("POST", &path(name), &octets, png())), expected, "{name:?}");
    }
    for (about, content, expected) in [
        ("HTML", b"<html><script>alert(1)</script>".to_vec(), "upload_content_mismatch"),
        ("SVG", b"<?xml version=\"1.0\"?><svg onload=\"alert(1)\"/>".to_vec(), "upload_content_mismatch"),
        (
            "a picture with an archive behind it",
            [png(), b"PK\x03\x04junkPK\x05\x06".to_vec()].concat(),
            "upload_suspicious",
        ),
        ("900 million pixels", of_size(30_000, 30_000), "upload_suspicious"),
        ("more pixels than a number holds", of_size(u32::MAX, u32::MAX), "upload_suspicious"),
        ("no pixels", of_size(0, 0), "upload_damaged"),
        ("a picture with a wrong checksum", [&png()[..29], &[0; 4], &png()[33..]].concat(), "upload_damaged"),
        ("half a picture", png()[..30].to_vec(), "upload_damaged"),
    ] {
        assert_eq!(code(api.send("POST", &path("a.png"), &octets, content)), expected, "{about}");
    }
    let mut browser = scene.admin.browser();
    for (name, kept) in [
        ("执照\"; filename=\"x.html😀.png", None),
        ("..\\..\\..\\windows\\a.png", Some("a.png")),
        ("/etc/../%2e%2e/b'`${7*7}{{7*7}}.png", Some("b'`${7*7}{{7*7}}.png")),
        ("<img src=x onerror=alert(1)>.png", None),
        ("=cmd|' '!A1.png", None),
    ] {
        let added = api.send("POST", &path(name), &octets, png()).expect(201).json();
        if let Some(kept) = kept {
            assert_eq!(added["name"], kept);
        }
        let document = added["id"].as_str().expect("an id").to_string();
        for got in [
            browser.get(&format!("/documents/{document}")).expect(200),
            api.get(&format!("/api/v1/documents/{document}")).expect(200),
        ] {
            assert_eq!(got.body, png(), "{name:?}");
            let all: Vec<&str> =
                got.headers.iter().filter(|(n, _)| n == "content-disposition").map(|(_, v)| v.as_str()).collect();
            let [how] = all[..] else { panic!("{name:?}: {all:?}") };
            assert!(how.starts_with("attachment; filename=\"") && how.contains("filename*=UTF-8''"), "{how}");
            assert!(how.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{how}");
            assert_eq!(how.matches('"').count(), 2, "{how}");
            assert_eq!(got.header("content-type"), Some("image/png"));
            assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
            assert!(
                got.header("content-security-policy")
                    .is_some_and(|policy| { policy.contains("sandbox") && policy.contains("default-src 'none'") })
            );
            assert!(got.header("set-cookie").is_none_or(|cookie| !cookie.contains("x=1")), "{name:?}");
        }
        // On the page it is a text and nothing else.
        let page = browser.open(&format!("/applications/{id}/documents"));
        assert!(!page.text().contains("<img src=x"), "{name:?}");
        assert!(!page.text().contains("b'`${49}"), "{name:?}");
        api.call("DELETE", &format!("/api/v1/documents/{document}"), &serde_json::json!({})).expect(200);
    }
}

#[test]
fn c_32_an_upload_of_very_many_parts_is_refused() {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let mut browser = scene.admin.browser();
    for parts in [1_000, 100_000] {
        let mut body = format!("--b\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n", browser.csrf());
        for number in 0..parts {
            body += &format!("--b\r\ncontent-disposition: form-data; name=\"x{number}\"\r\n\r\n\r\n");
        }
        body += "--b--\r\n";
        let headers = [("content-type", "multipart/form-data; boundary=b"), ("sec-fetch-site", "same-origin")];
        browser
            .send("POST", &format!("/applications/{id}/documents"), &headers, body.into_bytes())
            .expect(422)
            .shows("一次上传的内容超过 32 项");
    }
    // It is there for others, and for the next one.
    scene.app.visitor().get("/calls").expect(200);
    browser.open(&format!("/applications/{id}/documents")).expect(200);
}

#[test]
fn c_37_no_path_leads_out_of_the_house() {
    let scene = scene();
    let test = &scene.app;
    let auditor = test.person("auditor@example.org", &[with(Role::Auditor)]);
    let mut pages = [test.visitor(), auditor.browser()];
    let mut api = auditor.api();
    let away = ["..%2f..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cCargo.toml", "%c0%ae%c0%ae%c0%afetc%c0%afpasswd"];
    let filled = |path: &str, value: &str| {
        let parts: Vec<&str> = path.split('/').map(|part| if part.contains('{') { value } else { part }).collect();
        parts.join("/")
    };
    let mut asked = 0;
    let mut check = |answer: Answer| {
        asked += 1;
        let text = answer.text();
        let out = answer.status >= 500 || text.contains("root:x:0") || text.contains("[package]");
        assert!(!out, "{answer}");
    };
    let routes = yuanchi::server::pages();
    for route in routes.iter().filter(|route| route.method == Method::GET && route.path.contains('{')) {
        for value in away {
            for client in &mut pages {
                check(client.get(&filled(route.path, value)));
            }
        }
    }
    for operation in yuanchi::api::operations() {
        if operation.method == Method::GET && operation.path.contains('{') {
            for value in away {
                check(api.get(&format!("/api/v1{}", filled(operation.path, value))));
            }
        }
    }
    // What changes something is led nowhere else either.
    for route in routes.iter().filter(|route| route.method == Method::POST && route.path.contains('{')) {
        for value in away {
            check(pages[1].post(&filled(route.path, value), &[("version", "1"), ("reason", value)]));
        }
    }
    for operation in yuanchi::api::operations() {
        if operation.method != Method::GET && operation.path.contains('{') {
            for value in away {
                let path = format!("/api/v1{}", filled(operation.path, value));
                check(api.call(
                    operation.method.as_str(),
                    &path,
                    &serde_json::json!({ "version": 1, "reason": value }),
                ));
            }
        }
    }
    for value in away.iter().chain(&["../../Cargo.toml", "app.css/../../../Cargo.toml"]) {
        check(test.visitor().get(&format!("/assets/{value}")));
    }
    assert!(asked > 600, "{asked}");
}
