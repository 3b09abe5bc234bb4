//! The extra station: a site visit or a defence, with sheets of its own.

use super::{all_stages, named};
use crate::review::Scene;
use crate::support::{Client, TestApp};
use serde_json::json;
use std::collections::BTreeMap;
use yuanchi::db;
use yuanchi::domain::ids::ApplicationId;

/// What whoever presses twice is told.
const DONE: &str = "办理该事项";

#[test]
fn the_extra_station_has_its_own_sheets_and_its_share_of_the_score() {
    let scene = Scene::with_programme(TestApp::start(), 4, all_stages);
    scene.open();
    scene.score_all(&["60", "61", "63", "66"], None);
    let (mut api, own) = scene.assignments(1);
    let first = format!("/api/v1/assignments/{}/extra", own[0]["id"].as_str().expect("an id"));
    let sheet = |told: &str, answered: &str| json!({ "told": told, "answered": answered });
    api.get(&first).expect(404);
    let body = json!({ "version": 0, "items": sheet("50", "30") });
    assert_eq!(api.call("PUT", &first, &body).expect(409).code(), "review_scoring_open");
    scene.end_scoring("").expect(200);
    assert_eq!(named(&scene.close().expect(422), "review_extra_missing"), 3);
    // By the page: kept as typed, wrong values named, sent once.
    let mut browser = scene.experts[1].1.browser();
    browser.open("/assignments").shows("待现场评分");
    let address = format!("/assignments/{}", own[0]["id"].as_str().expect("an id"));
    browser.open(&address).shows("另有答辩或现场核查评分表");
    browser
        .open(&format!("{address}/extra"))
        .shows("答辩")
        .shows("陈述")
        .shows("满分 60 分")
        .shows("申报材料")
        .shows("这份评分表已不能按本页保存");
    let mut twin = scene.experts[1].1.browser();
    twin.open(&format!("{address}/extra"));
    let saved = browser.submit(&format!("{address}/extra"), &[("items.told", "六十"), ("opinion", "从容")]);
    browser.follow(saved).shows("六十").shows("从容");
    // The same once more is saved already; another text is not.
    let again = twin.submit(&format!("{address}/extra"), &[("items.told", "六十"), ("opinion", "从容")]).expect(303);
    twin.follow(again).shows(DONE);
    let other = [("version", "0"), ("items.told", "六十"), ("opinion", "从容些")];
    twin.post(&format!("{address}/extra"), &other).expect(409).hides(DONE);
    let send = |browser: &mut Client, told: &str, version: &str| {
        let fields = [("version", version), ("items.told", told), ("items.answered", "30.5"), ("opinion", "从容")];
        browser.post(&format!("{address}/extra/submission"), &fields)
    };
    send(&mut browser, "61", "1").expect(422).shows("61").shows("从容");
    api.call("PUT", &first, &json!({ "version": 0, "items": sheet("50", "30") })).expect(409);
    send(&mut browser, "50", "1").expect(303);
    let again = send(&mut browser, "50", "1").expect(303);
    browser.follow(again).shows(DONE);
    send(&mut browser, "44", "2").expect(409).shows("以下内容未被接受").shows("44");
    browser.open(&format!("{address}/extra")).shows("80.50").hides("name=\"items.told\"");
    // The others over the API.
    for (index, told) in ["40", "50", "51.25", "59"].iter().enumerate() {
        let (mut api, own) = scene.assignments(index);
        for assignment in own {
            let path = format!("/api/v1/assignments/{}/extra", assignment["id"].as_str().expect("an id"));
            if api.json(&path)["status"] == json!("draft") {
                let body = json!({ "version": 0, "items": sheet(told, "30") });
                let answer = api.call("POST", &format!("{path}/submission"), &body).expect(200).json();
                assert_eq!(answer["status"], json!("submitted"));
                assert_eq!(
                    api.call("POST", &format!("{path}/submission"), &body).expect(409).code(),
                    "sheet_submitted"
                );
            }
        }
    }
    // Nobody sees a figure of it before the closing.
    let stages = format!("/reviews/{}/discussions", scene.call);
    scene.handler.browser().open(&stages).hides("80.50").hides("80.00");
    let expected = final_scores(&scene);
    let mut closing = scene.handler.browser();
    closing.open(&format!("/reviews/{}", scene.call)).shows("评分表 9 份。");
    closing.submit(&format!("/reviews/{}/closing", scene.call), &[]).expect(303);
    let board = scene.handler.api().json(&format!("/api/v1/decisions/{}", scene.call));
    let lines = board["lines"].as_array().expect("lines");
    assert_eq!(lines.len(), 3);
    for line in lines {
        let id = ApplicationId::from_text(line["application"].as_str().expect("an id")).expect("an id");
        assert_eq!(line["score"].as_i64(), Some(expected[&id]), "{line}");
    }
    // Every sheet of the station is explained as those of the panel are.
    let told = lines[0]["application"].as_str().expect("an id");
    let told = format!("/decisions/{}/applications/{told}", scene.call);
    let explained = scene.handler.api().json(&format!("/api/v1{told}"));
    let station = explained["station"].as_array().expect("the station's sheets");
    assert_eq!(station.len(), 3, "{explained}");
    for sheet in station {
        let points: i64 = sheet["items"].as_array().into_iter().flatten().filter_map(|i| i["points"].as_i64()).sum();
        assert_eq!(
            (sheet["total"].as_i64(), sheet["items"][0]["name"].as_str()),
            (Some(points), Some("陈述")),
            "{sheet}"
        );
        assert!(sheet["expert_name"].as_str().is_some_and(|name| name.starts_with("专家")), "{sheet}");
    }
    scene.handler.browser().open(&told).shows("答辩、现场核查评分表明细").shows("陈述").shows("答辩");
    let cut_line = scene.handler.api().json(&format!("/api/v1/decisions/{}/cut-line", scene.call));
    let changes: Vec<&str> =
        cut_line["scenarios"].as_array().into_iter().flatten().filter_map(|s| s["change"].as_str()).collect();
    assert!(changes.contains(&"station_up") && changes.contains(&"station_down"), "{changes:?}");
    scene.handler.browser().open(&format!("/decisions/{}/cut-line", scene.call)).shows("现场核查的比重加一成");
    let own = ["sheet_adds_up", "extra_sheet_adds_up", "ranking_is_reproduced", "ranking_is_as_recorded"];
    assert_eq!(scene.app.violations_of(&own), []);
    let exchanged = |from: &str, to: &str| {
        scene.app.tamper(&format!("UPDATE extra_sheets SET opinion = '{to}' WHERE opinion = '{from}'"));
        scene.app.violations_of(&["sheet_is_as_recorded"]).len()
    };
    assert_eq!((exchanged("从容", "另一意见"), exchanged("另一意见", "从容")), (1, 0));
    let stored = scene.app.read(|tx| Ok(db::reviews::rankings_of(tx.db, scene.call)?));
    assert!(stored.iter().all(|ranking| ranking.panel_score.is_some() && ranking.extra_score.is_some()));
}

/// (mean of the sheets × 70 + mean of the station × 30) / 100, rounded half up once, from what is in store.
fn final_scores(scene: &Scene) -> BTreeMap<ApplicationId, i64> {
    let sheets = scene.app.read(|tx| {
        let session = db::reviews::session_of_call(tx.db, scene.call)?.ok_or(yuanchi::error::Error::NotFound)?;
        Ok((db::reviews::counted_sheets(tx.db, session.id)?, db::extra_sheets::counted(tx.db, session.id)?))
    });
    let mut sums: BTreeMap<ApplicationId, [i64; 4]> = BTreeMap::new();
    for counted in sheets.0 {
        let of = sums.entry(counted.application).or_default();
        (of[0], of[1]) = (of[0] + i64::from(counted.sheet.total.expect("a total")), of[1] + 1);
    }
    for (file, sheet) in sheets.1 {
        let of = sums.entry(file).or_default();
        (of[2], of[3]) = (of[2] + i64::from(sheet.total.expect("a total")), of[3] + 1);
    }
    let score = |[panel, n, station, m]: [i64; 4]| {
        let (top, bottom) = (panel * m * 70 + station * n * 30, 100 * n * m);
        (2 * top + bottom).div_euclid(2 * bottom)
    };
    sums.into_iter().map(|(file, of)| (file, score(of))).collect()
}
