//! Accounts, roles and organisations on a real database.

use super::accounts::{self, Registration};
use super::grants::{self, Invitation, RoleGrant, StatusChange};
use super::offices::{self, SetUp};
use super::organisations::{self, Joining, Override};
use super::sessions::{self, Refreshed};
use super::{Env, Tx};
use crate::app::{Clock, SystemRandom, TimeOrderedIds};
use crate::auth::token::Secret;
use crate::config::{Config, SessionConfig};
use crate::db::{self, Db, Store};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::AccountId;
use crate::domain::language::Language;
use crate::domain::reference::{Reference, ReferenceFiles};
use crate::domain::status::{CodeCheck, SessionKind, TokenPurpose};
use crate::error::Error;
use crate::keys::Keys;
use crate::storage::{FileType, FolderStore, ObjectKey, Stored};
use crate::words::Words;
use chrono::{Duration, NaiveDate, NaiveDateTime};
use std::path::PathBuf;
use std::sync::Arc;

struct Bench {
    store: Store,
    env: Arc<Env>,
    clock: Clock,
    dir: PathBuf,
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

const SESSIONS: SessionConfig = SessionConfig {
    idle_minutes: 30,
    absolute_hours: 12,
    officer_idle_minutes: 15,
    officer_absolute_hours: 8,
    access_token_minutes: 10,
    program_idle_minutes: 30,
    vendor_program_idle_hours: 48,
    vendor_program_days: 7,
};

impl Bench {
    fn new() -> Bench {
        let clock = Clock::manual(NaiveDate::from_ymd_opt(2026, 3, 2).unwrap().and_hms_opt(2, 0, 0).unwrap());
        let random = Arc::new(SystemRandom);
        let ids = Arc::new(TimeOrderedIds::new(clock.clone(), random.clone()));
        let name = crate::domain::ids::MailId::new(&*ids);
        let dir = std::env::temp_dir().join(format!("yuanchi-people-{name}"));
        std::fs::create_dir_all(&dir).unwrap();
        let url = format!("sqlite://{}", dir.join("test.db").display());
        db::migrate(&mut Db::open_or_make(&url).unwrap()).unwrap();
        let read = |file: &str| {
            std::fs::read_to_string(format!("{}/config/reference/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
        };
        let reference = Reference::load(&ReferenceFiles {
            cities: &read("cities.csv"),
            counties: &read("counties.csv"),
            clusters: &read("clusters.csv"),
            divisions: &read("divisions.csv"),
            bureaus: &read("bureaus.csv"),
            holidays: &read("state_council_holidays.csv"),
        })
        .unwrap();
        let config = Config::load(None).unwrap();
        let env = Env {
            programmes: Vec::new(),
            reference,
            keys: Keys::from_bytes([1; 32], [2; 32]),
            ids,
            random,
            objects: Arc::new(FolderStore::open_at(&dir.join("objects")).unwrap()),
            words: Words,
            base_url: "https://pool.example".into(),
            accounts: config.accounts,
            limits: config.limits,
            uploads: config.uploads,
            holding: crate::domain::mail_batch::Holding { above: 0, hours: 24 },
            statistics: Default::default(),
        };
        Bench { store: Store::open(&url, 2).unwrap(), env: Arc::new(env), clock, dir }
    }

    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (env, now) = (self.env.clone(), self.clock.now());
        self.store.write(move |db| {
            let mut tx = Tx::new(db, now, &env);
            let done = work(&mut tx)?;
            tx.must_still_stand()?;
            Ok(done)
        })
    }

    fn later(&self, by: Duration) {
        let now: NaiveDateTime = self.clock.now() + by;
        self.clock.set(now);
    }

    fn actor(&self, account: AccountId) -> Actor {
        self.run(move |tx| {
            let stored = db::accounts::find(tx.db, account)?;
            let held = db::sessions::held(tx.db, account, tx.now)?;
            Ok(Actor { account: Some(account), name: stored.name, language: stored.language, held })
        })
        .unwrap()
    }

    fn person(&self, name: &str) -> AccountId {
        let input = Registration { name: name.into(), email: format!("{name}@example.com") };
        let secret = self.run(move |tx| accounts::register(tx, &input, Language::ZhCn)).unwrap().unwrap();
        self.run(move |tx| accounts::accept_link(tx, TokenPurpose::Registration, &secret.plain, "", "hash")).unwrap()
    }

    /// The system administrator and the security administrator.
    fn administrators(&self) -> (Actor, Actor) {
        let link = self.run(offices::bootstrap_link).unwrap().unwrap();
        let token = link.strip_prefix("https://pool.example/setup/").unwrap().to_string();
        let input = SetUp {
            name: "系统".into(),
            email: "system@example.com".into(),
            security_name: "安全".into(),
            security_email: "security@example.com".into(),
        };
        let again = (token.clone(), input.clone());
        let invited = self.run(move |tx| offices::set_up(tx, &token, &input, "hash")).unwrap();
        assert_code(self.run(move |tx| offices::set_up(tx, &again.0, &again.1, "hash")), "link_not_good");
        let secret = invited.secret.unwrap().plain;
        let security =
            self.run(move |tx| accounts::accept_link(tx, TokenPurpose::Invitation, &secret, "", "hash")).unwrap();
        let system = self.run(|tx| Ok(db::accounts::find_by_email(tx.db, "SYSTEM@example.com")?.unwrap().id)).unwrap();
        (self.actor(system), self.actor(security))
    }

    fn give(&self, by: &Actor, to: AccountId, role: Role) -> Result<(), Error> {
        let by = by.clone();
        let input = RoleGrant {
            role,
            credit_code: String::new(),
            bureau: "guangzhou".into(),
            reason: "岗位需要".into(),
            ends_on: String::new(),
        };
        self.run(move |tx| grants::grant(tx, &by, to, &input).map(drop))
    }

    fn register(&self, by: AccountId, code: &str) -> Result<db::organisations::Organisation, Error> {
        let actor = self.actor(by);
        let input = organisations::Registration {
            credit_code: code.into(),
            name: "广州某某科技有限公司".into(),
            registered_area: Some("440100".into()),
            main_service_city: String::new(),
            established_on: "2015-06-01".into(),
            address: "天河区某路 1 号".into(),
            contact_name: "张三".into(),
            contact_phone: "020-83130000".into(),
        };
        self.run(move |tx| organisations::register(tx, &actor, &input))
    }
}

#[track_caller]
fn assert_code<T: std::fmt::Debug>(result: Result<T, Error>, code: &str) {
    assert_eq!(result.unwrap_err().code(), code);
}

#[track_caller]
fn assert_problem<T: std::fmt::Debug>(result: Result<T, Error>, path: &str, code: &str) {
    match result.unwrap_err() {
        Error::Invalid(problems) => {
            assert!(problems.iter().any(|p| p.path == path && p.code == code), "{problems:?} do not name {path} {code}")
        }
        other => panic!("{other}"),
    }
}

#[test]
fn c_07_a_link_opens_one_thing_once_and_in_time() {
    let bench = Bench::new();
    let ask =
        |bench: &Bench| -> Secret { bench.run(|tx| accounts::request_reset(tx, "anna@example.com")).unwrap().unwrap() };
    let anna = bench.person("anna");
    let secret = ask(&bench);
    for purpose in [TokenPurpose::Registration, TokenPurpose::Invitation, TokenPurpose::Bootstrap] {
        let plain = secret.plain.clone();
        assert_code(bench.run(move |tx| accounts::accept_link(tx, purpose, &plain, "", "new")), "link_not_good");
    }
    let session = bench
        .run(move |tx| sessions::begin(tx, &SESSIONS, anna, SessionKind::Browser, "").map(|secret| secret.stored))
        .unwrap();
    let reset = |bench: &Bench, plain: String| {
        bench.run(move |tx| accounts::accept_link(tx, TokenPurpose::PasswordReset, &plain, "", "new"))
    };
    assert_eq!(reset(&bench, secret.plain.clone()).unwrap(), anna);
    assert_code(reset(&bench, secret.plain), "link_not_good");
    assert!(bench.run(move |tx| Ok(db::sessions::actor(tx.db, &session, tx.now)?)).unwrap().is_none());
    // A newer link voids the older one; half an hour voids the newer one.
    let (first, second) = (ask(&bench), ask(&bench));
    assert_code(reset(&bench, first.plain), "link_not_good");
    bench.later(Duration::minutes(30));
    assert_code(reset(&bench, second.plain), "link_not_good");
}

#[test]
fn a_person_is_written_to_in_the_language_of_the_registration_and_then_of_their_choice() {
    let bench = Bench::new();
    let input = Registration { name: "Anna".into(), email: "anna@example.com".into() };
    let secret = bench.run(move |tx| accounts::register(tx, &input, Language::En)).unwrap().unwrap();
    let id = bench.run(move |tx| accounts::accept_link(tx, TokenPurpose::Registration, &secret.plain, "", "hash"));
    let id = id.unwrap();
    let of = |bench: &Bench| bench.run(move |tx| Ok(db::accounts::find(tx.db, id)?)).unwrap();
    assert_eq!(of(&bench).language, "en");
    for language in [Language::ZhTw, Language::ZhTw, Language::ZhCn] {
        let actor = bench.actor(id);
        bench.run(move |tx| accounts::choose_language(tx, &actor, language)).unwrap();
        assert_eq!(of(&bench).language, language.as_text());
    }
    let recorded = bench.run(move |tx| Ok(db::events::of_subject(tx.db, "account", id.as_text())?)).unwrap();
    let chosen = recorded.iter().filter(|event| event.action == "account.language_chosen").count();
    assert_eq!(chosen, 2, "what is chosen already is no change");
}

#[test]
fn c_04_registering_a_known_address_gains_nothing() {
    let bench = Bench::new();
    bench.person("anna");
    let input = || Registration { name: "别人".into(), email: "ANNA@example.com".into() };
    assert!(bench.run(move |tx| accounts::register(tx, &input(), Language::ZhTw)).unwrap().is_none());
    let mails = bench.run(|tx| Ok(db::mails::claim(tx.db, tx.now, tx.now, 200)?)).unwrap();
    assert!(mails.iter().any(|mail| mail.template == "account_exists"));
    assert!(mails.iter().all(|mail| mail.body.contains("https://pool.example/") && !mail.body.contains('[')));
    let wrong = Registration { name: "a\u{202E}b".into(), email: "nobody".into() };
    assert_problem(bench.run(move |tx| accounts::register(tx, &wrong, Language::ZhCn)), "name", "text_characters");
}

#[test]
fn c_13_a_refresh_token_used_twice_ends_its_session() {
    let bench = Bench::new();
    let anna = bench.person("anna");
    let (session, first) = bench
        .run(move |tx| {
            let session = sessions::begin(tx, &SESSIONS, anna, SessionKind::Api, "")?;
            let first = sessions::issue_refresh_token(tx, &session.stored)?;
            Ok((session.stored, first.plain))
        })
        .unwrap();
    let exchange = |plain: String| match bench.run(move |tx| sessions::refresh(tx, &SESSIONS, &plain)).unwrap() {
        Refreshed::Renewed(_, _, next) => Some(next.plain),
        Refreshed::Refused => None,
    };
    let second = exchange(first.clone()).unwrap();
    assert!(exchange(first).is_none());
    assert!(exchange(second).is_none(), "the whole family is dead");
    assert!(bench.run(move |tx| Ok(db::sessions::actor(tx.db, &session, tx.now)?)).unwrap().is_none());
}

#[test]
fn c_24_duties_lie_with_different_people() {
    let bench = Bench::new();
    let (system, security) = bench.administrators();
    assert!(bench.run(offices::bootstrap_link).unwrap().is_none());
    let me = security.account.unwrap();
    assert_code(bench.give(&security, me, Role::Auditor), "own_roles");
    assert_code(bench.give(&security, system.account.unwrap(), Role::Auditor), "roles_apart");
    let anna = bench.person("anna");
    bench.give(&security, anna, Role::Handler).unwrap();
    assert_code(bench.give(&security, anna, Role::Handler), "role_already_held");
    assert_code(bench.give(&security, anna, Role::Approver), "roles_apart");
    assert_code(bench.give(&security, anna, Role::Expert), "roles_apart");
    let otto = bench.person("otto");
    assert_code(bench.give(&security, otto, Role::Expert), "expert_not_in_pool");
    assert_code(bench.give(&system, anna, Role::Auditor), "wrong_role");
    assert_problem(bench.give(&security, anna, Role::System), "role", "role_not_for_people");
    assert!(bench.actor(anna).holds(Role::Handler));
    // The only security administrator stays; a second one makes room.
    let close = |by: &Actor, id: AccountId| {
        let by = by.clone();
        bench.run(move |tx| {
            let version = db::accounts::find(tx.db, id)?.version;
            grants::set_status(tx, &by, id, &StatusChange { version, enable: false, reason: "离岗".into() })
        })
    };
    assert_code(close(&system, me), "last_administrator");
    let bela = bench.person("bela");
    bench.give(&security, bela, Role::SecurityAdmin).unwrap();
    close(&system, me).unwrap();
    let invitation = Invitation { name: "陈".into(), email: "anna@example.com".into() };
    assert_problem(bench.run(move |tx| grants::invite(tx, &system, &invitation)), "email", "email_taken");
}

#[test]
fn a_credit_code_is_checked_and_joined_not_taken_twice() {
    let bench = Bench::new();
    let (_, security) = bench.administrators();
    let (anna, bela) = (bench.person("anna"), bench.person("bela"));
    assert_problem(bench.register(anna, "91440101"), "credit_code", "credit_code_length");
    assert_problem(bench.register(anna, "91440I01MA59ABCDE1"), "credit_code", "credit_code_not_digit");
    let right = crate::domain::credit_code::CreditCode::complete("91440101MA59ABCDE").unwrap().as_str().to_string();
    let wrong = format!("{}{}", &right[..17], if right.ends_with('0') { '1' } else { '0' });
    let organisation = bench.register(anna, &wrong).unwrap();
    assert_eq!(organisation.code_check, CodeCheck::Wrong);
    assert_code(bench.register(anna, &right), "already_in_organisation");
    assert_code(bench.register(bela, &wrong.to_lowercase()), "organisation_registered");
    // Joining: asked once, decided once, by the administrator alone.
    let ask = || {
        let actor = bench.actor(bela);
        let input = Joining { credit_code: wrong.clone(), message: "市场部".into() };
        bench.run(move |tx| organisations::request_to_join(tx, &actor, &input))
    };
    let request = ask().unwrap();
    assert_code(ask(), "join_already_asked");
    let id = organisation.id;
    let decide = |by: AccountId| {
        let actor = bench.actor(by);
        bench.run(move |tx| organisations::decide_join(tx, &actor, id, request.id, true, ""))
    };
    assert_code(decide(bela), "not_found");
    decide(anna).unwrap();
    assert_code(decide(anna), "join_already_decided");
    assert_code(decide(bela), "not_organisation_admin");
    let admin = bench.actor(anna);
    let by = admin.clone();
    let leave = bench.run(move |tx| organisations::remove_member(tx, &by, id, anna));
    assert_code(leave, "last_organisation_admin");
    let by = admin.clone();
    bench.run(move |tx| organisations::set_member_role(tx, &by, id, bela, true, "")).unwrap();
    bench.run(move |tx| organisations::remove_member(tx, &admin, id, anna)).unwrap();
    // The officer accepts the code once there is a licence image.
    let cora = bench.person("cora");
    bench.give(&security, cora, Role::Handler).unwrap();
    let accept = || {
        let officer = bench.actor(cora);
        let input = Override { version: organisation.version, reason: "与执照一致".into() };
        bench.run(move |tx| organisations::override_code(tx, &officer, id, &input))
    };
    assert_code(accept(), "licence_missing");
    let member = bench.actor(bela);
    let stored = Stored { sha256: ObjectKey::from_sha256([7; 32]), bytes: 9, file_type: FileType::Pdf };
    bench.run(move |tx| organisations::provide_licence(tx, &member, id, "执照.pdf", &stored)).unwrap();
    accept().unwrap();
    assert_code(accept(), "stale");
    let found = bench.run(move |tx| Ok(db::organisations::find(tx.db, id)?)).unwrap();
    assert_eq!(found.code_check, CodeCheck::Overridden);
}
