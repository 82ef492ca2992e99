import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readFileTable, readJsonTable } from './read-table.ts'

describe('an answer of an address', () => {
  it('may begin with a byte order mark', () => {
    expect(readJsonTable('\uFEFF[{"day":"2026-01-05","cost":1.5}]', null)).toMatchObject({ headers: ['day', 'cost'], rows: [{ line: 1, cells: ['2026-01-05', '1.5'] }] })
  })

  it.each([
    ['nothing', ''], ['a page to sign in', '<html><body>Connexion</body></html>'], ['a number', '42'], ['half of an answer', '[{"day":"2026-'], ['lists without end', '['.repeat(100_000)],
    ['objects without end', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`], ['what was packed', gzipSync('[{"a":1}]').toString('utf8')],
  ])('that is %s is refused as unreadable', (_, text) => {
    expect(() => readJsonTable(text, null)).toThrow(expect.objectContaining({ code: 'source.unreadable' }) as Error)
  })
})

it.each([
  ['nothing', Buffer.alloc(0)], ['an archive', Buffer.from('504b0304ffffffff', 'hex')], ['what was packed', gzipSync('a;b\n1;2\n')],
])('a file of %s is refused as unreadable', async (_, bytes) => {
  await expect(readFileTable(bytes)).rejects.toMatchObject({ code: 'source.unreadable' })
})
