import { AppError } from '@comptoir/shared/errors'
import { describe, expect, it } from 'vitest'
import type { CrmClient } from '../../platform/bitrix24/client.ts'
import { registeredCodes } from './registered-codes.ts'

const portal = (answers: Readonly<Record<string, unknown>>): Pick<CrmClient, 'call'> => ({
  async call<T>(method: string) {
    const result = answers[method]
    if (result instanceof Error)
      throw result
    return { result: result as T, total: null, next: null, startedAt: null }
  },
})
const refused = new AppError('crm.forbidden')

describe('what the portal has of ours', () => {
  it('is read from a list with or without gaps', async () => {
    expect(await registeredCodes(portal({ 'bizproc.activity.list': { 3: 'one' }, 'bizproc.robot.list': [] })))
      .toEqual({ activity: new Set(['one']), robot: new Set() })
  })

  it('is unknown for robots alone where the plan keeps them out', async () => {
    expect(await registeredCodes(portal({ 'bizproc.activity.list': ['one'], 'bizproc.robot.list': refused })))
      .toEqual({ activity: new Set(['one']), robot: null })
  })

  it('is not to be had where both are refused, or the portal is away', async () => {
    await expect(registeredCodes(portal({ 'bizproc.activity.list': refused, 'bizproc.robot.list': refused }))).rejects.toThrow('crm.forbidden')
    await expect(registeredCodes(portal({ 'bizproc.activity.list': [], 'bizproc.robot.list': new AppError('crm.unavailable') }))).rejects.toThrow('crm.unavailable')
  })
})
