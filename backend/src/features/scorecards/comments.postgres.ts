import { AppError } from '@comptoir/shared/errors'
import type { Day } from '@comptoir/shared/insights/calendar'
import type { MonthDetail } from '@comptoir/shared/scorecards/scorecard-card.schema'
import { requireVendor } from '../../platform/access/vendor-gate.postgres.ts'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { findSnapshot, readMonthFor } from './months.postgres.ts'
import type { Asker } from './vendor-scorecard.postgres.ts'

interface Said {
  readonly vendorId: string
  readonly month: Day
  readonly body: string
  readonly onBehalfOf?: string | null
  readonly evidenceLink?: string | null
}

/** Contests a stored score, or answers; whoever looks after the vendor is told. */
export async function addComment(db: Database, asker: Asker, said: Said & { readonly kind: 'contest' | 'answer' }, now: Date): Promise<MonthDetail> {
  await requireVendor(db, asker, said.vendorId, { group: 'scores', role: 'editor' })
  return say(db, asker, { ...said, score: null }, now)
}

/** Lets another score hold for a month. What was computed stays beside it. @throws AppError scorecard.no_score */
export async function adjustScore(db: Database, asker: Asker, said: Said & { readonly score: number }, now: Date): Promise<MonthDetail> {
  await requireVendor(db, asker, said.vendorId, { group: 'scores', role: 'approver' })
  return say(db, asker, { ...said, kind: 'adjustment' }, now)
}

type Entry = Said & { readonly kind: 'contest' | 'answer' | 'adjustment', readonly score: number | null }

async function say(db: Database, asker: Asker, { vendorId, month, body, onBehalfOf, evidenceLink, kind, score }: Entry, now: Date): Promise<MonthDetail> {
  const { portal, viewer } = asker
  const spokesperson = onBehalfOf?.trim() || null
  const snapshot = await findSnapshot(db, portal.id, vendorId, month)
  if (kind === 'adjustment' && snapshot.score === null)
    throw new AppError('scorecard.no_score', { details: { month } })
  await db.transaction().execute(async (tx) => {
    const { comment_id: commentId } = await tx.insertInto('score_comments').values({
      portal_id: portal.id, snapshot_id: snapshot.snapshot_id, vendor_id: vendorId, kind, body: body.trim(),
      on_behalf_of: spokesperson, evidence_link: evidenceLink ?? null,
      computed_score: kind === 'adjustment' ? snapshot.score : null, adjusted_score: score, created_at: now, created_by: viewer.userId,
    }).returning('comment_id').executeTakeFirstOrThrow()
    await notify(tx, {
      portalId: portal.id, key: `score-comment:${commentId}`, kind: 'score_comment', vendorId, recipients: 'owners',
      params: { author: spokesperson ?? viewer.name, text: body.trim().slice(0, 300) }, link: { to: 'vendor', vendorId, section: 'scorecard' },
    })
  })
  return readMonthFor(db, asker, vendorId, month)
}
