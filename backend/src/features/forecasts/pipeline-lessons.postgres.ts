import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { learnHazards, winChances, type Replay, type Stay } from '@comptoir/shared/forecasts/pipeline'
import { dealOnlooker } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { readKnowledge, type Knowledge, type PipelineSubject } from './pipeline.postgres.ts'

/** Fewer closed deals than this teach nothing of stages. */
export const neededClosed = 20
export const replayDays = 90
const quarters = 4
const dayMs = 86_400_000
/** Beyond so many closed deals, lessons are learned once a day and kept. */
const learnedAtOnce = 20_000

/** What closed deals teach: how stays ended, of how many deals, and how past quarters went when they were played again. */
export interface Lessons { readonly stays: readonly Stay[], readonly known: number, readonly replays: readonly Replay[] }

export async function readLessons(db: Database, subject: PipelineSubject, now: Date): Promise<Lessons> {
  const { reader: { portal, viewer } } = subject
  if (dealOnlooker(portal, viewer).scope !== 'all' || !await isLarge(db, portal.id))
    return learn(db, subject, now)
  const categoryId = subject.categoryId ?? -1
  const kept = await db.selectFrom('pipeline_lessons').select(['learned_at', 'lessons'])
    .where('portal_id', '=', portal.id).where('category_id', '=', categoryId).executeTakeFirst()
  if (!kept)
    return keep(db, subject, now)
  // Whoever asks gets what is known; the next one gets what is learned meanwhile.
  if (now.getTime() - kept.learned_at.getTime() > dayMs)
    void renew(db, subject, now)
  return kept.lessons as Lessons
}

async function isLarge(db: Database, portalId: number): Promise<boolean> {
  const { rows: [row] } = await sql<{ closed: number }>`select coalesce(sum(deal_count), 0)::int as closed from insight_deal_days
    where portal_id = ${portalId} and assigned_by_id = -1 and category_id = -1 and outcome in ('won', 'lost')`.execute(db)
  return (row?.closed ?? 0) > learnedAtOnce
}

const renewing = new Set<string>()

async function renew(db: Database, subject: PipelineSubject, now: Date): Promise<void> {
  const name = `${subject.reader.portal.id}/${subject.categoryId}`
  if (renewing.has(name))
    return
  renewing.add(name)
  // A failure leaves the old lessons; the next request tries again.
  await keep(db, subject, now).catch(() => undefined)
  renewing.delete(name)
}

async function keep(db: Database, subject: PipelineSubject, now: Date): Promise<Lessons> {
  const lessons = await learn(db, subject, now)
  const row = { learned_at: now, lessons: JSON.stringify(lessons) }
  await db.insertInto('pipeline_lessons').values({ portal_id: subject.reader.portal.id, category_id: subject.categoryId ?? -1, ...row })
    .onConflict(conflict => conflict.columns(['portal_id', 'category_id']).doUpdateSet(row)).execute()
  return lessons
}

async function learn(db: Database, subject: PipelineSubject, now: Date): Promise<Lessons> {
  const moments = Array.from({ length: quarters + 1 }, (_, back) => new Date(now.getTime() - back * replayDays * dayMs)).toReversed()
  const [present, ...past] = (await readKnowledge(db, subject, moments, replayDays)).toReversed()
  const { stays, closed: known } = present!
  const replays: Replay[] = []
  for (const knowledge of known < neededClosed ? [] : past) {
    // Others are answered between one quarter and the next.
    await setImmediate()
    replays.push(replay(knowledge))
  }
  return { stays, known, replays }
}

/** A past quarter played again with what was known then, and held against what came. */
function replay({ closed, stays, standings }: Knowledge): Replay {
  if (closed < neededClosed)
    return []
  const chancesOf = winChances(learnHazards(stays), [replayDays])
  return standings.map(({ stage, days, deals, won }) => ({ chance: chancesOf(stage, days)[0]!, deals, won }))
}
