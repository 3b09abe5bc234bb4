//! An objection that is written while its list is published.

use super::applications::png;
use super::lists::{self, NOTICE};
use super::support::app::{TestApp, at};
use std::sync::Barrier;
use yuanchi::actions::Tx;
use yuanchi::actions::object::{Enclosure, NewObjection, Receipt, object};
use yuanchi::actions::publish_list::{ListReturn, ListVersion, publish_list, return_list};
use yuanchi::db;
use yuanchi::domain::actor::Actor;
use yuanchi::domain::ids::{ApplicationId, NoticeId};
use yuanchi::domain::procedure::State;
use yuanchi::domain::scope::Scope;
use yuanchi::domain::status::{ObjectionStatus, ObjectorKind};
use yuanchi::error::Error;
use yuanchi::storage::FileType;

/// The last second of the notice.
const IN_TIME: &str = "2026-01-12T15:59:59";
const ROUNDS: usize = 40;

/// A picture in the store of documents.
pub fn evidence(test: &TestApp) -> Enclosure {
    let mut upload = test.app.env.objects.begin(2_000).expect("room");
    upload.write(&png()).expect("written");
    Enclosure { name: "a.png".into(), stored: upload.finish("a.png", &[FileType::Png]).expect("a picture") }
}

/// Objects by a request that was complete in time, whenever it comes to be written.
fn object_in_time(test: &TestApp, application: ApplicationId, enclosure: Enclosure) -> Result<Receipt, Error> {
    let env = test.app.env.clone();
    let notice = NoticeId::from_text(NOTICE).expect("an id");
    let input = NewObjection {
        application,
        kind: ObjectorKind::Unit,
        name: "某单位".into(),
        phone: "020-83133000".into(),
        email: String::new(),
        matter: "产值不实".into(),
    };
    test.app.store.write(move |db| {
        let mut tx = Tx::new(db, at(IN_TIME), &env);
        object(&mut tx, &Actor::public("zh-CN"), notice, &input, &[enclosure])
    })
}

#[test]
fn an_objection_holds_its_entry_or_is_late() {
    let mut scene = lists::scene();
    for round in 0..ROUNDS {
        let (application, _) = scene.noticed(State::InNotice, "佛山市");
        let list = scene.propose().expect("it is proposed");
        let (test, approver) = (&scene.test, scene.approver.actor());
        let enclosure = evidence(test);
        let start = Barrier::new(2);
        let (receipt, published) = std::thread::scope(|scope| {
            let objecting = scope.spawn(|| {
                start.wait();
                object_in_time(test, application, enclosure)
            });
            let publishing = scope.spawn(|| {
                start.wait();
                let approver = approver.clone();
                test.app.write_now(move |tx| publish_list(tx, &approver, list, &ListVersion { version: 1 }))
            });
            (objecting.join().expect("it answers"), publishing.join().expect("it answers"))
        });
        let receipt = receipt.unwrap_or_else(|e| panic!("round {round}: an objection is never lost: {e}"));
        let (state, open) = test.read(|tx| {
            let state = db::applications::find(tx.db, &Scope::everything(), application)?.state;
            Ok((state, db::objections::any_open(tx.db, application)?))
        });
        match published {
            Ok(()) => {
                assert_eq!((state, open), (State::Recognised, false), "round {round}: {receipt:?}");
                assert_eq!(receipt.status, ObjectionStatus::NotAccepted, "round {round}");
                assert_eq!(receipt.shortcomings, ["late"], "round {round}");
            }
            Err(Error::Refused(refusal)) => {
                assert_eq!((state, open), (State::InNotice, true), "round {round}: {refusal:?}");
                assert_eq!(receipt.status, ObjectionStatus::Received, "round {round}");
                let back = ListReturn { version: 1, reason: "有异议".into() };
                test.write(move |tx| return_list(tx, &approver, list, &back));
            }
            Err(other) => panic!("round {round}: {other}"),
        }
    }
}

#[test]
fn an_objection_after_publication_is_recorded_as_late() {
    let mut scene = lists::scene();
    let (application, _) = scene.noticed(State::InNotice, "佛山市");
    let list = scene.propose().expect("it is proposed");
    scene.publish(&scene.approver, list).expect("it is published");
    let receipt = object_in_time(&scene.test, application, evidence(&scene.test)).expect("a receipt");
    assert_eq!((receipt.status, receipt.shortcomings), (ObjectionStatus::NotAccepted, vec!["late".to_string()]));
    let recorded = scene.test.read(|tx| {
        let pager = db::page::Pager::new(None, None);
        Ok(db::objections::list(tx.db, Some(ObjectionStatus::NotAccepted), pager)?.total)
    });
    assert_eq!(recorded, 1, "it is recorded all the same");
}
