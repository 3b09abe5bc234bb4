//! Where a request comes from, as far as that can be relied on.

use crate::domain::refusal::Refusal;
use actix_web::HttpRequest;
use actix_web::http::header::{HOST, ORIGIN, REFERER};
use std::net::{IpAddr, Ipv6Addr};

/// The header in which a proxy notes whom it asks for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The network that a request comes from: an IPv4 address, or the first half of an IPv6 address, for whoever has one has
/// all that share it. What a proxy says is believed of the proxies that the settings name, and of nobody else.
pub fn network_of(req: &HttpRequest, trusted: &[IpAddr]) -> String {
    let lines = req.headers().get_all(FORWARDED_FOR).filter_map(|value| value.to_str().ok());
    let noted: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    match req.peer_addr() {
        Some(peer) => name_of(client(peer.ip(), &noted, trusted)),
        None => String::new(),
    }
}

/// Refuses what another site's page fetches for itself, as a picture, in a frame or by a script: it comes from the
/// network of whoever reads that page, and would be counted against it. Whoever follows a link, types an address or
/// uses a program is let through (Fetch Metadata: a resource isolation policy; browsers that do not send it are not
/// known from programs).
///
/// # Errors
/// `fetched_from_elsewhere`.
pub fn must_be_visited(req: &HttpRequest) -> Result<(), Refusal> {
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    let from_here = header("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let is_visit = header("sec-fetch-mode") == Some("navigate") && header("sec-fetch-dest") == Some("document");
    if from_here || is_visit { Ok(()) } else { Err(Refusal::forbidden("fetched_from_elsewhere")) }
}

/// Refuses a change that a page of another site asks for (OWASP: Fetch Metadata first, origin or referrer where it is missing): it comes
/// with the cookies of whoever reads that page, or else from their network, and would be counted against it. A program sends
/// none of these headers and is let through.
///
/// # Errors
/// `form_from_elsewhere`.
pub fn must_be_sent_from_here(req: &HttpRequest) -> Result<(), Refusal> {
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    let from_here = match header("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match (header(ORIGIN.as_str()).or_else(|| header(REFERER.as_str())), header(HOST.as_str())) {
            (Some(sender), Some(host)) => {
                let address = sender.strip_prefix("https://").or_else(|| sender.strip_prefix("http://"));
                address.and_then(|address| address.split('/').next()) == Some(host)
            }
            // Old clients send none of them; of a form, its token decides.
            (None, _) => true,
            (Some(_), None) => false,
        },
    };
    if from_here { Ok(()) } else { Err(Refusal::forbidden("form_from_elsewhere")) }
}

/// The last address in the line of proxies that is not one of ours; each proxy adds the one who asked it at the end.
fn client(peer: IpAddr, noted: &[&str], trusted: &[IpAddr]) -> IpAddr {
    let mut last = peer.to_canonical();
    for text in noted.iter().rev() {
        if !trusted.contains(&last) {
            break;
        }
        let Ok(before) = text.parse::<IpAddr>() else { break };
        last = before.to_canonical();
    }
    last
}

fn name_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(peer: &str, noted: &[&str]) -> String {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        name_of(client(ip(peer), noted, &[ip("127.0.0.1"), ip("10.0.0.1")]))
    }

    #[test]
    fn c_58_only_named_proxies_are_believed() {
        assert_eq!(of("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(of("127.0.0.1", &["203.0.113.7"]), "203.0.113.7");
        // What the sender wrote stands before what the proxy adds, and is passed over.
        assert_eq!(of("127.0.0.1", &["198.51.100.1", "203.0.113.7"]), "203.0.113.7");
        assert_eq!(of("127.0.0.1", &["198.51.100.1", "203.0.113.7", "10.0.0.1"]), "203.0.113.7");
        assert_eq!(of("203.0.113.9", &["198.51.100.1"]), "203.0.113.9", "no proxy of ours");
        assert_eq!(of("127.0.0.1", &["unknown"]), "127.0.0.1");
        assert_eq!(of("::ffff:127.0.0.1", &["2001:db8:1:2:3::4"]), "2001:db8:1:2::/64");
    }
}
