import { describe, expect, it } from 'vitest'
import { readStepContext } from './step-context.ts'
import { dialogOptions } from './testing/action-samples.ts'

const contextOf = (values: Readonly<Record<string, unknown>> = {}) => readStepContext(dialogOptions(values))

describe('what the designer\'s dialog says', () => {
  it('names the action by either of its codes', () => {
    expect(contextOf().action?.id).toBe('vendor-management')
    expect(contextOf({ code: 'comptoir_business_analytics_robot' }).action?.id).toBe('business-analytics')
    expect(contextOf({ code: 'somebody_elses' }).action).toBeNull()
  })

  it.each([
    ['a text', { period: 'this_year' }],
    ['a list of one', { period: ['this_year'] }],
    ['a map of one, as PHP writes lists', { period: { 0: 'this_year' } }],
  ])('takes a value that is %s', (_, current) => {
    expect(contextOf({ current_values: current }).current).toEqual({ period: 'this_year' })
  })

  it.each([[[]], [undefined], [{ period: '' }], [{ period: [] }], [{ unheardOf: 'x' }]])('has no values in %j', (current) => {
    expect(contextOf({ current_values: current }).current).toEqual({})
  })

  it('reads options whose names are in upper case', () => {
    const upper = Object.fromEntries(Object.entries(dialogOptions({ current_values: { period: ['this_year'] } })).map(([key, value]) => [key.toUpperCase(), value]))
    expect(readStepContext(upper)).toEqual(contextOf({ current_values: { period: ['this_year'] } }))
  })

  it('joins several people', () => {
    const { current } = contextOf({ code: 'comptoir_business_analytics', current_values: { userIds: ['3', '7'] } })
    expect(current).toEqual({ userIds: '3,7' })
  })

  it.each([['DEAL', 2], ['COMPANY', 4], ['DYNAMIC_1036', 1036], ['BizprocDocument', null]])('knows the record type of %s', (type, expected) => {
    expect(contextOf({ document_type: ['crm', 'x', type] }).entityTypeId).toBe(expected)
  })

  it('lists what can be inserted, with names in either spelling', () => {
    expect(contextOf().insertables).toEqual([
      { expression: '{=Document:TITLE}', label: 'Titre', group: 'document', step: null },
      { expression: '{=Document:OPPORTUNITY}', label: 'Montant', group: 'document', step: null },
      { expression: '{=Variable:Limit}', label: 'Plafond', group: 'variable', step: null },
      { expression: '{=A9_9:value}', label: 'Valeur', group: 'step', step: 'Analyse' },
    ])
  })

  it('does without a template, which older portals do not send', () => {
    expect(contextOf({ template: undefined, document_fields: [] }).insertables).toEqual([])
  })
})
