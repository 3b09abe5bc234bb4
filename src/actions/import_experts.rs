//! Bringing experts into the pool from a table: a dry run that names every bad row, then all rows or none.

use super::post::Reader;
use super::review::consequences::{AsIf, Consequences, EndingLine, ReplacementLine, VacancyLine, consequences};
use super::review::exclusions::apply_and_tell;
use super::review::plan::field_name;
use super::undo_import::{Before, Changed, Given, Newcomer};
use super::{Record, Tx};
use crate::auth::token::Secret;
use crate::db;
use crate::db::Json;
use crate::db::accounts::{Account, Grant};
use crate::db::change_sets::ChangeSet;
use crate::db::expert_ties::ExpertTie;
use crate::db::experts::{Expert, PROVINCE};
use crate::db::organisations::name_key;
use crate::db::sessions::OneTimeToken;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::credit_code::CreditCode;
use crate::domain::duties;
use crate::domain::form::{Problem, parse_date};
use crate::domain::ids::{AccountId, ChangeSetId, ExpertId, ExpertTieId, GrantId, MailId};
use crate::domain::recusal::{Tie, TieKind};
use crate::domain::refusal::Refusal;
use crate::domain::status::{AccountStatus, ChangeSetKind, ChangeSetStatus, ExpertStatus, TokenPurpose};
use crate::error::Error;
use crate::spreadsheet::{ColumnProblem, RowProblem, TableProblem, WantedColumn, columns, read_table};
use crate::words::{DEFAULT_LANGUAGE, Words};
use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;
use validator::ValidateEmail;

/// Days that an invitation is good for.
const INVITATION_DAYS: i64 = 14;
/// Rows of one import.
const ROW_LIMIT: usize = 5_000;
/// Most applications that a pool may ask of one expert.
const HIGHEST_LOAD: i32 = 1_000;

/// The columns of the table, in the order in which they are explained.
pub const COLUMNS: [&str; 12] = [
    "name",
    "email",
    "employer",
    "employer_code",
    "title",
    "city",
    "fields",
    "load_limit",
    "pool",
    "term_from",
    "term_to",
    "past_employers",
];
const REQUIRED: [&str; 6] = ["name", "email", "employer", "title", "fields", "load_limit"];
/// What may be left out; an empty cell leaves what is known as it is, but for code and city.
const OPTIONAL: [&str; 6] = ["employer_code", "city", "pool", "term_from", "term_to", "past_employers"];
/// Characters of an organisation's name.
const NAME_LIMIT: usize = 100;

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
    /// 专家库: the province's, or a bureau's name or code; empty leaves it as it is.
    #[serde(default)]
    pub pool: String,
    /// 聘期起; empty leaves it as it is.
    #[serde(default)]
    pub term_from: String,
    /// 聘期止, included; empty leaves it as it is.
    #[serde(default)]
    pub term_to: String,
    /// 曾任职单位, separated by semicolons, each as name/code/first day/last day; what is known is not added twice.
    #[serde(default)]
    pub past_employers: String,
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
            pool: cell(row, "pool"),
            term_from: cell(row, "term_from"),
            term_to: cell(row, "term_to"),
            past_employers: cell(row, "past_employers"),
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
    /// What would change of one who is known.
    pub changes: Vec<CellChange>,
    /// The pool's row of one who is known, as it is.
    stored: Option<Expert>,
    past_employers: Vec<PastEmployer>,
    account: Option<Account>,
    /// The account holds the expert's role.
    has_role: bool,
}

impl ReadyRow {
    /// Whether everything is already as the row says.
    pub fn is_unchanged(&self) -> bool {
        self.known && self.changes.is_empty() && self.has_role && self.expert.account_id.is_some()
    }
}

/// What would change in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// The column's title.
    pub column: String,
    /// What the pool has.
    pub from: String,
    /// What the file says.
    pub to: String,
}

/// A past employer that is not known yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct PastEmployer {
    name: String,
    code: Option<String>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

/// What a dry run found.
#[derive(Debug, Default)]
pub struct DryRun {
    /// The rows that can be brought in.
    pub ready: Vec<ReadyRow>,
    /// Everything that is wrong, row by row.
    pub problems: Vec<RowProblem>,
    /// Rows that may be about one person twice.
    pub namesakes: Vec<Namesake>,
    /// What would follow in open reviews.
    pub consequences: Consequences,
}

/// A row with the name and employer of somebody under another address: to be looked at, not refused, for two people may have
/// one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Namesake {
    /// Where the row stands in the file.
    pub line: usize,
    /// The name.
    pub name: String,
    /// The employer.
    pub employer: String,
    /// The row's address.
    pub email: String,
    /// The other address.
    pub other: String,
    /// Where the other stands in the file; none if it is in the pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_line: Option<usize>,
}

impl DryRun {
    /// How many are new.
    pub fn added(&self) -> usize {
        self.ready.iter().filter(|row| !row.known).count()
    }

    /// How many are known and would be brought up to date.
    pub fn updated(&self) -> usize {
        self.ready.len() - self.added() - self.unchanged()
    }

    /// How many are already as the file says.
    pub fn unchanged(&self) -> usize {
        self.ready.iter().filter(|row| row.is_unchanged()).count()
    }

    /// SHA-256 of everything the import would do upon the pool as it is: another file, or a pool that changed, has
    /// another one.
    pub fn digest(&self) -> String {
        let rows = self.ready.iter().map(|row| {
            let expert = &row.expert;
            serde_json::json!({
                "email": expert.email_key, "name": expert.name, "employer": expert.employer,
                "employer_code": expert.employer_code, "title": expert.title, "city": expert.city,
                "fields": expert.fields.0, "load_limit": expert.load_limit, "pool": expert.pool,
                "term": [expert.term_from, expert.term_to], "past_employers": row.past_employers,
                "version": row.known.then_some(expert.version), "has_role": row.has_role,
                "account": row.account.as_ref().map(|account| account.id),
            })
        });
        let all = serde_json::json!({ "rows": serde_json::Value::from_iter(rows), "consequences": self.consequences });
        hex::encode(Sha256::digest(all.to_string()))
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

    fn day(&mut self, column: &str, value: &str) -> Option<NaiveDate> {
        let value = value.trim();
        let day = parse_date(value);
        if day.is_none() && !value.is_empty() {
            self.wrong(column, "expert_date", value);
        }
        day
    }

    /// `name/code/first day/last day`, of which only the name is required.
    fn past_employers(&mut self, value: &str) -> Vec<PastEmployer> {
        let mut found = Vec::new();
        for entry in value.split([';', '；']).map(str::trim).filter(|entry| !entry.is_empty()) {
            let mut parts = entry.split(['/', '／']).map(str::trim);
            let mut part = || parts.next().filter(|part| !part.is_empty());
            let (name, code, from, until) = (part(), part(), part(), part());
            let parsed = code.map(CreditCode::parse).transpose();
            let days = [from, until].map(|day| day.map(|day| parse_date(day).ok_or(())).transpose());
            match (name, parsed, days) {
                (Some(name), Ok(code), [Ok(from), Ok(until)])
                    if part().is_none()
                        && name.chars().count() <= NAME_LIMIT
                        && from.zip(until).is_none_or(|(first, last)| first <= last) =>
                {
                    let code = code.map(|parsed| parsed.code.as_str().to_string());
                    found.push(PastEmployer { name: name.into(), code, from, until });
                }
                _ => self.wrong("past_employers", "expert_past_employer", entry),
            }
        }
        found
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
    found.namesakes = namesakes(tx, &found.ready)?;
    found.consequences = what_follows(tx, &found.ready)?;
    Ok(found)
}

/// What would follow in open reviews from what these rows say of experts who score or could step in.
fn what_follows(tx: &mut Tx<'_>, ready: &[ReadyRow]) -> Result<Consequences, Error> {
    let changed = || ready.iter().filter(|row| row.known && !row.is_unchanged());
    // One without an account gets a new one, which works for nobody.
    let as_they_would_be =
        |row: &ReadyRow| Expert { account_id: row.account.as_ref().map(|account| account.id), ..row.expert.clone() };
    let ties: BTreeMap<ExpertId, Vec<Tie>> = changed()
        .map(|row| {
            let tie = |past: &PastEmployer| Tie {
                kind: TieKind::PastEmployer,
                code: past.code.clone(),
                name: name_key(&past.name),
                until: past.until,
            };
            (row.expert.id, row.past_employers.iter().map(tie).collect())
        })
        .collect();
    consequences(tx, &AsIf::of(changed().map(as_they_would_be).collect(), ties))
}

/// Who of these rows has name and employer of somebody in the pool, or of a row before, under another address.
fn namesakes(tx: &mut Tx<'_>, ready: &[ReadyRow]) -> Result<Vec<Namesake>, Error> {
    let person = |expert: &Expert| (name_key(&expert.name), name_key(&expert.employer));
    // Address as it is compared, as it is written, and the line; none for somebody in the pool.
    type Seen = (String, String, Option<usize>);
    let mut seen: BTreeMap<(String, String), Vec<Seen>> = BTreeMap::new();
    let names: BTreeSet<String> = ready.iter().map(|row| row.expert.name.clone()).collect();
    for known in db::experts::of_names(tx.db, &names.into_iter().collect::<Vec<_>>())? {
        seen.entry(person(&known)).or_default().push((known.email_key, known.email, None));
    }
    let mut found = Vec::new();
    for row in ready {
        let expert = &row.expert;
        let others = seen.entry(person(expert)).or_default();
        if let Some((_, other, other_line)) = others.iter().find(|(key, ..)| *key != expert.email_key) {
            found.push(Namesake {
                line: row.line,
                name: expert.name.clone(),
                employer: expert.employer.clone(),
                email: expert.email.clone(),
                other: other.clone(),
                other_line: *other_line,
            });
        }
        others.push((expert.email_key.clone(), expert.email.clone(), Some(row.line)));
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
    let pool = match row.pool.trim() {
        "" => None,
        word => {
            let found = known_pool(tx, word);
            if found.is_none() {
                check.wrong("pool", "expert_pool", word);
            }
            found
        }
    };
    let term_from = check.day("term_from", &row.term_from);
    let term_to = check.day("term_to", &row.term_to);
    let mut past_employers = check.past_employers(&row.past_employers);
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
    let before = stored.clone();
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
        pool: pool.clone().unwrap_or_else(|| PROVINCE.into()),
        term_from,
        term_to,
        status_reason: None,
        status_changed_by: None,
        status_changed_at: None,
    };
    let (expert, changes) = match stored {
        // What the file does not say stays as it is.
        Some(stored) => {
            let ties = db::expert_ties::standing(tx.db, &[stored.id])?;
            past_employers.retain(|past| !ties.iter().any(|tie| is_known(tie, past)));
            let expert = Expert {
                name: written.name,
                email: written.email,
                employer: written.employer,
                employer_code: written.employer_code,
                title: written.title,
                city: written.city,
                fields: written.fields,
                load_limit: written.load_limit,
                pool: pool.unwrap_or_else(|| stored.pool.clone()),
                term_from: term_from.or(stored.term_from),
                term_to: term_to.or(stored.term_to),
                ..stored.clone()
            };
            let changes = changes(tx, &stored, &expert, &past_employers);
            (expert, changes)
        }
        None => (written, Vec::new()),
    };
    if expert.term_from.zip(expert.term_to).is_some_and(|(first, last)| last < first) {
        check.wrong("term_to", "expert_term_order", &row.term_to);
    }
    let has_role = match &account {
        Some(account) if known => db::experts::has_grant(tx.db, account.id, expert.id)?,
        _ => false,
    };
    Ok(ReadyRow { line: row.line, expert, known, changes, stored: before, past_employers, account, has_role })
}

fn is_known(tie: &ExpertTie, past: &PastEmployer) -> bool {
    tie.kind == TieKind::PastEmployer
        && tie.name_key == name_key(&past.name)
        && tie.organisation_code == past.code
        && (tie.from_on, tie.until_on) == (past.from, past.until)
}

/// The code of a pool: the province's, or that of the bureau of this name or code.
fn known_pool(tx: &Tx<'_>, word: &str) -> Option<String> {
    if word == PROVINCE || word == Words.say(DEFAULT_LANGUAGE, "expert-pool-province") {
        return Some(PROVINCE.into());
    }
    let bureaus = &tx.env.reference.bureaus;
    bureaus.iter().find(|bureau| bureau.code == word || bureau.name == word).map(|bureau| bureau.code.clone())
}

/// What differs, column by column, as people read it.
fn changes(tx: &Tx<'_>, stored: &Expert, new: &Expert, past: &[PastEmployer]) -> Vec<CellChange> {
    let reference = &tx.env.reference;
    let city = |expert: &Expert| {
        expert.city.as_deref().and_then(|code| reference.city(code)).map(|city| city.name.clone()).unwrap_or_default()
    };
    let pool = |expert: &Expert| match reference.bureau(&expert.pool) {
        Some(bureau) => bureau.name.clone(),
        None => Words.say(DEFAULT_LANGUAGE, "expert-pool-province"),
    };
    let fields = |expert: &Expert| -> String {
        let names: Vec<String> =
            expert.fields.0.iter().map(|key| field_name(&tx.env.reference, &tx.env.programmes, key)).collect();
        names.join("、")
    };
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let said = |expert: &Expert| {
        [
            ("name", expert.name.clone()),
            ("employer", expert.employer.clone()),
            ("employer_code", expert.employer_code.clone().unwrap_or_default()),
            ("title", expert.title.clone()),
            ("city", city(expert)),
            ("fields", fields(expert)),
            ("load_limit", expert.load_limit.to_string()),
            ("pool", pool(expert)),
            ("term_from", day(expert.term_from)),
            ("term_to", day(expert.term_to)),
        ]
    };
    let mut found: Vec<CellChange> = said(stored)
        .into_iter()
        .zip(said(new))
        .filter(|((_, from), (_, to))| from != to)
        .map(|((column, from), (_, to))| CellChange { column: column_title(column), from, to })
        .collect();
    let added: Vec<&str> = past.iter().map(|past| past.name.as_str()).collect();
    if !added.is_empty() {
        let column = column_title("past_employers");
        found.push(CellChange { column, from: String::new(), to: added.join("；") });
    }
    found
}

/// Digits as people type them, full-width too.
fn whole_number(text: &str) -> Option<i32> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().collect();
    let text = text.trim();
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// What a field of expertise may be called, folded, and its key: clusters by code and name, programmes by name, their
/// categories, the options of their expertise fields, and the two kinds of categories by their words.
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
        for (key, option) in programme.expertise() {
            known.insert(name_key(&key), key.clone());
            known.insert(name_key(&option.names.zh_cn), key);
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
    /// Experts who were already as the rows say.
    pub unchanged: usize,
    /// Of everything that it does upon the pool as it was; an import with the digest of a dry run does just that.
    pub digest: String,
    /// Rows that may be about one person twice.
    pub namesakes: Vec<Namesake>,
    /// Assignments of open reviews that end by it; undoing the import does not bring them back.
    pub endings: Vec<EndingLine>,
    /// Who takes the places that become free.
    pub replacements: Vec<ReplacementLine>,
    /// Applications in which a place stays empty.
    pub vacancies: Vec<VacancyLine>,
    /// What the import can be undone by; none for a dry run, and when nothing was to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change_set: Option<ChangeSetId>,
    /// Whether this very import had been carried out before, as by a button that is pressed twice: then this is what it
    /// did, and nothing was done now.
    pub repeated: bool,
}

/// What is kept of an import, as far as its answer is given again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Kept {
    added: usize,
    updated: usize,
    unchanged: usize,
    digest: String,
    endings: Vec<EndingLine>,
    replacements: Vec<ReplacementLine>,
    vacancies: Vec<VacancyLine>,
}

impl From<&DryRun> for Imported {
    fn from(found: &DryRun) -> Self {
        Imported {
            added: found.added(),
            updated: found.updated(),
            unchanged: found.unchanged(),
            digest: found.digest(),
            namesakes: found.namesakes.clone(),
            endings: found.consequences.endings.clone(),
            replacements: found.consequences.replacements.clone(),
            vacancies: found.consequences.vacancies.clone(),
            change_set: None,
            repeated: false,
        }
    }
}

/// Brings all rows in, or none: new experts get an account and an invitation, known ones are brought up to date. With
/// the digest that a dry run showed, nothing else is done than what was shown; where just that was done before, it is
/// answered again.
///
/// # Errors
/// [`Error::Invalid`] with `rows[line].column` for every bad cell; [`Error::Stale`] when the rows or the pool are not
/// those of the digest.
pub fn import(tx: &mut Tx<'_>, actor: &Actor, rows: &[ExpertRow], seen: Option<&str>) -> Result<Imported, Error> {
    let role = actor.must_hold(&[Role::Handler, Role::System])?;
    // First of all: whoever waits here holds nothing.
    db::change_sets::lock_imports(tx.db)?;
    hold(tx, rows)?;
    let found = dry_run(tx, actor, rows)?;
    if let Some(done) = done_before(tx, &found, seen)? {
        return Ok(done);
    }
    if !found.problems.is_empty() {
        return Err(Error::Invalid(found.problems.iter().map(as_problem).collect()));
    }
    if found.ready.is_empty() {
        return Err(Refusal::unacceptable("import_empty").into());
    }
    let mut done = Imported::from(&found);
    if seen.is_some_and(|seen| seen != done.digest) {
        return Err(Error::Stale);
    }
    let set = ChangeSetId::new(&*tx.env.ids);
    let mut before = Before::default();
    for row in found.ready {
        if !row.is_unchanged() {
            bring_in(tx, actor, role, row, set, &mut before)?;
        }
    }
    let changed: Vec<ExpertId> = before.changed.iter().map(|one| one.expert).collect();
    let followed = apply_and_tell(tx, &changed)?;
    // The sessions were not held while it was looked at: what somebody did in between is not passed off as what was shown.
    if seen.is_some() && followed != found.consequences {
        return Err(Error::Stale);
    }
    (done.endings, done.replacements, done.vacancies) = (followed.endings, followed.replacements, followed.vacancies);
    done.change_set = keep(tx, actor, set, &done, &before)?;
    Ok(done)
}

/// What the import of the digest did, if it was carried out and all that these rows say still stands.
fn done_before(tx: &mut Tx<'_>, found: &DryRun, seen: Option<&str>) -> Result<Option<Imported>, Error> {
    let says_something = found.problems.is_empty() && !found.ready.is_empty();
    let is_done = says_something && found.ready.iter().all(ReadyRow::is_unchanged);
    let Some(seen) = seen.filter(|seen| is_done && *seen != found.digest()) else { return Ok(None) };
    let Some(set) = db::change_sets::applied_import(tx.db, seen)? else { return Ok(None) };
    let kept: Kept = serde_json::from_value(set.summary.0).map_err(anyhow::Error::from)?;
    Ok(Some(Imported {
        added: kept.added,
        updated: kept.updated,
        unchanged: kept.unchanged,
        digest: kept.digest,
        namesakes: found.namesakes.clone(),
        endings: kept.endings,
        replacements: kept.replacements,
        vacancies: kept.vacancies,
        change_set: Some(set.id),
        repeated: true,
    }))
}

/// Keeps what undoing needs. An import by the system, from the command line at the machine, has nobody who answers for it, and
/// is not undone by a page.
fn keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ChangeSetId,
    done: &Imported,
    before: &Before,
) -> Result<Option<ChangeSetId>, Error> {
    let Some(applied_by) = actor.account.filter(|_| !before.is_empty()) else { return Ok(None) };
    let set = ChangeSet {
        id,
        kind: ChangeSetKind::ExpertImport,
        call_id: None,
        status: ChangeSetStatus::Applied,
        summary: Json(serde_json::json!({
            "added": done.added, "updated": done.updated, "unchanged": done.unchanged, "digest": done.digest,
            "added_names": before.newcomers.iter().map(|one| &one.name).collect::<Vec<_>>(),
            "updated_names": before.changed.iter().map(|one| &one.name).collect::<Vec<_>>(),
            "endings": done.endings, "replacements": done.replacements, "vacancies": done.vacancies,
        })),
        before: Json(serde_json::to_value(before).map_err(anyhow::Error::from)?),
        applied_by,
        applied_at: tx.now,
        undone_by: None,
        undone_at: None,
        undo_reason: None,
    };
    db::change_sets::create(tx.db, &set)?;
    Ok(Some(id))
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
        Ok(Imported::from(&found))
    } else {
        Err(Error::Invalid(found.problems.iter().map(as_problem).collect()))
    }
}

fn as_problem(problem: &RowProblem) -> Problem {
    let mut said = Problem::new(&format!("rows[{}].{}", problem.line, problem.column), &problem.code);
    said.args.insert("value".into(), problem.value.clone());
    said
}

fn bring_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    role: Role,
    row: ReadyRow,
    set: ChangeSetId,
    before: &mut Before,
) -> Result<(), Error> {
    let mut expert = row.expert;
    let (account, is_new) = match row.account {
        Some(account) => (account, false),
        None => (new_account(tx, &expert)?, true),
    };
    if row.known {
        if !db::experts::update(tx.db, &expert)? {
            return Err(Error::Stale);
        }
        db::accounts::bind_expert(tx.db, expert.id, account.id)?;
    } else {
        expert.account_id = Some(account.id);
        db::experts::create(tx.db, &expert)?;
    }
    let mut ties = Vec::new();
    for past in &row.past_employers {
        let tie = ExpertTie {
            id: ExpertTieId::new(&*tx.env.ids),
            expert_id: expert.id,
            kind: TieKind::PastEmployer,
            organisation_name: past.name.clone(),
            name_key: name_key(&past.name),
            organisation_code: past.code.clone(),
            from_on: past.from,
            until_on: past.until,
            note: String::new(),
            declared_by: actor.account,
            declared_at: tx.now,
            withdrawn_at: None,
        };
        db::expert_ties::create(tx.db, &tie)?;
        ties.push(tie.id);
    }
    // Who was invited once and never came, for an import that was undone, is invited anew.
    let invited = is_new || account.status == AccountStatus::Invited;
    let mut given = None;
    if !row.has_role {
        let grant = GrantId::new(&*tx.env.ids);
        db::accounts::grant(
            tx.db,
            &Grant {
                id: grant,
                account_id: account.id,
                role: Role::Expert,
                organisation_id: None,
                bureau: None,
                expert_id: Some(expert.id),
                granted_by: actor.account,
                reason: tx.env.words.say(DEFAULT_LANGUAGE, "grant-by-import"),
                granted_at: tx.now,
                ends_on: None,
                revoked_at: None,
            },
        )?;
        let letter = if invited {
            invite(tx, &account)?
        } else {
            tx.post_noted((&account).into(), "expert-added", "/assignments", &[("name", &account.name)])?
        };
        given = Some(Given { grant, letter });
    }
    let grant = given.as_ref().map(|given| given.grant);
    match (&row.stored, given) {
        (Some(stored), given) => before.changed.push(Changed::of(stored, ties, given)),
        (None, Some(given)) => before.newcomers.push(Newcomer {
            expert: expert.id,
            name: expert.name.clone(),
            account: account.id,
            invited,
            given,
        }),
        (None, None) => {}
    }
    tx.record(
        actor,
        Record {
            subject_kind: "expert",
            subject_id: expert.id.as_text(),
            action: if row.known { "expert.updated" } else { "expert.imported" },
            role: role.as_text(),
            detail: match grant {
                None => serde_json::json!({
                    "load_limit": expert.load_limit, "fields": expert.fields.0, "ties": row.past_employers.len(),
                    "change_set": set,
                }),
                Some(grant) => serde_json::json!({
                    "load_limit": expert.load_limit, "fields": expert.fields.0, "ties": row.past_employers.len(),
                    "change_set": set, "grant": grant, "role": Role::Expert, "account": account.id,
                }),
            },
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

fn invite(tx: &mut Tx<'_>, account: &Account) -> Result<MailId, Error> {
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
    let args = [("name", account.name.as_str()), ("until", until.as_str())];
    tx.post_secret(reader, "expert-invitation", &path, &args, token.expires_at)
}
