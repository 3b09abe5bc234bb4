//! Mail into the outbox, in the reader's language, in the transaction of what it tells of.

use super::Tx;
use crate::db::accounts::Account;
use crate::db::experts::Expert;
use crate::db::mails::{self, Mail};
use crate::db::{applications, mail_batches, mail_mutes};
use crate::domain::actor::Role;
use crate::domain::ids::{AccountId, ApplicationId, MailBatchId, MailId, OrganisationId};
use crate::domain::language::Language;
use crate::domain::mail_group::group_of;
use crate::domain::names::Names;
use crate::domain::scope::Scope;
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};

/// Who gets a mail.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The account, if there is one.
    pub account: Option<AccountId>,
    /// The address.
    pub address: &'a str,
    /// The language.
    pub language: &'a str,
}

impl<'a> From<&'a Account> for Reader<'a> {
    fn from(account: &'a Account) -> Self {
        Reader { account: Some(account.id), address: &account.email, language: &account.language }
    }
}

/// Until when something holds of a mail.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// It is held back so long, and can be withdrawn.
    Held(NaiveDateTime),
    /// Its link opens something to whoever has it so long. The text is not kept once it was sent, nor beyond that.
    Secret(NaiveDateTime),
}

/// How long a mail that cannot be sent to somebody sealed may be tried again, in days.
const SEALED_DAYS: i64 = 30;

impl<'a> Reader<'a> {
    /// An expert, who is written to in the language of the account if there is one.
    pub fn of_expert(expert: &'a Expert, account: Option<&'a Account>) -> Reader<'a> {
        let language = crate::words::DEFAULT_LANGUAGE;
        account.map_or(Reader { account: None, address: &expert.email, language }, Reader::from)
    }
}

/// What is kept of a mail.
#[derive(Debug, Clone, Copy, Default)]
struct Keeping<'a> {
    secret_until: Option<NaiveDateTime>,
    sealed: bool,
    /// Until when it is held back, so that it can be withdrawn.
    held_until: Option<NaiveDateTime>,
    /// Where its reader ends such mails.
    unsubscribe: Option<&'a str>,
    /// The application that it tells of, where that is not the one in its path.
    about: Option<ApplicationId>,
}

impl Tx<'_> {
    /// Writes the mail `template` (`mail-<template>-subject` and `mail-<template>-body` of the locale files) with its
    /// `args`; `path` becomes the argument `link`, on the configured address.
    pub fn post(&mut self, reader: Reader<'_>, template: &str, path: &str, args: &[(&str, &str)]) -> Result<(), Error> {
        self.post_noted(reader, template, path, args).map(drop)
    }

    /// The same, for one who must find the mail again.
    pub fn post_noted(
        &mut self,
        reader: Reader<'_>,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
    ) -> Result<MailId, Error> {
        self.write_mail(reader, template, path, args, Keeping::default())
    }

    /// The same, of which something holds for a while.
    pub fn post_until(
        &mut self,
        reader: Reader<'_>,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
        until: Until,
    ) -> Result<MailId, Error> {
        let keeping = match until {
            Until::Held(until) => Keeping { held_until: Some(until), ..Keeping::default() },
            Until::Secret(until) => Keeping { secret_until: Some(until), ..Keeping::default() },
        };
        self.write_mail(reader, template, path, args, keeping)
    }

    /// The same to somebody whose identity is sealed: text and address are encrypted until it leaves, and neither is kept once it was sent, nor
    /// beyond thirty days.
    pub fn post_sealed(
        &mut self,
        reader: Reader<'_>,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
    ) -> Result<(), Error> {
        self.post_sealed_at(reader, template, path, args, self.now)
    }

    /// The same, leaving at `leaves_at`.
    pub fn post_sealed_at(
        &mut self,
        reader: Reader<'_>,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
        leaves_at: NaiveDateTime,
    ) -> Result<(), Error> {
        let until = Some(leaves_at + Duration::days(SEALED_DAYS));
        let keeping = Keeping { secret_until: until, sealed: true, held_until: Some(leaves_at), ..Keeping::default() };
        self.write_mail(reader, template, path, args, keeping).map(drop)
    }

    /// The same to an address that nobody's account stands behind, of use until then, with where its reader ends such mails.
    pub fn post_to_subscriber(
        &mut self,
        reader: Reader<'_>,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
        until: NaiveDateTime,
        unsubscribe: Option<&str>,
    ) -> Result<(), Error> {
        let keeping = Keeping { secret_until: Some(until), sealed: true, unsubscribe, ..Keeping::default() };
        self.write_mail(reader, template, path, args, keeping).map(drop)
    }

    fn write_mail(
        &mut self,
        reader: Reader<'_>,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
        keeping: Keeping<'_>,
    ) -> Result<MailId, Error> {
        let link = format!("{}{path}", self.env.base_url);
        let args = || args.iter().copied().chain([("link", link.as_str())]);
        let words = self.env.words;
        let id = MailId::new(&*self.env.ids);
        let host =
            self.env.base_url.split("//").nth(1).unwrap_or("localhost").split([':', '/']).next().unwrap_or("localhost");
        let site_only = self.stays_in_the_service(reader, template)?;
        let mut mail = Mail {
            message_id: format!("{id}@{host}"),
            id,
            account_id: reader.account,
            to_address: reader.address.into(),
            template: template.into(),
            subject: words.say_with(reader.language, &format!("mail-{template}-subject"), args()),
            // A last sentence that does not apply leaves no empty lines behind.
            body: words.say_with(reader.language, &format!("mail-{template}-body"), args()).trim_end().into(),
            created_at: self.now,
            next_attempt_at: keeping.held_until.unwrap_or(self.now),
            locked_until: None,
            attempts: 0,
            sent_at: site_only.then_some(self.now),
            failed_at: None,
            last_error: None,
            secret_until: keeping.secret_until,
            sealed: keeping.sealed,
            unsubscribe: keeping.unsubscribe.map(str::to_string),
            site_only,
            language: Language::of_tag(reader.language).as_text().into(),
            batch_id: None,
            note: String::new(),
            application_id: keeping.about.or_else(|| file_of(path)),
        };
        if keeping.sealed {
            mail = super::sealed::seal_mail(self, mail)?;
        }
        mails::create(self.db, &mail)?;
        // What is secret, sealed, held already or not mailed at all is never held with others.
        let is_plain = keeping.secret_until.is_none() && keeping.held_until.is_none() && !keeping.sealed && !site_only;
        if is_plain && let Some(written) = &mut self.to_many {
            written.push(id);
        }
        Ok(id)
    }

    /// Whether a mail's reader chose to read such ones in the service alone.
    fn stays_in_the_service(&mut self, reader: Reader<'_>, template: &str) -> Result<bool, Error> {
        match (reader.account, group_of(template)) {
            (Some(account), Some(group)) => Ok(mail_mutes::of_account(self.db, account)?.contains(&group)),
            _ => Ok(false),
        }
    }

    /// The same to everyone who works for an organisation. What it tells of is the application in `path`, if any.
    pub fn post_to_organisation(
        &mut self,
        organisation: OrganisationId,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
    ) -> Result<(), Error> {
        self.post_to_organisation_about(file_of(path), organisation, template, path, args, &[])
    }

    /// The same of what follows from an application that `path` does not name, with what the mail names by `names` said
    /// in the reader's language.
    pub fn post_to_organisation_about(
        &mut self,
        about: Option<ApplicationId>,
        organisation: OrganisationId,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
        names: &[(&str, &Names)],
    ) -> Result<(), Error> {
        let readers = crate::db::accounts::holders_in_organisation(self.db, organisation, None, self.now)?;
        self.let_held_go(&readers, about)?;
        for reader in once_each(&readers) {
            let args = named_to(reader, args, names);
            self.write_mail(reader.into(), template, path, &args, Keeping { about, ..Keeping::default() })?;
        }
        Ok(())
    }

    /// Lets letters to these readers go that are held with others and tell of the same file, or of its call, before they
    /// are written to by themselves: nobody reads the later letter before the earlier. What tells of another file waits
    /// for its officer. An act that writes to many sees to that by itself, where it ends.
    fn let_held_go(&mut self, readers: &[Account], about: Option<ApplicationId>) -> Result<(), Error> {
        let Some(file) = about.filter(|_| self.to_many.is_none()) else { return Ok(()) };
        let waiting = mail_batches::waiting(self.db, self.now)?;
        if waiting.is_empty() {
            return Ok(());
        }
        let call = applications::find(self.db, &Scope::everything(), file)?.call_id.to_string();
        let of_call = waiting.into_iter().filter(|batch| batch.subject == call);
        let of_call: Vec<MailBatchId> = of_call.map(|batch| batch.id).collect();
        let accounts: Vec<AccountId> = readers.iter().map(|reader| reader.id).collect();
        Ok(mails::let_go_to(self.db, &accounts, &of_call, file, self.now)?)
    }

    /// The same where what the mail names is said in the reader's language too.
    pub fn post_to_organisation_in_each(
        &mut self,
        organisation: OrganisationId,
        template: &str,
        path: &str,
        args: impl Fn(Language) -> Vec<(&'static str, String)>,
    ) -> Result<(), Error> {
        let readers = crate::db::accounts::holders_in_organisation(self.db, organisation, None, self.now)?;
        self.let_held_go(&readers, file_of(path))?;
        for reader in once_each(&readers) {
            let args = args(Language::of_tag(&reader.language));
            let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
            self.post(reader.into(), template, path, &args)?;
        }
        Ok(())
    }

    /// The same of what a station did, with its name in the reader's language as `station`.
    pub fn post_to_organisation_from(
        &mut self,
        organisation: OrganisationId,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
        station: &Names,
    ) -> Result<(), Error> {
        self.post_to_organisation_about(file_of(path), organisation, template, path, args, &[("station", station)])
    }

    /// The same to the officers of a bureau.
    pub fn post_to_bureau(
        &mut self,
        bureau: &str,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
    ) -> Result<(), Error> {
        let readers = crate::db::accounts::holders_in_bureau(self.db, bureau, self.now)?;
        self.post_to_all(&readers, template, path, args)
    }

    /// The same to everyone who holds a role.
    pub fn post_to_role(&mut self, role: Role, template: &str, path: &str, args: &[(&str, &str)]) -> Result<(), Error> {
        let readers = crate::db::accounts::holders(self.db, role, self.now)?;
        self.post_to_all(&readers, template, path, args)
    }

    /// The same with what the mail names by `names` said in the reader's language.
    pub fn post_to_role_naming(
        &mut self,
        role: Role,
        template: &str,
        path: &str,
        args: &[(&str, &str)],
        names: &[(&str, &Names)],
    ) -> Result<(), Error> {
        let readers = crate::db::accounts::holders(self.db, role, self.now)?;
        for reader in once_each(&readers) {
            let args = named_to(reader, args, names);
            self.post(reader.into(), template, path, &args)?;
        }
        Ok(())
    }

    fn post_to_all(
        &mut self,
        readers: &[Account],
        template: &str,
        path: &str,
        args: &[(&str, &str)],
    ) -> Result<(), Error> {
        for reader in once_each(readers) {
            self.post(reader.into(), template, path, args)?;
        }
        Ok(())
    }
}

/// Everybody once, however many roles they are there by.
fn once_each(readers: &[Account]) -> impl Iterator<Item = &Account> {
    let mut seen = std::collections::BTreeSet::new();
    readers.iter().filter(move |reader| seen.insert(reader.id))
}

/// What a mail names, with what has names in several languages said in the reader's.
fn named_to<'a>(
    reader: &Account,
    args: &[(&'a str, &'a str)],
    names: &[(&'a str, &'a Names)],
) -> Vec<(&'a str, &'a str)> {
    let own = names.iter().map(|(name, names)| (*name, names.in_language(&reader.language)));
    args.iter().copied().chain(own).collect()
}

/// The application that a path of this service leads to.
fn file_of(path: &str) -> Option<ApplicationId> {
    path.strip_prefix("/applications/")?.split('/').next().and_then(ApplicationId::from_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_application_by_its_second_part() {
        const ID: &str = "00000000-0000-7000-8000-000000000001";
        let id = ApplicationId::from_text(ID);
        assert!(id.is_some());
        for rest in ["", "/receipt", "/form"] {
            assert_eq!(file_of(&format!("/applications/{ID}{rest}")), id);
        }
        for other in ["/", "/organisation", "/applications", "/applications/", "/applications/new"] {
            assert_eq!(file_of(other), None, "{other}");
        }
        assert_eq!(file_of(&format!("/memberships/{ID}")), None);
    }
}
