import { AppError } from '@comptoir/shared/errors'
import { describe, expect, it } from 'vitest'
import { runStep, type CallPortal, type StepContext } from './install-steps.ts'
import { placementRegistrations } from './registrations.ts'

type Answer = unknown | ((params: Readonly<Record<string, unknown>>) => unknown)

const refusal = (hostCode: string) => () => Promise.reject(new AppError('crm.refused', { details: { hostCode } }))
const forbidden = () => Promise.reject(new AppError('crm.forbidden', { details: { hostCode: 'ACCESS_DENIED' } }))

function portalWith(answers: Readonly<Record<string, Answer>>, acceptsGaps = false) {
  const asked: string[] = []
  const call: CallPortal = async (method, params = {}) => {
    asked.push(`${method} ${String(params.PLACEMENT ?? params.CODE ?? params.event ?? '')}`.trim())
    const answer = answers[method]
    return typeof answer === 'function' ? (answer as (given: typeof params) => unknown)(params) : answer ?? []
  }
  const context: StepContext = {
    call, callMany: asked => Promise.all(asked.map(({ method, params }) => call(method, params).then(() => true, () => false))), acceptsGaps, publicUrl: 'https://app', placementsOff: [], hasVendorRule: true,
    actions: [{ kind: 'activity', code: 'one', fields: {} }, { kind: 'robot', code: 'two', fields: {} }],
    triggers: [{ code: 'comptoir_late', title: { fr: 'En retard', en: 'Late' } }], language: 'fr',
    onActionsRegistered: async () => void asked.push('registered'),
    readDirectories: async () => {}, startSynchronization: async () => {},
  }
  return { asked, context }
}

describe('a step the portal refuses a part of', () => {
  const withoutMenu = { 'placement.bind': ({ PLACEMENT }: Readonly<Record<string, unknown>>) => PLACEMENT === 'LEFT_MENU' ? refusal('ERROR_PLACEMENT_NOT_FOUND')() : true }

  it('does the rest and names what is missing with the portal\'s code', async () => {
    const { asked, context } = portalWith({
      'placement.bind': ({ PLACEMENT }: Readonly<Record<string, unknown>>) => PLACEMENT === 'CRM_DEAL_DETAIL_TAB' ? refusal('ERROR_PLACEMENT_NOT_FOUND')() : true,
    })
    await expect(runStep.placements(context)).rejects.toMatchObject({
      code: 'installation.incomplete', details: { refused: 'CRM_DEAL_DETAIL_TAB (ERROR_PLACEMENT_NOT_FOUND)' },
    })
    expect(asked).toContain('placement.bind LEFT_MENU')
  })

  it('is done once the administrator goes on without it', async () => {
    await runStep.placements(portalWith(withoutMenu, true).context)
    const { asked, context } = portalWith({ 'bizproc.robot.list': forbidden, 'bizproc.robot.add': forbidden }, true)
    await runStep.actions(context)
    expect(asked).toContain('bizproc.activity.add one')
    expect(asked.at(-1)).toBe('registered')
  })

  it('registers activities where the plan keeps robots out, and says so', async () => {
    const { asked, context } = portalWith({ 'bizproc.robot.list': forbidden, 'bizproc.robot.add': forbidden })
    await expect(runStep.actions(context)).rejects.toMatchObject({ details: { refused: 'two (ACCESS_DENIED)' } })
    expect(asked).toContain('bizproc.activity.add one')
  })

  it('binds the other events where one is unknown', async () => {
    const { asked, context } = portalWith({ 'event.bind': ({ event }: Readonly<Record<string, unknown>>) => event === 'ONAPPUPDATE' ? refusal('')() : true })
    await expect(runStep.events(context)).rejects.toMatchObject({ details: { refused: 'ONAPPUPDATE' } })
    expect(asked).toContain('event.bind ONCRMCOMPANYDELETE')
  })

  it('is done where the portal is too old for a comfort: deep links, autofill, triggers, changes of other records', async () => {
    const { asked, context } = portalWith({
      'placement.bind': ({ PLACEMENT }: Readonly<Record<string, unknown>>) => /^REST_APP_URI$|_AUTOCOMPLETE$/.test(String(PLACEMENT)) ? refusal('ERROR_PLACEMENT_NOT_FOUND')() : true,
      'crm.automation.trigger.add': refusal('ERROR_METHOD_NOT_FOUND'),
      'event.bind': ({ event }: Readonly<Record<string, unknown>>) => String(event).startsWith('ONCRMDYNAMIC') ? refusal('ERROR_EVENT_NOT_FOUND')() : true,
    })
    await runStep.placements(context)
    await runStep.actions(context)
    await runStep.events(context)
    expect(asked).toContain('event.bind ONCRMDEALUPDATE')
  })

  it('does not mistake a portal that is away for one that refuses', async () => {
    const { context } = portalWith({ 'placement.bind': () => Promise.reject(new AppError('crm.unavailable')) }, true)
    await expect(runStep.placements(context)).rejects.toThrow('crm.unavailable')
  })
})

describe('placements of an earlier version', () => {
  const ofToday = (code: string) => {
    const { path, title, description } = placementRegistrations.find(one => one.code === code)!
    return { placement: code, handler: `https://app${path}`, langAll: Object.fromEntries(Object.entries(title).map(([of, text]) => [of, { TITLE: text, DESCRIPTION: description[of] ?? description.en }])) }
  }

  it('stay where they are as they shall be; the others are bound anew, and what is not wanted goes', async () => {
    const { asked, context } = portalWith({ 'placement.get': [
      ofToday('LEFT_MENU'), { ...ofToday('CRM_DEAL_DETAIL_TAB'), handler: 'https://old/p/deal-tab' }, { ...ofToday('CRM_ANALYTICS_MENU'), langAll: {} },
      ofToday('CRM_COMPANY_DETAIL_TAB'), { placement: 'CRM_LEAD_DETAIL_TAB', handler: 'https://app/p/lead-tab' },
    ] })
    await runStep.placements({ ...context, placementsOff: ['CRM_COMPANY_DETAIL_TAB', 'REST_APP_URI'] })
    expect(asked.filter(one => one.startsWith('placement.unbind'))).toEqual(['CRM_DEAL_DETAIL_TAB', 'CRM_ANALYTICS_MENU', 'CRM_COMPANY_DETAIL_TAB', 'CRM_LEAD_DETAIL_TAB'].map(code => `placement.unbind ${code}`))
    expect(asked.filter(one => one.startsWith('placement.bind'))).toEqual(['CRM_DEAL_DETAIL_TAB', 'CRM_ANALYTICS_MENU', 'CRM_REQUISITE_AUTOCOMPLETE', 'CRM_BANK_DETAIL_AUTOCOMPLETE'].map(code => `placement.bind ${code}`))
  })
})

describe('a step whose first answer was lost', () => {
  it('takes for done what is there already', async () => {
    const there = ['CRM_DEAL_DETAIL_TAB', 'CRM_COMPANY_DETAIL_TAB', 'CRM_ANALYTICS_MENU', 'LEFT_MENU', 'CRM_REQUISITE_AUTOCOMPLETE', 'CRM_BANK_DETAIL_AUTOCOMPLETE', 'REST_APP_URI']
      .map((placement, index) => ({ placement, handler: `https://app/p/${['deal-tab', 'company-tab', 'analytics', 'directory', 'company-autofill', 'bank-autofill', 'main'][index]}` }))
    await runStep.placements(portalWith({ 'placement.get': there, 'placement.bind': refusal('ERROR_CORE') }).context)
    await runStep.actions(portalWith({ 'bizproc.activity.add': refusal('ERROR_ACTIVITY_ALREADY_INSTALLED') }).context)
  })
})
