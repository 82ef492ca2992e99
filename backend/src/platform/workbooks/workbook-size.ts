const directoryEnd = 0x06054b50
const directoryEntry = 0x02014b50
const endBytes = 22
const entryBytes = 46

/**
 * What a ZIP archive says it holds, unpacked; null when it is none. A few kilobytes can unpack to gigabytes:
 * whoever opens a stranger's workbook asks this first.
 */
export function unpackedBytes(archive: Buffer): number | null {
  const end = archive.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0 || end + endBytes > archive.length || archive.readUInt32LE(end) !== directoryEnd)
    return null
  let total = 0
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (at + entryBytes > archive.length || archive.readUInt32LE(at) !== directoryEntry)
      return null
    total += archive.readUInt32LE(at + 24)
    at += entryBytes + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return total
}
