//! Numbers at places of a byte string; places beyond its end are nothing.

/// Two bytes, the lower first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes, the lowest first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A position or length of four bytes.
pub(super) fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// Positions that a table of positions with data of this size each begins with; there is one more of them.
pub(super) fn positions(table: &[u8], data: usize) -> impl Iterator<Item = u32> {
    let count = if table.len() < 4 { 0 } else { (table.len() - 4) / (4 + data) + 1 };
    (0..count).map_while(|index| u32_at(table, index * 4))
}
