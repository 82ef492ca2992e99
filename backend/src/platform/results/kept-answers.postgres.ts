import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import { dealOnlooker } from '../access/deal-gate.postgres.ts'
import type { Caller } from '../http/caller.ts'
import type { Database } from '../storage/database.ts'

/** Up to so many deals everything is counted for whoever asks. */
const largeFrom = 50_000
/** What is counted faster than this need not be kept. */
const worthKeepingMs = 100
/** As often as the mirror reads. */
const freshMs = 5 * 60_000
/** What is asked first is counted ahead for everybody: a busy portal must not count it after every reading. */
const aheadMs = 3 * 60 * 60_000
const dayMs = 24 * 60 * 60_000
/** Who has not asked for so long is not counted for. */
const rememberedMs = 7 * dayMs
const readersAtMost = 20

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
  const { caller: { portal }, question: [, query] } = asked
  if ('segmentId' in query && query.segmentId || !await isLarge(db, portal.id))
    return count()
  await noteReader(db, asked)
  const place = placeOf(asked)
  const found = await find(db, place)
  if (!found || found.age > dayMs)
    return keep(db, place, count)
  if (found.age > freshMs)
    void renew(db, place, count)
  return { ...found.answer as T, countedAt: found.countedAt.toISOString() }
}

/** Counts an answer that somebody will ask for, unless one was counted of late. */
export async function countAhead(db: Database, asked: Asked, count: () => Promise<object>): Promise<void> {
  const place = placeOf(asked)
  const found = await find(db, place)
  if (!found || found.age > aheadMs)
    await keep(db, place, count)
}

/** Those who asked this of late and may count some of the deals only: an answer of everybody's is not theirs. */
export async function readersOf(db: Database, { portalId, question, now }: { readonly portalId: number, readonly question: Asked['question'], readonly now: Date }): Promise<Viewer[]> {
  await db.deleteFrom('answer_readers').where('portal_id', '=', portalId).where('asked_at', '<', new Date(now.getTime() - rememberedMs)).execute()
  const rows = await db.selectFrom('answer_readers').select(['user_id', 'department_ids'])
    .where('portal_id', '=', portalId).where('question', '=', hash(chosen(question))).orderBy('asked_at', 'desc').orderBy('user_id').limit(readersAtMost).execute()
  return rows.map(({ user_id: userId, department_ids: departmentIds }) => ({ userId, name: '', isAdmin: false, departmentIds }))
}

async function noteReader(db: Database, { caller: { portal, viewer }, question, now }: Asked): Promise<void> {
  if (dealOnlooker(portal, viewer).scope === 'all')
    return
  const asked = { department_ids: [...viewer.departmentIds], asked_at: now }
  await db.insertInto('answer_readers').values({ portal_id: portal.id, question: hash(chosen(question)), user_id: viewer.userId, ...asked })
    .onConflict(conflict => conflict.columns(['portal_id', 'question', 'user_id']).doUpdateSet(asked)).execute()
}

export async function isLarge(db: Database, portalId: number): Promise<boolean> {
  const { rows: [row] } = await sql<{ deals: number }>`select coalesce(sum(deal_count), 0)::int as deals from insight_deal_days
    where portal_id = ${portalId} and assigned_by_id = -1 and category_id = -1 and outcome = 'created'`.execute(db)
  return (row?.deals ?? 0) >= largeFrom
}

interface Place { readonly portalId: number, readonly question: string, readonly now: Date }

const placeOf = (asked: Asked): Place => ({ portalId: asked.caller.portal.id, question: hashOf(asked), now: asked.now })

/** Null too for what was counted later than now: then the clock was turned back. */
async function find(db: Database, { portalId, question, now }: Place): Promise<{ readonly answer: unknown, readonly countedAt: Date, readonly age: number } | null> {
  const found = await db.selectFrom('kept_answers').select(['counted_at', 'answer'])
    .where('portal_id', '=', portalId).where('question', '=', question).executeTakeFirst()
  const age = found ? now.getTime() - found.counted_at.getTime() : 0
  return found && age >= 0 ? { answer: found.answer, countedAt: found.counted_at, age } : null
}

/** The same for everybody who may count all deals; else each their own. The day is part of every period. */
function hashOf({ caller: { portal, viewer }, question, now }: Asked): string {
  const { scope } = dealOnlooker(portal, viewer)
  const eyes = scope === 'all' ? scope : [scope, viewer.userId, viewer.departmentIds]
  return hash([...chosen(question), eyes, portal.timeZone, portal.currency, dayAt(now, portal.timeZone)])
}

/** However it is spelt. */
const chosen = ([name, query]: Asked['question']): unknown[] =>
  [name, Object.entries(query).filter(([, value]) => value !== undefined).toSorted(([a], [b]) => a < b ? -1 : 1)]

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

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
