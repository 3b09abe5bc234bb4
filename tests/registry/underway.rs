//! What is under way while what it stands on is taken away: refused, and nothing of it is done.

use super::applications::{Scene, scene};
use super::support::race::{held_open, together};
use super::support::{Person, TestApp, with};
use serde_json::json;
use yuanchi::actions::dossier::Dossier;
use yuanchi::actions::{Tx, accounts, grants, sessions};
use yuanchi::app::{coming_from, standing_on};
use yuanchi::db;
use yuanchi::domain::actor::{Actor, Role};
use yuanchi::domain::ids::ApplicationId;
use yuanchi::domain::language::Language;
use yuanchi::domain::status::SessionKind;
use yuanchi::error::Error;

/// The session that somebody began last.
fn session_of(test: &TestApp, person: &Person) -> String {
    let id = person.id;
    let live = test.read(|tx| Ok(db::sessions::live_of(tx.db, id, tx.now)?));
    live.first().expect("a session").id.clone()
}

/// One's own language: a change that everybody may make.
fn choose(actor: Actor) -> impl FnOnce(&mut Tx<'_>) -> Result<(), Error> + Send + 'static {
    move |tx| accounts::choose_language(tx, &actor, Language::En)
}

/// What comes of a change by somebody who was let in, in this session, before `meanwhile` was done.
fn let_in_before(test: &TestApp, person: &Person, session: &str, meanwhile: impl FnOnce()) -> Result<(), Error> {
    let (app, actor) = (test.app.clone(), person.actor());
    actix_web::rt::System::new().block_on(coming_from(String::new(), async move {
        standing_on(session, &actor);
        meanwhile();
        app.write(choose(actor)).await
    }))
}

fn language(test: &TestApp, person: &Person) -> String {
    let id = person.id;
    test.read(|tx| Ok(db::accounts::find(tx.db, id)?)).language
}

/// What somebody loses.
type Loss<'a> = &'a dyn Fn(&Person);

#[test]
fn c_12_nothing_is_done_for_whoever_lost_the_session_or_a_role_after_they_were_let_in() {
    let test = TestApp::start();
    let security = test.person("security@example.org", &[with(Role::SecurityAdmin)]);
    let system = test.person("system@example.org", &[with(Role::SystemAdmin)]);
    let take_back = |person: &Person| {
        let id = person.id;
        let grant = test.read(|tx| Ok(db::accounts::grants_of(tx.db, id)?))[0].id;
        let path = format!("/api/v1/accounts/{id}/grants/{grant}");
        security.api().call("DELETE", &path, &json!({ "reason": "调岗" })).expect(200);
    };
    let give = |person: &Person| {
        let body = json!({ "role": "evaluator", "reason": "抽调" });
        security.api().call("POST", &format!("/api/v1/accounts/{}/grants", person.id), &body).expect(201);
    };
    let close = |person: &Person| {
        let path = format!("/api/v1/accounts/{}", person.id);
        let version = system.api().json(&path)["version"].clone();
        let body = json!({ "version": version, "reason": "离职" });
        system.api().call("POST", &format!("{path}/status"), &body).expect(200);
    };
    let end = |person: &Person| {
        let path = format!("/api/v1/accounts/{}/sessions", person.id);
        system.api().call("DELETE", &path, &json!({})).expect(200);
    };
    // A role that is gone by itself takes no session with it.
    let gone = |person: &Person| test.take_roles(person.id);
    let more = |person: &Person| test.give(person.id, with(Role::Evaluator));
    let ways: [(&str, Loss<'_>, Option<&str>); 7] = [
        ("taken back", &take_back, Some("unauthenticated")),
        ("given one", &give, Some("unauthenticated")),
        ("closed", &close, Some("unauthenticated")),
        ("ended", &end, Some("unauthenticated")),
        ("gone", &gone, Some("wrong_role")),
        ("more", &more, None),
        ("nothing", &|_: &Person| {}, None),
    ];
    for (number, (what, meanwhile, refused)) in ways.into_iter().enumerate() {
        // To whoever handles files no other role may be given, nor to whoever evaluates: these two have none before.
        let held = if matches!(what, "given one" | "more") { Vec::new() } else { vec![with(Role::Handler)] };
        let person = test.person(&format!("handler{number}@example.org"), &held);
        drop(person.browser());
        let session = session_of(&test, &person);
        let came_to = let_in_before(&test, &person, &session, || meanwhile(&person));
        assert_eq!(came_to.err().map(|error| error.code()), refused, "{what}");
        assert_eq!(language(&test, &person), if refused.is_some() { "zh-CN" } else { "en" }, "{what}");
    }
}

#[test]
fn whoever_ends_their_own_session_was_in_it_until_then_and_stands_on_nothing_afterwards() {
    let test = TestApp::start();
    let person = test.person("anna@example.org", &[]);
    for ended_before in [false, true] {
        drop(person.browser());
        let session = session_of(&test, &person);
        let (app, actor, own) = (test.app.clone(), person.actor(), session.clone());
        let came_to = actix_web::rt::System::new().block_on(coming_from(String::new(), async {
            standing_on(&session, &actor);
            if ended_before {
                let id = session.clone();
                test.write(move |tx| Ok(db::sessions::end(tx.db, &id, tx.now)?));
            }
            let signing_out = actor.clone();
            let left = app.write(move |tx| sessions::end(tx, &signing_out, &own)).await;
            (left, app.write(choose(actor.clone())).await)
        }));
        match came_to {
            (Ok(()), Ok(())) => assert!(!ended_before),
            (Err(Error::Unauthenticated), Err(Error::Unauthenticated)) => assert!(ended_before),
            other => panic!("{ended_before}: {other:?}"),
        }
    }
    let signed_out = test.read(|tx| Ok(db::events::of_subject(tx.db, "account", person.id.as_text())?));
    let signed_out = signed_out.iter().filter(|event| event.action == "account.signed_out").count();
    assert_eq!(signed_out, 1, "nothing was recorded of a session that had ended");
}

/// How much is recorded of an application, and its version.
fn stands(scene: &Scene, id: &str) -> (usize, i32) {
    let id = ApplicationId::from_text(id).expect("an id");
    scene.app.read(|tx| {
        let events = db::events::of_subject(tx.db, "application", id.as_text())?;
        Ok((events.len(), Dossier::load(tx, &Actor::system(), id)?.application.version))
    })
}

/// As the test before, by what is really sent: the role is taken back and that not yet there for others to see while a save is under
/// way, which waits for it at its end.
#[test]
fn c_12_a_save_that_is_under_way_while_the_role_is_taken_back_is_refused() {
    let scene = scene();
    let id = scene.begin(&mut scene.admin.api());
    let security = scene.app.person("security@example.org", &[with(Role::SecurityAdmin)]);
    for kind in [SessionKind::Browser, SessionKind::Api] {
        let person = scene.app.person(&format!("{kind:?}@example.org"), &scene.admin.held);
        let grant = scene.app.read(|tx| Ok(db::accounts::grants_of(tx.db, person.id)?))[0].id;
        let before = stands(&scene, &id);
        let (mut browser, mut api) = (person.browser(), person.api());
        let form = format!("/applications/{id}/form");
        browser.open(&form);
        let (by, account) = (security.actor(), person.id);
        let ((), answer) = held_open(
            &scene.app,
            "sessions",
            move |tx| {
                grants::revoke(tx, &by, account, grant, "调岗")?;
                // What its end does, and no other has seen yet.
                Ok(db::sessions::end_all(tx.db, &[account], &[], tx.now)?)
            },
            || match kind {
                SessionKind::Browser => browser.submit(&form, &[("profile", "迟到的话")]),
                SessionKind::Api => {
                    let body = json!({ "version": before.1, "form": { "profile": "迟到的话" } });
                    api.call("PATCH", &format!("/api/v1{form}"), &body)
                }
            },
        );
        match kind {
            SessionKind::Browser => assert!(matches!(answer.status, 303 | 401), "{answer}"),
            SessionKind::Api => assert_eq!(answer.status, 401, "{answer}"),
        }
        if answer.status == 303 {
            assert_eq!(answer.location(), "/session/new", "{answer}");
        }
        assert_eq!(stands(&scene, &id), before, "{kind:?}");
    }
}

/// Each holds what they were let in by until the end and ends what the other was let in by: nobody waits in a circle for it.
#[test]
fn c_12_of_two_who_end_one_anothers_sessions_at_once_one_stays() {
    let test = TestApp::start();
    let people = ["one@example.org", "other@example.org"].map(|email| test.person(email, &[with(Role::SecurityAdmin)]));
    let [one, other] = &people;
    let answers = together([(one, other), (other, one)].map(|(by, whom)| {
        let (mut api, path) = (by.api(), format!("/api/v1/accounts/{}/sessions", whom.id));
        move || api.call("DELETE", &path, &json!({}))
    }));
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "{answers:?}");
    for answer in answers.into_iter().filter(|answer| answer.status == 200) {
        assert_eq!(answer.json()["items"], json!([]), "what has just ended is not told as open");
    }
    let live = people.map(|person| test.read(|tx| Ok(db::sessions::live_of(tx.db, person.id, tx.now)?)).len());
    assert_eq!(live.iter().sum::<usize>(), 1, "{live:?}");
}
