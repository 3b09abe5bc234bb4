//! How long sessions and tokens last.

use anyhow::ensure;
use serde::Deserialize;

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
    /// Minutes after which the session of a program of an officer, expert, administrator or auditor ends unless its refresh token is
    /// used. In any case it ends when one in a browser would.
    pub program_idle_minutes: i64,
    /// Hours after which that of a vendor's program does.
    pub vendor_program_idle_hours: i64,
    /// Days after which that of a vendor's program ends in any case.
    pub vendor_program_days: i64,
}

impl SessionConfig {
    /// Officers' sessions end no later than anybody's: they open more.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let minutes = [
            ("idle_minutes", self.idle_minutes, 1_440),
            ("officer_idle_minutes", self.officer_idle_minutes, 1_440),
            ("absolute_hours", self.absolute_hours, 168),
            ("officer_absolute_hours", self.officer_absolute_hours, 168),
            ("access_token_minutes", self.access_token_minutes, 60),
            ("program_idle_minutes", self.program_idle_minutes, 1_440),
            ("vendor_program_idle_hours", self.vendor_program_idle_hours, 720),
            ("vendor_program_days", self.vendor_program_days, 30),
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
        ensure!(
            self.access_token_minutes <= self.program_idle_minutes
                && self.program_idle_minutes <= self.vendor_program_idle_hours * 60,
            "sessions.program_idle_minutes = {}: write no less than access_token_minutes, or a program that is at work is put out, and \
             no more than vendor_program_idle_hours",
            self.program_idle_minutes
        );
        Ok(())
    }
}
