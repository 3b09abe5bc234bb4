//! OpenID Connect Core 1.0: the authorisation code flow with PKCE (RFC 7636) and the named issuer (RFC 9207).
//!
//! - [`fetch`]: how the provider is spoken with, and with nobody else.
//! - [`keys`]: whose signatures count.
//! - [`id_token`]: what a token must say.
//! - here: the way there and back.

mod fetch;
mod id_token;
mod keys;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use chrono::NaiveDateTime;
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Answer, Attempt, IdentityProvider, Proved, ProviderProblem};
use fetch::{Fetcher, origin_of};
use id_token::Expected;
use keys::Keys;

/// Bytes of a description, and of an answer with tokens: several times what any has.
const LONGEST: u64 = 64 << 10;
/// Bytes of a code.
const LONGEST_CODE: usize = 2_048;
/// Minutes for which the description is taken as known.
const KNOWN_MINUTES: i64 = 10;
/// Seconds for which a provider whose description could not be had is not asked for it again: who waits for nothing should
/// wait for it once.
const PAUSE_SECONDS: i64 = 10;

/// How to reach a provider, and what is asked of it.
#[derive(Clone)]
pub struct OidcSettings {
    /// Exactly as its description names it.
    pub issuer: String,
    /// As what this service is known to it.
    pub client_id: String,
    /// Proves that it is this service; never leaves for any other host.
    pub client_secret: String,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Where people come back to.
    pub answer_address: String,
    /// Where they go after having signed out there.
    pub home_address: String,
    /// The claim that is an account's address.
    pub address_claim: String,
    /// Names of the algorithms that are taken.
    pub algorithms: Vec<String>,
    /// Words of `acr` that stand for a second factor.
    pub sufficient_acr: Vec<String>,
    /// Words of `amr` that stand for a second factor.
    pub sufficient_amr: Vec<String>,
    /// Longest wait for one call, from the name's resolution to the last byte.
    pub patience: Duration,
}

/// The provider.
pub struct Oidc {
    settings: OidcSettings,
    algorithms: Vec<Algorithm>,
    fetcher: Fetcher,
    known: Mutex<Known>,
}

/// What is known of the provider for a while.
#[derive(Default)]
struct Known {
    description: Option<(NaiveDateTime, Arc<Description>)>,
    failed_at: Option<NaiveDateTime>,
    keys: Option<Keys>,
}

/// What a provider says of itself (OpenID Connect Discovery 1.0), as far as it is of use here.
#[derive(Debug, Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    end_session_endpoint: Option<String>,
    code_challenge_methods_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// What a code is exchanged for.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

/// Why it was not.
#[derive(Deserialize)]
struct TokenRefusal {
    error: String,
}

fn away(why: impl Into<String>) -> ProviderProblem {
    ProviderProblem::Away(why.into())
}

fn unproved(why: impl Into<String>) -> ProviderProblem {
    ProviderProblem::Unproved(why.into())
}

/// A word that somebody else sent, as it may stand in the log.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).take(64).collect()
}

/// Parameters as they stand in an address or a form.
fn encoded(pairs: &[(&str, &str)]) -> Result<String, ProviderProblem> {
    serde_html_form::to_string(pairs).map_err(|error| away(format!("the parameters cannot be written: {error}")))
}

impl Oidc {
    /// Prepares the provider. Does not connect: the service starts without it, and passwords do too.
    ///
    /// # Errors
    /// The issuer or an algorithm is none.
    pub fn new(settings: OidcSettings) -> anyhow::Result<Oidc> {
        let origin =
            origin_of(&settings.issuer).ok_or_else(|| anyhow::anyhow!("{:?} is no issuer", settings.issuer))?;
        let algorithms = settings.algorithms.iter().map(|name| {
            let read: Result<Algorithm, _> = name.parse();
            read.map_err(|_| anyhow::anyhow!("{name:?} is no algorithm"))
        });
        let algorithms: Vec<Algorithm> = algorithms.collect::<anyhow::Result<_>>()?;
        let fetcher = Fetcher::new(origin, settings.patience);
        Ok(Oidc { settings, algorithms, fetcher, known: Mutex::default() })
    }

    /// What the provider says of itself. One asks at a time; who waited is told the same.
    fn description(&self, known: &mut Known, now: NaiveDateTime) -> Result<Arc<Description>, ProviderProblem> {
        let is_lately = |at: NaiveDateTime, wait: chrono::Duration| at <= now && now - at < wait;
        if let Some((at, description)) = &known.description
            && is_lately(*at, chrono::Duration::minutes(KNOWN_MINUTES))
        {
            return Ok(description.clone());
        }
        if known.failed_at.is_some_and(|at| is_lately(at, chrono::Duration::seconds(PAUSE_SECONDS))) {
            return Err(away("its description could not be had a moment ago"));
        }
        match self.fetch_description() {
            Ok(description) => {
                let description = Arc::new(description);
                (known.description, known.failed_at) = (Some((now, description.clone())), None);
                Ok(description)
            }
            Err(problem) => {
                known.failed_at = Some(now);
                Err(problem)
            }
        }
    }

    fn fetch_description(&self) -> Result<Description, ProviderProblem> {
        let address = format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let body = self.fetcher.get(&address, LONGEST)?;
        let description: Description = serde_json::from_slice(&body)
            .map_err(|error| away(format!("{address}: the description cannot be read: {error}")))?;
        if description.issuer != self.settings.issuer {
            return Err(away(format!("{address}: describes another issuer than oidc.issuer")));
        }
        let endpoints = [&description.authorization_endpoint, &description.token_endpoint, &description.jwks_uri];
        for endpoint in endpoints.into_iter().chain(&description.end_session_endpoint) {
            self.fetcher.must_be_at_home(endpoint)?;
        }
        let methods = description.code_challenge_methods_supported.as_ref();
        if methods.is_some_and(|methods| methods.iter().all(|method| method != "S256")) {
            return Err(away(format!("{address}: does not take PKCE by S256")));
        }
        Ok(description)
    }

    /// The tokens that a code stands for.
    fn redeem(&self, description: &Description, attempt: &Attempt, code: &str) -> Result<Tokens, ProviderProblem> {
        let OidcSettings { client_id, client_secret, answer_address, .. } = &self.settings;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", answer_address.as_str()),
            ("code_verifier", attempt.verifier.as_str()),
        ];
        let methods = description.token_endpoint_auth_methods_supported.as_deref().unwrap_or_default();
        let takes = |name: &str| methods.iter().any(|method| method == name);
        let by_header = methods.is_empty() || takes("client_secret_basic") || !takes("client_secret_post");
        let authorization = if by_header {
            // Each of them as in a form, before they are put together (RFC 6749, 2.3.1).
            let written = |text: &str| encoded(&[("v", text)]).map(|pair| pair.trim_start_matches("v=").to_string());
            let both = format!("{}:{}", written(client_id)?, written(client_secret)?);
            Some(format!("Basic {}", BASE64_STANDARD.encode(both)))
        } else {
            fields.extend([("client_id", client_id.as_str()), ("client_secret", client_secret.as_str())]);
            None
        };
        let address = &description.token_endpoint;
        let (status, body) = self.fetcher.post(address, authorization.as_deref(), encoded(&fields)?, LONGEST)?;
        match status {
            200 => serde_json::from_slice(&body).map_err(|_| unproved("the tokens cannot be read")),
            400 => {
                let code = serde_json::from_slice(&body).map_or(String::new(), |refusal: TokenRefusal| refusal.error);
                Err(unproved(format!("the code was refused: {}", plain(&code))))
            }
            _ => Err(away(format!("{address} answered {status}"))),
        }
    }

    /// Whom a token proves.
    fn prove(
        &self,
        known: &mut Known,
        description: &Description,
        tokens: &Tokens,
        nonce: &str,
        now: NaiveDateTime,
    ) -> Result<Proved, ProviderProblem> {
        let header = id_token::header(&tokens.id_token, &self.algorithms)?;
        let key = keys::find(&mut known.keys, &self.fetcher, &description.jwks_uri, &header, now)?;
        let OidcSettings { issuer, client_id, address_claim, sufficient_acr, sufficient_amr, .. } = &self.settings;
        let access_token = tokens.access_token.as_deref();
        let expected = Expected { issuer, client_id, nonce, access_token, second: now.and_utc().timestamp() };
        let claims = id_token::check(&tokens.id_token, header.algorithm, &key, &expected)?;
        Ok(Proved {
            subject: claims.subject()?,
            name: claims.text("name").unwrap_or_default().into(),
            address: claims.proved_address(address_claim),
            factor: claims.has_factor(sufficient_acr, sufficient_amr),
        })
    }
}

impl IdentityProvider for Oidc {
    fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    fn begin(&self, attempt: &Attempt, now: NaiveDateTime) -> Result<String, ProviderProblem> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let description = self.description(&mut known, now)?;
        drop(known);
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(attempt.verifier.as_bytes()));
        let query = encoded(&[
            ("response_type", "code"),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", &self.settings.answer_address),
            ("scope", &self.settings.scopes.join(" ")),
            ("state", &attempt.state),
            ("nonce", &attempt.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ])?;
        Ok(with_query(&description.authorization_endpoint, &query))
    }

    fn finish(&self, attempt: &Attempt, answer: &Answer, now: NaiveDateTime) -> Result<Proved, ProviderProblem> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let description = self.description(&mut known, now)?;
        drop(known);
        // Before anything else is believed, and before the code goes anywhere (RFC 9207, 2.4).
        match answer.get("iss") {
            Some(issuer) if issuer != self.settings.issuer => return Err(unproved("the answer is of another issuer")),
            None if description.authorization_response_iss_parameter_supported => {
                return Err(unproved("the answer does not name its issuer"));
            }
            _ => {}
        }
        if attempt.issuer != self.settings.issuer {
            return Err(unproved("it was begun at another issuer"));
        }
        match answer.get("error") {
            Some("access_denied") => return Err(ProviderProblem::Declined),
            Some(error) => return Err(unproved(format!("the provider says {}", plain(error)))),
            None => {}
        }
        let code = answer.get("code").filter(|code| code.len() <= LONGEST_CODE);
        let code = code.ok_or_else(|| unproved("the answer brings no code"))?;
        let tokens = self.redeem(&description, attempt, code)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        self.prove(&mut known, &description, &tokens, &attempt.nonce, now)
    }

    fn sign_out_address(&self) -> Option<String> {
        // Whoever asks the provider holds what is known; a page does not wait for it.
        let known = self.known.try_lock().ok()?;
        let (_, description) = known.description.as_ref()?;
        let endpoint = description.end_session_endpoint.as_deref()?;
        let OidcSettings { client_id, home_address, .. } = &self.settings;
        let query = encoded(&[("client_id", client_id), ("post_logout_redirect_uri", home_address)]).ok()?;
        Some(with_query(endpoint, &query))
    }
}

/// An address with more parameters.
fn with_query(address: &str, query: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{query}")
}
