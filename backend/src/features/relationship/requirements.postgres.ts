import { sql, type Selectable } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { knownDocumentKinds } from '@comptoir/shared/relationship/compliance'
import type { ComplianceRequirement, RequirementFields } from '@comptoir/shared/relationship/compliance.contract'
import { nameKey } from '@comptoir/shared/vendors/name-key'
import { inTransaction, type Database, type Tx } from '../../platform/storage/database.ts'
import type { RelationshipTables } from '../../platform/storage/tables/relationship.ts'
import type { Onlooker } from './contracts.postgres.ts'
import { refreshHolds } from './holds.postgres.ts'

type RequirementRecord = Selectable<RelationshipTables['compliance_requirements']>

const isKnown = (kind: string): boolean => (knownDocumentKinds as readonly string[]).includes(kind)

const columnOf = {
  title: 'title', country: 'country', isOn: 'is_on', isMandatory: 'is_mandatory', weight: 'weight', thresholdMinor: 'threshold_minor',
  thresholdCurrency: 'threshold_currency', validityMonths: 'validity_months', maxAgeMonths: 'max_age_months', needsCode: 'needs_code',
} as const

const toColumns = (fields: Partial<RequirementFields>): Partial<RequirementRecord> => Object.fromEntries(Object.entries(fields)
  .filter(([, value]) => value !== undefined)
  .map(([field, value]) => [columnOf[field as keyof typeof columnOf], value]))

const toRequirement = (row: RequirementRecord): ComplianceRequirement => ({
  requirementId: row.requirement_id, kind: row.kind, title: row.title, country: row.country, isOn: row.is_on, isMandatory: row.is_mandatory,
  weight: Number(row.weight), thresholdMinor: row.threshold_minor, thresholdCurrency: row.threshold_currency,
  validityMonths: row.validity_months, maxAgeMonths: row.max_age_months, needsCode: row.needs_code, version: row.version,
})

export async function listRequirements(db: Database, portalId: number): Promise<ComplianceRequirement[]> {
  const rows = await db.selectFrom('compliance_requirements').selectAll().where('portal_id', '=', portalId).orderBy('position').orderBy('kind').execute()
  return rows.map(toRequirement)
}

async function refusingTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  }
  catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('requirement.taken', { cause: error })
    throw error
  }
}

/** A kind of one's own is told apart by the name it is given. */
function kindOf({ kind, title }: { kind?: string, title: string | null }): string {
  const made = kind ?? nameKey(title ?? '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '')
  if (made === '' || (!isKnown(made) && !title?.trim()))
    throw new AppError('requirement.title_required')
  return made
}

export const addRequirement = (db: Database, onlooker: Onlooker, { kind, ...fields }: RequirementFields & { kind?: string }, now: Date): Promise<ComplianceRequirement> =>
  refusingTaken(() => inTransaction(db, async (tx) => {
    const row = await tx.insertInto('compliance_requirements').values({
      ...toColumns(fields), portal_id: onlooker.portal.id, kind: kindOf({ kind, title: fields.title }), updated_at: now, updated_by: onlooker.viewer.userId,
    }).returningAll().executeTakeFirstOrThrow()
    await refresh(tx, onlooker, now)
    return toRequirement(row)
  }))

export const changeRequirement = (db: Database, onlooker: Onlooker, requirementId: string, version: number, fields: Partial<RequirementFields>, now: Date): Promise<ComplianceRequirement> =>
  refusingTaken(() => inTransaction(db, async (tx) => {
    const stored = await findRequirement(tx, onlooker.portal.id, requirementId)
    if (stored.version !== version)
      throw new AppError('requirement.changed_meanwhile')
    kindOf({ kind: stored.kind, title: fields.title === undefined ? stored.title : fields.title })
    const row = await tx.updateTable('compliance_requirements').set({
      ...toColumns(fields), version: sql<number>`version + 1`, updated_at: now, updated_by: onlooker.viewer.userId,
    }).where('portal_id', '=', onlooker.portal.id).where('requirement_id', '=', requirementId).returningAll().executeTakeFirstOrThrow()
    await refresh(tx, onlooker, now)
    return toRequirement(row)
  }))

export async function removeRequirement(db: Database, onlooker: Onlooker, requirementId: string, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { kind } = await findRequirement(tx, onlooker.portal.id, requirementId)
    if (isKnown(kind))
      throw new AppError('requirement.built_in')
    await tx.deleteFrom('compliance_requirements').where('portal_id', '=', onlooker.portal.id).where('requirement_id', '=', requirementId).execute()
    await refresh(tx, onlooker, now)
  })
}

async function findRequirement(tx: Tx, portalId: number, requirementId: string): Promise<RequirementRecord> {
  const row = await tx.selectFrom('compliance_requirements').selectAll().where('portal_id', '=', portalId).where('requirement_id', '=', requirementId).forUpdate().executeTakeFirst()
  if (!row)
    throw new AppError('requirement.not_found', { details: { requirementId } })
  return row
}

/** What is asked of vendors decides what holds their payments. */
const refresh = (tx: Tx, { portal }: Onlooker, now: Date): Promise<void> =>
  refreshHolds(tx, { portalId: portal.id, today: dayAt(now, portal.timeZone), now })
