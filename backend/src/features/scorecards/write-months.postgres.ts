import { sql } from 'kysely'
import { addMonths, startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import { FORMULA_VERSION } from '@comptoir/shared/scorecards/evaluate'
import { isActive, monthPeriod } from '@comptoir/shared/scorecards/months'
import type { Database } from '../../platform/storage/database.ts'
import { cardOf } from './card.ts'
import { readDocuments } from './documents.postgres.ts'
import { todayOf, type ScoredPortal } from './evaluate-portal.postgres.ts'
import { judgeMonth, type JudgedMonth } from './judge-month.ts'
import type { PortalDocuments } from './portal-input.ts'
import { readRules } from './rules.postgres.ts'
import { readState } from './state.postgres.ts'

/** How far back the first run goes. */
const MONTHS_BACK = 24
const ROWS_AT_ONCE = 500

/**
 * Writes the months that are over and not written yet, oldest first, each in a transaction of its own: a run
 * that is stopped goes on with the month it was in, and one that comes twice finds nothing to do.
 */
export async function writeMonths(db: Database, portal: ScoredPortal, now: Date, signal?: AbortSignal): Promise<number> {
  const [documents, rules] = await Promise.all([readDocuments(db, portal), readRules(db, portal.id)])
  const open = await openMonths(db, portal, documents, startOfMonth(todayOf(portal, now)))
  let written = 0
  for (const month of open) {
    if (signal?.aborted)
      break
    const state = await readState(db, portal, monthPeriod(month).asOf)
    await writeMonth(db, portal.id, { month, judged: judgeMonth(documents, state, { month, rules: rules.rules }), settingsVersion: rules.version })
    written += 1
  }
  return written
}

/** Months before this one that are not written, or in which a vendor is missing whose documents came in since. */
async function openMonths(db: Database, portal: ScoredPortal, documents: PortalDocuments, current: Day): Promise<Day[]> {
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => addMonths(current, back - MONTHS_BACK))
  const [marks, snapshots] = await Promise.all([
    db.selectFrom('scorecard_months').select('month').where('portal_id', '=', portal.id).execute(),
    db.selectFrom('scorecard_snapshots').select(['vendor_id', 'month']).where('portal_id', '=', portal.id).where('month', '>=', months[0]!).execute(),
  ])
  const marked = new Set(marks.map(({ month }) => month))
  const stored = Map.groupBy(snapshots, ({ month }) => month)
  const firstDays = firstDaysOf(documents)
  return months.filter((month) => {
    const known = new Set((stored.get(month) ?? []).map(({ vendor_id }) => vendor_id))
    const expected = [...firstDays].filter(([, day]) => day <= monthPeriod(month).asOf)
    return expected.length > 0 && (!marked.has(month) || expected.some(([vendorId]) => !known.has(vendorId)))
  })
}

/** The day of each vendor's first document. */
function firstDaysOf({ orders, receipts, invoices, requests }: PortalDocuments): Map<string, Day> {
  const first = new Map<string, Day>()
  const see = (vendor: string | number | undefined, day: Day): void => {
    const known = first.get(String(vendor))
    if (vendor !== undefined && (known === undefined || day < known))
      first.set(String(vendor), day)
  }
  orders.forEach(({ supplier, ordered }) => see(supplier, ordered))
  receipts.forEach(({ supplier, on }) => see(supplier, on))
  invoices.forEach(({ supplier, on }) => see(supplier, on))
  requests.forEach(({ supplier, sent }) => see(supplier, sent.slice(0, 10)))
  return first
}

interface MonthToWrite {
  readonly month: Day
  readonly judged: ReadonlyMap<string, JudgedMonth>
  readonly settingsVersion: number
}

async function writeMonth(db: Database, portalId: number, { month, judged, settingsVersion }: MonthToWrite): Promise<void> {
  // A vendor of which there is nothing but papers has no history yet.
  const rows = [...judged].filter(([, { card }]) => isActive(card.criteria)).map(([vendorId, { card, month: alone, inputsHash }]) => ({
    portal_id: portalId,
    vendor_id: vendorId,
    month,
    score: card.score,
    coverage: card.coverage,
    standing: card.standing,
    month_score: alone.score,
    is_active: isActive(alone.criteria),
    figures: JSON.stringify({ card: cardOf(card), month: cardOf(alone) }),
    inputs_hash: inputsHash,
    formula_version: FORMULA_VERSION,
    settings_version: settingsVersion,
  }))
  await db.transaction().execute(async (tx) => {
    // Two runs at once wait for one another here; the second then finds the rows and the mark.
    await sql`select pg_advisory_xact_lock(hashtext('scorecard_months'), ${portalId}::int)`.execute(tx)
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      const chunk = rows.slice(at, at + ROWS_AT_ONCE)
      const alive = await tx.selectFrom('vendors').select('vendor_id').where('portal_id', '=', portalId)
        .where('vendor_id', 'in', chunk.map(row => row.vendor_id)).forKeyShare().execute()
      const ids = new Set(alive.map(({ vendor_id }) => vendor_id))
      const values = chunk.filter(row => ids.has(row.vendor_id))
      if (values.length > 0)
        await tx.insertInto('scorecard_snapshots').values(values).onConflict(conflict => conflict.columns(['portal_id', 'vendor_id', 'month']).doNothing()).execute()
    }
    await tx.insertInto('scorecard_months').values({ portal_id: portalId, month, vendor_count: rows.length }).onConflict(conflict => conflict.doNothing()).execute()
  })
}
