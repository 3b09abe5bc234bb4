//! JPEG, ISO/IEC 10918-1 annex B: segments from SOI to EOI, with the size in a frame header.

use std::io::{self, BufRead, BufReader, Read, Seek};

use super::{Limits, TRAILING_BYTES, check_pixels, damaged, has_markup, suspicious};
use crate::storage::{FileType, Suspicion, UploadProblem};

/// Telephones append further whole pictures (depth, gain map) after the first, as CIPA DC-007 has it.
const MAX_PICTURES: usize = 16;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;

/// Walks the segments of every picture in the file; pixels are not decoded.
pub(super) fn check<R: Read + Seek>(reader: &mut R, length: u64, limits: &Limits) -> Result<(), UploadProblem> {
    let mut file = BufReader::new(reader);
    for _ in 0..MAX_PICTURES {
        check_picture(&mut file, limits)?;
        skip_zeros(&mut file)?;
        let rest = length.saturating_sub(file.stream_position()?);
        let another = file.fill_buf()?.starts_with(&[0xff, SOI, 0xff]);
        if !another && rest > TRAILING_BYTES {
            return suspicious(Suspicion::TrailingData);
        }
        if !another {
            let mut behind = Vec::new();
            file.read_to_end(&mut behind)?;
            return if has_markup(&behind) { suspicious(Suspicion::TrailingData) } else { Ok(()) };
        }
    }
    suspicious(Suspicion::TrailingData)
}

fn check_picture<R: Read + Seek>(file: &mut BufReader<R>, limits: &Limits) -> Result<(), UploadProblem> {
    let mut start = [0; 2];
    file.read_exact(&mut start)?;
    if start != [0xff, SOI] {
        return damaged(FileType::Jpg);
    }
    let mut has_frame = false;
    let mut has_scan = false;
    loop {
        let marker = next_marker(file, has_scan)?;
        match marker {
            EOI if has_frame && has_scan => return Ok(()),
            // Restart markers and TEM stand alone.
            0x01 | 0xd0..=0xd7 => {}
            0x02..=0xbf | EOI | SOI => return damaged(FileType::Jpg),
            _ => {
                let mut size = [0; 2];
                file.read_exact(&mut size)?;
                let Some(rest) = u16::from_be_bytes(size).checked_sub(2) else {
                    return damaged(FileType::Jpg);
                };
                let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
                let mut taken = 0;
                if is_frame {
                    let mut frame = [0; 5];
                    file.read_exact(&mut frame)?;
                    taken = 5;
                    let [_, high, low, wide, narrow] = frame;
                    let height = u16::from_be_bytes([high, low]);
                    let width = u16::from_be_bytes([wide, narrow]);
                    check_pixels(width.into(), height.into(), FileType::Jpg, limits)?;
                    has_frame = true;
                }
                let Some(skip) = i64::from(rest).checked_sub(taken).filter(|skip| *skip >= 0) else {
                    return damaged(FileType::Jpg);
                };
                file.seek_relative(skip)?;
                if marker == SOS {
                    if !has_frame {
                        return damaged(FileType::Jpg);
                    }
                    has_scan = true;
                }
            }
        }
    }
}

/// The next marker. Between segments it must stand right here; after a scan's header the coded data is passed over,
/// in which 0xFF is always followed by zero or a restart.
fn next_marker<R: Read>(file: &mut BufReader<R>, after_scan: bool) -> io::Result<u8> {
    loop {
        let passed = skip_until_ff(file)?;
        if passed && !after_scan {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut byte = [0xff];
        while byte == [0xff] {
            file.read_exact(&mut byte)?;
        }
        match byte {
            [0x00] if after_scan => {}
            [0x00] => return Err(io::ErrorKind::InvalidData.into()),
            [marker] => return Ok(marker),
        }
    }
}

/// Consumes up to and including the next 0xFF; tells whether anything stood before it.
fn skip_until_ff<R: Read>(file: &mut BufReader<R>) -> io::Result<bool> {
    let mut passed = false;
    loop {
        let buffer = file.fill_buf()?;
        if buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match buffer.iter().position(|byte| *byte == 0xff) {
            Some(at) => {
                file.consume(at + 1);
                return Ok(passed || at > 0);
            }
            None => {
                passed = true;
                let all = buffer.len();
                file.consume(all);
            }
        }
    }
}

fn skip_zeros<R: Read>(file: &mut BufReader<R>) -> io::Result<()> {
    loop {
        let buffer = file.fill_buf()?;
        let zeros = buffer.iter().take_while(|byte| **byte == 0).count();
        let all = buffer.len();
        file.consume(zeros);
        if zeros == 0 || zeros < all {
            return Ok(());
        }
    }
}
