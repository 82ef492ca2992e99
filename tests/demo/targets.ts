import type { Session } from '@comptoir/shared/portal/portal.contract'
import { insightsApi, type SalesTargets } from '@comptoir/shared/insights/insights.contract'
import { call } from './install.ts'

const firstMonthMinor = 850_000_00
const riseMinor = 20_000_00

/** What the company means to win this year, a little more every month; set once. */
export async function setTargets(appUrl: string, session: Session, now: Date): Promise<void> {
  const known = await call(appUrl, session, insightsApi.targets.method, insightsApi.targets.path) as SalesTargets
  if (known.targets.length > 0)
    return
  const targets = Array.from({ length: 12 }, (_, at) => ({ month: `${now.getUTCFullYear()}-${String(at + 1).padStart(2, '0')}-01`, amountMinor: firstMonthMinor + at * riseMinor }))
  await call(appUrl, session, insightsApi.changeTargets.method, insightsApi.changeTargets.path, { targets })
}
