//! A person's account: registration, one-time links, passwords, sessions. The first administrators are made in [`super::offices`].
//!
//! A password is only ever set by somebody who holds a one-time link from the mailbox, or who is signed in. So a
//! stranger who registers another's address gains nothing, and nothing tells whether an address has an account.

use super::post::Until;
use super::{Record, Tx};
use crate::auth::token::{Secret, stored_form};
use crate::db;
use crate::db::accounts::Account;
use crate::db::sessions::OneTimeToken;
use crate::domain::actor::Actor;
use crate::domain::contact::half_width;
use crate::domain::form::Problem;
use crate::domain::ids::AccountId;
use crate::domain::language::Language;
use crate::domain::plain_text;
use crate::domain::refusal::Refusal;
use crate::domain::status::{AccountStatus, TokenPurpose};
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::ValidateEmail;

/// Minutes that a one-time link is good for (OWASP ASVS V6.4.1), from when its letter leaves.
pub const LINK_MINUTES: i64 = 30;
/// Mails with links that one address gets in an hour at most, whoever asks for them.
const LINKS_AN_HOUR: i64 = 5;
/// Characters of a person's name.
const NAME_MAX: usize = 50;
/// Characters of an address (RFC 5321).
const EMAIL_MAX: usize = 254;

/// A person who registers.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AccountRegistration)]
pub struct Registration {
    /// Name.
    pub name: String,
    /// Address; a link is sent there.
    pub email: String,
}

/// An account that was invited, and the secret of the link that was sent.
#[derive(Debug)]
pub struct Invited {
    /// The account.
    pub account: Account,
    /// For the link: goes into the mail.
    pub secret: Secret,
}

/// A name as it is kept.
pub fn clean_name(path: &str, typed: &str, problems: &mut Vec<Problem>) -> String {
    plain_text::required_line(path, typed, NAME_MAX, problems)
}

/// An address as it is kept. Only ASCII, as mail servers will take it; what was typed in full width is put right.
pub fn clean_email(path: &str, typed: &str, problems: &mut Vec<Problem>) -> String {
    let email = plain_text::required_line(path, &half_width(typed), EMAIL_MAX, problems);
    must_be_email(path, &email, problems);
    email
}

/// The same of one that may be left empty.
pub(super) fn clean_email_if_any(path: &str, typed: &str, problems: &mut Vec<Problem>) -> String {
    let email = plain_text::line(path, &half_width(typed), EMAIL_MAX, problems);
    if !email.is_empty() {
        must_be_email(path, &email, problems);
    }
    email
}

fn must_be_email(path: &str, email: &str, problems: &mut Vec<Problem>) {
    if problems.iter().all(|problem| problem.path != path) && !(email.is_ascii() && email.validate_email()) {
        problems.push(Problem::new(path, "email_invalid"));
    }
}

/// Nothing when there are no problems.
pub(super) fn must_be_sound(problems: Vec<Problem>) -> Result<(), Error> {
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

pub(super) fn link_not_good() -> Error {
    Refusal::unacceptable("link_not_good").with("minutes", LINK_MINUTES).with("link", "account").into()
}

/// A fresh one-time secret; older ones of the same kind are void.
pub(super) fn issue_link(tx: &mut Tx<'_>, account: Option<AccountId>, purpose: TokenPurpose) -> Result<Secret, Error> {
    db::sessions::void_one_time_tokens(tx.db, account, purpose, tx.now)?;
    let secret = Secret::from_bytes(tx.env.random.secret()?);
    db::sessions::create_one_time_token(
        tx.db,
        &OneTimeToken {
            id: secret.stored.clone(),
            purpose,
            account_id: account,
            created_at: tx.now,
            expires_at: link_ends(tx),
            used_at: None,
        },
    )?;
    Ok(secret)
}

/// A new account, which the caller records: in use when it has a password, invited otherwise. `path` is the field to blame for
/// a taken address.
pub(super) fn create(
    tx: &mut Tx<'_>,
    path: &str,
    name: &str,
    email: &str,
    password_hash: Option<&str>,
    language: Language,
) -> Result<Account, Error> {
    if db::accounts::find_by_email(tx.db, email)?.is_some() {
        return Err(Error::field(path, "email_taken"));
    }
    let account = Account {
        id: AccountId::new(&*tx.env.ids),
        email: email.into(),
        email_key: db::accounts::email_key(email),
        name: name.into(),
        password_hash: password_hash.map(Into::into),
        language: language.as_text().into(),
        status: if password_hash.is_some() { AccountStatus::Active } else { AccountStatus::Invited },
        created_at: tx.now,
        signed_in_at: None,
        version: 1,
    };
    db::accounts::create(tx.db, &account).map_err(|error| match error {
        diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => {
            Error::field(path, "email_taken")
        }
        other => other.into(),
    })?;
    let mut columns = known_by(&account).to_vec();
    // Of an account that is still to be taken up nothing is said but by whom it is.
    columns.extend(account.password_hash.as_deref().map(|hash| ("password_hash", Some(hash))));
    tx.keep("accounts", account.id.as_text(), &columns);
    Ok(account)
}

/// The columns by which an account is known, for the record to vouch for.
pub(super) fn known_by(account: &Account) -> [(&'static str, Option<&str>); 3] {
    [
        ("email", Some(account.email.as_str())),
        ("email_key", Some(account.email_key.as_str())),
        ("name", Some(account.name.as_str())),
    ]
}

/// When a one-time link that is made now is over.
fn link_ends(tx: &Tx<'_>) -> NaiveDateTime {
    tx.now + Duration::minutes(LINK_MINUTES)
}

/// Sends the link with which an invited person sets the first password.
pub(super) fn send_invitation(tx: &mut Tx<'_>, account: &Account) -> Result<Secret, Error> {
    let secret = issue_link(tx, Some(account.id), TokenPurpose::Invitation)?;
    let path = format!("/invitation/{}", secret.plain);
    let minutes = LINK_MINUTES.to_string();
    tx.post_until(
        account.into(),
        "account_invitation",
        &path,
        &[("name", &account.name), ("minutes", &minutes)],
        Until::Secret(link_ends(tx)),
    )?;
    Ok(secret)
}

/// A person registers, and reads in this language from now on. Whatever is known of the address, the answer is the
/// same; only the mail differs. The secret of the link, if one was sent, is for the mail and for tests alone.
pub fn register(tx: &mut Tx<'_>, input: &Registration, language: Language) -> Result<Option<Secret>, Error> {
    let mut problems = Vec::new();
    let name = clean_name("name", &input.name, &mut problems);
    let email = clean_email("email", &input.email, &mut problems);
    must_be_sound(problems)?;
    let found = db::accounts::find_by_email(tx.db, &email)?;
    let account = match found {
        Some(account) if !may_send(tx, &account, TokenPurpose::Registration)? => {
            tracing::info!(account.id = %account.id, "registration mail withheld: too many");
            return Ok(None);
        }
        Some(account) if account.status != AccountStatus::Invited => {
            tell_it_is_taken(tx, &account)?;
            return Ok(None);
        }
        Some(account) => account,
        None => {
            let account = create(tx, "email", &name, &email, None, language)?;
            tx.record(
                &Actor::public(language.as_text()),
                Record {
                    subject_kind: "account",
                    subject_id: account.id.as_text(),
                    action: "account.registered",
                    ..Record::default()
                },
            )?;
            account
        }
    };
    let secret = issue_link(tx, Some(account.id), TokenPurpose::Registration)?;
    let minutes = LINK_MINUTES.to_string();
    let path = format!("/registration/{}", secret.plain);
    tx.post_until(
        (&account).into(),
        "account_registration",
        &path,
        &[("name", &account.name), ("minutes", &minutes)],
        Until::Secret(link_ends(tx)),
    )?;
    Ok(Some(secret))
}

/// Tells whoever has an account under an address that somebody else named it; nobody else is told.
pub(super) fn tell_it_is_taken(tx: &mut Tx<'_>, account: &Account) -> Result<(), Error> {
    if account.status == AccountStatus::Invited {
        // Never confirmed, and perhaps waiting for its link: voiding that would let strangers keep its owner out.
        let (name, email) = (account.name.clone(), account.email.clone());
        return register(tx, &Registration { name, email }, Language::of_tag(&account.language)).map(drop);
    }
    if !may_send(tx, account, TokenPurpose::Registration)? {
        return Ok(());
    }
    let template = match account.status {
        AccountStatus::Disabled => "account_closed",
        _ => "account_exists",
    };
    // Counted like a link, so that strangers cannot fill a mailbox.
    issue_link(tx, Some(account.id), TokenPurpose::Registration)?;
    db::sessions::void_one_time_tokens(tx.db, Some(account.id), TokenPurpose::Registration, tx.now)?;
    tx.post(account.into(), template, "/password/new", &[("name", &account.name)])
}

/// Somebody forgot a password. The answer is the same whatever is known of the address; the secret is for the mail and
/// for tests alone.
pub fn request_reset(tx: &mut Tx<'_>, email: &str) -> Result<Option<Secret>, Error> {
    let mut problems = Vec::new();
    let email = clean_email("email", email, &mut problems);
    must_be_sound(problems)?;
    let Some(account) = db::accounts::find_by_email(tx.db, &email)? else { return Ok(None) };
    if account.status == AccountStatus::Invited {
        // Never confirmed: the same link as a registration's does.
        let language = Language::of_tag(&account.language);
        return register(tx, &Registration { name: account.name, email: account.email }, language);
    }
    if account.status != AccountStatus::Active || !may_send(tx, &account, TokenPurpose::PasswordReset)? {
        return Ok(None);
    }
    let secret = issue_link(tx, Some(account.id), TokenPurpose::PasswordReset)?;
    let minutes = LINK_MINUTES.to_string();
    let path = format!("/password/{}", secret.plain);
    tx.post_until(
        (&account).into(),
        "account_password_reset",
        &path,
        &[("name", &account.name), ("minutes", &minutes)],
        Until::Secret(link_ends(tx)),
    )?;
    Ok(Some(secret))
}

fn may_send(tx: &mut Tx<'_>, account: &Account, purpose: TokenPurpose) -> Result<bool, Error> {
    let since = tx.now - Duration::hours(1);
    Ok(db::sessions::count_one_time_tokens(tx.db, account.id, purpose, since)? < LINKS_AN_HOUR)
}

/// The person that a link was sent to, without using it up: what a page shows, and what a password may not repeat.
pub fn holder_of_link(tx: &mut Tx<'_>, purpose: TokenPurpose, token: &str) -> Result<Account, Error> {
    let found = db::sessions::find_one_time_token(tx.db, &stored_form(token), purpose, tx.now)?;
    let account = match found.and_then(|token| token.account_id) {
        Some(id) => db::accounts::find(tx.db, id)?,
        None => return Err(link_not_good()),
    };
    let expected = if purpose == TokenPurpose::PasswordReset { AccountStatus::Active } else { AccountStatus::Invited };
    if account.status == expected { Ok(account) } else { Err(link_not_good()) }
}

/// Uses a link up: sets the password, puts an invited account into use, ends every session. `name` corrects the name of
/// an invited person; empty leaves it.
pub fn accept_link(
    tx: &mut Tx<'_>,
    purpose: TokenPurpose,
    token: &str,
    name: &str,
    password_hash: &str,
) -> Result<AccountId, Error> {
    let holder = holder_of_link(tx, purpose, token)?;
    // Held, and looked at again: an account that is being closed is not opened by a link.
    db::accounts::lock(tx.db, holder.id)?;
    let account = holder_of_link(tx, purpose, token)?;
    if db::sessions::use_one_time_token(tx.db, &stored_form(token), purpose, tx.now)?.is_none() {
        return Err(link_not_good());
    }
    let invited = account.status == AccountStatus::Invited;
    if invited && !name.trim().is_empty() {
        let mut problems = Vec::new();
        let name = clean_name("name", name, &mut problems);
        must_be_sound(problems)?;
        db::accounts::set_name(tx.db, account.id, &name)?;
        tx.vouch("accounts", account.id.as_text(), &["name"])?;
    }
    // One link opens the account; no other one, of whatever kind, stays good.
    void_links(tx, account.id)?;
    store_password(tx, &account, password_hash)?;
    let actor = Actor {
        account: Some(account.id),
        name: account.name.clone(),
        language: account.language.clone(),
        held: Vec::new(),
    };
    let action = if invited { "account.activated" } else { "account.password_reset" };
    record_own(tx, &actor, account.id, action)?;
    if !invited {
        tx.post((&account).into(), "account_password_changed", "/password/new", &[("name", &account.name)])?;
    }
    Ok(account.id)
}

/// Makes every link that was sent to a person useless.
pub(super) fn void_links(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Error> {
    for purpose in [TokenPurpose::Invitation, TokenPurpose::Registration, TokenPurpose::PasswordReset] {
        db::sessions::void_one_time_tokens(tx.db, Some(account), purpose, tx.now)?;
    }
    Ok(())
}

fn store_password(tx: &mut Tx<'_>, account: &Account, password_hash: &str) -> Result<(), Error> {
    super::passwords::replace(tx, account)?;
    db::accounts::set_password(tx.db, account.id, password_hash)?;
    tx.vouch("accounts", account.id.as_text(), &["password_hash"])?;
    db::accounts::note_password(tx.db, account.id, tx.now)?;
    tx.end_sessions(account.id)?;
    Ok(())
}

pub(super) fn record_own(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    action: &'static str,
) -> Result<(), Error> {
    tx.record(actor, Record { subject_kind: "account", subject_id: account.as_text(), action, ..Record::default() })
}

/// Chooses the language of one's own pages, mail and answers; nothing when it is chosen already.
///
/// # Errors
/// Nobody is signed in.
pub fn choose_language(tx: &mut Tx<'_>, actor: &Actor, language: Language) -> Result<(), Error> {
    let account = db::accounts::lock(tx.db, actor.must_be_somebody()?)?;
    if account.language == language.as_text() {
        return Ok(());
    }
    db::accounts::set_language(tx.db, account.id, language)?;
    tx.record(
        actor,
        Record {
            subject_kind: "account",
            subject_id: account.id.as_text(),
            action: "account.language_chosen",
            detail: serde_json::json!({"language": language, "before": account.language}),
            ..Record::default()
        },
    )
}

/// Changes one's own password, the present one having been checked against `checked_hash`. Ends every session, this
/// one too: the caller begins a new one.
pub fn change_password(
    tx: &mut Tx<'_>,
    actor: &Actor,
    checked_hash: &str,
    password_hash: &str,
) -> Result<AccountId, Error> {
    let account = db::accounts::lock(tx.db, actor.must_be_somebody()?)?;
    // Another change came between the check and now.
    if account.status != AccountStatus::Active || account.password_hash.as_deref() != Some(checked_hash) {
        return Err(Error::Stale);
    }
    store_password(tx, &account, password_hash)?;
    record_own(tx, actor, account.id, "account.password_changed")?;
    tx.post((&account).into(), "account_password_changed", "/password/new", &[("name", &account.name)])?;
    Ok(account.id)
}

/// Ends one of one's own sessions.
pub fn end_session(tx: &mut Tx<'_>, actor: &Actor, session: &str) -> Result<(), Error> {
    let account = actor.must_be_somebody()?;
    let stored = db::sessions::find_live(tx.db, session, tx.now)?.filter(|found| found.account_id == account);
    if stored.is_none() {
        return Err(Error::NotFound);
    }
    super::sessions::end(tx, actor, session)
}
