//! What stands in the world beside the application: letters, messages, filters, sessions, grants and acts on many, each of
//! somebody, so that an answer to anybody else would be another than that there is nothing.

use super::world::NOTHING;
use crate::procedure_api::scene::{OURS, Scene};
use crate::support::Client;
use yuanchi::db::accounts;
use yuanchi::domain::ids::{AccountId, ApplicationId, CallId};

/// What an id of an address may be, by the part before it: what it is, and its text.
pub type Ids = Vec<(&'static str, Vec<(&'static str, String)>)>;

/// An id that nothing else has.
pub fn id(last: &str) -> String {
    format!("{}{last}", &NOTHING[..NOTHING.len() - last.len()])
}

/// Stands them there, past the program: what they are, and what the arranging of a state takes away of them.
///
/// `another` is a second call, and `spare` an account that nobody uses.
pub fn stand(scene: &Scene, file: ApplicationId, another: CallId, spare: AccountId) -> (Ids, String) {
    let test = &scene.test;
    let person = |name: &str| {
        let found = scene.people.iter().find(|(known, ..)| *known == name);
        found.unwrap_or_else(|| panic!("{name} is in the scene")).1.id
    };
    let (own, member, handler) = (person("own-admin"), person("own-member"), person("a-handler"));
    let (bureau, approver, call) = (person("own-bureau"), person("approver"), scene.call);
    let [moved, accepted, imported, reminded, filter, of_bureau, of_department, message, given_up, ended, search] =
        ["b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9", "ba", "bb"].map(id);
    let [sheet, of_another] = ["bc", "bd"].map(id);
    let session = "f".repeat(64);
    let then = "'2026-03-01 00:00:00'";
    let line =
        format!("{{\"application\":\"{file}\",\"number\":\"2026-FP-0002\",\"organisation\":\"乙公司\",\"rank\":null}}");
    let as_it_was = |from: &str, to: &str| {
        format!(
            "{{\"application\":\"{file}\",\"number\":\"2026-FP-0002\",\"organisation\":\"乙公司\",\
             \"state\":\"{from}\",\"left_in\":\"{to}\",\"version\":1}}"
        )
    };
    test.tamper(&format!(
        "INSERT INTO change_sets (id, kind, call_id, status, summary, before, applied_by, applied_at)
         VALUES ('{moved}', 'recommendation', '{call}', 'applied',
                 '{{\"bureau\":\"{OURS}\",\"digest\":\"\",\"files\":[{line}],\"left_out\":[]}}',
                 '{{\"bureau\":\"{OURS}\",\"files\":[{}]}}', '{bureau}', {then});
         INSERT INTO change_sets (id, kind, call_id, status, summary, before, applied_by, applied_at)
         VALUES ('{accepted}', 'screening', '{call}', 'applied',
                 '{{\"bureau\":\"\",\"digest\":\"\",\"files\":[{line}],\"left_out\":[]}}',
                 '{{\"bureau\":null,\"files\":[{}]}}', '{handler}', {then});
         INSERT INTO change_sets (id, kind, call_id, status, summary, before, applied_by, applied_at)
         VALUES ('{imported}', 'expert_import', NULL, 'applied',
                 '{{\"added\":0,\"updated\":0,\"unchanged\":1,\"added_names\":[],\"updated_names\":[]}}',
                 '{{\"newcomers\":[],\"changed\":[]}}', '{handler}', {then});
         INSERT INTO change_sets (id, kind, call_id, status, summary, before, applied_by, applied_at)
         VALUES ('{reminded}', 'reminders', '{call}', 'applied', '{{\"count\":0,\"letters\":[]}}', '{{\"letters\":[]}}',
                 '{handler}', {then})",
        as_it_was("submitted", "recommended"),
        as_it_was("recommended", "in_review"),
    ));
    test.tamper(&format!(
        "INSERT INTO saved_filters (id, account_id, name, search, longest_first, created_at)
         VALUES ('{filter}', '{own}', '我的筛选', 'YC2026', FALSE, {then});
         INSERT INTO mail_batches (id, act, subject, title, letters, note, held_until, created_by, created_at, bureau)
         VALUES ('{of_bureau}', 'files_recommended', '{call}', '2026 年特色型平台申报', 1, '', '2026-03-05 00:00:00',
                 '{bureau}', {then}, '{OURS}');
         INSERT INTO mail_batches (id, act, subject, title, letters, note, held_until, created_by, created_at)
         VALUES ('{of_department}', 'call_extended', '{call}', '2026 年特色型平台申报', 1, '', '2026-03-05 00:00:00',
                 '{approver}', {then});
         INSERT INTO mails (id, message_id, account_id, to_address, template, subject, body, created_at,
                            next_attempt_at, attempts, sent_at)
         VALUES ('{message}', '{message}@scene', '{own}', 'own-admin@scene.example.org', 'account_new_program', '有新的登录',
                 '有程序以您的账号登录。', {then}, {then}, 1, {then});
         INSERT INTO mails (id, message_id, account_id, to_address, template, subject, body, created_at,
                            next_attempt_at, attempts, failed_at, last_error)
         VALUES ('{given_up}', '{given_up}@scene', '{own}', 'own-admin@scene.example.org', 'account_new_program',
                 '有新的登录', '有程序以您的账号登录。', {then}, {then}, 9, {then}, 'refused');
         INSERT INTO mails (id, message_id, account_id, to_address, template, subject, body, created_at,
                            next_attempt_at, batch_id)
         VALUES ('{of_bureau}', '{of_bureau}@scene', '{own}', 'own-admin@scene.example.org', 'account_new_program',
                 '贵单位已获推荐', '已获推荐。', {then}, '2026-03-05 00:00:00', '{of_bureau}');
         INSERT INTO sessions (id, account_id, kind, user_agent, created_at, seen_at, expires_at)
         VALUES ('{session}', '{own}', 'browser', 'another', {then}, {then}, '2026-12-31 00:00:00');
         INSERT INTO grants (id, account_id, role, reason, granted_at, ends_on)
         VALUES ('{ended}', '{spare}', 'evaluator', 'test', '2026-01-01 00:00:00', '2026-01-31');
         INSERT INTO search_subscriptions (id, search, search_key, address_key, address, created_at, confirmed_at, seen_list)
         VALUES ('{search}', '{{}}', '{search}', '{search}', 'sealed:x', {then}, {then}, 99)"
    ));
    // A sheet that was returned leaves every file where it is.
    let sheets = [(&sheet, call), (&of_another, another)].map(|(sheet, call)| {
        format!(
            "INSERT INTO decisions (id, call_id, status, grounds, proposed_by, proposed_at, decided_by, decided_at, return_reason)
             VALUES ('{sheet}', '{call}', 'returned', '择优', '{handler}', {then}, '{approver}', {then}, '有误');"
        )
    });
    let of_member = test.read(|tx| Ok(accounts::grants_of(tx.db, member)?));
    let of_member = of_member.first().expect("a role").id.to_string();
    let (hash, name) = asset(&mut test.visitor());
    let keys = test.visitor().json("/.well-known/yuanchi-keys.json");
    let key = keys["keys"][0]["id"].as_str().expect("a key").to_string();
    let one = |text: String| vec![("", text)];
    let ids = vec![
        ("batches", vec![("bureau", moved), ("screening", accepted.clone())]),
        ("changes", vec![("", reminded), ("another", accepted.clone())]),
        ("imports", vec![("", imported), ("another", accepted)]),
        ("filters", one(filter)),
        ("letters", vec![("bureau", of_bureau), ("department", of_department)]),
        ("messages", one(message)),
        ("mails", one(given_up)),
        ("sessions", one(session)),
        ("members", one(member.to_string())),
        ("grants", vec![("", ended), ("another", of_member)]),
        ("sheets", vec![("", sheet), ("another", of_another)]),
        // Whatever proves that somebody got its letters is wrong here.
        ("subscriptions", one(search)),
        ("assets", one(hash)),
        ("{hash}", one(name)),
        ("yuanchi-keys", one(key)),
    ];
    (ids, sheets.concat())
}

/// The address of one of the service's own files, in its two parts.
fn asset(visitor: &mut Client) -> (String, String) {
    let page = visitor.get("/").text();
    let rest = page.split_once("/assets/").expect("a style sheet").1;
    let address = rest.split('"').next().expect("the end of the address");
    let (hash, name) = address.split_once('/').expect("two parts");
    (hash.to_string(), name.to_string())
}
