//! A drawing as a template writes it: shapes and words with their places, and no style of its own. Pure.

/// A box.
pub struct Shape {
    /// Left edge, in units of the drawing.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Its class in the style sheet.
    pub class: &'static str,
}

/// Words at a place.
pub struct Label {
    /// Where they begin, lie or end, by `anchor`.
    pub x: u32,
    /// Their base line.
    pub y: u32,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// Their class in the style sheet.
    pub class: &'static str,
    /// The words.
    pub text: String,
}

/// What a colour stands for.
pub struct LegendItem {
    /// Class of the colour.
    pub class: &'static str,
    /// What it stands for.
    pub text: String,
}

/// A drawing with its text alternatives.
pub struct Drawing {
    /// Id on the page: its title and description have ids made of it.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// What can be seen in it, in a sentence.
    pub description: String,
    /// Width in units.
    pub width: u32,
    /// Height in units.
    pub height: u32,
    /// Boxes, from the back.
    pub shapes: Vec<Shape>,
    /// Words, above all boxes.
    pub labels: Vec<Label>,
    /// What the colours stand for.
    pub legend: Vec<LegendItem>,
    /// Short words of the drawing, each with what it is short for.
    pub keys: Vec<(String, String)>,
}

impl Drawing {
    /// An empty one.
    pub fn new(id: &'static str, title: String, description: String, width: u32) -> Drawing {
        let (shapes, labels, legend, keys) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Drawing { id, title, description, width, height: 0, shapes, labels, legend, keys }
    }

    /// Adds a box.
    pub fn shape(&mut self, (x, y): (u32, u32), (width, height): (u32, u32), class: &'static str) {
        self.height = self.height.max(y + height);
        self.shapes.push(Shape { x, y, width, height, class });
    }

    /// Adds words.
    pub fn label(&mut self, (x, y): (u32, u32), anchor: &'static str, class: &'static str, text: impl Into<String>) {
        self.height = self.height.max(y + 4);
        self.labels.push(Label { x, y, anchor, class, text: text.into() });
    }
}

/// How deep a figure is shaded against the greatest: 0 for none, 1 to 4 by quarters.
pub fn step(figure: u64, greatest: u64) -> usize {
    if figure == 0 || greatest == 0 {
        return 0;
    }
    usize::try_from((u128::from(figure) * 4).div_ceil(greatest.into())).unwrap_or(4).clamp(1, 4)
}

/// Length of a bar of `figure` where `greatest` takes `room`; what is not nothing is seen.
pub fn length(figure: u64, greatest: u64, room: u32) -> u32 {
    if figure == 0 || greatest == 0 {
        return 0;
    }
    let units = u128::from(room) * u128::from(figure) / u128::from(greatest);
    u32::try_from(units).unwrap_or(room).clamp(2, room.max(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_and_lengths_follow_the_figures() {
        assert_eq!([0, 1, 25, 26, 50, 75, 76, 100].map(|n| step(n, 100)), [0, 1, 1, 2, 2, 3, 4, 4]);
        assert_eq!(step(3, 0), 0);
        assert_eq!([0, 1, 50, 100].map(|n| length(n, 100, 200)), [0, 2, 100, 200]);
        assert_eq!(length(u64::MAX, u64::MAX, 200), 200);
        assert_eq!(length(1, u64::MAX, 200), 2);
    }
}
