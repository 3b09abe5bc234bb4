#![allow(missing_docs)]
use std::collections::BTreeMap;
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub path: String,
    pub code: String,
    pub args: BTreeMap<String, String>,
}
impl Problem {
    pub fn new(path: &str, code: &str) -> Self {
        Problem { path: path.into(), code: code.into(), args: BTreeMap::new() }
    }
}
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, Default)]
pub struct RawForm(pub BTreeMap<String, serde_json::Value>);
