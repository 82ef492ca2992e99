import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { proposeAdSettings } from '@comptoir/shared/sources/ad-columns'
import { turnsDuring } from '../../platform/pace/testing/turns.ts'
import { readDelivery, reportReading } from './ad-reading.ts'
import { previewSource } from './preview-source.ts'
import { readPages } from './read-pages.ts'
import { readFileTable, readJsonTable } from './read-table.ts'

describe('an answer of an address', () => {
  it('may begin with a byte order mark', async () => {
    expect(await readJsonTable('\uFEFF[{"day":"2026-01-05","cost":1.5}]', null)).toMatchObject({ headers: ['day', 'cost'], rows: [{ line: 1, cells: ['2026-01-05', '1.5'] }] })
  })

  it.each([
    ['nothing', ''], ['a page to sign in', '<html><body>Connexion</body></html>'], ['a number', '42'], ['half of an answer', '[{"day":"2026-'], ['lists without end', '['.repeat(100_000)],
    ['objects without end', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`], ['what was packed', gzipSync('[{"a":1}]').toString('utf8')],
  ])('that is %s is refused as unreadable', async (_, text) => {
    await expect(readJsonTable(text, null)).rejects.toMatchObject({ code: 'source.unreadable' })
  })
})

it.each([
  ['nothing', Buffer.alloc(0)], ['an archive', Buffer.from('504b0304ffffffff', 'hex')], ['what was packed', gzipSync('a;b\n1;2\n')], ['a page to sign in', Buffer.from('<html><body>Connexion</body></html>')],
])('a file of %s is refused as unreadable', async (_, bytes) => {
  await expect(readFileTable(bytes, null)).rejects.toMatchObject({ code: 'source.unreadable' })
})

it('tells columns of one title apart', async () => {
  expect(await readFileTable(Buffer.from('Day;Cost;Cost\n2026-01-05;1;2\n'), null)).toMatchObject({ headers: ['Day', 'Cost', 'Cost (2)'] })
})

describe('an address with several pages', () => {
  const pages: Readonly<Record<string, unknown>> = {
    'https://ads.example/1': { data: [{ day: '2026-01-05', cost: 1 }], paging: { next: '/2' } },
    'https://ads.example/2': { data: [{ clicks: 4, cost: 2 }] },
    'https://ads.example/away': { data: [{ a: 1 }], next: 'https://elsewhere.example/2' },
    'https://ads.example/round': { data: [{ a: 1 }], next: 'https://ads.example/round' },
  }
  const read = (path: string) => readPages(async address => Buffer.from(JSON.stringify(pages[address])), `https://ads.example/${path}`, null)

  it('is one table', async () => {
    expect(await read('1')).toMatchObject({ headers: ['day', 'cost', 'clicks'], rows: [{ line: 1, cells: ['2026-01-05', '1', ''] }, { line: 2, cells: ['', '2', '4'] }] })
  })

  it('is not followed to another host, nor for ever', async () => {
    await expect(read('away')).rejects.toMatchObject({ code: 'source.address_refused' })
    await expect(read('round')).rejects.toMatchObject({ code: 'source.answer_too_large' })
  })

  it('may be a file', async () => {
    expect(await readPages(async () => Buffer.from('Jour;Coût\n05/01/2026;1,50\n'), 'https://ads.example/export.csv', null)).toMatchObject({ headers: ['Jour', 'Coût'] })
  })
})

it('knows the total of a Meta export, and rows that cover a whole month', async () => {
  const text = 'Début des rapports;Fin des rapports;Nom de la campagne;Montant dépensé (EUR)\n2026-10-01;2026-10-31;;30,00\n2026-10-01;2026-10-31;Marque;10,00\n2026-10-01;2026-10-31;Été;20,00\n'
  const table = await readFileTable(Buffer.from(text), null)
  const settings = proposeAdSettings({ headers: table.headers, rows: table.rows.map(({ cells }) => cells), origin: 'meta.csv' }, 'EUR')
  expect(await reportReading(table, settings)).toMatchObject({
    accepted: 2, longer: 2, costs: [{ minor: 3_000 }], faults: [{ fault: 'total', count: 1, lines: [2] }], rows: [{ line: 2, fault: 'total' }, { line: 3, fault: null }, { line: 4 }],
  })
})

describe('a long table', () => {
  const rows = Array.from({ length: 12_000 }, (_, at) => ({ Jour: `2026-01-${String(at % 28 + 1).padStart(2, '0')}`, Campagne: `Été ${at}`, Coût: '1,50' }))
  const csv = ['Jour;Campagne;Coût', ...rows.map(row => Object.values(row).join(';'))].join('\n')

  it.each([['a text', csv], ['an answer', JSON.stringify(rows)]])('that is %s is looked at and read while others have their turn', async (_, text) => {
    const bytes = Buffer.from(text)
    const probe = { dataset: 'ad_costs' as const, kind: 'file' as const, address: null, headers: [], settings: null, file: { name: 'google.csv', base64: bytes.toString('base64') } }
    const preview = () => previewSource({ probe, currency: 'EUR', fetch: async () => bytes })
    expect(await turnsDuring(preview)).toBeGreaterThan(100)
    const { settings, rowCount, reading } = await preview()
    expect([rowCount, reading]).toMatchObject([12_000, { accepted: 12_000, keys: 12_000, from: '2026-01-01', to: '2026-01-28', costs: [{ minor: 1_800_000 }] }])
    const table = await readFileTable(bytes, null)
    expect(await turnsDuring(() => readDelivery(table, settings!))).toBeGreaterThan(100)
  })
})
