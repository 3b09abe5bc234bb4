//! Who vouches for people besides their password: a provider of identities, behind one trait.
//!
//! [`Oidc`] speaks OpenID Connect. A platform with a protocol of its own - the province's unified identity platform, which
//! hands back a code or a ticket in a redirect, or the bridge of an app - is another adapter: it says where a browser is sent
//! to, and what an answer proves. All else (the cookie that binds an answer to its browser, the one use of it, who is tied to
//! which account, the second factor, the session) is the service's own and the same for all of them.

mod oidc;

pub use oidc::{Oidc, OidcSettings};

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// What one way to a provider and back goes by. It is sealed into a cookie and has no debug form.
#[derive(Clone, Serialize, Deserialize)]
pub struct Attempt {
    /// The provider that was asked.
    pub issuer: String,
    /// Comes back with the answer.
    pub state: String,
    /// Comes back within what the provider signs.
    pub nonce: String,
    /// Shows that whoever redeems the code is the one who asked (RFC 7636).
    pub verifier: String,
}

/// What a browser brings back: the parameters of the address, in order.
pub struct Answer {
    pairs: Vec<(String, String)>,
}

impl Answer {
    /// Parameters as they came; none at all if one of them stands there twice, because two readers could take another one
    /// each.
    pub fn new(pairs: Vec<(String, String)>) -> Option<Answer> {
        let mut names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let twice = names.windows(2).any(|two| two[0] == two[1]);
        (!twice).then_some(Answer { pairs })
    }

    /// The value of a parameter; none when it is missing or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// Somebody, as a provider proved them.
pub struct Proved {
    /// As whom the provider knows them: never the same for two people, and the same for ever.
    pub subject: String,
    /// Their name, as the provider has it; empty if it says none.
    pub name: String,
    /// Their address, if the provider says that it is proved to be theirs.
    pub address: Option<String>,
    /// Whether the provider asked for a second factor, in a way that the settings take as sufficient.
    pub factor: bool,
}

/// Why a provider proved nobody. What it says is for the log alone.
#[derive(Debug, thiserror::Error)]
pub enum ProviderProblem {
    /// It cannot be reached, answers too slowly or too much, or is not what the settings say.
    #[error("{0}")]
    Away(String),
    /// The person said no.
    #[error("the person declined")]
    Declined,
    /// What came back proves nothing.
    #[error("{0}")]
    Unproved(String),
}

/// One provider of identities.
pub trait IdentityProvider: Send + Sync {
    /// The name under which its subjects are kept apart from those of every other one.
    fn issuer(&self) -> &str;

    /// Where a browser is sent to.
    ///
    /// # Errors
    /// [`ProviderProblem::Away`].
    fn begin(&self, attempt: &Attempt, now: NaiveDateTime) -> Result<String, ProviderProblem>;

    /// What an answer says that its state is.
    fn state_of<'a>(&self, answer: &'a Answer) -> Option<&'a str> {
        answer.get("state")
    }

    /// Whom an answer proves. Its state was found to be that of `attempt`, in the browser that began it, for the first time.
    ///
    /// # Errors
    /// [`ProviderProblem`].
    fn finish(&self, attempt: &Attempt, answer: &Answer, now: NaiveDateTime) -> Result<Proved, ProviderProblem>;

    /// Where a person ends their session at the provider, if it is known without asking.
    fn sign_out_address(&self) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_is_not_said() {
        let pairs = |names: &[&str]| names.iter().map(|name| (name.to_string(), "x".to_string())).collect::<Vec<_>>();
        assert!(Answer::new(pairs(&["code", "state", "code"])).is_none());
        let answer = Answer::new(pairs(&["code", "state"])).expect("each once");
        assert_eq!((answer.get("code"), answer.get("iss")), (Some("x"), None));
        let empty = Answer::new(vec![("code".into(), String::new())]).expect("each once");
        assert_eq!(empty.get("code"), None);
    }
}
