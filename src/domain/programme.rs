#![allow(missing_docs)]
use super::procedure::Station;
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Programme {
    pub key: String,
    pub stations: Vec<Station>,
    pub quota: Quota,
}
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Quota {}
impl Quota {
    pub fn for_bureau(&self, _: &str) -> Option<u32> {
        None
    }
}
impl Programme {
    pub fn parse(_: &str, _: &str) -> Result<Programme, Vec<String>> {
        Err(vec![])
    }
}
