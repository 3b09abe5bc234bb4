//! Signing in, across the transactions that it takes: hashing takes long and so stands between two of them, not in one.

use super::{App, off_thread};
use crate::actions::devices;
use crate::actions::second_factor::wrong_code;
use crate::actions::sessions::{self, Candidate, CodeGiven, Entered, Shown, SignedIn};
use crate::actions::throttle::{self, SignInAttempt};
use crate::actions::watch;
use crate::auth::token::{self, AccessClaims};
use crate::domain::ids::AccountId;
use crate::domain::refusal::Refusal;
use crate::domain::status::SessionKind;
use crate::error::Error;
use std::sync::Arc;

/// Who wants to come in. It holds a password, so it has no debug form.
pub struct Entry {
    /// The address, as it was typed.
    pub email: String,
    /// The password, as it was typed.
    pub password: String,
    /// A code of the second factor, where it came along.
    pub code: Option<String>,
    /// In a browser or as a program.
    pub kind: SessionKind,
    /// What the browser or the program calls itself.
    pub user_agent: String,
    /// Where it comes from.
    pub network: String,
    /// What a browser that signed in here before says of itself.
    pub device: Option<String>,
}

impl App {
    /// Signs a person in: counted first, then who it might be, whether the password is theirs, and the session.
    ///
    /// # Errors
    /// `wrong_credentials`: the same for an unknown address, a closed account and a wrong password.
    /// `too_many_attempts`: the same for each of them, too. Only after a right password: `code_missing` and `code_wrong` of
    /// the field `otp`, `second_factor_not_set_up`.
    pub async fn sign_in(self: &Arc<Self>, entry: Entry) -> Result<SignedIn, Error> {
        let Entry { email, password, code, kind, user_agent, network, device } = entry;
        let (typed, meant, from) = (email.clone(), email.clone(), network.clone());
        let counted = self.write(move |tx| throttle::count_sign_in(tx, &typed, &network, device.as_deref())).await?;
        let (candidate, renewed) = self.check_password(email, password, &counted).await?;
        let Some(account) = candidate.account else {
            self.write(move |tx| watch::note_failed_sign_in(tx, &meant)).await?;
            return Err(Refusal::unacceptable("wrong_credentials").into());
        };
        let config = self.config.sessions.clone();
        let entered = self
            .write(move |tx| {
                sessions::must_still_match(tx, account, candidate.version)?;
                if let Some(hash) = renewed {
                    sessions::renew_hash(tx, account, &hash)?;
                }
                counted.succeeded(tx)?;
                let shown = code.as_deref().map_or(Shown::Nothing, Shown::Code);
                let entered = sessions::enter(tx, &config, account, kind, &user_agent, shown)?;
                // A browser shows by itself that it was here before; a program cannot.
                if kind == SessionKind::Api && matches!(entered, Entered::In(_)) {
                    devices::note_program(tx, account, &user_agent, &from)?;
                }
                Ok(entered)
            })
            .await?;
        match entered {
            Entered::In(signed_in) => Ok(signed_in),
            Entered::CodeMissing => Err(Error::field("otp", "code_missing")),
            Entered::CodeWrong => Err(wrong_code()),
            Entered::NotEnrolled => Err(Refusal::forbidden("second_factor_not_set_up").into()),
        }
    }

    /// Takes a code in a session: one that owed it goes on under a new id, which is given.
    ///
    /// # Errors
    /// `code_wrong` of the field `otp`; `too_many_attempts`; unauthenticated, when the session has ended.
    pub async fn give_code(self: &Arc<Self>, session: String, code: String) -> Result<Option<SignedIn>, Error> {
        let config = self.config.sessions.clone();
        match self.write(move |tx| sessions::give_code(tx, &config, &session, &code)).await? {
            CodeGiven::Wrong => Err(wrong_code()),
            CodeGiven::Fresh => Ok(None),
            CodeGiven::In(signed_in) => Ok(Some(signed_in)),
        }
    }

    /// Takes an offered second factor up: its recovery codes, and the session that goes on in place of this one.
    ///
    /// # Errors
    /// `code_wrong` of the field `otp`; `no_factor_offered`; `too_many_attempts`.
    pub async fn take_up_factor(
        self: &Arc<Self>,
        session: String,
        code: String,
    ) -> Result<(Vec<String>, SignedIn), Error> {
        let config = self.config.sessions.clone();
        let taken = self.write(move |tx| sessions::take_up_factor(tx, &config, &session, &code)).await?;
        taken.ok_or_else(wrong_code)
    }

    /// A signed access token for `account` in `session`, good for so many minutes as are set.
    ///
    /// # Errors
    /// It cannot be signed.
    pub fn access_token(&self, account: AccountId, session: &str) -> anyhow::Result<String> {
        let key = self.env.keys.token_key();
        let minutes = self.config.sessions.access_token_minutes;
        token::issue(&key.id, &key.secret, account, session, self.clock.now(), minutes)
    }

    /// What an access token says, if it is ours and good now.
    pub fn check_access_token(&self, text: &str) -> Option<AccessClaims> {
        let (now, minutes) = (self.clock.now(), self.config.sessions.access_token_minutes);
        token::check(|kid| self.env.keys.token_secret(kid, now, minutes), text, now)
    }

    /// What the browser of somebody who has signed in under this address keeps, so that the failures of others do not keep it out.
    pub fn device_of(&self, email: &str) -> Result<String, Error> {
        devices::remember(&self.env, email, self.clock.now())
    }

    /// The hash of a password, with a fresh salt. It takes long: not on the threads that answer.
    ///
    /// # Errors
    /// `too_many_sign_ins`, when too many wait already.
    pub fn hash_password(&self, password: &str) -> Result<String, Error> {
        let random = self.env.random.secret()?;
        let mut salt = [0; 16];
        salt.copy_from_slice(random.split_at(16).0);
        self.passwords.hash(password, &salt)
    }

    /// Whose password it is; without an account if it is nobody's; and its hash made anew, where the stored one took less work
    /// than one of today. The service's own failures count for nobody.
    async fn check_password(
        self: &Arc<Self>,
        email: String,
        password: String,
        counted: &SignInAttempt,
    ) -> Result<(Candidate, Option<String>), Error> {
        match self.find_and_check(email, password).await {
            Ok(found) => Ok(found),
            Err(error) => {
                let counted = counted.clone();
                self.write(move |tx| counted.take_back(tx)).await?;
                Err(error)
            }
        }
    }

    async fn find_and_check(
        self: &Arc<Self>,
        email: String,
        password: String,
    ) -> Result<(Candidate, Option<String>), Error> {
        let candidate = self.read(move |tx| sessions::candidate(tx, &email)).await?;
        let (app, stored) = (self.clone(), candidate.password_hash.clone());
        let (right, renewed) = off_thread(move || {
            let right = app.passwords.matches(&password, stored.as_deref())?;
            let outdated = right && stored.is_some_and(|stored| app.passwords.is_outdated(&stored));
            // Nobody is kept out because there was no time for it: the next sign-in does it.
            Ok((right, outdated.then(|| app.hash_password(&password).ok()).flatten()))
        })
        .await?;
        Ok((Candidate { account: candidate.account.filter(|_| right), ..candidate }, renewed))
    }
}
