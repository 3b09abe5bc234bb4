//! How many requests were answered, by the class of their status: counted since this process began.

use std::sync::atomic::{AtomicU64, Ordering};

/// Statuses of one class share their first digit, 1 to 5.
const CLASSES: usize = 5;

/// The count of each class.
#[derive(Debug, Default)]
pub struct Requests([AtomicU64; CLASSES]);

impl Requests {
    /// Counts an answer. What is no status of HTTP is not counted.
    pub fn count(&self, status: u16) {
        let class = usize::from(status / 100).checked_sub(1).and_then(|place| self.0.get(place));
        if let Some(class) = class {
            class.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// First digit and count, in order.
    pub fn counted(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        (1..).zip(self.0.iter().map(|count| count.load(Ordering::Relaxed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_is_counted_for_itself() {
        let requests = Requests::default();
        for status in [200, 204, 303, 404, 404, 503, 0, 99, 600, 999] {
            requests.count(status);
        }
        assert_eq!(requests.counted().collect::<Vec<_>>(), [(1, 0), (2, 2), (3, 1), (4, 2), (5, 1)]);
    }
}
