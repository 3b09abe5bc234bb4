//! iCalendar (RFC 5545): escaping, folding, and an event that is an instant.

use chrono::{NaiveDate, NaiveDateTime};

/// Octets of a line at most, without its end (section 3.1).
const LINE: usize = 75;

/// A deadline.
pub struct Deadline {
    /// Stays as long as the deadline, also when it is moved.
    pub uid: String,
    /// Goes up when it is changed.
    pub sequence: i32,
    /// When the entry was last written, UTC.
    pub stamp: NaiveDateTime,
    /// The instant, UTC.
    pub at: NaiveDateTime,
    /// The local day that it ends with, where it does: shown as that whole day, for midnight lies on the next one.
    pub day: Option<NaiveDate>,
    /// What ends or begins.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Where to read it.
    pub url: String,
}

/// A calendar of deadlines.
pub fn calendar(name: &str, deadlines: &[Deadline]) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| push_folded(&mut text, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Yuanchi//Deadlines//ZH");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escaped(name));
    for deadline in deadlines {
        line("BEGIN", "VEVENT");
        line("UID", &deadline.uid);
        line("SEQUENCE", &deadline.sequence.to_string());
        line("DTSTAMP", &utc(deadline.stamp));
        match deadline.day {
            Some(day) => {
                line("DTSTART;VALUE=DATE", &date(day));
                // The end is the day after, which is no longer inside (section 3.6.1).
                line("DTEND;VALUE=DATE", &date(day.succ_opt().unwrap_or(day)));
            }
            // Without an end it takes no time (section 3.6.1).
            None => line("DTSTART", &utc(deadline.at)),
        }
        line("SUMMARY", &escaped(&deadline.summary));
        line("DESCRIPTION", &escaped(&deadline.description));
        line("URL", &deadline.url);
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    text
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn utc(instant: NaiveDateTime) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

/// TEXT (section 3.3.11): what has a meaning gets a backslash, a line break becomes `\n`, other controls are left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => safe.extend(['\\', c]),
            '\n' | '\r' => safe.push_str("\\n"),
            '\t' => safe.push(' '),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Folds between characters, never within one.
fn push_folded(text: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(c);
        used += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with_summary(summary: &str) -> String {
        let at = NaiveDateTime::default();
        let deadline = Deadline {
            uid: "u".into(),
            sequence: 1,
            stamp: at,
            at,
            day: None,
            summary: summary.into(),
            description: String::new(),
            url: "http://pool.example/".into(),
        };
        calendar("名称", &[deadline])
    }

    proptest! {
        #[test]
        fn any_text_is_folded_and_comes_back(summary in "\\PC{0,200}(\n\\PC{0,80})?") {
            let text = with_summary(&summary);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE && !line.contains(['\r', '\n'])));
            let unfolded = text.replace("\r\n ", "");
            let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:")).unwrap_or_default();
            let mut back = String::new();
            let mut chars = line.chars();
            while let Some(c) = chars.next() {
                match c {
                    '\\' => match chars.next() {
                        Some('n') => back.push('\n'),
                        Some(other) => back.push(other),
                        None => prop_assert!(false, "a lone backslash"),
                    },
                    ';' | ',' => prop_assert!(false, "unescaped"),
                    c => back.push(c),
                }
            }
            prop_assert_eq!(back, summary);
        }
    }
}
