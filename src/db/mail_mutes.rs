//! Which groups of mail an account reads in the service alone.

use super::connection::Db;
use super::portable::Portable;
use super::schema::mail_mutes;
use crate::domain::ids::AccountId;
use crate::domain::mail_group::MailGroup;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// The groups that are not mailed to an account.
pub fn of_account(db: &mut Db, account: AccountId) -> QueryResult<Vec<MailGroup>> {
    let found: Vec<String> = mail_mutes::table
        .filter(mail_mutes::account_id.eq(account))
        .order(mail_mutes::mail_group)
        .select(mail_mutes::mail_group)
        .load(db)?;
    Ok(found.iter().filter_map(|group| MailGroup::from_text(group)).collect())
}

/// Mails a group to an account, or no longer.
pub fn set(db: &mut Db, account: AccountId, group: MailGroup, muted: bool, now: NaiveDateTime) -> QueryResult<()> {
    let group = group.as_text().to_string();
    if muted {
        Portable(
            diesel::insert_into(mail_mutes::table)
                .values((
                    mail_mutes::account_id.eq(account),
                    mail_mutes::mail_group.eq(group),
                    mail_mutes::muted_at.eq(now),
                ))
                .on_conflict((mail_mutes::account_id, mail_mutes::mail_group))
                .do_nothing(),
        )
        .execute(db)
        .map(drop)
    } else {
        let muted = mail_mutes::table.filter(mail_mutes::account_id.eq(account));
        diesel::delete(muted.filter(mail_mutes::mail_group.eq(group))).execute(db).map(drop)
    }
}
