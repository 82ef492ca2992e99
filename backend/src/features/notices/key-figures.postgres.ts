import { addDays, addMonths, startOfMonth, type Day } from '@comptoir/shared/insights/calendar'
import type { KeyFigures } from '@comptoir/shared/notices/digest'
import { standings, type Standing } from '@comptoir/shared/scorecards/standing'
import { tellNotice, type NoticeParams } from '@comptoir/shared/notices/notice-text'
import { sql } from 'kysely'
import { visibleVendors } from '../../platform/access/vendor-gate.postgres.ts'
import type { PortalRecord } from '../../platform/http/caller.ts'
import type { Database } from '../../platform/storage/database.ts'
import { viewAt } from './alerts.postgres.ts'
import { visibleAlerts } from './visible-alerts.postgres.ts'

interface Person {
  readonly portal: PortalRecord
  readonly viewer: { readonly userId: number, readonly isAdmin: boolean }
}

const namedAtMost = 5

/** The figures of one person, each within what they may see; null where they may see none of it. */
export async function readKeyFigures(db: Database, person: Person, { now, today }: { readonly now: Date, readonly today: Day }): Promise<KeyFigures> {
  const { portal } = person
  const lastMonth = addMonths(startOfMonth(today), -1).slice(0, 7)
  const [alerts, money, papers, standings] = await Promise.all([
    readAlerts(db, person, { now, today }), readMoney(db, person, today, lastMonth), readPapers(db, person, today), readStandings(db, person),
  ])
  return { ...alerts, ...money, ...papers, standings, lastMonth, currency: portal.currency }
}

async function readAlerts(db: Database, person: Person, { now, today }: { readonly now: Date, readonly today: Day }): Promise<Pick<KeyFigures, 'openAlerts' | 'criticalAlerts' | 'titles'>> {
  const rows = await visibleAlerts(db, person).where(viewAt(now), '=', 'active')
    .leftJoin('vendors as v', join => join.onRef('v.portal_id', '=', 'alerts.portal_id').onRef('v.vendor_id', '=', 'alerts.vendor_id'))
    .select(['alerts.kind', 'alerts.severity', 'alerts.params', 'alerts.due_on', 'v.name', sql<number>`count(*) over ()::int`.as('open'), sql<number>`(count(*) filter (where alerts.severity = 'critical') over ())::int`.as('critical')])
    .orderBy(sql`array_position(array['critical', 'warning', 'info'], alerts.severity)`).orderBy('alerts.due_on', order => order.asc().nullsLast()).orderBy('alerts.alert_id')
    .limit(namedAtMost).execute()
  const titles = (language: string) => rows.flatMap(row =>
    tellNotice({ kind: row.kind, params: row.params as NoticeParams, vendor: row.name, dueOn: row.due_on }, { language, today })?.title ?? [])
  return { openAlerts: rows[0]?.open ?? 0, criticalAlerts: rows[0]?.critical ?? 0, titles: { fr: titles('fr'), en: titles('en') } }
}

type Money = Pick<KeyFigures, 'spendMinor' | 'dueCount' | 'dueMinor' | 'overdueCount'>

async function readMoney(db: Database, person: Person, today: Day, lastMonth: string): Promise<Money> {
  const seen = visibleVendors(db, person, { group: 'prices' }).select('vendors.vendor_id')
  if (!await visibleVendors(db, person, { group: 'prices' }).select('vendors.vendor_id').limit(1).executeTakeFirst())
    return { spendMinor: null, dueCount: null, dueMinor: null, overdueCount: null }
  const spend = await db.selectFrom('vendor_spend_months').select(sql<number>`coalesce(sum(amount_base_minor), 0)::bigint`.as('sum'))
    .where('portal_id', '=', person.portal.id).where('month', '=', `${lastMonth}-01`).where('vendor_id', 'in', seen).executeTakeFirstOrThrow()
  const due = await db.selectFrom('payables')
    .select([
      sql<number>`(count(*) filter (where due_on >= ${today}::date))::int`.as('due'),
      sql<number>`coalesce(sum(amount_base_minor) filter (where due_on >= ${today}::date), 0)::bigint`.as('sum'),
      sql<number>`(count(*) filter (where due_on < ${today}::date))::int`.as('overdue'),
    ])
    .where('portal_id', '=', person.portal.id).where('status', 'in', ['open', 'in_run']).where('amount_minor', '>', 0)
    .where('due_on', '<=', addDays(today, 30)).where('vendor_id', 'in', seen).executeTakeFirstOrThrow()
  return { spendMinor: spend.sum, dueCount: due.due, dueMinor: due.sum, overdueCount: due.overdue }
}

async function readPapers(db: Database, person: Person, today: Day): Promise<Pick<KeyFigures, 'contracts' | 'documents'>> {
  const seen = visibleVendors(db, person, { group: 'documents' }).select('vendors.vendor_id')
  if (!await seen.limit(1).executeTakeFirst())
    return { contracts: null, documents: null }
  const row = await db.selectFrom('vendor_deadlines')
    .select([
      sql<number>`(count(distinct subject_id) filter (where kind like 'contract.%' and due_on <= ${addDays(today, 90)}::date))::int`.as('contracts'),
      sql<number>`(count(*) filter (where kind = 'document.expiry' and due_on <= ${addDays(today, 30)}::date))::int`.as('documents'),
    ])
    .where('portal_id', '=', person.portal.id).where('due_on', '>=', today)
    .where('vendor_id', 'in', visibleVendors(db, person, { group: 'documents' }).select('vendors.vendor_id')).executeTakeFirstOrThrow()
  return row
}

async function readStandings(db: Database, person: Person): Promise<KeyFigures['standings']> {
  const seen = visibleVendors(db, person, { group: 'scores' }).select('vendors.vendor_id')
  if (!await seen.limit(1).executeTakeFirst())
    return null
  const rows = await db.selectFrom('vendor_standings').select(['standing', sql<number>`count(*)::int`.as('count')])
    .where('portal_id', '=', person.portal.id).where('standing', 'in', [...standings])
    .where('vendor_id', 'in', visibleVendors(db, person, { group: 'scores' }).select('vendors.vendor_id')).groupBy('standing').execute()
  const counts = new Map(rows.map(({ standing, count }) => [standing as Standing, count]))
  return standings.toReversed().flatMap(standing => counts.has(standing) ? [{ standing, count: counts.get(standing)! }] : [])
}
