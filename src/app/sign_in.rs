//! Signing in, across the transactions that it takes: hashing takes long and so stands between two of them, not in one.

use super::{App, off_thread};
use crate::actions::second_factor::wrong_code;
use crate::actions::sessions::{self, Candidate, CodeGiven, Entered, SignedIn};
use crate::actions::throttle::{self, SignInAttempt};
use crate::actions::watch;
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
}

impl App {
    /// Signs a person in: counted first, then who it might be, whether the password is theirs, and the session.
    ///
    /// # Errors
    /// `wrong_credentials`: the same for an unknown address, a closed account and a wrong password.
    /// `too_many_attempts`: the same for each of them, too. Only after a right password: `code_missing` and `code_wrong` of
    /// the field `otp`, `second_factor_not_set_up`.
    pub async fn sign_in(self: &Arc<Self>, entry: Entry) -> Result<SignedIn, Error> {
        let Entry { email, password, code, kind, user_agent, network } = entry;
        let (typed, meant) = (email.clone(), email.clone());
        let counted = self.write(move |tx| throttle::count_sign_in(tx, &typed, &network)).await?;
        let candidate = self.check_password(email, password, &counted).await?;
        let Some(account) = candidate.account else {
            self.write(move |tx| watch::note_failed_sign_in(tx, &meant)).await?;
            return Err(Refusal::unacceptable("wrong_credentials").into());
        };
        let config = self.config.sessions.clone();
        let entered = self
            .write(move |tx| {
                sessions::must_still_match(tx, account, candidate.password_hash.as_deref())?;
                counted.succeeded(tx)?;
                sessions::enter(tx, &config, account, kind, &user_agent, code.as_deref())
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

    /// Whose password it is; without an account if it is nobody's. The service's own failures count for nobody.
    async fn check_password(
        self: &Arc<Self>,
        email: String,
        password: String,
        counted: &SignInAttempt,
    ) -> Result<Candidate, Error> {
        match self.find_and_check(email, password).await {
            Ok(candidate) => Ok(candidate),
            Err(error) => {
                let counted = counted.clone();
                self.write(move |tx| counted.take_back(tx)).await?;
                Err(error)
            }
        }
    }

    async fn find_and_check(self: &Arc<Self>, email: String, password: String) -> Result<Candidate, Error> {
        let candidate = self.read(move |tx| sessions::candidate(tx, &email)).await?;
        let (hashing, stored) = (self.clone(), candidate.password_hash.clone());
        let right = off_thread(move || hashing.passwords.matches(&password, stored.as_deref())).await?;
        Ok(Candidate { account: candidate.account.filter(|_| right), ..candidate })
    }
}
