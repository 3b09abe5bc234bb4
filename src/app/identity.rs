//! Signing in through a provider of identities, across the calls and transactions that it takes.

use super::{App, off_thread};
use crate::actions::identities::{self, Pending, Purpose};
use crate::actions::sessions::SignedIn;
use crate::actions::throttle::{self, Attempt as Counted};
use crate::actions::watch;
use crate::config::OidcConfig;
use crate::domain::actor::Actor;
use crate::domain::language::Language;
use crate::domain::refusal::Refusal;
use crate::domain::throttle::Throttled;
use crate::error::Error;
use crate::identity::{Answer, IdentityProvider, Oidc, OidcSettings, Proved, ProviderProblem};
use anyhow::{Context, ensure};
use chrono::NaiveDateTime;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Where people come back to.
pub const ANSWER_PATH: &str = "/session/identity/answer";
/// Calls to the provider that are under way at a time: one that hangs holds so many threads, however many people wait.
const TURNS: usize = 8;
/// Bytes of a file that holds nothing but a secret.
const LONGEST_SECRET: usize = 4_096;

/// The provider of identities, where one is set.
pub struct IdentityDoor {
    provider: Option<Arc<dyn IdentityProvider>>,
    turns: Arc<Semaphore>,
    /// Words of its button.
    pub button: String,
    register: bool,
}

impl IdentityDoor {
    /// One that leads to `provider`; `register` says whether people whom nobody knows get an account.
    pub fn to(provider: Arc<dyn IdentityProvider>, button: &str, register: bool) -> IdentityDoor {
        IdentityDoor { provider: Some(provider), button: button.into(), register, ..IdentityDoor::shut() }
    }

    /// One that leads nowhere.
    fn shut() -> IdentityDoor {
        IdentityDoor { provider: None, turns: Arc::new(Semaphore::new(TURNS)), button: String::new(), register: false }
    }

    /// The door of the settings. The provider is not asked: the service starts without it.
    ///
    /// # Errors
    /// The file of the secret cannot be read, or holds none.
    pub(super) fn open(config: &OidcConfig, base_url: &str) -> anyhow::Result<IdentityDoor> {
        if !config.enabled {
            return Ok(IdentityDoor::shut());
        }
        let provider = Oidc::new(OidcSettings {
            issuer: config.issuer.clone(),
            client_id: config.client_id.clone(),
            client_secret: secret_of(config)?,
            scopes: config.scopes.clone(),
            answer_address: format!("{base_url}{ANSWER_PATH}"),
            home_address: format!("{base_url}/"),
            address_claim: config.address_claim.clone(),
            algorithms: config.algorithms.clone(),
            sufficient_acr: config.sufficient_acr.clone(),
            sufficient_amr: config.sufficient_amr.clone(),
            patience: Duration::from_secs(config.patience_seconds),
        })
        .context("oidc")?;
        Ok(IdentityDoor::to(Arc::new(provider), config.button.trim(), config.register_vendors))
    }
}

fn secret_of(config: &OidcConfig) -> anyhow::Result<String> {
    let file = &config.client_secret_file;
    if file.as_os_str().is_empty() {
        return Ok(config.client_secret.clone());
    }
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("oidc.client_secret_file: {} cannot be read", file.display()))?;
    let secret = text.trim();
    ensure!(
        (1..=LONGEST_SECRET).contains(&secret.len()) && secret.bytes().all(|byte| byte.is_ascii_graphic()),
        "oidc.client_secret_file: {} must hold the secret and nothing else, without blanks",
        file.display()
    );
    Ok(secret.to_string())
}

/// A browser on its way to the provider.
pub struct Leaving {
    /// Where it goes.
    pub address: String,
    /// What it keeps until it is back.
    pub sealed: String,
}

/// A browser that comes back.
pub struct Returning {
    /// What it kept.
    pub sealed: Option<String>,
    /// The parameters of the address.
    pub pairs: Vec<(String, String)>,
    /// Its session, if it has one that owes nothing.
    pub session: Option<String>,
    /// Whose session that is.
    pub actor: Actor,
    /// What the browser calls itself.
    pub user_agent: String,
    /// Where it comes from.
    pub network: String,
}

/// What has become of it.
pub enum Returned {
    /// Somebody is in, as far as their second factor allows.
    In(SignedIn),
    /// The identity is tied to the account of the session.
    Linked,
}

impl App {
    /// The provider of identities.
    ///
    /// # Errors
    /// Not found, where none is set.
    pub fn identity_provider(&self) -> Result<Arc<dyn IdentityProvider>, Error> {
        self.identity.provider.clone().ok_or(Error::NotFound)
    }

    /// Begins the way to the provider.
    ///
    /// # Errors
    /// Not found, where none is set; `identity_provider_away`.
    pub async fn leave_for_provider(self: &Arc<Self>, purpose: Purpose) -> Result<Leaving, Error> {
        let provider = self.identity_provider()?;
        let pending = identities::begin(&self.env, provider.issuer(), purpose, self.clock.now())?;
        let attempt = pending.attempt.clone();
        let address = self.at_provider(move |provider, now| provider.begin(&attempt, now)).await?;
        Ok(Leaving { address, sealed: identities::seal(&self.env, &pending)? })
    }

    /// Ends the way to the provider: whether it began here, then counted, then whether it is over for the first time,
    /// whom the provider proves, and the session that a right password would begin.
    ///
    /// # Errors
    /// Not found, where none is set; `too_many_attempts`; `identity_attempt_over`, `identity_declined`,
    /// `identity_not_proved`, `identity_provider_away`, `identity_not_tied`, `identity_taken`.
    pub async fn return_from_provider(self: &Arc<Self>, returning: Returning) -> Result<Returned, Error> {
        // Before it is counted: any page elsewhere can make browsers ask for this address, as often as it likes, and
        // would use up what their network may try. Nobody guesses a seal here.
        let (pending, answer) = self.begun_here(&returning)?;
        let network = returning.network.clone();
        let counted = self.write(move |tx| throttle::count(tx, Throttled::SignInNetwork, &network)).await?;
        let outcome = match self.prove(&pending, answer).await {
            Ok(proved) => self.let_in(returning, pending, proved, counted.clone()).await,
            Err(error) => Err(error),
        };
        if let Err(error) = &outcome {
            self.note_failure(error, counted).await?;
        }
        outcome
    }

    /// The attempt that this browser began and that the answer is to, with the answer.
    fn begun_here(&self, returning: &Returning) -> Result<(Pending, Answer), Error> {
        let provider = self.identity_provider()?;
        let Some(answer) = Answer::new(returning.pairs.clone()) else { return Err(not_proved()) };
        let opened =
            returning.sealed.as_deref().and_then(|sealed| identities::open(&self.env, sealed, self.clock.now()));
        let pending = opened.ok_or_else(over)?;
        let same = provider.state_of(&answer).is_some_and(|state| {
            subtle::ConstantTimeEq::ct_eq(state.as_bytes(), pending.attempt.state.as_bytes()).into()
        });
        if !same || pending.attempt.issuer != provider.issuer() {
            return Err(over());
        }
        // What is tied to a session is tied to no other one.
        if let Purpose::Link { session } = &pending.purpose
            && returning.session.as_ref() != Some(session)
        {
            return Err(over());
        }
        Ok((pending, answer))
    }

    /// Whom the provider proves.
    async fn prove(self: &Arc<Self>, pending: &Pending, answer: Answer) -> Result<Proved, Error> {
        let attempt = pending.attempt.clone();
        if !self.write(move |tx| identities::end_once(tx, &attempt)).await? {
            return Err(over());
        }
        let attempt = pending.attempt.clone();
        self.at_provider(move |provider, now| provider.finish(&attempt, &answer, now)).await
    }

    async fn let_in(
        self: &Arc<Self>,
        returning: Returning,
        pending: Pending,
        proved: Proved,
        counted: Counted,
    ) -> Result<Returned, Error> {
        let Returning { actor, user_agent, network, .. } = returning;
        let (issuer, register) = (pending.attempt.issuer, self.identity.register);
        let language = Language::of_tag(&actor.language);
        let arrival = identities::Arrival { issuer, proved, user_agent, network, register, language };
        let config = self.config.sessions.clone();
        let purpose = pending.purpose;
        let returned = self.write(move |tx| {
            let returned = match purpose {
                Purpose::SignIn => identities::enter(tx, &config, &arrival)?.map(Returned::In),
                Purpose::Link { session } => {
                    identities::link(tx, &actor, &session, &arrival)?;
                    Some(Returned::Linked)
                }
                Purpose::Invitation { token } => {
                    Some(Returned::In(identities::accept_invitation(tx, &config, &token, &arrival)?))
                }
            };
            if returned.is_some() {
                counted.take_back(tx)?;
            }
            Ok(returned)
        });
        returned.await?.ok_or_else(|| Refusal::unacceptable("identity_not_tied").into())
    }

    /// Keeps that somebody was not let in. What the service or the provider failed at counts for nobody.
    async fn note_failure(self: &Arc<Self>, error: &Error, counted: Counted) -> Result<(), Error> {
        match error {
            Error::Refused(refusal) if refusal.code != AWAY => {
                let code = refusal.code;
                self.write(move |tx| watch::note_failed_identity(tx, code)).await
            }
            _ => self.write(move |tx| counted.take_back(tx)).await,
        }
    }

    /// Asks the provider, off the threads that answer requests.
    async fn at_provider<T: Send + 'static>(
        self: &Arc<Self>,
        ask: impl FnOnce(&dyn IdentityProvider, NaiveDateTime) -> Result<T, ProviderProblem> + Send + 'static,
    ) -> Result<T, Error> {
        let provider = self.identity_provider()?;
        let Ok(turn) = self.identity.turns.clone().try_acquire_owned() else {
            return Err(Error::Busy("too many wait for the provider of identities".into()));
        };
        let now = self.clock.now();
        off_thread(move || {
            let asked = ask(&*provider, now);
            drop(turn);
            asked.map_err(refused)
        })
        .await
    }
}

const AWAY: &str = "identity_provider_away";

fn over() -> Error {
    Refusal::unacceptable("identity_attempt_over").into()
}

fn not_proved() -> Error {
    Refusal::unacceptable("identity_not_proved").into()
}

/// What people are told; why, the log says.
fn refused(problem: ProviderProblem) -> Error {
    match problem {
        ProviderProblem::Declined => Refusal::unacceptable("identity_declined").into(),
        ProviderProblem::Unproved(why) => {
            tracing::warn!(why, "an identity was not proved");
            not_proved()
        }
        ProviderProblem::Away(why) => {
            tracing::error!(why, "the provider of identities cannot be used");
            Refusal::conflict(AWAY).into()
        }
    }
}
