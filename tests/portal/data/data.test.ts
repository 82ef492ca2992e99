import { describe, expect, it } from 'vitest'
import { createPortal } from '../portal.ts'
import { loadData } from './index.ts'
import { readSalesPipeline } from './sales-pipeline.ts'

function totals(data: string) {
  const portal = createPortal()
  loadData(portal, data)
  const deals = portal.crm.items(2)!
  const byResult = new Map<unknown, { count: number, amount: number }>()
  for (const id of deals.ids()) {
    const semantics = deals.value(id, 'stageId') === 'NEW' ? 'new' : deals.value(id, 'stageSemanticId')
    const sum = byResult.get(semantics) ?? { count: 0, amount: 0 }
    byResult.set(semantics, { count: sum.count + 1, amount: sum.amount + Number(deals.value(id, 'opportunity')) })
  }
  return { portal, deals, byResult }
}

describe.skipIf(readSalesPipeline() === null)('the sales pipeline (needs ../shared/data/crm/sales_pipeline.csv)', () => {
  it('keeps the counts and the total of the file', () => {
    const { portal, deals, byResult } = totals('auto')
    expect(deals.size).toBe(8800)
    expect(byResult.get('S')).toEqual({ count: 4238, amount: 10_005_534 })
    expect(byResult.get('F')!.count).toBe(2473)
    expect(byResult.get('P')!.count).toBe(1589)
    expect(byResult.get('new')!.count).toBe(500)
    expect([...portal.users.keys()]).toHaveLength(36)
    const clients = [...portal.crm.items(4)!.ids()].filter(id => portal.crm.items(4)!.value(id, 'typeId') === 'CUSTOMER')
    expect(clients).toHaveLength(85)
  })

  it('moves the last closed day to yesterday', () => {
    const { portal, deals } = totals('auto')
    const closed = [...deals.ids()].filter(id => deals.value(id, 'closed') === 'Y').map(id => deals.time(id, 'closedate')!)
    const days = (portal.clock.now() - Math.max(...closed)) / 86_400_000
    expect(days).toBeGreaterThan(0.9)
    expect(days).toBeLessThan(2.1)
  })
})

describe('generated data', () => {
  it('is the same for the same day and grows in order of time', () => {
    const [one, other] = [totals('generate:500').deals, totals('generate:500').deals]
    expect([...one.ids()].map(id => one.value(id, 'title'))).toEqual([...other.ids()].map(id => other.value(id, 'title')))
    const created = [...one.ids()].map(id => one.time(id, 'createdTime')!)
    expect(created).toEqual([...created].sort((a, b) => a - b))
  })

  it('tells each deal\'s way through the stages up to where it stands', () => {
    const { portal, deals } = totals('generate:300')
    const history = portal.crm.stageHistory(2)
    const steps = new Map<number, { stageId: unknown, at: number }[]>()
    for (const id of history.ids()) {
      const owner = history.value(id, 'ownerId') as number
      steps.set(owner, [...steps.get(owner) ?? [], { stageId: history.value(id, 'stageId'), at: history.time(id, 'createdTime')! }])
    }
    expect(steps.size).toBe(300)
    for (const [owner, way] of steps) {
      expect(way[0]!.stageId).toBe('NEW')
      expect(way.at(-1)!.stageId).toBe(deals.value(owner, 'stageId'))
      expect(way.map(({ at }) => at)).toEqual(way.map(({ at }) => at).sort((a, b) => a - b))
    }
  })

  it('gives suppliers valid company numbers and accounts', () => {
    const { portal } = totals('generate:10')
    const ibans = [...portal.crm.bankDetails.ids()].map(id => String(portal.crm.bankDetails.value(id, 'RQ_IBAN')))
    expect(ibans).toHaveLength(12)
    for (const iban of ibans) {
      const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55))
      expect(BigInt(digits) % 97n).toBe(1n)
    }
  })

  it('holds a million deals in little memory', () => {
    const before = process.memoryUsage().arrayBuffers
    const { deals } = totals('generate:1000000')
    expect(deals.size).toBe(1_000_000)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(120_000_000)
  })

  it('refuses data that it does not know', () => {
    expect(() => totals('everything')).toThrow(RangeError)
  })
})
