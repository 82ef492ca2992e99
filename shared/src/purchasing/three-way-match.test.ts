import { describe, expect, it } from 'vitest'
import { matchInvoice, type MatchedInvoiceLine, type MatchedOrderLine, type MatchTolerance } from './three-way-match.ts'

const tolerance: MatchTolerance = { pricePercent: 2, quantityPercent: 0, amountMinor: 500 }

const line = (order: Partial<MatchedOrderLine> | null = {}, values: Partial<MatchedInvoiceLine> = {}): MatchedInvoiceLine => ({
  invoiceLineId: 'a', description: 'Vis', quantity: 100, netMinor: 100_000, ...values,
  order: order && { orderNumber: 'C-1', itemName: 'Vis', currency: 'EUR', quantity: 100, unitPrice: 10, isCancelled: false, acceptedQuantity: 100, otherInvoicedQuantity: 0, ...order },
})

const judge = (given: MatchedInvoiceLine, allowed = tolerance) => {
  const { status, lines } = matchInvoice([given], 'EUR', allowed)
  return [status, ...lines[0]!.findings.map(({ code, status: of, expected, actual, differenceMinor }) => [code, of, expected, actual, differenceMinor])]
}

describe('an invoice against its order and receipt', () => {
  it('is matched when price and quantity agree', () => {
    expect(judge(line())).toEqual(['matched'])
  })

  it('is within tolerance by percent, or by amount, and blocked above both', () => {
    expect(judge(line({}, { netMinor: 102_000 }))).toEqual(['within_tolerance', ['price_above', 'within_tolerance', 10, 10.2, 2_000]])
    expect(judge(line({ quantity: 1, acceptedQuantity: 1 }, { quantity: 1, netMinor: 1_500 }))).toEqual(['within_tolerance', ['price_above', 'within_tolerance', 10, 15, 500]])
    expect(judge(line({}, { netMinor: 103_000 }))).toEqual(['blocked', ['price_above', 'blocked', 10, 10.3, 3_000]])
  })

  it('is to be checked when it is cheaper than ordered', () => {
    expect(judge(line({}, { netMinor: 90_000 }))).toEqual(['to_check', ['price_below', 'to_check', 10, 9, -10_000]])
  })

  it('is blocked for what has not arrived, rejected pieces not counted as arrived', () => {
    expect(judge(line({ acceptedQuantity: 60 }))).toEqual(['blocked', ['not_received', 'blocked', 60, 100, 40_000]])
    expect(judge(line({ acceptedQuantity: 98 }), { ...tolerance, quantityPercent: 2 })).toEqual(['within_tolerance', ['not_received', 'within_tolerance', 98, 100, 2_000]])
  })

  it('counts what other invoices of the line have asked for already', () => {
    expect(judge(line({ otherInvoicedQuantity: 50 }))).toEqual(['blocked', ['over_invoiced', 'blocked', 100, 150, 50_000]])
    expect(judge(line({ otherInvoicedQuantity: 50, acceptedQuantity: 80 }))).toEqual(['blocked', ['over_invoiced', 'blocked', 100, 150, 50_000], ['not_received', 'blocked', 80, 150, 70_000]])
  })

  it('says what cannot be compared', () => {
    expect(judge(line(null))).toEqual(['to_check', ['no_order', 'to_check', null, null, null]])
    expect(judge(line({ unitPrice: null }))).toEqual(['to_check', ['no_price', 'to_check', null, null, null]])
    expect(judge(line({ currency: 'USD' }))).toEqual(['to_check', ['other_currency', 'to_check', null, null, null]])
    expect(judge(line({ isCancelled: true }))).toEqual(['blocked', ['order_cancelled', 'blocked', null, null, null]])
  })

  it('takes the percentage alone where the amount cannot be converted', () => {
    expect(judge(line({ quantity: 1, acceptedQuantity: 1 }, { quantity: 1, netMinor: 1_500 }), { ...tolerance, amountMinor: null })[0]).toBe('blocked')
  })

  it('is as bad as its worst line', () => {
    expect(matchInvoice([line(), line({}, { invoiceLineId: 'b', netMinor: 103_000 }), line(null, { invoiceLineId: 'c' })], 'EUR', tolerance).status).toBe('blocked')
  })

  it('forgives the rounding of binary decimals', () => {
    expect(judge(line({ quantity: 0.3, acceptedQuantity: 0.3, otherInvoicedQuantity: 0.1 }, { quantity: 0.2, netMinor: 200 }))).toEqual(['matched'])
  })
})
