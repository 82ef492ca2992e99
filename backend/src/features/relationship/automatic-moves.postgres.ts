import { sql } from 'kysely'
import { satisfies, type VendorRights } from '@comptoir/shared/access/rights'
import { AppError } from '@comptoir/shared/errors'
import type { ForeseenMoves } from '@comptoir/shared/relationship/contract.contract'
import type { LifecycleRules } from '@comptoir/shared/relationship/lifecycle.contract'
import { needsApprover, needsTwo } from '@comptoir/shared/vendors/life-cycle'
import { statusWords } from '@comptoir/shared/vendors/status-words'
import type { VendorStatus } from '@comptoir/shared/vendors/vendor-status'
import { notify } from '../../platform/notices/outbox.postgres.ts'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { ContractRecord } from './contract-rows.postgres.ts'
import { readLifeRules } from './lifecycle-rules.postgres.ts'

export type MoveRule = 'contract-signed' | 'last-contract-ended'

interface Move {
  readonly portalId: number
  readonly vendorId: string
  readonly rule: MoveRule
  /** What brought it about: the same cause moves a vendor once, also after somebody took the move back. */
  readonly causeKey: string
  readonly from: VendorStatus
  readonly to: VendorStatus
  /** Told in the vendor's history. */
  readonly because: string
  readonly now: Date
}

/** Moves a vendor once per cause. Answers whether it did. */
async function moveByRule(tx: Tx, { portalId, vendorId, rule, causeKey, from, to, because, now }: Move): Promise<boolean> {
  const move = await tx.insertInto('lifecycle_moves')
    .values({ portal_id: portalId, vendor_id: vendorId, rule, cause_key: causeKey, from_status: from, to_status: to, at: now })
    .onConflict(conflict => conflict.columns(['portal_id', 'rule', 'cause_key']).doNothing()).returning('move_id').executeTakeFirst()
  if (!move)
    return false
  await tx.updateTable('vendors').set({ status: to, version: sql<number>`version + 1`, updated_at: now, updated_by: null })
    .where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).execute()
  await tx.insertInto('vendor_changes').values({
    portal_id: portalId, vendor_id: vendorId, field: 'status', old_value: JSON.stringify(from), new_value: JSON.stringify(to),
    reason: because, origin: 'rule', origin_id: move.move_id, at: now, by_user_id: null,
  }).execute()
  await notify(tx, {
    portalId, key: `move:${move.move_id}`, kind: 'status_changed', vendorId, recipients: 'owners',
    params: { status: statusWords[to] }, link: { to: 'vendor', vendorId },
  })
  return true
}

const lockStatus = async (tx: Tx, portalId: number, vendorId: string): Promise<VendorStatus | null> => {
  const row = await tx.selectFrom('vendors').select('status').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).forUpdate().executeTakeFirst()
  return row?.status ?? null
}

/** Whether it was the end of a contract, not a person, that stopped the vendor. */
async function wasStoppedByRule(tx: Database | Tx, portalId: number, vendorId: string): Promise<boolean> {
  const last = await tx.selectFrom('vendor_changes').select('origin').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId)
    .where('field', '=', 'status').orderBy('vendor_change_id', 'desc').limit(1).executeTakeFirst()
  return last?.origin === 'rule'
}

/** One that a person stopped stays stopped. */
const mayActivate = async (db: Database | Tx, portalId: number, vendorId: string, from: VendorStatus | null): Promise<boolean> =>
  from === 'prospect' || from === 'onboarding' || (from === 'suspended' && await wasStoppedByRule(db, portalId, vendorId))

/** A signed contract makes its vendor active. */
export async function activateOnSignature(tx: Tx, portalId: number, contract: Pick<ContractRecord, 'contract_id' | 'vendor_id' | 'title'>, now: Date): Promise<boolean> {
  const from = await lockStatus(tx, portalId, contract.vendor_id)
  return from !== null && await mayActivate(tx, portalId, contract.vendor_id, from) && moveByRule(tx, {
    portalId, vendorId: contract.vendor_id, rule: 'contract-signed', causeKey: `contract:${contract.contract_id}`, from, to: 'active', because: contract.title, now,
  })
}

/** The end of the last contract stops an active vendor. */
export async function stopAfterLastContract(
  tx: Tx, portalId: number, contract: Pick<ContractRecord, 'contract_id' | 'vendor_id' | 'title' | 'version'>, to: 'suspended' | 'terminated', now: Date,
): Promise<boolean> {
  const from = await lockStatus(tx, portalId, contract.vendor_id)
  if (from !== 'active')
    return false
  const running = await tx.selectFrom('contracts').select('contract_id').where('portal_id', '=', portalId)
    .where('vendor_id', '=', contract.vendor_id).where('status', '=', 'signed').limit(1).executeTakeFirst()
  return !running && moveByRule(tx, {
    portalId, vendorId: contract.vendor_id, rule: 'last-contract-ended', causeKey: `contract:${contract.contract_id}:v${contract.version}`, from, to, because: contract.title, now,
  })
}

/** What a contract's new status means for its vendor, by the portal's rules. */
export async function applyContractCourse(tx: Tx, portalId: number, before: ContractRecord['status'], contract: ContractRecord, now: Date): Promise<void> {
  if (contract.status === before)
    return
  const rules = await readLifeRules(tx, portalId)
  if (contract.status === 'signed' && rules.activatesOnSignature)
    await activateOnSignature(tx, portalId, contract, now)
  // Entered as history, a contract that was over before does not stop anybody today.
  if (before === 'signed' && (contract.status === 'ended' || contract.status === 'terminated') && rules.onLastContractEnd !== 'none')
    await stopAfterLastContract(tx, portalId, contract, rules.onLastContractEnd, now)
}

/** Where the end of the last contract leads when a person asks for it: not where they could not lead the vendor themselves. */
function endMove(rules: LifecycleRules, rights: VendorRights): 'suspended' | 'terminated' | null {
  const to = rules.onLastContractEnd
  return to === 'none' || needsTwo(to, rules) || !satisfies(rights, { group: 'identity', role: needsApprover(to) ? 'approver' : 'editor' }) ? null : to
}

/** What the rules would do with the vendor today, shown while a contract is entered. */
export async function foreseeMoves(db: Database, portalId: number, vendorId: string, rights: VendorRights): Promise<ForeseenMoves> {
  const [{ status: from }, rules] = await Promise.all([
    db.selectFrom('vendors').select('status').where('portal_id', '=', portalId).where('vendor_id', '=', vendorId).executeTakeFirstOrThrow(),
    readLifeRules(db, portalId),
  ])
  const end = from === 'active' ? endMove(rules, rights) : null
  return {
    onSignature: rules.activatesOnSignature && await mayActivate(db, portalId, vendorId, from) ? { from, to: 'active' } : null,
    onLastEnd: end && { from, to: end },
  }
}

/** A contract entered as history, and the vendor stopped with it because somebody asked for that. @throws AppError vendor.forbidden */
export async function stopByHistory(tx: Tx, portalId: number, contract: ContractRecord, rights: VendorRights, now: Date): Promise<void> {
  if (contract.status !== 'ended')
    return
  const to = endMove(await readLifeRules(tx, portalId), rights)
  if (to === null)
    throw new AppError('vendor.forbidden', { details: { vendorId: contract.vendor_id, group: 'identity', role: 'approver' } })
  await stopAfterLastContract(tx, portalId, contract, to, now)
}
