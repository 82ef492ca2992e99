import { describe, expect, it, vi } from 'vitest'
import { AppError } from '@comptoir/shared/errors'
import type { OperationContext, Plan } from './operation.ts'
import { runAction, type RunDeps, type StoredRun } from './run.ts'

const context: OperationContext = {
  portal: { id: 1, domain: 'd', clientEndpoint: 'https://d/rest/', currency: 'EUR', timeZone: 'Europe/Paris', language: 'fr' },
  viewer: null, document: null, language: 'fr', now: new Date('2026-05-14T10:00:00Z'),
}
const stored: StoredRun = {
  runId: 'r', actionId: 'vendor-management', settings: { operation: 'total-spend', vendorSource: 'document', period: 'all' },
  document: { entityTypeId: 2, entityId: 7 }, isWaitedFor: true, outcome: null,
}
const plan: Plan = { returns: { success: true, total: 12 }, message: 'Fait.', effects: [] }

function deps(change: Partial<RunDeps> & { operation?: () => Promise<Plan> } = {}) {
  const { operation = async () => plan, ...rest } = change
  return {
    operations: { 'vendor-management': { 'total-spend': vi.fn(operation) }, 'business-analytics': {} },
    settle: vi.fn(async () => true),
    answer: vi.fn(async () => true),
    finish: vi.fn(async () => undefined),
    ...rest,
  } satisfies RunDeps
}
const anyTry = { isLastTry: false }

describe('the run of an action', () => {
  it('answers the workflow with what the operation found', async () => {
    const used = deps()
    await runAction(used, context, stored, anyTry)
    expect(used.answer).toHaveBeenCalledWith(1, 'r', expect.objectContaining({ isSuccess: true, returns: { success: true, total: 12, message: 'Fait.' } }))
    expect(used.finish).toHaveBeenCalledWith(1, 'r', 'answered', null)
  })

  it('only answers when the result was found before', async () => {
    const outcome = { isSuccess: true, returns: {}, message: '', effects: [], errorCode: null }
    const used = deps()
    await runAction(used, context, { ...stored, outcome }, anyTry)
    expect(used.operations['vendor-management']['total-spend']).not.toHaveBeenCalled()
    expect(used.settle).not.toHaveBeenCalled()
    expect(used.answer).toHaveBeenCalledWith(1, 'r', outcome)
  })

  it('leaves the answer to whoever settled the run', async () => {
    const used = deps({ settle: vi.fn(async () => false) })
    await runAction(used, context, stored, anyTry)
    expect(used.answer).not.toHaveBeenCalled()
  })

  it('answers a failure that no other try can mend, with words that say what to do', async () => {
    const used = deps({ operation: async () => { throw new AppError('action.no_vendor') } })
    await runAction(used, context, stored, anyTry)
    expect(used.answer).toHaveBeenCalledWith(1, 'r', expect.objectContaining({
      isSuccess: false, errorCode: 'action.no_vendor', returns: expect.objectContaining({ success: false, verdict: 'error', message: expect.stringContaining('Vérifiez') }),
    }))
  })

  it('answers settings that are wrong at run time', async () => {
    const used = deps()
    await runAction(used, context, { ...stored, settings: { operation: 'nonsense' } }, anyTry)
    expect(used.answer).toHaveBeenCalledWith(1, 'r', expect.objectContaining({ errorCode: 'action.settings_invalid' }))
  })

  it('names the settings that are wrong, as the designer calls them', async () => {
    const used = deps()
    await runAction(used, context, { ...stored, settings: { operation: 'total-spend', vendorSource: 'fixed', vendorId: '', period: 'hier' } }, anyTry)
    expect(used.answer).toHaveBeenCalledWith(1, 'r', expect.objectContaining({
      message: 'Paramètres de l’action à corriger : Fournisseur choisi (vide), Période (choix inconnu). Ouvrez-les dans le concepteur, corrigez et enregistrez.',
    }))
  })

  it('is tried again when the portal is away, and answers the failure on the last try', async () => {
    const operation = async () => { throw new AppError('crm.unavailable') }
    await expect(runAction(deps({ operation }), context, stored, anyTry)).rejects.toThrow('crm.unavailable')
    const last = deps({ operation })
    await runAction(last, context, stored, { isLastTry: true })
    expect(last.answer).toHaveBeenCalledWith(1, 'r', expect.objectContaining({ errorCode: 'crm.unavailable' }))
  })

  it('says so when the host no longer waits', async () => {
    const used = deps({ answer: vi.fn(async () => false) })
    await runAction(used, context, stored, anyTry)
    expect(used.finish).toHaveBeenCalledWith(1, 'r', 'unanswered', null)
  })

  it('is failed, visibly, when the last try can\'t reach the host', async () => {
    const used = deps({ answer: vi.fn(async () => { throw new AppError('crm.unavailable') }) })
    await expect(runAction(used, context, stored, { isLastTry: true })).rejects.toThrow()
    expect(used.finish).toHaveBeenCalledWith(1, 'r', 'failed', 'crm.unavailable')
  })

  it('answers nobody when the designer chose not to wait', async () => {
    const used = deps()
    await runAction(used, context, { ...stored, isWaitedFor: false }, anyTry)
    expect(used.answer).not.toHaveBeenCalled()
    expect(used.finish).toHaveBeenCalledWith(1, 'r', 'answered', null)
  })
})
