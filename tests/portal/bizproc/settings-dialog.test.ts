import type { Stage } from './test-stage.ts'
import type { AppStep, Template } from './model.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addStep, deadSteps, dropStep, newAppStep, newBuiltInStep } from './designer.ts'
import { findStep } from './model.ts'
import { insertableValues, saveStep, settingsOptions } from './settings-dialog.ts'
import { actionCode, openStage } from './test-stage.ts'

let stage: Stage
let template: Template
let step: AppStep

beforeEach(async () => {
  stage = await openStage()
  await stage.registerAction()
  template = stage.template({ parameters: { limit: { Name: 'Limit', Type: 'int' } } })
  step = newAppStep(stage.portal, { appId: stage.app.clientId, code: actionCode }, 'fr') as AppStep
  template = addStep(stage.portal, template, step, { branch: null, index: 0 })
})
afterEach(() => stage.close())

const options = (changes = {}) => settingsOptions(stage.portal, template, step.name, { language: 'fr', ...changes })
const saved = () => findStep(stage.portal.bizproc.templates.get(template.id)!, step.name) as AppStep

describe('the options of the settings page', () => {
  it('describe the step, its properties, its values and what it may name', () => {
    expect(step.name).toMatch(/^A\d{5}_\d{5}_\d{5}_\d{5}$/)
    expect(step.title).toBe('Vérifier un fournisseur')
    expect(options()).toMatchObject({
      code: actionCode,
      activity_name: step.name,
      properties: {
        mode: { Id: 'mode', Type: 'select', Name: 'Mode', Multiple: 'N', Required: 'N', Options: { full: 'Full', quick: 'Quick' }, Default: 'quick' },
        tags: { Multiple: 'Y' },
      },
      current_values: { mode: 'quick', tags: [], note: '' },
      document_type: ['crm', 'CCrmDocumentDeal', 'DEAL'],
      document_fields: { TITLE: { Type: 'string', Multiple: 'N' }, OPPORTUNITY: { Type: 'double' } },
      template: { parameters: { limit: { Name: 'Limit' } }, variables: [], constants: [], return_activities: [] },
    })
  })

  it('can spell the inner keys in upper case', () => {
    expect(options({ hasUpperCaseKeys: true })?.properties).toMatchObject({ tags: { ID: 'tags', NAME: 'Tags', TYPE: 'string', MULTIPLE: 'Y', REQUIRED: 'N' } })
  })

  it('name what the other steps return', () => {
    const second = newAppStep(stage.portal, { appId: stage.app.clientId, code: actionCode }, 'en')
    template = addStep(stage.portal, template, second, { branch: null, index: 1 })
    expect((options()?.template as { return_activities: unknown[] }).return_activities).toMatchObject([
      { Id: second.name, Title: 'Check a vendor', Return: [{ Id: 'score', Type: 'int' }, { Id: 'Standing' }, { Id: 'IsTimeout' }] },
    ])
    const expressions = insertableValues(stage.portal, template, step.name, 'en').map(({ expression }) => expression)
    expect(expressions).toContain('{=Document:TITLE}')
    expect(expressions).toContain('{=Template:limit}')
    expect(expressions).toContain(`{=${second.name}:score}`)
    expect(expressions).not.toContain(`{=${step.name}:score}`)
  })

  it('are none for a step whose app is gone', () => {
    stage.portal.bizproc.registrations.clear()
    expect(options()).toBeNull()
    expect(deadSteps(stage.portal, template)).toEqual([step.name])
  })
})

describe('saving a step', () => {
  it('keeps known ids in their exact spelling and leaves the others as they were', () => {
    saveStep(stage.portal, template, step, { tags: ['a', '{=Document:TITLE}', ''], MODE: 'full', unknown: 'x', note: ['first', 'second'] }, { timeoutSeconds: 900 })
    expect(saved().properties).toEqual({ mode: 'quick', tags: ['a', '{=Document:TITLE}'], note: 'first' })
    expect(saved().timeoutSeconds).toBe(900)
  })

  it('shows the values again when the page is reopened', () => {
    template = saveStep(stage.portal, template, step, { tags: 'one', mode: '{=Document:TITLE}' })
    expect(options()?.current_values).toMatchObject({ tags: ['one'], mode: '{=Document:TITLE}' })
  })
})

describe('editing a template', () => {
  it('puts steps into branches and takes them out again', () => {
    const condition = newBuiltInStep(stage.portal, 'condition', 'If')
    const inner = newBuiltInStep(stage.portal, 'delay', 'Wait')
    template = addStep(stage.portal, template, condition, { branch: null, index: 1 })
    template = addStep(stage.portal, template, inner, { branch: { of: condition.name, side: 'else' }, index: 0 })
    expect(findStep(template, condition.name)).toMatchObject({ then: [], else: [{ name: inner.name }] })
    template = dropStep(stage.portal, template, inner.name)
    expect(findStep(template, inner.name)).toBeNull()
    expect(template.steps).toHaveLength(2)
  })
})
