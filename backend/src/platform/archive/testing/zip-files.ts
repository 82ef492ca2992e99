import { crc32, deflateRawSync } from 'node:zlib'

export interface FileToZip {
  readonly name: string
  readonly text: string
  readonly isStored?: boolean
  readonly isLocked?: boolean
}

/** An archive as any program writes it. */
export function aZip(files: readonly FileToZip[]): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const { name, text, isStored = false, isLocked = false } of files) {
    const [bytes, path] = [Buffer.from(text), Buffer.from(name)]
    const packed = isStored ? bytes : deflateRawSync(bytes)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(isLocked ? 1 : 0, 2)
    facts.writeUInt16LE(isStored ? 0 : 8, 4)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(bytes.length, 18)
    facts.writeUInt16LE(path.length, 22)
    locals.push(Buffer.from('PK\u0003\u0004'), facts, path, packed)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    entries.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), facts, place, path)
    at += 30 + path.length + packed.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}
