import { AppError } from '@comptoir/shared/errors'
import type { Caller } from '../../platform/http/caller.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'

type Judge = Pick<Caller, 'portal' | 'viewer'>

/** Lets a proposal be carried out, in the rights of the rule's person as they are then. */
export const approve = (db: Database, judge: Judge, decisionId: string, comment: string | null, now: Date): Promise<void> => db.transaction().execute(async (tx) => {
  await insistOnWaiting(tx, judge, decisionId)
  await settle(tx, judge, decisionId, { state: 'working', comment, now })
  await tx.updateTable('decision_effects').set({ state: 'waiting', next_try_at: now })
    .where('portal_id', '=', judge.portal.id).where('decision_id', '=', decisionId).where('state', '=', 'proposed').execute()
})

export const refuse = (db: Database, judge: Judge, decisionId: string, comment: string | null, now: Date): Promise<void> => db.transaction().execute(async (tx) => {
  await insistOnWaiting(tx, judge, decisionId)
  await settle(tx, judge, decisionId, { state: 'refused', comment, now })
})

/** Gives failed steps another round of tries. */
export const retry = (db: Database, { portal }: Judge, decisionId: string, now: Date): Promise<void> => db.transaction().execute(async (tx) => {
  const row = await readState(tx, portal.id, decisionId)
  if (row.state !== 'failed')
    throw new AppError('decision.over', { details: { state: row.state } })
  await tx.updateTable('decision_effects').set({ state: 'waiting', tries: 0, next_try_at: now, error_code: null })
    .where('portal_id', '=', portal.id).where('decision_id', '=', decisionId).where('state', '=', 'failed').execute()
  await tx.updateTable('decisions').set({ state: 'working' }).where('portal_id', '=', portal.id).where('decision_id', '=', decisionId).execute()
})

async function insistOnWaiting(tx: Tx, { portal, viewer }: Judge, decisionId: string): Promise<void> {
  const row = await readState(tx, portal.id, decisionId)
  const isTheirs = row.approvers.includes(viewer.userId)
  // To others it does not exist: they are not told what rules there are.
  if (!viewer.isAdmin && !isTheirs)
    throw new AppError('decision.not_found', { details: { decisionId } })
  if (row.state !== 'waiting')
    throw new AppError('decision.over', { details: { state: row.state } })
}

async function readState(tx: Tx, portalId: number, decisionId: string) {
  const row = await tx.selectFrom('decisions').select(['state', 'approvers']).where('portal_id', '=', portalId).where('decision_id', '=', decisionId).forUpdate().executeTakeFirst()
  if (!row)
    throw new AppError('decision.not_found', { details: { decisionId } })
  return row
}

async function settle(tx: Tx, { portal, viewer }: Judge, decisionId: string, { state, comment, now }: { state: 'working' | 'refused', comment: string | null, now: Date }): Promise<void> {
  await tx.updateTable('decisions').set({ state, comment: comment?.trim() || null, judged_by: viewer.userId, judged_at: now })
    .where('portal_id', '=', portal.id).where('decision_id', '=', decisionId).execute()
}
