import { crc32, inflateRawSync } from 'node:zlib'

export type ZipFault = 'unreadable' | 'too_large'

export class ZipError extends Error {
  readonly fault: ZipFault

  constructor(fault: ZipFault) {
    super(fault)
    this.fault = fault
  }
}

export interface ZipLimits {
  readonly files: number
  /** Of everything unpacked: what an entry says of its own size is not believed. */
  readonly bytes: number
}

export interface ZippedFile {
  readonly name: string
  readonly bytes: Buffer
}

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4B && (bytes[2] === 3 || bytes[2] === 5)

/** The files of an archive, unpacked into memory within limits. @throws ZipError */
export function readZip(archive: Buffer, limits: ZipLimits): ZippedFile[] {
  try {
    return unpack(archive, limits)
  }
  catch (error) {
    if (error instanceof ZipError)
      throw error
    throw new ZipError((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'unreadable')
  }
}

const sizes = { end: 22, entry: 46, local: 30, longestComment: 65_535 }

function unpack(archive: Buffer, limits: ZipLimits): ZippedFile[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4B, 5, 6]))
  if (end === -1 || end < archive.length - sizes.end - sizes.longestComment)
    throw new ZipError('unreadable')
  const count = archive.readUInt16LE(end + 10)
  if (count > limits.files)
    throw new ZipError('too_large')
  const files: ZippedFile[] = []
  let at = archive.readUInt32LE(end + 16)
  let left = limits.bytes
  for (let entry = 0; entry < count; entry++) {
    if (archive.readUInt32LE(at) !== 0x02014B50)
      throw new ZipError('unreadable')
    const [nameLength, extraLength, commentLength] = [archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)]
    const name = archive.toString('utf8', at + sizes.entry, at + sizes.entry + nameLength)
    if (!name.endsWith('/')) {
      const bytes = contentOf(archive, at, left)
      left -= bytes.length
      files.push({ name, bytes })
    }
    at += sizes.entry + nameLength + extraLength + commentLength
  }
  return files
}

function contentOf(archive: Buffer, entry: number, most: number): Buffer {
  const [flags, method, checksum, packedSize] = [archive.readUInt16LE(entry + 8), archive.readUInt16LE(entry + 10), archive.readUInt32LE(entry + 16), archive.readUInt32LE(entry + 20)]
  const local = archive.readUInt32LE(entry + 42)
  const isEncrypted = (flags & 1) === 1
  if (isEncrypted || (method !== 0 && method !== 8) || archive.readUInt32LE(local) !== 0x04034B50)
    throw new ZipError('unreadable')
  const start = local + sizes.local + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const packed = archive.subarray(start, start + packedSize)
  const bytes = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  if (bytes.length > most)
    throw new ZipError('too_large')
  if (crc32(bytes) !== checksum)
    throw new ZipError('unreadable')
  return bytes
}
