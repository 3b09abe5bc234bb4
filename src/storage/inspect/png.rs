//! PNG, ISO/IEC 15948: a signature, then chunks from IHDR to IEND, then nothing.

use std::io::{BufReader, Read, Seek, SeekFrom};

use super::{Limits, TRAILING_BYTES, check_pixels, damaged, suspicious};
use crate::storage::{FileType, Suspicion, UploadProblem};

const SIGNATURE_BYTES: u64 = 8;
/// A chunk's length, name and checksum.
const CHUNK_FRAME_BYTES: u64 = 12;

/// Walks the chunks; pixels are not decoded.
pub(super) fn check<R: Read + Seek>(reader: &mut R, length: u64, limits: &Limits) -> Result<(), UploadProblem> {
    let mut reader = BufReader::new(reader);
    reader.seek(SeekFrom::Start(SIGNATURE_BYTES))?;
    let mut at = SIGNATURE_BYTES;
    let mut has_header = false;
    let mut has_pixels = false;
    loop {
        let mut size = [0; 4];
        let mut name = [0; 4];
        reader.read_exact(&mut size)?;
        reader.read_exact(&mut name)?;
        let mut taken = 8;
        let size = u64::from(u32::from_be_bytes(size));
        let next = at + CHUNK_FRAME_BYTES + size;
        if next > length || !name.iter().all(u8::is_ascii_alphabetic) || (&name == b"IHDR") == has_header {
            return damaged(FileType::Png);
        }
        match &name {
            b"IHDR" => {
                has_header = true;
                if size != 13 {
                    return damaged(FileType::Png);
                }
                let mut width = [0; 4];
                let mut height = [0; 4];
                reader.read_exact(&mut width)?;
                reader.read_exact(&mut height)?;
                taken += 8;
                check_pixels(
                    u32::from_be_bytes(width).into(),
                    u32::from_be_bytes(height).into(),
                    FileType::Png,
                    limits,
                )?;
            }
            b"IDAT" => has_pixels = true,
            b"IEND" if !has_pixels || size != 0 => return damaged(FileType::Png),
            b"IEND" if length - next > TRAILING_BYTES => {
                return suspicious(Suspicion::TrailingData);
            }
            b"IEND" => return Ok(()),
            _ => {}
        }
        // Within what was read ahead, wherever it reaches that far: chunks can be as short as their frames, and a buffer read
        // anew for each of a million would be gigabytes.
        reader.seek_relative(i64::try_from(next - at - taken).unwrap_or(i64::MAX))?;
        at = next;
    }
}
