import { beforeAll, describe, expect, it } from 'vitest'
import { loadTexts } from '../../platform/i18n/i18n.ts'
import { draftOfInvoice, readInvoice, sumsOf } from './invoice-draft.ts'

beforeAll(() => loadTexts('fr', ['purchasing']))

const draftWith = (lines: readonly Record<string, string>[], tax = '') => ({
  ...draftOfInvoice(null, { today: '2026-03-01', currency: 'EUR' }), number: 'F-1', tax, rows: lines.map(line => ({ description: 'Vis', quantity: '1', net: '100,00', ...line })),
})

describe('the tax of an invoice that is typed in', () => {
  it('is that of the lines which the vendor taxes', () => {
    const draft = draftWith([{ taxRate: '20', taxCategory: 'S' }, { taxRate: '5,5' }, { taxRate: '20', taxCategory: 'K' }])
    expect(sumsOf(draft)).toEqual({ netMinor: 30_000, taxMinor: 2_550, totalMinor: 32_550 })
    expect(readInvoice(draft).fields).toMatchObject({ taxMinor: 2_550, lines: [{ taxCategory: 'S' }, { taxCategory: null }, { taxCategory: 'K', taxRate: 20 }] })
  })

  it('has a rate that goes with the line', () => {
    const { fields, bad, complaint } = readInvoice(draftWith([{ taxRate: '20', taxCategory: 'S' }, { taxRate: '20', taxCategory: 'E' }]))
    expect([fields, ...bad]).toEqual([null, '1:taxRate'])
    expect(complaint).toMatch(/^Un taux normal est supérieur à zéro/)
  })

  it('is nothing where no line is taxed by the vendor', () => {
    const lines = [{ taxCategory: 'AE' }]
    expect(readInvoice(draftWith(lines, '20,00')).complaint).toMatch(/^Aucune ligne n’est taxée/)
    expect(readInvoice(draftWith(lines)).fields).toMatchObject({ taxMinor: 0, lines: [{ taxCategory: 'AE', taxRate: null }] })
  })

  it('is taken from a file as it stands there', () => {
    expect(readInvoice(draftWith([{ taxRate: '0', taxCategory: 'S' }], '20,00'), { isFromFile: true }).fields).toMatchObject({ taxMinor: 2_000 })
  })
})
