//! People with accounts and roles, made without going through the pages that make them.

use super::app::TestApp;
use super::canaries::{CONTACT_NAME, CONTACT_PHONE};
use super::client::Client;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use yuanchi::actions::{Record, Tx, sessions};
use yuanchi::app::App;
use yuanchi::db::accounts::{self, Account, Grant};
use yuanchi::db::organisations::{self, Organisation};
use yuanchi::domain::actor::{Actor, Held, Role};
use yuanchi::domain::ids::{AccountId, ExpertId, GrantId, OrganisationId};
use yuanchi::domain::status::{AccountStatus, CodeCheck, SessionKind};
use yuanchi::error::Error;

pub use super::canaries::PASSWORD;

/// A role that is bound to nothing.
pub fn with(role: Role) -> Held {
    Held { role, organisation: None, bureau: None, expert: None }
}

/// An officer of a bureau.
pub fn in_bureau(bureau: &str) -> Held {
    Held { bureau: Some(bureau.into()), ..with(Role::CityOfficer) }
}

/// Administers an organisation.
pub fn admin_of(organisation: OrganisationId) -> Held {
    Held { organisation: Some(organisation), ..with(Role::VendorAdmin) }
}

/// Works for an organisation.
pub fn member_of(organisation: OrganisationId) -> Held {
    Held { organisation: Some(organisation), ..with(Role::VendorMember) }
}

/// Is an expert of the pool.
pub fn expert(expert: ExpertId) -> Held {
    Held { expert: Some(expert), ..with(Role::Expert) }
}

/// A person.
#[derive(Clone)]
pub struct Person {
    /// Their account.
    pub id: AccountId,
    /// Their address.
    pub email: String,
    /// Their roles.
    pub held: Vec<Held>,
    app: Arc<App>,
    address: SocketAddr,
}

impl Person {
    /// As actions see them.
    pub fn actor(&self) -> Actor {
        Actor { account: Some(self.id), name: self.email.clone(), language: "zh-CN".into(), held: self.held.clone() }
    }

    /// Their browser, signed in now.
    #[track_caller]
    pub fn browser(&self) -> Client {
        let (plain, stored) = self.begin(SessionKind::Browser);
        let csrf = yuanchi::web::access::csrf_token(&self.app, &stored);
        Client::new(self.address).with_session(&plain, csrf)
    }

    /// Their program, with an access token issued now.
    #[track_caller]
    pub fn api(&self) -> Client {
        let (_, session) = self.begin(SessionKind::Api);
        let token = self.app.access_token(self.id, &session).expect("a token");
        Client::new(self.address).with_bearer(token)
    }

    #[track_caller]
    fn begin(&self, kind: SessionKind) -> (String, String) {
        let config = self.app.config.sessions.clone();
        let id = self.id;
        let secret = self
            .app
            .write_now(move |tx| sessions::begin(tx, &config, id, kind, "test"))
            .unwrap_or_else(|e| panic!("{} cannot sign in: {e}", self.email));
        (secret.plain, secret.stored)
    }
}

/// What the record says of people who were not made by its own acts.
fn note(tx: &mut Tx<'_>, account: AccountId, action: &str, detail: Value) -> Result<(), Error> {
    let record = Record { subject_kind: "account", subject_id: account.as_text(), action, detail, ..Record::default() };
    tx.record(&Actor::system(), record)
}

fn give(tx: &mut Tx<'_>, account: AccountId, held: &Held) -> Result<(), Error> {
    let grant = Grant {
        id: GrantId::new(&*tx.env.ids),
        account_id: account,
        role: held.role,
        organisation_id: held.organisation,
        bureau: held.bureau.clone(),
        expert_id: held.expert,
        granted_by: None,
        reason: "test".into(),
        granted_at: tx.now,
        // Later than any clock of a test goes.
        ends_on: NaiveDate::from_ymd_opt(2099, 12, 31),
        revoked_at: None,
        by_operator: true,
    };
    accounts::grant(tx.db, &grant)?;
    let detail = json!({
        "grant": grant.id, "role": grant.role, "organisation": grant.organisation_id, "bureau": grant.bureau,
        "expert": grant.expert_id,
    });
    note(tx, account, "account.role_granted", detail)
}

impl TestApp {
    /// A person with these roles, who has no password (it takes long to hash).
    #[track_caller]
    pub fn person(&self, email: &str, held: &[Held]) -> Person {
        self.person_with_hash(email, held, None)
    }

    /// The same, with the password [`PASSWORD`].
    #[track_caller]
    pub fn person_with_password(&self, email: &str, held: &[Held]) -> Person {
        let hash = self.app.passwords.hash(PASSWORD, &[7; 16]).expect("a hash");
        self.person_with_hash(email, held, Some(hash))
    }

    #[track_caller]
    fn person_with_hash(&self, email: &str, held: &[Held], password_hash: Option<String>) -> Person {
        let account = Account {
            id: AccountId::new(&*self.app.env.ids),
            email: email.into(),
            email_key: accounts::email_key(email),
            name: email.split('@').next().unwrap_or(email).into(),
            password_hash,
            language: "zh-CN".into(),
            status: AccountStatus::Active,
            created_at: self.now(),
            signed_in_at: None,
            version: 1,
        };
        let id = account.id;
        let roles = held.to_vec();
        self.write(move |tx| {
            accounts::create(tx.db, &account)?;
            note(tx, id, "account.registered", json!({}))?;
            roles.iter().try_for_each(|held| give(tx, id, held))
        });
        Person { id, email: email.into(), held: held.to_vec(), app: self.app.clone(), address: self.address }
    }

    /// Gives somebody one more role, whatever the rules say to it.
    #[track_caller]
    pub fn give(&self, account: AccountId, held: Held) {
        self.write(move |tx| give(tx, account, &held));
    }

    /// Takes every role of somebody back, whatever the rules say to it.
    #[track_caller]
    pub fn take_roles(&self, account: AccountId) {
        self.write(move |tx| {
            for grant in accounts::grants_of(tx.db, account)? {
                accounts::revoke(tx.db, grant.id, tx.now)?;
                note(tx, account, "account.role_revoked", json!({"grant": grant.id, "role": grant.role}))?;
            }
            Ok(())
        });
    }

    /// Closes an account, whatever the rules say to it.
    #[track_caller]
    pub fn close(&self, account: AccountId) {
        self.write(move |tx| {
            let version = accounts::find(tx.db, account)?.version;
            accounts::set_status(tx.db, account, version, AccountStatus::Disabled)?;
            note(tx, account, "account.disabled", json!({}))
        });
    }

    /// A person who was invited and has followed the link: the account is there, its password was chosen.
    #[track_caller]
    pub fn invited(&self, email: &str) -> Person {
        let key = accounts::email_key(email);
        let id = self.write(move |tx| {
            let account = accounts::find_by_email(tx.db, &key)?.ok_or(Error::NotFound)?;
            // Choosing one is the accounts' own test; hashing it takes long.
            accounts::set_password(tx.db, account.id, "")?;
            Ok(account.id)
        });
        let now = self.now();
        let held = self.read(|tx| Ok(yuanchi::db::sessions::held(tx.db, id, now)?));
        Person { id, email: email.into(), held, app: self.app.clone(), address: self.address }
    }

    /// An organisation with this code and name, registered in the given county of the province.
    #[track_caller]
    pub fn organisation(&self, credit_code: &str, name: &str, area: &str) -> OrganisationId {
        let organisation = Organisation {
            id: OrganisationId::new(&*self.app.env.ids),
            credit_code: credit_code.into(),
            name: name.into(),
            name_key: organisations::name_key(name),
            registered_area: Some(area.into()),
            main_service_city: None,
            established_on: chrono::NaiveDate::from_ymd_opt(2015, 6, 1),
            address: "广东省".into(),
            contact_name: CONTACT_NAME.into(),
            contact_phone: CONTACT_PHONE.into(),
            code_check: CodeCheck::Right,
            created_at: self.now(),
            version: 1,
        };
        let id = organisation.id;
        self.write(move |tx| Ok(organisations::create(tx.db, &organisation)?));
        id
    }
}
