import { describe, expect, it } from 'vitest'
import { decodeText, EncodingScan, type EncodingGuess } from './encoding.ts'

const guess = (bytes: Uint8Array, pieceLength = 3): EncodingGuess => {
  const scan = new EncodingScan()
  for (let at = 0; at < bytes.length; at += pieceLength)
    scan.push(bytes.subarray(at, at + pieceLength))
  return scan.result()
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16le = (text: string): Uint8Array => new Uint8Array([...text].flatMap(sign => [sign.charCodeAt(0) & 255, sign.charCodeAt(0) >> 8]))

describe('EncodingScan', () => {
  it('believes a byte order mark', () => {
    expect(guess(utf8('\ufeffa;b'))).toMatchObject({ encoding: 'utf-8', hasBom: true })
    expect(guess(utf16le('\ufeffa;b'))).toMatchObject({ encoding: 'utf-16le', hasBom: true })
  })
  it('knows UTF-16 by its NUL bytes', () => {
    expect(guess(utf16le('Fournisseur;Montant'))).toMatchObject({ encoding: 'utf-16le', hasBom: false })
    expect(guess(utf16le('Fournisseur').map((_, index, bytes) => bytes[index ^ 1]!))).toMatchObject({ encoding: 'utf-16be' })
  })
  it('takes sound UTF-8 as such, however the pieces are cut', () => {
    for (const pieceLength of [1, 2, 3, 7])
      expect(guess(utf8('Société Générale — 12 € 𝄞'), pieceLength)).toEqual({ encoding: 'utf-8', hasBom: false, brokenBytes: 0 })
  })
  it('takes what UTF-8 cannot hold for Windows-1252, even at the very end', () => {
    expect(guess(new Uint8Array([...utf8('Soci'), 0xe9, 0x74, 0xe9])).encoding).toBe('windows-1252')
    expect(guess(new Uint8Array([...utf8('prix 10 '), 0x80])).encoding).toBe('windows-1252')
    expect(guess(new Uint8Array([...utf8('caf'), 0xe9])).encoding).toBe('windows-1252')
  })
  it('keeps a UTF-8 file with one damaged byte UTF-8 and counts the damage', () => {
    expect(guess(new Uint8Array([...utf8('é'.repeat(50)), 0xff, 0x41]))).toMatchObject({ encoding: 'utf-8', brokenBytes: 1 })
  })
  it('knows the accents of old Macs', () => {
    expect(guess(new Uint8Array([...utf8('Soci'), 0x8e, 0x74, 0x8e, 0x20, 0x8f, 0x9d])).encoding).toBe('macintosh')
  })
})

it('decodes pieces without splitting a character and without the mark', async () => {
  const bytes = utf8('\ufeffé€𝄞')
  const pieces: string[] = []
  for await (const piece of decodeText((async function* () { for (const byte of bytes) yield new Uint8Array([byte]) })(), 'utf-8'))
    pieces.push(piece)
  expect(pieces.join('')).toBe('é€𝄞')
})
