//! What a new password is held against: who its owner is, for whom they work, and which ones they had before.

use super::Tx;
use crate::config::{AccountsConfig, PasswordPolicy};
use crate::db;
use crate::db::accounts::Account;
use crate::domain::ids::AccountId;
use crate::error::Error;

/// What is known of the owner of a password, and so guessed first. It holds hashes, so it has no debug form.
#[derive(Default)]
pub struct Known {
    /// The account; none where that is only to be made.
    pub account: Option<AccountId>,
    /// The person's name and address: a password holds no word of them.
    pub names: Vec<String>,
    /// Names and codes of the organisations, bureaus and employers that the person works for: no more than a part of it.
    pub units: Vec<String>,
    /// Hashes of the passwords that are not to be set again: the present one, and as many before it as the settings say.
    pub used: Vec<String>,
}

/// How many of the passwords before the present one are kept: none but where the rule is that passwords are changed from time to time,
/// which would be put off by setting the same one, or two of them in turn.
fn kept_before(accounts: &AccountsConfig) -> i64 {
    match accounts.password_policy {
        PasswordPolicy::Nist => 0,
        PasswordPolicy::Dengbao3 => accounts.password_history - 1,
    }
}

/// What is known of the owner of an account.
///
/// # Errors
/// The database is away.
pub fn known(tx: &mut Tx<'_>, account: AccountId) -> Result<Known, Error> {
    let stored = db::accounts::find(tx.db, account)?;
    let mut units = Vec::new();
    for grant in db::accounts::grants_of(tx.db, account)? {
        if let Some(id) = grant.organisation_id {
            let organisation = db::organisations::find(tx.db, id)?;
            units.extend([organisation.name, organisation.credit_code]);
        }
        let bureau = grant.bureau.as_deref().and_then(|code| tx.env.reference.bureau(code));
        units.extend(bureau.map(|bureau| bureau.name.clone()));
        if let Some(id) = grant.expert_id {
            let expert = db::experts::find(tx.db, id)?;
            units.extend(expert.employer_code);
            units.push(expert.employer);
        }
    }
    let used = match tx.env.accounts.password_policy {
        PasswordPolicy::Nist => Vec::new(),
        PasswordPolicy::Dengbao3 => {
            let before = db::accounts::former_hashes(tx.db, account, kept_before(&tx.env.accounts))?;
            stored.password_hash.into_iter().chain(before).collect()
        }
    };
    Ok(Known { account: Some(account), names: vec![stored.name, stored.email], units, used })
}

/// Keeps the password of an account, which another takes the place of, with those before it, as many as the settings say.
///
/// # Errors
/// The database is away.
pub(super) fn replace(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    let kept = kept_before(&tx.env.accounts);
    if let Some(hash) = account.password_hash.as_deref().filter(|_| kept > 0) {
        db::accounts::keep_former(tx.db, account.id, account.version, hash)?;
    }
    Ok(db::accounts::forget_former(tx.db, account.id, kept)?)
}
