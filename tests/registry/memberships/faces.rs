//! Every act on a member shows wherever the public sees it.

use super::{revocation, warning};
use crate::lists::{Scene, scene};
use crate::support::app::at;
use crate::support::{Answer, Person};
use serde_json::{Value, json};
use yuanchi::db::{memberships, published_lists};
use yuanchi::domain::ids::PublishedListId;
use yuanchi::domain::procedure::State;

/// Everything on which the public sees a member, read as a visitor reads it.
struct Faces<'a> {
    scene: &'a Scene,
    list: PublishedListId,
}

impl Faces<'_> {
    fn get(&self, path: &str) -> Answer {
        self.scene.test.visitor().get(path).expect(200)
    }

    fn json(&self, path: &str) -> Value {
        self.scene.test.visitor().json(path)
    }

    /// Names and standings in the pool of a day, sorted; the page, the API and the files of the day agree.
    fn pool_on(&self, day: &str) -> Vec<(String, String)> {
        let pairs = |rows: &Value| {
            let rows = rows.as_array().into_iter().flatten();
            let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_string();
            let mut pairs: Vec<(String, String)> = rows.map(|row| (text(row, "name"), text(row, "standing"))).collect();
            pairs.sort();
            pairs
        };
        let found = pairs(&self.json(&format!("/api/v1/pool?on={day}"))["items"]);
        assert_eq!(pairs(&self.json(&format!("/pool.json?on={day}"))["rows"]), found, "the file of {day}");
        let page = self.get(&format!("/pool?on={day}"));
        for (name, standing) in &found {
            assert!(page.words().contains(name.as_str()), "{name} is not on the page of {day}");
            assert!(standing != "warned" || page.words().contains("警告整改"), "{day}: {page}");
        }
        found
    }

    /// Names that a search for a standing finds, sorted: over the API, on the page and in the feed alike.
    fn found(&self, standing: &str) -> Vec<String> {
        let found = self.json(&format!("/api/v1/providers?standing={standing}"));
        let items = found["items"].as_array().into_iter().flatten();
        let mut names: Vec<String> = items.filter_map(|item| item["name"].as_str().map(str::to_string)).collect();
        names.sort();
        let page = self.get(&format!("/providers?standing={standing}"));
        let feed = self.get(&format!("/providers/feed.atom?standing={standing}"));
        for name in &names {
            assert!(page.words().contains(name.as_str()), "{name} is not on the page of {standing}");
        }
        assert_eq!(feed.text().matches("<entry>").count(), names.len(), "{standing}: {feed}");
        names
    }

    fn list_page(&self) -> String {
        self.get(&format!("/lists/{}", self.list)).words()
    }
}

#[test]
fn every_act_shows_on_every_public_page() {
    let mut scene = scene();
    let members: Vec<_> = (0..5).map(|_| scene.noticed(State::InNotice, "佛山市")).collect();
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    let scene = &scene;
    let faces = Faces { scene, list };
    let name = |number: usize| format!("佛山智造{number}有限公司");
    let certificates = scene.test.read(|tx| Ok(published_lists::certificates(tx.db, list)?));
    let held: Vec<(String, String, Person)> = members
        .into_iter()
        .map(|(application, vendor)| {
            let (_, number) = certificates.iter().find(|(of, _)| *of == application).expect("a certificate");
            let held = scene.test.read(|tx| Ok(memberships::find_by_certificate(tx.db, number)?));
            (format!("/memberships/{}", held.id), number.clone(), vendor)
        })
        .collect();
    let provider = |number: usize| {
        let found = faces.json(&format!("/api/v1/providers?standing=all&q=%E6%99%BA%E9%80%A0{number}"));
        format!("/providers/{}", found["items"][0]["id"].as_str().expect("an id"))
    };
    let pages: Vec<String> = (1..=5).map(provider).collect();
    // Everything is asked for once on the same morning: what is kept has to be replaced by the acts, not by midnight.
    scene.test.set_clock(at("2026-05-06T01:00:00"));
    let all_five: Vec<(String, String)> = (1..=5).map(|number| (name(number), "active".to_string())).collect();
    assert_eq!((faces.pool_on("2026-05-05"), faces.pool_on("2026-05-06")), (all_five.clone(), all_five.clone()));
    let signed = faces.get(&format!("/lists/{list}/list.json")).body;
    for (page, (_, number, _)) in pages.iter().zip(&held) {
        faces.get(page).shows("有效");
        faces.get(&format!("/certificates/{number}")).shows("今天有效");
    }
    assert!(!faces.list_page().contains("今日状态") && faces.found("pool").len() == 5);

    // One is warned, one leaves, one is revoked, one is revoked and kept out, one has another name.
    let act = |at: usize, person: &Person, rest: &str, mut body: Value| {
        let path = format!("/api/v1{}", held[at].0);
        body["version"] = scene.handler.api().json(&path)["version"].clone();
        let answer = person.api().call("POST", &format!("{path}{rest}"), &body);
        assert!((200..300).contains(&answer.status), "{rest}: {answer}");
    };
    let (handler, approver) = (&scene.handler, &scene.approver);
    act(0, handler, "/warning", warning());
    act(1, &held[1].2, "/withdrawal", json!({ "reason": "业务调整" }));
    act(1, handler, "/withdrawal/acceptance", json!({}));
    act(2, handler, "/revocation", json!({ "reason": "提供虚假材料", "basis": "《管理办法》第十二条" }));
    act(2, approver, "/proposal/approval", json!({}));
    act(3, handler, "/revocation", revocation());
    act(3, approver, "/proposal/approval", json!({}));
    act(4, handler, "/name", json!({ "name": "佛山新名有限公司", "evidence": "准予变更登记通知书" }));

    // Today's pool, and that of the day before, which stays as it was.
    let today = vec![("佛山新名有限公司".to_string(), "active".to_string()), (name(1), "warned".to_string())];
    let sorted = |mut pairs: Vec<(String, String)>| {
        pairs.sort();
        pairs
    };
    assert_eq!(faces.pool_on("2026-05-06"), sorted(today));
    assert_eq!(faces.pool_on("2026-05-05"), all_five);
    let open = faces.json("/open-data/pool.json");
    assert_eq!(open["rows"].as_array().map(Vec::len), Some(2), "{open}");
    // The search by standing, on the page, over the API and as a feed.
    assert_eq!(faces.found("pool"), ["佛山新名有限公司".to_string(), name(1)]);
    assert_eq!(faces.found("warned"), [name(1)]);
    assert_eq!(faces.found("withdrew"), [name(2)]);
    assert_eq!(faces.found("revoked"), [name(3), name(4)]);
    assert_eq!(faces.found("active"), ["佛山新名有限公司"]);
    assert_eq!(faces.found("all").len(), 5);
    // The page of each, its certificate, the certificate's print, and the certificate of the day before.
    for (at, (standing, today, print)) in [
        ("警告整改", "正在整改", None),
        ("已主动退出", "已退出，今天无效", Some("已退出")),
        ("已撤销", "资格已被撤销，今天无效", Some("已撤销")),
        ("已撤销", "在禁止申报期内，今天无效", Some("已撤销")),
        ("有效", "今天有效", None),
    ]
    .into_iter()
    .enumerate()
    {
        faces.get(&pages[at]).shows(standing);
        let number = &held[at].1;
        faces.get(&format!("/certificates/{number}")).shows(today);
        let printed = faces.get(&format!("/certificates/{number}/print"));
        assert_eq!(printed.text().contains("certificate-void"), print.is_some(), "{at}");
        if let Some(void) = print {
            // Written in full colour; what lies pale across the sheet is drawn by the style sheet.
            let html = printed.text();
            assert!(html.contains(&format!("data-word=\"{void}\"><strong>{void}</strong>")), "{html}");
        }
        faces.get(&format!("/certificates/{number}?on=2026-05-05")).shows("2026年5月5日有效");
    }
    // A program that asks for the day before is told both: what each was worth then, and what it is worth today.
    for ((_, number, _), standing) in held.iter().zip(["warned", "withdrew", "revoked", "barred", "active"]) {
        let asked = faces.json(&format!("/api/v1/certificates/{number}?on=2026-05-05"));
        assert_eq!((&asked["on"], &asked["standing"]), (&json!("2026-05-05"), &json!("active")), "{asked}");
        assert_eq!((&asked["today"], &asked["standing_today"]), (&json!("2026-05-06"), &json!(standing)), "{asked}");
        let inside = ["warned", "active"].contains(&standing);
        assert_eq!((&asked["in_pool"], &asked["in_pool_today"]), (&json!(true), &json!(inside)), "{asked}");
        let now = faces.json(&format!("/api/v1/certificates/{number}"));
        assert_eq!((&now["standing"], &now["standing_today"]), (&json!(standing), &json!(standing)), "{now}");
    }
    faces.get(&pages[4]).shows("佛山新名有限公司").shows(&name(5));
    faces.get(&format!("/certificates/{}", held[4].1)).shows("持有单位已更名");
    faces.get(&format!("/certificates/{}/print", held[4].1)).shows("佛山新名有限公司").shows(&name(5));
    // The list: its text as it was signed, what each is worth today beside it.
    assert_eq!(faces.get(&format!("/lists/{list}/list.json")).body, signed);
    let shown = faces.list_page();
    for word in ["警告整改", "已主动退出", "已撤销"] {
        assert!(shown.contains(word), "{word} is missing in {shown}");
    }
    assert!((1..=5).all(|number| shown.contains(&name(number))) && !shown.contains("佛山新名"), "{shown}");
    // Once the bar is over it is revoked and no more.
    scene.test.set_clock(at("2029-05-05T16:00:00"));
    faces.get(&format!("/certificates/{}", held[3].1)).shows("资格已被撤销，今天无效");
    faces.get(&format!("/certificates/{}?on=2029-05-05", held[3].1)).shows("禁止申报期内，当日无效");
}
