import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateEvidence, decideDateOrder, parseDate, type DateEvidence, type DateOrder } from './dates.ts'

const day = (text: string, order: DateOrder = 'dmy'): string => {
  const reading = parseDate(text, order)
  return reading.ok ? reading.day : reading.reason
}

describe('parseDate', () => {
  it.each([
    ['31/12/2014', '2014-12-31'], ['1/2/14', '2014-02-01'], ['01.02.1999', '1999-02-01'], ['2014-02-01', '2014-02-01'], ['2014-02-01T23:30:00Z', '2014-02-01'], ['14/03/2026 10:22', '2026-03-14'],
    ['20140630', '2014-06-30'], ['21000101', '2100-01-01'], ['30062014', '2014-06-30'], ['300614', '2014-06-30'], ['41820', '2014-06-30'], ['12 mars 2026', '2026-03-12'], ['1er août 2024', '2024-08-01'],
    ['12-Mar-26', '2026-03-12'], ['Mar 12, 2026', '2026-03-12'], ['lundi 3 mars 2025', '2025-03-03'], ['3. Mai 2025', '2025-05-03'], ['2 de enero de 2025', '2025-01-02'], ['29/02/2024', '2024-02-29'], [`01/02/2025${' '.repeat(90)}`, '2025-02-01'],
  ])('reads %s', (text, expected) => {
    expect(day(text)).toBe(expected)
  })
  it.each([['', 'missing'], ['00:00:00', 'placeholder'], ['0000-00-00', 'placeholder'], ['00/00/0000', 'placeholder'], ['n/a', 'placeholder'], ['31/02/2014', 'impossible'], ['29/02/2023', 'impossible'], ['99/99/2014', 'impossible'], ['01/01/1021', 'out_of_range'], ['01/01/0001', 'placeholder'], ['0001-01-01T00:00:00', 'placeholder'], ['03/02/0021', 'out_of_range'], ['0021-02-03', 'out_of_range'], ['3 mars 0021', 'out_of_range'], ['hier', 'unreadable'], ['12 floréal 2024', 'unreadable']])('refuses %j as %s', (text, reason) => {
    expect(day(text)).toBe(reason)
  })
  it('follows the column\'s order where a cell fits both, and the cell where it fits one', () => {
    expect(day('03/04/2025', 'mdy')).toBe('2025-03-04')
    expect(day('03/04/2025', 'dmy')).toBe('2025-04-03')
    expect(day('25/04/2025', 'mdy')).toBe('2025-04-25')
  })
  it('gives back any day however it was written', () => {
    const forms: readonly [DateOrder, (y: string, m: string, d: string) => string][] = [
      ['dmy', (y, m, d) => `${d}/${m}/${y}`], ['mdy', (y, m, d) => `${m}/${d}/${y}`], ['dmy', (y, m, d) => `${y}-${m}-${d}`], ['ymd', (y, m, d) => `${y}${m}${d}`], ['dmy', (y, m, d) => `${d}.${m}.${y} 00:00:00`],
    ]
    fc.assert(fc.property(fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), fc.nat(4), (date, form) => {
      const iso = date.toISOString().slice(0, 10)
      const [y, m, d] = iso.split('-') as [string, string, string]
      const [order, write] = forms[form]!
      expect(day(write(y, m, d), order)).toBe(iso)
    }))
  })
})

describe('the date order', () => {
  const tally = (cells: readonly string[]): Record<DateEvidence, number> => {
    const counts: Record<DateEvidence, number> = { dmy: 0, mdy: 0, ymd: 0, open: 0, sure: 0, placeholder: 0, none: 0 }
    for (const cell of cells)
      counts[dateEvidence(cell)]++
    return counts
  }
  it('is proven by one day above twelve anywhere in the column', () => {
    expect(decideDateOrder(tally(['01/02/2025', '03/04/2025', '31/12/2025']))).toEqual({ order: 'dmy', isOpen: false })
    expect(decideDateOrder(tally(['01/02/2025', '12/31/2025']))).toEqual({ order: 'mdy', isOpen: false })
  })
  it('is assumed, and said to be, where every cell fits both', () => {
    expect(decideDateOrder(tally(['01/02/2025', '03/04/2025']))).toEqual({ order: 'dmy', isOpen: true })
    expect(decideDateOrder(tally(['01/01/2025', '03/03/2025']))).toEqual({ order: 'dmy', isOpen: false })
  })
  it('knows a column without any day', () => {
    expect(tally(['00:00:00', '00:00:00'])).toMatchObject({ placeholder: 2, none: 0 })
  })
})
