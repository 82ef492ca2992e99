import { horizons, type TaskKind, type Waiting } from '@comptoir/shared/home/home.contract'
import { addDays, dayAt } from '@comptoir/shared/insights/calendar'
import { countWaiting } from './features/access/proposals.postgres.ts'
import { countToApprove } from './features/decisions/log.postgres.ts'
import { readFirstSteps } from './features/home/first-steps.postgres.ts'
import type { HomePorts } from './features/home/home.ts'
import { evaluateMetric } from './features/insights/evaluate-metric.postgres.ts'
import { countAlerts } from './features/notices/alerts.postgres.ts'
import { duePayables, runsToApprove } from './features/payments/waiting-payments.postgres.ts'
import { countLateLines } from './features/purchasing/overview.postgres.ts'
import { countDeadlines } from './features/relationship/deadlines.postgres.ts'
import type { Caller } from './platform/http/caller.ts'
import type { Database } from './platform/storage/database.ts'

const plain = (count: number, urgentCount = 0): Waiting => ({ count, urgentCount, amount: null })

/** What the features know about one reader, for the page that Comptoir opens with. */
export function homePorts({ db, now }: { readonly db: Database, readonly now: () => Date }, reader: Pick<Caller, 'portal' | 'viewer'>): HomePorts {
  const { portal, viewer } = reader
  const waiting: Record<TaskKind, () => Promise<Waiting>> = {
    approvals: async () => plain(await countWaiting(db, reader)),
    paymentRuns: () => runsToApprove(db, reader),
    decisions: async () => plain(await countToApprove(db, reader)),
    alerts: async () => {
      const { open, critical } = await countAlerts(db, reader, now())
      return plain(open, critical)
    },
    payables: () => duePayables(db, reader, horizons.payables, now()),
    lateLines: async () => {
      const late = await countLateLines(db, reader, now())
      return plain(late, late)
    },
    deadlines: async () => {
      const today = dayAt(now(), portal.timeZone)
      return plain(await countDeadlines(db, reader, { from: today, to: addDays(today, horizons.deadlines) }))
    },
  }
  return {
    waiting,
    figure: metricId => evaluateMetric(db, portal, viewer, { metricId, period: 'last_30_days' }, now()),
    firstSteps: () => readFirstSteps(db, reader),
  }
}
