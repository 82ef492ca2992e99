import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDecimal, decimalEvidence, parseAmount, type DecimalMark } from './numbers.ts'

const minor = (text: string, mark: DecimalMark = ',', exponent = 2): number | string => {
  const reading = parseAmount(text, mark, exponent)
  return reading.ok ? reading.minor : reading.reason
}

describe('parseAmount', () => {
  it.each([
    ['1 234,56', 123_456], ['1\u00a0234,56 €', 123_456], ['1\u202f234\u202f567,8', 123_456_780], ['1.234,56', 123_456], ['1,234.56', 123_456],
    ['1\'234.50', 123_450], ['1’234.50', 123_450], ['12,345,678.90', 1_234_567_890], ['1,23,456.78', 12_345_678], ['1500', 150_000], ['500.00', 50_000],
    ['(123,45)', -12_345], ['123,45-', -12_345], ['−5,5', -550], ['- 45,00 €', -4500], ['($1,234.50)', -123_450], ['-$12.00', -1200], ['+3', 300],
    ['GBP1,000.00', 100_000], ['EUR 1 000', 100_000], [',5', 50], ['5,', 500], ['0', 0], ['-0,00', 0],
  ])('reads %s', (text, expected) => {
    expect(minor(text)).toBe(expected)
  })
  it.each([['', 'missing'], ['-', 'missing'], ['abc', 'unreadable'], ['12 34', 'unreadable'], ['12€50', 'unreadable'], ['INV1', 'unreadable'], [`1${' '.repeat(100_000)}x`, 'unreadable'], ['--5', 'unreadable'], ['(5)-', 'unreadable'], ['1,5E+06', 'scientific'], ['99999999999999999', 'too_large']])('refuses %j as %s', (text, reason) => {
    expect(minor(text)).toBe(reason)
  })
  it('lets the column decide only what the cell leaves open', () => {
    expect(minor('1,234', '.')).toBe(123_400)
    expect(minor('1,234', ',')).toBe(123)
    expect(minor('1.234', ',')).toBe(123_400)
    expect(minor('1234.56', ',')).toBe(123_456)
    expect(minor('1.234,56', '.')).toBe(123_456)
  })
  it('rounds half away from zero and says so', () => {
    expect(parseAmount('-1,005', ',', 2)).toMatchObject({ minor: -101, isRounded: true })
    expect(parseAmount('1,5000', ',', 2)).toMatchObject({ minor: 150, isRounded: false })
  })
  it('uses the currency\'s own minor unit', () => {
    expect(minor('1 234', ',', 0)).toBe(1234)
    expect(minor('1,234', '.', 3)).toBe(1_234_000)
  })
  it('reports the currency beside the figure', () => {
    expect(parseAmount('£12.50', '.', 2)).toMatchObject({ currency: 'GBP' })
    expect(parseAmount('12,50 CHF', ',', 2)).toMatchObject({ currency: 'CHF' })
  })
  it('gives back any amount however it was written', () => {
    const forms: readonly ((whole: string, cents: string) => string)[] = [
      (whole, cents) => `${whole.replace(/\B(?=(\d{3})+$)/g, '\u202f')},${cents}`,
      (whole, cents) => `${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${cents} €`,
      (whole, cents) => `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`,
      (whole, cents) => `${whole}.${cents}`,
    ]
    fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.nat(3), fc.boolean(), (amount, form, isTrailing) => {
      const digits = String(Math.abs(amount)).padStart(3, '0')
      const text = forms[form]!(digits.slice(0, -2), digits.slice(-2))
      const signed = amount >= 0 ? text : isTrailing ? text.replace(/(\d)(\D*)$/, '$1-$2').replace(/- €$/, '-') : `-${text}`
      expect(minor(signed)).toBe(amount)
    }))
  })
})

describe('the decimal mark', () => {
  it('is proven by what cannot be thousands', () => {
    expect(['1,5', '1.234,56', '1.234.567', '0,234'].map(decimalEvidence)).toEqual(['comma', 'comma', 'comma', 'comma'])
    expect(['1.5', '1,234.56', '1,234,567'].map(decimalEvidence)).toEqual(['dot', 'dot', 'dot'])
    expect(['1,234', '12.345'].map(decimalEvidence)).toEqual(['open', 'open'])
    expect(['12', 'abc', ''].map(decimalEvidence)).toEqual(['none', 'none', 'none'])
  })
  it('takes "1,234" for thousands when nothing proves otherwise, and says it is open', () => {
    expect(decideDecimal({ comma: 0, dot: 0, open: 5, none: 2 }, ',', ',')).toEqual({ mark: '.', isOpen: true })
    expect(decideDecimal({ comma: 9, dot: 1, open: 5, none: 2 }, ',', '.')).toEqual({ mark: ',', isOpen: false })
    expect(decideDecimal({ comma: 0, dot: 0, open: 0, none: 2 }, null, ',')).toEqual({ mark: ',', isOpen: false })
  })
})
