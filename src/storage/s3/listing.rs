//! A page of a bucket's list: ListObjectsV2.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The page as the store writes it.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    #[serde(rename = "Contents", default)]
    pub(super) entries: Vec<Entry>,
    /// Always said. Whatever lacks it is no list: a gateway's page must not pass for an empty bucket.
    #[serde(rename = "IsTruncated")]
    truncated: bool,
    #[serde(rename = "NextContinuationToken")]
    next: Option<String>,
}

/// One object of it.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(rename = "Key")]
    pub(super) key: String,
    #[serde(rename = "Size")]
    pub(super) bytes: u64,
    #[serde(rename = "LastModified")]
    modified: DateTime<Utc>,
}

impl Entry {
    /// When it was stored.
    pub(super) fn stored_at(&self) -> SystemTime {
        self.modified.into()
    }
}

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// It is none; the message says where it stops being one.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        quick_xml::de::from_str(text).map_err(|error| format!("its list cannot be read: {error}"))
    }

    /// What to ask the next page with; none after the last one.
    ///
    /// # Errors
    /// There is said to be more, and not how to ask for it: a part of a list must not pass for the whole.
    pub(super) fn next(self) -> Result<Option<String>, String> {
        match (self.truncated, self.next) {
            (false, _) => Ok(None),
            (true, Some(token)) => Ok(Some(token)),
            (true, None) => Err("its list goes on and does not say how to ask for the rest".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_stores_write_it() {
        let text = r#"<?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Name>docs</Name><Prefix>p/</Prefix><KeyCount>2</KeyCount><MaxKeys>2</MaxKeys><IsTruncated>true</IsTruncated>
              <Contents><Key>p/a&amp;b</Key><LastModified>2026-03-02T01:00:00.000Z</LastModified>
                <ETag>"x"</ETag><Size>7</Size><StorageClass>STANDARD</StorageClass></Contents>
              <Contents><Key>p/c</Key><LastModified>2026-03-02T01:00:01Z</LastModified><Size>0</Size>
                <Owner><ID>1</ID></Owner></Contents>
              <CommonPrefixes><Prefix>p/x/</Prefix></CommonPrefixes>
              <NextContinuationToken>1+/=</NextContinuationToken>
            </ListBucketResult>"#;
        let page = Page::parse(text).expect("a page");
        let keys: Vec<(&str, u64)> = page.entries.iter().map(|entry| (entry.key.as_str(), entry.bytes)).collect();
        assert_eq!(keys, [("p/a&b", 7), ("p/c", 0)]);
        let at: DateTime<Utc> = page.entries[1].stored_at().into();
        assert_eq!(at.to_rfc3339(), "2026-03-02T01:00:01+00:00");
        assert_eq!(page.next(), Ok(Some("1+/=".to_string())));
    }

    #[test]
    fn an_empty_bucket_has_one_page_and_a_broken_page_is_none() {
        let page = Page::parse("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
        let page = page.expect("a page");
        assert!(page.entries.is_empty());
        assert_eq!(page.next(), Ok(None));
        let endless = Page::parse("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>");
        assert!(endless.expect("a page").next().is_err());
        for broken in [
            "",
            "<html><body>Bad Gateway</body></html>",
            "<ListBucketResult/>",
            "<ListBucketResult><Contents><Key>a</Key>",
        ] {
            assert!(Page::parse(broken).is_err(), "{broken:?}");
        }
    }
}
