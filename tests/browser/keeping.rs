//! The administrations and the auditor: an invitation, a role, and the record of both. The notice of what was decided.

use crate::driver::Browser;
use crate::looks::Eye;
use crate::world::World;

/// The address of whoever has this role.
fn player<'a>(world: &'a World, role: &str) -> &'a str {
    let found = world.cast.players.iter().find(|player| player.role == role);
    &found.unwrap_or_else(|| panic!("nobody is {role}")).email
}

/// The system administrator invites somebody, the security administrator gives a role, the auditor finds both.
pub fn invite_grant_and_audit(world: &World, eye: &Eye, scripts: bool) {
    let name = if scripts { "谭文静" } else { "邓国华" };
    let system = world.signed_in(player(world, "system_admin"), scripts);
    system.open("/accounts/new");
    eye.look(&system, "system-admin-invitation");
    system.fill("name", name);
    system.fill("email", if scripts { "keeper1@example.org" } else { "keeper2@example.org" });
    system.press("main form .primary");
    system.shows(name);
    eye.look(&system, "system-admin-account");
    system.open("/desk");
    system.one("main a[href='/accounts?only=invited']");
    eye.look(&system, "system-admin-desk");

    let security = world.signed_in(player(world, "security_admin"), scripts);
    security.open("/accounts");
    security.fill("q", name);
    security.press("form.filters button");
    security.until("answer", |browser| browser.path() == "/accounts/search");
    eye.look(&security, "security-admin-search");
    security.follow(name);
    security.one("form[action$='/grants']");
    let account = security.path();
    security.fill("role", "evaluator");
    let reason = security.one("form[action$='/grants'] [name=reason]");
    security.put(&reason, "承担本年度评价工作。");
    security.press("form[action$='/grants'] .primary");
    security.until("role", |browser| browser.count("form[action$='/revocation']") == 1);
    assert_eq!(security.path(), account);
    eye.look(&security, "security-admin-account");

    let auditor = world.signed_in(player(world, "auditor"), scripts);
    eye.look(&auditor, "auditor-desk");
    auditor.press("main a[href='/events']");
    auditor.fill("action", "account.role_granted");
    auditor.press("form.filters button");
    auditor.until("answer", |browser| browser.path() == "/events/search");
    eye.look(&auditor, "auditor-events");
    auditor.open(&account.replacen("/accounts/", "/events/account/", 1));
    chain_is_shown(&auditor);
    eye.look(&auditor, "auditor-chain");
}

/// The invitation and the role, one after the other.
fn chain_is_shown(auditor: &Browser) {
    assert!(auditor.count("main table tbody tr") >= 2, "{}", auditor.words());
    auditor.shows("承担本年度评价工作");
}

/// The handler puts what was approved on notice.
pub fn open_notice(world: &World, eye: &Eye, scripts: bool) {
    let batch = if scripts { "（第三批）" } else { "（第四批）" };
    let handler = world.signed_in(&world.cast.handler.email, scripts);
    handler.open("/notices");
    eye.look(&handler, "handler-notices");
    handler.follow(batch);
    handler.arrives("/notices/new");
    eye.look(&handler, "handler-notice-new");
    handler.press("main form .primary");
    handler.shows("公示已发布");
    eye.look(&handler, "handler-notice");
}
