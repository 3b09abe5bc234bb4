//! From the review to the decision: the department's handler, the evaluator, experts and the approver.

use crate::driver::Browser;
use crate::filing::{PROGRAMME, is_saved};
use crate::looks::Eye;
use crate::world::{PAYLOAD, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yuanchi::db;
use yuanchi::domain::ids::{ApplicationId, AssignmentId, CallId, ExpertId};
use yuanchi::domain::scope::Scope;
use yuanchi::domain::status::AssignmentStatus;

/// Experts who score each file.
const SCORERS: usize = 3;
/// The address of the evaluator, as the demonstration employs them.
const EVALUATOR: &str = "evaluator@demo.example";

/// The handler makes up the panels of the open call and opens its review.
pub fn open_review(world: &World, eye: &Eye, id: &str) {
    let browser = world.signed_in(&world.cast.handler.email, true);
    browser.open("/reviews");
    eye.look(&browser, "handler-reviews");
    let call = call_of(world, id);
    assert_eq!(world.test.read(|tx| Ok(db::calls::find(tx.db, call)?.programme_key)), PROGRAMME);
    browser.open(&format!("/reviews/{call}"));
    eye.look(&browser, "handler-review-plan");
    for (step, done) in [("/plan", "preview"), ("/preparation", "prepared"), ("/opening", "opened")] {
        browser.press(&format!("form[action$='{step}'] .primary"));
        eye.look(&browser, &format!("handler-review-{done}"));
    }
    browser.shows("评审中");
}

fn call_of(world: &World, id: &str) -> CallId {
    let application = ApplicationId::from_text(id).expect("an id");
    world.test.read(|tx| Ok(db::applications::find(tx.db, &Scope::everything(), application)?.call_id))
}

/// Experts of the panel declare, and score the file, one after the other; the evaluator looks on.
pub fn score(world: &World, eye: &Eye, scripts: bool, id: &str) {
    let (call, application) = (call_of(world, id), ApplicationId::from_text(id).expect("an id"));
    let charged = world.test.read(|tx| {
        let session = db::reviews::session_of_call(tx.db, call)?.ok_or(yuanchi::error::Error::NotFound)?;
        let is_wanted =
            |a: &db::reviews::Assignment| a.application_id == application && a.status == AssignmentStatus::Awaiting;
        let mut charged = Vec::new();
        for one in db::reviews::assignments_of(tx.db, session.id)?.into_iter().filter(is_wanted).take(SCORERS) {
            charged.push((one.id, db::experts::find(tx.db, one.expert_id)?.email));
        }
        Ok(charged)
    });
    assert_eq!(charged.len(), SCORERS, "experts of {id}");
    for (assignment, email) in charged {
        score_as(world, eye, scripts, assignment, &email);
    }
    let evaluator = world.signed_in(EVALUATOR, scripts);
    evaluator.open(&format!("/reviews/{call}"));
    evaluator.shows("评审中");
    eye.look(&evaluator, "evaluator-review");
}

/// One expert declares, fills in the sheet and submits it.
fn score_as(world: &World, eye: &Eye, scripts: bool, assignment: AssignmentId, email: &str) {
    let browser = world.signed_in(email, scripts);
    browser.open("/assignments");
    eye.look(&browser, "expert-assignments");
    browser.press(&format!("main a[href='/assignments/{assignment}']"));
    browser.shows("利益冲突");
    eye.look(&browser, "expert-declaration");
    browser.press("[name=conflict][value=no]");
    browser.press("form[action$='/declaration'] .primary");
    browser.one("#sheet");
    is_at_hand(&browser);
    fill_in_sheet(&browser);
    if scripts {
        is_saved(&browser, "#sheet");
        assert_eq!(browser.script("return document.querySelector('[data-score-total]').textContent", &[]), "100.00");
        browser.open(&format!("/assignments/{assignment}"));
    }
    eye.look(&browser, "expert-sheet");
    browser.press("#sheet .form-actions .primary");
    browser.arrives("/assignments");
    browser.open(&format!("/assignments/{assignment}"));
    browser.shows("100.00");
    eye.look(&browser, "expert-sheet-submitted");
}

/// On a telephone the sheet is there at once, and the way to the file and back stays in sight; where there is room for both, the file
/// stands to the left.
#[track_caller]
fn is_at_hand(browser: &Browser) {
    let boxes = "const [sheet, file, tabs] = ['.sheet-side', '.file-side', '.sheet-tabs']
        .map((css) => document.querySelector(css).getBoundingClientRect());";
    let beside = "return file.right <= sheet.left && Math.abs(file.top - sheet.top) < 2 && tabs.height === 0;";
    assert!(browser.found(&format!("{boxes}{beside}"), &[]), "{} does not stand side by side", browser.path());
    browser.size(375, 800);
    let below = "return sheet.bottom <= file.top && tabs.height > 0 && tabs.bottom <= sheet.top
        && document.querySelector('#sheet [data-points]').getBoundingClientRect().top < 2 * innerHeight;";
    assert!(browser.found(&format!("{boxes}{below}"), &[]), "{} hides the sheet behind the file", browser.path());
    for title in ["documents-title", "file-title", "sheet-title"] {
        browser.press(&format!(".sheet-tabs a[href='#{title}']"));
        // Its heading is in sight, and nothing lies over it.
        let there = "const title = document.getElementById(arguments[0]).getBoundingClientRect();
            return tabs.top >= 0 && tabs.bottom <= title.top && title.bottom <= innerHeight;";
        browser.until(title, |browser| browser.found(&format!("{boxes}{there}"), &[json!(title)]));
    }
    browser.tool("Emulation.clearDeviceMetricsOverride", &json!({}));
}

/// The items of the sheet that is open: the names of their controls, and the most that each can earn.
fn items_of(browser: &Browser) -> Vec<(String, String)> {
    let source =
        "return [...document.querySelectorAll('#sheet [data-points]')].map((i) => [i.name, i.dataset.maxPoints])";
    let items = browser.script(source, &[]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let items: Vec<(String, String)> =
        items.as_array().into_iter().flatten().map(|item| (text(&item[0]), text(&item[1]))).collect();
    assert!(items.len() > 3, "{}", browser.words());
    items
}

/// Half a point short of full marks: nothing of it asks for a remark.
pub fn short_of_full(browser: &Browser) -> Vec<(String, String)> {
    let short = |most: &str| {
        let whole: u32 = most.split('.').next().and_then(|whole| whole.parse().ok()).expect("a number of points");
        format!("{}.5", whole - 1)
    };
    items_of(browser).into_iter().map(|(name, most)| (name, short(&most))).collect()
}

/// Who scores what in a call: the expert with the most files, and all of them.
pub fn busiest(world: &World, call: CallId) -> (String, Vec<AssignmentId>) {
    world.test.read(|tx| {
        let session = db::reviews::session_of_call(tx.db, call)?.ok_or(yuanchi::error::Error::NotFound)?;
        let mut charged: BTreeMap<ExpertId, Vec<AssignmentId>> = BTreeMap::new();
        for one in db::reviews::assignments_of(tx.db, session.id)? {
            charged.entry(one.expert_id).or_default().push(one.id);
        }
        let most = charged.into_iter().max_by_key(|(_, own)| own.len()).ok_or(yuanchi::error::Error::NotFound)?;
        Ok((db::experts::find(tx.db, most.0)?.email, most.1))
    })
}

/// Full marks, with a remark on each.
fn fill_in_sheet(browser: &Browser) {
    for (name, most) in items_of(browser) {
        browser.fill(&name, &most);
        browser.fill(&name.replacen("items.", "comments.", 1), "依据佐证材料评分。");
    }
    let opinion = browser.one("#sheet [name=opinion]");
    browser.put(&opinion, &format!("应用成效较好。{PAYLOAD}"));
}

/// The handler proposes and the approver approves. Of the batch that was proposed already, the approver sends the
/// proposal back first.
pub fn decide(world: &World, eye: &Eye, scripts: bool) {
    let batch = if scripts { "（第三批）" } else { "（第四批）" };
    let handler = world.signed_in(&world.cast.handler.email, scripts);
    let approver = world.signed_in(&world.cast.approver.email, scripts);
    approver.open("/decisions");
    eye.look(&approver, "approver-decisions");
    approver.follow(batch);
    let page = approver.path();
    if !scripts {
        approver.press("details.confirm summary");
        let reason = approver.one("form[action$='/return'] [name=reason]");
        approver.put(&reason, "请补充说明理由。");
        approver.press("form[action$='/return'] button");
        approver.shows("请补充说明理由。");
        eye.look(&approver, "approver-returned");
    }

    handler.open(&page);
    eye.look(&handler, "handler-decision");
    handler.one("#f-entries select");
    for outcome in handler.all("#f-entries select") {
        handler.put(&outcome, "selected");
    }
    handler.fill("grounds", &format!("依据专家评审结果，按得分排序提出。{PAYLOAD}"));
    handler.press("#f-entries .form-actions .primary");
    handler.arrives("/preview");
    eye.look(&handler, "handler-decision-preview");
    handler.press(&format!("form[action='{page}'] .primary"));
    handler.until("proposal", |browser| browser.path() == page);
    // Who proposes does not approve.
    assert_eq!(handler.count("form[action$='/approval']"), 0);
    // Nor does who looks on.
    let evaluator = world.signed_in(EVALUATOR, scripts);
    evaluator.open(&page);
    evaluator.shows("审定意见");
    assert_eq!(evaluator.count("form[action$='/approval']"), 0);

    approver.open(&page);
    eye.look(&approver, "approver-decision");
    approver.press("form[action$='/approval'] .primary");
    approver.shows("审定意见已批准");
    eye.look(&approver, "approver-approved");
}
