import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importsUnderTest, type ImportsUnderTest } from './testing/imports-under-test.ts'

const folder = join(import.meta.dirname, '../../../../../shared/data/oxford')
const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.csv')).sort() : []

/** The seventh column's figures, added up in cents by the plainest means. */
function centsOf(text: string): number {
  return text.split(/\r?\n/).slice(1).reduce((sum, line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"(?:[^"]|"")*"|([^,]*))/g)].map(([, plain]) => plain ?? '')
    return sum + Math.round(Number(cells[6] ?? 0) * 100)
  }, 0)
}

describe.skipIf(files.length === 0)('the eight files of Oxford (skipped where ../shared/data/oxford is absent)', () => {
  let imports: ImportsUnderTest
  beforeAll(async () => {
    imports = await importsUnderTest()
  })
  afterAll(() => imports.close())
  const stored = async (): Promise<{ rows: number, cents: number, vendors: number, rollup: number }> => {
    const { rows: [row] } = await sql<{ rows: number, cents: number, vendors: number, rollup: number }>`
      select count(*) as rows, sum(amount_minor)::bigint as cents, (select count(*) from vendors) as vendors,
        (select sum(amount_base_minor)::bigint from vendor_spend_months) as rollup from purchases`.execute(imports.db)
    return row!
  }

  it('import one after the other, each with its own sum, and nothing twice', { timeout: 60_000 }, async () => {
    let total = 0
    for (const name of files) {
      const text = readFileSync(join(folder, name), 'utf8')
      const { result, state } = await imports.bring(name, text, { isPeriodConfirmed: true })
      expect([name, state]).toEqual([name, 'done'])
      expect([name, result!.sums]).toEqual([name, { EUR: centsOf(text) }])
      expect(result!.purchasesCreated).toBe(result!.usableRows)
      total += centsOf(text)
    }
    expect(await stored()).toEqual({ rows: 30_558, cents: total, vendors: 2104, rollup: total })
  })

  it('add nothing when they come again', { timeout: 60_000 }, async () => {
    const before = await stored()
    for (const name of files.slice(0, 3)) {
      const { result } = await imports.bring(name, readFileSync(join(folder, name), 'utf8'), { isPeriodConfirmed: true })
      expect(result).toMatchObject({ purchasesCreated: 0, purchasesKnown: result!.usableRows, vendorsCreated: 0 })
    }
    expect(await stored()).toEqual(before)
  })
})
