import { AppError } from '@comptoir/shared/errors'
import { mostScenarios, type Scenario, type ScenarioSpec } from '@comptoir/shared/scenarios/scenario.contract'
import type { Database } from '../../platform/storage/database.ts'
import type { Reader } from './months-port.ts'

const columnsOf = ({ name, levers, lostVendorId, assumedRatio, assumedCustomerDays, isShared }: ScenarioSpec) => ({
  name: name.trim(), levers: JSON.stringify(levers), lost_vendor_id: lostVendorId, assumed_ratio: assumedRatio,
  assumed_customer_days: assumedCustomerDays, is_shared: isShared,
})

/** One's own and the shared ones, the last touched first. */
export async function listScenarios(db: Database, { portal, viewer }: Reader): Promise<Scenario[]> {
  const rows = await chosen(db, portal.id).where(where => where.or([where('s.owner_user_id', '=', viewer.userId), where('s.is_shared', '=', true)]))
    .orderBy('s.updated_at', 'desc').limit(4 * mostScenarios).execute()
  return rows.map(row => toScenario(row, viewer.userId))
}

export async function createScenario(db: Database, reader: Reader, spec: ScenarioSpec, now: Date): Promise<Scenario> {
  const { portal, viewer } = reader
  return db.transaction().execute(async (tx) => {
    const { count } = await tx.selectFrom('scenarios').select(({ fn }) => fn.countAll<number>().as('count'))
      .where('portal_id', '=', portal.id).where('owner_user_id', '=', viewer.userId).executeTakeFirstOrThrow()
    if (Number(count) >= mostScenarios)
      throw new AppError('scenario.too_many', { details: { most: mostScenarios } })
    const { scenario_id } = await tx.insertInto('scenarios')
      .values({ portal_id: portal.id, owner_user_id: viewer.userId, ...columnsOf(spec), created_at: now, updated_at: now })
      .returning('scenario_id').executeTakeFirstOrThrow()
    return readOwn(tx, reader, scenario_id)
  })
}

/** @throws AppError scenario.not_found unless it is one's own, scenario.changed_meanwhile when another version was read */
export async function changeScenario(db: Database, reader: Reader, scenarioId: string, { version, ...spec }: ScenarioSpec & { version: number }, now: Date): Promise<Scenario> {
  const { portal, viewer } = reader
  const { numUpdatedRows } = await db.updateTable('scenarios')
    .set({ ...columnsOf(spec), version: version + 1, updated_at: now })
    .where('portal_id', '=', portal.id).where('scenario_id', '=', scenarioId).where('owner_user_id', '=', viewer.userId).where('version', '=', version)
    .executeTakeFirst()
  const found = await readOwn(db, reader, scenarioId)
  if (numUpdatedRows === 0n)
    throw new AppError('scenario.changed_meanwhile', { details: { scenarioId } })
  return found
}

/** @throws AppError scenario.not_found unless it is one's own */
export async function removeScenario(db: Database, reader: Reader, scenarioId: string): Promise<Scenario> {
  const found = await readOwn(db, reader, scenarioId)
  await db.deleteFrom('scenarios').where('portal_id', '=', reader.portal.id).where('scenario_id', '=', scenarioId).execute()
  return found
}

async function readOwn(db: Database, { portal, viewer }: Reader, scenarioId: string): Promise<Scenario> {
  const row = await chosen(db, portal.id).where('s.scenario_id', '=', scenarioId).where('s.owner_user_id', '=', viewer.userId).executeTakeFirst()
  if (!row)
    throw new AppError('scenario.not_found', { details: { scenarioId } })
  return toScenario(row, viewer.userId)
}

const chosen = (db: Database, portalId: number) => db.selectFrom('scenarios as s')
  .leftJoin('crm_users as u', join => join.onRef('u.portal_id', '=', 's.portal_id').onRef('u.user_id', '=', 's.owner_user_id'))
  .select(['s.scenario_id', 's.owner_user_id', 's.name', 's.levers', 's.lost_vendor_id', 's.assumed_ratio', 's.assumed_customer_days', 's.is_shared', 's.version', 's.updated_at', 'u.name as first_name', 'u.last_name'])
  .where('s.portal_id', '=', portalId)

type Row = Awaited<ReturnType<ReturnType<typeof chosen>['executeTakeFirstOrThrow']>>

const toScenario = (row: Row, userId: number): Scenario => ({
  scenarioId: row.scenario_id,
  name: row.name,
  levers: row.levers,
  lostVendorId: row.lost_vendor_id,
  assumedRatio: row.assumed_ratio,
  assumedCustomerDays: row.assumed_customer_days,
  isShared: row.is_shared,
  version: row.version,
  isOwn: row.owner_user_id === userId,
  ownerName: [row.first_name, row.last_name].filter(Boolean).join(' ') || null,
  updatedAt: row.updated_at.toISOString(),
})
