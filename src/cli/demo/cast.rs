//! The people of the demonstration, each brought in the way that real people are: invited, registered, granted a role.

use super::sample::{self, Sample};
use crate::actions::Tx;
use crate::actions::accounts;
use crate::actions::grants::{self, Invitation, RoleGrant};
use crate::actions::import_experts::{self, ExpertRow};
use crate::actions::offices::{self, SetUp};
use crate::actions::organisations::{self, Registration};
use crate::app::App;
use crate::db;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, OrganisationId};
use crate::domain::language::Language;
use crate::domain::status::TokenPurpose;
use crate::error::Error;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One who can sign in.
#[derive(Debug, Clone, Serialize)]
pub struct Player {
    /// Address to sign in with.
    pub email: String,
    /// Name.
    pub name: String,
    /// Role, as in the API.
    pub role: String,
    /// Whose: organisation or bureau.
    pub of: String,
    #[serde(skip)]
    account: AccountId,
}

/// A vendor and its administrator.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// The organisation as made up.
    pub sample: Sample,
    /// Its id here.
    pub organisation: OrganisationId,
    /// Its administrator.
    pub player: Player,
}

/// Everybody.
#[derive(Debug)]
pub struct Cast {
    /// All who can sign in.
    pub players: Vec<Player>,
    /// The department's handler.
    pub handler: Player,
    /// The department's approver.
    pub approver: Player,
    /// One officer a bureau.
    pub officers: BTreeMap<String, Player>,
    /// Experts.
    pub experts: Vec<Player>,
    /// Vendors.
    pub vendors: Vec<Vendor>,
    /// The hash of the one password of this demonstration.
    hash: String,
}

/// How many experts there are.
const EXPERTS: usize = 12;

impl Cast {
    /// Brings in everybody but the vendors.
    pub fn assemble(app: &Arc<App>, password: &str) -> anyhow::Result<Cast> {
        let salt = app.env.random.secret().map_err(anyhow::Error::from)?;
        let mut short = [0; 16];
        short.copy_from_slice(&salt[..16]);
        let hash = app.passwords.hash(password, &short).map_err(anyhow::Error::from)?;
        let first = SetUp {
            name: "何永健".into(),
            email: "system@demo.example".into(),
            security_name: "梁雅文".into(),
            security_email: "security@demo.example".into(),
        };
        let of_hash = hash.clone();
        let (system_admin, security_admin) = app.write_now(move |tx| {
            let link = offices::bootstrap_link(tx)?.ok_or(Error::NotFound)?;
            let token = link.rsplit('/').next().unwrap_or_default().to_string();
            let done = offices::set_up(tx, &token, &first, &of_hash)?;
            let secret = done.secret.ok_or(Error::NotFound)?;
            accounts::accept_link(tx, TokenPurpose::Invitation, &secret.plain, &first.security_name, &of_hash)?;
            let system = db::accounts::find_by_email(tx.db, &first.email)?.ok_or(Error::NotFound)?;
            Ok((player(&system, Role::SystemAdmin, ""), player(&done.security, Role::SecurityAdmin, "")))
        })?;
        let mut cast = Cast {
            players: vec![system_admin.clone(), security_admin.clone()],
            handler: system_admin.clone(),
            approver: system_admin.clone(),
            officers: BTreeMap::new(),
            experts: Vec::new(),
            vendors: Vec::new(),
            hash,
        };
        cast.handler = cast.employ(app, "handler@demo.example", "陈嘉辉", Role::Handler, "")?;
        cast.approver = cast.employ(app, "approver@demo.example", "黄慧敏", Role::Approver, "")?;
        cast.employ(app, "approver2@demo.example", "罗国栋", Role::Approver, "")?;
        cast.employ(app, "evaluator@demo.example", "谢静怡", Role::Evaluator, "")?;
        cast.employ(app, "auditor@demo.example", "冯思颖", Role::Auditor, "")?;
        for (number, bureau) in app.env.reference.bureaus.iter().enumerate() {
            let email = format!("{}@demo.example", bureau.code);
            let officer = cast.employ(app, &email, &sample::person(number * 5 + 3), Role::CityOfficer, &bureau.code)?;
            cast.officers.insert(bureau.code.clone(), officer);
        }
        cast.invite_experts(app)?;
        Ok(cast)
    }

    /// Invites somebody and gives them a role.
    fn employ(&mut self, app: &Arc<App>, email: &str, name: &str, role: Role, bureau: &str) -> anyhow::Result<Player> {
        let (system, security) = (self.players[0].clone(), self.players[1].clone());
        let invitation = Invitation { name: name.into(), email: email.into() };
        let (hash, bureau) = (self.hash.clone(), bureau.to_string());
        let player = app.write_now(move |tx| {
            let administrator = system.actor(tx)?;
            let invited = grants::invite(tx, &administrator, &invitation)?;
            accounts::accept_link(tx, TokenPurpose::Invitation, &invited.secret.plain, &invitation.name, &hash)?;
            let grant = RoleGrant {
                role,
                credit_code: String::new(),
                bureau: bureau.clone(),
                reason: "按职责分工授予".into(),
                ends_on: String::new(),
            };
            let guardian = security.actor(tx)?;
            grants::grant(tx, &guardian, invited.account.id, &grant)?;
            Ok(player(&invited.account, role, &bureau))
        })?;
        self.players.push(player.clone());
        Ok(player)
    }

    fn invite_experts(&mut self, app: &Arc<App>) -> anyhow::Result<()> {
        let clusters = &app.env.reference.clusters;
        let mut table = String::from("姓名,邮箱,单位,单位统一社会信用代码,职称,地市,专业领域,评审上限\r\n");
        for number in 0..EXPERTS {
            let fields: Vec<&str> =
                clusters.iter().skip(number % 5).step_by(4).take(4).map(|c| c.name.as_str()).collect();
            let name = sample::person(number * 3 + 1);
            let institute = ["南方制造研究院", "岭南理工大学", "珠江工业设计院"][number % 3];
            table.push_str(&format!(
                "{name},expert{}@demo.example,{institute},,教授级高工,,{},80\r\n",
                number + 1,
                fields.join(";")
            ));
        }
        let rows: Vec<ExpertRow> = import_experts::read(table.as_bytes(), "experts.csv")
            .map_err(|unreadable| anyhow::anyhow!("the demonstration's experts: {unreadable:?}"))?;
        let (handler, hash) = (self.handler.clone(), self.hash.clone());
        let experts = app.write_now(move |tx| {
            let actor = handler.actor(tx)?;
            import_experts::import(tx, &actor, &rows, None)?;
            let mut players = Vec::new();
            for number in 0..EXPERTS {
                let email = format!("expert{}@demo.example", number + 1);
                let account = db::accounts::find_by_email(tx.db, &email)?.ok_or(Error::NotFound)?;
                // As if each had followed the link in the invitation and chosen a password.
                db::accounts::set_password(tx.db, account.id, &hash)?;
                players.push(player(&account, Role::Expert, ""));
            }
            Ok(players)
        })?;
        self.players.extend(experts.iter().cloned());
        self.experts = experts;
        Ok(())
    }

    /// Registers the made-up organisation of a number with its administrator.
    pub fn register_vendor(&mut self, app: &Arc<App>, index: usize) -> anyhow::Result<Vendor> {
        let sample = sample::organisation(index, &app.env.reference);
        let email = format!("vendor{}@demo.example", index + 1);
        let hash = self.hash.clone();
        let made = sample.clone();
        let vendor = app.write_now(move |tx| {
            let registration = accounts::Registration { name: made.contact.clone(), email: email.clone() };
            let secret = accounts::register(tx, &registration, Language::default())?.ok_or(Error::NotFound)?;
            accounts::accept_link(tx, TokenPurpose::Registration, &secret.plain, &made.contact, &hash)?;
            let account = db::accounts::find_by_email(tx.db, &email)?.ok_or(Error::NotFound)?;
            let mut player = player(&account, Role::VendorAdmin, &made.name);
            let registration = Registration {
                credit_code: made.credit_code.clone(),
                name: made.name.clone(),
                registered_area: Some(made.area.clone().unwrap_or_default()),
                main_service_city: made.service_city.clone().unwrap_or_default(),
                established_on: format!("{}-05-20", 2009 + made.index % 9),
                address: format!("广东省示范路{}号", made.index + 1),
                contact_name: made.contact.clone(),
                contact_phone: format!("020-8{:07}", 1_000_000 + made.index * 31),
            };
            let actor = player.actor(tx)?;
            let organisation = organisations::register(tx, &actor, &registration)?;
            player.of = organisation.name.clone();
            Ok(Vendor { sample: made, organisation: organisation.id, player })
        })?;
        self.players.push(vendor.player.clone());
        self.vendors.push(vendor.clone());
        Ok(vendor)
    }
}

fn player(account: &db::accounts::Account, role: Role, of: &str) -> Player {
    Player {
        email: account.email.clone(),
        name: account.name.clone(),
        role: role.as_text().into(),
        of: of.into(),
        account: account.id,
    }
}

impl Player {
    /// The person with the roles they hold at this instant.
    pub fn actor(&self, tx: &mut Tx<'_>) -> Result<Actor, Error> {
        Ok(Actor {
            account: Some(self.account),
            name: self.name.clone(),
            language: crate::words::DEFAULT_LANGUAGE.into(),
            held: db::sessions::held(tx.db, self.account, tx.now)?,
        })
    }
}
