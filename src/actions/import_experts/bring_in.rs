//! One row brought in: the expert with account, role, ties and mail.

use super::dry_run::ReadyRow;
use crate::actions::accounts::known_by;
use crate::actions::expert_standing::{end_sessions_if_role_moves, follow_term, role_end};
use crate::actions::link_term::EXPERT_INVITATION_DAYS;
use crate::actions::post::Until;
use crate::actions::undo_import::{BROUGHT, Before, Changed, Given, Newcomer};
use crate::actions::{Record, Tx};
use crate::auth::token::Secret;
use crate::db;
use crate::db::accounts::{Account, Grant};
use crate::db::expert_ties::ExpertTie;
use crate::db::experts::Expert;
use crate::db::organisations::name_key;
use crate::db::sessions::OneTimeToken;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{AccountId, ChangeSetId, ExpertTieId, GrantId, MailId};
use crate::domain::recusal::TieKind;
use crate::domain::status::{AccountStatus, TokenPurpose};
use crate::error::Error;
use crate::words::DEFAULT_LANGUAGE;
use chrono::Duration;

/// Brings a row in, and notes in `before` what undoing needs.
pub(super) fn bring_in(
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
        if let Some(stored) = &row.stored {
            end_sessions_if_role_moves(tx, stored, expert.appointment())?;
        }
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
        tx.vouch_for_new("expert_ties", tie.id.as_text())?;
        ties.push(tie.id);
    }
    // Who was invited once and never came, for an import that was undone, is invited anew.
    let invited = is_new || account.status == AccountStatus::Invited;
    let mut given = None;
    let mut given_until = None;
    if !row.has_role {
        let grant = GrantId::new(&*tx.env.ids);
        // It ends with the term of appointment, and has a day of its own besides: a term that is open has none.
        let ends_on = role_end(tx, expert.term_to);
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
                ends_on: Some(ends_on),
                revoked_at: None,
                by_operator: actor.account.is_none(),
            },
        )?;
        let letter = if invited {
            invite(tx, &account)?
        } else {
            tx.post_noted((&account).into(), "expert-added", "/assignments", &[("name", &account.name)])?
        };
        given = Some(Given { grant, letter });
        given_until = Some(ends_on);
    }
    let grant = given.as_ref().map(|given| given.grant);
    let moved = match &row.stored {
        Some(stored) if row.has_role && stored.term_to != expert.term_to => follow_term(tx, expert.id, expert.term_to)?,
        _ => None,
    };
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
    match row.known {
        // Account and address of whoever was there stay, but for the account that is tied to them now.
        true => tx.vouch("experts", expert.id.as_text(), BROUGHT)?,
        false => tx.vouch_for_new("experts", expert.id.as_text())?,
    }
    tx.record(
        actor,
        Record {
            subject_kind: "expert",
            subject_id: expert.id.as_text(),
            action: if row.known { "expert.updated" } else { "expert.imported" },
            role: role.as_text(),
            detail: match (grant, moved) {
                (None, Some((grant, ends_on))) => serde_json::json!({
                    "load_limit": expert.load_limit, "fields": expert.fields.0, "ties": row.past_employers.len(),
                    "term": [expert.term_from, expert.term_to],
                    "change_set": set, "grant": grant, "ends_on": ends_on,
                }),
                (None, None) => serde_json::json!({
                    "load_limit": expert.load_limit, "fields": expert.fields.0, "ties": row.past_employers.len(),
                    "term": [expert.term_from, expert.term_to],
                    "change_set": set,
                }),
                (Some(grant), _) => serde_json::json!({
                    "load_limit": expert.load_limit, "fields": expert.fields.0, "ties": row.past_employers.len(),
                    "term": [expert.term_from, expert.term_to],
                    "change_set": set, "grant": grant, "role": Role::Expert, "account": account.id,
                    "ends_on": given_until,
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
    tx.keep("accounts", account.id.as_text(), &known_by(&account));
    Ok(account)
}

fn invite(tx: &mut Tx<'_>, account: &Account) -> Result<MailId, Error> {
    let secret = Secret::from_bytes(tx.env.random.secret()?);
    let token = OneTimeToken {
        id: secret.stored,
        purpose: TokenPurpose::Invitation,
        account_id: Some(account.id),
        created_at: tx.now,
        expires_at: tx.now + Duration::days(EXPERT_INVITATION_DAYS),
        used_at: None,
    };
    db::sessions::create_one_time_token(tx.db, &token)?;
    let days = EXPERT_INVITATION_DAYS.to_string();
    let path = format!("/invitation/{}", secret.plain);
    let args = [("name", account.name.as_str()), ("days", days.as_str())];
    tx.post_until(account.into(), "expert-invitation", &path, &args, Until::Secret(token.expires_at))
}
