//! What programs follow: Atom feeds, calendars of deadlines, maps of the site.

mod atom;
mod calendars;
mod ical;
mod sitemap;
mod xml;

use super::routes::{Access, Routes};

/// Adds these addresses. They stand before those with `{id}`, which would take them.
pub fn routes(routes: &mut Routes) {
    routes.get("/calls/feed.atom", Access::Public, atom::calls);
    routes.get("/notices/feed.atom", Access::Public, atom::notices);
    routes.get("/lists/feed.atom", Access::Public, atom::lists);
    routes.get("/calls/calendar.ics", Access::Public, calendars::all);
    routes.get("/calls/{id}/deadlines.ics", Access::Public, calendars::of_call);
    routes.get("/robots.txt", Access::Public, sitemap::robots);
    routes.get("/sitemap.xml", Access::Public, sitemap::index);
    routes.get("/sitemaps/{part}", Access::Public, sitemap::part);
}
