//! QR codes as drawings inside the page: black on white, sharp at any size.

use qrcode::{Color, EcLevel, QrCode};

/// Clear modules around the code, as the standard asks.
const QUIET: usize = 4;

/// A code as a drawing.
pub struct QrDrawing {
    /// Modules along one side, the clear ones too.
    pub side: usize,
    /// The dark modules, as the path of an SVG.
    pub path: String,
}

impl QrDrawing {
    /// The drawing of a code that carries `text`. None for a text that is too long.
    pub fn of(text: &str) -> Option<QrDrawing> {
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
        Some(QrDrawing { side: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::QrDrawing;

    #[test]
    fn a_code_has_its_finders_and_its_margin() {
        let drawn = QrDrawing::of("YC-2026-00000000").expect("it is short");
        // The upper edge of the finder in the upper left corner: seven dark modules.
        assert!(drawn.path.starts_with("M4 4h7v1h-7z"), "{}", drawn.path);
        assert_eq!((drawn.side - 8 - 17) % 4, 0, "a size that codes have");
        assert!(QrDrawing::of(&"x".repeat(4_000)).is_none());
    }
}
