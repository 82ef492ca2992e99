import { sql } from 'kysely'
import { addMonths, dayAt } from '@comptoir/shared/insights/calendar'
import { toMajor } from '@comptoir/shared/money'
import { meanPrice, priceChangeOf, priceEffect, type Paid, type PricePoint } from '@comptoir/shared/spend-reports/price-change'
import type { PriceReport, PriceRow, SpendPeriodQuery } from '@comptoir/shared/spend-reports/spend-report.contract'
import { seesAllVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { chosenPurchases, daysOf, type Reader } from './chosen-purchases.postgres.ts'

const baselineMonths = 12

interface InvoicedLine {
  readonly vendor_id: string
  readonly name: string
  readonly item: string | null
  readonly item_name: string
  readonly spent_on: string
  readonly quantity: number
  readonly amount: number | null
}

/** Prices of invoiced items: credit notes are left out, they correct amounts and name no price. */
export async function readPriceReport(db: Database, reader: Reader, query: SpendPeriodQuery, now: Date): Promise<PriceReport> {
  const days = daysOf(query, reader, now)
  const from = days.from ?? '0001-01-01'
  const [lines, isWhole] = await Promise.all([
    readLines(db, reader, query, { from: days.from && addMonths(days.from, -baselineMonths), to: days.to ?? addMonths(dayAt(now, reader.portal.timeZone), 1200) }),
    seesAllVendors(db, reader, 'prices'),
  ])
  const { currency } = reader.portal
  const usable = lines.filter(isUsable)
  const sources = vendorsByItem(usable)
  const rows = [...groupBy(usable, line => `${line.vendor_id}/${line.item}`).values()]
    .flatMap(group => rowOf(group, { from, currency, isSingleSource: sources.get(group[0]?.item ?? '')?.size === 1 }))
    .sort((a, b) => Math.abs(b.effectMinor ?? 0) - Math.abs(a.effectMinor ?? 0) || a.vendor.localeCompare(b.vendor) || a.item.localeCompare(b.item))
  const effects = rows.flatMap(({ effectMinor }) => effectMinor ?? [])
  return {
    currency,
    rows,
    savedMinor: effects.length > 0 ? effects.reduce((sum, effect) => sum + Math.max(0, -effect), 0) : null,
    overspentMinor: effects.length > 0 ? effects.reduce((sum, effect) => sum + Math.max(0, effect), 0) : null,
    leftOut: lines.filter(line => !isUsable(line) && line.spent_on >= from).length,
    isWithinRights: !isWhole,
  }
}

type UsableLine = InvoicedLine & { readonly item: string, readonly amount: number }

const isUsable = (line: InvoicedLine): line is UsableLine => line.item !== null && line.amount !== null && line.quantity > 0

const readLines = (db: Database, reader: Reader, query: SpendPeriodQuery, days: { from: string | null, to: string }): Promise<InvoicedLine[]> =>
  chosenPurchases(db, reader, query, days)
    .innerJoin('vendor_invoice_lines as l', join => join.onRef('l.portal_id', '=', 'p.portal_id').onRef('l.invoice_line_id', '=', 'p.invoice_line_id'))
    .innerJoin('vendor_invoices as i', join => join.onRef('i.portal_id', '=', 'l.portal_id').onRef('i.invoice_id', '=', 'l.invoice_id'))
    .leftJoin('purchase_order_lines as o', join => join.onRef('o.portal_id', '=', 'l.portal_id').onRef('o.line_id', '=', 'l.order_line_id'))
    .where('i.kind', '=', 'invoice')
    .select([
      'p.vendor_id', 'vendors.name', 'p.spent_on',
      sql<string | null>`coalesce(l.item_code, o.item_code)`.as('item'),
      sql<string>`coalesce(o.item_name, l.description)`.as('item_name'),
      sql<number>`l.quantity::float8`.as('quantity'),
      'p.amount_base_minor as amount',
    ]).execute()

function rowOf(lines: readonly UsableLine[], { from, currency, isSingleSource }: { from: string, currency: string, isSingleSource: boolean }): PriceRow[] {
  const point = (line: UsableLine): PricePoint => ({ on: line.spent_on, unitPrice: toMajor(line.amount, currency) / line.quantity, quantity: line.quantity })
  const before = lines.filter(line => line.spent_on < from)
  const inPeriod = lines.filter(line => line.spent_on >= from)
  const change = priceChangeOf(inPeriod.map(point))
  const [first] = inPeriod
  if (!change || !first)
    return []
  return [{
    vendorId: first.vendor_id, vendor: first.name, item: first.item, itemName: first.item_name, lines: inPeriod.length,
    ...change, baseline: meanPrice(before.map(point)), effectMinor: priceEffect(paid(inPeriod), paid(before)), isSingleSource,
  }]
}

const paid = (lines: readonly UsableLine[]): Paid =>
  ({ amountMinor: lines.reduce((sum, { amount }) => sum + amount, 0), quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0) })

const vendorsByItem = (lines: readonly UsableLine[]): Map<string, Set<string>> =>
  new Map([...groupBy(lines, ({ item }) => item)].map(([item, group]) => [item, new Set(group.map(({ vendor_id }) => vendor_id))]))

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group)
      group.push(item)
    else
      groups.set(key, [item])
  }
  return groups
}
