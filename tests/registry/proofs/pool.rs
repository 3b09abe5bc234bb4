//! Who was in the pool on a day, against a small model that lives day by day.

use super::*;
use crate::support::app::at;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use yuanchi::actions::Record;
use yuanchi::actions::pool::PoolOfDay;
use yuanchi::db::{memberships, published_lists};
use yuanchi::domain::actor::Actor;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// What happens to a member: the day, what, and a date that belongs to it.
type Act = (NaiveDate, &'static str, NaiveDate);

/// Whether somebody who joined on a day is in the pool on another: lived through day by day.
fn lived(joined: NaiveDate, last: NaiveDate, acts: &[Act], asked: NaiveDate) -> bool {
    let (mut today, mut last, mut out) = (joined, last, false);
    while today <= asked {
        for (_, what, date) in acts.iter().filter(|(on, ..)| *on == today) {
            match *what {
                "membership.revoked" | "membership.withdrew" | "membership.barred" => out = true,
                "membership.renewed" if !out => last = *date,
                _ => {}
            }
        }
        today = today + Days::new(1);
    }
    joined <= asked && asked <= last && !out
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

const KINDS: [&str; 7] = [
    "membership.warned",
    "membership.corrected",
    "membership.renamed",
    "membership.renewed",
    "membership.withdrew",
    "membership.revoked",
    "membership.barred",
];

#[test]
fn the_pool_of_any_day_is_what_a_small_model_says() {
    let mut scene = scene();
    // Put into the record by hand, to lie on days that are over; the rows stay as they were.
    scene.test.expect_violations();
    let mut joined: BTreeMap<String, (NaiveDate, NaiveDate, Vec<Act>)> = BTreeMap::new();
    let mut chance = Chance(7);
    // Three lists, months apart.
    for (when, names) in [("2026-03-02", 9), ("2026-05-04", 7), ("2026-07-06", 4)] {
        scene.test.set_clock(at(&format!("{when}T01:00:00")));
        for _ in 0..names {
            scene.noticed(State::InNotice, "佛山市");
        }
        let list = publish(&scene);
        for (_, number) in scene.test.read(|tx| Ok(published_lists::certificates(tx.db, list)?)) {
            let held = scene.test.read(|tx| Ok(memberships::find_by_certificate(tx.db, &number)?));
            let mut acts: Vec<Act> = (0..chance.below(4))
                .map(|_| {
                    let on = day(when) + Days::new(chance.below(200));
                    let kind = KINDS[chance.below(KINDS.len() as u64) as usize];
                    (on, kind, on + Days::new(chance.below(120)))
                })
                .collect();
            acts.sort();
            joined.insert(held.id.to_string(), (held.valid_from, held.valid_to, acts));
        }
    }
    scene.test.set_clock(at("2027-03-01T01:00:00"));
    for (id, (_, _, acts)) in joined.clone() {
        scene.test.write(move |tx| {
            for (on, action, date) in acts {
                let detail = json!({ "on": on, "to": date, "until": date, "name": format!("更名{id}") });
                let record =
                    Record { subject_kind: "membership", subject_id: &id, action, detail, ..Record::default() };
                tx.record(&Actor::system(), record)?;
            }
            Ok(())
        });
    }
    let test = &scene.test;
    let lasting = |acts: &Vec<Act>| acts.iter().all(|(_, what, _)| !what.ends_with("renamed"));
    let codes: BTreeMap<String, String> = test.read(|tx| {
        let ids: Vec<_> = joined.keys().filter_map(|id| yuanchi::domain::ids::MembershipId::from_text(id)).collect();
        let mut found = BTreeMap::new();
        for held in memberships::of_ids(tx.db, &ids)? {
            let organisation = yuanchi::db::organisations::find(tx.db, held.organisation_id)?;
            found.insert(held.id.to_string(), organisation.credit_code);
        }
        Ok(found)
    });
    assert!(joined.values().any(|(_, _, acts)| !acts.is_empty()) && joined.values().any(|(_, _, acts)| lasting(acts)));
    let (mut sizes, mut asked) = (BTreeSet::new(), day("2026-02-28"));
    while asked < day("2027-03-01") {
        let expected: BTreeSet<&str> = joined
            .iter()
            .filter(|(_, (from, to, acts))| lived(*from, *to, acts, asked))
            .map(|(id, _)| codes[id].as_str())
            .collect();
        let pool = test.visitor().json(&format!("/api/v1/pool?on={asked}&per_page=200"));
        let members = pool["items"].as_array().expect("items");
        let found: BTreeSet<&str> = members.iter().filter_map(|member| member["credit_code"].as_str()).collect();
        assert_eq!(found, expected, "on {asked}");
        assert_eq!((members.len(), &pool["total"]), (expected.len(), &json!(expected.len())), "on {asked}");
        sizes.insert(expected.len());
        asked = asked + Days::new(9);
    }
    assert!(sizes.len() > 5, "the pool hardly changed: {sizes:?}");

    // The page, its pages and its downloads say the same.
    let pool = test.visitor().json("/api/v1/pool?on=2026-07-10&per_page=5&page=2");
    assert_eq!((pool["page"].clone(), pool["items"].as_array().map(Vec::len)), (json!(2), Some(5)));
    let total = pool["total"].as_u64().expect("a number");
    test.visitor()
        .get("/pool?on=2026-07-10")
        .expect(200)
        .shows("2026年7月10日在池单位")
        .shows(&format!("共 {total} 项在池资格"));
    let csv = test.visitor().get("/pool.csv?on=2026-07-10").expect(200);
    assert_eq!(csv.text().trim().lines().count() as u64, total + 1);
    assert!(csv.header("content-disposition").is_some_and(|name| name.contains("pool-2026-07-10.csv")));
    let whole: Value = test.visitor().json("/pool.json?on=2026-07-10");
    assert_eq!(whole["on"], "2026-07-10");
    assert_eq!(whole["rows"].as_array().map(|rows| rows.len() as u64), Some(total));
    assert!(!whole.to_string().contains("YC-2026-"), "nobody collects numbers of certificates here");
    // However many are read at a time, a file has each of them once, as they were when it began: whoever leaves
    // meanwhile is still in it, and in no file that begins later.
    let asked = day("2026-07-10");
    let drawn = |pool: &PoolOfDay, after, limit| test.read(|tx| pool.after(tx, after, limit));
    let load = || test.read(|tx| PoolOfDay::load(tx, asked, day("2027-03-01")));
    let pool = load();
    let (all, last) = drawn(&pool, None, 1_000);
    assert_eq!(u64::try_from(pool.total()), Ok(total), "counted otherwise than the page counts");
    assert_eq!((all.len() as u64, drawn(&pool, last, 3)), (total, (Vec::new(), None)));
    let (mut found, mut place) = drawn(&pool, None, 3);
    let leaver = last.expect("a member");
    test.write(move |tx| {
        let (id, detail) = (leaver.to_string(), json!({ "on": asked }));
        let record = Record {
            subject_kind: "membership",
            subject_id: &id,
            action: "membership.withdrew",
            detail,
            ..Record::default()
        };
        tx.record(&Actor::system(), record)
    });
    while let Some(after) = place {
        let (some, next) = drawn(&pool, Some(after), 3);
        found.extend(some);
        place = next;
    }
    assert_eq!(found, all);
    let (later, _) = drawn(&load(), None, 1_000);
    assert_eq!(later, all[..all.len() - 1]);
}

#[test]
fn the_pool_of_tomorrow_is_nobodys_to_know() {
    let (scene, _) = published(1);
    let mut visitor = scene.test.visitor();
    visitor.get("/pool").expect(200).shows("佛山智造1有限公司").shows("2026年3月2日在池单位");
    visitor.get("/pool?on=2026-03-01").expect(200).shows("当日没有在池单位");
    visitor
        .get("/pool?on=2026-03-03")
        .expect(422)
        .shows("不能查询以后的日期")
        .shows("2026-03-03")
        .shows("佛山智造1有限公司");
    visitor.get("/pool?on=yesterday").expect(422).shows("日期应为").hides("value=\"yesterday\"");
    let beyond = visitor.get("/pool?page=9999").expect(200).shows("佛山智造1有限公司");
    assert_eq!((beyond.header("etag"), beyond.header("cache-control")), (None, Some("no-store")));
    visitor.get("/pool.csv?on=2026-03-03").expect(422).shows("核验日期：不能查询以后的日期");
    visitor.get("/pool.csv?on=abc").expect(422).shows("核验日期：日期应为");
    assert_eq!(visitor.get("/api/v1/pool?on=2026-03-03").expect(422).code(), "invalid");
    // Midnight is that of Guangdong.
    scene.test.set_clock(at("2026-03-02T16:00:00"));
    scene.test.visitor().get("/pool?on=2026-03-03").expect(200).shows("佛山智造1有限公司");
}
