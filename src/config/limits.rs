//! How often things may be tried.

use anyhow::ensure;
use serde::Deserialize;

/// So many attempts in any window of so many minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitConfig {
    /// Attempts.
    pub attempts: i64,
    /// Minutes of the window.
    pub minutes: i64,
}

/// How often things may be tried.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    /// Failed sign-ins under one address.
    pub sign_in_account: LimitConfig,
    /// Failed sign-ins from one network.
    pub sign_in_network: LimitConfig,
    /// Codes of a second factor, of one account.
    pub second_factor: LimitConfig,
    /// Requests to set a password anew, from one network.
    pub password_reset: LimitConfig,
    /// Registrations from one network.
    pub registration: LimitConfig,
    /// Objections from one network.
    pub objection: LimitConfig,
    /// Documents for objections, from one network.
    pub evidence: LimitConfig,
    /// Subscriptions to a search, from one network.
    pub subscription: LimitConfig,
    /// The same from all networks of one neighbourhood: an IPv4 /24, an IPv6 /48.
    pub subscription_neighbours: LimitConfig,
    /// Numbers of certificates that there are none of, asked for from one network.
    pub certificate: LimitConfig,
}

impl LimitsConfig {
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let all = [
            ("sign_in_account", self.sign_in_account),
            ("sign_in_network", self.sign_in_network),
            ("second_factor", self.second_factor),
            ("password_reset", self.password_reset),
            ("registration", self.registration),
            ("objection", self.objection),
            ("evidence", self.evidence),
            ("subscription", self.subscription),
            ("subscription_neighbours", self.subscription_neighbours),
            ("certificate", self.certificate),
        ];
        for (name, LimitConfig { attempts, minutes }) in all {
            ensure!(
                (1..=1_000_000).contains(&attempts) && (1..=10_080).contains(&minutes),
                "limits.{name} = {attempts} in {minutes} minutes: write 1 to 1000000 attempts in 1 to 10080 minutes"
            );
        }
        Ok(())
    }
}
