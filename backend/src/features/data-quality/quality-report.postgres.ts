import { sql } from 'kysely'
import type { QualityReport, QualitySource } from '@comptoir/shared/data-quality/data-quality.contract'
import { qualitySources } from '@comptoir/shared/data-quality/quality-checks'
import { scoreOf } from '@comptoir/shared/data-quality/quality-score'
import { addMonths, dayAt, startOfMonth } from '@comptoir/shared/insights/calendar'
import type { Database } from '../../platform/storage/database.ts'
import { planOf, readChecks } from './read-quality.postgres.ts'
import type { Asked, SourcePlan } from './source-plan.ts'

const monthsBack = 12

export async function readQuality(db: Database, asked: Asked): Promise<QualityReport> {
  const sources: QualitySource[] = []
  // One after another: each is a pass over a table, and somebody else is waiting for the database, too.
  for (const sourceId of qualitySources)
    sources.push(await readSource(db, asked, await planOf(db, asked, sourceId)))
  return { currency: asked.reader.portal.currency, sources }
}

async function readSource(db: Database, asked: Asked, plan: SourcePlan): Promise<QualitySource> {
  const checks = await readChecks(db, plan)
  const freshness = plan.list === undefined ? null : await readFreshness(db, asked.reader.portal.id, plan.list)
  const { portalCount = null, mirrorCount = null } = freshness ?? {}
  const isDifferent = portalCount !== null && mirrorCount !== null && portalCount !== mirrorCount
  return { sourceId: plan.sourceId, score: scoreOf(checks, { isDifferent }), checks, freshness, ...await readGaps(db, asked, plan) }
}

async function readFreshness(db: Database, portalId: number, list: string): Promise<QualitySource['freshness']> {
  const state = await db.selectFrom('sync_states').select(['watermark', 'error_code', 'portal_count', 'mirror_count', 'counted_at'])
    .where('portal_id', '=', portalId).where('entity', '=', list).executeTakeFirst()
  return {
    readUpTo: state?.watermark?.toISOString() ?? null,
    errorCode: state?.error_code ?? null,
    portalCount: state?.portal_count ?? null,
    mirrorCount: state?.mirror_count ?? null,
    countedAt: state?.counted_at?.toISOString() ?? null,
  }
}

/** Companies come when they come, and a file is brought when there is one: a month without says nothing. */
const irregular: readonly QualitySource['sourceId'][] = ['companies', 'outside']

async function readGaps(db: Database, { reader: { portal }, now }: Asked, { all, columns, sourceId }: SourcePlan): Promise<Pick<QualitySource, 'newestOn' | 'emptyMonths'>> {
  const running = startOfMonth(dayAt(now, portal.timeZone))
  const { rows: [days] } = await sql<{ first: string | null, newest: string | null, months: string[] | null }>`
    select min(day) as first, max(day) as newest, array_agg(distinct date_trunc('month', day)::date::text) as months
    from (select ${columns.day}::date as day from ${all.from} where ${all.where}) t where day is not null`.execute(db)
  const first = days?.first ?? null
  const known = new Set(days?.months ?? [])
  const looked = first === null || irregular.includes(sourceId) ? [] : Array.from({ length: monthsBack }, (_, back) => addMonths(running, back - monthsBack))
  return { newestOn: days?.newest ?? null, emptyMonths: looked.filter(month => month > startOfMonth(first ?? month) && !known.has(month)) }
}
