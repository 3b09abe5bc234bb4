//! Settings that cannot work say which and what to do.

use super::{Config, StorageConfig, StorageKind};

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

#[test]
fn the_secret_key_is_never_shown() {
    let shown = format!("{:?}", bucket(|_| ()));
    assert!(shown.contains("yuanchi-documents") && !shown.contains(SECRET), "{shown}");
}
