import type { Comparison } from './model.ts'
import type { Scope } from './expressions.ts'
import { describe, expect, it } from 'vitest'
import { conditionHolds } from './conditions.ts'
import { resolve } from './expressions.ts'

const values: Record<string, unknown> = { TITLE: 'Chairs', AMOUNT: 1500, TAGS: ['red', 'blue'], NONE: '', DAY: '14/05/2026', OWNER: 'user_3', FLAG: true }
const scope: Scope = {
  value: (source, key) => source === 'Document' ? values[key] : undefined,
  fieldByCaption: caption => caption === 'Deal name' ? 'Chairs' : undefined,
  userName: id => `Person ${id}`,
}
const holds = (left: string, operator: Comparison['operator'], right = '') => conditionHolds([{ left, operator, right }], scope)

describe('expressions', () => {
  it.each([
    ['{=Document:TITLE}', 'Chairs'],
    ['{=Document:AMOUNT}', '1500'],
    ['{=Document:TAGS}', ['red', 'blue']],
    ['Tags: {=Document:TAGS}!', 'Tags: red, blue!'],
    ['{=Document:OWNER > friendly}', 'Person 3'],
    ['{=Document:OWNER}', 'user_3'],
    ['{=Document:FLAG}', 'Y'],
    ['{=Document:MISSING}', ''],
    ['{=A1_2_3_4:missing}', ''],
    ['{{Deal name}} of {{Nobody}}', 'Chairs of '],
    ['{ plain } {=broken', '{ plain } {=broken'],
  ])('turn %s into %j', (text, result) => {
    expect(resolve(text, scope)).toEqual(result)
  })

  it('are not read again when a value looks like one', () => {
    expect(resolve('{=Document:X}', { ...scope, value: () => '{=Document:TITLE}' })).toBe('{=Document:TITLE}')
  })
})

describe('conditions', () => {
  it('compare numbers as numbers, days as days and the rest as text', () => {
    expect(holds('{=Document:AMOUNT}', '>', '200')).toBe(true)
    expect(holds('{=Document:AMOUNT}', '<=', '1500,0')).toBe(true)
    expect(holds('{=Document:DAY}', '<', '2026-06-01')).toBe(true)
    expect(holds('{=Document:DAY}', '>', '30/04/2026')).toBe(true)
    expect(holds('{=Document:TITLE}', '=', 'Chairs')).toBe(true)
    expect(holds('{=Document:TITLE}', '!=', 'Tables')).toBe(true)
  })

  it('look into lists', () => {
    expect(holds('{=Document:TAGS}', '=', 'blue')).toBe(true)
    expect(holds('{=Document:TAGS}', 'contains', 'BLU')).toBe(true)
    expect(holds('{=Document:TAGS}', '!contains', 'green')).toBe(true)
  })

  it('know emptiness, and nothing is greater or less than nothing', () => {
    expect(holds('{=Document:NONE}', 'empty')).toBe(true)
    expect(holds('{=Document:TITLE}', '!empty')).toBe(true)
    expect(holds('{=Document:NONE}', '<', '5')).toBe(false)
  })

  it('join lines from top to bottom', () => {
    const yes: Comparison = { left: '1', operator: '=', right: '1' }
    const no: Comparison = { left: '1', operator: '=', right: '2' }
    expect(conditionHolds([], scope)).toBe(true)
    expect(conditionHolds([yes, { ...no, joiner: 'AND' }], scope)).toBe(false)
    expect(conditionHolds([no, { ...yes, joiner: 'OR' }], scope)).toBe(true)
  })
})
