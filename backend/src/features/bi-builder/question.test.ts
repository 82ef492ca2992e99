import { describe, expect, it } from 'vitest'
import { biDatasetCodes, biDatasets } from '@comptoir/shared/bi-builder/datasets'
import { readQuestion } from './question.ts'

const ask = (form: Record<string, unknown>) => readQuestion({ table: 'purchase_lines', ...form }, ['purchase_lines'])
const conditions = (filter: Record<string, unknown>) => ask({ filter }).filter.parts.map(part => 'column' in part ? [part.column.code, part.comparison, part.operands] : part.logic)

describe('the datasets', () => {
  it.each(biDatasetCodes)('%s keeps to the names that BI Builder takes', (code) => {
    const codes = biDatasets[code].columns.map(column => column.code)
    expect(codes.filter(name => !/^[A-Z][A-Z0-9_]{0,31}$/.test(name))).toEqual([])
    expect(new Set(codes).size).toBe(codes.length)
    expect(`comptoir_${code}`).toMatch(/^[a-z][a-z0-9_]*$/)
  })
})

describe('a question of BI Builder', () => {
  it('without anything asks for every column and row', () => {
    expect(ask({})).toMatchObject({ code: 'purchase_lines', limit: null, filter: { logic: 'and', parts: [] } })
    expect(ask({}).columns).toEqual(biDatasets.purchase_lines.columns)
    expect(ask({ limit: '', select: '', filter: '' }).limit).toBe(null)
    expect(readQuestion({ name: 'deals' }, ['deals']).code).toBe('deals')
  })

  it('chooses columns in their order, by our code or by the name that the dataset gave it', () => {
    expect(ask({ select: ['AMOUNT', 'SPENT_ON', 'AMOUNT'] }).columns.map(({ code }) => code)).toEqual(['AMOUNT', 'SPENT_ON'])
    expect(ask({ select: { 0: 'TOTAL' }, mapFields: { AMOUNT: 'TOTAL' } }).columns.map(({ code }) => code)).toEqual(['AMOUNT'])
    expect(ask({ filter: { '>TOTAL': '5' }, mapFields: { AMOUNT: 'TOTAL' } }).filter.parts).toMatchObject([{ column: { code: 'AMOUNT' } }])
  })

  it('reads every comparison with values of the column’s type', () => {
    expect(conditions({
      'VENDOR_NAME': 'Roux', '!CATEGORY': '', '>=SPENT_ON': '2026-01-31', '<AMOUNT': '-12.5', '@DEAL_ID': ['1', '2'], '!@CURRENCY': 'EUR', '%LABEL': '50% off_', '=%LABEL': 'a_b%',
    })).toEqual([
      ['VENDOR_NAME', 'equal', ['Roux']],
      ['CATEGORY', 'unequal', []],
      ['SPENT_ON', 'at_least', ['2026-01-31']],
      ['AMOUNT', 'less', [-12.5]],
      ['DEAL_ID', 'among', [1, 2]],
      ['CURRENCY', 'outside', ['EUR']],
      ['LABEL', 'like', ['%50\\% off\\_%']],
      ['LABEL', 'like', ['a\\_b%']],
    ])
    expect(conditions({ VENDOR_NAME: ['A', 'B'] })).toEqual([['VENDOR_NAME', 'among', ['A', 'B']]])
    expect(ask({ filter: [{ logic: 'OR', DEAL_ID: '1', AMOUNT: '2' }] }).filter.parts).toMatchObject([{ logic: 'or', parts: [{}, {}] }])
    expect(conditions({ 0: { logic: 'OR', DEAL_ID: '1', AMOUNT: '2' } })).toEqual(['or'])
  })

  it.each([
    ['a table that is not published', { table: 'deals' }, 'bi.table_unknown'],
    ['no table', { table: undefined }, 'bi.table_unknown'],
    ['a table that is a map', { table: { a: '1' } }, 'bi.table_unknown'],
    ['an unknown column', { select: ['IBAN'] }, 'bi.question_invalid'],
    ['a column named like part of a statement', { select: ['AMOUNT" from vendors --'] }, 'bi.question_invalid'],
    ['a filter on an unknown column', { filter: { '>=IBAN': '1' } }, 'bi.question_invalid'],
    ['a filter on what only we know', { filter: { key_purchase: '1' } }, 'bi.question_invalid'],
    ['a day that does not exist', { filter: { SPENT_ON: '2026-02-30' } }, 'bi.question_invalid'],
    ['a day of a year that there never was', { filter: { SPENT_ON: '0000-01-01' } }, 'bi.question_invalid'],
    ['a number that is none', { filter: { AMOUNT: '1; drop table vendors' } }, 'bi.question_invalid'],
    ['two values for one bound', { filter: { '>AMOUNT': ['1', '2'] } }, 'bi.question_invalid'],
    ['a zero character', { filter: { LABEL: 'a\0b' } }, 'bi.question_invalid'],
    ['an unknown logic', { filter: { logic: 'XOR' } }, 'bi.question_invalid'],
    ['a filter that goes too deep', { filter: { 0: { 0: { 0: { 0: { AMOUNT: '1' } } } } } }, 'bi.question_invalid'],
    ['too many conditions', { filter: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [at, { AMOUNT: '1' }])) }, 'bi.question_invalid'],
    ['a filter that is a text', { filter: 'AMOUNT=1' }, 'bi.question_invalid'],
    ['a limit that is no number', { limit: '10 offset 5' }, 'bi.question_invalid'],
  ])('is refused for %s', (_, form, code) => {
    expect(() => ask(form)).toThrow(expect.objectContaining({ code }) as Error)
  })
})
