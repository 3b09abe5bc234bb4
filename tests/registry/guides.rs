//! The guides, the rules of the stations, the glossary: true, in three languages, and where people look for them.

use super::routes::everybody;
use super::support::{Answer, Client, TestApp, html};
use std::collections::BTreeSet;
use yuanchi::domain::actor::Role;
use yuanchi::domain::procedure::{PROCEDURE, Station};
use yuanchi::words::Words;

const LANGUAGES: [&str; 3] = ["zh-CN", "zh-TW", "en"];

/// Each guide with the roles that it is for.
const GUIDES: [(&str, &[Role]); 8] = [
    ("/guide/vendor", &[Role::VendorAdmin, Role::VendorMember]),
    ("/guide/city-officer", &[Role::CityOfficer]),
    ("/guide/handler", &[Role::Handler]),
    ("/guide/approver", &[Role::Approver]),
    ("/guide/evaluator", &[Role::Evaluator]),
    ("/guide/expert", &[Role::Expert]),
    ("/guide/auditor", &[Role::Auditor]),
    ("/guide/administrators", &[Role::SystemAdmin, Role::SecurityAdmin]),
];

fn ask(client: &mut Client, path: &str, language: &str) -> Answer {
    client.send("GET", path, &[("accept-language", language)], Vec::new()).expect(200)
}

/// Ids of a page.
fn ids(page: &str) -> BTreeSet<String> {
    let after = page.split(" id=\"").skip(1);
    after.filter_map(|rest| rest.split_once('"')).map(|(id, _)| id.to_string()).collect()
}

#[test]
fn every_guide_says_what_its_role_may_do_in_three_languages_and_leads_to_the_glossary() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    for language in LANGUAGES {
        let say = |key: &str| Words.say(language, key);
        let glossary = ids(&ask(&mut visitor, "/guide/glossary", language).text());
        let index = html::links(&ask(&mut visitor, "/guide", language).text());
        for (path, roles) in GUIDES {
            assert!(index.contains(path), "{path}: {index:?}");
            let page = ask(&mut visitor, path, language);
            for missing in ["[guide-", "[rule-", "[glossary-", "[action-", "[state-", "[station-"] {
                assert!(!page.text().contains(missing), "{path} in {language}: {missing}");
            }
            let words = page.words();
            for row in PROCEDURE.iter().filter(|row| row.roles.iter().any(|role| roles.contains(role))) {
                assert!(words.contains(&say(&format!("action-{}", row.action))), "{path}: {}", row.action);
            }
            // The first use of a word leads to what it means, and no other use does.
            let text = page.text();
            let terms: Vec<&str> = text
                .split("href=\"/guide/glossary#")
                .skip(1)
                .filter_map(|rest| rest.split_once('"').map(|(id, _)| id))
                .collect();
            assert!(terms.iter().all(|term| glossary.contains(*term)), "{path} in {language}: {terms:?}");
            assert_eq!(terms.iter().collect::<BTreeSet<_>>().len(), terms.len(), "{path}: {terms:?}");
            assert!(!terms.is_empty() || path == "/guide/administrators", "{path} in {language} explains no word");
        }
    }
    // What a role does beside single files: it is found in its guide.
    let city = ask(&mut visitor, "/guide/city-officer", "zh-CN").shows("多件一并推荐").shows("常用筛选");
    let links = html::links(&city.text());
    assert!(links.contains("/batches") && links.contains("/filters"), "{links:?}");
    ask(&mut visitor, "/guide/administrators", "zh-CN").shows("yuanchi backup");
    // Nobody is offered an act of another role.
    ask(&mut visitor, "/guide/auditor", "zh-CN").hides("同意认定").hides("退回补正");
    ask(&mut visitor, "/guide/city-officer", "zh-CN").hides("同意认定").hides("结束评审");
}

#[test]
fn the_rules_of_the_stations_are_those_of_the_programmes() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    let page = ask(&mut visitor, "/guide/stations", "zh-CN").shows("公示 7 个自然日").shows("下一环节：专家评审");
    let page = page.shows("最终得分不低于 60 分方可入选").shows("认定有效期 3 年");
    let found = ids(&page.text());
    for programme in test.app.env.programmes.iter().filter(|programme| !programme.sections.is_empty()) {
        for station in &programme.stations {
            assert!(found.contains(&format!("{}-{station}", programme.key)), "{found:?}");
        }
        assert!(found.contains(&format!("{}-decision", programme.key)), "{found:?}");
    }
    let decides = test.app.env.programmes.iter().any(|programme| programme.uses(Station::CityDecides));
    assert!(decides || !page.text().contains("报备认定结果"), "no programme lets a city decide");
}

#[test]
fn the_glossary_is_in_the_order_of_its_readers() {
    let test = TestApp::start();
    let mut visitor = test.visitor();
    let words = |page: &str| -> Vec<String> {
        let terms = page.split("<dt id=\"").skip(1).filter_map(|rest| rest.split_once('>'));
        terms.filter_map(|(_, rest)| rest.split_once('<')).map(|(word, _)| word.to_string()).collect()
    };
    let english = words(&ask(&mut visitor, "/guide/glossary", "en").text());
    let mut sorted = english.clone();
    sorted.sort_by_key(|word| word.to_lowercase());
    assert_eq!(english, sorted);
    let first = |language: &str, client: &mut Client| {
        let all = words(&ask(client, "/guide/glossary", language).text());
        assert_eq!(all.len(), english.len());
        all.into_iter().next().unwrap_or_default()
    };
    assert_eq!(first("zh-CN", &mut visitor), "办理记录");
    assert_eq!(first("zh-TW", &mut visitor), "公布名單");
}

#[test]
fn the_guides_are_found_in_the_foot_and_at_the_desk_of_each_role() {
    let test = TestApp::start();
    assert!(html::links(&test.visitor().open("/").text()).contains("/guide"));
    for (role, person) in everybody(&test) {
        let desk = html::links(&person.browser().open("/desk").text());
        for (path, roles) in GUIDES {
            assert_eq!(desk.contains(path), roles.contains(&role), "{role} and {path}");
        }
    }
    // Whoever holds nothing yet begins as an applicant does.
    let newcomer = test.person("new@example.org", &[]);
    assert!(html::links(&newcomer.browser().open("/desk").text()).contains("/guide/vendor"));
}
