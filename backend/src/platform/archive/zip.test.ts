import { describe, expect, it } from 'vitest'
import { aZip } from './testing/zip-files.ts'
import { isZip, readZip, ZipError } from './zip.ts'

const limits = { files: 3, bytes: 1000 }
const faultOf = (archive: Buffer): unknown => {
  try {
    return readZip(archive, limits)
  }
  catch (error) {
    return error instanceof ZipError ? error.fault : error
  }
}

describe('a zip archive', () => {
  it('gives its files, packed or stored, and no folders', () => {
    const archive = aZip([{ name: 'relevés/', text: '' }, { name: 'relevés/avril.xml', text: '<a/>'.repeat(50) }, { name: 'b.txt', text: 'é', isStored: true }])
    expect(isZip(archive)).toBe(true)
    expect(readZip(archive, limits).map(({ name, bytes }) => [name, bytes.toString()])).toEqual([['relevés/avril.xml', '<a/>'.repeat(50)], ['b.txt', 'é']])
  })
  it('is not unpacked beyond its limits, whatever it says of its own size', () => {
    expect(faultOf(aZip([{ name: 'bomb', text: '0'.repeat(5_000_000) }]))).toBe('too_large')
    expect(faultOf(aZip([{ name: 'a', text: 'x'.repeat(600) }, { name: 'b', text: 'x'.repeat(600) }]))).toBe('too_large')
    expect(faultOf(aZip(['a', 'b', 'c', 'd'].map(name => ({ name, text: name }))))).toBe('too_large')
  })
  it('is refused when it is cut off, damaged, or locked with a password', () => {
    const archive = aZip([{ name: 'a.xml', text: '<statement/>', isStored: true }])
    const damaged = Buffer.from(archive)
    damaged[40] = damaged[40]! ^ 1
    const locked = aZip([{ name: 'a.xml', text: 'x', isLocked: true }])
    expect([archive.subarray(0, -10), damaged, locked, Buffer.from('PK\u0003\u0004')].map(faultOf)).toEqual(['unreadable', 'unreadable', 'unreadable', 'unreadable'])
  })
})
