import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionApi } from '@comptoir/shared/actions/action.contract'
import { processApi, processIds, type ProcessId } from '@comptoir/shared/processes/process.contract'
import { startComptoir, waitFor, type Comptoir } from '../factories/comptoir.ts'
import { documentIdOf } from '../portal/bizproc/documents.ts'
import { startWorkflow } from '../portal/bizproc/engine.ts'
import type { Template } from '../portal/bizproc/model.ts'
import type { WorkflowInstance } from '../portal/state.bizproc.ts'

/** Ready-made processes and triggers, in a portal that reads templates as the documentation says. */

let comptoir: Comptoir
let portalId: number
let vendor: { vendor_id: string, company_id: number | null, name: string }

beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
  const { db } = comptoir.database
  portalId = (await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()).portal_id
  await db.updateTable('portals').set({ language: 'en' }).where('portal_id', '=', portalId).execute()
  vendor = await db.selectFrom('vendors').select(['vendor_id', 'company_id', 'name']).where('portal_id', '=', portalId).where('company_id', 'is not', null).executeTakeFirstOrThrow()
})
afterAll(() => comptoir?.close())

const templates = (): Template[] => [...comptoir.portal.bizproc.templates.values()].filter(({ ownerAppId }) => ownerAppId === comptoir.app.clientId)
const install = async (processId: ProcessId) => comptoir.call(processApi.install, { params: { processId } })

async function run(processId: ProcessId): Promise<WorkflowInstance> {
  const { db } = comptoir.database
  const { template_id } = await db.selectFrom('process_templates').select('template_id').where('process', '=', processId).executeTakeFirstOrThrow()
  const instance = startWorkflow(comptoir.portal, comptoir.portal.bizproc.templates.get(template_id)!, documentIdOf(4, vendor.company_id!), { userId: 1 })
  await waitFor(() => instance.status !== 'running', `the end of ${processId}`)
  return instance
}

describe('ready-made processes', () => {
  it('are added once, in the portal’s language, for companies', async () => {
    expect((await comptoir.call(processApi.get)).body.templates).toEqual(processIds.map(id => ({ id, state: 'absent' })))
    for (const id of processIds)
      expect(await install(id)).toMatchObject({ status: 200 })
    await install('renewal')
    expect((await comptoir.call(processApi.get)).body.templates).toEqual(processIds.map(id => ({ id, state: 'installed' })))
    expect(templates().map(({ name, documentType }) => [name, documentType[2]])).toEqual([
      ['Comptoir: renewal of a contract', 'COMPANY'], ['Comptoir: onboarding of a vendor', 'COMPANY'],
      ['Comptoir: change of bank details', 'COMPANY'], ['Comptoir: falling score', 'COMPANY'],
      ['Comptoir: late delivery', 'COMPANY'], ['Comptoir: weekly review', 'COMPANY'],
    ])
  })

  it('run to their end on a vendor’s company', async () => {
    const { db } = comptoir.database
    const tasks = () => [...comptoir.portal.tasks.values()].map(({ title }) => title)
    expect(await run('onboarding')).toMatchObject({ status: 'completed' })
    expect(await db.selectFrom('vendors').select('status').where('vendor_id', '=', vendor.vendor_id).executeTakeFirst()).toMatchObject({ status: expect.stringMatching(/^(?:onboarding|active)$/) as string })
    expect(await run('bank-change')).toMatchObject({ status: 'completed' })
    expect(tasks()).toContain(`Verify the new bank details of ${vendor.name}`)
    expect(await run('score-drop')).toMatchObject({ status: 'completed' })
    expect(await run('late-delivery')).toMatchObject({ status: 'completed' })
    expect(tasks()).toContain(`Find another source than ${vendor.name}`)
    expect(await run('weekly-review')).toMatchObject({ status: 'completed' })
    expect(comptoir.portal.notifications.at(-1)!.message).toMatch(/^The last seven days, compared with the seven before:\n.+\n.+\n.+\nhttp/)
    await db.insertInto('contracts').values({
      portal_id: portalId, vendor_id: vendor.vendor_id, title: 'Cleaning', status: 'signed', starts_on: '2020-01-01', ends_on: '2099-12-31', is_tacitly_renewed: false, notice_unit: 'days', documents: '[]',
    } as never).execute()
    expect(await run('renewal')).toMatchObject({ status: 'completed' })
    expect(tasks().some(title => title.startsWith('Renew '))).toBe(true)
  })

  it('that somebody deleted can be added again; taking back one that is gone does no harm', async () => {
    const [first] = templates()
    comptoir.portal.bizproc.templates.delete(first!.id)
    expect((await comptoir.call(processApi.get)).body.templates).toContainEqual({ id: 'renewal', state: 'absent' })
    expect(await comptoir.call(processApi.remove, { params: { processId: 'renewal' } })).toMatchObject({ status: 200 })
    await install('renewal')
    expect(await comptoir.call(processApi.remove, { params: { processId: 'score-drop' } })).toMatchObject({ status: 200 })
    expect(templates()).toHaveLength(processIds.length - 1)
  })

  it('need their action, and say so when the portal refuses', async () => {
    await comptoir.call(actionApi.remove, { params: { actionId: 'vendor-management' } })
    expect(await install('score-drop')).toMatchObject({ status: 409, body: { code: 'process.action_missing' } })
    await comptoir.call(actionApi.install, { params: { actionId: 'vendor-management' } })
    comptoir.portal.users.get(1)!.isAdmin = false
    expect((await install('score-drop')).status).toBeGreaterThanOrEqual(400)
    comptoir.portal.users.get(1)!.isAdmin = true
    expect(templates()).toHaveLength(processIds.length - 1)
  })
})

describe('triggers', () => {
  it('that are missing are found and put back', async () => {
    const { triggers } = comptoir.portal.bizproc
    const states = async () => (await comptoir.call(processApi.get)).body.triggers.map(({ state }) => state)
    const count = triggers.length
    expect(await states()).toEqual(Array.from({ length: count }, () => 'installed'))
    triggers.splice(0, 2)
    expect((await states()).filter(state => state === 'absent')).toHaveLength(2)
    expect(await comptoir.call(processApi.installTriggers)).toMatchObject({ status: 200 })
    expect(triggers).toHaveLength(count)
    const seller = await comptoir.session(3)
    expect((await comptoir.call(processApi.get, {}, seller)).body).toMatchObject({ isAdmin: false, triggers: Array.from({ length: count }, () => ({ state: 'unknown' })) })
  })
})
