import { describe, expect, it } from 'vitest'
import { netTransfers, remittanceOf, type NetItem } from './netting.ts'

const item = (itemId: string, amountMinor: number, vendorId = 'a', currency = 'EUR'): NetItem => ({ itemId, vendorId, currency, amountMinor, reference: `R-${itemId}` })

describe('netting', () => {
  it('takes credit notes off what the same vendor is paid in the same currency, and leaves everything else as it is', () => {
    const { transfers, exceeding } = netTransfers([item('1', 12_000), item('2', -2_500), item('3', 301, 'b'), item('4', 302, 'b'), item('5', 8_000)])
    expect(exceeding).toEqual([])
    expect(transfers.map(({ leadId, amountMinor, items }) => [leadId, amountMinor, items.length])).toEqual([['1', 17_500, 3], ['3', 301, 1], ['4', 302, 1]])
    expect(remittanceOf(transfers[0]!.items)).toBe('R-1 120.00, R-5 80.00, R-2 -25.00')
  })

  it('never transfers nothing or less', () => {
    for (const credit of [-100, -101])
      expect(netTransfers([item('1', 100), item('2', credit)])).toMatchObject({ transfers: [], exceeding: [{ itemId: '2' }] })
    expect(netTransfers([item('1', 100, 'a'), item('2', -50, 'b'), item('3', -50, 'a', 'USD')])).toMatchObject({ transfers: [{ leadId: '1' }], exceeding: [{ itemId: '2' }, { itemId: '3' }] })
  })

  it('moves the same cents, however many lines there are', () => {
    const items = Array.from({ length: 200 }, (_, at) => item(String(at), at % 7 === 0 ? -(at + 1) : 10 * at + 3, `v${at % 9}`))
    const { transfers } = netTransfers(items)
    expect(transfers.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(items.reduce((sum, { amountMinor }) => sum + amountMinor, 0))
  })

  it('writes as many references as a bank takes', () => {
    const text = remittanceOf(Array.from({ length: 40 }, (_, at) => item(`FACT-2026-${at}`, 100)))
    expect(text.length).toBeLessThanOrEqual(140)
    expect(text).toMatch(/^R-FACT-2026-0, R-FACT-2026-1, .* \+\d+$/)
  })
})
