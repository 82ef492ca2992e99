import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticeApi } from '@comptoir/shared/notices/notice.contract'
import { scorecardApi } from '@comptoir/shared/scorecards/scorecard.contract'
import { vendorApi } from '@comptoir/shared/vendors/vendor.contract'
import { waitFor } from '../factories/comptoir.ts'
import { startProcess, type ComptoirProcess } from '../factories/process.ts'
import { installApp } from '../demo/install.ts'

describe('killed while the portal answers', () => {
  let comptoir: ComptoirProcess
  beforeAll(async () => {
    comptoir = await startProcess({ data: 'generate:20' })
    await installApp(comptoir.portal, comptoir.app, comptoir.url)
  }, 120_000)
  afterAll(() => comptoir?.close())

  it('an urgent notice is in the bell once, and its alert says that it was sent', async () => {
    const { portal } = comptoir
    const vendorId = await waitFor(async () => (await comptoir.call(vendorApi.list)).body.vendors[0]?.vendorId, 'a vendor')
    const told = () => portal.notifications.filter(({ message }) => message.includes('fraude'))
    // The portal does the work, and its answer is lost: the client asks again while the process is killed.
    portal.faults.add({ kind: 'errorWithStatus200', methods: ['im.notify.system.add'] })
    await comptoir.call(scorecardApi.openFraudAlert, { params: { vendorId }, body: { reason: 'RIB modifié par téléphone.' } })
    await waitFor(() => told().length > 0, 'the notice in the bell', 20_000)
    await comptoir.demo.restart('SIGKILL')
    portal.faults.clear()
    await waitFor(async () => {
      const { body } = await comptoir.call(noticeApi.alerts)
      const [alert] = body.items
      return alert && (await comptoir.call(noticeApi.history, { params: { alertId: alert.alertId } })).body.events.some(({ event }) => event === 'sent')
    }, 'the notice to count as sent', 30_000)
    const people = new Set(told().map(({ userId }) => userId))
    expect(people.size).toBeGreaterThan(0)
    expect(told()).toHaveLength(people.size)
  }, 90_000)
})
