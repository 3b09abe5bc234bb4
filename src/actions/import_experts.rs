//! Bringing experts into the pool from a table: a dry run that names every bad row, then all rows or none.

use super::post::Reader;
use super::review::exclusions::apply_now;
use super::{Record, Tx};
use crate::auth::token::Secret;
use crate::db;
use crate::db::Json;
use crate::db::accounts::{Account, Grant};
use crate::db::experts::{Expert, PROVINCE};
use crate::db::organisations::name_key;
use crate::db::sessions::OneTimeToken;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::credit_code::CreditCode;
use crate::domain::duties;
use crate::domain::form::Problem;
use crate::domain::ids::{AccountId, ExpertId, GrantId};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AccountStatus, ExpertStatus, TokenPurpose};
use crate::error::Error;
use crate::spreadsheet::{ColumnProblem, RowProblem, TableProblem, WantedColumn, columns, read_table};
use crate::words::{DEFAULT_LANGUAGE, Words};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;
use validator::ValidateEmail;

/// Days that an invitation is good for.
const INVITATION_DAYS: i64 = 14;
/// Rows of one import.
const ROW_LIMIT: usize = 5_000;
/// Most applications that a pool may ask of one expert.
const HIGHEST_LOAD: i32 = 1_000;

const REQUIRED: [&str; 6] = ["name", "email", "employer", "title", "fields", "load_limit"];
const OPTIONAL: [&str; 2] = ["employer_code", "city"];

/// One row as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpertRow {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// 姓名.
    pub name: String,
    /// 邮箱; an address that is in the pool brings that expert up to date.
    pub email: String,
    /// 单位.
    pub employer: String,
    /// 单位统一社会信用代码; may be empty.
    #[serde(default)]
    pub employer_code: String,
    /// 职称.
    pub title: String,
    /// 地市: name or code; may be empty.
    #[serde(default)]
    pub city: String,
    /// 专业领域, separated by semicolons: names or codes of clusters, names of programmes, categories.
    pub fields: String,
    /// 评审上限: most applications in one review.
    pub load_limit: String,
}

/// Why a file could not be read at all.
#[derive(Debug)]
pub enum Unreadable {
    /// It is no table.
    Table(TableProblem),
    /// Its columns are not those of experts.
    Columns(Vec<ColumnProblem>),
}

impl Unreadable {
    /// In words, one sentence a problem.
    pub fn sentences(&self, language: &str) -> Vec<String> {
        match self {
            Unreadable::Table(problem) => {
                vec![Words.say_with(language, &format!("table-{}", problem.code()), problem.args())]
            }
            Unreadable::Columns(problems) => problems
                .iter()
                .map(|problem| Words.say_with(language, &format!("column-{}", problem.code), problem.args()))
                .collect(),
        }
    }
}

/// Reads the rows of a CSV or XLSX file.
///
/// # Errors
/// The file is no table, or columns are missing, doubled or unknown.
pub fn read(content: &[u8], name: &str) -> Result<Vec<ExpertRow>, Unreadable> {
    let table = read_table(content, name).map_err(Unreadable::Table)?;
    if table.rows.len() > ROW_LIMIT {
        return Err(Unreadable::Table(TableProblem::TooManyRows { limit: ROW_LIMIT }));
    }
    let words: BTreeMap<&str, String> = REQUIRED.iter().chain(&OPTIONAL).map(|key| (*key, column_title(key))).collect();
    let titles: BTreeMap<&str, Vec<&str>> = words.iter().map(|(key, word)| (*key, vec![word.as_str(), *key])).collect();
    let wanted = |keys: &[&'static str]| -> Vec<WantedColumn<'_>> {
        keys.iter().filter_map(|key| Some(WantedColumn { key, titles: titles.get(key)? })).collect()
    };
    let found = columns(&table.header, &wanted(&REQUIRED), &wanted(&OPTIONAL)).map_err(Unreadable::Columns)?;
    let cell = |row, key| found.cell(row, key).to_string();
    Ok(table
        .rows
        .iter()
        .map(|row| ExpertRow {
            line: row.line,
            name: cell(row, "name"),
            email: cell(row, "email"),
            employer: cell(row, "employer"),
            employer_code: cell(row, "employer_code"),
            title: cell(row, "title"),
            city: cell(row, "city"),
            fields: cell(row, "fields"),
            load_limit: cell(row, "load_limit"),
        })
        .collect())
}

fn column_title(key: &str) -> String {
    Words.say(DEFAULT_LANGUAGE, &format!("expert-column-{key}"))
}

/// A row that can be brought in.
#[derive(Debug, Clone)]
pub struct ReadyRow {
    /// Where it stands in the file.
    pub line: usize,
    /// The expert as the pool will have them.
    pub expert: Expert,
    /// Whether the pool has them already.
    pub known: bool,
    account: Option<Account>,
}

/// What a dry run found.
#[derive(Debug, Default)]
pub struct DryRun {
    /// The rows that can be brought in.
    pub ready: Vec<ReadyRow>,
    /// Everything that is wrong, row by row.
    pub problems: Vec<RowProblem>,
}

impl DryRun {
    /// How many are new.
    pub fn added(&self) -> usize {
        self.ready.iter().filter(|row| !row.known).count()
    }

    /// How many are known and would be brought up to date.
    pub fn updated(&self) -> usize {
        self.ready.len() - self.added()
    }
}

/// The sentence of a bad row.
pub fn row_sentence(problem: &RowProblem, language: &str) -> String {
    Words.say_with(language, &format!("problem-{}", problem.code), [("value", problem.value.as_str())])
}

struct RowCheck<'r> {
    row: &'r ExpertRow,
    problems: Vec<RowProblem>,
}

impl RowCheck<'_> {
    fn wrong(&mut self, column: &str, code: &str, value: &str) {
        self.problems.push(RowProblem {
            line: self.row.line,
            column: column_title(column),
            code: code.into(),
            value: value.into(),
            remedy: code.into(),
        });
    }

    fn text(&mut self, column: &str, value: &str, limit: usize) -> String {
        let value = value.trim();
        if value.is_empty() {
            self.wrong(column, "expert_empty", value);
        } else if value.chars().count() > limit {
            self.wrong(column, "expert_too_long", &limit.to_string());
        }
        value.to_string()
    }
}

/// Checks every row against the pool, the accounts and the reference data, and changes nothing.
pub fn dry_run(tx: &mut Tx<'_>, actor: &Actor, rows: &[ExpertRow]) -> Result<DryRun, Error> {
    actor.must_hold(&[Role::Handler, Role::System])?;
    if rows.len() > ROW_LIMIT {
        return Err(Refusal::unacceptable("import_too_many_rows").with("limit", ROW_LIMIT).into());
    }
    let known_fields = known_fields(tx);
    let mut seen = BTreeSet::new();
    let mut found = DryRun::default();
    for row in rows {
        let mut check = RowCheck { row, problems: Vec::new() };
        let ready = check_row(tx, &mut check, &known_fields, &mut seen)?;
        if check.problems.is_empty() {
            found.ready.push(ready);
        }
        found.problems.append(&mut check.problems);
    }
    Ok(found)
}

fn check_row(
    tx: &mut Tx<'_>,
    check: &mut RowCheck<'_>,
    known_fields: &BTreeMap<String, String>,
    seen: &mut BTreeSet<String>,
) -> Result<ReadyRow, Error> {
    let row = check.row;
    let name = check.text("name", &row.name, 50);
    let email = check.text("email", &row.email, 200);
    let email_key = db::accounts::email_key(&email);
    if !email.is_empty() && !email.validate_email() {
        check.wrong("email", "expert_email", &email);
    } else if !email_key.is_empty() && !seen.insert(email_key.clone()) {
        check.wrong("email", "expert_email_twice", &email);
    }
    let employer = check.text("employer", &row.employer, 100);
    let title = check.text("title", &row.title, 50);
    let employer_code = match row.employer_code.trim() {
        "" => None,
        code => match CreditCode::parse(code) {
            Ok(parsed) => Some(parsed.code.as_str().to_string()),
            Err(_) => {
                check.wrong("employer_code", "expert_employer_code", code);
                None
            }
        },
    };
    let city = match row.city.trim() {
        "" => None,
        city => {
            let found =
                tx.env.reference.cities.iter().find(|known| {
                    known.code == city || known.name == city || known.name.trim_end_matches('市') == city
                });
            if found.is_none() {
                check.wrong("city", "expert_city", city);
            }
            found.map(|city| city.code.clone())
        }
    };
    let mut fields = BTreeSet::new();
    for word in row.fields.split([';', '；', '、', ',', '，', '|']).map(str::trim).filter(|word| !word.is_empty()) {
        match known_fields.get(&name_key(word)) {
            Some(key) => {
                fields.insert(key.clone());
            }
            None => check.wrong("fields", "expert_field", word),
        }
    }
    if row.fields.trim().is_empty() {
        check.wrong("fields", "expert_empty", "");
    }
    let load_limit = whole_number(&row.load_limit).filter(|limit| (1..=HIGHEST_LOAD).contains(limit));
    if load_limit.is_none() {
        check.wrong("load_limit", "expert_load_limit", row.load_limit.trim());
    }
    let account = db::accounts::find_by_email(tx.db, &email)?;
    if let Some(account) = &account {
        if account.status == AccountStatus::Disabled {
            check.wrong("email", "expert_account_disabled", &email);
        }
        let today = local_date(tx.now);
        let held: Vec<Role> = db::accounts::grants_of(tx.db, account.id)?
            .iter()
            .filter(|grant| grant.ends_on.is_none_or(|last| today <= last))
            .map(|grant| grant.role)
            .collect();
        if duties::conflict(&held, Role::Expert).is_some() {
            check.wrong("email", "expert_is_officer", &email);
        }
    }
    let stored = db::experts::find_by_email(tx.db, &email)?;
    let known = stored.is_some();
    // An import brings people in; it gives nothing back that was taken from somebody with a reason.
    let taken = match (&stored, &account) {
        (Some(expert), _) if expert.status == ExpertStatus::Removed => Some("expert_removed"),
        (Some(expert), Some(account)) if db::experts::grant_was_revoked(tx.db, account.id, expert.id)? => {
            Some("expert_role_revoked")
        }
        _ => None,
    };
    if let Some(code) = taken {
        check.wrong("email", code, &email);
    }
    let written = Expert {
        id: ExpertId::new(&*tx.env.ids),
        account_id: account.as_ref().map(|account| account.id),
        name,
        email,
        email_key,
        employer,
        employer_code,
        title,
        city,
        fields: Json(fields),
        load_limit: load_limit.unwrap_or(1),
        status: ExpertStatus::Active,
        created_at: tx.now,
        version: 1,
        pool: PROVINCE.into(),
        term_from: None,
        term_to: None,
        status_reason: None,
        status_changed_by: None,
        status_changed_at: None,
    };
    let expert = match stored {
        // What the file does not say stays as it is.
        Some(stored) => Expert {
            name: written.name,
            email: written.email,
            employer: written.employer,
            employer_code: written.employer_code,
            title: written.title,
            city: written.city,
            fields: written.fields,
            load_limit: written.load_limit,
            ..stored
        },
        None => written,
    };
    Ok(ReadyRow { line: row.line, expert, known, account })
}

/// Digits as people type them, full-width too.
fn whole_number(text: &str) -> Option<i32> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().collect();
    let text = text.trim();
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// What a field of expertise may be called, folded, and its key: clusters by code and name, programmes by name, their
/// categories, and the two kinds of categories by their words.
fn known_fields(tx: &Tx<'_>) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for cluster in &tx.env.reference.clusters {
        known.insert(name_key(&cluster.id), cluster.id.clone());
        known.insert(name_key(&cluster.name), cluster.id.clone());
    }
    for programme in &tx.env.programmes {
        let key = &programme.category.key;
        for word in [&programme.key, key, &programme.names.zh_cn] {
            known.insert(name_key(word), key.clone());
        }
        let kind = programme.category.kind.as_text();
        known.insert(name_key(kind), kind.to_string());
        known.insert(name_key(&Words.say(DEFAULT_LANGUAGE, &format!("expert-field-{kind}"))), kind.to_string());
    }
    known
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Imported {
    /// Experts who are new in the pool.
    pub added: usize,
    /// Experts who were brought up to date.
    pub updated: usize,
}

/// Brings all rows in, or none: new experts get an account and an invitation, known ones are brought up to date.
///
/// # Errors
/// [`Error::Invalid`] with `rows[line].column` for every bad cell.
pub fn import(tx: &mut Tx<'_>, actor: &Actor, rows: &[ExpertRow]) -> Result<Imported, Error> {
    let role = actor.must_hold(&[Role::Handler, Role::System])?;
    hold(tx, rows)?;
    let found = dry_run(tx, actor, rows)?;
    if !found.problems.is_empty() {
        return Err(Error::Invalid(found.problems.iter().map(as_problem).collect()));
    }
    if found.ready.is_empty() {
        return Err(Refusal::unacceptable("import_empty").into());
    }
    let done = Imported { added: found.added(), updated: found.updated() };
    let mut changed = Vec::new();
    for row in found.ready {
        if row.known {
            changed.push(row.expert.id);
        }
        bring_in(tx, actor, role, row)?;
    }
    apply_now(tx, &changed)?;
    Ok(done)
}

/// Holds the accounts and the experts of these addresses until the transaction ends: a role that is given or taken, or a
/// standing that is changed at the same time, goes first or waits. In the order of addresses, as any two imports have it.
fn hold(tx: &mut Tx<'_>, rows: &[ExpertRow]) -> Result<(), Error> {
    let addresses: BTreeSet<String> = rows.iter().map(|row| db::accounts::email_key(&row.email)).collect();
    for address in &addresses {
        if let Some(account) = db::accounts::find_by_email(tx.db, address)? {
            db::accounts::lock(tx.db, account.id)?;
        }
        if let Some(expert) = db::experts::find_by_email(tx.db, address)? {
            db::experts::find_to_change(tx.db, expert.id)?;
        }
    }
    Ok(())
}

/// What an import would do; nothing is changed.
///
/// # Errors
/// As [`import`].
pub fn trial(tx: &mut Tx<'_>, actor: &Actor, rows: &[ExpertRow]) -> Result<Imported, Error> {
    let found = dry_run(tx, actor, rows)?;
    if found.problems.is_empty() {
        Ok(Imported { added: found.added(), updated: found.updated() })
    } else {
        Err(Error::Invalid(found.problems.iter().map(as_problem).collect()))
    }
}

fn as_problem(problem: &RowProblem) -> Problem {
    let mut said = Problem::new(&format!("rows[{}].{}", problem.line, problem.column), &problem.code);
    said.args.insert("value".into(), problem.value.clone());
    said
}

fn bring_in(tx: &mut Tx<'_>, actor: &Actor, role: Role, row: ReadyRow) -> Result<(), Error> {
    let mut expert = row.expert;
    let (account, is_new) = match row.account {
        Some(account) => (account, false),
        None => (new_account(tx, &expert)?, true),
    };
    if row.known {
        db::experts::update(tx.db, &expert)?;
        db::accounts::bind_expert(tx.db, expert.id, account.id)?;
    } else {
        expert.account_id = Some(account.id);
        db::experts::create(tx.db, &expert)?;
    }
    if !db::experts::has_grant(tx.db, account.id, expert.id)? {
        db::accounts::grant(
            tx.db,
            &Grant {
                id: GrantId::new(&*tx.env.ids),
                account_id: account.id,
                role: Role::Expert,
                organisation_id: None,
                bureau: None,
                expert_id: Some(expert.id),
                granted_by: actor.account,
                reason: "expert import".into(),
                granted_at: tx.now,
                ends_on: None,
                revoked_at: None,
            },
        )?;
        if is_new {
            invite(tx, &account)?;
        } else {
            tx.post((&account).into(), "expert-added", "/assignments", &[("name", &account.name)])?;
        }
    }
    tx.record(
        actor,
        Record {
            subject_kind: "expert",
            subject_id: expert.id.as_text(),
            action: if row.known { "expert.updated" } else { "expert.imported" },
            role: role.as_text(),
            detail: serde_json::json!({ "load_limit": expert.load_limit, "fields": expert.fields.0 }),
            ..Record::default()
        },
    )
}

fn new_account(tx: &mut Tx<'_>, expert: &Expert) -> Result<Account, Error> {
    let account = Account {
        id: AccountId::new(&*tx.env.ids),
        email: expert.email.clone(),
        email_key: expert.email_key.clone(),
        name: expert.name.clone(),
        password_hash: None,
        language: DEFAULT_LANGUAGE.into(),
        status: AccountStatus::Invited,
        created_at: tx.now,
        signed_in_at: None,
        version: 1,
    };
    db::accounts::create(tx.db, &account)?;
    Ok(account)
}

fn invite(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    let secret = Secret::from_bytes(tx.env.random.secret()?);
    let token = OneTimeToken {
        id: secret.stored,
        purpose: TokenPurpose::Invitation,
        account_id: Some(account.id),
        created_at: tx.now,
        expires_at: tx.now + Duration::days(INVITATION_DAYS),
        used_at: None,
    };
    db::sessions::create_one_time_token(tx.db, &token)?;
    let until = crate::domain::calendar::local_datetime_text(token.expires_at);
    let reader = Reader { account: Some(account.id), address: &account.email, language: &account.language };
    let path = format!("/invitation/{}", secret.plain);
    tx.post(reader, "expert-invitation", &path, &[("name", &account.name), ("until", &until)])
}

/// A change of an expert's standing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingChange {
    /// The version that was seen.
    pub version: i32,
    /// The new standing.
    pub status: ExpertStatus,
    /// Why.
    pub reason: String,
}

/// Suspends, removes or takes back an expert. What they have submitted stays; what they still have to score is to be
/// released in its session.
pub fn change_standing(tx: &mut Tx<'_>, actor: &Actor, id: ExpertId, input: &StandingChange) -> Result<(), Error> {
    let role = actor.must_hold(&[Role::Handler])?;
    let reason = super::review::reason("reason", &input.reason)?;
    let expert = db::experts::find_to_change(tx.db, id)?;
    tx.must_be_current(input.version, expert.version)?;
    if expert.status == input.status {
        return Err(Refusal::conflict("expert_standing_same").into());
    }
    if !db::experts::set_status(tx.db, id, input.version, input.status)? {
        return Err(Error::Stale);
    }
    tx.record(
        actor,
        Record {
            subject_kind: "expert",
            subject_id: id.as_text(),
            action: "expert.standing_changed",
            role: role.as_text(),
            from: Some(expert.status.as_text()),
            to: Some(input.status.as_text()),
            reason: Some(&reason),
            ..Record::default()
        },
    )
}
