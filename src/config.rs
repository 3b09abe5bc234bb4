//! Settings: one struct a section, read once at start from `config/default.toml`, a file named by `--config`, and
//! `YUANCHI__SECTION__KEY` variables, in this order. Every key is explained in `config/default.toml`.

mod in_force;
mod limits;
mod mail;
mod oidc;
mod sessions;
mod storage;
mod written;

use anyhow::{Context, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use written::{addresses, is_visible, words};

pub use in_force::{Origin, Remark, Setting};
pub use limits::{LimitConfig, LimitsConfig};
pub use mail::{MailConfig, MailKind, SmtpSecurity};
pub use oidc::OidcConfig;
pub use sessions::SessionConfig;
pub use storage::{StorageConfig, StorageKind};

/// Everything that can be set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the service listens and what it calls itself.
    pub server: ServerConfig,
    /// Where data lives.
    pub data: DataConfig,
    /// Where documents live.
    pub storage: StorageConfig,
    /// Where keys live.
    pub keys: KeysConfig,
    /// The database.
    pub database: DatabaseConfig,
    /// Outgoing mail.
    pub mail: MailConfig,
    /// What is asked of accounts.
    pub accounts: AccountsConfig,
    /// Sessions and tokens.
    pub sessions: SessionConfig,
    /// Signing in through a provider of identities.
    pub oidc: OidcConfig,
    /// How often things may be tried.
    pub limits: LimitsConfig,
    /// Limits of uploads.
    pub uploads: UploadConfig,
    /// How long what names people is kept.
    pub retention: RetentionConfig,
    /// Whom people reach about a public notice.
    pub office: OfficeConfig,
    /// Logs.
    pub logs: LogConfig,
    /// Where what is not the default was read from, by its key.
    #[serde(skip)]
    origins: BTreeMap<String, String>,
}

/// Where the service listens.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Address to listen on.
    pub host: String,
    /// Port; 0 takes a free one.
    pub port: u16,
    /// What links begin with, no slash at the end; empty takes the address that is listened on.
    pub base_url: String,
    /// Threads that answer requests; 0 takes one a core.
    pub workers: usize,
    /// Seconds within which the head of a request must be there.
    pub head_seconds: u64,
    /// Seconds for which a body that has begun may be silent.
    pub body_seconds: u64,
    /// Opens `/metrics` to other machines, as a bearer token; empty for this machine alone.
    pub metrics_token: String,
    /// Proxies in front that are believed when they say whom they ask for.
    #[serde(deserialize_with = "addresses")]
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether every page says that what it shows is made up.
    pub demonstration: bool,
}

impl std::fmt::Debug for ServerConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerConfig")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("base_url", &self.base_url)
            .field("workers", &self.workers)
            .finish_non_exhaustive()
    }
}

/// Fewest characters of the token that opens the figures: what is shorter can be guessed.
const TOKEN_LENGTH: usize = 16;

/// Where data lives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataConfig {
    /// Folder of the embedded database and of what has no place of its own: documents, keys, mail.
    pub dir: PathBuf,
    /// Folder of programmes and reference data.
    pub config_dir: PathBuf,
}

/// Where keys live.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeysConfig {
    /// Folder of the keys; empty for `keys` in the data folder.
    pub dir: PathBuf,
}

/// The database.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite://PATH`, `postgres://…`, or empty for `yuanchi.db` in the data folder.
    pub url: String,
    /// Connections in the pool.
    pub pool_size: u32,
    /// Milliseconds for which a server that answers nobody is waited for before it counts as away.
    pub patience_ms: u64,
}

impl std::fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The URL may hold a password.
        f.debug_struct("DatabaseConfig").field("pool_size", &self.pool_size).finish_non_exhaustive()
    }
}

/// What is asked of accounts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountsConfig {
    /// Of whom a second factor is required.
    pub second_factor: SecondFactor,
    /// Which rule new passwords are held to.
    pub password_policy: PasswordPolicy,
    /// Days after which the second rule wants a password changed.
    pub password_days: i64,
    /// How many of the last passwords, the present one among them, the second rule lets nobody set again.
    pub password_history: i64,
    /// Days that a role is given for at most.
    pub role_days: i64,
    /// The same of the role of an administrator of an organisation.
    pub organisation_admin_days: i64,
}

words!(
    /// Which rule passwords are held to.
    pub enum PasswordPolicy {
        /// Long, not common, changed when there is a reason.
        Nist = "nist",
        /// The same, of several kinds of characters, and changed from time to time.
        Dengbao3 = "dengbao3",
    }
);

words!(
    /// Of whom a second factor is required.
    pub enum SecondFactor {
        /// Of nobody; whoever sets one up is asked for it.
        Off = "off",
        /// Of everybody who acts for others: officers, experts, administrators, auditors.
        Officers = "officers",
    }
);

/// Limits of uploads.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadConfig {
    /// Bytes that one application's documents may take together.
    pub application_bytes: u64,
    /// Mebibytes that all documents of one organisation may take, removed ones too; 0 for no limit.
    pub organisation_mb: u64,
    /// Mebibytes of evidence that no objection names yet, of everybody together; one neighbourhood of networks has a tenth of
    /// it, or 200 where that is more. 0 for no limit.
    pub evidence_mb: u64,
    /// Mebibytes of all that was uploaded; 0 for no limit.
    pub total_mb: u64,
}

impl UploadConfig {
    fn check(&self) -> anyhow::Result<()> {
        let all =
            [("organisation_mb", self.organisation_mb), ("evidence_mb", self.evidence_mb), ("total_mb", self.total_mb)];
        for (name, limit) in all {
            // One piece of evidence may have twenty; a room that does not hold one file is shut.
            ensure!(
                limit == 0 || (20..=1_000_000_000).contains(&limit),
                "uploads.{name} = {limit}: write 20 to 1000000000 megabytes, or 0 for no limit"
            );
        }
        Ok(())
    }
}

/// Days for which what names people is kept once it is of no more use. The record is kept for ever.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionConfig {
    /// Sessions and tokens that ended.
    pub session_days: i64,
    /// Text and address of mails that were sent or given up.
    pub mail_days: i64,
    /// Who objected, once the objection is decided.
    pub objector_days: i64,
    /// What people wrote of themselves when they asked to join an organisation, once that is decided.
    pub join_request_days: i64,
    /// Name and address of an account that nobody ever took up, once its last link is over.
    pub unconfirmed_account_days: i64,
}

impl RetentionConfig {
    fn check(&self) -> anyhow::Result<()> {
        let all = [
            ("session_days", self.session_days, 1),
            ("mail_days", self.mail_days, 30),
            // An applicant for reconsideration has sixty days, a plaintiff six months (行政复议法 第二十条, 行政诉讼法 第四十六条).
            ("objector_days", self.objector_days, 183),
            ("join_request_days", self.join_request_days, 30),
            ("unconfirmed_account_days", self.unconfirmed_account_days, 1),
        ];
        for (name, days, least) in all {
            ensure!((least..=36_500).contains(&days), "retention.{name} = {days}: write {least} to 36500 days");
        }
        Ok(())
    }
}

/// Whom people reach about a public notice; what is empty is not shown.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeConfig {
    /// Who answers: a person or a division.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Postal address.
    pub address: String,
    /// Postcode.
    pub postcode: String,
}

/// Logs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// What is logged, as `level` or `module=level,…`.
    pub filter: String,
    /// `text` or `json`.
    pub format: LogFormat,
}

words!(
    /// Form of a log line.
    pub enum LogFormat {
        /// For people.
        Text = "text",
        /// For machines.
        Json = "json",
    }
);

/// The defaults travel in the binary, so that it starts in an empty folder.
const DEFAULTS: &str = include_str!("../config/default.toml");

impl Config {
    /// Reads defaults, then `file`, then the variables.
    ///
    /// # Errors
    /// Names the file or variable, the key and what it must be.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Config> {
        Config::load_over("", file)
    }

    /// The same for a command with defaults of its own, written as a settings file: the file and the variables override them too.
    ///
    /// # Errors
    /// Those of [`Config::load`].
    pub fn load_over(defaults: &str, file: Option<&Path>) -> anyhow::Result<Config> {
        let mut builder = config::Config::builder()
            .add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml))
            .add_source(config::File::from_str(defaults, config::FileFormat::Toml));
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file).format(config::FileFormat::Toml));
        }
        let read = builder
            .add_source(config::Environment::with_prefix("YUANCHI").prefix_separator("__").separator("__"))
            .build()
            .context("the configuration cannot be read")?;
        let mut origins = BTreeMap::new();
        in_force::origins(&read.cache, "", &mut origins);
        in_force::of_command(defaults, &mut origins).context("the defaults of the command cannot be read")?;
        let config: Config =
            read.try_deserialize().map_err(written::of_a_variable).context("the configuration cannot be read")?;
        let config = Config { origins, ..config };
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        ensure!(
            self.mail.transport != MailKind::Smtp || !self.server.base_url.is_empty(),
            "server.base_url is empty and mail.transport is smtp: links in mails would lead to this machine; write it as https://host"
        );
        ensure!(
            self.server.base_url.is_empty()
                || self.server.base_url.starts_with("http://")
                || self.server.base_url.starts_with("https://"),
            "server.base_url = {:?}: write it as https://host, without a slash at the end",
            self.server.base_url
        );
        ensure!(
            !self.server.base_url.ends_with('/'),
            "server.base_url = {:?}: take the slash off the end",
            self.server.base_url
        );
        let token = &self.server.metrics_token;
        ensure!(
            token.is_empty() || (is_visible(token) && token.len() >= TOKEN_LENGTH),
            "server.metrics_token is too short or holds what no token holds: write {TOKEN_LENGTH} visible characters or more, best by \
             the variable YUANCHI__SERVER__METRICS_TOKEN; or leave it empty"
        );
        let waits =
            [("server.head_seconds", self.server.head_seconds), ("server.body_seconds", self.server.body_seconds)];
        for (key, seconds) in waits {
            ensure!(
                (1..=600).contains(&seconds),
                "{key} = {seconds}: write 1 to 600; whoever is waited for holds a connection"
            );
        }
        let url = self.database_url();
        ensure!(
            url.starts_with("sqlite://") || url.starts_with("postgres://") || url.starts_with("postgresql://"),
            "database.url: write it as sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME"
        );
        ensure!(self.database.pool_size > 0, "database.pool_size = 0: set it to 1 or more; 8 suits two cores");
        ensure!(
            (100..=4_000).contains(&self.database.patience_ms),
            "database.patience_ms = {}: write 100 to 4000 milliseconds",
            self.database.patience_ms
        );
        ensure!(
            self.mail.transport != MailKind::Smtp || !self.mail.smtp_host.is_empty(),
            "mail.smtp_host is empty: name the SMTP server, or set mail.transport to \"folder\""
        );
        ensure!(
            (-1..=23).contains(&self.mail.digest_hour),
            "mail.digest_hour = {}: write an hour of the day, 0 to 23; -1 where no digest is wanted",
            self.mail.digest_hour
        );
        ensure!(
            (0..=100_000).contains(&self.mail.hold_above),
            "mail.hold_above = {}: write a number of letters up to 100000; 0 where none are to be held",
            self.mail.hold_above
        );
        ensure!(
            (1..=168).contains(&self.mail.hold_hours),
            "mail.hold_hours = {}: write 1 to 168; a letter that the law wants sent cannot wait for more than a week",
            self.mail.hold_hours
        );
        ensure!(
            (1..=3_650).contains(&self.accounts.password_days),
            "accounts.password_days = {}: write 1 to 3650; 90 is what assessors expect",
            self.accounts.password_days
        );
        ensure!(
            (1..=24).contains(&self.accounts.password_history),
            "accounts.password_history = {}: write 1 to 24; each is a hash to be computed at every change",
            self.accounts.password_history
        );
        ensure!(
            (1..=3_650).contains(&self.accounts.role_days),
            "accounts.role_days = {}: write 1 to 3650; a role that is held for ever is looked at by nobody",
            self.accounts.role_days
        );
        ensure!(
            (60..=3_650).contains(&self.accounts.organisation_admin_days),
            "accounts.organisation_admin_days = {}: write 60 to 3650; its end is told thirty days before",
            self.accounts.organisation_admin_days
        );
        self.sessions.check()?;
        self.oidc.check()?;
        ensure!(
            !self.oidc.enabled || !self.links_are_a_guess(),
            "server.base_url is empty and oidc.enabled is true: the provider must be told where people come back to; write it as \
             https://host"
        );
        self.limits.check()?;
        self.uploads.check()?;
        self.retention.check()?;
        self.storage.check()
    }

    /// What links begin with: as set, or where the service listens. What listens on every address is reached by the
    /// loopback, on this machine.
    pub fn base_url(&self) -> String {
        let ServerConfig { base_url, host, port, .. } = &self.server;
        if !base_url.is_empty() {
            return base_url.clone();
        }
        match host.parse::<IpAddr>() {
            Ok(ip) if ip == Ipv4Addr::UNSPECIFIED => format!("http://127.0.0.1:{port}"),
            Ok(ip) if ip.is_unspecified() => format!("http://[::1]:{port}"),
            Ok(IpAddr::V6(ip)) => format!("http://[{ip}]:{port}"),
            _ => format!("http://{host}:{port}"),
        }
    }

    /// Whether other machines reach the service while nobody said under which address: its links then lead to this
    /// machine, or over http, where browsers keep no session.
    pub fn links_are_a_guess(&self) -> bool {
        let host = &self.server.host;
        let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        !loopback && self.server.base_url.is_empty()
    }

    /// The folder of keys, with the default filled in.
    pub fn keys_dir(&self) -> PathBuf {
        if self.keys.dir.as_os_str().is_empty() { self.data.dir.join("keys") } else { self.keys.dir.clone() }
    }

    /// The database's URL, with the default filled in.
    pub fn database_url(&self) -> String {
        if self.database.url.is_empty() {
            format!("sqlite://{}", self.data.dir.join("yuanchi.db").display())
        } else {
            self.database.url.clone()
        }
    }
}

#[cfg(test)]
mod tests;
