//! What was published shows on every node, rendered once, at its instant.

use super::{import, published, row};
use crate::lists::{NOTICE, scene};
use crate::support::app::at;
use crate::support::node::Node;
use crate::support::{Client, race};
use std::time::{Duration, Instant};
use yuanchi::db::{counters, memberships};
use yuanchi::domain::actor::Actor;
use yuanchi::domain::procedure::State;

#[test]
fn a_herd_is_served_by_one_rendering() {
    let (scene, list) = published();
    scene.test.visitor().get(&format!("/lists/{list}")).expect(200);
    let path = "/lists".to_string();
    for _ in 0..2 {
        let before = scene.test.app.published.renderings();
        let mut visitors: Vec<Client> = (0..24).map(|_| scene.test.visitor()).collect();
        let path = &path;
        let answers = race::together(visitors.iter_mut().map(|visitor| move || visitor.get(path)));
        for answer in &answers {
            assert_eq!((answer.status, &answer.body), (200, &answers[0].body));
        }
        assert_eq!(scene.test.app.published.renderings() - before, 1);
        // Something public changes, and all of them come back.
        let (rows, name) = (vec![row(1)], format!("名单{before}"));
        import(&scene.test, name, rows);
    }
}

#[test]
fn a_publication_shows_on_every_node() {
    let mut scene = scene();
    let other = Node::beside(&scene.test);
    scene.noticed(State::InNotice, "佛山市");
    let id = scene.propose().expect("it is proposed");
    let (mut here, mut there) = (scene.test.visitor(), other.visitor());
    for path in ["/", "/lists"] {
        let before = here.get(path).expect(200).hides("2026年名单");
        assert_eq!(there.get(path).expect(200).hides("2026年名单").body, before.body);
    }
    here.get(&format!("/lists/{id}")).expect(404);
    scene.publish(&scene.approver, id).expect("it is published");
    let begun = Instant::now();
    for path in ["/", "/lists", &format!("/lists/{id}")] {
        here.get(path).expect(200).shows("2026年名单");
        // The other looks four times a second; a test waits longer before it calls that never.
        while !there.get(path).text().contains("2026年名单") {
            assert!(begun.elapsed() < Duration::from_secs(20), "{path} does not show there");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn only_what_is_public_moves_the_version() {
    let (scene, _) = published();
    let version = || scene.test.read(|tx| Ok(counters::current(tx.db, counters::PUBLIC)?));
    let before = version();
    assert!(before > 0);
    assert_eq!(scene.test.app.published.version(), before, "this node knows at once");
    drop((scene.handler.browser(), scene.handler.api()));
    assert_eq!(version(), before, "signing in is nobody's business");
    import(&scene.test, "另一份名单".into(), vec![row(1)]);
    assert_eq!(version(), before + 1);
    // Particulars of an applicant show nowhere; those of a member do.
    let applicant = scene.test.organisation("914406000000099999", "申报单位", "440604");
    let member = scene.test.read(|tx| {
        use diesel::prelude::*;
        Ok(yuanchi::db::schema::memberships::table
            .select(yuanchi::db::schema::memberships::organisation_id)
            .first::<yuanchi::domain::ids::OrganisationId>(tx.db)?)
    });
    assert!(scene.test.read(|tx| Ok(memberships::is_public(tx.db, member)?)));
    for (organisation, moved) in [(applicant, 0), (member, 1)] {
        let before = version();
        scene.test.write(move |tx| {
            let record = yuanchi::actions::Record {
                subject_kind: "organisation",
                subject_id: organisation.as_text(),
                action: "organisation.changed",
                ..Default::default()
            };
            tx.record(&Actor::system(), record)
        });
        assert_eq!(version() - before, moved);
    }
}

#[test]
fn a_page_with_a_clock_changes_at_its_instant() {
    let scene = scene();
    let notice = format!("/notices/{NOTICE}");
    let mut visitor = scene.test.visitor();
    // The notice ends with 12 January in Guangdong, 16:00 UTC.
    for (instant, says, hides) in [
        ("2026-01-10T15:59:59", "还剩 3 天", "公示期满"),
        ("2026-01-10T16:00:00", "还剩 2 天", "还剩 3 天"),
        ("2026-01-11T16:00:00", "今天截止", "还剩 2 天"),
        ("2026-01-12T15:59:59", "今天截止", "公示期满"),
        ("2026-01-12T16:00:00", "公示期满", "还剩"),
        // A clock that goes back does not show the future either.
        ("2026-01-12T15:00:00", "今天截止", "公示期满"),
    ] {
        scene.test.set_clock(at(instant));
        for path in ["/notices", notice.as_str()] {
            visitor.get(path).expect(200).shows(says).hides(hides);
            let renderings = scene.test.app.published.renderings();
            visitor.get(path).expect(200).shows(says);
            assert_eq!(scene.test.app.published.renderings(), renderings, "{path} at {instant} is kept until then");
        }
    }
    // The call closed on 1 December at eight in Guangdong. Its own page, the list of calls and the front page say the same.
    let call = format!("/calls/{}", scene.call);
    for (instant, says) in [
        ("2025-11-28T15:59:59", "还剩 4 天"),
        ("2025-11-28T16:00:00", "还剩 3 天"),
        ("2025-11-29T16:00:00", "还剩 2 天"),
        ("2025-11-30T16:00:00", "今天截止"),
        ("2025-11-30T23:59:59", "今天截止"),
    ] {
        scene.test.set_clock(at(instant));
        for path in ["/", "/calls", call.as_str()] {
            visitor.get(path).expect(200).shows(says);
        }
    }
    visitor.get(&call).expect(200).shows("申报中");
    scene.test.set_clock(at("2025-12-01T00:00:00"));
    visitor.get("/").expect(200).hides("2026 年服务商申报");
    visitor.get(&call).expect(200).shows("已截止");
}
