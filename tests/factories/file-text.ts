import { inflateRawSync } from 'node:zlib'

/** What can be read in a file that an answer holds: a text as it is, a workbook unpacked. Empty for any other answer. */
export function textOfFile(body: unknown): string {
  const { base64 } = (body ?? {}) as { base64?: unknown }
  if (typeof base64 !== 'string')
    return ''
  const bytes = Buffer.from(base64, 'base64')
  return bytes.subarray(0, 2).toString() === 'PK' ? unpacked(bytes) : bytes.toString()
}

/** The parts of an archive, by its own list at the end. */
function unpacked(archive: Buffer): string {
  const parts: string[] = []
  for (let at = archive.indexOf('PK\x01\x02'); at >= 0; at = archive.indexOf('PK\x01\x02', at + 46)) {
    const [method, size, offset] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 42)]
    const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
    const packed = archive.subarray(start, start + size)
    parts.push((method === 0 ? packed : inflateRawSync(packed)).toString())
  }
  return parts.join('\n')
}
