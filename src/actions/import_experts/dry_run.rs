//! What an import would do upon the pool as it is.

use super::check::{RowCheck, check_row, known_fields};
use super::table::{ExpertRow, ROW_LIMIT, column_title};
use crate::actions::Tx;
use crate::actions::review::consequences::{AsIf, Consequences, consequences};
use crate::actions::review::plan::field_name;
use crate::db;
use crate::db::accounts::Account;
use crate::db::experts::Expert;
use crate::db::organisations::name_key;
use crate::domain::actor::{Actor, Role};
use crate::domain::calendar::local_date;
use crate::domain::ids::ExpertId;
use crate::domain::language::Language;
use crate::domain::recusal::{Tie, TieKind};
use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::spreadsheet::RowProblem;
use crate::words::{DEFAULT_LANGUAGE, Words};
use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

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
    pub(super) stored: Option<Expert>,
    pub(super) past_employers: Vec<PastEmployer>,
    pub(super) account: Option<Account>,
    /// The account holds the expert's role.
    pub(super) has_role: bool,
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
pub(super) struct PastEmployer {
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
}

/// What a dry run found.
#[derive(Debug, Default)]
pub struct DryRun {
    /// The rows that can be brought in.
    pub ready: Vec<ReadyRow>,
    /// Everything that is wrong, row by row.
    pub problems: Vec<RowProblem>,
    /// Where each of them stands among the rows that were sent, for a program: `rows[0].fields`.
    pub paths: Vec<String>,
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

/// Checks every row against the pool, the accounts and the reference data, and changes nothing.
pub fn dry_run(tx: &mut Tx<'_>, actor: &Actor, rows: &[ExpertRow]) -> Result<DryRun, Error> {
    actor.must_hold(&[Role::Handler, Role::System])?;
    if rows.len() > ROW_LIMIT {
        return Err(Refusal::unacceptable("import_too_many_rows").with("limit", ROW_LIMIT).into());
    }
    let known_fields = known_fields(tx);
    let mut seen = BTreeSet::new();
    let mut found = DryRun::default();
    for (at, row) in rows.iter().enumerate() {
        let mut check = RowCheck { row, problems: Vec::new(), fields: Vec::new() };
        let ready = check_row(tx, &mut check, &known_fields, &mut seen)?;
        if check.problems.is_empty() {
            found.ready.push(ready);
        }
        found.paths.extend(check.fields.iter().map(|field| format!("rows[{at}].{field}")));
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

/// What differs, column by column, as people read it.
pub(super) fn changes(tx: &Tx<'_>, stored: &Expert, new: &Expert, past: &[PastEmployer]) -> Vec<CellChange> {
    let reference = &tx.env.reference;
    let city = |expert: &Expert| {
        expert.city.as_deref().and_then(|code| reference.city(code)).map(|city| city.name.clone()).unwrap_or_default()
    };
    let pool = |expert: &Expert| match reference.bureau(&expert.pool) {
        Some(bureau) => bureau.name.clone(),
        None => Words.say(DEFAULT_LANGUAGE, "expert-pool-province"),
    };
    let fields = |expert: &Expert| -> String {
        let named = |key: &str| field_name(&tx.env.reference, &tx.env.programmes, key, DEFAULT_LANGUAGE);
        let names: Vec<String> = expert.fields.0.iter().map(|key| named(key)).collect();
        Language::default().list(&names)
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
    let today = local_date(tx.now);
    // The employer of until now, which the file itself need not name, with the day that it is left by.
    let is_left = |past: &PastEmployer| past.until == Some(today) && name_key(&past.name) == name_key(&stored.employer);
    let said = |past: &PastEmployer| {
        let args = [("name", past.name.clone()), ("until", today.to_string())];
        if is_left(past) { Words.say_with(DEFAULT_LANGUAGE, "expert-employer-left", args) } else { past.name.clone() }
    };
    let added: Vec<String> = past.iter().map(said).collect();
    if !added.is_empty() {
        let column = column_title("past_employers");
        found.push(CellChange {
            column,
            from: String::new(),
            to: added.join(Language::default().punctuation().semicolon),
        });
    }
    found
}
