//! What programs follow: Atom feeds, calendars of deadlines, maps of the site.

mod atom;
mod calendars;
mod ical;
mod sitemap;
mod xml;

use super::prepared::NOTHING;
use super::routes::Routes;

/// Adds these addresses. They stand before those with `{id}`, which would take them.
pub fn routes(routes: &mut Routes) {
    routes.prepared("/calls/feed.atom", &NOTHING, atom::calls);
    routes.prepared("/notices/feed.atom", &NOTHING, atom::notices);
    routes.prepared("/lists/feed.atom", &NOTHING, atom::lists);
    routes.prepared("/calls/calendar.ics", &NOTHING, calendars::all);
    routes.prepared("/calls/{id}/deadlines.ics", &NOTHING, calendars::of_call);
    routes.prepared("/robots.txt", &NOTHING, sitemap::robots);
    routes.prepared("/sitemap.xml", &NOTHING, sitemap::index);
    routes.prepared("/sitemaps/{part}", &NOTHING, sitemap::part);
}
