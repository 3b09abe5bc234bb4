//! A one-time link works from when its letter leaves, not from when it was asked for: a mail server that is away delays letters
//! and nothing else. Until then nobody has the link, so nothing is open any longer than before (C-07).

use super::accounts::LINK_MINUTES;
use super::{Tx, address};
use crate::auth::token::stored_form;
use crate::db;
use crate::db::mails::Mail;
use crate::domain::status::TokenPurpose;
use crate::error::Error;
use chrono::Duration;

/// The letter whose link names its own end, and what stands before what the link says.
const ADDRESS: (&str, &str) = ("account_address_confirm", "/account/address/");

/// What the link of a letter is good for, and what stands before its secret.
fn purpose_of(template: &str) -> Option<(TokenPurpose, &'static str)> {
    match template {
        "account_invitation" => Some((TokenPurpose::Invitation, "/invitation/")),
        "account_registration" => Some((TokenPurpose::Registration, "/registration/")),
        "account_password_reset" => Some((TokenPurpose::PasswordReset, "/password/")),
        _ => None,
    }
}

/// Whether a mail holds a link whose term is counted in minutes.
pub fn has_term(mail: &Mail) -> bool {
    mail.secret_until.is_some() && (mail.template == ADDRESS.0 || purpose_of(&mail.template).is_some())
}

/// What stands behind `folder` in the text: names come before the link, so the last one counts.
fn secret_in<'a>(body: &'a str, folder: &str) -> Option<&'a str> {
    let (_, after) = body.rsplit_once(folder)?;
    after.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next().filter(|secret| !secret.is_empty())
}

/// Lets the term of the mail's link begin now, and gives the mail as it is to be sent. A link that was used, or that a newer one
/// took the place of, stays useless.
///
/// # Errors
/// The database is away.
pub fn begin(tx: &mut Tx<'_>, mut mail: Mail) -> Result<Mail, Error> {
    let ends = tx.now + Duration::minutes(LINK_MINUTES);
    if let Some((purpose, folder)) = purpose_of(&mail.template) {
        if let Some(secret) = secret_in(&mail.body, folder) {
            db::sessions::extend_one_time_token(tx.db, &stored_form(secret), purpose, ends)?;
        }
    } else if let Some(account) = mail.account_id {
        let account = db::accounts::find(tx.db, account)?;
        let old = secret_in(&mail.body, ADDRESS.1).map(str::to_string);
        let new = old.as_deref().and_then(|old| address::renewed(tx, &account, old, ends));
        if let (Some(old), Some(new)) = (old, new) {
            mail.body = mail.body.replace(&old, &new);
        }
    }
    db::mails::set_secret_until(tx.db, mail.id, ends)?;
    mail.secret_until = Some(ends);
    Ok(mail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_what_stands_behind_the_last_folder() {
        let text = "王/registration/五，您好：\n\n    http://a.example/registration/0af9\n\n链接";
        assert_eq!(secret_in(text, "/registration/"), Some("0af9"));
        assert_eq!(secret_in("http://a.example/account/address/17-6a-0c。", ADDRESS.1), Some("17-6a-0c"));
        assert_eq!(secret_in("/registration/ ", "/registration/"), None);
        assert_eq!(secret_in("没有链接", "/registration/"), None);
    }
}
