//! What settings are refused, and what of them is shown.

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
    assert!(wrong(|storage| storage.bucket = "a/b".into()).starts_with("storage.bucket = \"a/b\": name the bucket"));
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
    assert!(wrong(|config| config.sessions.idle_minutes = 0).starts_with("sessions.idle_minutes = 0: write 1 to 1440"));
    assert!(wrong(|config| config.sessions.absolute_hours = 999).starts_with("sessions.absolute_hours = 999"));
    assert!(wrong(|config| config.sessions.access_token_minutes = 61).starts_with("sessions.access_token_minutes"));
    assert!(wrong(|config| config.sessions.officer_idle_minutes = 31).contains("officer_idle_minutes = 31"));
    assert!(wrong(|config| config.sessions.officer_absolute_hours = 13).contains("officer_absolute_hours = 13"));
    for short in [9, 2_000] {
        let mut config = Config::load(None).expect("the default settings");
        config.sessions.program_idle_minutes = short;
        let why = config.check().expect_err("it cannot be").to_string();
        assert!(why.starts_with(&format!("sessions.program_idle_minutes = {short}: write")), "{why}");
    }
    assert!(
        wrong(|config| config.sessions.vendor_program_idle_hours = 0).starts_with("sessions.vendor_program_idle_hours")
    );
    assert!(wrong(|config| config.sessions.vendor_program_days = 31).starts_with("sessions.vendor_program_days = 31"));
    assert!(wrong(|config| config.accounts.role_days = 0).starts_with("accounts.role_days = 0: write 1 to 3650"));
    let none = wrong(|config| config.accounts.password_history = 0);
    assert!(none.starts_with("accounts.password_history = 0: write 1 to 24"), "{none}");
    let short = wrong(|config| config.accounts.organisation_admin_days = 59);
    assert!(short.starts_with("accounts.organisation_admin_days = 59: write 60 to 3650"));
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
    for issuer in
        ["", "id.example", "http://id.example", "https://", "https://u:p@x", "https://x?y", "https://x#y", "ftp://x"]
    {
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
