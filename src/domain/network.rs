//! Networks that requests come from, as they are counted.

use std::net::IpAddr;

/// Where a network lies: the first three numbers of an IPv4 address, the first three groups of an IPv6 address.
/// Anything else is a place of its own.
pub fn neighbourhood_of(network: &str) -> String {
    let address = network.split('/').next().unwrap_or_default();
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        Err(_) => network.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_of_one_neighbourhood() {
        assert_eq!(neighbourhood_of("203.0.113.7"), neighbourhood_of("203.0.113.250"));
        assert_ne!(neighbourhood_of("203.0.113.7"), neighbourhood_of("203.0.114.7"));
        assert_eq!(neighbourhood_of("2001:db8:1:2::/64"), "2001:db8:1::/48");
        assert_eq!(neighbourhood_of("2001:db8:1:ff::/64"), "2001:db8:1::/48");
        assert_eq!(neighbourhood_of(""), "");
    }
}
