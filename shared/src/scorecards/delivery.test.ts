import { describe, expect, it } from 'vitest'
import { aDocument, anOrder, aReceipt, cardOf, measureOf } from './testing/a-document.ts'

describe('on-time delivery', () => {
  it('counts the quantity that arrived by the promise, over all that was due', () => {
    const document = aDocument({
      orders: [anOrder('1', { quantity: 100 }), anOrder('2', { quantity: 50 })],
      receipts: [aReceipt('1', '2026-06-09', 60), aReceipt('1', '2026-06-12', 40), aReceipt('2', '2026-06-10', 50)],
    })
    // (60 + 50) of 150
    expect(measureOf(document, 'otd')).toMatchObject({ value: 100 * 110 / 150, n: 2 })
    expect(measureOf(document, 'otif')).toMatchObject({ value: 50, n: 2 })
  })

  it('counts an overdue line that never arrived as 0', () => {
    const document = aDocument({ orders: [anOrder('1'), anOrder('2')], receipts: [aReceipt('1', '2026-06-10', 10)] })
    expect(measureOf(document, 'otd').value).toBe(50)
    expect(measureOf(document, 'otif').value).toBe(50)
    // The missing line: 10 pieces for 20 days, over 20 pieces.
    expect(measureOf(document, 'meanDaysLate').value).toBe(10)
  })

  it('takes a delivery in parts as on time when the last part is', () => {
    const document = aDocument({ orders: [anOrder('1')], receipts: [aReceipt('1', '2026-06-05', 4), aReceipt('1', '2026-06-10', 6)] })
    expect(measureOf(document, 'otif').value).toBe(100)
    expect(measureOf(document, 'otd').value).toBe(100)
    expect(measureOf(document, 'meanDaysLate').value).toBe(0)
  })

  it('gives nothing for what was delivered beyond the order', () => {
    const document = aDocument({
      orders: [anOrder('1'), anOrder('2')],
      receipts: [aReceipt('1', '2026-06-08', 25), aReceipt('2', '2026-06-14', 5)],
    })
    expect(measureOf(document, 'otd').value).toBe(50)
    // Line 1 is full before its surplus; line 2: 5 pieces 4 days late and 5 missing for 20 days, over 20.
    expect(measureOf(document, 'meanDaysLate').value).toBe((5 * 4 + 5 * 20) / 20)
  })

  it('opens a line again when goods go back', () => {
    const document = aDocument({ orders: [anOrder('1')], receipts: [aReceipt('1', '2026-06-08', 12), aReceipt('1', '2026-06-09', -5)] })
    expect(measureOf(document, 'otd').value).toBe(70)
    expect(measureOf(document, 'meanDaysLate').value).toBe(3 * 20 / 10)
  })

  it('does not let a surplus that comes late make a full line late', () => {
    const document = aDocument({ orders: [anOrder('1')], receipts: [aReceipt('1', '2026-06-20', 90), aReceipt('1', '2026-06-10', 10)] })
    expect(measureOf(document, 'meanDaysLate').value).toBe(0)
  })

  it('holds on to the first promise and shows how far it moved', () => {
    const document = aDocument({
      orders: [anOrder('1', { promises: ['2026-06-15', '2026-06-20'] }), anOrder('2')],
      receipts: [aReceipt('1', '2026-06-20', 10), aReceipt('2', '2026-06-10', 10)],
    })
    expect(measureOf(document, 'otif').value).toBe(50)
    expect(measureOf(document, 'promiseDrift')).toEqual({ value: 5, n: 2 })
    expect(measureOf(document, 'meanDaysLate').value).toBe(5)
  })

  it.each([
    ['the as-of day is still included', '2026-06-30', 1],
    ['a line of the next day is not due', '2026-07-01', 0],
  ])('%s', (_, promised, n) => {
    expect(measureOf(aDocument({ orders: [anOrder('1', { promised })] }), 'otif').n).toBe(n)
  })

  it('waits for the grace before a line is due, and does not take it off the days late', () => {
    const settings = { graceDays: 3 }
    const orders = [anOrder('1', { promised: '2026-06-28' })]
    expect(measureOf(aDocument({ settings, orders }), 'otif').n).toBe(0)
    const due = aDocument({ settings, orders: [anOrder('1')], receipts: [aReceipt('1', '2026-06-13', 10)] })
    expect(measureOf(due, 'otif').value).toBe(100)
    expect(measureOf(due, 'meanDaysLate').value).toBe(3)
  })

  it('leaves out of OTD what came before the early window, but not of OTIF', () => {
    const document = aDocument({
      settings: { earlyWindowDays: 3 },
      orders: [anOrder('1')],
      receipts: [aReceipt('1', '2026-06-06', 4), aReceipt('1', '2026-06-07', 6)],
    })
    expect(measureOf(document, 'otd').value).toBe(60)
    expect(measureOf(document, 'otif').value).toBe(100)
  })

  it('takes a line as complete within the tolerance', () => {
    const document = aDocument({ settings: { tolerancePercent: 10 }, orders: [anOrder('1')], receipts: [aReceipt('1', '2026-06-10', 9)] })
    expect(measureOf(document, 'otif').value).toBe(100)
  })

  it('adds decimal quantities up without noise', () => {
    const document = aDocument({ orders: [anOrder('1', { quantity: 0.8 })], receipts: [aReceipt('1', '2026-06-09', 0.7), aReceipt('1', '2026-06-10', 0.1)] })
    expect(measureOf(document, 'otif').value).toBe(100)
  })

  it('leaves cancelled lines and quantities of zero or less out of every line measure, not their receipts', () => {
    const document = aDocument({
      orders: [anOrder('1', { quantity: 0 }), anOrder('2', { quantity: -5 }), anOrder('3', { cancelled: true })],
      receipts: [aReceipt('3', '2026-06-12', 100, 1)],
    })
    expect(measureOf(document, 'otif')).toEqual({ value: null, n: 0 })
    expect(measureOf(document, 'otd')).toEqual({ value: null, n: 0 })
    expect(measureOf(document, 'ppm')).toMatchObject({ value: 10_000, n: 1 })
  })

  it('lists lines without a promise instead of guessing one', () => {
    const card = cardOf(aDocument({ orders: [anOrder('1', { promised: null, requested: '2026-06-10' })], receipts: [aReceipt('1', '2026-06-10', 10)] }))
    expect(card.measures.otif.n).toBe(0)
    expect(card.notPromisedCount).toBe(1)
    expect(card.measures.otifRequested).toMatchObject({ value: 100, n: 1 })
  })

  it('ignores what arrived after the as-of day', () => {
    const document = aDocument({ orders: [anOrder('1', { promised: '2026-06-30' })], receipts: [aReceipt('1', '2026-07-01', 10)] })
    expect(measureOf(document, 'otif').value).toBe(0)
    expect(measureOf(document, 'ppm').n).toBe(0)
  })

  it('takes the lines of a period by their promise with grace', () => {
    const orders = [anOrder('1', { promised: '2026-05-31' }), anOrder('2', { promised: '2026-06-01' })]
    expect(measureOf(aDocument({ from: '2026-06-01', orders }), 'otif').n).toBe(1)
    expect(measureOf(aDocument({ from: '2026-06-01', orders, settings: { graceDays: 1 } }), 'otif').n).toBe(2)
  })

  it('carries the Wilson interval of 90 %', () => {
    const document = aDocument({
      orders: ['1', '2', '3', '4'].map(line => anOrder(line)),
      receipts: ['1', '2', '3'].map(line => aReceipt(line, '2026-06-10', 10)),
    })
    // p = 0.75, n = 4, z² = 2.705543: scale 1.676386, centre 0.649130, half 0.292962
    const [low, high] = measureOf(document, 'otif').wilson90!
    expect(low).toBeCloseTo(35.616801, 5)
    expect(high).toBeCloseTo(94.209268, 5)
  })
})
