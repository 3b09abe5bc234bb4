//! Documents that a vendor would upload: sound ones, as heavy as they should be.

use yuanchi::cli::demo::sample;

/// A sound PDF whose page shows `title`, with a comment between its objects and their table.
pub fn pdf_with(title: &str, comment: &str) -> Vec<u8> {
    let (before, behind) = pdf_around(title, comment.len());
    [before, comment.as_bytes().to_vec(), behind].concat()
}

/// The same in two parts, between which there is room for a comment of so many bytes.
pub fn pdf_around(title: &str, room: usize) -> (Vec<u8>, Vec<u8>) {
    let sound = String::from_utf8(sample::pdf(title)).expect("it is all ASCII");
    let (before, behind) = sound.split_at(sound.find("xref\n0 ").expect("a table"));
    let before = format!("{before}%");
    let table = before.len() + room + 1;
    let (behind, _) = behind.rsplit_once("startxref").expect("a reference");
    (before.into_bytes(), format!("\n{behind}startxref\n{table}\n%%EOF\n").into_bytes())
}
