//! One row against the pool, the accounts and the reference data.

use super::dry_run::{PastEmployer, ReadyRow, changes};
use super::table::{ExpertRow, column_title};
use crate::actions::Tx;
use crate::db;
use crate::db::Json;
use crate::db::accounts::Account;
use crate::db::expert_ties::ExpertTie;
use crate::db::experts::{Expert, PROVINCE};
use crate::db::organisations::name_key;
use crate::domain::actor::Role;
use crate::domain::calendar::local_date;
use crate::domain::contact::half_width;
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
pub const HIGHEST_LOAD: i32 = 1_000;
/// Characters of an expert's name.
pub const LONGEST_NAME: usize = 50;
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

    /// The address and its key; each address stands in one row.
    fn email(&mut self, seen: &mut BTreeSet<String>) -> (String, String) {
        let email = self.text("email", &half_width(&self.row.email), 200);
        let email_key = db::accounts::email_key(&email);
        if !email.is_empty() && !email.validate_email() {
            self.wrong("email", "expert_email", &email);
        } else if !email_key.is_empty() && !seen.insert(email_key.clone()) {
            self.wrong("email", "expert_email_twice", &email);
        }
        (email, email_key)
    }

    fn employer_code(&mut self, tx: &mut Tx<'_>) -> Result<Option<String>, Error> {
        let code = self.row.employer_code.trim();
        if code.is_empty() {
            return Ok(None);
        }
        let Ok(parsed) = CreditCode::parse(code) else {
            self.wrong("employer_code", "expert_employer_code", code);
            return Ok(None);
        };
        if is_misspelt(tx, &parsed)? {
            self.wrong("employer_code", "expert_code_check", code);
        }
        Ok(Some(parsed.code.as_str().to_string()))
    }

    /// The code of a city that is given by code or name.
    fn city(&mut self, tx: &Tx<'_>) -> Option<String> {
        let city = self.row.city.trim();
        if city.is_empty() {
            return None;
        }
        let mut cities = tx.env.reference.cities.iter();
        let found = cities
            .find(|known| known.code == city || known.name == city || known.name.trim_end_matches('市') == city)
            .map(|known| known.code.clone());
        if found.is_none() {
            self.wrong("city", "expert_city", city);
        }
        found
    }

    fn fields(&mut self, known_fields: &BTreeMap<String, String>) -> BTreeSet<String> {
        let row = self.row;
        let mut fields = BTreeSet::new();
        for word in row.fields.split([';', '；', '、', ',', '，', '|']).map(str::trim).filter(|word| !word.is_empty())
        {
            match known_fields.get(&name_key(word)) {
                Some(key) => {
                    fields.insert(key.clone());
                }
                None => self.wrong("fields", "expert_field", word),
            }
        }
        if row.fields.trim().is_empty() {
            self.wrong("fields", "expert_empty", "");
        }
        fields
    }

    fn load_limit(&mut self) -> i32 {
        let typed = &self.row.load_limit;
        let limit = whole_number(typed).filter(|limit| (1..=HIGHEST_LOAD).contains(limit));
        if limit.is_none() {
            self.wrong("load_limit", "expert_load_limit", typed.trim());
        }
        limit.unwrap_or(1)
    }

    fn pool(&mut self, tx: &Tx<'_>) -> Option<String> {
        let word = self.row.pool.trim();
        if word.is_empty() {
            return None;
        }
        let found = known_pool(tx, word);
        if found.is_none() {
            self.wrong("pool", "expert_pool", word);
        }
        found
    }

    /// The account of an address, which must be one that can judge.
    fn account(&mut self, tx: &mut Tx<'_>, email: &str) -> Result<Option<Account>, Error> {
        let Some(account) = db::accounts::find_by_email(tx.db, email)? else { return Ok(None) };
        if account.status == AccountStatus::Disabled {
            self.wrong("email", "expert_account_disabled", email);
        }
        let today = local_date(tx.now);
        let held: Vec<Role> = db::accounts::grants_of(tx.db, account.id)?
            .iter()
            .filter(|grant| grant.ends_on.is_none_or(|last| today <= last))
            .map(|grant| grant.role)
            .collect();
        if duties::conflict(&held, Role::Expert).is_some() {
            self.wrong("email", "expert_is_officer", email);
        }
        Ok(Some(account))
    }

    /// An import brings people in; it gives nothing back that was taken from somebody with a reason.
    fn must_not_have_been_taken(
        &mut self,
        tx: &mut Tx<'_>,
        stored: Option<&Expert>,
        account: Option<&Account>,
        email: &str,
    ) -> Result<(), Error> {
        let taken = match (stored, account) {
            (Some(expert), _) if expert.status == ExpertStatus::Removed => Some("expert_removed"),
            (Some(expert), Some(account)) if db::experts::grant_was_revoked(tx.db, account.id, expert.id)? => {
                Some("expert_role_revoked")
            }
            _ => None,
        };
        if let Some(code) = taken {
            self.wrong("email", code, email);
        }
        Ok(())
    }

    /// Those that the row names, with the codes that nobody can have.
    fn past_employers(&mut self, tx: &mut Tx<'_>) -> Result<Vec<PastEmployer>, Error> {
        let found = self.read_past_employers();
        for code in found.iter().filter_map(|past| past.code.as_deref()) {
            if let Ok(parsed) = CreditCode::parse(code)
                && is_misspelt(tx, &parsed)?
            {
                self.wrong("past_employers", "expert_code_check", code);
            }
        }
        Ok(found)
    }

    /// `name/code/first day/last day`, of which only the name is required.
    fn read_past_employers(&mut self) -> Vec<PastEmployer> {
        let row = self.row;
        let mut found = Vec::new();
        for entry in row.past_employers.split([';', '；']).map(str::trim).filter(|entry| !entry.is_empty()) {
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
    let name = check.text("name", &row.name, LONGEST_NAME);
    let (email, email_key) = check.email(seen);
    let employer = check.text("employer", &row.employer, NAME_LIMIT);
    let title = check.text("title", &row.title, 50);
    let employer_code = check.employer_code(tx)?;
    let city = check.city(tx);
    let fields = check.fields(known_fields);
    let load_limit = check.load_limit();
    let pool = check.pool(tx);
    let term_from = check.day("term_from", &row.term_from);
    let term_to = check.day("term_to", &row.term_to);
    let mut past_employers = check.past_employers(tx)?;
    let account = check.account(tx, &email)?;
    let stored = db::experts::find_by_email(tx.db, &email)?;
    check.must_not_have_been_taken(tx, stored.as_ref(), account.as_ref(), &email)?;
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
        load_limit,
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
    let (expert, changes) = match &stored {
        Some(stored) => {
            add_the_one_left(tx, stored, &written, &mut past_employers)?;
            let expert = laid_over(stored, written, pool);
            let changes = changes(tx, stored, &expert, &past_employers);
            (expert, changes)
        }
        None => (written, Vec::new()),
    };
    if expert.term_from.zip(expert.term_to).is_some_and(|(first, last)| last < first) {
        check.wrong("term_to", "expert_term_order", &row.term_to);
    }
    let has_role = match (&stored, &account) {
        // One that is over is given anew: nobody took it.
        (Some(_), Some(account)) => db::experts::has_grant_on(tx.db, account.id, expert.id, local_date(tx.now))?,
        _ => false,
    };
    Ok(ReadyRow { line: row.line, expert, known: stored.is_some(), changes, stored, past_employers, account, has_role })
}

/// What the row writes over what is in store: what the file does not say stays as it is.
fn laid_over(stored: &Expert, written: Expert, pool: Option<String>) -> Expert {
    Expert {
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
        term_from: written.term_from.or(stored.term_from),
        term_to: written.term_to.or(stored.term_to),
        ..stored.clone()
    }
}

/// Leaves the employers that are known already out, and adds the one that the expert leaves by this row.
fn add_the_one_left(
    tx: &mut Tx<'_>,
    stored: &Expert,
    written: &Expert,
    past_employers: &mut Vec<PastEmployer>,
) -> Result<(), Error> {
    let ties = db::expert_ties::standing(tx.db, &[stored.id])?;
    past_employers.retain(|past| !ties.iter().any(|tie| is_known(tie, past)));
    let left = employer_left(stored, written, local_date(tx.now));
    let is_said = |left: &PastEmployer| past_employers.iter().any(|past| is_one_organisation(left, past));
    // When it ended, the file may say better than the day of the import does.
    let left = left.filter(|left| !is_said(left) && !ties.iter().any(|tie| is_known(tie, left)));
    past_employers.extend(left);
    Ok(())
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
