//! One row against the pool, the accounts and the reference data.

use super::dry_run::{PastEmployer, ReadyRow, changes};
use super::table::{ExpertRow, column_title};
use crate::actions::Tx;
use crate::db;
use crate::db::Json;
use crate::db::expert_ties::ExpertTie;
use crate::db::experts::{Expert, PROVINCE};
use crate::db::organisations::name_key;
use crate::domain::actor::Role;
use crate::domain::calendar::local_date;
use crate::domain::credit_code::{CheckCharacter, CreditCode, Parsed};
use crate::domain::duties;
use crate::domain::form::parse_date;
use crate::domain::ids::ExpertId;
use crate::domain::recusal::TieKind;
use crate::domain::status::{AccountStatus, ExpertStatus};
use crate::error::Error;
use crate::spreadsheet::RowProblem;
use crate::words::{DEFAULT_LANGUAGE, Words};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use validator::ValidateEmail;

/// Most applications that a pool may ask of one expert.
const HIGHEST_LOAD: i32 = 1_000;
/// Characters of an organisation's name.
const NAME_LIMIT: usize = 100;

/// A row that is looked at, and what is wrong with it so far.
pub(super) struct RowCheck<'r> {
    pub(super) row: &'r ExpertRow,
    pub(super) problems: Vec<RowProblem>,
    /// The field of each of them.
    pub(super) fields: Vec<String>,
}

impl RowCheck<'_> {
    fn wrong(&mut self, column: &str, code: &str, value: &str) {
        self.fields.push(column.into());
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

/// What the row would bring in; to be used only where nothing was found to be wrong with it.
pub(super) fn check_row(
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
            Ok(parsed) => {
                if is_misspelt(tx, &parsed)? {
                    check.wrong("employer_code", "expert_code_check", code);
                }
                Some(parsed.code.as_str().to_string())
            }
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
    for code in past_employers.iter().filter_map(|past| past.code.as_deref()) {
        if let Ok(parsed) = CreditCode::parse(code)
            && is_misspelt(tx, &parsed)?
        {
            check.wrong("past_employers", "expert_code_check", code);
        }
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
            let left = employer_left(&stored, &written, local_date(tx.now));
            let is_said = |left: &PastEmployer| past_employers.iter().any(|past| is_one_organisation(left, past));
            // When it ended, the file may say better than the day of the import does.
            let left = left.filter(|left| !is_said(left) && !ties.iter().any(|tie| is_known(tie, left)));
            past_employers.extend(left);
            let expert = Expert {
                name: written.name,
                email: written.email,
                employer_code: match written.employer_code {
                    None if name_key(&written.employer) == name_key(&stored.employer) => stored.employer_code.clone(),
                    said => said,
                },
                employer: written.employer,
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

/// Whether a code has a wrong check character and nobody is registered under it, who would have shown the licence for it: then it
/// was mistyped, and recusal by it would find nobody.
fn is_misspelt(tx: &mut Tx<'_>, parsed: &Parsed) -> Result<bool, Error> {
    let is_wrong = matches!(parsed.check, CheckCharacter::Wrong { .. });
    Ok(is_wrong && db::organisations::find_by_code(tx.db, parsed.code.as_str())?.is_none())
}

/// The employer that the expert leaves by this row, up to today: recusal looks back at it as at any other (facts.md 11).
/// One code under two names is one organisation that was renamed, and one name is the same where a code is missing.
fn employer_left(stored: &Expert, written: &Expert, today: NaiveDate) -> Option<PastEmployer> {
    let employer = |expert: &Expert, until: Option<NaiveDate>| PastEmployer {
        name: expert.employer.clone(),
        code: expert.employer_code.clone(),
        from: None,
        until,
    };
    let (before, after) = (employer(stored, Some(today)), employer(written, None));
    (!is_one_organisation(&before, &after)).then_some(before)
}

/// Whether both are the same organisation: by code where both have one, else by name.
fn is_one_organisation(one: &PastEmployer, other: &PastEmployer) -> bool {
    match (&one.code, &other.code) {
        (Some(one), Some(other)) => one == other,
        _ => name_key(&one.name) == name_key(&other.name),
    }
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

/// Digits as people type them, full-width too.
fn whole_number(text: &str) -> Option<i32> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().collect();
    let text = text.trim();
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// What a field of expertise may be called, folded, and its key: clusters by code and name, programmes by name, their
/// categories, the options of their expertise fields, and the two kinds of categories by their words.
pub(super) fn known_fields(tx: &Tx<'_>) -> BTreeMap<String, String> {
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
