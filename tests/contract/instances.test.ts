import { stringify } from 'qs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { startComptoir, waitFor, type Comptoir } from '../factories/comptoir.ts'
import { callEndpoint, postForm } from '../factories/portal-stage.ts'
import { answersTo, runOf, runsOf, runWorkflow } from '../factories/workflow.ts'
import { updateApp } from '../portal/apps/lifecycle.ts'

/** Two instances behind one address share nothing but the database. */

let comptoir: Comptoir
let second: string
beforeAll(async () => {
  comptoir = await startComptoir({ data: 'generate:20' })
  second = await comptoir.addInstance()
})
afterAll(() => comptoir?.close())

const properties = { operation: 'total-spend', vendorSource: 'document', period: 'all' }

/** A step whose delivery the portal lost: what it would have sent. */
function lostStep() {
  comptoir.portal.queue.lose(1)
  const workflow = runWorkflow(comptoir, { properties, itemId: 1 })
  const delivery = comptoir.portal.journal.read('delivery').at(-1)
  return { workflow, form: stringify(delivery?.body), path: new URL(String(delivery?.url)).pathname }
}

describe('two instances', () => {
  it('that are sent the same step at the same time store, run and answer it once', async () => {
    const before = answersTo(comptoir).length
    const { workflow, form, path } = lostStep()
    const answers = await Promise.all([comptoir.url, second, comptoir.url, second].map(url => postForm(`${url}${path}`, form)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await workflow.ended()
    await runOf(comptoir, workflow)
    expect(await runsOf(comptoir, workflow)).toHaveLength(1)
    expect(answersTo(comptoir).length - before).toBe(1)
  })

  it('share sessions', async () => {
    const session = await comptoir.session(3)
    expect((await callEndpoint(second, vendorApi.list, {}, session)).status).toBe(200)
  })

  it('share a hundred steps between them, each done once', async () => {
    const before = answersTo(comptoir).length
    const steps = Array.from({ length: 100 }, lostStep)
    await Promise.all(steps.map(({ form, path }, at) => postForm(`${at % 2 === 0 ? comptoir.url : second}${path}`, form)))
    await waitFor(() => steps.every(({ workflow }) => workflow.instance.status === 'completed'), 'a hundred answers')
    await comptoir.idle()
    expect(answersTo(comptoir).length - before).toBe(100)
  })

  it('know of a new application token as soon as one of them does', async () => {
    updateApp(comptoir.portal, comptoir.app)
    await comptoir.portal.queue.idle()
    await comptoir.idle()
    comptoir.app.isInstalled = true
    const { form, path } = lostStep()
    expect((await postForm(`${second}${path}`, form)).status).toBe(200)
  })
})
