//! A one-time link works from when its letter leaves, not from when it was asked for: a mail server that is away delays letters
//! and nothing else. Until then nobody has the link, so nothing is open any longer than before (C-07).

use super::accounts::LINK_MINUTES;
use super::sealed::open_mail;
use super::subscription::CONFIRM_HOURS;
use super::{Tx, address};
use crate::auth::token::stored_form;
use crate::db;
use crate::db::mails::Mail;
use crate::domain::status::TokenPurpose;
use crate::error::Error;
use chrono::Duration;

/// The letter whose link names its own end, and what stands before what the link says.
const ADDRESS: (&str, &str) = ("account_address_confirm", "/account/address/");

/// The letter whose link confirms a subscription, and what stands before its secret.
const SUBSCRIPTION: (&str, &str) = ("subscription-confirm", "/subscriptions/");

/// Days that an expert who was taken into the pool has to set a password, from when the letter leaves.
pub const EXPERT_INVITATION_DAYS: i64 = 14;

/// What the link of a letter is good for, and what stands before its secret.
fn purpose_of(template: &str) -> Option<(TokenPurpose, &'static str)> {
    match template {
        "account_invitation" | "expert-invitation" => Some((TokenPurpose::Invitation, "/invitation/")),
        "account_registration" => Some((TokenPurpose::Registration, "/registration/")),
        "account_password_reset" => Some((TokenPurpose::PasswordReset, "/password/")),
        _ => None,
    }
}

/// How long the link of a letter is good for.
fn term_of(template: &str) -> Duration {
    match template {
        "expert-invitation" => Duration::days(EXPERT_INVITATION_DAYS),
        name if name == SUBSCRIPTION.0 => Duration::hours(CONFIRM_HOURS),
        _ => Duration::minutes(LINK_MINUTES),
    }
}

/// Whether a mail holds a link whose term begins when it leaves.
pub fn has_term(mail: &Mail) -> bool {
    let of_its_own = [ADDRESS.0, SUBSCRIPTION.0].contains(&mail.template.as_str());
    mail.secret_until.is_some() && (of_its_own || purpose_of(&mail.template).is_some())
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
    let ends = tx.now + term_of(&mail.template);
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

/// Notes that a mail has left, where what its link opens counts its own term.
///
/// # Errors
/// The database is away.
pub fn left(tx: &mut Tx<'_>, mail: &Mail) -> Result<(), Error> {
    if mail.template != SUBSCRIPTION.0 {
        return Ok(());
    }
    let opened = open_mail(tx.env, mail.clone());
    if let Some(secret) = opened.as_ref().and_then(|mail| secret_in(&mail.body, SUBSCRIPTION.1)) {
        db::subscriptions::note_letter(tx.db, &stored_form(secret), tx.now)?;
    }
    Ok(())
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
