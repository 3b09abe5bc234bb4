//! What a new password is held against: who its owner is, and for whom they work.

use super::Tx;
use crate::db;
use crate::domain::ids::AccountId;
use crate::error::Error;

/// What is known of the owner of a password, and so guessed first.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The person's name and address: a password holds no word of them.
    pub names: Vec<String>,
    /// Names and codes of the organisations, bureaus and employers that the person works for: no more than a part of it.
    pub units: Vec<String>,
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
    Ok(Known { names: vec![stored.name, stored.email], units })
}
