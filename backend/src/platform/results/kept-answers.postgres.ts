import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { dealOnlooker } from '../access/deal-gate.postgres.ts'
import type { Caller } from '../http/caller.ts'
import type { Database } from '../storage/database.ts'

/** Up to so many deals everything is counted for whoever asks. */
const largeFrom = 50_000
/** What is counted faster than this need not be kept. */
const worthKeepingMs = 100
/** As often as the mirror reads. */
const freshMs = 5 * 60_000
const dayMs = 24 * 60 * 60_000

export interface Asked {
  readonly caller: Pick<Caller, 'portal' | 'viewer'>
  /** Its name and everything it was asked with. */
  readonly question: readonly [name: string, query: object]
  readonly now: Date
}

/**
 * An answer about deals alone. On a large portal the last count is shown at once, with its moment, and renewed behind the
 * one who asks; nothing older than a day is shown. Segments are always counted: their rules may have changed meanwhile.
 */
export async function keptAnswer<T extends object>(db: Database, asked: Asked, count: () => Promise<T>): Promise<T & { countedAt?: string }> {
  const { caller: { portal }, question: [, query], now } = asked
  if ('segmentId' in query && query.segmentId || !await isLarge(db, portal.id))
    return count()
  const question = hashOf(asked)
  const found = await db.selectFrom('kept_answers').select(['counted_at', 'answer'])
    .where('portal_id', '=', portal.id).where('question', '=', question).executeTakeFirst()
  const age = found ? now.getTime() - found.counted_at.getTime() : Infinity
  if (!found || age > dayMs || age < 0)
    return keep(db, { portalId: portal.id, question, now }, count)
  if (age > freshMs)
    void renew(db, { portalId: portal.id, question, now }, count)
  return { ...found.answer as T, countedAt: found.counted_at.toISOString() }
}

async function isLarge(db: Database, portalId: number): Promise<boolean> {
  const { rows: [row] } = await sql<{ deals: number }>`select coalesce(sum(deal_count), 0)::int as deals from insight_deal_days
    where portal_id = ${portalId} and assigned_by_id = -1 and category_id = -1 and outcome = 'created'`.execute(db)
  return (row?.deals ?? 0) >= largeFrom
}

/** The same for everybody who may count all deals; else each their own. The day is part of every period. */
function hashOf({ caller: { portal, viewer }, question, now }: Asked): string {
  const { scope } = dealOnlooker(portal, viewer)
  const eyes = scope === 'all' ? scope : [scope, viewer.userId, viewer.departmentIds]
  return createHash('sha256').update(JSON.stringify([question, eyes, portal.timeZone, portal.currency, dayAt(now, portal.timeZone)])).digest('hex')
}

interface Place { readonly portalId: number, readonly question: string, readonly now: Date }

async function keep<T extends object>(db: Database, { portalId, question, now }: Place, count: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const answer = await count()
  if (performance.now() - startedAt < worthKeepingMs)
    return answer
  const row = { counted_at: now, answer: JSON.stringify(answer) }
  await db.insertInto('kept_answers').values({ portal_id: portalId, question, ...row })
    .onConflict(conflict => conflict.columns(['portal_id', 'question']).doUpdateSet(row)).execute()
  await db.deleteFrom('kept_answers').where('portal_id', '=', portalId).where('counted_at', '<', new Date(now.getTime() - dayMs)).execute()
  return answer
}

const renewing = new Set<string>()

async function renew<T extends object>(db: Database, place: Place, count: () => Promise<T>): Promise<void> {
  const name = `${place.portalId}/${place.question}`
  if (renewing.has(name))
    return
  renewing.add(name)
  // A failure leaves the old answer; the next request tries again.
  await keep(db, place, count).catch(() => undefined)
  renewing.delete(name)
}
