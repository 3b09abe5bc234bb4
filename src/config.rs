//! Settings: one struct a section, read once at start from `config/default.toml`, a file named by `--config`, and
//! `YUANCHI__SECTION__KEY` variables, in this order. Every key is explained in `config/default.toml`.

mod in_force;

pub use in_force::{Origin, Remark, Setting};

use anyhow::{Context, ensure};
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

/// An enum that is set by one of its words; any other word is answered with all of them.
macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(try_from = "String")]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    $($name::$variant => $word,)*
                })
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(word: String) -> Result<Self, String> {
                match word.as_str() {
                    $($word => Ok($name::$variant),)*
                    _ => Err(none_of(&word, &[$($word),*])),
                }
            }
        }
    };
}

fn none_of(word: &str, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
    format!("{word:?} is no word of this setting; write one of {}", words.join(", "))
}

/// Addresses as a list, or as one text with commas between them: a variable holds nothing else.
fn addresses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpAddr>, D::Error> {
    struct Addresses;

    impl<'de> Visitor<'de> for Addresses {
        type Value = Vec<IpAddr>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("IP addresses, as a list or with commas between them")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<IpAddr>, E> {
            let each = text.split(',').map(str::trim).filter(|one| !one.is_empty());
            let read = |one: &str| {
                let wrong = || {
                    E::custom(format!("{one:?} is no IP address; write them with commas between, as in 127.0.0.1,::1"))
                };
                one.parse::<IpAddr>().map_err(|_| wrong())
            };
            each.map(read).collect()
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<IpAddr>, A::Error> {
            let mut found = Vec::new();
            while let Some(one) = list.next_element()? {
                found.push(one);
            }
            Ok(found)
        }
    }

    deserializer.deserialize_any(Addresses)
}

/// Texts as a list, or as one text with commas between them.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Texts;

    impl<'de> Visitor<'de> for Texts {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("words, as a list or with commas between them")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<String>, E> {
            Ok(text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_string).collect())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
            let mut found = Vec::new();
            while let Some(one) = list.next_element()? {
                found.push(one);
            }
            Ok(found)
        }
    }

    deserializer.deserialize_any(Texts)
}

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

/// Where documents live.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StorageConfig {
    /// `folder` keeps them in the data folder; `s3` in a bucket, which several processes can use.
    pub kind: StorageKind,
    /// `https://host` or `https://host:port` of the S3-compatible store.
    pub endpoint: String,
    /// The region that requests are signed for.
    pub region: String,
    /// Name of the bucket, which must be there.
    pub bucket: String,
    /// What the names of all objects begin with: empty, or a path with a slash at its end.
    pub prefix: String,
    /// Whether the bucket's name stands in the path, and not before the host.
    pub path_style: bool,
    /// Names the secret key.
    pub access_key: String,
    /// Signs requests; set it by variable.
    pub secret_key: String,
}

impl std::fmt::Debug for StorageConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StorageConfig")
            .field("kind", &self.kind)
            .field("endpoint", &self.endpoint)
            .field("bucket", &self.bucket)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

words!(
    /// What keeps documents.
    pub enum StorageKind {
        /// Files in the data folder.
        Folder = "folder",
        /// A bucket of an S3-compatible store.
        S3 = "s3",
    }
);

impl StorageConfig {
    fn check(&self) -> anyhow::Result<()> {
        if self.kind == StorageKind::Folder {
            return Ok(());
        }
        let host = self.endpoint.strip_prefix("https://").or_else(|| self.endpoint.strip_prefix("http://"));
        ensure!(
            host.is_some_and(
                |host| !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".:-[]".contains(c))
            ),
            "storage.endpoint = {:?}: write it as https://host or https://host:port, with nothing behind it",
            self.endpoint
        );
        ensure!(
            is_plain(&self.region, "-_"),
            "storage.region = {:?}: name the region of the store; most that have none take us-east-1",
            self.region
        );
        ensure!(
            is_plain(&self.bucket, "-._"),
            "storage.bucket = {:?}: name the bucket, in letters, digits, points and hyphens",
            self.bucket
        );
        ensure!(
            self.path_style || !self.bucket.contains('.') || self.endpoint.starts_with("http://"),
            "storage.bucket = {:?}: no certificate holds for a bucket with a point before the host; set storage.path_style to true",
            self.bucket
        );
        ensure!(
            self.prefix
                .split_inclusive('/')
                .all(|part| part.strip_suffix('/').is_some_and(|name| is_plain(name, "-._") && !name.starts_with('.'))),
            "storage.prefix = {:?}: leave it empty, or write it as name/ with a slash at the end and none at the beginning",
            self.prefix
        );
        ensure!(
            is_visible(&self.access_key),
            "storage.access_key is empty or holds what no key holds: write the access key of the store"
        );
        ensure!(
            is_visible(&self.secret_key),
            "storage.secret_key is empty or holds what no key holds: set it by the variable YUANCHI__STORAGE__SECRET_KEY"
        );
        Ok(())
    }
}

/// Letters, digits and `others`, at least one of them: what needs no escape in an address.
fn is_plain(text: &str, others: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

/// Something, without a blank or a line's end that was copied along.
fn is_visible(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
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

/// Sessions and tokens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionConfig {
    /// Minutes without a request after which a vendor's or expert's session ends.
    pub idle_minutes: i64,
    /// Hours after which it ends in any case.
    pub absolute_hours: i64,
    /// The same for officers and administrators.
    pub officer_idle_minutes: i64,
    /// The same for officers and administrators.
    pub officer_absolute_hours: i64,
    /// Minutes that an access token is good for.
    pub access_token_minutes: i64,
}

impl SessionConfig {
    /// Officers' sessions end no later than anybody's: they open more.
    fn check(&self) -> anyhow::Result<()> {
        let minutes = [
            ("idle_minutes", self.idle_minutes, 1_440),
            ("officer_idle_minutes", self.officer_idle_minutes, 1_440),
            ("absolute_hours", self.absolute_hours, 168),
            ("officer_absolute_hours", self.officer_absolute_hours, 168),
            ("access_token_minutes", self.access_token_minutes, 60),
        ];
        for (name, value, most) in minutes {
            ensure!((1..=most).contains(&value), "sessions.{name} = {value}: write 1 to {most}");
        }
        ensure!(
            self.officer_idle_minutes <= self.idle_minutes && self.officer_absolute_hours <= self.absolute_hours,
            "sessions.officer_idle_minutes = {} and sessions.officer_absolute_hours = {}: write no more than idle_minutes and \
             absolute_hours, which are everybody's",
            self.officer_idle_minutes,
            self.officer_absolute_hours
        );
        Ok(())
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
    /// Days that a role is given for at most.
    pub role_days: i64,
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
    fn check(&self) -> anyhow::Result<()> {
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
    fn check(&self) -> anyhow::Result<()> {
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

/// Limits of uploads.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadConfig {
    /// Bytes that one application's documents may take together.
    pub application_bytes: u64,
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
}

impl RetentionConfig {
    fn check(&self) -> anyhow::Result<()> {
        let all = [
            ("session_days", self.session_days, 1),
            ("mail_days", self.mail_days, 30),
            // An applicant for reconsideration has sixty days, a plaintiff six months (行政复议法 第二十条, 行政诉讼法 第四十六条).
            ("objector_days", self.objector_days, 183),
            ("join_request_days", self.join_request_days, 30),
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
        let config: Config = read.try_deserialize().context("the configuration cannot be read")?;
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
            (1..=3_650).contains(&self.accounts.role_days),
            "accounts.role_days = {}: write 1 to 3650; a role that is held for ever is looked at by nobody",
            self.accounts.role_days
        );
        self.sessions.check()?;
        self.oidc.check()?;
        ensure!(
            !self.oidc.enabled || !self.links_are_a_guess(),
            "server.base_url is empty and oidc.enabled is true: the provider must be told where people come back to; write it as \
             https://host"
        );
        self.limits.check()?;
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
mod tests {
    use super::{Config, OidcConfig, StorageConfig, StorageKind};

    fn links(host: &str, port: u16, base_url: &str) -> (String, bool) {
        let mut config = Config::load(None).expect("the default settings");
        config.server.host = host.into();
        config.server.port = port;
        config.server.base_url = base_url.into();
        (config.base_url(), config.links_are_a_guess())
    }

    #[test]
    fn links_lead_to_where_the_service_listens_unless_told_otherwise() {
        let here = |url: &str| (url.to_string(), false);
        assert_eq!(links("127.0.0.1", 9000, ""), here("http://127.0.0.1:9000"));
        assert_eq!(links("localhost", 9000, ""), here("http://localhost:9000"));
        assert_eq!(links("10.1.2.3", 80, ""), ("http://10.1.2.3:80".to_string(), true));
        assert_eq!(links("::1", 9000, ""), here("http://[::1]:9000"));
        assert_eq!(links("0.0.0.0", 9000, ""), ("http://127.0.0.1:9000".to_string(), true));
        assert_eq!(links("::", 9000, ""), ("http://[::1]:9000".to_string(), true));
        assert_eq!(links("0.0.0.0", 9000, "https://pool.example"), here("https://pool.example"));
    }

    const SECRET: &str = "the-secret-of-the-bucket";

    /// Settings of a bucket that are right but for one change.
    fn bucket(change: impl FnOnce(&mut StorageConfig)) -> Config {
        let mut config = Config::load(None).expect("the default settings");
        let storage = &mut config.storage;
        storage.kind = StorageKind::S3;
        storage.endpoint = "https://store.example:9000".into();
        storage.bucket = "yuanchi-documents".into();
        storage.access_key = "AKIAEXAMPLE".into();
        storage.secret_key = SECRET.into();
        change(storage);
        config
    }

    #[test]
    fn settings_of_a_bucket_that_cannot_work_say_which_and_what_to_do() {
        let wrong = |change: fn(&mut StorageConfig)| bucket(change).check().expect_err("it cannot work").to_string();
        for endpoint in
            ["", "store.example", "ftp://x", "https://", "https://x/y", "https://u:p@x", "https://x?y", "https://x y"]
        {
            let mut config = bucket(|_| ());
            config.storage.endpoint = endpoint.into();
            let why = config.check().expect_err("no endpoint").to_string();
            assert!(why.starts_with(&format!("storage.endpoint = {endpoint:?}: write it as")), "{why}");
        }
        assert!(wrong(|storage| storage.region = String::new()).starts_with("storage.region = \"\": name the region"));
        assert!(
            wrong(|storage| storage.bucket = "a/b".into()).starts_with("storage.bucket = \"a/b\": name the bucket")
        );
        let dotted = |storage: &mut StorageConfig| (storage.bucket, storage.path_style) = ("a.b".into(), false);
        assert!(wrong(dotted).ends_with("set storage.path_style to true"));
        for prefix in ["a", "/a/", "a//", "../", "a b/", "a/b", "\u{6e90}/"] {
            let mut config = bucket(|_| ());
            config.storage.prefix = prefix.into();
            let why = config.check().expect_err("no prefix").to_string();
            assert!(why.starts_with(&format!("storage.prefix = {prefix:?}: leave it empty")), "{why}");
        }
        assert!(wrong(|storage| storage.access_key = String::new()).starts_with("storage.access_key is empty"));
        let why = wrong(|storage| storage.secret_key = format!("{SECRET}\n"));
        assert!(why.contains("YUANCHI__STORAGE__SECRET_KEY") && !why.contains(SECRET), "{why}");
        for prefix in ["", "a/", "prod/yuanchi-1/"] {
            assert!(bucket(|storage| storage.prefix = prefix.into()).check().is_ok(), "{prefix:?}");
        }
        assert!(bucket(|storage| storage.path_style = false).check().is_ok());
    }

    #[test]
    fn c_11_no_session_lasts_for_ever_and_an_officers_is_the_shorter_one() {
        let wrong = |change: fn(&mut Config)| {
            let mut config = Config::load(None).expect("the default settings");
            change(&mut config);
            config.check().expect_err("it cannot be").to_string()
        };
        assert!(
            wrong(|config| config.sessions.idle_minutes = 0).starts_with("sessions.idle_minutes = 0: write 1 to 1440")
        );
        assert!(wrong(|config| config.sessions.absolute_hours = 999).starts_with("sessions.absolute_hours = 999"));
        assert!(wrong(|config| config.sessions.access_token_minutes = 61).starts_with("sessions.access_token_minutes"));
        assert!(wrong(|config| config.sessions.officer_idle_minutes = 31).contains("officer_idle_minutes = 31"));
        assert!(wrong(|config| config.sessions.officer_absolute_hours = 13).contains("officer_absolute_hours = 13"));
        assert!(wrong(|config| config.accounts.role_days = 0).starts_with("accounts.role_days = 0: write 1 to 3650"));
    }

    #[test]
    fn a_token_that_can_be_guessed_is_refused_and_none_is_ever_shown() {
        let mut config = Config::load(None).expect("the default settings");
        assert!(config.server.metrics_token.is_empty(), "this machine alone");
        for token in ["guess-me", "sixteen characte\n", "a blank in the middle"] {
            config.server.metrics_token = token.into();
            let why = config.check().expect_err("no token").to_string();
            assert!(why.starts_with("server.metrics_token is too short") && !why.contains(token), "{why}");
        }
        config.server.metrics_token = "sixteen-or-more-characters".into();
        assert!(config.check().is_ok());
        assert!(!format!("{config:?}").contains("sixteen-or-more-characters"));
    }

    /// Settings of a provider that are right but for one change.
    fn provider(change: impl FnOnce(&mut OidcConfig)) -> Config {
        let mut config = Config::load(None).expect("the default settings");
        let oidc = &mut config.oidc;
        oidc.enabled = true;
        oidc.issuer = "https://id.example/realm".into();
        oidc.client_id = "yuanchi".into();
        oidc.client_secret = SECRET.into();
        change(oidc);
        config
    }

    #[test]
    fn a_provider_that_cannot_be_trusted_is_refused_at_the_start() {
        assert!(!Config::load(None).expect("the default settings").oidc.enabled, "off unless it is asked for");
        let right = |change: fn(&mut OidcConfig)| provider(change).check().is_ok();
        assert!(right(|_| ()) && right(|oidc| oidc.issuer = "http://127.0.0.1:9000".into()));
        assert!(right(|oidc| (oidc.client_secret, oidc.client_secret_file) = (String::new(), "secret".into())));
        assert!(right(|oidc| (oidc.enabled, oidc.issuer) = (false, "nonsense".into())), "nobody asks it");
        for issuer in [
            "",
            "id.example",
            "http://id.example",
            "https://",
            "https://u:p@x",
            "https://x?y",
            "https://x#y",
            "ftp://x",
        ] {
            let mut config = provider(|_| ());
            config.oidc.issuer = issuer.into();
            let why = config.check().expect_err("no issuer").to_string();
            assert!(why.starts_with(&format!("oidc.issuer = {issuer:?}: write")), "{why}");
        }
        let wrong = |change: fn(&mut OidcConfig)| provider(change).check().expect_err("it cannot work").to_string();
        assert!(wrong(|oidc| oidc.client_id = String::new()).starts_with("oidc.client_id is empty"));
        assert!(wrong(|oidc| oidc.client_secret = String::new()).starts_with("oidc.client_secret: set it"));
        assert!(wrong(|oidc| oidc.client_secret_file = "both".into()).starts_with("oidc.client_secret: set it"));
        assert!(wrong(|oidc| oidc.scopes = vec!["email".into()]).contains("with openid among them"));
        for name in ["none", "HS256", "RS1", ""] {
            let mut config = provider(|_| ());
            config.oidc.algorithms = vec!["ES256".into(), name.into()];
            let why = config.check().expect_err("no such algorithm").to_string();
            assert!(why.starts_with("oidc.algorithms = ") && why.contains("RS256"), "{why}");
        }
        assert!(wrong(|oidc| oidc.algorithms.clear()).starts_with("oidc.algorithms = []"));
        assert!(wrong(|oidc| oidc.patience_seconds = 0).starts_with("oidc.patience_seconds = 0"));
        let mut open = provider(|_| ());
        open.server.host = "0.0.0.0".into();
        assert!(open.check().expect_err("where to?").to_string().starts_with("server.base_url is empty and oidc"));
        let shown = format!("{:?}", provider(|_| ()));
        assert!(shown.contains("id.example") && !shown.contains(SECRET), "{shown}");
    }

    #[test]
    fn the_secret_key_is_never_shown() {
        let shown = format!("{:?}", bucket(|_| ()));
        assert!(shown.contains("yuanchi-documents") && !shown.contains(SECRET), "{shown}");
    }
}
