//! Three languages: which one a reader is answered in, the switch, and what each language of a page is kept as.

mod sentences;

use super::lists::{NOTICE, Scene, scene};
use super::support::{Answer, Client, TestApp, html, with};
use serde_json::json;
use std::path::Path;
use yuanchi::actions::review::plan;
use yuanchi::domain::actor::Role;
use yuanchi::domain::calendar::{local_date, local_date_text};
use yuanchi::domain::ids::PublishedListId;
use yuanchi::domain::language::Language;
use yuanchi::domain::procedure::State;
use yuanchi::domain::programme::Programme;
use yuanchi::words::Words;

/// What is not there, for an answer that says why not.
const NOTHING: &str = "00000000-0000-7000-8000-000000000000";

fn ask(client: &mut Client, path: &str, accepted: &str) -> Answer {
    client.send("GET", path, &[("accept-language", accepted)], Vec::new())
}

/// Goes on only with a page that is in this language and says so.
#[track_caller]
fn is_in(answer: &Answer, tag: &str) {
    assert_eq!(answer.header("content-language"), Some(tag), "{answer}");
    assert!(answer.text().contains(&format!("<html lang=\"{tag}\">")), "{answer}");
    let current = format!("value=\"{tag}\" lang=\"{tag}\" aria-current=\"true\"");
    assert!(answer.text().contains(&current), "the switch says so: {answer}");
}

/// Where the switch of a page leads back to.
#[track_caller]
fn back(answer: &Answer) -> String {
    let forms = html::forms(&answer.text());
    let switch =
        forms.iter().find(|form| form.action == "/language").unwrap_or_else(|| panic!("no switch on {answer}"));
    let field = switch.fields.iter().find(|(name, _)| name == "back");
    field.map(|(_, value)| value.clone()).unwrap_or_else(|| panic!("it leads nowhere: {answer}"))
}

fn published() -> (Scene, PublishedListId) {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, id).expect("it is published");
    (scene, id)
}

/// Whether the words of a language are written: then they are others than those in simplified Chinese.
fn is_written(language: Language) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/locales").join(language.as_text()).is_dir()
}

#[test]
fn a_visitor_is_answered_by_address_then_by_cookie_then_by_header() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    for (accepted, tag) in [
        ("", "zh-CN"),
        ("fr-FR,fr;q=0.9,*;q=0.5", "zh-CN"),
        ("en-GB,en;q=0.9,zh-CN;q=0.8", "en"),
        ("fr, en;q=0.4, zh-HK;q=0.6", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-SG, en;q=0.9", "zh-CN"),
        ("en;q=0, zh-MO;q=0.1", "zh-TW"),
    ] {
        // One that is kept, one that is searched, one that is made each time.
        for path in ["/", "/providers", "/session/new"] {
            is_in(&ask(&mut visitor, path, accepted).expect(200), tag);
        }
    }
    for (path, tag) in [("/?lang=en", "en"), ("/providers?q=a&lang=zh-TW", "zh-TW"), ("/?lang=fr", "zh-CN")] {
        is_in(&ask(&mut visitor, path, "zh").expect(200), tag);
    }
    visitor.set_cookie("__Host-lang", "zh-TW");
    for (path, tag) in [("/", "zh-TW"), ("/providers", "zh-TW"), ("/lists?lang=en", "en"), ("/session/new", "zh-TW")] {
        is_in(&ask(&mut visitor, path, "en").expect(200), tag);
    }
    visitor.set_cookie("__Host-lang", "klingon");
    is_in(&ask(&mut visitor, "/", "en").expect(200), "en");
    // What says why not says it in the same language, with the way to another.
    let missing = ask(&mut test.visitor(), "/nowhere?a=b&lang=en", "zh-TW").expect(404);
    is_in(&missing, "en");
    assert_eq!(back(&missing), "/nowhere?a=b");
    is_in(&ask(&mut test.visitor(), &format!("/lists/{NOTHING}"), "zh-TW").expect(404), "zh-TW");
}

#[test]
fn the_switch_keeps_the_page_with_its_filters_and_leads_to_no_other_site() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    let page = visitor.open("/providers?q=%E6%99%BA%E9%80%A0&year=2026&x=%3C");
    is_in(&page, "zh-CN");
    let filtered = "/providers?q=%E6%99%BA%E9%80%A0&year=2026";
    assert_eq!(back(&page), filtered, "what the page does not listen to is not carried on");
    let answer = visitor.submit("/language", &[("language", "en")]).expect(303);
    assert_eq!(answer.location(), filtered);
    let kept = answer.header("set-cookie").expect("a cookie").to_string();
    for part in ["__Host-lang=en", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"] {
        assert!(kept.contains(part) && !kept.contains("Domain"), "{part}: {kept}");
    }
    let page = visitor.follow(answer);
    is_in(&page, "en");
    assert!(page.text().contains("value=\"智造\""), "{page}");
    is_in(&ask(&mut visitor, "/", "zh-TW").expect(200), "en");
    // From an address that names a language back to the one that names none.
    assert_eq!(back(&visitor.open("/lists?year=2026&lang=zh-TW")), "/lists?year=2026");
    let answer = visitor.submit("/language", &[("language", "zh-TW")]).expect(303);
    is_in(&visitor.follow(answer), "zh-TW");

    for elsewhere in
        ["//example.org/", "https://example.org/", "/\\example.org", "javascript:alert(1)", "", "/language"]
    {
        let answer = visitor.post("/language", &[("language", "zh-TW"), ("back", elsewhere)]).expect(303);
        assert_eq!(answer.location(), "/", "{elsewhere}");
    }
    visitor.post("/language", &[("language", "fr"), ("back", "/")]).expect(400);
    visitor.post_exactly("/language", &[("language", "en"), ("back", "/")]).expect(403);
}

/// What a form was answered with can be sent to again, and not be opened: the switch leads to the page of the form.
#[test]
fn the_switch_leads_from_the_answer_to_a_form_to_the_page_of_the_form() {
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str);
    let test = TestApp::start();
    let cases: [Case<'_>; 6] = [
        ("/registration/new", "/registration", &[("name", ""), ("email", "x")], "/registration/new"),
        ("/registration/new", "/registration", &[("name", "林工"), ("email", "lin@example.org")], "/registration/new"),
        ("/session/new", "/session", &[("email", "lin@example.org"), ("password", "wrong")], "/session/new"),
        ("/password/new", "/password", &[("email", "lin@example.org")], "/password/new"),
        ("/providers", "/providers/subscriptions", &[("email", "x")], "/providers"),
        ("/providers?q=wemake", "/providers/subscriptions", &[("email", "x")], "/providers?q=wemake"),
    ];
    for (page, action, fields, leads) in cases {
        let mut visitor = test.visitor();
        visitor.open(page);
        let answer = visitor.submit(action, fields);
        assert_ne!(answer.status, 303, "{answer}");
        assert_eq!(back(&answer), leads);
        let chosen = visitor.submit("/language", &[("language", "en")]).expect(303);
        assert_eq!(chosen.location(), leads);
        is_in(&visitor.follow(chosen), "en");
    }
    // Whoever still has a page of before is led there too.
    let sent = [("language", "en"), ("back", "/providers/subscriptions")];
    let mut visitor = test.visitor();
    visitor.open("/providers");
    assert_eq!(visitor.post("/language", &sent).expect(303).location(), "/providers");
}

#[test]
fn each_language_of_a_page_is_kept_with_a_tag_of_its_own_and_a_file_once() {
    let (scene, list) = published();
    let base = scene.test.app.env.base_url.clone();
    let mut visitor = scene.test.visitor();
    let tag_of = |answer: &Answer| answer.header("etag").expect("a tag").to_string();
    for path in ["/".to_string(), "/lists".into(), format!("/lists/{list}"), format!("/notices/{NOTICE}")] {
        let mut tags = Vec::<String>::new();
        for language in ["zh-CN", "zh-TW", "en"] {
            let page = ask(&mut visitor, &path, language).expect(200);
            is_in(&page, language);
            assert_eq!(page.header("vary"), Some("accept-encoding, accept-language, cookie, authorization"), "{path}");
            let renderings = scene.test.app.published.renderings();
            let tag = tag_of(&page);
            let headers = [("accept-language", language), ("if-none-match", tag.as_str())];
            visitor.send("GET", &path, &headers, Vec::new()).expect(304);
            let mut chosen = scene.test.visitor();
            chosen.set_cookie("__Host-lang", language);
            assert_eq!(ask(&mut chosen, &path, "fr").expect(200).header("etag"), Some(tag.as_str()), "{path}");
            assert_eq!(scene.test.app.published.renderings(), renderings, "{path}: once a language is enough");
            for other in &tags {
                let headers = [("accept-language", language), ("if-none-match", other.as_str())];
                visitor.send("GET", &path, &headers, Vec::new()).expect(200);
            }
            tags.push(tag);
        }
        let page = ask(&mut visitor, &format!("{path}?lang=en"), "zh").expect(200).text();
        for link in [
            format!("<link rel=\"canonical\" href=\"{base}{path}?lang=en\">"),
            format!("<link rel=\"alternate\" hreflang=\"zh-CN\" href=\"{base}{path}\">"),
            format!("<link rel=\"alternate\" hreflang=\"zh-TW\" href=\"{base}{path}?lang=zh-TW\">"),
            format!("<link rel=\"alternate\" hreflang=\"x-default\" href=\"{base}{path}\">"),
        ] {
            assert!(page.contains(&link), "{path}: {link}");
        }
    }
    // What was signed, and every other file, is one and the same for everybody.
    for path in [format!("/lists/{list}/list.json"), format!("/lists/{list}/list.csv"), "/lists/feed.atom".into()] {
        let first = ask(&mut visitor, &path, "zh-CN").expect(200);
        let renderings = scene.test.app.published.renderings();
        for language in ["zh-TW", "en"] {
            let same = ask(&mut visitor, &path, language).expect(200);
            assert_eq!((tag_of(&same), &same.body), (tag_of(&first), &first.body), "{path}");
            assert_eq!(same.header("content-language"), None, "{path}");
        }
        assert_eq!(scene.test.app.published.renderings(), renderings, "{path}");
    }
}

#[test]
fn what_a_list_says_itself_its_page_does_not_say_again() {
    let (scene, list) = published();
    for (language, said, besides) in [
        ("zh-CN", "不分先后", "入池不作为市场准入条件"),
        ("zh-TW", "不分先后", "入池不作為市場准入條件"),
        ("en", "Lists are not ranked", "not a condition of access"),
    ] {
        let page = ask(&mut scene.test.visitor(), &format!("/lists/{list}"), language).expect(200);
        page.clone().shows(besides).hides("不分先後");
        assert_eq!(page.text().matches(said).count(), 1, "{page}");
    }
}

#[test]
fn dates_and_names_of_places_are_those_of_the_reader_and_what_was_published_stays() {
    let (scene, list) = published();
    let mut visitor = scene.test.visitor();
    let day = local_date(scene.test.now());
    let path = format!("/lists/{list}");
    let english = ask(&mut visitor, &path, "en").expect(200).shows(&day.format("%-d %b %Y").to_string());
    english.shows("佛山市");
    for language in ["zh-CN", "zh-TW"] {
        ask(&mut visitor, &path, language).expect(200).shows(&local_date_text(day)).shows("佛山市");
    }
    ask(&mut visitor, "/providers", "en").expect(200).shows("Foshan").hides("佛山市");
    ask(&mut visitor, "/providers", "zh-CN").expect(200).shows("佛山市").hides("Foshan");
    ask(&mut visitor, "/statistics", "en").expect(200).shows("Zhaoqing").shows("Manufacture of furniture");
    ask(&mut visitor, "/statistics", "zh-TW").expect(200).shows("肇慶市").shows("家具製造業");
    let facets = |language: &str| ask(&mut scene.test.visitor(), "/api/v1/providers", language).expect(200).text();
    assert!(facets("en").contains("Foshan") && facets("zh-CN").contains("佛山市"));
}

#[test]
fn an_account_has_its_language_on_pages_in_answers_and_in_mails() {
    let test = TestApp::start();
    let person = test.person("linlaoshi@example.org", &[with(Role::Handler)]);
    let (mut browser, mut api) = (person.browser(), person.api());
    is_in(&ask(&mut browser, "/desk", "en").expect(200), "zh-CN");
    let told = api.call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200).json();
    assert_eq!(told["language"], json!("en"));
    api.call("PUT", "/api/v1/me/language", &json!({ "language": "fr" })).expect(400);
    for path in ["/desk", "/account", "/lists", "/lists?lang=zh-TW"] {
        is_in(&ask(&mut browser, path, "zh-TW").expect(200), "en");
    }
    // A table is headed in simplified Chinese or by codes, whoever brings it in: the page says how.
    let table = browser.open("/experts/import").shows("Maximum load");
    table.shows("<span lang=\"zh-CN\">评审上限</span> <code>load_limit</code>");
    let missing = format!("/api/v1/calls/{NOTHING}");
    let refused = ask(&mut api, &missing, "zh-TW").expect(404);
    assert_eq!((refused.header("content-language"), refused.code().as_str()), (Some("en"), "not_found"));
    let mut titles = Vec::new();
    for language in Language::ALL {
        // A program says its language in the header; a cookie is never read there.
        let mut program = test.visitor();
        program.set_cookie("__Host-lang", "zh-CN");
        let refused = ask(&mut program, &missing, language.as_text()).expect(404);
        assert_eq!(refused.header("content-language"), Some(language.as_text()));
        titles.push((language, refused.json()["title"].clone()));
    }
    for (language, title) in titles.iter().filter(|(language, _)| is_written(**language)).skip(1) {
        assert_ne!(*title, titles[0].1, "{language}");
    }

    // The same by the switch, which goes into the account and stays in the browser after signing out.
    browser.open("/account");
    let answer = browser.submit("/language", &[("language", "zh-TW")]).expect(303);
    assert_eq!(answer.location(), "/account");
    is_in(&browser.follow(answer), "zh-TW");
    assert_eq!(api.json("/api/v1/me")["language"], json!("zh-TW"));
    assert_eq!(browser.cookie("__Host-lang"), Some("zh-TW"));
    let events = test.read(|tx| Ok(yuanchi::db::events::of_subject(tx.db, "account", person.id.as_text())?));
    let chosen = events.iter().filter(|event| event.action == "account.language_chosen").count();
    assert_eq!(chosen, 2);

    // Whoever registers reads in the language of the page on which they did.
    let mut visitor = test.visitor();
    visitor.set_cookie("__Host-lang", "en");
    visitor.open("/registration/new");
    let address = "anna@example.org";
    visitor.submit("/registration", &[("name", "Anna Smith"), ("email", address)]).expect(202);
    let account =
        test.read(|tx| Ok(yuanchi::db::accounts::find_by_email(tx.db, "anna@example.org")?)).expect("an account");
    assert_eq!(account.language, "en");
    test.run_jobs();
    let letters = test.letters_to(address);
    let named = [("name", "Anna Smith"), ("minutes", "30"), ("link", "")];
    let subject = Words.say_with("en", "mail-account_registration-subject", named);
    assert_eq!(letters.iter().map(|letter| letter.subject.as_str()).collect::<Vec<_>>(), [subject.as_str()]);
    if is_written(Language::En) {
        assert_ne!(subject, Words.say_with("zh-CN", "mail-account_registration-subject", named));
    }
}

#[test]
fn a_subscriber_is_written_to_in_the_language_of_the_search() {
    let (scene, _) = published();
    let mut visitor = scene.test.visitor();
    visitor.set_cookie("__Host-lang", "en");
    visitor.open("/providers");
    visitor.submit("/providers/subscriptions", &[("email", "reader@example.org")]).expect(202);
    scene.test.run_jobs();
    let letters = scene.test.letters_to("reader@example.org");
    let subject = Words.say_with("en", "mail-subscription-confirm-subject", [("hours", "24")]);
    assert_eq!(letters.iter().map(|letter| letter.subject.as_str()).collect::<Vec<_>>(), [subject.as_str()]);
    let [letter] = letters.as_slice() else { panic!("one letter") };
    let base = scene.test.app.env.base_url.as_str();
    let mut of_ours = letter.text.split_whitespace().filter_map(|word| word.strip_prefix(base));
    let link = of_ours.find(|path| path.starts_with("/subscriptions/")).expect("a link").to_string();
    visitor.open(&link);
    visitor.submit(&link, &[]).expect(200);
    let kept = scene.test.read(|tx| Ok(yuanchi::db::subscriptions::behind(tx.db, i32::MAX, tx.now, 9)?));
    assert_eq!(kept.iter().map(|one| one.language.as_str()).collect::<Vec<_>>(), ["en"]);
}

/// What is official stays in simplified Chinese: an officer who reads in another language is offered it so.
#[test]
fn a_list_and_a_notice_begin_in_the_language_of_official_texts_whoever_proposes_them() {
    let mut scene = scene();
    scene.noticed(State::InNotice, "佛山市");
    scene.noticed(State::Proposed, "佛山市");
    let programme = scene.test.app.env.programme("service_provider").expect("the programme").names.clone();
    let said = |key: &str| {
        let named = [("year", "2026"), ("programme", programme.in_language("zh-CN"))];
        Words.say_with("zh-CN", key, named)
    };
    let list = format!("value=\"{}\"", said("lists-offered-title-main"));
    // The call has a notice already: another one must not be taken for it.
    let again = [("title", said("notice-default-title")), ("number", "2".to_string())];
    let notice = format!("value=\"{}\"", Words.say_with("zh-CN", "notice-default-title-again", again));
    let mut browser = scene.handler.browser();
    for language in Language::ALL {
        let chosen = json!({ "language": language.as_text() });
        scene.handler.api().call("PUT", "/api/v1/me/language", &chosen).expect(200);
        let page = browser.open(&format!("/calls/{}/lists/new", scene.call));
        is_in(&page, language.as_text());
        page.shows(&list).shows("名单排名不分先后");
        let page = browser.open(&format!("/calls/{}/notices/new", scene.call));
        is_in(&page, language.as_text());
        page.shows(&notice).shows("现将拟认定名单予以公示");
    }
    // Before it is opened for good, the form says when it ends; and it stands where notices are found.
    let chosen = json!({ "language": "zh-CN" });
    scene.handler.api().call("PUT", "/api/v1/me/language", &chosen).expect(200);
    let page = browser.open(&format!("/calls/{}/notices/new", scene.call)).shows("公示期自今天（2026年");
    let text = page.text();
    assert!(text.contains("href=\"/notices\" aria-current=\"page\""), "{page}");
    assert!(!text.contains("href=\"/calls\" aria-current"), "{page}");
}

/// Elements of a page that hold this text and nothing before it, and that show it: their opening tags.
fn holders<'a>(page: &'a str, text: &str) -> Vec<&'a str> {
    let before = page.match_indices(text).map(|(at, _)| &page[..at]).filter(|before| before.ends_with('>'));
    let tags = before.filter_map(|before| Some(&before[before.rfind('<')?..]));
    tags.filter(|tag| !["<title", "<option"].iter().any(|other| tag.starts_with(other))).collect()
}

/// WCAG 2.2, 3.1.2: a screen reader has to know that an official title is Chinese on a page that is not.
#[test]
fn official_text_says_that_it_is_chinese_on_every_page() {
    let (scene, list) = published();
    let call = scene.call;
    let title = scene.test.read(|tx| Ok(yuanchi::db::calls::find(tx.db, call)?.title));
    scene.handler.api().call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    let mut browser = scene.handler.browser();
    let mut seen = 0;
    for path in [
        "/".to_string(),
        "/calls".into(),
        format!("/calls/{call}"),
        "/desk".into(),
        "/applications".into(),
        "/reviews".into(),
        format!("/reviews/{call}"),
        "/decisions".into(),
        format!("/decisions/{call}"),
        format!("/lists/{list}"),
        format!("/notices/{NOTICE}"),
    ] {
        let answer = browser.get(&path);
        if answer.status != 200 {
            continue;
        }
        for tag in holders(&answer.text(), &title) {
            assert!(tag.contains("lang=\"zh-CN\""), "{path}: {tag}{title}");
            seen += 1;
        }
    }
    assert!(seen > 2, "the title is shown: {seen}");
}

#[test]
fn the_dates_of_a_member_are_those_of_the_officer() {
    let (scene, _) = published();
    let mut api = scene.handler.api();
    api.call("PUT", "/api/v1/me/language", &json!({ "language": "en" })).expect(200);
    let member = api.json("/api/v1/memberships")["items"][0].clone();
    let day: chrono::NaiveDate = member["valid_to"].as_str().and_then(|day| day.parse().ok()).expect("a day");
    let page = scene.handler.browser().open(&format!("/memberships/{}", member["id"].as_str().expect("an id")));
    page.shows(&day.format("%-d %b %Y").to_string()).hides(&local_date_text(day));
}

#[test]
fn fields_of_expertise_are_named_in_the_language_of_the_reader() {
    let test = TestApp::start();
    let env = &test.app.env;
    let named = |key: &str, language: &str| plan::field_name(&env.reference, &env.programmes, key, language);
    for cluster in &env.reference.clusters {
        for language in Language::ALL {
            assert_eq!(named(&cluster.id, language.as_text()), cluster.names.in_language(language.as_text()));
        }
    }
    assert_eq!((named("P01", "zh-TW"), named("P02", "en")), ("新一代電子資訊".into(), "Green petrochemicals".into()));
    let options = env.programmes.iter().flat_map(Programme::expertise).map(|(key, _)| key);
    let keys: Vec<String> = options.chain(env.programmes.iter().map(|one| one.category.key.clone())).collect();
    for key in &keys {
        let english = named(key, "en");
        let chinese = english.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(english != *key && !chinese, "{key}: {english}");
    }
    assert_eq!(named("no_such_field", "en"), "no_such_field");
}
