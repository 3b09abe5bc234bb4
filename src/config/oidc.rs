//! The provider of identities, and what it takes to be trusted.

use super::written::{is_plain, is_visible, texts};
use anyhow::ensure;
use serde::Deserialize;
use std::path::PathBuf;

/// Signing in through a provider of identities (OpenID Connect Core 1.0, authorisation code with PKCE).
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfig {
    /// Whether it is offered at all.
    pub enabled: bool,
    /// The provider, exactly as its own description names it; everything is fetched from this host alone.
    pub issuer: String,
    /// As what the service is known to it.
    pub client_id: String,
    /// Proves that it is the service; set it by variable, or name a file below.
    pub client_secret: String,
    /// File that holds nothing but the secret.
    pub client_secret_file: PathBuf,
    /// What is asked for; `openid` is among it.
    #[serde(deserialize_with = "texts")]
    pub scopes: Vec<String>,
    /// Words of the button on the page for signing in.
    pub button: String,
    /// Which claim is the account's address, for people who register by it.
    pub address_claim: String,
    /// Whether people whom nobody knows get an account without any role, as by registering.
    pub register_vendors: bool,
    /// Algorithms of signatures that are taken.
    #[serde(deserialize_with = "texts")]
    pub algorithms: Vec<String>,
    /// Words of the claim `acr` that stand for a second factor.
    #[serde(deserialize_with = "texts")]
    pub sufficient_acr: Vec<String>,
    /// Words of the claim `amr` that stand for a second factor.
    #[serde(deserialize_with = "texts")]
    pub sufficient_amr: Vec<String>,
    /// Seconds for which one call to the provider is waited for, in all.
    pub patience_seconds: u64,
}

impl std::fmt::Debug for OidcConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OidcConfig")
            .field("enabled", &self.enabled)
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// Algorithms that may be allowed: signatures by a key that only the provider has. None that is made with the client's
/// own secret, and not `none` (RFC 8725, 3.1 and 3.2).
const OIDC_ALGORITHMS: &[&str] = &["ES256", "ES384", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"];

impl OidcConfig {
    pub(super) fn check(&self) -> anyhow::Result<()> {
        if !self.enabled {
            return Ok(());
        }
        let (secure, rest) = match (self.issuer.strip_prefix("https://"), self.issuer.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => (false, ""),
        };
        let authority = rest.split('/').next().unwrap_or_default();
        let host = authority.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix(':').unwrap_or(authority);
        let here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        ensure!(
            (secure || here)
                && !authority.is_empty()
                && rest.chars().all(|c| c.is_ascii_alphanumeric() || ".:-_~%[]/".contains(c)),
            "oidc.issuer = {:?}: write the issuer of the provider exactly as its description names it, https://host/path without \
             ? and #; http:// is taken for a provider on this machine alone",
            self.issuer
        );
        ensure!(
            is_visible(&self.client_id),
            "oidc.client_id is empty or holds what no id holds: write the id that the provider gave this service"
        );
        let from_file = !self.client_secret_file.as_os_str().is_empty();
        let one = if from_file { self.client_secret.is_empty() } else { is_visible(&self.client_secret) };
        ensure!(
            one,
            "oidc.client_secret: set it by the variable YUANCHI__OIDC__CLIENT_SECRET, or name a file by \
             oidc.client_secret_file; one of both, without blanks"
        );
        let plain = |text: &String| is_visible(text) && !text.contains(['"', '\\']);
        ensure!(
            self.scopes.iter().all(plain) && self.scopes.iter().any(|scope| scope == "openid"),
            "oidc.scopes = {:?}: write words without blanks, with openid among them",
            self.scopes
        );
        ensure!(
            (1..=30).contains(&self.button.trim().chars().count()),
            "oidc.button = {:?}: write the words of the button, 1 to 30 characters",
            self.button
        );
        ensure!(is_plain(&self.address_claim, "_-"), "oidc.address_claim: name the claim, such as email");
        let known = |name: &String| OIDC_ALGORITHMS.contains(&name.as_str());
        ensure!(
            !self.algorithms.is_empty() && self.algorithms.iter().all(known),
            "oidc.algorithms = {:?}: write some of {}",
            self.algorithms,
            OIDC_ALGORITHMS.join(", ")
        );
        ensure!(
            (1..=30).contains(&self.patience_seconds),
            "oidc.patience_seconds = {}: write 1 to 30",
            self.patience_seconds
        );
        Ok(())
    }
}
