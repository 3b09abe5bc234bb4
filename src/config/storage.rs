//! Where documents live: a folder, or a bucket of an S3-compatible store.

use super::written::{is_plain, is_visible, words};
use anyhow::ensure;
use serde::Deserialize;

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
    pub(super) fn check(&self) -> anyhow::Result<()> {
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
