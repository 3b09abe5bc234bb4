//! The settings in force as an operator reads them: each by its key, nothing of what is secret, where it was set, and
//! what of them does for a first look only.

use super::{
    AccountsConfig, Config, DataConfig, DatabaseConfig, KeysConfig, LimitConfig, LimitsConfig, LogConfig, MailConfig,
    MailKind, OfficeConfig, OidcConfig, RetentionConfig, SecondFactor, ServerConfig, SessionConfig, StorageConfig,
    UploadConfig,
};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

/// What the reader of settings calls the variables.
const VARIABLES: &str = "the environment";
/// What is kept of a value that the command that was started has set.
const COMMAND: &str = "the command";

/// Where a setting was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nowhere: it is the default.
    Default,
    /// In this file.
    File(String),
    /// By this variable.
    Variable(String),
    /// By the command that was started, such as `demo`.
    Command,
}

impl Origin {
    /// For a command: `default`, `command`, the name of the file, or that of the variable.
    pub fn as_text(&self) -> &str {
        match self {
            Origin::Default => "default",
            Origin::Command => "command",
            Origin::File(name) | Origin::Variable(name) => name,
        }
    }
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Section and key, as in `config/default.toml`.
    pub key: &'static str,
    /// The value; empty where nothing is set, and always for a secret.
    pub value: String,
    /// Of a secret, whether there is one.
    pub secret: Option<bool>,
    /// Of a limit, how often in how many minutes; the value says the same for a command.
    pub limit: Option<LimitConfig>,
    /// Where it was set.
    pub origin: Origin,
}

/// What is set as a first look needs it, and not as a service that is used in earnest does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// Links lead to this machine, or over a line that anybody can read.
    Links,
    /// The embedded database serves one process.
    Database,
    /// Mail reaches nobody.
    Mail,
    /// Mail comes from nobody.
    Sender,
    /// A password alone opens the office.
    SecondFactor,
    /// Notices name nobody to reach.
    Office,
}

impl Remark {
    /// The code under which its words are found.
    pub fn as_text(self) -> &'static str {
        match self {
            Remark::Links => "links",
            Remark::Database => "database",
            Remark::Mail => "mail",
            Remark::Sender => "sender",
            Remark::SecondFactor => "second_factor",
            Remark::Office => "office",
        }
    }

    /// The setting that it is about.
    pub fn key(self) -> &'static str {
        match self {
            Remark::Links => "server.base_url",
            Remark::Database => "database.url",
            Remark::Mail => "mail.transport",
            Remark::Sender => "mail.from",
            Remark::SecondFactor => "accounts.second_factor",
            Remark::Office => "office.name",
        }
    }

    /// What follows from it and what to write, for whoever starts the service.
    pub fn said(self) -> &'static str {
        match self {
            Remark::Links => {
                "links in mails do not begin with https://; write the address that people use, https://your.host"
            }
            Remark::Database => "SQLite serves one process on one machine; name PostgreSQL for more",
            Remark::Mail => "mails are written into the data folder and reach nobody; set smtp, and the server",
            Remark::Sender => "mails come from an address that nobody can answer; write the one of the office",
            Remark::SecondFactor => "officers and administrators sign in by a password alone; set officers",
            Remark::Office => "notices name nobody to reach; write who answers, with the telephone",
        }
    }
}

impl Config {
    /// Every setting in force, section by section.
    pub fn in_force(&self) -> Vec<Setting> {
        let mut list = List { config: self, found: Vec::new() };
        // Taken apart without a rest, here and below, so that none is forgotten.
        let Config {
            server,
            data,
            storage,
            keys,
            database,
            mail,
            accounts,
            sessions,
            oidc,
            limits,
            uploads,
            retention,
            office,
            logs,
            origins: _,
        } = self;
        list.server(server);
        list.places(data, storage, keys, database);
        list.mail(mail);
        list.people(accounts, sessions);
        list.oidc(oidc);
        list.limits(limits, uploads);
        list.retention(retention);
        list.office(office, logs);
        list.found
    }

    /// What does for a first look only, in the order of the settings.
    pub fn not_for_production(&self) -> Vec<Remark> {
        let found = [
            (!self.server.base_url.starts_with("https://"), Remark::Links),
            (self.database_url().starts_with("sqlite://"), Remark::Database),
            (self.mail.transport == MailKind::Folder, Remark::Mail),
            (self.mail.from.contains("@localhost"), Remark::Sender),
            (self.accounts.second_factor == SecondFactor::Off, Remark::SecondFactor),
            (self.office.name.is_empty() || self.office.phone.is_empty(), Remark::Office),
        ];
        found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, remark)| remark).collect()
    }

    /// Notes that the command that was started has set this one.
    pub(crate) fn set_by_command(&mut self, key: &str) {
        self.origins.insert(key.to_string(), COMMAND.to_string());
    }

    /// Where a setting was set; of one with parts, where the first of those was.
    fn origin(&self, key: &str) -> Origin {
        let inside = format!("{key}.");
        let mut found = self.origins.iter().filter(|(known, _)| known.as_str() == key || known.starts_with(&inside));
        match found.next() {
            None => Origin::Default,
            Some((_, origin)) if origin == COMMAND => Origin::Command,
            Some((key, origin)) if origin == VARIABLES => {
                Origin::Variable(format!("YUANCHI__{}", key.to_uppercase().replace('.', "__")))
            }
            Some((_, origin)) => Origin::File(origin.clone()),
        }
    }
}

/// Where each value was read from, by its key; what is the default is left out.
pub(super) fn origins(value: &::config::Value, key: &str, found: &mut BTreeMap<String, String>) {
    match (&value.kind, value.origin()) {
        (::config::ValueKind::Table(table), _) => {
            for (name, value) in table {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                origins(value, &key, found);
            }
        }
        (_, Some(origin)) => {
            found.insert(key.to_string(), origin.to_string());
        }
        (_, None) => {}
    }
}

/// Notes the keys that a command has defaults of its own for, where neither the file nor a variable sets them.
///
/// # Errors
/// They are no settings file.
pub(super) fn of_command(defaults: &str, found: &mut BTreeMap<String, String>) -> Result<(), toml::de::Error> {
    let own: toml::Table = toml::from_str(defaults)?;
    for (section, keys) in &own {
        for key in keys.as_table().into_iter().flat_map(toml::Table::keys) {
            found.entry(format!("{section}.{key}")).or_insert_with(|| COMMAND.to_string());
        }
    }
    Ok(())
}

/// The address of a database without who signs in to it.
fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return String::new() };
    if scheme == "sqlite" {
        return url.to_string();
    }
    let (place, asked) = rest.split_once('?').unwrap_or((rest, ""));
    // What is not written as user:password@host/name?… is not taken apart: a guess could show a part of a password.
    if place.matches('@').count() > 1 || asked.contains('@') {
        return format!("{scheme}://…");
    }
    format!("{scheme}://{}", place.split_once('@').map_or(place, |(_, place)| place))
}

/// The settings as they are told.
struct List<'a> {
    config: &'a Config,
    found: Vec<Setting>,
}

impl List<'_> {
    fn add(&mut self, key: &'static str, value: String, secret: Option<bool>) {
        self.found.push(Setting { key, value, secret, limit: None, origin: self.config.origin(key) });
    }

    fn plain(&mut self, key: &'static str, value: impl Display) {
        self.add(key, value.to_string(), None);
    }

    fn several(&mut self, key: &'static str, values: &[impl Display]) {
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        self.add(key, values.join(", "), None);
    }

    fn path(&mut self, key: &'static str, path: &Path) {
        self.add(key, path.display().to_string(), None);
    }

    fn secret(&mut self, key: &'static str, value: &str) {
        self.add(key, String::new(), Some(!value.is_empty()));
    }

    fn limit(&mut self, key: &'static str, limit: LimitConfig) {
        let LimitConfig { attempts, minutes } = limit;
        let (value, origin) = (format!("{attempts} / {minutes} min"), self.config.origin(key));
        self.found.push(Setting { key, value, secret: None, limit: Some(limit), origin });
    }

    fn server(&mut self, server: &ServerConfig) {
        let ServerConfig {
            host,
            port,
            base_url,
            workers,
            head_seconds,
            body_seconds,
            metrics_token,
            trusted_proxies,
            demonstration,
        } = server;
        self.plain("server.host", host);
        self.plain("server.port", port);
        self.plain("server.base_url", base_url);
        self.plain("server.workers", workers);
        self.plain("server.head_seconds", head_seconds);
        self.plain("server.body_seconds", body_seconds);
        self.secret("server.metrics_token", metrics_token);
        self.several("server.trusted_proxies", trusted_proxies);
        self.plain("server.demonstration", demonstration);
    }

    fn places(&mut self, data: &DataConfig, storage: &StorageConfig, keys: &KeysConfig, database: &DatabaseConfig) {
        let DataConfig { dir, config_dir } = data;
        self.path("data.dir", dir);
        self.path("data.config_dir", config_dir);
        let StorageConfig { kind, endpoint, region, bucket, prefix, path_style, access_key, secret_key } = storage;
        self.plain("storage.kind", kind);
        self.plain("storage.endpoint", endpoint);
        self.plain("storage.region", region);
        self.plain("storage.bucket", bucket);
        self.plain("storage.prefix", prefix);
        self.plain("storage.path_style", path_style);
        self.secret("storage.access_key", access_key);
        self.secret("storage.secret_key", secret_key);
        let KeysConfig { dir: _ } = keys;
        self.path("keys.dir", &self.config.keys_dir());
        let DatabaseConfig { url: _, pool_size, patience_ms } = database;
        self.plain("database.url", without_credentials(&self.config.database_url()));
        self.plain("database.pool_size", pool_size);
        self.plain("database.patience_ms", patience_ms);
    }

    fn mail(&mut self, mail: &MailConfig) {
        let MailConfig {
            transport,
            from,
            smtp_host,
            smtp_port,
            smtp_security,
            smtp_user,
            smtp_password,
            digest_hour,
            hold_above,
            hold_hours,
        } = mail;
        self.plain("mail.transport", transport);
        self.plain("mail.from", from);
        self.plain("mail.smtp_host", smtp_host);
        self.plain("mail.smtp_port", smtp_port);
        self.plain("mail.smtp_security", smtp_security);
        self.plain("mail.smtp_user", smtp_user);
        self.secret("mail.smtp_password", smtp_password);
        self.plain("mail.digest_hour", digest_hour);
        self.plain("mail.hold_above", hold_above);
        self.plain("mail.hold_hours", hold_hours);
    }

    fn people(&mut self, accounts: &AccountsConfig, sessions: &SessionConfig) {
        let AccountsConfig {
            second_factor,
            password_policy,
            password_days,
            password_history,
            role_days,
            organisation_admin_days,
        } = accounts;
        self.plain("accounts.second_factor", second_factor);
        self.plain("accounts.password_policy", password_policy);
        self.plain("accounts.password_days", password_days);
        self.plain("accounts.password_history", password_history);
        self.plain("accounts.role_days", role_days);
        self.plain("accounts.organisation_admin_days", organisation_admin_days);
        let SessionConfig {
            idle_minutes,
            absolute_hours,
            officer_idle_minutes,
            officer_absolute_hours,
            access_token_minutes,
            program_idle_minutes,
            vendor_program_idle_hours,
            vendor_program_days,
        } = sessions;
        self.plain("sessions.idle_minutes", idle_minutes);
        self.plain("sessions.absolute_hours", absolute_hours);
        self.plain("sessions.officer_idle_minutes", officer_idle_minutes);
        self.plain("sessions.officer_absolute_hours", officer_absolute_hours);
        self.plain("sessions.access_token_minutes", access_token_minutes);
        self.plain("sessions.program_idle_minutes", program_idle_minutes);
        self.plain("sessions.vendor_program_idle_hours", vendor_program_idle_hours);
        self.plain("sessions.vendor_program_days", vendor_program_days);
    }

    fn oidc(&mut self, oidc: &OidcConfig) {
        let OidcConfig {
            enabled,
            issuer,
            client_id,
            client_secret,
            client_secret_file,
            scopes,
            button,
            address_claim,
            register_vendors,
            algorithms,
            sufficient_acr,
            sufficient_amr,
            patience_seconds,
        } = oidc;
        self.plain("oidc.enabled", enabled);
        self.plain("oidc.issuer", issuer);
        self.plain("oidc.client_id", client_id);
        self.secret("oidc.client_secret", client_secret);
        self.path("oidc.client_secret_file", client_secret_file);
        self.several("oidc.scopes", scopes);
        self.plain("oidc.button", button);
        self.plain("oidc.register_vendors", register_vendors);
        self.plain("oidc.address_claim", address_claim);
        self.several("oidc.algorithms", algorithms);
        self.several("oidc.sufficient_acr", sufficient_acr);
        self.several("oidc.sufficient_amr", sufficient_amr);
        self.plain("oidc.patience_seconds", patience_seconds);
    }

    fn limits(&mut self, limits: &LimitsConfig, uploads: &UploadConfig) {
        let LimitsConfig {
            sign_in_account,
            sign_in_network,
            second_factor,
            password_reset,
            registration,
            objection,
            evidence,
            subscription,
            subscription_neighbours,
            certificate,
        } = limits;
        self.limit("limits.sign_in_account", *sign_in_account);
        self.limit("limits.sign_in_network", *sign_in_network);
        self.limit("limits.second_factor", *second_factor);
        self.limit("limits.password_reset", *password_reset);
        self.limit("limits.registration", *registration);
        self.limit("limits.objection", *objection);
        self.limit("limits.evidence", *evidence);
        self.limit("limits.subscription", *subscription);
        self.limit("limits.subscription_neighbours", *subscription_neighbours);
        self.limit("limits.certificate", *certificate);
        let UploadConfig { application_bytes, organisation_mb, evidence_mb, total_mb } = uploads;
        self.plain("uploads.application_bytes", application_bytes);
        self.plain("uploads.organisation_mb", organisation_mb);
        self.plain("uploads.evidence_mb", evidence_mb);
        self.plain("uploads.total_mb", total_mb);
    }

    fn retention(&mut self, retention: &RetentionConfig) {
        let RetentionConfig { session_days, mail_days, objector_days, join_request_days, unconfirmed_account_days } =
            retention;
        self.plain("retention.session_days", session_days);
        self.plain("retention.mail_days", mail_days);
        self.plain("retention.objector_days", objector_days);
        self.plain("retention.join_request_days", join_request_days);
        self.plain("retention.unconfirmed_account_days", unconfirmed_account_days);
    }

    fn office(&mut self, office: &OfficeConfig, logs: &LogConfig) {
        let OfficeConfig { name, phone, address, postcode } = office;
        self.plain("office.name", name);
        self.plain("office.phone", phone);
        self.plain("office.address", address);
        self.plain("office.postcode", postcode);
        let LogConfig { filter, format } = logs;
        self.plain("logs.filter", filter);
        self.plain("logs.format", format);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn defaults() -> Config {
        Config::load(None).expect("the default settings")
    }

    #[test]
    fn every_setting_is_told_once_under_the_key_that_sets_it() {
        let file: toml::Table = toml::from_str(super::super::DEFAULTS).expect("the defaults");
        let keys_of = |(section, keys): (&String, &toml::Value)| -> Vec<String> {
            let keys = keys.as_table().unwrap_or_else(|| panic!("{section} is no section"));
            keys.keys().map(|key| format!("{section}.{key}")).collect()
        };
        let known: BTreeSet<String> = file.iter().flat_map(keys_of).collect();
        let told: Vec<String> = defaults().in_force().iter().map(|setting| setting.key.to_string()).collect();
        assert_eq!(told.iter().cloned().collect::<BTreeSet<_>>(), known);
        assert_eq!(told.len(), known.len(), "one of them is told twice");
    }

    #[test]
    fn nothing_secret_is_told_but_that_it_is_there() {
        let mut config = defaults();
        const SECRET: &str = "nobody-may-read-this";
        config.server.metrics_token = SECRET.into();
        config.storage.access_key = SECRET.into();
        config.storage.secret_key = SECRET.into();
        config.mail.smtp_password = SECRET.into();
        config.oidc.client_secret = SECRET.into();
        config.database.url = format!("postgres://pool:{SECRET}@db.example/pool");
        let told = config.in_force();
        assert!(!format!("{told:?}").contains(SECRET), "{told:?}");
        assert_eq!(told.iter().filter(|setting| setting.secret == Some(true)).count(), 5);
        let database = told.iter().find(|setting| setting.key == "database.url").expect("the database");
        assert_eq!(database.value, "postgres://db.example/pool");
        assert!(defaults().in_force().iter().all(|setting| setting.secret != Some(true)), "none is set");
    }

    #[test]
    fn an_address_that_cannot_be_taken_apart_tells_no_part_of_a_password() {
        for (url, told) in [
            ("sqlite:///srv/yuanchi.db", "sqlite:///srv/yuanchi.db"),
            ("postgres://db.example:5432/pool", "postgres://db.example:5432/pool"),
            ("postgres://u:secret@db.example/pool?password=secret", "postgres://db.example/pool"),
            ("postgres://u:sec@ret@db.example/pool", "postgres://…"),
            ("postgres://u:sec?ret@db.example/pool", "postgres://…"),
            ("postgres://db.example/pool?password=sec@ret", "postgres://…"),
            ("nonsense", ""),
        ] {
            assert_eq!(without_credentials(url), told, "{url}");
        }
    }

    #[test]
    fn what_a_file_sets_is_told_with_the_file() {
        let file = std::env::temp_dir().join(format!("yuanchi-settings-{}.toml", std::process::id()));
        let text = "[office]\nname = \"某处\"\n[limits]\nobjection = { attempts = 7, minutes = 60 }\n";
        std::fs::write(&file, text).expect("written");
        let config = Config::load(Some(&file));
        std::fs::remove_file(&file).expect("removed");
        let told = config.expect("the settings").in_force();
        let of = |key: &str| {
            let found = told.iter().find(|setting| setting.key == key).expect("a setting");
            (found.value.clone(), found.origin.clone())
        };
        for (key, value) in [("office.name", "某处"), ("limits.objection", "7 / 60 min")] {
            let (told, origin) = of(key);
            assert_eq!(told, value);
            assert!(matches!(&origin, Origin::File(name) if name.contains("yuanchi-settings-")), "{key}: {origin:?}");
        }
        assert_eq!(of("office.phone").1, Origin::Default);
    }

    #[test]
    fn what_the_command_sets_is_no_default_of_the_service() {
        let own = "[server]\ndemonstration = true\n[data]\ndir = \"demo-data\"\n";
        let mut config = Config::load_over(own, None).expect("the settings");
        config.set_by_command("logs.filter");
        let told = config.in_force();
        let of = |key: &str| told.iter().find(|setting| setting.key == key).map(|setting| setting.origin.clone());
        for key in ["server.demonstration", "data.dir", "logs.filter"] {
            assert_eq!(of(key), Some(Origin::Command), "{key}");
        }
        assert_eq!(of("server.port"), Some(Origin::Default));
    }

    #[test]
    fn what_does_for_a_first_look_only_is_said_until_it_is_set() {
        let mut config = defaults();
        let all = [Remark::Links, Remark::Database, Remark::Mail, Remark::Sender, Remark::SecondFactor, Remark::Office];
        assert_eq!(config.not_for_production(), all);
        let keys: Vec<&str> = config.in_force().iter().map(|setting| setting.key).collect();
        for remark in all {
            assert!(keys.contains(&remark.key()), "{remark:?} is about a setting");
        }
        config.server.base_url = "https://pool.example".into();
        config.database.url = "postgres://db.example/pool".into();
        config.mail.transport = MailKind::Smtp;
        config.mail.from = "源池 <pool@example.cn>".into();
        config.accounts.second_factor = SecondFactor::Officers;
        config.office.name = "数字产业处".into();
        assert_eq!(config.not_for_production(), [Remark::Office], "nobody can be called");
        config.office.phone = "020-00000000".into();
        assert!(config.not_for_production().is_empty());
    }
}
