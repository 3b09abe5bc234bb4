//! The least that each form and each upload is read from: a body that cannot be read is answered before any object is
//! looked up, and would prove nothing of who reaches which.

use super::world::NOTHING;
use crate::applications::png;
use crate::support::client::File;
use crate::support::{Answer, Client};

/// A version that no object has: an act that gets as far is refused for it, and nothing depends on who was first.
const OF_NO_OBJECT: (&str, &str) = ("version", "9999");

/// Fields that every form may have; each reads those that are its own.
const OF_ALL: &[(&str, &str)] = &[
    OF_NO_OBJECT,
    ("reason", "与材料不符，请更正。"),
    ("return-reason", "与材料不符，请更正。"),
    ("cancel-reason", "不再组织申报。"),
    ("extend-reason", "平台停机，顺延一日。"),
    ("extend-closes_at", "2026-03-21T17:00"),
    ("extend-recommend_by", "2026-04-01T17:00"),
    ("year", "2026"),
    ("title", "公示"),
    ("body", "现予公示。"),
    ("opinion", "同意推荐。"),
    ("note", "请更正。"),
    ("text", "按评分细则评分。"),
    ("remark", "维持原分。"),
    ("question", "是否可以联合申报？"),
    ("answer-00000000-0000-7000-8000-0000000000a3", "可以。"),
    ("once", "once-within-the-walls"),
    ("name", "甲公司"),
    ("organisation", "丁公司"),
    ("basis", "申报通知第五条"),
    ("mend_by", "2026-03-20"),
    ("barred_until", "2027-03-20"),
    ("due_on", "2026-03-20"),
    ("due_at", "2026-03-20"),
    ("conclusion", "accepted"),
    ("conflict", "no"),
    ("changes", "no"),
    ("status", "suspended"),
    ("role", "auditor"),
    ("from", "1"),
    ("to", "1"),
    ("drawn", "1"),
    ("digest", "0"),
    ("phrase", "岭南春色满园关不住"),
    ("commitment", "yes"),
    ("application", NOTHING),
    ("applications", NOTHING),
    ("expert", NOTHING),
    ("tie", NOTHING),
    ("draw", NOTHING),
];

/// What is sent to a page; nothing to one that is about no object.
pub fn fields(path: &str) -> Vec<(&'static str, &'static str)> {
    if !path.contains('{') {
        return Vec::new();
    }
    // These take what they are sent for the answers of a form, or have no field beside their own.
    match path {
        "/applications/{id}/form" | "/assignments/{id}/sheet" => return vec![OF_NO_OBJECT],
        "/reviews/{call}/wishes/removal" => {
            return vec![OF_NO_OBJECT, ("application", NOTHING), ("expert", NOTHING)];
        }
        _ => {}
    }
    let own: &[(&str, &str)] = match path {
        "/applications/{id}/result" => &[("outcome", "recognised")],
        "/objections/{id}/outcome" => &[("outcome", "dismissed")],
        "/reviews/{call}/wishes" => &[("kind", "pin")],
        _ => &[("kind", "other")],
    };
    own.iter().chain(OF_ALL).copied().collect()
}

/// Sends a document where a page takes one.
pub fn upload_to_page(page: &mut Client, path: &str, address: &str) -> Option<Answer> {
    let field = match path {
        "/applications/{id}/documents" => "documents.licence",
        _ => return None,
    };
    Some(page.upload(address, &[], &File { field, name: "a.png", bytes: &png() }))
}

/// Sends bytes where an operation takes them.
pub fn upload_to_api(api: &mut Client, path: &str, address: &str) -> Option<Answer> {
    let query = match path {
        "/api/v1/applications/{id}/documents" => "kind=licence&name=a.png",
        "/api/v1/organisations/{id}/licence" => "name=a.png",
        _ => return None,
    };
    let headers = [("content-type", "application/octet-stream")];
    Some(api.send("POST", &format!("{address}?{query}"), &headers, png()))
}
