import { describe, expect, it } from 'vitest'
import { documentNotes } from './document-notes.ts'
import { documentScores } from './document-output.ts'
import { readDocument } from './read-document.ts'
import { aDocument, anOrder, aReceipt } from './testing/a-document.ts'

const faultOf = (document: unknown): string => {
  try {
    readDocument(document)
    return ''
  }
  catch (error) {
    return (error as Error).message
  }
}

describe('a document', () => {
  it('is taken as it stands when it fits', () => {
    expect(readDocument(aDocument({ orders: [anOrder('1')] })).orders).toHaveLength(1)
  })

  it.each([
    ['a missing day', { ...aDocument(), asOf: undefined }, 'asOf'],
    ['a day that no calendar has', aDocument({ asOf: '2026-02-30' }), 'asOf: must be a day of the calendar'],
    ['a text for a quantity', aDocument({ orders: [anOrder('1'), { ...anOrder('2'), quantity: '10' as never }] }), 'orders[1].quantity: must be number'],
    ['a missing field', aDocument({ receipts: [{ line: '1', on: '2026-06-10' } as never] }), 'receipts[0].quantity: is missing'],
    ['negative rejects', aDocument({ receipts: [aReceipt('1', '2026-06-10', 1, -1)] }), 'receipts[0].rejected: must be >= 0'],
    ['a rate of nothing', aDocument({ rates: { USD: [['2026-01-01', 0]] } }), 'rates.USD[0][1]: must be > 0'],
    ['a standing that is none', aDocument({ suppliers: [{ id: 'A', previous: 'Bon' as never }] }), 'suppliers[0].previous: must be one of Critique, À surveiller'],
    ['a setting that is none', aDocument({ settings: { grace: 3 } as never }), 'settings.grace: is not a setting'],
    ['a period that ends before it begins', aDocument({ from: '2026-07-01' }), 'from: is later than asOf'],
    ['a line that is there twice', aDocument({ orders: [anOrder('1'), anOrder('1')] }), 'orders[1].line: "1" is there twice'],
    ['a supplier that is there twice', aDocument({ suppliers: [{ id: 1 }, { id: 1 }] }), 'suppliers[1].id: 1 is there twice'],
    ['a curve that goes back', aDocument({ settings: { curves: { ppv: [[0, 80], [0, 10]] } } }), 'settings.curves.ppv: the measured values must rise'],
    ['weights of nothing', aDocument({ settings: { weights: { delivery: 0, quality: 0, price: 0, service: 0, compliance: 0 } } }), 'settings.weights: no criterion'],
    ['something else altogether', [], 'must be object'],
  ])('with %s is refused by the field', (_, document, message) => {
    expect(faultOf(document)).toContain(message)
  })

  it('gives every field of the output, and no more', () => {
    const [supplier] = documentScores(aDocument({ orders: [anOrder('1')] })).suppliers
    expect(Object.keys(supplier!).sort()).toEqual(['contributions', 'coverage', 'criteria', 'measures', 'score', 'standing', 'supplier', 'target', 'vetoes'])
    expect(Object.keys(supplier!.measures)).toEqual(['otd', 'otif', 'otifRequested', 'meanDaysLate', 'promiseDrift', 'ppm', 'ppv', 'invoiceAccuracy', 'responsiveness', 'compliance'])
    expect(supplier!.criteria.delivery).toEqual({ n: 1, raw: 0, score: 0, weight: 30 })
  })

  it('says aside what no figure can use', () => {
    const document = aDocument({ orders: [anOrder('1', { supplier: 'B' })], receipts: [aReceipt('X', '2026-06-10', 1)] })
    expect(documentNotes(document)).toEqual([
      'receipts[0].line: no order has the line "X"; the receipt is not counted',
      'orders[0].supplier: "B" is not among the suppliers; its prices serve for comparison only',
    ])
  })
})
