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

/** Writes the purchases that are not here yet and says how many those were. */
export async function writePurchases(
  tx: Tx, lines: readonly PurchaseLine[], { portalId, importId, userId }: { portalId: number, importId: string, userId: number | null },
): Promise<number> {
  if (lines.length === 0)
    return 0
  const records = lines.map(({ row: { vendor, purchase }, sourceKey, amountBaseMinor }) => ({
    vendor_id: vendor.vendorId,
    spent_on: purchase!.day,
    is_period_guess: purchase!.isPeriodGuess,
    amount_minor: purchase!.amountMinor,
    currency: purchase!.currency,
    amount_base_minor: amountBaseMinor,
    reference: purchase!.reference,
    label: purchase!.label,
    category: purchase!.category,
    department: purchase!.department,
    source_key: sourceKey,
  }))
  const { numAffectedRows } = await sql`
    insert into purchases (portal_id, import_id, created_by, vendor_id, spent_on, is_period_guess, amount_minor, currency, amount_base_minor, reference, label, category, department, source_key)
    select ${portalId}, ${importId}, ${userId}, r.* from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(
      vendor_id uuid, spent_on date, is_period_guess boolean, amount_minor bigint, currency text, amount_base_minor bigint,
      reference text, label text, category text, department text, source_key text)
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
