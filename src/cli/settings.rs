//! `yuanchi settings`: what is in force, and what of it does for a first look only.

use crate::cli::out::say;
use crate::config::Config;
use serde_json::json;

/// Prints the settings: one a line, with tabs between key, value and where it was set; or as JSON.
pub fn run(config: &Config, as_json: bool) -> anyhow::Result<()> {
    let (settings, remarks) = (config.in_force(), config.not_for_production());
    if as_json {
        let settings: Vec<_> = settings
            .iter()
            .map(|setting| {
                let origin = setting.origin.as_text();
                match setting.secret {
                    None => json!({ "key": setting.key, "value": setting.value, "origin": origin }),
                    Some(is_set) => json!({ "key": setting.key, "secret": true, "is_set": is_set, "origin": origin }),
                }
            })
            .collect();
        let remarks: Vec<_> = remarks
            .iter()
            .map(|remark| json!({ "code": remark.as_text(), "key": remark.key(), "says": remark.said() }))
            .collect();
        say!("{}", serde_json::to_string_pretty(&json!({ "settings": settings, "not_for_production": remarks }))?);
        return Ok(());
    }
    for setting in &settings {
        let value = match setting.secret {
            None => setting.value.as_str(),
            Some(true) => "(set)",
            Some(false) => "",
        };
        say!("{}\t{value}\t{}", setting.key, setting.origin.as_text());
    }
    for remark in remarks {
        say!("# not set for production: {}: {}", remark.key(), remark.said());
    }
    Ok(())
}
