import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const command = join(import.meta.dirname, '../../backend/src/scorecard-cli.ts')

function scorecard(args: readonly string[], input = ''): { status: number | null, stdout: string, stderr: string } {
  return spawnSync(process.execPath, [command, ...args], { input, encoding: 'utf8' })
}

const document = {
  asOf: '2026-06-30',
  suppliers: [{ id: 'A', requirements: [{ type: 'kbis', documents: [{ verified: true }] }] }],
  orders: [{ line: '1', supplier: 'A', item: 'bolt', ordered: '2026-06-01', quantity: 10, price: 5, promised: '2026-06-10' }],
  receipts: [{ line: '1', on: '2026-06-09', quantity: 10, rejected: 0 }],
  invoices: [],
}

describe('the command scorecard', () => {
  it('prints one document, with a fresh line after it', () => {
    const { status, stdout, stderr } = scorecard(['-'], JSON.stringify(document))
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout.endsWith('}\n')).toBe(true)
    expect(JSON.parse(stdout)).toMatchObject({ asOf: '2026-06-30', suppliers: [{ supplier: 'A', score: 100, coverage: 70, standing: 'Excellent', target: 80 }] })
  })

  it.each([
    ['what is not JSON', '{', '-: is not JSON'],
    ['a field that is wrong', JSON.stringify({ ...document, asOf: 'today' }), 'asOf: must be a day of the calendar'],
    ['a rate that is missing', JSON.stringify({
      ...document,
      invoices: [{ id: 'F', supplier: 'A', on: '2026-06-20', currency: 'USD', lines: [{ line: '1', quantity: 1, amount: 5 }] }],
    }), 'rates.USD: holds no rate for 2026-06-01'],
  ])('refuses %s on the error output', (_, input, message) => {
    const { status, stdout, stderr } = scorecard(['-'], input)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })

  it('says how it is used', () => {
    const { status, stdout, stderr } = scorecard([])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('Usage: npm run -s scorecard -- FILE')
  })
})
