//! QR codes as drawings inside the page: black on white, sharp at any size.

use qrcode::{Color, EcLevel, QrCode};

/// Clear modules around the code, as the standard asks.
const QUIET: usize = 4;

/// The drawing of a code that carries `text`; `label` says what it is to those who do not see it. None for a text that is too long.
pub fn svg(text: &str, label: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < row.len() {
            let run = row.iter().skip(x).take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    let side = width + 2 * QUIET;
    let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn a_code_has_its_finders_and_its_label() {
        let drawn = svg("YC-2026-00000000", "证书\"<").unwrap_or_default();
        // The upper edge of the finder in the upper left corner: seven dark modules.
        assert!(drawn.contains("M4 4h7v1h-7z"), "{drawn}");
        assert!(drawn.contains("aria-label=\"证书&quot;&lt;\""), "{drawn}");
        assert_eq!(svg(&"x".repeat(4_000), ""), None);
    }
}
