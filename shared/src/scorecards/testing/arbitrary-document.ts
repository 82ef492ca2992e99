import fc from 'fast-check'
import type { Invoice, OrderLine, Receipt, ScorecardInput, SupplierInput } from '../scorecard-input.schema.ts'
import { NOT_AVAILABLE, standings } from '../standing.ts'

const dayIn = (from: string, span: number) => fc.integer({ min: 0, max: span }).map(days => new Date(Date.parse(from) + days * 864e5).toISOString().slice(0, 10))
const quarters = (max: number) => fc.integer({ min: 0, max: max * 4 }).map(value => value / 4)
const suppliersIds = ['A', 'B', 'C'] as const
const currency = fc.constantFrom('EUR', 'EUR', 'USD', undefined)
const moment = fc.tuple(dayIn('2026-05-20', 50), fc.integer({ min: 0, max: 95 })).map(([day, quarter]) =>
  `${day}T${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`)

const document = fc.record({ from: fc.option(dayIn('2026-01-01', 200)), to: fc.option(dayIn('2026-06-20', 20)), verified: fc.boolean() })
const request = fc.tuple(moment, fc.option(moment), fc.constantFrom(undefined, 4, 24)).map(([sent, answered, slaHours]) =>
  ({ sent, answered: answered !== null && answered < sent ? null : answered, slaHours }))
const supplier = (id: string): fc.Arbitrary<SupplierInput> => fc.record({
  id: fc.constant(id),
  category: fc.constantFrom('x', 'x', 'y', undefined),
  previous: fc.constantFrom(undefined, NOT_AVAILABLE, ...standings),
  fraudAlert: fc.constantFrom(undefined, false, false, true),
  requirements: fc.array(fc.record({ type: fc.constantFrom('kbis', 'urssaf'), weight: fc.constantFrom(undefined, 1, 3), mandatory: fc.boolean(), documents: fc.array(document, { maxLength: 2 }) }), { maxLength: 2 }),
  requests: fc.array(request, { maxLength: 4 }),
})
const order = (line: number): fc.Arbitrary<OrderLine> => fc.record({
  line: fc.constant(`L${line}`),
  supplier: fc.constantFrom(...suppliersIds),
  item: fc.constantFrom('bolt', 'nut'),
  ordered: dayIn('2025-03-01', 480),
  quantity: fc.integer({ min: -2, max: 20 }),
  price: fc.integer({ min: 1, max: 80 }).map(value => value / 4),
  currency,
  promised: fc.option(dayIn('2026-05-15', 50), { freq: 6 }),
  promises: fc.option(fc.array(dayIn('2026-06-01', 50), { maxLength: 2 }), { nil: undefined }),
  requested: fc.option(dayIn('2026-05-15', 50)),
  cancelled: fc.constantFrom(undefined, false, false, true),
})

/** Small documents with everything in them that the rules tell apart; quantities and prices in quarters, so that sums are exact. */
export const arbitraryDocument: fc.Arbitrary<ScorecardInput> = fc.integer({ min: 0, max: 9 }).chain((size) => {
  const line = size === 0 ? fc.constant('X') : fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: size - 1 }).map(at => `L${at}`) }, { weight: 1, arbitrary: fc.constant('X') })
  const receipt: fc.Arbitrary<Receipt> = fc.record({ line, on: dayIn('2026-05-10', 60), quantity: quarters(20), rejected: fc.constantFrom(undefined, 0, 0.25, 1) })
  const invoice: fc.Arbitrary<Invoice> = fc.record({
    id: fc.constantFrom('F1', 'F2'),
    supplier: fc.constantFrom(...suppliersIds),
    on: dayIn('2026-05-10', 60),
    currency,
    credit: fc.constantFrom(undefined, false, false, true),
    lines: fc.array(fc.record({ line, quantity: fc.integer({ min: 1, max: 20 }), amount: fc.integer({ min: 1, max: 1200 }).map(value => value / 4) }), { minLength: 1, maxLength: 3 }),
  })
  return fc.record({
    asOf: fc.constant('2026-06-30'),
    from: fc.constantFrom(undefined, null, '2026-06-01'),
    rates: fc.constant({ USD: [['2025-09-01', 0.5], ['2025-01-01', 2], ['2026-02-01', 0.25]] as [string, number][] }),
    suppliers: fc.tuple(...suppliersIds.map(supplier)),
    orders: fc.tuple(...Array.from({ length: size }, (_, at) => order(at))),
    contracts: fc.array(fc.record({ supplier: fc.constantFrom(...suppliersIds), item: fc.constantFrom('bolt', 'nut'), price: fc.integer({ min: 1, max: 20 }), currency, from: fc.option(dayIn('2025-06-01', 300)), to: fc.option(dayIn('2026-01-01', 300)) }), { maxLength: 3 }),
    receipts: fc.array(receipt, { maxLength: 12 }),
    invoices: fc.array(invoice, { maxLength: 8 }),
  })
})
