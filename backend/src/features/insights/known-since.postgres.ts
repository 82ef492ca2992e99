import type { MetricDefinition } from '@comptoir/shared/insights/metric'
import type { Database } from '../../platform/storage/database.ts'
import type { Ask } from './ask.ts'
import { readDataDays } from './metric-tally.postgres.ts'

/** Bases whose first day is found without reading records. */
const quickBases = ['closed', 'created', 'cohort', 'spent']

/**
 * The first day that a period knows anything of, whatever is filtered, where it began before there was anything to know; otherwise null.
 * A change against such a period compares a part with a whole.
 */
export async function readKnownSince(db: Database, metric: MetricDefinition, ask: Ask): Promise<string | null> {
  const { from, to } = ask.range
  if (from === null || to === null || !quickBases.includes(metric.timeBasis))
    return null
  const known = await readDataDays(db, metric, { ...ask, userIds: null, categoryIds: null, segment: null, range: { from: null, to: null } })
  return known.from !== null && known.from > from && known.from < to ? known.from : null
}
