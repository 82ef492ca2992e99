import { sql } from 'kysely'
import { currencyExponent } from '@comptoir/shared/money'
import type { Database, Tx } from '../../platform/storage/database.ts'
import type { SettledRow } from './import-batch.ts'

/** Base currency units per unit of each currency; what is missing has no rate. */
export type Rates = ReadonlyMap<string, number>

export interface PurchaseLine {
  readonly row: SettledRow
  readonly sourceKey: string
  readonly amountBaseMinor: number | null
}

export async function readBaseCurrency(db: Database, portalId: number): Promise<string> {
  const { currency } = await db.selectFrom('portals').select('currency').where('portal_id', '=', portalId).executeTakeFirstOrThrow()
  return currency
}

export async function readRates(db: Database, portalId: number, baseCurrency: string): Promise<Rates> {
  const rows = await db.selectFrom('crm_currencies').select(['currency', 'rate']).where('portal_id', '=', portalId).where('rate', 'is not', null).execute()
  return new Map([...rows.map(({ currency, rate }) => [currency, Number(rate)] as const), [baseCurrency, 1]])
}

export function toBase(minor: number, currency: string, baseCurrency: string, rates: Rates): number | null {
  if (currency === baseCurrency)
    return minor
  const rate = rates.get(currency)
  if (rate === undefined)
    return null
  const base = Math.abs(minor) * rate * 10 ** (currencyExponent(baseCurrency) - currencyExponent(currency))
  return Math.sign(minor) * Math.round(base + Number.EPSILON * base) || 0
}

/** Column by column, as arrays: cheaper for the server than a document per row. */
const columns: readonly { name: string, type: 'uuid' | 'date' | 'boolean' | 'bigint' | 'text', of: (line: PurchaseLine) => unknown }[] = [
  { name: 'vendor_id', type: 'uuid', of: ({ row }) => row.vendor.vendorId },
  { name: 'spent_on', type: 'date', of: ({ row }) => row.purchase!.day },
  { name: 'is_period_guess', type: 'boolean', of: ({ row }) => row.purchase!.isPeriodGuess },
  { name: 'amount_minor', type: 'bigint', of: ({ row }) => row.purchase!.amountMinor },
  { name: 'currency', type: 'text', of: ({ row }) => row.purchase!.currency },
  { name: 'amount_base_minor', type: 'bigint', of: line => line.amountBaseMinor },
  { name: 'reference', type: 'text', of: ({ row }) => row.purchase!.reference },
  { name: 'label', type: 'text', of: ({ row }) => row.purchase!.label },
  { name: 'category', type: 'text', of: ({ row }) => row.purchase!.category },
  { name: 'department', type: 'text', of: ({ row }) => row.purchase!.department },
  { name: 'source_key', type: 'text', of: line => line.sourceKey },
]

/** Writes the purchases that are not here yet and says how many those were. */
export async function writePurchases(
  tx: Tx, lines: readonly PurchaseLine[], { portalId, importId, userId }: { portalId: number, importId: string, userId: number | null },
): Promise<number> {
  if (lines.length === 0)
    return 0
  const { numAffectedRows } = await sql`
    insert into purchases (portal_id, import_id, created_by, ${sql.join(columns.map(({ name }) => sql.ref(name)))})
    select ${portalId}, ${importId}, ${userId}, r.* from unnest(${sql.join(columns.map(({ type, of }) => sql`${lines.map(of)}::${sql.raw(type)}[]`))}) as r
    on conflict (portal_id, source_key) where source_key is not null do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Which of these lines are here already. */
export async function findKnownKeys(db: Database, portalId: number, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0)
    return new Set()
  const { rows } = await sql<{ source_key: string }>`
    select source_key from purchases where portal_id = ${portalId} and source_key = any(${keys}::text[])`.execute(db)
  return new Set(rows.map(row => row.source_key))
}

/** Lines without a reference that equal a purchase of another source: perhaps the same payment, exported twice. */
export async function findSimilarPurchases(db: Database, portalId: number, lines: readonly PurchaseLine[]): Promise<ReadonlySet<number>> {
  const unsure = lines.filter(({ row }) => row.purchase!.reference === null && row.vendor.version !== null)
  if (unsure.length === 0)
    return new Set()
  const records = unsure.map(({ row }) => ({ line: row.line, vendor_id: row.vendor.vendorId, spent_on: row.purchase!.day, amount_minor: row.purchase!.amountMinor, currency: row.purchase!.currency }))
  const { rows } = await sql<{ line: number }>`
    select r.line from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(line integer, vendor_id uuid, spent_on date, amount_minor bigint, currency text)
    where exists (select from purchases p where p.portal_id = ${portalId} and p.vendor_id = r.vendor_id and p.spent_on = r.spent_on
      and p.amount_minor = r.amount_minor and p.currency = r.currency)`.execute(db)
  return new Set(rows.map(row => row.line))
}

/** What the planner knows of the tables an import fills. */
export async function refreshStatistics(db: Database): Promise<void> {
  await sql`analyze vendors, purchases`.execute(db)
}
