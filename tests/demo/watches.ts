import { watchApi, type WatchInput } from '@comptoir/shared/alerts/watch.contract'
import type { Session } from '@comptoir/shared/portal/portal.contract'
import { call } from './install.ts'

/** Figures that the administrator keeps an eye on. */
const ofAdmin: readonly WatchInput[] = [
  { metric: 'spend_total', categoryId: null, rule: { kind: 'change', direction: 'up', against: 'previous', share: 0.25, floor: 500_000 }, coolDownMonths: 1 },
  { metric: 'revenue_won', categoryId: null, rule: { kind: 'band', direction: 'either', floor: 1_000_000 }, coolDownMonths: 0 },
  { metric: 'win_rate', categoryId: null, rule: { kind: 'threshold', direction: 'below', value: 0.7 }, coolDownMonths: 0 },
]

const ofSeller: readonly WatchInput[] = [
  { metric: 'deals_won', categoryId: null, rule: { kind: 'change', direction: 'down', against: 'previous', share: 0.3, floor: 2 }, coolDownMonths: 0 },
]

export async function setWatches(appUrl: string, admin: Session, seller: Session): Promise<void> {
  for (const [session, watches] of [[admin, ofAdmin], [seller, ofSeller]] as const) {
    const saved = await call(appUrl, session, watchApi.list.method, watchApi.list.path) as { watches: readonly unknown[] }
    for (const watch of saved.watches.length > 0 ? [] : watches)
      await call(appUrl, session, watchApi.create.method, watchApi.create.path, watch)
  }
}
