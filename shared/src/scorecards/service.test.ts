import { describe, expect, it } from 'vitest'
import { businessHoursBetween, wallTime } from './business-hours.ts'
import { defaultSettings } from './settings.ts'
import { aDocument, aSupplier, cardOf } from './testing/a-document.ts'

const hours = (from: string, to: string): number => businessHoursBetween(wallTime(from), wallTime(to), defaultSettings.businessHours)

describe('business hours', () => {
  it.each([
    ['within a day', '2026-06-01T10:00', '2026-06-01T12:30', 2.5],
    ['before it opens', '2026-06-01T06:00', '2026-06-01T10:00', 1],
    ['after it closes', '2026-06-01T17:00', '2026-06-01T23:00', 1],
    ['over night', '2026-06-01T17:00', '2026-06-02T10:00', 2],
    ['over a weekend', '2026-06-05T17:00', '2026-06-08T10:00', 2],
    ['on a Sunday', '2026-06-07T10:00', '2026-06-07T12:00', 0],
    ['over ten weeks', '2026-06-01T09:00', '2026-08-10T09:00', 450],
    ['from a Saturday over weeks', '2026-06-06T12:00', '2026-06-24T18:00', 13 * 9],
    ['backwards', '2026-06-02T10:00', '2026-06-01T10:00', 0],
    ['from a day without a time', '2026-06-01', '2026-06-01T10:00', 1],
    ['by the clock on the wall, whatever its zone', '2026-06-01T10:00:00+02:00', '2026-06-01T11:00:00+02:00', 1],
  ])('%s', (_, from, to, expected) => {
    expect(hours(from, to)).toBe(expected)
  })

  it('leave out holidays and closures where the rules say so', () => {
    const { businessHours } = defaultSettings
    const between = (change: object): number => businessHoursBetween(wallTime('2026-07-13T09:00'), wallTime('2026-08-03T09:00'), { ...businessHours, ...change })
    expect(between({})).toBe(15 * 9)
    expect(between({ holidays: 'france' })).toBe(14 * 9)
    expect(between({ holidays: 'france', closures: [{ from: '2026-07-20', to: '2026-07-26' }] })).toBe(9 * 9)
  })
})

describe('responsiveness', () => {
  const card = (requests: { sent: string, answered: string | null, slaHours?: number }[], asOf = '2026-06-30') =>
    cardOf(aDocument({ asOf, suppliers: [aSupplier('A', { requests })] }))

  it('counts what was answered within 16 business hours, the 16th included', () => {
    const { measures, medianAnswerHours } = card([
      { sent: '2026-06-01T09:00', answered: '2026-06-02T16:00' },
      { sent: '2026-06-01T09:00', answered: '2026-06-02T16:01' },
      { sent: '2026-06-01T09:00', answered: '2026-06-01T10:00' },
    ])
    expect(measures.responsiveness).toMatchObject({ value: 100 * (2 / 3), n: 3 })
    expect(medianAnswerHours).toBe(16)
  })

  it('waits until the time has run out before it counts a missing answer', () => {
    // 11:00 on Monday leaves 7 hours, Tuesday's 9 end it.
    const request = { sent: '2026-06-01T11:00', answered: null }
    expect(card([request], '2026-06-01').measures.responsiveness).toEqual({ value: null, n: 0 })
    expect(card([request], '2026-06-02').measures.responsiveness).toMatchObject({ value: 0, n: 1 })
    expect(card([{ ...request, sent: '2026-06-01T11:01' }], '2026-06-02').measures.responsiveness.n).toBe(0)
  })

  it('does not know of answers that came after the as-of day', () => {
    const late = { sent: '2026-06-01T09:00', answered: '2026-06-03T08:00' }
    expect(card([late], '2026-06-02').measures.responsiveness).toMatchObject({ value: 0, n: 1 })
    expect(card([{ sent: '2026-06-02T16:00', answered: '2026-06-03T09:00' }], '2026-06-02').measures.responsiveness.n).toBe(0)
  })

  it('holds a request to its own time', () => {
    expect(card([{ sent: '2026-06-01T09:00', answered: '2026-06-01T14:00', slaHours: 4 }]).measures.responsiveness.value).toBe(0)
  })

  it('takes the mean of responsiveness and invoice accuracy, those there are', () => {
    const suppliers = [aSupplier('A', { requests: [{ sent: '2026-06-01T09:00', answered: '2026-06-01T10:00' }] })]
    expect(cardOf(aDocument({ suppliers })).criteria.service).toMatchObject({ raw: 100, n: 1 })
    const invoices = [{ id: 'F', supplier: 'A', on: '2026-06-20', lines: [{ line: 'X', quantity: 1, amount: 1 }] }]
    expect(cardOf(aDocument({ suppliers, invoices })).criteria.service).toMatchObject({ raw: 50, n: 2 })
  })
})

describe('compliance', () => {
  const kbis = (documents: { from?: string, to?: string, verified: boolean | string }[], mandatory = true) =>
    cardOf(aDocument({ suppliers: [aSupplier('A', { requirements: [{ type: 'kbis', weight: 3, mandatory, documents }, { type: 'tax', documents: [] }] })] }))

  it.each([
    ['a document counts on its last day', [{ to: '2026-06-30', verified: true }], 75, []],
    ['and no longer on the day after', [{ to: '2026-06-29', verified: true }], 0, ['expired:kbis']],
    ['one that begins later does not count yet', [{ from: '2026-07-01', verified: true }], 0, []],
    ['an unverified one does not count', [{ verified: false }], 0, []],
    ['one that was checked on the day counts', [{ verified: '2026-06-30' }], 75, []],
    ['one that will be checked tomorrow does not', [{ verified: '2026-07-01' }], 0, []],
    ['one that was never handed in is no veto', [], 0, []],
    ['a successor that nobody verified does not lift the veto', [{ to: '2026-06-29', verified: true }, { verified: false }], 0, ['expired:kbis']],
    ['a verified successor does', [{ to: '2026-06-29', verified: true }, { from: '2026-06-30', verified: true }], 75, []],
  ])('%s', (_, documents, value, vetoes) => {
    const card = kbis(documents)
    expect(card.measures.compliance).toEqual({ value, n: 2 })
    expect(card.vetoes).toEqual(vetoes)
  })

  it('has no veto for what is not mandatory', () => {
    expect(kbis([{ to: '2026-06-29', verified: true }], false).vetoes).toEqual([])
  })
})
