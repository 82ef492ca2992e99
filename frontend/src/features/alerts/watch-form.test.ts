import { describe, expect, it } from 'vitest'
import { emptyFields, fieldsOf, inputOf, kindsFor, readNumber } from './watch-form.ts'

describe('the form of a watch', () => {
  it('reads numbers as they are typed', () => {
    expect([readNumber('1 250,5'), readNumber('1250.5'), readNumber('abc'), readNumber(''), readNumber('-3')]).toEqual([1250.5, 1250.5, null, null, null])
  })

  it('makes money minor and percentages shares, and shows them again as they were', () => {
    const fields = { ...emptyFields(), floor: '500', share: '12,5' }
    const input = inputOf(fields, 'EUR')
    expect(input?.rule).toEqual({ kind: 'change', direction: 'either', against: 'previous', share: 0.125, floor: 50_000 })
    expect(input && fieldsOf(input, 'EUR')).toMatchObject({ floor: '500', share: '12,5' })
    expect(inputOf({ ...emptyFields(), metric: 'win_rate', kind: 'threshold', side: 'below', value: '30' }, 'EUR')?.rule).toEqual({ kind: 'threshold', direction: 'below', value: 0.3 })
  })

  it('is not ready while a number is missing', () => {
    expect(inputOf({ ...emptyFields(), kind: 'threshold' }, 'EUR')).toBeNull()
    expect(inputOf({ ...emptyFields(), share: '0' }, 'EUR')).toBeNull()
  })

  it('offers the rules that fit the figure', () => {
    expect(kindsFor('spend_total')).toEqual(['threshold', 'change', 'band', 'target'])
    expect(kindsFor('win_rate')).toEqual(['threshold', 'change', 'band'])
    expect(kindsFor('deals_without_amount')).toEqual(['quality'])
  })
})
