import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dryRun } from './dry-run.ts'

const folder = join(import.meta.dirname, '../../../../shared/data/oxford')
const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.csv')).sort() : []

/** Amounts and names by the plainest means: a regular expression over lines, integers in cents. */
function expected(text: string): { cents: number, amounts: number, names: number } {
  const names = new Set<string>()
  let cents = 0
  let amounts = 0
  for (const line of text.split(/\r?\n/).slice(1)) {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
    const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec((cells[6] ?? '').trim()) ?? []
    if (whole === undefined)
      continue
    amounts++
    cents += Number(`${sign}${whole}${fraction.padEnd(2, '0')}`)
    names.add(cells[9]!.split(/\s+/).filter(Boolean).join(' ').toLowerCase())
  }
  return { cents, amounts, names: names.size }
}

describe.skipIf(files.length === 0)('the payments of Oxford (skipped where ../shared/data/oxford is absent)', () => {
  it.each(files)('%s is read without losing or doubling a line', async (name) => {
    const path = join(folder, name)
    const run = await dryRun({ name, bytes: () => createReadStream(path) }, { options: {}, currency: 'GBP' })
    const { cents, amounts, names } = expected(readFileSync(path, 'utf8'))
    expect(run.summary.sums).toEqual({ GBP: cents })
    expect(run.summary.usableRows).toBe(amounts)
    expect(run.vendors).toBe(names)
    expect(Object.keys(run.profile.columns.map(column => column.field))).toHaveLength(7)
  })
  it('names the one row that cannot be used and the one file without days', async () => {
    const attempt = (name: string): ReturnType<typeof dryRun> => dryRun({ name, bytes: () => createReadStream(join(folder, name)) }, { options: {}, currency: 'GBP' })
    expect((await attempt('expenditure-over-500-jan-mar-2014.csv')).summary.issues).toEqual({ 'row.stray': { severity: 'error', count: 1, lines: [3861] } })
    expect((await attempt('expenditure-over-500-apr-jun-2014.csv')).profile.period).toEqual({ from: '2014-04-01', to: '2014-06-30', source: 'name' })
  })
})
