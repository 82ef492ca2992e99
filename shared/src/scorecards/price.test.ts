import { describe, expect, it } from 'vitest'
import { documentScores } from './document-output.ts'
import { aDocument, anInvoice, anOrder, aReceipt, aSupplier, cardOf, measureOf } from './testing/a-document.ts'

const suppliers = [aSupplier('A'), aSupplier('B')]

describe('price variance', () => {
  it('compares with the contract that is valid on the order day, its last day included', () => {
    const contracts = [
      { supplier: 'A', item: 'bolt', price: 4, to: '2026-05-31' },
      { supplier: 'A', item: 'bolt', price: 5, from: '2026-05-01', to: '2026-06-01' },
      { supplier: 'A', item: 'bolt', price: 9, from: '2026-06-02' },
    ]
    const document = aDocument({ contracts, orders: [anOrder('1')], invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 52 }])] })
    // (5.2 − 5) × 10 over 5 × 10
    expect(measureOf(document, 'ppv').value).toBeCloseTo(4, 10)
  })

  it('takes, of two valid contracts, the one that began last', () => {
    const contracts = [{ supplier: 'A', item: 'bolt', price: 4, from: '2026-05-01' }, { supplier: 'A', item: 'bolt', price: 8, from: '2026-01-01' }]
    const document = aDocument({ contracts, orders: [anOrder('1')], invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 40 }])] })
    expect(measureOf(document, 'ppv').value).toBe(0)
  })

  it('compares with the latest earlier order of the same vendor and item where there is no contract', () => {
    const document = aDocument({
      suppliers,
      orders: [
        anOrder('0', { ordered: '2026-01-10', price: 9 }),
        anOrder('1', { ordered: '2026-05-10', price: 4 }),
        anOrder('2', { ordered: '2026-05-20', price: 1, supplier: 'B' }),
        anOrder('3', { ordered: '2026-05-25', price: 1, item: 'nut' }),
        anOrder('4', { ordered: '2026-05-26', price: 1, cancelled: true }),
        anOrder('5', { ordered: '2026-06-01' }),
        anOrder('6', { ordered: '2026-06-01', price: 7 }),
      ],
      invoices: [anInvoice('F1', [{ line: '5', quantity: 10, amount: 50 }])],
    })
    // The price of 10 May, 4: orders of the same day are not earlier. (5 − 4) × 10 over 4 × 10.
    expect(measureOf(document, 'ppv')).toEqual({ value: 25, n: 1 })
  })

  it('compares with what all vendors invoiced for orders of the 12 months before, weighted by quantity', () => {
    const order = (line: string, ordered: string) => anOrder(line, { supplier: 'B', ordered })
    const bill = (line: string, quantity: number, amount: number) => anInvoice(`B${line}`, [{ line, quantity, amount }], { supplier: 'B' })
    const document = aDocument({
      suppliers,
      orders: [order('1', '2025-05-31'), order('2', '2025-06-01'), order('3', '2026-03-01'), order('4', '2026-06-01'), anOrder('5')],
      invoices: [
        bill('1', 10, 1000), bill('2', 30, 120), bill('3', 10, 60), bill('4', 10, 1000),
        anInvoice('F1', [{ line: '5', quantity: 10, amount: 50 }]),
      ],
    })
    // (120 + 60) / (30 + 10) = 4.5; a year and a day before, and the same day, are out.
    expect(measureOf(document, 'ppv').value).toBeCloseTo(100 * 0.5 / 4.5, 10)
  })

  it('leaves a line out that has nothing to be compared with', () => {
    const document = aDocument({ orders: [anOrder('1')], invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 50 }])] })
    expect(measureOf(document, 'ppv')).toEqual({ value: null, n: 0 })
  })

  it('weighs each line by what was ordered, not by what was invoiced', () => {
    const contracts = [{ supplier: 'A', item: 'bolt', price: 5 }, { supplier: 'A', item: 'nut', price: 1 }]
    const document = aDocument({
      contracts,
      orders: [anOrder('1', { quantity: 100 }), anOrder('2', { item: 'nut', quantity: 500 })],
      invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 55 }, { line: '2', quantity: 500, amount: 500 }])],
    })
    // ((5.5 − 5) × 100 + 0) over (500 + 500)
    expect(measureOf(document, 'ppv').value).toBeCloseTo(5, 10)
  })

  it.each([[true, 2, 8], [true, -2, -8], [undefined, -2, -8]])('nets credit notes, however they are signed (%s %d %d)', (credit, quantity, amount) => {
    const document = aDocument({
      contracts: [{ supplier: 'A', item: 'bolt', price: 5 }],
      orders: [anOrder('1')],
      invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 50 }]), anInvoice('C1', [{ line: '1', quantity, amount }], { credit })],
    })
    // 42 for 8 pieces: 5.25
    expect(measureOf(document, 'ppv').value).toBeCloseTo(5, 10)
    expect(measureOf(document, 'invoiceAccuracy').n).toBe(1)
  })

  it('leaves a line out that was credited whole', () => {
    const document = aDocument({
      contracts: [{ supplier: 'A', item: 'bolt', price: 5 }],
      orders: [anOrder('1')],
      invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 60 }]), anInvoice('C1', [{ line: '1', quantity: 10, amount: 60 }], { credit: true })],
    })
    expect(measureOf(document, 'ppv')).toEqual({ value: null, n: 0 })
    // A later credit does not make the invoice right.
    expect(measureOf(document, 'invoiceAccuracy')).toMatchObject({ value: 0, n: 1 })
  })

  it('ignores invoices of after the as-of day', () => {
    const document = aDocument({
      contracts: [{ supplier: 'A', item: 'bolt', price: 5 }],
      orders: [anOrder('1')],
      invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 60 }], { on: '2026-07-01' })],
    })
    expect(measureOf(document, 'ppv').n).toBe(0)
    expect(measureOf(document, 'invoiceAccuracy').n).toBe(0)
  })

  it('puts both prices at the rate of the order day', () => {
    const document = aDocument({
      currency: 'EUR',
      rates: { USD: [['2026-06-15', 0.5], ['2026-01-01', 0.8]] },
      contracts: [{ supplier: 'A', item: 'bolt', price: 4 }],
      orders: [anOrder('1', { currency: 'USD', price: 5.5 })],
      invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 55 }], { currency: 'USD' })],
    })
    // 5.5 × 0.8 = 4.4 against 4: the rate of the invoice's day would have made it 2.75.
    expect(measureOf(document, 'ppv').value).toBeCloseTo(10, 10)
    expect(measureOf(document, 'invoiceAccuracy').value).toBe(100)
  })

  it('takes a missing rate as a fault, never as 1', () => {
    const document = aDocument({
      rates: { USD: [['2026-06-02', 0.9]] },
      contracts: [{ supplier: 'A', item: 'bolt', price: 4, currency: 'USD' }],
      orders: [anOrder('1')],
      invoices: [anInvoice('F1', [{ line: '1', quantity: 10, amount: 50 }])],
    })
    expect(() => documentScores(document)).toThrow('rates.USD: holds no rate for 2026-06-01, which ppv needs')
    const card = cardOf(document)
    expect(card.measures.ppv).toEqual({ value: null, n: 0 })
    expect(card.missingRates).toEqual([{ measure: 'ppv', currency: 'USD', day: '2026-06-01' }])
  })
})

describe('invoice accuracy', () => {
  const accuracy = (amount: number, quantity = 10, price = 5) => measureOf(aDocument({
    orders: [anOrder('1', { price })],
    invoices: [anInvoice('F1', [{ line: '1', quantity, amount }])],
  }), 'invoiceAccuracy').value

  it.each([
    ['5 more is within the amount', 55, 10, 5, 100],
    ['a cent more is not', 55.01, 10, 5, 0],
    ['5 less is within', 45, 10, 5, 100],
    ['2 % of 1,000 is more than 5', 1020, 100, 10, 100],
    ['beyond both', 1020.01, 100, 10, 0],
    ['decimal noise is none', 35.3, 3, 10.1, 100],
  ])('%s', (_, amount, quantity, price, value) => {
    expect(accuracy(amount, quantity, price)).toBe(value)
  })

  it('counts the quantity invoiced, not the one ordered', () => {
    expect(accuracy(100, 20)).toBe(100)
  })

  it('finds an invoice wrong by one line, and by a line of no known order or of another supplier', () => {
    const document = aDocument({
      suppliers,
      orders: [anOrder('1'), anOrder('2'), anOrder('9', { supplier: 'B' })],
      invoices: [
        anInvoice('F1', [{ line: '1', quantity: 1, amount: 5 }, { line: '2', quantity: 1, amount: 50 }]),
        anInvoice('F2', [{ line: '1', quantity: 1, amount: 5 }, { line: 'X', quantity: 1, amount: 5 }]),
        anInvoice('F3', [{ line: '9', quantity: 1, amount: 5 }]),
        anInvoice('F4', [{ line: null, quantity: 1, amount: 5 }]),
        anInvoice('F5', [{ line: '1', quantity: 1, amount: 5 }]),
      ],
    })
    expect(measureOf(document, 'invoiceAccuracy')).toMatchObject({ value: 20, n: 5 })
  })
})

describe('defect rate', () => {
  it('counts rejected among received pieces, by receipt', () => {
    const document = aDocument({
      orders: [anOrder('1')],
      receipts: [aReceipt('1', '2026-06-10', 1500, 3), aReceipt('1', '2026-06-30', 500), aReceipt('1', '2026-07-01', 500, 500)],
    })
    expect(measureOf(document, 'ppm')).toMatchObject({ value: 1500, n: 2 })
    // 500 → 95 and 5,000 → 60: 95 − 35 × 1,000 / 4,500
    expect(cardOf(document).criteria.quality.raw).toBeCloseTo(95 - 35 / 4.5, 10)
  })

  it('takes goods without a line by their supplier', () => {
    const document = aDocument({ receipts: [{ line: null, supplier: 'A', on: '2026-06-10', quantity: 10, rejected: 1 }] })
    expect(measureOf(document, 'ppm').value).toBe(100_000)
  })
})
