import { sql } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { addMonths, startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import { monthPeriod, scoreOverTime } from '@comptoir/shared/scorecards/months'
import type { Card, Comment, MonthDetail, MonthPoint } from '@comptoir/shared/scorecards/scorecard-card.schema'
import { seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { cardOf, differencesOf } from './card.ts'
import { readDocuments } from './documents.postgres.ts'
import type { ScoredPortal } from './evaluate-portal.postgres.ts'
import { judgeMonth } from './judge-month.ts'
import { withoutMedians } from './peers.ts'
import { readRules } from './rules.postgres.ts'
import { readState } from './state.postgres.ts'

const MONTHS_SHOWN = 24

/** The stored months of a vendor, oldest first. */
export async function readMonths(db: Database, portalId: number, vendorId: string, asOf: Day): Promise<MonthPoint[]> {
  const { rows } = await sql<MonthPoint>`
    select s.month, s.score, s.coverage, s.standing, s.month_score as "monthScore", s.is_active as "isActive",
      (select c.adjusted_score from score_comments c where c.portal_id = s.portal_id and c.snapshot_id = s.snapshot_id and c.kind = 'adjustment'
        order by c.created_at desc, c.comment_id limit 1) as "adjustedScore",
      (select count(*)::int from score_comments c where c.portal_id = s.portal_id and c.snapshot_id = s.snapshot_id) as "commentCount"
    from scorecard_snapshots s
    where s.portal_id = ${portalId} and s.vendor_id = ${vendorId} and s.month <= ${asOf}::date
      and s.month > ${addMonths(startOfMonth(asOf), -MONTHS_SHOWN)}::date
    order by s.month`.execute(db)
  return rows
}

/** Only active months weigh. */
export const overTimeOf = (months: readonly MonthPoint[], asOf: Day, halfLifeMonths: number): number | null =>
  scoreOverTime(months.filter(({ isActive }) => isActive).map(({ month, monthScore }) => ({ month, score: monthScore })), asOf, halfLifeMonths)

export interface SnapshotRow {
  readonly snapshot_id: string
  readonly month: string
  readonly score: number | null
  readonly figures: { readonly card: Card, readonly month: Card }
  readonly inputs_hash: string
  readonly formula_version: number
  readonly settings_version: number
  readonly created_at: Date
}

/** @throws AppError scorecard.no_month */
export async function findSnapshot(db: Database, portalId: number, vendorId: string, month: Day): Promise<SnapshotRow> {
  const row = await db.selectFrom('scorecard_snapshots')
    .select(['snapshot_id', 'month', 'score', 'figures', 'inputs_hash', 'formula_version', 'settings_version', 'created_at'])
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).where('month', '=', month).executeTakeFirst()
  if (!row)
    throw new AppError('scorecard.no_month', { details: { month } })
  return row as unknown as SnapshotRow
}

/** The month as somebody may be told of it: what its medians say of hidden vendors is left out. */
export async function readMonthFor(db: Database, asker: Pick<Caller, 'portal' | 'viewer'>, vendorId: string, month: Day): Promise<MonthDetail> {
  const [detail, seesAll] = await Promise.all([readMonth(db, asker.portal, vendorId, month), seesAllVendors(db, asker, 'scores')])
  const { stored } = detail
  return seesAll ? detail : { ...detail, stored: { card: withoutMedians(stored.card), month: withoutMedians(stored.month) } }
}

/** A stored month, the same month worked out again from the documents of today, and what was said about it. */
async function readMonth(db: Database, portal: ScoredPortal, vendorId: string, month: Day): Promise<MonthDetail> {
  const snapshot = await findSnapshot(db, portal.id, vendorId, month)
  const { asOf } = monthPeriod(month)
  const [documents, state, rules, comments] = await Promise.all([
    readDocuments(db, portal), readState(db, portal, asOf), readRules(db, portal.id, snapshot.settings_version), readComments(db, portal.id, snapshot.snapshot_id),
  ])
  const judged = judgeMonth(documents, state, { month, rules: rules.rules }).get(vendorId)
  const now = judged && { card: cardOf(judged.card), month: cardOf(judged.month) }
  return {
    month: snapshot.month,
    writtenAt: snapshot.created_at.toISOString(),
    formulaVersion: snapshot.formula_version,
    settingsVersion: snapshot.settings_version,
    inputsHash: snapshot.inputs_hash,
    stored: snapshot.figures,
    recomputed: {
      inputsHash: judged?.inputsHash ?? '',
      score: now?.card.score ?? null,
      monthScore: now?.month.score ?? null,
      differences: now ? differencesOf(snapshot.figures.card, now.card) : [],
    },
    comments,
  }
}

export async function readComments(db: Database, portalId: number, snapshotId: string): Promise<Comment[]> {
  const rows = await db.selectFrom('score_comments as c')
    .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 'c.portal_id').onRef('u.user_id', '=', 'c.created_by'))
    .select(['c.comment_id', 'c.kind', 'c.body', 'c.on_behalf_of', 'c.evidence_link', 'c.computed_score', 'c.adjusted_score', 'c.created_at', 'c.created_by', 'u.name'])
    .where('c.portal_id', '=', portalId).where('c.snapshot_id', '=', snapshotId)
    .orderBy('c.created_at').orderBy('c.comment_id').execute()
  return rows.map(row => ({
    commentId: row.comment_id, kind: row.kind, body: row.body, onBehalfOf: row.on_behalf_of, evidenceLink: row.evidence_link, computedScore: row.computed_score, adjustedScore: row.adjusted_score,
    at: row.created_at.toISOString(), author: { userId: row.created_by, name: row.name },
  }))
}
