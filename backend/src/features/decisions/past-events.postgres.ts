import { sql } from 'kysely'
import type { DecisionTrigger } from '@comptoir/shared/decisions/decision-rule'
import { addDays, dayAt, startOfDay } from '@comptoir/shared/insights/calendar'
import { dealOnlooker, isVisible } from '../../platform/access/deal-gate.postgres.ts'
import type { Database } from '../../platform/storage/database.ts'
import type { Asker, DecisionPorts } from './ports.ts'

export interface PastEvent {
  readonly at: Date
  readonly subject: number | null
  readonly title: string | null
  readonly amountMinor: number | null
}

export interface PastEvents {
  readonly events: readonly PastEvent[]
  /** There were more than were looked at. */
  readonly isCut: boolean
  /** Amounts before this are not known; null: known all along. */
  readonly amountsSince: Date | null
}

const days = 30
/** More would tell nothing more. */
const most = 1_000
const dayMs = 86_400_000

/** When a rule would have been asked to look in the last 30 days. */
export async function readPastEvents(db: Database, { nextRun }: Pick<DecisionPorts, 'nextRun'>, asker: Asker, trigger: DecisionTrigger): Promise<PastEvents> {
  const since = new Date(asker.now.getTime() - days * dayMs)
  switch (trigger.kind) {
    case 'deal_amount': return ofDeals(db, asker, since, await amountChanges(db, asker, since))
    case 'deal_stage': return ofDeals(db, asker, since, await stageMoves(db, asker, trigger, since))
    // A source is read many times a day; what is read into a month's figure shows day by day.
    case 'source': return { events: eachDay(asker), isCut: false, amountsSince: null }
    case 'schedule': {
      const events: PastEvent[] = []
      for (let at = nextRun(trigger.recurrence, since, asker.portal.timeZone); at <= asker.now && events.length < most; at = nextRun(trigger.recurrence, at, asker.portal.timeZone))
        events.push({ at, subject: null, title: null, amountMinor: null })
      return { events, isCut: false, amountsSince: null }
    }
  }
}

function eachDay({ now, portal }: Asker): PastEvent[] {
  const today = dayAt(now, portal.timeZone)
  return Array.from({ length: days }, (_, back) => ({ at: new Date(startOfDay(addDays(today, -back), portal.timeZone).getTime() - 1), subject: null, title: null, amountMinor: null })).toReversed()
}

interface DealEventRow { readonly at: Date, readonly deal_id: number, readonly title: string, readonly minor: number | null }

async function ofDeals(db: Database, { portal }: Asker, since: Date, rows: readonly DealEventRow[]): Promise<PastEvents> {
  const { amounts_kept_since: keptSince } = await db.selectFrom('portals').select('amounts_kept_since').where('portal_id', '=', portal.id).executeTakeFirstOrThrow()
  return {
    events: rows.slice(0, most).map(row => ({ at: row.at, subject: row.deal_id, title: row.title, amountMinor: row.minor })).toReversed(),
    isCut: rows.length > most,
    amountsSince: keptSince > since ? keptSince : null,
  }
}

async function amountChanges(db: Database, { portal, viewer }: Asker, since: Date): Promise<DealEventRow[]> {
  const { rows } = await sql<DealEventRow>`
    select e.at, e.deal_id, d.title, e.minor
    from (
      select changed_at as at, deal_id, change_id, base_minor as minor from crm_deal_amounts where portal_id = ${portal.id} and changed_at >= ${since}
      union all
      select n.created_at, n.deal_id, 0, case when later.deal_id is null then n.amount_base_minor else later.before_base_minor end
      from crm_deals n left join lateral (
        select a.deal_id, a.before_base_minor from crm_deal_amounts a where a.portal_id = n.portal_id and a.deal_id = n.deal_id order by a.changed_at, a.change_id limit 1
      ) later on true
      where n.portal_id = ${portal.id} and n.created_at >= ${since}
    ) e join crm_deals d on d.portal_id = ${portal.id} and d.deal_id = e.deal_id
    where ${isVisible(dealOnlooker(portal, viewer), sql`d.assigned_by_id`)}
    order by e.at desc, e.change_id desc limit ${most + 1}`.execute(db)
  return rows
}

/** Each move of a deal out of one stage into the next, and into its first, as the stage history tells it; its amount is the one it then had. */
async function stageMoves(db: Database, { portal, viewer }: Asker, trigger: Extract<DecisionTrigger, { kind: 'deal_stage' }>, since: Date): Promise<DealEventRow[]> {
  const side = trigger.moment === 'completed' ? sql`m.before` : sql`m.stage_id`
  const { rows } = await sql<DealEventRow>`
    select m.at, m.deal_id, d.title, case when later.deal_id is null then d.amount_base_minor else later.before_base_minor end as minor
    from (
      select c.portal_id, c.deal_id, c.stage_id, c.at, lag(c.stage_id) over (partition by c.deal_id order by c.at, c.stage_change_id) as before
      from crm_stage_changes c
      where c.portal_id = ${portal.id} and c.deal_id in (select deal_id from crm_stage_changes r where r.portal_id = ${portal.id} and r.at >= ${since})
    ) m join crm_deals d on d.portal_id = m.portal_id and d.deal_id = m.deal_id
      left join lateral (
        select a.deal_id, a.before_base_minor from crm_deal_amounts a
        where a.portal_id = m.portal_id and a.deal_id = m.deal_id and a.changed_at > m.at order by a.changed_at, a.change_id limit 1
      ) later on true
    where m.at >= ${since} and m.before is distinct from m.stage_id and (m.before is not null or ${trigger.moment} = 'reached') and ${isVisible(dealOnlooker(portal, viewer), sql`d.assigned_by_id`)}
      and (${trigger.stageId}::text is null or ${side} = ${trigger.stageId})
    order by m.at desc limit ${most + 1}`.execute(db)
  return rows
}
