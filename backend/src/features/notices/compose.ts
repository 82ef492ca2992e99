import type { FastifyBaseLogger } from 'fastify'
import { addTask, addTodo, findTask, findTodo, fireTrigger, ringBell, type Errand, addLogMessage, findLogMessage } from '../../platform/bitrix24/notice-calls.ts'
import type { Host } from '../../platform/bitrix24/host.ts'
import { createLoop } from '../../platform/jobs/loop.ts'
import type { Portals } from '../../platform/portals/portals.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { addressDue } from './address.postgres.ts'
import { fallBackToBell } from './fall-back.postgres.ts'
import { deliverOne, type Channels, type DeliverDeps, type Message } from './deliver.ts'
import { claimDeliveries, endDelivery, postponeDelivery, releaseDeliveries } from './deliver.postgres.ts'
import { sendDigests } from './digest.postgres.ts'
import { planReminders } from './plan-reminders.postgres.ts'
import { mayBeNamed, mayBeTold } from './recipients.postgres.ts'
import { readPortalNotices, readPreferences } from './settings.postgres.ts'
import { isStillTrue } from './still-true.postgres.ts'
import { triggerCode } from './triggers.ts'
import { wakeAlerts } from './wake-alerts.postgres.ts'

export interface NoticeParts {
  readonly db: Database
  readonly host: Pick<Host, 'crm' | 'appCode'>
  readonly portals: Pick<Portals, 'find'>
  readonly now: () => Date
  readonly log: Pick<FastifyBaseLogger, 'error'>
}

export interface Notices {
  /** Addresses and sends what is due. True when there may be more. */
  sendDue(): Promise<boolean>
  /** Looks at every date of every portal, wakes alerts that rested, and makes digests. */
  plan(): Promise<void>
  start(options: { isSoleOwner: boolean }): Promise<void>
  stop(graceMs: number): Promise<void>
}

const outboxMs = 2_000
const planMs = 60_000
const firstPlanMs = 10_000
const atOnce = 10

export function composeNotices(parts: NoticeParts): Notices {
  const { db, portals, now, log } = parts
  const deps = deliverDeps(parts)

  async function sendDue(): Promise<boolean> {
    const hadNotices = await addressDue({ db, findPortal: portals.find }, now())
    const claimed = await claimDeliveries(db, atOnce, now())
    for (const one of claimed)
      await deliverOne(deps, one, now()).catch((error: unknown) => log.error({ err: error, deliveryId: one.deliveryId }, 'notice'))
    return hadNotices || claimed.length === atOnce
  }

  async function plan(): Promise<void> {
    await wakeAlerts(db, now())
    const installed = await db.selectFrom('portals').select('portal_id').where('status', '=', 'installed').execute()
    for (const { portal_id: portalId } of installed) {
      const portal = await portals.find(portalId)
      if (!portal)
        continue
      await planReminders(db, portal, now())
      await sendDigests(db, portal, now())
    }
  }

  const loop = createLoop([
    { everyMs: outboxMs, work: sendDue },
    { everyMs: planMs, firstMs: firstPlanMs, work: async () => (await plan(), false) },
  ], error => log.error({ err: error }, 'notices'))

  return {
    sendDue,
    plan,
    async start({ isSoleOwner }) {
      if (isSoleOwner)
        await releaseDeliveries(db, now())
      loop.start()
    },
    stop: loop.stop,
  }
}

function deliverDeps({ db, host, portals }: NoticeParts): DeliverDeps {
  const portalOf = async (portalId: number) => {
    const portal = await portals.find(portalId)
    if (!portal)
      throw new RangeError(`no portal ${portalId}`)
    return portal
  }
  return {
    untrue: (one, kind, now) => isStillTrue(db, one.portalId, { kind, vendorId: one.vendorId, alertKey: one.alertKey }, now),
    mayBeTold: async (one, kind) => mayBeTold(db, await portalOf(one.portalId), { kind, vendorId: one.vendorId }, one.userId),
    mayBeNamed: async (one, kind) => mayBeNamed(db, await portalOf(one.portalId), { kind, vendorId: one.vendorId }, one.userId),
    readerOf: async one => readPreferences(db, await portalOf(one.portalId), await readPortalNotices(db, one.portalId), one.userId),
    writerOf: async (one) => {
      const { language, timeZone } = await portalOf(one.portalId)
      return { language, timeZone }
    },
    appCode: host.appCode,
    channels: portalId => channelsOf(host, portalId),
    end: (one, ending, now) => endDelivery(db, one, ending, now),
    postpone: (one, until, options) => postponeDelivery(db, one, until, options),
    fallBack: (one, now) => fallBackToBell(db, one, now),
  }
}

function channelsOf({ crm }: Pick<Host, 'crm'>, portalId: number): Channels {
  const client = crm.for(portalId, { lane: 'background' })
  return {
    bell: message => ringBell(client, { userId: message.userId, message: chatText(message), plain: `${message.title}\n${message.text}`, tag: message.tag }),
    todo: message => addTodo(client, errandOf(message)),
    task: message => addTask(client, errandOf(message)),
    async trigger(code, dealId) {
      await fireTrigger(client, { code: triggerCode(code), dealId })
      return ''
    },
    timeline: line => addLogMessage(client, line),
    earlierLine: (line, since) => findLogMessage(client, line, since),
    earlier: (channel, message, since) => (channel === 'task' ? findTask : findTodo)(client, errandOf(message), since),
  }
}

const chatText = ({ title, text, path, openLabel }: Message): string =>
  `[B]${title}[/B]\n${text}${path ? `\n[URL=${path}]${openLabel}[/URL]` : ''}`

const errandOf = ({ userId, title, text, path, openLabel, companyId, deadline }: Message): Errand =>
  ({ userId, title, text: `${text}${path ? `\n[URL=${path}]${openLabel}[/URL]` : ''}`, companyId, deadline })
