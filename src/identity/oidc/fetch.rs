//! Calls to one provider: to its own host alone, bounded in time and length, and never sent on to another address.

use std::time::Duration;

use ureq::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Body};

use super::super::ProviderProblem;
use super::away;

/// Whom the provider is asked through.
pub(super) struct Fetcher {
    agent: Agent,
    /// The one host that is spoken with.
    origin: String,
}

/// Scheme, host and port of an address, in one spelling; none for what is no plain address.
pub(super) fn origin_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    if !matches!(scheme, "https" | "http") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // No name and password, and nothing that one reader takes for the end of a host and another does not.
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".:-[]".contains(c);
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '\\' | '#' | '"' | '<' | '>');
    if authority.is_empty() || !authority.chars().all(is_host) || !address.chars().all(is_plain) {
        return None;
    }
    let port = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(port).unwrap_or(authority);
    Some(format!("{scheme}://{}", authority.to_ascii_lowercase()))
}

impl Fetcher {
    /// One that speaks with `origin`.
    pub(super) fn new(origin: String, patience: Duration) -> Fetcher {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            // Only the host of the settings is ever spoken with: not where an answer leads, nor what the environment names.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent("yuanchi")
            // The whole of a call, the last byte of its answer too: one that trickles is as one that hangs.
            .timeout_global(Some(patience))
            .build()
            .new_agent();
        Fetcher { agent, origin }
    }

    /// Makes sure that an address is the provider's own.
    ///
    /// # Errors
    /// It is another host's.
    pub(super) fn must_be_at_home(&self, address: &str) -> Result<(), ProviderProblem> {
        if origin_of(address).as_deref() == Some(self.origin.as_str()) {
            Ok(())
        } else {
            Err(away("its description leads to another host than that of oidc.issuer"))
        }
    }

    /// What an address says, of `most` bytes at most.
    ///
    /// # Errors
    /// It is another host's, cannot be had in time, says too much, or answers anything but 200.
    pub(super) fn get(&self, address: &str, most: u64) -> Result<Vec<u8>, ProviderProblem> {
        self.must_be_at_home(address)?;
        let answer = self.asked(address).map_err(|error| away(format!("{address}: {error}")))?;
        if answer.status().as_u16() != 200 {
            return Err(away(format!("{address} answered {}", answer.status())));
        }
        body_of(answer, address, most)
    }

    /// The status and the body with which a form is answered.
    ///
    /// # Errors
    /// As above, but for the status.
    pub(super) fn post(
        &self,
        address: &str,
        authorization: Option<&str>,
        form: String,
        most: u64,
    ) -> Result<(u16, Vec<u8>), ProviderProblem> {
        self.must_be_at_home(address)?;
        let answer = self.sent(address, authorization, form).map_err(|error| away(format!("{address}: {error}")))?;
        Ok((answer.status().as_u16(), body_of(answer, address, most)?))
    }

    fn asked(&self, address: &str) -> Result<Response<Body>, ureq::Error> {
        let request = Request::builder().method(Method::GET).uri(address).header(ACCEPT, "application/json");
        self.agent.run(request.body(())?)
    }

    fn sent(&self, address: &str, authorization: Option<&str>, form: String) -> Result<Response<Body>, ureq::Error> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        self.agent.run(request.body(form.into_bytes())?)
    }
}

fn body_of(answer: Response<Body>, address: &str, most: u64) -> Result<Vec<u8>, ProviderProblem> {
    let body = answer.into_body().into_with_config().limit(most).read_to_vec();
    body.map_err(|error| away(format!("{address}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_one_spelling_and_a_trick_has_none() {
        for (address, origin) in [
            ("https://ID.example/realm?x=1", "https://id.example"),
            ("https://id.example:443", "https://id.example"),
            ("http://127.0.0.1:9000/keys", "http://127.0.0.1:9000"),
            ("http://id.example:443/", "http://id.example:443"),
        ] {
            assert_eq!(origin_of(address).as_deref(), Some(origin), "{address}");
        }
        for address in [
            "id.example",
            "ftp://id.example",
            "https://",
            "https:///keys",
            "https://id.example@attacker.example/",
            "https://id.example\\@attacker.example/",
            "https://id.example/a b",
            "https://id.example/#x",
            "https://id.example/\u{e9}",
            "file:///etc/passwd",
        ] {
            assert_eq!(origin_of(address), None, "{address}");
        }
    }

    #[test]
    fn no_other_host_is_asked() {
        let fetcher = Fetcher::new("https://id.example".into(), Duration::from_secs(1));
        assert!(fetcher.must_be_at_home("https://id.example/keys").is_ok());
        for address in
            ["http://id.example/keys", "https://id.example:8443/keys", "https://id.example.attacker.example/"]
        {
            assert!(fetcher.must_be_at_home(address).is_err(), "{address}");
        }
    }
}
