//! The encodings that a page is kept in, and which of them a visitor prefers (RFC 9110, 12.5.3).

use crate::domain::language::quality;
use std::io::Write;

/// How hard gzip tries for a page that is kept: it is compressed once and sent often.
pub const KEPT: u32 = 7;
/// The same for what is sent once, or is gone soon: two thirds of the gain for a fifth of the work.
pub const QUICK: u32 = 1;

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Smallest.
    Brotli,
    /// Known to everybody.
    Gzip,
    /// As it is.
    Identity,
}

impl Encoding {
    /// Its name in `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Brotli => "br",
            Encoding::Gzip => "gzip",
            Encoding::Identity => "identity",
        }
    }
}

/// What the visitor likes best of what there is, given the lines of `Accept-Encoding`: gzip, and brotli where there is
/// that too. Without a line, or when nothing suits, the body as it is.
pub fn best<'a>(lines: impl Iterator<Item = &'a str>, has_brotli: bool) -> Encoding {
    let (mut brotli, mut gzip, mut identity, mut other) = (None, None, None, None);
    for item in lines.flat_map(|line| line.split(',')) {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let given = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        let given = Some(given.map_or(1000, quality));
        if name.eq_ignore_ascii_case("br") {
            brotli = given;
        } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
            gzip = given;
        } else if name.eq_ignore_ascii_case("identity") {
            identity = given;
        } else if name == "*" {
            other = given;
        }
    }
    // What is not named weighs what `*` says; the body as it is suits everybody who does not refuse it, but least.
    let mut liked = (identity.or(other.filter(|weight| *weight == 0)).unwrap_or(1), Encoding::Identity);
    for (given, encoding) in [(gzip, Encoding::Gzip), (brotli, Encoding::Brotli)] {
        if encoding == Encoding::Brotli && !has_brotli {
            continue;
        }
        let weight = given.or(other).unwrap_or_default();
        if weight > 0 && weight >= liked.0 {
            liked = (weight, encoding);
        }
    }
    liked.1
}

/// The body in gzip, at a level from 1 to 9.
///
/// # Errors
/// None that a body in memory could cause.
pub fn gzip(body: &[u8], level: u32) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(body)?;
    encoder.finish()
}

/// The body in brotli, in a window of 256 KiB: a page is not larger, and a larger window takes memory.
///
/// # Errors
/// None that a body in memory could cause.
pub fn brotli(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let settings = brotli::enc::BrotliEncoderParams { quality: 7, lgwin: 18, ..Default::default() };
    let mut written = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut written, &settings)?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_visitor_chooses() {
        use Encoding::{Brotli, Gzip, Identity};
        for (line, chosen) in [
            ("", Identity),
            ("gzip, deflate, br, zstd", Brotli),
            ("gzip", Gzip),
            ("X-GZIP", Gzip),
            ("br;q=0, gzip", Gzip),
            ("br;q=0.5, gzip;q=0.6", Gzip),
            ("br;q=0.501,gzip;q=0.5", Brotli),
            ("gzip;q=1.0, br ; q=1.000", Brotli),
            ("*", Brotli),
            ("br;q=0, *;q=0.1", Gzip),
            ("*;q=0", Identity),
            ("identity", Identity),
            ("identity;q=1, br;q=0.9", Identity),
            ("identity;q=0.5, br;q=0.9", Brotli),
            ("identity;q=0, gzip;q=0.001", Gzip),
            ("zstd, deflate", Identity),
            ("br;q=high, gzip;q=0.3", Gzip),
            ("gzip;q=1.001", Identity),
        ] {
            assert_eq!(best(std::iter::once(line), true), chosen, "{line:?}");
        }
        assert_eq!(best(std::iter::empty(), true), Identity);
        assert_eq!(best(["gzip;q=0.2", "br;q=0.1"].into_iter(), true), Gzip);
        // Where there is no brotli, whoever likes it best gets what they like next.
        for (line, chosen) in [
            ("gzip, deflate, br, zstd", Gzip),
            ("br", Identity),
            ("br, gzip;q=0", Identity),
            ("*", Gzip),
            ("br, identity;q=0.5, gzip;q=0.4", Identity),
        ] {
            assert_eq!(best(std::iter::once(line), false), chosen, "{line:?}");
        }
    }

    #[test]
    fn what_is_compressed_comes_back() {
        let body = "省级优秀制造业数字化转型服务商名单".repeat(500).into_bytes();
        let (small, smaller) = (gzip(&body, KEPT).expect("gzip"), brotli(&body).expect("brotli"));
        assert!(small.len() < body.len() / 10 && smaller.len() < body.len() / 10);
        assert!(gzip(&body, QUICK).expect("gzip").len() < body.len() / 10);
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(small.as_slice()).read_to_end(&mut back).expect("gzip");
        assert_eq!(back, body);
        let mut back = Vec::new();
        brotli::Decompressor::new(smaller.as_slice(), 4096).read_to_end(&mut back).expect("brotli");
        assert_eq!(back, body);
    }
}
