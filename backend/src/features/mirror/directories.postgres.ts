import { sql } from 'kysely'
import { currencyExponent } from '@comptoir/shared/money'
import type { CategoryFact, CurrencyFact, DepartmentFact, StageFact, StatusFact, UserFact } from '../../platform/bitrix24/crm-directories.ts'
import type { Tx } from '../../platform/storage/database.ts'
import { refreshOpenAmounts, refreshMeanings } from './deals.postgres.ts'
import { stagedTables } from './record-stores.ts'
import { refreshRecordAmounts, refreshRecordMeanings } from './records.postgres.ts'

/** Directories are small: each run replaces them, in the transaction that read them. */

export async function saveStages(tx: Tx, portalId: number, { categories, stages, statuses }: { categories: readonly CategoryFact[], stages: readonly StageFact[], statuses: readonly StatusFact[] }): Promise<void> {
  for (const table of ['crm_categories', 'crm_stages', 'crm_statuses'] as const)
    await tx.deleteFrom(table).where('portal_id', '=', portalId).execute()
  for (const rows of inChunks(categories))
    await tx.insertInto('crm_categories').values(rows.map(({ entityTypeId, id, name, sort, isDefault, code }) => ({ portal_id: portalId, entity_type_id: entityTypeId, category_id: id, name, sort, is_default: isDefault, code }))).onConflict(conflict => conflict.doNothing()).execute()
  for (const rows of inChunks(stages))
    await tx.insertInto('crm_stages').values(rows.map(({ entityTypeId, id, categoryId, name, sort, semantics, color }) => ({ portal_id: portalId, entity_type_id: entityTypeId, stage_id: id, category_id: categoryId, name, sort, semantics, color }))).onConflict(conflict => conflict.doNothing()).execute()
  for (const rows of inChunks(statuses))
    await tx.insertInto('crm_statuses').values(rows.map(({ directory, id, name, sort }) => ({ portal_id: portalId, directory, status_id: id, name, sort }))).onConflict(conflict => conflict.doNothing()).execute()
  await refreshMeanings(tx, portalId)
  for (const store of stagedTables)
    await refreshRecordMeanings(tx, portalId, store)
}

/** The base currency decides every total, so it also becomes the portal's. */
export async function saveCurrencies(tx: Tx, portalId: number, currencies: readonly CurrencyFact[]): Promise<void> {
  if (currencies.length === 0)
    return
  const before = await tx.selectFrom('crm_currencies').select(['currency', 'minor_factor']).where('portal_id', '=', portalId).execute()
  const known = new Map(before.map(row => [row.currency, row.minor_factor === null ? null : Number(row.minor_factor)]))
  // A list that marks none leaves the one the installation found.
  const base = currencies.find(({ isBase }) => isBase)?.currency ?? await knownBase(tx, portalId, currencies)
  const isOtherBase = base !== null && await takeBase(tx, portalId, base)
  const factorOf = ({ currency, rate }: CurrencyFact) => rate === null || base === null ? null : rate * 10 ** (currencyExponent(base) - currencyExponent(currency))
  await tx.deleteFrom('crm_currencies').where('portal_id', '=', portalId).execute()
  await tx.insertInto('crm_currencies').values(currencies.map((entry) => {
    const factor = factorOf(entry)
    return { portal_id: portalId, currency: entry.currency, rate: entry.rate === null ? null : String(entry.rate), is_base: entry.currency === base, minor_factor: factor === null ? null : String(factor) }
  })).execute()
  if (isOtherBase)
    await sql`select crm_amounts_revalue(${portalId}, null, '-infinity')`.execute(tx)
  if (isOtherBase || known.size !== currencies.length || currencies.some(entry => known.get(entry.currency) !== factorOf(entry))) {
    await refreshOpenAmounts(tx, portalId)
    for (const store of stagedTables)
      await refreshRecordAmounts(tx, portalId, store)
  }
}

/** Rates into another currency say nothing of this one: their history begins anew. */
async function takeBase(tx: Tx, portalId: number, base: string): Promise<boolean> {
  const changed = await tx.updateTable('portals').set({ currency: base }).where('portal_id', '=', portalId).where('currency', '<>', base).returning('portal_id').execute()
  if (changed.length > 0)
    await tx.deleteFrom('exchange_rates').where('portal_id', '=', portalId).execute()
  return changed.length > 0
}

async function knownBase(tx: Tx, portalId: number, currencies: readonly CurrencyFact[]): Promise<string | null> {
  const portal = await tx.selectFrom('portals').select('currency').where('portal_id', '=', portalId).executeTakeFirst()
  return currencies.find(({ currency }) => currency === portal?.currency)?.currency ?? null
}

export async function saveDepartments(tx: Tx, portalId: number, departments: readonly DepartmentFact[]): Promise<void> {
  await tx.deleteFrom('crm_departments').where('portal_id', '=', portalId).execute()
  for (const rows of inChunks(departments))
    await tx.insertInto('crm_departments').values(rows.map(({ id, name, parentId, headUserId }) => ({ portal_id: portalId, department_id: id, name, parent_id: parentId, head_user_id: headUserId }))).onConflict(conflict => conflict.doNothing()).execute()
}

/** People who left stay: their deals still name them. */
export async function saveUsers(tx: Tx, portalId: number, users: readonly UserFact[]): Promise<void> {
  for (const rows of inChunks(users)) {
    await tx.insertInto('crm_users')
      .values(rows.map(({ id, name, lastName, position, isActive, isEmployee, departmentIds }) => ({ portal_id: portalId, user_id: id, name, last_name: lastName, position, is_active: isActive, is_employee: isEmployee, department_ids: [...departmentIds] })))
      .onConflict(conflict => conflict.columns(['portal_id', 'user_id']).doUpdateSet(eb => ({
        name: eb.ref('excluded.name'), last_name: eb.ref('excluded.last_name'), position: eb.ref('excluded.position'),
        is_active: eb.ref('excluded.is_active'), is_employee: eb.ref('excluded.is_employee'), department_ids: eb.ref('excluded.department_ids'),
      })))
      .execute()
  }
}

function* inChunks<T>(rows: readonly T[], size = 1_000): Generator<readonly T[], void, undefined> {
  for (let from = 0; from < rows.length; from += size)
    yield rows.slice(from, from + size)
}
