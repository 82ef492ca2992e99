import { sql, type RawBuilder } from 'kysely'
import { dayAt } from '@comptoir/shared/insights/calendar'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import { lacksAmount } from '../../platform/records/record-rules.postgres.ts'
import type { Asked, SourcePlan } from './source-plan.ts'

export const nobodyActive = sql<boolean>`not coalesce(u.is_active, false)`
export const userName = sql<string | null>`nullif(trim(u.name || ' ' || u.last_name), '')`
export const none = sql<null>`null`

/** A responsible person, as `u`. */
export const responsible = (record: string) => sql`left join crm_users u on u.portal_id = ${sql.ref(`${record}.portal_id`)} and u.user_id = ${sql.ref(`${record}.assigned_by_id`)}`

export const localDay = (column: RawBuilder<unknown>, timeZone: string) => sql<string | null>`(${column} at time zone ${timeZone})::date`

/** Open deals: what a closed one lacks no longer misleads the pipeline. */
export function dealPlan({ reader: { portal, viewer }, now }: Asked): SourcePlan {
  const mayCount = sql<boolean>`d.portal_id = ${portal.id} and ${isVisible(dealOnlooker(portal, viewer), sql`d.assigned_by_id`)}`
  const movedAt = sql`coalesce(d.moved_at, d.created_at)`
  return {
    sourceId: 'deals',
    kind: 'deal',
    list: 'deals',
    from: sql`crm_deals d ${responsible('d')}
      left join quality_stage_limits l on l.portal_id = d.portal_id and l.stage_id = d.stage_id`,
    where: sql<boolean>`${mayCount} and d.semantics = 'P'`,
    amount: sql`d.amount_base_minor`,
    columns: {
      id: sql`d.deal_id`, title: sql`d.title`, amountMinor: sql`d.amount_minor`, currency: sql`d.currency`, responsible: userName,
      day: localDay(sql`d.created_at`, portal.timeZone),
    },
    flaws: [
      { checkId: 'deals_without_amount', flaw: lacksAmount('d') },
      { checkId: 'deals_past_close', flaw: sql`coalesce(d.closes_on < ${dayAt(now, portal.timeZone)}::date, false)`, on: sql`d.closes_on` },
      { checkId: 'deals_without_close', flaw: sql`d.closes_on is null` },
      {
        checkId: 'deals_stale',
        examined: sql`l.stage_id is not null`,
        flaw: sql`coalesce(extract(epoch from ${now}::timestamptz - ${movedAt}) > l.limit_seconds, false)`,
        on: localDay(movedAt, portal.timeZone),
      },
      { checkId: 'deals_owner', flaw: nobodyActive },
      { checkId: 'deals_rate', examined: sql`not ${lacksAmount('d')}`, flaw: sql`d.amount_base_minor is null` },
    ],
    all: { from: sql`crm_deals d`, where: mayCount },
  }
}
