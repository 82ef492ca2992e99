import { sql } from 'kysely'
import { isAtLeast } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import { addDays, dayAt, type Day } from '@comptoir/shared/insights/calendar'
import type { AutomaticMove, LifecycleRules, MovePreview, RulesPreview, Touched } from '@comptoir/shared/relationship/lifecycle.contract'
import { effectsOf, isReasonRequired, missingFor, needsApprover, needsTwo, type LifeFacts, type VendorAffairs } from '@comptoir/shared/vendors/life-cycle'
import { canMove, type VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import { requireVendor, visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import { inTransaction, type Database, type Tx } from '../../platform/storage/database.ts'
import { activateOnSignature, stopAfterLastContract } from './automatic-moves.postgres.ts'
import type { Onlooker } from './contracts.postgres.ts'
import { findHoldable, refreshHolds } from './holds.postgres.ts'
import { readLifeRules, saveLifeRules } from './lifecycle-rules.postgres.ts'
import { readPeople } from './people.postgres.ts'

/** What has to be known of a vendor before it becomes active, with the portal's rules. */
export async function readLifeFacts(db: Database | Tx, portalId: number, vendorId: string): Promise<{ facts: LifeFacts, rules: LifecycleRules }> {
  const [row, rules] = await Promise.all([
    db.selectFrom('vendors').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).select([
      sql<boolean>`(siren is not null or siret is not null or vat_number is not null)`.as('has_identifiers'),
      sql<boolean>`exists (select from contracts k where k.portal_id = vendors.portal_id and k.vendor_id = vendors.vendor_id and k.status = 'signed')`.as('has_contract'),
    ]).executeTakeFirst(),
    readLifeRules(db, portalId),
  ])
  return { facts: { hasIdentifiers: row?.has_identifiers ?? false, hasSignedContract: row?.has_contract ?? false }, rules }
}

async function countAffairs(db: Database, portalId: number, vendorId: string): Promise<VendorAffairs> {
  const count = (query: ReturnType<typeof sql<number>>) => sql<number>`(${query})::int`
  const row = await db.selectNoFrom([
    count(sql<number>`select count(distinct o.order_id) from purchase_orders o join purchase_order_lines l using (portal_id, order_id)
      cross join lateral order_line_state(l.portal_id, l.line_id, l.quantity, l.is_cancelled) g
      where o.portal_id = ${portalId} and o.vendor_id = ${vendorId} and o.status = 'confirmed' and g.open_quantity > 0`).as('openOrders'),
    count(sql<number>`select count(*) from payables where portal_id = ${portalId} and vendor_id = ${vendorId} and status in ('open', 'in_run') and amount_minor > 0`).as('duePayments'),
    count(sql<number>`select count(*) from contracts where portal_id = ${portalId} and vendor_id = ${vendorId} and status = 'signed'`).as('runningContracts'),
    count(sql<number>`select count(*) from action_runs r join vendors v on v.portal_id = r.portal_id and v.vendor_id = ${vendorId}
      where r.portal_id = ${portalId} and r.state in ('waiting', 'running') and (r.settings::text like '%' || ${vendorId} || '%' or (r.entity_type_id = 4 and r.entity_id = v.company_id))`).as('runningWorkflows'),
  ]).executeTakeFirstOrThrow()
  return row
}

/** What a change of status needs and does, before it is made. @throws AppError vendor.illegal_move */
export async function previewMove(db: Database, onlooker: Onlooker, vendorId: string, to: VendorStatus): Promise<MovePreview> {
  const { role } = await requireVendor(db, onlooker, vendorId)
  const portalId = onlooker.portal.id
  const { status: from } = await visibleVendors(db, onlooker).select('vendors.status').where('vendors.vendor_id', '=', vendorId).executeTakeFirstOrThrow()
  if (!canMove(from, to))
    throw new AppError('vendor.illegal_move', { details: { from, to } })
  const [{ facts, rules }, affairs] = await Promise.all([readLifeFacts(db, portalId, vendorId), countAffairs(db, portalId, vendorId)])
  const missing = missingFor(from, to, facts, rules)
  return {
    from, to,
    isReasonRequired: isReasonRequired(from, to, missing),
    isForbidden: !isAtLeast(role, needsApprover(to) && !needsTwo(to, rules) ? 'approver' : 'editor'),
    needsTwo: needsTwo(to, rules),
    missing: [...missing],
    effects: [...effectsOf(from, to, affairs)],
  }
}

/** Moves by rule, newest first; of one vendor, or the portal's latest. */
export async function listAutomaticMoves(db: Database, onlooker: Onlooker, vendorId: string | null, limit = 20): Promise<AutomaticMove[]> {
  const rows = await db.selectFrom('lifecycle_moves as m')
    .innerJoin('vendors', join => join.onRef('vendors.portal_id', '=', 'm.portal_id').onRef('vendors.vendor_id', '=', 'm.vendor_id'))
    .where('m.portal_id', '=', onlooker.portal.id)
    .where('m.vendor_id', 'in', visibleVendors(db, onlooker).select('vendors.vendor_id'))
    .$if(vendorId !== null, query => query.where('m.vendor_id', '=', vendorId ?? ''))
    .select(['m.move_id', 'm.vendor_id', 'm.rule', 'm.from_status', 'm.to_status', 'm.at', 'm.reverted_at', 'm.reverted_by', 'vendors.name',
      sql<boolean>`m.reverted_at is null and vendors.status = m.to_status and m.move_id::text = (select c.origin_id from vendor_changes c
        where c.portal_id = m.portal_id and c.vendor_id = m.vendor_id and c.field = 'status' order by c.vendor_change_id desc limit 1)`.as('is_revertible')])
    .orderBy('m.at', 'desc').orderBy('m.move_id').limit(limit).execute()
  const people = await readPeople(db, onlooker.portal.id, rows.map(row => row.reverted_by))
  return rows.map(row => ({
    moveId: row.move_id, vendorId: row.vendor_id, vendorName: row.name, rule: row.rule, from: row.from_status, to: row.to_status,
    at: row.at.toISOString(), revertedAt: row.reverted_at?.toISOString() ?? null, revertedBy: people(row.reverted_by), isRevertible: row.is_revertible ?? false,
  }))
}

/** @throws AppError lifecycle.move_not_found, lifecycle.move_overtaken, vendor.forbidden */
export async function revertMove(db: Database, onlooker: Onlooker, moveId: string, now: Date): Promise<AutomaticMove> {
  const { portal, viewer } = onlooker
  const vendorId = await db.transaction().execute(async (tx) => {
    const move = await tx.selectFrom('lifecycle_moves').selectAll().where('portal_id', '=', portal.id).where('move_id', '=', moveId)
      .where('vendor_id', 'in', visibleVendors(tx, onlooker).select('vendors.vendor_id')).forUpdate().executeTakeFirst()
    if (!move)
      throw new AppError('lifecycle.move_not_found', { details: { moveId } })
    await requireVendor(tx, onlooker, move.vendor_id, { group: 'identity', role: 'editor' })
    await tx.selectFrom('vendors').select('vendor_id').where('portal_id', '=', portal.id).where('vendor_id', '=', move.vendor_id).forUpdate().execute()
    const last = await tx.selectFrom('vendor_changes').select('origin_id').where('portal_id', '=', portal.id).where('vendor_id', '=', move.vendor_id)
      .where('field', '=', 'status').orderBy('vendor_change_id', 'desc').limit(1).executeTakeFirst()
    if (move.reverted_at !== null || last?.origin_id !== moveId)
      throw new AppError('lifecycle.move_overtaken', { details: { moveId } })
    await tx.updateTable('vendors').set({ status: move.from_status, version: sql<number>`version + 1`, updated_at: now, updated_by: viewer.userId })
      .where('portal_id', '=', portal.id).where('vendor_id', '=', move.vendor_id).execute()
    await tx.insertInto('vendor_changes').values({
      portal_id: portal.id, vendor_id: move.vendor_id, field: 'status', old_value: JSON.stringify(move.to_status), new_value: JSON.stringify(move.from_status),
      reason: 'undo', origin: 'person', origin_id: moveId, at: now, by_user_id: viewer.userId,
    }).execute()
    await tx.updateTable('lifecycle_moves').set({ reverted_at: now, reverted_by: viewer.userId }).where('portal_id', '=', portal.id).where('move_id', '=', moveId).execute()
    return move.vendor_id
  })
  const moves = await listAutomaticMoves(db, onlooker, vendorId, 200)
  return moves.find(move => move.moveId === moveId)!
}

interface Candidate { readonly vendor_id: string, readonly contract_id: string, readonly title: string, readonly version: number }

/** Not active, with a signed contract that has not moved them yet. */
const toActivate = async (db: Database | Tx, portalId: number): Promise<Candidate[]> => (await sql<Candidate>`
  select distinct on (v.vendor_id) v.vendor_id, k.contract_id, k.title, k.version
  from vendors v join contracts k on k.portal_id = v.portal_id and k.vendor_id = v.vendor_id and k.status = 'signed'
  where v.portal_id = ${portalId} and v.status in ('prospect', 'onboarding')
    and not exists (select from lifecycle_moves m where m.portal_id = v.portal_id and m.rule = 'contract-signed' and m.cause_key = 'contract:' || k.contract_id)
  order by v.vendor_id, k.starts_on desc`.execute(db)).rows

/** Active, had contracts, and none runs after the day. */
const toStop = async (db: Database | Tx, portalId: number, from: Day, to: Day): Promise<Candidate[]> => (await sql<Candidate>`
  select distinct on (v.vendor_id) v.vendor_id, k.contract_id, k.title, k.version
  from vendors v join contracts k on k.portal_id = v.portal_id and k.vendor_id = v.vendor_id and k.status <> 'draft'
  where v.portal_id = ${portalId} and v.status = 'active'
    and not exists (select from contracts o where o.portal_id = v.portal_id and o.vendor_id = v.vendor_id and o.status = 'signed'
      and (least(o.terminated_on, o.current_ends_on) is null or least(o.terminated_on, o.current_ends_on) >= ${to}
        or (o.is_tacitly_renewed and o.notice_given_on is null and o.terminated_on is null)))
    and least(k.terminated_on, k.current_ends_on) >= ${from} and least(k.terminated_on, k.current_ends_on) < ${to}
    and not exists (select from lifecycle_moves m where m.portal_id = v.portal_id and m.rule = 'last-contract-ended' and m.cause_key = 'contract:' || k.contract_id || ':v' || k.version)
  order by v.vendor_id, least(k.terminated_on, k.current_ends_on) desc`.execute(db)).rows

const soonDays = 90
const shown = 10

export async function previewRules(db: Database, { portal }: Onlooker, now: Date): Promise<RulesPreview> {
  const today = dayAt(now, portal.timeZone)
  const [activate, stop, soon, hold] = await Promise.all([
    toActivate(db, portal.id),
    toStop(db, portal.id, '0001-01-01', today),
    toStop(db, portal.id, today, addDays(today, soonDays + 1)),
    findHoldable(db, portal.id, today),
  ])
  const touched = async (vendorIds: readonly string[]): Promise<Touched> => ({ count: vendorIds.length, vendors: await namesOf(db, portal.id, vendorIds.slice(0, shown)) })
  const ids = (candidates: readonly Candidate[]): string[] => candidates.map(({ vendor_id }) => vendor_id)
  const [wouldActivate, wouldStop, wouldStopSoon, wouldHold] = await Promise.all([touched(ids(activate)), touched(ids(stop)), touched(ids(soon)), touched(hold)])
  return { wouldActivate, wouldStop, wouldStopSoon, wouldHold }
}

async function namesOf(db: Database, portalId: number, vendorIds: readonly string[]): Promise<{ vendorId: string, name: string }[]> {
  if (vendorIds.length === 0)
    return []
  const rows = await db.selectFrom('vendors').select(['vendor_id', 'name']).where('portal_id', '=', portalId).where('vendor_id', 'in', vendorIds).orderBy('name').execute()
  return rows.map(({ vendor_id, name }) => ({ vendorId: vendor_id, name }))
}

/** From now on; with `isAppliedNow` also to whom the preview named. */
export async function changeRules(db: Database, onlooker: Onlooker, rules: LifecycleRules, isAppliedNow: boolean, now: Date): Promise<void> {
  const portalId = onlooker.portal.id
  const today = dayAt(now, onlooker.portal.timeZone)
  await inTransaction(db, async (tx) => {
    await saveLifeRules(tx, portalId, rules, { userId: onlooker.viewer.userId, now })
    if (isAppliedNow && rules.activatesOnSignature) {
      for (const contract of await toActivate(tx, portalId))
        await activateOnSignature(tx, portalId, contract, now)
    }
    if (isAppliedNow && rules.onLastContractEnd !== 'none') {
      for (const contract of await toStop(tx, portalId, '0001-01-01', today))
        await stopAfterLastContract(tx, portalId, contract, rules.onLastContractEnd, now)
    }
    await refreshHolds(tx, { portalId, today, now })
  })
}
