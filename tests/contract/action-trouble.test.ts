import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startComptoir, waitFor, type Comptoir } from '../factories/comptoir.ts'
import type { PortalStage } from '../factories/portal-stage.ts'
import { answersTo, runOf, runsOf, runWorkflow, type Workflow } from '../factories/workflow.ts'
import type { RestFaultKind } from '../portal/core/faults.ts'

/** Portals in trouble while steps of theirs run: the effect happens once, the process gets its answer all the same. */

// They wait most of the time.
vi.setConfig({ maxConcurrency: 12 })

let comptoir: Comptoir
beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
})
afterAll(() => comptoir?.close())

/** Every trouble in a portal of its own, so that they can wait at the same time. */
async function addPortal(): Promise<{ stage: PortalStage, companyId: number }> {
  const stage = await comptoir.addPortal({ data: 'generate:20' })
  const row = await comptoir.database.db.selectFrom('vendors').innerJoin('portals', 'portals.portal_id', 'vendors.portal_id')
    .select('company_id').where('member_id', '=', stage.portal.memberId).where('company_id', 'is not', null).executeTakeFirstOrThrow()
  return { stage, companyId: row.company_id ?? 0 }
}

const suspend = { operation: 'change-status', vendorSource: 'document', status: 'suspended', reason: 'Audit' }

const changesIn = async ({ portal }: PortalStage) => comptoir.database.db.selectFrom('vendor_changes')
  .innerJoin('portals', 'portals.portal_id', 'vendor_changes.portal_id').select(['field', 'new_value'])
  .where('member_id', '=', portal.memberId).where('origin', '=', 'action').execute()

async function endWell(stage: PortalStage, workflow: Workflow) {
  await workflow.ended()
  expect(workflow.results()).toMatchObject({ success: 'Y', verdict: 'changed', vendorStatus: 'suspended' })
  expect(await runOf(stage, workflow)).toMatchObject({ state: 'answered', isSuccess: true })
  expect(await changesIn(stage)).toEqual([{ field: 'status', new_value: 'suspended' }])
}

describe('the answer to a process', () => {
  it.concurrent.each<[RestFaultKind, number]>([
    ['queryLimit', 1], ['operationLimit', 1], ['expiredToken', 1], ['html', 2], ['dropConnection', 2], ['serverError', 2],
  ])('gets there after %s (%i times), and the effect happened once', async (kind, count) => {
    const { stage, companyId } = await addPortal()
    stage.portal.faults.add({ kind, methods: ['bizproc.event.send'], count })
    const workflow = runWorkflow(stage, { properties: suspend, entityTypeId: 4, itemId: companyId })
    await endWell(stage, workflow)
    expect(stage.portal.faults.rest).toEqual([])
  })

  it.concurrent('whose receipt was lost is not given again: the run is honest about not knowing', async () => {
    const { stage, companyId } = await addPortal()
    stage.portal.faults.add({ kind: 'errorWithStatus200', methods: ['bizproc.event.send'], count: 1 })
    const workflow = runWorkflow(stage, { properties: suspend, entityTypeId: 4, itemId: companyId })
    await workflow.ended()
    expect(workflow.results()).toMatchObject({ success: 'Y', vendorStatus: 'suspended' })
    expect(await runOf(stage, workflow)).toMatchObject({ state: 'unanswered', isSuccess: true })
    expect(await changesIn(stage)).toHaveLength(1)
  })

  it.concurrent('gets there though the app\'s token had expired and its renewal failed at first', async () => {
    const { stage, companyId } = await addPortal()
    stage.portal.clock.jump(2 * 3_600_000)
    stage.portal.faults.add({ kind: 'serverError', methods: ['oauth.token'], count: 1 })
    const workflow = runWorkflow(stage, { properties: suspend, entityTypeId: 4, itemId: companyId })
    await endWell(stage, workflow)
  })

  it.concurrent('that comes after the time limit is refused: the run says so, the process has gone on', async () => {
    const { stage, companyId } = await addPortal()
    stage.portal.faults.add({ kind: 'queryLimit', methods: ['bizproc.event.send'], count: 1 })
    const workflow = runWorkflow(stage, { properties: suspend, entityTypeId: 4, itemId: companyId, timeoutSeconds: 600 })
    await waitFor(() => stage.portal.faults.rest.length === 0, 'the first try')
    stage.portal.clock.jump(601_000)
    await workflow.ended()
    expect(workflow.results()).toEqual({ IsTimeout: 1 })
    expect(await runOf(stage, workflow)).toMatchObject({ state: 'unanswered', isSuccess: true })
    expect(await changesIn(stage)).toHaveLength(1)
  })

  it.concurrent('of a run that is taken twice is given once, and so is its effect', async () => {
    const { stage, companyId } = await addPortal()
    stage.portal.faults.add({ kind: 'slow', methods: ['bizproc.event.send'], count: 1, delayMs: 3_000 })
    const workflow = runWorkflow(stage, { properties: suspend, entityTypeId: 4, itemId: companyId })
    const run = await waitFor(async () => (await runsOf(stage, workflow))[0], 'the run')
    await waitFor(() => stage.portal.faults.rest.length === 0, 'the first answer on its way')
    // As if the lease had run out while the portal still thinks.
    await comptoir.database.db.updateTable('action_runs').set({ next_try_at: new Date() }).where('run_id', '=', run.runId).execute()
    await workflow.ended()
    await waitFor(() => answersTo(stage).length === 2, 'both answers')
    expect(answersTo(stage).filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await changesIn(stage)).toHaveLength(1)
    expect(await runsOf(stage, workflow)).toHaveLength(1)
  })
})

describe('a portal that does not answer', () => {
  it('holds up nobody else', async () => {
    const [sick, well] = [await addPortal(), await addPortal()]
    sick.stage.portal.faults.add({ kind: 'slow', methods: ['bizproc.event.send'], delayMs: 5_000 })
    const stuck = Array.from({ length: 20 }, () => runWorkflow(sick.stage, { properties: { operation: 'total-spend', vendorSource: 'document', period: 'all' }, entityTypeId: 4, itemId: sick.companyId }))
    await waitFor(async () => (await runsOf(sick.stage, stuck[19] as Workflow)).length === 1, 'twenty stored steps')
    const startedAt = Date.now()
    const workflow = runWorkflow(well.stage, { properties: suspend, entityTypeId: 4, itemId: well.companyId })
    await endWell(well.stage, workflow)
    expect(Date.now() - startedAt).toBeLessThan(4_000)
    sick.stage.portal.faults.clear()
  })
})
