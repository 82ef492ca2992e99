import { sql, type RawBuilder } from 'kysely'
import type { WinLoss, WinLossDimension, WinLossGroup, WinLossQuery } from '@comptoir/shared/analysis/analysis.contract'
import { addDays } from '@comptoir/shared/insights/calendar'
import { wilsonInterval } from '@comptoir/shared/scorecards/wilson'
import { segmentCondition } from '../../platform/segments/segment-condition.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import { askedDeals, askedPeriod, dayOf, isWithin, type Reader } from './asked-deals.postgres.ts'

interface Row {
  readonly key: string
  readonly label: string | null
  readonly won: number
  readonly lost: number
  readonly won_minor: number | null
  readonly lost_minor: number | null
  readonly won_days: number | null
  readonly lost_days: number | null
}

/** Lower ends of the bands of amount, in major units of the portal's currency. */
const amountBands = [0, 1_000, 5_000, 10_000, 50_000, 100_000] as const

/** Deals that ended in the period, won against lost. */
export async function readWinLoss(db: Database, reader: Reader, query: WinLossQuery, now: Date): Promise<WinLoss> {
  const period = askedPeriod(query, reader, now)
  const key = keyOf(query.by, reader)
  const segment = await segmentCondition(db, { ...reader, now }, query.segmentId)
  const { rows } = await sql<Row>`
    select g.*, ${labelOf(query.by, reader)} as label from (
      select ${key} as key,
        count(*) filter (where d.semantics = 'S')::int as won, count(*) filter (where d.semantics = 'F')::int as lost,
        (sum(d.amount_base_minor) filter (where d.semantics = 'S'))::bigint as won_minor,
        (sum(d.amount_base_minor) filter (where d.semantics = 'F'))::bigint as lost_minor,
        percentile_cont(0.5) within group (order by extract(epoch from d.closed_at - d.created_at) / 86400) filter (where d.semantics = 'S' and d.closed_at >= d.created_at)::float8 as won_days,
        percentile_cont(0.5) within group (order by extract(epoch from d.closed_at - d.created_at) / 86400) filter (where d.semantics = 'F' and d.closed_at >= d.created_at)::float8 as lost_days
      from crm_deals d where ${askedDeals(reader, query, segment)} and d.semantics in ('S', 'F') and ${isWithin(sql`d.closed_at`, period)}
      group by 1) g
    order by ${query.by === 'amount' ? sql`nullif(g.key, '')::bigint nulls last` : query.by === 'month' ? sql`g.key` : sql`g.won + g.lost desc, g.key`}`.execute(db)
  const { from, to } = period.range
  return {
    days: { from, to: to && addDays(to, -1) },
    currency: reader.portal.currency,
    by: query.by,
    groups: rows.map(toGroup),
    won: rows.reduce((sum, { won }) => sum + won, 0),
    lost: rows.reduce((sum, { lost }) => sum + lost, 0),
  }
}

function keyOf(by: WinLossDimension, reader: Reader): RawBuilder<string> {
  switch (by) {
    case 'responsible': return sql`coalesce(d.assigned_by_id, 0)::text`
    case 'source': return sql`coalesce(d.source_id, '')`
    case 'pipeline': return sql`d.category_id::text`
    case 'month': return sql`to_char(${dayOf(sql`d.closed_at`, reader)}, 'YYYY-MM')`
    case 'amount': return bandOf(reader.portal.currency)
  }
}

/** The lower end of a deal's band; empty without an amount. */
const bandOf = (currency: string): RawBuilder<string> => sql`coalesce((
  select max(band) from unnest(${[...amountBands]}::bigint[]) as band
  where d.amount_base_minor >= band * power(10, currency_exponent(${currency}))::bigint)::text, '')`

function labelOf(by: WinLossDimension, { portal }: Reader): RawBuilder<string | null> {
  switch (by) {
    case 'responsible': return sql`(select trim(u.name || ' ' || u.last_name) from crm_users u where u.portal_id = ${portal.id} and u.user_id::text = g.key)`
    case 'source': return sql`(select s.name from crm_statuses s where s.portal_id = ${portal.id} and s.directory = 'SOURCE' and s.status_id = g.key)`
    case 'pipeline': return sql`(select c.name from crm_categories c where c.portal_id = ${portal.id} and c.entity_type_id = 2 and c.category_id::text = g.key)`
    case 'amount':
    case 'month': return sql`null`
  }
}

function toGroup(row: Row): WinLossGroup {
  const all = row.won + row.lost
  const interval = wilsonInterval(row.won / (all || 1), all)
  return {
    key: row.key, label: row.label, won: row.won, lost: row.lost,
    rate: all > 0 ? row.won / all : null, low: interval?.[0] ?? null, high: interval?.[1] ?? null,
    wonMinor: row.won_minor, lostMinor: row.lost_minor, medianWonDays: row.won_days, medianLostDays: row.lost_days,
  }
}
