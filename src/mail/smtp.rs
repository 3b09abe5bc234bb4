//! Letters over SMTP, RFC 5321.

use std::fmt;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use lettre::Transport as _;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use serde::Deserialize;

use super::letter::{Encoding, compose};
use super::{Letter, Recipient, SendProblem, Transport, one_line};

/// Longest wait at one step of the conversation: connecting, each read, each write.
const STEP_TIMEOUT: Duration = Duration::from_secs(30);

/// Steps a conversation may take the full time for before the whole is given up.
const STEPS: u32 = 6;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// Not at all; for a relay on the same machine.
    None,
    /// Begun in the clear, then TLS or nothing (port 587).
    StartTls,
    /// TLS from the first byte (port 465).
    Implicit,
}

/// How to reach the relay.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Host name or address; with TLS, the name on the certificate.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Protection of the connection.
    pub encryption: Encryption,
    /// User name and password, if the relay wants them.
    pub credentials: Option<(String, String)>,
    /// A certificate authority of one's own, in PEM, trusted beside the public ones.
    pub authority_pem: Option<Vec<u8>>,
    /// In whose name letters go.
    pub from: Recipient,
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("SmtpSettings");
        shown.field("host", &self.host).field("port", &self.port).field("encryption", &self.encryption);
        shown.field("has_credentials", &self.credentials.is_some()).field("from", &self.from).finish_non_exhaustive()
    }
}

/// Hands letters to a relay, one connection each.
pub struct SmtpTransport {
    relay: lettre::SmtpTransport,
    from: Recipient,
    overall: Duration,
}

impl fmt::Debug for SmtpTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SmtpTransport").field("from", &self.from).finish_non_exhaustive()
    }
}

impl SmtpTransport {
    /// Prepares the transport; does not connect yet.
    ///
    /// # Errors
    /// [`SendProblem::Permanent`] if the settings cannot work: a malformed sender or certificate, or a password that
    /// would cross the network in the clear.
    pub fn new(settings: SmtpSettings) -> Result<Self, SendProblem> {
        Self::with_step_timeout(settings, STEP_TIMEOUT)
    }

    fn with_step_timeout(settings: SmtpSettings, step: Duration) -> Result<Self, SendProblem> {
        let unusable = |why: &str| SendProblem::Permanent(one_line(why));
        if settings.from.address.parse::<lettre::Address>().is_err() {
            return Err(unusable("the sender's address is malformed"));
        }
        let is_local = matches!(settings.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        if settings.encryption == Encryption::None && settings.credentials.is_some() && !is_local {
            return Err(unusable("a password needs an encrypted connection"));
        }
        let tls = match settings.encryption {
            Encryption::None => Tls::None,
            Encryption::StartTls => Tls::Required(tls_parameters(&settings)?),
            Encryption::Implicit => Tls::Wrapper(tls_parameters(&settings)?),
        };
        // "Dangerous" because it starts without TLS; what TLS there is to be stands in the next line.
        let mut builder =
            lettre::SmtpTransport::builder_dangerous(&settings.host).port(settings.port).tls(tls).timeout(Some(step));
        if let Some((user, password)) = settings.credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { relay: builder.build(), from: settings.from, overall: step.saturating_mul(STEPS) })
    }
}

fn tls_parameters(settings: &SmtpSettings) -> Result<TlsParameters, SendProblem> {
    let unusable = |error: lettre::transport::smtp::Error| SendProblem::Permanent(one_line(&describe(&error)));
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.authority_pem {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(unusable)?);
    }
    builder.build().map_err(unusable)
}

impl Transport for SmtpTransport {
    /// Sends in a thread of its own: the library bounds each read and write, but neither the look-up of the host name
    /// nor a relay that answers one byte at a time.
    fn send(&self, letter: &Letter) -> Result<(), SendProblem> {
        let message = compose(&self.from, letter, Encoding::Portable)?;
        let relay = self.relay.clone();
        let (answer, answered) = mpsc::sync_channel(1);
        let conversation = move || {
            // Nobody listens any more if the whole took too long; the letter is then sent again under its identifier.
            let _ = answer.send(relay.send(&message).map(drop).map_err(|error| judge(&error)));
        };
        if let Err(error) = thread::Builder::new().name("smtp".to_owned()).spawn(conversation) {
            return Err(SendProblem::Temporary(one_line(&error.to_string())));
        }
        answered
            .recv_timeout(self.overall)
            .unwrap_or_else(|_| Err(SendProblem::Temporary("the relay took too long".to_owned())))
    }
}

/// 5xx is final, except where it speaks of our account and not of the letter. All else may pass: 4xx, a lost or refused
/// connection, a certificate that expired.
fn judge(error: &lettre::transport::smtp::Error) -> SendProblem {
    let text = one_line(&describe(error));
    let code = error.status().map(u16::from);
    let is_about_account = matches!(code, Some(530 | 534 | 535 | 538));
    if error.is_permanent() && !is_about_account { SendProblem::Permanent(text) } else { SendProblem::Temporary(text) }
}

fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let more = inner.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        source = inner.source();
    }
    text
}

#[cfg(test)]
#[path = "../../tests/registry/support/smtp_sink.rs"]
mod smtp_sink;

#[cfg(test)]
mod tests {
    use super::super::letter::tests::{letter, sender};
    use super::smtp_sink::{Conduct, SmtpSink};
    use super::*;
    use std::time::Instant;

    fn settings(port: u16) -> SmtpSettings {
        SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port,
            encryption: Encryption::None,
            credentials: None,
            authority_pem: None,
            from: sender(),
        }
    }

    fn transport(sink: &SmtpSink) -> SmtpTransport {
        SmtpTransport::with_step_timeout(settings(sink.port()), Duration::from_millis(300)).expect("settings")
    }

    #[test]
    fn a_letter_arrives_once_with_its_identifier() {
        let sink = SmtpSink::start(&[]).expect("sink");
        transport(&sink).send(&letter()).expect("sent");
        let received = sink.received();
        assert_eq!(received.len(), 1);
        assert_eq!(received[0].to, ["zhang@vendor.example.cn"]);
        assert_eq!(received[0].from, "noreply@pool.example.cn");
        assert_eq!(received[0].header("message-id").as_deref(), Some("<0192-ab@pool.example.cn>"));
        assert_eq!(received[0].header("auto-submitted").as_deref(), Some("auto-generated"));
        assert!(received[0].data.is_ascii());
    }

    #[test]
    fn codes_decide_whether_to_try_again() {
        for (conduct, is_permanent) in [
            (Conduct::RefuseRecipient(421), false),
            (Conduct::RefuseRecipient(451), false),
            (Conduct::RefuseRecipient(550), true),
            (Conduct::RefuseRecipient(535), false),
            (Conduct::RefuseData(421), false),
            (Conduct::RefuseData(451), false),
            (Conduct::RefuseData(550), true),
        ] {
            let sink = SmtpSink::start(&[conduct]).expect("sink");
            let problem = transport(&sink).send(&letter()).expect_err("refused");
            assert_eq!(matches!(problem, SendProblem::Permanent(_)), is_permanent, "{conduct:?}: {problem}");
            assert!(sink.received().is_empty());
            transport(&sink).send(&letter()).expect("taken at the next attempt");
            assert_eq!(sink.received().len(), 1);
        }
    }

    #[test]
    fn a_silent_relay_costs_one_step() {
        let sink = SmtpSink::start(&[Conduct::Hang]).expect("sink");
        let start = Instant::now();
        assert!(matches!(transport(&sink).send(&letter()), Err(SendProblem::Temporary(_))));
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_letter_delivered_without_an_answer_is_sent_again_under_the_same_identifier() {
        let sink = SmtpSink::start(&[Conduct::DropAfterData]).expect("sink");
        assert!(matches!(transport(&sink).send(&letter()), Err(SendProblem::Temporary(_))));
        transport(&sink).send(&letter()).expect("sent");
        let received = sink.received();
        assert_eq!(received.len(), 2);
        assert_eq!(received[0].header("message-id"), received[1].header("message-id"));
        assert_eq!(received[0].header("date"), received[1].header("date"));
    }

    #[test]
    fn no_relay_at_all_is_temporary() {
        let port = SmtpSink::start(&[]).expect("sink").port();
        let transport = SmtpTransport::new(settings(port)).expect("settings");
        assert!(matches!(transport.send(&letter()), Err(SendProblem::Temporary(_))));
    }

    #[test]
    fn a_relay_without_starttls_gets_no_letter() {
        let sink = SmtpSink::start(&[]).expect("sink");
        let settings = SmtpSettings { encryption: Encryption::StartTls, ..settings(sink.port()) };
        let transport = SmtpTransport::with_step_timeout(settings, Duration::from_millis(300)).expect("settings");
        assert!(matches!(transport.send(&letter()), Err(SendProblem::Temporary(_))));
        assert!(sink.received().is_empty());
    }

    #[test]
    fn unusable_settings_are_refused_and_secrets_do_not_print() {
        let secret = SmtpSettings {
            host: "mail.example.cn".to_owned(),
            credentials: Some(("u".to_owned(), "hunter2".to_owned())),
            ..settings(25)
        };
        assert!(!format!("{secret:?}").contains("hunter2"));
        assert!(matches!(SmtpTransport::new(secret.clone()), Err(SendProblem::Permanent(_))));
        assert!(SmtpTransport::new(SmtpSettings { encryption: Encryption::StartTls, ..secret }).is_ok());
        let nobody = SmtpSettings { from: Recipient { name: None, address: "x".to_owned() }, ..settings(25) };
        assert!(SmtpTransport::new(nobody).is_err());
    }
}
