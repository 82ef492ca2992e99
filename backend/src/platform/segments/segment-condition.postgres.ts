import { sql, type RawBuilder } from 'kysely'
import { AppError } from '@comptoir/shared/errors'
import { dayAt } from '@comptoir/shared/insights/calendar'
import type { Viewer } from '@comptoir/shared/portal/portal.contract'
import type { SegmentSubject } from '@comptoir/shared/segments/fields'
import type { Group } from '@comptoir/shared/segments/rule'
import { dealOnlooker, isVisible } from '../access/deal-gate.postgres.ts'
import { mayDo } from '../access/vendor-gate.postgres.ts'
import type { PortalRecord } from '../http/caller.ts'
import type { Database } from '../storage/database.ts'
import { dealFields } from './deal-fields.postgres.ts'
import { ruleSql, type SegmentContext } from './sql-condition.postgres.ts'
import { vendorFields } from './vendor-fields.postgres.ts'

/** Whose eyes a segment is read through, and when. */
export interface SegmentReader {
  readonly portal: Pick<PortalRecord, 'id' | 'timeZone' | 'settings'>
  readonly viewer: Viewer
  readonly now: Date
}

export interface SegmentRule { readonly subject: SegmentSubject, readonly rule: Group }

const contextOf = ({ portal, viewer, now }: SegmentReader): SegmentContext =>
  ({ onlooker: { ...dealOnlooker(portal, viewer), viewer }, timeZone: portal.timeZone, today: dayAt(now, portal.timeZone) })

/** Deals `d` that a rule lets in and the reader may count. */
export function dealsIn(rule: Group, reader: SegmentReader): RawBuilder<boolean> {
  const context = contextOf(reader)
  return sql`(d.portal_id = ${reader.portal.id} and ${isVisible(context.onlooker, sql`d.assigned_by_id`)} and ${ruleSql(rule, dealFields, context)})`
}

/** The same for the table `vendors`. */
export function vendorsIn(rule: Group, reader: SegmentReader): RawBuilder<boolean> {
  return sql`(vendors.portal_id = ${reader.portal.id} and ${mayDo(reader)} and ${ruleSql(rule, vendorFields, contextOf(reader))})`
}

/**
 * What a saved segment says, whoever asks: a number over a segment that somebody shared is made in the asking person's own
 * rights, and tells them no more than the number.
 * @throws AppError segment.not_found
 */
export async function readSegmentRule(db: Database, portalId: number, segmentId: string): Promise<SegmentRule> {
  const row = await db.selectFrom('segments').select(['subject', 'rule'])
    .where('portal_id', '=', portalId).where('segment_id', '=', segmentId).where('deleted_at', 'is', null).executeTakeFirst()
  if (!row)
    throw new AppError('segment.not_found', { details: { segmentId } })
  return { subject: row.subject, rule: row.rule as Group }
}

/** What a segment is called on paper, where numbers over it stand; null when it is gone. */
export async function segmentName(db: Database, portalId: number, segmentId: string): Promise<string | null> {
  const row = await db.selectFrom('segments').select('name').where('portal_id', '=', portalId).where('segment_id', '=', segmentId).where('deleted_at', 'is', null).executeTakeFirst()
  return row?.name ?? null
}

/** A condition on a deal `d`; null without a segment. @throws AppError segment.not_found also for a segment of vendors */
export async function segmentCondition(db: Database, reader: SegmentReader, segmentId: string | null | undefined): Promise<RawBuilder<boolean> | null> {
  if (!segmentId)
    return null
  const { subject, rule } = await readSegmentRule(db, reader.portal.id, segmentId)
  if (subject !== 'deal')
    throw new AppError('segment.not_found', { details: { segmentId, subject } })
  return dealsIn(rule, reader)
}

/** Whether one deal is in a segment: what a workflow asks. @throws AppError segment.not_found */
export async function isMember(db: Database, reader: SegmentReader, segmentId: string, dealId: number): Promise<boolean> {
  const condition = await segmentCondition(db, reader, segmentId)
  const { rows: [row] } = await sql<{ is_in: boolean }>`
    select exists (select from crm_deals d where d.deal_id = ${dealId} and ${condition ?? sql`false`}) as is_in`.execute(db)
  return row?.is_in ?? false
}

/** Whether the vendor that a company is stands in a segment of vendors; null when the reader knows no such vendor. @throws AppError segment.not_found */
export async function isVendorMember(db: Database, reader: SegmentReader, segmentId: string, companyId: number): Promise<boolean | null> {
  const { rule } = await readSegmentRule(db, reader.portal.id, segmentId)
  const { rows: [row] } = await sql<{ is_in: boolean }>`
    select ${vendorsIn(rule, reader)} as is_in from vendors where vendors.portal_id = ${reader.portal.id} and vendors.company_id = ${companyId} and ${mayDo(reader)}`.execute(db)
  return row?.is_in ?? null
}
