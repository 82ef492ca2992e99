import type { Session } from '@comptoir/shared/portal/portal.contract'
import { insightsApi, type SalesTargets } from '@comptoir/shared/insights/insights.contract'
import { call } from './install.ts'

const firstMonthMinor = 610_000_00
const riseMinor = 20_000_00

/** What the company meant to win last year and means to win this year, a little more every month; set once. */
export async function setTargets(appUrl: string, session: Session, now: Date): Promise<void> {
  const known = await call(appUrl, session, insightsApi.targets.method, insightsApi.targets.path) as SalesTargets
  if (known.targets.length > 0)
    return
  const targets = Array.from({ length: 24 }, (_, at) => ({
    month: new Date(Date.UTC(now.getUTCFullYear() - 1, at, 1)).toISOString().slice(0, 10),
    amountMinor: firstMonthMinor + at * riseMinor,
  }))
  await call(appUrl, session, insightsApi.changeTargets.method, insightsApi.changeTargets.path, { targets })
}
