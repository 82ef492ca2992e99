import { describe, expect, it } from 'vitest'
import { actionOfCode, actions, businessAnalytics, fieldsOf, vendorManagement } from './definitions.ts'
import { checkSettings, dayOf, parseNumber } from './settings.ts'

const edited = { isResolved: false }
const running = { isResolved: true }

describe('the settings of an action', () => {
  it('are complete for a total of a vendor in a period', () => {
    const { settings, problems } = checkSettings(vendorManagement, { operation: 'total-spend', vendorSource: 'document', period: 'this_year', status: 'x' }, running)
    expect(problems).toEqual([])
    expect(settings?.values).toEqual({ vendorSource: 'document', period: 'this_year', actsAs: '' })
  })

  it('ask for what the other settings make necessary, and for nothing else', () => {
    const { problems } = checkSettings(vendorManagement, { operation: 'total-spend', vendorSource: 'fixed', period: 'custom', periodFrom: '2026-01-01' }, edited)
    expect(problems).toEqual([{ field: 'vendorId', reason: 'missing' }, { field: 'periodTo', reason: 'missing' }])
  })

  it('let an expression stand in any field while they are edited, and in none when the step runs', () => {
    const raw = { operation: 'metric-threshold', metric: 'win_rate', period: 'last_month', direction: 'below', threshold: '{=Document:OPPORTUNITY}' }
    expect(checkSettings(businessAnalytics, raw, edited).problems).toEqual([])
    expect(checkSettings(businessAnalytics, raw, running).problems).toEqual([{ field: 'threshold', reason: 'not_a_number' }])
  })

  it('name an operation that does not exist', () => {
    expect(checkSettings(vendorManagement, {}, running)).toEqual({ settings: null, problems: [{ field: 'operation', reason: 'unknown_operation' }] })
  })

  it.each([
    ['1234.56', 1234.56], ['1 234,56', 1234.56], ['1\u202F234,56 €', 1234.56], ['1,234.56', 1234.56], ['1.234.567', 1234567],
    ['-5', -5], ['12 %', 12], [',5', 0.5], ['', null], ['abc', null], ['1e5', null], ['--1', null],
  ])('read the number %j as %j', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })

  it.each([['2026-03-31', '2026-03-31'], ['31.03.2026', '2026-03-31'], ['31/03/2026 10:00:00', '2026-03-31'], ['2026-02-30', null], ['demain', null]])('read the day %j as %j', (text, day) => {
    expect(dayOf(text)).toBe(day)
  })
})

describe('the definitions of the actions', () => {
  it('have codes that the host accepts and that no two share', () => {
    const codes = Object.values(actions).flatMap(({ activityCode, robotCode }) => [activityCode, robotCode])
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) {
      expect(code).toMatch(/^[A-Za-z0-9._-]+$/)
      expect(actionOfCode(code)).not.toBeNull()
    }
    expect(actionOfCode('unknown')).toBeNull()
  })

  it('have property and return ids that the host accepts, each once', () => {
    for (const action of Object.values(actions)) {
      const ids = [...fieldsOf(action), ...action.returns].map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const id of ids)
        expect(id).toMatch(/^[A-Za-z]\w*$/)
    }
  })

  it('fill only returns that are declared', () => {
    for (const action of Object.values(actions)) {
      for (const operation of action.operations)
        expect(action.returns.map(({ id }) => id)).toEqual(expect.arrayContaining([...operation.returns]))
    }
  })
})
