import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchPorts } from '@comptoir/backend/app-ports'
import { composeWatches } from '@comptoir/backend/features/alerts/compose'
import { composeNotices } from '@comptoir/backend/features/notices/compose'
import { connectHost } from '@comptoir/backend/platform/bitrix24/host'
import { createLog } from '@comptoir/backend/platform/http/fastify'
import { createPortals } from '@comptoir/backend/platform/portals/portals.postgres'
import { watchApi } from '@comptoir/shared/alerts/watch.contract'
import { isFrenchBusinessDay } from '@comptoir/shared/calendar/business-days'
import { isoWeekday } from '@comptoir/shared/calendar/company-days'
import { addDays, addMonths, dayAt, startOfMonth } from '@comptoir/shared/insights/calendar'
import { noticeApi } from '@comptoir/shared/notices/notice.contract'
import { reportApi } from '@comptoir/shared/reports/report.contract'
import { startComptoir, type Comptoir } from '../factories/comptoir.ts'

const admin = 1
const buyer = 3

/** From the figure to the portal: what comes by itself says to each person what they may see, and no more. */
describe('what comes by itself', () => {
  let comptoir: Comptoir
  const monday = nextOpenMonday(dayAt(new Date(), 'Europe/Paris'))
  const clock = new Date(`${monday}T09:01:00Z`)
  const now = () => clock
  const log = createLog('silent')

  beforeAll(async () => {
    comptoir = await startComptoir()
    const { db } = comptoir.database
    const { portal_id } = await db.selectFrom('portals').select('portal_id').executeTakeFirstOrThrow()
    const lastMonth = `${addMonths(startOfMonth(monday), -1).slice(0, 8)}05`
    await db.deleteFrom('vendor_grants').execute()
    for (const [name, amount, isOpen] of [['Imprimerie Durand', 100_000, true], ['Transports Secrets', 700_000, false]] as const) {
      const { vendor_id } = await db.insertInto('vendors').values({ portal_id, name, name_key: name.toLowerCase(), status: 'active' }).returning('vendor_id').executeTakeFirstOrThrow()
      await db.insertInto('purchases').values(['2025-06-05', lastMonth].map(spent_on => ({ portal_id, vendor_id, spent_on, amount_minor: amount, amount_base_minor: amount, currency: 'EUR' })) as never).execute()
      if (isOpen)
        await db.insertInto('vendor_grants').values({ portal_id, subject_kind: 'user', subject_id: buyer, scope_kind: 'vendor', vendor_id, role: 'viewer', field_groups: ['identity', 'prices'] } as never).execute()
    }
  }, 60_000)
  afterAll(() => comptoir?.close())

  const told = (userId: number) => comptoir.portal.notifications.filter(one => one.userId === userId).map(({ message }) => message)
  async function send(): Promise<void> {
    const { database: { db }, config } = comptoir
    const notices = composeNotices({ db, host: connectHost({ config, db, log, now: () => new Date() }), portals: createPortals(db), now, log })
    await notices.plan()
    while (await notices.sendDue())
      continue
    await notices.sendDue()
  }

  it('a report goes to who has the role and to a person, into their Drive, their chat and their bell', async () => {
    const { body: schedule } = await comptoir.call(reportApi.create, { body: {
      title: 'Achats du lundi', source: { kind: 'spend', by: 'vendor', period: 'all' }, formats: ['csv'], language: 'fr', timeZone: 'Europe/Paris',
      recurrence: { every: 'week', weekday: 1, day: 1, time: '08:00' }, recipients: [{ kind: 'role', role: 'portal_admin' }, { kind: 'user', id: buyer }], delivery: ['drive', 'chat'],
    } })
    const params = { scheduleId: schedule.scheduleId }
    await comptoir.call(reportApi.runNow, { params })
    await comptoir.idle()
    expect((await comptoir.call(reportApi.runs, { params })).body).toMatchObject([{ state: 'done', people: 2, files: 2, undelivered: 0 }])
    const read = async (userId: number) => {
      const session = await comptoir.session(userId)
      const [file] = (await comptoir.call(reportApi.files, {}, session)).body
      const { body } = await comptoir.call(reportApi.file, { params: { fileId: file?.fileId ?? '' } }, session)
      return Buffer.from(body.base64, 'base64').toString()
    }
    expect(await read(admin)).toMatch(/Transports Secrets/)
    const own = await read(buyer)
    expect(own).toMatch(/Imprimerie Durand/)
    expect(own).not.toMatch(/Transports Secrets/)
    expect(comptoir.portal.journal.read('rest').filter(({ method }) => String(method).toLowerCase() === 'disk.folder.uploadfile')).toHaveLength(2)
    await send()
    for (const userId of [admin, buyer])
      expect(told(userId).filter(message => message.includes('Achats du lundi'))).toHaveLength(2)
  })

  it('a key figure rings at its limit with the amount that its owner sees', async () => {
    const { db } = comptoir.database
    const session = await comptoir.session(buyer)
    comptoir.portal.notifications.splice(0)
    await comptoir.call(watchApi.create, { body: { metric: 'spend_total', categoryId: null, rule: { kind: 'threshold', direction: 'above', value: 50_000 }, coolDownMonths: 0 } }, session)
    const rounds = composeWatches({ db, portals: createPortals(db), now, log, ...watchPorts({ db, now }) })
    await rounds.check()
    await rounds.check()
    await send()
    expect(told(buyer)).toEqual([expect.stringMatching(/1\s000\s?€|1\s000,00\s€/)])
    expect(told(admin)).toEqual([])
  })

  it('the weekly digest comes once, with the purchases that its reader sees', async () => {
    comptoir.portal.notifications.splice(0)
    const preferences = { language: 'fr', timeZone: 'Europe/Paris', quietFrom: null, quietUntil: null, digest: 'weekly', digestWeekday: 1, digestHour: 9, wishes: {} }
    await comptoir.call(noticeApi.savePreferences, { body: preferences }, await comptoir.session(buyer))
    await comptoir.database.db.updateTable('notice_preferences').set({ updated_at: new Date(`${addDays(monday, -1)}T00:00:00Z`) }).execute()
    await send()
    await send()
    expect(told(buyer)).toEqual([expect.stringMatching(/Votre récapitulatif[\s\S]*Alertes ouvertes\s: 1[\s\S]*Achats d[^\n]*\s:\s1\s000\s€/)])
  })
})

function nextOpenMonday(today: string): string {
  let day = addDays(today, 1)
  while (isoWeekday(day) !== 1 || !isFrenchBusinessDay(day))
    day = addDays(day, 1)
  return day
}
