//! Outgoing mail.

use super::written::words;
use serde::Deserialize;

/// Outgoing mail.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// `folder` writes `.eml` files into the data folder; `smtp` sends.
    pub transport: MailKind,
    /// Sender, `Name <address>`.
    pub from: String,
    /// SMTP server.
    pub smtp_host: String,
    /// SMTP port.
    pub smtp_port: u16,
    /// `starttls`, `tls` or `none` (only for a server on the same machine).
    pub smtp_security: SmtpSecurity,
    /// User, empty for none.
    pub smtp_user: String,
    /// Password; set it by variable.
    pub smtp_password: String,
    /// The local hour, 0 to 23, from which on officers are mailed what waits for them on a working day; -1 for never.
    pub digest_hour: i32,
    /// An act that writes more letters than this has them held; with 0 none does.
    pub hold_above: i64,
    /// Hours after which held letters leave by themselves.
    pub hold_hours: i64,
}

impl std::fmt::Debug for MailConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailConfig")
            .field("transport", &self.transport)
            .field("from", &self.from)
            .field("smtp_host", &self.smtp_host)
            .field("smtp_port", &self.smtp_port)
            .field("digest_hour", &self.digest_hour)
            .finish_non_exhaustive()
    }
}

words!(
    /// How mail leaves.
    pub enum MailKind {
        /// Files in the data folder.
        Folder = "folder",
        /// An SMTP server.
        Smtp = "smtp",
    }
);

words!(
    /// How the line to the SMTP server is protected.
    pub enum SmtpSecurity {
        /// Plain, then upgraded; refused if the server does not offer it.
        Starttls = "starttls",
        /// TLS from the first byte.
        Tls = "tls",
        /// Unprotected.
        None = "none",
    }
);
