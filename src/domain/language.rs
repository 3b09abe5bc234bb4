//! The languages of pages and mail: which there are, which one a reader is answered in, and how each of them writes
//! what is put together from parts: lists, brackets, dates and large numbers. Sentences are in the locale files;
//! nothing else knows a language by its tag.

use super::text::text_enum;
use std::borrow::Cow;

text_enum!(
    /// A language of pages and mail, by its tag (BCP 47).
    #[derive(Default)]
    Language {
        /// Simplified Chinese, in which everything is written first and every official text stays; the language of
        /// whoever says nothing of theirs.
        #[default]
        ZhCn = "zh-CN",
        /// Traditional Chinese, for readers of Taiwan, Hong Kong and Macao.
        ZhTw = "zh-TW",
        /// English.
        En = "en",
    }
);

/// How a language sets what it puts together from parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Punctuation {
    /// Between the parts of a list.
    pub list: &'static str,
    /// Between clauses that hang together.
    pub comma: &'static str,
    /// Between clauses that stand for themselves.
    pub semicolon: &'static str,
    /// Between a name and what it is.
    pub colon: &'static str,
    /// Between sentences.
    pub stop: &'static str,
    /// Before an addition in brackets, with the blank that the language wants.
    pub open: &'static str,
    /// After it.
    pub close: &'static str,
}

const CHINESE: Punctuation =
    Punctuation { list: "、", comma: "，", semicolon: "；", colon: "：", stop: "。", open: "（", close: "）" };
const WESTERN: Punctuation =
    Punctuation { list: ", ", comma: ", ", semicolon: "; ", colon: ": ", stop: ". ", open: " (", close: ")" };

/// Months as English dates name them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Language {
    /// What it calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::ZhCn => "简体中文",
            Language::ZhTw => "繁體中文",
            Language::En => "English",
        }
    }

    /// The language of a tag that was kept or typed here; the usual one for a tag that is none of ours.
    pub fn of_tag(tag: &str) -> Language {
        Language::from_text(tag).unwrap_or_default()
    }

    /// The language that serves readers of a language range (RFC 4647): a Chinese one by its script or, without one,
    /// by its region. None for a language that we do not speak.
    pub fn of_range(range: &str) -> Option<Language> {
        let mut parts = range.trim().split(['-', '_']);
        let is = |part: &str, wanted: &[&str]| wanted.iter().any(|one| part.eq_ignore_ascii_case(one));
        let first = parts.next()?;
        if is(first, &["en"]) {
            return Some(Language::En);
        }
        if !is(first, &["zh"]) {
            return None;
        }
        let rest: Vec<&str> = parts.collect();
        let has = |wanted: &[&str]| rest.iter().any(|part| is(part, wanted));
        let traditional = has(&["hant"]) || (!has(&["hans"]) && has(&["tw", "hk", "mo"]));
        Some(if traditional { Language::ZhTw } else { Language::ZhCn })
    }

    /// The language of ours that the lines of an `Accept-Language` (RFC 9110, 12.5.4) like best, the first of several
    /// that they like as much; none when they name none of ours.
    pub fn preferred<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Language> {
        let mut best: Option<(u16, Language)> = None;
        for item in lines.flat_map(|line| line.split(',')) {
            let mut parts = item.split(';').map(str::trim);
            let Some(language) = parts.next().and_then(Language::of_range) else { continue };
            let weight = parts.find_map(quality_of).unwrap_or(1000);
            if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// How it sets what is put together from parts.
    pub const fn punctuation(self) -> Punctuation {
        match self {
            Language::ZhCn | Language::ZhTw => CHINESE,
            Language::En => WESTERN,
        }
    }

    /// The parts as a list.
    pub fn list<T: AsRef<str>>(self, parts: &[T]) -> String {
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        parts.join(self.punctuation().list)
    }

    /// A text with an addition in brackets.
    pub fn with_addition(self, text: &str, addition: &str) -> String {
        let marks = self.punctuation();
        format!("{text}{}{addition}{}", marks.open, marks.close)
    }

    /// The title of a document among other words.
    pub fn quoted_title(self, title: &str) -> String {
        match self {
            Language::ZhCn | Language::ZhTw => format!("《{title}》"),
            Language::En => format!("“{title}”"),
        }
    }

    /// A date or an instant that [`super::calendar`] wrote, as this language writes it: `27 Nov 2026, 17:30`. Any
    /// other text is left as it is.
    pub fn dated(self, text: &str) -> Cow<'_, str> {
        match (self, parts_of_date(text)) {
            (Language::En, Some((year, month, day, ""))) => Cow::Owned(format!("{day} {month} {year}")),
            (Language::En, Some((year, month, day, time))) => Cow::Owned(format!("{day} {month} {year}, {time}")),
            _ => Cow::Borrowed(text),
        }
    }

    /// A sum of money where the language has a way of its own to write it: `CNY 5 million`, exact to the fen. None
    /// where it is written in the unit in which it was asked for, 元 or 万元.
    pub fn money(self, fen: i64) -> Option<String> {
        if self != Language::En {
            return None;
        }
        let (sign, size) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
        let (yuan, rest) = (size / 100, size % 100);
        if yuan >= 1_000_000 && yuan.is_multiple_of(10_000) && rest == 0 {
            let (millions, hundredths) = (yuan / 1_000_000, yuan % 1_000_000 / 10_000);
            let amount = format!("{millions}.{hundredths:02}");
            let amount = amount.trim_end_matches('0').trim_end_matches('.');
            return Some(format!("CNY {sign}{} million", self.grouped(amount)));
        }
        let amount = if rest == 0 { yuan.to_string() } else { format!("{yuan}.{rest:02}") };
        Some(format!("CNY {sign}{}", self.grouped(&amount)))
    }

    /// A number as it is written for a form, with its thousands set apart where the language does that.
    pub fn grouped(self, number: &str) -> Cow<'_, str> {
        if self != Language::En {
            return Cow::Borrowed(number);
        }
        let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
        let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() < 4 || !digits(whole) || fraction.is_some_and(|fraction| !digits(fraction)) {
            return Cow::Borrowed(number);
        }
        let mut text = sign.to_string();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push('.');
            text.push_str(fraction);
        }
        Cow::Owned(text)
    }
}

/// A weight (`q=0.8`) in thousandths; none for another parameter.
fn quality_of(parameter: &str) -> Option<u16> {
    parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q=")).map(quality)
}

/// A weight in thousandths (RFC 9110, 12.4.2); what cannot be read counts as 0.
pub fn quality(text: &str) -> u16 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let right = rest.len() <= 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "1" if right && rest.bytes().all(|byte| byte == b'0') => 1000,
        "0" if right => rest.bytes().chain(*b"000").take(3).fold(0, |sum, byte| sum * 10 + u16::from(byte - b'0')),
        _ => 0,
    }
}

/// Year, month, day and time of a text that is a date of [`super::calendar`] and nothing else; the time may be missing.
fn parts_of_date(text: &str) -> Option<(&str, &'static str, &str, &str)> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, rest) = rest.split_once('日')?;
    let number = |part: &str, most: usize| {
        let plain = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<usize>().ok()).flatten()
    };
    number(year, 4)?;
    number(day, 2).filter(|day| (1..=31).contains(day))?;
    let month = MONTHS.get(number(month, 2)?.checked_sub(1)?).copied()?;
    let time = match rest {
        "" => "",
        rest => {
            let time = rest.strip_prefix(' ')?;
            let parts: Vec<&str> = time.split(':').collect();
            let two = |part: &&str| part.len() == 2 && number(part, 2).is_some();
            // To the minute, or to the second as a receipt has it.
            ((2..=3).contains(&parts.len()) && parts.iter().all(two)).then_some(time)?
        }
    };
    Some((year, month, day, time))
}

#[cfg(test)]
mod tests {
    use super::super::calendar::{local_date_text, local_datetime_text, local_deadline_text, local_second_text};
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    #[test]
    fn a_chinese_reader_gets_the_script_and_else_the_regions() {
        for (range, language) in [
            ("zh", Some(Language::ZhCn)),
            ("zh-CN", Some(Language::ZhCn)),
            ("zh-SG", Some(Language::ZhCn)),
            ("ZH-hans-HK", Some(Language::ZhCn)),
            ("zh-Hant", Some(Language::ZhTw)),
            ("zh-Hant-CN", Some(Language::ZhTw)),
            ("zh-TW", Some(Language::ZhTw)),
            ("zh_HK", Some(Language::ZhTw)),
            ("zh-mo", Some(Language::ZhTw)),
            ("en", Some(Language::En)),
            ("en-GB", Some(Language::En)),
            ("eng", None),
            ("fr", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(Language::of_range(range), language, "{range}");
        }
    }

    #[test]
    fn the_weights_decide_and_then_the_order() {
        for (lines, language) in [
            (vec!["en-US,en;q=0.9,zh-CN;q=0.8"], Some(Language::En)),
            (vec!["fr, en;q=0.5, zh-TW;q=0.6"], Some(Language::ZhTw)),
            (vec!["zh-HK;q=0.9", "en;q=0.95"], Some(Language::En)),
            (vec!["en;q=0.7,zh;q=0.7"], Some(Language::En)),
            (vec!["en;q=0, zh-TW;q=0.001"], Some(Language::ZhTw)),
            (vec!["en;q=0"], None),
            (vec!["en;q=2, zh-TW;q=x"], None),
            (vec!["en ; q=0.3 , zh ; Q=0.4"], Some(Language::ZhCn)),
            (vec!["*"], None),
            (vec!["fr-FR,fr;q=0.9,*;q=0.5"], None),
            (vec![], None),
        ] {
            assert_eq!(Language::preferred(lines.iter().copied()), language, "{lines:?}");
        }
    }

    #[test]
    fn dates_are_written_by_language_and_nothing_else_is() {
        let instant = "2026-11-27T09:30:00".parse().expect("an instant");
        let midnight = "2026-05-06T16:00:00".parse().expect("an instant");
        for (text, english) in [
            (local_datetime_text(instant), "27 Nov 2026, 17:30"),
            (local_deadline_text(midnight), "6 May 2026, 24:00"),
            (local_second_text(instant), "27 Nov 2026, 17:30:00"),
            ("2026年5月6日".into(), "6 May 2026"),
        ] {
            assert_eq!(Language::En.dated(&text), english);
            assert_eq!(Language::ZhCn.dated(&text), text);
            assert_eq!(Language::ZhTw.dated(&text), text);
        }
        for text in [
            "",
            "2026年",
            "2026年13月1日",
            "2026年1月32日",
            "2026年1月1日起",
            "2026年1月1日 9:30",
            "x年1月1日",
            "2026年1月1日 09:30:",
        ] {
            assert_eq!(Language::En.dated(text), text);
        }
    }

    #[test]
    fn thousands_are_set_apart_in_english_alone() {
        for (number, english) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1234567", "-1,234,567"),
            ("1234.50", "1,234.50"),
            ("12,345", "12,345"),
            ("1234.", "1234."),
            ("a1234", "a1234"),
        ] {
            assert_eq!(Language::En.grouped(number), english);
            assert_eq!(Language::ZhTw.grouped(number), number);
        }
    }

    #[test]
    fn money_is_written_out_in_english_and_nothing_is_lost() {
        for (fen, english) in [
            (500_000_000, "CNY 5 million"),
            (525_000_000, "CNY 5.25 million"),
            (1_050_000_000, "CNY 10.5 million"),
            (123_456_000_000, "CNY 1,234.56 million"),
            (100_000_000, "CNY 1 million"),
            (99_999_900, "CNY 999,999"),
            (500_100_000, "CNY 5,001,000"),
            (123_450, "CNY 1,234.50"),
            (-10_000_000, "CNY -100,000"),
            (0, "CNY 0"),
        ] {
            assert_eq!(Language::En.money(fen).as_deref(), Some(english));
        }
        assert_eq!((Language::ZhCn.money(100), Language::ZhTw.money(100)), (None, None));
    }

    #[test]
    fn what_is_put_together_is_set_as_its_readers_set_it() {
        assert_eq!(Language::ZhCn.list(&["广州", "深圳"]), "广州、深圳");
        assert_eq!(Language::En.list(&["Guangzhou", "Shenzhen"]), "Guangzhou, Shenzhen");
        assert_eq!(Language::ZhTw.with_addition("甲", "乙"), "甲（乙）");
        assert_eq!(Language::En.with_addition("A", "B"), "A (B)");
        assert_eq!(Language::En.quoted_title("Measures"), "“Measures”");
        assert_eq!(Language::of_tag("de"), Language::ZhCn);
    }

    proptest! {
        #[test]
        fn no_header_and_no_text_stops_us(line in any::<String>()) {
            let _ = Language::preferred([line.as_str()].into_iter());
            let _ = (Language::En.dated(&line), Language::En.grouped(&line));
        }

        #[test]
        fn every_day_is_written_with_its_parts(days in 0i64..40_000) {
            let date = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day") + chrono::TimeDelta::days(days);
            let text = local_date_text(date);
            let english = Language::En.dated(&text).into_owned();
            prop_assert_eq!(english, date.format("%-d %b %Y").to_string());
        }
    }
}
