import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticeApi } from '@comptoir/shared/notices/notice.contract'
import { reportApi } from '@comptoir/shared/reports/report.contract'
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

  it('a report lies in each Drive once, as each of its files, and is told of once in each chat', async () => {
    const { portal } = comptoir
    const recipients = [1, 2, 3].map(id => ({ kind: 'user' as const, id }))
    const { body: { scheduleId } } = await comptoir.call(reportApi.create, { body: {
      title: 'Achats de minuit', source: { kind: 'spend', by: 'vendor', period: 'all' }, formats: ['pdf', 'xlsx', 'csv'], language: 'fr', timeZone: 'Europe/Paris',
      recurrence: { every: 'day', weekday: 1, day: 1, time: '02:30' }, recipients, delivery: ['drive', 'chat'],
    } })
    const calls = (name: string) => portal.journal.read('rest').filter(({ method }) => String(method).toLowerCase() === name)
    const runs = async () => (await comptoir.call(reportApi.runs, { params: { scheduleId } })).body
    portal.faults.add({ kind: 'errorWithStatus200', methods: ['disk.folder.uploadfile'] })
    await comptoir.call(reportApi.runNow, { params: { scheduleId } })
    await waitFor(() => calls('disk.folder.uploadfile').length > 0, 'the first file', 30_000)
    await comptoir.demo.restart('SIGKILL')
    portal.faults.clear()
    // This time nothing has come through.
    portal.faults.add({ kind: 'dropConnection', methods: ['im.message.add'], count: 1 })
    await waitFor(() => portal.faults.rest.length === 0, 'the first message', 60_000)
    await comptoir.demo.restart('SIGKILL')
    portal.faults.clear()
    await waitFor(async () => (await runs())[0]?.state === 'done', 'the whole report', 60_000)
    expect(await runs()).toMatchObject([{ people: recipients.length, files: 9, undelivered: 0 }])
    expect(portal.notifications.filter(({ fromUserId, message }) => fromUserId !== null && message.includes('Achats de minuit')).map(({ userId }) => userId).sort()).toEqual([1, 2, 3])
    expect(calls('disk.folder.uploadfile')).toHaveLength(9)
  }, 200_000)
})
